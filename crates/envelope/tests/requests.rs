//! Bodies of requests and their steps: read as they were written, and everything else refused.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use envelope::cbor::{self, CborError};
use envelope::handling::{Handling, Pap};
use envelope::request::{
    Approval, Approved, Element, Evidence, File, MAX_BYTES, MAX_TEXT, Marks, Person, Request,
    RequestError, Step,
};
use model::country::Country;
use model::digest::Digest;
use model::indicator::Tlp;
use model::time::Timestamp;
use proptest::prelude::*;

fn at() -> Timestamp {
    Timestamp::from_seconds(1_800_000_000).unwrap()
}

fn element(id: &str, text: &str) -> Element {
    Element { id: id.to_owned(), text: text.to_owned(), marks: Marks::default() }
}

fn request() -> Request {
    Request {
        number: "VN-2026-0001".to_owned(),
        kind: "preservation".to_owned(),
        measure: "preserve".to_owned(),
        conduct: "computer_fraud".to_owned(),
        clause: Some("VN Penal Code 174(2)".to_owned()),
        from: Country::parse("VN").unwrap(),
        to: Country::parse("SG").unwrap(),
        made: at(),
        is_urgent: false,
        basis: None,
        pack: Digest([1; 32]),
        elements: vec![element("data", "mail of boss@evil.example"), element("facts", "…")],
        files: vec![File {
            name: "warrant.pdf".to_owned(),
            size: 3,
            sha256: Digest([2; 32]),
            marks: Marks { person: Person::Suspect, evidence: Evidence::Yes },
        }],
        handle: None,
        follows: None,
        handling: Handling {
            tlp: Tlp::Amber,
            pap: Pap::Amber,
            purpose: "case".to_owned(),
            basis: "untoc 18".to_owned(),
            limits: Vec::new(),
            limit_text: None,
            source: None,
            information: None,
            retain_until: None,
        },
    }
}

fn approval(by: &str) -> Approval {
    Approval { by: by.to_owned(), role: "supervisor".to_owned(), at: at() }
}

fn approved(approvals: Vec<Approval>) -> Vec<u8> {
    cbor::write(&Approved { request: request().write().into(), approvals, is_half: false })
}

fn step() -> Step {
    Step {
        number: "VN-2026-0001".to_owned(),
        request: Digest([3; 32]),
        what: "refuse".to_owned(),
        ground: Some("form".to_owned()),
        text: Some("the form is another".to_owned()),
        marks: Marks::default(),
        files: Vec::new(),
        until: Some(at()),
        approval: Some(approval("third")),
    }
}

fn check(change: impl FnOnce(&mut Request)) -> Result<Request, RequestError> {
    let mut request = request();
    change(&mut request);
    Request::parse(&request.write())
}

#[test]
fn what_was_written_is_read() {
    assert_eq!(check(|_| {}), Ok(request()));
    let (read, inner) = Approved::parse(&approved(vec![approval("second")])).unwrap();
    assert_eq!((read.approvals.len(), inner), (1, request()));
    assert_eq!(Step::parse(&cbor::write(&step())), Ok(step()));
}

#[test]
fn elements_stand_in_order_each_once() {
    let twice = |request: &mut Request| request.elements.push(element("facts", "other"));
    assert_eq!(check(twice), Err(RequestError::Order));
    assert_eq!(check(|request| request.elements.reverse()), Err(RequestError::Order));
    let many = |request: &mut Request| {
        request.elements = (100..301).map(|n| element(&format!("e{n}"), "x")).collect();
    };
    assert_eq!(check(many), Err(RequestError::Order));
}

#[test]
fn an_empty_or_endless_text_is_none() {
    let text = |text: String| check(move |request| request.elements[0].text = text);
    let refused = Err(RequestError::Text("data".to_owned()));
    assert_eq!(text(" \n".to_owned()), refused);
    assert_eq!(text("x".repeat(MAX_TEXT + 1)), refused);
    assert!(text("x".repeat(MAX_TEXT)).is_ok());
}

#[test]
fn words_are_plain_and_short() {
    let bad = [String::new(), "\u{1b}[31m".to_owned(), "x".repeat(201)];
    for word in bad {
        let refused = matches!(check(|one| one.number = word.clone()), Err(RequestError::Word(_)));
        assert!(refused, "{word:?}");
        assert!(check(|one| one.clause = Some(word.clone())).is_err());
        assert!(Step::parse(&cbor::write(&Step { what: word, ..step() })).is_err());
    }
}

#[test]
fn a_file_leads_nowhere_else() {
    for name in ["../key", "", ".profile", "a/b", "c:\\d"] {
        let named = |request: &mut Request| request.files[0].name = name.to_owned();
        assert_eq!(check(named), Err(RequestError::Files), "{name}");
    }
}

#[test]
fn one_officer_is_not_two() {
    let two = approved(vec![approval("second"), approval("second")]);
    assert_eq!(Approved::parse(&two).unwrap_err(), RequestError::Approvals);
    assert_eq!(Approved::parse(&approved(Vec::new())).unwrap_err(), RequestError::Approvals);
}

#[test]
fn too_much_is_not_looked_at() {
    let large = Request::parse(&vec![0; MAX_BYTES + 1]);
    assert_eq!(large, Err(CborError::Large(MAX_BYTES + 1, MAX_BYTES).into()));
}

proptest! {
    #[test]
    fn no_foreign_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = (Request::parse(&bytes), Approved::parse(&bytes).map(|_| ()), Step::parse(&bytes));
    }

    #[test]
    fn a_changed_byte_is_another_request_or_none(place in 0_usize..400, flip in 1_u8..=255) {
        let mut bytes = request().write();
        let place = place % bytes.len();
        bytes[place] ^= flip;
        if let Ok(read) = Request::parse(&bytes) {
            prop_assert_ne!(read, request());
        }
    }
}
