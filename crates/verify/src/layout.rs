//! What lies where in a bundle. A name is the name of its place and of nothing else: it leads
//! nowhere out of the bundle, and a place has one name.

use std::fmt;

use envelope::attachment;
use envelope::card::AgencyId;
use envelope::envelope::MessageId;
use envelope::receipt::ReceiptKind;
use i18n::Language;
use model::digest::Digest;

/// A place in a bundle.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// What a judge reads first.
    Readme(Language),
    /// A card of an agency, by its sequence.
    Card(AgencyId, u64),
    /// A message as it was sent.
    Envelope(MessageId),
    /// What it says.
    Content(MessageId),
    /// A file that went with it, by its name.
    Attachment(MessageId, String),
    /// What became of it.
    Receipt(MessageId, ReceiptKind),
    /// The head of the record of one agency for another.
    Checkpoint(AgencyId, AgencyId),
    /// That a message lies in the record.
    EnvelopeProof(MessageId),
    /// That a receipt lies in the record.
    ReceiptProof(MessageId, ReceiptKind),
    /// The digests of all files but this one.
    List,
}

impl Place {
    /// The place of a name; `None`: nothing lies there.
    pub fn parse(name: &str) -> Option<Place> {
        let place = match name.split_once('/') {
            None => top(name),
            Some(("cards", rest)) => {
                let (agency, sequence) = rest.strip_suffix(".card")?.split_once('-')?;
                Some(Place::Card(agency_of(agency)?, sequence.parse().ok()?))
            }
            Some(("messages", rest)) => match rest.split_once('.')? {
                (id, "envelope") => Some(Place::Envelope(message_of(id)?)),
                (id, "content") => Some(Place::Content(message_of(id)?)),
                _ => None,
            },
            Some(("attachments", rest)) => {
                let (id, file) = rest.split_once('/')?;
                let file = Some(file).filter(|file| attachment::is_name(file))?;
                Some(Place::Attachment(message_of(id)?, file.to_owned()))
            }
            Some(("receipts", rest)) => {
                let (id, kind) = rest.strip_suffix(".receipt")?.split_once('-')?;
                Some(Place::Receipt(message_of(id)?, kind_of(kind)?))
            }
            Some(("records", rest)) => {
                let (writer, reader) = rest.strip_suffix(".checkpoint")?.split_once('-')?;
                Some(Place::Checkpoint(agency_of(writer)?, agency_of(reader)?))
            }
            Some(("proofs", rest)) => proof(rest.strip_suffix(".proof")?),
            Some(_) => None,
        };
        place.filter(|place| place.to_string() == name)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Readme(language) => write!(f, "README.{language}.txt"),
            Place::Card(agency, sequence) => write!(f, "cards/{}-{sequence}.card", agency.0),
            Place::Envelope(id) => write!(f, "messages/{}.envelope", hex(id)),
            Place::Content(id) => write!(f, "messages/{}.content", hex(id)),
            Place::Attachment(id, file) => write!(f, "attachments/{}/{file}", hex(id)),
            Place::Receipt(id, kind) => write!(f, "receipts/{}-{}.receipt", hex(id), word(*kind)),
            Place::Checkpoint(writer, reader) => {
                write!(f, "records/{}-{}.checkpoint", writer.0, reader.0)
            }
            Place::EnvelopeProof(id) => write!(f, "proofs/{}.proof", hex(id)),
            Place::ReceiptProof(id, kind) => {
                write!(f, "proofs/{}-{}.proof", hex(id), word(*kind))
            }
            Place::List => f.write_str("bundle.txt"),
        }
    }
}

/// The name of the record of one agency for another.
pub fn record_name(writer: AgencyId, reader: AgencyId) -> String {
    format!("lienket/{}/{}", writer.0, reader.0)
}

/// The name under which an agency countersigns records.
pub fn reader_name(reader: AgencyId) -> String {
    format!("lienket/{}", reader.0)
}

/// The word for a kind of receipt.
pub fn word(kind: ReceiptKind) -> &'static str {
    match kind {
        ReceiptKind::Accepted => "accepted",
        ReceiptKind::Rejected => "rejected",
        ReceiptKind::Opened => "opened",
        ReceiptKind::Handled => "handled",
    }
}

/// A message's number as it is written.
pub fn hex(id: &MessageId) -> String {
    id.0.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn top(name: &str) -> Option<Place> {
    let places = Language::all().map(Place::Readme).into_iter().chain([Place::List]);
    places.into_iter().find(|place| place.to_string() == name)
}

fn proof(name: &str) -> Option<Place> {
    match name.split_once('-') {
        None => Some(Place::EnvelopeProof(message_of(name)?)),
        Some((id, kind)) => Some(Place::ReceiptProof(message_of(id)?, kind_of(kind)?)),
    }
}

fn agency_of(hex: &str) -> Option<AgencyId> {
    Digest::parse(hex).ok().map(AgencyId)
}

fn message_of(hex: &str) -> Option<MessageId> {
    // The same digits twice make a digest's.
    let twice = Digest::parse(&format!("{hex}{hex}")).ok()?;
    twice.0.first_chunk::<16>().map(|id| MessageId(*id))
}

fn kind_of(name: &str) -> Option<ReceiptKind> {
    use ReceiptKind::{Accepted, Handled, Opened, Rejected};
    [Accepted, Rejected, Opened, Handled].into_iter().find(|kind| word(*kind) == name)
}
