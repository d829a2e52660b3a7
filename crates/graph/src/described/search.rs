//! The search: from the transfer that completes a pattern back to its first step.
//!
//! Depth first, the latest transfers first, so that what is told is the way of completing the
//! pattern that lies closest to its end. How much is looked at is bounded and told.

use std::collections::BTreeMap;

use super::Sighting;
use super::bound::Bound;
use super::check::is_whole;
use super::fit::Fit;
use super::pattern::{Many, Step};

/// For one completing transfer at most this many transfers are looked at.
const MAX_LOOKS: usize = 4_096;
/// A step holds at most this many transfers.
const MAX_STRETCH: usize = 400;
/// At most this many accounts are tried as the one that several others share.
const MAX_SHARED: usize = 32;

/// The sighting that a transfer completes, if it does; and whether a limit cut the search.
pub(super) fn complete(fit: &mut Fit<'_>, closing: u32) -> (Option<Sighting>, bool) {
    let number = fit.pattern.steps().len().saturating_sub(1);
    let Some(step) = fit.pattern.steps().get(number) else { return (None, false) };
    if !fit.fits(step, closing) {
        return (None, false);
    }
    let bound = Bound::new(fit);
    let ledger = fit.material.ledger;
    let books = match step.many {
        Some(Many::From) => ledger.incoming(fit.to(closing)),
        _ => ledger.outgoing(fit.from(closing)),
    };
    let mut search = Search { fit, closing, looks: 0, is_cut: false };
    let found = search.stretches(&bound, number, &[closing], books);
    (found, search.is_cut)
}

struct Search<'s, 'f> {
    fit: &'s mut Fit<'f>,
    closing: u32,
    looks: usize,
    is_cut: bool,
}

impl Search<'_, '_> {
    /// Goes on with the step before those that are known.
    fn earlier(&mut self, bound: &Bound, known_from: usize) -> Option<Sighting> {
        let Some(number) = known_from.checked_sub(1) else {
            let sighting = bound.clone().sighting(self.closing);
            return is_whole(self.fit, &sighting).then_some(sighting);
        };
        let pattern = self.fit.pattern;
        let step = pattern.steps().get(number)?;
        for (role, is_from) in [(step.from, true), (step.to, false)] {
            if pattern.is_many(role) && !bound.role(role).is_empty() {
                return self.members(bound, number, role, is_from);
            }
        }
        // Towards the later steps at least one side is known.
        let (from, to) = (bound.one(step.from), bound.one(step.to));
        let ledger = self.fit.material.ledger;
        let books = match (from, to) {
            (Some(from), Some(to)) => {
                let (outs, ins) = (ledger.outgoing(from), ledger.incoming(to));
                if outs.len() < ins.len() { outs } else { ins }
            }
            (Some(from), None) => ledger.outgoing(from),
            (None, Some(to)) => ledger.incoming(to),
            (None, None) => return None,
        };
        let next = *bound.step(known_from).first()?;
        let gap = pattern.steps().get(known_from)?.gap;
        let end = books.partition_point(|entry| *entry < next);
        let recent = books.get(..end)?;
        let earliest = self.fit.at(next) - gap;
        let begin = recent.partition_point(|entry| self.fit.at(*entry) < earliest);
        let ends = recent.get(begin..)?;
        self.stretches(bound, number, ends, recent)
    }

    /// Tries the stretches of a step that end with one of these transfers, the latest end first
    /// and of each end the longest stretch first. `books`: where the stretch is read from.
    fn stretches(
        &mut self,
        bound: &Bound,
        number: usize,
        ends: &[u32],
        books: &[u32],
    ) -> Option<Sighting> {
        let step = self.fit.pattern.steps().get(number)?;
        for end in ends.iter().rev() {
            if !self.may_look() {
                return None;
            }
            if !self.is_of(bound, step, *end) {
                continue;
            }
            let stretch = self.stretch(bound, step, *end, books);
            let most = if step.many.is_none() && step.count == 1 { 1 } else { stretch.len() };
            let least = step.count.min(most);
            for length in (least..=most).rev() {
                let transfers = stretch.get(stretch.len() - length..)?.to_vec();
                let next = bound.with(self.fit, number, step, transfers);
                if !self.may_look() {
                    return None;
                }
                if !self.may_follow(&next, number) {
                    continue;
                }
                let found = self.earlier(&next, number);
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }

    /// The transfers of a step that end with one, rising, as far back as its span goes.
    fn stretch(&mut self, bound: &Bound, step: &Step, end: u32, books: &[u32]) -> Vec<u32> {
        if step.many.is_none() && step.count == 1 {
            return vec![end];
        }
        let within = step.within.min(self.fit.pattern.within());
        let earliest = self.fit.at(end) - within;
        let place = books.partition_point(|entry| *entry < end);
        let mut stretch = vec![end];
        for entry in books.get(..place).unwrap_or_default().iter().rev() {
            if self.fit.at(*entry) < earliest || !self.may_look() {
                break;
            }
            let is_alike = (step.many == Some(Many::From)
                || self.fit.from(*entry) == self.fit.from(end))
                && (step.many == Some(Many::To) || self.fit.to(*entry) == self.fit.to(end));
            if is_alike && self.is_of(bound, step, *entry) {
                if stretch.len() == MAX_STRETCH {
                    self.is_cut = true;
                    break;
                }
                stretch.push(*entry);
            }
        }
        stretch.reverse();
        stretch
    }

    /// Whether a transfer may belong to a step, the known roles being what they are.
    fn is_of(&mut self, bound: &Bound, step: &Step, entry: u32) -> bool {
        let (from, to) = (self.fit.from(entry), self.fit.to(entry));
        let is_role = |role: usize, account: u32| {
            let known = bound.role(role);
            (known.is_empty() || known.binary_search(&account).is_ok())
                && !bound.plays_other(account, role)
        };
        let earliest = self.fit.at(self.closing) - self.fit.pattern.within();
        self.fit.at(entry) >= earliest
            && is_role(step.from, from)
            && is_role(step.to, to)
            && self.fit.fits(step, entry)
    }

    /// Whether the step after this one moves its part of the money: told early, where one account
    /// links the two.
    fn may_follow(&self, bound: &Bound, number: usize) -> bool {
        let pattern = self.fit.pattern;
        let next = pattern.steps().get(number + 1);
        let through = pattern.through(number + 1).filter(|role| !pattern.is_many(*role));
        match (next.and_then(|step| step.part), through) {
            (Some(part), Some(_)) => {
                self.fit.moves(part, bound.step(number), bound.step(number + 1), true)
            }
            _ => true,
        }
    }

    /// A step whose one side several accounts play that are known from later steps: one transfer
    /// for each of them, with one account on the other side.
    fn members(
        &mut self,
        bound: &Bound,
        number: usize,
        role: usize,
        is_from: bool,
    ) -> Option<Sighting> {
        let step = self.fit.pattern.steps().get(number)?;
        // For each account of the other side the transfers, the latest of each member.
        let mut shared: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for member in bound.role(role) {
            let mut seen = Vec::new();
            for entry in self.before(bound, number, *member, is_from)?.into_iter().rev() {
                if !self.may_look() {
                    return None;
                }
                let other = if is_from { self.fit.to(entry) } else { self.fit.from(entry) };
                if seen.contains(&other)
                    || !self.is_of(bound, step, entry)
                    || !self.is_passed_on(bound, number, *member, entry)
                {
                    continue;
                }
                seen.push(other);
                shared.entry(other).or_default().push(entry);
            }
        }
        let mut shared: Vec<Vec<u32>> = shared.into_values().collect();
        shared.sort_by_key(|list| std::cmp::Reverse((list.len(), list.iter().max().copied())));
        for mut transfers in shared.into_iter().take(MAX_SHARED) {
            transfers.sort_unstable();
            let last = transfers.last().map_or(0, |entry| self.fit.at(*entry));
            transfers.retain(|entry| last - self.fit.at(*entry) <= step.within);
            let member =
                |entry: &u32| if is_from { self.fit.from(*entry) } else { self.fit.to(*entry) };
            let mut members: Vec<u32> = transfers.iter().map(member).collect();
            members.sort_unstable();
            let mut next = bound.with(self.fit, number, step, transfers);
            next.keep(self.fit, role, members);
            let found = self.earlier(&next, number);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The transfers of a member's books that may belong to a step by their time, rising.
    fn before(&self, bound: &Bound, number: usize, member: u32, is_from: bool) -> Option<Vec<u32>> {
        let fit = &self.fit;
        let pattern = fit.pattern;
        let is_linked = pattern.through(number + 1) == pattern.steps().get(number).map(|s| s.to);
        let later = bound.step(number + 1);
        let own = |entry: &&u32| !is_linked || is_from || fit.from(**entry) == member;
        let next = *later.iter().find(own)?;
        let gap = pattern.steps().get(number + 1)?.gap;
        let ledger = fit.material.ledger;
        let books = if is_from { ledger.outgoing(member) } else { ledger.incoming(member) };
        let books = books.get(..books.partition_point(|entry| *entry < next))?;
        let earliest = fit.at(next) - gap;
        // Where one account links the steps, only the last transfer has to be within the gap.
        let from = if is_linked && !is_from {
            books.partition_point(|entry| fit.at(*entry) < earliest)
        } else {
            let within = pattern.steps().get(number)?.within;
            books.partition_point(|entry| fit.at(*entry) < earliest - within)
        };
        Some(books.get(from..)?.to_vec())
    }

    /// Whether a member passes on its part of what a transfer brought it.
    fn is_passed_on(&self, bound: &Bound, number: usize, member: u32, entry: u32) -> bool {
        let pattern = self.fit.pattern;
        let Some(next) = pattern.steps().get(number + 1) else { return true };
        let is_through = pattern.through(number + 1).is_some_and(|role| {
            pattern.is_many(role) && bound.role(role).binary_search(&member).is_ok()
        });
        let Some(part) = next.part.filter(|_| is_through) else { return true };
        let later = bound.step(number + 1).iter().copied();
        let own: Vec<u32> = later.filter(|later| self.fit.from(*later) == member).collect();
        self.fit.moves(part, &[entry], &own, true)
    }

    fn may_look(&mut self) -> bool {
        self.looks += 1;
        self.is_cut |= self.looks > MAX_LOOKS;
        self.looks <= MAX_LOOKS
    }
}
