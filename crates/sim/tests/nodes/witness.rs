//! A partner is asked to witness an agency's records, by two officers, and tells its own officers
//! who has shown it two histories.

use node::answer::Partners;
use node::event::Event;
use node::exchange::Taken;

use crate::office::Office;
use crate::{code, count, draft, offices, sent, talk};

/// Seconds of a day.
const DAY: i64 = 86_400;

fn witnesses(told: &Partners) -> Vec<&str> {
    let asked = told.partners.iter().filter(|one| one.witness);
    asked.map(|one| one.partner.as_str()).collect()
}

fn asked(office: &mut Office, by: [&str; 2], is_asked: bool) -> &'static str {
    code(office.node.witness(by, "CCIB", is_asked))
}

#[test]
fn two_officers_ask_a_partner_to_witness() {
    let ([mut vn, ..], _folder) = offices();
    assert_eq!(asked(&mut vn, ["first", "first"], true), "one_officer");
    assert_eq!(asked(&mut vn, ["first", "audit"], true), "not_allowed");
    assert_eq!(asked(&mut vn, ["admin", "second"], true), "not_allowed");
    assert_eq!(code(vn.node.witness(["first", "second"], "KNPA", true)), "unknown_partner");
    let named =
        |office: &Office| count(office, |event| matches!(event, Event::WitnessNamed { .. }));
    assert_eq!(named(&vn), 0);
    for _ in 0..2 {
        assert_eq!(asked(&mut vn, ["first", "second"], true), "done");
    }
    assert_eq!(named(&vn), 1, "asked twice is asked once");
    assert_eq!(witnesses(&vn.node.partners("audit").unwrap()), ["CCIB"]);
    vn.restart();
    assert_eq!(witnesses(&vn.node.partners("audit").unwrap()), ["CCIB"], "the log knows");
    assert_eq!(asked(&mut vn, ["second", "first"], false), "done");
    vn.restart();
    assert_eq!(witnesses(&vn.node.partners("audit").unwrap()), [""; 0]);
    assert_eq!(named(&vn), 2);
}

#[test]
fn what_a_witness_has_seen_is_in_the_evidence() {
    let (mut all, _folder) = offices();
    assert_eq!(asked(&mut all[0], ["first", "second"], true), "done");
    let message = sent(&mut all, 0, 1, draft("a question"));
    all.iter().for_each(|office| office.clock.advance(DAY));
    talk(&all[0], &all[1]);
    talk(&all[0], &all[2]);
    let exchange = all[0].exchange();
    let agencies = |message: &str| {
        let evidence = exchange.evidence(&exchange.find(message).unwrap()).unwrap();
        let agencies = evidence.cards.iter().map(|card| card.card().agency.clone());
        let mut agencies: Vec<_> = agencies.collect();
        agencies.dedup();
        agencies
    };
    assert_eq!(agencies(&message), ["A05", "SPF", "CCIB"]);
    // Asked no more, it is told nothing new; what it has cosigned stays.
    assert_eq!(asked(&mut all[0], ["first", "second"], false), "done");
    let later = sent(&mut all, 0, 1, draft("another one"));
    all.iter().for_each(|office| office.clock.advance(DAY));
    talk(&all[0], &all[1]);
    talk(&all[0], &all[2]);
    let exchange = all[0].exchange();
    let evidence = exchange.evidence(&exchange.find(&later).unwrap()).unwrap();
    assert!(evidence.cards.iter().all(|card| card.card().agency != "CCIB"));
}

#[test]
fn officers_of_a_witness_are_told_of_two_histories() {
    let ([vn, sg, mut th], _folder) = offices();
    let taken = Taken { forked: vec![(sg.id(), 7)], ..Taken::default() };
    assert!(taken.is_told());
    th.node.took(vn.id(), &taken).unwrap();
    let (agency, reader, size) = (vn.id().0, sg.id().0, 7);
    let expected = Event::WitnessedFork { agency, reader, size };
    assert_eq!(count(&th, |event| *event == expected), 1);
}
