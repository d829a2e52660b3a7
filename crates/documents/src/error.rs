//! What printing gives back: bytes with warnings, or why there are none.

use i18n::{Language, text_with};

/// A printed letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The file.
    pub bytes: Vec<u8>,
    /// What is not on the paper as it was given.
    pub warnings: Vec<Warning>,
}

/// What is not on the paper as it was given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Warning {
    /// No font has these characters: their numbers stand in their place, as in `[U+4E2D]`.
    NoGlyph(Vec<char>),
    /// These do not show, or turn the text round: their numbers stand in their place.
    Invisible(Vec<char>),
}

/// At most so many characters are named in a warning.
const NAMED: usize = 20;

impl Warning {
    /// The stable code of this warning.
    pub fn code(&self) -> &'static str {
        match self {
            Warning::NoGlyph(_) => "document_no_glyph",
            Warning::Invisible(_) => "document_invisible",
        }
    }

    /// What is told of it.
    pub fn text(&self, language: Language) -> String {
        let (Warning::NoGlyph(characters) | Warning::Invisible(characters)) = self;
        let mut named: Vec<String> =
            characters.iter().take(NAMED).map(|c| format!("U+{:04X}", u32::from(*c))).collect();
        if characters.len() > NAMED {
            named.push("…".to_owned());
        }
        let key = format!("warning-{}", self.code().replace('_', "-"));
        let count = characters.len();
        text_with(language, &key, &[("value", (&named.join(", ")).into()), ("count", count.into())])
    }
}

/// Why a letter was not printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// A text, or all of them together, is longer than paper should hold.
    #[error("{what} has {bytes} bytes, at most {limit} are printed")]
    TooLong {
        /// Where it stands.
        what: &'static str,
        /// How long it is.
        bytes: usize,
        /// How long it may be.
        limit: usize,
    },
    /// A list has too many entries.
    #[error("{what} has {count} entries")]
    TooMany {
        /// Which list.
        what: &'static str,
        /// How many it has.
        count: usize,
    },
    /// A letter's day does not exist.
    #[error("{0:?} is no day")]
    BadDay(String),
    /// The bytes of a font file cannot be read as one.
    #[error("font file {0} cannot be read")]
    BadFont(usize),
    /// The typesetter refused: a mistake of ours, told in its words.
    #[error("typesetting failed: {0}")]
    Typesetter(String),
}

/// The codes of all refusals of this crate, each of which has a text for people.
pub const CODES: &[&str] = &[
    "document_too_long",
    "document_too_many",
    "document_bad_day",
    "document_bad_font",
    "document_typesetter",
];

impl DocumentError {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            DocumentError::TooLong { .. } => "document_too_long",
            DocumentError::TooMany { .. } => "document_too_many",
            DocumentError::BadDay(_) => "document_bad_day",
            DocumentError::BadFont(_) => "document_bad_font",
            DocumentError::Typesetter(_) => "document_typesetter",
        }
    }

    /// Its cause and remedy for people.
    pub fn text(&self, language: Language) -> [String; 2] {
        let (value, other) = match self {
            DocumentError::TooLong { what, bytes, limit } => {
                ((*what).to_owned(), format!("{bytes} > {limit}"))
            }
            DocumentError::TooMany { what, count } => ((*what).to_owned(), count.to_string()),
            DocumentError::BadDay(raw) => (raw.clone(), String::new()),
            DocumentError::BadFont(number) => ((number + 1).to_string(), String::new()),
            DocumentError::Typesetter(said) => (said.clone(), String::new()),
        };
        i18n::refusal(language, self.code(), &value, &other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_and_warning_has_its_texts() {
        for language in Language::all() {
            for code in CODES {
                for text in i18n::refusal(language, code, "x", "y") {
                    assert!(!text.contains(['⟦', '{']), "{language} {code}: {text}");
                }
            }
            for warning in [Warning::NoGlyph(vec!['中', '\u{1F600}']), Warning::Invisible(vec![])]
            {
                assert!(!warning.text(language).contains(['⟦', '{']), "{}", warning.text(language));
            }
        }
        let said = Warning::NoGlyph(vec!['中']).text(Language::En);
        assert!(said.contains("U+4E2D"), "{said}");
    }
}
