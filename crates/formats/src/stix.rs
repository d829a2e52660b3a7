//! STIX 2.1: observables and the plain comparisons of indicators' patterns become indicators.
//!
//! Source: STIX 2.1 (OASIS standard, 2021), sections 4.7 and 6; DOGESEC stix2extensions for
//! bank-account, phone-number and cryptocurrency-wallet. A bundle, a TAXII envelope, a list and a
//! single object are read alike. Of several versions of an object the latest counts. Left out on
//! purpose: relationships, sightings and observed-data, which hold no values of their own.

use std::collections::BTreeSet;

use compact_str::CompactString;
use model::country::Country;
use model::identifier::Kind as IdentifierKind;
use model::time::Timestamp;

use crate::bulletin::{self, Entry, Reading, account};
use crate::error::FileError;
use crate::json;
use crate::limits::MAX_TITLE_CHARACTERS;
use crate::loose::{List, Loose};
use crate::open::{Options, Row};
use crate::pattern::{self, Comparison};
use crate::reason;
use crate::stix_objects::{Around, Object};
use crate::values;

/// Reads all objects of a text.
pub(crate) fn read(
    text: &str,
    options: &Options,
    sink: &mut dyn FnMut(Row),
) -> Result<(), FileError> {
    let top: List<Object<'_>> = serde_json::from_str(text).map_err(|error| json::error(&error))?;
    let mut reader = bulletin::Reader::new(options, sink);
    reader.odd(top.odd);
    for bundle in top.items.iter().filter(|object| !object.objects.items.is_empty()) {
        reader.odd(bundle.objects.odd);
        let objects: Vec<_> = bundle.objects.items.iter().collect();
        read_bundle(&mut reader, bundle.id.text(), &objects)?;
    }
    let is_bundle =
        |object: &Object<'_>| object.kind.text() == "bundle" || !object.objects.items.is_empty();
    let single: Vec<_> = top.items.iter().filter(|object| !is_bundle(object)).collect();
    read_bundle(&mut reader, "", &single)?;
    reader.finish();
    Ok(())
}

fn read_bundle<'a>(
    reader: &mut bulletin::Reader<'_>,
    id: &'a str,
    objects: &[&'a Object<'a>],
) -> Result<(), FileError> {
    let around = Around::new(id, objects);
    for object in objects {
        let latest = around.latest.get(object.id.text());
        let is_latest = latest.is_some_and(|latest| std::ptr::eq(*latest, *object));
        if is_latest || object.id.text().is_empty() {
            read_object(reader, object, &around)?;
        }
    }
    Ok(())
}

fn read_object(
    reader: &mut bulletin::Reader<'_>,
    object: &Object<'_>,
    around: &Around<'_>,
) -> Result<(), FileError> {
    let id = object.id.text();
    if object.revoked.is_true() {
        if !STRUCTURE.contains(&object.kind.text()) {
            reader.warn("id", id, reason::OBJECT_REVOKED);
        }
        return Ok(());
    }
    let comparisons;
    let found = if object.kind.text() == "indicator" {
        let text = object.pattern.text();
        let is_stix = matches!(object.pattern_type.text(), "" | "stix");
        let Some(read) = pattern::read(text).filter(|_| is_stix) else {
            reader.warn(id, text, reason::PATTERN_NOT_READ);
            return Ok(());
        };
        comparisons = read;
        of_pattern(reader, &comparisons)
    } else {
        of_observable(reader, object, around)
    };
    let (bulletin, title) = match around.reports.get(id) {
        Some(report) => {
            (report.id.text(), values::name(report.name.text(), MAX_TITLE_CHARACTERS).0)
        }
        None => (around.bundle, CompactString::default()),
    };
    let times = [&object.modified, &object.created].into_iter().filter_map(Loose::some);
    let at = times.into_iter().find_map(|text| Timestamp::parse(text).ok());
    let (field, tlp) = (object.kind.text(), around.tlp(object));
    reader.take(&Entry { id, field, bulletin, title, at, tlp }, found)
}

/// The values of an observable.
fn of_observable<'a>(
    reader: &mut bulletin::Reader<'_>,
    object: &'a Object<'_>,
    around: &Around<'_>,
) -> Vec<(&'a str, Reading)> {
    let kind = object.kind.text();
    let found = match kind {
        "bank-account" => {
            let place = around.latest.get(object.country_ref.text());
            let country = place.and_then(|place| Country::parse(place.country.text()).ok());
            bank_account(reader, object, country)
        }
        "user-account" => {
            let login = object.account_login.some().or(object.user_id.some()).unwrap_or("");
            let name = messaging(object.account_type.text(), login);
            let read = |name: String| (login, reader.parse(IdentifierKind::Messaging, &name));
            name.map(read).into_iter().collect()
        }
        _ => {
            let value = object.value.text();
            let read = |kind| (value, parse(reader, kind, value));
            kind_of(kind, "value").map(read).into_iter().collect()
        }
    };
    if found.is_empty() && !STRUCTURE.contains(&kind) {
        reader.not_kept(kind);
    }
    found
}

fn bank_account<'a>(
    reader: &bulletin::Reader<'_>,
    object: &'a Object<'_>,
    country: Option<Country>,
) -> Vec<(&'a str, Reading)> {
    let mut found = Vec::new();
    if let Some(iban) = object.iban.some() {
        found.push((iban, reader.parse(IdentifierKind::Iban, iban)));
    }
    match (object.account_number.some(), object.bic.some()) {
        (Some(number), Some(bic)) => found.push((number, account(bic, number, country))),
        (Some(number), None) if found.is_empty() => {
            found.push((number, reader.parse(IdentifierKind::Account, number)));
        }
        _ => {}
    }
    found
}

/// The values that a pattern compares with; an account takes its bank from the same observation.
fn of_pattern<'a>(
    reader: &mut bulletin::Reader<'_>,
    observations: &'a [Vec<Comparison<'_>>],
) -> Vec<(&'a str, Reading)> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for observation in observations {
        let bank = only(observation, "bank-account", "bic");
        let service = only(observation, "user-account", "account_type");
        for comparison in observation {
            let (object, path, value) = (comparison.object, comparison.path, &*comparison.value);
            let reading = match (object, path) {
                ("bank-account", "bic") | ("user-account", "account_type") => continue,
                ("bank-account", "account_number") => Some(match bank {
                    Some(bank) => account(bank, value, None),
                    None => reader.parse(IdentifierKind::Account, value),
                }),
                ("user-account", "account_login" | "user_id") => service
                    .and_then(|service| messaging(service, value))
                    .map(|name| reader.parse(IdentifierKind::Messaging, &name)),
                _ => kind_of(object, path).map(|kind| parse(reader, kind, value)),
            };
            match reading {
                None => reader.not_kept(&format!("{object}:{path}")),
                Some(reading) if seen.insert((object, path, value)) => found.push((value, reading)),
                Some(_) => {}
            }
        }
    }
    found
}

/// The one text that an observation compares a path with.
fn only<'a>(observation: &'a [Comparison<'_>], object: &str, path: &str) -> Option<&'a str> {
    let mut all = observation.iter().filter(|c| c.object == object && c.path == path);
    let first = all.next();
    first.filter(|_| all.next().is_none()).map(|comparison| comparison.value.as_str())
}

/// stix2extensions writes telephone numbers in E.164 without the plus.
fn parse(reader: &bulletin::Reader<'_>, kind: IdentifierKind, value: &str) -> Reading {
    let is_bare = kind == IdentifierKind::Phone
        && (8..=15).contains(&value.len())
        && !value.starts_with('0')
        && value.bytes().all(|byte| byte.is_ascii_digit());
    if is_bare { reader.parse(kind, &format!("+{value}")) } else { reader.parse(kind, value) }
}

/// What tells about others and holds no value: not worth a word.
const STRUCTURE: [&str; 13] = [
    "bundle",
    "report",
    "grouping",
    "identity",
    "location",
    "relationship",
    "sighting",
    "note",
    "opinion",
    "marking-definition",
    "extension-definition",
    "language-content",
    "observed-data",
];

/// The kind of identifier that a path into an observable holds.
fn kind_of(object: &str, path: &str) -> Option<IdentifierKind> {
    use IdentifierKind::{Domain, Email, Iban, Ip, Phone, Url, Wallet};
    match (object, path) {
        ("domain-name" | "hostname", "value") => Some(Domain),
        ("url", "value") => Some(Url),
        ("email-addr", "value") => Some(Email),
        ("email-message", "from_ref.value" | "sender_ref.value") => Some(Email),
        ("ipv4-addr" | "ipv6-addr", "value") => Some(Ip),
        ("network-traffic", "src_ref.value" | "dst_ref.value") => Some(Ip),
        ("phone-number", "value") => Some(Phone),
        ("cryptocurrency-wallet", "value") => Some(Wallet),
        ("bank-account", "iban") => Some(Iban),
        _ => None,
    }
}

/// `telegram/name`, for services whose accounts people write to.
fn messaging(service: &str, login: &str) -> Option<String> {
    let known = [
        "telegram",
        "whatsapp",
        "zalo",
        "viber",
        "line",
        "wechat",
        "facebook",
        "messenger",
        "kakaotalk",
    ];
    let service = service.trim().to_ascii_lowercase();
    let login = login.trim().trim_start_matches('@');
    let is_known = known.contains(&service.as_str()) && !login.is_empty();
    is_known.then(|| format!("{service}/{login}"))
}
