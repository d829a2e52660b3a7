//! Budgets: how many elements a partner may have raised. The count is exact, for nothing gives an
//! output but a raised element, and each kind of identifier has its own key.

use envelope::card::AgencyId;
use envelope::matching::are_words;
use model::digest::Digest;
use model::identifier::Kind;
use model::time::Timestamp;

use super::step::Step;
use super::{Matching, within};
use crate::answer::{BudgetAnswer, Budgets};
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::Event;
use crate::node::Node;

/// The purpose that partners may ask for until officers say otherwise.
pub const USUAL_PURPOSE: &str = "online-fraud";
/// Elements of one kind within the period, for the usual purpose; for any other purpose none.
pub const USUAL_LIMIT: u64 = 100_000;
/// The period, in days.
pub const PERIOD_DAYS: i64 = 30;
/// No budget is larger.
pub const MAX_LIMIT: u64 = 1_000_000_000;

impl Matching {
    /// How much a partner may ask.
    pub(super) fn limit(&self, partner: Digest, purpose: &str, kind: Kind) -> u64 {
        let set = self.limits.get(&(partner, purpose.to_owned(), kind));
        set.copied().unwrap_or(if purpose == USUAL_PURPOSE { USUAL_LIMIT } else { 0 })
    }

    /// How much of it is spent at a moment.
    pub(super) fn spent(&self, partner: Digest, purpose: &str, kind: Kind, now: Timestamp) -> u64 {
        let spent = self.spent.get(&(partner, purpose.to_owned(), kind));
        let recent = spent.into_iter().flatten().filter(|(at, _)| within(PERIOD_DAYS, *at, now));
        recent.map(|(_, elements)| elements).sum()
    }

    /// Whether anything may be asked for a purpose.
    pub(super) fn is_allowed(&self, partner: Digest, purpose: &str) -> bool {
        Kind::all().any(|kind| self.limit(partner, purpose, kind) > 0)
    }
}

impl Node {
    /// The budgets of a partner, or of all.
    pub fn budgets(&self, by: &str, partner: Option<&str>) -> Result<Budgets, NodeError> {
        self.allow(by, Duty::List)?;
        let named = partner.map(|name| self.partner(name)).transpose()?;
        let book = self.exchange()?.book();
        let partners = book.partners.iter().filter(|(id, _)| named.is_none_or(|one| one == **id));
        let now = self.ports.clock.now();
        let mut budgets = Vec::new();
        for (id, known) in partners {
            let set = self.state.matching.limits.keys().chain(self.state.matching.spent.keys());
            let purposes = set.filter(|(agency, ..)| *agency == id.0).map(|(_, words, _)| words);
            let mut purposes: Vec<&str> = purposes.map(String::as_str).collect();
            purposes.push(USUAL_PURPOSE);
            purposes.sort_unstable();
            purposes.dedup();
            for purpose in purposes {
                for kind in Kind::all() {
                    let limit = self.state.matching.limit(id.0, purpose, kind);
                    let used = self.state.matching.spent(id.0, purpose, kind, now);
                    budgets.push(BudgetAnswer {
                        partner: known.card.card().agency.clone(),
                        purpose: purpose.to_owned(),
                        kind: kind.as_str(),
                        period_days: PERIOD_DAYS,
                        limit,
                        used,
                        left: limit.saturating_sub(used),
                    });
                }
            }
        }
        Ok(Budgets { budgets })
    }

    /// Sets a budget in the name of two officers; `None` means every kind.
    pub fn set_budget(
        &mut self,
        officers: [&str; 2],
        partner: &str,
        purpose: &str,
        kind: Option<Kind>,
        limit: u64,
    ) -> Result<Budgets, NodeError> {
        let [by, second] = self.allow_two(officers)?;
        let AgencyId(agency) = self.partner(partner)?;
        if !are_words(purpose) || limit > MAX_LIMIT {
            return Err(NodeError::BadBudget(purpose.to_owned(), limit));
        }
        let kinds = Kind::all().filter(|one| kind.is_none_or(|kind| kind == *one));
        let events: Vec<Event> = kinds
            .map(|kind| {
                let (purpose, second) = (purpose.to_owned(), second.to_owned());
                Event::Match {
                    partner: agency,
                    what: Step::BudgetSet { purpose, kind, limit, second },
                }
            })
            .collect();
        self.record(by, &events)?;
        self.budgets(by, Some(partner))
    }
}
