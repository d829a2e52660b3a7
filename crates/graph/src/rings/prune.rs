//! Pruning: what a member passed on cannot be more than what it received.
//!
//! Growing takes every payment that looks like the ring's; at an account with a life of its own
//! some are its own. Where the money that came is accounted for by payments that lead further, a
//! payment to somebody at whom the road ends goes again, the weakest first.

use std::collections::BTreeMap;

use super::books::Books;
use super::road::{Road, StepKind};

/// So much of what came is enough to account for all of it: the rest is commission, in percent.
const EXPLAINED_PERCENT: i128 = 80;
/// More than this part of what came is somebody's own money; a hundredth is for rates, in percent.
const MOST_PERCENT: i128 = 101;
/// An account stays where one of its transfers has so many points.
const FIRM_POINTS: f64 = 6.0;
/// A branch of a hundred accounts that leads nowhere is none.
const MAX_ROUNDS: usize = 100;

pub(super) fn prune(books: &Books<'_>, road: &mut Road) {
    loosen(books, road);
    for _ in 0..MAX_ROUNDS {
        let surplus = surplus(books, road);
        for (number, payee) in &surplus {
            road.drop(*number, *payee);
        }
        if surplus.is_empty() {
            return;
        }
    }
}

/// Takes off accounts of which no single transfer has points to spare: growing needs them to get
/// any further, but what they lead to must carry them.
fn loosen(books: &Books<'_>, road: &mut Road) {
    let mut most: BTreeMap<u32, f64> = BTreeMap::new();
    for (number, step) in &road.steps {
        let Some(entry) = books.entry(*number) else { continue };
        let points = if step.kind == StepKind::Complained { f64::INFINITY } else { step.points };
        let ends = [Some(entry.to), (!step.kind.is_victims()).then_some(entry.from)];
        for account in ends.into_iter().flatten() {
            let known = most.entry(account).or_insert(points);
            *known = known.max(points);
        }
    }
    let is_loose = |account: u32| most.get(&account).is_some_and(|most| *most < FIRM_POINTS);
    let loose: Vec<(u32, u32)> = road
        .steps
        .iter()
        .filter_map(|(number, step)| {
            let entry = books.entry(*number)?;
            let loose = is_loose(entry.to) || (!step.kind.is_victims() && is_loose(entry.from));
            loose.then_some((*number, entry.to))
        })
        .collect();
    for (number, payee) in loose {
        road.drop(number, payee);
    }
}

/// A payment of a member.
struct Payment {
    number: u32,
    payee: u32,
    minor: i128,
    points: f64,
}

/// Payments that nothing needs, with their payees.
fn surplus(books: &Books<'_>, road: &Road) -> Vec<(u32, u32)> {
    let mut paid: BTreeMap<u32, Vec<Payment>> = BTreeMap::new();
    for (number, step) in road.steps.iter().filter(|(_, step)| !step.kind.is_victims()) {
        let Some(entry) = books.entry(*number) else { continue };
        let (number, minor) = (*number, i128::from(entry.out_minor));
        let payment = Payment { number, payee: entry.to, minor, points: step.points };
        paid.entry(entry.from).or_default().push(payment);
    }
    let mut surplus = Vec::new();
    for (payer, payments) in &paid {
        let reached = road.reached(*payer).iter().filter_map(|number| books.entry(*number));
        let came: i128 = reached.map(|entry| i128::from(entry.in_minor)).sum();
        let is_end = |payment: &&Payment| !paid.contains_key(&payment.payee);
        let further = payments.iter().filter(|payment| !is_end(payment));
        let mut passed: i128 = further.map(|payment| payment.minor).sum();
        let mut ends: Vec<&Payment> = payments.iter().filter(is_end).collect();
        ends.sort_by(|a, b| b.points.total_cmp(&a.points).then(a.number.cmp(&b.number)));
        for end in ends {
            let with_it = passed + end.minor;
            if passed * 100 >= came * EXPLAINED_PERCENT && with_it * 100 > came * MOST_PERCENT {
                surplus.push((end.number, end.payee));
            } else {
                passed = with_it;
            }
        }
    }
    surplus
}
