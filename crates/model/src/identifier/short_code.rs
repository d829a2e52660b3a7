//! Short codes and hot lines: numbers that mean something inside one country alone, `VN/113`.
//!
//! Three to six digits are a short code in every country (emergency numbers, bank and authority hot
//! lines); in Viet Nam also `1900` and `1800` with four to six digits behind, with or
//! without the country code (observed use; the numbering plan itself was not read). Left out on
//! purpose: free-phone numbers of other countries that have a subscriber number's length.

use super::refusals::{refusals, shown};
use super::{Identifier, Kind};
use crate::country::Country;

refusals! {
    /// Why a text is no short code.
    ShortCodeError {
        NoCountry "short_code_no_country" "{0:?} is a short code of an unknown country",
        Shape "short_code_shape" "{0:?} is no short code: 3 to 6 digits, or 1900 and 1800 in VN",
    }
}

/// Reads `CC/number`, or a number written down in a known country.
pub(super) fn parse(text: &str, country: Option<Country>) -> Result<Identifier, ShortCodeError> {
    let (country, number) = match text.split_once('/') {
        Some((code, number)) if Country::parse(code).is_ok() => (Country::parse(code).ok(), number),
        _ => (country, text),
    };
    let separator = |c: char| c.is_whitespace() || matches!(c, '.' | '-' | '(' | ')');
    let digits: String = number.chars().filter(|c| !separator(*c)).take(20).collect();
    let country = country.ok_or_else(|| ShortCodeError::NoCountry(shown(text)))?;
    read(&digits, country).ok_or_else(|| ShortCodeError::Shape(shown(text)))
}

/// The short code that these digits are in a country.
pub(super) fn read(digits: &str, country: Country) -> Option<Identifier> {
    // A leading zero is a trunk prefix, the rest of a number cut short; `000` is Australia's.
    let is_short = (3..=6).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && (digits == "000" || !digits.starts_with('0'));
    if is_short {
        return Some(identifier(digits, country));
    }
    read_long(digits, country)
}

/// The hot lines of Viet Nam that are longer than a short code.
pub(super) fn read_long(digits: &str, country: Country) -> Option<Identifier> {
    let is_hot_line = country == Country::VN
        && (8..=10).contains(&digits.len())
        && (digits.starts_with("1900") || digits.starts_with("1800"))
        && digits.bytes().all(|b| b.is_ascii_digit());
    is_hot_line.then(|| identifier(digits, country))
}

fn identifier(digits: &str, country: Country) -> Identifier {
    Identifier { kind: Kind::ShortCode, value: format!("{country}/{digits}").into() }
}
