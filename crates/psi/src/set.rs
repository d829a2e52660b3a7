//! A published set: whoever has an identifier's output finds its handle there, and nobody else
//! finds anything; about 19 bytes an identifier.
//!
//! Source: Graf and Lemire, Binary Fuse Filters, 2022, here with values instead of fingerprints:
//! the three slots of an identifier sum (exclusive or) to its check and its covered handle. What
//! was not put in sums to chance: a false hit comes once in 2^64 questions. The set is laid out in
//! shards that are made one at a time, so that making it takes the memory of one.
//!
//! Bytes, all numbers with the least significant byte first:
//! - 0–3 `lkm1`; 4–7 number of shards, a power of two; 8–15 number of identifiers
//! - a shard each: seed (8), first slot (8), length of a segment (4), number of segments (4)
//! - slots of 16 bytes: check (8), covered handle (8)

mod builder;
mod drawers;
mod fuse;

use crate::output::Stem;

pub use builder::{BuildError, Builder};
pub use drawers::{DRAWERS, Drawers, Held};
pub use fuse::{Shape, Shard};

/// A shard holds about so many identifiers.
const SHARD: u64 = 1 << 18;
/// A set has at most so many shards.
pub const MAX_SHARDS: u32 = 1 << 12;
/// A set has at most so many identifiers.
pub const MAX_ENTRIES: u64 = 1 << 30;
/// How likely a false hit is, as a power of two.
pub const FALSE_HIT_BITS: u32 = 64;
const MAGIC: &[u8; 4] = b"lkm1";
const HEAD: usize = 16;
const SHARD_HEAD: usize = 24;
const SLOT: usize = 16;
/// An entry has so many bytes.
const ENTRY: usize = 32;

/// What stands in a set for one identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Where it stands.
    pub tag: [u8; 16],
    /// Its check and its covered handle.
    pub value: [u8; SLOT],
}

/// How a set of a given size is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    shards: u32,
    entries: u64,
}

/// A set, over bytes that were looked at once.
#[derive(Debug, Clone)]
pub struct Set<'b> {
    shards: Vec<Laid>,
    slots: &'b [u8],
    entries: u64,
}

/// Where a shard lies.
#[derive(Debug, Clone, Copy)]
struct Laid {
    shape: fuse::Shape,
    first: u64,
}

/// Why bytes are no set, or entries make none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SetError {
    /// The bytes do not begin as a set does, or name sizes that no set has.
    #[error("this is no published set")]
    Shape,
    /// There are fewer or more bytes than the set says.
    #[error("a published set of {expected} bytes has {found}")]
    Cut {
        /// So many bytes belong to it.
        expected: u64,
        /// So many are there.
        found: u64,
    },
    /// A set holds at most 2^30 identifiers.
    #[error("{0} identifiers are more than a set holds")]
    Large(u64),
    /// The same identifier twice.
    #[error("an identifier stands twice in a shard")]
    Double,
    /// The shards are not those of the plan.
    #[error("shards that are not those of the plan")]
    Plan,
}

impl Entry {
    /// Of an identifier's output and its handle.
    pub fn new(stem: &Stem, handle: [u8; 8]) -> Entry {
        let halves = (stem.check(), stem.cover(handle));
        let value = std::array::from_fn(|place| match place {
            0..8 => halves.0[place],
            _ => halves.1[place - 8],
        });
        Entry { tag: stem.tag(), value }
    }

    /// One that only fills a set up: of 32 random bytes.
    pub fn filler(random: &[u8; ENTRY]) -> Entry {
        Entry::read(random)
    }

    /// One as it was written.
    fn read(bytes: &[u8; ENTRY]) -> Entry {
        let half = |first: usize| std::array::from_fn(|place| bytes[first + place]);
        Entry { tag: half(0), value: half(16) }
    }

    /// As it stands under the root that a manifest names.
    pub fn bytes(&self) -> [u8; ENTRY] {
        std::array::from_fn(|place| match place {
            0..16 => self.tag[place],
            _ => self.value[place - 16],
        })
    }

    /// The handle, if this entry is the one of an output.
    pub fn handle(&self, stem: &Stem) -> Option<[u8; 8]> {
        (self.tag == stem.tag()).then(|| uncover(&self.value, stem)).flatten()
    }
}

impl Plan {
    /// How so many identifiers are laid out.
    pub fn new(entries: u64) -> Result<Plan, SetError> {
        if entries > MAX_ENTRIES {
            return Err(SetError::Large(entries));
        }
        let shards = (entries / SHARD).max(1).next_power_of_two() as u32;
        Ok(Plan { shards: shards.min(MAX_SHARDS), entries })
    }

    /// How many shards there are.
    pub fn shards(&self) -> u32 {
        self.shards
    }

    /// The shard to which a tag belongs.
    pub fn shard(&self, tag: &[u8; 16]) -> u32 {
        shard(self.shards, tag)
    }

    /// How many shards have all that belongs to them, once everything up to a drawer is known.
    fn whole_shards(&self, drawer: u8) -> usize {
        (usize::from(drawer) + 1) * self.shards as usize / DRAWERS
    }

    /// What stands before the slots of all shards, which are given in order.
    pub fn head(&self, shards: &[Shape]) -> Result<Vec<u8>, SetError> {
        if shards.len() != self.shards as usize {
            return Err(SetError::Plan);
        }
        let mut head = MAGIC.to_vec();
        head.extend(self.shards.to_le_bytes());
        head.extend(self.entries.to_le_bytes());
        let mut first = 0_u64;
        for shape in shards {
            head.extend(shape.seed.to_le_bytes());
            head.extend(first.to_le_bytes());
            head.extend(shape.segment.to_le_bytes());
            head.extend(shape.segments.to_le_bytes());
            first += shape.slots();
        }
        Ok(head)
    }
}

impl<'b> Set<'b> {
    /// Looks at the head of a set and at its length.
    pub fn parse(bytes: &'b [u8]) -> Result<Set<'b>, SetError> {
        let shape = SetError::Shape;
        let (magic, rest) = bytes.split_first_chunk::<4>().ok_or(shape)?;
        let (shards, rest) = rest.split_first_chunk::<4>().ok_or(shape)?;
        let (entries, rest) = rest.split_first_chunk::<8>().ok_or(shape)?;
        let (shards, entries) = (u32::from_le_bytes(*shards), u64::from_le_bytes(*entries));
        let is_shaped = shards.is_power_of_two() && shards <= MAX_SHARDS;
        if magic != MAGIC || !is_shaped || entries > MAX_ENTRIES {
            return Err(shape);
        }
        let heads = shards as usize * SHARD_HEAD;
        let cut = |expected: u64| SetError::Cut { expected, found: bytes.len() as u64 };
        let (heads, slots) =
            rest.split_at_checked(heads).ok_or_else(|| cut((HEAD + heads) as u64))?;
        let mut next = 0;
        let mut laid = Vec::new();
        for head in heads.chunks_exact(SHARD_HEAD) {
            let read = Laid::parse(head).ok_or(shape)?;
            if read.first != next {
                return Err(shape);
            }
            next += read.shape.slots();
            laid.push(read);
        }
        let expected = (HEAD + heads.len()) as u64 + next * SLOT as u64;
        if expected != bytes.len() as u64 {
            return Err(cut(expected));
        }
        Ok(Set { shards: laid, slots, entries })
    }

    /// How many identifiers it holds, those that only fill it up among them.
    pub fn entries(&self) -> u64 {
        self.entries
    }

    /// The handle under which the set's owner knows an identifier; `None`: it does not.
    pub fn find(&self, stem: &Stem) -> Option<[u8; 8]> {
        let tag = stem.tag();
        let laid = &self.shards[shard(self.shards.len() as u32, &tag) as usize];
        let mut value = [0; SLOT];
        for slot in laid.shape.places(&tag) {
            let first = (laid.first + u64::from(slot)) as usize * SLOT;
            let slot = &self.slots[first..first + SLOT];
            value.iter_mut().zip(slot).for_each(|(sum, byte)| *sum ^= byte);
        }
        uncover(&value, stem)
    }
}

impl Laid {
    fn parse(head: &[u8]) -> Option<Laid> {
        let (seed, rest) = head.split_first_chunk::<8>()?;
        let (first, rest) = rest.split_first_chunk::<8>()?;
        let (segment, rest) = rest.split_first_chunk::<4>()?;
        let (segments, _) = rest.split_first_chunk::<4>()?;
        let shape = fuse::Shape::new(
            u64::from_le_bytes(*seed),
            u32::from_le_bytes(*segment),
            u32::from_le_bytes(*segments),
        )?;
        Some(Laid { shape, first: u64::from_le_bytes(*first) })
    }
}

/// The shard of a tag: by its first bits.
fn shard(shards: u32, tag: &[u8; 16]) -> u32 {
    let [a, b, c, d, ..] = *tag;
    let first = u64::from(u32::from_be_bytes([a, b, c, d]));
    ((first * u64::from(shards)) >> 32) as u32
}

/// The handle under a value, if the value is the output's own.
fn uncover(value: &[u8; SLOT], stem: &Stem) -> Option<[u8; 8]> {
    let half = |first: usize| std::array::from_fn(|place| value[first + place]);
    let check: [u8; 8] = half(0);
    (check == stem.check()).then(|| stem.cover(half(8)))
}
