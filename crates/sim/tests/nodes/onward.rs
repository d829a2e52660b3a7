//! Passing on and use in court: only as the first sender allows, whoever carries it.

use node::event::Event;
use node::exchange::{Exchange, Outgoing};
use node::messages::Draft;
use node::port::record::{MessageRow, Wanted};

use super::office::Office;
use super::{code, count, draft, offices, sent, talk};

/// A draft that everybody may see and nothing limits.
pub(super) fn free(text: &str) -> Draft {
    let mut draft = draft(text);
    draft.handling.tlp = Some("GREEN".to_owned());
    draft.handling.limits.clear();
    draft
}

/// Passes on, and lets the two talk; the new message's number.
pub(super) fn forwarded(all: &mut [Office], from: usize, message: &str, to: usize) -> String {
    let name = all[to].name;
    let passed = all[from].node.forward("first", message, name).unwrap().message;
    assert_eq!(talk(&all[from], &all[to]), []);
    passed
}

pub(super) fn permit(
    all: &mut [Office],
    from: usize,
    message: &str,
    evidence: bool,
    to: Option<&str>,
) {
    all[from].node.permit("first", message, evidence, to).unwrap();
    for other in (0..all.len()).filter(|other| *other != from) {
        talk(&all[from], &all[other]);
    }
}

pub(super) fn found(office: &Office, message: &str) -> (std::sync::Arc<Exchange>, MessageRow) {
    (office.exchange(), office.exchange().find(message).unwrap())
}

/// Whether an office may show a message to a court: its code.
pub(super) fn in_court(office: &Office, message: &str) -> &'static str {
    let (exchange, row) = found(office, message);
    code(office.node.may_be_evidence(&row, &exchange.open(&row).unwrap()))
}

#[test]
fn only_the_first_sender_lets_it_go_and_only_to_whom_he_named() {
    let (mut all, _folder) = offices();
    let message = sent(&mut all, 0, 1, draft("a"));
    let refused = |all: &mut [Office]| {
        let sends = count(&all[1], |event| matches!(event, Event::MessageSent { .. }));
        let answered = code(all[1].node.forward("first", &message, "CCIB"));
        let now = count(&all[1], |event| matches!(event, Event::MessageSent { .. }));
        assert_eq!(now, sends, "nothing is recorded as sent");
        answered
    };
    assert_eq!(refused(&mut all), "needs_permission");
    // The receiver cannot permit it to itself, and no third agency can.
    assert_eq!(code(all[1].node.permit("first", &message, false, None)), "unknown_message");
    let other = sent(&mut all, 0, 1, draft("b"));
    permit(&mut all, 0, &other, false, None);
    assert_eq!(refused(&mut all), "needs_permission", "that was for another message");
    permit(&mut all, 0, &message, true, None);
    assert_eq!(refused(&mut all), "needs_permission", "that was for a court");
    permit(&mut all, 0, &message, false, Some("SPF"));
    assert_eq!(refused(&mut all), "needs_permission", "that was for another agency");
    permit(&mut all, 0, &message, false, Some("TH"));
    let passed = forwarded(&mut all, 1, &message, 2);
    let opened = all[2].node.read_message("first", &passed).unwrap();
    assert_eq!((opened.text.as_str(), opened.message.kind.as_str()), ("a", "forward"));
    assert_eq!(opened.handling.limits, ["H1", "H2"]);
    let origin = opened.origin.unwrap();
    assert_eq!((origin.agency.as_str(), origin.signature), ("A05", "holds"));
    assert_eq!(origin.message, message);
}

#[test]
fn a_permission_for_all_partners_and_one_that_was_called_back() {
    let (mut all, _folder) = offices();
    let message = sent(&mut all, 0, 1, draft("a"));
    let permission = all[0].node.permit("first", &message, false, None).unwrap();
    assert_eq!(permission.kind, "permission");
    assert_eq!(code(all[1].node.forward("first", &message, "TH")), "needs_permission");
    talk(&all[0], &all[1]);
    forwarded(&mut all, 1, &message, 2);
    all[0].node.recall("first", &permission.message).unwrap();
    talk(&all[0], &all[1]);
    assert_eq!(code(all[1].node.forward("first", &message, "TH")), "needs_permission");
}

/// A permission by somebody else is none, however it is written.
#[test]
fn a_third_agency_cannot_permit_what_it_did_not_send() {
    let (mut all, _folder) = offices();
    let message = sent(&mut all, 0, 1, draft("a"));
    permit(&mut all, 0, &message, false, None);
    let body = permission_body(&all[0], &message);
    let other = sent(&mut all, 0, 2, draft("for Thailand alone"));
    // Singapore sends Thailand the permission that it got, as an answer to what it wants; and Viet
    // Nam's own is bound to its message, whatever it is said to answer.
    for sender in [1, 0] {
        for answered in [&message, &other] {
            send_permission(&all, sender, 2, &body, answered);
        }
        assert_eq!(code(all[2].node.forward("first", &other, "SPF")), "needs_permission");
    }
}

#[test]
fn what_its_handling_lets_go_goes_and_back_to_its_sender_too() {
    let (mut all, _folder) = offices();
    let message = sent(&mut all, 0, 1, free("a"));
    forwarded(&mut all, 1, &message, 2);
    let mut strict = free("b");
    strict.handling.tlp = Some("AMBER".to_owned());
    let strict = sent(&mut all, 0, 1, strict);
    assert_eq!(code(all[1].node.forward("first", &strict, "TH")), "needs_permission");
    forwarded(&mut all, 1, &strict, 0);
    let mut limited = free("c");
    limited.handling.limits = vec!["H2".to_owned()];
    let limited = sent(&mut all, 0, 1, limited);
    assert_eq!(code(all[1].node.forward("first", &limited, "TH")), "needs_permission");
}

/// An insider passes a message back to its sender, which is free, and then passes on his own copy.
#[test]
fn nothing_becomes_ours_by_passing_it_on() {
    let (mut all, _folder) = offices();
    let message = sent(&mut all, 0, 1, draft("a"));
    let back = forwarded(&mut all, 1, &message, 0);
    assert_eq!(code(all[1].node.forward("first", &back, "TH")), "needs_permission");
    assert_eq!(in_court(&all[1], &back), "needs_permission");
    assert_eq!(code(all[1].node.permit("first", &back, false, None)), "needs_permission");
    // Whose it was may pass it on wherever he likes, also what came back.
    assert_eq!(in_court(&all[0], &back), "done");
    let again = forwarded(&mut all, 0, &back, 2);
    let opened = all[2].node.read_message("first", &again).unwrap();
    assert_eq!((opened.text.as_str(), opened.origin.unwrap().message), ("a", message));
}

/// Who got it with permission does not give the permission for the next one.
#[test]
fn the_second_agency_cannot_let_the_third_pass_it_on() {
    let (mut all, folder) = offices();
    let kr = Office::new(9, "KNPA", "KR", &folder.path().join("KR"));
    let [vn, sg, th] = all;
    all = [vn, sg, th];
    let message = sent(&mut all, 0, 1, draft("a"));
    permit(&mut all, 0, &message, false, Some("TH"));
    let passed = forwarded(&mut all, 1, &message, 2);
    let [vn, sg, th] = all;
    let mut all = [vn, sg, th, kr];
    super::meet(&mut all, 2, 3);
    assert_eq!(code(all[1].node.permit("first", &passed, false, None)), "needs_permission");
    // Singapore writes a permission by hand, as a changed program could.
    let body = permission_body(&all[0], &message);
    for answered in [&passed, &message] {
        send_permission(&all, 1, 2, &body, answered);
    }
    assert_eq!(code(all[2].node.forward("first", &passed, "KR")), "needs_permission");
    assert_eq!(code(all[2].node.forward("first", &passed, "SPF")), "needs_permission");
    assert_eq!(in_court(&all[2], &passed), "needs_permission");
    forwarded(&mut all, 2, &passed, 0);
    // What may go on goes on with the first sender's name, not the second's.
    let open = sent(&mut all, 0, 1, free("b"));
    let passed = forwarded(&mut all, 1, &open, 2);
    let once_more = forwarded(&mut all, 2, &passed, 3);
    let opened = all[3].node.read_message("first", &once_more).unwrap();
    let origin = opened.origin.unwrap();
    assert_eq!((opened.text.as_str(), origin.signature), ("b", "unknown"));
    assert_eq!((origin.agency, origin.message), (all[0].id().0.to_string(), open));
}

/// The bytes of the permission that an office has sent for a message.
fn permission_body(office: &Office, message: &str) -> Vec<u8> {
    let (exchange, row) = found(office, message);
    let wanted = Wanted { kind: Some("permission"), most: 10, ..Wanted::default() };
    let found = exchange.messages(&wanted).unwrap();
    let one = found.iter().find(|one| one.in_reply_to == Some(row.id)).unwrap();
    exchange.open(one).unwrap().body
}

/// A permission that some office writes by hand, for a message that the other one has.
fn send_permission(all: &[Office], from: usize, to: usize, body: &[u8], answered: &str) {
    let holder = all.iter().find_map(|one| one.exchange().find(answered).ok());
    let outgoing = Outgoing {
        kind: "permission".to_owned(),
        body: body.to_vec(),
        in_reply_to: Some(holder.unwrap().id),
        ..sim::world::message("")
    };
    let exchange = all[from].exchange();
    exchange.send(exchange.new_id().unwrap(), all[to].id(), outgoing).unwrap();
    assert_eq!(talk(&all[from], &all[to]), []);
}

#[test]
fn a_court_sees_it_when_its_sender_agreed() {
    let (mut all, _folder) = offices();
    let message = sent(&mut all, 0, 1, draft("a"));
    assert_eq!(
        (in_court(&all[0], &message), in_court(&all[1], &message)),
        ("done", "needs_permission")
    );
    permit(&mut all, 0, &message, false, None);
    assert_eq!(in_court(&all[1], &message), "needs_permission", "passing on is another thing");
    permit(&mut all, 0, &message, true, None);
    assert_eq!(in_court(&all[1], &message), "done");
    let open = sent(&mut all, 0, 1, free("b"));
    assert_eq!(in_court(&all[1], &open), "done");
}

#[test]
fn a_permission_says_what_it_permits() {
    let (mut all, _folder) = offices();
    let message = sent(&mut all, 0, 1, draft("a"));
    let told = |all: &mut [Office], evidence, to: Option<&str>| {
        let permission = all[0].node.permit("first", &message, evidence, to).unwrap().message;
        talk(&all[0], &all[1]);
        let opened = all[1].node.read_message("first", &permission).unwrap();
        let told = opened.permission.unwrap();
        assert_eq!((told.message.as_str(), opened.text.as_str()), (&*message, ""));
        (told.evidence, told.to)
    };
    assert_eq!(told(&mut all, true, None), (true, None));
    assert_eq!(told(&mut all, false, None), (false, None));
    assert_eq!(told(&mut all, false, Some("TH")), (false, Some("CCIB".to_owned())));
}

#[test]
fn only_what_somebody_wrote_is_passed_on() {
    let (mut all, _folder) = offices();
    let message = sent(&mut all, 0, 1, free("a"));
    permit(&mut all, 0, &message, false, None);
    let listed = all[1].node.messages("first", Some(true), None).unwrap().messages;
    let permission = listed.iter().find(|one| one.kind == "permission").unwrap().message.clone();
    assert_eq!(code(all[1].node.forward("first", &permission, "TH")), "unknown_message");
    assert_eq!(code(all[1].node.forward("first", &message, "MY")), "unknown_partner");
    assert_eq!(code(all[1].node.forward("first", &message, "SPF")), "unknown_partner");
}
