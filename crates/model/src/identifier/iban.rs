//! IBANs in capitals without blanks.
//!
//! Source: ISO 13616-1:2020 and the SWIFT IBAN registry (crate `iban_validate`): country, length,
//! structure and check digits all hold.

use compact_str::CompactString;
use iban::{IbanLike as _, ParseIbanError};

use super::refusals::{refusals, shown};

/// The longest IBAN (ISO 13616) has 34 characters.
const MAX_CHARACTERS: usize = 34;

refusals! {
    /// Why a text is no IBAN.
    IbanError {
        Shape "iban_shape" "{0:?} has not the shape of an IBAN",
        Checksum "iban_checksum" "{0:?} has wrong check digits",
        Country "iban_country" "{0:?} begins with a country that has no IBAN",
        Structure "iban_structure" "{0:?} has not the length or structure of its country",
    }
}

/// Reads an IBAN as it is printed: in groups, in any case, with the word IBAN before it.
pub(super) fn parse(text: &str) -> Result<CompactString, IbanError> {
    let refused = || shown(text);
    let bare = text.get(..4).filter(|word| word.eq_ignore_ascii_case("IBAN"));
    let rest = bare.and_then(|_| text.get(4..)).unwrap_or(text).trim_start_matches([':', ' ']);
    let separator = |c: char| c.is_whitespace() || matches!(c, '-' | '.');
    let compact: CompactString = rest
        .chars()
        .filter(|c| !separator(*c))
        .map(|c| c.to_ascii_uppercase())
        .take(MAX_CHARACTERS + 1)
        .collect();
    match compact.parse::<iban::Iban>() {
        Ok(found) => Ok(found.electronic_str().into()),
        Err(ParseIbanError::UnknownCountry(_)) => Err(IbanError::Country(refused())),
        Err(ParseIbanError::InvalidBban(_)) => Err(IbanError::Structure(refused())),
        Err(ParseIbanError::InvalidBaseIban { source }) => match source {
            iban::ParseBaseIbanError::InvalidChecksum => Err(IbanError::Checksum(refused())),
            _ => Err(IbanError::Shape(refused())),
        },
    }
}
