//! Accounts of a made-up flow, and money between them.

use std::fmt;

use super::draw::Draw;

/// An account: one of the population by its number, or one made for a ring.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Party {
    /// Banks VNB01 to VNB12, Vietnamese, in dong.
    Person(u64),
    /// A place in `Made`.
    Made(u32),
}

/// Where accounts are, with their currency and what a US dollar costs in its smallest units.
pub(super) const PLACES: [Place; 6] = [
    Place { country: "VN", currency: "VND", decimals: 0, a_dollar: 25_000.0 },
    Place { country: "KH", currency: "USD", decimals: 2, a_dollar: 100.0 },
    Place { country: "TH", currency: "THB", decimals: 2, a_dollar: 3_500.0 },
    Place { country: "SG", currency: "SGD", decimals: 2, a_dollar: 135.0 },
    Place { country: "KR", currency: "KRW", decimals: 0, a_dollar: 1_380.0 },
    Place { country: "VN", currency: "USDT", decimals: 2, a_dollar: 100.0 },
];
/// The place among `PLACES` of Vietnam and of tokens.
pub(super) const HOME: usize = 0;
pub(super) const TOKENS: usize = 5;

/// A country and its money.
pub(super) struct Place {
    pub(super) country: &'static str,
    pub(super) currency: &'static str,
    pub(super) decimals: usize,
    a_dollar: f64,
}

/// An account that is not of the population.
pub(super) struct Made {
    bank: String,
    number: String,
    place: usize,
    pub(super) kind: &'static str,
}

/// All accounts that were made.
#[derive(Default)]
pub(super) struct Accounts(pub(super) Vec<Made>);

impl Accounts {
    /// Makes an account at a bank of a place, or a wallet among tokens.
    pub(super) fn make(&mut self, draw: &mut Draw, place: usize, kind: &'static str) -> Party {
        let serial = self.0.len() as u64;
        let country = place_of(place).country;
        let (bank, number) = match kind {
            "exchange" => (format!("XCH{}", 1 + draw.below(4)), format!("7{serial:09}")),
            // Two words, so that a wallet has the forty hexadecimal digits of an address.
            "wallet" => (
                "ETH".to_owned(),
                format!(
                    "0x{:08x}{:016x}{:016x}",
                    serial,
                    draw.below(u64::MAX),
                    draw.below(u64::MAX)
                ),
            ),
            _ => (format!("{country}B{:02}", 1 + draw.below(12)), format!("5{serial:09}")),
        };
        self.0.push(Made { bank, number, place, kind });
        Party::Made(serial as u32)
    }

    /// Where an account is.
    pub(super) fn place(&self, party: Party) -> &'static Place {
        match party {
            Party::Person(_) => place_of(HOME),
            Party::Made(number) => place_of(self.0.get(number as usize).map_or(HOME, |m| m.place)),
        }
    }

    /// Bank and number, as a table has them.
    pub(super) fn named(&self, party: Party) -> Named<'_> {
        Named(self, party)
    }

    /// The number alone, as the truth has it.
    pub(super) fn number(&self, party: Party) -> String {
        let pair = self.named(party).to_string();
        pair.split_once(',').map_or(pair.clone(), |(_, number)| number.to_owned())
    }
}

fn place_of(place: usize) -> &'static Place {
    PLACES.get(place).unwrap_or(&PLACES[HOME])
}

/// An account in print.
#[derive(Clone, Copy)]
pub(super) struct Named<'a>(&'a Accounts, Party);

impl fmt::Display for Named<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            Party::Person(number) => write!(out, "VNB{:02},1{number:09}", 1 + number % 12),
            Party::Made(number) => match self.0.0.get(number as usize) {
                Some(made) => write!(out, "{},{}", made.bank, made.number),
                None => Ok(()),
            },
        }
    }
}

impl Place {
    /// An amount of US dollars in this place's smallest units; at least one.
    pub(super) fn minor(&self, usd: f64) -> u64 {
        ((usd * self.a_dollar) as u64).max(1)
    }

    /// Smallest units as a table has them.
    pub(super) fn written(&self, minor: u64) -> String {
        let unit = 10_u64.pow(self.decimals as u32);
        match self.decimals {
            0 => minor.to_string(),
            decimals => format!("{}.{:0decimals$}", minor / unit, minor % unit),
        }
    }
}
