//! First in, first out and last in, first out: an account is a queue of slices of money, each
//! clean or of one seed payment. The slices say whose money rests where.

use std::collections::{BTreeMap, VecDeque};

use super::{Resting, Rule, Tainted, Trace, moving};
use crate::ledger::{Entry, Ledger};

/// Some money that came in one transfer. `seed` is `CLEAN` or the seed payment's number.
#[derive(Clone, Copy)]
struct Slice {
    amount: i64,
    seed: u32,
    arrived: i64,
}

const CLEAN: u32 = u32::MAX;

/// What an account holds.
enum Purse {
    /// No taint ever arrived: a balance is enough.
    Balance(i64),
    /// The slices, oldest first.
    Slices(VecDeque<Slice>),
}

pub(super) fn follow(ledger: &Ledger<'_>, seeds: &[u32], rule: Rule) -> Trace {
    let mut purses: Vec<Purse> = Vec::new();
    purses.resize_with(ledger.account_count(), || Purse::Balance(0));
    let mut transfers = Vec::new();
    let mut parts: Vec<Slice> = Vec::new();
    for (number, entry, is_seed) in moving(ledger, seeds) {
        parts.clear();
        match purses.get_mut(entry.from as usize) {
            Some(Purse::Slices(slices)) if is_seed => take_clean_first(slices, entry.out_minor),
            Some(Purse::Slices(slices)) => take(slices, entry.out_minor, rule, &mut parts),
            Some(Purse::Balance(balance)) => *balance = (*balance - entry.out_minor).max(0),
            None => {}
        }
        if is_seed {
            parts.clear();
            parts.push(Slice { amount: entry.out_minor, seed: number, arrived: entry.at });
        }
        let tainted = || parts.iter().filter(|part| part.seed != CLEAN);
        let out_minor: i64 = tainted().map(|part| part.amount).sum();
        let arrived = tainted().map(|part| part.arrived).max().unwrap_or(entry.at);
        let in_minor = put(&mut purses, &entry, &parts, is_seed);
        if out_minor > 0 || in_minor > 0 {
            transfers.push(Tainted { entry: number, out_minor, in_minor, arrived });
        }
    }
    let resting = purses.iter().enumerate().filter_map(|(account, purse)| match purse {
        Purse::Slices(slices) => resting(account as u32, slices),
        Purse::Balance(_) => None,
    });
    Trace { rule, resting: resting.collect(), transfers }
}

/// Takes money out by the rule; what the account is not known to hold is clean.
fn take(slices: &mut VecDeque<Slice>, amount: i64, rule: Rule, parts: &mut Vec<Slice>) {
    let mut need = amount;
    while need > 0 {
        let next = if rule == Rule::Fifo { slices.front_mut() } else { slices.back_mut() };
        let Some(slice) = next else {
            parts.push(Slice { amount: need, seed: CLEAN, arrived: 0 });
            return;
        };
        let used = slice.amount.min(need);
        need -= used;
        parts.push(Slice { amount: used, ..*slice });
        slice.amount -= used;
        if slice.amount == 0 {
            if rule == Rule::Fifo {
                slices.pop_front()
            } else {
                slices.pop_back()
            };
        }
    }
}

/// A seed payment leaves: the oldest clean money goes first, then the oldest tainted.
fn take_clean_first(slices: &mut VecDeque<Slice>, amount: i64) {
    let mut need = amount;
    for wants_clean in [true, false] {
        for slice in slices.iter_mut().filter(|slice| (slice.seed == CLEAN) == wants_clean) {
            let used = slice.amount.min(need);
            slice.amount -= used;
            need -= used;
        }
    }
    slices.retain(|slice| slice.amount > 0);
}

/// Gives the payee what left, at the amount that arrived; returns how much of it is tainted.
fn put(purses: &mut [Purse], entry: &Entry, parts: &[Slice], is_seed: bool) -> i64 {
    let Some(payee) = purses.get_mut(entry.to as usize) else { return 0 };
    let is_tainted = is_seed || parts.iter().any(|part| part.seed != CLEAN);
    if let (Purse::Balance(balance), true) = (&*payee, is_tainted) {
        let clean = Slice { amount: *balance, seed: CLEAN, arrived: 0 };
        *payee =
            Purse::Slices(if *balance > 0 { VecDeque::from([clean]) } else { VecDeque::new() });
    }
    let slices = match payee {
        Purse::Balance(balance) => {
            *balance += entry.in_minor;
            return 0;
        }
        Purse::Slices(slices) => slices,
    };
    if parts.is_empty() {
        push(slices, Slice { amount: entry.in_minor, seed: CLEAN, arrived: entry.at });
        return 0;
    }
    // Parts of what left become parts of what arrived; the last takes the rounding.
    let (mut left, mut given, mut tainted) = (0_i128, 0_i64, 0_i64);
    for (index, part) in parts.iter().enumerate() {
        left += i128::from(part.amount);
        let upto = match index + 1 == parts.len() {
            true => entry.in_minor,
            false => i64::try_from(
                left * i128::from(entry.in_minor) / i128::from(entry.out_minor.max(1)),
            )
            .unwrap_or(entry.in_minor),
        };
        let amount = upto - given;
        given = upto;
        tainted += if part.seed == CLEAN { 0 } else { amount };
        push(slices, Slice { amount, seed: part.seed, arrived: entry.at });
    }
    tainted
}

/// Adds a slice; what cannot be told from the newest one is joined with it.
fn push(slices: &mut VecDeque<Slice>, slice: Slice) {
    match slices.back_mut() {
        _ if slice.amount <= 0 => {}
        Some(last)
            if last.seed == slice.seed
                && (slice.seed == CLEAN || last.arrived == slice.arrived) =>
        {
            last.amount += slice.amount;
        }
        _ => slices.push_back(slice),
    }
}

fn resting(account: u32, slices: &VecDeque<Slice>) -> Option<Resting> {
    let tainted = || slices.iter().filter(|slice| slice.seed != CLEAN);
    let since = tainted().map(|slice| slice.arrived).min()?;
    let mut seeds = BTreeMap::new();
    for slice in tainted() {
        let sum = seeds.entry(slice.seed).or_insert(0_i64);
        *sum += slice.amount;
    }
    Some(Resting {
        account,
        tainted_minor: tainted().map(|slice| slice.amount).sum(),
        since,
        seeds: seeds.into_iter().collect(),
    })
}
