//! Accounts as two agencies compare them: `CC/BANK/NUMBER`, an IBAN or a wallet address.
//!
//! Source: NAPAS bank identification numbers (`data/napas_bins.tsv`), ISO 9362 (BIC), the Reserve
//! Bank of India's IFSC (four letters, zero, six characters). The bank's own code settles the
//! country where it can: a BIN of NAPAS means Viet Nam, an IFSC India; else the caller's country
//! stands, else the country inside a BIC, else `ZZ`. A Vietnamese bank's name, short name or BIC
//! becomes its BIN. Numbers are digits in the countries below, leading zeros kept; a number that
//! breaks its country's rule keeps its bank under `ZZ`, so that no claim is made.
//! Left out on purpose: branch codes of other countries, which differ from bank to bank.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use compact_str::CompactString;

use super::refusals::{refusals, shown};
use super::{Identifier, Kind, iban, wallet};
use crate::account::{Account, AccountError};
use crate::country::Country;

/// The country code of accounts whose country is not known (user-assigned in ISO 3166-1).
const UNKNOWN: &str = "ZZ";
/// A shorter number with letters is an account's and folded to capitals; a longer one may be an
/// address on a chain, where case counts.
const MAX_FOLDED_CHARACTERS: usize = 24;

refusals! {
    /// Why a text is no account that two agencies could compare.
    BankAccountError {
        NoBank "bank_account_no_bank" "{0:?} names no bank: write BANK/NUMBER or CC/BANK/NUMBER",
        Bank "bank_account_bank" "{0:?} holds no bank code",
        Number "bank_account_number" "{0:?} holds a number that its country's banks do not give",
        Country "bank_account_country" "{0:?} begins with an unknown country",
    }
}

/// Reads `CC/BANK/NUMBER`, `BANK/NUMBER`, an IBAN or a wallet address.
pub(super) fn parse(text: &str, country: Option<Country>) -> Result<Identifier, BankAccountError> {
    let parts: Vec<&str> = text.splitn(4, '/').map(str::trim).collect();
    let (place, bank, number) = match *parts.as_slice() {
        [bank, number] => (Place::from(country), bank, number),
        [UNKNOWN | "zz", bank, number] => (Place::Unclaimed, bank, number),
        [code, bank, number] => {
            let known = Country::parse(code);
            let country = known.map_err(|_| BankAccountError::Country(shown(text)))?;
            (Place::Said(country), bank, number)
        }
        _ => return alone(text),
    };
    let account = Account::parse(bank, number).map_err(|error| match error {
        AccountError::NoBank | AccountError::BadBank(_) => BankAccountError::Bank(shown(text)),
        _ => BankAccountError::Number(shown(text)),
    })?;
    let found = at(&account, place);
    let breaks_rule = found.kind == Kind::Account
        && found.value.starts_with(UNKNOWN)
        && settled(&account, place).0.is_some();
    if breaks_rule && place != Place::Unclaimed {
        return Err(BankAccountError::Number(shown(text)));
    }
    Ok(found)
}

/// What is said about where an account is held.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In this country.
    Said(Country),
    /// Nothing: the bank's name or BIC may tell.
    Unsaid,
    /// Written out as `ZZ`, as `of` does with numbers that break their country's rule: only a
    /// code that leaves no doubt is heard against it.
    Unclaimed,
}

impl From<Option<Country>> for Place {
    fn from(country: Option<Country>) -> Place {
        country.map_or(Place::Unsaid, Place::Said)
    }
}

fn alone(text: &str) -> Result<Identifier, BankAccountError> {
    let iban = iban::parse(text).ok().map(|value| Identifier { kind: Kind::Iban, value });
    let wallet = || wallet::parse(text).ok().map(|value| Identifier { kind: Kind::Wallet, value });
    iban.or_else(wallet).ok_or_else(|| BankAccountError::NoBank(shown(text)))
}

/// The identifier of an account: never fails, since every account is one in some form.
pub(super) fn of(account: &Account, country: Option<Country>) -> Identifier {
    at(account, Place::from(country))
}

fn at(account: &Account, place: Place) -> Identifier {
    let number = account.number();
    let has_letters = number.len() >= 15 && number.bytes().any(|b| b.is_ascii_alphabetic());
    if has_letters && let Ok(found) = alone(number) {
        return found;
    }
    let number = folded(number);
    let (country, bank) = settled(account, place);
    let code = match country {
        Some(country) if fits(&number, country, &bank) => country.to_string(),
        _ => UNKNOWN.to_owned(),
    };
    let value = CompactString::from(format!("{code}/{bank}/{number}"));
    Identifier { kind: Kind::Account, value }
}

/// Letters in capitals, except in what may be an address.
fn folded(number: &str) -> CompactString {
    match number.len() {
        ..=MAX_FOLDED_CHARACTERS => number.to_ascii_uppercase().into(),
        _ => number.into(),
    }
}

/// The country and the bank in the one form that all spellings of it come to.
fn settled(account: &Account, place: Place) -> (Option<Country>, CompactString) {
    let written = account.bank();
    let bank = without_head_office(written);
    let is_bin = bank.len() == 6 && bank.starts_with("9704") && is_digits(bank);
    if is_bin {
        return (Some(Country::VN), bank.into());
    }
    if is_ifsc(bank) {
        return (Country::parse("IN").ok(), bank.into());
    }
    let bin = match place {
        Place::Said(Country::VN) => BANKS.bin_of(bank, true),
        Place::Unsaid => BANKS.bin_of(bank, false),
        Place::Said(_) | Place::Unclaimed => None,
    };
    if let Some(bin) = bin {
        return (Some(Country::VN), bin.clone());
    }
    let country = match place {
        Place::Said(country) => Some(country),
        Place::Unsaid => country_of_bic(bank),
        Place::Unclaimed => None,
    };
    (country, bank.into())
}

/// `BFTVVNVXXXX` names the head office, as does `BFTVVNVX`.
fn without_head_office(bank: &str) -> &str {
    let short = bank.strip_suffix("XXX").filter(|short| bank.len() == 11 && is_bic(short));
    short.unwrap_or(bank)
}

fn is_bic(bank: &str) -> bool {
    let letters = bank.get(..6).is_some_and(|head| head.bytes().all(|b| b.is_ascii_uppercase()));
    let rest = |tail: &str| tail.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    letters && matches!(bank.len(), 8 | 11) && bank.get(6..).is_some_and(rest)
}

fn country_of_bic(bank: &str) -> Option<Country> {
    is_bic(bank).then(|| Country::parse(bank.get(4..6).unwrap_or_default()).ok()).flatten()
}

fn is_ifsc(bank: &str) -> bool {
    let head = bank.get(..4).is_some_and(|head| head.bytes().all(|b| b.is_ascii_uppercase()));
    let plain = |tail: &str| tail.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    bank.len() == 11 && head && bank.get(4..5) == Some("0") && bank.get(5..).is_some_and(plain)
}

/// What numbers look like in the countries whose banks we know.
fn fits(number: &str, country: Country, bank: &str) -> bool {
    let length = number.len();
    match country.as_str() {
        // NAPAS lets virtual accounts under a BIN carry letters, as VietQR codes of shops do.
        "VN" if bank.len() == 6 && is_digits(bank) => (6..=19).contains(&length),
        "VN" => (6..=19).contains(&length) && is_digits(number),
        "TH" | "SG" | "KH" | "KR" | "IN" => (6..=20).contains(&length) && is_digits(number),
        "CN" => (6..=32).contains(&length) && is_digits(number),
        _ => true,
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Vietnamese banks by their names and by bank and country of their BIC.
struct Banks {
    by_alias: BTreeMap<&'static str, CompactString>,
    by_bic: BTreeMap<&'static str, CompactString>,
}

static BANKS: LazyLock<Banks> = LazyLock::new(|| {
    let (mut by_alias, mut by_bic) = (BTreeMap::new(), BTreeMap::new());
    let lines = include_str!("../../data/napas_bins.tsv").lines().filter(|l| !l.starts_with('#'));
    for line in lines {
        let mut fields = line.split('\t');
        let bin = CompactString::from(fields.next().unwrap_or_default());
        let (bic, aliases) = (fields.nth(1).unwrap_or_default(), fields.next().unwrap_or_default());
        by_bic.insert(bic, bin.clone());
        for alias in aliases.split(' ').filter(|alias| !alias.is_empty()) {
            by_alias.insert(alias, bin.clone());
        }
    }
    Banks { by_alias, by_bic }
});

impl Banks {
    /// Short names are read only where the country is known to be Viet Nam.
    fn bin_of(&self, bank: &str, is_vietnamese: bool) -> Option<&CompactString> {
        const MIN_TELLING_CHARACTERS: usize = 8;
        let is_telling = is_vietnamese || bank.len() >= MIN_TELLING_CHARACTERS;
        let alias = self.by_alias.get(bank).filter(|_| is_telling);
        let by_bic = || bank.get(..6).filter(|_| is_bic(bank)).and_then(|b| self.by_bic.get(b));
        alias.or_else(by_bic)
    }
}
