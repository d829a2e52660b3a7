//! MATCH: what two agencies both know, found without either showing its list. One step a file:
//! `ask` wishes for a partner's publication and asks about one's own identifiers, `publish` makes
//! one's own, `evaluate` answers queries within the `budget`, `take` reads what comes back, and
//! `turn` does whatever lies in the inbox. `docs/protocol.md` tells what each side learns.

mod ask;
pub mod budget;
mod evaluate;
mod hits;
mod kept;
pub mod lists;
mod lookup;
pub mod making;
pub mod open;
mod own;
mod publish;
mod record;
pub mod step;
mod take;
mod turn;

use std::sync::Arc;

use model::digest::Digest;
use model::time::{MICROSECONDS, Timestamp};

pub use ask::Purpose;
pub use kept::Listed;
pub use record::Matching;

use crate::port::{Random, Secrets, Shelf};

/// A day, in microseconds.
const DAY: i64 = 86_400 * MICROSECONDS;

/// What MATCH needs from outside.
#[derive(Clone)]
pub struct MatchOutside {
    /// Where secret keys are kept.
    pub secrets: Arc<dyn Secrets>,
    /// Where sets and lists are kept.
    pub shelf: Arc<dyn Shelf>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// So many threads work.
    pub threads: usize,
}

/// All of them, for the check that each has its texts.
pub const CODES: &[&str] = &[
    "match_answer_unasked",
    "match_body_bad",
    "match_budget_spent",
    "match_differs",
    "match_element_bad",
    "match_epoch_old",
    "match_epoch_over",
    "match_manifest_unknown",
    "match_nothing_new",
    "match_partner_closed",
    "match_proof_false",
    "match_published_lately",
    "match_purpose_closed",
    "match_replayed",
    "match_session_changed",
    "match_session_lost",
    "match_set_damaged",
];

/// What cannot be done, as a stable code that both sides see.
type Code = &'static str;

/// Whether less than so many days have gone by between two moments.
fn within(days: i64, from: Timestamp, to: Timestamp) -> bool {
    to.microseconds().saturating_sub(from.microseconds()) < days * DAY
}

/// The moment so many days later.
fn later(days: i64, from: Timestamp) -> Timestamp {
    let at = from.microseconds().saturating_add(days * DAY);
    Timestamp::from_microseconds(at).unwrap_or(from)
}

/// A name for something kept, out of what it belongs to.
fn name(parts: &[&[u8]]) -> Digest {
    let mut bytes = b"lienket/match/v1/name".to_vec();
    for part in parts {
        bytes.extend((part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    Digest::of(&bytes)
}
