//! What proves a message to somebody who trusts neither node: its envelope, its receipts, the cards
//! of both agencies, and the way from each leaf to a head that both have signed.

use std::collections::BTreeMap;

use envelope::card::{AgencyId, SignedCard};
use envelope::entry::Entry;
use envelope::envelope::{Envelope, MessageId};
use envelope::receipt::SignedReceipt;
use model::digest::Digest;
use tlog::note::{MAX_SIGNATURES, Note};
use tlog::proof;

use super::heads::{Cards, agency_name, broken, log_name};
use super::inbox::hexadecimal;
use super::{Exchange, ExchangeError, daily, heads};
use crate::port::PortError;
use crate::port::record::{HashesOf, Log, LogRow, MessageRow, ReceiptRow, Rows};

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
    /// The cards of both agencies and of witnesses, from the first one without a gap after it to
    /// the newest.
    pub cards: Vec<SignedCard>,
}

impl Exchange {
    /// What proves a message. Its place has to be under a head that the reader has countersigned;
    /// a receipt that is not yet is left out.
    pub fn evidence(&self, row: &MessageRow) -> Result<Evidence, ExchangeError> {
        let found = self.evidence_of(std::slice::from_ref(row))?.pop();
        found.ok_or_else(|| ExchangeError::NotCountersigned(hexadecimal(row.id)))
    }

    /// What proves several messages, as of one moment: all proofs of a record lead to one head.
    pub fn evidence_of(&self, messages: &[MessageRow]) -> Result<Vec<Evidence>, ExchangeError> {
        let envelopes: Vec<Envelope> =
            messages.iter().map(|row| self.signed(row)).collect::<Result<_, _>>()?;
        let found = self.read(|rows| {
            let (mut told, mut places) = (Vec::new(), Places::new());
            for row in messages {
                let (log, back) = both_ways(row);
                places.entry(log).or_default().push(row.index);
                let receipts = receipts(rows, row.log.from, row.id)?;
                for (one, _) in receipts.iter().filter(|(one, _)| [log, back].contains(&one.log)) {
                    places.entry(one.log).or_default().push(one.index);
                }
                told.push(receipts);
            }
            let (mut heads, mut cards_of) = (Vec::new(), Vec::new());
            for (log, places) in places {
                let (writer, reader) = (cards(rows, log, log.from)?, cards(rows, log, log.to)?);
                let both = Cards { writer: &writer, reader: &reader };
                if let Some((log, size, mut note)) = self.head(rows, log, &both, places)? {
                    let mut all = [writer, reader].concat();
                    witnessed(rows, log, size, &mut note, &mut all)?;
                    heads.push((log, size, note));
                    cards_of.push((log, all));
                }
            }
            let mut proofs = Vec::new();
            for (row, receipts) in messages.iter().zip(told) {
                let Some(place) = proven(rows, &heads, row.log, row.index)? else {
                    return Ok(Err(row.id));
                };
                let mut placed = Vec::new();
                for (one, signed) in receipts {
                    let place = proven(rows, &heads, one.log, one.index)?;
                    placed.extend(place.map(|place| (signed, place)));
                }
                proofs.push((both_ways(row), place, placed));
            }
            // First of the record that the message lies in, then of its receiver's.
            let of = |(log, back): (Log, Log)| {
                let (mut found, mut of_both) = (Vec::new(), Vec::new());
                for wanted in [log, back] {
                    let head = heads.iter().find(|(one, ..)| *one == wanted);
                    found.extend(head.map(|(log, _, note)| (log.from, log.to, note.clone())));
                    let cards = cards_of.iter().filter(|(one, _)| *one == wanted);
                    of_both.extend(cards.flat_map(|(_, cards)| cards.clone()));
                }
                (found, of_both)
            };
            let whole = proofs.into_iter().map(|(logs, place, placed)| (of(logs), place, placed));
            Ok(Ok(whole.collect::<Vec<_>>()))
        })?;
        let unproven = |id| ExchangeError::NotCountersigned(hexadecimal(id));
        let found = found.map_err(unproven)?;
        let whole = envelopes.into_iter().zip(found);
        let whole = whole.map(|(envelope, ((heads, cards), place, receipts))| Evidence {
            envelope,
            place,
            receipts,
            heads,
            cards: once(cards),
        });
        Ok(whole.collect())
    }

    /// The head of a record that proves what lies at some places and is covered by the longest one
    /// that both have signed: the daily one where that covers all of it and holds, else that one.
    fn head(
        &self,
        rows: &dyn Rows,
        log: Log,
        cards: &Cards<'_>,
        places: Vec<u64>,
    ) -> Result<Option<Head>, PortError> {
        let LogRow { size, head, seen, seen_note, .. } = rows.log(log)?;
        let (size, note) = if log.from == self.me { (seen, seen_note) } else { (size, head) };
        let last = places.into_iter().filter(|place| *place < size).max();
        let Some((last, note)) = last.zip(note) else { return Ok(None) };
        if let Some(daily) = rows.daily(log)?.filter(|daily| last < daily.size) {
            let (note, _) = daily::read(log, &daily)?;
            if daily::is_proof(&note, log, cards) {
                return Ok(heads::holding(&note, log, cards).map(|note| (log, daily.size, note)));
            }
        }
        let note = Note::parse(note.as_bytes());
        let note = note.map_err(|error| broken(log, &error.to_string()))?;
        Ok(heads::holding(&note, log, cards).map(|note| (log, size, note)))
    }
}

/// The record that a message lies in, and the one of its receiver's.
fn both_ways(row: &MessageRow) -> (Log, Log) {
    (row.log, Log { from: row.log.to, to: row.log.from })
}

/// Each card once, in the order in which they came.
fn once(cards: Vec<SignedCard>) -> Vec<SignedCard> {
    let mut all: Vec<SignedCard> = Vec::new();
    for card in cards {
        if !all.contains(&card) {
            all.push(card);
        }
    }
    all
}

/// What has to be proven, by record.
type Places = BTreeMap<Log, Vec<u64>>;

/// A record, how many leaves are under its head, and that head.
type Head = (Log, u64, Note);

/// Puts under a head the cosignatures that witnesses have made of the same record at that size, and
/// brings their cards. What no court would believe is left out.
fn witnessed(
    rows: &dyn Rows,
    log: Log,
    size: u64,
    note: &mut Note,
    all: &mut Vec<SignedCard>,
) -> Result<(), PortError> {
    for (witness, watched) in rows.watched(log)? {
        if watched.size != size || [log.from, log.to].contains(&witness) {
            continue;
        }
        let theirs = cards(rows, log, witness)?;
        let Some(newest) = theirs.last() else { continue };
        let Ok(seen) = Note::parse(watched.note.as_bytes()) else { continue };
        let name = agency_name(witness);
        let mut with = note.clone();
        seen.signatures().iter().filter(|one| one.name == name).for_each(|one| {
            with.sign(one.clone());
        });
        // What it signs holds no lines of the writer's own: it is of this head, too.
        if with.signatures().len() > MAX_SIGNATURES
            || !daily::holds(&with, witness, &theirs, newest.card())
        {
            continue;
        }
        *note = with;
        if !all.iter().any(|card| card.card().id() == witness) {
            all.extend(theirs);
        }
    }
    Ok(())
}

/// The receipts for a message, each with its place.
fn receipts(
    rows: &dyn Rows,
    sender: AgencyId,
    id: MessageId,
) -> Result<Vec<(ReceiptRow, SignedReceipt)>, PortError> {
    let mut receipts = Vec::new();
    for receipt in rows.receipts(sender, id)? {
        let entry = rows.entry(receipt.log, receipt.index)?;
        let entry = entry.and_then(|(kind, bytes)| Entry::parse(kind, &bytes).ok());
        if let Some(Entry::Receipt(signed)) = entry {
            receipts.push((receipt, SignedReceipt::clone(&signed)));
        }
    }
    Ok(receipts)
}

/// The cards of an agency, from the first one without a gap after it to the newest.
fn cards(rows: &dyn Rows, log: Log, agency: AgencyId) -> Result<Vec<SignedCard>, PortError> {
    let mut run: Vec<SignedCard> = Vec::new();
    for (sequence, bytes) in rows.cards(agency, 0)? {
        let card = SignedCard::parse(&bytes);
        let card = card.map_err(|error| broken(log, &error.to_string()))?;
        // A gap that two officers bridged is none that a court can bridge.
        if run.last().is_some_and(|last| last.card().sequence + 1 != sequence) {
            run.clear();
        }
        run.push(card);
    }
    Ok(run)
}

/// The way from a leaf to the head of its record; `None`: it is not under that.
fn proven(
    rows: &dyn Rows,
    heads: &[Head],
    log: Log,
    index: u64,
) -> Result<Option<Proven>, PortError> {
    let head = heads.iter().find(|(one, size, _)| *one == log && index < *size);
    let Some((_, size, _)) = head else { return Ok(None) };
    let hashes = proof::inclusion(&HashesOf { rows, log }, index, *size)?;
    Ok(Some(Proven { record: log_name(log), index, size: *size, hashes }))
}
