//! The road: the transfers by which a ring's money went, and why each is taken to belong to it.

use std::collections::{BTreeMap, BTreeSet};

use super::books::Books;
use super::sign::Sign;
use crate::ledger::Entry;

/// The road the money took.
#[derive(Default)]
pub(super) struct Road {
    /// The transfers on it, by number, which is the order of time.
    pub(super) steps: BTreeMap<u32, Step>,
    /// For each account the steps that reached it, in the order of time.
    reached: BTreeMap<u32, Vec<u32>>,
    /// Accounts that take part: payees of steps, and payers that pass money on.
    members: BTreeSet<u32>,
    /// Payers of the complaints.
    victims: BTreeSet<u32>,
}

/// One transfer of the road.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) kind: StepKind,
    /// What spoke for it when it was taken; nothing had to where a victim complained.
    pub(super) signs: Vec<Sign>,
    /// What the signs come to.
    pub(super) points: f64,
}

/// How a transfer came onto the road.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum StepKind {
    /// A victim complained of it.
    Complained,
    /// It came to a collector as victims' payments do; nobody complained of it.
    Alike,
    /// A member passed money on.
    Onward,
    /// Found from its far end: somebody passed on to a member what he had just received.
    Backward,
}

impl StepKind {
    /// Whether the payer is a victim, not a member.
    pub(super) fn is_victims(self) -> bool {
        matches!(self, StepKind::Complained | StepKind::Alike)
    }
}

impl Road {
    /// A road of nothing but the payments that were complained of.
    pub(super) fn of_complaints(books: &Books<'_>) -> Road {
        let mut road = Road::default();
        let mut payments: Vec<u32> = books.material.payments.iter().flatten().copied().collect();
        payments.sort_unstable();
        for payment in payments {
            if let Some(entry) = books.entry(payment) {
                road.victims.insert(entry.from);
                let kind = StepKind::Complained;
                road.take(payment, entry, Step { kind, signs: Vec::new(), points: 0.0 });
            }
        }
        road
    }

    /// Puts a transfer on the road; says whether it was not there yet.
    pub(super) fn take(&mut self, number: u32, entry: Entry, step: Step) -> bool {
        if self.steps.contains_key(&number) {
            return false;
        }
        self.steps.insert(number, step);
        let reached = self.reached.entry(entry.to).or_default();
        let place = reached.partition_point(|earlier| *earlier < number);
        reached.insert(place, number);
        self.members.insert(entry.to);
        true
    }

    /// Takes an account in as one that passes money on.
    pub(super) fn join(&mut self, account: u32) {
        self.members.insert(account);
    }

    /// Says that a step's payer turned out to be a victim.
    pub(super) fn settle_victim(&mut self, number: u32) {
        if let Some(step) = self.steps.get_mut(&number) {
            step.kind = StepKind::Alike;
        }
    }

    /// Takes a transfer off the road again, and its payee with it where nothing else reached it.
    pub(super) fn drop(&mut self, number: u32, payee: u32) {
        self.steps.remove(&number);
        if let Some(reached) = self.reached.get_mut(&payee) {
            reached.retain(|step| *step != number);
            if reached.is_empty() {
                self.members.remove(&payee);
            }
        }
    }

    pub(super) fn has(&self, number: u32) -> bool {
        self.steps.contains_key(&number)
    }

    pub(super) fn kind(&self, number: u32) -> Option<StepKind> {
        self.steps.get(&number).map(|step| step.kind)
    }

    pub(super) fn is_member(&self, account: u32) -> bool {
        self.members.contains(&account)
    }

    pub(super) fn is_victim(&self, account: u32) -> bool {
        self.victims.contains(&account)
    }

    /// The steps that reached an account, in the order of time.
    pub(super) fn reached(&self, account: u32) -> &[u32] {
        self.reached.get(&account).map_or(&[], Vec::as_slice)
    }

    /// Members, rising.
    pub(super) fn members(&self) -> impl Iterator<Item = u32> + '_ {
        self.members.iter().copied()
    }
}
