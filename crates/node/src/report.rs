//! `report`: a ring or a whole case as a document with its chart, its money and its evidence.

use std::collections::{BTreeMap, BTreeSet};

use graph::rings::{Ring, Rings};
use graph::trace::{Question, Resting, Rule, Trace};
use i18n::Language;
use model::account::Account;
use model::complaint::Complaint;
use model::money::{Currency, Money};
use print::chart::MAX_DRAWN_NODES;
use print::report::{
    AccountRow, ComplaintRow, HookupRow, RangeRow, RatesNote, Report, RestingRow, RuleTable,
    ShareRow, SourceRow,
};

use crate::chart::{HANDLING, Subject};
use crate::error::NodeError;
use crate::link::sums;
use crate::node::Node;
use crate::view::View;
use crate::wording;

impl Node {
    /// Writes a report on a ring or a case as one HTML page.
    pub fn report(
        &mut self,
        by: &str,
        case: Option<&str>,
        subject: &Subject,
        mask_victims: bool,
        language: Language,
    ) -> Result<String, NodeError> {
        if let Subject::Account(account) = subject {
            return Err(NodeError::BadSubject(account.to_string()));
        }
        let case = self.enter(by, "report", subject.case().or(case), &subject.told())?;
        let svg = self.drawing(&case, subject, language)?;
        let agency = self.identity()?.agency.clone();
        let made_at = self.ports.clock.now();
        self.view(&case, |view| {
            let rings = view.rings();
            let chosen: Vec<&Ring> = match subject {
                Subject::Ring(id) => vec![view.ring_of(&rings, id)?],
                _ => rings.rings.iter().collect(),
            };
            let title = match (subject, chosen.first()) {
                (Subject::Ring(_), Some(ring)) => view.ring_title(ring, language),
                _ => i18n::text_with(
                    language,
                    "chart-case",
                    &[("case", case.reference.as_str().into())],
                ),
            };
            let mut report = view.report(&rings, &chosen, mask_victims, language);
            if matches!(subject, Subject::Ring(_)) {
                report.notes.insert(0, i18n::text(language, "note-ring-only"));
            }
            report.title = title;
            report.agency = agency;
            report.made_at = made_at;
            report.chart_svg = svg;
            Ok(print::html::html(&report, language))
        })
    }
}

impl View<'_> {
    fn report(&self, rings: &Rings, chosen: &[&Ring], mask: bool, language: Language) -> Report {
        let numbers: BTreeSet<u32> =
            chosen.iter().flat_map(|ring| &ring.complaints).copied().collect();
        let complaints: Vec<(usize, &Complaint)> = numbers
            .iter()
            .filter_map(|n| Some((*n as usize, self.data.complaints.get(*n as usize)?)))
            .collect();
        let payment = |number: usize| self.payments.get(number).copied().flatten();
        let seeds: Vec<u32> = complaints.iter().filter_map(|(n, _)| payment(*n)).collect();
        let traces = Question::new(self.ledger, &seeds).follow(&Rule::ALL);
        let complaint_rows = complaints.iter().map(|(number, complaint)| ComplaintRow {
            id: complaint.id.to_string(),
            agency: complaint.agency.to_string(),
            reported_at: complaint.reported_at,
            victim: complaint.victim.as_ref().map(|v| victim(v, mask)).unwrap_or_default(),
            paid_to: complaint.paid_to.to_string(),
            amount: complaint.amount,
            transfer: payment(*number).map(|number| self.ledger.id(number).to_owned()),
        });
        let masks = if mask { self.masks(chosen) } else { Masks::new() };
        let lost = sums(complaints.iter().map(|(_, complaint)| complaint.amount));
        Report {
            title: String::new(),
            agency: String::new(),
            case: format!("{} · {}", self.case.reference, self.case.title),
            handling: HANDLING.label().to_owned(),
            made_at: self.case.opened_at,
            summary: self.summary(chosen, &lost, &traces, language),
            chart_svg: String::new(),
            accounts: self.account_rows(chosen, language),
            rules: traces.iter().map(|trace| self.rule_table(trace, &masks)).collect(),
            ranges: self
                .ranges(&traces)
                .into_iter()
                .map(|r| {
                    let number = masked(&r.bank, r.account, &masks);
                    RangeRow { bank: r.bank, number, low: r.low, high: r.high }
                })
                .collect(),
            shares: self.share_rows(chosen),
            complaints: complaint_rows.collect(),
            hookups: self.hookup_rows(rings, chosen),
            sources: self.source_rows(language),
            rates: Some(RatesNote {
                as_of: self.rates.as_of.clone(),
                source: self.rates.source.clone(),
            }),
            notes: self.notes(language),
        }
    }

    /// How victims' accounts are written where they also hold traced money; a ring's own members
    /// are named.
    fn masks(&self, chosen: &[&Ring]) -> Masks {
        let members: BTreeSet<Account> = chosen
            .iter()
            .flat_map(|ring| &ring.members)
            .map(|member| self.ledger.account(member.account))
            .collect();
        let victims: BTreeSet<&Account> =
            self.data.complaints.iter().filter_map(|complaint| complaint.victim.as_ref()).collect();
        let hidden = victims.into_iter().filter(|victim| !members.contains(*victim)).enumerate();
        hidden
            .map(|(number, account)| {
                let key = (account.bank().to_owned(), account.number().to_owned());
                (key, format!("{} ({})", last_digits(account.number()), number + 1))
            })
            .collect()
    }

    fn summary(
        &self,
        chosen: &[&Ring],
        lost: &[Money],
        traces: &[Trace],
        language: Language,
    ) -> Vec<(String, String)> {
        let money = |sums: &[Money]| {
            let words: Vec<String> = sums.iter().map(|sum| i18n::money(language, sum)).collect();
            words.join(" + ")
        };
        let resting: Vec<i64> = traces
            .iter()
            .filter(|trace| trace.rule != Rule::Poison)
            .map(|trace| self.resting_usd(trace).amount_minor)
            .collect();
        let span = |low: i64, high: i64| {
            let words =
                [low, high].map(|cents| i18n::money(language, &Money::new(cents, Currency::USD)));
            if low == high { words[0].clone() } else { words.join(" – ") }
        };
        let accounts: usize = chosen.iter().map(|ring| ring.members.len()).sum();
        let complaints: usize = chosen.iter().map(|ring| ring.complaints.len()).sum();
        let countries: BTreeSet<_> = chosen
            .iter()
            .flat_map(|ring| &ring.members)
            .filter_map(|member| self.data.country(&self.ledger.account(member.account)))
            .collect();
        let names: Vec<String> = countries.iter().map(|c| i18n::country(language, *c)).collect();
        let rests = span(
            resting.iter().copied().min().unwrap_or(0),
            resting.iter().copied().max().unwrap_or(0),
        );
        let line = |key: &str, value: String| (i18n::text(language, key), value);
        vec![
            line("summary-lost", money(lost)),
            line("summary-resting", rests),
            line("summary-accounts", i18n::number(language, accounts as i64)),
            line("summary-complaints", i18n::number(language, complaints as i64)),
            line("summary-countries", names.join(", ")),
            line("summary-rings", i18n::number(language, chosen.len() as i64)),
        ]
    }

    fn account_rows(&self, chosen: &[&Ring], language: Language) -> Vec<AccountRow> {
        let members = chosen.iter().flat_map(|ring| &ring.members);
        let row = |member: &graph::rings::Member| {
            let account = self.ledger.account(member.account);
            let evidence =
                member.evidence.iter().map(|fact| wording::evidence(language, self, fact));
            AccountRow {
                bank: account.bank().to_owned(),
                number: account.number().to_owned(),
                country: self.data.country(&account),
                role: member.role,
                holder: self.data.holder(&account).to_owned(),
                score: member.score,
                evidence: evidence.collect(),
            }
        };
        members.map(row).collect()
    }

    fn resting_usd(&self, trace: &Trace) -> Money {
        let usd = |resting: &Resting| {
            self.usd(self.own_money(resting.account, resting.tainted_minor))
                .map_or(0, |m| m.amount_minor)
        };
        Money::new(trace.resting.iter().map(usd).fold(0, i64::saturating_add), Currency::USD)
    }

    fn rule_table(&self, trace: &Trace, masks: &Masks) -> RuleTable {
        let answer = self.rule(trace, &Default::default());
        let rows = answer.resting.into_iter().map(|resting| RestingRow {
            number: masked(&resting.bank, resting.account, masks),
            bank: resting.bank,
            country: resting.country,
            tainted: resting.tainted,
            tainted_usd: resting.tainted_usd,
            since: Some(resting.since),
        });
        RuleTable {
            rule: trace.rule.as_str().to_owned(),
            resting_usd: (trace.rule != Rule::Poison).then(|| self.resting_usd(trace)),
            rows: rows.collect(),
            truncated: answer.truncated,
        }
    }

    fn share_rows(&self, chosen: &[&Ring]) -> Vec<ShareRow> {
        let mut rows = Vec::new();
        for ring in chosen {
            for share in &ring.shares {
                let account = self.ledger.account(share.account);
                let member = ring.members.iter().find(|member| member.account == share.account);
                rows.push(ShareRow {
                    bank: account.bank().to_owned(),
                    number: account.number().to_owned(),
                    role: member.map_or(model::role::Role::Launderer, |member| member.role),
                    holder: self.data.holder(&account).to_owned(),
                    low: share.low,
                    high: share.high,
                });
            }
        }
        rows
    }

    fn hookup_rows(&self, rings: &Rings, chosen: &[&Ring]) -> Vec<HookupRow> {
        let id = |n: usize| rings.rings.get(n).map(|ring| self.ring_id(ring)).unwrap_or_default();
        let is_chosen = |n: usize| {
            rings
                .rings
                .get(n)
                .is_some_and(|ring| chosen.iter().any(|other| std::ptr::eq(*other, ring)))
        };
        let touches = |hookup: &&graph::rings::HookUp| hookup.rings.iter().any(|n| is_chosen(*n));
        let row = |hookup: &graph::rings::HookUp| {
            let [mut ring, mut other] = hookup.rings;
            if !is_chosen(ring) {
                std::mem::swap(&mut ring, &mut other);
            }
            let via = self.ledger.account(hookup.via);
            HookupRow {
                ring: id(ring),
                other: id(other),
                bank: via.bank().to_owned(),
                number: via.number().to_owned(),
                money: None,
            }
        };
        rings.hookups.iter().filter(touches).map(row).collect()
    }

    fn source_rows(&self, language: Language) -> Vec<SourceRow> {
        let row = |file: &crate::event::ImportedFile| SourceRow {
            name: file.name.clone(),
            kind: i18n::text(language, &format!("kind-{}", file.kind)),
            rows: file.accepted as usize,
            digest: file.original,
        };
        self.case.files.iter().map(row).collect()
    }

    fn notes(&self, language: Language) -> Vec<String> {
        let mut notes = Vec::new();
        let unmatched = self.unmatched().len();
        if unmatched > 0 {
            notes.push(i18n::text_with(language, "note-unmatched", &[("count", unmatched.into())]));
        }
        if self.ledger.unrated() > 0 {
            let values = [("count", self.ledger.unrated().into())];
            notes.push(i18n::text_with(language, "note-unrated", &values));
        }
        notes.push(i18n::text_with(language, "note-drawn", &[("count", MAX_DRAWN_NODES.into())]));
        notes
    }
}

/// Bank and number of an account, and what stands for the number. The count behind the digits keeps
/// accounts apart whose last digits are the same.
type Masks = BTreeMap<(String, String), String>;

fn masked(bank: &str, number: String, masks: &Masks) -> String {
    masks.get(&(bank.to_owned(), number.clone())).cloned().unwrap_or(number)
}

/// A victim's account, or only its bank and last digits.
fn victim(account: &Account, mask: bool) -> String {
    if mask {
        format!("{}/{}", account.bank(), last_digits(account.number()))
    } else {
        account.to_string()
    }
}

fn last_digits(number: &str) -> String {
    let tail: Vec<char> = number.chars().rev().take(3).collect();
    format!("•••{}", tail.into_iter().rev().collect::<String>())
}
