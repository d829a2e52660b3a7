//! Accounts on messaging services: `service/handle`, read from links, from `service handle` and
//! from `service: @handle`.
//!
//! Source: the services' own link formats (t.me, wa.me, zalo.me, line.me, facebook.com, m.me).
//! Handles are lower case, since the services ignore case; Telegram's invitation links keep it.
//! Facebook ignores dots in names. Where the handle is a telephone number it stands in E.164 and
//! leads to the phone. Left out on purpose: single messages, groups, and links of these services
//! that name nobody (`t.me/share`, `facebook.com/groups`): those are URLs.

use compact_str::CompactString;

use super::refang::refang;
use super::refusals::{refusals, shown};
use super::{Identifier, Kind, phone};
use crate::country::Country;

refusals! {
    /// Why a text is no messaging account.
    MessagingError {
        NoService "messaging_no_service" "{0:?} names no messaging service that we know",
        NoHandle "messaging_no_handle" "{0:?} names a service but nobody on it",
        BadHandle "messaging_bad_handle" "{0:?} holds a handle that its service does not give",
    }
}

/// Words before a handle, and the service they mean.
const SERVICES: [(&str, &str); 15] = [
    ("telegram", "telegram"),
    ("tele", "telegram"),
    ("tg", "telegram"),
    ("whatsapp", "whatsapp"),
    ("wa", "whatsapp"),
    ("zalo", "zalo"),
    ("line", "line"),
    ("wechat", "wechat"),
    ("weixin", "wechat"),
    ("wx", "wechat"),
    ("facebook", "facebook"),
    ("fb", "facebook"),
    ("messenger", "facebook"),
    ("viber", "viber"),
    ("kakaotalk", "kakaotalk"),
];

/// Hosts of links, and the service they belong to.
const HOSTS: [(&str, &str); 15] = [
    ("t.me", "telegram"),
    ("telegram.me", "telegram"),
    ("telegram.dog", "telegram"),
    ("wa.me", "whatsapp"),
    ("api.whatsapp.com", "whatsapp"),
    ("zalo.me", "zalo"),
    ("chat.zalo.me", "zalo"),
    ("line.me", "line"),
    ("facebook.com", "facebook"),
    ("m.facebook.com", "facebook"),
    ("web.facebook.com", "facebook"),
    ("fb.com", "facebook"),
    ("fb.me", "facebook"),
    ("m.me", "facebook"),
    ("messenger.com", "facebook"),
];

/// First parts of a path that name a page of the service, not a person.
const PAGES: [&str; 33] = [
    "share",
    "sharer",
    "sharer.php",
    "joinchat",
    "addstickers",
    "addemoji",
    "addtheme",
    "proxy",
    "socks",
    "setlanguage",
    "iv",
    "login",
    "login.php",
    "groups",
    "g",
    "watch",
    "marketplace",
    "events",
    "reel",
    "reels",
    "photo",
    "photo.php",
    "story.php",
    "permalink.php",
    "hashtag",
    "help",
    "privacy",
    "policies",
    "message",
    "channel",
    "bg",
    "boost",
    "c",
];

/// Reads an account. The country serves numbers in national form.
pub(super) fn parse(text: &str, country: Option<Country>) -> Result<Identifier, MessagingError> {
    let refanged = refang(text);
    if let Some((service, handle)) = linked(&refanged) {
        let handle = handle.ok_or_else(|| MessagingError::NoHandle(shown(text)))?;
        return of_service(service, &handle, true, country)
            .ok_or_else(|| MessagingError::BadHandle(shown(text)));
    }
    let end = refanged.find([' ', ':', '/', '@']).unwrap_or(refanged.len());
    let (word, rest) = refanged.split_at(end);
    let known = |(name, _): &&(&str, &str)| name.eq_ignore_ascii_case(word);
    let (_, service) =
        SERVICES.iter().find(known).ok_or_else(|| MessagingError::NoService(shown(text)))?;
    let handle = rest.trim_start_matches([' ', ':', '/']).trim();
    if handle.is_empty() {
        return Err(MessagingError::NoHandle(shown(text)));
    }
    of_service(service, handle, false, country)
        .ok_or_else(|| MessagingError::BadHandle(shown(text)))
}

/// The service of a link, and the handle where the link names one. A bare host is no link.
fn linked(text: &str) -> Option<(&'static str, Option<String>)> {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    if let Some(query) = rest.strip_prefix("resolve?").filter(|_| text.starts_with("tg:")) {
        let name = parameter(query, "domain").or_else(|| parameter(query, "phone"));
        return Some(("telegram", name));
    }
    let (host, path) = rest.split_once(['/', '?']).unwrap_or((rest, ""));
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let (_, service) = HOSTS.iter().find(|(known, _)| *known == host)?;
    let (path, query) = match rest.split_once('?') {
        Some((_, query)) => (path.split('?').next().unwrap_or_default(), query),
        None => (path, ""),
    };
    let path = path.split('#').next().unwrap_or_default();
    Some((service, handle_of(service, path, query)))
}

fn handle_of(service: &str, path: &str, query: &str) -> Option<String> {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let first = parts.next().unwrap_or_default();
    let handle = match (service, first) {
        ("whatsapp", "" | "send") => parameter(query, "phone")?,
        ("facebook", "profile.php") => parameter(query, "id")?,
        ("facebook", "people") => parts.nth(1)?.to_owned(),
        ("facebook", "t") => parts.next()?.to_owned(),
        ("line", "ti" | "R") => parts.find(|part| !matches!(*part, "p" | "ti"))?.to_owned(),
        ("telegram", "s") => parts.next()?.to_owned(),
        ("telegram", "joinchat") => format!("+{}", parts.next()?),
        (_, "") => return None,
        (_, page) if PAGES.contains(&page.to_ascii_lowercase().as_str()) => return None,
        (_, handle) => handle.to_owned(),
    };
    Some(handle.replace("%40", "@").replace("%2B", "+").replace("%2b", "+"))
}

fn parameter(query: &str, name: &str) -> Option<String> {
    let query = query.split('#').next().unwrap_or_default();
    let found = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    found.filter(|value| !value.is_empty()).map(str::to_owned)
}

fn of_service(
    service: &str,
    handle: &str,
    is_link: bool,
    country: Option<Country>,
) -> Option<Identifier> {
    let handle = match service {
        "whatsapp" | "viber" => number(handle, is_link, country),
        "zalo" => number(handle, false, country.or(Some(Country::VN))).or_else(|| page_id(handle)),
        "telegram" => telegram(handle, country),
        "facebook" => facebook(handle),
        "line" => line(handle),
        _ => plain(handle, 3..=30),
    }?;
    let value = CompactString::from(format!("{service}/{handle}"));
    Some(Identifier { kind: Kind::Messaging, value })
}

/// A telephone number in E.164; links of WhatsApp leave the plus out.
fn number(handle: &str, is_link: bool, country: Option<Country>) -> Option<CompactString> {
    let has_plus = !is_link || handle.starts_with('+');
    let written = if has_plus { handle.to_owned() } else { format!("+{handle}") };
    let found = phone::parse(&written, country).ok()?;
    (found.kind == Kind::Phone).then_some(found.value)
}

/// The number of an official account at Zalo.
fn page_id(handle: &str) -> Option<CompactString> {
    let is_id = (15..=20).contains(&handle.len()) && handle.bytes().all(|b| b.is_ascii_digit());
    is_id.then(|| handle.into())
}

fn telegram(handle: &str, country: Option<Country>) -> Option<CompactString> {
    if let Some(invitation) = handle.strip_prefix('+')
        && !invitation.bytes().all(|b| b.is_ascii_digit() || b == b' ')
    {
        let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        let is_invitation = (10..=40).contains(&invitation.len()) && invitation.bytes().all(fits);
        return is_invitation.then(|| handle.into());
    }
    if handle.starts_with(['+', '0']) {
        return number(handle, false, country);
    }
    let name = handle.strip_prefix('@').unwrap_or(handle).to_ascii_lowercase();
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    let is_name = (4..=32).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(fits);
    is_name.then(|| name.into())
}

fn facebook(handle: &str) -> Option<CompactString> {
    let name = handle.strip_prefix('@').unwrap_or(handle).to_ascii_lowercase().replace('.', "");
    let fits = (5..=50).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric());
    fits.then(|| name.into())
}

/// A LINE id; official accounts begin with `@`, personal links with `~`.
fn line(handle: &str) -> Option<CompactString> {
    let id = handle.strip_prefix('~').unwrap_or(handle);
    match id.strip_prefix('@') {
        Some(official) => plain(official, 3..=20).map(|id| format!("@{id}").into()),
        None => plain(id, 3..=20),
    }
}

fn plain(handle: &str, length: std::ops::RangeInclusive<usize>) -> Option<CompactString> {
    let name = handle.strip_prefix('@').unwrap_or(handle).to_ascii_lowercase();
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    (length.contains(&name.len()) && name.bytes().all(fits)).then(|| name.into())
}
