//! MISP events: attributes, alone and in objects, become indicators.
//!
//! Source: MISP core format (draft-dulaunoy-misp-core-format), MISP describeTypes and the object
//! templates `bank-account`, `phone`, `telegram-account`, `coin-address`. One event, a list of
//! them, a REST answer and a bare event are read alike. A feed's `manifest.json` and
//! `hashes.csv` hold no values: its events are files of their own. Left out on purpose: galaxies,
//! sightings, proposals, and passports, whose numbers `model` cannot tell from others.

use compact_str::CompactString;
use model::identifier::Kind as IdentifierKind;
use model::indicator::Tlp;
use model::time::Timestamp;
use serde::Deserialize;

use crate::bulletin::{self, Entry, Reading, account};
use crate::error::FileError;
use crate::json;
use crate::limits::MAX_TITLE_CHARACTERS;
use crate::loose::{List, Loose, Maybe};
use crate::open::{Options, Row};
use crate::tlp;
use crate::values;

/// Whether this is a feed's `hashes.csv`: an MD5 and an event's uuid a line.
pub(crate) fn is_hashes(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let is_hash = |hash: &str| hash.len() == 32 && hash.bytes().all(|b| b.is_ascii_hexdigit());
    let is_pair = |line: &str| {
        line.split_once(',').is_some_and(|(hash, uuid)| is_hash(hash) && json::is_uuid(uuid))
    };
    let mut lines = text.lines().take(10).peekable();
    lines.peek().is_some() && lines.all(|line| is_pair(line.trim()))
}

/// Reads all events of a text.
pub(crate) fn read(
    text: &str,
    options: &Options,
    sink: &mut dyn FnMut(Row),
) -> Result<(), FileError> {
    let events: List<Event<'_>> =
        serde_json::from_str(text).map_err(|error| json::error(&error))?;
    let mut reader = bulletin::Reader::new(options, sink);
    reader.odd(events.odd);
    for event in &events.items {
        read_event(&mut reader, event)?;
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

/// What an attribute inherits from its event and its object.
struct Above<'a> {
    bulletin: &'a str,
    title: CompactString,
    tlp: Option<Tlp>,
    /// The object's template; empty for an attribute that stands alone.
    object: &'a str,
    /// The bank in the same object: its BIC, or its own code.
    bank: Option<&'a str>,
}

fn read_event(reader: &mut bulletin::Reader<'_>, event: &Event<'_>) -> Result<(), FileError> {
    for inner in event.event.items.iter().chain(&event.response.items) {
        read_event(reader, inner)?;
    }
    reader.odd(event.attribute.odd + event.object.odd + event.response.odd);
    let (title, _) = values::name(event.info.text(), MAX_TITLE_CHARACTERS);
    let tlp = tlp::of_tags(event.tag.items.iter().map(|tag| tag.name.text()));
    let bulletin = event.uuid.text();
    let mut above = Above { bulletin, title, tlp, object: "", bank: None };
    for attribute in &event.attribute.items {
        read_attribute(reader, attribute, &above)?;
    }
    for object in event.object.items.iter().filter(|object| !object.deleted.is_true()) {
        reader.odd(object.attribute.odd);
        above.object = object.name.text();
        above.bank = bank_in(object);
        for attribute in &object.attribute.items {
            read_attribute(reader, attribute, &above)?;
        }
    }
    Ok(())
}

fn bank_in<'a>(object: &'a Object<'_>) -> Option<&'a str> {
    let value = |relation: &str| {
        let mut all = object.attribute.items.iter();
        let found = all.find(|a| a.object_relation.text() == relation && !a.deleted.is_true());
        found.and_then(|attribute| attribute.value.some())
    };
    value("swift").or_else(|| value("institution-code"))
}

fn read_attribute(
    reader: &mut bulletin::Reader<'_>,
    attribute: &Attribute<'_>,
    above: &Above<'_>,
) -> Result<(), FileError> {
    if attribute.deleted.is_true() {
        return Ok(());
    }
    let found = readings(reader, attribute, above);
    if found.is_empty() {
        reader.not_kept(attribute.kind.text());
        return Ok(());
    }
    let own = tlp::of_tags(attribute.tag.items.iter().map(|tag| tag.name.text()));
    let named = attribute.event.0.as_ref();
    let bulletin = match above.bulletin {
        "" => named.map_or("", |event| event.uuid.text()),
        uuid => uuid,
    };
    let title = match named {
        Some(event) if above.title.is_empty() => {
            values::name(event.info.text(), MAX_TITLE_CHARACTERS).0
        }
        _ => above.title.clone(),
    };
    let entry = Entry {
        id: attribute.uuid.text(),
        field: attribute.kind.text(),
        bulletin,
        title,
        at: at(attribute),
        tlp: own.max(above.tlp).unwrap_or(Tlp::Unmarked),
    };
    reader.take(&entry, found)
}

/// What an attribute's value is; nothing where its type holds no identifier.
fn readings<'a>(
    reader: &bulletin::Reader<'_>,
    attribute: &'a Attribute<'_>,
    above: &Above<'_>,
) -> Vec<(&'a str, Reading)> {
    use IdentifierKind::{
        Account, Document, Domain, Email, Iban, Imei, Ip, Messaging, Phone, Url, Wallet,
    };
    let value = attribute.value.text();
    let (first, second) = value.split_once('|').unwrap_or((value, ""));
    let one = |kind, text: &str| vec![(value, reader.parse(kind, text))];
    match (attribute.kind.text(), above.object, attribute.object_relation.text()) {
        ("domain" | "hostname", ..) => one(Domain, value),
        ("hostname|port", ..) => one(Domain, first),
        ("domain|ip", ..) => {
            vec![(first, reader.parse(Domain, first)), (second, reader.parse(Ip, second))]
        }
        ("url" | "uri", ..) => one(Url, value),
        ("ip-src" | "ip-dst", ..) => one(Ip, value),
        ("ip-src|port" | "ip-dst|port", ..) => one(Ip, first),
        ("email" | "email-src" | "email-dst" | "email-reply-to", ..) => one(Email, value),
        ("phone-number", ..) | ("text", "telegram-account", "phone") => one(Phone, value),
        // An MSISDN is a number in E.164 without its plus.
        ("text", "phone", "msisdn") => one(Phone, &with_sign('+', value)),
        ("text", "phone", "imei") => one(Imei, value),
        ("iban", ..) => one(Iban, value),
        ("bank-account-nr", ..) => match above.bank {
            Some(bank) => vec![(value, account(bank, value, None))],
            None => one(Account, value),
        },
        ("btc" | "xmr" | "dash", ..) | ("text", "coin-address", "address-crypto") => {
            one(Wallet, value)
        }
        ("text", "telegram-account", "username") => {
            let name = value.trim().trim_start_matches('@');
            one(Messaging, &format!("telegram/{name}"))
        }
        ("identity-card-number", ..) => one(Document, value),
        _ => Vec::new(),
    }
}

fn with_sign(sign: char, value: &str) -> String {
    format!("{sign}{}", value.trim().trim_start_matches(sign))
}

/// When the source said so, or else when it first saw the value.
fn at(attribute: &Attribute<'_>) -> Option<Timestamp> {
    let times = [&attribute.timestamp, &attribute.first_seen].into_iter().filter_map(Loose::some);
    times.filter(|text| *text != "0").find_map(|text| Timestamp::parse(text).ok())
}
