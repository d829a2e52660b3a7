//! Passing on and use in court: only as the first sender allows, whoever carries it.

use envelope::envelope::Envelope;
use node::event::Event;
use node::exchange::{Exchange, Outgoing};
use node::messages::Draft;
use node::port::record::MessageRow;

use super::office::Office;
use super::{code, count, draft, offices, sent, talk};

/// A draft that everybody may see and nothing limits.
fn free(text: &str) -> Draft {
    let mut draft = draft(text);
    draft.handling.tlp = Some("GREEN".to_owned());
    draft.handling.limits.clear();
    draft
}

/// Passes on, and lets the two talk; the new message's number.
fn forwarded(all: &mut [Office], from: usize, message: &str, to: usize) -> String {
    let name = all[to].name;
    let passed = all[from].node.forward("first", message, name).unwrap().message;
    assert_eq!(talk(&all[from], &all[to]), []);
    passed
}

fn permit(all: &mut [Office], from: usize, message: &str, evidence: bool, to: Option<&str>) {
    all[from].node.permit("first", message, evidence, to).unwrap();
    for other in (0..all.len()).filter(|other| *other != from) {
        talk(&all[from], &all[other]);
    }
}

fn found(office: &Office, message: &str) -> (std::sync::Arc<Exchange>, MessageRow) {
    (office.exchange(), office.exchange().find(message).unwrap())
}

/// Whether an office may show a message to a court: its code.
fn in_court(office: &Office, message: &str) -> &'static str {
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
    permit(&mut all, 0, &message, false, Some("TH"));
    let (vn, row) = found(&all[0], &message);
    let permission = vn.messages(&node::port::record::Wanted {
        kind: Some("permission"),
        most: 1,
        ..node::port::record::Wanted::default()
    });
    let body = vn.open(&permission.unwrap()[0]).unwrap().body;
    let other = sent(&mut all, 0, 2, draft("for Thailand alone"));
    let outgoing = |id| Outgoing {
        kind: "permission".to_owned(),
        body: body.clone(),
        in_reply_to: Some(id),
        ..sim::world::message("")
    };
    // Singapore sends Thailand the permission that it got, as an answer to what it wants.
    let (sg, th) = (all[1].exchange(), all[2].id());
    let of_other = found(&all[0], &other).1.id;
    for id in [row.id, of_other] {
        sg.send(sg.new_id().unwrap(), th, outgoing(id)).unwrap();
    }
    assert_eq!(talk(&all[1], &all[2]), []);
    assert_eq!(code(all[2].node.forward("first", &other, "SPF")), "needs_permission");
    // And Viet Nam's own permission is bound to its message, whatever it says it answers.
    vn.send(vn.new_id().unwrap(), th, outgoing(of_other)).unwrap();
    talk(&all[0], &all[2]);
    assert_eq!(code(all[2].node.forward("first", &other, "SPF")), "needs_permission");
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
    let (sg, row) = found(&all[1], &passed);
    for id in [row.id, found(&all[0], &message).1.id] {
        let kind = "permission".to_owned();
        let outgoing =
            Outgoing { kind, body: body.clone(), in_reply_to: Some(id), ..sim::world::message("") };
        sg.send(sg.new_id().unwrap(), all[2].id(), outgoing).unwrap();
    }
    talk(&all[1], &all[2]);
    assert_eq!(code(all[2].node.forward("first", &passed, "KR")), "needs_permission");
    assert_eq!(in_court(&all[2], &passed), "needs_permission");
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
    let wanted = node::port::record::Wanted {
        kind: Some("permission"),
        most: 10,
        ..node::port::record::Wanted::default()
    };
    let found = exchange.messages(&wanted).unwrap();
    let one = found.iter().find(|one| one.in_reply_to == Some(row.id)).unwrap();
    exchange.open(one).unwrap().body
}

/// What a forward holds, as its carrier sent it.
fn outgoing(office: &Office, passed: &str) -> Outgoing {
    let (exchange, row) = found(office, passed);
    let content = exchange.open(&row).unwrap();
    Outgoing {
        kind: content.kind,
        handling: content.handling,
        body: content.body,
        in_reply_to: None,
        due: None,
        attachments: content.attachments,
    }
}

/// A carrier that promises less than the first sender asked for, or more, is refused at the door.
#[test]
fn a_carrier_cannot_change_what_the_first_sender_asked_for() {
    let (mut all, _folder) = offices();
    let message = sent(&mut all, 0, 1, draft("a"));
    permit(&mut all, 0, &message, false, Some("TH"));
    let passed = forwarded(&mut all, 1, &message, 2);
    let (sg, th) = (all[1].exchange(), all[2].id());
    let right = outgoing(&all[1], &passed);
    let send = |change: &dyn Fn(&mut Outgoing)| {
        let mut changed = right.clone();
        change(&mut changed);
        sg.send(sg.new_id().unwrap(), th, changed).unwrap();
        talk(&all[1], &all[2]).iter().map(|one| one.code).collect::<Vec<_>>()
    };
    assert_eq!(send(&|_| {}), Vec::<&str>::new());
    assert_eq!(send(&|one| one.handling.limits.clear()), ["bad_content"]);
    assert_eq!(send(&|one| one.handling.tlp = model::indicator::Tlp::Clear), ["bad_content"]);
    assert_eq!(
        send(&|one| one.handling.retain_until = Some(sim::world::day(9_000, 0))),
        ["bad_content"]
    );
    assert_eq!(send(&|one| one.body.truncate(one.body.len() - 1)), ["bad_content"]);
    let text = |one: &mut Outgoing| {
        let place = one.body.windows(14).position(|part| part == b"case VN-C-2026").unwrap();
        one.body[place] = b'C';
    };
    assert_eq!(send(&text), ["bad_content"], "the first sender signed other words");
}

/// A carrier invents a message and says that it was ours, or a third agency's.
#[test]
fn a_forged_first_sender_is_told_and_frees_nothing() {
    let (mut all, _folder) = offices();
    let message = sent(&mut all, 0, 1, draft("a"));
    let back = forwarded(&mut all, 1, &message, 0);
    // The signature over the envelope is broken in one bit; the content is the one committed to.
    let mut forged = outgoing(&all[1], &back);
    let (exchange, row) = found(&all[0], &message);
    let whole = exchange.signed(&row).unwrap().without_content();
    let place = forged.body.windows(whole.len()).position(|part| part == whole).unwrap();
    let mut changed = whole.clone();
    let spoiled = (0..changed.len()).rev().find(|at| {
        let mut tried = whole.clone();
        tried[*at] ^= 1;
        let Ok(envelope) = Envelope::parse_without_content(&tried) else { return false };
        let key = all[0].exchange().book().mine[0].card().signing[0].key;
        envelope.check(&key).is_err()
            && envelope.header() == exchange.signed(&row).unwrap().header()
            && envelope.commitment() == exchange.signed(&row).unwrap().commitment()
    });
    changed[spoiled.unwrap()] ^= 1;
    forged.body[place..place + whole.len()].copy_from_slice(&changed);
    let sg = all[1].exchange();
    let number =
        node::exchange::hexadecimal(sg.send(sg.new_id().unwrap(), all[0].id(), forged).unwrap().id);
    assert_eq!(talk(&all[1], &all[0]), []);
    let opened = all[0].node.read_message("first", &number).unwrap();
    let origin = opened.origin.unwrap();
    assert_eq!((origin.agency.as_str(), origin.signature), ("A05", "wrong"));
    assert_eq!(code(all[0].node.forward("first", &number, "TH")), "needs_permission");
    assert_eq!(in_court(&all[0], &number), "needs_permission");
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

/// What a first sender wants destroyed is destroyed, in the copy that was passed on as well.
#[test]
fn passing_on_does_not_outlive_the_time() {
    let (mut all, _folder) = offices();
    let mut until = free("a");
    until.handling.retain_until = Some("2027-01-20".to_owned());
    let message = sent(&mut all, 0, 1, until);
    let passed = forwarded(&mut all, 1, &message, 2);
    all.iter_mut().for_each(|office| office.clock.advance(6 * 86_400));
    for (place, expected) in [(0, 0), (1, 2), (2, 1)] {
        let gone = all[place].node.retention("node").unwrap().messages.len();
        assert_eq!(gone, expected, "{}", all[place].name);
    }
    for (place, number) in [(1, &message), (1, &passed), (2, &passed)] {
        assert_eq!(code(all[place].node.read_message("first", number)), "no_content");
    }
    assert_eq!(talk(&all[1], &all[2]), []);
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
