//! Rows of an instrument: who joined, what it says, what it wants, what may be refused.

use model::country::Country;
use model::day::VagueDay;
use model::measure::Measure;

use crate::fact::Fact;

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
    /// For another topic: the measures that it concerns; nothing where it concerns all.
    pub about: Option<Vec<Measure>>,
    /// Which state's law it has to be.
    pub side: Side,
    /// What the requesting state promises by it; often empty.
    pub undertaking: String,
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
    /// What the requesting state promises by it; often empty.
    pub undertaking: String,
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
    /// What the requesting state promises so that it is not raised; often empty.
    pub undertaking: String,
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
    /// On which topic; often empty.
    pub topic: String,
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
    /// The provision that says so, by its place.
    pub provision: usize,
}

/// Some paragraphs of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraphs {
    /// The article.
    pub article: u32,
    /// The first paragraph.
    pub from: u32,
    /// The last one.
    pub to: u32,
}

impl Paragraphs {
    /// Whether a citation such as `18(15)(a)` lies in them.
    pub fn hold(self, cited: &str) -> bool {
        let mut numbers = cited.split(['(', ')', '-', ',']).filter(|part| !part.is_empty());
        let mut number = || numbers.next().and_then(|part| part.parse::<u32>().ok());
        let (article, paragraph) = (number(), number());
        article == Some(self.article)
            && paragraph.is_some_and(|number| (self.from..=self.to).contains(&number))
    }
}

/// Which offences an instrument is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// Only if transnational and with an organized criminal group.
    pub organised: bool,
    /// Otherwise the maximum has to reach so many months; 0 where nothing is said.
    pub serious_months: u32,
    /// Conducts that are in scope whatever their penalty, by our own mapping.
    pub conducts: Vec<String>,
    /// Corruption only.
    pub corruption_only: bool,
    /// Only conducts with an article of its own (a column of the table of conducts), for these
    /// measures.
    pub own_offences_for: Vec<Measure>,
}
