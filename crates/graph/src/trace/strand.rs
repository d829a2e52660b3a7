//! Strands: accounts between which tainted money went. Seeds whose strands share no account do not
//! know of each other: one can be followed anew without the others.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

/// Sets of accounts that only ever join.
#[derive(Default)]
pub(super) struct Strands {
    strand_of: FxHashMap<u32, u32>,
    accounts: FxHashMap<u32, Vec<u32>>,
}

impl Strands {
    /// Tainted money went from the one to the other, however little.
    pub(super) fn join(&mut self, left: u32, right: u32) {
        let (left, right) = (self.number(left), self.number(right));
        if left == right {
            return;
        }
        let size = |strand: u32| self.accounts.get(&strand).map_or(0, Vec::len);
        let (kept, gone) = if size(left) < size(right) { (right, left) } else { (left, right) };
        let moved = self.accounts.remove(&gone).unwrap_or_default();
        for account in &moved {
            self.strand_of.insert(*account, kept);
        }
        self.accounts.entry(kept).or_default().extend(moved);
    }

    /// An account's strand; one that was in none begins its own, named after it.
    fn number(&mut self, account: u32) -> u32 {
        *self.strand_of.entry(account).or_insert_with(|| {
            self.accounts.insert(account, vec![account]);
            account
        })
    }

    /// The strand that an account is in.
    pub(super) fn of(&self, account: u32) -> Option<u32> {
        self.strand_of.get(&account).copied()
    }

    /// The accounts that are in any strand.
    pub(super) fn accounts(&self) -> impl Iterator<Item = u32> + '_ {
        self.strand_of.keys().copied()
    }

    /// Takes strands out; their accounts.
    pub(super) fn remove(&mut self, strands: &BTreeSet<u32>) -> Vec<u32> {
        let gone = strands.iter().filter_map(|strand| self.accounts.remove(strand));
        let gone: Vec<u32> = gone.flatten().collect();
        for account in &gone {
            self.strand_of.remove(account);
        }
        gone
    }

    /// Takes in strands of accounts that are in none here.
    pub(super) fn extend(&mut self, other: Strands) {
        self.strand_of.extend(other.strand_of);
        self.accounts.extend(other.accounts);
    }
}
