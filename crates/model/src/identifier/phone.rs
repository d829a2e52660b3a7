//! Telephone numbers in E.164, by the country in which they were written down.
//!
//! Source: ITU-T E.164, RFC 3966 (`tel:`), libphonenumber's metadata (crate `rlibphonenumber`) for
//! country codes, trunk prefixes and possible lengths; Viet Nam's renumbering of mobile numbers
//! from 11 to 10 digits of 15 September 2018 (plan of the Ministry of Information and
//! Communications). A number whose length is possible is taken even if no operator is known to
//! have it: numbering plans change faster than libraries. An extension is dropped: it names a
//! desk behind the number, and complaints of one ring meet on the number.
//! Left out on purpose: Viet Nam's change of area codes of 2017, since old Ho Chi Minh City numbers
//! (08) cannot be told from today's mobile numbers; letters in place of digits (vanity numbers).

use std::borrow::Cow;

use compact_str::CompactString;
use rlibphonenumber::{
    CountryCodeSource, NumberLengthType, PHONE_NUMBER_UTIL, PhoneNumber, Region,
    get_national_significant_number_owned,
};

use super::refusals::{refusals, shown};
use super::short_code;
use super::{Identifier, Kind};
use crate::country::Country;

/// More digits than any number with prefixes has.
const MAX_DIGITS: usize = 24;
/// The trunk prefix is stripped again until nothing changes, at most so often.
const MAX_ROUNDS: usize = 8;

refusals! {
    /// Why a text is no telephone number.
    PhoneError {
        BadCharacter "phone_bad_character" "{0:?} holds characters that no telephone number has",
        NoCountry "phone_no_country" "{0:?} has no country code and no country is known",
        Impossible "phone_impossible" "{0:?} has no possible length for its country",
    }
}

/// Reads a number, or the short code that it is.
pub(super) fn parse(text: &str, country: Option<Country>) -> Result<Identifier, PhoneError> {
    if let Some(value) = plain(text, country) {
        return Ok(Identifier { kind: Kind::Phone, value });
    }
    let written = Written::read(text)?;
    let impossible = || PhoneError::Impossible(shown(text));
    if written.is_international {
        let number = international(&written.digits);
        let without_zero = || written.without_zero.as_deref().and_then(international);
        return number.or_else(without_zero).map(Number::identifier).ok_or_else(impossible);
    }
    let Some(country) = country else {
        let abroad = written.digits.strip_prefix("00").and_then(international);
        let is_abroad = written.digits.starts_with("00");
        let error = if is_abroad { PhoneError::Impossible } else { PhoneError::NoCountry };
        return abroad.map(Number::identifier).ok_or_else(|| error(shown(text)));
    };
    if let Some(code) = short_code::read(&written.digits, country) {
        return Ok(code);
    }
    national(&written.digits, country).map(Number::identifier).ok_or_else(impossible)
}

/// The country of a canonical number: the one that gave it out, or where none is known to have, the
/// first of those that share its code; `None` for numbers that belong to no country.
pub(super) fn country(value: &str) -> Option<Country> {
    if value.starts_with("+84") {
        return Some(Country::VN);
    }
    let parsed = PHONE_NUMBER_UTIL.parse(value, None).ok()?;
    let shared = || PHONE_NUMBER_UTIL.get_region_for_country_code(parsed.country_code);
    let region = PHONE_NUMBER_UTIL.get_region_for_number(&parsed).or_else(shared)?;
    Country::parse(&region.as_region_str()).ok()
}

/// The shapes nearly all Vietnamese numbers have; `national` says the same, some twenty times
/// slower.
fn plain(text: &str, country: Option<Country>) -> Option<CompactString> {
    let rest = match text.strip_prefix("+84") {
        Some(rest) => rest,
        None if country == Some(Country::VN) => text.strip_prefix('0')?,
        None => return None,
    };
    let is_plain = rest.len() == 9
        && rest.bytes().all(|b| b.is_ascii_digit())
        && rest.starts_with(['2', '3', '4', '5', '6', '7', '8', '9']);
    is_plain.then(|| CompactString::from(format!("+84{rest}")))
}

/// A number as it was written: its digits and whether a country code stands first.
struct Written {
    digits: String,
    is_international: bool,
    /// The digits without the `(0)` that some put between country code and number.
    without_zero: Option<String>,
}

impl Written {
    fn read(text: &str) -> Result<Written, PhoneError> {
        let bare = without_frame(text);
        let (digits, is_international) =
            digits_of(&bare).ok_or_else(|| PhoneError::BadCharacter(shown(text)))?;
        let without_zero = bare.contains("(0)").then(|| bare.replacen("(0)", "", 1));
        let without_zero = without_zero.and_then(|bare| digits_of(&bare)).map(|(digits, _)| digits);
        if digits.len() < 3 || digits.len() > MAX_DIGITS {
            return Err(PhoneError::Impossible(shown(text)));
        }
        Ok(Written { digits, is_international, without_zero })
    }
}

/// Takes off `tel:`, its parameters and an extension.
fn without_frame(text: &str) -> Cow<'_, str> {
    let scheme = ["tel:", "callto:", "sms:"]
        .iter()
        .find(|scheme| text.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme)));
    let rest = scheme.map_or(text, |scheme| text.get(scheme.len()..).unwrap_or_default());
    let (number, parameters) = rest.split_once(';').unwrap_or((rest, ""));
    let number = number.split('?').next().unwrap_or_default();
    let number = number.get(..extension_at(number)).unwrap_or(number).trim();
    let prefix = parameters.split(';').find_map(|p| p.strip_prefix("phone-context=+"));
    match prefix {
        Some(prefix) if !number.starts_with('+') => Cow::Owned(format!("+{prefix} {number}")),
        _ => Cow::Borrowed(number),
    }
}

/// Where an extension begins: behind at least a short code's digits.
fn extension_at(number: &str) -> usize {
    const MARKS: [&str; 7] = ["máy lẻ", "may le", "ext", "x", "#", ",", "~"];
    let lower = number.to_lowercase();
    if lower.len() != number.len() {
        return number.len();
    }
    let starts = MARKS.iter().filter_map(|mark| lower.find(mark));
    let behind_number = |at: &usize| {
        number.get(..*at).is_some_and(|n| n.bytes().filter(u8::is_ascii_digit).count() >= 3)
    };
    starts.filter(behind_number).min().unwrap_or(number.len())
}

fn digits_of(text: &str) -> Option<(String, bool)> {
    let (mut digits, mut is_international) = (String::new(), false);
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() && !is_international => is_international = true,
            '.' | '-' | '/' | '(' | ')' | '_' | '[' | ']' => {}
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{b7}' | '\u{2022}' => {}
            c if c.is_whitespace() => {}
            _ => return None,
        }
        if digits.len() > MAX_DIGITS {
            break;
        }
    }
    Some((digits, is_international))
}

/// A number of possible length: country code and national digits, both settled.
struct Number {
    parsed: PhoneNumber,
    value: CompactString,
}

impl Number {
    fn identifier(self) -> Identifier {
        let national = self.value.strip_prefix("+84").unwrap_or_default();
        match short_code::read_long(national, Country::VN) {
            Some(code) => code,
            None => Identifier { kind: Kind::Phone, value: self.value },
        }
    }

    fn is_assigned(&self) -> bool {
        PHONE_NUMBER_UTIL.is_valid_number(&self.parsed)
    }
}

/// The digits with the country code in front, without plus.
fn international(digits: &str) -> Option<Number> {
    let mut value = CompactString::from(format!("+{digits}"));
    for _ in 0..MAX_ROUNDS {
        let parsed = PHONE_NUMBER_UTIL.parse(value.as_str(), None).ok()?;
        let national = get_national_significant_number_owned(&parsed);
        let national = renumbered(parsed.country_code, &national).unwrap_or(national);
        let settled = CompactString::from(format!("+{}{national}", parsed.country_code));
        if settled == value {
            let length = PHONE_NUMBER_UTIL.is_possible_number_with_reason(&parsed);
            let is_possible = matches!(length, Ok(NumberLengthType::IsPossible));
            return is_possible.then_some(Number { parsed, value });
        }
        value = settled;
    }
    None
}

/// The readings of digits without plus, the likeliest first: a national number that some operator
/// has, then one with `00` or the country code before it, then whatever has a possible length.
fn national(digits: &str, country: Country) -> Option<Number> {
    let region = Region::from_code(country.as_str()).ok()?;
    let calling_code = PHONE_NUMBER_UTIL.get_country_code_for_region(region)?.to_string();
    let home = || international(&format!("{calling_code}{digits}"));
    let has_code = digits.starts_with(&calling_code);
    let is_plain = !has_code && !digits.starts_with("00");
    if is_plain && let Some(number) = home() {
        return Some(number);
    }
    let candidates = [
        home(),
        digits.strip_prefix("00").and_then(international),
        has_code.then(|| international(digits)).flatten(),
        dialled_abroad(digits, region),
    ];
    let mut possible: Vec<Number> = candidates.into_iter().flatten().collect();
    let best = possible.iter().position(Number::is_assigned).unwrap_or(0);
    (best < possible.len()).then(|| possible.swap_remove(best))
}

/// A number behind the country's own prefix for calls abroad (`011` in the US, `001` in Thailand).
fn dialled_abroad(digits: &str, region: Region) -> Option<Number> {
    let parsed = PHONE_NUMBER_UTIL.parse_and_keep_raw_input(digits, Some(region)).ok()?;
    if parsed.country_code_source() != CountryCodeSource::FromNumberWithIdd {
        return None;
    }
    let national = get_national_significant_number_owned(&parsed);
    international(&format!("{}{national}", parsed.country_code))
}

/// Viet Nam's old eleven-digit mobile numbers (ten without the trunk zero) lead to the new ones.
fn renumbered(calling_code: i32, national: &str) -> Option<String> {
    if calling_code != 84 || national.len() != 10 {
        return None;
    }
    let new = match national.get(..3)? {
        "162" => "32",
        "163" => "33",
        "164" => "34",
        "165" => "35",
        "166" => "36",
        "167" => "37",
        "168" => "38",
        "169" => "39",
        "120" => "70",
        "121" => "79",
        "122" => "77",
        "126" => "76",
        "128" => "78",
        "123" => "83",
        "124" => "84",
        "125" => "85",
        "127" => "81",
        "129" => "82",
        "186" => "56",
        "188" => "58",
        "199" => "59",
        _ => return None,
    };
    Some(format!("{new}{}", national.get(3..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plain_path_says_what_the_slow_path_says() {
        for first in '2'..='9' {
            for second in '0'..='9' {
                let written = format!("0{first}{second}2182552");
                let quick = plain(&written, Some(Country::VN)).unwrap();
                let slow = national(&written, Country::VN).unwrap();
                assert_eq!(quick, slow.value, "{written}");
            }
        }
    }
}
