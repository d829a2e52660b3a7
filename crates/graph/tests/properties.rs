//! Properties of LINK and TRACE on random input.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use graph::intake::Intake;
use graph::ledger::Ledger;
use graph::segment::Segment;
use graph::trace::{Rule, follow};
use model::account::Account;
use model::money::{Currency, Money};
use model::rates::Rates;
use model::time::Timestamp;
use model::transfer::Transfer;
use proptest::prelude::*;

fn account(number: u8) -> Account {
    Account::parse("VNB01", &number.to_string()).unwrap()
}

/// Transfers between few accounts in one currency, times with many ties.
fn flows() -> impl Strategy<Value = Vec<Transfer>> {
    let transfer = (0_u8..8, 0_u8..8, 1_i64..500, 0_i64..40);
    proptest::collection::vec(transfer, 1..80).prop_map(|rows| {
        let made = rows.into_iter().enumerate().map(|(id, (from, to, amount, at))| {
            let money = Money::new(amount, Currency::USD);
            Transfer {
                id: id.to_string().into(),
                at: Timestamp::from_seconds(1_735_000_000 + at).unwrap(),
                from: account(from),
                to: account(to),
                sent: money,
                received: money,
                format: "".into(),
            }
        });
        made.collect()
    })
}

fn segment(flows: &[Transfer]) -> Vec<u8> {
    let mut intake = Intake::new(Vec::new());
    for transfer in flows {
        intake.take(transfer);
    }
    intake.finish()
}

fn ledger(bytes: &[u8]) -> Ledger<'_> {
    Ledger::new(vec![Segment::parse(bytes).unwrap()], &Rates::default()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_rests_is_at_most_what_was_stolen(flows in flows(), every in 1_usize..5) {
        let bytes = segment(&flows);
        let ledger = ledger(&bytes);
        let seeds: Vec<u32> = (0..flows.len() as u32).step_by(every).collect();
        let moves = |n: &&u32| {
            let entry = ledger.entry(**n).unwrap();
            entry.from != entry.to
        };
        let amount = |n: &u32| ledger.entry(*n).unwrap().out_minor;
        let stolen: i64 = seeds.iter().filter(moves).map(amount).sum();
        for rule in Rule::ALL.into_iter().filter(|rule| *rule != Rule::Poison) {
            let trace = follow(&ledger, &seeds, rule);
            let resting: i64 = trace.resting.iter().map(|resting| resting.tainted_minor).sum();
            prop_assert!(resting <= stolen, "{}: {resting} > {stolen}", rule.as_str());
            for tainted in &trace.transfers {
                let entry = ledger.entry(tainted.entry).unwrap();
                prop_assert!(tainted.out_minor <= entry.out_minor);
                prop_assert!(tainted.in_minor <= entry.in_minor);
            }
        }
    }

    #[test]
    fn every_resting_cent_names_its_seed(flows in flows(), every in 1_usize..5) {
        let bytes = segment(&flows);
        let ledger = ledger(&bytes);
        let seeds: Vec<u32> = (0..flows.len() as u32).step_by(every).collect();
        for rule in [Rule::Fifo, Rule::Lifo] {
            for resting in follow(&ledger, &seeds, rule).resting {
                let named: i64 = resting.seeds.iter().map(|(_, amount)| amount).sum();
                prop_assert_eq!(named, resting.tainted_minor);
                prop_assert!(resting.seeds.iter().all(|(seed, _)| seeds.contains(seed)));
            }
        }
    }

    #[test]
    fn the_trace_is_the_same_when_the_file_came_in_two_parts(flows in flows(), cut in 0_usize..80) {
        // Times that tie are told apart by the order of the files, so the halves keep it.
        let mut flows = flows;
        flows.sort_by_key(|transfer| transfer.at);
        let (left, right) = flows.split_at(cut.min(flows.len()));
        let whole = segment(&flows);
        let parts: Vec<Vec<u8>> =
            [left, right].into_iter().filter(|part| !part.is_empty()).map(segment).collect();
        let segments = parts.iter().map(|part| Segment::parse(part).unwrap()).collect();
        let (one, two) = (ledger(&whole), Ledger::new(segments, &Rates::default()).unwrap());
        for rule in Rule::ALL {
            let named = |ledger: &Ledger<'_>| {
                let trace = follow(ledger, &[0], rule);
                let mut resting: Vec<_> = trace
                    .resting
                    .iter()
                    .map(|r| (ledger.account(r.account).to_string(), r.tainted_minor, r.since))
                    .collect();
                resting.sort();
                resting
            };
            prop_assert_eq!(named(&one), named(&two));
        }
    }
}
