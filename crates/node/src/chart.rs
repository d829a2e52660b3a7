//! `chart`: a ring, a case or an account's surroundings as a picture.

use std::collections::{BTreeMap, BTreeSet};

use graph::rings::{Ring, RingTransfer, Rings};
use graph::trace::{self, Rule};
use i18n::Language;
use model::account::Account;
use model::holding::HoldingKind;
use model::indicator::Tlp;
use model::role::Role;
use model::time::Timestamp;
use print::chart::{Chart, Edge, EdgeKind, MAX_DRAWN_NODES, Node as Drawn};

use crate::error::NodeError;
use crate::node::Node;
use crate::state::Case;
use crate::view::View;

/// What our own pictures and reports may be shared as until an officer decides otherwise.
pub(crate) const HANDLING: Tlp = Tlp::Amber;
/// Around one account at most this many others are drawn, those with the most money first.
const MAX_NEIGHBOURS: usize = 40;

/// What a picture or a report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// One ring, by its id.
    Ring(String),
    /// All rings of a case.
    Case(String),
    /// An account and those it deals with.
    Account(Account),
}

impl Subject {
    /// Reads `ring:ID`, `case:REF` or `account:BANK/NUMBER`.
    pub fn parse(raw: &str) -> Result<Subject, NodeError> {
        match raw.split_once(':') {
            Some(("ring", id)) if !id.is_empty() => Ok(Subject::Ring(id.to_ascii_uppercase())),
            Some(("case", case)) if !case.is_empty() => Ok(Subject::Case(case.to_owned())),
            Some(("account", pair)) => Ok(Subject::Account(Account::parse_pair(pair)?)),
            _ => Err(NodeError::BadSubject(raw.to_owned())),
        }
    }

    /// The case that the subject itself names.
    pub(crate) fn case(&self) -> Option<&str> {
        match self {
            Subject::Case(reference) => Some(reference),
            _ => None,
        }
    }

    /// In a few words, for the audit; the case is told beside it.
    pub(crate) fn told(&self) -> String {
        match self {
            Subject::Ring(id) => id.clone(),
            Subject::Case(_) => String::new(),
            Subject::Account(account) => account.to_string(),
        }
    }
}

impl Node {
    /// Draws a subject as SVG.
    pub fn chart(
        &mut self,
        by: &str,
        case: Option<&str>,
        subject: &Subject,
        language: Language,
    ) -> Result<String, NodeError> {
        let case = self.enter(by, "chart", subject.case().or(case), &subject.told())?;
        self.drawing(&case, subject, language)
    }

    /// Draws a subject of a case.
    pub(crate) fn drawing(
        &self,
        case: &Case,
        subject: &Subject,
        language: Language,
    ) -> Result<String, NodeError> {
        let made = self.made(language)?;
        self.view(case, |view| {
            let chart = match subject {
                Subject::Ring(id) => {
                    let rings = view.rings();
                    let ring = view.ring_of(&rings, id)?;
                    view.ring_chart(ring, &view.ring_title(ring, language), made, language)
                }
                Subject::Case(_) => view.overview(&view.rings(), made, language),
                Subject::Account(account) => view.account_chart(account, made, language)?,
            };
            Ok(print::svg::svg(&print::condense(&chart, MAX_DRAWN_NODES), language))
        })
    }

    /// Who made a picture, and when.
    pub(crate) fn made(&self, language: Language) -> Result<String, NodeError> {
        let agency = &self.identity()?.agency;
        Ok(format!("Lienket · {agency} · {}", i18n::moment(language, self.ports.clock.now())))
    }
}

/// Arrows in the making: by payer and payee.
#[derive(Default)]
struct Arrows(BTreeMap<(usize, usize), Vec<RingTransfer>>);

impl View<'_> {
    /// The ring of an id.
    pub(crate) fn ring_of<'r>(&self, rings: &'r Rings, id: &str) -> Result<&'r Ring, NodeError> {
        let found = rings.rings.iter().find(|ring| self.ring_id(ring).eq_ignore_ascii_case(id));
        found.ok_or_else(|| NodeError::UnknownRing(id.to_owned()))
    }

    pub(crate) fn ring_title(&self, ring: &Ring, language: Language) -> String {
        i18n::text_with(language, "chart-ring", &[("ring", self.ring_id(ring).as_str().into())])
    }

    /// A ring's accounts, its victims drawn as one for each account that they paid to.
    pub(crate) fn ring_chart(
        &self,
        ring: &Ring,
        title: &str,
        made: String,
        language: Language,
    ) -> Chart {
        let resting = self.resting(&ring.complaints);
        let (mut nodes, mut places) = (Vec::new(), BTreeMap::new());
        for member in &ring.members {
            places.insert(member.account, nodes.len());
            nodes.push(self.drawn(member.account, member.role, &resting));
        }
        // A launderer that another ring keeps is drawn here too: the money goes there.
        for transfer in ring.transfers.iter().filter(|transfer| !transfer.from_victim) {
            let Some(entry) = self.ledger.entry(transfer.entry) else { continue };
            places.entry(entry.to).or_insert_with(|| {
                nodes.push(self.drawn(entry.to, Role::Launderer, &resting));
                nodes.len() - 1
            });
        }
        let mut arrows = Arrows::default();
        let mut victims: BTreeMap<u32, (usize, BTreeSet<u32>)> = BTreeMap::new();
        for transfer in ring.transfers.iter().filter(|transfer| !transfer.is_guessed_victims()) {
            let Some(entry) = self.ledger.entry(transfer.entry) else { continue };
            let Some(to) = places.get(&entry.to).copied() else { continue };
            let from = if transfer.from_victim {
                let (place, payers) = victims.entry(entry.to).or_insert_with(|| {
                    nodes.push(victims_node());
                    (nodes.len() - 1, BTreeSet::new())
                });
                payers.insert(entry.from);
                Some(*place)
            } else {
                places.get(&entry.from).copied()
            };
            if let Some(from) = from {
                arrows.0.entry((from, to)).or_default().push(*transfer);
            }
        }
        for (place, payers) in victims.values() {
            if let Some(node) = nodes.get_mut(*place) {
                node.others = payers.len();
            }
        }
        let edges = self.edges(arrows);
        let notes = ["chart-note-lifo", "chart-note-rests"];
        let mut footnotes = notes.map(|note| i18n::text(language, note)).to_vec();
        footnotes.extend(self.guessed_note(&[ring], language));
        self.chart_of(title.to_owned(), nodes, edges, footnotes, made, language)
    }

    /// Says how many payments that look like victims' are left out of a picture.
    pub(crate) fn guessed_note(&self, rings: &[&Ring], language: Language) -> Option<String> {
        let transfers = rings.iter().flat_map(|ring| &ring.transfers);
        let count = transfers.filter(|transfer| transfer.is_guessed_victims()).count();
        let values = [("count", count.into())];
        (count > 0).then(|| i18n::text_with(language, "chart-note-alike", &values))
    }

    fn account_chart(
        &self,
        account: &Account,
        made: String,
        language: Language,
    ) -> Result<Chart, NodeError> {
        let unknown = || NodeError::UnknownAccount(account.to_string());
        let centre = self.ledger.number(account).ok_or_else(unknown)?;
        let mut flows: BTreeMap<(u32, u32), (i64, Vec<RingTransfer>)> = BTreeMap::new();
        for number in self.ledger.incoming(centre).iter().chain(self.ledger.outgoing(centre)) {
            let Some(entry) = self.ledger.entry(*number) else { continue };
            let usd = self.usd(self.own_money(entry.from, entry.out_minor));
            let (sum, transfers) = flows.entry((entry.from, entry.to)).or_default();
            *sum = sum.saturating_add(usd.map_or(0, |usd| usd.amount_minor));
            let out_minor = entry.out_minor;
            transfers.push(RingTransfer {
                entry: *number,
                out_minor,
                from_victim: false,
                is_covered: true,
            });
        }
        let left_out = flows.len().saturating_sub(MAX_NEIGHBOURS);
        let mut flows: Vec<_> = flows.into_iter().collect();
        flows.sort_by_key(|(_, (sum, _))| std::cmp::Reverse(*sum));
        flows.truncate(MAX_NEIGHBOURS);
        let (mut nodes, mut places) = (Vec::new(), BTreeMap::new());
        let mut arrows = Arrows::default();
        let none = BTreeMap::new();
        for ((from, to), (_, transfers)) in flows {
            let mut place = |account: u32| {
                *places.entry(account).or_insert_with(|| {
                    nodes.push(self.drawn(account, self.plain_role(account), &none));
                    nodes.len() - 1
                })
            };
            let ends = (place(from), place(to));
            arrows.0.entry(ends).or_default().extend(transfers);
        }
        let edges = self.edges(arrows);
        let values = [("account", account.to_string())];
        let values: Vec<_> = values.iter().map(|(k, v)| (*k, v.as_str().into())).collect();
        let title = i18n::text_with(language, "chart-account", &values);
        let mut footnotes = vec![i18n::text(language, "chart-note-account")];
        if left_out > 0 {
            let values = [("count", left_out.into())];
            footnotes.push(i18n::text_with(language, "chart-note-left-out", &values));
        }
        Ok(self.chart_of(title, nodes, edges, footnotes, made, language))
    }

    /// Whether a complaint of the case names the account as a victim's.
    pub(crate) fn is_victim(&self, account: u32) -> bool {
        let account = self.ledger.account(account);
        self.data.complaints.iter().any(|complaint| complaint.victim.as_ref() == Some(&account))
    }

    /// An account outside a ring is drawn as what its bank says it is.
    fn plain_role(&self, account: u32) -> Role {
        match self.kind(account) {
            HoldingKind::Exchange => Role::Exchange,
            HoldingKind::Wallet => Role::Wallet,
            _ if self.is_victim(account) => Role::Victim,
            _ => Role::Bystander,
        }
    }

    /// What of these complaints' money rests where under last in, first out: the rule that rings
    /// are grown by.
    pub(crate) fn resting(&self, complaints: &[u32]) -> BTreeMap<u32, i64> {
        let payment = |number: &u32| self.payments.get(*number as usize).copied().flatten();
        let seeds: Vec<u32> = complaints.iter().filter_map(payment).collect();
        let trace = trace::follow(self.ledger, &seeds, Rule::Lifo);
        trace.resting.iter().map(|resting| (resting.account, resting.tainted_minor)).collect()
    }

    pub(crate) fn drawn(&self, number: u32, role: Role, resting: &BTreeMap<u32, i64>) -> Drawn {
        let account = self.ledger.account(number);
        let rests = resting.get(&number).filter(|minor| **minor > 0);
        Drawn {
            bank: account.bank().to_owned(),
            number: account.number().to_owned(),
            country: self.data.country(&account),
            role,
            holder: if role == Role::Victim {
                String::new()
            } else {
                self.data.holder(&account).to_owned()
            },
            resting: rests.map(|minor| self.own_money(number, *minor)),
            others: 0,
        }
    }

    fn edges(&self, arrows: Arrows) -> Vec<Edge> {
        let edge = |((from, to), transfers): ((usize, usize), Vec<RingTransfer>)| {
            let entries = transfers.iter().filter_map(|t| self.ledger.entry(t.entry));
            let times = entries.clone().map(|entry| entry.at);
            let payer = entries.clone().next()?.from;
            let sum = transfers.iter().fold(0_i64, |sum, t| sum.saturating_add(t.out_minor));
            Some(Edge {
                from,
                to,
                money: self.own_money(payer, sum),
                transfers: transfers.len(),
                first: Timestamp::from_microseconds(times.clone().min()?).ok()?,
                last: Timestamp::from_microseconds(times.max()?).ok()?,
                kind: EdgeKind::Money,
            })
        };
        arrows.0.into_iter().filter_map(edge).collect()
    }

    pub(crate) fn chart_of(
        &self,
        title: String,
        nodes: Vec<Drawn>,
        edges: Vec<Edge>,
        footnotes: Vec<String>,
        made: String,
        language: Language,
    ) -> Chart {
        let first = edges.iter().map(|edge| edge.first).min();
        let last = edges.iter().map(|edge| edge.last).max();
        let span = first.zip(last).map(|(first, last)| {
            format!("{} – {}", i18n::date(language, first), i18n::date(language, last))
        });
        let subtitle = format!("{} · {}", self.case.reference, span.unwrap_or_default());
        let handling = HANDLING.label().to_owned();
        Chart { title, subtitle, handling, made, nodes, edges, footnotes }
    }
}

fn victims_node() -> Drawn {
    Drawn {
        bank: String::new(),
        number: String::new(),
        country: None,
        role: Role::Victim,
        holder: String::new(),
        resting: None,
        others: 1,
    }
}
