//! The parcel: all that one node has for another at a moment. It goes over the line or in a carried
//! file, alike, and may be taken twice.
//!
//! The leaves of a record travel in their order and are small; the entries that they stand for may
//! come in any order, the urgent ones first, since each is held against its leaf.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use model::digest::Digest;

use crate::card::AgencyId;
use crate::cbor::{self, CborError};
use crate::entry::EntryKind;
use crate::watch::{self, Watch, Watched};

/// The one version of this format.
const VERSION: u8 = 1;
/// A parcel has at most so many bytes.
pub const MAX_BYTES: usize = 16 << 20;
/// A parcel has at most so many entries.
pub const MAX_ENTRIES: usize = 256;
/// A parcel has at most so many leaves of one record.
pub const MAX_LEAVES: usize = 1 << 17;
/// A parcel has at most so many cards.
pub const MAX_CARDS: usize = 16;
/// A parcel has at most so many countersigned heads: the newest one, and the newest daily one.
pub const MAX_SEEN: usize = 2;
/// Who lacks more entries than these names the first ones.
pub const MAX_LACKING: usize = 1_024;
/// A way from leaves to a head has at most so many hashes: two a level.
const MAX_WAY: usize = 128;
/// A code has at most so many bytes.
const MAX_CODE: usize = 60;
/// A leaf's hash has so many bytes.
const HASH: usize = 32;

/// What one node has for another.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Parcel {
    #[n(0)]
    version: u8,
    /// Whose it is.
    #[n(1)]
    pub from: AgencyId,
    /// For whom.
    #[n(2)]
    pub to: AgencyId,
    /// The sender's signed cards that the receiver may not have, in their order.
    #[n(3)]
    pub cards: Vec<ByteVec>,
    /// Of the sender's record for the receiver, what the receiver may not have.
    #[n(4)]
    pub log: Option<Stretch>,
    /// The receiver's heads that the sender has countersigned: the newest and the newest daily one.
    #[n(5)]
    pub seen: Vec<ByteVec>,
    /// What the sender has of the receiver.
    #[n(6)]
    pub have: Have,
    /// Of the receiver's record for the sender, what the receiver has lost: after a restored backup
    /// its partner has more of its record than itself.
    #[n(7)]
    pub returned: Option<Stretch>,
    /// What the sender refused of the parcel that this one answers.
    #[n(8)]
    pub refused: Vec<RefusedEntry>,
    /// The receiver's own signed cards that it has lost, in their order.
    #[n(9)]
    pub own_cards: Vec<ByteVec>,
    /// Heads of the sender's records for others, which the receiver is asked to witness.
    #[n(10)]
    pub watch: Vec<Watch>,
    /// What the sender answers as a witness.
    #[n(11)]
    pub watched: Vec<Watched>,
}

/// An entry that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct RefusedEntry {
    /// The place of its leaf.
    #[n(0)]
    pub index: u64,
    /// Why: a stable code.
    #[n(1)]
    pub code: String,
}

/// A part of a record.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Stretch {
    /// The checkpoint that these leaves lead to: a signed note.
    #[n(0)]
    pub head: ByteVec,
    /// The place of the first leaf.
    #[n(1)]
    pub first: u64,
    /// Hashes of leaves, 32 bytes each.
    #[n(2)]
    pub leaves: ByteVec,
    /// Entries, in any order.
    #[n(3)]
    pub entries: Vec<Placed>,
    /// Where the leaves end before the head: hashes of 32 bytes each, which prove that the record
    /// of the head only grew from the last one of them (RFC 6962). Only in what is given back: a
    /// writer signs a head wherever the leaves end.
    #[n(4)]
    pub way: Option<ByteVec>,
}

/// An entry at its place in a record.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Placed {
    /// The place of its leaf.
    #[n(0)]
    pub index: u64,
    /// What it is.
    #[n(1)]
    pub kind: EntryKind,
    /// Its bytes.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
}

/// What one node has of another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Have {
    /// The sequence of the other's card that it believes.
    #[n(0)]
    pub card: u64,
    /// How many leaves of the other's record.
    #[n(1)]
    pub size: u64,
    /// The places among them whose entries it lacks, rising; at most `MAX_LACKING`, the first ones.
    #[n(2)]
    pub lacking: Vec<u64>,
    /// How many leaves its own record for the other has.
    #[n(3)]
    pub own: u64,
    /// How many of these the other has countersigned, as far as it knows.
    #[n(4)]
    pub seen: u64,
    /// The places in its own record whose entries it has lost, rising; at most `MAX_LACKING`, the
    /// first ones.
    #[n(5)]
    pub lost: Vec<u64>,
    /// The places in the other's record, of those that it has named as lost, whose entries are not
    /// here either: nobody has them any more. Rising; at most `MAX_LACKING`.
    #[n(6)]
    pub gone: Vec<u64>,
    /// The sequence of its own newest card.
    #[n(7)]
    pub own_card: u64,
    /// How many of its own leaves are under the newest daily head that the other has countersigned,
    /// as far as it knows.
    #[n(8)]
    pub daily: u64,
}

/// Why bytes are no parcel.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParcelError {
    /// Not of the shape.
    #[error("{0}")]
    Cbor(#[from] CborError),
    /// Another version: another format.
    #[error("version {0} is not this format")]
    Version(u8),
    /// More of something than a parcel may have, or places that are not in their order.
    #[error("{0} are too many, or not in their order")]
    Many(&'static str),
    /// Leaves have 32 bytes each.
    #[error("the leaves are cut off")]
    Leaves,
    /// A way to a head where a writer signs a head for the leaves.
    #[error("a writer's leaves lead to his head")]
    Way,
}

impl Parcel {
    /// A parcel with nothing in it.
    pub fn empty(from: AgencyId, to: AgencyId) -> Parcel {
        let (cards, log, seen, returned) = (Vec::new(), None, Vec::new(), None);
        let (have, refused, own_cards) = (Have::default(), Vec::new(), Vec::new());
        let (watch, watched, version) = (Vec::new(), Vec::new(), VERSION);
        Parcel {
            version,
            from,
            to,
            cards,
            log,
            seen,
            have,
            returned,
            refused,
            own_cards,
            watch,
            watched,
        }
    }

    /// Reads a parcel; nothing is said yet about who made what is in it.
    pub fn parse(bytes: &[u8]) -> Result<Parcel, ParcelError> {
        let parcel: Parcel = cbor::read(bytes, MAX_BYTES)?;
        if parcel.version != VERSION {
            return Err(ParcelError::Version(parcel.version));
        }
        if parcel.cards.len() > MAX_CARDS || parcel.own_cards.len() > MAX_CARDS {
            return Err(ParcelError::Many("cards"));
        }
        if parcel.seen.len() > MAX_SEEN {
            return Err(ParcelError::Many("countersigned heads"));
        }
        let Have { size, lacking, own, lost, gone, .. } = &parcel.have;
        places(lacking, *size, "lacking entries")?;
        places(lost, *own, "lost entries")?;
        places(gone, *size, "entries that are gone")?;
        let is_short = |one: &RefusedEntry| one.code.len() <= MAX_CODE;
        if parcel.refused.len() > MAX_ENTRIES || !parcel.refused.iter().all(is_short) {
            return Err(ParcelError::Many("refusals"));
        }
        watch::check(&parcel.watch, &parcel.watched)?;
        for stretch in parcel.log.iter().chain(&parcel.returned) {
            stretch.check()?;
        }
        if parcel.log.as_ref().is_some_and(|stretch| stretch.way.is_some()) {
            return Err(ParcelError::Way);
        }
        Ok(parcel)
    }

    /// Its bytes.
    pub fn write(&self) -> Vec<u8> {
        cbor::write(self)
    }
}

/// Places in a record of some size: rising, and not too many.
fn places(places: &[u64], size: u64, what: &'static str) -> Result<(), ParcelError> {
    let is_rising = places.is_sorted_by(|one, next| one < next);
    let is_within = places.last().is_none_or(|last| *last < size);
    let fits = places.len() <= MAX_LACKING && is_rising && is_within;
    if fits { Ok(()) } else { Err(ParcelError::Many(what)) }
}

impl Stretch {
    /// A part of a record.
    pub fn new(head: &str, first: u64, leaves: &[Digest], entries: Vec<Placed>) -> Stretch {
        let leaves: Vec<u8> = leaves.iter().flat_map(|leaf| leaf.0).collect();
        let (head, leaves) = (head.as_bytes().to_vec().into(), leaves.into());
        Stretch { head, first, leaves, entries, way: None }
    }

    /// A part of a record whose leaves end before the head, with the way there.
    pub fn on_the_way(self, way: &[Digest]) -> Stretch {
        let way: Vec<u8> = way.iter().flat_map(|hash| hash.0).collect();
        Stretch { way: Some(way.into()), ..self }
    }

    /// The hashes of the leaves.
    pub fn hashes(&self) -> impl Iterator<Item = Digest> {
        hashes(&self.leaves)
    }

    /// The hashes of the way from the last leaf to the head; none where it leads there itself.
    pub fn way(&self) -> Vec<Digest> {
        self.way.iter().flat_map(|way| hashes(way)).collect()
    }

    fn check(&self) -> Result<(), ParcelError> {
        if !self.leaves.len().is_multiple_of(HASH) {
            return Err(ParcelError::Leaves);
        }
        if self.leaves.len() / HASH > MAX_LEAVES {
            return Err(ParcelError::Many("leaves"));
        }
        if self.entries.len() > MAX_ENTRIES {
            return Err(ParcelError::Many("entries"));
        }
        let way = self.way.as_ref().map_or(0, |way| way.len());
        if !way.is_multiple_of(HASH) || way / HASH > MAX_WAY {
            return Err(ParcelError::Many("hashes of a way"));
        }
        Ok(())
    }
}

fn hashes(bytes: &[u8]) -> impl Iterator<Item = Digest> {
    bytes.as_chunks::<HASH>().0.iter().map(|hash| Digest(*hash))
}
