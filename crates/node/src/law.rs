//! LAW: questions put to the law pack, and its answers in words.
//!
//! The engine is the crate `law`; it needs no node. Here its codes become sentences in a language.

mod changes;
mod health;
pub mod installed;
pub mod packs;
mod refusal;
mod words;

use ::law::fault::PackFault;
use ::law::gap::Gap;
use ::law::pack::Pack;
use ::law::{Asked, Question, QuestionError, basis as advise, survey};
use i18n::Language;
use model::country::Country;
use model::day::Day;
use model::measure::Measure;

pub use self::health::PackHealth;
pub use self::refusal::PackRefusal;
use self::words::Words;
use crate::answer::{
    BasisAnswer, ChangedAnswer, FaultAnswer, GapsAnswer, PackAnswer, ProvidedAnswer, SupposedAnswer,
};

/// Why a question to the law pack has no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LawError {
    /// The question itself.
    #[error(transparent)]
    Question(#[from] QuestionError),
    /// No instrument of the pack.
    #[error("{0:?} is no instrument of the pack")]
    Instrument(String, String),
    /// The pack has faults.
    #[error("the pack has faults: {0}")]
    Faulty(String),
    /// The installed pack's file is missing or damaged: its name, and why.
    #[error("the installed pack {0} is lost: {1}")]
    Lost(String, String),
    /// The installed pack does not fit this program: its name, and its first fault.
    #[error("the installed pack {0} does not fit this program: {1}")]
    Unfit(String, String),
}

/// The codes of all refusals of this file, each of which has a text for people.
pub const CODES: &[&str] = &[
    "same_state",
    "measure_unknown",
    "measure_not_of_kind",
    "conduct_unknown",
    "clause_unknown",
    "day_unreadable",
    "date_before_instruments",
    "instrument_unknown",
    "pack_faulty",
    "law_pack_lost",
    "law_pack_unfit",
    "pack_unreadable",
];

impl LawError {
    /// A pack with these faults, of which the first is told.
    pub fn faulty(faults: &[PackFault]) -> LawError {
        LawError::Faulty(faults.first().map(ToString::to_string).unwrap_or_default())
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            LawError::Question(error) => error.code(),
            LawError::Instrument(..) => "instrument_unknown",
            LawError::Faulty(_) => "pack_faulty",
            LawError::Lost(..) => "law_pack_lost",
            LawError::Unfit(..) => "law_pack_unfit",
        }
    }

    /// The offending value, and what would be right.
    pub fn values(&self) -> (String, String) {
        match self {
            LawError::Question(error) => match error {
                QuestionError::Country(raw) => (raw.clone(), String::new()),
                QuestionError::SameState(state) => (state.to_string(), String::new()),
                QuestionError::Measure(raw) => {
                    (raw.clone(), Measure::ALL.map(Measure::id).join(", "))
                }
                QuestionError::Kind(kind, measure) => (kind.to_string(), measure.to_string()),
                QuestionError::Conduct(raw, known) | QuestionError::Clause(raw, known) => {
                    (raw.clone(), known.clone())
                }
                QuestionError::Day(error) => (error.0.clone(), String::new()),
                QuestionError::BeforeInstruments(day, first) => {
                    (day.to_string(), first.to_string())
                }
                other => (other.to_string(), String::new()),
            },
            LawError::Instrument(raw, known) => (raw.clone(), known.clone()),
            LawError::Faulty(first) => (first.clone(), String::new()),
            LawError::Lost(name, cause) | LawError::Unfit(name, cause) => {
                (name.clone(), cause.clone())
            }
        }
    }

    /// Whether it is a word of the command line that means nothing.
    pub fn is_word(&self) -> bool {
        matches!(
            self,
            LawError::Instrument(..)
                | LawError::Question(
                    QuestionError::Country(_)
                        | QuestionError::Measure(_)
                        | QuestionError::Conduct(..)
                        | QuestionError::Day(_)
                        | QuestionError::SameState(_)
                        | QuestionError::Kind(..)
                )
        )
    }
}

/// The built-in pack. A program whose pack has faults has not passed its tests.
pub fn builtin() -> Result<&'static Pack, LawError> {
    Pack::builtin().map_err(LawError::faulty)
}

/// `law basis`.
pub fn basis(pack: &Pack, asked: &Asked<'_>, language: Language) -> Result<BasisAnswer, LawError> {
    let question = Question::parse(pack, asked)?;
    Ok(Words { pack, language }.basis(&question, &advise(pack, &question)))
}

/// `law gaps`.
pub fn gaps(
    pack: &Pack,
    country: &str,
    on: Day,
    language: Language,
) -> Result<GapsAnswer, LawError> {
    let country = read_country(country)?;
    let words = Words { pack, language };
    let missing = survey::gaps(pack, country, on);
    Ok(GapsAnswer {
        country: country.to_string(),
        on: on.to_string(),
        gaps: missing.iter().map(|one| words.missing(country, one)).collect(),
        pack: pack.digest().to_string(),
    })
}

/// `law suppose`, without the requests of a node.
pub fn suppose(
    pack: &Pack,
    instrument: &str,
    parties: &[String],
    country: &str,
    on: Day,
    language: Language,
) -> Result<SupposedAnswer, LawError> {
    let country = read_country(country)?;
    let parties: Vec<Country> =
        parties.iter().map(|raw| read_country(raw)).collect::<Result<_, _>>()?;
    if pack.instrument(instrument).is_none() {
        let known: Vec<&str> = pack.instruments().iter().map(|one| one.id.as_str()).collect();
        return Err(LawError::Instrument(instrument.to_owned(), known.join(", ")));
    }
    let words = Words { pack, language };
    let supposed = survey::suppose(pack, instrument, &parties, country, on);
    let provided = supposed.provided.iter().map(|one| ProvidedAnswer {
        from: one.from.to_string(),
        to: one.to.to_string(),
        measure: one.measure.id(),
        measure_name: words.measure(one.measure),
        answer: one.answer.id(),
        article: one.article.clone(),
    });
    let changed = supposed.changed.iter().map(|one| ChangedAnswer {
        from: one.from.to_string(),
        to: one.to.to_string(),
        measure: one.measure.id(),
        measure_name: words.measure(one.measure),
        before: one.before.id(),
        after: one.after.id(),
    });
    Ok(SupposedAnswer {
        country: country.to_string(),
        instrument: instrument.to_owned(),
        changed: changed.collect(),
        provided: provided.collect(),
        unblocked_requests: 0,
        pack: pack.digest().to_string(),
    })
}

/// `law pack check`: a pack's files, by their names from its root.
pub fn check(files: &[(&str, &str)], language: Language) -> PackAnswer {
    match Pack::read(files) {
        Ok(pack) => shown(&pack, "file"),
        Err(faults) => PackAnswer {
            ok: false,
            origin: "file",
            faults: faults
                .into_iter()
                .map(|fault| {
                    let code = fault.problem.code();
                    let [message, hint] = i18n::refusal(language, code, &fault.value, &fault.other);
                    FaultAnswer { file: fault.file, line: fault.line, code, message, hint }
                })
                .collect(),
            ..PackAnswer::default()
        },
    }
}

/// A pack without faults, and where it comes from: `built_in`, `installed`, or a `file` that
/// somebody names.
pub fn shown(pack: &Pack, origin: &'static str) -> PackAnswer {
    PackAnswer {
        ok: true,
        origin,
        name: pack.name().to_owned(),
        pack: Some(pack.digest().to_string()),
        instruments: pack.instruments().len(),
        facts: pack.facts().count(),
        verified: pack.facts().filter(|fact| fact.verified).count(),
        ..PackAnswer::default()
    }
}

fn read_country(raw: &str) -> Result<Country, LawError> {
    let error = || QuestionError::Country(model::refusal::shown(raw).to_string());
    Ok(Country::parse(raw).map_err(|_| error())?)
}

/// Why there is no plain yes between two states, Vietnamese and English.
pub(crate) fn gap_texts(pack: &Pack, between: (Country, Country), gap: &Gap<'_>) -> [String; 2] {
    let say = |language| Words { pack, language }.gap(between.0, between.1, gap).text;
    [Language::Vi, Language::En].map(say)
}
