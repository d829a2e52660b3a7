//! The walk: goes in time order over the transfers of the accounts that were reached, and of no
//! others, under all rules that carry amounts at once.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use rustc_hash::{FxHashMap, FxHashSet};

use super::pool::Pool;
use super::queue::{Purse, Slice};
use super::strand::Strands;
use super::{Left, Question, Resting, Rule, Tainted, Trace};
use crate::ledger::{Entry, Ledger};

/// Who asks for a transfer: the seeds, or a reached account by one of its two lists.
const SEED: u32 = u32::MAX;

/// A transfer that is to be looked at: its number, who asks, in which list and at which place.
type Due = Reverse<(u32, u32, bool, usize)>;

/// What one account holds under one rule.
enum Book {
    Pool(Pool),
    Purse(Purse),
}

/// A walk as far as it has come.
pub(super) struct Walk {
    rules: Vec<Rule>,
    /// Reached accounts with their books, a book a rule.
    books: FxHashMap<u32, Vec<Book>>,
    due: BinaryHeap<Due>,
    /// Transfers looked at, those of balances among them.
    looked_at: usize,
    traces: Vec<Trace>,
    /// Which accounts tainted money went between, where that is asked.
    strands: Option<Strands>,
}

pub(super) fn follow(question: &Question<'_, '_>, rules: Vec<Rule>) -> Vec<Trace> {
    let mut walk = Walk::new(question, rules);
    walk.go(question);
    walk.finish()
}

/// Whether a transfer moves something.
pub(super) fn moves(entry: &Entry) -> bool {
    (entry.out_minor > 0 || entry.in_minor > 0) && entry.from != entry.to
}

/// What an account held before a transfer, as far as is known, and how many transfers that took.
pub(super) fn balance_before(
    question: &Question<'_, '_>,
    account: u32,
    number: u32,
) -> (i64, usize) {
    let ledger = question.ledger;
    let before = |list: &'_ [u32]| list.partition_point(|earlier| *earlier < number);
    let (outgoing, incoming) = (ledger.outgoing(account), ledger.incoming(account));
    let mut outgoing = outgoing.iter().take(before(outgoing)).copied().peekable();
    let mut incoming = incoming.iter().take(before(incoming)).copied().peekable();
    let mut balance = question.openings.get(&account).copied().unwrap_or(0);
    let mut count = 0;
    loop {
        let next = match (outgoing.peek(), incoming.peek()) {
            (None, None) => return (balance, count),
            (Some(out), Some(come)) => *out.min(come),
            (Some(only), None) | (None, Some(only)) => *only,
        };
        let (leaves, comes) =
            (outgoing.next_if_eq(&next).is_some(), incoming.next_if_eq(&next).is_some());
        count += 1;
        let Some(entry) = ledger.entry(next).filter(moves) else { continue };
        if leaves {
            balance = (balance - entry.out_minor).max(0);
        }
        if comes {
            balance = balance.saturating_add(entry.in_minor);
        }
    }
}

impl Walk {
    /// A walk that stands before the first seed.
    pub(super) fn new(question: &Question<'_, '_>, rules: Vec<Rule>) -> Walk {
        let traces = rules.iter().map(|rule| Trace::empty(*rule)).collect();
        let due = question.seeds.iter().map(|seed| Reverse((*seed, SEED, false, 0))).collect();
        Walk { rules, books: FxHashMap::default(), due, looked_at: 0, traces, strands: None }
    }

    /// One that can take in a further seed later.
    pub(super) fn in_strands(question: &Question<'_, '_>, rules: Vec<Rule>) -> Walk {
        Walk { strands: Some(Strands::default()), ..Walk::new(question, rules) }
    }

    /// Goes on with a transfer that was added to the ledger, if it touches what was reached.
    pub(super) fn later(&mut self, question: &Question<'_, '_>, number: u32, is_seed: bool) {
        let ledger = question.ledger;
        if self.is_cut() {
            return;
        }
        if is_seed {
            self.due.push(Reverse((number, SEED, false, 0)));
        }
        for (account, outgoing) in [(ledger.from(number), true), (ledger.to(number), false)] {
            if self.books.contains_key(&account) {
                let list =
                    if outgoing { ledger.outgoing(account) } else { ledger.incoming(account) };
                let place = list.partition_point(|earlier| *earlier < number);
                self.due.push(Reverse((number, account, outgoing, place)));
            }
        }
        self.go(question);
    }

    pub(super) fn is_cut(&self) -> bool {
        self.traces.iter().any(|trace| trace.cut.is_some())
    }

    /// Takes in a seed that the ledger holds already: the strands that it touches are followed
    /// anew. `false`: what a limit would cut cannot be told that way, and all is to be followed.
    pub(super) fn complain(&mut self, question: &Question<'_, '_>, seed: u32) -> bool {
        let Some(mut strands) = self.strands.take() else { return false };
        let ledger = question.ledger;
        let ends = [ledger.from(seed), ledger.to(seed)];
        let mut touched: BTreeSet<u32> = ends.iter().filter_map(|end| strands.of(*end)).collect();
        let fresh = loop {
            let is_touched = |one: &u32| {
                let strand = strands.of(ledger.to(*one));
                *one == seed || strand.is_some_and(|strand| touched.contains(&strand))
            };
            let seeds = question.seeds.iter().copied().filter(is_touched).collect();
            let part = Question { seeds, ..*question };
            let mut fresh = Walk::in_strands(&part, self.rules.clone());
            fresh.go(&part);
            let reached = fresh.strands.iter().flat_map(Strands::accounts);
            let more: BTreeSet<u32> = reached.filter_map(|account| strands.of(account)).collect();
            if more.is_subset(&touched) {
                break fresh;
            }
            touched.extend(more);
        };
        // A transfer between two strands counts in each: the sum is never too small.
        if self.looked_at + fresh.looked_at >= question.most_transfers {
            return false;
        }
        let gone = strands.remove(&touched);
        self.strands = Some(strands);
        self.replace(ledger, &gone.into_iter().collect(), fresh);
        true
    }

    /// Puts what was followed anew in the place of what some accounts had.
    fn replace(&mut self, ledger: &Ledger<'_>, gone: &FxHashSet<u32>, fresh: Walk) {
        for account in gone {
            self.books.remove(account);
        }
        self.books.extend(fresh.books);
        self.looked_at += fresh.looked_at;
        if let (Some(strands), Some(more)) = (&mut self.strands, fresh.strands) {
            strands.extend(more);
        }
        for (trace, more) in self.traces.iter_mut().zip(fresh.traces) {
            trace.transfers.retain(|carried| !gone.contains(&ledger.to(carried.entry)));
            trace.transfers.extend(more.transfers);
            // Two runs that are in order each.
            trace.transfers.sort_by_key(|carried| carried.entry);
        }
    }

    /// What a transfer carried under each rule.
    pub(super) fn carried(&self, number: u32) -> impl Iterator<Item = (Rule, Tainted)> {
        self.traces
            .iter()
            .filter_map(move |trace| Some((trace.rule, told(&trace.transfers, number)?)))
    }

    /// Goes as far as somebody asks for a transfer.
    pub(super) fn go(&mut self, question: &Question<'_, '_>) {
        let mut left: Vec<Left> = Vec::new();
        left.resize_with(self.rules.len(), Left::default);
        while let Some(Reverse((number, ..))) = self.due.peek().copied() {
            let Some(entry) = question.ledger.entry(number) else { return };
            let is_seed = self.take_due(question.ledger, number);
            if self.looked_at >= question.most_transfers {
                self.traces.iter_mut().for_each(|trace| trace.cut = Some(entry.at));
                return;
            }
            self.looked_at += 1;
            if moves(&entry) {
                self.one(question, number, &entry, is_seed, &mut left);
            }
        }
    }

    /// Takes all who ask for a transfer off the heap and puts on what they ask for next; says
    /// whether it is a seed.
    fn take_due(&mut self, ledger: &Ledger<'_>, number: u32) -> bool {
        let mut is_seed = false;
        while let Some(Reverse((next, account, outgoing, place))) = self.due.peek().copied() {
            if next != number {
                break;
            }
            self.due.pop();
            if account == SEED {
                is_seed = true;
                continue;
            }
            let list = if outgoing { ledger.outgoing(account) } else { ledger.incoming(account) };
            if let Some(after) = list.get(place + 1) {
                self.due.push(Reverse((*after, account, outgoing, place + 1)));
            }
        }
        is_seed
    }

    /// One transfer under every rule.
    fn one(
        &mut self,
        question: &Question<'_, '_>,
        number: u32,
        entry: &Entry,
        is_seed: bool,
        left: &mut [Left],
    ) {
        left.iter_mut().for_each(Left::clear);
        if let Some(books) = self.books.get_mut(&entry.from) {
            for ((book, rule), left) in books.iter_mut().zip(&self.rules).zip(left.iter_mut()) {
                match book {
                    Book::Pool(pool) => pool.pay(entry.out_minor, is_seed, *rule, left),
                    Book::Purse(purse) => purse.pay(entry.out_minor, is_seed, *rule, left),
                }
            }
        }
        if is_seed {
            left.iter_mut().for_each(|left| left.be_seed(number, entry, question.tells_parts));
        }
        if let Some(strands) = &mut self.strands
            && (is_seed || left.iter().any(|left| left.tainted > 0))
        {
            strands.join(entry.from, entry.to);
        }
        if !self.books.contains_key(&entry.to) {
            if !is_seed && left.iter().all(|left| is_dust(question.ledger, entry, left.tainted)) {
                return;
            }
            self.reach(question, entry.to, number);
        }
        let watches = question.watched.binary_search(&number).is_ok();
        let Some(books) = self.books.get_mut(&entry.to) else { return };
        for ((book, left), trace) in books.iter_mut().zip(left.iter()).zip(&mut self.traces) {
            let in_minor = match book {
                Book::Pool(pool) => pool.receive(entry, left, is_seed),
                Book::Purse(purse) => purse.receive(entry, left),
            };
            if left.tainted > 0 || in_minor > 0 {
                let (out_minor, arrived) = (left.tainted, left.arrived);
                trace.transfers.push(Tainted { entry: number, out_minor, in_minor, arrived });
                if watches {
                    trace.watched.push((number, left.parts()));
                }
            }
        }
    }

    /// Opens the books of an account that is reached by a transfer.
    fn reach(&mut self, question: &Question<'_, '_>, account: u32, number: u32) {
        let (balance, count) = balance_before(question, account, number);
        self.looked_at += count;
        let book = |rule: &Rule| match rule {
            Rule::Fifo | Rule::Lifo => Book::Purse(Purse::of(balance)),
            _ => Book::Pool(Pool::of(balance)),
        };
        self.books.insert(account, self.rules.iter().map(book).collect());
        let ledger = question.ledger;
        for (list, outgoing) in
            [(ledger.outgoing(account), true), (ledger.incoming(account), false)]
        {
            let place = list.partition_point(|earlier| *earlier <= number);
            if let Some(after) = list.get(place) {
                self.due.push(Reverse((*after, account, outgoing, place)));
            }
        }
    }

    /// What rests, by account.
    pub(super) fn finish(mut self) -> Vec<Trace> {
        let mut accounts: Vec<(u32, Vec<Book>)> = self.books.into_iter().collect();
        accounts.sort_unstable_by_key(|(account, _)| *account);
        for (account, books) in accounts {
            for (book, trace) in books.into_iter().zip(&mut self.traces) {
                let resting = match book {
                    Book::Purse(purse) => purse.resting(account),
                    Book::Pool(pool) => (pool.tainted > 0).then_some(Resting {
                        account,
                        tainted_minor: pool.tainted,
                        since: pool.since,
                        seeds: pool.parts,
                    }),
                };
                trace.resting.extend(resting);
            }
        }
        self.traces
    }
}

/// What a transfer carried, of those that carried anything: by rising number.
pub(super) fn told(transfers: &[Tainted], number: u32) -> Option<Tainted> {
    let place = transfers.binary_search_by_key(&number, |carried| carried.entry).ok()?;
    transfers.get(place).copied()
}

/// Whether a part of a transfer is too little to reach anybody: under one US cent, where
/// smallest units are worth less. Pro rata shares of shares would never end.
fn is_dust(ledger: &Ledger<'_>, entry: &Entry, minor: i64) -> bool {
    let is_part = minor < entry.out_minor;
    minor == 0 || (is_part && ledger.own_cents(entry.from, minor) == Some(0))
}

impl Left {
    fn clear(&mut self) {
        (self.tainted, self.arrived) = (0, 0);
        self.parts.clear();
        self.slices.clear();
    }

    /// A seed is all tainted, and all its own.
    fn be_seed(&mut self, number: u32, entry: &Entry, tells_parts: bool) {
        self.clear();
        (self.tainted, self.arrived) = (entry.out_minor, entry.at);
        if tells_parts {
            self.parts.push((number, entry.out_minor));
        }
        self.slices.push(Slice { amount: entry.out_minor, seed: number, arrived: entry.at });
    }

    /// Whose the tainted money is.
    fn parts(&self) -> Vec<(u32, i64)> {
        let mut parts = self.parts.clone();
        if parts.is_empty() {
            let slices = self.slices.iter().filter(|slice| slice.seed != super::queue::CLEAN);
            slices.for_each(|slice| super::parts::add(&mut parts, &[(slice.seed, slice.amount)]));
        }
        parts
    }
}
