//! An instrument: a treaty, a law, a channel, with everything the pack knows of it.

use model::country::Country;
use model::day::VagueDay;
use model::measure::Measure;

use crate::answer::Answer;
use crate::fact::{Fact, Text};

/// What sort of instrument it is. The order is the one in which bases are proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InstrumentKind {
    /// A treaty of two states on mutual legal assistance.
    BilateralMla,
    /// A treaty of two states on extradition.
    BilateralExtradition,
    /// A treaty of several states.
    Multilateral,
    /// A law of one state.
    National,
    /// Something for something, where there is no treaty.
    Principle,
    /// A way on which messages go.
    Channel,
    /// An agreement about one case.
    CaseMemo,
    /// Guides and forms.
    Practice,
}

/// A state or an organisation that can join a treaty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Member {
    /// A state.
    State(Country),
    /// An organisation of states, such as the European Union.
    Organisation(String),
}

/// What a member is to an instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Bound.
    Party,
    /// Signed, and not bound by that.
    Signatory,
    /// Neither.
    None,
}

/// What one member is to the instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Who.
    pub member: Member,
    /// What it is.
    pub status: Status,
    /// Since when.
    pub since: Option<VagueDay>,
    /// Where `since` is not known: the day on which the source was already true.
    pub true_by: Option<VagueDay>,
    /// The note and where it was read.
    pub fact: Fact,
}

/// One article on one topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provision {
    /// As it is cited.
    pub article: String,
    /// A measure's id, or another topic such as `scope`.
    pub topic: String,
    /// The measure, where the topic is one.
    pub measure: Option<Measure>,
    /// Measures that its words do not name and may cover: an inference of ours, never a yes.
    pub may_cover: Vec<Measure>,
    /// Its summary and where it was read.
    pub fact: Fact,
}

/// Which of the two states has to be the law's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Either.
    Either,
    /// The one that asks.
    Requesting,
    /// The one that is asked.
    Requested,
}

/// How much an element is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Without it the request is incomplete.
    Required,
    /// It helps.
    Recommended,
}

impl Level {
    /// The word in answers.
    pub fn id(self) -> &'static str {
        match self {
            Level::Required => "required",
            Level::Recommended => "recommended",
        }
    }
}

/// What a request has to contain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its id, such as `requesting_authority`.
    pub id: String,
    /// As it is cited.
    pub article: String,
    /// How much it is wanted.
    pub level: Level,
    /// For which measures.
    pub measures: Vec<Measure>,
    /// For which measures it only helps, whatever `level` says.
    pub recommended_for: Vec<Measure>,
    /// Whose request.
    pub side: Side,
    /// A condition in words' code, such as `person_travels`; empty where it always applies.
    pub when: String,
    /// What it is and where it was read.
    pub fact: Fact,
}

/// What a ground of refusal does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Force {
    /// The requested state has to refuse.
    Mandatory,
    /// It may.
    Optional,
    /// It may not refuse on this ground.
    Forbidden,
    /// What it has to do when it refuses, or before.
    Duty,
}

impl Force {
    /// The word in answers.
    pub fn id(self) -> &'static str {
        match self {
            Force::Mandatory => "mandatory",
            Force::Optional => "optional",
            Force::Forbidden => "forbidden",
            Force::Duty => "duty",
        }
    }
}

/// A ground of refusal, or one that may not be used, or a duty around refusing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// Its id, such as `dual_criminality`.
    pub id: String,
    /// As it is cited.
    pub article: String,
    /// What it does.
    pub force: Force,
    /// For which measures.
    pub measures: Vec<Measure>,
    /// Which state's law it has to be.
    pub side: Side,
    /// What it says and where it was read.
    pub fact: Fact,
}

/// What a state said when it joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    /// Who said it.
    pub state: Country,
    /// About which article.
    pub article: String,
    /// The measures that it shuts out between this state and the others; often none.
    pub shuts: Vec<Measure>,
    /// What it says and where it was read.
    pub fact: Fact,
}

/// Articles that no longer apply while the rest of the instrument does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// From and to, such as `54-69`.
    pub articles: String,
    /// From this day on.
    pub on: VagueDay,
    /// What they were about.
    pub measures: Vec<Measure>,
    /// What ended them and where it was read.
    pub fact: Fact,
}

/// Which laws have to punish an act with so many months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhoseLaw {
    /// Both states'.
    Both,
    /// The requesting state's.
    Requesting,
}

/// The penalty from which a person is extradited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threshold {
    /// The maximum has to reach so many months.
    pub months: u32,
    /// Under whose law.
    pub law: WhoseLaw,
    /// To enforce a sentence: months that have to be left of it; 0 where nothing is said.
    pub left_months: u32,
    /// The provision that says so.
    pub provision: usize,
}

/// Which offences an instrument is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// Only if transnational and with an organized criminal group.
    pub organised: bool,
    /// Otherwise the maximum has to reach so many months; 0 where nothing is said.
    pub serious_months: u32,
    /// Conducts that are in scope whatever their penalty.
    pub conducts: Vec<String>,
    /// Corruption only.
    pub corruption_only: bool,
    /// Only conducts with an article of its own (a column of the table of conducts), for these
    /// measures.
    pub own_offences_for: Vec<Measure>,
}

/// An instrument. Invariants are the checker's: see `docs/law.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// Its id, such as `untoc`.
    pub id: String,
    /// What sort.
    pub kind: InstrumentKind,
    /// Its name.
    pub title: Text,
    /// Whose law, for a national law or principle.
    pub country: Option<Country>,
    /// When it was signed or adopted.
    pub signed: Option<VagueDay>,
    /// When it entered into force.
    pub in_force: Option<VagueDay>,
    /// Where `in_force` is not known: the day on which a source said that it was.
    pub in_force_by: Option<VagueDay>,
    /// Whether its source says that it is not in force.
    pub not_in_force: bool,
    /// The day from which it no longer applies.
    pub ended: Option<VagueDay>,
    /// Whether a state that the pack does not list is no party for certain.
    pub closed: bool,
    /// Measures that it is about by its very kind, though no article may have been read.
    pub own_kind: Vec<Measure>,
    /// Measures that it says it is not about.
    pub excludes: Vec<Measure>,
    /// Measures for which a law that ended still serves as a working model.
    pub model_for: Vec<Measure>,
    /// Whether other treaties on assistance between the same states come before its detailed
    /// rules, and which articles those are.
    pub yields: Vec<String>,
    /// Which offences.
    pub scope: Scope,
    /// Its penalty threshold for extradition.
    pub threshold: Option<Threshold>,
    /// Its status in words and where that was read.
    pub fact: Fact,
    /// Who joined.
    pub parties: Vec<Party>,
    /// What it says.
    pub provisions: Vec<Provision>,
    /// What a request under it contains.
    pub elements: Vec<Element>,
    /// What may be refused under it.
    pub grounds: Vec<Ground>,
    /// What states said when they joined.
    pub reservations: Vec<Reservation>,
    /// Articles that ended before the rest.
    pub ends: Vec<Ended>,
}

impl Instrument {
    /// What the pack says of a state, if anything.
    pub fn party(&self, state: Country) -> Option<&Party> {
        self.parties.iter().find(|party| party.member == Member::State(state))
    }

    /// The best that its kind can give: only a treaty can be a yes.
    pub fn ceiling(&self) -> Answer {
        match self.kind {
            InstrumentKind::BilateralMla
            | InstrumentKind::BilateralExtradition
            | InstrumentKind::Multilateral => Answer::Yes,
            _ => Answer::Check,
        }
    }
}
