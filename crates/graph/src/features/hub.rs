//! The busy side of an account: its transfers in one row of memory, and an index of the others.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::amounts::Amounts;

/// One side of an account with many transfers in sight.
#[derive(Default)]
pub(super) struct Hub {
    /// The other account and the transfer, oldest first.
    pub(super) edges: VecDeque<(u32, u32)>,
    /// The amounts of the transfers that are counted.
    pub(super) amounts: Amounts,
    newest: FxHashMap<u32, u32>,
}

impl Hub {
    pub(super) fn push(&mut self, other: u32, edge: u32) {
        self.edges.push_back((other, edge));
        self.newest.insert(other, edge);
    }

    /// Forgets its oldest transfer.
    pub(super) fn drop_oldest(&mut self) {
        if let Some((other, edge)) = self.edges.pop_front()
            && self.newest.get(&other) == Some(&edge)
        {
            self.newest.remove(&other);
        }
    }

    /// The newest transfer with another account, 0 where there is none.
    pub(super) fn newest(&self, other: u32) -> u32 {
        self.newest.get(&other).copied().unwrap_or(0)
    }

    /// Empties it for its next owner; small memory is kept.
    pub(super) fn clear(&mut self) {
        self.edges.clear();
        self.edges.shrink_to(64);
        self.amounts.clear();
        self.newest.clear();
        self.newest.shrink_to(64);
    }
}
