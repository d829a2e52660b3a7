//! Small cases in which the answer of each rule is known by hand.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::BTreeMap;

use graph::ledger::Ledger;
use graph::segment::Segment;
use graph::trace::backward::back;
use graph::trace::{Question, Rule, follow};
use model::rates::Rates;

/// `flows`: payer, payee, whole US dollars; one a second. `seeds`: their places. `expected`: for
/// each rule the accounts with tainted money and how much, `b=60 c=40`.
fn check(flows: &[(&str, &str, i64)], seeds: &[u32], expected: &[(&str, &str)]) {
    let bytes = segment(flows);
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

fn segment(flows: &[(&str, &str, i64)]) -> Vec<u8> {
    common::segment(flows.iter().map(|(from, to, dollars)| (*from, *to, dollars * 100)))
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

#[test]
fn a_declared_opening_balance_is_clean_and_was_there_first() {
    // b held 50 before; 100 stolen come, b pays 120 to c.
    let bytes = segment(&[("victim", "b", 100), ("b", "c", 120)]);
    let ledger = Ledger::new(vec![Segment::parse(&bytes).unwrap()], &Rates::default()).unwrap();
    let b = ledger.entry(1).unwrap().from;
    let openings = BTreeMap::from([(b, 5_000)]);
    let mut question = Question::new(&ledger, &[0]);
    question.openings = &openings;
    let resting = |rule| {
        let trace = question.follow(&[rule]).pop().unwrap();
        let found = trace.resting.iter().find(|resting| resting.account == b);
        found.map_or(0, |resting| resting.tainted_minor)
    };
    assert_eq!(resting(Rule::Fifo), 3_000, "50 clean and 70 stolen left");
    assert_eq!(resting(Rule::Libr), 3_000);
    assert_eq!(resting(Rule::Lifo), 0, "100 stolen and 20 clean left");
    assert_eq!(resting(Rule::Haircut), 2_000, "two thirds of 120 left");
    let found = back(&question, &[1], Rule::Fifo);
    assert_eq!((found.stops, found.origins), (vec![(0, 7_000)], vec![(b, 5_000)]));
}

// Source: Devaynes v Noble (Clayton's Case) (1816) 1 Mer 572: on a running account the first sum
// paid in is the first drawn out.
#[test]
fn claytons_case_the_first_sum_paid_in_is_the_first_drawn_out() {
    let flows =
        [("a", "bank", 300), ("victim", "bank", 200), ("bank", "x", 300), ("bank", "y", 150)];
    check(&flows, &[1], &[("fifo", "bank=50 y=150")]);
}

// Source: Re Hallett's Estate (1880) 13 Ch D 696: who mixes another's money with his own is taken
// to spend his own first.
#[test]
fn hallett_spends_his_own_money_first() {
    let flows = [("salary", "hallett", 300), ("victim", "hallett", 200), ("hallett", "x", 300)];
    check(&flows, &[1], &[("libr", "hallett=200")]);
}

// Source: Re Oatway [1903] 2 Ch 356: where what was drawn first was kept and the rest dissipated,
// the claim may lie on what was drawn first.
#[test]
fn oatway_what_was_drawn_first_may_carry_the_claim() {
    let flows =
        [("own", "o", 400), ("victim", "o", 300), ("o", "shares", 300), ("o", "spent", 400)];
    check(&flows, &[1], &[("proceeds-first", "shares=300"), ("libr", "spent=300")]);
}

// Source: James Roscoe (Bolton) Ltd v Winder [1915] 1 Ch 62: the claim never exceeds the lowest
// balance between; money paid in later does not restore it.
#[test]
fn roscoe_the_claim_ends_at_the_lowest_balance_between() {
    let flows = [("victim", "w", 455), ("w", "x", 430), ("own", "w", 333)];
    check(&flows, &[0], &[("libr", "w=25 x=430"), ("proceeds-first", "w=25 x=430")]);
}

// Source: Barlow Clowes International v Vaughan [1992] 4 All ER 22: with many victims in one pool,
// first in first out gives all to the last; pro rata divides what is left.
#[test]
fn barlow_clowes_a_pool_is_divided_by_first_in_first_out_or_pro_rata() {
    let bytes = segment(&[("v1", "pool", 600), ("v2", "pool", 300), ("pool", "lost", 600)]);
    let ledger = Ledger::new(vec![Segment::parse(&bytes).unwrap()], &Rates::default()).unwrap();
    let pool = ledger.entry(2).unwrap().from;
    let of = |rule| {
        let traces = Question::new(&ledger, &[0, 1]).follow(&[rule]);
        let resting = traces[0].resting.iter().find(|resting| resting.account == pool);
        resting.unwrap().seeds.clone()
    };
    assert_eq!(of(Rule::Fifo), [(1, 30_000)], "the later victim has it all");
    assert_eq!(of(Rule::Haircut), [(0, 20_000), (1, 10_000)], "two to one, as they paid");
}
