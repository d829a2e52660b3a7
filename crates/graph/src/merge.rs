//! Makes the columns of a graph from segments: into memory, or into a graph file.
//!
//! A file is written column by column, each in one pass over the segments: besides the mapped
//! segments only one index and the accounts are held at a time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::io::{self, Write};

use model::account::Account;
use model::digest::Digest;
use model::money::{Currency, Money};
use rustc_hash::FxHashMap;

use crate::columns::{Columns, Counts, Sink, Transfer, Writer};
use crate::files::Files;
use crate::names::{FREE, place_of, slot_count};
use crate::segment::{Row, Segment};

/// Transfers and accounts are counted with 32 bits; the highest number marks a free slot.
pub(crate) const MAX_COUNT: usize = u32::MAX as usize - 1;

/// Stands for a balance that takes a rate to tell.
const UNTOLD: i64 = -1;

/// Why segments make no graph.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// A segment names something that is no account: it is damaged.
    #[error("{0:?} is no account")]
    Account(String),
    /// More transfers or accounts than can be numbered.
    #[error("{0} transfers or accounts are too many for one graph")]
    Size(usize),
    /// What reached one account is beyond 64 bits.
    #[error("the sum of what reached {0} is beyond what can be counted")]
    Sum(String),
    /// The file could not be written.
    #[error(transparent)]
    Write(#[from] io::Error),
}

/// A graph in the making.
struct Plan<'f, 'a> {
    files: &'f Files<'a>,
    /// For each segment the numbers of its accounts.
    numbers: Vec<Vec<u32>>,
    /// Where each account was first named.
    accounts: Vec<u32>,
    slots: Vec<u32>,
    /// The rows in time order; empty where there is one segment, whose rows are.
    order: Vec<u32>,
    own: Vec<Currency>,
    totals: Vec<[i64; 2]>,
    foreign: Vec<u32>,
}

/// A row with its accounts' numbers.
struct Merged<'a> {
    origin: u32,
    row: &'a Row,
    from: u32,
    to: u32,
}

/// The columns in memory.
pub(crate) fn columns(files: &Files<'_>) -> Result<Columns<'static>, MergeError> {
    let plan = Plan::new(files)?;
    let mut columns = Columns::default();
    plan.emit(&mut columns)?;
    Ok(columns)
}

/// Writes the graph file of some segments, which have these digests.
pub fn write(
    segments: Vec<Segment<'_>>,
    digests: &[Digest],
    out: &mut dyn Write,
) -> Result<(), MergeError> {
    let files = Files::new(segments);
    let plan = Plan::new(&files)?;
    let mut writer = Writer::new(out, &plan.counts(), digests)?;
    plan.emit(&mut writer)?;
    Ok(writer.finish()?)
}

impl<'f, 'a> Plan<'f, 'a> {
    fn new(files: &'f Files<'a>) -> Result<Plan<'f, 'a>, MergeError> {
        let most = files.len().max(files.account_count());
        if most > MAX_COUNT {
            return Err(MergeError::Size(most));
        }
        let mut plan = Plan {
            files,
            numbers: Vec::new(),
            accounts: Vec::new(),
            slots: Vec::new(),
            order: Vec::new(),
            own: Vec::new(),
            totals: Vec::new(),
            foreign: Vec::new(),
        };
        plan.number_accounts()?;
        if files.segments.len() > 1 {
            plan.order = in_time_order(files);
        }
        plan.own = plan.own_currencies();
        plan.sum()?;
        Ok(plan)
    }

    fn number_accounts(&mut self) -> Result<(), MergeError> {
        let files = self.files;
        let mut slots = vec![FREE; slot_count(files.account_count())];
        let mut origin = 0;
        for segment in &files.segments {
            let mut numbers = Vec::with_capacity(segment.account_count());
            for text in segment.accounts() {
                let place = place_of(&slots, text, |number| {
                    self.accounts.get(number as usize).map_or("", |origin| files.account(*origin))
                });
                let slot = place.and_then(|place| slots.get_mut(place));
                let Some(slot) = slot else { return Err(MergeError::Size(origin as usize)) };
                if *slot == FREE {
                    // Only what `Account` printed is in a segment of ours.
                    Account::parse_pair(text).map_err(|_| MergeError::Account(text.to_owned()))?;
                    *slot = self.accounts.len() as u32;
                    self.accounts.push(origin);
                }
                numbers.push(*slot);
                origin += 1;
            }
            self.numbers.push(numbers);
        }
        // Files that name the same accounts leave many slots free: a smaller table will do.
        if slot_count(self.accounts.len()) < slots.len() {
            slots = vec![FREE; slot_count(self.accounts.len())];
            for (number, origin) in (0..).zip(&self.accounts) {
                let place = place_of(&slots, files.account(*origin), |_| "");
                if let Some(slot) = place.and_then(|place| slots.get_mut(place)) {
                    *slot = number;
                }
            }
        }
        self.slots = slots;
        Ok(())
    }

    /// The rows in time order.
    fn rows(&self) -> impl Iterator<Item = Merged<'a>> + Clone + '_ {
        (0..self.files.len() as u32).filter_map(|place| {
            let origin = self.order.get(place as usize).copied().unwrap_or(place);
            let starts = &self.files.rows;
            let number = match starts.as_slice() {
                [_, _] => 0,
                _ => starts.partition_point(|start| *start <= origin as usize).checked_sub(1)?,
            };
            let row = self.files.segments.get(number)?;
            let row = row.rows().get(origin as usize - starts.get(number)?)?;
            let numbers = self.numbers.get(number)?;
            let account = |local: u32| numbers.get(local as usize).copied();
            Some(Merged { origin, row, from: account(row.from())?, to: account(row.to())? })
        })
    }

    /// For each account the currency of most of its legs; of equal counts, the first in the list.
    fn own_currencies(&self) -> Vec<Currency> {
        // Nearly every account has one currency: remember the first, count only where two meet.
        let mut first: Vec<Option<Currency>> = vec![None; self.accounts.len()];
        let mut mixed: FxHashMap<u32, FxHashMap<Currency, u64>> = FxHashMap::default();
        let legs = || {
            self.rows().flat_map(|merged| {
                let (sent, received) = (merged.row.sent(), merged.row.received());
                [(merged.from, sent.currency), (merged.to, received.currency)]
            })
        };
        for (account, currency) in legs() {
            match first.get_mut(account as usize) {
                Some(known @ None) => *known = Some(currency),
                Some(Some(known)) if *known != currency => drop(mixed.entry(account).or_default()),
                _ => {}
            }
        }
        if !mixed.is_empty() {
            for (account, currency) in legs() {
                if let Some(counts) = mixed.get_mut(&account) {
                    *counts.entry(currency).or_default() += 1;
                }
            }
        }
        let most = |counts: &FxHashMap<Currency, u64>| {
            counts.iter().map(|(c, n)| (*n, Reverse(*c))).max().map(|(_, c)| c.0)
        };
        let own = |(account, first)| mixed.get(&account).and_then(most).or(first);
        (0..).zip(first).map(own).map(|own| own.unwrap_or(Currency::USD)).collect()
    }

    /// Adds up what reached the accounts of each currency, and finds the legs that need a rate.
    fn sum(&mut self) -> Result<(), MergeError> {
        let own = |account: u32| self.own.get(account as usize).copied();
        let mut sums = vec![0_i64; self.own.len()];
        let mut foreign = Vec::new();
        for (number, merged) in (0..).zip(self.rows()) {
            let (sent, received) = (merged.row.sent(), merged.row.received());
            let is_known = |own| sent.currency == own || received.currency == own;
            if !own(merged.from).is_some_and(is_known) || !own(merged.to).is_some_and(is_known) {
                foreign.push(number);
            }
            let own = own(merged.to);
            let came = [received, sent].into_iter().find(|leg| Some(leg.currency) == own);
            let (Some(came), Some(sum)) = (came, sums.get_mut(merged.to as usize)) else {
                continue;
            };
            let Some(more) = sum.checked_add(came.amount_minor) else {
                let account = self.accounts.get(merged.to as usize);
                let account = account.map_or("", |origin| self.files.account(*origin));
                return Err(MergeError::Sum(account.to_owned()));
            };
            *sum = more;
        }
        let mut totals: Vec<[i64; 2]> = Vec::new();
        for (own, sum) in self.own.iter().zip(sums) {
            let index = i64::from(own.index());
            match totals.iter_mut().find(|[currency, _]| *currency == index) {
                Some([_, total]) => *total = total.saturating_add(sum),
                None => totals.push([index, sum]),
            }
        }
        totals.sort_unstable();
        (self.totals, self.foreign) = (totals, foreign);
        Ok(())
    }

    /// What each account holds at the end; see `columns`.
    fn balances(&self) -> Vec<i64> {
        let mut balances = vec![0_i64; self.own.len()];
        for merged in self.rows().filter(|merged| merged.from != merged.to) {
            let legs = [merged.row.sent(), merged.row.received()];
            let own = |account: u32, legs: [Money; 2]| {
                let own = self.own.get(account as usize).copied();
                let leg = legs.into_iter().find(|leg| Some(leg.currency) == own);
                leg.map(|leg| leg.amount_minor)
            };
            let (left, came) = (own(merged.from, legs), own(merged.to, [legs[1], legs[0]]));
            if let Some(balance) = balances.get_mut(merged.from as usize).filter(|b| **b >= 0) {
                *balance = left.map_or(UNTOLD, |left| (*balance - left).max(0));
            }
            if let Some(balance) = balances.get_mut(merged.to as usize).filter(|b| **b >= 0) {
                *balance = came.map_or(UNTOLD, |came| balance.saturating_add(came));
            }
        }
        balances
    }

    fn counts(&self) -> Counts {
        Counts {
            transfers: self.files.len(),
            accounts: self.accounts.len(),
            currencies: self.totals.len(),
            slots: self.slots.len(),
            foreign: self.foreign.len(),
        }
    }

    /// All columns, in the order of the file.
    fn emit(&self, sink: &mut impl Sink) -> io::Result<()> {
        sink.column(|c| &mut c.totals, self.totals.iter().copied())?;
        let transfers = self.rows().map(|merged| Transfer {
            at: merged.row.at(),
            sent: merged.row.sent().amount_minor,
            received: merged.row.received().amount_minor,
            from: merged.from,
            to: merged.to,
            origin: merged.origin,
            currencies: merged.row.currencies(),
            zeros: [0; 2],
        });
        sink.column(|c| &mut c.transfers, transfers)?;
        sink.column(|c| &mut c.balances, self.balances().into_iter())?;
        let accounts = self.accounts.len();
        let (out_starts, items) = lists(accounts, self.rows().map(|merged| merged.from));
        sink.column(|c| &mut c.outgoing, items.into_iter())?;
        let (in_starts, items) = lists(accounts, self.rows().map(|merged| merged.to));
        sink.column(|c| &mut c.incoming, items.into_iter())?;
        sink.column(|c| &mut c.out_starts, out_starts.into_iter())?;
        sink.column(|c| &mut c.in_starts, in_starts.into_iter())?;
        sink.column(|c| &mut c.accounts, self.accounts.iter().copied())?;
        sink.column(|c| &mut c.slots, self.slots.iter().copied())?;
        sink.column(|c| &mut c.foreign, self.foreign.iter().copied())?;
        sink.column(|c| &mut c.own, self.own.iter().map(|own| own.index()))
    }
}

/// The rows of sorted segments in time order; of equal time, earlier segments and rows go first.
fn in_time_order(files: &Files<'_>) -> Vec<u32> {
    let mut heads: BinaryHeap<Reverse<(i64, usize, usize)>> = BinaryHeap::new();
    let at = |segment: usize, row: usize| Some(files.segments.get(segment)?.rows().get(row)?.at());
    for segment in 0..files.segments.len() {
        heads.extend(at(segment, 0).map(|at| Reverse((at, segment, 0))));
    }
    let mut order = Vec::with_capacity(files.len());
    while let Some(mut head) = heads.peek_mut() {
        let Reverse((_, segment, row)) = *head;
        order.push((files.rows.get(segment).copied().unwrap_or_default() + row) as u32);
        match at(segment, row + 1) {
            Some(at) => *head = Reverse((at, segment, row + 1)),
            None => drop(PeekMut::pop(head)),
        }
    }
    order
}

/// For each account a list of transfer numbers, all in one vector: the starts and the items.
fn lists(accounts: usize, owners: impl Iterator<Item = u32> + Clone) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0_u32; accounts + 1];
    for owner in owners.clone() {
        if let Some(count) = starts.get_mut(owner as usize + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut next = starts.clone();
    let mut items = vec![0_u32; sum as usize];
    for (item, owner) in (0..).zip(owners) {
        if let Some(place) = next.get_mut(owner as usize) {
            if let Some(slot) = items.get_mut(*place as usize) {
                *slot = item;
            }
            *place += 1;
        }
    }
    (starts, items)
}
