//! Accounts as the holder of a transfer names them: a bank and a number.
//!
//! This is the key inside one node's data. What two countries compare is the identifier of kind
//! account (`CC/BANK/NUMBER`), IBAN or wallet made from it in `identifier`.

use std::fmt;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::text;

/// A bank code or name has at most this many characters.
pub const MAX_BANK_CHARACTERS: usize = 40;
/// An account number or wallet address has at most this many characters.
pub const MAX_NUMBER_CHARACTERS: usize = 128;

/// An account at a bank, an exchange or on a chain.
///
/// Invariant: both parts are non-empty, folded by `text::clean`, without blanks, and within their
/// limits; `bank` is in capitals; in `number` only what has no case-sensitive meaning is folded:
/// hexadecimal wallets are lower case, an IBAN is upper case, base58 is kept as it is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Account {
    bank: CompactString,
    number: CompactString,
}

/// Why a bank and a number are no account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AccountError {
    /// No bank.
    #[error("the bank is empty")]
    NoBank,
    /// No number.
    #[error("the account number is empty")]
    NoNumber,
    /// A bank that is no code.
    #[error("{0:?} is no bank code: letters, digits, dot and dash, at most 40")]
    BadBank(String),
    /// A number that is no account number.
    #[error("{0:?} is no account number: letters and digits, at most 128")]
    BadNumber(String),
}

/// The codes of all refusals of this file, each of which has a text for people.
pub const CODES: &[&str] = &["bank_empty", "account_empty", "bank_bad", "account_bad"];

impl AccountError {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            AccountError::NoBank => "bank_empty",
            AccountError::NoNumber => "account_empty",
            AccountError::BadBank(_) => "bank_bad",
            AccountError::BadNumber(_) => "account_bad",
        }
    }
}

impl Account {
    /// Reads a bank and a number as people write them: blanks, dots and dashes inside the number
    /// go.
    pub fn parse(bank: &str, number: &str) -> Result<Account, AccountError> {
        Ok(Account { bank: parse_bank(bank)?, number: parse_number(number)? })
    }

    /// Reads `BANK/NUMBER`.
    pub fn parse_pair(raw: &str) -> Result<Account, AccountError> {
        let (bank, number) = raw.rsplit_once('/').ok_or(AccountError::NoBank)?;
        Account::parse(bank, number)
    }

    /// What stands for an account whose name cannot be read any more; no bank gives such a number.
    pub fn unreadable() -> Account {
        let part = CompactString::const_new("UNREADABLE");
        Account { bank: part.clone(), number: part }
    }

    /// The bank's code in capitals.
    pub fn bank(&self) -> &str {
        &self.bank
    }

    /// The canonical number, without blanks.
    pub fn number(&self) -> &str {
        &self.number
    }
}

fn parse_bank(raw: &str) -> Result<CompactString, AccountError> {
    let plain = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    if !raw.is_empty() && raw.len() <= MAX_BANK_CHARACTERS && raw.bytes().all(plain) {
        return Ok(raw.into());
    }
    let folded: CompactString = text::clean(raw).chars().filter(|c| !c.is_whitespace()).collect();
    let bank = folded.to_uppercase();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '&');
    match bank.chars().count() {
        0 => Err(AccountError::NoBank),
        1..=MAX_BANK_CHARACTERS if bank.chars().all(fits) => Ok(bank),
        _ => Err(AccountError::BadBank(raw.chars().take(60).collect())),
    }
}

fn parse_number(raw: &str) -> Result<CompactString, AccountError> {
    if !raw.is_empty()
        && raw.len() <= MAX_NUMBER_CHARACTERS
        && raw.bytes().all(|b| b.is_ascii_digit())
    {
        return Ok(raw.into());
    }
    let separator = |c: char| c.is_whitespace() || matches!(c, '.' | '-');
    let number: CompactString = text::clean(raw).chars().filter(|c| !separator(*c)).collect();
    match number.chars().count() {
        0 => return Err(AccountError::NoNumber),
        1..=MAX_NUMBER_CHARACTERS if number.chars().all(|c| c.is_ascii_alphanumeric()) => {}
        _ => return Err(AccountError::BadNumber(raw.chars().take(60).collect())),
    }
    let is_hexadecimal = number.strip_prefix("0x").or_else(|| number.strip_prefix("0X"));
    if is_hexadecimal.is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_hexdigit())) {
        return Ok(number.to_lowercase());
    }
    if looks_like_iban(&number) {
        return Ok(number.to_uppercase());
    }
    Ok(number)
}

/// Two letters, two digits, and the length of an IBAN (ISO 13616).
fn looks_like_iban(number: &str) -> bool {
    let bytes = number.as_bytes();
    (15..=34).contains(&bytes.len())
        && bytes.iter().take(2).all(u8::is_ascii_alphabetic)
        && bytes.iter().skip(2).take(2).all(u8::is_ascii_digit)
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.bank, self.number)
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bank: &str, number: &str, expected: &str) {
        let found = match Account::parse(bank, number) {
            Ok(account) => account.to_string(),
            Err(error) => error.code().to_owned(),
        };
        assert_eq!(found, expected, "{bank} {number}");
    }

    #[test]
    fn blanks_and_dashes_inside_a_number_go() {
        check("VNB03", "1000 005547", "VNB03/1000005547");
        check(" vnb03 ", "1000-005.547", "VNB03/1000005547");
        check("970436", "0123 456 789", "970436/0123456789");
    }

    #[test]
    fn wallets_and_ibans_are_folded_by_their_own_rule() {
        let wallet = "0x24D675D8cf68edb78500aa6ff1214f85bb4040f0";
        check("CHAIN", wallet, "CHAIN/0x24d675d8cf68edb78500aa6ff1214f85bb4040f0");
        check(
            "CHAIN",
            "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8",
            "CHAIN/TJRabPrwbZy45sbavfcjinPJC18kjpRTv8",
        );
        check("HBUK", "gb29 nwbk 6016 1331 9268 19", "HBUK/GB29NWBK60161331926819");
    }

    #[test]
    fn what_names_no_account_is_refused() {
        check("", "1", "bank_empty");
        check("VNB03", " ", "account_empty");
        check("VNB03", "=1+1", "account_bad");
        check("a/b", "1", "bank_bad");
        check(&"B".repeat(41), "1", "bank_bad");
        check("VNB03", &"1".repeat(129), "account_bad");
    }
}
