//! The desk where entries of a parcel are taken one after the other, each answered with a signed
//! receipt.

use std::collections::BTreeMap;

use envelope::entry::MAX_BYTES;
use envelope::envelope::MessageId;
use envelope::receipt::{Receipt, ReceiptKind, SignedReceipt};
use model::digest::Digest;
use model::time::Timestamp;

use super::examine::{Examined, Found, Inside, Says, Seen, Unreadable};
use super::record::root_at;
use super::send::{self, Told};
use super::take::{Refused, Taken};
use super::{files, inbox};
use crate::port::record::{Log, MessageRow, MessageState, ReceiptRow, RowsMut};
use crate::port::{Keys, PortError};

/// Where entries are taken one after the other.
pub(super) struct Desk<'d> {
    pub(super) rows: &'d mut dyn RowsMut,
    pub(super) theirs: Log,
    pub(super) size: u64,
    pub(super) before: BTreeMap<u64, Digest>,
    pub(super) keys: &'d dyn Keys,
    pub(super) now: Timestamp,
    pub(super) taken: &'d mut Taken,
}

impl Desk<'_> {
    pub(super) fn one(&mut self, entry: Examined) -> Result<(), PortError> {
        let Examined { index, kind, bytes, found } = entry;
        if index >= self.size {
            self.refuse(None, index, "entry_beyond");
            return Ok(());
        }
        let found = match found {
            Ok(found) => found,
            // What its writer has signed so is told once and kept: asked for again, it would come
            // again as it is. Anything else is told apart from the leaf that it should stand under.
            Err(Unreadable { code, leaf }) => {
                if leaf.is_some() && self.leaf(index)? == leaf {
                    let kept = if bytes.len() > MAX_BYTES { [].as_slice() } else { &bytes };
                    self.rows.put_entry(self.theirs, index, kind, kept)?;
                }
                self.refuse(None, index, code);
                return Ok(());
            }
        };
        let Found { leaf, says } = found;
        if self.leaf(index)? != Some(leaf) {
            self.refuse(None, index, "entry_wrong");
            return Ok(());
        }
        // It was not here when the parcel was looked at, and may have come by another way since:
        // from a visit of ours while the partner visited us, or from a stick.
        if self.rows.has_entry(self.theirs, index)? {
            self.taken.already += 1;
            return Ok(());
        }
        self.rows.put_entry(self.theirs, index, kind, &bytes)?;
        match says {
            Says::Message(seen) => self.message(index, *seen),
            Says::Receipt(signed, Ok(())) => self.receipt(index, signed.receipt()),
            Says::Receipt(signed, Err(code)) => {
                self.refuse(Some(signed.receipt().message), index, code);
                Ok(())
            }
            Says::Card => Ok(()),
        }
    }

    /// The hash of the leaf at a place.
    fn leaf(&self, index: u64) -> Result<Option<Digest>, PortError> {
        Ok(self.rows.hashes(self.theirs, 0, index, 1)?.first().copied())
    }

    fn refuse(&mut self, id: Option<MessageId>, index: u64, code: &'static str) {
        self.taken.refused.push(Refused { id, index, code });
    }

    /// A message is taken or refused, and either is signed.
    fn message(&mut self, index: u64, seen: Seen) -> Result<(), PortError> {
        let Seen { envelope, opened } = seen;
        let header = envelope.header();
        let theirs = self.theirs;
        let mut row =
            MessageRow::closed(theirs, index, &envelope, self.now, MessageState::Rejected);
        if self.rows.is_number_used(row.id)? {
            // The number is another message's, whoever sent that: officers name messages by their
            // numbers, and who takes one that he saw would hide the other's message from them.
            // This one has no row of its own, but its receipt.
            self.refuse(Some(row.id), index, "number_used");
            return self.answer(&row, ReceiptKind::Rejected, Some("number_used"), None);
        }
        let opened = match opened {
            Ok(inside) if inside.is_revoked && !self.has_accepted(&row)? => Err("key_revoked"),
            opened => opened,
        };
        let is_placed = header.index == index && header.before == self.root_before(index)?;
        match opened.and_then(|inside| is_placed.then_some(inside).ok_or("wrong_place")) {
            Ok(inside) => self.accept(row, inside),
            Err(code) => {
                row.code = Some(code.to_owned());
                self.rows.put_message(&row)?;
                self.refuse(Some(row.id), index, code);
                self.answer(&row, ReceiptKind::Rejected, Some(code), None)
            }
        }
    }

    /// Whether a receipt of ours says that we once accepted this very message: it was in the record
    /// before, and this node has lost it.
    fn has_accepted(&self, row: &MessageRow) -> Result<bool, PortError> {
        for one in self.rows.receipts(row.log.from, row.id)? {
            if one.log.from != self.theirs.to || one.kind != ReceiptKind::Accepted {
                continue;
            }
            let entry = self.rows.entry(one.log, one.index)?;
            let signed = entry.and_then(|(_, bytes)| SignedReceipt::parse(&bytes).ok());
            if signed.is_some_and(|signed| signed.receipt().envelope == row.digest) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Signs what became of a message.
    fn answer(
        &mut self,
        row: &MessageRow,
        kind: ReceiptKind,
        code: Option<&str>,
        text: Option<&str>,
    ) -> Result<(), PortError> {
        let told = Told { kind, code, text: text.map(str::to_owned), at: self.now };
        send::receipt(self.rows, self.keys, row, told)
    }

    fn accept(&mut self, mut row: MessageRow, inside: Inside) -> Result<(), PortError> {
        let Inside { key, kind, due, retain_until, in_reply_to, attachments, erases, .. } = inside;
        let mut is_whole = true;
        for attachment in &attachments {
            self.rows.link_blob(row.log.from, row.id, attachment.blob)?;
            is_whole &= files::is_whole(&*self.rows, attachment.blob)?;
        }
        row.state = if is_whole { MessageState::Accepted } else { MessageState::Waiting };
        (row.kind, row.due, row.retain_until, row.in_reply_to) =
            (kind, due, retain_until, in_reply_to);
        // Where our own machine cannot do it, nothing is said about the message: the parcel fails.
        row.key = Some(self.keys.wrap(&key)?);
        self.rows.put_message(&row)?;
        if !is_whole {
            self.taken.waiting.push(row.id);
            return Ok(());
        }
        self.taken.received.push(row.id);
        if let Some(state) = send::said(&*self.rows, self.theirs, row.id)?
            && erases.is_none()
        {
            return self.rows.put_message(&MessageRow { state, ..row });
        }
        self.answer(&row, ReceiptKind::Accepted, None, None)?;
        match erases {
            Some(id) if inbox::erase(self.rows, row.log.from, id)? => {
                self.taken.erased.push(id);
                self.taken.erased.extend(inbox::erase_copies(self.rows, self.theirs.to, id)?);
                self.answer(&row, ReceiptKind::Handled, None, Some("erased"))?;
                self.rows.put_message(&MessageRow { state: MessageState::Handled, ..row })
            }
            _ => Ok(()),
        }
    }

    /// The root of their record before a place.
    fn root_before(&self, index: u64) -> Result<Digest, PortError> {
        match self.before.get(&index) {
            Some(root) => Ok(*root),
            None => root_at(&*self.rows, self.theirs, index),
        }
    }

    /// What became of a message of ours.
    fn receipt(&mut self, index: u64, receipt: &Receipt) -> Result<(), PortError> {
        let sender = self.theirs.to;
        let message = self.rows.message(sender, receipt.message)?;
        let fits =
            |one: &MessageRow| one.digest == receipt.envelope && one.log.to == self.theirs.from;
        let Some(mut message) = message.filter(fits) else {
            self.refuse(Some(receipt.message), index, "receipt_wrong");
            return Ok(());
        };
        let (log, kind) = (self.theirs, receipt.kind);
        self.rows.put_receipt(&ReceiptRow {
            log,
            index,
            kind,
            sender,
            message: receipt.message,
        })?;
        let state = send::state_after(kind);
        // Receipts come in any order; what was dealt with is not unopened again.
        if message.state < state && message.state != MessageState::Rejected {
            message.state = state;
            message.code.clone_from(&receipt.code);
            self.rows.put_message(&message)?;
        }
        self.taken.told.push(receipt.message);
        Ok(())
    }
}
