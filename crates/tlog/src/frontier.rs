//! The frontier: all that is needed to add a leaf and to know the root. A writer keeps it, and
//! whoever reads a log from its first leaf.

use model::digest::Digest;

use crate::merkle;

/// Of every so many levels the complete subtrees are kept; those between are made of them.
pub const KEPT_LEVELS: u8 = 8;

/// The roots of the complete subtrees that a log falls into, the largest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// One for each bit of `size` that is set, the highest first.
    peaks: Vec<Digest>,
}

/// A complete subtree that came about with a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Complete {
    /// It has 2^level leaves.
    pub level: u8,
    /// How many of its kind stand before it.
    pub index: u64,
    /// Its root.
    pub root: Digest,
}

impl Frontier {
    /// The frontier of a log of that size, from the roots of the complete subtrees that it falls
    /// into, the largest first; `None`: they are not so many.
    pub fn of(size: u64, peaks: Vec<Digest>) -> Option<Frontier> {
        (peaks.len() == size.count_ones() as usize).then_some(Frontier { size, peaks })
    }

    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots of the complete subtrees, the largest first.
    pub fn peaks(&self) -> &[Digest] {
        &self.peaks
    }

    /// The root over all leaves.
    pub fn root(&self) -> Digest {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else { return merkle::empty() };
        peaks.fold(*last, |right, left| merkle::node(left, &right))
    }

    /// Adds a leaf's hash. What is to be kept of it: the leaf itself, and the complete subtrees of
    /// kept levels that end with it, the smallest first.
    pub fn add(&mut self, leaf: Digest) -> Vec<Complete> {
        let mut kept = vec![Complete { level: 0, index: self.size, root: leaf }];
        let (mut root, mut level, mut rest) = (leaf, 0, self.size);
        while rest & 1 == 1 {
            let Some(left) = self.peaks.pop() else { break };
            root = merkle::node(&left, &root);
            (level, rest) = (level + 1, rest >> 1);
            if level % KEPT_LEVELS == 0 {
                kept.push(Complete { level, index: rest, root });
            }
        }
        self.peaks.push(root);
        self.size += 1;
        kept
    }
}

/// Where the complete subtrees lie that a log of some size falls into: level and index, the largest
/// first.
pub fn peaks(size: u64) -> impl Iterator<Item = (u8, u64)> {
    let levels = (0..64_u8).rev().filter(move |level| size >> level & 1 == 1);
    // Of its own size as many stand before it as the leaves before it make.
    levels.map(move |level| (level, (size >> level) - 1))
}
