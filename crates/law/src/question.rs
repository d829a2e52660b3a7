//! The question: who asks whom for what, about which conduct, on which day.

use model::country::Country;
use model::day::{Day, DayError};
use model::measure::Measure;
use model::request::RequestKind;

use crate::pack::{Band, Conduct, Offence, Pack};

/// A clause has at most so many characters.
pub const MAX_CLAUSE: usize = 80;

/// A question as people ask it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The state that asks.
    pub from: &'a str,
    /// The state that is asked.
    pub to: &'a str,
    /// The conduct's id.
    pub conduct: &'a str,
    /// The measure's id.
    pub measure: &'a str,
    /// The kind of request; nothing for the measure's usual one.
    pub kind: Option<RequestKind>,
    /// The charged clause, such as `VN Penal Code 174(2)`.
    pub clause: Option<&'a str>,
    /// The day of the request, such as `2026-07-01`.
    pub on: &'a str,
    /// Whether an organized criminal group is involved, where somebody says so.
    pub organised: Option<bool>,
    /// Whether the offence is transnational, where somebody says so.
    pub transnational: Option<bool>,
}

/// A question that the pack can answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Question<'p> {
    /// The state that asks. Invariant: not `to`.
    pub from: Country,
    /// The state that is asked.
    pub to: Country,
    /// The conduct; none for a question about treaties alone.
    pub conduct: Option<&'p Conduct>,
    /// The measure.
    pub measure: Measure,
    /// The kind of request. Invariant: it carries the measure.
    pub kind: RequestKind,
    /// The charged clause.
    pub clause: Option<Clause<'p>>,
    /// The day of the request.
    pub on: Day,
    /// Whether an organized criminal group is involved, where somebody says so.
    pub organised: Option<bool>,
    /// Whether the offence is transnational, where somebody says so.
    pub transnational: Option<bool>,
}

/// A charged clause that the pack knows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clause<'p> {
    /// Its article.
    pub offence: &'p Offence,
    /// The clause itself; nothing where only the article was named.
    pub band: Option<&'p Band>,
}

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuestionError {
    /// No country.
    #[error("{0:?} is no country")]
    Country(String),
    /// A state asks itself.
    #[error("{0} cannot ask itself")]
    SameState(Country),
    /// No measure.
    #[error("{0:?} is no measure")]
    Measure(String),
    /// The kind of request does not carry the measure.
    #[error("a request of kind {0} does not carry {1}")]
    Kind(RequestKind, Measure),
    /// No conduct of the pack, and those that it has.
    #[error("{0:?} is no conduct of the pack, which knows {1}")]
    Conduct(String, String),
    /// No clause of the pack, and what the pack knows there.
    #[error("{0:?} is no clause of the pack, which knows {1}")]
    Clause(String, String),
    /// No day.
    #[error(transparent)]
    Day(#[from] DayError),
    /// A day on which nothing in the pack existed yet.
    #[error("{0} is before the first instrument, of {1}")]
    BeforeInstruments(Day, Day),
}

impl QuestionError {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            QuestionError::Country(_) => "country_unknown",
            QuestionError::SameState(_) => "same_state",
            QuestionError::Measure(_) => "measure_unknown",
            QuestionError::Kind(..) => "measure_not_of_kind",
            QuestionError::Conduct(..) => "conduct_unknown",
            QuestionError::Clause(..) => "clause_unknown",
            QuestionError::Day(_) => "day_unreadable",
            QuestionError::BeforeInstruments(..) => "date_before_instruments",
        }
    }
}

impl<'p> Question<'p> {
    /// Reads a question against a pack.
    pub fn parse(pack: &'p Pack, asked: &Asked<'_>) -> Result<Question<'p>, QuestionError> {
        let country =
            |raw: &str| Country::parse(raw).map_err(|_| QuestionError::Country(shortened(raw)));
        let (from, to) = (country(asked.from)?, country(asked.to)?);
        if from == to {
            return Err(QuestionError::SameState(from));
        }
        let measure = Measure::parse(asked.measure.trim())
            .map_err(|error| QuestionError::Measure(error.0))?;
        let kind = asked.kind.unwrap_or(measure.kind());
        if !kind.carries(measure) {
            return Err(QuestionError::Kind(kind, measure));
        }
        let conduct = asked.conduct.trim();
        let known = || {
            let ids: Vec<&str> = pack.conducts().iter().map(|one| one.id.as_str()).collect();
            QuestionError::Conduct(shortened(conduct), ids.join(", "))
        };
        let conduct = pack.conduct(conduct).ok_or_else(known)?;
        let clause = asked.clause.map(|raw| Clause::parse(pack, raw)).transpose()?;
        let on = Day::parse(asked.on.trim())?;
        if let Some(first) = pack.first_day().filter(|first| on < *first) {
            return Err(QuestionError::BeforeInstruments(on, first));
        }
        let Asked { organised, transnational, .. } = *asked;
        Ok(Question {
            from,
            to,
            conduct: Some(conduct),
            measure,
            kind,
            clause,
            on,
            organised,
            transnational,
        })
    }
}

impl<'p> Clause<'p> {
    /// Reads `VN Penal Code 174(2)`, or the article without a clause.
    pub fn parse(pack: &'p Pack, raw: &str) -> Result<Clause<'p>, QuestionError> {
        let words: Vec<&str> = raw.split_whitespace().collect();
        let known = |found: &str| QuestionError::Clause(shortened(raw), found.to_owned());
        let laws = || pack.laws().join(", ");
        if raw.chars().count() > MAX_CLAUSE {
            return Err(known(&laws()));
        }
        let [country, law @ .., cited] = words.as_slice() else { return Err(known(&laws())) };
        let law = law.join(" ");
        let is_named = |offence: &&Offence| {
            !offence.law.is_empty()
                && offence.jurisdiction.eq_ignore_ascii_case(country)
                && offence.law.eq_ignore_ascii_case(&law)
        };
        if !pack.offences.iter().any(|offence| is_named(&offence)) {
            return Err(known(&laws()));
        }
        let (article, clause) = match cited.split_once('(') {
            Some((article, clause)) => (article, clause.strip_suffix(')')),
            None => (*cited, None),
        };
        if cited.contains('(') && clause.is_none() {
            return Err(known(&laws()));
        }
        let offence = pack.offences.iter().filter(is_named).find(|one| one.article == article);
        let articles = || {
            let named = pack.offences.iter().filter(is_named).filter(|one| !one.repealed);
            named.map(|one| one.article.as_str()).collect::<Vec<_>>().join(", ")
        };
        let offence = offence.filter(|one| !one.repealed).ok_or_else(|| known(&articles()))?;
        let Some(clause) = clause else { return Ok(Clause { offence, band: None }) };
        let band = offence.bands.iter().find(|band| band.clause == clause);
        let clauses = || {
            let cited = offence.bands.iter().map(|band| format!("{article}({})", band.clause));
            cited.collect::<Vec<_>>().join(", ")
        };
        Ok(Clause { offence, band: Some(band.ok_or_else(|| known(&clauses()))?) })
    }
}

fn shortened(raw: &str) -> String {
    model::refusal::shown(raw).to_string()
}
