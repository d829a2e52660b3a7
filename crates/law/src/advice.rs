//! What the engine says to a question: bases in order, what must go in, what may be refused, by
//! when, or the gap.

use model::digest::Digest;

use crate::answer::Answer;
use crate::fact::Fact;
use crate::instrument::{Element, Force, Ground, Instrument, Level, Provision};
use crate::reason::{ConditionKind, Gap, Reason};

/// The source of what no instrument of the pack, but the product itself, wants of a request.
pub const OURS: &str = "product";

/// The advice on one question. Invariants: at most one base leads; `gaps` is empty only if
/// `answer` is yes.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice<'p> {
    /// The lead base's answer, lowered by its conditions; no where nothing leads.
    pub answer: Answer,
    /// Every base, in the order in which they are proposed.
    pub bases: Vec<Base<'p>>,
    /// What the request contains, required first.
    pub required: Vec<Required<'p>>,
    /// What may, must or may not be refused.
    pub refusal: Vec<Refusal<'p>>,
    /// By when, for how long, how long it usually takes.
    pub deadlines: Vec<Deadline<'p>>,
    /// What the requesting state promises.
    pub undertakings: Vec<Undertaking<'p>>,
    /// What else the lead base says: form and language, costs, use, confidentiality.
    pub rules: Vec<Rule<'p>>,
    /// Why the answer is not yes.
    pub gaps: Vec<Gap<'p>>,
    /// The facts of all bases that nobody verified.
    pub unverified: Vec<&'p Fact>,
    /// The pack that says all this.
    pub pack: Digest,
}

impl<'p> Advice<'p> {
    /// The base that is proposed first.
    pub fn lead(&self) -> Option<&Base<'p>> {
        self.bases.iter().find(|base| base.lead)
    }

    /// The ids without which a request is incomplete, each once, in the order of `required`.
    pub fn required_elements(&self) -> Vec<&'p str> {
        let mut ids: Vec<&str> = Vec::new();
        for required in self.required.iter().filter(|one| one.level == Level::Required) {
            if !ids.contains(&required.element.id.as_str()) {
                ids.push(&required.element.id);
            }
        }
        ids
    }
}

/// One base of the stack.
#[derive(Debug, Clone, PartialEq)]
pub struct Base<'p> {
    /// The instrument.
    pub instrument: &'p Instrument,
    /// The article that provides for the measure, where one was read.
    pub article: Option<&'p str>,
    /// Whether it is proposed first.
    pub lead: bool,
    /// Whether it binds both states on the day and provides for the measure.
    pub answer: Answer,
    /// Why.
    pub because: Vec<Reason<'p>>,
    /// What has to hold beside.
    pub conditions: Vec<Condition<'p>>,
    /// The facts that this rests on.
    pub facts: Vec<&'p Fact>,
}

impl Base<'_> {
    /// Its answer, lowered by its conditions.
    pub fn lowered(&self) -> Answer {
        self.conditions.iter().fold(self.answer, |answer, one| answer.and(one.answer))
    }
}

/// Something that has to hold beside the base itself. It never raises an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition<'p> {
    /// What.
    pub kind: ConditionKind,
    /// Whether it holds.
    pub answer: Answer,
    /// Why.
    pub because: Reason<'p>,
}

/// Something that the request contains.
#[derive(Debug, Clone, PartialEq)]
pub struct Required<'p> {
    /// What it is.
    pub element: &'p Element,
    /// How much it is wanted here.
    pub level: Level,
    /// Who wants it: an instrument, or nobody but the product.
    pub instrument: Option<&'p Instrument>,
}

impl<'p> Required<'p> {
    /// The instrument's id, or [`OURS`].
    pub fn instrument_id(&self) -> &'p str {
        self.instrument.map_or(OURS, |instrument| &instrument.id)
    }

    /// The article, where an instrument has one.
    pub fn article(&self) -> Option<&'p str> {
        self.instrument.map(|_| self.element.article.as_str())
    }
}

/// A ground, or what may not be one, or a duty.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal<'p> {
    /// What it is.
    pub ground: &'p Ground,
    /// What it does.
    pub force: Force,
    /// Whose it is.
    pub instrument: &'p Instrument,
}

/// How a figure of time is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// Not less.
    AtLeast,
    /// Not more.
    AtMost,
    /// What experience says.
    Usual,
}

impl Bound {
    /// The word in answers.
    pub fn id(self) -> &'static str {
        match self {
            Bound::AtLeast => "at_least",
            Bound::AtMost => "at_most",
            Bound::Usual => "usual",
        }
    }
}

/// A period.
#[derive(Debug, Clone, PartialEq)]
pub struct Deadline<'p> {
    /// Its id, such as `preserve-min`.
    pub id: &'p str,
    /// How it is meant.
    pub bound: Bound,
    /// The figure, the smaller one of a range.
    pub low: Option<u32>,
    /// The larger one.
    pub high: Option<u32>,
    /// `hours`, `days`, `working days` or `months`.
    pub unit: &'p str,
    /// The article, where one says so.
    pub article: Option<&'p str>,
    /// The instrument, where one says so.
    pub instrument: Option<&'p Instrument>,
    /// What is to be done in that time, and where it was read.
    pub fact: &'p Fact,
}

impl Deadline<'_> {
    /// The figure that binds.
    pub fn value(&self) -> u32 {
        let (first, second) = match self.bound {
            Bound::AtLeast => (self.low, self.high),
            _ => (self.high, self.low),
        };
        first.or(second).unwrap_or(0)
    }
}

/// What the requesting state promises.
#[derive(Debug, Clone, PartialEq)]
pub struct Undertaking<'p> {
    /// `use_limitation`, `confidentiality`, `reciprocity`, `safe_conduct`, `compensation`,
    /// `accuracy` or `no_death_penalty`.
    pub id: &'p str,
    /// The article that wants it.
    pub article: &'p str,
    /// Whose article.
    pub instrument: &'p Instrument,
    /// What it says.
    pub fact: &'p Fact,
}

/// What else an instrument says about such requests.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule<'p> {
    /// The article and its topic.
    pub provision: &'p Provision,
    /// Whose article.
    pub instrument: &'p Instrument,
}
