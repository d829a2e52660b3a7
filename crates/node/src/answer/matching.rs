//! What commands of MATCH answer.

use model::time::Timestamp;
use serde::Serialize;

use super::IdentifierAnswer;

/// `match`.
#[derive(Debug, Serialize)]
pub struct Runs {
    /// One a partner.
    pub runs: Vec<RunAnswer>,
}

/// How matching with one partner stands.
#[derive(Debug, Serialize)]
pub struct RunAnswer {
    /// The partner's name.
    pub partner: String,
    /// What for.
    pub purpose: String,
    /// `queued` (the partner was not reached), `asked`, `done` or `refused`.
    pub state: &'static str,
    /// The newest run's session: by it two officers can open what it asked about.
    pub session: Option<String>,
    /// How many identifiers of ours the newest run asked about.
    pub queried: u64,
    /// How many values of ours were kept out because many people share them.
    pub suppressed: u64,
    /// How much may still be asked of the kind of which least is left; `None`: not told yet.
    pub budget_left: Option<u64>,
    /// How many hits there are with this partner.
    pub hits: usize,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// `hits`.
#[derive(Debug, Serialize)]
pub struct Hits {
    /// The newest first.
    pub hits: Vec<HitAnswer>,
}

/// An identifier that a partner knows too.
#[derive(Debug, Serialize)]
pub struct HitAnswer {
    /// Its id.
    pub id: String,
    /// The partner's name.
    pub partner: String,
    /// The identifier's kind.
    pub kind: &'static str,
    /// Its canonical value.
    pub value: String,
    /// Under what the partner finds its own case.
    pub handle: String,
    /// How likely it is that the partner does not know it after all.
    pub false_hit_probability: f64,
    /// `open` or `dismissed`.
    pub state: &'static str,
    /// When it was found.
    pub at: Timestamp,
    /// Why it was dismissed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// `budget`.
#[derive(Debug, Serialize)]
pub struct Budgets {
    /// One a partner, purpose and kind.
    pub budgets: Vec<BudgetAnswer>,
}

/// How much a partner may ask.
#[derive(Debug, Serialize)]
pub struct BudgetAnswer {
    /// The partner's name.
    pub partner: String,
    /// What for.
    pub purpose: String,
    /// The kind of identifiers.
    pub kind: &'static str,
    /// Within how many days.
    pub period_days: i64,
    /// How many elements.
    pub limit: u64,
    /// How many of them were raised.
    pub used: u64,
    /// How many are left.
    pub left: u64,
}

/// `match-files`.
#[derive(Debug, Default, Serialize)]
pub struct ListsAnswer {
    /// What stands in both lists.
    pub hits: Vec<IdentifierAnswer>,
    /// Lines that hold no identifier, the first of them.
    pub rejected: Vec<RejectedLineAnswer>,
    /// How many there are.
    pub rejected_total: u64,
    /// CPU seconds of both parties.
    pub seconds: SecondsAnswer,
    /// Bytes that would have travelled.
    pub bytes: BytesAnswer,
}

/// A line of a list that holds no identifier.
#[derive(Debug, Serialize)]
pub struct RejectedLineAnswer {
    /// Which list.
    pub file: String,
    /// The line, the first is 1.
    pub row: u64,
    /// What stands there, shortened.
    pub value: String,
    /// Why it is none.
    pub reason: String,
}

/// CPU seconds.
#[derive(Debug, Default, Serialize)]
pub struct SecondsAnswer {
    /// Publishing the first list.
    pub publish: f64,
    /// Asking about the second one: both parties.
    pub query: f64,
    /// Both.
    pub total: f64,
}

/// Bytes on the way between the parties.
#[derive(Debug, Default, Serialize)]
pub struct BytesAnswer {
    /// The published set, once.
    pub set: u64,
    /// What is asked.
    pub query: u64,
    /// What is answered.
    pub reply: u64,
}
