//! First in, first out and last in, first out: an account is a queue of slices of money, each
//! clean or of one seed payment. The slices say whose money rests where.

use std::collections::{BTreeMap, VecDeque};

use super::{Left, Resting, Rule};
use crate::ledger::Entry;

/// Some money that came in one transfer. `seed` is `CLEAN` or the seed payment's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slice {
    pub(super) amount: i64,
    pub(super) seed: u32,
    pub(super) arrived: i64,
}

/// Of no seed payment.
pub(super) const CLEAN: u32 = u32::MAX;

/// What an account holds: the slices, oldest first.
#[derive(Clone, Default)]
pub(super) struct Purse(VecDeque<Slice>);

impl Purse {
    pub(super) fn of(balance: i64) -> Purse {
        let mut purse = Purse::default();
        purse.push(Slice { amount: balance, seed: CLEAN, arrived: 0 });
        purse
    }

    /// Takes an amount out. A seed takes clean money first; what else it takes is thereby replaced.
    pub(super) fn pay(&mut self, amount: i64, is_seed: bool, rule: Rule, left: &mut Left) {
        if is_seed {
            self.take_clean_first(amount);
            return;
        }
        self.take(amount, rule, &mut left.slices);
        let tainted = || left.slices.iter().filter(|slice| slice.seed != CLEAN);
        left.tainted = tainted().map(|slice| slice.amount).sum();
        left.arrived = tainted().map(|slice| slice.arrived).max().unwrap_or(0);
    }

    /// Takes money out by the rule; what the account is not known to hold is clean.
    fn take(&mut self, amount: i64, rule: Rule, slices: &mut Vec<Slice>) {
        let mut need = amount;
        while need > 0 {
            let next = if rule == Rule::Fifo { self.0.front_mut() } else { self.0.back_mut() };
            let Some(slice) = next else {
                slices.push(Slice { amount: need, seed: CLEAN, arrived: 0 });
                return;
            };
            let used = slice.amount.min(need);
            need -= used;
            slices.push(Slice { amount: used, ..*slice });
            slice.amount -= used;
            if slice.amount == 0 {
                if rule == Rule::Fifo {
                    self.0.pop_front()
                } else {
                    self.0.pop_back()
                };
            }
        }
    }

    /// The oldest clean money goes first, then the oldest tainted.
    fn take_clean_first(&mut self, amount: i64) {
        let mut need = amount;
        for wants_clean in [true, false] {
            for slice in self.0.iter_mut().filter(|slice| (slice.seed == CLEAN) == wants_clean) {
                let used = slice.amount.min(need);
                slice.amount -= used;
                need -= used;
            }
        }
        self.0.retain(|slice| slice.amount > 0);
    }

    /// Takes in what left somebody, at the amount that arrived; returns how much of it is tainted.
    /// Parts of what left become parts of what arrived; the last takes the rounding.
    pub(super) fn receive(&mut self, entry: &Entry, left: &Left) -> i64 {
        if left.slices.is_empty() {
            self.push(Slice { amount: entry.in_minor, seed: CLEAN, arrived: entry.at });
            return 0;
        }
        let (mut sum, mut given, mut tainted) = (0_i128, 0_i64, 0_i64);
        for (index, slice) in left.slices.iter().enumerate() {
            sum += i128::from(slice.amount);
            let upto = sum * i128::from(entry.in_minor) / i128::from(entry.out_minor.max(1));
            let upto = match index + 1 == left.slices.len() {
                true => entry.in_minor,
                false => i64::try_from(upto).unwrap_or(entry.in_minor),
            };
            let amount = upto - given;
            given = upto;
            tainted += if slice.seed == CLEAN { 0 } else { amount };
            self.push(Slice { amount, seed: slice.seed, arrived: entry.at });
        }
        tainted
    }

    /// Adds a slice; what cannot be told from the newest one is joined with it.
    fn push(&mut self, slice: Slice) {
        match self.0.back_mut() {
            _ if slice.amount <= 0 => {}
            Some(last)
                if last.seed == slice.seed
                    && (slice.seed == CLEAN || last.arrived == slice.arrived) =>
            {
                last.amount = last.amount.saturating_add(slice.amount);
            }
            _ => self.0.push_back(slice),
        }
    }

    /// What of it is tainted.
    pub(super) fn resting(&self, account: u32) -> Option<Resting> {
        let tainted = || self.0.iter().filter(|slice| slice.seed != CLEAN);
        let since = tainted().map(|slice| slice.arrived).min()?;
        let mut seeds = BTreeMap::new();
        for slice in tainted() {
            let sum = seeds.entry(slice.seed).or_insert(0_i64);
            *sum = sum.saturating_add(slice.amount);
        }
        let tainted_minor = tainted().fold(0_i64, |sum, slice| sum.saturating_add(slice.amount));
        Some(Resting { account, tainted_minor, since, seeds: seeds.into_iter().collect() })
    }
}
