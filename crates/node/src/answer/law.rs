//! What `law basis`, `law gaps`, `law suppose` and `law pack` answer.

use model::time::Timestamp;
use serde::Serialize;

use super::{AuthorityAnswer, AuthorityChanged};

/// `law basis`.
#[derive(Debug, Serialize)]
pub struct BasisAnswer {
    /// `yes`, `check` or `no`.
    pub answer: &'static str,
    /// Who asks.
    pub from: String,
    /// Who is asked.
    pub to: String,
    /// The conduct's id.
    pub conduct: String,
    /// Its name.
    pub conduct_name: String,
    /// The measure's id.
    pub measure: &'static str,
    /// Its name.
    pub measure_name: String,
    /// The kind of request that carries it here.
    pub kind: &'static str,
    /// Whether the measure is coercive.
    pub coercive: bool,
    /// The day of the question.
    pub on: String,
    /// Every base, in the order in which they are proposed.
    pub bases: Vec<BaseAnswer>,
    /// Who is competent to take the request.
    pub authorities: Vec<AuthorityAnswer>,
    /// What the request contains.
    pub required: Vec<RequiredAnswer>,
    /// What may, must or may not be refused.
    pub refusal: Vec<RefusalAnswer>,
    /// By when.
    pub deadlines: Vec<DeadlineAnswer>,
    /// What the requesting state promises.
    pub undertakings: Vec<UndertakingAnswer>,
    /// What else is said about such requests.
    pub rules: Vec<AlsoAnswer>,
    /// Why there is no yes.
    pub gaps: Vec<GapAnswer>,
    /// The facts of the bases that nobody verified.
    pub unverified: Vec<String>,
    /// The pack's digest.
    pub pack: String,
}

/// One base.
#[derive(Debug, Serialize)]
pub struct BaseAnswer {
    /// The instrument's id.
    pub instrument: String,
    /// Its name.
    pub title: String,
    /// The article on the measure.
    pub article: Option<String>,
    /// Whether it is proposed first.
    pub lead: bool,
    /// `yes`, `check` or `no`.
    pub answer: &'static str,
    /// Why.
    pub because: Vec<String>,
    /// What has to hold beside.
    pub conditions: Vec<ConditionAnswer>,
    /// What it rests on.
    pub facts: Vec<FactAnswer>,
}

/// One condition.
#[derive(Debug, Serialize)]
pub struct ConditionAnswer {
    /// Its id.
    pub condition: &'static str,
    /// Its name.
    pub name: String,
    /// `yes`, `check` or `no`.
    pub answer: &'static str,
    /// Why.
    pub because: String,
}

/// One fact.
#[derive(Debug, Serialize)]
pub struct FactAnswer {
    /// Its id.
    pub id: String,
    /// What it says.
    pub text: String,
    /// Whether it was verified.
    pub verified: bool,
    /// Where it was read.
    pub source: String,
    /// When that was true.
    pub as_of: Option<String>,
    /// What is still unread about it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub caveat: String,
}

/// One element of a request.
#[derive(Debug, Serialize)]
pub struct RequiredAnswer {
    /// Its id.
    pub element: String,
    /// `required` or `recommended`.
    pub level: &'static str,
    /// The article that wants it.
    pub article: Option<String>,
    /// The instrument, or `product`.
    pub instrument: String,
    /// What it is.
    pub text: String,
    /// When it is wanted, where not always.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub when: String,
    /// Whether that was verified.
    pub verified: bool,
    /// Where it was read.
    pub source: String,
}

/// One ground, or what may not be one, or a duty.
#[derive(Debug, Serialize)]
pub struct RefusalAnswer {
    /// Its id.
    pub ground: String,
    /// `mandatory`, `optional`, `forbidden` or `duty`.
    pub force: &'static str,
    /// The article.
    pub article: String,
    /// Whose.
    pub instrument: String,
    /// What it says.
    pub text: String,
    /// Whether that was verified.
    pub verified: bool,
}

/// One figure of time.
#[derive(Debug, Serialize)]
pub struct DeadlineAnswer {
    /// Its id.
    pub what: String,
    /// The figure that binds.
    pub value: u32,
    /// Of what.
    pub unit: String,
    /// The article.
    pub article: Option<String>,
    /// `at_least`, `at_most` or `usual`.
    pub bound: &'static str,
    /// The instrument.
    pub instrument: Option<String>,
    /// What is to be done in that time.
    pub text: String,
    /// Whether that was verified.
    pub verified: bool,
}

/// One undertaking.
#[derive(Debug, Serialize)]
pub struct UndertakingAnswer {
    /// Its id.
    pub undertaking: String,
    /// The article that wants it.
    pub article: String,
    /// Whose.
    pub instrument: String,
    /// What it says.
    pub text: String,
    /// Whether that was verified.
    pub verified: bool,
}

/// One more rule.
#[derive(Debug, Serialize)]
pub struct AlsoAnswer {
    /// Its topic.
    pub topic: String,
    /// The article.
    pub article: String,
    /// Whose.
    pub instrument: String,
    /// What it says.
    pub text: String,
    /// Whether that was verified.
    pub verified: bool,
}

/// One gap.
#[derive(Debug, Serialize)]
pub struct GapAnswer {
    /// With whom, where gaps of a country are listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner: Option<String>,
    /// For what, there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<&'static str>,
    /// Its name.
    #[serde(skip)]
    pub measure_name: String,
    /// Whether something could be tried, there: `check` or `no`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<&'static str>,
    /// Its code.
    pub what: &'static str,
    /// In words.
    pub text: String,
}

/// `law gaps`.
#[derive(Debug, Serialize)]
pub struct GapsAnswer {
    /// The country.
    pub country: String,
    /// The day of the question.
    pub on: String,
    /// Every pair of partner and measure without a verified treaty.
    pub gaps: Vec<GapAnswer>,
    /// The pack's digest.
    pub pack: String,
}

/// `law suppose`.
#[derive(Debug, Serialize)]
pub struct SupposedAnswer {
    /// The country.
    pub country: String,
    /// The instrument.
    pub instrument: String,
    /// Every answer that would change.
    pub changed: Vec<ChangedAnswer>,
    /// Answers that would stay, with an article where no treaty has one.
    pub provided: Vec<ProvidedAnswer>,
    /// How many open requests of this node would go on.
    pub unblocked_requests: usize,
    /// The pack's digest.
    pub pack: String,
}

/// One answer that would change.
#[derive(Debug, Serialize)]
pub struct ChangedAnswer {
    /// Who asks.
    pub from: String,
    /// Who is asked.
    pub to: String,
    /// For what.
    pub measure: &'static str,
    /// Its name.
    #[serde(skip)]
    pub measure_name: String,
    /// As things are.
    pub before: &'static str,
    /// Then.
    pub after: &'static str,
}

/// A measure that would get an article, which nobody has verified.
#[derive(Debug, Serialize)]
pub struct ProvidedAnswer {
    /// Who asks.
    pub from: String,
    /// Who is asked.
    pub to: String,
    /// For what.
    pub measure: &'static str,
    /// Its name.
    #[serde(skip)]
    pub measure_name: String,
    /// The answer, before and then.
    pub answer: &'static str,
    /// The article.
    pub article: Option<String>,
}

/// `law pack check`, `make`, `install`, `show` and `remove`.
#[derive(Debug, Default, Serialize)]
pub struct PackAnswer {
    /// Whether it has no fault.
    pub ok: bool,
    /// `built_in`, `installed`, or a `file` or folder that somebody names.
    pub origin: &'static str,
    /// Its name and day.
    pub name: String,
    /// Its digest.
    pub pack: Option<String>,
    /// How many instruments it has.
    pub instruments: usize,
    /// How many facts.
    pub facts: usize,
    /// How many of them were verified.
    pub verified: usize,
    /// How many days ago its facts were put together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age_days: Option<i64>,
    /// Who signed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<PackSignature>,
    /// Who let it answer here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub installed: Option<PackTaken>,
    /// What is other than in the pack that answered before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<PackChanges>,
    /// What is wrong.
    pub faults: Vec<FaultAnswer>,
}

/// Who signed a pack.
#[derive(Debug, Serialize)]
pub struct PackSignature {
    /// The agency's id.
    pub agency: String,
    /// Its name.
    pub signer: String,
    /// The digest of its Ed25519 key.
    pub key: String,
    /// When, by its clock.
    pub at: Timestamp,
}

/// Who let a pack answer.
#[derive(Debug, Serialize)]
pub struct PackTaken {
    /// The digest of its file.
    pub file: String,
    /// When.
    pub at: Timestamp,
    /// The two officers.
    pub officers: [String; 2],
}

/// What a pack changes.
#[derive(Debug, Serialize)]
pub struct PackChanges {
    /// The digest of the pack that it is compared with.
    pub pack: String,
    /// How many facts that one has.
    pub facts: usize,
    /// Whether it is older than that one.
    pub is_older: bool,
    /// Files that are not the same.
    pub files: Vec<FileChanged>,
    /// Authorities of which it says something else: letters would go elsewhere.
    pub authorities: Vec<AuthorityChanged>,
    /// Where it says something else for this country, in both directions.
    pub answers: Vec<ComparedAnswer>,
}

/// A question to which two packs do not say the same.
#[derive(Debug, Serialize)]
pub struct ComparedAnswer {
    /// Who asks.
    pub from: String,
    /// Who is asked.
    pub to: String,
    /// For what.
    pub measure: &'static str,
    /// Its name.
    #[serde(skip)]
    pub measure_name: String,
    /// The answer as it is.
    pub before: &'static str,
    /// The answer then.
    pub after: &'static str,
    /// The treaty that leads as it is.
    pub lead_before: Option<String>,
    /// The treaty that leads then.
    pub lead_after: Option<String>,
}

/// A file that is not the same in two packs.
#[derive(Debug, Serialize)]
pub struct FileChanged {
    /// Its name.
    pub file: String,
    /// `added`, `removed` or `changed`.
    pub change: &'static str,
}

/// One fault of a pack.
#[derive(Debug, Serialize)]
pub struct FaultAnswer {
    /// The file, from the pack's root.
    pub file: String,
    /// Counted from 1; 0 means the file as a whole.
    pub line: usize,
    /// Stable snake_case.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}
