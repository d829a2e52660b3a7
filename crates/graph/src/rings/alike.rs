//! Alike: payments to a collector that look like those of the victims who complained.

use super::books::{SOON, Side, WINDOW};
use super::member::{Candidate, Member, is_more, offer};
use super::road::StepKind;
use super::sign::Sign;
use crate::ledger::Entry;

/// A receipt has left again when this part of it was paid out, in percent.
const EMPTIED_PERCENT: i128 = 70;

impl Member<'_, '_> {
    pub(super) fn alike(&self, found: &mut Vec<Candidate>) {
        let is_victims = |number: u32| self.road.kind(number).is_some_and(StepKind::is_victims);
        let victims: Vec<Entry> =
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
            let habit = self.habit(Side::Received, entry, (since, until), 2 * WINDOW);
            let days = self.emptied_within(entry);
            let mut signs = vec![Sign::NewRelation, habit, Sign::EmptiedWithin { days }];
            if victims.iter().any(|victim| (victim.at - entry.at).abs() <= SOON) {
                signs.push(Sign::NearVictims);
            }
            offer(found, number, StepKind::Alike, signs);
        }
    }

    /// In how many days as much as a receipt had left again.
    fn emptied_within(&self, receipt: Entry) -> Option<u8> {
        let left = |within: i64| {
            let until = receipt.at + within;
            let paid = self.books.between(Side::Paid, self.account, receipt.at, until);
            let paid: i128 = paid.map(|(_, paid)| i128::from(paid.out_minor)).sum();
            paid * 100 >= i128::from(receipt.in_minor) * EMPTIED_PERCENT
        };
        if left(SOON) { Some(1) } else { left(WINDOW).then_some(3) }
    }
}
