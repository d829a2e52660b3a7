//! Requests: drawn up, checked against the law, approved by two officers, sent, answered, closed.
//! One desk for what goes out and what comes in.
//!
//! What is approved is a digest over the request's bytes, and the log holds nothing but digests:
//! our texts lie in the vault, a partner's in its sealed messages (`texts`). Both sides go by one
//! table of stages and acts (`steps`).

mod act;
mod addressee;
mod approve;
mod check;
mod clock;
pub mod deed;
pub mod desks;
mod draft;
mod duplicates;
pub mod error;
mod files;
pub mod freeze;
mod legal;
mod list;
mod merge;
mod paper;
pub mod record;
mod seek;
mod show;
pub mod stage;
mod steps;
mod texts;
mod turn;

pub use act::Said;
pub use draft::{Change, NewRequest};

use model::request::RequestKind;

/// Why a partner's request or step is not taken: stable codes, for the check that each has texts.
pub const CODES: &[&str] = &[
    "request_already",
    "request_body_bad",
    "request_country_wrong",
    "request_date_wrong",
    "request_files_differ",
    "request_handling_differs",
    "request_kind_unknown",
    "request_number_used",
    "request_partner_closed",
    "request_step_late",
    "request_unknown",
];

/// No kind of request needs more approvals.
const MOST_APPROVALS: usize = 2;
/// An urgent request's second approval is given within so many hours.
pub(crate) const SECOND_APPROVAL_HOURS: i64 = 24;

/// How many officers approve a request of a kind before it leaves.
pub(crate) fn approvals(kind: &str, is_urgent: bool) -> usize {
    if is_urgent { 1 } else { approvals_in_all(kind) }
}

/// How many officers approve it in all.
pub(crate) fn approvals_in_all(kind: &str) -> usize {
    // Of a kind that a newer log names, as many as of any.
    RequestKind::parse(kind).map_or(MOST_APPROVALS, RequestKind::approvals)
}
