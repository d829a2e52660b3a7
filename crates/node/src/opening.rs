//! Opening balances that an officer declares: what an account held before its first transfer here,
//! as its bank's statement says. It counts as clean money.

use std::collections::BTreeMap;

use model::account::Account;
use model::money::{Currency, Money};

use crate::error::NodeError;
use crate::view::View;

/// So many may be declared at once.
const MAX_OPENINGS: usize = 100_000;

/// One declared balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    account: Account,
    balance: Money,
    /// As it was written, for the refusal.
    written: String,
}

impl Opening {
    /// Reads `BANK/NUMBER=AMOUNT CURRENCY`.
    pub fn parse(text: &str) -> Result<Opening, NodeError> {
        let bad = || NodeError::BadOpening(text.to_owned());
        let (account, money) = text.split_once('=').ok_or_else(bad)?;
        let account = Account::parse_pair(account.trim()).map_err(|_| bad())?;
        let money = money.trim();
        let letters = money.len() - money.trim_end_matches(char::is_alphabetic).len();
        let (amount, currency) = money.split_at_checked(money.len() - letters).ok_or_else(bad)?;
        let currency = Currency::parse(currency).map_err(|_| bad())?;
        let balance = Money::parse(amount.trim(), currency).map_err(|_| bad())?;
        if balance.amount_minor < 0 {
            return Err(bad());
        }
        Ok(Opening { account, balance, written: text.to_owned() })
    }
}

impl View<'_> {
    /// Declared balances by account number, in the accounts' own currencies.
    pub(crate) fn openings(&self, declared: &[Opening]) -> Result<BTreeMap<u32, i64>, NodeError> {
        if let Some(beyond) = declared.get(MAX_OPENINGS) {
            return Err(NodeError::BadOpening(beyond.written.clone()));
        }
        let mut openings = BTreeMap::new();
        for opening in declared {
            let bad = || NodeError::BadOpening(opening.written.clone());
            let number = self.ledger.number(&opening.account).ok_or_else(bad)?;
            let is_own = self.ledger.currency(number) == opening.balance.currency;
            // Two statements of one account contradict each other.
            let known = openings.insert(number, opening.balance.amount_minor);
            if !is_own || known.is_some_and(|known| known != opening.balance.amount_minor) {
                return Err(bad());
            }
        }
        Ok(openings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_balance_is_read_with_its_account_and_currency() {
        let read = |text| Opening::parse(text).ok().map(|o| (o.account.to_string(), o.balance));
        let dong = |minor| Money::new(minor, Currency::parse("VND").unwrap());
        let expected = Some(("VNB02/2001".to_owned(), dong(1_000_000)));
        assert_eq!(read("VNB02/2001=1000000VND"), expected);
        assert_eq!(read(" VNB02/2001 = 1000000 VND "), expected);
        for bad in
            ["", "=", "VNB02/2001", "VNB02/2001=", "VNB02/2001=VND", "VNB02/2001=5", "x=5VND"]
        {
            assert_eq!(read(bad), None, "{bad:?}");
        }
        assert_eq!(read("VNB02/2001=-5VND"), None);
        assert_eq!(read("VNB02/2001=99999999999999999999VND"), None);
    }
}
