//! The pack: every fact of the law that the engine knows, checked and frozen.

use model::day::{Day, VagueDay};
use model::digest::Digest;
use model::measure::Measure;
use model::request::RequestKind;

use crate::advice::Bound;
use crate::authority::Authority;
use crate::fact::{Fact, Text};
use crate::instrument::Instrument;
use crate::rows::{Element, Side};

/// The facts. Invariants: ids are unique, every reference resolves, every fact has a source, and
/// no date contradicts another (`docs/law.md` lists what the checker refuses).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    pub(crate) instruments: Vec<Instrument>,
    pub(crate) measures: Vec<MeasureFacts>,
    pub(crate) conducts: Vec<Conduct>,
    pub(crate) offences: Vec<Offence>,
    pub(crate) timings: Vec<Timing>,
    /// What the product itself wants of each kind of request.
    pub(crate) minimum: Vec<OwnElement>,
    /// Who is competent for requests, where a source says so.
    pub(crate) authorities: Vec<Authority>,
    /// Penal codes, such as `VN Penal Code`, and the instruments that they are.
    pub(crate) codes: Vec<(String, String)>,
    pub(crate) name: String,
    /// Never nothing once the pack is read.
    pub(crate) made: Option<Day>,
    pub(crate) digest: Digest,
}

/// What the product itself wants of a kind of request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnElement {
    /// Of which kind.
    pub kind: RequestKind,
    /// What.
    pub element: Element,
}

/// What the pack says of a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureFacts {
    /// Which.
    pub measure: Measure,
    /// Its name.
    pub name: Text,
    /// On which way it usually goes.
    pub usual_channel: Text,
    /// In what its time is counted.
    pub planning_unit: String,
    /// Whether it is coercive.
    pub coercive: bool,
}

/// A conduct, and in which articles it is an offence: our own mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conduct {
    /// Its id, such as `computer_fraud`.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// By jurisdiction or treaty, such as `VN` or `budapest`: the articles.
    pub articles: Vec<(String, Vec<String>)>,
    /// The mapping and how far it goes.
    pub fact: Fact,
}

impl Conduct {
    /// The articles under one jurisdiction or treaty.
    pub fn under(&self, whose: &str) -> &[String] {
        let found = self.articles.iter().find(|(name, _)| name == whose);
        found.map_or(&[], |(_, articles)| articles)
    }
}

/// A clause of an offence with its penalty, in months of imprisonment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The clause's number.
    pub clause: String,
    /// The least.
    pub from_months: u32,
    /// The most.
    pub to_months: u32,
    /// Whether life is possible.
    pub life: bool,
    /// For preparation only.
    pub preparation: bool,
}

/// An offence of a penal code, or one that a treaty names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offence {
    /// A country's code, or a treaty's id.
    pub jurisdiction: String,
    /// The code's name, such as `Penal Code`; empty for a treaty.
    pub law: String,
    /// The article's number.
    pub article: String,
    /// Its name.
    pub name: Text,
    /// Its clauses that carry imprisonment.
    pub bands: Vec<Band>,
    /// Other articles that come before it.
    pub only_where_not: Vec<String>,
    /// Whether it was taken out of the code.
    pub repealed: bool,
    /// What was read, and where.
    pub fact: Fact,
}

/// A figure of time, or a statistic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timing {
    /// Its id, such as `preserve-min`.
    pub id: String,
    /// The smaller figure.
    pub low: Option<u32>,
    /// The larger one.
    pub high: Option<u32>,
    /// Of what.
    pub unit: String,
    /// How it is meant; nothing for a statistic, which no answer shows.
    pub bound: Option<Bound>,
    /// The instrument that says so, by its place in the pack.
    pub instrument: Option<usize>,
    /// Its id; empty where no instrument says so.
    pub instrument_id: String,
    /// The article.
    pub article: Option<String>,
    /// For which measures.
    pub measures: Vec<Measure>,
    /// Whose law has to be concerned.
    pub side: Side,
    /// What it is about, and where it was read.
    pub fact: Fact,
}

impl Pack {
    /// All instruments, in the order of their ids.
    pub fn instruments(&self) -> &[Instrument] {
        &self.instruments
    }

    /// The instrument with this id.
    pub fn instrument(&self, id: &str) -> Option<&Instrument> {
        self.instruments.iter().find(|instrument| instrument.id == id)
    }

    /// The conduct with this id.
    pub fn conduct(&self, id: &str) -> Option<&Conduct> {
        self.conducts.iter().find(|conduct| conduct.id == id)
    }

    /// All conducts.
    pub fn conducts(&self) -> &[Conduct] {
        &self.conducts
    }

    /// All offences.
    pub fn offences(&self) -> &[Offence] {
        &self.offences
    }

    /// What is known of the measures.
    pub fn measures(&self) -> &[MeasureFacts] {
        &self.measures
    }

    /// All figures of time.
    pub fn timings(&self) -> &[Timing] {
        &self.timings
    }

    /// What the product itself wants of requests.
    pub fn minimum(&self) -> &[OwnElement] {
        &self.minimum
    }

    /// Who is competent for requests, in the order of the pack.
    pub fn authorities(&self) -> &[Authority] {
        &self.authorities
    }

    /// The first day on which any instrument existed.
    pub fn first_day(&self) -> Option<Day> {
        let days = self.instruments.iter().flat_map(|one| [one.signed, one.in_force]);
        days.flatten().map(VagueDay::earliest).min()
    }

    /// The penal codes whose clauses it knows, such as `VN Penal Code`.
    pub fn laws(&self) -> Vec<&str> {
        self.codes.iter().map(|(code, _)| code.as_str()).collect()
    }

    /// The instrument that a penal code is.
    pub fn code(&self, offence: &Offence) -> Option<&Instrument> {
        let named = format!("{} {}", offence.jurisdiction, offence.law);
        let (_, id) = self.codes.iter().find(|(code, _)| *code == named)?;
        self.instrument(id)
    }

    /// Its name and the day on which it was made.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The day on which it was made.
    pub fn made(&self) -> Day {
        assert!(self.made.is_some(), "a pack that was read has its day");
        self.made.unwrap_or_else(|| unreachable!())
    }

    /// SHA-256 over the canonical listing of the pack's files.
    pub fn digest(&self) -> Digest {
        self.digest
    }
}
