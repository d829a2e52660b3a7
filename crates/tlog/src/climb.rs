//! Many proofs against one root: each climbs only as far as the one before it has not been.
//!
//! The proof of one leaf names the hash beside every node on its way up. Where the ways of two
//! leaves meet, all of that is known from the first one, and has only to be compared. Of leaves in
//! their order, that leaves one or two hashes a leaf instead of one for each level.

use model::digest::Digest;

use crate::merkle;
use crate::proof::{MAX_HASHES, ProofError};

/// Checks proofs of inclusion in one log. What it says of each is what `check_inclusion` says.
#[derive(Debug, Clone)]
pub struct Climb {
    size: u64,
    root: Digest,
    /// The leaf that was found in the log last, from the root down.
    last: Option<Way>,
}

/// The way from the root down to a leaf.
#[derive(Debug, Clone)]
struct Way {
    /// Which side it takes at each node.
    rights: Vec<bool>,
    /// The hashes on it, the root first and the leaf last.
    nodes: Vec<Digest>,
    /// The hashes beside it, from below the root on.
    beside: Vec<Digest>,
}

impl Climb {
    /// For a log with that root when it has so many leaves.
    pub fn new(size: u64, root: Digest) -> Climb {
        Climb { size, root, last: None }
    }

    /// Checks that a leaf is in the log.
    pub fn check(&mut self, leaf: Digest, index: u64, proof: &[Digest]) -> Result<(), ProofError> {
        let rights = self.rights(index).ok_or(ProofError::Beyond(index, self.size))?;
        if proof.len() != rights.len() {
            return Err(ProofError::Length(proof.len()));
        }
        let beside: Vec<Digest> = proof.iter().rev().copied().collect();
        let found = self.known(&rights, &beside);
        let (known, depth) = found.ok_or(ProofError::Root)?;
        let mut way = vec![leaf];
        for (right, sibling) in rights.iter().zip(&beside).skip(depth).rev() {
            let below = way.last().copied().unwrap_or(leaf);
            let above =
                if *right { merkle::node(sibling, &below) } else { merkle::node(&below, sibling) };
            way.push(above);
        }
        // The uppermost of what was climbed is what was known to be there.
        if way.pop() != Some(known) {
            return Err(ProofError::Root);
        }
        let above = self.last.take().map_or_else(Vec::new, |last| last.nodes);
        let mut nodes: Vec<Digest> = above.into_iter().take(depth).collect();
        nodes.push(known);
        nodes.extend(way.into_iter().rev());
        self.last = Some(Way { rights, nodes, beside });
        Ok(())
    }

    /// The lowest node on a way that is known to be in the log, and its depth; `None`: what stands
    /// beside the way above it is not what stands there.
    fn known(&self, rights: &[bool], beside: &[Digest]) -> Option<(Digest, usize)> {
        let Some(last) = &self.last else { return Some((self.root, 0)) };
        let same = rights.iter().zip(&last.rights).take_while(|(a, b)| a == b).count();
        if beside.get(..same)? != last.beside.get(..same)? {
            return None;
        }
        if same == rights.len() {
            return Some((*last.nodes.get(same)?, same));
        }
        // Below, the one goes where the other has its hash beside it, and the other way round.
        let is_met = beside.get(same)? == last.nodes.get(same + 1)?;
        is_met.then_some((*last.beside.get(same)?, same + 1))
    }

    /// Which side the way to a leaf takes at each node; `None`: there is no such leaf.
    fn rights(&self, index: u64) -> Option<Vec<bool>> {
        if index >= self.size {
            return None;
        }
        let mut rights = Vec::with_capacity(MAX_HASHES);
        let (mut first, mut end) = (0, self.size);
        while end - first > 1 {
            let middle = first + (1 << (end - first - 1).ilog2());
            rights.push(index >= middle);
            if index >= middle {
                first = middle;
            } else {
                end = middle;
            }
        }
        Some(rights)
    }
}
