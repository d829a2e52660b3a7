//! `resolve` and `rings`: who belongs together.

use std::collections::{BTreeMap, BTreeSet};

use graph::resolve::{self, Record};
use graph::rings::{Member, Ring, Rings};
use i18n::Language;
use model::identifier::Identifier;
use model::money::{Currency, Money};

use crate::answer::{
    AccountAnswer, EntityAnswer, HookUpAnswer, MemberAnswer, Resolved, RingAnswer, RingsAnswer,
    ShareAnswer, SuppressedAnswer,
};
use crate::error::NodeError;
use crate::node::Node;
use crate::view::View;
use crate::wording;

impl Node {
    /// Joins what complaints and banks say of persons and contacts.
    pub fn resolve(
        &mut self,
        by: &str,
        case: Option<&str>,
        language: Language,
    ) -> Result<Resolved, NodeError> {
        let case = self.enter(by, "resolve", case, "")?;
        let data = self.case_data(&case)?;
        let holdings = data.holdings();
        let holdings = holdings.values().map(|holding| {
            let account = Identifier::of_account(&holding.account, holding.country);
            let identifiers = holding.identifiers.iter().cloned().chain([account]).collect();
            Record { name: holding.account.to_string().into(), identifiers }
        });
        let complaints =
            data.complaints.iter().filter(|c| !c.suspects.is_empty()).map(|complaint| {
                let name = format!("{}/{}", complaint.agency, complaint.id).into();
                Record { name, identifiers: complaint.suspects.clone() }
            });
        let records: Vec<Record> = holdings.chain(complaints).collect();
        let found = resolve::resolve(&records);
        let entities = found.entities.iter().map(|entity| EntityAnswer {
            id: entity.id.clone(),
            identifiers: entity.identifiers.iter().map(wording::identifier).collect(),
            because: entity
                .reasons
                .iter()
                .map(|reason| wording::joined(language, reason, &records))
                .collect(),
        });
        let suppressed = found.suppressed.iter().map(|suppressed| SuppressedAnswer {
            kind: suppressed.identifier.kind().as_str(),
            value: suppressed.identifier.value().to_owned(),
            seen: suppressed.seen,
        });
        Ok(Resolved { entities: entities.collect(), suppressed: suppressed.collect() })
    }

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
            let via = self.ledger.account(hookup.via);
            HookUpAnswer {
                rings: hookup.rings.map(id),
                via: AccountAnswer {
                    bank: via.bank().to_owned(),
                    account: via.number().to_owned(),
                },
            }
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
