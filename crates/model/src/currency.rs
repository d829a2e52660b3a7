//! Currencies and tokens, each with its number of decimals.
//!
//! Source: ISO 4217 list one (active codes and their minor units); the tokens' contracts for USDT
//! and USDC (6 decimals), TRX (6), BTC (8). ETH is held in gwei (9 decimals): 18 would overflow 64
//! bits at 9.2 ETH. A few codes withdrawn in recent years stand at the end, for older statements.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::money::MoneyError;

/// A currency or token. Invariant: an index into `TABLE`, whose order never changes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency(u8);

impl Currency {
    /// The US dollar, in which rules and rings are compared.
    pub const USD: Currency = Currency(144);

    /// Reads a code in any case.
    pub fn parse(raw: &str) -> Result<Currency, MoneyError> {
        let code = raw.trim();
        let found = TABLE.iter().position(|(known, _)| known.eq_ignore_ascii_case(code));
        found
            .and_then(|index| u8::try_from(index).ok())
            .map(Currency)
            .ok_or_else(|| MoneyError::UnknownCurrency(raw.chars().take(20).collect()))
    }

    /// The code in capitals.
    pub fn code(self) -> &'static str {
        self.entry().0
    }

    /// How many decimals its amounts are written with.
    pub fn decimals(self) -> u32 {
        u32::from(self.entry().1)
    }

    /// Smallest units in one whole unit.
    pub fn minor_per_unit(self) -> i64 {
        10_i64.pow(self.decimals())
    }

    /// A small number for files of ours; `from_index` reads it back.
    pub fn index(self) -> u8 {
        self.0
    }

    /// The currency that `index` gave this number.
    pub fn from_index(index: u8) -> Option<Currency> {
        (usize::from(index) < TABLE.len()).then_some(Currency(index))
    }

    fn entry(self) -> (&'static str, u8) {
        TABLE.get(usize::from(self.0)).copied().unwrap_or(("XXX", 2))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;
    fn try_from(raw: String) -> Result<Currency, MoneyError> {
        Currency::parse(&raw)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> String {
        currency.code().to_owned()
    }
}

/// Code and decimals. Append only: files of ours hold positions in this list.
#[rustfmt::skip]
const TABLE: &[(&str, u8)] = &[
    ("AED", 2), ("AFN", 2), ("ALL", 2), ("AMD", 2), ("AOA", 2), ("ARS", 2), ("AUD", 2), ("AWG", 2),
    ("AZN", 2), ("BAM", 2), ("BBD", 2), ("BDT", 2), ("BHD", 3), ("BIF", 0), ("BMD", 2), ("BND", 2),
    ("BOB", 2), ("BOV", 2), ("BRL", 2), ("BSD", 2), ("BTN", 2), ("BWP", 2), ("BYN", 2), ("BZD", 2),
    ("CAD", 2), ("CDF", 2), ("CHE", 2), ("CHF", 2), ("CHW", 2), ("CLF", 4), ("CLP", 0), ("CNY", 2),
    ("COP", 2), ("COU", 2), ("CRC", 2), ("CUP", 2), ("CVE", 2), ("CZK", 2), ("DJF", 0), ("DKK", 2),
    ("DOP", 2), ("DZD", 2), ("EGP", 2), ("ERN", 2), ("ETB", 2), ("EUR", 2), ("FJD", 2), ("FKP", 2),
    ("GBP", 2), ("GEL", 2), ("GHS", 2), ("GIP", 2), ("GMD", 2), ("GNF", 0), ("GTQ", 2), ("GYD", 2),
    ("HKD", 2), ("HNL", 2), ("HTG", 2), ("HUF", 2), ("IDR", 2), ("ILS", 2), ("INR", 2), ("IQD", 3),
    ("IRR", 2), ("ISK", 0), ("JMD", 2), ("JOD", 3), ("JPY", 0), ("KES", 2), ("KGS", 2), ("KHR", 2),
    ("KMF", 0), ("KPW", 2), ("KRW", 0), ("KWD", 3), ("KYD", 2), ("KZT", 2), ("LAK", 2), ("LBP", 2),
    ("LKR", 2), ("LRD", 2), ("LSL", 2), ("LYD", 3), ("MAD", 2), ("MDL", 2), ("MGA", 2), ("MKD", 2),
    ("MMK", 2), ("MNT", 2), ("MOP", 2), ("MRU", 2), ("MUR", 2), ("MVR", 2), ("MWK", 2), ("MXN", 2),
    ("MXV", 2), ("MYR", 2), ("MZN", 2), ("NAD", 2), ("NGN", 2), ("NIO", 2), ("NOK", 2), ("NPR", 2),
    ("NZD", 2), ("OMR", 3), ("PAB", 2), ("PEN", 2), ("PGK", 2), ("PHP", 2), ("PKR", 2), ("PLN", 2),
    ("PYG", 0), ("QAR", 2), ("RON", 2), ("RSD", 2), ("RUB", 2), ("RWF", 0), ("SAR", 2), ("SBD", 2),
    ("SCR", 2), ("SDG", 2), ("SEK", 2), ("SGD", 2), ("SHP", 2), ("SLE", 2), ("SOS", 2), ("SRD", 2),
    ("SSP", 2), ("STN", 2), ("SVC", 2), ("SYP", 2), ("SZL", 2), ("THB", 2), ("TJS", 2), ("TMT", 2),
    ("TND", 3), ("TOP", 2), ("TRY", 2), ("TTD", 2), ("TWD", 2), ("TZS", 2), ("UAH", 2), ("UGX", 0),
    ("USD", 2), ("USN", 2), ("UYI", 0), ("UYU", 2), ("UYW", 4), ("UZS", 2), ("VED", 2), ("VES", 2),
    ("VND", 0), ("VUV", 0), ("WST", 2), ("XAF", 0), ("XCD", 2), ("XCG", 2), ("XOF", 0), ("XPF", 0),
    ("YER", 2), ("ZAR", 2), ("ZMW", 2), ("ZWG", 2), ("USDT", 6), ("USDC", 6), ("BTC", 8),
    ("ETH", 9), ("TRX", 6), ("BNB", 8), ("SOL", 9), ("XRP", 6), ("DAI", 8), ("LTC", 8),
    ("DOGE", 8), ("TON", 9), ("XMR", 8), ("DASH", 8), ("BCH", 8), ("BUSD", 8), ("ANG", 2),
    ("BGN", 2), ("HRK", 2), ("ZWL", 2), ("SLL", 2), ("VEF", 2),
];
