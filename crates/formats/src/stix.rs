//! STIX 2.1: observables and the plain comparisons of indicators' patterns become indicators.
//!
//! Source: STIX 2.1 (OASIS standard, 2021), sections 3, 4.7, 6 and 7.2; DOGESEC stix2extensions for
//! bank-account, phone-number and cryptocurrency-wallet. A bundle, a TAXII envelope, a list and a
//! single object are read alike. Of several versions of an object the latest counts. Left out on
//! purpose: relationships, sightings and observed-data, which hold no values of their own.

use std::collections::BTreeMap;

use compact_str::{CompactString, format_compact};
use model::country::Country;
use model::identifier::{Context, Identifier, Kind as IdentifierKind};
use model::indicator::{Indicator, Tlp};
use model::refusal::RowError;
use model::time::Timestamp;
use serde::Deserialize;

use crate::error::FileError;
use crate::json;
use crate::limits::{MAX_OBJECTS, MAX_TITLE_CHARACTERS};
use crate::loose::{List, Loose, Maybe, Texts};
use crate::misp::{account, country_of_bic};
use crate::open::{Options, Row};
use crate::pattern::{self, Comparison};
use crate::reason;
use crate::tlp;
use crate::values;

/// Reads all objects of a text.
pub(crate) fn read(text: &str, options: &Options, sink: &mut dyn FnMut(Row)) -> Result<(), FileError> {
    let top: List<Object<'_>> = serde_json::from_str(text).map_err(|error| json::error(&error))?;
    let mut reader = Reader { options, sink, row: 0, not_kept: BTreeMap::new(), odd: top.odd };
    let bundles = top.items.iter().filter(|object| !object.objects.items.is_empty());
    for bundle in bundles {
        reader.odd += bundle.objects.odd;
        reader.bundle(bundle.id.text(), &bundle.objects.items.iter().collect::<Vec<_>>())?;
    }
    let is_bundle = |object: &&Object<'_>| object.kind.text() == "bundle" || !object.objects.items.is_empty();
    let single: Vec<_> = top.items.iter().filter(|object| !is_bundle(object)).collect();
    reader.bundle("", &single)?;
    reader.finish();
    Ok(())
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Object<'a> {
    #[serde(borrow)]
    objects: List<Object<'a>>,
    #[serde(borrow, rename = "type")]
    kind: Loose<'a>,
    #[serde(borrow)]
    id: Loose<'a>,
    #[serde(borrow)]
    name: Loose<'a>,
    #[serde(borrow)]
    created: Loose<'a>,
    #[serde(borrow)]
    modified: Loose<'a>,
    #[serde(borrow)]
    revoked: Loose<'a>,
    #[serde(borrow)]
    value: Loose<'a>,
    #[serde(borrow)]
    pattern: Loose<'a>,
    #[serde(borrow)]
    pattern_type: Loose<'a>,
    #[serde(borrow)]
    iban: Loose<'a>,
    #[serde(borrow)]
    bic: Loose<'a>,
    #[serde(borrow)]
    account_number: Loose<'a>,
    #[serde(borrow)]
    country_ref: Loose<'a>,
    #[serde(borrow)]
    country: Loose<'a>,
    #[serde(borrow)]
    account_type: Loose<'a>,
    #[serde(borrow)]
    account_login: Loose<'a>,
    #[serde(borrow)]
    user_id: Loose<'a>,
    #[serde(borrow)]
    object_refs: Texts<'a>,
    #[serde(borrow)]
    object_marking_refs: Texts<'a>,
    #[serde(borrow)]
    granular_markings: List<Granular<'a>>,
    #[serde(borrow)]
    definition: Maybe<Definition<'a>>,
    #[serde(borrow)]
    extensions: Maybe<Extensions<'a>>,
}

#[derive(Deserialize)]
struct Granular<'a> {
    #[serde(borrow, default)]
    marking_ref: Loose<'a>,
}

#[derive(Deserialize)]
struct Definition<'a> {
    #[serde(borrow, default)]
    tlp: Loose<'a>,
}

#[derive(Deserialize)]
struct Extensions<'a> {
    #[serde(borrow, default, rename = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d")]
    tlp_2_0: Maybe<Tlp20<'a>>,
}

#[derive(Deserialize)]
struct Tlp20<'a> {
    #[serde(borrow, default)]
    tlp_2_0: Loose<'a>,
}

type Reading = Result<Identifier, &'static str>;

/// What the objects of one bundle say about each other, by id.
struct Around<'a> {
    bundle: &'a str,
    latest: BTreeMap<&'a str, &'a Object<'a>>,
    reports: BTreeMap<&'a str, &'a Object<'a>>,
    marks: BTreeMap<&'a str, Tlp>,
}

impl<'a> Around<'a> {
    fn new(bundle: &'a str, objects: &[&'a Object<'a>]) -> Around<'a> {
        let mut latest: BTreeMap<&str, &Object<'_>> = BTreeMap::new();
        for object in objects {
            let known = latest.entry(object.id.text()).or_insert(object);
            if object.modified.text() > known.modified.text() {
                *known = object;
            }
        }
        let (mut reports, mut marks) = (BTreeMap::new(), BTreeMap::new());
        for object in latest.values().filter(|object| !object.revoked.is_true()) {
            match object.kind.text() {
                "report" | "grouping" => {
                    for id in &object.object_refs.0 {
                        reports.entry(&**id).or_insert(*object);
                    }
                }
                "marking-definition" => {
                    marks.extend(mark(object).map(|tlp| (object.id.text(), tlp)));
                }
                _ => {}
            }
        }
        Around { bundle, latest, reports, marks }
    }

    fn tlp(&self, object: &Object<'_>) -> Tlp {
        let granular = object.granular_markings.items.iter().map(|mark| mark.marking_ref.text());
        let all = object.object_marking_refs.0.iter().map(|id| &**id).chain(granular);
        let known = all.filter_map(|id| tlp::of_mark(id).or_else(|| self.marks.get(id).copied()));
        known.max().unwrap_or(Tlp::Unmarked)
    }
}

/// What a marking-definition in the bundle says, in TLP 1.0's or 2.0's way.
fn mark(object: &Object<'_>) -> Option<Tlp> {
    let old = object.definition.0.as_ref().and_then(|definition| Tlp::parse(definition.tlp.text()));
    let new = object.extensions.0.as_ref().and_then(|extensions| extensions.tlp_2_0.0.as_ref());
    let named = || tlp::of_tags(std::iter::once(object.name.text()));
    old.or_else(|| new.and_then(|new| Tlp::parse(new.tlp_2_0.text()))).or_else(named)
}

struct Reader<'s> {
    options: &'s Options,
    sink: &'s mut dyn FnMut(Row),
    row: u64,
    not_kept: BTreeMap<CompactString, u64>,
    odd: u64,
}

impl Reader<'_> {
    fn bundle<'a>(&mut self, id: &'a str, objects: &[&'a Object<'a>]) -> Result<(), FileError> {
        let around = Around::new(id, objects);
        for object in objects {
            let is_latest = around.latest.get(object.id.text()).is_some_and(|o| std::ptr::eq(*o, *object));
            if is_latest || object.id.text().is_empty() {
                self.object(object, &around)?;
            }
        }
        Ok(())
    }

    fn object(&mut self, object: &Object<'_>, around: &Around<'_>) -> Result<(), FileError> {
        let Some(readings) = self.readings(object, around) else { return Ok(()) };
        if object.revoked.is_true() {
            self.warn(0, "id", object.id.text(), reason::OBJECT_REVOKED);
            return Ok(());
        }
        let report = around.reports.get(object.id.text());
        let (bulletin, title) = match report {
            Some(report) => (report.id.text(), values::name(report.name.text(), MAX_TITLE_CHARACTERS).0),
            None => (around.bundle, CompactString::default()),
        };
        let at = [&object.modified, &object.created];
        let at = at.into_iter().filter_map(Loose::some).find_map(|text| Timestamp::parse(text).ok());
        for (place, (value, reading)) in (1..).zip(readings) {
            self.row += 1;
            if self.row > MAX_OBJECTS as u64 {
                return Err(FileError::TooManyObjects(MAX_OBJECTS));
            }
            let id = object.id.text();
            let id = if place == 1 { id.into() } else { format_compact!("{id}#{place}") };
            let row = match reading {
                Ok(identifier) => {
                    let (bulletin, title, tlp) = (bulletin.into(), title.clone(), around.tlp(object));
                    Row::Indicator(self.row, Indicator { id, identifier, bulletin, title, at, tlp })
                }
                Err(code) => Row::Rejected(RowError::new(self.row, object.kind.text(), &value, code)),
            };
            (self.sink)(row);
        }
        Ok(())
    }

    /// An object's values; `None` where it holds none of ours.
    fn readings(&mut self, object: &Object<'_>, around: &Around<'_>) -> Option<Vec<(String, Reading)>> {
        let kind = object.kind.text();
        match kind {
            "indicator" => return self.pattern(object),
            "bank-account" => {
                let place = around.latest.get(object.country_ref.text());
                let country = place.and_then(|place| Country::parse(place.country.text()).ok());
                let found = self.bank_account(&object.iban, &object.account_number, &object.bic, country);
                return Some(found).filter(|found| !found.is_empty());
            }
            "user-account" => {
                let login = object.account_login.some().or(object.user_id.some());
                let found = messaging(object.account_type.text(), login.unwrap_or(""));
                if let Some(name) = found {
                    return Some(vec![(name.clone(), self.parse(IdentifierKind::Messaging, &name))]);
                }
            }
            _ => {
                if let Some(kind) = kind_of(kind, "value") {
                    let value = object.value.text();
                    return Some(vec![(value.to_owned(), self.parse(kind, value))]);
                }
            }
        }
        if !STRUCTURE.contains(&kind) {
            self.count(kind);
        }
        None
    }

    fn bank_account(
        &self,
        iban: &Loose<'_>,
        number: &Loose<'_>,
        bic: &Loose<'_>,
        country: Option<Country>,
    ) -> Vec<(String, Reading)> {
        let mut found = Vec::new();
        if let Some(iban) = iban.some() {
            found.push((iban.to_owned(), self.parse(IdentifierKind::Iban, iban)));
        }
        match (number.some(), bic.some()) {
            (Some(number), Some(bic)) => {
                let country = country.or_else(|| country_of_bic(bic));
                found.push((number.to_owned(), account(bic, number, country)));
            }
            (Some(number), None) if found.is_empty() => {
                found.push((number.to_owned(), self.parse(IdentifierKind::Account, number)));
            }
            _ => {}
        }
        found
    }

    fn pattern(&mut self, object: &Object<'_>) -> Option<Vec<(String, Reading)>> {
        let text = object.pattern.text();
        let is_stix = matches!(object.pattern_type.text(), "" | "stix");
        let Some(observations) = pattern::read(text).filter(|_| is_stix) else {
            if !object.revoked.is_true() {
                self.warn(0, object.id.text(), text, reason::PATTERN_NOT_READ);
            }
            return None;
        };
        let mut found: Vec<(String, Reading)> = Vec::new();
        for observation in &observations {
            let beside = |object: &str, path: &str| {
                let mut all = observation.iter().filter(|c| c.object == object && c.path == path);
                all.next().map(|comparison| comparison.value.as_str()).filter(|_| all.next().is_none())
            };
            for Comparison { object, path, value } in observation {
                let reading = match (*object, *path) {
                    ("bank-account", "account_number") => match beside("bank-account", "bic") {
                        Some(bic) => account(bic, value, country_of_bic(bic)),
                        None => self.parse(IdentifierKind::Account, value),
                    },
                    ("user-account", "account_login" | "user_id") => {
                        match beside("user-account", "account_type").and_then(|t| messaging(t, value)) {
                            Some(name) => self.parse(IdentifierKind::Messaging, &name),
                            None => {
                                self.count(&format!("{object}:{path}"));
                                continue;
                            }
                        }
                    }
                    ("bank-account", "bic") | ("user-account", "account_type") => continue,
                    _ => match kind_of(object, path) {
                        Some(kind) => self.parse(kind, value),
                        None => {
                            self.count(&format!("{object}:{path}"));
                            continue;
                        }
                    },
                };
                if !found.iter().any(|(known, _)| known == value) {
                    found.push((value.clone(), reading));
                }
            }
        }
        Some(found)
    }

    fn parse(&self, kind: IdentifierKind, value: &str) -> Reading {
        let context = Context { country: self.options.country, ..Context::default() };
        // stix2extensions writes E.164 without its plus.
        let is_bare = kind == IdentifierKind::Phone
            && (8..=15).contains(&value.len())
            && !value.starts_with('0')
            && value.bytes().all(|byte| byte.is_ascii_digit());
        let read = match is_bare {
            true => Identifier::parse(kind, &format!("+{value}"), context),
            false => Identifier::parse(kind, value, context),
        };
        read.map_err(|error| error.code())
    }

    fn warn(&mut self, row: u64, field: &str, value: &str, code: &str) {
        (self.sink)(Row::Warning(RowError::new(row, field, value, code)));
    }

    fn count(&mut self, kind: &str) {
        let kind: CompactString = kind.chars().take(60).collect();
        if self.not_kept.len() < 1000 || self.not_kept.contains_key(&kind) {
            *self.not_kept.entry(kind).or_default() += 1;
        }
    }

    fn finish(mut self) {
        let odd = (self.odd > 0).then(|| (reason::OBJECT_UNREADABLE, CompactString::default(), self.odd));
        let kinds = std::mem::take(&mut self.not_kept).into_iter();
        let kinds = kinds.map(|(kind, count)| (reason::TYPE_NOT_KEPT, kind, count));
        for (code, kind, count) in odd.into_iter().chain(kinds) {
            self.warn(0, "type", format!("{kind} ×{count}").trim(), code);
        }
    }
}

/// What tells about others and holds no value: not worth a word.
const STRUCTURE: [&str; 13] = [
    "bundle", "report", "grouping", "identity", "location", "relationship", "sighting", "note", "opinion",
    "marking-definition", "extension-definition", "language-content", "observed-data",
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
    let known =
        ["telegram", "whatsapp", "zalo", "viber", "line", "wechat", "facebook", "messenger", "skype", "signal"];
    let service = service.trim().to_ascii_lowercase();
    let login = login.trim().trim_start_matches('@');
    let is_known = known.contains(&service.as_str()) && !login.is_empty();
    is_known.then(|| format!("{service}/{login}"))
}
