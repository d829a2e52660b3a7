//! Growing: from the victims' payments to every account that the ring's money went through.
//!
//! Only a part of the victims complain, so a trace of their payments alone loses most of the road.
//! What the ring does with the others' money looks the same: it leaves soon, whole, to accounts
//! that its payer never dealt with before, and meets the traced money again further on. Each such
//! sign gives points; a transfer joins the road when its points are enough. The account's own
//! habits count against it, so that a busy account needs better reasons than a quiet one.

use super::backward::in_season;
use super::books::Books;
use super::member::{Candidate, Member};
use super::road::{Road, Step, StepKind};
use super::sign::{self, Sign};
use super::through::through;

/// How often the search goes over the members; a road of a hundred hops is none.
const MAX_ROUNDS: usize = 100;
/// A road has at most this many steps.
const MAX_STEPS: usize = 1_000_000;

pub(super) fn grow(books: &Books<'_>) -> Road {
    let mut road = Road::of_complaints(books);
    let complained = road.steps.keys().filter_map(|number| books.entry(*number));
    let (first, last) = complained.fold((i64::MAX, i64::MIN), |(first, last), entry| {
        (first.min(entry.at), last.max(entry.at))
    });
    for _ in 0..MAX_ROUNDS {
        let mut found = Vec::new();
        for member in road.members() {
            let Some(view) = Member::of(books, &road, member) else { continue };
            view.onward(&mut found);
            view.alike(&mut found);
            view.backward((first, last), &mut found);
        }
        found.sort_by(|a, b| b.points.total_cmp(&a.points).then(a.number.cmp(&b.number)));
        let before = road.steps.len();
        for candidate in found {
            if road.steps.len() < MAX_STEPS {
                accept(books, &mut road, candidate, (first, last));
            }
        }
        if road.steps.len() == before {
            break;
        }
    }
    road
}

fn accept(books: &Books<'_>, road: &mut Road, candidate: Candidate, complained: (i64, i64)) {
    let Some(entry) = books.entry(candidate.number) else { return };
    let (number, kind) = (candidate.number, candidate.kind);
    let step = Step { kind, signs: candidate.signs, points: candidate.points };
    if road.take(number, entry, step) && kind == StepKind::Backward {
        climb(books, road, number, complained);
    }
}

/// Follows a payment up: what its payer passed on came from somebody, who may have passed it on
/// too. Where nobody did, a victim paid.
fn climb(books: &Books<'_>, road: &mut Road, number: u32, complained: (i64, i64)) {
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
            let handed_on = Sign::HandedOn { how: passed.how, among: passed.among };
            let signs = vec![handed_on, Sign::Feeds, in_season(complained, entry)];
            let points = sign::sum(&signs);
            let step = Step { kind: StepKind::Backward, signs, points };
            if road.take(earlier, entry, step) {
                waiting.push(earlier);
            }
        }
    }
}
