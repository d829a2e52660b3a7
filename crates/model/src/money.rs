//! Money: a whole number of a currency's smallest units. Never a float.
//!
//! Amounts are read as people, banks and spreadsheets write them. ETH's digits below one gwei are
//! dropped on reading, see `currency`.

use std::fmt;

use serde::{Deserialize, Serialize};

pub use crate::currency::Currency;

/// Larger amounts are taken for a mistake: 100 trillion USD, 10 billion USDT, 10 quadrillion VND.
pub const MAX_MINOR: i64 = 10_000_000_000_000_000;

/// An amount of a currency, in its smallest units. Not negative, at most `MAX_MINOR` when parsed;
/// sums may go beyond.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "MoneyText", try_from = "MoneyText")]
pub struct Money {
    /// Whole smallest units: cents, đồng, satoshi.
    pub amount_minor: i64,
    /// Of what.
    pub currency: Currency,
}

/// Why a text is no amount of money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MoneyError {
    /// Neither ISO 4217 nor a listed token.
    #[error("{0:?} is neither an ISO 4217 code nor a listed token")]
    UnknownCurrency(String),
    /// No amount.
    #[error("the amount is empty")]
    Empty,
    /// Not digits with separators.
    #[error("{0:?} is no decimal amount")]
    Unreadable(String),
    /// Below zero.
    #[error("{0:?} is negative")]
    Negative(String),
    /// Beyond `MAX_MINOR`.
    #[error("{0:?} is absurdly large")]
    TooLarge(String),
    /// More decimals than the currency has.
    #[error("{0:?} has more decimals than the currency")]
    TooFine(String),
    /// A separator that could part thousands or decimals.
    #[error("{0:?} could be read in two ways")]
    Ambiguous(String),
}

/// The codes of all refusals of this file, each of which has a text for people.
pub const CODES: &[&str] = &[
    "currency_unknown",
    "amount_empty",
    "amount_unreadable",
    "amount_negative",
    "amount_too_large",
    "amount_too_fine",
    "amount_ambiguous",
];

impl MoneyError {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            MoneyError::UnknownCurrency(_) => "currency_unknown",
            MoneyError::Empty => "amount_empty",
            MoneyError::Unreadable(_) => "amount_unreadable",
            MoneyError::Negative(_) => "amount_negative",
            MoneyError::TooLarge(_) => "amount_too_large",
            MoneyError::TooFine(_) => "amount_too_fine",
            MoneyError::Ambiguous(_) => "amount_ambiguous",
        }
    }
}

impl Money {
    /// So many smallest units.
    pub fn new(amount_minor: i64, currency: Currency) -> Money {
        Money { amount_minor, currency }
    }

    /// Reads an amount as people, banks and spreadsheets write it: digits with a decimal point or
    /// comma, thousands parted by comma, point, blank or apostrophe in groups of three, the
    /// currency's own sign or code behind or before it. What can be read in two ways is refused.
    pub fn parse(raw: &str, currency: Currency) -> Result<Money, MoneyError> {
        Ok(Money { amount_minor: parse_amount(raw, currency)?, currency })
    }

    /// The decimal text without the currency, in the currency's own number of decimals.
    pub fn decimal(&self) -> String {
        let unit = u64::try_from(self.currency.minor_per_unit()).unwrap_or(1);
        let (whole, rest) =
            (self.amount_minor.unsigned_abs() / unit, self.amount_minor.unsigned_abs() % unit);
        let sign = if self.amount_minor < 0 { "-" } else { "" };
        match self.currency.decimals() {
            0 => format!("{sign}{whole}"),
            decimals => format!("{sign}{whole}.{rest:0width$}", width = decimals as usize),
        }
    }
}

/// Plain digits with at most one decimal point are read here; anything else goes the slow way.
fn parse_amount(raw: &str, currency: Currency) -> Result<i64, MoneyError> {
    let text = raw.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let grouped = fraction.len() == 3 && currency.decimals() < 3 && !whole.starts_with('0');
    if !whole.is_empty() && whole.len() <= 18 && digits(whole) && digits(fraction) && !grouped {
        return minor(whole, fraction, raw, currency);
    }
    parse_written(raw, currency)
}

fn parse_written(raw: &str, currency: Currency) -> Result<i64, MoneyError> {
    let shortened = || raw.chars().take(60).collect::<String>();
    if raw.len() > 200 {
        return Err(MoneyError::Unreadable(shortened()));
    }
    let text = crate::text::clean(raw);
    let text = without_sign_of(&text, currency);
    if text.is_empty() {
        return Err(MoneyError::Empty);
    }
    let is_negative =
        text.starts_with(['-', '−']) || (text.starts_with('(') && text.ends_with(')'));
    if is_negative && text.chars().any(|c| c.is_ascii_digit()) {
        return Err(MoneyError::Negative(shortened()));
    }
    let text = text.strip_prefix('+').unwrap_or(text);
    let separators: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let known = |c: &char| matches!(c, '.' | ',' | '\'' | '’') || c.is_whitespace();
    let ends_in_digits = [text.chars().next(), text.chars().next_back()]
        .iter()
        .all(|end| end.is_some_and(|c| c.is_ascii_digit()));
    if !ends_in_digits || !separators.iter().all(known) {
        return Err(MoneyError::Unreadable(shortened()));
    }
    let Some(&last) = separators.last() else {
        return minor(text, "", raw, currency);
    };
    let is_grouping = separators.iter().filter(|c| **c == last).count() > 1
        || !matches!(last, '.' | ',')
        || is_single_group(text, last, currency)
            .ok_or_else(|| MoneyError::Ambiguous(shortened()))?;
    let (whole, fraction) = match text.rsplit_once(last) {
        Some((whole, fraction)) if !is_grouping => (whole, fraction),
        _ => (text, ""),
    };
    let ungrouped = without_groups(whole).ok_or_else(|| MoneyError::Unreadable(shortened()))?;
    minor(&ungrouped, fraction, raw, currency)
}

/// One last `.` or `,` in the text: does it part thousands (true), decimals (false), or is it
/// unclear?
fn is_single_group(text: &str, separator: char, currency: Currency) -> Option<bool> {
    let (whole, behind) = text.rsplit_once(separator)?;
    let could_be_thousands =
        behind.len() == 3 && !whole.starts_with('0') && without_groups(text).is_some();
    let mixed = whole.chars().any(|c| !c.is_ascii_digit());
    match could_be_thousands {
        false => Some(false),
        true if currency.decimals() < 3 => Some(true),
        // 1,234.567 can only be decimals; 1.234 is how machines write such tokens; 1,234 stays
        // unclear.
        true if mixed || separator == '.' => Some(false),
        true => None,
    }
}

/// Takes thousands separators out; `None` where the groups are not of three or differ in sign.
fn without_groups(text: &str) -> Option<String> {
    let mut separator = None;
    let mut groups: Vec<String> = vec![String::new()];
    for c in text.chars() {
        if c.is_ascii_digit() {
            groups.last_mut()?.push(c);
        } else if separator.is_none_or(|known| known == c) {
            separator = Some(c);
            groups.push(String::new());
        } else {
            return None;
        }
    }
    let (first, rest) = groups.split_first()?;
    let fits =
        rest.is_empty() || ((1..=3).contains(&first.len()) && rest.iter().all(|g| g.len() == 3));
    fits.then(|| groups.concat())
}

/// Takes the currency's own code or sign off either end.
fn without_sign_of(text: &str, currency: Currency) -> &str {
    let signs: &[&str] = match currency.code() {
        "VND" => &["VND", "vnd", "VNĐ", "vnđ", "đồng", "đ", "Đ", "₫"],
        "USD" => &["USD", "usd", "US$", "$"],
        "THB" => &["THB", "฿", "บาท"],
        "KRW" => &["KRW", "₩", "원"],
        "INR" => &["INR", "₹", "Rs.", "Rs"],
        "CNY" => &["CNY", "RMB", "¥", "元"],
        "KHR" => &["KHR", "៛"],
        "SGD" => &["SGD", "S$", "$"],
        code => &[code],
    };
    let bare =
        signs.iter().find_map(|sign| text.strip_suffix(sign).or_else(|| text.strip_prefix(sign)));
    bare.unwrap_or(text).trim()
}

fn minor(whole: &str, fraction: &str, raw: &str, currency: Currency) -> Result<i64, MoneyError> {
    let shortened = || raw.chars().take(60).collect::<String>();
    let decimals = currency.decimals() as usize;
    let significant = fraction.trim_end_matches('0');
    // Chains give more digits than we hold (see the head of this file); banks must not.
    let is_cut = significant.len() > decimals && currency.code() == "ETH";
    if significant.len() > decimals && !is_cut {
        return Err(MoneyError::TooFine(shortened()));
    }
    let kept = fraction.get(..decimals.min(fraction.len())).unwrap_or(fraction);
    let too_large = || MoneyError::TooLarge(shortened());
    let digits = whole.trim_start_matches('0');
    if digits.len() > 18 {
        return Err(too_large());
    }
    let number = |digits: &str| {
        if digits.is_empty() { Ok(0) } else { digits.parse::<i64>() }
    };
    let whole = number(digits).map_err(|_| too_large())?;
    let rest = number(&format!("{kept:0<decimals$}")).map_err(|_| too_large())?;
    let amount = whole.checked_mul(currency.minor_per_unit()).and_then(|m| m.checked_add(rest));
    amount.filter(|minor| *minor <= MAX_MINOR).ok_or_else(too_large)
}

/// `{"amount":"12345.67","currency":"USD"}`.
#[derive(Serialize, Deserialize)]
struct MoneyText {
    amount: String,
    currency: Currency,
}

impl From<Money> for MoneyText {
    fn from(money: Money) -> MoneyText {
        MoneyText { amount: money.decimal(), currency: money.currency }
    }
}

impl TryFrom<MoneyText> for Money {
    type Error = MoneyError;
    fn try_from(text: MoneyText) -> Result<Money, MoneyError> {
        match text.amount.strip_prefix('-') {
            Some(amount) => {
                let money = Money::parse(amount, text.currency)?;
                Ok(Money::new(-money.amount_minor, money.currency))
            }
            None => Money::parse(&text.amount, text.currency),
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, code: &str, expected: &str) {
        let currency = Currency::parse(code).unwrap();
        let found = match Money::parse(raw, currency) {
            Ok(money) => money.to_string(),
            Err(error) => error.code().to_owned(),
        };
        assert_eq!(found, expected, "{raw} {code}");
    }

    #[test]
    fn plain_amounts_are_read_in_the_currencys_decimals() {
        check("45015000", "VND", "45015000 VND");
        check("45015000.00", "VND", "45015000 VND");
        check("1990.87", "THB", "1990.87 THB");
        check("0.5", "USD", "0.50 USD");
        check("1.234", "KWD", "1.234 KWD");
        check("12.345678", "USDT", "12.345678 USDT");
        check("1.000000000000000001", "ETH", "1.000000000 ETH");
    }

    #[test]
    fn thousands_are_parted_by_comma_point_blank_and_apostrophe() {
        check("45.015.000", "VND", "45015000 VND");
        check("45,015,000", "VND", "45015000 VND");
        check("45 015 000", "VND", "45015000 VND");
        check("45\u{a0}015\u{a0}000 ₫", "VND", "45015000 VND");
        check("1.234", "VND", "1234 VND");
        check("1,234", "USD", "1234.00 USD");
        check("1.234,56", "USD", "1234.56 USD");
        check("1,234.56", "USD", "1234.56 USD");
        check("1'234.5", "USD", "1234.50 USD");
        check("12,5", "USD", "12.50 USD");
        check("1,234.567", "USDT", "1234.567000 USDT");
        check("$1,234.50", "USD", "1234.50 USD");
        check("๑๒๓", "THB", "123.00 THB");
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused() {
        check("1,234", "USDT", "amount_ambiguous");
        check("1,234", "KWD", "amount_ambiguous");
    }

    #[test]
    fn absurd_amounts_are_refused() {
        check("-5", "USD", "amount_negative");
        check("(5.00)", "USD", "amount_negative");
        check("99999999999999999999", "VND", "amount_too_large");
        check("100000000000001", "USD", "amount_too_large");
        check("1.5", "VND", "amount_too_fine");
        check("", "VND", "amount_empty");
        check("1e9", "VND", "amount_unreadable");
        check("=1+1", "VND", "amount_unreadable");
        check("1,23,456", "INR", "amount_unreadable");
        check("NaN", "USD", "amount_unreadable");
    }

    #[test]
    fn money_is_printed_and_read_back_as_json_fields() {
        assert_eq!(Currency::USD.code(), "USD");
        assert_eq!(Currency::parse("vnd").map(Currency::decimals), Ok(0));
        assert!(Currency::parse("XYZ").is_err());
    }
}
