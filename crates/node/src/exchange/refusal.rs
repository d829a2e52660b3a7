//! Why the exchange refuses something: stable codes, with texts in `i18n`.

use envelope::content::ContentError;
use envelope::envelope::EnvelopeError;

use crate::port::PortError;

/// Why something was not sent, taken or opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExchangeError {
    /// Nobody's card of that name was accepted here.
    #[error("no partner is called {0:?}")]
    UnknownPartner(String),
    /// An officer has suspended the partner.
    #[error("partner {0:?} is suspended")]
    PartnerSuspended(String),
    /// The partner was revoked.
    #[error("partner {0:?} is revoked")]
    PartnerRevoked(String),
    /// The partner's card names no key that something can be sealed to now.
    #[error("the card of {0:?} names no sealing key for now")]
    NoSealingKey(String),
    /// The record for or from that partner is frozen.
    #[error("the record with {0:?} is frozen: {1}")]
    Frozen(String, String),
    /// After a restored backup: the partner has more of our record than we.
    #[error("the record for {0:?} may be older than what the partner has of it")]
    Behind(String),
    /// The handling or the kind is not whole.
    #[error("{0}")]
    Content(#[from] ContentError),
    /// It could not be sealed or opened.
    #[error("{0}")]
    Envelope(#[from] EnvelopeError),
    /// No message has this number.
    #[error("no message is called {0:?}")]
    UnknownMessage(String),
    /// The content was destroyed, or never taken.
    #[error("message {0} has no content any more")]
    NoContent(String),
    /// No head that both have signed covers it yet.
    #[error("no countersigned head covers message {0} yet")]
    NotCountersigned(String),
    /// The message is not one that lies open in our inbox.
    #[error("message {0} is not open in this inbox")]
    NotOpen(String),
    /// Bytes that are no parcel.
    #[error("no parcel: {0}")]
    BadParcel(String),
    /// A parcel that is for somebody else.
    #[error("the parcel is for {0}")]
    NotForUs(String),
    /// The line is one agency's and the parcel another's.
    #[error("the parcel is not by who sent it")]
    NotTheSender,
    /// A card that does not follow the one that is believed.
    #[error("a card of {0:?} does not follow the one that is believed")]
    BadCard(String),
    /// Somebody else has signed the head, or it is no head.
    #[error("the head of {0:?} is not believed: {1}")]
    BadHead(String, &'static str),
    /// This agency's own key is not for now, by its node's clock: nobody would believe it.
    #[error("the signing key of {0:?} is not for now")]
    KeyExpired(String),
    /// A file that is not here, or not whole.
    #[error("the file {0} is not here, or not whole")]
    FileMissing(String),
    /// A file that does not open, or is not the one that was sent.
    #[error("the file {0} is damaged")]
    FileDamaged(String),
    /// A file that is too large.
    #[error("the file {0} is too large")]
    FileTooLarge(String),
    /// Nothing more of a partner is taken: its part of the disk is full.
    #[error("{0:?} has used up what is kept for it")]
    QuotaUsed(String),
    /// Something outside failed.
    #[error("{0}")]
    Port(#[from] PortError),
}

impl ExchangeError {
    /// Stable snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            ExchangeError::UnknownPartner(_) => "unknown_partner",
            ExchangeError::PartnerSuspended(_) => "partner_suspended",
            ExchangeError::PartnerRevoked(_) => "partner_revoked",
            ExchangeError::NoSealingKey(_) => "no_sealing_key",
            ExchangeError::Frozen(..) => "record_frozen",
            ExchangeError::Behind(_) => "record_behind",
            ExchangeError::Content(ContentError::Handling(_)) => "bad_handling",
            ExchangeError::Content(_) => "bad_content",
            ExchangeError::Envelope(_) => "bad_envelope",
            ExchangeError::UnknownMessage(_) => "unknown_message",
            ExchangeError::NoContent(_) => "no_content",
            ExchangeError::NotCountersigned(_) => "not_countersigned",
            ExchangeError::NotOpen(_) => "message_not_open",
            ExchangeError::BadParcel(_) => "bad_parcel",
            ExchangeError::NotForUs(_) => "not_for_us",
            ExchangeError::NotTheSender => "not_the_sender",
            ExchangeError::BadCard(_) => "bad_card",
            ExchangeError::BadHead(_, code) => code,
            ExchangeError::KeyExpired(_) => "key_expired",
            ExchangeError::FileMissing(_) => "file_missing",
            ExchangeError::FileDamaged(_) => "file_damaged",
            ExchangeError::FileTooLarge(_) => "attachment_too_large",
            ExchangeError::QuotaUsed(_) => "quota_used",
            ExchangeError::Port(_) => "system",
        }
    }

    /// What the texts are about, and a second value where there is one.
    pub fn values(&self) -> (String, String) {
        let one = |text: &str| (model::refusal::shown(text).to_string(), String::new());
        match self {
            ExchangeError::UnknownPartner(text)
            | ExchangeError::PartnerSuspended(text)
            | ExchangeError::PartnerRevoked(text)
            | ExchangeError::NoSealingKey(text)
            | ExchangeError::Behind(text)
            | ExchangeError::UnknownMessage(text)
            | ExchangeError::NoContent(text)
            | ExchangeError::NotCountersigned(text)
            | ExchangeError::NotOpen(text)
            | ExchangeError::NotForUs(text)
            | ExchangeError::BadCard(text)
            | ExchangeError::BadHead(text, _)
            | ExchangeError::KeyExpired(text)
            | ExchangeError::FileMissing(text)
            | ExchangeError::FileDamaged(text)
            | ExchangeError::FileTooLarge(text)
            | ExchangeError::QuotaUsed(text) => one(text),
            ExchangeError::Frozen(text, code) => (one(text).0, code.clone()),
            other => one(&other.to_string()),
        }
    }
}

/// All codes of this module and of what a receiver's node answers, for the check that each has its
/// texts.
pub const CODES: &[&str] = &[
    "unknown_partner",
    "partner_suspended",
    "partner_revoked",
    "no_sealing_key",
    "record_frozen",
    "record_behind",
    "bad_handling",
    "bad_content",
    "bad_envelope",
    "unknown_message",
    "no_content",
    "not_countersigned",
    "message_not_open",
    "bad_parcel",
    "not_for_us",
    "not_the_sender",
    "bad_card",
    "head_wrong",
    "daily_head_wrong",
    "watch_wrong",
    "watch_forked",
    "watch_many",
    "record_forked",
    "leaves_wrong",
    "entry_wrong",
    "entry_beyond",
    "entry_lost",
    "envelope_suite",
    "wrong_place",
    "signature_wrong",
    "key_expired",
    "key_revoked",
    "not_sealed_to_us",
    "content_damaged",
    "commitment_wrong",
    "number_used",
    "message_kind_unknown",
    "receipt_wrong",
    "file_missing",
    "file_damaged",
    "attachment_too_large",
    "quota_used",
];
