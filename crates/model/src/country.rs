//! Countries by their two-letter code.
//!
//! Source: ISO 3166-1 alpha-2, officially assigned codes. Left out on purpose: names (they are
//! texts, see `i18n`), subdivisions, and codes that were withdrawn.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A country. Invariant: the two bytes are an assigned ISO 3166-1 alpha-2 code in capitals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 2]);

/// Why a text is no country.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CountryError {
    /// Not an assigned two-letter code.
    #[error("{0:?} is not an ISO 3166-1 alpha-2 country code")]
    Unknown(String),
}

/// The codes of all refusals of this file, each of which has a text for people.
pub const CODES: &[&str] = &["country_unknown"];

impl CountryError {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        "country_unknown"
    }
}

impl Country {
    /// Viet Nam.
    pub const VN: Country = Country(*b"VN");
    /// Singapore.
    pub const SG: Country = Country(*b"SG");
    /// Thailand.
    pub const TH: Country = Country(*b"TH");

    /// Reads a two-letter code in any case, with surrounding blanks.
    pub fn parse(raw: &str) -> Result<Country, CountryError> {
        let code = raw.trim().to_ascii_uppercase();
        let known = code.len() == 2 && ASSIGNED.split(' ').any(|assigned| assigned == code);
        match (known, code.as_bytes()) {
            (true, &[first, second]) => Ok(Country([first, second])),
            _ => Err(CountryError::Unknown(raw.chars().take(20).collect())),
        }
    }

    /// The code in capitals.
    pub fn as_str(&self) -> &str {
        // The invariant makes this ASCII; an empty text would be a broken invariant made visible.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// All assigned countries, in the order of their codes.
    pub fn all() -> impl Iterator<Item = Country> {
        ASSIGNED.split(' ').filter_map(|code| Country::parse(code).ok())
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for Country {
    type Error = CountryError;
    fn try_from(raw: String) -> Result<Country, CountryError> {
        Country::parse(&raw)
    }
}

impl From<Country> for String {
    fn from(country: Country) -> String {
        country.as_str().to_owned()
    }
}

const ASSIGNED: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ \
BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE \
DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR \
GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP \
KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT \
MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW \
PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG \
TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_in_any_case() {
        assert_eq!(Country::parse(" vn "), Ok(Country::VN));
        assert_eq!(Country::all().count(), 249);
    }

    #[test]
    fn withdrawn_and_foreign_codes_are_refused() {
        for raw in ["", "V", "VNM", "SU", "XX", "ＶＮ", "V N"] {
            assert!(Country::parse(raw).is_err(), "{raw}");
        }
    }
}
