//! What was asked, opened to those who oversee the agency: nothing else can be shown for it.

use model::digest::Digest;
use node::matching::open::{Opening, check};

use super::super::office::Office;
use super::super::{code, offices};
use super::{OURS, THEIRS, matched};

const TWO: [&str; 2] = ["second", "third"];

/// Viet Nam has asked Singapore about an account, a phone and an address; the last two are hits.
fn asked() -> (Office, Office, String, tempfile::TempDir) {
    let ([mut vn, mut sg, _], folder) = offices();
    vn.import(OURS);
    sg.import(THEIRS);
    let session = matched(&mut vn, &mut sg).session.unwrap();
    (vn, sg, session, folder)
}

fn opened() -> Opening {
    let (mut vn, _sg, session, _folder) = asked();
    vn.node.open_session(TWO, &session[..8], 100, "a number drawn by the parliament").unwrap()
}

#[test]
fn what_was_no_hit_is_shown_with_its_case_and_holds() {
    let opening = opened();
    let shown: Vec<_> = opening.shown.iter().map(|one| one.value.as_str()).collect();
    assert_eq!((opening.size, shown), (3, vec!["VN/970436/0123456789"]));
    assert!(opening.shown[0].cases[0].starts_with("VN-C-"));
    let checked = check(&opening);
    assert!(checked.valid && checked.wrong.is_empty());
}

#[test]
fn the_commitment_is_the_one_that_the_partner_has() {
    use node::event::Event;
    use node::matching::step::Step;
    let (mut vn, sg, session, _folder) = asked();
    let opening = vn.node.open_session(TWO, &session, 100, "x").unwrap();
    let theirs = sg.events().into_iter().find_map(|one| match one.event {
        Event::Match { what: Step::Evaluated { commitment, .. }, .. } => Some(commitment),
        _ => None,
    });
    assert_eq!(theirs, Some(opening.commitment));
}

#[test]
fn nothing_else_can_be_shown_for_it() {
    let tamper = |change: fn(&mut Opening)| {
        let mut opening = opened();
        change(&mut opening);
        check(&opening).valid
    };
    assert!(!tamper(|one| one.shown[0].value = "VN/970436/0123456780".to_owned()));
    assert!(!tamper(|one| one.shown[0].kind = "phone".to_owned()));
    assert!(!tamper(|one| one.shown[0].salt = Digest([1; 32]).to_string()));
    assert!(!tamper(|one| one.shown[0].blind = Digest([1; 32]).to_string()));
    assert!(!tamper(|one| one.shown[0].element = Digest([1; 32]).to_string()));
    assert!(!tamper(|one| one.shown[0].place += 1));
    assert!(!tamper(|one| one.commitment = Digest([1; 32])));
    assert!(!tamper(|one| one.size += 1));
    assert!(!tamper(|one| one.size -= 1));
    // Hidden for a hit, chosen by other words, or fewer than were wanted.
    assert!(!tamper(|one| one.shown.clear()));
    assert!(!tamper(|one| one.hits.clear()));
    assert!(!tamper(|one| (one.sample, one.hits) = (1, Vec::new())));
    assert!(!tamper(|one| {
        let again = one.shown[0].clone();
        one.shown.push(again);
    }));
}

#[test]
fn the_challenge_chooses_and_two_officers_open() {
    let (mut vn, _sg, session, _folder) = asked();
    let node = &mut vn.node;
    let mut open = |officers, session: &str, challenge: &str| {
        code(node.open_session(officers, session, 1, challenge))
    };
    assert_eq!(open(["second", "second"], &session, "x"), "one_officer");
    assert_eq!(open(["second", "audit"], &session, "x"), "not_allowed");
    assert_eq!(open(TWO, &session, " "), "bad_reason");
    assert_eq!(open(TWO, "0123456789abcdef", "x"), "unknown_session");
    assert_eq!(open(TWO, &session[..4], "x"), "unknown_session");
    // Of three places each challenge chooses one; over some of them all are chosen.
    let chosen: std::collections::BTreeSet<bool> = (0..32)
        .map(|n| node.open_session(TWO, &session, 1, &n.to_string()).unwrap().shown.is_empty())
        .collect();
    assert_eq!(chosen.len(), 2, "hits are chosen too, and not shown");
}
