//! Requests: drawn up, checked against the law, approved by two officers, sent, answered, closed.
//! One desk for what goes out and what comes in.
//!
//! What is approved is a digest over the request's bytes, and the log holds nothing but digests:
//! the texts lie in the vault. Both sides go by one table of stages and acts (`stage`).

mod act;
mod approve;
mod check;
mod clock;
pub mod deed;
mod draft;
mod duplicates;
pub mod error;
pub mod freeze;
mod legal;
mod list;
mod merge;
pub mod record;
mod seek;
pub mod stage;
mod turn;

pub use act::Said;
pub use draft::{Change, NewRequest};

use std::collections::BTreeMap;

use envelope::request::{Request, Step};
use model::digest::Digest;
use model::request::RequestKind;

use crate::error::NodeError;
use crate::node::Node;

/// Why a partner's request or step is not taken: stable codes, for the check that each has texts.
pub const CODES: &[&str] = &[
    "request_already",
    "request_body_bad",
    "request_country_wrong",
    "request_files_differ",
    "request_kind_unknown",
    "request_number_used",
    "request_partner_closed",
    "request_step_late",
    "request_unknown",
];

/// So many bytes of a kept text are read at most.
const MAX_KEPT: u64 = 2 << 20;
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

impl Node {
    /// Kept bytes of a request or a step.
    fn kept_bytes(&self, digest: &Digest) -> Result<Vec<u8>, NodeError> {
        self.read_kept(digest, MAX_KEPT).map_err(|cause| NodeError::Broken {
            file: digest.to_string().chars().take(12).collect(),
            cause,
        })
    }

    /// A kept request.
    fn kept_request(&self, digest: &Digest) -> Result<Request, NodeError> {
        Request::parse(&self.kept_bytes(digest)?).map_err(|error| NodeError::Broken {
            file: digest.to_string().chars().take(12).collect(),
            cause: error.to_string(),
        })
    }

    /// The kept texts and files of all requests, with a name of each for people.
    pub(crate) fn request_files(&self) -> BTreeMap<Digest, String> {
        let mut all = BTreeMap::new();
        for (key, kept) in &self.state.requests.kept {
            let bodies = kept.history.iter().filter_map(|one| one.body);
            for digest in bodies.chain([kept.content]) {
                all.insert(digest, key.number.clone());
            }
            // Only our own files lie here; a partner's are sealed files of its messages.
            let request = self.kept_request(&kept.content).ok();
            let files = request.into_iter().filter(|_| key.of.is_none());
            all.extend(files.flat_map(|one| one.files).map(|file| (file.sha256, file.name)));
            for one in kept.history.iter().filter(|one| !one.is_theirs) {
                let step = one.body.and_then(|body| self.kept_bytes(&body).ok());
                let step = step.and_then(|bytes| Step::parse(&bytes).ok());
                let files = step.into_iter().flat_map(|step| step.files);
                all.extend(files.map(|file| (file.sha256, file.name)));
            }
        }
        all
    }
}
