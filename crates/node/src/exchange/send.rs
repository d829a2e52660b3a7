//! Sending: a content is sealed, gets its place in the record, and waits there for the line.
//!
//! Message, queue and leaf are written in one transaction: what `send` has returned is never lost
//! and never sent under another number.

use envelope::attachment::Attachment;
use envelope::card::{AgencyId, Card, SignedCard};
use envelope::content::Content;
use envelope::entry::{Entry, EntryKind};
use envelope::envelope::{Draft, Envelope, MessageId, Random};
use envelope::handling::Handling;
use envelope::receipt::{Receipt, ReceiptKind, SignedReceipt};
use envelope::seal;
use model::digest::Digest;
use model::time::Timestamp;
use tlog::merkle;

use super::heads::{broken, frontier};
use super::{Exchange, ExchangeError};
use crate::port::record::{Log, LogRow, MessageRow, MessageState, ReceiptRow, Rows, RowsMut};
use crate::port::{Keys, PortError};

/// A deadline is looked for among so many entries.
const MAX_QUEUED: usize = 100;
/// So many receipts at most are signed once more after a key was revoked.
const MAX_AGAIN: usize = 100_000;

/// What is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// What the receiver's node does with it.
    pub kind: String,
    /// What may be done with it.
    pub handling: Handling,
    /// The text, or the bytes that the kind says.
    pub body: Vec<u8>,
    /// The message that it answers.
    pub in_reply_to: Option<MessageId>,
    /// When it is worth nothing any more.
    pub due: Option<Timestamp>,
    /// Files, sealed before.
    pub attachments: Vec<Attachment>,
}

impl Exchange {
    /// A number for a message that is to be sent.
    pub fn new_id(&self) -> Result<MessageId, ExchangeError> {
        Ok(MessageId(self.random()?))
    }

    /// Whether something may be sent to a partner, before anybody records that it is.
    pub fn check(&self, to: AgencyId, outgoing: &Outgoing) -> Result<(), ExchangeError> {
        let (book, log) = (self.book(), Log { from: self.me, to });
        let card = book.active(to)?.card.card();
        sealing_key(card, self.now())?;
        let row = self.read(|rows| rows.log(log))?;
        if row.is_closed() {
            return Err(closed(&row, card));
        }
        let Outgoing { kind, handling, body, in_reply_to, due, attachments } = outgoing.clone();
        let content =
            Content { salt: [0; 32], kind, handling, body, in_reply_to, due, attachments };
        content.padded()?;
        Ok(())
    }

    /// The first moment at which something that waits for a partner is worth nothing any more.
    pub fn deadline(&self, to: AgencyId) -> Result<Option<Timestamp>, ExchangeError> {
        let (now, log) = (self.now(), Log { from: self.me, to });
        let due = self.read(|rows| {
            // The queue has the most urgent first, and those that are late among them.
            for index in rows.queue(log, MAX_QUEUED)? {
                let Some((EntryKind::Envelope, bytes)) = rows.entry(log, index)? else { continue };
                let Ok(envelope) = Envelope::parse(&bytes) else { continue };
                let row = rows.message(log.from, envelope.header().id)?;
                match row.and_then(|row| row.due) {
                    Some(due) if due > now => return Ok(Some(due)),
                    Some(_) => {}
                    None => return Ok(None),
                }
            }
            Ok(None)
        })?;
        Ok(due)
    }

    /// Seals a message to a partner and gives it its place in the record; durable when this
    /// returns.
    pub fn send(
        &self,
        id: MessageId,
        to: AgencyId,
        outgoing: Outgoing,
    ) -> Result<MessageRow, ExchangeError> {
        let (book, now) = (self.book(), self.now());
        let partner = book.active(to)?;
        let card = partner.card.card();
        let holder = sealing_key(card, now)?;
        let Outgoing { kind, handling, body, in_reply_to, due, attachments } = outgoing;
        let blobs: Vec<_> = attachments.iter().map(|one| one.blob).collect();
        let salt = self.random()?;
        let content = Content { salt, kind, handling, body, in_reply_to, due, attachments };
        let key = self.random::<32>()?.into();
        let wrapped = self.outside.keys.wrap(&key)?;
        let random = Random { key, holders: vec![self.random::<{ seal::RANDOM_BYTES }>()?] };
        let draft = Draft::seal(id, (self.me, to), &content, &[*holder], random)?;
        let (log, keys) = (Log { from: self.me, to }, self.outside.keys.clone());
        let (kind, retain_until) = (content.kind.clone(), content.handling.retain_until);
        let placed = self.write(move |rows| {
            let row = rows.log(log)?;
            if row.is_closed() {
                return Ok(Err(row));
            }
            let unsigned = draft.place(row.size, frontier(log, &row)?.root(), now);
            let (_, signature) = keys.sign(&unsigned.message());
            let envelope = unsigned.sign(signature);
            let closed = MessageRow::closed(log, row.size, &envelope, now, MessageState::Queued);
            let key = Some(wrapped);
            let message = MessageRow { kind, due, retain_until, in_reply_to, key, ..closed };
            append(rows, log, row, &Entry::Envelope(Box::new(envelope)), due)?;
            rows.put_message(&message)?;
            for blob in blobs {
                rows.link_blob(log.from, id, blob)?;
            }
            Ok(Ok(message))
        })?;
        let placed = match placed {
            Ok(placed) => placed,
            Err(row) => return Err(closed(&row, card)),
        };
        self.news(to);
        Ok(placed)
    }
}

/// The key of a partner that something can be sealed to now.
fn sealing_key(card: &Card, now: Timestamp) -> Result<&[u8; seal::PUBLIC_BYTES], ExchangeError> {
    card.sealing_at(now).ok_or_else(|| ExchangeError::NoSealingKey(card.agency.clone()))
}

/// Why nothing goes into a record that is frozen or behind.
fn closed(row: &LogRow, card: &Card) -> ExchangeError {
    match &row.frozen {
        Some(code) => ExchangeError::Frozen(card.agency.clone(), code.clone()),
        None => ExchangeError::Behind(card.agency.clone()),
    }
}

/// Adds an entry to a record of ours; the reader lacks it from now on.
pub(super) fn append(
    rows: &mut dyn RowsMut,
    log: Log,
    row: LogRow,
    entry: &Entry,
    due: Option<Timestamp>,
) -> Result<LogRow, PortError> {
    // Whoever comes here has looked: what is behind would become a second record.
    if row.behind {
        return Err(broken(log, "the partner may have more of it"));
    }
    let mut frontier = frontier(log, &row)?;
    let index = frontier.size();
    rows.add_hashes(log, &frontier.add(merkle::leaf(&entry.leaf())))?;
    rows.put_entry(log, index, entry.kind(), &entry.write())?;
    rows.put_queue(log, index, due)?;
    let row = LogRow { size: frontier.size(), peaks: frontier.peaks().to_vec(), ..row };
    rows.put_log(log, &row)?;
    Ok(row)
}

/// What is to be said of a message.
pub(super) struct Told<'t> {
    /// What.
    pub(super) kind: ReceiptKind,
    /// Why it was refused.
    pub(super) code: Option<&'t str>,
    /// Who opened it, or the answer.
    pub(super) text: Option<String>,
    /// When.
    pub(super) at: Timestamp,
}

/// Signs a receipt for a message that came from a partner, in our record for it.
pub(super) fn receipt(
    rows: &mut dyn RowsMut,
    keys: &dyn Keys,
    message: &MessageRow,
    told: Told<'_>,
) -> Result<(), PortError> {
    let log = Log { from: message.log.to, to: message.log.from };
    let receipt = Receipt {
        kind: told.kind,
        message: message.id,
        envelope: message.digest,
        from: log.from,
        to: log.to,
        at: told.at,
        code: told.code.map(str::to_owned),
        text: told.text,
    };
    put_receipt(rows, keys, (log, message.log.from), receipt)
}

/// What we have said of a message that came before it was here: a restored node gets its own
/// receipts back from its partner, and says nothing twice.
pub(super) fn said(
    rows: &dyn Rows,
    theirs: Log,
    id: MessageId,
) -> Result<Option<MessageState>, PortError> {
    let receipts = rows.receipts(theirs.from, id)?;
    let ours = receipts.iter().filter(|one| one.log.from == theirs.to);
    Ok(ours.map(|one| state_after(one.kind)).max())
}

/// What a receipt says that became of a message.
pub(super) fn state_after(kind: ReceiptKind) -> MessageState {
    match kind {
        ReceiptKind::Accepted => MessageState::Accepted,
        ReceiptKind::Rejected => MessageState::Rejected,
        ReceiptKind::Opened => MessageState::Opened,
        ReceiptKind::Handled => MessageState::Handled,
    }
}

/// Receipts of ours that a partner is not known to have, and that a key signed which it believes no
/// more, are signed once more: else nothing would ever become known of these messages.
pub(super) fn receipts_again(
    rows: &mut dyn RowsMut,
    keys: &dyn Keys,
    log: Log,
    card: &Card,
    at: Timestamp,
) -> Result<(), PortError> {
    let is_revoked = |key: &[u8; 32]| {
        let digest = Digest::of(key);
        card.revoked.iter().any(|one| one.key == digest)
    };
    let revoked: Vec<_> =
        card.signing.iter().map(|one| one.key).filter(|key| is_revoked(key)).collect();
    if revoked.is_empty() || rows.log(log)?.is_closed() {
        return Ok(());
    }
    for index in rows.queue(log, MAX_AGAIN)? {
        let Some((EntryKind::Receipt, bytes)) = rows.entry(log, index)? else { continue };
        let Ok(signed) = SignedReceipt::parse(&bytes) else { continue };
        let (kind, message) = (signed.receipt().kind, signed.receipt().message);
        let said = rows.receipts(log.to, message)?;
        let is_newest =
            !said.iter().any(|one| one.log == log && one.kind == kind && one.index > index);
        if is_newest && revoked.iter().any(|key| signed.check(key).is_ok()) {
            put_receipt(rows, keys, (log, log.to), Receipt { at, ..signed.receipt().clone() })?;
        }
    }
    Ok(())
}

/// Signs a receipt and adds it to our record, for a message of that sender.
fn put_receipt(
    rows: &mut dyn RowsMut,
    keys: &dyn Keys,
    (log, sender): (Log, AgencyId),
    receipt: Receipt,
) -> Result<(), PortError> {
    let (kind, message) = (receipt.kind, receipt.message);
    let (_, signature) = keys.sign(&receipt.message());
    let entry = Entry::Receipt(Box::new(receipt.sign(signature)));
    let row = rows.log(log)?;
    let index = row.size;
    append(rows, log, row, &entry, None)?;
    rows.put_receipt(&ReceiptRow { log, index, kind, sender, message })
}

/// Records a card of ours for a partner.
pub(super) fn card(rows: &mut dyn RowsMut, log: Log, card: SignedCard) -> Result<(), PortError> {
    let row = rows.log(log)?;
    if row.behind {
        // The partner gets it beside the record all the same.
        return Ok(());
    }
    append(rows, log, row, &Entry::Card(Box::new(card)), None).map(|_| ())
}
