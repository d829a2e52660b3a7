//! Backward is forward turned round: the same cents, whichever end one starts from.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::BTreeMap;

use graph::ledger::Ledger;
use graph::segment::Segment;
use graph::trace::backward::{back, upstream};
use graph::trace::{MOST_TRANSFERS, Question, Rule};
use model::rates::Rates;
use proptest::prelude::*;

fn segment(flows: &[(String, String, i64)]) -> Vec<u8> {
    common::segment(flows.iter().map(|(from, to, cents)| (from.as_str(), to.as_str(), *cents)))
}

fn ledger(bytes: &[u8]) -> Ledger<'_> {
    Ledger::new(vec![Segment::parse(bytes).unwrap()], &Rates::default()).unwrap()
}

/// Some transfers between few accounts; now and then a victim, who is paid by nobody, pays.
fn flows() -> impl Strategy<Value = (Vec<(String, String, i64)>, Vec<u32>)> {
    let transfer = (0_u8..7, 0_u8..7, 1_i64..500, 0_u8..4);
    proptest::collection::vec(transfer, 2..90).prop_map(|rows| {
        let mut seeds = Vec::new();
        let rows = rows.into_iter().enumerate().map(|(number, (from, to, cents, kind))| {
            let payer = if kind == 0 {
                seeds.push(number as u32);
                format!("victim{number}")
            } else {
                from.to_string()
            };
            (payer, to.to_string(), cents)
        });
        (rows.collect(), seeds)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_cent_forward_is_the_same_cent_backward((flows, seeds) in flows(), at in 0_usize..90) {
        let bytes = segment(&flows);
        let ledger = ledger(&bytes);
        let target = (at % flows.len()) as u32;
        let watched = [target];
        let mut question = Question::new(&ledger, &seeds);
        question.watched = &watched;
        for rule in [Rule::Fifo, Rule::Lifo] {
            let forward: BTreeMap<u32, i64> = question
                .follow(&[rule])
                .into_iter()
                .flat_map(|trace| trace.watched)
                .flat_map(|(_, parts)| parts)
                .collect();
            let found = back(&question, &watched, rule);
            let backward: BTreeMap<u32, i64> = found.stops.iter().copied().collect();
            prop_assert_eq!(&forward, &backward, "{}", rule.as_str());
            let entry = ledger.entry(target).unwrap();
            if entry.from != entry.to {
                let stopped: i64 = backward.values().sum();
                let begun: i64 = found.origins.iter().map(|(_, minor)| minor).sum();
                prop_assert_eq!(stopped + begun, entry.out_minor, "every cent has a beginning");
            }
            let (all, _) = upstream(&ledger, &watched, &seeds, MOST_TRANSFERS);
            prop_assert!(found.steps.iter().all(|(step, _)| all.contains(step)));
        }
    }
}

#[test]
fn a_payment_is_followed_up_to_two_victims_and_an_unknown_rest() {
    let flow = |from: &str, to: &str, cents| (from.to_owned(), to.to_owned(), cents);
    let flows = [
        flow("v1", "c", 10_000),
        flow("v2", "c", 5_000),
        flow("c", "m", 15_000),
        flow("m", "x", 16_000),
    ];
    let bytes = segment(&flows);
    let ledger = ledger(&bytes);
    let found = back(&Question::new(&ledger, &[0, 1]), &[3], Rule::Fifo);
    assert_eq!(found.steps, [(0, 10_000), (1, 5_000), (2, 15_000), (3, 16_000)]);
    assert_eq!(found.stops, [(0, 10_000), (1, 5_000)]);
    let m = ledger.entry(3).unwrap().from;
    assert_eq!(found.origins, [(m, 1_000)]);
    assert!(!found.is_cut);
}

#[test]
fn a_search_that_is_cut_says_so() {
    let rows = (0..200).map(|n| (format!("a{}", n % 9), format!("b{}", n % 9), 100));
    let mut flows: Vec<(String, String, i64)> = rows.collect();
    flows.extend((0..9).map(|n| (format!("b{n}"), "x".to_owned(), 2_000)));
    flows.push(("x".to_owned(), "y".to_owned(), 18_000));
    let bytes = segment(&flows);
    let ledger = ledger(&bytes);
    let mut question = Question::new(&ledger, &[]);
    assert!(!back(&question, &[209], Rule::Lifo).is_cut);
    question.most_transfers = 20;
    assert!(back(&question, &[209], Rule::Lifo).is_cut);
    assert!(upstream(&ledger, &[209], &[], 20).1);
}
