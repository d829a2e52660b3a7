//! A log that is kept whole in memory, for tests, and RFC 6962 as it is written.

use std::convert::Infallible;

use model::digest::Digest;
use tlog::frontier::{Frontier, KEPT_LEVELS};
use tlog::merkle;
use tlog::proof::Hashes;

/// The hashes of a log, a list for each kept level.
#[derive(Default)]
pub(crate) struct Kept {
    pub(crate) frontier: Frontier,
    levels: Vec<Vec<Digest>>,
}

impl Kept {
    pub(crate) fn of(leaves: &[Vec<u8>]) -> Kept {
        let mut kept = Kept::default();
        for data in leaves {
            kept.add(merkle::leaf(data));
        }
        kept
    }

    pub(crate) fn add(&mut self, leaf: Digest) {
        for complete in self.frontier.add(leaf) {
            let level = usize::from(complete.level / KEPT_LEVELS);
            self.levels.resize(self.levels.len().max(level + 1), Vec::new());
            assert_eq!(self.levels[level].len() as u64, complete.index);
            self.levels[level].push(complete.root);
        }
    }
}

impl Hashes for Kept {
    type Error = Infallible;

    fn read(&self, level: u8, first: u64, count: u64) -> Result<Vec<Digest>, Infallible> {
        assert_eq!(level % KEPT_LEVELS, 0);
        assert!(count <= 1 << (KEPT_LEVELS - 1));
        let row = &self.levels[usize::from(level / KEPT_LEVELS)];
        Ok(row[first as usize..][..count as usize].to_vec())
    }
}

/// MTH of RFC 6962 section 2.1.
pub(crate) fn root(leaves: &[Vec<u8>]) -> Digest {
    match leaves {
        [] => merkle::empty(),
        [one] => merkle::leaf(one),
        _ => {
            let (left, right) = leaves.split_at(half(leaves.len()));
            merkle::node(&root(left), &root(right))
        }
    }
}

/// PATH of RFC 6962 section 2.1.1.
pub(crate) fn path(place: usize, leaves: &[Vec<u8>]) -> Vec<Digest> {
    if leaves.len() <= 1 {
        return Vec::new();
    }
    let (left, right) = leaves.split_at(half(leaves.len()));
    let (mut found, beside) = if place < left.len() {
        (path(place, left), root(right))
    } else {
        (path(place - left.len(), right), root(left))
    };
    found.push(beside);
    found
}

/// SUBPROOF of RFC 6962 section 2.1.2.
pub(crate) fn subproof(earlier: usize, leaves: &[Vec<u8>], is_whole: bool) -> Vec<Digest> {
    if earlier == leaves.len() {
        return if is_whole { Vec::new() } else { vec![root(leaves)] };
    }
    let (left, right) = leaves.split_at(half(leaves.len()));
    let (mut found, beside) = if earlier <= left.len() {
        (subproof(earlier, left, is_whole), root(right))
    } else {
        (subproof(earlier - left.len(), right, false), root(left))
    };
    found.push(beside);
    found
}

/// The largest power of two that is smaller than a count.
fn half(count: usize) -> usize {
    count.next_power_of_two() / 2
}
