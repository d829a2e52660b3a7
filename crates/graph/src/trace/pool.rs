//! Haircut, lowest intermediate balance and proceeds first: an account is a clean and a tainted
//! pool.

use super::{Resting, Rule, Tainted, Trace, carried, moving};
use crate::ledger::Ledger;

/// One account's money. `clean` alone counts until taint first arrives.
#[derive(Clone, Copy, Default)]
struct Pool {
    clean: i64,
    tainted: i64,
    /// When `tainted` last rose from nothing.
    since: i64,
    /// Whether taint ever arrived: before, a payment beyond the balance leaves nothing owed.
    reached: bool,
}

pub(super) fn follow(ledger: &Ledger<'_>, seeds: &[u32], rule: Rule) -> Trace {
    let mut pools = vec![Pool::default(); ledger.account_count()];
    let mut transfers = Vec::new();
    for (number, entry, is_seed) in moving(ledger, seeds) {
        let Some(payer) = pools.get_mut(entry.from as usize) else { continue };
        let arrived = if is_seed { entry.at } else { payer.since };
        let left = payer.take(entry.out_minor, is_seed, rule);
        let (out_minor, in_minor) = match is_seed {
            true => (entry.out_minor, entry.in_minor),
            false => (left, carried(left, entry.out_minor, entry.in_minor)),
        };
        let in_minor = if out_minor == 0 && !is_seed { 0 } else { in_minor };
        if let Some(payee) = pools.get_mut(entry.to as usize) {
            payee.put(entry.in_minor - in_minor, in_minor, entry.at);
        }
        if out_minor > 0 || in_minor > 0 {
            transfers.push(Tainted { entry: number, out_minor, in_minor, arrived });
        }
    }
    let resting =
        pools.iter().enumerate().filter(|(_, pool)| pool.tainted > 0).map(|(account, pool)| {
            Resting {
                account: account as u32,
                tainted_minor: pool.tainted,
                since: pool.since,
                seeds: Vec::new(),
            }
        });
    Trace { rule, resting: resting.collect(), transfers }
}

impl Pool {
    /// Takes an amount out and returns how much of it is tainted. A seed takes clean money first.
    fn take(&mut self, amount: i64, is_seed: bool, rule: Rule) -> i64 {
        if !self.reached {
            self.clean = (self.clean - amount).max(0);
            return 0;
        }
        let (clean, tainted) = (self.clean, self.tainted);
        let left = match rule {
            _ if is_seed => tainted.min((amount - clean).max(0)),
            Rule::Haircut if clean + tainted > amount => {
                let share = i128::from(amount) * i128::from(tainted);
                let share = share / (i128::from(clean) + i128::from(tainted));
                tainted.min(i64::try_from(share).unwrap_or(tainted))
            }
            Rule::Libr => tainted.min((amount - clean).max(0)),
            Rule::ProceedsFirst => tainted.min(amount),
            _ => tainted,
        };
        self.tainted -= left;
        self.clean = (clean - (amount - left)).max(0);
        left
    }

    fn put(&mut self, clean: i64, tainted: i64, at: i64) {
        if self.tainted == 0 && tainted > 0 {
            self.since = at;
        }
        self.reached |= tainted > 0;
        self.clean += clean;
        self.tainted += tainted;
    }
}
