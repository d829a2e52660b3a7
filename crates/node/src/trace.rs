//! `trace`: where the money of complaints or transfers went, under the rules that courts use.

use std::collections::{BTreeMap, BTreeSet};

use graph::trace::{Question, Rule, Trace, range};
use model::money::{Currency, Money};
use model::time::Timestamp;

use crate::answer::{
    FromAnswer, RangeAnswer, RestingAnswer, RuleAnswer, StopAnswer, TaintedAnswer, TraceAnswer,
};
use crate::error::NodeError;
use crate::node::Node;
use crate::opening::Opening;
use crate::view::View;

/// An amount names at most so many payments that it is from.
const MAX_FROM: usize = 100;
const DAY_MICROSECONDS: f64 = 86_400_000_000.0;

/// Complaints by the number of the payment that each is about.
pub(crate) type Complained = BTreeMap<u32, Vec<u32>>;

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

/// What is asked of a trace.
pub struct Asked {
    /// What to follow.
    pub seeds: Seeds,
    /// Under which rules.
    pub rules: Vec<Rule>,
    /// From the given transfers back to the payments that fed them.
    pub backward: bool,
    /// Balances before the first transfer that are declared.
    pub openings: Vec<Opening>,
}

impl Node {
    /// Follows money under the rules asked for.
    pub fn trace(
        &mut self,
        by: &str,
        case: Option<&str>,
        asked: &Asked,
    ) -> Result<TraceAnswer, NodeError> {
        let case = self.enter(by, "trace", case, &asked.seeds.told())?;
        self.view(&case, |view| view.traced(asked))
    }
}

impl View<'_> {
    fn traced(&self, asked: &Asked) -> Result<TraceAnswer, NodeError> {
        let (seeds, unmatched) = self.seeds(&asked.seeds)?;
        let openings = self.openings(&asked.openings)?;
        let mut answer = TraceAnswer {
            rules: BTreeMap::new(),
            range: Vec::new(),
            stop_payment: Vec::new(),
            opening_balances: openings.len(),
            unmatched,
            unrated: self.ledger.unrated(),
            rates_as_of: self.rates.as_of.clone(),
        };
        if asked.backward {
            answer.rules = self.backward(&seeds, &asked.rules, &openings);
            return Ok(answer);
        }
        let mut question = Question::new(self.ledger, &seeds);
        question.openings = &openings;
        let traces = question.follow(&asked.rules);
        answer.range = self.ranges(&traces);
        answer.stop_payment = self.stop_payment(&traces);
        let complained = self.complained();
        let rules = traces.iter().map(|t| (t.rule.as_str(), self.rule(t, &complained)));
        answer.rules = rules.collect();
        Ok(answer)
    }

    /// Transfer numbers to start from, and the ids of complaints without a payment.
    pub(crate) fn seeds(&self, seeds: &Seeds) -> Result<(Vec<u32>, Vec<String>), NodeError> {
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

    /// Complaints by the number of the payment that each is about.
    pub(crate) fn complained(&self) -> Complained {
        let mut complained = Complained::new();
        for (number, payment) in self.payments.iter().enumerate() {
            if let Some(payment) = payment {
                complained.entry(*payment).or_default().push(number as u32);
            }
        }
        complained
    }

    /// One rule's answer: most money first.
    pub(crate) fn rule(&self, trace: &Trace, complained: &Complained) -> RuleAnswer {
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
                    from: self.from(&resting.seeds, tainted.currency, complained),
                    from_total: resting.seeds.len(),
                })
            })
            .collect();
        let cents = |resting: &RestingAnswer| resting.tainted_usd.map_or(0, |usd| usd.amount_minor);
        resting.sort_by_key(|resting| std::cmp::Reverse(cents(resting)));
        let transfers =
            trace.transfers.iter().filter_map(|t| self.tainted(t.entry, t.out_minor)).collect();
        RuleAnswer {
            resting,
            transfers,
            fed: Vec::new(),
            origins: Vec::new(),
            truncated: trace.cut.is_some(),
            cut_at: trace.cut.and_then(|at| Timestamp::from_microseconds(at).ok()),
        }
    }

    /// A transfer and how much of it, in the payer's own currency.
    pub(crate) fn tainted(&self, number: u32, minor: i64) -> Option<TaintedAnswer> {
        let entry = self.ledger.entry(number)?;
        let tainted = self.own_money(entry.from, minor);
        Some(TaintedAnswer { tx_id: self.ledger.id(number).to_owned(), tainted })
    }

    /// Whose an amount is, most first.
    pub(crate) fn from(
        &self,
        seeds: &[(u32, i64)],
        currency: Currency,
        complained: &Complained,
    ) -> Vec<FromAnswer> {
        let mut seeds = seeds.to_vec();
        seeds.sort_by_key(|(seed, minor)| (std::cmp::Reverse(*minor), *seed));
        let complaints = |seed: &u32| {
            let numbers = complained.get(seed).into_iter().flatten();
            let complaints = numbers.filter_map(|n| self.data.complaints.get(*n as usize));
            complaints.map(|complaint| complaint.id.to_string()).collect()
        };
        let from = seeds.iter().take(MAX_FROM).map(|(seed, minor)| FromAnswer {
            tx_id: self.ledger.id(*seed).to_owned(),
            complaints: complaints(seed),
            amount: Money::new(*minor, currency),
        });
        from.collect()
    }

    /// Where money can still be stopped, the most urgent first.
    fn stop_payment(&self, traces: &[Trace]) -> Vec<StopAnswer> {
        let last = self.ledger.entries().next_back().map_or(0, |entry| entry.at);
        let mut arrived: BTreeMap<u32, i64> = BTreeMap::new();
        let amounts = traces.iter().filter(|trace| trace.rule != Rule::Poison);
        for resting in amounts.flat_map(|trace| &trace.resting) {
            let since = arrived.entry(resting.account).or_insert(resting.since);
            *since = (*since).max(resting.since);
        }
        let mut stops: Vec<StopAnswer> = range::over(traces)
            .into_iter()
            .filter_map(|range| {
                let since = *arrived.get(&range.account)?;
                let usd = |minor| self.usd(self.own_money(range.account, minor));
                let (low, high) = (usd(range.low_minor)?, usd(range.high_minor)?);
                let days = (last - since).max(0) as f64 / DAY_MICROSECONDS;
                let account = self.ledger.account(range.account);
                Some(StopAnswer {
                    bank: account.bank().to_owned(),
                    account: account.number().to_owned(),
                    country: self.data.country(&account),
                    low,
                    high,
                    since: Timestamp::from_microseconds(since).ok()?,
                    urgency: (high.amount_minor as f64 / (1.0 + days)).round() / 100.0,
                })
            })
            .collect();
        stops.sort_by(|a, b| b.urgency.total_cmp(&a.urgency));
        stops
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
