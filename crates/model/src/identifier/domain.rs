//! Domains: host names in lower case ASCII, without trailing dot and leading `www.`.
//!
//! Source: UTS 46 (non-transitional) for names in other scripts, RFC 1035 section 2.3.4 for the
//! lengths, the Public Suffix List for the registrable domain. Underscores are let through since
//! phishing hosts carry them. Left out on purpose: single labels (they mean something only inside
//! one network) and wild cards.

use std::net::IpAddr;

use compact_str::CompactString;

use super::refang::refang;
use super::refusals::{refusals, shown};

/// RFC 1035: a name has at most 253 characters, a label at most 63.
const MAX_NAME_CHARACTERS: usize = 253;
const MAX_LABEL_CHARACTERS: usize = 63;

refusals! {
    /// Why a text is no domain.
    DomainError {
        NoDot "domain_no_dot" "{0:?} is a single label, not a domain",
        BadCharacter "domain_bad_character" "{0:?} holds characters that no host name has",
        BadLabel "domain_bad_label" "{0:?} has an empty, overlong or hyphen-edged label",
        TooLong "domain_too_long" "{0:?} is longer than 253 characters",
        NumericTop "domain_numeric_top" "{0:?} ends in a number and is no IP address",
        IsEmail "domain_is_email" "{0:?} is an e-mail address, not a domain",
    }
}

/// What a host turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Host {
    Domain(CompactString),
    Ip(IpAddr),
}

/// Reads a domain, or the host of whatever link was given in its place.
pub(super) fn parse(text: &str) -> Result<Host, DomainError> {
    if is_plain(text) {
        return Ok(Host::Domain(text.into()));
    }
    let refanged = refang(text);
    let host = host_part(&refanged)?;
    if let Some(ip) = super::ip::read(host) {
        return Ok(Host::Ip(ip));
    }
    let name = without_www(&ascii_name(host)?).into();
    Ok(Host::Domain(name))
}

/// The shape almost every value has already: checked without allocation.
fn is_plain(text: &str) -> bool {
    let label = |label: &str| {
        (1..=MAX_LABEL_CHARACTERS).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && !label.starts_with("xn--")
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    // UTS 46 has a word to say about hyphens in third and fourth place.
    let top = text.rsplit('.').next().unwrap_or_default();
    text.len() <= MAX_NAME_CHARACTERS
        && text.contains('.')
        && !text.starts_with("www.")
        && text.split('.').all(label)
        && top.bytes().all(|b| b.is_ascii_lowercase())
}

/// Cuts scheme, user information, port and everything behind the host.
fn host_part(text: &str) -> Result<&str, DomainError> {
    let (rest, has_scheme) = match text.split_once("://") {
        Some((_, rest)) => (rest, true),
        None => (text.strip_prefix("//").unwrap_or(text), false),
    };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = match authority.rsplit_once('@') {
        Some((_, host)) if has_scheme => host,
        Some(_) => return Err(DomainError::IsEmail(shown(text))),
        None => authority,
    };
    let host = host.trim();
    let without_port = match host.rsplit_once(':') {
        Some((name, port)) if !name.contains(':') && is_port(port) => name,
        _ => host,
    };
    Ok(without_port.trim())
}

fn is_port(port: &str) -> bool {
    port.len() <= 5 && port.bytes().all(|b| b.is_ascii_digit())
}

/// The name in ASCII and lower case, without trailing dot, its lengths and characters checked.
pub(super) fn ascii_name(host: &str) -> Result<String, DomainError> {
    let host = host.strip_suffix('.').unwrap_or(host);
    let lower = host.to_ascii_lowercase();
    let ascii = if lower.is_ascii() && !lower.contains("xn--") {
        lower
    } else {
        idna::domain_to_ascii(&lower).map_err(|_| DomainError::BadCharacter(shown(host)))?
    };
    let name = ascii.strip_suffix('.').unwrap_or(&ascii);
    check_name(name)?;
    Ok(name.to_owned())
}

fn check_name(name: &str) -> Result<(), DomainError> {
    let fits =
        |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.');
    if !name.bytes().all(fits) {
        return Err(DomainError::BadCharacter(shown(name)));
    }
    if name.len() > MAX_NAME_CHARACTERS {
        return Err(DomainError::TooLong(shown(name)));
    }
    let label = |label: &str| {
        (1..=MAX_LABEL_CHARACTERS).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if !name.split('.').all(label) {
        return Err(DomainError::BadLabel(shown(name)));
    }
    match name.rsplit_once('.') {
        None => Err(DomainError::NoDot(shown(name))),
        Some((_, top)) if top.bytes().all(|b| b.is_ascii_digit()) => {
            Err(DomainError::NumericTop(shown(name)))
        }
        Some(_) => Ok(()),
    }
}

/// Drops leading `www.`, but never so far that only a public suffix stays.
fn without_www(name: &str) -> &str {
    let mut name = name;
    while let Some(rest) = name.strip_prefix("www.")
        && psl::domain_str(rest).is_some()
    {
        name = rest;
    }
    name
}

/// The registrable domain, where it is another name. A host under a private suffix (`github.io`)
/// keeps the label before that suffix: what lies wider belongs to strangers.
pub(super) fn registrable(name: &str) -> Option<&str> {
    psl::domain_str(name).filter(|registrable| *registrable != name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, expected: &str) {
        let found = match parse(raw) {
            Ok(Host::Domain(name)) => name.to_string(),
            Ok(Host::Ip(ip)) => format!("ip {ip}"),
            Err(error) => error.code().to_owned(),
        };
        assert_eq!(found, expected, "{raw}");
    }

    #[test]
    fn www_goes_only_where_a_name_stays() {
        check("www.bank-vip.example", "bank-vip.example");
        check("www.www.bank-vip.example", "bank-vip.example");
        check("www.github.io", "www.github.io");
        check("www.com", "www.com");
        check("www.com.vn", "www.com.vn");
    }

    #[test]
    fn the_plain_path_says_what_the_slow_path_says() {
        for name in ["bank-vip.example", "a.b.c.example", "1a.example", "a--b.example"] {
            assert!(is_plain(name), "{name}");
            assert_eq!(ascii_name(name).as_deref(), Ok(name));
        }
    }

    #[test]
    fn private_suffixes_are_not_widened() {
        assert_eq!(registrable("a.b.github.io"), Some("b.github.io"));
        assert_eq!(registrable("b.github.io"), None);
        assert_eq!(registrable("x.blogspot.com"), None);
        assert_eq!(registrable("github.io"), None);
        assert_eq!(registrable("play.google.com"), Some("google.com"));
        assert_eq!(registrable("a.b.com.vn"), Some("b.com.vn"));
        assert_eq!(registrable("login.bank-vip.example"), Some("bank-vip.example"));
    }

    #[test]
    fn links_and_addresses_in_its_place_are_read() {
        check("https://user:pw@a.example:8443/x?y#z", "a.example");
        check("a.example:443", "a.example");
        check("1.2.3.4:80", "ip 1.2.3.4");
        check("[2001:db8::1]", "ip 2001:db8::1");
        check("someone@a.example", "domain_is_email");
    }
}
