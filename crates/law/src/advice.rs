//! What the engine says to a question: bases in order, what must go in, what may be refused, by
//! when, or the gap.

use model::digest::Digest;

use crate::answer::Answer;
use crate::fact::Fact;
use crate::gap::{ConditionKind, Gap};
use crate::instrument::Instrument;
use crate::pack::{Offence, Timing};
use crate::reason::Reason;
use crate::rows::{Element, Force, Ground, Level, Party, Provision};

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

impl<'p> Advice<'p> {
    /// What a request still lacks: each required element once, with the first who wants it.
    pub fn missing(&self, is_given: impl Fn(&str) -> bool) -> Vec<&Required<'p>> {
        let mut missing: Vec<&Required<'p>> = Vec::new();
        for one in self.required.iter().filter(|one| one.level == Level::Required) {
            let id = one.element.id.as_str();
            if !is_given(id) && !missing.iter().any(|other| other.element.id == id) {
                missing.push(one);
            }
        }
        missing
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
    /// Whether it binds both states at all, whatever the measure.
    pub binds: Answer,
    /// Whether it is believed not to bind them, though nobody verified that.
    pub is_absent: bool,
    /// What in it carries the measure.
    pub support: Support,
    /// What has to hold beside.
    pub conditions: Vec<Condition<'p>>,
    /// Another treaty that takes the place of its detailed paragraphs.
    pub displaced_by: Option<&'p Instrument>,
    /// The facts that this rests on.
    pub facts: Vec<Cited<'p>>,
}

/// What in an instrument carries a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Support {
    /// A verified article.
    Article,
    /// What such a treaty is about by its very kind.
    OwnKind,
    /// An article that nobody verified.
    Unverified,
    /// Open words that may cover it.
    MayCover,
    /// Nothing that was read.
    Unread,
    /// Nothing any more: articles that ended, or that a reservation shuts out.
    Shut,
}

/// A fact as a base cites it, with the row that people have to see beside it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cited<'p> {
    /// What a state is to the instrument.
    Party(&'p Party),
    /// An offence with its clauses.
    Offence(&'p Offence),
    /// Any other fact, whose text says all.
    Fact(&'p Fact),
}

impl<'p> Cited<'p> {
    /// The fact.
    pub fn fact(&self) -> &'p Fact {
        match self {
            Cited::Party(party) => &party.fact,
            Cited::Offence(offence) => &offence.fact,
            Cited::Fact(fact) => fact,
        }
    }
}

impl Base<'_> {
    /// Whether a condition does not hold.
    pub fn fails(&self) -> bool {
        self.conditions.iter().any(|one| one.answer == Answer::No)
    }

    /// Whether requests may rest on it, so that what it wants of them counts.
    pub fn applies(&self) -> bool {
        self.answer != Answer::No && !self.is_absent && !self.fails()
    }

    /// Whether this article of it has given way to another treaty.
    pub fn gave_way(&self, article: &str) -> bool {
        let yields = self.displaced_by.and(self.instrument.yields);
        yields.is_some_and(|paragraphs| paragraphs.hold(article))
    }

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
    /// What is to be done in that time, the figures, and where they were read.
    pub timing: &'p Timing,
    /// How the figures are meant.
    pub bound: Bound,
    /// The instrument, where one says so.
    pub instrument: Option<&'p Instrument>,
}

impl Deadline<'_> {
    /// The figure that binds.
    pub fn value(&self) -> u32 {
        let (first, second) = match self.bound {
            Bound::AtLeast => (self.timing.low, self.timing.high),
            _ => (self.timing.high, self.timing.low),
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
