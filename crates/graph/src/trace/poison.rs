//! Poison: everything that leaves a reached account is tainted. No amounts, only who was reached.

use super::{Resting, Rule, Tainted, Trace, moving};
use crate::ledger::Ledger;

pub(super) fn follow(ledger: &Ledger<'_>, seeds: &[u32]) -> Trace {
    let mut balances = vec![0_i64; ledger.account_count()];
    let mut reached: Vec<Option<i64>> = vec![None; ledger.account_count()];
    let mut transfers = Vec::new();
    for (number, entry, is_seed) in moving(ledger, seeds) {
        let (from, to) = (entry.from as usize, entry.to as usize);
        if let Some(balance) = balances.get_mut(from) {
            *balance = (*balance - entry.out_minor).max(0);
        }
        if let Some(balance) = balances.get_mut(to) {
            *balance += entry.in_minor;
        }
        let arrived = reached.get(from).copied().flatten();
        if is_seed || arrived.is_some() {
            if let Some(first @ None) = reached.get_mut(to) {
                *first = Some(entry.at);
            }
            transfers.push(Tainted {
                entry: number,
                out_minor: entry.out_minor,
                in_minor: entry.in_minor,
                arrived: arrived.filter(|_| !is_seed).unwrap_or(entry.at),
            });
        }
    }
    let resting =
        reached.iter().zip(balances).enumerate().filter_map(|(account, (since, balance))| {
            Some(Resting {
                account: account as u32,
                tainted_minor: balance,
                since: (*since)?,
                seeds: Vec::new(),
            })
        });
    Trace { rule: Rule::Poison, resting: resting.collect(), transfers }
}
