//! Onward: a member's payments soon after money of the road had come.

use super::books::{Books, LONG_WINDOW, Side, WINDOW};
use super::member::{Candidate, Member, is_more, offer};
use super::road::{Road, StepKind};
use super::sign::Sign;
use crate::ledger::Entry;

/// Beyond this part of what came, in percent, more was paid than came.
const MORE_PERCENT: i128 = 103;
/// A payee that passes an amount on keeps or adds so much of it, in percent.
const WHOLE_PERCENT: (i128, i128) = (80, 102);

impl<'m> Member<'_, 'm> {
    /// Its payments soon after money of the road had come, to accounts that it does not otherwise
    /// deal with. Only where most of the money did not leave soon is there a longer look.
    pub(super) fn onward(&self, found: &mut Vec<Candidate>) {
        let soon = self.leaving(WINDOW);
        let (window, leaving) = match self.passes(&soon) {
            true => (WINDOW, soon),
            false => match self.leaving(LONG_WINDOW) {
                later if self.passes(&later) => (LONG_WINDOW, later),
                _ => (WINDOW, soon),
            },
        };
        let most = self.passes(&leaving);
        let until = self.last + window;
        let payees: Vec<u32> = leaving.iter().map(|(_, entry, _)| entry.to).collect();
        for (number, entry, rested) in leaving {
            if self.road.has(number) {
                continue;
            }
            let minutes = rested / 60_000_000;
            // `leaving` asks for a new relation.
            let mut signs = vec![Sign::NewRelation, Sign::Rested { minutes }];
            signs.push(Sign::PassesOn { most });
            let came = i128::from(self.recent(entry.at, window));
            if i128::from(entry.out_minor) * 100 > came * MORE_PERCENT {
                signs.push(Sign::MoreThanCame);
            }
            let length = (until - self.first).min(2 * window);
            signs.push(self.habit(Side::Paid, entry, (self.first, until), length));
            self.at_the_payee(number, entry, window, &mut signs);
            let times = payees.iter().filter(|payee| **payee == entry.to).count();
            if times > 1 {
                signs.push(Sign::Repeated { times });
            }
            offer(found, number, StepKind::Onward, signs);
        }
    }

    /// Its payments within a window after money of the road had come, to accounts that are new to
    /// it, each with how long the money had rested.
    fn leaving(&self, window: i64) -> Vec<(u32, Entry, i64)> {
        let until = self.last + window;
        self.books
            .between(Side::Paid, self.account, self.first, until)
            .filter(|(_, entry)| entry.to != self.account && is_more(entry.out_minor, self.largest))
            .filter_map(|(number, entry)| {
                Some((number, entry, entry.at - self.latest(entry.at, window)?))
            })
            .filter(|(_, entry, _)| self.books.is_new(self.account, entry.to, self.first, until))
            .collect()
    }

    /// What the payee does with a payment, and what else reaches it.
    fn at_the_payee(&self, number: u32, entry: Entry, window: i64, signs: &mut Vec<Sign>) {
        let (books, road, payee) = (self.books, self.road, entry.to);
        handed_on(books, road, entry, window, signs);
        // What other accounts of the ring pay to the same payee speaks for it, and is no other
        // money, also before it is taken in itself.
        let (since, until) = (entry.at - window, entry.at + window);
        let around = books.between(Side::Received, payee, since, until);
        let is_ours = |step: &(u32, Entry)| {
            road.has(step.0) || (road.is_member(step.1.from) && step.1.from != payee)
        };
        let steps = road.reached(payee).iter().filter_map(|n| Some((*n, books.entry(*n)?)));
        let mut payers: Vec<u32> = steps
            .chain(around.clone().filter(is_ours))
            .filter(|(n, _)| road.kind(*n) != Some(StepKind::Complained))
            .map(|(_, step)| step.from)
            .filter(|from| *from != self.account)
            .collect();
        payers.sort_unstable();
        payers.dedup();
        if !payers.is_empty() {
            signs.push(Sign::AlsoPaidBy { members: payers.len() });
        }
        let sum = |ours: bool| -> i128 {
            let some = around.clone().filter(|step| step.0 != number && is_ours(step) == ours);
            some.map(|(_, step)| i128::from(step.in_minor)).sum()
        };
        let mostly = sum(true) + i128::from(entry.in_minor) >= sum(false);
        signs.push(Sign::MostlyTheRings { mostly });
        let never = (i64::MAX, i64::MIN);
        signs.extend(books.serves_the_public(payee, never, |from| road.is_member(from)));
    }
}

/// Whether a payment's payee passes it on whole, and to whom.
fn handed_on(books: &Books<'_>, road: &Road, entry: Entry, window: i64, signs: &mut Vec<Sign>) {
    let paid = books.between(Side::Paid, entry.to, entry.at, entry.at + window);
    let is_whole = |after: Entry| {
        let came = i128::from(entry.in_minor);
        let bounds = came * WHOLE_PERCENT.0..=came * WHOLE_PERCENT.1;
        bounds.contains(&(i128::from(after.out_minor) * 100))
    };
    let whole = || paid.clone().filter(|(_, after)| is_whole(*after));
    if whole().next().is_some() {
        signs.push(Sign::PassedOnWhole { among: paid.clone().count() });
        if whole().any(|(_, after)| road.is_member(after.to)) {
            signs.push(Sign::MeetsRing);
        }
    }
}
