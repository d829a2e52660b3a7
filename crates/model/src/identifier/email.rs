//! E-mail addresses in lower case on both sides.
//!
//! Source: RFC 5321 section 4.1.2, RFC 6068 (mailto), UTS 46 for the domain. The standard lets the
//! left side differ by case; no provider that matters does. Left out on purpose: the rules of
//! single providers (dots and plus signs), quoted left sides and addresses at IP literals.

use compact_str::CompactString;
use email_address::EmailAddress;

use super::domain;
use super::refang::refang;
use super::refusals::{refusals, shown};

refusals! {
    /// Why a text is no e-mail address.
    EmailError {
        NoAt "email_no_at" "{0:?} has no @ or several",
        BadLocalPart "email_bad_local_part" "{0:?} has a left side that no address has",
        BadDomain "email_bad_domain" "{0:?} has no domain behind the @",
    }
}

/// Reads an address, refanged, as `mailto:` or as `Name <address>`.
pub(super) fn parse(text: &str) -> Result<CompactString, EmailError> {
    let refanged = refang(text);
    let address = bare(&refanged);
    let (local, host) = address
        .split_once('@')
        .filter(|(_, host)| !host.contains('@'))
        .ok_or_else(|| EmailError::NoAt(shown(text)))?;
    let name = domain::ascii_name(host).map_err(|_| EmailError::BadDomain(shown(text)))?;
    // Folding case can take a letter apart (`İ`), so it is composed again by folding twice.
    let local = crate::text::clean(&local.to_lowercase()).to_lowercase();
    let is_quoted = local.starts_with('"');
    if is_quoted || !(is_plain(&local) || EmailAddress::is_valid_local_part(&local)) {
        return Err(EmailError::BadLocalPart(shown(text)));
    }
    Ok(CompactString::from(format!("{local}@{name}")))
}

/// The left side almost every address has.
fn is_plain(local: &str) -> bool {
    let letter = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+');
    local.len() <= 64 && local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(letter))
}

fn bare(text: &str) -> &str {
    let text = match text.rsplit_once('<') {
        Some((_, inner)) => inner.split('>').next().unwrap_or_default(),
        None => text,
    };
    let text = text.trim();
    let is_link = text.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    let text = if is_link { text.get(7..).unwrap_or_default() } else { text };
    let end = if is_link { text.find('?').unwrap_or(text.len()) } else { text.len() };
    text.get(..end).unwrap_or_default().trim()
}
