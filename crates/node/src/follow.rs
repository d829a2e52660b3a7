//! `follow`: transfers as they come. Of each is told at once which shapes it completes and what of
//! the victims' money it carries; the stream is imported when it ends.

use std::collections::BTreeMap;

use formats::kind::Kind;
use formats::open::{self, Row, Source};
use graph::live::{Live, News};
use graph::patterns::{Finding, Sighting, WINDOWS};
use graph::seeds;
use graph::trace::Rule;
use i18n::Language;
use model::complaint::Complaint;
use model::transfer::Transfer;

use crate::answer::{AccountAnswer, CarriedAnswer, NewsAnswer};
use crate::case_data::CaseData;
use crate::duty::Duty;
use crate::error::NodeError;
use crate::node::Node;
use crate::state::Case;
use crate::view::View;

/// A table of transfers that comes row by row.
#[derive(Clone, Copy)]
pub struct Stream<'s> {
    /// Its first lines, which tell what it is.
    pub head: &'s dyn Source,
    /// All of it; it is read once.
    pub whole: &'s dyn Source,
    /// What the person says about its columns: the text of a map.
    pub map: Option<&'s str>,
}

/// What came of a stream, beside what was told on the way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Followed {
    /// Transfers that were looked at as they came.
    pub looked_at: usize,
    /// Transfers that were not: earlier than what the case holds, or not to be added up.
    pub passed_over: usize,
}

impl Node {
    /// Looks at the transfers of a stream as they come. Nothing is kept: who calls imports the
    /// stream.
    pub fn follow(
        &mut self,
        by: &str,
        case: Option<&str>,
        stream: &Stream<'_>,
        tell: &mut dyn FnMut(&NewsAnswer),
        language: Language,
    ) -> Result<Followed, NodeError> {
        self.allow(by, Duty::Work)?;
        let case = self.enter(by, "follow", case, "")?;
        let options = self.options(Some(Kind::Transfers), stream.map, None)?;
        let opened = open::detect(stream.head, &options)?;
        let mut data = self.case_data(&case)?;
        let graph = self.graph(&case, &mut data)?;
        let ledger = data.ledger(&case, graph.as_ref(), &self.rates)?;
        let payments = seeds::payments(&ledger, &data.complaints, &self.rates);
        let known: Vec<u32> = payments.iter().flatten().copied().collect();
        let mut countries = BTreeMap::new();
        for account in 0..ledger.account_count() as u32 {
            countries.insert(account, data.country(&ledger.account(account)));
        }
        let border = |ledger: &graph::ledger::Ledger<'_>, account: u32| {
            let known = countries.get(&account).copied();
            let country = known.unwrap_or_else(|| data.country(&ledger.account(account)));
            let letters = country.map(|country| country.to_string());
            letters.map(|text| text.bytes().fold(0, |all, byte| all << 8 | u32::from(byte)))
        };
        let window = WINDOWS.last().copied().unwrap_or_default();
        let live = Live::new(ledger, &known, Box::new(border), &self.rates, window);
        let complaints = data.complaints.iter().zip(&payments);
        let open = complaints.filter(|(_, payment)| payment.is_none()).map(|(one, _)| one.clone());
        let (open, followed) = (open.collect(), Followed::default());
        let mut stage =
            Stage { node: self, case: &case, data: &data, live, open, followed, language };
        // Rows that cannot be taken are told of by the import.
        let mut sink = |row: Row| {
            if let Row::Transfer(_, transfer) = row
                && let Some(news) = stage.take(&transfer)
            {
                tell(&news);
            }
        };
        open::read(stream.whole, &opened, &options, &mut sink)?;
        Ok(stage.followed)
    }
}

/// A case while transfers come.
struct Stage<'s> {
    node: &'s Node,
    case: &'s Case,
    data: &'s CaseData,
    live: Live<'s>,
    /// Complaints whose payment no transfer has shown so far.
    open: Vec<Complaint>,
    followed: Followed,
    language: Language,
}

impl Stage<'_> {
    /// What a transfer brings to light; `None`: nothing.
    fn take(&mut self, transfer: &Transfer) -> Option<NewsAnswer> {
        let Ok(mut news) = self.live.take(transfer, false) else {
            self.followed.passed_over += 1;
            return None;
        };
        self.followed.looked_at += 1;
        let is_complained = self.ties(transfer);
        if is_complained {
            news = self.live.complain(news.number);
        }
        let amounts = |carried: &&(Rule, _)| carried.0 != Rule::Poison;
        let says_much = news.carried.iter().any(|carried| amounts(&carried));
        (is_complained || says_much || !news.sightings.is_empty())
            .then(|| self.answer(transfer, &news, is_complained))
    }

    /// Whether a transfer is the payment that a complaint speaks of.
    fn ties(&mut self, transfer: &Transfer) -> bool {
        let may = |complaint: &Complaint| {
            complaint.paid_to == transfer.to && complaint.victim.as_ref() == Some(&transfer.from)
        };
        let (ledger, rates) = (self.live.ledger(), &self.node.rates);
        let last = ledger.len() as u32 - 1;
        let is_paid = |complaint: &Complaint| {
            let one = std::slice::from_ref(complaint);
            may(complaint) && seeds::payments(ledger, one, rates).contains(&Some(last))
        };
        let before = self.open.len();
        let open = self.open.iter().filter(|complaint| !is_paid(complaint)).cloned();
        self.open = open.collect();
        self.open.len() < before
    }

    fn answer(&self, transfer: &Transfer, news: &News, is_complained: bool) -> NewsAnswer {
        let view = View {
            case: self.case,
            data: self.data,
            ledger: self.live.ledger(),
            rates: &self.node.rates,
            payments: &[],
        };
        let finding = |sighting: &Sighting| view.finding(&seen(sighting, &view), self.language);
        let carried = news.carried.iter().map(|(rule, carried)| CarriedAnswer {
            rule: rule.as_str(),
            amount: view.own_money(view.ledger.from(carried.entry), carried.out_minor),
        });
        NewsAnswer {
            tx_id: transfer.id.to_string(),
            at: transfer.at,
            from: AccountAnswer::from(&transfer.from),
            to: AccountAnswer::from(&transfer.to),
            sent: transfer.sent,
            complained: is_complained,
            carried: carried.collect(),
            findings: news.sightings.iter().map(finding).collect(),
        }
    }
}

/// A sighting as a finding of its own.
fn seen(sighting: &Sighting, view: &View<'_>) -> Finding {
    let ends = sighting.transfers.iter();
    let mut accounts: Vec<u32> =
        ends.flat_map(|entry| [view.ledger.from(*entry), view.ledger.to(*entry)]).collect();
    accounts.sort_unstable();
    accounts.dedup();
    Finding {
        name: sighting.shape.as_str().to_owned(),
        transfers: sighting.transfers.clone(),
        accounts,
        points: sighting.points(),
        reasons: sighting.reasons.clone(),
        sightings: Vec::new(),
    }
}
