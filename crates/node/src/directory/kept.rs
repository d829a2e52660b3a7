//! The agency's own entries as they are kept: after every change all of them, in one file under its
//! digest, so that what held on any day is read without what came later.
//!
//! The file is JSON: `{"form":1,"entries":[{"id","file","row","entry"}]}`.

use model::authority::AuthorityEntry;
use model::digest::Digest;
use serde::{Deserialize, Serialize};

use crate::directory::deed::Done;
use crate::error::NodeError;
use crate::node::Node;

/// The agency's own directory has at most so many entries.
pub(crate) const MAX_ENTRIES: usize = 2_000;
/// So many bytes of a kept file are read at most: every entry at its longest.
const MAX_BYTES: u64 = 32 << 20;
/// The form that this program writes.
const FORM: u32 = 1;

/// An entry with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Held {
    /// `TH-central-authority-1a2b3c4d`: stays when a newer file says more.
    pub(crate) id: String,
    /// The file that it came in.
    pub(crate) file: String,
    /// Its record there.
    pub(crate) row: u64,
    pub(crate) entry: AuthorityEntry,
}

#[derive(Deserialize)]
struct Kept {
    form: u32,
    entries: Vec<Held>,
}

/// The same, as it is written.
#[derive(Serialize)]
struct Writing<'e> {
    form: u32,
    entries: &'e [Held],
}

/// The bytes that are kept.
pub(super) fn written(entries: &[Held]) -> Result<Vec<u8>, NodeError> {
    let bytes = serde_json::to_vec(&Writing { form: FORM, entries });
    bytes.map_err(|error| broken(&error.to_string()))
}

impl Node {
    /// Keeps all entries; durable when this returns.
    pub(super) fn keep_entries(&self, entries: &[Held]) -> Result<Digest, NodeError> {
        self.keep_bytes(written(entries)?)
    }

    /// All entries as they were after these events.
    pub(crate) fn kept_entries(&self, history: &[Done]) -> Result<Vec<Held>, NodeError> {
        match history.iter().rev().find_map(|done| done.deed.entries()) {
            Some(digest) => self.entries_of(&digest),
            None => Ok(Vec::new()),
        }
    }

    /// Kept entries; those that are missing or damaged are made again.
    pub(super) fn entries_of(&self, digest: &Digest) -> Result<Vec<Held>, NodeError> {
        self.entries_as_kept(digest).or_else(|_| self.entries_again(digest))
    }

    /// Kept entries, whose bytes are compared with their digest.
    pub(super) fn entries_as_kept(&self, digest: &Digest) -> Result<Vec<Held>, NodeError> {
        let bytes = self.read_kept(digest, MAX_BYTES).map_err(|cause| broken(&cause))?;
        let kept: Kept =
            serde_json::from_slice(&bytes).map_err(|error| broken(&error.to_string()))?;
        match kept.form == FORM && kept.entries.len() <= MAX_ENTRIES {
            true => Ok(kept.entries),
            false => Err(broken("a form that this program does not know")),
        }
    }
}

pub(super) fn broken(cause: &str) -> NodeError {
    NodeError::Broken { file: "directory.json".to_owned(), cause: cause.to_owned() }
}
