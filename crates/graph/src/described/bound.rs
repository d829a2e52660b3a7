//! What a search has bound so far: accounts to roles, transfers to steps.

use super::Sighting;
use super::fit::Fit;
use super::pattern::Step;

/// Roles and steps as far as they are known; the later steps are known first.
#[derive(Debug, Clone)]
pub(super) struct Bound {
    /// For each role its accounts, rising; empty: not known yet.
    pub(super) roles: Vec<Vec<u32>>,
    /// For each step its transfers, rising; empty: not known yet.
    pub(super) steps: Vec<Vec<u32>>,
}

impl Bound {
    pub(super) fn new(fit: &Fit<'_>) -> Bound {
        let none = |count| vec![Vec::new(); count];
        Bound { roles: none(fit.pattern.roles().len()), steps: none(fit.pattern.steps().len()) }
    }

    /// The accounts of a role.
    pub(super) fn role(&self, role: usize) -> &[u32] {
        self.roles.get(role).map_or(&[], Vec::as_slice)
    }

    /// The transfers of a step.
    pub(super) fn step(&self, step: usize) -> &[u32] {
        self.steps.get(step).map_or(&[], Vec::as_slice)
    }

    /// The one account of a role that one account plays.
    pub(super) fn one(&self, role: usize) -> Option<u32> {
        self.role(role).first().copied()
    }

    /// Whether an account plays another role already.
    pub(super) fn plays_other(&self, account: u32, role: usize) -> bool {
        let mut others = self.roles.iter().enumerate().filter(|(number, _)| *number != role);
        others.any(|(_, accounts)| accounts.binary_search(&account).is_ok())
    }

    /// The same with a step's transfers, and the accounts that they bring to roles not known yet.
    pub(super) fn with(
        &self,
        fit: &Fit<'_>,
        number: usize,
        step: &Step,
        transfers: Vec<u32>,
    ) -> Bound {
        let mut next = self.clone();
        for (role, side) in [(step.from, true), (step.to, false)] {
            if next.role(role).is_empty() {
                let account = |entry: &u32| if side { fit.from(*entry) } else { fit.to(*entry) };
                let mut accounts: Vec<u32> = transfers.iter().map(account).collect();
                accounts.sort_unstable();
                accounts.dedup();
                next.set_role(role, accounts);
            }
        }
        if let Some(slot) = next.steps.get_mut(number) {
            *slot = transfers;
        }
        next
    }

    /// Leaves only these accounts in a role that several play, and their transfers in all steps.
    pub(super) fn keep(&mut self, fit: &Fit<'_>, role: usize, accounts: Vec<u32>) {
        for (step, transfers) in fit.pattern.steps().iter().zip(&mut self.steps) {
            if step.from == role {
                transfers.retain(|entry| accounts.binary_search(&fit.from(*entry)).is_ok());
            } else if step.to == role {
                transfers.retain(|entry| accounts.binary_search(&fit.to(*entry)).is_ok());
            }
        }
        self.set_role(role, accounts);
    }

    fn set_role(&mut self, role: usize, accounts: Vec<u32>) {
        if let Some(slot) = self.roles.get_mut(role) {
            *slot = accounts;
        }
    }

    pub(super) fn sighting(self, closing: u32) -> Sighting {
        Sighting { closing, roles: self.roles, steps: self.steps }
    }
}
