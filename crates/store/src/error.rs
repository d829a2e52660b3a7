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
    /// The key can be neither made nor opened.
    #[error("the key can be neither made nor opened: {0}")]
    Key(&'static str),
    /// The key file is no key file.
    #[error("the key file {0} is damaged")]
    KeyDamaged(String),
    /// The passphrase does not open the key.
    #[error("the passphrase does not open {0}")]
    PassphraseWrong(String),
    /// The key is wrapped and no passphrase was given.
    #[error("the key needs its passphrase")]
    PassphraseMissing,
    /// A passphrase file that holds none.
    #[error("{0} holds no passphrase")]
    PassphraseEmpty(String),
    /// A passphrase file that is too large to be one.
    #[error("{0} is too large for a passphrase file")]
    PassphraseTooLong(String),
    /// A passphrase file that is not UTF-8.
    #[error("{0} is not UTF-8 text")]
    PassphraseNotText(String),
    /// A passphrase and a token were named at once.
    #[error("both a passphrase and a token are named")]
    ProtectionTwice,
    /// A token was named by halves.
    #[error("a token is named, but {0} is not set")]
    TokenIncomplete(&'static str),
    /// A PIN file that holds no PIN.
    #[error("{0} is no PIN file")]
    TokenPinUnreadable(String),
    /// The key is wrapped by a token and none was named.
    #[error("the key needs {0}")]
    TokenMissing(String),
    /// The module of the token cannot be loaded.
    #[error("{module}: {cause}")]
    TokenModule {
        /// The file.
        module: String,
        /// Why.
        cause: String,
    },
    /// There is no such token, or no such key in it.
    #[error("there is no {0}")]
    TokenNotFound(String),
    /// Several tokens, or several keys in one, have the same label.
    #[error("{0} is there more than once")]
    TokenAmbiguous(String),
    /// The token refused the PIN.
    #[error("the token {0} refused the PIN")]
    TokenPinWrong(String),
    /// The token takes no PIN any more, or one wrong one would be the last.
    #[error("the token {0} is locked, or the next wrong PIN locks it")]
    TokenPinLocked(String),
    /// The token's key could be taken out of it, or is no AES-256 key.
    #[error("{0} is no AES-256 key that stays in its token")]
    TokenKeyUnfit(String),
    /// The key was wrapped by another token or key, or the file was changed.
    #[error("the key was wrapped by {0}, or was changed")]
    TokenOther(String),
    /// The token could not do what it was asked.
    #[error("the token failed: {0}")]
    TokenFailed(String),
    /// A backup file that is none.
    #[error("{path} is no backup: {cause}")]
    NotABackup {
        /// The file.
        path: String,
        /// Why.
        cause: String,
    },
    /// The file that a backup was to be written to is there.
    #[error("{0} exists")]
    BackupExists(String),
    /// An original is missing or changed, so that a backup would not be whole.
    #[error("the original of {0} is missing or damaged")]
    OriginalDamaged(String),
    /// A sealed file is missing or changed, so that a backup would not be whole.
    #[error("the sealed file {0} is missing or damaged")]
    BlobDamaged(String),
    /// More files than a backup may hold.
    #[error("{0} files are more than a backup may hold")]
    BackupTooLarge(usize),
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
            StoreError::KeyDamaged(_) => "key_damaged",
            StoreError::PassphraseWrong(_) => "passphrase_wrong",
            StoreError::PassphraseMissing => "passphrase_missing",
            StoreError::PassphraseEmpty(_) => "passphrase_empty",
            StoreError::PassphraseTooLong(_) => "passphrase_too_long",
            StoreError::PassphraseNotText(_) => "passphrase_not_text",
            StoreError::ProtectionTwice => "protection_twice",
            StoreError::TokenIncomplete(_) => "token_incomplete",
            StoreError::TokenPinUnreadable(_) => "token_pin_unreadable",
            StoreError::TokenMissing(_) => "token_missing",
            StoreError::TokenModule { .. } => "token_module",
            StoreError::TokenNotFound(_) => "token_not_found",
            StoreError::TokenAmbiguous(_) => "token_ambiguous",
            StoreError::TokenPinWrong(_) => "token_pin_wrong",
            StoreError::TokenPinLocked(_) => "token_pin_locked",
            StoreError::TokenKeyUnfit(_) => "token_key_unfit",
            StoreError::TokenOther(_) => "token_other",
            StoreError::TokenFailed(_) => "token_failed",
            StoreError::NotABackup { .. } => "not_a_backup",
            StoreError::BackupExists(_) => "backup_exists",
            StoreError::OriginalDamaged(_) => "original_damaged",
            StoreError::BlobDamaged(_) => "blob_damaged",
            StoreError::BackupTooLarge(_) => "backup_too_large",
            StoreError::NotEmpty(_) => "home_not_empty",
        }
    }

    /// What the texts are about: a path, a file's name, a number.
    pub fn value(&self) -> String {
        match self {
            StoreError::KeyDamaged(text)
            | StoreError::PassphraseWrong(text)
            | StoreError::PassphraseEmpty(text)
            | StoreError::PassphraseTooLong(text)
            | StoreError::PassphraseNotText(text)
            | StoreError::TokenPinUnreadable(text)
            | StoreError::TokenMissing(text)
            | StoreError::TokenNotFound(text)
            | StoreError::TokenAmbiguous(text)
            | StoreError::TokenPinWrong(text)
            | StoreError::TokenPinLocked(text)
            | StoreError::TokenKeyUnfit(text)
            | StoreError::TokenOther(text)
            | StoreError::TokenFailed(text)
            | StoreError::BackupExists(text)
            | StoreError::OriginalDamaged(text)
            | StoreError::BlobDamaged(text) => text.clone(),
            StoreError::TokenIncomplete(variable) => (*variable).to_owned(),
            StoreError::DatabaseTooNew { found, .. } => found.to_string(),
            StoreError::BackupTooLarge(count) => count.to_string(),
            other => other.to_string(),
        }
    }

    /// All codes of this module, for the check that each has its texts.
    pub const CODES: &[&str] = &[
        "home_locked",
        "sqlite_too_old",
        "database_too_new",
        "key_unreadable",
        "key_damaged",
        "passphrase_wrong",
        "passphrase_missing",
        "passphrase_empty",
        "passphrase_too_long",
        "passphrase_not_text",
        "protection_twice",
        "token_incomplete",
        "token_pin_unreadable",
        "token_missing",
        "token_module",
        "token_not_found",
        "token_ambiguous",
        "token_pin_wrong",
        "token_pin_locked",
        "token_key_unfit",
        "token_other",
        "token_failed",
        "not_a_backup",
        "backup_exists",
        "original_damaged",
        "blob_damaged",
        "backup_too_large",
        "home_not_empty",
    ];
}

/// The port's error for a failed operation on a path.
pub(crate) fn at<E: Display>(operation: &'static str, path: &Path) -> impl Fn(E) -> PortError {
    let object = path.display().to_string();
    move |cause| PortError { operation, object: object.clone(), cause: cause.to_string() }
}
