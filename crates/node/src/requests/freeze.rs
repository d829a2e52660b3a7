//! A freeze in a minute: from a victim's complaint to requests for the accounts abroad on which the
//! traced money rests, each for that much of it and no more, each with the day on which it lapses.
//!
//! The node draws up; officers approve and send. A draft for the victim's bank (camt.056) lies
//! beside each request whose money banks can name.

use formats::camt056::{Edition, MAX_PAYMENTS, Payment, Recall, write};
use graph::trace::{Question, Rule};
use i18n::Language;
use model::account::Account;
use model::country::Country;
use model::money::Money;
use model::time::Timestamp;

use super::draft::{Change, NewRequest};
use super::{clock, error::RequestError};
use crate::answer::{Freezes, FrozenAnswer};
use crate::duty::Duty;
use crate::error::NodeError;
use crate::messages::HandlingWords;
use crate::node::Node;
use crate::trace::Seeds;
use crate::view::View;
use crate::wording;

/// A freeze lapses after so many days unless somebody says otherwise.
const USUAL_DAYS: i64 = 30;
/// So many requests come of one command at most, for the largest sums.
const MAX_ACCOUNTS: usize = 50;

/// What is to be frozen.
#[derive(Debug, Clone)]
pub struct Freeze {
    /// The complaints: `ID` or `AGENCY/ID`.
    pub complaints: Vec<String>,
    /// The case; the default case where it is left out.
    pub case: Option<String>,
    /// The rule that says which money is the victim's.
    pub rule: Rule,
    /// The conduct.
    pub conduct: String,
    /// The clause that is charged.
    pub clause: Option<String>,
    /// The partner, where a country has several.
    pub to: Option<String>,
    /// Only these accounts, `BANK/NUMBER`, also where nobody has said in which country they are.
    pub accounts: Vec<String>,
    /// After how many days it lapses.
    pub days: Option<i64>,
}

/// Money that rests abroad.
struct Found {
    account: Account,
    /// Where it is held; `None`: nobody has said.
    country: Option<Country>,
    traced: Money,
    /// What the oldest of it came with.
    since: Timestamp,
    payments: Vec<Payment>,
    complaints: Vec<String>,
    /// The account that the victim paid from.
    origin: Option<Account>,
}

impl Node {
    /// Draws up freeze requests for the money of complaints.
    pub fn freeze(
        &mut self,
        by: &str,
        freeze: &Freeze,
        language: Language,
    ) -> Result<Freezes, NodeError> {
        self.allow(by, Duty::Work)?;
        let about = freeze.complaints.join(" ");
        let case = self.enter(by, "freeze", freeze.case.as_deref(), &about)?;
        let own = self.identity()?.country;
        let (found, unmatched) = self.view(&case, |view| view.abroad(freeze, own))?;
        let mut answer = Freezes { accounts: Vec::new(), unmatched };
        for one in found {
            let drawn = self.draw_up(by, freeze, &case.reference, &one);
            let (request, error) = match drawn {
                Ok(checked) => (Some(checked), None),
                Err(error @ (NodeError::Port(_) | NodeError::Exchange(_))) => return Err(error),
                Err(error) => (None, Some(wording::error(language, &error))),
            };
            let id = request.as_ref().map(|one| one.request.clone());
            answer.accounts.push(FrozenAnswer {
                bank: one.account.bank().to_owned(),
                account: one.account.number().to_owned(),
                country: one.country,
                tainted: one.traced,
                since: one.since,
                camt056: id.and_then(|id| self.bank_draft(&id, &one)),
                request,
                error,
            });
        }
        match answer.accounts.is_empty() && answer.unmatched.is_empty() {
            true => Err(RequestError::NothingAbroad(about).into()),
            false => Ok(answer),
        }
    }

    fn draw_up(
        &mut self,
        by: &str,
        freeze: &Freeze,
        case: &str,
        found: &Found,
    ) -> Result<crate::answer::RequestChecked, NodeError> {
        let account = found.account.to_string();
        // Nobody is asked to hold what lies, or may lie, in another country.
        let to = match (&freeze.to, found.country) {
            (Some(to), Some(country)) if self.addressee(to)?.1 == country => to.clone(),
            (Some(_), Some(country)) => country.to_string(),
            (None, Some(country)) => country.to_string(),
            (Some(to), None) if freeze.accounts.contains(&account) => to.clone(),
            _ => return Err(RequestError::PlaceUnknown(account).into()),
        };
        let new = NewRequest {
            kind: "freeze".to_owned(),
            to,
            measure: "stop_payment".to_owned(),
            conduct: freeze.conduct.clone(),
            clause: freeze.clause.clone(),
            case: Some(case.to_owned()),
            is_urgent: true,
            handling: HandlingWords::default(),
            ..NewRequest::default()
        };
        let now = self.ports.clock.now();
        let days = freeze.days.unwrap_or(USUAL_DAYS).clamp(1, 3_650);
        let expiry: String = clock::later(days, now).to_string().chars().take(10).collect();
        let agency = self.identity()?.agency.clone();
        let set = texts(freeze, found, (&agency, &expiry), self.conduct_name(&freeze.conduct)?);
        let set = set.into_iter().filter(|(id, _)| self.knows_element(id));
        let set = set.map(|(id, text)| format!("{id}={text}")).collect();
        self.new_request(by, new, &Change { set, ..Change::default() }, &[])
    }

    /// The draft for the victim's bank.
    fn bank_draft(&self, id: &str, found: &Found) -> Option<String> {
        let first = found.payments.first()?;
        let recall = Recall {
            id: id.to_owned(),
            made: self.ports.clock.now(),
            agency: self.identity().ok()?.agency.clone(),
            from_bank: first.from.bank().to_owned(),
            to_bank: found.account.bank().to_owned(),
            payments: found.payments.clone(),
        };
        write(&recall, Edition::V08).ok()
    }
}

/// What the trace says, by element. Both languages stand below each other: officers of two
/// countries read it.
fn texts(
    freeze: &Freeze,
    found: &Found,
    (agency, expiry): (&str, &str),
    conduct: [String; 2],
) -> Vec<(&'static str, String)> {
    let sum = format!("{} {}", found.traced.decimal(), found.traced.currency.code());
    let transfers: Vec<&str> = found.payments.iter().take(20).map(|one| one.id.as_str()).collect();
    let (transfers, complaints) = (transfers.join(", "), found.complaints.join(", "));
    let account = found.account.to_string();
    let origin = found.origin.as_ref().map(Account::to_string).unwrap_or_default();
    let clause = freeze.clause.clone().unwrap_or_else(|| freeze.conduct.clone());
    let since = found.since.to_string();
    let rule = format!("rule-{}", freeze.rule.as_str());
    let say = |language, key: &str| {
        let rule = i18n::text(language, &rule);
        let values = [
            ("sum", sum.as_str().into()),
            ("transfers", transfers.as_str().into()),
            ("complaints", complaints.as_str().into()),
            ("account", account.as_str().into()),
            ("origin", origin.as_str().into()),
            ("expiry", expiry.into()),
            ("since", since.as_str().into()),
            ("rule", rule.as_str().into()),
            ("agency", agency.into()),
            ("clause", clause.as_str().into()),
        ];
        i18n::text_with(language, key, &values)
    };
    let both = |key: &str| format!("{}\n{}", say(Language::Vi, key), say(Language::En, key));
    vec![
        ("offence", clause.clone()),
        ("fraud_type", conduct.join("\n")),
        ("facts", both("freeze-facts")),
        ("account", account.clone()),
        ("beneficiary", account.clone()),
        ("tainted_amount", found.traced.decimal()),
        ("currency", found.traced.currency.code().to_owned()),
        ("transfer_time", since.clone()),
        ("transaction", transfers.clone()),
        ("origin", origin.clone()),
        ("initiator", both("freeze-initiator")),
        ("complaint", complaints.clone()),
        ("hold_asked", both("freeze-hold")),
        ("contact", agency.to_owned()),
        ("tracing_rule", both(&rule)),
        ("expiry", expiry.to_owned()),
        ("formal_follow_up", both("freeze-formal")),
        ("liability_undertaking", both("freeze-liability")),
    ]
}

impl View<'_> {
    /// Accounts abroad on which the money of complaints rests, most first; and complaints without a
    /// payment.
    fn abroad(
        &self,
        freeze: &Freeze,
        own: Country,
    ) -> Result<(Vec<Found>, Vec<String>), NodeError> {
        let wanted = Seeds::Complaints(freeze.complaints.clone());
        let (seeds, unmatched) = self.seeds(&wanted)?;
        let complained = self.complained();
        let mut found = Vec::new();
        for trace in Question::new(self.ledger, &seeds).follow(&[freeze.rule]) {
            for resting in &trace.resting {
                let account = self.ledger.account(resting.account);
                let country = self.data.country(&account);
                let picked = &freeze.accounts;
                let is_picked = picked.is_empty() || picked.contains(&account.to_string());
                let since = Timestamp::from_microseconds(resting.since).ok();
                let Some(since) = since.filter(|_| is_picked && country != Some(own)) else {
                    continue;
                };
                let traced = self.own_money(resting.account, resting.tainted_minor);
                let carried = trace.transfers.iter().filter_map(|one| {
                    let entry = self.ledger.entry(one.entry)?;
                    (entry.to == resting.account).then_some((one, entry))
                });
                let payments = carried.filter_map(|(one, entry)| {
                    Some(Payment {
                        id: self.ledger.id(one.entry).to_owned(),
                        at: Timestamp::from_microseconds(entry.at).ok()?,
                        amount: entry.sent,
                        from: self.ledger.account(entry.from),
                        to: account.clone(),
                        traced: self.own_money(resting.account, one.in_minor),
                    })
                });
                let payments: Vec<Payment> = payments.take(MAX_PAYMENTS).collect();
                let numbers = resting.seeds.iter().filter_map(|(seed, _)| complained.get(seed));
                let numbers: Vec<u32> = numbers.flatten().copied().collect();
                let all = numbers.iter().filter_map(|n| self.data.complaints.get(*n as usize));
                let all: Vec<_> = all.collect();
                found.push(Found {
                    account,
                    country,
                    traced,
                    since,
                    payments,
                    complaints: all
                        .iter()
                        .map(|one| format!("{}/{}", one.agency, one.id))
                        .collect(),
                    origin: all.iter().find_map(|one| one.victim.clone()),
                });
            }
        }
        let cents = |one: &Found| self.usd(one.traced).map_or(0, |usd| usd.amount_minor);
        found.sort_by_key(|one| std::cmp::Reverse(cents(one)));
        found.truncate(MAX_ACCOUNTS);
        Ok((found, unmatched))
    }
}
