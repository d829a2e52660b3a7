//! Small cases in which the answer of each rule is known by hand.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use graph::intake::Intake;
use graph::ledger::Ledger;
use graph::segment::Segment;
use graph::trace::{Rule, follow};
use model::account::Account;
use model::money::{Currency, Money};
use model::rates::Rates;
use model::time::Timestamp;
use model::transfer::Transfer;

/// `flows`: payer, payee, whole US dollars; one a second. `seeds`: their places. `expected`: for
/// each rule the accounts with tainted money and how much, `b=60 c=40`.
fn check(flows: &[(&str, &str, i64)], seeds: &[u32], expected: &[(&str, &str)]) {
    let mut intake = Intake::new(Vec::new());
    for (second, (from, to, dollars)) in flows.iter().enumerate() {
        let account = |name: &str| Account::parse("BANK", name).unwrap();
        let money = Money::new(dollars * 100, Currency::USD);
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
    let bytes = intake.finish();
    let ledger = Ledger::new(vec![Segment::parse(&bytes).unwrap()], &Rates::default()).unwrap();
    for (rule, expected) in expected {
        let trace = follow(&ledger, seeds, Rule::parse(rule).unwrap());
        let found: BTreeMap<String, i64> = trace
            .resting
            .iter()
            .map(|r| (ledger.account(r.account).number().to_owned(), r.tainted_minor / 100))
            .collect();
        let found: Vec<String> = found.iter().map(|(name, sum)| format!("{name}={sum}")).collect();
        assert_eq!(found.join(" "), *expected, "{rule}");
    }
}

#[test]
fn mixed_money_leaves_by_each_rule_in_its_own_way() {
    // 100 clean, then 100 stolen come to b; b pays 120 to c.
    let flows = [("a", "b", 100), ("victim", "b", 100), ("b", "c", 120)];
    let expected = [
        ("fifo", "b=80 c=20"),
        ("lifo", "c=100"),
        ("haircut", "b=40 c=60"),
        ("libr", "b=80 c=20"),
        ("proceeds-first", "c=100"),
        ("poison", "b=80 c=120"),
    ];
    check(&flows, &[1], &expected);
}

#[test]
fn money_paid_in_later_does_not_restore_what_was_spent() {
    // 100 stolen come to b, b spends 70 of it; 200 clean that come later are not the victim's.
    let flows = [("victim", "b", 100), ("b", "shop", 70), ("a", "b", 200)];
    check(&flows, &[0], &[("libr", "b=30 shop=70"), ("fifo", "b=30 shop=70")]);
}

#[test]
fn clean_money_is_spent_before_the_balance_sinks_under_the_claim() {
    let flows = [("victim", "b", 100), ("a", "b", 200), ("b", "shop", 250), ("a", "b", 500)];
    check(&flows, &[0], &[("libr", "b=50 shop=50"), ("proceeds-first", "shop=100")]);
}

#[test]
fn money_stolen_twice_counts_once() {
    // What b stole from the victim is stolen from b: the second theft replaces the first.
    let flows = [("victim", "b", 100), ("b", "c", 100)];
    let all = [("fifo", "c=100"), ("lifo", "c=100"), ("haircut", "c=100"), ("libr", "c=100")];
    check(&flows, &[0, 1], &all);
}

#[test]
fn what_an_account_held_before_the_data_is_clean() {
    let flows = [("victim", "b", 100), ("b", "c", 150)];
    check(&flows, &[0], &[("haircut", "c=100"), ("fifo", "c=100"), ("libr", "c=100")]);
}

#[test]
fn a_transfer_to_oneself_moves_nothing() {
    let flows = [("a", "b", 50), ("victim", "b", 100), ("b", "b", 120), ("b", "c", 60)];
    check(&flows, &[1], &[("fifo", "b=90 c=10"), ("lifo", "b=40 c=60")]);
}
