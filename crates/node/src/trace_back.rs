//! `trace --backward`: from given transfers to the victims' payments that fed them.

use std::collections::BTreeMap;

use graph::trace::backward::{self, Back};
use graph::trace::{MOST_TRANSFERS, Question, Rule, Trace};
use model::money::Money;

use crate::answer::{FedAnswer, OriginAnswer, RuleAnswer};
use crate::trace::Complained;
use crate::view::View;

impl View<'_> {
    /// Under each rule, which of the case's complaints fed the transfers, and through which others.
    /// First in first out and last in first out are run backwards and name every transfer on the
    /// way; rules that mix money in pools name the victims' payments; poison names all that may
    /// have fed them.
    pub(crate) fn backward(
        &self,
        transfers: &[u32],
        rules: &[Rule],
        openings: &BTreeMap<u32, i64>,
    ) -> BTreeMap<&'static str, RuleAnswer> {
        let complained = self.complained();
        let seeds: Vec<u32> = complained.keys().copied().collect();
        let mut watched = transfers.to_vec();
        watched.sort_unstable();
        watched.dedup();
        let mut question = Question::new(self.ledger, &seeds);
        question.watched = &watched;
        question.openings = openings;
        let amounts: Vec<Rule> = rules.iter().copied().filter(|r| *r != Rule::Poison).collect();
        let mut found = BTreeMap::new();
        for trace in question.follow(&amounts) {
            let rule = trace.rule;
            let fed = watched.iter().filter_map(|number| self.fed(*number, &trace, &complained));
            let mut answer = RuleAnswer { fed: fed.collect(), ..self.nothing(&trace) };
            match rule {
                Rule::Fifo | Rule::Lifo => {
                    let back = backward::back(&question, &watched, rule);
                    self.on_the_way(&back, &mut answer);
                }
                _ => self.payments_alone(&trace, &mut answer),
            }
            found.insert(rule.as_str(), answer);
        }
        if rules.contains(&Rule::Poison) {
            let (all, is_cut) = backward::upstream(self.ledger, &watched, &seeds, MOST_TRANSFERS);
            let whole = |number: &u32| {
                let entry = self.ledger.entry(*number)?;
                self.tainted(*number, entry.out_minor)
            };
            let transfers = all.iter().filter_map(whole).collect();
            let nothing = RuleAnswer::nothing();
            let answer = RuleAnswer { transfers, truncated: is_cut, ..nothing };
            found.insert(Rule::Poison.as_str(), answer);
        }
        found
    }

    fn nothing(&self, trace: &Trace) -> RuleAnswer {
        RuleAnswer { truncated: trace.cut.is_some(), ..RuleAnswer::nothing() }
    }

    /// The victims' payments in one transfer.
    fn fed(&self, number: u32, trace: &Trace, complained: &Complained) -> Option<FedAnswer> {
        let entry = self.ledger.entry(number)?;
        let parts = trace.watched.iter().find(|(watched, _)| *watched == number);
        let parts = parts.map_or(&[][..], |(_, parts)| parts.as_slice());
        let amount = self.own_money(entry.from, entry.out_minor);
        let known: i64 = parts.iter().map(|(_, minor)| minor).sum();
        Some(FedAnswer {
            tx_id: self.ledger.id(number).to_owned(),
            amount,
            from: self.from(parts, amount.currency, complained),
            other: Money::new(amount.amount_minor - known, amount.currency),
        })
    }

    fn on_the_way(&self, back: &Back, answer: &mut RuleAnswer) {
        answer.transfers =
            back.steps.iter().filter_map(|(number, minor)| self.tainted(*number, *minor)).collect();
        let origins = back.origins.iter().map(|(account, minor)| {
            let named = self.ledger.account(*account);
            OriginAnswer {
                bank: named.bank().to_owned(),
                account: named.number().to_owned(),
                amount: self.own_money(*account, *minor),
            }
        });
        answer.origins = origins.collect();
        answer.truncated |= back.is_cut;
    }

    /// The payments that fed the transfers, each with how much of what was asked for is from it:
    /// told in the payment's own currency where that is the asked one's, otherwise at the rate.
    fn payments_alone(&self, trace: &Trace, answer: &mut RuleAnswer) {
        let mut sums: BTreeMap<u32, i64> = BTreeMap::new();
        for (number, parts) in &trace.watched {
            let Some(asked) = self.ledger.entry(*number) else { continue };
            let from = self.ledger.currency(asked.from);
            for (seed, minor) in parts {
                let Some(entry) = self.ledger.entry(*seed) else { continue };
                let own = self.ledger.currency(entry.from);
                let told =
                    if own == from { Some(*minor) } else { self.rates.convert(*minor, from, own) };
                *sums.entry(*seed).or_default() += told.unwrap_or(0);
            }
        }
        answer.transfers =
            sums.into_iter().filter_map(|(seed, minor)| self.tainted(seed, minor)).collect();
    }
}

impl RuleAnswer {
    fn nothing() -> RuleAnswer {
        RuleAnswer {
            resting: Vec::new(),
            transfers: Vec::new(),
            fed: Vec::new(),
            origins: Vec::new(),
            truncated: false,
            cut_at: None,
        }
    }
}
