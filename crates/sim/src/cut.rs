//! The moments at which the power can be cut, one after another.
//!
//! A history is gone through once more. Two sorts of moments matter: right before a sync, when most
//! is undecided, and right after somebody was told that something is safe. A cut at any other
//! moment leaves what one of these may leave too.

use crate::disk::{Disk, Operation};

/// A walk through a history, from cut to cut.
pub struct Cuts<'history> {
    rest: &'history [Operation],
    disk: Disk,
    acknowledged: u64,
    last: u64,
    number: u64,
}

impl<'history> Cuts<'history> {
    /// Stands before everything that was done to a disk.
    pub fn new(history: &'history [Operation]) -> Cuts<'history> {
        Cuts { rest: history, disk: Disk::default(), acknowledged: 0, last: 0, number: 0 }
    }

    /// Goes on to the next moment; false: there is none.
    pub fn advance(&mut self) -> bool {
        let mut is_first = true;
        while let Some((operation, rest)) = self.rest.split_first() {
            let is_sync = matches!(operation, Operation::Synced(_) | Operation::SyncFailed(..));
            if is_sync && !is_first {
                self.number += 1;
                return true;
            }
            // A walk that stands before a sync, or begins with one, has been there.
            is_first = false;
            self.disk.apply(operation);
            self.rest = rest;
            if let Operation::Acknowledged(count) = operation {
                self.last = *count;
                self.acknowledged = self.acknowledged.max(*count);
                self.number += 1;
                return true;
            }
        }
        false
    }

    /// Which moment it is, from 1.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The newest note of that sort, for whoever gives the numbers a meaning of his own.
    pub fn last_acknowledged(&self) -> u64 {
        self.last
    }

    /// How much somebody was told to be safe by then.
    pub fn acknowledged(&self) -> u64 {
        self.acknowledged
    }

    /// A disk as a cut at this moment may leave it.
    pub fn image(&self, seed: u64) -> Disk {
        self.disk.image(seed)
    }
}
