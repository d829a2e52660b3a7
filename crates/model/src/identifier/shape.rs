//! The shape of canonical values, for reading back what was written: cheap, and free of tables.
//!
//! A stored value must open in every later release, though numbering plans, IBAN countries and
//! the Public Suffix List have changed since. So what comes out of our own files is held to its
//! form here, and not parsed again; what partners send goes through `Identifier::from_canonical`.

use super::{Kind, MAX_CHARACTERS};

/// Whether a value could be canonical for its kind.
pub(super) fn holds(kind: Kind, value: &str) -> bool {
    let is_clean = !value.is_empty()
        && value.len() <= 4 * MAX_CHARACTERS
        && !value.chars().any(|c| c.is_control() || crate::text::is_invisible(c));
    is_clean && of_kind(kind, value)
}

fn of_kind(kind: Kind, value: &str) -> bool {
    let all = |fits: fn(u8) -> bool| value.bytes().all(fits);
    let parts = value.split('/').count();
    match kind {
        Kind::Phone => {
            let digits = value.strip_prefix('+').unwrap_or_default();
            (3..=20).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
        }
        Kind::ShortCode => parts == 2 && is_country(value),
        Kind::Iban => (15..=34).contains(&value.len()) && all(is_capital_or_digit),
        Kind::Account => parts == 3 && is_country(value) && !value.contains(char::is_whitespace),
        Kind::Email => value.contains('@') && !value.contains(char::is_whitespace),
        Kind::Domain => value.contains('.') && all(is_host_character),
        Kind::Url => value.starts_with("http://") || value.starts_with("https://"),
        Kind::Ip => value.parse::<std::net::IpAddr>().is_ok(),
        Kind::Wallet => value.len() >= 25 && all(|b| b.is_ascii_alphanumeric()),
        Kind::Imei => value.len() == 15 && all(|b| b.is_ascii_digit()),
        Kind::Device => value.len() >= 8 && all(|b| b.is_ascii_hexdigit() || b == b'-'),
        Kind::Messaging => parts == 2,
        Kind::Document => parts == 3 && is_country(value),
    }
}

fn is_country(value: &str) -> bool {
    value.get(2..3) == Some("/") && value.bytes().take(2).all(|b| b.is_ascii_uppercase())
}

fn is_capital_or_digit(b: u8) -> bool {
    b.is_ascii_uppercase() || b.is_ascii_digit()
}

fn is_host_character(b: u8) -> bool {
    b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_parser_returns_is_refused() {
        for (kind, value) in [
            (Kind::Phone, "0922182552"),
            (Kind::Phone, "+84 922182552"),
            (Kind::ShortCode, "113"),
            (Kind::Account, "970436/0123456789"),
            (Kind::Account, "vn/970436/0123456789"),
            (Kind::Domain, "BANK.EXAMPLE"),
            (Kind::Url, "javascript:alert(1)"),
            (Kind::Ip, "1.2.3"),
            (Kind::Imei, "49015420323751"),
            (Kind::Messaging, "@name"),
            (Kind::Email, "a@b.example\n"),
            (Kind::Document, ""),
        ] {
            assert!(!holds(kind, value), "{kind} {value:?}");
        }
    }
}
