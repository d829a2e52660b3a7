//! What is wrong with a pack, where, and which remedy the text for people names.

/// One fault of a pack. Its text is `error-<code>`, with `value` and `other`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{file}, line {line}: {problem:?}: {value} ({other})")]
pub struct PackFault {
    /// The file, from the pack's root.
    pub file: String,
    /// Counted from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// What is wrong there.
    pub problem: Problem,
    /// The offending value.
    pub value: String,
    /// What it contradicts, or what is allowed.
    pub other: String,
}

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Problem {
    /// No TOML, or a word that the schema does not have there.
    Syntax,
    /// A word outside the list of those allowed.
    Unknown,
    /// It refers to something that the pack does not hold.
    Dangling,
    /// A fact without a source, or a verified one whose source nobody read.
    Source,
    /// A date that contradicts another, or none at all.
    Date,
    /// Figures that contradict each other.
    Figures,
    /// The same id twice.
    Duplicate,
    /// More or longer than a pack may be.
    TooLarge,
    /// A file that has to be there is not.
    MissingFile,
    /// A file that the schema does not have.
    UnknownFile,
    /// A treaty between two states that has not two, a law without its state.
    Parties,
}

impl Problem {
    /// All, for the tests of texts.
    pub const ALL: [Problem; 11] = [
        Problem::Syntax,
        Problem::Unknown,
        Problem::Dangling,
        Problem::Source,
        Problem::Date,
        Problem::Figures,
        Problem::Duplicate,
        Problem::TooLarge,
        Problem::MissingFile,
        Problem::UnknownFile,
        Problem::Parties,
    ];

    /// The stable code of this refusal.
    pub fn code(self) -> &'static str {
        match self {
            Problem::Syntax => "pack_syntax",
            Problem::Unknown => "pack_unknown_word",
            Problem::Dangling => "pack_dangling",
            Problem::Source => "pack_no_source",
            Problem::Date => "pack_date",
            Problem::Figures => "pack_figures",
            Problem::Duplicate => "pack_duplicate",
            Problem::TooLarge => "pack_too_large",
            Problem::MissingFile => "pack_missing_file",
            Problem::UnknownFile => "pack_unknown_file",
            Problem::Parties => "pack_parties",
        }
    }
}
