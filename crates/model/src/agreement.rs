//! Whether two nodes bring values to the same canonical form: without that they would share nothing
//! and never learn why.
//!
//! A public list of values in many spellings is read by this node's own parsers. What comes out is
//! hashed, and two nodes compare the hash before they match: it also covers what no version number
//! names, the numbering plans and lists inside libraries.

use std::fmt::Write as _;

use crate::country::Country;
use crate::digest::Digest;
use crate::identifier::{Context, Identifier, Kind};

/// The version of the rules; whoever changes what any value becomes raises it.
pub const VERSION: u32 = 1;
/// The list: kind, country, raw value, canonical identifier.
const LIST: &str = include_str!("../data/agreement.tsv");
const NAME: &str = "lienket/match/v1/agreement";

/// The digest of what this node makes of the list.
///
/// Bytes: the name of this use, the version, and a line for each row of the list: kind, country and
/// raw value as the list writes them, and what was read, parted by tabs. A value that is not read
/// gives `error:` and the code.
pub fn digest() -> Digest {
    let mut text = format!("{NAME}\n{VERSION}\n");
    for [kind, country, raw, _] in rows() {
        let found = read(kind, country, raw);
        // Text takes everything that is written into it.
        let _ = writeln!(text, "{kind}\t{country}\t{raw}\t{found}");
    }
    Digest::of(text.as_bytes())
}

/// The rows of the list that this node reads otherwise than the list says: raw value, what is
/// expected, what comes out.
pub fn differences() -> Vec<[String; 3]> {
    let all = rows().map(|[kind, country, raw, expected]| {
        [unescaped(raw), expected.to_owned(), read(kind, country, raw)]
    });
    all.filter(|[_, expected, found]| expected != found).collect()
}

fn rows() -> impl Iterator<Item = [&'static str; 4]> {
    let lines = LIST.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split('\t').collect::<Vec<_>>().try_into().ok())
}

fn read(kind: &str, country: &str, raw: &str) -> String {
    let context = Context { country: Country::parse(country).ok() };
    let found =
        Kind::parse(kind).and_then(|kind| Identifier::parse(kind, &unescaped(raw), context));
    found.map_or_else(|error| format!("error:{}", error.code()), |found| found.to_string())
}

/// Replaces `\u{...}`.
fn unescaped(raw: &str) -> String {
    let mut out = String::new();
    let mut rest = raw;
    while let Some((before, behind)) = rest.split_once("\\u{") {
        let Some((digits, after)) = behind.split_once('}') else { break };
        let character = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
        out.push_str(before);
        out.extend(character);
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What every node of this version has.
    const DIGEST: &str = "84a02150ef8905d20822c26ef8fc7a85c1d4aaaedeb73c620e0e258fd2d3f7a7";

    #[test]
    fn every_row_becomes_what_the_list_says() {
        assert_eq!(differences(), Vec::<[String; 3]>::new());
        assert_eq!(rows().count(), 240);
        assert!(LIST.lines().filter(|line| !line.starts_with('#')).count() == 240);
    }

    #[test]
    fn all_kinds_and_countries_are_in_it() {
        for kind in Kind::all() {
            assert!(rows().any(|[name, ..]| name == kind.as_str()), "{kind:?}");
        }
        for country in ["VN", "CN", "TH", "KR", "IN", "SG"] {
            assert!(rows().any(|[_, name, ..]| name == country), "{country}");
        }
    }

    #[test]
    fn the_digest_is_the_one_of_this_version() {
        assert_eq!(digest().to_string(), DIGEST);
    }
}
