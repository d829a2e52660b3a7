//! A fact: a sentence of the pack with its source, and whether anybody verified it.

use model::day::VagueDay;

/// The source of what the product itself decided.
pub const PRODUCT: &str = "product";

/// A text in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: String,
    /// Vietnamese.
    pub vi: String,
}

/// A fact. Invariant: `id` is unique in its pack, and `source` is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Where it stands in the pack, such as `untoc:18(3)(f):docs_records`.
    pub id: String,
    /// What it says.
    pub text: Text,
    /// Where it was read, or where somebody should read it.
    pub source: String,
    /// When the source was true, where the pack knows.
    pub as_of: Option<VagueDay>,
    /// Whether it was read in its source.
    pub verified: bool,
    /// What is still unread, or second-hand, about it; often empty.
    pub caveat: Text,
}

impl Fact {
    /// Whether the product itself says so.
    pub fn is_ours(&self) -> bool {
        self.source == PRODUCT
    }
}
