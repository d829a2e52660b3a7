//! IMEI: the number of a handset, 15 digits of which the last is a check digit.
//!
//! Source: 3GPP TS 23.003 section 6.2 and annex B (Luhn). Fourteen digits get their check digit; an
//! IMEISV (16 digits: the check digit replaced by two digits of software version) is brought back
//! to the IMEI of the same handset.

use compact_str::CompactString;

use super::refusals::{refusals, shown};

refusals! {
    /// Why a text is no IMEI.
    ImeiError {
        Shape "imei_shape" "{0:?} is no IMEI: 14, 15 or 16 digits",
        Checksum "imei_checksum" "{0:?} has a wrong check digit",
        Blank "imei_blank" "{0:?} is an unset number that many handsets show",
    }
}

/// Reads 14, 15 or 16 digits with blanks, dashes or slashes between them.
pub(super) fn parse(text: &str) -> Result<CompactString, ImeiError> {
    let separator = |c: char| c.is_whitespace() || matches!(c, '-' | '/' | '.');
    let digits: String = text.chars().filter(|c| !separator(*c)).take(17).collect();
    if !(14..=16).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ImeiError::Shape(shown(text)));
    }
    let (body, rest) = digits.split_at(14);
    let first = body.bytes().next();
    if body.bytes().all(|b| Some(b) == first) {
        return Err(ImeiError::Blank(shown(text)));
    }
    let check = check_digit(body);
    if rest.len() == 1 && !rest.starts_with(check) {
        return Err(ImeiError::Checksum(shown(text)));
    }
    Ok(CompactString::from(format!("{body}{check}")))
}

/// Luhn: every second digit from the right is doubled, the digits summed, and brought up to ten.
fn check_digit(body: &str) -> char {
    let digits = body.bytes().rev().map(|b| u32::from(b - b'0'));
    let sum: u32 = digits
        .enumerate()
        .map(|(place, digit)| if place % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit })
        .sum();
    char::from_digit((10 - sum % 10) % 10, 10).unwrap_or('0')
}
