//! Poison: everything that leaves a reached account is tainted. No amounts, only who was reached.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use super::walk::{balance_before, moves};
use super::{Question, Resting, Rule, Tainted, Trace};

pub(super) fn follow(question: &Question<'_, '_>) -> Trace {
    let ledger = question.ledger;
    // For each reached account when it was first reached.
    let mut reached: FxHashMap<u32, i64> = FxHashMap::default();
    // The next payment of each reached account: its number, the account, its place in the list.
    let mut due: BinaryHeap<Reverse<(u32, u32, usize)>> = BinaryHeap::new();
    let mut seeds = question.seeds.iter().copied().peekable();
    let mut transfers = Vec::new();
    let mut cut = None;
    loop {
        let next = due.peek().map_or(u32::MAX, |Reverse((number, ..))| *number);
        let number = seeds.peek().copied().unwrap_or(u32::MAX).min(next);
        let Some(entry) = ledger.entry(number) else { break };
        let is_seed = seeds.next_if_eq(&number).is_some();
        if next == number
            && let Some(Reverse((_, account, place))) = due.pop()
            && let Some(after) = ledger.outgoing(account).get(place + 1)
        {
            due.push(Reverse((*after, account, place + 1)));
        }
        if !moves(&entry) {
            continue;
        }
        if transfers.len() >= question.most_poisoned {
            cut = Some(entry.at);
            break;
        }
        let arrived =
            if is_seed { entry.at } else { *reached.get(&entry.from).unwrap_or(&entry.at) };
        let (out_minor, in_minor) = (entry.out_minor, entry.in_minor);
        transfers.push(Tainted { entry: number, out_minor, in_minor, arrived });
        if let std::collections::hash_map::Entry::Vacant(first) = reached.entry(entry.to) {
            first.insert(entry.at);
            let list = ledger.outgoing(entry.to);
            let place = list.partition_point(|earlier| *earlier <= number);
            if let Some(after) = list.get(place) {
                due.push(Reverse((*after, entry.to, place)));
            }
        }
    }
    let mut resting: Vec<Resting> = reached
        .into_iter()
        .map(|(account, since)| Resting {
            account,
            tainted_minor: balance(question, account),
            since,
            seeds: Vec::new(),
        })
        .collect();
    resting.sort_unstable_by_key(|resting| resting.account);
    Trace { rule: Rule::Poison, resting, transfers, watched: Vec::new(), cut }
}

/// An account's whole balance at the end, also where the search for further accounts was cut.
fn balance(question: &Question<'_, '_>, account: u32) -> i64 {
    let is_declared = question.openings.contains_key(&account);
    match question.ledger.balance(account).filter(|_| !is_declared) {
        Some(known) => known,
        None => balance_before(question, account, u32::MAX).0,
    }
}
