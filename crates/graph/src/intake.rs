//! Intake: transfers of one file on their way into a segment, told apart from those already held.

use std::hash::BuildHasher as _;

use hashbrown::HashTable;
use model::transfer::Transfer;
use rustc_hash::FxBuildHasher;

use crate::builder::{Builder, spread};
use crate::segment::Segment;

/// What became of a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It was not known and is in the segment now.
    New,
    /// The same id with the same content is held already.
    Already,
    /// The same id is held with other content: the transfer was not taken.
    Contradicts,
    /// The segment is full.
    Full,
}

/// Collects the new transfers of one file.
pub struct Intake<'a> {
    held: Vec<Segment<'a>>,
    new: Builder,
    known: HashTable<Place>,
}

/// Where a transfer lies: in a held segment, or (`segment` = `NEW`) among the new rows.
#[derive(Clone, Copy)]
struct Place {
    segment: u32,
    row: u32,
    /// Half of its id's hash. A table that grows would otherwise have to read every id again, and
    /// each lies elsewhere in memory.
    hash: u32,
}

const NEW: u32 = u32::MAX;

impl<'a> Intake<'a> {
    /// An intake for a case that holds these segments already.
    pub fn new(held: Vec<Segment<'a>>) -> Intake<'a> {
        let mut known = HashTable::with_capacity(held.iter().map(Segment::len).sum());
        for (number, segment) in held.iter().enumerate() {
            for row in 0..segment.len() {
                let hash = hash(segment.id(row));
                let place = Place { segment: number as u32, row: row as u32, hash };
                known.insert_unique(spread(hash), place, |place| spread(place.hash));
            }
        }
        Intake { held, new: Builder::default(), known }
    }

    /// Takes one transfer. How it was made (`format`) is no part of what is compared.
    pub fn take(&mut self, transfer: &Transfer) -> Taken {
        let Intake { held, new, known } = self;
        let hash = hash(&transfer.id);
        let is_it =
            |place: &Place| place.hash == hash && id_at(held, new, *place) == transfer.id.as_str();
        if let Some(place) = known.find(spread(hash), is_it) {
            let is_same = transfer_at(held, new, *place).is_some_and(|mut known| {
                known.format.clone_from(&transfer.format);
                known == *transfer
            });
            return if is_same { Taken::Already } else { Taken::Contradicts };
        }
        if !new.has_room_for(transfer) {
            return Taken::Full;
        }
        let place = Place { segment: NEW, row: new.len() as u32, hash };
        new.push(transfer);
        known.insert_unique(spread(hash), place, |place| spread(place.hash));
        Taken::New
    }

    /// The segment's bytes; a segment without rows where nothing new came.
    pub fn finish(self) -> Vec<u8> {
        self.new.to_bytes()
    }
}

fn hash(id: &str) -> u32 {
    (FxBuildHasher.hash_one(id) >> 32) as u32
}

fn id_at<'a>(held: &[Segment<'a>], new: &'a Builder, place: Place) -> &'a str {
    match place.segment {
        NEW => new.id(place.row as usize),
        segment => held.get(segment as usize).map_or("", |held| held.id(place.row as usize)),
    }
}

fn transfer_at(held: &[Segment<'_>], new: &Builder, place: Place) -> Option<Transfer> {
    match place.segment {
        NEW => new.transfer(place.row as usize),
        segment => held.get(segment as usize)?.transfer(place.row as usize),
    }
}

#[cfg(test)]
mod tests {
    use model::account::Account;
    use model::money::{Currency, Money};
    use model::time::Timestamp;

    use super::*;

    fn transfer(id: &str, seconds: i64, amount: i64) -> Transfer {
        let account = |number: &str| Account::parse("VNB01", number).unwrap();
        let money = Money::new(amount, Currency::USD);
        Transfer {
            id: id.into(),
            at: Timestamp::from_seconds(seconds).unwrap(),
            from: account("1"),
            to: account("2"),
            sent: money,
            received: money,
            format: "card".into(),
        }
    }

    #[test]
    fn a_transfer_comes_back_as_it_went_in_sorted_by_time() {
        let mut intake = Intake::new(Vec::new());
        let (late, early) = (transfer("b", 20, 5), transfer("a", 10, 7));
        assert_eq!([intake.take(&late), intake.take(&early)], [Taken::New, Taken::New]);
        let bytes = intake.finish();
        let segment = Segment::parse(&bytes).unwrap();
        assert_eq!(segment.transfer(0), Some(early));
        assert_eq!(segment.transfer(1), Some(late));
    }

    #[test]
    fn the_same_id_is_known_in_the_file_and_across_files() {
        let mut intake = Intake::new(Vec::new());
        intake.take(&transfer("a", 10, 7));
        assert_eq!(intake.take(&transfer("a", 10, 7)), Taken::Already);
        assert_eq!(intake.take(&transfer("a", 10, 8)), Taken::Contradicts);
        let bytes = intake.finish();
        let mut next = Intake::new(vec![Segment::parse(&bytes).unwrap()]);
        assert_eq!(next.take(&transfer("a", 10, 7)), Taken::Already);
        assert_eq!(next.take(&transfer("a", 11, 7)), Taken::Contradicts);
        assert_eq!(next.take(&transfer("c", 11, 7)), Taken::New);
        let none = Intake::new(Vec::new()).finish();
        assert!(Segment::parse(&none).unwrap().is_empty());
    }

    #[test]
    fn a_cut_or_changed_segment_is_refused_and_never_panics() {
        let mut intake = Intake::new(Vec::new());
        for n in 0..5 {
            intake.take(&transfer(&format!("t{n}"), n, 1));
        }
        let bytes = intake.finish();
        for length in 0..bytes.len() {
            assert!(Segment::parse(&bytes[..length]).is_err(), "{length}");
        }
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 0xff;
            if let Ok(segment) = Segment::parse(&changed) {
                (0..segment.len()).for_each(|row| drop(segment.transfer(row)));
            }
        }
    }
}
