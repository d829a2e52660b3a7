//! Poison: everything that leaves a reached account is tainted. No amounts, only who was reached.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use rustc_hash::FxHashMap;

use super::walk::{balance_before, moves, told};
use super::{Question, Resting, Rule, Tainted, Trace};

/// Who was reached so far.
pub(super) struct Poison {
    /// For each reached account by which transfer it was first reached, and when.
    reached: FxHashMap<u32, (u32, i64)>,
    /// The next payment of each reached account: its number, the account, its place in the list.
    due: BinaryHeap<Reverse<(u32, u32, usize)>>,
    transfers: Vec<Tainted>,
    cut: Option<i64>,
}

pub(super) fn follow(question: &Question<'_, '_>) -> Trace {
    let mut poison = Poison::new();
    poison.go(question, &question.seeds);
    poison.finish(question)
}

impl Poison {
    pub(super) fn new() -> Poison {
        let (reached, due) = (FxHashMap::default(), BinaryHeap::new());
        Poison { reached, due, transfers: Vec::new(), cut: None }
    }

    pub(super) fn is_cut(&self) -> bool {
        self.cut.is_some()
    }

    /// Goes on with a transfer that was added to the ledger.
    pub(super) fn later(&mut self, question: &Question<'_, '_>, number: u32, is_seed: bool) {
        let ledger = question.ledger;
        if self.is_cut() {
            return;
        }
        let payer = ledger.from(number);
        if self.reached.contains_key(&payer) {
            let place = ledger.outgoing(payer).partition_point(|earlier| *earlier < number);
            self.due.push(Reverse((number, payer, place)));
        }
        self.go(question, if is_seed { std::slice::from_ref(&number) } else { &[] });
    }

    /// What a transfer carried.
    pub(super) fn carried(&self, number: u32) -> Option<Tainted> {
        told(&self.transfers, number)
    }

    pub(super) fn go(&mut self, question: &Question<'_, '_>, seeds: &[u32]) {
        let ledger = question.ledger;
        let mut seeds = seeds.iter().copied().peekable();
        loop {
            let next = self.due.peek().map_or(u32::MAX, |Reverse((number, ..))| *number);
            let number = seeds.peek().copied().unwrap_or(u32::MAX).min(next);
            let Some(entry) = ledger.entry(number) else { return };
            let is_seed = seeds.next_if_eq(&number).is_some();
            if next == number
                && let Some(Reverse((_, account, place))) = self.due.pop()
                && let Some(after) = ledger.outgoing(account).get(place + 1)
            {
                self.due.push(Reverse((*after, account, place + 1)));
            }
            if !moves(&entry) {
                continue;
            }
            if self.transfers.len() >= question.most_poisoned {
                self.cut = Some(entry.at);
                return;
            }
            let arrived = if is_seed {
                entry.at
            } else {
                self.reached.get(&entry.from).map_or(entry.at, |(_, at)| *at)
            };
            let (out_minor, in_minor) = (entry.out_minor, entry.in_minor);
            self.transfers.push(Tainted { entry: number, out_minor, in_minor, arrived });
            if let std::collections::hash_map::Entry::Vacant(first) = self.reached.entry(entry.to) {
                first.insert((number, entry.at));
                let list = ledger.outgoing(entry.to);
                let place = list.partition_point(|earlier| *earlier <= number);
                if let Some(after) = list.get(place) {
                    self.due.push(Reverse((*after, entry.to, place)));
                }
            }
        }
    }

    /// Takes in a seed that the ledger holds already: what it reaches, and reaches earlier than
    /// before. `seeds`: all, rising. `false`: a limit would cut it, and all is to be followed.
    pub(super) fn complain(&mut self, question: &Question<'_, '_>, seed: u32) -> bool {
        let ledger = question.ledger;
        let mut waiting = BinaryHeap::from([Reverse(seed)]);
        let mut more: BTreeMap<u32, Tainted> = BTreeMap::new();
        while let Some(Reverse(number)) = waiting.pop() {
            let Some(entry) = ledger.entry(number).filter(moves) else { continue };
            let arrived = match self.reached.get(&entry.from) {
                Some((_, at)) if question.seeds.binary_search(&number).is_err() => *at,
                _ => entry.at,
            };
            let (out_minor, in_minor) = (entry.out_minor, entry.in_minor);
            more.insert(number, Tainted { entry: number, out_minor, in_minor, arrived });
            if self.transfers.len() + more.len() > question.most_poisoned {
                return false;
            }
            let known = self.reached.get(&entry.to).map(|(first, _)| *first);
            if known.is_none_or(|first| number < first) {
                self.reached.insert(entry.to, (number, entry.at));
                // Also what it paid later is told anew: the money had come earlier.
                let list = ledger.outgoing(entry.to);
                let place = list.partition_point(|earlier| *earlier <= number);
                let later = list.get(place..).unwrap_or_default().iter().copied().map(Reverse);
                // One more than can be told ends the search above.
                waiting.extend(later.take(question.most_poisoned + 1));
            }
        }
        self.transfers.retain(|carried| !more.contains_key(&carried.entry));
        self.transfers.extend(more.into_values());
        self.transfers.sort_by_key(|carried| carried.entry);
        true
    }

    pub(super) fn finish(self, question: &Question<'_, '_>) -> Trace {
        let rests = |(account, (_, since))| Resting {
            account,
            tainted_minor: balance(question, account),
            since,
            seeds: Vec::new(),
        };
        let mut resting: Vec<Resting> = self.reached.into_iter().map(rests).collect();
        resting.sort_unstable_by_key(|resting| resting.account);
        let (transfers, cut) = (self.transfers, self.cut);
        Trace { rule: Rule::Poison, resting, transfers, watched: Vec::new(), cut }
    }
}

/// An account's whole balance at the end, also where the search for further accounts was cut.
fn balance(question: &Question<'_, '_>, account: u32) -> i64 {
    let is_declared = question.openings.contains_key(&account);
    match question.ledger.balance(account).filter(|_| !is_declared) {
        Some(known) => known,
        None => balance_before(question, account, u32::MAX).0,
    }
}
