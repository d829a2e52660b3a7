//! The tail of a ledger: transfers that came after its segments were made, each later than all
//! before it. Kept in memory until segments hold them, too.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use compact_str::{CompactString, ToCompactString as _};
use model::account::Account;
use model::money::Currency;
use rustc_hash::FxHashMap;

use crate::columns::Transfer;

/// What came later than the segments.
#[derive(Default)]
pub(crate) struct Tail {
    pub(crate) transfers: Vec<Transfer>,
    /// For each transfer the source's id and how it was made.
    pub(crate) texts: Vec<[CompactString; 2]>,
    /// Accounts that no segment names, as printed.
    pub(crate) accounts: Vec<CompactString>,
    numbers: FxHashMap<CompactString, u32>,
    /// The books of accounts that the tail touches, whole.
    books: FxHashMap<u32, Books>,
    /// What reached the accounts of each currency, in all; empty until the first transfer.
    pub(crate) totals: BTreeMap<Currency, i64>,
    pub(crate) unrated: usize,
}

/// The transfers of an account, by number, and its own currency.
pub(crate) struct Books {
    pub(crate) outgoing: Vec<u32>,
    pub(crate) incoming: Vec<u32>,
    pub(crate) own: Option<Currency>,
    /// How many legs are in which currency; counted once there are two.
    counts: Option<BTreeMap<Currency, u64>>,
}

impl Tail {
    pub(crate) fn books(&self, account: u32) -> Option<&Books> {
        if self.books.is_empty() { None } else { self.books.get(&account) }
    }

    pub(crate) fn number(&self, account: &Account) -> Option<u32> {
        if self.numbers.is_empty() {
            return None;
        }
        self.numbers.get(&account.to_compact_string()).copied()
    }

    /// A number for an account that nobody has named so far; `next` is free.
    pub(crate) fn name(&mut self, account: &Account, next: u32) -> u32 {
        let name = account.to_compact_string();
        self.numbers.insert(name.clone(), next);
        self.accounts.push(name);
        next
    }

    pub(crate) fn take(&mut self, account: u32) -> Option<Books> {
        self.books.remove(&account)
    }

    pub(crate) fn put(&mut self, account: u32, books: Books) {
        self.books.insert(account, books);
    }
}

impl Books {
    pub(crate) fn new(outgoing: &[u32], incoming: &[u32], own: Option<Currency>) -> Books {
        let (outgoing, incoming) = (outgoing.to_vec(), incoming.to_vec());
        Books { outgoing, incoming, own, counts: None }
    }

    /// Counts one leg more; whether the account's own currency is another now. `earlier`: the
    /// currencies of all legs before.
    pub(crate) fn count(
        &mut self,
        leg: Currency,
        earlier: impl FnOnce(&Books) -> Vec<Currency>,
    ) -> bool {
        if self.own.is_none() || (self.counts.is_none() && self.own == Some(leg)) {
            self.own = Some(leg);
            return false;
        }
        let mut counts = self.counts.take().unwrap_or_else(|| {
            let mut counts = BTreeMap::new();
            earlier(self).into_iter().for_each(|one| *counts.entry(one).or_default() += 1);
            counts
        });
        *counts.entry(leg).or_default() += 1;
        // As the merge decides: most legs; of equal counts, the first in the list.
        let most = counts.iter().map(|(own, count)| (*count, Reverse(*own))).max();
        let before = self.own;
        self.own = most.map(|(_, own)| own.0).or(before);
        self.counts = Some(counts);
        self.own != before
    }
}
