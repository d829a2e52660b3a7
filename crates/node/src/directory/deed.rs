//! What was done to the agency's own directory, as it lies in the event log. The entries lie in the
//! vault, under the digests that are named here.

use model::day::Day;
use model::digest::Digest;
use model::time::Timestamp;
use serde::{Deserialize, Serialize};

/// One thing that was done to the directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "snake_case")]
#[non_exhaustive]
pub enum DirectoryDeed {
    /// A file was read in.
    Imported {
        /// What was in it.
        file: DirectoryFile,
        /// All entries from then on.
        entries: Digest,
    },
    /// Somebody looked again: an entry, of the pack or our own, says what its authority says.
    Confirmed {
        /// Which.
        id: String,
        /// What it said: a confirmation counts for no other words.
        says: Digest,
        /// Where he looked.
        source: String,
        /// On which day.
        as_of: Day,
    },
    /// An entry was taken out.
    Removed {
        /// Which.
        id: String,
        /// Why.
        because: String,
        /// All entries from then on.
        entries: Digest,
    },
}

/// A directory's file: what was taken from it, and where it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryFile {
    /// The file's own name, without folders.
    pub name: String,
    /// The digest of the original, under which it is kept.
    pub original: Digest,
    /// The version of the reader that read it.
    pub parser: u32,
    /// The column map that was given, as its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map: Option<String>,
    /// Records in the file.
    pub rows: u64,
    /// Records taken.
    pub accepted: u64,
    /// Records that were held already.
    pub already: u64,
    /// Records rejected.
    pub rejected: u64,
    /// Entries that gave way to newer ones.
    pub replaced: u64,
    /// Entries that the file, said to be all that is known of its countries, does not have.
    pub withdrawn: u64,
}

/// The agency's own directory, folded from the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Directory {
    /// What was done to it, oldest first.
    pub(crate) history: Vec<Done>,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Done {
    pub(crate) at: Timestamp,
    pub(crate) by: String,
    pub(crate) deed: DirectoryDeed,
}

impl DirectoryDeed {
    /// Its name, and what it is about, for the audit.
    pub(crate) fn told(&self) -> (&'static str, String) {
        match self {
            DirectoryDeed::Imported { file, .. } => {
                let digest: String = file.original.to_string().chars().take(12).collect();
                ("imported", format!("{}: {}/{} ({digest}…)", file.name, file.accepted, file.rows))
            }
            DirectoryDeed::Confirmed { id, source, as_of, .. } => {
                ("confirmed", format!("{id}, {as_of}: {source}"))
            }
            DirectoryDeed::Removed { id, because, .. } => ("removed", format!("{id}: {because}")),
        }
    }

    /// All entries after it, where it changed them.
    pub(crate) fn entries(&self) -> Option<Digest> {
        match self {
            DirectoryDeed::Imported { entries, .. } | DirectoryDeed::Removed { entries, .. } => {
                Some(*entries)
            }
            DirectoryDeed::Confirmed { .. } => None,
        }
    }
}

impl Directory {
    pub(crate) fn apply(&mut self, at: Timestamp, by: &str, deed: &DirectoryDeed) {
        self.history.push(Done { at, by: by.to_owned(), deed: deed.clone() });
    }

    /// What had been done by a moment; nothing: up to now. Ended by the first later event in the
    /// order of the log, since a clock may go back.
    pub(crate) fn until(&self, moment: Option<Timestamp>) -> &[Done] {
        let later = |done: &Done| moment.is_some_and(|moment| done.at > moment);
        let count = self.history.iter().position(later).unwrap_or(self.history.len());
        self.history.get(..count).unwrap_or_default()
    }

    /// Files that have to be kept for it, with a name of each for people.
    pub(crate) fn files(&self) -> impl Iterator<Item = (Digest, String)> {
        self.history.iter().flat_map(|done| {
            let entries = done.deed.entries().map(|digest| (digest, "directory.json".to_owned()));
            let original = match &done.deed {
                DirectoryDeed::Imported { file, .. } => Some((file.original, file.name.clone())),
                _ => None,
            };
            entries.into_iter().chain(original)
        })
    }
}
