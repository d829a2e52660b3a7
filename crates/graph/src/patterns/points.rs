//! What speaks for a shape, term by term, and how it becomes reasons.

use std::collections::BTreeSet;

use super::finding::{Because, Reason};
use super::flows::Flows;

/// Decimal logarithms of how unlikely a fact is by chance; they add up.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Points {
    pub(super) kept: f64,
    pub(super) quick: f64,
    pub(super) burst: f64,
    pub(super) amounts: f64,
    pub(super) strangers: f64,
    pub(super) border: f64,
    pub(super) fresh: f64,
    pub(super) form: f64,
    pub(super) chance: f64,
}

impl Points {
    fn terms(&self) -> [(Because, f64); 9] {
        [
            (Because::Kept, self.kept),
            (Because::Quick, self.quick),
            (Because::Burst, self.burst),
            (Because::Amounts, self.amounts),
            (Because::Strangers, self.strangers),
            (Because::Border, self.border),
            (Because::Fresh, self.fresh),
            (Because::Form, self.form),
            (Because::Chance, self.chance),
        ]
    }

    pub(super) fn sum(&self) -> f64 {
        self.terms().iter().map(|(_, points)| points).sum()
    }

    pub(super) fn add(&mut self, other: &Points) {
        self.kept += other.kept;
        self.quick += other.quick;
        self.burst += other.burst;
        self.amounts += other.amounts;
        self.strangers += other.strangers;
        self.border += other.border;
        self.fresh += other.fresh;
        self.form += other.form;
        self.chance += other.chance;
    }

    /// Each term that counts, with the transfers that show it.
    pub(super) fn reasons(&self, flows: &Flows<'_>, transfers: &BTreeSet<u32>) -> Vec<Reason> {
        let terms = self.terms().into_iter().filter(|(_, points)| *points != 0.0);
        let shows = |because: Because, entry: u32| match because {
            Because::Border => flows.crosses(entry),
            Because::Strangers => !flows.is_known(entry),
            Because::Chance => false,
            _ => true,
        };
        terms
            .map(|(because, points)| Reason {
                because,
                points,
                transfers: transfers.iter().copied().filter(|e| shows(because, *e)).collect(),
            })
            .collect()
    }
}
