//! A view of one case: its data, its ledger, its complaints' payments and its rings.

use graph::ledger::Ledger;
use graph::rings::{self, Material, Ring, Rings};
use graph::seeds;
use model::holding::HoldingKind;
use model::money::{Currency, Money};
use model::rates::Rates;

use crate::case_data::CaseData;
use crate::error::NodeError;
use crate::node::Node;
use crate::records;
use crate::state::Case;

/// Everything that pictures and answers about a case are made from.
pub(crate) struct View<'v> {
    pub(crate) case: &'v Case,
    pub(crate) data: &'v CaseData,
    pub(crate) ledger: &'v Ledger<'v>,
    pub(crate) rates: &'v Rates,
    /// For each complaint its payment's number.
    pub(crate) payments: &'v [Option<u32>],
}

impl Node {
    /// Reads a case and hands its view to `look`.
    pub(crate) fn view<T>(
        &self,
        case: &Case,
        look: impl FnOnce(&View<'_>) -> Result<T, NodeError>,
    ) -> Result<T, NodeError> {
        let mut data = self.case_data(case)?;
        let graph = self.graph(case, &mut data)?;
        let ledger = data.ledger(case, graph.as_ref(), &self.rates)?;
        let payments = seeds::payments(&ledger, &data.complaints, &self.rates);
        look(&View { case, data: &data, ledger: &ledger, rates: &self.rates, payments: &payments })
    }
}

impl View<'_> {
    /// The rings behind the case's complaints.
    pub(crate) fn rings(&self) -> Rings {
        rings::find(&Material {
            ledger: self.ledger,
            complaints: &self.data.complaints,
            payments: self.payments,
            kind: &|account| self.kind(account),
            rates: self.rates,
        })
    }

    /// What the bank says an account of the ledger is.
    pub(crate) fn kind(&self, account: u32) -> HoldingKind {
        self.data.kind(&self.ledger.account(account))
    }

    /// A ring's id, made from its first complaint: it stays while that complaint is the first.
    pub(crate) fn ring_id(&self, ring: &Ring) -> String {
        let complaints =
            ring.complaints.iter().filter_map(|c| self.data.complaints.get(*c as usize));
        let first = complaints.map(|c| format!("{}/{}", c.agency, c.id)).min().unwrap_or_default();
        records::ring_id(&first)
    }

    /// Ids of the complaints whose payment no transfer shows.
    pub(crate) fn unmatched(&self) -> Vec<String> {
        let pairs = self.data.complaints.iter().zip(self.payments);
        pairs.filter(|(_, payment)| payment.is_none()).map(|(c, _)| c.id.to_string()).collect()
    }

    /// An amount in an account's own currency as money.
    pub(crate) fn own_money(&self, account: u32, minor: i64) -> Money {
        Money::new(minor, self.ledger.currency(account))
    }

    /// Money in US dollars, where there is a rate.
    pub(crate) fn usd(&self, money: Money) -> Option<Money> {
        let cents = self.rates.usd_cents(money.amount_minor, money.currency)?;
        Some(Money::new(cents, Currency::USD))
    }
}
