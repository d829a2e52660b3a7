//! Backward: payments to a member by somebody who had just received as much from strangers.

use super::books::{DAY, Side, WINDOW};
use super::member::{Candidate, Member, is_more, offer};
use super::road::StepKind;
use super::sign::{Handed, Sign};
use super::through::through;
use crate::ledger::Entry;

/// Where fewer of the receipts than this part were handed on, some were by chance.
const SELDOM: f64 = 0.4;
/// Payments found from the far end lie this far around the complaints.
const BEFORE_COMPLAINTS: i64 = 7 * DAY;
const AFTER_COMPLAINTS: i64 = 14 * DAY;

impl<'m> Member<'_, 'm> {
    /// `complained` is when the first and the last payment were made that somebody complained of.
    pub(super) fn backward(&self, complained: (i64, i64), found: &mut Vec<Candidate>) {
        let from_members: Vec<Entry> = self
            .reached
            .iter()
            .filter(|(n, _)| self.road.kind(*n).is_some_and(|kind| !kind.is_victims()))
            .map(|(_, entry)| *entry)
            .collect();
        let mut payers: Vec<u32> = from_members.iter().map(|entry| entry.from).collect();
        payers.sort_unstable();
        payers.dedup();
        let lives_on_it = self.lives_on_it();
        if payers.is_empty() || (payers.len() < 2 && !lives_on_it) {
            return;
        }
        let mut amounts: Vec<i64> = from_members.iter().map(|entry| entry.in_minor).collect();
        amounts.sort_unstable();
        let middle = amounts.get(amounts.len() / 2).copied().unwrap_or(0);
        let asked = self.strangers(middle);
        let handed: Vec<(u32, Entry, (Handed, usize))> = asked
            .iter()
            .filter_map(|(number, entry)| {
                let passed = through(self.books, *entry)?;
                Some((*number, *entry, (passed.how, passed.among)))
            })
            .collect();
        let seldom = (handed.len() as f64) < SELDOM * asked.len() as f64;
        for (number, entry, (how, among)) in handed {
            let mut signs = vec![Sign::HandedOn { how, among }];
            signs.push(in_season(complained, entry));
            if payers.len() > 1 {
                signs.push(Sign::Gathers { members: payers.len() });
            }
            signs.extend(seldom.then_some(Sign::SeldomFits));
            signs.extend(lives_on_it.then_some(Sign::LivesOnIt));
            signs.extend(self.road.is_member(entry.from).then_some(Sign::KnownPayer));
            let near = (entry.at - 2 * WINDOW, entry.at + 2 * WINDOW);
            signs.extend(self.books.serves_the_public(entry.from, near, |_| false));
            offer(found, number, StepKind::Backward, signs);
        }
    }

    /// Whether at least half of what it got in the weeks of the ring is the ring's.
    fn lives_on_it(&self) -> bool {
        let (since, until) = (self.first - 2 * WINDOW, self.last + 2 * WINDOW);
        let all = self.books.between(Side::Received, self.account, since, until);
        let all: i128 = all.map(|(_, entry)| i128::from(entry.in_minor)).sum();
        i128::from(self.sum) * 2 >= all
    }

    /// What else reached it from accounts that it does not otherwise deal with.
    fn strangers(&self, middle: i64) -> Vec<(u32, Entry)> {
        self.books
            .between(Side::Received, self.account, i64::MIN, i64::MAX)
            .filter(|(number, entry)| {
                let (since, until) = (entry.at - WINDOW, entry.at + WINDOW);
                !self.road.has(*number)
                    && !self.road.is_victim(entry.from)
                    && entry.from != self.account
                    && is_more(entry.in_minor, middle)
                    && self.books.is_new(entry.from, self.account, since, until)
            })
            .collect()
    }
}

/// Whether a transfer lies in the weeks around the complaints.
pub(super) fn in_season(complained: (i64, i64), entry: Entry) -> Sign {
    let season = complained.0.saturating_sub(BEFORE_COMPLAINTS)
        ..=complained.1.saturating_add(AFTER_COMPLAINTS);
    Sign::InSeason { is_near: season.contains(&entry.at) }
}
