//! Haircut, lowest intermediate balance and proceeds first: an account is a clean and a tainted
//! pool. Within the tainted pool the seed payments are mixed: each leaves in proportion.

use super::parts::{self, Parts};
use super::{Left, Rule, carried};
use crate::ledger::Entry;

/// One account's money.
#[derive(Clone, Default)]
pub(super) struct Pool {
    clean: i64,
    pub(super) tainted: i64,
    /// When `tainted` last rose from nothing.
    pub(super) since: i64,
    /// Whose the tainted money is; empty where there are too many seeds to tell.
    pub(super) parts: Parts,
}

impl Pool {
    pub(super) fn of(balance: i64) -> Pool {
        Pool { clean: balance, ..Pool::default() }
    }

    /// Takes an amount out and says how much of it is tainted. A seed takes clean money first, and
    /// the tainted money that it takes is thereby replaced.
    pub(super) fn pay(&mut self, amount: i64, is_seed: bool, rule: Rule, left: &mut Left) {
        let (clean, tainted) = (self.clean, self.tainted);
        let out = match rule {
            _ if is_seed => tainted.min((amount - clean).max(0)),
            Rule::Haircut if clean.saturating_add(tainted) > amount => {
                let share = i128::from(amount) * i128::from(tainted);
                let share = share / (i128::from(clean) + i128::from(tainted));
                tainted.min(i64::try_from(share).unwrap_or(tainted))
            }
            Rule::Libr => tainted.min((amount - clean).max(0)),
            Rule::ProceedsFirst => tainted.min(amount),
            _ => tainted,
        };
        let out_parts = parts::shared(&self.parts, tainted, out);
        parts::take(&mut self.parts, &out_parts);
        self.tainted -= out;
        self.clean = (clean - (amount - out)).max(0);
        (left.tainted, left.arrived, left.parts) = (out, self.since, out_parts);
    }

    /// Takes in what left somebody, at the amount that arrived; returns how much of it is tainted.
    pub(super) fn receive(&mut self, entry: &Entry, left: &Left, is_seed: bool) -> i64 {
        let tainted = match is_seed {
            true => entry.in_minor,
            false if left.tainted == 0 => 0,
            false => carried(left.tainted, entry.out_minor, entry.in_minor),
        };
        if self.tainted == 0 && tainted > 0 {
            self.since = entry.at;
        }
        // A seed of nothing sent has no parts to go by, though something may have arrived.
        let arrived = match left.parts.as_slice() {
            [(seed, 0)] => vec![(*seed, tainted)],
            parts => parts::shared(parts, left.tainted, tainted),
        };
        parts::add(&mut self.parts, &arrived);
        // No sum of a sound ledger comes near the end; a damaged graph file may say anything.
        self.clean = self.clean.saturating_add(entry.in_minor.saturating_sub(tainted));
        self.tainted = self.tainted.saturating_add(tainted);
        tainted
    }
}
