//! `trace`: where the money of complaints or transfers went, under the rules that courts use.

use std::collections::{BTreeMap, BTreeSet};

use graph::trace::{self, Rule, Trace, range};
use model::money::{Currency, Money};
use model::time::Timestamp;

use crate::answer::{RangeAnswer, RestingAnswer, RuleAnswer, TaintedAnswer, TraceAnswer};
use crate::error::NodeError;
use crate::node::Node;
use crate::view::View;

/// What to follow.
pub enum Seeds {
    /// The payments of all complaints of the case.
    AllComplaints,
    /// The payments of these complaints: `ID` or `AGENCY/ID`.
    Complaints(Vec<String>),
    /// These transfers, by their source's id.
    Transfers(Vec<String>),
}

impl Seeds {
    /// In a few words, for the audit.
    fn told(&self) -> String {
        match self {
            Seeds::AllComplaints => String::new(),
            Seeds::Complaints(ids) | Seeds::Transfers(ids) => {
                let named: Vec<&str> = ids.iter().take(10).map(String::as_str).collect();
                let more = if ids.len() > named.len() { " …" } else { "" };
                format!("{}{more} ({})", named.join(" "), ids.len())
            }
        }
    }
}

impl Node {
    /// Follows money under the rules asked for.
    pub fn trace(
        &mut self,
        by: &str,
        case: Option<&str>,
        seeds: &Seeds,
        rules: &[Rule],
    ) -> Result<TraceAnswer, NodeError> {
        let case = self.enter(by, "trace", case, &seeds.told())?;
        self.view(&case, |view| {
            let (seeds, unmatched) = view.seeds(seeds)?;
            let follow = |rule: &Rule| trace::follow(view.ledger, &seeds, *rule);
            let traces: Vec<Trace> = rules.iter().map(follow).collect();
            let rules = traces.iter().map(|trace| (trace.rule.as_str(), view.rule(trace)));
            Ok(TraceAnswer {
                rules: rules.collect(),
                range: view.ranges(&traces),
                unmatched,
                unrated: view.ledger.unrated(),
                rates_as_of: view.rates.as_of.clone(),
            })
        })
    }
}

impl View<'_> {
    /// Transfer numbers to start from, and the ids of complaints without a payment.
    fn seeds(&self, seeds: &Seeds) -> Result<(Vec<u32>, Vec<String>), NodeError> {
        match seeds {
            Seeds::AllComplaints => {
                Ok((self.payments.iter().flatten().copied().collect(), self.unmatched()))
            }
            Seeds::Complaints(wanted) => self.complaint_seeds(wanted),
            Seeds::Transfers(wanted) => Ok((self.transfer_seeds(wanted)?, Vec::new())),
        }
    }

    fn complaint_seeds(&self, wanted: &[String]) -> Result<(Vec<u32>, Vec<String>), NodeError> {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (number, complaint) in self.data.complaints.iter().enumerate() {
            by_name.entry(complaint.id.to_string()).or_default().push(number);
            let full = format!("{}/{}", complaint.agency, complaint.id);
            by_name.entry(full).or_default().push(number);
        }
        let (mut seeds, mut unmatched) = (Vec::new(), Vec::new());
        for name in wanted {
            let found =
                by_name.get(name).ok_or_else(|| NodeError::UnknownComplaint(name.clone()))?;
            for number in found {
                match self.payments.get(*number).copied().flatten() {
                    Some(payment) => seeds.push(payment),
                    None => unmatched.push(name.clone()),
                }
            }
        }
        Ok((seeds, unmatched))
    }

    fn transfer_seeds(&self, wanted: &[String]) -> Result<Vec<u32>, NodeError> {
        let mut missing: BTreeSet<&str> = wanted.iter().map(String::as_str).collect();
        let mut seeds = Vec::with_capacity(missing.len());
        for number in 0..self.ledger.len() as u32 {
            if missing.remove(self.ledger.id(number)) {
                seeds.push(number);
            }
            if missing.is_empty() {
                break;
            }
        }
        match missing.first() {
            Some(name) => Err(NodeError::UnknownTransfer((*name).to_owned())),
            None => Ok(seeds),
        }
    }

    /// One rule's answer: most money first.
    pub(crate) fn rule(&self, trace: &Trace) -> RuleAnswer {
        let mut resting: Vec<RestingAnswer> = trace
            .resting
            .iter()
            .filter_map(|resting| {
                let account = self.ledger.account(resting.account);
                let tainted = self.own_money(resting.account, resting.tainted_minor);
                Some(RestingAnswer {
                    bank: account.bank().to_owned(),
                    account: account.number().to_owned(),
                    country: self.data.country(&account),
                    tainted,
                    tainted_usd: self.usd(tainted),
                    since: Timestamp::from_microseconds(resting.since).ok()?,
                })
            })
            .collect();
        let cents = |resting: &RestingAnswer| resting.tainted_usd.map_or(0, |usd| usd.amount_minor);
        resting.sort_by_key(|resting| std::cmp::Reverse(cents(resting)));
        let entry = |number: u32| self.ledger.entry(number);
        let transfers = trace.transfers.iter().filter_map(|tainted| {
            Some(TaintedAnswer {
                tx_id: self.ledger.id(tainted.entry).to_owned(),
                tainted: self.own_money(entry(tainted.entry)?.from, tainted.out_minor),
            })
        });
        RuleAnswer { resting, transfers: transfers.collect(), truncated: false }
    }

    /// The least and the most over the rules, in US dollars, most first.
    pub(crate) fn ranges(&self, traces: &[Trace]) -> Vec<RangeAnswer> {
        let usd = |account: u32, minor: i64| {
            let money = self.usd(self.own_money(account, minor));
            money.unwrap_or(Money::new(0, Currency::USD))
        };
        let mut ranges: Vec<RangeAnswer> = range::over(traces)
            .into_iter()
            .map(|range| {
                let account = self.ledger.account(range.account);
                RangeAnswer {
                    bank: account.bank().to_owned(),
                    account: account.number().to_owned(),
                    low: usd(range.account, range.low_minor),
                    high: usd(range.account, range.high_minor),
                }
            })
            .collect();
        ranges.sort_by_key(|range| std::cmp::Reverse(range.high.amount_minor));
        ranges
    }
}
