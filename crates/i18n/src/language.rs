//! The languages in which the program speaks.

use std::fmt;

/// A language of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

impl Language {
    /// Reads a language's code, alone (`vi`) or at the head of a locale (`vi_VN.UTF-8`, `en-GB`).
    pub fn parse(raw: &str) -> Option<Language> {
        let code = raw.trim().split(['_', '-', '.', '@']).next().unwrap_or_default();
        Language::all().into_iter().find(|language| language.as_str().eq_ignore_ascii_case(code))
    }

    /// The two-letter code of ISO 639, as `lang` attributes and `--lang` want it.
    pub fn as_str(self) -> &'static str {
        match self {
            Language::Vi => "vi",
            Language::En => "en",
        }
    }

    /// All languages.
    pub fn all() -> [Language; 2] {
        [Language::Vi, Language::En]
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_read_alone_and_out_of_a_locale() {
        for (raw, expected) in [
            ("vi", Some(Language::Vi)),
            ("vi_VN.UTF-8", Some(Language::Vi)),
            ("en-GB", Some(Language::En)),
            ("EN", Some(Language::En)),
            ("C.UTF-8", None),
            ("", None),
        ] {
            assert_eq!(Language::parse(raw), expected, "{raw}");
        }
    }
}
