//! Values of unknown kind: all that a text can mean, and what an identifier leads to.

use super::{Context, Identifier, Kind, check_length, domain, qr, url};
use crate::text;

/// The order in which kinds are tried: what is hard to hit by chance comes first.
const ORDER: [Kind; 13] = [
    Kind::Iban,
    Kind::Wallet,
    Kind::Messaging,
    Kind::Url,
    Kind::Email,
    Kind::Ip,
    Kind::ShortCode,
    Kind::Phone,
    Kind::Document,
    Kind::Imei,
    Kind::Account,
    Kind::Domain,
    Kind::Device,
];

/// Every reading of a text, most specific first, without duplicates.
pub(super) fn of(raw: &str, context: Context) -> Vec<Identifier> {
    if check_length(raw).is_err() {
        return Vec::new();
    }
    let text = text::clean(raw);
    if let Some(found) = explicit(&text, context) {
        return vec![found];
    }
    let mut found = Found(Vec::new());
    if qr::is_payment(&text) {
        qr::read(&text).unwrap_or_default().into_iter().for_each(|payee| found.add(payee));
    }
    for kind in ORDER {
        if !is_sought(kind, &text, &found) {
            continue;
        }
        Identifier::parse(kind, &text, context).into_iter().for_each(|reading| found.add(reading));
        match kind {
            Kind::Url if !text.contains("://") && text.contains('/') => {
                without_scheme(&text, context).into_iter().for_each(|link| found.add(link));
            }
            Kind::Account => {
                let abroad = Identifier::parse(kind, &text, Context::default());
                abroad.into_iter().for_each(|account| found.add(account));
            }
            _ => {}
        }
    }
    found.0
}

struct Found(Vec<Identifier>);

impl Found {
    fn has(&self, kind: Kind) -> bool {
        self.0.iter().any(|known| known.kind() == kind)
    }

    fn add(&mut self, reading: Identifier) {
        if !self.0.contains(&reading) {
            self.0.push(reading);
        }
    }
}

/// `kind:value`, where that kind can be read so.
fn explicit(text: &str, context: Context) -> Option<Identifier> {
    let (name, value) = text.split_once(':')?;
    Identifier::parse(Kind::parse(name).ok()?, value, context).ok()
}

/// What would only be guessed is left to those who name the kind: 14 or 16 digits are no IMEI
/// here, the digits of an IP address no telephone number, a path no account number.
fn is_sought(kind: Kind, text: &str, found: &Found) -> bool {
    match kind {
        Kind::Imei => text.bytes().filter(u8::is_ascii_digit).count() == 15,
        Kind::Domain => !text.contains('@') || text.contains("://"),
        Kind::ShortCode => text.contains('/'),
        Kind::Phone => !found.has(Kind::Ip),
        Kind::Account => match text.rsplit_once('/') {
            Some((bank, number)) => {
                let is_number = number.bytes().any(|b| b.is_ascii_digit());
                is_number && !bank.contains('.') && !found.has(Kind::ShortCode)
            }
            None => true,
        },
        _ => true,
    }
}

/// `host/path` as victims copy it from a browser that hides the scheme.
fn without_scheme(text: &str, context: Context) -> Vec<Identifier> {
    if !matches!(domain::parse(text), Ok(domain::Host::Domain(_))) {
        return Vec::new();
    }
    let with = |scheme: &str| Identifier::parse(Kind::Url, &format!("{scheme}://{text}"), context);
    [with("https"), with("http")].into_iter().flatten().collect()
}

/// Wider identifiers, nearest first.
pub(super) fn wider(identifier: &Identifier) -> Vec<Identifier> {
    let value = identifier.value();
    let read = |kind: Kind, text: &str| Identifier::parse(kind, text, Context::default()).ok();
    let mut found = Found(Vec::new());
    match identifier.kind() {
        Kind::Url => {
            read(Kind::Messaging, value).into_iter().for_each(|account| {
                wider(&account).into_iter().for_each(|phone| found.add(phone));
                found.0.insert(0, account);
            });
            let host = url::host(value).unwrap_or_default();
            read(Kind::Domain, host).into_iter().for_each(|host| {
                found.add(host.clone());
                wider(&host).into_iter().for_each(|domain| found.add(domain));
            });
        }
        Kind::Domain => {
            let registrable = domain::registrable(value).and_then(|name| read(Kind::Domain, name));
            registrable.into_iter().for_each(|domain| found.add(domain));
        }
        Kind::Messaging => {
            let handle =
                value.split_once('/').map(|(_, handle)| handle).filter(|h| h.starts_with('+'));
            let phone =
                handle.and_then(|handle| Identifier::from_canonical(Kind::Phone, handle).ok());
            phone.into_iter().for_each(|phone| found.add(phone));
        }
        _ => {}
    }
    found.0
}
