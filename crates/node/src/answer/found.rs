//! What is found in transfers: shapes, described patterns, news of a stream, features.

use model::money::Money;
use model::time::Timestamp;
use serde::Serialize;

use super::AccountAnswer;

/// `patterns`.
#[derive(Debug, Serialize)]
pub struct PatternsAnswer {
    /// What was looked for, if it was an officer's own description.
    #[serde(skip)]
    pub described: Option<String>,
    /// The most unlikely first; of a description, the earliest first.
    pub findings: Vec<FindingAnswer>,
    /// Whether a limit cut the search or a finding short.
    pub truncated: bool,
}

/// A shape that laundered money takes.
#[derive(Debug, Serialize)]
pub struct FindingAnswer {
    /// The shape's name.
    pub pattern: String,
    /// Its transfers, in time order.
    pub transfers: Vec<String>,
    /// Its accounts.
    pub accounts: Vec<AccountAnswer>,
    /// Of a described pattern, who plays which role.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<PlayersAnswer>,
    /// When the first transfer was made.
    pub from: Option<Timestamp>,
    /// When the last one was.
    pub to: Option<Timestamp>,
    /// The shortest of 6, 24, 120 and 720 hours that holds all of it; none does: longer.
    pub window_hours: Option<i64>,
    /// From 0 to 1; an alert begins at 0.5. A described pattern holds or does not: 1.
    pub score: f64,
    /// Why, with points that add up; of a described pattern, step by step.
    pub because: Vec<String>,
}

/// The accounts of a described pattern's role.
#[derive(Debug, Serialize)]
pub struct PlayersAnswer {
    /// What the description calls them.
    pub role: String,
    /// Who they are.
    pub accounts: Vec<AccountAnswer>,
}

/// What a transfer of a stream brings to light.
#[derive(Debug, Serialize)]
pub struct NewsAnswer {
    /// The source's id.
    pub tx_id: String,
    /// When it was made.
    pub at: Timestamp,
    /// Who paid.
    pub from: AccountAnswer,
    /// Who was paid.
    pub to: AccountAnswer,
    /// What was sent.
    pub sent: Money,
    /// Whether it is the payment that a complaint speaks of.
    pub complained: bool,
    /// What it carried of the victims' money, by rule.
    pub carried: Vec<CarriedAnswer>,
    /// Shapes that are seen with it for the first time.
    pub findings: Vec<FindingAnswer>,
}

/// What a transfer carried of the victims' money under one rule.
#[derive(Debug, Serialize)]
pub struct CarriedAnswer {
    /// The rule.
    pub rule: &'static str,
    /// In the payer's own currency.
    pub amount: Money,
}

/// `features`.
#[derive(Debug, Serialize)]
pub struct FeaturesAnswer {
    /// How many transfers.
    pub rows: usize,
    /// How many columns, with those that name the transfer.
    pub columns: usize,
    /// Rows of which a limit cut the counts: they are at least what they say.
    pub capped: usize,
    /// Transfers whose currency has no rate: their amount counts as 0.
    pub unrated: usize,
}
