//! Making a parcel: what a partner lacks of our record and our cards, and what we have of its own.

use envelope::card::AgencyId;
use envelope::parcel::{
    Have, MAX_CARDS, MAX_ENTRIES, MAX_LACKING, MAX_LEAVES, Parcel, Placed, RefusedEntry, Stretch,
};
use envelope::watch::MAX_WATCH;
use minicbor::bytes::ByteVec;
use tlog::note::Note;

use super::heads;
use super::record::root_at;
use super::{Book, Exchange, ExchangeError, Taken, daily, restored, watch};
use crate::port::PortError;
use crate::port::record::{Log, Rows};

/// Entries of one parcel have at most so many bytes; at least one goes.
pub(super) const MAX_ENTRY_BYTES: usize = 8 << 20;

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
            answer(&mut parcel, taken);
        }
        let (mine, theirs) = (Log { from: self.me, to }, Log { from: to, to: self.me });
        let own_card = book.mine.last().map_or(0, |card| card.card().sequence);
        let is_doubted = self.doubted().contains_key(&to);
        let (parcel, is_cut, is_daily) = self.read(|rows| {
            let mut parcel = parcel.clone();
            let row = rows.log(theirs)?;
            let lacking = rows.lacking(theirs, MAX_LACKING)?;
            let own = rows.log(mine)?;
            let card = parcel.have.card;
            let lost = rows.lacking(mine, MAX_LACKING)?;
            let (own_size, gone) = (own.size, Vec::new());
            let (size, seen) = (row.size, own.seen);
            let daily = rows.daily(mine)?.map_or(0, |daily| daily.size);
            let have =
                Have { card, size, lacking, own: own_size, seen, lost, gone, own_card, daily };
            parcel.have = have;
            if is_doubted {
                (parcel.have.size, parcel.have.lacking) = (0, Vec::new());
            }
            parcel.seen = self.seen(rows, theirs, told, &book)?;
            if let Some(told) = told {
                restored::give_back(&mut parcel, rows, (theirs, &row), told)?;
            }
            // Whoever has lost something takes nothing new before that is back, and both stretches
            // at their full size would be too large a parcel.
            if parcel.returned.is_some() {
                return Ok((parcel, true, false));
            }
            if self.may_sign(&book) && book.witnesses.contains(&to) {
                let (keys, parties) = (&*self.outside.keys, (self.me, to));
                parcel.watch = watch::ask(rows, keys, parties, &self.watching(), self.now())?;
            }
            let (stretch, is_cut, is_daily) = self.stretch(rows, mine, from, &book)?;
            parcel.log = stretch;
            Ok((parcel, is_cut, is_daily))
        })?;
        let entries = parcel.log.as_ref().map_or(0, |log| log.entries.len());
        let is_daily_news = is_daily && self.asked().is_news(to, self.now());
        let asks = !parcel.watch.is_empty();
        let is_watch_news = asks && self.watching().asked.is_news(to, self.now());
        let is_news = is_daily_news
            || is_watch_news
            || !parcel.watched.is_empty()
            || !parcel.cards.is_empty()
            || !parcel.seen.is_empty()
            || parcel.returned.is_some()
            || !parcel.own_cards.is_empty()
            || !parcel.have.gone.is_empty()
            || parcel.log.as_ref().is_some_and(|log| !log.leaves.is_empty() || entries > 0);
        let lacks = !parcel.have.lacking.is_empty()
            || told.is_some_and(|told| {
                let lost = parcel.have.lost.first();
                told.own > parcel.have.size
                    || told.size > parcel.have.own
                    || lost.is_some_and(|first| *first < told.size)
            });
        let mut next = from.clone();
        next.passed += entries;
        // Of its own record nothing is known that was not told, and it is given back once.
        let own_card = partner.card.card().sequence;
        let untold = Have { own: parcel.have.size, own_card, ..Have::default() };
        if parcel.returned.is_some() {
            let (own, lost) = (untold.own, Vec::new());
            next.told = from.told.clone().map(|told| Have { own, lost, own_card, ..told });
        }
        if let Some(log) = &parcel.log {
            let size = log.first + log.hashes().count() as u64;
            next.told = Some(Have { size, ..from.told.clone().unwrap_or(untold) });
        }
        Ok((Offer { bytes: parcel.write(), is_news, entries, is_cut, lacks }, next))
    }

    /// The partner's heads that we have countersigned, until it is known to have them. One that it
    /// would not believe brings nothing: it is made anew first.
    fn seen(
        &self,
        rows: &dyn Rows,
        theirs: Log,
        told: Option<&Have>,
        book: &Book,
    ) -> Result<Vec<ByteVec>, PortError> {
        let (mut seen, now) = (Vec::new(), self.now());
        let Some(own) = book.mine.last() else { return Ok(seen) };
        let row = rows.log(theirs)?;
        if told.is_none_or(|told| told.seen < row.size)
            && let Some(head) = row.head
            && let Ok(note) = Note::parse(head.as_bytes())
            && heads::countersigned(&note, self.me, own.card(), now).is_some()
        {
            seen.push(head.into_bytes().into());
        }
        if let Some(daily) = rows.daily(theirs)?
            && told.is_none_or(|told| told.daily < daily.size)
            && let (note, _) = daily::read(theirs, &daily)?
            && daily::is_believed(&note, self.me, own.card(), now)
        {
            seen.push(daily.note.into_bytes().into());
        }
        Ok(seen)
    }

    /// Whether anybody would believe what we sign with ML-DSA-44 now.
    fn may_sign(&self, book: &Book) -> bool {
        daily::told_moment(self.now()).is_some_and(|told| book.may_sign(told))
    }

    /// Of our record what the partner lacks, the urgent entries first; whether that is not all; and
    /// whether its head is a daily one.
    fn stretch(
        &self,
        rows: &dyn Rows,
        mine: Log,
        from: &From,
        book: &Book,
    ) -> Result<(Option<Stretch>, bool, bool), PortError> {
        let row = rows.log(mine)?;
        if row.size == 0 || row.is_closed() {
            return Ok((None, false, false));
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
        let places = queued.iter().copied().filter(|index| *index < size);
        let entries = gather(rows, mine, places, MAX_ENTRY_BYTES)?;
        let is_cut = entries.len() < queued.len() || size < row.size;
        // One that nobody would believe is no daily head; one that ends before the record does
        // would not hold for what stands behind it until the next day.
        let now = self.now();
        let is_daily =
            size == row.size && self.may_sign(book) && daily::is_due(rows, mine, size, now)?;
        if leaves.is_empty() && entries.is_empty() && !is_daily {
            return Ok((None, is_cut, false));
        }
        let audit = *self.audit.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let keys = &*self.outside.keys;
        let (mut head, checkpoint) = heads::sign(keys, mine, (size, root), audit)?;
        if is_daily {
            head.sign(daily::sign(keys, self.me, mine, &checkpoint, now)?);
        }
        Ok((Some(Stretch::new(&head.write(), first, &leaves, entries)), is_cut, is_daily))
    }
}

/// What is said of the parcel that this one answers.
fn answer(parcel: &mut Parcel, taken: &Taken) {
    let refused = taken.refused.iter().take(MAX_ENTRIES);
    parcel.refused =
        refused.map(|one| RefusedEntry { index: one.index, code: one.code.to_owned() }).collect();
    parcel.watched = taken.watched.iter().take(MAX_WATCH).cloned().collect();
}

/// Entries at some places, in that order, as many as one parcel may have; at least one.
pub(super) fn gather(
    rows: &dyn Rows,
    log: Log,
    places: impl Iterator<Item = u64>,
    most: usize,
) -> Result<Vec<Placed>, PortError> {
    let (mut entries, mut total) = (Vec::new(), 0);
    for index in places.take(MAX_ENTRIES) {
        let Some((kind, bytes)) = rows.entry(log, index)? else { continue };
        total += bytes.len();
        if total > most && !entries.is_empty() {
            break;
        }
        entries.push(Placed { index, kind, bytes });
    }
    Ok(entries)
}
