//! Small made-up flows for the tests of this crate.

use graph::intake::Intake;
use model::account::Account;
use model::money::{Currency, Money};
use model::time::Timestamp;
use model::transfer::Transfer;

/// Transfers in US cents, one a second: payer, payee, amount; their places are their ids.
pub(crate) fn segment<'f>(flows: impl IntoIterator<Item = (&'f str, &'f str, i64)>) -> Vec<u8> {
    let mut intake = Intake::new(Vec::new());
    for (second, (from, to, cents)) in flows.into_iter().enumerate() {
        let account = |name: &str| Account::parse("BANK", name).unwrap();
        let money = Money::new(cents, Currency::USD);
        intake.take(&Transfer {
            id: second.to_string().into(),
            at: Timestamp::from_seconds(second as i64).unwrap(),
            from: account(from),
            to: account(to),
            sent: money,
            received: money,
            format: "".into(),
        });
    }
    intake.finish()
}
