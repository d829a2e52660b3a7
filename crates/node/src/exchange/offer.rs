//! Making a parcel: what a partner lacks of our record and our cards, and what we have of its own.

use envelope::card::{AgencyId, SignedCard};
use envelope::entry::Entry;
use envelope::parcel::{
    Have, MAX_CARDS, MAX_ENTRIES, MAX_LACKING, MAX_LEAVES, Parcel, Placed, RefusedEntry, Stretch,
};

use tlog::merkle;

use super::heads;
use super::record::root_at;
use super::{Exchange, ExchangeError, Taken};
use crate::port::PortError;
use crate::port::record::{Log, LogRow, Rows};

/// Entries of one parcel have at most so many bytes; at least one goes.
const MAX_ENTRY_BYTES: usize = 8 << 20;

/// A parcel, ready for the line or a carried file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether it brings the partner something that it has not.
    pub is_news: bool,
    /// How many messages and receipts are in it.
    pub entries: usize,
    /// Whether there is more than went in.
    pub is_cut: bool,
    /// Whether we know of something that the partner has and we lack.
    pub lacks: bool,
}

/// Where a parcel begins, in what a partner lacks.
#[derive(Debug, Clone, Default)]
struct From {
    told: Option<Have>,
    /// Entries of the queue that went before.
    passed: usize,
}

impl Exchange {
    /// What there is for a partner at this moment; `taken` is what its parcel brought that this one
    /// answers. Once it was told by the partner what that has, only what is new goes in.
    pub fn offer(&self, to: AgencyId, taken: Option<&Taken>) -> Result<Offer, ExchangeError> {
        let told = self.told().get(&to).cloned();
        self.compose(to, taken, &From { told, passed: 0 }).map(|(offer, _)| offer)
    }

    /// All parcels that a carried file needs, one after the other.
    pub fn offers(
        &self,
        to: AgencyId,
        each: &mut dyn FnMut(Offer) -> Result<(), ExchangeError>,
    ) -> Result<(), ExchangeError> {
        let told = self.told().get(&to).cloned();
        let mut from = From { told, passed: 0 };
        loop {
            let (offer, next) = self.compose(to, None, &from)?;
            let is_last = !offer.is_cut || (offer.entries == 0 && next.told == from.told);
            each(offer)?;
            if is_last {
                return Ok(());
            }
            from = next;
        }
    }

    fn compose(
        &self,
        to: AgencyId,
        taken: Option<&Taken>,
        from: &From,
    ) -> Result<(Offer, From), ExchangeError> {
        let book = self.book();
        let partner = book.active(to)?;
        let told = from.told.as_ref();
        let cards = book.mine.iter();
        let mut parcel = Parcel::empty(self.me, to);
        let known = told.map_or(0, |told| told.card);
        let cards = cards.filter(|card| card.card().sequence > known).take(MAX_CARDS);
        parcel.cards = cards.map(|card| card.bytes().to_vec().into()).collect();
        parcel.have.card = partner.card.card().sequence;
        if let Some(taken) = taken {
            let refused = taken.refused.iter().take(MAX_ENTRIES);
            parcel.refused = refused
                .map(|one| RefusedEntry { index: one.index, code: one.code.to_owned() })
                .collect();
        }
        let (mine, theirs) = (Log { from: self.me, to }, Log { from: to, to: self.me });
        let is_doubted = self.doubted().contains_key(&to);
        let (parcel, is_cut) = self.read(|rows| {
            let mut parcel = parcel.clone();
            let row = rows.log(theirs)?;
            let lacking = rows.lacking(theirs, MAX_LACKING)?;
            let own = rows.log(mine)?;
            let card = parcel.have.card;
            parcel.have = Have { card, size: row.size, lacking, own: own.size, seen: own.seen };
            if is_doubted {
                (parcel.have.size, parcel.have.lacking) = (0, Vec::new());
            }
            // The countersigned head goes again until the partner is known to have it.
            let is_known = told.is_some_and(|told| told.seen >= row.size);
            if !is_known {
                parcel.seen = row.head.clone().map(|head| head.into_bytes().into());
            }
            if let Some(told) = told.filter(|told| told.own < row.size) {
                parcel.returned = self.returned(rows, theirs, &row, told)?;
            }
            let (stretch, is_cut) = self.stretch(rows, mine, from)?;
            parcel.log = stretch;
            Ok((parcel, is_cut))
        })?;
        let entries = parcel.log.as_ref().map_or(0, |log| log.entries.len());
        let is_news = !parcel.cards.is_empty()
            || parcel.seen.is_some()
            || parcel.returned.is_some()
            || parcel.log.as_ref().is_some_and(|log| !log.leaves.is_empty() || entries > 0);
        let lacks =
            !parcel.have.lacking.is_empty() || told.is_some_and(|told| told.own > parcel.have.size);
        let mut next = from.clone();
        next.passed += entries;
        if let Some(log) = &parcel.log {
            let size = log.first + log.hashes().count() as u64;
            // Of its own record nothing is known that was not told.
            let untold = Have { own: parcel.have.size, ..Have::default() };
            next.told = Some(Have { size, ..from.told.clone().unwrap_or(untold) });
        }
        Ok((Offer { bytes: parcel.write(), is_news, entries, is_cut, lacks }, next))
    }

    /// Of our record what the partner lacks, the urgent entries first.
    fn stretch(
        &self,
        rows: &dyn Rows,
        mine: Log,
        from: &From,
    ) -> Result<(Option<Stretch>, bool), PortError> {
        let row = rows.log(mine)?;
        if row.size == 0 || row.is_closed() {
            return Ok((None, false));
        }
        // Who was not heard yet has at least what it has countersigned.
        let first = from.told.as_ref().map_or(row.seen, |told| told.size).min(row.size);
        let leaves = rows.leaves(mine, first, MAX_LEAVES)?;
        let size = first + leaves.len() as u64;
        let root = if size == row.size {
            heads::frontier(mine, &row)?.root()
        } else {
            root_at(rows, mine, size)?
        };
        let queued = rows.queue(mine, from.passed + MAX_ENTRIES + 1)?;
        let queued = queued.get(from.passed..).unwrap_or_default();
        let entries = gather(rows, mine, queued.iter().copied().filter(|index| *index < size))?;
        let is_cut = entries.len() < queued.len() || size < row.size;
        if leaves.is_empty() && entries.is_empty() {
            return Ok((None, is_cut));
        }
        let audit = *self.audit.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let head = heads::sign(&*self.outside.keys, mine, (size, root), audit)?;
        Ok((Some(Stretch::new(&head.write(), first, &leaves, entries)), is_cut))
    }

    /// Of a partner's record what it has lost itself.
    fn returned(
        &self,
        rows: &dyn Rows,
        theirs: Log,
        row: &LogRow,
        told: &Have,
    ) -> Result<Option<Stretch>, PortError> {
        let Some(head) = &row.head else { return Ok(None) };
        let leaves = rows.leaves(theirs, told.own, MAX_LEAVES)?;
        let mut entries = gather(rows, theirs, told.own..row.size)?;
        entries.extend(cards_that_are_lacking(rows, theirs, told.own)?);
        entries.sort_by_key(|one| one.index);
        entries.truncate(MAX_ENTRIES);
        Ok(Some(Stretch::new(head, told.own, &leaves, entries)))
    }
}

/// Cards that came beside a partner's record and not in it, for the places from one on that lack
/// them: it may have lost them, and without them the head that one of their keys has signed.
fn cards_that_are_lacking(
    rows: &dyn Rows,
    theirs: Log,
    first: u64,
) -> Result<Vec<Placed>, PortError> {
    let lacking = rows.lacking(theirs, MAX_LACKING)?;
    let mut found = Vec::new();
    for (_, bytes) in rows.cards(theirs.from, 0)? {
        let Ok(card) = SignedCard::parse(&bytes) else { continue };
        let entry = Entry::Card(Box::new(card));
        let leaf = merkle::leaf(&entry.leaf());
        for index in lacking.iter().copied().filter(|index| *index >= first) {
            if rows.hashes(theirs, 0, index, 1)?.first() == Some(&leaf) {
                found.push(Placed { index, kind: entry.kind(), bytes: entry.write() });
            }
        }
    }
    Ok(found)
}

/// Entries at some places, in that order, as many as one parcel may have; at least one.
fn gather(
    rows: &dyn Rows,
    log: Log,
    places: impl Iterator<Item = u64>,
) -> Result<Vec<Placed>, PortError> {
    let (mut entries, mut total) = (Vec::new(), 0);
    for index in places.take(MAX_ENTRIES) {
        let Some((kind, bytes)) = rows.entry(log, index)? else { continue };
        total += bytes.len();
        if total > MAX_ENTRY_BYTES && !entries.is_empty() {
            break;
        }
        entries.push(Placed { index, kind, bytes });
    }
    Ok(entries)
}
