//! Single values out of a field's text: ids, names, accounts, amounts.
//!
//! Each has a quick way for plain ASCII, which is nearly every field of a bank's export.

use compact_str::CompactString;
use model::account::{Account, AccountError};
use model::money::Currency;
use model::text;
use model::transfer::MAX_ID_CHARACTERS;

use crate::encoding::nfc;
use crate::reason;

/// A record's own id: 1 to 128 characters, none of them a control character.
pub(crate) fn id(raw: &str) -> Result<CompactString, &'static str> {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !raw.is_empty() && raw.len() <= MAX_ID_CHARACTERS && raw.as_bytes().iter().all(plain) {
        return Ok(raw.into());
    }
    let clean = text::clean(raw);
    if clean.is_empty() {
        return Err(reason::ID_EMPTY);
    }
    if clean.chars().count() > MAX_ID_CHARACTERS {
        return Err(reason::ID_TOO_LONG);
    }
    if clean.chars().any(|c| c.is_control() || c == '\u{fffd}') {
        return Err(reason::ID_CONTROL_CHARACTER);
    }
    if clean.starts_with('=') {
        return Err(reason::FORMULA_IN_CELL);
    }
    if is_cut_number(&clean) {
        return Err(reason::NUMBER_LOST_DIGITS);
    }
    Ok(clean.into())
}

/// A text for people: composed, trimmed, without control characters, cut to a length. The second
/// answer is the code of a warning.
pub(crate) fn name(raw: &str, limit: usize) -> (CompactString, Option<&'static str>) {
    let trimmed = raw.trim();
    let is_plain = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ';
    if trimmed.len() <= limit && trimmed.as_bytes().iter().all(is_plain) {
        return (trimmed.into(), None);
    }
    // What is far beyond the limit need not even be composed.
    let end = trimmed.char_indices().nth(limit * 4).map_or(trimmed.len(), |(end, _)| end);
    let composed = nfc(trimmed.get(..end).unwrap_or(trimmed));
    let has_control = composed.chars().any(|c| c.is_control() || c == '\u{fffd}');
    let kept =
        composed.chars().filter(|c| !c.is_control() && *c != '\u{fffd}' && !text::is_invisible(*c));
    let mut kept = kept.peekable();
    let name: CompactString = kept.by_ref().take(limit).collect();
    let is_cut = kept.peek().is_some() || end < trimmed.len();
    let warning = match (has_control, is_cut) {
        (true, _) => Some(reason::CONTROL_CHARACTERS),
        (false, true) => Some(reason::TEXT_CUT),
        (false, false) => None,
    };
    (name.trim().into(), warning)
}

/// Which of an account's two fields is bad, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AccountFault {
    Bank(&'static str),
    Number(&'static str),
}

/// A bank and a number.
pub(crate) fn account(bank: &str, number: &str) -> Result<Account, AccountFault> {
    if !number.bytes().all(|byte| byte.is_ascii_digit()) && is_cut_number(number.trim()) {
        return Err(AccountFault::Number(reason::NUMBER_LOST_DIGITS));
    }
    Account::parse(bank, number).map_err(|error| match error {
        AccountError::NoBank | AccountError::BadBank(_) => AccountFault::Bank(error.code()),
        _ => AccountFault::Number(error.code()),
    })
}

/// What is left of a number that a spreadsheet or a program took for a quantity: `9.70436E+18`,
/// `1,23E15`, `1000037083.0`.
pub(crate) fn is_cut_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((mantissa, exponent)) = text.split_once(['e', 'E']) {
        let power = exponent.strip_prefix(['+', '-']);
        let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
        let is_number = digits(whole) && (fraction.is_empty() || digits(fraction));
        // `1234E56` alone may be an id in hexadecimal; a point or a sign gives the number away.
        let is_float = power.is_some() || !fraction.is_empty();
        return is_number && is_float && digits(power.unwrap_or(exponent));
    }
    match text.split_once('.') {
        Some((whole, fraction)) => {
            whole.len() >= 4 && digits(whole) && matches!(fraction, "0" | "00")
        }
        None => false,
    }
}

/// Reads currencies, remembering the last one: in a statement they hardly change.
#[derive(Debug, Default)]
pub(crate) struct Currencies {
    last: Option<(CompactString, Currency)>,
}

impl Currencies {
    /// A code in any case, or the Vietnamese word for đồng.
    pub(crate) fn read(&mut self, raw: &str) -> Result<Currency, &'static str> {
        if let Some((text, currency)) = &self.last
            && text == raw
        {
            return Ok(*currency);
        }
        let clean = text::clean(raw);
        let code = match clean.to_lowercase().as_str() {
            "vnđ" | "đ" | "₫" | "đồng" | "dong" | "việt nam đồng" | "đồng việt nam" => {
                "VND"
            }
            _ => &clean,
        };
        let currency = Currency::parse(code).map_err(|error| error.code())?;
        if raw.len() <= 24 {
            self.last = Some((raw.into(), currency));
        }
        Ok(currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_id(raw: &str, expected: &str) {
        let found = id(raw);
        assert_eq!(found.as_deref().unwrap_or_else(|code| code), expected, "{raw:?}");
    }

    #[test]
    fn ids_are_kept_as_they_stand() {
        check_id("C0000141", "C0000141");
        check_id(" FT 25/003#1 ", "FT 25/003#1");
        check_id("ＦＴ25", "FT25");
        check_id("1234E56", "1234E56");
    }

    #[test]
    fn bad_ids_are_refused() {
        check_id("", "id_empty");
        check_id(" \u{200b} ", "id_empty");
        check_id("a\u{1b}[31m", "id_control_character");
        check_id("a\nb", "id_control_character");
        check_id("=1+1", "formula_in_cell");
        check_id("1.23457E+15", "number_lost_digits");
        check_id(&"1".repeat(129), "id_too_long");
    }

    #[test]
    fn accounts_that_became_quantities_are_refused() {
        for raw in ["9.70436E+18", "1,00001E+12", "1E+12", "1000037083.0", "9.7e18"] {
            assert_eq!(
                account("VCB", raw),
                Err(AccountFault::Number("number_lost_digits")),
                "{raw}"
            );
        }
        for raw in ["1000.037.083", "0123456789", "12.34"] {
            assert!(account("VCB", raw).is_ok(), "{raw}");
        }
        assert_eq!(account("", "1"), Err(AccountFault::Bank("bank_empty")));
        assert_eq!(account("VCB", "=1+1"), Err(AccountFault::Number("account_bad")));
    }

    #[test]
    fn names_lose_control_characters_and_excess() {
        assert_eq!(name("Tie\u{302}\u{301}ng ", 9), ("Tiếng".into(), None));
        assert_eq!(name("A\u{7}B", 9), ("AB".into(), Some("control_characters")));
        assert_eq!(name("ABCDEFGHIJ", 4), ("ABCD".into(), Some("text_cut")));
    }

    #[test]
    fn currencies_are_read_in_vietnamese_too() {
        let mut currencies = Currencies::default();
        for raw in ["VND", "vnd", "VNĐ", "đồng", " VND "] {
            assert_eq!(currencies.read(raw).map(Currency::code), Ok("VND"), "{raw}");
        }
        assert_eq!(currencies.read("xyz"), Err("currency_unknown"));
    }
}
