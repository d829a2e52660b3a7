//! What commands of MATCH answer.

use serde::Serialize;

use super::IdentifierAnswer;

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
