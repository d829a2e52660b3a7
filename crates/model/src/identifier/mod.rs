//! Identifiers: typed values in canonical form, by which records of different agencies meet.
//!
//! One file a kind holds its parser; this file holds the type and the choice between them. Every
//! parser brings each spelling of a value to one canonical text, and reading that text gives it
//! back.

pub mod bank_account;
pub mod device;
pub mod document;
pub mod domain;
pub mod email;
mod error;
pub mod iban;
pub mod imei;
pub mod ip;
mod kind;
pub mod messaging;
pub mod phone;
pub mod qr;
mod readings;
mod refang;
mod refusals;
mod shape;
pub mod short_code;
pub mod url;
pub mod wallet;

use std::fmt;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

pub use self::error::{CODES, IdentifierError, all_codes};
pub use self::kind::Kind;
use crate::account::Account;
use crate::country::Country;
use crate::text;

/// A longer value is refused before any work is spent on it.
pub const MAX_CHARACTERS: usize = 2_048;

/// A typed value in canonical form. Invariant: `value` is what the kind's parser returned.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Stored")]
pub struct Identifier {
    kind: Kind,
    value: CompactString,
}

/// What a reader knows beside the value itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Context {
    /// The country in which the value was written down: national forms are read by its rules.
    pub country: Option<Country>,
}

impl Identifier {
    /// Reads a value of a kind. Returns another kind where the value really is one: a hot line
    /// among phones, an IP address or a messaging account among domains, an IBAN or a wallet
    /// among accounts.
    pub fn parse(kind: Kind, raw: &str, context: Context) -> Result<Identifier, IdentifierError> {
        check_length(raw)?;
        let text = text::clean(raw);
        if text.is_empty() {
            return Err(IdentifierError::Empty);
        }
        if text.chars().any(char::is_control) {
            return Err(IdentifierError::ControlCharacter(refusals::shown(raw)));
        }
        let found = of_kind(kind, &text, context)?;
        // Escapes may have made a URL longer than it was.
        check_length(&found.value)?;
        Ok(found)
    }

    /// A value that is canonical already, as our own files and partners' messages hold it.
    pub fn from_canonical(kind: Kind, value: &str) -> Result<Identifier, IdentifierError> {
        let found = Identifier::parse(kind, value, Context::default())?;
        if found.kind == kind && found.value == value {
            Ok(found)
        } else {
            Err(IdentifierError::NotCanonical(refusals::shown(value)))
        }
    }

    /// Every way in which a value of unknown kind can be read, most specific first. Reads also
    /// `kind:value`, `BANK/NUMBER`, `CC/BANK/NUMBER` and payment QR texts.
    pub fn readings(raw: &str, context: Context) -> Vec<Identifier> {
        readings::of(raw, context)
    }

    /// The identifier by which an account is known to other agencies.
    pub fn of_account(account: &Account, country: Option<Country>) -> Identifier {
        bank_account::of(account, country)
    }

    /// Wider identifiers that this one leads to, nearest first: a URL to the account on a messaging
    /// service or to its host, a host to its registrable domain, a messaging account to its phone.
    /// An e-mail address leads nowhere: most of its domains are providers' and join strangers.
    pub fn leads_to(&self) -> Vec<Identifier> {
        readings::wider(self)
    }

    /// The country that the value itself names: a telephone number's, an IBAN's, an account's.
    pub fn country(&self) -> Option<Country> {
        let code = match self.kind {
            Kind::Phone => return phone::country(&self.value),
            Kind::Account => self.value.split('/').next(),
            Kind::Iban => self.value.get(..2),
            _ => None,
        };
        code.and_then(|code| Country::parse(code).ok())
    }

    /// What sort of value it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The canonical value.
    pub fn value(&self) -> &str {
        &self.value
    }
}

fn check_length(raw: &str) -> Result<(), IdentifierError> {
    let is_long = raw.len() > MAX_CHARACTERS
        && (raw.len() > 4 * MAX_CHARACTERS || raw.chars().count() > MAX_CHARACTERS);
    if is_long { Err(IdentifierError::TooLong(refusals::shown(raw))) } else { Ok(()) }
}

/// The text is folded, not empty, without control characters.
fn of_kind(kind: Kind, text: &str, context: Context) -> Result<Identifier, IdentifierError> {
    let value = match kind {
        Kind::Phone => return Ok(phone::parse(text, context.country)?),
        Kind::ShortCode => return Ok(short_code::parse(text, context.country)?),
        Kind::Account => return Ok(bank_account::parse(text, context.country)?),
        Kind::Messaging => return Ok(messaging::parse(text, context.country)?),
        Kind::Domain => return domain_or_better(text, context),
        Kind::Iban => iban::parse(text)?,
        Kind::Email => email::parse(text)?,
        Kind::Url => url::parse(text)?,
        Kind::Ip => CompactString::from(ip::parse(text)?.to_string()),
        Kind::Wallet => wallet::parse(text)?,
        Kind::Imei => imei::parse(text)?,
        Kind::Device => device::parse(text)?,
        Kind::Document => document::parse(text, context.country)?,
    };
    Ok(Identifier { kind, value })
}

/// A link to somebody's page on a platform says more than the platform's name.
fn domain_or_better(text: &str, context: Context) -> Result<Identifier, IdentifierError> {
    if text.contains(['/', '?'])
        && let Ok(found) = messaging::parse(text, context.country)
    {
        return Ok(found);
    }
    match domain::parse(text)? {
        domain::Host::Domain(value) => Ok(Identifier { kind: Kind::Domain, value }),
        domain::Host::Ip(found) => {
            let value = ip::parse(&found.to_string())?.to_string().into();
            Ok(Identifier { kind: Kind::Ip, value })
        }
    }
}

/// An identifier as it lies in a file: its shape is checked, its value not parsed again.
#[derive(Deserialize)]
struct Stored {
    kind: Kind,
    value: CompactString,
}

impl TryFrom<Stored> for Identifier {
    type Error = IdentifierError;
    fn try_from(stored: Stored) -> Result<Identifier, IdentifierError> {
        if shape::holds(stored.kind, &stored.value) {
            Ok(Identifier { kind: stored.kind, value: stored.value })
        } else {
            Err(IdentifierError::NotCanonical(refusals::shown(&stored.value)))
        }
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.as_str(), self.value)
    }
}

impl fmt::Debug for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
