//! Payment QR texts: who is paid by a code that a victim photographed.
//!
//! Source: EMV QR Code Specification for Payment Systems, Merchant-Presented Mode 1.1 (fields of
//! tag, length, value; CRC-16/CCITT-FALSE over everything up to the checksum); NAPAS VietQR (AID
//! A000000727); Thai PromptPay (AID A000000677010111); Singapore PayNow (`SG.PAYNOW`). Lengths
//! count characters; some makers count bytes, so that is tried second. Left out on purpose:
//! amounts and notes (they are no identifiers), KHQR, QRIS, UPI and Thai bill payment.

use super::refusals::{refusals, shown};
use super::{Identifier, Kind, document, phone};
use crate::account::Account;
use crate::country::Country;

/// EMV allows 512 characters; makers go beyond it a little.
const MAX_CHARACTERS: usize = 1_024;
/// More fields than any template has.
const MAX_FIELDS: usize = 100;

refusals! {
    /// Why a text is no payment QR.
    QrError {
        NotPayment "qr_not_payment" "{0:?} is no EMV payment QR",
        TooLong "qr_too_long" "{0:?} is longer than a QR of 1024 characters",
        Structure "qr_structure" "{0:?} has a field whose length does not hold",
        Checksum "qr_checksum" "{0:?} has a wrong checksum",
        NobodyNamed "qr_nobody_named" "{0:?} names nobody in a scheme that we read",
    }
}

/// One field: its tag and its value.
type Field<'a> = (&'a str, &'a str);

/// Everybody whom the QR text names, in the order of its fields.
pub fn read(text: &str) -> Result<Vec<Identifier>, QrError> {
    let text = text.trim();
    if text.len() > MAX_CHARACTERS {
        return Err(QrError::TooLong(shown(text)));
    }
    if !is_payment(text) {
        return Err(QrError::NotPayment(shown(text)));
    }
    check_sum(text)?;
    let by_characters = fields(text, Unit::Character);
    let (outer, unit) = match by_characters {
        Some(outer) => (outer, Unit::Character),
        None => {
            let by_bytes = fields(text, Unit::Byte);
            (by_bytes.ok_or_else(|| QrError::Structure(shown(text)))?, Unit::Byte)
        }
    };
    let mut found: Vec<Identifier> = Vec::new();
    for (_, template) in outer.iter().filter(|(tag, _)| ("26"..="51").contains(tag)) {
        let named = fields(template, unit).and_then(|inner| payee(&inner, unit));
        found.extend(named.filter(|identifier| !found.contains(identifier)));
    }
    if found.is_empty() { Err(QrError::NobodyNamed(shown(text))) } else { Ok(found) }
}

/// Whether a text begins as every payment QR does.
pub(super) fn is_payment(text: &str) -> bool {
    text.starts_with("000201")
}

/// The last field is `6304` and four hexadecimal digits over everything before them.
fn check_sum(text: &str) -> Result<(), QrError> {
    let wrong = || QrError::Checksum(shown(text));
    let (body, written) =
        text.len().checked_sub(4).and_then(|at| text.split_at_checked(at)).ok_or_else(wrong)?;
    let written = u16::from_str_radix(written, 16).map_err(|_| wrong())?;
    if body.ends_with("6304") && crc16(body.as_bytes()) == written { Ok(()) } else { Err(wrong()) }
}

/// CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF, nothing reflected.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xffff, |crc: u16, byte| {
        (0..8).fold(crc ^ (u16::from(*byte) << 8), |crc, _| {
            if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 }
        })
    })
}

/// What the lengths of a text count.
#[derive(Clone, Copy)]
enum Unit {
    Character,
    Byte,
}

impl Unit {
    fn split(self, text: &str, count: usize) -> Option<(&str, &str)> {
        let at = match self {
            Unit::Byte => count,
            Unit::Character => {
                let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
                ends.nth(count)?
            }
        };
        text.split_at_checked(at)
    }
}

/// The fields of one level; `None` where tags or lengths do not hold to the end.
fn fields(text: &str, unit: Unit) -> Option<Vec<Field<'_>>> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() && found.len() < MAX_FIELDS {
        let (tag, behind) = rest.split_at_checked(2)?;
        let (length, behind) = behind.split_at_checked(2)?;
        let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if !is_number(tag) || !is_number(length) {
            return None;
        }
        let (value, behind) = unit.split(behind, length.parse().ok()?)?;
        found.push((tag, value));
        rest = behind;
    }
    rest.is_empty().then_some(found)
}

fn value<'a>(fields: &[Field<'a>], tag: &str) -> Option<&'a str> {
    fields.iter().find(|(known, _)| *known == tag).map(|(_, value)| *value)
}

fn payee(template: &[Field<'_>], unit: Unit) -> Option<Identifier> {
    match value(template, "00")? {
        "A000000727" => vietqr(template, unit),
        "A000000677010111" => promptpay(template),
        scheme if scheme.eq_ignore_ascii_case("SG.PAYNOW") => paynow(template),
        _ => None,
    }
}

/// Bank and account stand one level deeper; a card number in place of the account is kept as such.
fn vietqr(template: &[Field<'_>], unit: Unit) -> Option<Identifier> {
    let inner = fields(value(template, "01")?, unit)?;
    let account = Account::parse(value(&inner, "00")?, value(&inner, "01")?).ok()?;
    Some(Identifier::of_account(&account, Some(Country::VN)))
}

fn promptpay(template: &[Field<'_>]) -> Option<Identifier> {
    let thailand = Country::parse("TH").ok();
    if let Some(mobile) = value(template, "01") {
        return phone::parse(mobile, thailand).ok();
    }
    if let Some(number) = value(template, "02") {
        return document_of(number, thailand);
    }
    let wallet = Account::parse("PROMPTPAY", value(template, "03")?).ok()?;
    Some(Identifier::of_account(&wallet, thailand))
}

fn paynow(template: &[Field<'_>]) -> Option<Identifier> {
    let singapore = Country::parse("SG").ok();
    let proxy = value(template, "02")?;
    match value(template, "01")? {
        "0" => phone::parse(proxy, singapore).ok(),
        "2" => document_of(proxy, singapore),
        _ => None,
    }
}

fn document_of(number: &str, country: Option<Country>) -> Option<Identifier> {
    let value = document::parse(number, country).ok()?;
    Some(Identifier { kind: Kind::Document, value })
}
