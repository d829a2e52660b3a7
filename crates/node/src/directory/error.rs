//! Why something cannot be done with the directory.

/// A refused command about the directory.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DirectoryError {
    /// No such entry.
    #[error("no authority has the id {0:?}")]
    Unknown(String),
    /// The pack says so: it is not ours to take out.
    #[error("authority {0:?} is the law pack's")]
    OfPack(String),
    /// A source that is none.
    #[error("the source is empty or longer than 500 characters")]
    BadSource,
    /// A day on which nobody can have looked, or before what is known: that day, and the other.
    #[error("{0} cannot confirm what is known as of {1}")]
    BadDay(String, String),
    /// A file for the directory was given to `import`.
    #[error("a directory is read in by directory import")]
    NotACase,
}

impl DirectoryError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            DirectoryError::Unknown(_) => "authority_not_found",
            DirectoryError::OfPack(_) => "authority_of_pack",
            DirectoryError::BadSource => "bad_source",
            DirectoryError::BadDay(..) => "bad_confirmation_day",
            DirectoryError::NotACase => "directory_not_a_case",
        }
    }

    /// All codes, for the check that each has its texts.
    pub const CODES: &[&str] = &[
        "authority_not_found",
        "authority_of_pack",
        "bad_source",
        "bad_confirmation_day",
        "directory_not_a_case",
    ];

    /// The offending value, and a second one where there is one.
    pub fn values(&self) -> (String, String) {
        let shown = |text: &str| model::refusal::shown(text).to_string();
        match self {
            DirectoryError::Unknown(id) | DirectoryError::OfPack(id) => (shown(id), String::new()),
            DirectoryError::BadDay(day, known) => (shown(day), shown(known)),
            _ => Default::default(),
        }
    }
}
