//! `rings`: which accounts work together.

use std::collections::{BTreeMap, BTreeSet};

use graph::rings::{Member, Ring, Rings};
use i18n::Language;
use model::money::{Currency, Money};

use crate::answer::{
    AccountAnswer, HookUpAnswer, MemberAnswer, RingAnswer, RingsAnswer, ShareAnswer,
};
use crate::error::NodeError;
use crate::node::Node;
use crate::view::View;
use crate::wording;

impl Node {
    /// Finds the rings behind a case's complaints.
    pub fn rings(
        &mut self,
        by: &str,
        case: Option<&str>,
        language: Language,
    ) -> Result<RingsAnswer, NodeError> {
        let case = self.enter(by, "rings", case, "")?;
        self.view(&case, |view| Ok(view.rings_answer(&view.rings(), language)))
    }
}

impl View<'_> {
    fn rings_answer(&self, found: &Rings, language: Language) -> RingsAnswer {
        let id = |ring: usize| found.rings.get(ring).map(|r| self.ring_id(r)).unwrap_or_default();
        let hookups = found.hookups.iter().map(|hookup| {
            let via = AccountAnswer::from(&self.ledger.account(hookup.via));
            HookUpAnswer { rings: hookup.rings.map(id), via }
        });
        RingsAnswer {
            rings: found.rings.iter().map(|ring| self.ring_answer(ring, language)).collect(),
            hookups: hookups.collect(),
            unmatched: self.unmatched(),
        }
    }

    fn ring_answer(&self, ring: &Ring, language: Language) -> RingAnswer {
        let complaints =
            || ring.complaints.iter().filter_map(|c| self.data.complaints.get(*c as usize));
        let countries: BTreeSet<_> = ring
            .members
            .iter()
            .filter_map(|m| self.data.country(&self.ledger.account(m.account)))
            .collect();
        let shares = ring.shares.iter().map(|share| {
            let account = self.ledger.account(share.account);
            ShareAnswer {
                account: account.number().to_owned(),
                bank: account.bank().to_owned(),
                low: rounded(share.low),
                high: rounded(share.high),
            }
        });
        RingAnswer {
            id: self.ring_id(ring),
            complaints: complaints().map(|complaint| complaint.id.to_string()).collect(),
            accounts: ring.members.iter().map(|member| self.member(member, language)).collect(),
            countries: countries.into_iter().collect(),
            lost: sums(complaints().map(|complaint| complaint.amount)),
            shares: shares.collect(),
        }
    }

    fn member(&self, member: &Member, language: Language) -> MemberAnswer {
        let account = self.ledger.account(member.account);
        let evidence = member.evidence.iter().map(|fact| wording::evidence(language, self, fact));
        MemberAnswer {
            bank: account.bank().to_owned(),
            account: account.number().to_owned(),
            country: self.data.country(&account),
            role: member.role,
            score: rounded(member.score),
            evidence: evidence.collect(),
        }
    }
}

/// One sum a currency, in the order of the currencies.
pub(crate) fn sums(amounts: impl Iterator<Item = Money>) -> Vec<Money> {
    let mut sums: BTreeMap<Currency, i64> = BTreeMap::new();
    for money in amounts {
        let sum = sums.entry(money.currency).or_default();
        *sum = sum.saturating_add(money.amount_minor);
    }
    sums.into_iter().map(|(currency, minor)| Money::new(minor, currency)).collect()
}

/// Four decimals: more would pretend to a precision that is not there.
pub(crate) fn rounded(fraction: f64) -> f64 {
    (fraction * 10_000.0).round() / 10_000.0
}
