//! What `directory` answers, and what requests say of those to whom they go.

use model::country::Country;
use model::digest::Digest;
use model::time::Timestamp;
use serde::Serialize;

use super::FileAnswer;

/// `directory list`.
#[derive(Debug, Serialize)]
pub struct Authorities {
    /// The agency's own entries first.
    pub authorities: Vec<AuthorityAnswer>,
    /// Where there is none: what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
    /// The day for which it was asked.
    pub on: String,
    /// The pack's digest.
    pub pack: String,
}

/// One authority.
#[derive(Debug, Clone, Serialize)]
pub struct AuthorityAnswer {
    /// Its id.
    pub id: String,
    /// Whose.
    pub country: Country,
    /// In which role.
    pub role: &'static str,
    /// What it is called in the chosen language.
    pub name: String,
    /// In Vietnamese.
    pub name_vi: String,
    /// In English.
    pub name_en: String,
    /// What it calls itself.
    pub name_local: Option<String>,
    /// For which measures.
    pub measures: Vec<&'static str>,
    /// The article that names it.
    pub article: Option<String>,
    /// Of which instrument.
    pub instrument: Option<String>,
    /// What that is called.
    pub instrument_title: Option<String>,
    /// `yes`, or `check` where nobody has verified that the instrument holds there on the day.
    pub applies: &'static str,
    /// On which way requests get there.
    pub channel: Option<&'static str>,
    /// The languages that it accepts.
    pub languages: Vec<String>,
    /// Where letters go.
    pub address: Option<String>,
    /// Its telephone.
    pub phone: Option<String>,
    /// Its e-mail.
    pub email: Option<String>,
    /// When somebody is there.
    pub hours: Option<String>,
    /// What the source says.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Where it was read.
    pub source: String,
    /// When that was true.
    pub as_of: String,
    /// Whether somebody read it there.
    pub verified: bool,
    /// What is still unread about it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub caveat: String,
    /// How many days ago that was.
    pub age_days: i64,
    /// Whether somebody has to look again.
    pub stale: bool,
    /// `pack` or `own`.
    pub origin: &'static str,
    /// Who confirmed it last.
    pub confirmed: Option<ConfirmedAnswer>,
    /// Entries that say something else of it.
    pub contradicts: Vec<String>,
    /// The file that brought it.
    pub file: Option<String>,
    /// Its record there.
    pub row: Option<u64>,
}

/// An officer's confirmation.
#[derive(Debug, Clone, Serialize)]
pub struct ConfirmedAnswer {
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Where it was first read.
    pub first_source: String,
}

/// `directory show`, `confirm` and `remove`.
#[derive(Debug, Serialize)]
pub struct AuthorityShown {
    /// What is known of it now; `null` where it was taken out.
    pub authority: Option<AuthorityAnswer>,
    /// What was done to it, oldest first.
    pub history: Vec<AuthorityDone>,
}

/// Something that was done to an entry.
#[derive(Debug, Serialize)]
pub struct AuthorityDone {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// `added`, `replaced`, `withdrawn`, `removed` or `confirmed`.
    pub what: &'static str,
    /// The file that did it, the source that confirms it, or why it was removed.
    pub because: String,
    /// What it said until then.
    pub before: Option<AuthorityAnswer>,
}

/// An authority that a pack names otherwise than the one that answered before.
#[derive(Debug, Serialize)]
pub struct AuthorityChanged {
    /// Its id.
    pub id: String,
    /// `added`, `removed` or `changed`.
    pub change: &'static str,
    /// What was said; `null` where it is new.
    pub before: Option<AuthorityAnswer>,
    /// What is said now; `null` where it is gone.
    pub after: Option<AuthorityAnswer>,
}

/// `directory import`.
#[derive(Debug, Serialize)]
pub struct DirectoryImported {
    /// The file, as `import` tells it; `accepted` stand in the directory now.
    #[serde(flatten)]
    pub file: FileAnswer,
    /// Whether nothing was changed, and the figures say what would be.
    pub dry_run: bool,
    /// Entries that gave way to newer ones.
    pub replaced: u64,
    /// Entries that were withdrawn, since the file is all there is.
    pub withdrawn: u64,
    /// How many entries the agency's own directory has now.
    pub entries: usize,
    /// All entries, by the digest of what is kept; `null` where nothing changed.
    pub kept: Option<Digest>,
}

/// To whom a request goes.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AddresseeAnswer {
    /// The entry of the directory; `null` where an officer names somebody whom it does not know.
    pub id: Option<String>,
    /// What it is called, Vietnamese and English.
    pub name: [String; 2],
    /// Where it is reached; may be empty.
    pub address: String,
    /// Where that was read; empty where an officer said so.
    pub source: String,
    /// When that was true.
    pub as_of: Option<String>,
    /// Whether somebody read it there.
    pub verified: bool,
    /// Whether somebody has to look again.
    pub stale: bool,
}
