//! Personal documents and national numbers: `CC/kind/NUMBER`.
//!
//! Source: VN identity card, 12 digits: province, century and gender, year
//! (form as publicly described; the decree was not read), and the old card of 9 digits; TH citizen
//! number (modulo 11); SG NRIC and FIN (weights 2 7 6 5 4 3 2) and company number (UEN); IN
//! Aadhaar (Verhoeff) and PAN; KR resident number (its checksum ended with the numbers of October
//! 2020, so only its date is checked); CN resident number (GB 11643-1999, ISO 7064 modulo 11-2).
//! Left out on purpose: passports, which have no form of their own, and documents of other
//! countries.

use compact_str::CompactString;

use super::refusals::{refusals, shown};
use crate::country::Country;

refusals! {
    /// Why a text is no document number.
    DocumentError {
        NoCountry "document_no_country" "{0:?} is a document of an unknown country",
        OtherCountry "document_other_country" "the documents of the country of {0:?} are unknown",
        Shape "document_shape" "{0:?} has the shape of no document of its country",
        Checksum "document_checksum" "{0:?} has a wrong check digit",
        Impossible "document_impossible" "{0:?} holds a place, date or digit that no document has",
    }
}

/// What is wrong with a number, before the text it came from is known.
enum Fault {
    Shape,
    Checksum,
    Impossible,
}

/// Reads a number of a known country, or `CC/kind/NUMBER`.
pub(super) fn parse(text: &str, country: Option<Country>) -> Result<CompactString, DocumentError> {
    let parts: Vec<&str> = text.split('/').map(str::trim).collect();
    let (country, asked, number) = match *parts.as_slice() {
        [code, kind, number] => (Country::parse(code).ok(), Some(kind), number),
        [code, number] if Country::parse(code).is_ok() => (Country::parse(code).ok(), None, number),
        _ => (country, None, text),
    };
    let country = country.ok_or_else(|| DocumentError::NoCountry(shown(text)))?;
    let separator = |c: char| c.is_whitespace() || matches!(c, '-' | '.');
    let number: String = number
        .chars()
        .filter(|c| !separator(*c))
        .map(|c| c.to_ascii_uppercase())
        .take(40)
        .collect();
    let read = match country.as_str() {
        "VN" => vietnam(&number),
        "TH" => thailand(&number),
        "SG" => singapore(&number),
        "IN" => india(&number),
        "KR" => korea(&number),
        "CN" => china(&number),
        _ => return Err(DocumentError::OtherCountry(shown(text))),
    };
    match read {
        Ok(kind) if asked.is_none_or(|asked| asked.eq_ignore_ascii_case(kind)) => {
            let number = if kind == "uen" { without_suffix(&number) } else { &number };
            Ok(format!("{country}/{kind}/{number}").into())
        }
        Ok(_) | Err(Fault::Shape) => Err(DocumentError::Shape(shown(text))),
        Err(Fault::Checksum) => Err(DocumentError::Checksum(shown(text))),
        Err(Fault::Impossible) => Err(DocumentError::Impossible(shown(text))),
    }
}

type Read = Result<&'static str, Fault>;

fn digits(number: &str, length: usize) -> Option<Vec<u32>> {
    let is_number = number.len() == length && number.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| number.bytes().map(|b| u32::from(b - b'0')).collect())
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// Codes of the provinces as they were when the cards were given out.
const PROVINCES: &str = "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 \
030 031 033 034 035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 \
067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096";

fn vietnam(number: &str) -> Read {
    if digits(number, 9).is_some() {
        return Ok("cmnd");
    }
    let card = digits(number, 12).ok_or(Fault::Shape)?;
    let province = number.get(..3).unwrap_or_default();
    // 0 and 1 are men and women born in 1900 to 1999, 2 and 3 in 2000 to 2099.
    let is_alive = card.get(3).is_some_and(|century| *century <= 3);
    let is_known = PROVINCES.split_whitespace().any(|known| known == province);
    if is_alive && is_known { Ok("cccd") } else { Err(Fault::Impossible) }
}

fn thailand(number: &str) -> Read {
    let all = digits(number, 13).ok_or(Fault::Shape)?;
    let (check, body) = all.split_last().ok_or(Fault::Shape)?;
    if body.first() == Some(&9) {
        return Err(Fault::Impossible);
    }
    let sum = weighted(body, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    if (11 - sum % 11) % 10 == *check { Ok("id") } else { Err(Fault::Checksum) }
}

fn singapore(number: &str) -> Read {
    if is_uen(without_suffix(number)) {
        return Ok("uen");
    }
    let series = number.chars().next().unwrap_or_default();
    let body = number.get(1..8).and_then(|body| digits(body, 7)).ok_or(Fault::Shape)?;
    let check = number.get(8..).filter(|check| check.len() == 1).ok_or(Fault::Shape)?;
    let (offset, letters) = match series {
        'S' => (0, "JZIHGFEDCBA"),
        'T' => (4, "JZIHGFEDCBA"),
        'F' => (0, "XWUTRQPNMLK"),
        'G' => (4, "XWUTRQPNMLK"),
        'M' => (3, "XWUTRQPNJLK"),
        _ => return Err(Fault::Shape),
    };
    let place = (weighted(&body, &[2, 7, 6, 5, 4, 3, 2]) + offset) % 11;
    let expected = letters.get(place as usize..=place as usize);
    if expected == Some(check) { Ok("nric") } else { Err(Fault::Checksum) }
}

/// PayNow puts three characters of the company's own behind its number.
fn without_suffix(number: &str) -> &str {
    let cut = [10, 9].iter().filter_map(|length| number.get(..*length));
    let mut known = cut.filter(|head| is_uen(head) && matches!(number.len() - head.len(), 0 | 3));
    known.next().unwrap_or(number)
}

/// `nnnnnnnnX`, `yyyynnnnnX` or `TyyPQnnnnX` (Accounting and Corporate Regulatory Authority).
fn is_uen(number: &str) -> bool {
    let shape: String = number
        .chars()
        .map(|c| {
            if c.is_ascii_digit() {
                '9'
            } else if c.is_ascii_uppercase() {
                'A'
            } else {
                '?'
            }
        })
        .collect();
    match shape.as_str() {
        "99999999A" => true,
        "999999999A" => number.starts_with("19") || number.starts_with("20"),
        "A99AA9999A" => number.starts_with(['R', 'S', 'T']),
        _ => false,
    }
}

fn india(number: &str) -> Read {
    if let Some(aadhaar) = digits(number, 12) {
        if aadhaar.first().is_some_and(|first| *first < 2) {
            return Err(Fault::Impossible);
        }
        return if verhoeff(&aadhaar) { Ok("aadhaar") } else { Err(Fault::Checksum) };
    }
    let letters =
        |part: Option<&str>| part.is_some_and(|p| p.bytes().all(|b| b.is_ascii_uppercase()));
    let is_pan = number.len() == 10
        && letters(number.get(..5))
        && number.get(5..9).is_some_and(|part| digits(part, 4).is_some())
        && letters(number.get(9..));
    let holder = number.get(3..4).unwrap_or_default();
    match is_pan {
        false => Err(Fault::Shape),
        true if "ABCFGHJLPT".contains(holder) => Ok("pan"),
        true => Err(Fault::Impossible),
    }
}

/// Verhoeff's check over the dihedral group of order ten.
fn verhoeff(digits: &[u32]) -> bool {
    let multiply = |a: u32, b: u32| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => 5 + (a + b - 5) % 5,
        (false, true) => 5 + (a - b) % 5,
        (false, false) => (5 + a - b) % 5,
    };
    const PERMUTATION: [u32; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let permuted = |digit: u32, times: usize| {
        (0..times % 8).fold(digit, |d, _| PERMUTATION.get(d as usize).copied().unwrap_or(d))
    };
    let places = digits.iter().rev().enumerate();
    places.fold(0, |sum, (place, digit)| multiply(sum, permuted(*digit, place))) == 0
}

fn is_date(month: &str, day: &str) -> bool {
    let number = |text: &str| text.parse::<u32>().unwrap_or(0);
    (1..=12).contains(&number(month)) && (1..=31).contains(&number(day))
}

fn korea(number: &str) -> Read {
    digits(number, 13).ok_or(Fault::Shape)?;
    let part = |from: usize, to: usize| number.get(from..to).unwrap_or_default();
    if is_date(part(2, 4), part(4, 6)) { Ok("rrn") } else { Err(Fault::Impossible) }
}

/// The first two digits: province-level divisions (GB/T 2260) and residence permits (81 to 83).
const DIVISIONS: &str = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 \
53 54 61 62 63 64 65 71 81 82 83";

fn china(number: &str) -> Read {
    let body = number.get(..17).and_then(|body| digits(body, 17)).ok_or(Fault::Shape)?;
    let check = number.get(17..).filter(|check| check.len() == 1).ok_or(Fault::Shape)?;
    let part = |from: usize, to: usize| number.get(from..to).unwrap_or_default();
    let is_century = matches!(part(6, 8), "19" | "20");
    let is_division = DIVISIONS.split(' ').any(|known| known == part(0, 2));
    if !is_century || !is_division || !is_date(part(10, 12), part(12, 14)) {
        return Err(Fault::Impossible);
    }
    let sum = weighted(&body, &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    let place = (sum % 11) as usize;
    if "10X98765432".get(place..=place) == Some(check) { Ok("id") } else { Err(Fault::Checksum) }
}
