//! Pruning: what a member passed on cannot be more than what it received.
//!
//! Growing takes every payment that looks like the ring's; at an account with a life of its own
//! some are its own. Where the money that came is accounted for by payments that lead further, a
//! payment to somebody at whom the road ends goes again, the weakest first.

use std::collections::BTreeMap;

use super::books::Books;
use super::road::Road;
use crate::ledger::Entry;

/// So much of what came is enough to account for all of it: the rest is commission, in percent.
const EXPLAINED_PERCENT: i128 = 80;
/// More than this part of what came is somebody's own money; a hundredth is for rates, in percent.
const MOST_PERCENT: i128 = 101;
/// A branch of a hundred accounts that leads nowhere is none.
const MAX_ROUNDS: usize = 100;

pub(super) fn prune(books: &Books<'_>, road: &mut Road) {
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

/// Payments that nothing needs, with their payees.
fn surplus(books: &Books<'_>, road: &Road) -> Vec<(u32, u32)> {
    let mut paid: BTreeMap<u32, Vec<(u32, &Entry, f64)>> = BTreeMap::new();
    for (number, step) in road.steps.iter().filter(|(_, step)| !step.kind.is_victims()) {
        if let Some(entry) = books.entry(*number) {
            paid.entry(entry.from).or_default().push((*number, entry, step.points));
        }
    }
    let is_end = |entry: &Entry| !paid.contains_key(&entry.to);
    let mut surplus = Vec::new();
    for (payer, payments) in &paid {
        let reached = road.reached(*payer).iter().filter_map(|number| books.entry(*number));
        let came: i128 = reached.map(|entry| i128::from(entry.in_minor)).sum();
        let (mut ends, further): (Vec<&(u32, &Entry, f64)>, Vec<&(u32, &Entry, f64)>) =
            payments.iter().partition(|(_, entry, _)| is_end(entry));
        ends.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        let mut passed: i128 = further.iter().map(|(_, e, _)| i128::from(e.out_minor)).sum();
        for (number, entry, _) in ends {
            let with_it = passed + i128::from(entry.out_minor);
            if passed * 100 >= came * EXPLAINED_PERCENT && with_it * 100 > came * MOST_PERCENT {
                surplus.push((*number, entry.to));
            } else {
                passed = with_it;
            }
        }
    }
    surplus
}
