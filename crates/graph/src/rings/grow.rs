//! Growing: from the victims' payments to every account that the ring's money went through.
//!
//! Only a part of the victims complain, so a trace of their payments alone loses most of the road.
//! What the ring does with the others' money looks the same: it leaves soon, whole, to accounts
//! that its payer never dealt with before, and meets the traced money again further on. Each such
//! habit gives points; a transfer joins the road when its points are enough. The account's own
//! habits count against it, so that a busy account needs better reasons than a quiet one.

use super::books::{Books, DAY, LONG_WINDOW, SOON, Side, WINDOW, points_against_chance};
use super::road::{Road, Step, StepKind};
use super::through::through;
use crate::ledger::Entry;

/// A payment onward joins with this many points.
const LEAST_ONWARD: f64 = 4.0;
/// So does a payment that looks like the victims'.
const LEAST_ALIKE: f64 = 4.0;
/// So does a payment found from its far end.
const LEAST_BACKWARD: f64 = 4.0;
/// Payments under this part of the largest one that reached an account are crumbs, in percent.
const CRUMB_PERCENT: i64 = 2;
/// An account that passes stolen money on passes on at least this part of it, in percent.
const PASSES_PERCENT: i128 = 60;
/// An account that this many strangers paid to serves the public.
const PUBLIC_PAYERS: usize = 30;
/// Payments onward found from the far end lie this far around the complaints.
const BEFORE_COMPLAINTS: i64 = 7 * DAY;
const AFTER_COMPLAINTS: i64 = 14 * DAY;
/// How often the search goes over the members; a road of a hundred hops is none.
const MAX_ROUNDS: usize = 100;
/// A road has at most this many steps.
const MAX_STEPS: usize = 1_000_000;

/// A transfer that may join the road.
struct Candidate {
    number: u32,
    kind: StepKind,
    points: f64,
}

pub(super) fn grow(books: &Books<'_>) -> Road {
    let mut road = Road::of_complaints(books);
    let complained = road.steps.keys().filter_map(|number| books.entry(*number));
    let (first, last) = complained.fold((i64::MAX, i64::MIN), |(first, last), entry| {
        (first.min(entry.at), last.max(entry.at))
    });
    let around = (first.saturating_sub(BEFORE_COMPLAINTS), last.saturating_add(AFTER_COMPLAINTS));
    for _ in 0..MAX_ROUNDS {
        let mut found = Vec::new();
        for member in road.members() {
            let Some(view) = Member::of(books, &road, member) else { continue };
            view.onward(&mut found);
            view.alike(&mut found);
            view.backward(around, &mut found);
        }
        found.sort_by(|a, b| b.points.total_cmp(&a.points).then(a.number.cmp(&b.number)));
        let before = road.steps.len();
        for candidate in found {
            if road.steps.len() < MAX_STEPS {
                accept(books, &mut road, &candidate);
            }
        }
        if road.steps.len() == before {
            break;
        }
    }
    road
}

fn accept(books: &Books<'_>, road: &mut Road, candidate: &Candidate) {
    let Some(entry) = books.entry(candidate.number) else { return };
    let step = Step { kind: candidate.kind, points: candidate.points };
    if road.take(candidate.number, entry, step) && candidate.kind == StepKind::Backward {
        climb(books, road, candidate.number);
    }
}

/// Follows a payment up: what its payer passed on came from somebody, who may have passed it on
/// too. Where nobody did, a victim paid.
fn climb(books: &Books<'_>, road: &mut Road, number: u32) {
    let mut waiting = vec![number];
    while let Some(number) = waiting.pop() {
        let Some(entry) = books.entry(number) else { continue };
        if road.is_victim(entry.from) {
            road.settle_victim(number);
            continue;
        }
        let Some(passed) = through(books, entry) else {
            road.settle_victim(number);
            continue;
        };
        road.join(entry.from);
        for earlier in passed.received {
            let Some(entry) = books.entry(earlier) else { continue };
            let step = Step { kind: StepKind::Backward, points: passed.points };
            if road.take(earlier, entry, step) {
                waiting.push(earlier);
            }
        }
    }
}

/// A member and what of the road reached it.
struct Member<'r, 'm> {
    books: &'r Books<'m>,
    road: &'r Road,
    account: u32,
    /// The steps that reached it, with their transfers, in the order of time; at least one.
    reached: Vec<(u32, &'m Entry)>,
    first: i64,
    last: i64,
    /// The largest and the sum, in its own smallest units.
    largest: i64,
    sum: i64,
}

impl<'r, 'm> Member<'r, 'm> {
    fn of(books: &'r Books<'m>, road: &'r Road, account: u32) -> Option<Member<'r, 'm>> {
        let reached: Vec<(u32, &Entry)> = road
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
    fn latest(&self, at: i64, window: i64) -> Option<i64> {
        let upto = self.reached.partition_point(|(_, entry)| entry.at <= at);
        let (_, latest) = self.reached.get(upto.checked_sub(1)?)?;
        (at - latest.at <= window).then_some(latest.at)
    }

    /// What reached it by the road in a window before a moment.
    fn recent(&self, at: i64, window: i64) -> i64 {
        let in_window = |entry: &&(u32, &Entry)| (at - window..=at).contains(&entry.1.at);
        self.reached.iter().filter(in_window).map(|(_, entry)| entry.in_minor).sum()
    }

    /// Its payments soon after money of the road had come, to accounts that it does not otherwise
    /// deal with. Only where most of the money did not leave soon is there a longer look.
    fn onward(&self, found: &mut Vec<Candidate>) {
        let soon = self.leaving(WINDOW);
        let (window, leaving) = match self.passes(&soon) {
            true => (WINDOW, soon),
            false => match self.leaving(LONG_WINDOW) {
                later if self.passes(&later) => (LONG_WINDOW, later),
                _ => (WINDOW, soon),
            },
        };
        let passes = self.passes(&leaving);
        let until = self.last + window;
        // Several payments to one new payee are less likely to be chance.
        let payees: Vec<u32> = leaving.iter().map(|(_, entry, _)| entry.to).collect();
        let again = |payee: u32| {
            let times = payees.iter().filter(|other| **other == payee).count();
            (times - 1).min(2) as f64 / 2.0
        };
        for (number, entry, rested) in leaving {
            if self.road.has(number) {
                continue;
            }
            // One point for a new relation: it is asked for in `leaving`.
            let mut points = 1.0 + soonness(rested);
            points += if passes { 1.0 } else { -2.0 };
            if i128::from(entry.out_minor) * 100 > i128::from(self.recent(entry.at, window)) * 103 {
                points -= 1.0;
            }
            let length = (until - self.first).min(2 * window);
            let habits = (self.first, until);
            let habit = self.books.habit(Side::Paid, self.account, entry.out_minor, habits, length);
            points += points_against_chance(habit + 0.1, -1.5, 2.5);
            points += self.at_the_payee(number, entry, window);
            points += again(entry.to);
            if points >= LEAST_ONWARD {
                found.push(Candidate { number, kind: StepKind::Onward, points });
            }
        }
    }

    /// Its payments within a window after money of the road had come, to accounts that are new to
    /// it, each with how long the money had rested.
    fn leaving(&self, window: i64) -> Vec<(u32, &'m Entry, i64)> {
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

    /// Whether payments are most of what the road brought.
    fn passes(&self, leaving: &[(u32, &Entry, i64)]) -> bool {
        let passed: i128 = leaving.iter().map(|(_, e, _)| i128::from(e.out_minor)).sum();
        passed * 100 >= i128::from(self.sum) * PASSES_PERCENT
    }

    /// What the payee does with a payment, and what else reaches it.
    fn at_the_payee(&self, number: u32, entry: &Entry, window: i64) -> f64 {
        let (books, road, payee) = (self.books, self.road, entry.to);
        let mut points = 0.0;
        let paid = books.between(Side::Paid, payee, entry.at, entry.at + window);
        let is_whole = |after: &Entry| {
            let came = i128::from(entry.in_minor);
            (came * 80..=came * 102).contains(&(i128::from(after.out_minor) * 100))
        };
        let whole = || paid.clone().filter(|(_, after)| is_whole(after));
        if whole().next().is_some() {
            points += points_against_chance(paid.clone().count() as f64 * 0.1, 0.0, 2.0);
            if whole().any(|(_, after)| road.is_member(after.to)) {
                points += 2.0;
            }
        }
        let steps = || road.reached(payee).iter().filter_map(|n| Some((*n, books.entry(*n)?)));
        let mut payers: Vec<u32> = steps()
            .filter(|(n, _)| road.kind(*n) != Some(StepKind::Complained))
            .map(|(_, step)| step.from)
            .filter(|from| *from != self.account)
            .collect();
        payers.sort_unstable();
        payers.dedup();
        points += payers.len().min(2) as f64;
        let (since, until) = (entry.at - window, entry.at + window);
        let others: i128 = books
            .between(Side::Received, payee, since, until)
            .filter(|(n, _)| *n != number && !road.has(*n))
            .map(|(_, other)| i128::from(other.in_minor))
            .sum();
        let near = steps().filter(|(_, step)| (since..=until).contains(&step.at));
        let ours: i128 = near.map(|(_, step)| i128::from(step.in_minor)).sum();
        points += if ours + i128::from(entry.in_minor) >= others { 1.0 } else { -1.0 };
        let never = (i64::MAX, i64::MIN);
        let strangers = books.payers(payee, never, PUBLIC_PAYERS + 1, |from| road.is_member(from));
        points - if strangers > PUBLIC_PAYERS { 2.0 } else { 0.0 }
    }

    /// Payments to a collector that look like those of the victims who complained.
    fn alike(&self, found: &mut Vec<Candidate>) {
        let is_victims = |number: u32| self.road.kind(number).is_some_and(StepKind::is_victims);
        let victims: Vec<&Entry> =
            self.reached.iter().filter(|(n, _)| is_victims(*n)).map(|(_, entry)| *entry).collect();
        let (Some(first), Some(last)) = (victims.first(), victims.last()) else { return };
        let (since, until) = (first.at - WINDOW, last.at + WINDOW);
        let largest = victims.iter().map(|entry| entry.in_minor).max().unwrap_or(0);
        for (number, entry) in self.books.between(Side::Received, self.account, since, until) {
            if self.road.has(number)
                || self.road.is_member(entry.from)
                || entry.from == self.account
                || !is_more(entry.in_minor, largest)
                || !self.books.is_new(entry.from, self.account, since, until)
            {
                continue;
            }
            let habit = self.books.habit(
                Side::Received,
                self.account,
                entry.in_minor,
                (since, until),
                2 * WINDOW,
            );
            let mut points = 1.0 + points_against_chance(habit + 0.1, -1.5, 2.5);
            points += self.emptied_after(entry);
            if victims.iter().any(|victim| (victim.at - entry.at).abs() <= SOON) {
                points += 1.0;
            }
            if points >= LEAST_ALIKE {
                found.push(Candidate { number, kind: StepKind::Alike, points });
            }
        }
    }

    /// Whether as much as a receipt left soon after it.
    fn emptied_after(&self, receipt: &Entry) -> f64 {
        let left = |within: i64| {
            let paid =
                self.books.between(Side::Paid, self.account, receipt.at, receipt.at + within);
            let paid: i128 = paid.map(|(_, paid)| i128::from(paid.out_minor)).sum();
            paid * 100 >= i128::from(receipt.in_minor) * 70
        };
        match () {
            () if left(SOON) => 1.0,
            () if left(WINDOW) => 0.5,
            () => -1.0,
        }
    }

    /// Payments to a member that lives on the ring's money, by somebody who had just received as
    /// much.
    fn backward(&self, around: (i64, i64), found: &mut Vec<Candidate>) {
        let from_members: Vec<&Entry> = self
            .reached
            .iter()
            .filter(|(n, _)| self.road.kind(*n).is_some_and(|kind| !kind.is_victims()))
            .map(|(_, entry)| *entry)
            .collect();
        let mut payers: Vec<u32> = from_members.iter().map(|entry| entry.from).collect();
        payers.sort_unstable();
        payers.dedup();
        let (since, until) = (self.first - 2 * WINDOW, self.last + 2 * WINDOW);
        let all: i128 = self
            .books
            .between(Side::Received, self.account, since, until)
            .map(|(_, entry)| i128::from(entry.in_minor))
            .sum();
        let lives_on_it = i128::from(self.sum) * 2 >= all;
        if payers.is_empty() || (payers.len() < 2 && !lives_on_it) {
            return;
        }
        let mut amounts: Vec<i64> = from_members.iter().map(|entry| entry.in_minor).collect();
        amounts.sort_unstable();
        let middle = amounts.get(amounts.len() / 2).copied().unwrap_or(0);
        let mut candidates = Vec::new();
        let mut asked = 0;
        for (number, entry) in self.books.between(Side::Received, self.account, i64::MIN, i64::MAX)
        {
            if self.road.has(number)
                || self.road.is_victim(entry.from)
                || entry.from == self.account
                || !is_more(entry.in_minor, middle)
                || !self.books.is_new(
                    entry.from,
                    self.account,
                    entry.at - WINDOW,
                    entry.at + WINDOW,
                )
            {
                continue;
            }
            asked += 1;
            if let Some(passed) = through(self.books, entry) {
                candidates.push((number, entry, passed));
            }
        }
        let rate = candidates.len() as f64 / f64::from(asked.max(1));
        for (number, entry, passed) in candidates {
            let mut points = 1.0 + passed.points;
            points += if rate < 0.4 { -1.0 } else { 0.0 };
            points += if (around.0..=around.1).contains(&entry.at) { 1.0 } else { -1.0 };
            points += (payers.len() - 1).min(2) as f64 / 2.0;
            points += if lives_on_it { 1.0 } else { 0.0 };
            points += if self.road.is_member(entry.from) { 1.0 } else { 0.0 };
            let near = (entry.at - 2 * WINDOW, entry.at + 2 * WINDOW);
            let strangers = self.books.payers(entry.from, near, PUBLIC_PAYERS + 1, |_| false);
            points -= if strangers > PUBLIC_PAYERS { 2.0 } else { 0.0 };
            if points >= LEAST_BACKWARD {
                found.push(Candidate { number, kind: StepKind::Backward, points });
            }
        }
    }
}

/// The sooner money moves on, the more it speaks for it.
fn soonness(rested: i64) -> f64 {
    match rested {
        ..=SOON => 1.0,
        _ if rested <= WINDOW => 0.3,
        _ => 0.0,
    }
}

/// Whether an amount is more than a crumb beside another.
fn is_more(minor: i64, beside: i64) -> bool {
    i128::from(minor) * 100 >= i128::from(beside) * i128::from(CRUMB_PERCENT) && minor > 0
}
