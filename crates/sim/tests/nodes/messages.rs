//! Sending, reading, answering, calling back: what both sides see, and what the log says of it.

use std::sync::atomic::Ordering;

use node::event::Event;
use node::messages::Draft;

use super::office::Office;
use super::{code, count, draft, offices, sent, talk};

/// What became of a message, as an office lists it.
fn state(office: &Office, message: &str) -> &'static str {
    let listed = office.node.messages("audit", None, None).unwrap().messages;
    listed.iter().find(|one| one.message == message).unwrap().state
}

#[test]
fn a_message_is_sent_listed_read_and_dealt_with() {
    let (mut all, _folder) = offices();
    let message =
        sent(&mut all, 0, 1, Draft { due: Some("2027-02-01".to_owned()), ..draft("Xin") });
    sent(&mut all, 2, 1, draft("of another"));
    let [vn, sg, th] = &mut all;
    let listed = sg.node.messages("audit", Some(true), Some("A05")).unwrap().messages;
    let [row] = listed.as_slice() else { panic!("{listed:?}") };
    assert_eq!(
        (row.message.as_str(), row.partner.as_str(), row.direction),
        (&*message, "A05", "in")
    );
    assert_eq!((row.kind.as_str(), row.state), ("message", "accepted"));
    assert_eq!(row.due.unwrap().to_string(), "2027-02-01T23:59:59Z");
    assert_eq!(sg.node.messages("first", Some(false), None).unwrap().messages.len(), 0);
    assert_eq!(sg.node.messages("first", None, None).unwrap().messages.len(), 2);
    assert_eq!(th.node.messages("first", None, Some("VN")).unwrap().messages.len(), 0);
    let opened = sg.node.read_message("first", &message[..8]).unwrap();
    assert_eq!((opened.text.as_str(), opened.message.state), ("Xin", "opened"));
    assert_eq!(opened.handling.tlp, "TLP:AMBER+STRICT");
    assert_eq!(
        (opened.handling.pap, opened.handling.limits.as_slice()),
        ("AMBER", ["H1", "H2"].as_slice())
    );
    assert!(opened.origin.is_none(), "nobody passed it on");
    sg.node.handle_message("second", &message, Some("Đã phong toả".to_owned())).unwrap();
    assert_eq!(talk(vn, sg), []);
    let receipts = vn.node.read_message("first", &message).unwrap().receipts;
    let told: Vec<_> = receipts.iter().map(|one| (one.kind, one.text.as_deref())).collect();
    let expected =
        [("accepted", None), ("opened", Some("officer")), ("handled", Some("Đã phong toả"))];
    assert_eq!(told, expected, "a role, and no officer's name");
}

#[test]
fn the_sender_is_told_once_that_it_was_opened_and_in_which_role() {
    let (mut all, _folder) = offices();
    let message = sent(&mut all, 0, 1, draft("a"));
    let [vn, sg, _] = &mut all;
    // Its sender reads his own: that opens nothing.
    vn.node.read_message("first", &message).unwrap();
    assert_eq!(state(vn, &message), "accepted");
    for by in ["second", "first", "second"] {
        sg.node.read_message(by, &message).unwrap();
        sg.restart();
    }
    assert_eq!(talk(vn, sg), []);
    let receipts = vn.node.read_message("first", &message).unwrap().receipts;
    let opened: Vec<_> = receipts.iter().filter(|one| one.kind == "opened").collect();
    assert_eq!(opened.len(), 1);
    assert_eq!(opened[0].text.as_deref(), Some("supervisor"));
}

#[test]
fn who_reads_is_in_the_log_before_he_sees_anything() {
    let (mut all, _folder) = offices();
    let message = sent(&mut all, 0, 1, draft("a"));
    let [vn, sg, _] = &mut all;
    sg.is_full.store(true, Ordering::SeqCst);
    assert_eq!(code(sg.node.read_message("first", &message)), "system");
    assert_eq!(code(sg.node.message_files("first", &message)), "system");
    assert_eq!(code(sg.node.forward("first", &message, "A05")), "system");
    assert_eq!(code(sg.node.handle_message("first", &message, None)), "system");
    assert_eq!(code(sg.node.send("first", "A05", draft("b"))), "system");
    assert_eq!(code(sg.node.recall("first", &message)), "unknown_message");
    sg.is_full.store(false, Ordering::SeqCst);
    assert_eq!((state(sg, &message), talk(vn, sg)), ("accepted", vec![]));
    assert_eq!(sg.node.messages("first", Some(false), None).unwrap().messages.len(), 0);
    sg.node.message_files("second", &message).unwrap();
    let (by, event) = sg.newest();
    let looked = Event::Looked { command: "message save".to_owned(), about: message.clone() };
    assert_eq!((by.as_str(), event), ("second", looked));
    sg.node.read_message("first", &message).unwrap();
    let (by, event) = sg.newest();
    let looked = Event::Looked { command: "message show".to_owned(), about: message };
    assert_eq!((by.as_str(), event), ("first", looked));
}

/// What the log says of a message that was dealt with is true.
#[test]
fn what_cannot_be_dealt_with_is_not_recorded_as_dealt_with() {
    let (mut all, _folder) = offices();
    let (theirs, ours) = (sent(&mut all, 0, 1, draft("a")), sent(&mut all, 1, 0, draft("b")));
    let [vn, sg, _] = &mut all;
    let handled = |event: &Event| matches!(event, Event::MessageHandled { .. });
    let mut handle = |text: &str, answer: Option<String>| {
        let answered = code(sg.node.handle_message("first", text, answer));
        (answered, count(sg, handled))
    };
    assert_eq!(handle(&ours, None), ("message_not_open", 0));
    assert_eq!(handle("ffff", None), ("unknown_message", 0));
    // A longer receipt is none: the other side would refuse it for ever.
    assert_eq!(handle(&theirs, Some("x".repeat(1_001))), ("long_answer", 0));
    assert_eq!(handle(&theirs, Some("ắ".repeat(334))), ("long_answer", 0));
    assert_eq!(handle(&theirs, Some("x".repeat(1_000))), ("done", 1));
    assert_eq!(handle(&theirs, None), ("message_not_open", 1));
    assert_eq!((talk(vn, sg), state(vn, &theirs)), (vec![], "handled"));
}

#[test]
fn an_answer_names_no_message_between_others() {
    let (mut all, _folder) = offices();
    let (of_sg, of_th) = (sent(&mut all, 1, 0, draft("a")), sent(&mut all, 2, 0, draft("b")));
    let [vn, ..] = &mut all;
    let answer = |text: &str| Draft { in_reply_to: Some(text.to_owned()), ..draft("c") };
    assert_eq!(code(vn.node.send("first", "SPF", answer(&of_th))), "unknown_message");
    assert_eq!(code(vn.node.send("first", "SPF", answer("0000"))), "unknown_message");
    let own = vn.node.send("first", "SPF", answer(&of_sg)).unwrap();
    assert_eq!(own.in_reply_to, Some(of_sg));
    let more = vn.node.send("first", "SPF", answer(&own.message)).unwrap();
    assert_eq!(more.in_reply_to, Some(own.message));
}

#[test]
fn a_sender_calls_back_his_own_and_nobody_elses() {
    let (mut all, _folder) = offices();
    let (ours, theirs) = (sent(&mut all, 0, 1, draft("a")), sent(&mut all, 1, 0, draft("b")));
    let [vn, sg, _] = &mut all;
    sg.node.read_message("first", &ours).unwrap();
    assert_eq!(code(vn.node.recall("first", &theirs)), "unknown_message");
    assert_eq!(code(sg.node.recall("first", &ours)), "unknown_message");
    vn.node.recall("first", &ours).unwrap();
    assert!(
        matches!(vn.newest(), (by, Event::MessageSent { kind, .. }) if by == "first" && kind == "erase")
    );
    assert_eq!(talk(vn, sg), []);
    assert_eq!(state(sg, &ours), "erased");
    assert_eq!(code(sg.node.read_message("first", &ours)), "no_content");
    assert_eq!(code(sg.node.message_files("first", &ours)), "no_content");
    assert_eq!(code(sg.node.handle_message("first", &ours, None)), "message_not_open");
    assert_eq!(code(sg.node.forward("first", &ours, "TH")), "no_content");
    assert_eq!(vn.node.read_message("first", &ours).unwrap().text, "a", "who sent it keeps it");
    assert_eq!(sg.node.read_message("first", &theirs).unwrap().text, "b");
}

#[test]
fn what_is_over_is_destroyed_and_the_log_says_so() {
    let (mut all, _folder) = offices();
    let until = |day: &str| {
        let mut draft = draft("a");
        draft.handling.retain_until = Some(day.to_owned());
        draft
    };
    // The world begins on 2027-01-15.
    let (soon, later) =
        (sent(&mut all, 0, 1, until("2027-01-20")), sent(&mut all, 0, 1, until("2027-01-21")));
    let ever = sent(&mut all, 0, 1, draft("b"));
    let [vn, sg, _] = &mut all;
    let (erased, days) = (|event: &Event| matches!(event, Event::MessageErased { .. }), 86_400);
    assert_eq!(code(sg.node.retention("audit")), "not_allowed");
    assert_eq!((sg.node.retention("first").unwrap().messages.len(), count(sg, erased)), (0, 0));
    sg.clock.advance(6 * days);
    let gone = sg.node.retention("first").unwrap().messages;
    assert_eq!(
        gone.iter().map(|one| (&*one.message, one.state)).collect::<Vec<_>>(),
        [(&*soon, "erased")]
    );
    let event = |message: &str| Event::MessageErased { message: message.to_owned() };
    assert_eq!(sg.newest(), ("first".to_owned(), event(&soon)));
    assert_eq!(code(sg.node.read_message("first", &soon)), "no_content");
    sg.clock.advance(days);
    sg.restart();
    // Nobody has to ask for it: the node looks by itself; nobody acts in its name.
    assert_eq!(code(sg.node.retention("node")), "unknown_user");
    sg.node.keep_times().unwrap();
    assert_eq!(sg.newest(), ("node".to_owned(), event(&later)));
    assert_eq!((state(sg, &later), state(sg, &ever)), ("erased", "accepted"));
    assert_eq!(sg.node.retention("first").unwrap().messages.len(), 0);
    vn.clock.advance(30 * days);
    assert_eq!(vn.node.retention("first").unwrap().messages.len(), 0, "what it sent is its own");
}
