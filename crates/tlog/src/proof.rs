//! Proofs: that a leaf is in a log, and that a log only grew.
//!
//! Source: RFC 6962 sections 2.1.1 and 2.1.2 (making), RFC 9162 sections 2.1.3.2 and 2.1.4.2
//! (checking).

use model::digest::Digest;

use crate::frontier::{Frontier, KEPT_LEVELS, peaks};
use crate::merkle;

/// A proof has at most so many hashes: two a level.
pub const MAX_HASHES: usize = 128;

/// Where a log's hashes lie.
pub trait Hashes {
    /// Why they could not be read.
    type Error;

    /// The roots of `count` complete subtrees of 2^`level` leaves, from the one at `first` on.
    /// `level` is a multiple of `KEPT_LEVELS`, `count` at most 2^(`KEPT_LEVELS` - 1).
    fn read(&self, level: u8, first: u64, count: u64) -> Result<Vec<Digest>, Self::Error>;
}

/// Why a proof holds nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProofError {
    /// The leaf or the earlier size is beyond the log.
    #[error("{0} is beyond a log of {1}")]
    Beyond(u64, u64),
    /// It has too many hashes, or too few.
    #[error("a proof of {0} hashes")]
    Length(usize),
    /// It leads to another root.
    #[error("it leads to another root")]
    Root,
}

/// That a leaf is in the log when it has `size` leaves.
pub fn inclusion<H: Hashes>(hashes: &H, index: u64, size: u64) -> Result<Vec<Digest>, H::Error> {
    let mut proof = Vec::new();
    let (mut first, mut end) = (0, size);
    // From the root down; the hashes stand from the leaf up.
    while index < end && end - first > 1 {
        let middle = first + split(end - first);
        if index < middle {
            proof.push(root_of(hashes, middle, end)?);
            end = middle;
        } else {
            proof.push(root_of(hashes, first, middle)?);
            first = middle;
        }
    }
    proof.reverse();
    Ok(proof)
}

/// That the log of `size` leaves begins with the one of `earlier`.
pub fn consistency<H: Hashes>(
    hashes: &H,
    earlier: u64,
    size: u64,
) -> Result<Vec<Digest>, H::Error> {
    let mut proof = Vec::new();
    if earlier == 0 || earlier >= size {
        return Ok(proof);
    }
    let (mut first, mut end) = (0, size);
    let mut is_whole = true;
    while earlier != end {
        let middle = first + split(end - first);
        if earlier <= middle {
            proof.push(root_of(hashes, middle, end)?);
            end = middle;
        } else {
            proof.push(root_of(hashes, first, middle)?);
            first = middle;
            is_whole = false;
        }
    }
    // Who has the earlier root needs not be told it.
    if !is_whole {
        proof.push(root_of(hashes, first, end)?);
    }
    proof.reverse();
    Ok(proof)
}

/// The frontier of a log of that size, read from its hashes.
pub fn frontier<H: Hashes>(hashes: &H, size: u64) -> Result<Option<Frontier>, H::Error> {
    let roots = peaks(size).map(|(level, index)| complete(hashes, level, index));
    Ok(Frontier::of(size, roots.collect::<Result<_, _>>()?))
}

/// The largest power of two that is smaller than a count above one.
fn split(count: u64) -> u64 {
    1 << (63 - (count - 1).leading_zeros())
}

/// The root of the leaves from `first` to before `end`; `first` is a multiple of their number's
/// next power of two.
fn root_of<H: Hashes>(hashes: &H, first: u64, end: u64) -> Result<Digest, H::Error> {
    let mut root: Option<Digest> = None;
    let parts: Vec<(u8, u64)> = peaks(end - first).collect();
    for (level, index) in parts.into_iter().rev() {
        let part = complete(hashes, level, (first >> level) + index)?;
        root = Some(root.map_or(part, |right| merkle::node(&part, &right)));
    }
    Ok(root.unwrap_or_else(merkle::empty))
}

/// The root of a complete subtree.
fn complete<H: Hashes>(hashes: &H, level: u8, index: u64) -> Result<Digest, H::Error> {
    let above = level % KEPT_LEVELS;
    let mut row = hashes.read(level - above, index << above, 1 << above)?;
    while row.len() > 1 {
        let pairs = row.chunks(2);
        row = pairs
            .map(|pair| match pair {
                [left, right] => merkle::node(left, right),
                rest => rest.first().copied().unwrap_or_else(merkle::empty),
            })
            .collect();
    }
    Ok(row.pop().unwrap_or_else(merkle::empty))
}

/// Checks that a leaf is in a log with that root.
pub fn check_inclusion(
    leaf: Digest,
    index: u64,
    size: u64,
    proof: &[Digest],
    root: &Digest,
) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::Beyond(index, size));
    }
    let (mut place, mut last, mut found) = (index, size - 1, leaf);
    for part in proof {
        if last == 0 {
            return Err(ProofError::Length(proof.len()));
        }
        if place & 1 == 1 || place == last {
            found = merkle::node(part, &found);
            // Levels at which nothing stands to the right have no hash in the proof.
            let skipped = if place & 1 == 1 { 0 } else { place.trailing_zeros() };
            (place, last) = (place >> skipped, last >> skipped);
        } else {
            found = merkle::node(&found, part);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    if last != 0 {
        return Err(ProofError::Length(proof.len()));
    }
    if found == *root { Ok(()) } else { Err(ProofError::Root) }
}

/// The root of the leaves before one, out of a proof that it is in the log and that holds: what
/// stands to the left of its way up is exactly the complete subtrees that those leaves fall into.
pub fn root_before(index: u64, size: u64, proof: &[Digest]) -> Digest {
    let (mut place, mut last, mut root) = (index, size.saturating_sub(1), None);
    for part in proof.iter().take(MAX_HASHES) {
        if last == 0 {
            break;
        }
        if place & 1 == 1 || place == last {
            root = Some(root.map_or(*part, |right| merkle::node(part, &right)));
            let skipped = if place & 1 == 1 { 0 } else { place.trailing_zeros().min(63) };
            (place, last) = (place >> skipped, last >> skipped);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    root.unwrap_or_else(merkle::empty)
}

/// Checks that a log with a root only grew from an earlier one.
pub fn check_consistency(
    earlier: (u64, &Digest),
    later: (u64, &Digest),
    proof: &[Digest],
) -> Result<(), ProofError> {
    let ((first_size, first_root), (size, root)) = (earlier, later);
    if first_size > size {
        return Err(ProofError::Beyond(first_size, size));
    }
    if first_size == size || first_size == 0 {
        let is_same = first_size == 0 || first_root == root;
        return match (proof, is_same) {
            ([], true) => Ok(()),
            ([], false) => Err(ProofError::Root),
            _ => Err(ProofError::Length(proof.len())),
        };
    }
    // A complete subtree's root is known to who asks, and left out.
    let seeded = first_size.is_power_of_two().then_some(first_root).into_iter();
    let mut path = seeded.chain(proof);
    let start = path.next().ok_or(ProofError::Length(proof.len()))?;
    let skipped = first_size.trailing_zeros();
    let (mut place, mut last) = ((first_size - 1) >> skipped, (size - 1) >> skipped);
    let (mut old, mut new) = (*start, *start);
    for part in path {
        if last == 0 {
            return Err(ProofError::Length(proof.len()));
        }
        if place & 1 == 1 || place == last {
            (old, new) = (merkle::node(part, &old), merkle::node(part, &new));
            let skipped = match place {
                0 => last.trailing_zeros().min(63),
                odd if odd & 1 == 1 => 0,
                even => even.trailing_zeros(),
            };
            (place, last) = (place >> skipped, last >> skipped);
        } else {
            new = merkle::node(&new, part);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    if last != 0 {
        return Err(ProofError::Length(proof.len()));
    }
    if old == *first_root && new == *root { Ok(()) } else { Err(ProofError::Root) }
}
