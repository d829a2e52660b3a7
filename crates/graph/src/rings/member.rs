//! A member as the search sees it: what of the road reached it, and when.

use super::books::{Books, Side};
use super::road::Road;
use super::sign::{self, LEAST_POINTS, Sign};
use crate::ledger::Entry;
use crate::rings::road::StepKind;

/// Payments under this part of the largest one that reached an account are crumbs, in percent.
const CRUMB_PERCENT: i64 = 2;
/// An account that passes stolen money on passes on at least this part of it, in percent.
const PASSES_PERCENT: i128 = 60;
/// An account that this many strangers paid to serves the public.
const PUBLIC_PAYERS: usize = 30;

/// A transfer that joins the road.
pub(super) struct Candidate {
    pub(super) number: u32,
    pub(super) kind: StepKind,
    pub(super) signs: Vec<Sign>,
    pub(super) points: f64,
}

/// A member and what of the road reached it.
pub(super) struct Member<'r, 'm> {
    pub(super) books: &'r Books<'m>,
    pub(super) road: &'r Road,
    pub(super) account: u32,
    /// The steps that reached it, with their transfers, in the order of time; at least one.
    pub(super) reached: Vec<(u32, Entry)>,
    pub(super) first: i64,
    pub(super) last: i64,
    /// The largest and the sum, in its own smallest units.
    pub(super) largest: i64,
    pub(super) sum: i64,
}

impl<'r, 'm> Member<'r, 'm> {
    pub(super) fn of(books: &'r Books<'m>, road: &'r Road, account: u32) -> Option<Member<'r, 'm>> {
        let reached: Vec<(u32, Entry)> = road
            .reached(account)
            .iter()
            .filter_map(|number| Some((*number, books.entry(*number)?)))
            .collect();
        let (first, last) = (reached.first()?.1.at, reached.last()?.1.at);
        let largest = reached.iter().map(|(_, entry)| entry.in_minor).max().unwrap_or(0);
        let sum = reached.iter().map(|(_, entry)| entry.in_minor).sum();
        Some(Member { books, road, account, reached, first, last, largest, sum })
    }

    /// When the latest step before a moment reached it, if within a window.
    pub(super) fn latest(&self, at: i64, window: i64) -> Option<i64> {
        let upto = self.reached.partition_point(|(_, entry)| entry.at <= at);
        let (_, latest) = self.reached.get(upto.checked_sub(1)?)?;
        (at - latest.at <= window).then_some(latest.at)
    }

    /// What reached it by the road in a window before a moment.
    pub(super) fn recent(&self, at: i64, window: i64) -> i64 {
        let in_window = |entry: &&(u32, Entry)| (at - window..=at).contains(&entry.1.at);
        self.reached.iter().filter(in_window).map(|(_, entry)| entry.in_minor).sum()
    }

    /// Whether payments are most of what the road brought.
    pub(super) fn passes(&self, leaving: &[(u32, Entry, i64)]) -> bool {
        let passed: i128 = leaving.iter().map(|(_, e, _)| i128::from(e.out_minor)).sum();
        passed * 100 >= i128::from(self.sum) * PASSES_PERCENT
    }

    /// How many payments like one its habits bring in a while.
    pub(super) fn habit(&self, side: Side, entry: Entry, window: (i64, i64), while_: i64) -> Sign {
        let minor = side.minor(entry);
        let expected = self.books.habit(side, self.account, minor, window, while_);
        Sign::Habit { expected }
    }
}

impl Books<'_> {
    /// Whether an account serves the public: many who are not the ring's paid to it outside a
    /// window.
    pub(super) fn serves_the_public(
        &self,
        account: u32,
        window: (i64, i64),
        but: impl Fn(u32) -> bool,
    ) -> Option<Sign> {
        let strangers = self.payers(account, window, PUBLIC_PAYERS + 1, but);
        (strangers > PUBLIC_PAYERS).then_some(Sign::ServesThePublic)
    }
}

/// Takes a candidate in whose signs come to enough.
pub(super) fn offer(found: &mut Vec<Candidate>, number: u32, kind: StepKind, signs: Vec<Sign>) {
    let points = sign::sum(&signs);
    if points >= LEAST_POINTS {
        found.push(Candidate { number, kind, signs, points });
    }
}

/// Whether an amount is more than a crumb beside another.
pub(super) fn is_more(minor: i64, beside: i64) -> bool {
    i128::from(minor) * 100 >= i128::from(beside) * i128::from(CRUMB_PERCENT) && minor > 0
}
