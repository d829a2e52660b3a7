//! Failures of the disk and the database, with the operation and the path.

use std::fmt::Display;
use std::path::Path;

use node::port::PortError;

/// A failure outside, said so that somebody can mend it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// An operation on a file or the database failed.
    #[error(transparent)]
    Port(#[from] PortError),
    /// Another process uses the node.
    #[error("another process uses the node in {0}")]
    Locked(String),
    /// SQLite is older than we trust.
    #[error("SQLite is {found}, needed is {needed} or later")]
    SqliteTooOld {
        /// What is linked.
        found: String,
        /// What we need.
        needed: &'static str,
    },
    /// A newer program wrote the database.
    #[error("the database has version {found}, this program knows {known}")]
    DatabaseTooNew {
        /// In the file.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// The key file cannot be opened.
    #[error("the key file cannot be opened: {0}")]
    Key(&'static str),
    /// A backup file that is none.
    #[error("{path} is no backup: {cause}")]
    NotABackup {
        /// The file.
        path: String,
        /// Why.
        cause: String,
    },
    /// A place that must be empty is not.
    #[error("{0} is not empty")]
    NotEmpty(String),
}

impl StoreError {
    /// Stable snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            StoreError::Port(_) => "system",
            StoreError::Locked(_) => "home_locked",
            StoreError::SqliteTooOld { .. } => "sqlite_too_old",
            StoreError::DatabaseTooNew { .. } => "database_too_new",
            StoreError::Key(_) => "key_unreadable",
            StoreError::NotABackup { .. } => "not_a_backup",
            StoreError::NotEmpty(_) => "home_not_empty",
        }
    }

    /// All codes of this module, for the check that each has its texts.
    pub const CODES: &[&str] = &[
        "home_locked",
        "sqlite_too_old",
        "database_too_new",
        "key_unreadable",
        "not_a_backup",
        "home_not_empty",
    ];
}

/// The port's error for a failed operation on a path.
pub(crate) fn at<E: Display>(operation: &'static str, path: &Path) -> impl Fn(E) -> PortError {
    let object = path.display().to_string();
    move |cause| PortError { operation, object: object.clone(), cause: cause.to_string() }
}
