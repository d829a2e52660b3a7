//! The pack's files as TOML has them, before anything is checked; `docs/law.md` is the schema.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// A text in both languages.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawText {
    pub(super) en: String,
    pub(super) vi: String,
}

/// Declares rows that end with the fields of every fact, and a way to these.
macro_rules! rows {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $kind:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            $(#[serde(default)] pub(super) $field: $kind,)*
            pub(super) en: String,
            pub(super) vi: String,
            pub(super) source: String,
            #[serde(default)]
            pub(super) verified: bool,
            #[serde(default)]
            pub(super) caveat: RawText,
        }

        impl Told for $name {
            fn told(&self) -> Common<'_> {
                Common {
                    en: &self.en,
                    vi: &self.vi,
                    source: &self.source,
                    verified: self.verified,
                    caveat: &self.caveat,
                }
            }
        }
    )*};
}

/// What every fact has.
pub(super) struct Common<'r> {
    pub(super) en: &'r str,
    pub(super) vi: &'r str,
    pub(super) source: &'r str,
    pub(super) verified: bool,
    pub(super) caveat: &'r RawText,
}

/// A row that tells a fact.
pub(super) trait Told {
    fn told(&self) -> Common<'_>;
}

/// Rows whose fact is told by a text that has a name of its own.
macro_rules! told_by {
    ($($name:ident: $text:ident,)*) => {$(
        impl Told for $name {
            fn told(&self) -> Common<'_> {
                Common {
                    en: &self.$text.en,
                    vi: &self.$text.vi,
                    source: &self.source,
                    verified: self.verified,
                    caveat: &self.caveat,
                }
            }
        }
    )*};
}
pub(super) use told_by;

told_by! { RawInstrument: status, RawParty: note, }

rows! {
    /// An article on a topic.
    RawProvision {
        article: String,
        topic: String,
        about: Option<Vec<String>>,
        may_cover: Vec<String>,
        side: String,
        undertaking: String,
    }
    /// What a request contains.
    RawElement {
        id: String,
        article: String,
        level: String,
        r#for: Vec<String>,
        not_for: Vec<String>,
        recommended_for: Vec<String>,
        side: String,
        when: String,
        undertaking: String,
    }
    /// A ground of refusal.
    RawGround {
        id: String,
        article: String,
        force: String,
        r#for: Vec<String>,
        not_for: Vec<String>,
        side: String,
        undertaking: String,
    }
    /// What a state said when it joined.
    RawReservation { state: String, article: String, topic: String, shuts: Vec<String>, }
    /// Articles that ended.
    RawEnded { articles: String, on: String, measures: Vec<String>, }
    /// What another source says.
    RawConflict {}
}

/// A member of a treaty.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawParty {
    pub(super) member: String,
    pub(super) status: String,
    #[serde(default)]
    pub(super) since: String,
    #[serde(default)]
    pub(super) true_by: String,
    #[serde(default)]
    pub(super) note: RawText,
    pub(super) source: String,
    pub(super) verified: bool,
    #[serde(default)]
    pub(super) caveat: RawText,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawParagraphs {
    pub(super) article: u32,
    pub(super) from: u32,
    pub(super) to: u32,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawScope {
    pub(super) organised: bool,
    pub(super) serious_months: u32,
    pub(super) conducts: Vec<String>,
    pub(super) corruption_only: bool,
    pub(super) own_offences_for: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawThreshold {
    pub(super) months: u32,
    pub(super) law: String,
    #[serde(default)]
    pub(super) left_months: u32,
    pub(super) article: String,
}

/// A file of `instruments/`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawInstrument {
    pub(super) id: Spanned<String>,
    pub(super) kind: Spanned<String>,
    pub(super) title: RawText,
    #[serde(default)]
    pub(super) country: String,
    #[serde(default)]
    pub(super) signed: String,
    #[serde(default)]
    pub(super) in_force: String,
    #[serde(default)]
    pub(super) in_force_by: String,
    #[serde(default)]
    pub(super) not_in_force: bool,
    #[serde(default)]
    pub(super) ended: String,
    #[serde(default)]
    pub(super) closed: bool,
    #[serde(default)]
    pub(super) displaces: bool,
    #[serde(default)]
    pub(super) chapter_of: String,
    #[serde(default)]
    pub(super) own_kind: Vec<String>,
    #[serde(default)]
    pub(super) excludes: Vec<String>,
    #[serde(default)]
    pub(super) model_for: Vec<String>,
    #[serde(default)]
    pub(super) status: RawText,
    pub(super) source: String,
    #[serde(default)]
    pub(super) as_of: String,
    pub(super) verified: bool,
    #[serde(default)]
    pub(super) caveat: RawText,
    pub(super) yields: Option<RawParagraphs>,
    #[serde(default)]
    pub(super) scope: RawScope,
    pub(super) threshold: Option<Spanned<RawThreshold>>,
    #[serde(default)]
    pub(super) party: Vec<Spanned<RawParty>>,
    #[serde(default)]
    pub(super) provision: Vec<Spanned<RawProvision>>,
    #[serde(default)]
    pub(super) element: Vec<Spanned<RawElement>>,
    #[serde(default)]
    pub(super) ground: Vec<Spanned<RawGround>>,
    #[serde(default)]
    pub(super) reservation: Vec<Spanned<RawReservation>>,
    #[serde(default)]
    pub(super) ended_articles: Vec<Spanned<RawEnded>>,
    #[serde(default)]
    pub(super) conflict: Vec<Spanned<RawConflict>>,
    #[serde(default)]
    pub(super) sources: BTreeMap<String, String>,
}
