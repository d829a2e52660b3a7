//! Texts in one language or two, and the editions in which a letter is printed.

use i18n::Language;

/// A text as it was given: in Vietnamese, in English, in both, or the same in every language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wording {
    vi: Option<String>,
    en: Option<String>,
}

impl Wording {
    /// In both languages.
    pub fn both(vi: impl Into<String>, en: impl Into<String>) -> Wording {
        Wording { vi: Some(vi.into()), en: Some(en.into()) }
    }

    /// In one language alone: an edition in the other prints it as it is.
    pub fn only(language: Language, text: impl Into<String>) -> Wording {
        match language {
            Language::Vi => Wording { vi: Some(text.into()), en: None },
            Language::En => Wording { vi: None, en: Some(text.into()) },
        }
    }

    /// The same in every language: a person's name, a number, an account.
    pub fn same(text: impl Into<String>) -> Wording {
        let text = text.into();
        Wording { vi: Some(text.clone()), en: Some(text) }
    }

    /// Out of the texts of the house.
    pub(crate) fn of(make: impl Fn(Language) -> String) -> Wording {
        Wording { vi: Some(make(Language::Vi)), en: Some(make(Language::En)) }
    }

    /// The text in this language, where it was given in it.
    pub fn given(&self, language: Language) -> Option<&str> {
        let text = match language {
            Language::Vi => self.vi.as_deref(),
            Language::En => self.en.as_deref(),
        };
        text.filter(|text| !text.trim().is_empty())
    }

    /// The text and its language: this one where it was given in it, else the other.
    pub fn best(&self, language: Language) -> Option<(Language, &str)> {
        let mut order = Language::all();
        order.sort_by_key(|other| *other != language);
        order.into_iter().find_map(|language| Some((language, self.given(language)?)))
    }

    /// How many bytes its longer text has.
    pub(crate) fn size(&self) -> usize {
        Language::all().into_iter().filter_map(|l| self.given(l)).map(str::len).max().unwrap_or(0)
    }
}

/// In which language, or languages, a letter is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edition {
    /// Vietnamese alone.
    Vietnamese,
    /// English alone.
    English,
    /// Vietnamese on the left, English on the right, paragraph by paragraph.
    Both,
}

impl Edition {
    /// All editions.
    pub fn all() -> [Edition; 3] {
        [Edition::Vietnamese, Edition::English, Edition::Both]
    }

    /// The languages of its columns, from the left.
    pub fn languages(self) -> &'static [Language] {
        match self {
            Edition::Vietnamese => &[Language::Vi],
            Edition::English => &[Language::En],
            Edition::Both => &[Language::Vi, Language::En],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_one_language_stands_in_for_the_other() {
        let english = Wording::only(Language::En, "facts");
        assert_eq!(english.best(Language::Vi), Some((Language::En, "facts")));
        assert_eq!(english.given(Language::Vi), None);
        let both = Wording::both("tình tiết", "facts");
        assert_eq!(both.best(Language::Vi), Some((Language::Vi, "tình tiết")));
        assert_eq!(Wording::both(" ", "\n").best(Language::En), None);
    }
}
