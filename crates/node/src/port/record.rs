//! What the exchange keeps: both records of each pair of agencies, the messages in them, and what
//! became of these. Floor 5 provides it.
//!
//! Everything is read and written inside a transaction. `Record::write` gathers what several
//! callers want to write at the same moment into one commit, and returns when that is durable.

use envelope::card::AgencyId;
use envelope::entry::EntryKind;
use envelope::envelope::{Envelope, MessageId};
use envelope::receipt::ReceiptKind;
use model::digest::Digest;
use model::time::Timestamp;
use tlog::frontier::Complete;
use tlog::proof::Hashes;

use super::PortError;

/// What somebody wants to write. An error undoes what this one wrote and nothing else.
pub type Work = Box<dyn FnOnce(&mut dyn RowsMut) -> Result<(), PortError> + Send>;

/// Reads rows.
pub type Look<'l> = dyn FnMut(&dyn Rows) -> Result<(), PortError> + 'l;

/// The kept rows.
pub trait Record: Send + Sync {
    /// Carries out some work in a transaction; durable when this returns. After a failed commit
    /// nothing is written any more.
    fn write(&self, work: Work) -> Result<(), PortError>;

    /// Reads; sees one moment, whatever is written meanwhile.
    fn read(&self, look: &mut Look<'_>) -> Result<(), PortError>;
}

/// Which record: the one that `from` writes for `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Log {
    /// Its writer.
    pub from: AgencyId,
    /// Its reader.
    pub to: AgencyId,
}

/// How far a record has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogRow {
    /// How many leaves it has.
    pub size: u64,
    /// The roots of the complete subtrees that it falls into, the largest first.
    pub peaks: Vec<Digest>,
    /// The newest checkpoint of all these leaves, as a note; a reader's has his cosignature.
    pub head: Option<String>,
    /// How many leaves the reader has countersigned (the writer keeps this).
    pub seen: u64,
    /// The note with his cosignature.
    pub seen_note: Option<String>,
    /// Whether the partner may have more of it than we: the node was restored from a backup, and
    /// nothing goes into it before the partner was asked (the writer keeps this).
    pub behind: bool,
    /// Why nothing goes into it any more: a stable code.
    pub frozen: Option<String>,
    /// The two heads that cannot both be true, where there are such.
    pub proof: Option<Vec<u8>>,
}

/// The newest head of a record that both sides have signed with ML-DSA-44 too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Daily {
    /// How many leaves are under it.
    pub size: u64,
    /// When its writer signed it, by his clock.
    pub at: Timestamp,
    /// The note with both sides' signatures, of either kind.
    pub note: String,
}

/// What a witness has cosigned of a record: kept by the witness, and by the record's writer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// How many leaves.
    pub size: u64,
    /// The head of these, with the writer's signatures and the witness's.
    pub note: String,
    /// The two heads of which the later one does not follow from the other, where the writer has
    /// shown such: nothing of that record is cosigned any more.
    pub proof: Option<Vec<u8>>,
}

impl LogRow {
    /// Whether nothing may go into it now.
    pub fn is_closed(&self) -> bool {
        self.behind || self.frozen.is_some()
    }
}

/// A message, sent or received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRow {
    /// Where it lies: its writer is the message's sender.
    pub log: Log,
    /// Its number; one sender never has two alike.
    pub id: MessageId,
    /// The place of its leaf.
    pub index: u64,
    /// What stands for it in the record.
    pub digest: Digest,
    /// What the receiver's node does with it.
    pub kind: String,
    /// When its sender made it.
    pub made: Timestamp,
    /// When it was recorded here.
    pub recorded: Timestamp,
    /// When it is worth nothing any more.
    pub due: Option<Timestamp>,
    /// When it has to be destroyed.
    pub retain_until: Option<Timestamp>,
    /// What became of it.
    pub state: MessageState,
    /// Why it was refused: a stable code.
    pub code: Option<String>,
    /// The message that it answers.
    pub in_reply_to: Option<MessageId>,
    /// The content key, wrapped by the node's own; `None`: refused, or erased.
    pub key: Option<Vec<u8>>,
}

impl MessageRow {
    /// The row of an envelope at a place, as far as anybody sees who cannot open it.
    pub fn closed(
        log: Log,
        index: u64,
        envelope: &Envelope,
        recorded: Timestamp,
        state: MessageState,
    ) -> MessageRow {
        let header = envelope.header();
        MessageRow {
            log,
            id: header.id,
            index,
            digest: envelope.digest(),
            kind: String::new(),
            made: header.made,
            recorded,
            due: None,
            retain_until: None,
            state,
            code: None,
            in_reply_to: None,
            key: None,
        }
    }
}

/// What became of a message, on either side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MessageState {
    /// Sent, and nothing is known of it yet.
    Queued,
    /// Received, but not all of its files.
    Waiting,
    /// It lies in the receiver's inbox.
    Accepted,
    /// The receiver's node refused it.
    Rejected,
    /// Somebody opened it.
    Opened,
    /// It was dealt with.
    Handled,
    /// Taken back by its sender before the receiver had it.
    Withdrawn,
    /// Its content was destroyed; the leaf stays.
    Erased,
}

impl MessageState {
    /// All of them, in the order in which they are kept as numbers.
    pub const ALL: [MessageState; 8] = [
        MessageState::Queued,
        MessageState::Waiting,
        MessageState::Accepted,
        MessageState::Rejected,
        MessageState::Opened,
        MessageState::Handled,
        MessageState::Withdrawn,
        MessageState::Erased,
    ];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            MessageState::Queued => "queued",
            MessageState::Waiting => "waiting",
            MessageState::Accepted => "accepted",
            MessageState::Rejected => "rejected",
            MessageState::Opened => "opened",
            MessageState::Handled => "handled",
            MessageState::Withdrawn => "withdrawn",
            MessageState::Erased => "erased",
        }
    }
}

/// What became of a message, as its receiver (or, taking it back, its sender) signed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptRow {
    /// Where the receipt lies.
    pub log: Log,
    /// The place of its leaf.
    pub index: u64,
    /// What it says.
    pub kind: ReceiptKind,
    /// The sender of the message that it is about.
    pub sender: AgencyId,
    /// That message.
    pub message: MessageId,
}

/// Which messages are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only those sent by this agency.
    pub from: Option<AgencyId>,
    /// Only those sent to this agency.
    pub to: Option<AgencyId>,
    /// Only those with a number in this range, both ends in it.
    pub ids: Option<(MessageId, MessageId)>,
    /// Only those in one of these states; none: in any.
    pub states: Vec<MessageState>,
    /// Only those of this kind.
    pub kind: Option<&'static str>,
    /// Only those that were to be destroyed before this moment.
    pub retained_before: Option<Timestamp>,
    /// Only those that were worth nothing any more at this moment.
    pub due_before: Option<Timestamp>,
    /// At most so many, the newest by `recorded` first.
    pub most: usize,
}

/// A sealed file, whole or in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobRow {
    /// Its name (`envelope::attachment::blob_name`).
    pub name: Digest,
    /// Its length.
    pub sealed: u64,
    /// The hashes of its pieces.
    pub pieces: Vec<Digest>,
    /// One bit a piece, the first in the lowest bit of the first byte: the piece is here, durable.
    pub held: Vec<u8>,
    /// Who sends it; `None`: it is our own.
    pub partner: Option<AgencyId>,
    /// When it was last added to.
    pub at: Timestamp,
}

/// How far a sealed file has come, without the list of its pieces: that is long where the file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRow {
    /// Its length.
    pub sealed: u64,
    /// Which pieces are here, as in `BlobRow`.
    pub held: Vec<u8>,
    /// Who sends it; `None`: it is our own.
    pub partner: Option<AgencyId>,
}

/// What a partner has sent on one day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Messages.
    pub messages: u64,
    /// Bytes of parcels and pieces.
    pub bytes: u64,
}

/// Rows as they are read.
pub trait Rows {
    /// How far a record has come; one that nobody has written to has no leaves.
    fn log(&self, log: Log) -> Result<LogRow, PortError>;

    /// The newest daily head of a record.
    fn daily(&self, log: Log) -> Result<Option<Daily>, PortError>;

    /// What witnesses have cosigned of a record.
    fn watched(&self, log: Log) -> Result<Vec<(AgencyId, Watched)>, PortError>;

    /// Of how many records of a writer a witness has cosigned something.
    fn watched_count(&self, writer: AgencyId, witness: AgencyId) -> Result<u64, PortError>;

    /// All records that have been written to.
    fn logs(&self) -> Result<Vec<Log>, PortError>;

    /// Roots of complete subtrees; see `tlog::proof::Hashes::read`. Those asked for must be there.
    fn hashes(&self, log: Log, level: u8, first: u64, count: u64)
    -> Result<Vec<Digest>, PortError>;

    /// Hashes of leaves from `first` on, at most so many.
    fn leaves(&self, log: Log, first: u64, most: usize) -> Result<Vec<Digest>, PortError>;

    /// The entry at a place.
    fn entry(&self, log: Log, index: u64) -> Result<Option<(EntryKind, Vec<u8>)>, PortError>;

    /// Whether the entry at a place is here.
    fn has_entry(&self, log: Log, index: u64) -> Result<bool, PortError>;

    /// Places whose entries are not here, rising, at most so many.
    fn lacking(&self, log: Log, most: usize) -> Result<Vec<u64>, PortError>;

    /// Places whose entries the reader may lack, the most urgent first (those without a deadline
    /// last, else by place), at most so many.
    fn queue(&self, log: Log, most: usize) -> Result<Vec<u64>, PortError>;

    /// A message by its sender and number.
    fn message(&self, from: AgencyId, id: MessageId) -> Result<Option<MessageRow>, PortError>;

    /// Whether anybody's message has this number.
    fn is_number_used(&self, id: MessageId) -> Result<bool, PortError>;

    /// Messages.
    fn messages(&self, wanted: &Wanted) -> Result<Vec<MessageRow>, PortError>;

    /// What became of a message, in the order in which it was recorded here.
    fn receipts(&self, sender: AgencyId, id: MessageId) -> Result<Vec<ReceiptRow>, PortError>;

    /// An agency's signed cards with a sequence above `after`, rising.
    fn cards(&self, agency: AgencyId, after: u64) -> Result<Vec<(u64, Vec<u8>)>, PortError>;

    /// A sealed file.
    fn blob(&self, name: Digest) -> Result<Option<BlobRow>, PortError>;

    /// How far a sealed file has come.
    fn held(&self, name: Digest) -> Result<Option<HeldRow>, PortError>;

    /// The sealed files of a message.
    fn blobs_of(&self, sender: AgencyId, id: MessageId) -> Result<Vec<Digest>, PortError>;

    /// The messages that a sealed file goes with: sender and number.
    fn messages_with(&self, blob: Digest) -> Result<Vec<(AgencyId, MessageId)>, PortError>;

    /// How many bytes of a partner's sealed files are kept that no message in the inbox goes with
    /// yet.
    fn staged(&self, partner: AgencyId) -> Result<u64, PortError>;

    /// What a partner has sent on a day, counted from 1970.
    fn usage(&self, partner: AgencyId, day: i64) -> Result<Usage, PortError>;
}

/// Rows as they are written.
pub trait RowsMut: Rows {
    /// Says how far a record has come.
    fn put_log(&mut self, log: Log, row: &LogRow) -> Result<(), PortError>;

    /// Keeps a daily head of a record, or none, over the one that was.
    fn put_daily(&mut self, log: Log, daily: Option<&Daily>) -> Result<(), PortError>;

    /// Keeps what a witness has cosigned of a record, over what was.
    fn put_watched(
        &mut self,
        log: Log,
        witness: AgencyId,
        watched: &Watched,
    ) -> Result<(), PortError>;

    /// Adds roots of complete subtrees, leaves among them (level 0), as `Frontier::add` gives them.
    fn add_hashes(&mut self, log: Log, complete: &[Complete]) -> Result<(), PortError>;

    /// Keeps the entry at a place, over one that may be there; it is not lacking any more.
    fn put_entry(
        &mut self,
        log: Log,
        index: u64,
        kind: EntryKind,
        bytes: &[u8],
    ) -> Result<(), PortError>;

    /// The entries at some places are not here.
    fn put_lacking(&mut self, log: Log, indexes: &[u64]) -> Result<(), PortError>;

    /// Nobody has the entry at a place any more: it is not asked for again. Whether it was lacking.
    fn drop_lacking(&mut self, log: Log, index: u64) -> Result<bool, PortError>;

    /// The reader may lack the entry at a place. One that is there keeps its deadline where none is
    /// given.
    fn put_queue(&mut self, log: Log, index: u64, due: Option<Timestamp>) -> Result<(), PortError>;

    /// The reader has every entry below a place but for some.
    fn drop_queue(&mut self, log: Log, below: u64, but: &[u64]) -> Result<(), PortError>;

    /// The reader has the entry at a place.
    fn drop_queued(&mut self, log: Log, index: u64) -> Result<(), PortError>;

    /// Keeps a message, over what was kept of it; an error where it lies elsewhere, or where
    /// another one lies at that place.
    fn put_message(&mut self, row: &MessageRow) -> Result<(), PortError>;

    /// Keeps a receipt.
    fn put_receipt(&mut self, row: &ReceiptRow) -> Result<(), PortError>;

    /// Keeps a signed card.
    fn put_card(&mut self, agency: AgencyId, sequence: u64, bytes: &[u8]) -> Result<(), PortError>;

    /// Keeps what is known of a sealed file, over what was.
    fn put_blob(&mut self, row: &BlobRow) -> Result<(), PortError>;

    /// Says which pieces of a sealed file are here, and since when.
    fn put_held(&mut self, name: Digest, held: &[u8], at: Timestamp) -> Result<(), PortError>;

    /// A sealed file goes with a message.
    fn link_blob(&mut self, sender: AgencyId, id: MessageId, name: Digest)
    -> Result<(), PortError>;

    /// Forgets a sealed file. Which messages it went with stays known.
    fn drop_blob(&mut self, name: Digest) -> Result<(), PortError>;

    /// A partner has sent so much more on a day.
    fn add_usage(&mut self, partner: AgencyId, day: i64, more: Usage) -> Result<(), PortError>;
}

/// A record's hashes, as proofs read them.
pub struct HashesOf<'r> {
    /// Where they lie.
    pub rows: &'r dyn Rows,
    /// Whose they are.
    pub log: Log,
}

impl Hashes for HashesOf<'_> {
    type Error = PortError;

    fn read(&self, level: u8, first: u64, count: u64) -> Result<Vec<Digest>, PortError> {
        self.rows.hashes(self.log, level, first, count)
    }
}

/// Sealed files, in pieces (`envelope::attachment::PIECE`). Which pieces are here, the rows say.
pub trait Blobs: Send + Sync {
    /// Writes a piece at its place; not durable yet.
    fn write(&self, name: &Digest, piece: u64, bytes: &[u8]) -> Result<(), PortError>;

    /// All pieces written so far are durable when this returns.
    fn sync(&self, name: &Digest) -> Result<(), PortError>;

    /// Reads a piece of so many bytes.
    fn read(&self, name: &Digest, piece: u64, size: usize) -> Result<Vec<u8>, PortError>;

    /// Destroys the file; nothing happens where there is none.
    fn remove(&self, name: &Digest) -> Result<(), PortError>;

    /// A file that is being sealed, whose name is not known yet: writes go to a place of its own.
    fn seal(
        &self,
        pieces: &mut dyn FnMut() -> Result<Option<Vec<u8>>, PortError>,
    ) -> Result<u64, PortError>;

    /// Gives the file that `seal` wrote under this number its name; durable when this returns.
    fn settle(&self, sealed: u64, name: &Digest) -> Result<(), PortError>;
}
