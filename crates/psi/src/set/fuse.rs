//! One shard of a set: three slots an identifier, found by peeling.
//!
//! Source: Graf and Lemire, Binary Fuse Filters, 2022, sections 3 and 4.

use super::{Entry, SLOT, SetError};

/// A segment has at most so many slots.
const MAX_SEGMENT: u32 = 1 << 18;
/// A shard has at most so many slots.
const MAX_SLOTS: u64 = 1 << 28;
/// So many seeds are tried; each works nine times in ten.
const TRIES: u64 = 128;

/// A shard that was made.
#[derive(Debug, Clone)]
pub struct Shard {
    shape: Shape,
    slots: Vec<u8>,
}

/// How a shard is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    pub(super) seed: u64,
    /// Slots of a segment, a power of two.
    pub(super) segment: u32,
    /// Segments in which an identifier's first slot may lie; two more follow.
    pub(super) segments: u32,
}

impl Shard {
    /// Of entries that all belong to it.
    pub fn build(entries: &[Entry]) -> Result<Shard, SetError> {
        let mut tags: Vec<&[u8; 16]> = entries.iter().map(|entry| &entry.tag).collect();
        tags.sort_unstable();
        if tags.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(SetError::Double);
        }
        let shape = Shape::of(entries.len());
        let found = (0..TRIES).find_map(|seed| {
            let shape = Shape { seed, ..shape };
            peel(entries, &shape).map(|order| (shape, order))
        });
        // Different tags that meet in all three slots under 128 seeds are not found by chance.
        let (shape, order) = found.ok_or(SetError::Double)?;
        let mut slots = vec![0; shape.slots() as usize * SLOT];
        for (entry, place) in order.into_iter().rev() {
            let entry = &entries[entry as usize];
            let mut value = entry.value;
            for other in shape.places(&entry.tag).into_iter().filter(|other| *other != place) {
                let first = other as usize * SLOT;
                add(&mut value, &slots[first..first + SLOT]);
            }
            let first = place as usize * SLOT;
            slots[first..first + SLOT].copy_from_slice(&value);
        }
        Ok(Shard { shape, slots })
    }

    /// Its slots, as they lie in the set.
    pub fn slots(&self) -> &[u8] {
        &self.slots
    }

    /// How it is laid out, for the head of the set.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }
}

impl Shape {
    /// One that a set names.
    pub(super) fn new(seed: u64, segment: u32, segments: u32) -> Option<Shape> {
        let shape = Shape { seed, segment, segments };
        let is_shaped = segment.is_power_of_two() && segment <= MAX_SEGMENT && segments > 0;
        (is_shaped && shape.slots() <= MAX_SLOTS).then_some(shape)
    }

    /// One for so many identifiers.
    pub(super) fn of(entries: usize) -> Shape {
        let (segment, segments) = sizes(entries);
        Shape { seed: 0, segment, segments }
    }

    /// How many slots there are.
    pub(super) fn slots(&self) -> u64 {
        (u64::from(self.segments) + 2) * u64::from(self.segment)
    }

    /// The three slots of a tag.
    pub(super) fn places(&self, tag: &[u8; 16]) -> [u32; 3] {
        let half = |first: usize| u64::from_le_bytes(std::array::from_fn(|at| tag[first + at]));
        let hash = mix(half(8) ^ mix(half(0).wrapping_add(self.seed)));
        let range = u128::from(self.segments) * u128::from(self.segment);
        let first = ((u128::from(hash) * range) >> 64) as u32;
        let mask = self.segment - 1;
        let (second, third) = (first + self.segment, first + 2 * self.segment);
        [first, second ^ ((hash >> 18) as u32 & mask), third ^ (hash as u32 & mask)]
    }
}

/// The length of a segment and their number, for so many identifiers.
fn sizes(entries: usize) -> (u32, u32) {
    let count = entries.max(2) as f64;
    let power = (count.ln() / 3.33_f64.ln() + 2.25).floor().clamp(0.0, 18.0);
    let segment = 1_u32 << power as u32;
    let factor = (0.875 + 0.25 * 1e6_f64.ln() / count.ln()).max(1.125);
    let slots = (count * factor).round() as u64;
    let segments = slots.div_ceil(u64::from(segment)).saturating_sub(2).max(1);
    (segment, segments as u32)
}

/// The order in which each entry, when it comes off, has a slot to itself, and which; `None`: these
/// slots do not give one.
fn peel(entries: &[Entry], shape: &Shape) -> Option<Vec<(u32, u32)>> {
    let slots = shape.slots() as usize;
    // Of each slot: how many entries it has, and the sum (exclusive or) of their numbers.
    let (mut counts, mut sums) = (vec![0_u32; slots], vec![0_u32; slots]);
    for (number, entry) in entries.iter().enumerate() {
        for place in shape.places(&entry.tag) {
            counts[place as usize] += 1;
            sums[place as usize] ^= number as u32;
        }
    }
    let mut alone: Vec<u32> = (0..slots as u32).filter(|at| counts[*at as usize] == 1).collect();
    let mut order = Vec::with_capacity(entries.len());
    while let Some(place) = alone.pop() {
        if counts[place as usize] != 1 {
            continue;
        }
        let number = sums[place as usize];
        order.push((number, place));
        for other in shape.places(&entries[number as usize].tag) {
            counts[other as usize] -= 1;
            sums[other as usize] ^= number;
            if counts[other as usize] == 1 {
                alone.push(other);
            }
        }
    }
    (order.len() == entries.len()).then_some(order)
}

fn add(sum: &mut [u8; SLOT], slot: &[u8]) {
    sum.iter_mut().zip(slot).for_each(|(sum, byte)| *sum ^= byte);
}

/// Mixes all bits (the finaliser of MurmurHash3).
fn mix(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}
