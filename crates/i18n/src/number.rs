//! Numbers, parts of a whole and money as each language writes them.
//!
//! Source: Unicode CLDR, numbers of `vi` (1.234,5) and `en` (1,234.5).

use model::money::Money;

use crate::language::Language;
use crate::text::text;

/// A whole number with its digits in groups of three.
pub fn number(language: Language, value: i64) -> String {
    let sign = if value < 0 { "−" } else { "" };
    format!("{sign}{}", grouped(language, &value.unsigned_abs().to_string()))
}

/// A fraction as a percentage with one decimal; a number that is none becomes a dash.
pub fn percent(language: Language, fraction: f64) -> String {
    if !fraction.is_finite() {
        return "–".to_owned();
    }
    let tenths = (fraction.clamp(-1e9, 1e9) * 1_000.0).round() as i64;
    let sign = if tenths < 0 { "−" } else { "" };
    let (whole, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    let whole = grouped(language, &whole.to_string());
    format!("{sign}{whole}{}{rest}%", decimal_sign(language))
}

/// An amount in full, with the code of its currency. Tokens are written with two decimals and as
/// many more as are not nought: nothing is lost, and a table of wallets can be read.
pub fn money(language: Language, money: &Money) -> String {
    let decimal = money.decimal();
    let (sign, digits) = match decimal.strip_prefix('-') {
        Some(digits) => ("−", digits),
        None => ("", decimal.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut written = format!("{sign}{}", grouped(language, whole));
    let is_token = money.currency.decimals() > 4;
    let fraction = match fraction.split_at_checked(2) {
        Some((_, more)) if is_token && more.trim_end_matches('0').is_empty() => {
            fraction.get(..2).unwrap_or(fraction)
        }
        Some(_) if is_token => fraction.trim_end_matches('0'),
        _ => fraction,
    };
    if !fraction.is_empty() {
        written.push(decimal_sign(language));
        written.push_str(fraction);
    }
    format!("{written} {}", money.currency)
}

/// An amount in three significant digits with the word for its size: `1.25bn VND`, `1,25 tỷ VND`.
/// Below a thousand it is the amount itself, in at most two decimals. Vietnamese writes thousands
/// in figures, `50.400 USD`: that is shorter than the word.
pub fn short_money(language: Language, money: &Money) -> String {
    let sign = if money.amount_minor < 0 { "−" } else { "" };
    let units_in = u128::from(money.currency.minor_per_unit().unsigned_abs().max(1));
    let minor = u128::from(money.amount_minor.unsigned_abs());
    let mut scale = SCALES.iter().position(|(size, _)| minor >= size * units_in);
    let thousandths = |index: usize| {
        let (size, key) = SCALES.get(index).copied().unwrap_or((1, ""));
        (rounded(minor, size * units_in), key)
    };
    let (mut value, mut key) = thousandths(scale.unwrap_or(SCALES.len()));
    // 999,950 rounds up to 1,000 thousand: say one million instead.
    if value >= 1_000_000 && scale != Some(0) {
        scale = Some(scale.unwrap_or(SCALES.len()).saturating_sub(1));
        (value, key) = thousandths(scale.unwrap_or(0));
    }
    let word = if key.is_empty() { String::new() } else { text(language, key) };
    // A sum too small for two decimals is written in full: 0.00 would be a lie.
    if value == 0 && minor > 0 {
        return self::money(language, money);
    }
    if language == Language::Vi && key == "short-thousand" {
        let units = (minor + units_in / 2) / units_in;
        return format!("{sign}{} {}", grouped(language, &units.to_string()), money.currency);
    }
    let written = three_digits(language, value, key.is_empty());
    format!("{sign}{written}{word} {}", money.currency)
}

/// Sizes that have a word of their own.
const SCALES: [(u128, &str); 4] = [
    (1_000_000_000_000, "short-trillion"),
    (1_000_000_000, "short-billion"),
    (1_000_000, "short-million"),
    (1_000, "short-thousand"),
];

/// `minor / divisor` in thousandths, rounded to three significant digits, half up.
fn rounded(minor: u128, divisor: u128) -> u128 {
    let exact = (minor * 1_000 * 2 + divisor) / (divisor * 2);
    let step = match exact {
        0..10_000 => 10,
        10_000..100_000 => 100,
        _ => 1_000,
    };
    (exact + step / 2) / step * step
}

fn three_digits(language: Language, thousandths: u128, keeps_cents: bool) -> String {
    let whole = grouped(language, &(thousandths / 1_000).to_string());
    let hundredths = thousandths % 1_000 / 10;
    let fraction = match (hundredths, keeps_cents) {
        (0, _) => return whole,
        (cents, true) => format!("{cents:02}"),
        (tens, false) if tens % 10 == 0 => (tens / 10).to_string(),
        (both, false) => format!("{both:02}"),
    };
    format!("{whole}{}{fraction}", decimal_sign(language))
}

fn grouped(language: Language, digits: &str) -> String {
    let mut written = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            written.push(if language == Language::Vi { '.' } else { ',' });
        }
        written.push(digit);
    }
    written
}

fn decimal_sign(language: Language) -> char {
    if language == Language::Vi { ',' } else { '.' }
}

#[cfg(test)]
mod tests {
    use model::money::Currency;

    use super::*;

    fn check(write: fn(Language, &Money) -> String, raw: &str, code: &str, vi: &str, en: &str) {
        let amount = Money::parse(raw, Currency::parse(code).unwrap()).unwrap();
        assert_eq!(write(Language::Vi, &amount), vi);
        assert_eq!(write(Language::En, &amount), en);
    }

    #[test]
    fn money_is_written_in_full() {
        check(money, "45015000", "VND", "45.015.000 VND", "45,015,000 VND");
        check(money, "1234.56", "USD", "1.234,56 USD", "1,234.56 USD");
        check(money, "0.5", "USDT", "0,50 USDT", "0.50 USDT");
        check(money, "1000.12345", "USDT", "1.000,12345 USDT", "1,000.12345 USDT");
        check(money, "1.2", "KWD", "1,200 KWD", "1.200 KWD");
        let owed = Money::new(-123_456, Currency::USD);
        assert_eq!(money(Language::En, &owed), "−1,234.56 USD");
    }

    #[test]
    fn short_money_has_three_digits_and_a_word() {
        check(short_money, "45015000", "VND", "45 triệu VND", "45M VND");
        check(short_money, "1254000000", "VND", "1,25 tỷ VND", "1.25bn VND");
        check(short_money, "999960000", "VND", "1 tỷ VND", "1bn VND");
        check(short_money, "18340.50", "USD", "18.341 USD", "18.3k USD");
        check(short_money, "999.99", "USD", "1.000 USD", "1k USD");
        check(short_money, "12.50", "USD", "12,50 USD", "12.50 USD");
        check(short_money, "0.000001", "USDT", "0,000001 USDT", "0.000001 USDT");
        check(short_money, "0", "VND", "0 VND", "0 VND");
        let largest = Money::new(i64::MAX, Currency::parse("VND").unwrap());
        assert!(short_money(Language::En, &largest).ends_with("tn VND"));
    }

    #[test]
    fn percentages_have_one_decimal() {
        assert_eq!(percent(Language::Vi, 0.4265), "42,7%");
        assert_eq!(percent(Language::En, 1.0), "100.0%");
        assert_eq!(percent(Language::En, f64::NAN), "–");
    }

    #[test]
    fn whole_numbers_are_grouped() {
        assert_eq!(number(Language::Vi, -1_234_567), "−1.234.567");
        assert_eq!(number(Language::En, i64::MIN), "−9,223,372,036,854,775,808");
    }
}
