//! The kinds of identifiers and their names in files and answers.

use serde::{Deserialize, Serialize};

use super::IdentifierError;
use super::refusals::shown;

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

/// In the order of the declaration, which is also that of `Ord`.
const ALL: [Kind; 13] = [
    Kind::Phone,
    Kind::ShortCode,
    Kind::Iban,
    Kind::Account,
    Kind::Email,
    Kind::Domain,
    Kind::Url,
    Kind::Ip,
    Kind::Wallet,
    Kind::Imei,
    Kind::Device,
    Kind::Messaging,
    Kind::Document,
];

impl Kind {
    /// All kinds, in a fixed order.
    pub fn all() -> impl Iterator<Item = Kind> {
        ALL.into_iter()
    }

    /// The kind's name as it stands in files and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Phone => "phone",
            Kind::ShortCode => "short_code",
            Kind::Iban => "iban",
            Kind::Account => "account",
            Kind::Email => "email",
            Kind::Domain => "domain",
            Kind::Url => "url",
            Kind::Ip => "ip",
            Kind::Wallet => "wallet",
            Kind::Imei => "imei",
            Kind::Device => "device",
            Kind::Messaging => "messaging",
            Kind::Document => "document",
        }
    }

    /// Reads a kind's name, in any case.
    pub fn parse(raw: &str) -> Result<Kind, IdentifierError> {
        let name = raw.trim();
        let found = ALL.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(name));
        found.ok_or_else(|| IdentifierError::UnknownKind(shown(raw)))
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_in_any_case() {
        for kind in Kind::all() {
            assert_eq!(Kind::parse(kind.as_str()), Ok(kind));
            assert_eq!(Kind::parse(&format!(" {} ", kind.as_str().to_uppercase())), Ok(kind));
        }
        assert!(Kind::parse("telephone").is_err());
    }
}
