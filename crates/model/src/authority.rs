//! Authorities of states: in which role each acts, and on which way it is reached.
//!
//! Which authority a state has is never known here: it is a fact with a source, in the law pack or
//! in a file that an agency reads in.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::country::Country;
use crate::day::{Day, VagueDay};
use crate::identifier::Identifier;
use crate::measure::Measure;

/// What was read longer ago than this is stale: a person is asked to confirm it.
pub const STALE_AFTER_DAYS: i64 = 365;

/// How old a fact is on a day. Where only the month or the year is known, from its first day on:
/// what is old is rather said too early than too late.
pub fn age_days(as_of: VagueDay, on: Day) -> i64 {
    on.days_since(as_of.earliest()).max(0)
}

/// Whether a fact is so old on a day that somebody has to look again.
pub fn is_stale(as_of: VagueDay, on: Day) -> bool {
    age_days(as_of, on) > STALE_AFTER_DAYS
}

/// In which role an authority acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum AuthorityRole {
    /// Named by a treaty or law to send and receive requests.
    CentralAuthority,
    /// Reached at all hours.
    ContactPoint,
    /// A financial intelligence unit.
    Fiu,
    /// Prosecutes.
    Prosecution,
    /// A ministry that leads cooperation, without being named the central authority.
    Ministry,
    /// Police.
    Police,
}

/// On which way a request gets there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum Channel {
    /// From authority to authority.
    Direct,
    /// Through the ministries of foreign affairs.
    Diplomatic,
}

/// What an agency notes of an authority.
/// Invariant: the English name and the source are not empty, and no text holds control characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorityEntry {
    /// Whose.
    pub country: Country,
    /// In which role.
    pub role: AuthorityRole,
    /// What it is called in English.
    pub name_en: String,
    /// What it is called in Vietnamese; may be empty.
    pub name_vi: String,
    /// What it calls itself; may be empty.
    pub name_local: String,
    /// Where letters go; may be empty.
    pub address: String,
    /// Its telephone.
    pub phone: Option<Identifier>,
    /// Its e-mail.
    pub email: Option<Identifier>,
    /// The languages that it accepts.
    pub languages: Vec<String>,
    /// On which way requests get there.
    pub channel: Option<Channel>,
    /// For which measures; empty: nobody has said.
    pub measures: Vec<Measure>,
    /// When somebody is there; may be empty.
    pub hours: String,
    /// Where it was read, or who said it.
    pub source: String,
    /// When that was true.
    pub as_of: VagueDay,
    /// Whether somebody read it in that source.
    pub verified: bool,
}

/// Why a text is no role or no channel.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no role of an authority and no channel")]
pub struct UnknownWord(pub String);

impl AuthorityRole {
    /// All roles.
    pub const ALL: [AuthorityRole; 6] = [
        AuthorityRole::CentralAuthority,
        AuthorityRole::ContactPoint,
        AuthorityRole::Fiu,
        AuthorityRole::Prosecution,
        AuthorityRole::Ministry,
        AuthorityRole::Police,
    ];

    /// The word in files and answers.
    pub fn id(self) -> &'static str {
        match self {
            AuthorityRole::CentralAuthority => "central_authority",
            AuthorityRole::ContactPoint => "contact_point_24_7",
            AuthorityRole::Fiu => "fiu",
            AuthorityRole::Prosecution => "prosecution",
            AuthorityRole::Ministry => "ministry",
            AuthorityRole::Police => "police",
        }
    }

    /// Reads a role as `id` writes it.
    pub fn parse(raw: &str) -> Result<AuthorityRole, UnknownWord> {
        let found = AuthorityRole::ALL.into_iter().find(|role| role.id() == raw);
        found.ok_or_else(|| UnknownWord(raw.chars().take(40).collect()))
    }
}

impl Channel {
    /// All channels.
    pub const ALL: [Channel; 2] = [Channel::Direct, Channel::Diplomatic];

    /// The word in files and answers.
    pub fn id(self) -> &'static str {
        match self {
            Channel::Direct => "direct",
            Channel::Diplomatic => "diplomatic",
        }
    }

    /// Reads a channel as `id` writes it.
    pub fn parse(raw: &str) -> Result<Channel, UnknownWord> {
        let found = Channel::ALL.into_iter().find(|channel| channel.id() == raw);
        found.ok_or_else(|| UnknownWord(raw.chars().take(40).collect()))
    }
}

/// A language's code, two or three small letters (ISO 639): its form, not whether it is assigned.
pub fn is_language(raw: &str) -> bool {
    (2..=3).contains(&raw.len()) && raw.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Words that are written, read back and shown alike.
macro_rules! words {
    ($($name:ident)*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.id())
            }
        }

        impl TryFrom<String> for $name {
            type Error = UnknownWord;
            fn try_from(raw: String) -> Result<$name, UnknownWord> {
                $name::parse(&raw)
            }
        }

        impl From<$name> for &'static str {
            fn from(word: $name) -> &'static str {
                word.id()
            }
        }
    )*};
}

words! { AuthorityRole Channel }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back_and_no_other() {
        for role in AuthorityRole::ALL {
            assert_eq!(AuthorityRole::parse(role.id()), Ok(role));
        }
        for channel in Channel::ALL {
            assert_eq!(Channel::parse(channel.id()), Ok(channel));
        }
        assert!(AuthorityRole::parse("Ministry").is_err() && Channel::parse("").is_err());
    }

    #[test]
    fn a_fact_is_stale_after_a_year_and_a_day() {
        let stale = |as_of: &str, on: &str| {
            is_stale(VagueDay::parse(as_of).unwrap(), Day::parse(on).unwrap())
        };
        assert!(!stale("2025-11-26", "2026-11-26"));
        assert!(stale("2025-11-25", "2026-11-26"));
        // A month counts from its first day, a year from its first of January.
        assert!(stale("2025-11", "2026-11-02") && !stale("2025-11", "2026-11-01"));
        assert!(!stale("2026", "2027-01-01") && stale("2026", "2027-01-02"));
        assert_eq!(
            age_days(VagueDay::parse("2027").unwrap(), Day::parse("2026-01-01").unwrap()),
            0
        );
    }

    #[test]
    fn a_language_is_two_or_three_small_letters() {
        assert!(["vi", "en", "yue"].into_iter().all(is_language));
        assert!(!["", "v", "EN", "engl", "zh-CN", "ñe"].into_iter().any(is_language));
    }
}
