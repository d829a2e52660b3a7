//! `authorities.toml`: who is competent for requests. A pack may be without it.

use std::collections::BTreeMap;

use model::authority::{AuthorityRole, Channel, is_language};
use serde::Deserialize;
use toml::Spanned;

use super::MAX_TEXT;
use super::raw::{Common, RawText};
use super::reader::Reader;
use crate::authority::Authority;
use crate::fault::Problem;
use crate::instrument::{Instrument, InstrumentKind};
use crate::pack::Pack;

/// A name has at most so many bytes: it stands on one place of a page.
const MAX_NAME: usize = 300;
/// An authority names at most so many languages.
const MAX_LANGUAGES: usize = 20;
/// The file, for faults that are found after it was read.
const FILE: &str = "authorities.toml";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAuthorities {
    #[serde(default)]
    authority: Vec<Spanned<RawAuthority>>,
    #[serde(default)]
    sources: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAuthority {
    id: String,
    country: String,
    role: String,
    name: RawText,
    local: Option<RawLocal>,
    r#for: Vec<String>,
    #[serde(default)]
    instrument: String,
    article: Option<String>,
    #[serde(default)]
    since: String,
    #[serde(default)]
    channel: String,
    #[serde(default)]
    languages: Vec<String>,
    en: String,
    vi: String,
    source: String,
    as_of: String,
    verified: bool,
    #[serde(default)]
    caveat: RawText,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLocal {
    language: String,
    name: String,
}

/// The authorities of the file that the reader is in.
pub(super) fn read(reader: &mut Reader, pack: &mut Pack) {
    let Some(raw) = reader.parse::<RawAuthorities>() else { return };
    pack.authorities =
        reader.each(&raw.authority, |reader, row| authority(reader, row, &raw.sources));
}

fn authority(
    reader: &mut Reader,
    row: &RawAuthority,
    sources: &BTreeMap<String, String>,
) -> Option<Authority> {
    id(reader, &row.id);
    names(reader, row);
    let roles = AuthorityRole::ALL.map(|role| (role.id(), role));
    let channels = Channel::ALL.map(|channel| (channel.id(), channel));
    let role = reader.one_of(&row.role, &roles);
    let channel = match row.channel.as_str() {
        "" => None,
        word => reader.one_of(word, &channels),
    };
    let measures = reader.measures(&row.r#for, &[]);
    if measures.is_empty() {
        reader.wrong(Problem::Unknown, "", "for");
    }
    let as_of = reader.day(&row.as_of);
    if row.as_of.is_empty() {
        reader.wrong(Problem::Date, &row.id, "as_of");
    }
    let told = Common {
        en: &row.en,
        vi: &row.vi,
        source: &row.source,
        verified: row.verified,
        caveat: &row.caveat,
    };
    Some(Authority {
        id: row.id.clone(),
        country: reader.country(&row.country)?,
        role: role?,
        name: reader.text(&row.name),
        local: row.local.as_ref().map(|local| (local.language.clone(), local.name.clone())),
        measures,
        instrument: None,
        instrument_id: row.instrument.clone(),
        article: row.article.clone(),
        since: reader.day(&row.since),
        channel,
        languages: row.languages.clone(),
        fact: reader.fact(format!("authority:{}", row.id), &told, sources, as_of),
    })
}

/// An id is a word that can be typed: what an agency's own entries are called is told from it by
/// its capitals.
fn id(reader: &mut Reader, id: &str) {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if id.is_empty() || id.len() > 60 || !id.bytes().all(fits) {
        reader.wrong(Problem::Unknown, id, "a-z, 0-9, -");
    }
}

/// A name in both languages, and languages that could be some.
fn names(reader: &mut Reader, row: &RawAuthority) {
    let local = row.local.as_ref();
    let names = [&row.name.en, &row.name.vi].into_iter().chain(local.map(|local| &local.name));
    for name in names {
        if name.trim().is_empty() {
            reader.wrong(Problem::Unknown, &row.id, "name");
        }
        if name.len() > MAX_NAME {
            reader.wrong(Problem::TooLarge, name, &MAX_NAME.to_string());
        }
    }
    if row.languages.len() > MAX_LANGUAGES {
        reader.wrong(Problem::TooLarge, &row.id, &MAX_LANGUAGES.to_string());
    }
    let languages = row.languages.iter().chain(local.map(|local| &local.language));
    for language in languages.filter(|language| !is_language(language)) {
        reader.wrong(Problem::Unknown, language, "ISO 639");
    }
    if row.article.as_ref().is_some_and(|article| article.len() > MAX_TEXT) {
        reader.wrong(Problem::TooLarge, &row.id, &MAX_TEXT.to_string());
    }
}

/// Authorities find their instruments, which are read after them.
pub(super) fn tie(reader: &mut Reader, pack: &mut Pack) {
    let mut wrong: Vec<(Problem, String, String)> = Vec::new();
    for one in &mut pack.authorities {
        if one.instrument_id.is_empty() {
            if let Some(article) = &one.article {
                wrong.push((Problem::Dangling, article.clone(), one.id.clone()));
            }
            continue;
        }
        one.instrument = pack.instruments.iter().position(|known| known.id == one.instrument_id);
        let Some(instrument) = one.instrument.and_then(|place| pack.instruments.get(place)) else {
            wrong.push((Problem::Dangling, one.instrument_id.clone(), one.id.clone()));
            continue;
        };
        if !binds(instrument, one) {
            let (value, other) = (one.country.to_string(), instrument.id.clone());
            wrong.push((Problem::Parties, value, other));
        }
        let is_read = |article: &String| {
            instrument.provisions.iter().any(|provision| provision.article == *article)
        };
        if let Some(article) = one.article.as_ref().filter(|article| !is_read(article)) {
            wrong.push((Problem::Dangling, article.clone(), one.id.clone()));
        }
    }
    reader.enter(FILE, "");
    for (problem, value, other) in wrong {
        reader.fault(0, problem, &value, &other);
    }
}

/// Whether an instrument can name an authority of this state: its own law, or a treaty that lists
/// it.
fn binds(instrument: &Instrument, one: &Authority) -> bool {
    match instrument.kind {
        InstrumentKind::National | InstrumentKind::Principle => {
            instrument.country == Some(one.country)
        }
        _ => instrument.party(one.country).is_some(),
    }
}
