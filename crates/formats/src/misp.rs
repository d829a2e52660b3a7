//! MISP events: attributes, alone and in objects, become indicators.
//!
//! Source: MISP core format (draft-dulaunoy-misp-core-format), MISP describeTypes and the object
//! templates `bank-account`, `phone`, `telegram-account`, `coin-address`. One event, a list of them,
//! a REST answer and a bare event are read alike. A feed's `manifest.json` and `hashes.csv` hold no
//! values: its events are files of their own. Left out on purpose: galaxies, sightings, proposals.

use std::collections::BTreeMap;

use compact_str::{CompactString, format_compact};
use model::account::Account;
use model::country::Country;
use model::identifier::{Context, Identifier, Kind as IdentifierKind};
use model::indicator::{Indicator, Tlp};
use model::refusal::RowError;
use model::time::Timestamp;
use serde::Deserialize;

use crate::error::FileError;
use crate::json;
use crate::limits::{MAX_OBJECTS, MAX_TITLE_CHARACTERS};
use crate::loose::{List, Loose, Maybe};
use crate::open::{Options, Row};
use crate::reason;
use crate::tlp;
use crate::values;

/// Whether this is a feed's `hashes.csv`: an MD5 and an event's uuid a line.
pub(crate) fn is_hashes(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let is_hash = |hash: &str| hash.len() == 32 && hash.bytes().all(|b| b.is_ascii_hexdigit());
    let is_pair = |line: &str| line.split_once(',').is_some_and(|(h, uuid)| is_hash(h) && json::is_uuid(uuid));
    let mut lines = text.lines().take(10).peekable();
    lines.peek().is_some() && lines.all(|line| is_pair(line.trim()))
}

/// Reads all events of a text.
pub(crate) fn read(text: &str, options: &Options, sink: &mut dyn FnMut(Row)) -> Result<(), FileError> {
    let events: List<Event<'_>> = serde_json::from_str(text).map_err(|error| json::error(&error))?;
    let mut reader = Reader { options, sink, row: 0, not_kept: BTreeMap::new(), odd: events.odd };
    for event in &events.items {
        reader.event(event)?;
    }
    reader.finish();
    Ok(())
}

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow, default, rename = "Event")]
    event: List<Event<'a>>,
    #[serde(borrow, default)]
    response: List<Event<'a>>,
    #[serde(borrow, default)]
    uuid: Loose<'a>,
    #[serde(borrow, default)]
    info: Loose<'a>,
    #[serde(borrow, default, rename = "Tag")]
    tag: List<Tag<'a>>,
    #[serde(borrow, default, rename = "Attribute")]
    attribute: List<Attribute<'a>>,
    #[serde(borrow, default, rename = "Object")]
    object: List<Object<'a>>,
}

#[derive(Deserialize)]
struct Object<'a> {
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default)]
    deleted: Loose<'a>,
    #[serde(borrow, default, rename = "Attribute")]
    attribute: List<Attribute<'a>>,
}

#[derive(Deserialize)]
struct Attribute<'a> {
    #[serde(borrow, default)]
    uuid: Loose<'a>,
    #[serde(borrow, default, rename = "type")]
    kind: Loose<'a>,
    #[serde(borrow, default)]
    object_relation: Loose<'a>,
    #[serde(borrow, default)]
    value: Loose<'a>,
    #[serde(borrow, default)]
    deleted: Loose<'a>,
    #[serde(borrow, default)]
    timestamp: Loose<'a>,
    #[serde(borrow, default)]
    first_seen: Loose<'a>,
    #[serde(borrow, default, rename = "Tag")]
    tag: List<Tag<'a>>,
    /// A REST answer of attributes names the event in each.
    #[serde(borrow, default, rename = "Event")]
    event: Maybe<EventName<'a>>,
}

#[derive(Deserialize)]
struct EventName<'a> {
    #[serde(borrow, default)]
    uuid: Loose<'a>,
    #[serde(borrow, default)]
    info: Loose<'a>,
}

#[derive(Deserialize)]
struct Tag<'a> {
    #[serde(borrow, default)]
    name: Loose<'a>,
}

/// What an attribute inherits from its event.
struct Above<'a> {
    bulletin: &'a str,
    title: CompactString,
    tlp: Option<Tlp>,
}

struct Reader<'s> {
    options: &'s Options,
    sink: &'s mut dyn FnMut(Row),
    row: u64,
    not_kept: BTreeMap<CompactString, u64>,
    odd: u64,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>) -> Result<(), FileError> {
        for inner in event.event.items.iter().chain(&event.response.items) {
            self.event(inner)?;
        }
        self.odd += event.attribute.odd + event.object.odd + event.response.odd;
        let (title, _) = values::name(event.info.text(), MAX_TITLE_CHARACTERS);
        let tlp = tlp::of_tags(event.tag.items.iter().map(|tag| tag.name.text()));
        let above = Above { bulletin: event.uuid.text(), title, tlp };
        for attribute in &event.attribute.items {
            self.attribute(attribute, None, &above)?;
        }
        for object in event.object.items.iter().filter(|object| !object.deleted.is_true()) {
            self.odd += object.attribute.odd;
            for attribute in &object.attribute.items {
                self.attribute(attribute, Some(object), &above)?;
            }
        }
        Ok(())
    }

    fn attribute(
        &mut self,
        attribute: &Attribute<'_>,
        object: Option<&Object<'_>>,
        above: &Above<'_>,
    ) -> Result<(), FileError> {
        if attribute.deleted.is_true() {
            return Ok(());
        }
        let readings = self.readings(attribute, object);
        if readings.is_empty() {
            let kind: CompactString = attribute.kind.text().chars().take(60).collect();
            // Type names are a small closed set; a file with more invents them.
            if self.not_kept.len() < 1000 || self.not_kept.contains_key(&kind) {
                *self.not_kept.entry(kind).or_default() += 1;
            }
            return Ok(());
        }
        let own = tlp::of_tags(attribute.tag.items.iter().map(|tag| tag.name.text()));
        let tlp = own.max(above.tlp).unwrap_or(Tlp::Unmarked);
        let named = attribute.event.0.as_ref();
        let bulletin = match above.bulletin {
            "" => named.map_or("", |event| event.uuid.text()),
            uuid => uuid,
        };
        let title = match named {
            Some(event) if above.title.is_empty() => values::name(event.info.text(), MAX_TITLE_CHARACTERS).0,
            _ => above.title.clone(),
        };
        for (place, reading) in (1..).zip(readings) {
            self.row += 1;
            if self.row > MAX_OBJECTS as u64 {
                return Err(FileError::TooManyObjects(MAX_OBJECTS));
            }
            let uuid = attribute.uuid.text();
            let id = if place == 1 { uuid.into() } else { format_compact!("{uuid}#{place}") };
            let row = match reading {
                Ok(identifier) => {
                    let (bulletin, title, at) = (bulletin.into(), title.clone(), at(attribute));
                    let indicator = Indicator { id, identifier, bulletin, title, at, tlp };
                    Row::Indicator(self.row, indicator)
                }
                Err(code) => {
                    let (field, value) = (attribute.kind.text(), attribute.value.text());
                    Row::Rejected(RowError::new(self.row, field, value, code))
                }
            };
            (self.sink)(row);
        }
        Ok(())
    }

    /// What an attribute's value is; nothing where its type holds no identifier.
    fn readings(
        &self,
        attribute: &Attribute<'_>,
        object: Option<&Object<'_>>,
    ) -> Vec<Result<Identifier, &'static str>> {
        use IdentifierKind::{Account as Number, Domain, Email, Iban, Imei, Ip, Phone, Url, Wallet};
        let value = attribute.value.text();
        let (first, second) = value.split_once('|').unwrap_or((value, ""));
        let name = object.map_or("", |object| object.name.text());
        let one = |kind, value: &str| vec![self.parse(kind, value)];
        match (attribute.kind.text(), name, attribute.object_relation.text()) {
            ("domain" | "hostname", ..) => one(Domain, value),
            ("hostname|port", ..) => one(Domain, first),
            ("domain|ip", ..) => vec![self.parse(Domain, first), self.parse(Ip, second)],
            ("url" | "uri", ..) => one(Url, value),
            ("ip-src" | "ip-dst", ..) => one(Ip, value),
            ("ip-src|port" | "ip-dst|port", ..) => one(Ip, first),
            ("email" | "email-src" | "email-dst" | "email-reply-to", ..) => one(Email, value),
            ("phone-number", ..) | ("text", "telegram-account", "phone") => one(Phone, value),
            // An MSISDN is a number in E.164 without its plus.
            ("text", "phone", "msisdn") => one(Phone, &format!("+{}", value.trim().trim_start_matches('+'))),
            ("text", "phone", "imei") => one(Imei, value),
            ("iban", ..) => one(Iban, value),
            ("bank-account-nr", ..) => match object.and_then(|object| bank_of(object)) {
                Some((bank, country)) => vec![account(bank, value, country)],
                None => one(Number, value),
            },
            ("btc" | "xmr" | "dash", ..) | ("text", "coin-address", "address-crypto") => one(Wallet, value),
            ("text", "telegram-account", "username") => {
                one(IdentifierKind::Messaging, &format!("telegram/{}", value.trim().trim_start_matches('@')))
            }
            ("identity-card-number" | "passport-number", ..) => one(IdentifierKind::Document, value),
            _ => Vec::new(),
        }
    }

    fn parse(&self, kind: IdentifierKind, value: &str) -> Result<Identifier, &'static str> {
        let context = Context { country: self.options.country, ..Context::default() };
        Identifier::parse(kind, value, context).map_err(|error| error.code())
    }

    fn finish(self) {
        let odd = (self.odd > 0).then(|| (reason::OBJECT_UNREADABLE, "", self.odd));
        let kinds = self.not_kept.iter().map(|(kind, count)| (reason::TYPE_NOT_KEPT, &**kind, *count));
        for (code, kind, count) in odd.into_iter().chain(kinds) {
            let value = format!("{kind} ×{count}");
            (self.sink)(Row::Warning(RowError::new(0, "type", value.trim(), code)));
        }
    }
}

/// When the source said so, or else when it first saw the value.
fn at(attribute: &Attribute<'_>) -> Option<Timestamp> {
    let times = [&attribute.timestamp, &attribute.first_seen];
    times.into_iter().filter_map(Loose::some).filter(|text| *text != "0").find_map(|text| Timestamp::parse(text).ok())
}

/// The bank of a `bank-account` object: its BIC, which names a country too, or its own code.
fn bank_of<'a>(object: &'a Object<'_>) -> Option<(&'a str, Option<Country>)> {
    let value = |relation: &str| {
        let mut all = object.attribute.items.iter();
        let found = all.find(|a| a.object_relation.text() == relation && !a.deleted.is_true());
        found.and_then(|attribute| attribute.value.some())
    };
    let bic = value("swift").map(|bic| (bic, country_of_bic(bic)));
    bic.or_else(|| value("institution-code").map(|code| (code, None)))
}

/// A bank and a number as other agencies know them.
pub(crate) fn account(
    bank: &str,
    number: &str,
    country: Option<Country>,
) -> Result<Identifier, &'static str> {
    let account = Account::parse(bank, number).map_err(|error| error.code())?;
    Ok(Identifier::of_account(&account, country))
}

/// The country in a BIC. Source: ISO 9362, characters 5 and 6.
pub(crate) fn country_of_bic(bic: &str) -> Option<Country> {
    let bic = bic.trim();
    let is_bic = matches!(bic.len(), 8 | 11) && bic.bytes().all(|byte| byte.is_ascii_alphanumeric());
    bic.get(4..6).filter(|_| is_bic).and_then(|code| Country::parse(code).ok())
}
