//! What commands about partners and messages answer.

use model::country::Country;
use model::time::Timestamp;
use serde::Serialize;

/// `partner card`.
#[derive(Debug, Serialize)]
pub struct CardAnswer {
    /// Where the card was written.
    pub card: String,
    /// Which agency, in hexadecimal.
    pub agency: String,
    /// The card's sequence.
    pub sequence: u64,
    /// Where the node answers.
    pub endpoints: Vec<String>,
    /// Twelve words to compare by another channel.
    pub fingerprint: String,
}

/// `partner list`.
#[derive(Debug, Serialize)]
pub struct Partners {
    /// All of them.
    pub partners: Vec<PartnerAnswer>,
}

/// One partner.
#[derive(Debug, Serialize)]
pub struct PartnerAnswer {
    /// The agency's name.
    pub partner: String,
    /// Which agency, in hexadecimal.
    pub agency: String,
    /// Its country.
    pub country: Country,
    /// Its kind.
    pub kind: &'static str,
    /// `active`, `suspended` or `revoked`.
    pub state: &'static str,
    /// Whether it is asked to witness our records.
    pub witness: bool,
    /// The sequence of the card that is believed.
    pub sequence: u64,
    /// Where its node answers.
    pub endpoints: Vec<String>,
    /// Its twelve words.
    pub fingerprint: String,
}

/// `message list`.
#[derive(Debug, Serialize)]
pub struct Messages {
    /// The newest first.
    pub messages: Vec<MessageAnswer>,
}

/// One message, without its content.
#[derive(Debug, Clone, Serialize)]
pub struct MessageAnswer {
    /// Its number.
    pub message: String,
    /// `in` or `out`.
    pub direction: &'static str,
    /// The other agency.
    pub partner: String,
    /// `message`, `permission`, `forward` or `erase`.
    pub kind: String,
    /// What became of it.
    pub state: &'static str,
    /// Why it was refused.
    pub code: Option<String>,
    /// When its sender made it.
    pub made: Timestamp,
    /// When it is worth nothing any more.
    pub due: Option<Timestamp>,
    /// The message that it answers.
    pub in_reply_to: Option<String>,
    /// The place in the record.
    pub index: u64,
}

/// `message show`.
#[derive(Debug, Serialize)]
pub struct OpenedAnswer {
    /// The message.
    #[serde(flatten)]
    pub message: MessageAnswer,
    /// Its text.
    pub text: String,
    /// What it permits, where it is a permission.
    pub permission: Option<PermissionAnswer>,
    /// Whose it was first, where it was passed on.
    pub origin: Option<FirstSenderAnswer>,
    /// What may be done with it.
    pub handling: HandlingAnswer,
    /// Its files.
    pub attachments: Vec<AttachmentAnswer>,
    /// What became of it, signed.
    pub receipts: Vec<ReceiptAnswer>,
}

/// What a sender lets the receiver do with a message.
#[derive(Debug, Serialize)]
pub struct PermissionAnswer {
    /// The number of that message.
    pub message: String,
    /// Show it to a court; else pass it on.
    pub evidence: bool,
    /// To whom it may be passed on; none: to any partner of the receiver.
    pub to: Option<String>,
}

/// Who sent first what was passed on.
#[derive(Debug, Serialize)]
pub struct FirstSenderAnswer {
    /// The agency's name; its number where its card is not known here.
    pub agency: String,
    /// The number of its message.
    pub message: String,
    /// When it made it.
    pub made: Timestamp,
    /// `holds`, `wrong`, or `unknown` where its card is not known here.
    pub signature: &'static str,
}

/// What may be done with a message.
#[derive(Debug, Serialize)]
pub struct HandlingAnswer {
    /// Who may see it.
    pub tlp: &'static str,
    /// What may be done that suspects could notice.
    pub pap: &'static str,
    /// What it is given for.
    pub purpose: String,
    /// On what it is given.
    pub basis: String,
    /// H0 to H3.
    pub limits: Vec<&'static str>,
    /// What H3 says.
    pub limit_text: Option<String>,
    /// A, B, C or X.
    pub source: Option<&'static str>,
    /// 1 to 4.
    pub information: Option<&'static str>,
    /// When it has to be destroyed.
    pub retain_until: Option<Timestamp>,
}

/// A file.
#[derive(Debug, Serialize)]
pub struct AttachmentAnswer {
    /// Its name.
    pub name: String,
    /// Its length.
    pub size: u64,
    /// Its digest.
    pub sha256: String,
}

/// A receipt.
#[derive(Debug, Serialize)]
pub struct ReceiptAnswer {
    /// `accepted`, `rejected`, `opened` or `handled`.
    pub kind: &'static str,
    /// When, by the receiver's clock.
    pub at: Timestamp,
    /// Why it was rejected.
    pub code: Option<String>,
    /// Who opened it, or the answer.
    pub text: Option<String>,
}

/// `sync`.
#[derive(Debug, Default, Serialize)]
pub struct SyncAnswer {
    /// Messages and receipts that went.
    pub sent: u64,
    /// Messages that came.
    pub received: u64,
    /// What was here before.
    pub already: u64,
    /// What was refused, here or there.
    pub refused: Vec<RefusedAnswer>,
    /// A partner each, where there were several.
    pub partners: Vec<SyncedAnswer>,
}

/// Something that was refused.
#[derive(Debug, Clone, Serialize)]
pub struct RefusedAnswer {
    /// The message's number, or the partner.
    pub id: String,
    /// Why.
    pub code: String,
    /// In words.
    pub text: String,
}

/// How it went with a partner.
#[derive(Debug, Serialize)]
pub struct SyncedAnswer {
    /// The partner.
    pub partner: String,
    /// `done` or `unreachable` …
    pub state: String,
    /// Why, where it did not go well.
    pub text: Option<String>,
}
