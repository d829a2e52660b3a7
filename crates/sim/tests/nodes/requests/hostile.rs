//! What a hostile partner, or one in error, sends about requests.

use envelope::cbor;
use envelope::handling::{Handling, Pap};
use envelope::request::{Approval, Approved, Element, Marks, REQUEST, Request, STEP, Step};
use model::country::Country;
use model::digest::Digest;
use model::indicator::Tlp;
use node::event::Event;
use node::exchange::{Outgoing, Standing};
use node::requests::Said;
use node::requests::deed::Deed;
use node::requests::stage::Act;
use sim::world::day;

use super::super::office::Office;
use super::super::{offices, talk};
use super::{act, new, sent, settle, shown, whole};

fn request() -> Request {
    Request {
        number: "SG-2026-0001".to_owned(),
        kind: "mla".to_owned(),
        measure: "docs_records".to_owned(),
        conduct: "computer_fraud".to_owned(),
        clause: None,
        from: Country::parse("SG").unwrap(),
        to: Country::parse("VN").unwrap(),
        made: day(0, 0),
        is_urgent: false,
        basis: None,
        pack: Digest([0; 32]),
        elements: vec![Element {
            id: "facts".to_owned(),
            text: "…".to_owned(),
            marks: Marks::default(),
        }],
        files: Vec::new(),
        handle: None,
        follows: None,
        handling: handling(),
    }
}

fn handling() -> Handling {
    Handling {
        tlp: Tlp::Amber,
        pap: Pap::Amber,
        purpose: "case".to_owned(),
        basis: "untoc".to_owned(),
        limits: Vec::new(),
        limit_text: None,
        source: None,
        information: None,
        retain_until: None,
    }
}

/// Sends some bytes as a message of a kind, past all that an honest node would look at.
fn push(from: &Office, to: &mut Office, kind: &str, body: Vec<u8>) {
    let outgoing = Outgoing {
        kind: kind.to_owned(),
        handling: handling(),
        body,
        in_reply_to: None,
        due: None,
        attachments: Vec::new(),
    };
    let exchange = from.exchange();
    exchange.send(exchange.new_id().unwrap(), to.id(), outgoing).unwrap();
    assert_eq!(talk(from, to), []);
    to.node.request_turn().unwrap();
}

fn approved(request: &Request) -> Vec<u8> {
    let (by, role, at) = ("mole".to_owned(), "supervisor".to_owned(), day(0, 0));
    let approvals = vec![Approval { by, role, at }];
    cbor::write(&Approved { request: request.write().into(), approvals, is_half: false })
}

/// Why the newest message was turned away.
fn turned(office: &Office) -> String {
    let newest = office.events().into_iter().rev().find_map(|one| match one.event {
        Event::Request { what: Deed::TurnedAway { code, .. }, .. } => Some(code),
        Event::Request { what: Deed::Came { .. } | Deed::Stepped { .. }, .. } => {
            Some("taken".to_owned())
        }
        _ => None,
    });
    newest.unwrap_or_default()
}

fn check(change: impl FnOnce(&mut Request), expected: &str) {
    let ([mut vn, sg, _], _folder) = offices();
    let mut request = request();
    change(&mut request);
    push(&sg, &mut vn, REQUEST, approved(&request));
    assert_eq!(turned(&vn), expected);
    let taken = usize::from(expected == "taken");
    assert_eq!(vn.node.requests("second", Some(true)).unwrap().requests.len(), taken);
}

#[test]
fn a_request_that_is_right_is_taken_and_what_it_lacks_is_seen() {
    let ([mut vn, sg, _], _folder) = offices();
    push(&sg, &mut vn, REQUEST, approved(&request()));
    let told = shown(&mut vn, "SPF/SG-2026-0001");
    assert!(!told.complete && told.state == "received");
    assert!(told.missing.iter().all(|one| one.element != "facts"));
}

#[test]
fn nobody_asks_in_another_countrys_name_or_of_another() {
    check(|_| {}, "taken");
    check(|one| one.from = Country::parse("US").unwrap(), "request_country_wrong");
    check(|one| one.to = Country::parse("TH").unwrap(), "request_country_wrong");
}

#[test]
fn unknown_kinds_and_measures_are_turned_away() {
    check(|one| one.kind = "seizure-of-thoughts".to_owned(), "request_kind_unknown");
    check(|one| one.measure = "extradition".to_owned(), "request_kind_unknown");
}

#[test]
fn one_number_is_one_request() {
    let ([mut vn, sg, _], _folder) = offices();
    push(&sg, &mut vn, REQUEST, approved(&request()));
    push(&sg, &mut vn, REQUEST, approved(&request()));
    assert_eq!(turned(&vn), "request_already");
    let mut other = request();
    other.elements[0].text = "other facts".to_owned();
    push(&sg, &mut vn, REQUEST, approved(&other));
    assert_eq!(turned(&vn), "request_number_used");
    let told = shown(&mut vn, "SPF/SG-2026-0001");
    assert_eq!(told.elements[0].text, "…");
}

#[test]
fn files_are_those_that_the_request_names() {
    let file = envelope::request::File {
        name: "order.pdf".to_owned(),
        size: 3,
        sha256: Digest([7; 32]),
        marks: Marks::default(),
    };
    check(|one| one.files.push(file), "request_files_differ");
}

#[test]
fn bytes_that_are_no_request_harm_nobody() {
    let ([mut vn, sg, _], _folder) = offices();
    for kind in [REQUEST, STEP] {
        for body in [Vec::new(), vec![0xff; 300], request().write()] {
            push(&sg, &mut vn, kind, body);
            assert_eq!(turned(&vn), "request_body_bad");
        }
    }
}

#[test]
fn a_third_agency_takes_no_step_of_what_is_not_its_own() {
    let ([mut vn, mut sg, th], _folder) = offices();
    let number = sent(&mut vn, new("mla", "docs_records", "SPF"));
    settle(&mut vn, &mut sg);
    let digest = shown(&mut vn, &number).digest;
    let step = |what: &str, request: Digest| {
        cbor::write(&Step {
            number: number.clone(),
            request,
            what: what.to_owned(),
            ground: None,
            text: Some("…".to_owned()),
            marks: Marks::default(),
            files: Vec::new(),
            until: None,
            approval: None,
        })
    };
    push(&th, &mut vn, STEP, step("answer", digest));
    assert_eq!(turned(&vn), "request_unknown");
    // Nor does the right one of a request with other contents, nor the other side's step.
    push(&sg, &mut vn, STEP, step("answer", Digest([9; 32])));
    assert_eq!(turned(&vn), "request_unknown");
    for what in ["withdraw", "supply", "renew"] {
        push(&sg, &mut vn, STEP, step(what, digest));
        assert_eq!(turned(&vn), "request_step_late", "{what}");
    }
    push(&sg, &mut vn, STEP, step("refuse", digest));
    assert_eq!(turned(&vn), "request_body_bad", "a refusal has a ground");
    push(&sg, &mut vn, STEP, step("conquer", digest));
    assert_eq!(turned(&vn), "request_body_bad");
    assert_eq!(shown(&mut vn, &number).state, "sent");
}

#[test]
fn a_suspended_partner_gets_nothing_onto_the_desk() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = sent(&mut vn, new("mla", "docs_records", "SPF"));
    settle(&mut vn, &mut sg);
    assert_eq!(act(&mut sg, &format!("A05/{number}"), Act::Acknowledge, Said::default()), "done");
    assert_eq!(talk(&vn, &sg), []);
    vn.node.stand("second", "SPF", Standing::Suspended, "a fax").unwrap();
    vn.node.request_turn().unwrap();
    assert_eq!(turned(&vn), "request_partner_closed");
    assert_eq!(shown(&mut vn, &number).state, "sent");
}

#[test]
fn what_the_node_did_not_take_its_sender_learns() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = whole(&mut vn, new("mla", "docs_records", "SPF")).request;
    // The other side has another request of ours under this number already.
    let mut other = request();
    (other.number, other.from) = (number.clone(), Country::parse("VN").unwrap());
    other.to = Country::parse("SG").unwrap();
    push(&vn, &mut sg, REQUEST, approved(&other));
    vn.node.approve_request("second", &number).unwrap();
    vn.node.approve_request("third", &number).unwrap();
    vn.node.send_request("first", &number).unwrap();
    settle(&mut vn, &mut sg);
    let told = shown(&mut vn, &number);
    let states = [told.state, shown(&mut sg, &format!("A05/{number}")).state];
    assert_eq!(states, ["rejected", "received"]);
    assert_eq!(told.history.last().unwrap().ground.as_deref(), Some("request_number_used"));
}

#[test]
fn a_request_is_handled_as_its_officers_approved() {
    check(|one| one.handling.tlp = Tlp::Red, "request_handling_differs");
    check(|one| one.handling.retain_until = Some(day(900, 0)), "request_handling_differs");
}

#[test]
fn too_few_approvals_are_told_and_one_officer_is_one() {
    let ([mut vn, sg, _], _folder) = offices();
    push(&sg, &mut vn, REQUEST, approved(&request()));
    let number = "SPF/SG-2026-0001";
    let told = shown(&mut vn, number);
    assert!(told.needs_second, "an mla with one approval says nothing of the second");
    assert_eq!(told.approvals[0].0, "mole");
    let second = |by: &str| {
        let (by, role, at) = (by.to_owned(), "supervisor".to_owned(), day(0, 0));
        cbor::write(&Step {
            number: "SG-2026-0001".to_owned(),
            request: Digest::of(&request().write()),
            what: "approve".to_owned(),
            ground: None,
            text: None,
            marks: Marks::default(),
            files: Vec::new(),
            until: None,
            approval: Some(Approval { by, role, at }),
        })
    };
    for by in ["mole", " mole "] {
        push(&sg, &mut vn, STEP, second(by));
        assert_eq!(turned(&vn), "request_body_bad", "{by:?}");
    }
    assert!(shown(&mut vn, number).needs_second);
    push(&sg, &mut vn, STEP, second("chief"));
    assert_eq!(turned(&vn), "taken");
    let told = shown(&mut vn, number);
    assert!(!told.needs_second && told.approvals.len() == 2);
}

#[test]
fn a_partner_moves_no_term_by_a_step_that_has_none() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = sent(&mut vn, new("freeze", "stop_payment", "SPF"));
    settle(&mut vn, &mut sg);
    let due = |vn: &mut Office| shown(vn, &number).deadlines;
    let before = due(&mut vn);
    let step = Step {
        number: number.clone(),
        request: shown(&mut vn, &number).digest,
        what: "acknowledge".to_owned(),
        ground: None,
        text: None,
        marks: Marks::default(),
        files: Vec::new(),
        until: Some(day(-900, 0)),
        approval: None,
    };
    push(&sg, &mut vn, STEP, cbor::write(&step));
    assert_eq!(turned(&vn), "taken");
    assert_eq!(
        due(&mut vn).iter().map(|one| one.due).collect::<Vec<_>>(),
        before.iter().map(|one| one.due).collect::<Vec<_>>()
    );
}

#[test]
fn numbers_that_look_alike_can_each_be_named() {
    let ([mut vn, sg, _], _folder) = offices();
    let numbers = ["SG-2026-0001", "sg-2026-0001", "SG-2026-0001 "];
    for number in numbers {
        let request = Request { number: number.to_owned(), ..request() };
        push(&sg, &mut vn, REQUEST, approved(&request));
    }
    for number in numbers {
        assert_eq!(shown(&mut vn, &format!("SPF/{number}")).request, format!("SPF/{number}"));
    }
    let told = vn.node.show_request("second", "spf/Sg-2026-0001");
    assert_eq!(super::super::code(told), "ambiguous_request");
}

#[test]
fn a_request_is_of_a_day_that_the_law_knows_and_that_has_come() {
    let at = |raw: &str| model::time::Timestamp::parse(raw).unwrap();
    check(|one| one.made = at("1970-01-02T00:00:00Z"), "request_date_wrong");
    check(|one| one.made = at("2098-01-01T00:00:00Z"), "request_date_wrong");
}
