//! What proves a message to somebody who trusts neither node: its envelope, its receipts, the cards
//! of both agencies, and the way from each leaf to a head that both have signed.

use envelope::card::{AgencyId, SignedCard};
use envelope::entry::Entry;
use envelope::envelope::Envelope;
use envelope::receipt::SignedReceipt;
use model::digest::Digest;
use tlog::note::Note;
use tlog::proof;

use super::heads::{broken, log_name};
use super::inbox::hexadecimal;
use super::{Exchange, ExchangeError};
use crate::port::PortError;
use crate::port::record::{HashesOf, Log, LogRow, MessageRow, Rows};

/// Where in a record something lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// The record's name.
    pub record: String,
    /// The place of the leaf.
    pub index: u64,
    /// How many leaves the record has at the head that both have signed.
    pub size: u64,
    /// The hashes beside its way up (RFC 6962).
    pub hashes: Vec<Digest>,
}

/// What proves a message.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// What its sender signed.
    pub envelope: Envelope,
    /// Where it lies.
    pub place: Proven,
    /// What became of it, and where that lies.
    pub receipts: Vec<(SignedReceipt, Proven)>,
    /// The heads to which the proofs lead: writer, reader, and the note with both signatures.
    pub heads: Vec<(AgencyId, AgencyId, Note)>,
    /// The cards of both agencies, from the first one without a gap after it to the newest.
    pub cards: Vec<SignedCard>,
}

impl Exchange {
    /// What proves a message. Its place has to be under a head that the reader has countersigned;
    /// a receipt that is not yet is left out.
    pub fn evidence(&self, row: &MessageRow) -> Result<Evidence, ExchangeError> {
        let envelope = self.signed(row)?;
        let unproven = || ExchangeError::NotCountersigned(hexadecimal(row.id));
        let (sender, receiver) = (row.log.from, row.log.to);
        let found = self.read(|rows| {
            let Some(place) = self.proven(rows, row.log, row.index)? else { return Ok(None) };
            let mut receipts = Vec::new();
            for receipt in rows.receipts(sender, row.id)? {
                let entry = rows.entry(receipt.log, receipt.index)?;
                let entry = entry.and_then(|(kind, bytes)| Entry::parse(kind, &bytes).ok());
                if let Some(Entry::Receipt(signed)) = entry
                    && let Some(place) = self.proven(rows, receipt.log, receipt.index)?
                {
                    receipts.push((SignedReceipt::clone(&signed), place));
                }
            }
            let logs = [row.log, Log { from: receiver, to: sender }];
            let mut heads = Vec::new();
            for log in logs.iter().take(if receipts.is_empty() { 1 } else { 2 }) {
                if let Some((_, note)) = self.countersigned(rows, *log)? {
                    heads.push((log.from, log.to, note));
                }
            }
            let mut cards = Vec::new();
            for agency in [sender, receiver] {
                let mut run: Vec<SignedCard> = Vec::new();
                for (sequence, bytes) in rows.cards(agency, 0)? {
                    let card = SignedCard::parse(&bytes);
                    let card = card.map_err(|error| broken(row.log, &error.to_string()))?;
                    // A gap that two officers bridged is none that a court can bridge.
                    if run.last().is_some_and(|last| last.card().sequence + 1 != sequence) {
                        run.clear();
                    }
                    run.push(card);
                }
                cards.extend(run);
            }
            Ok(Some((place, receipts, heads, cards)))
        })?;
        let (place, receipts, heads, cards) = found.ok_or_else(unproven)?;
        Ok(Evidence { envelope, place, receipts, heads, cards })
    }

    /// The longest head of a record that both have signed, and how many leaves it has.
    fn countersigned(&self, rows: &dyn Rows, log: Log) -> Result<Option<(u64, Note)>, PortError> {
        let LogRow { size, head, seen, seen_note, .. } = rows.log(log)?;
        let (size, note) = if log.from == self.me { (seen, seen_note) } else { (size, head) };
        let Some(note) = note else { return Ok(None) };
        let note = Note::parse(note.as_bytes());
        Ok(Some((size, note.map_err(|error| broken(log, &error.to_string()))?)))
    }

    /// The way from a leaf to that head; `None`: it is not under it yet.
    fn proven(&self, rows: &dyn Rows, log: Log, index: u64) -> Result<Option<Proven>, PortError> {
        let Some((size, _)) = self.countersigned(rows, log)? else { return Ok(None) };
        if index >= size {
            return Ok(None);
        }
        let hashes = proof::inclusion(&HashesOf { rows, log }, index, size)?;
        Ok(Some(Proven { record: log_name(log), index, size, hashes }))
    }
}
