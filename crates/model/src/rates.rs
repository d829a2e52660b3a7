//! Exchange rates against the US dollar, dated, for comparing sums across currencies.
//!
//! They never change an amount that was traced: a trace follows each transfer's own two amounts.

use std::collections::BTreeMap;

use crate::money::Currency;

/// Units of each currency for one US dollar, in millionths, as of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates {
    /// The day for which the rates were taken, as the source wrote it.
    pub as_of: String,
    /// Where they come from.
    pub source: String,
    millionths_per_usd: BTreeMap<Currency, i64>,
}

/// Why a rates file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RatesError {
    /// A line that is neither `as_of`, `source` nor `CODE = units`.
    #[error("line {line} is not understood: {text:?}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// No day is given.
    #[error("the file has no line as_of = DATE")]
    NoDate,
}

/// The rates compiled in: round figures for early 2025, for comparison only.
const BUILT_IN: &str = "as_of = 2025-01-01\nsource = built in, rounded\nVND = 25000\nCNY = 7.2\n\
INR = 84\nSGD = 1.35\nTHB = 35\nKRW = 1380\nUSD = 1\nUSDT = 1\nUSDC = 1";

impl Default for Rates {
    fn default() -> Rates {
        Rates::parse(BUILT_IN).unwrap_or(Rates {
            as_of: String::new(),
            source: String::new(),
            millionths_per_usd: BTreeMap::new(),
        })
    }
}

impl Rates {
    /// Reads lines `CODE = units for one USD`, `as_of = DATE`, `source = TEXT`; `#` starts a
    /// comment.
    pub fn parse(text: &str) -> Result<Rates, RatesError> {
        let (mut as_of, mut source) = (None, String::new());
        let mut millionths_per_usd = BTreeMap::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let error =
                || RatesError::Line { line: index + 1, text: line.chars().take(80).collect() };
            let (key, value) = line.split_once('=').ok_or_else(error)?;
            let (key, value) = (key.trim(), value.trim().trim_matches('"'));
            match key {
                "as_of" => as_of = Some(value.to_owned()),
                "source" => source = value.to_owned(),
                code => {
                    let currency = Currency::parse(code).map_err(|_| error())?;
                    let rate = millionths(value).filter(|rate| *rate > 0).ok_or_else(error)?;
                    millionths_per_usd.insert(currency, rate);
                }
            }
        }
        Ok(Rates { as_of: as_of.ok_or(RatesError::NoDate)?, source, millionths_per_usd })
    }

    /// The amount in US cents, rounded to the nearest, half up; `None` without a rate.
    pub fn usd_cents(&self, amount_minor: i64, currency: Currency) -> Option<i64> {
        let rate = i128::from(*self.millionths_per_usd.get(&currency)?);
        let numerator = i128::from(amount_minor) * 100 * 1_000_000;
        let denominator = i128::from(currency.minor_per_unit()) * rate;
        i64::try_from((numerator * 2 + denominator).div_euclid(denominator * 2)).ok()
    }

    /// The amount in another currency, rounded down; `None` without both rates.
    pub fn convert(&self, amount_minor: i64, from: Currency, to: Currency) -> Option<i64> {
        if from == to {
            return Some(amount_minor);
        }
        let rate_from = i128::from(*self.millionths_per_usd.get(&from)?);
        let rate_to = i128::from(*self.millionths_per_usd.get(&to)?);
        let numerator = i128::from(amount_minor) * i128::from(to.minor_per_unit()) * rate_to;
        let denominator = i128::from(from.minor_per_unit()) * rate_from;
        i64::try_from(numerator.div_euclid(denominator)).ok()
    }
}

fn millionths(value: &str) -> Option<i64> {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let digits = |part: &str| part.len() <= 9 && part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let micros = format!("{fraction:0<6}");
    whole.parse::<i64>().ok()?.checked_mul(1_000_000)?.checked_add(micros.get(..6)?.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_rates_turn_dong_into_cents() {
        let rates = Rates::default();
        let vnd = Currency::parse("VND").unwrap();
        let usdt = Currency::parse("USDT").unwrap();
        assert_eq!(rates.usd_cents(25_000, vnd), Some(100));
        assert_eq!(rates.usd_cents(1_234_567, usdt), Some(123));
        assert_eq!(rates.convert(25_000, vnd, usdt), Some(1_000_000));
        assert_eq!(rates.usd_cents(1, Currency::parse("BTC").unwrap()), None);
    }

    #[test]
    fn a_file_without_a_day_is_refused() {
        assert_eq!(Rates::parse("VND = 1"), Err(RatesError::NoDate));
        assert!(Rates::parse("as_of = 2025-01-01\nVND = -3").is_err());
    }
}
