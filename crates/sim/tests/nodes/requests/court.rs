//! Requests as a court, a hostile partner and a careless officer see them: steps that cross, late
//! steps, second approvals, who looks into which message.

use std::path::PathBuf;

use node::event::UserRole;
use node::port::record::Wanted;
use node::requests::stage::Act;
use node::requests::{Change, NewRequest, Said};

use super::super::office::Office;
use super::super::{code, offices, talk};
use super::{DAY, act, file, later, new, said, sent, settle, shown, stages, whole};

/// An urgent request with one approval, at both sides.
fn urgent(vn: &mut Office, sg: &mut Office) -> String {
    let number =
        whole(vn, NewRequest { is_urgent: true, ..new("preservation", "preserve", "SPF") }).request;
    vn.node.approve_request("second", &number).unwrap();
    vn.node.send_request("first", &number).unwrap();
    settle(vn, sg);
    number
}

#[test]
fn no_other_command_approves() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = urgent(&mut vn, &mut sg);
    for step in [Act::Approve, Act::Reject] {
        assert_eq!(act(&mut vn, &number, step, Said::default()), "request_stage");
        let theirs = format!("A05/{number}");
        assert_eq!(act(&mut sg, &theirs, step, Said::default()), "request_stage");
    }
    assert!(shown(&mut vn, &number).needs_second);
}

#[test]
fn the_second_approval_is_owed_whatever_became_of_the_request() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = urgent(&mut vn, &mut sg);
    let theirs = format!("A05/{number}");
    let refused = Said { ground: Some("form".to_owned()), ..said("no signature") };
    assert_eq!(act(&mut sg, &theirs, Act::Refuse, refused), "done");
    assert_eq!(stages(&mut vn, &mut sg, &number), ["refused"; 2]);
    assert!(shown(&mut vn, &number).needs_second);
    assert!(shown(&mut vn, &number).deadlines.iter().any(|one| one.what == "second_approval"));
    assert_eq!(code(vn.node.approve_request("third", &number)), "done");
    assert_eq!(stages(&mut vn, &mut sg, &number), ["refused"; 2]);
    for (office, number) in [(&mut vn, &number), (&mut sg, &theirs)] {
        let told = shown(office, number);
        assert!(!told.needs_second && told.deadlines.is_empty());
        let names: Vec<&str> = told.approvals.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["second", "third"], "both sides see who approved");
    }
}

#[test]
fn an_answer_that_crosses_the_withdrawal_is_not_lost() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = sent(&mut vn, new("mla", "docs_records", "SPF"));
    settle(&mut vn, &mut sg);
    let theirs = format!("A05/{number}");
    assert_eq!(act(&mut sg, &theirs, Act::Answer, said("the account is Tan's")), "done");
    assert_eq!(act(&mut vn, &number, Act::Withdraw, said("the case is over")), "done");
    assert_eq!(stages(&mut vn, &mut sg, &number), ["answered"; 2]);
    let last = shown(&mut vn, &number).history.pop().unwrap();
    assert_eq!(last.text.as_deref(), Some("the account is Tan's"));
}

#[test]
fn what_is_supplied_while_the_other_side_goes_on_reaches_it() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = sent(&mut vn, new("mla", "docs_records", "SPF"));
    settle(&mut vn, &mut sg);
    let theirs = format!("A05/{number}");
    assert_eq!(act(&mut sg, &theirs, Act::AskMore, said("which branch?")), "done");
    settle(&mut vn, &mut sg);
    assert_eq!(act(&mut sg, &theirs, Act::Accept, Said::default()), "done");
    assert_eq!(act(&mut vn, &number, Act::Answer, said("Bukit Timah")), "done");
    assert_eq!(stages(&mut vn, &mut sg, &number), ["accepted"; 2]);
    let last = shown(&mut sg, &theirs).history.pop().unwrap();
    assert_eq!((last.what.as_str(), last.text.as_deref()), ("supply", Some("Bukit Timah")));
}

#[test]
fn a_reply_to_a_closed_request_is_told_to_who_sent_it() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = sent(&mut vn, new("mla", "docs_records", "SPF"));
    settle(&mut vn, &mut sg);
    let theirs = format!("A05/{number}");
    assert_eq!(act(&mut sg, &theirs, Act::Answer, said("found")), "done");
    assert_eq!(stages(&mut vn, &mut sg, &number), ["answered"; 2]);
    assert_eq!(act(&mut vn, &number, Act::Close, Said::default()), "done");
    assert_eq!(act(&mut sg, &theirs, Act::Answer, said("and more")), "done");
    assert_eq!(stages(&mut vn, &mut sg, &number), ["closed", "answered"]);
    settle(&mut vn, &mut sg);
    let history = shown(&mut sg, &theirs).history;
    let not_taken: Vec<_> = history.iter().map(|one| one.not_taken.as_deref()).collect();
    assert_eq!(not_taken, [None, None, Some("request_step_late")]);
    assert_eq!(shown(&mut vn, &number).history.pop().unwrap().what, "close");
}

#[test]
fn a_message_of_a_request_is_for_those_who_need_to_know_it() {
    let ([mut vn, mut sg, _], _folder) = offices();
    for office in [&mut vn, &mut sg] {
        office.node.add_user("second", "fourth", UserRole::Officer).unwrap();
    }
    let number = whole(&mut vn, new("mla", "docs_records", "SPF")).request;
    let warrant = file("warrant.pdf", "signed by the judge");
    vn.node.set_request("first", &number, &Change::default(), &[&warrant]).unwrap();
    vn.node.approve_request("second", &number).unwrap();
    vn.node.approve_request("third", &number).unwrap();
    let told = vn.node.send_request("first", &number).unwrap();
    let message = told.history.last().unwrap().message.clone().unwrap();
    settle(&mut vn, &mut sg);
    sg.node.assign_request("second", &format!("A05/{number}"), "first").unwrap();
    for office in [&mut vn, &mut sg] {
        let node = &mut office.node;
        assert_eq!(code(node.read_message("fourth", &message)), "need_to_know");
        assert_eq!(code(node.message_files("fourth", &message)), "need_to_know");
        assert_eq!(
            code(node.show_to_court("fourth", std::slice::from_ref(&message))),
            "need_to_know"
        );
        assert_eq!(code(node.handle_message("fourth", &message, None)), "need_to_know");
        assert_eq!(node.message_files("first", &message).unwrap().len(), 1);
        assert_eq!(node.message_files("second", &message).unwrap().len(), 1);
    }
    assert_eq!(code(vn.node.recall("fourth", &message)), "need_to_know");
    assert!(!shown(&mut sg, &format!("A05/{number}")).erased);
}

#[test]
fn a_request_that_somebody_opened_first_comes_to_the_desk_all_the_same() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = sent(&mut vn, new("mla", "docs_records", "SPF"));
    let told = shown(&mut vn, &number);
    let message = told.history.last().unwrap().message.clone().unwrap();
    assert_eq!(talk(&vn, &sg), []);
    assert_eq!(code(sg.node.read_message("first", &message)), "need_to_know", "on no desk yet");
    sg.node.read_message("second", &message).unwrap();
    assert_eq!(code(sg.node.handle_message("second", &message, None)), "message_not_open");
    sg.node.request_turn().unwrap();
    assert_eq!(shown(&mut sg, &format!("A05/{number}")).state, "received");
}

#[test]
fn only_a_formal_request_to_the_same_country_keeps_a_fast_one() {
    let ([mut vn, mut sg, mut th], _folder) = offices();
    let number = sent(&mut vn, new("freeze", "stop_payment", "SPF"));
    settle(&mut vn, &mut sg);
    let lapses = |vn: &mut Office| {
        let told = shown(vn, &number);
        told.deadlines.iter().any(|one| one.what == "lapses_without_formal")
    };
    let follow = |vn: &mut Office, one: NewRequest| {
        sent(vn, NewRequest { follows: Some(number.clone()), ..one });
    };
    follow(&mut vn, new("information", "police_info", "SPF"));
    follow(&mut vn, new("mla", "docs_records", "CCIB"));
    assert!(lapses(&mut vn));
    follow(&mut vn, new("mla", "confiscate", "SPF"));
    assert!(!lapses(&mut vn));
    settle(&mut vn, &mut th);
    // A partner's number means nothing to a third agency, nor to the partner's own clock here.
    let theirs =
        NewRequest { follows: Some(format!("A05/{number}")), ..new("mla", "docs_records", "A05") };
    let refused = sg.node.new_request("first", theirs, &Change::default(), &[]);
    assert_eq!(code(refused), "request_not_own");
}

#[test]
fn a_term_is_said_where_there_is_one_and_prolonged_by_its_usual_time() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = whole(&mut vn, new("preservation", "preserve", "SPF")).request;
    vn.node.set_request("first", &number, &super::set(&["period=sixty days"]), &[]).unwrap();
    vn.node.approve_request("second", &number).unwrap();
    vn.node.approve_request("third", &number).unwrap();
    vn.node.send_request("first", &number).unwrap();
    settle(&mut vn, &mut sg);
    let theirs = format!("A05/{number}");
    let until = Said { until: Some("2099-01-01".to_owned()), ..Said::default() };
    assert_eq!(act(&mut sg, &theirs, Act::Acknowledge, until), "bad_handling_word");
    assert_eq!(act(&mut sg, &theirs, Act::AskMore, said("which server?")), "done");
    settle(&mut vn, &mut sg);
    // Prolonged while something is asked: both sides hold to the same day.
    assert_eq!(act(&mut vn, &number, Act::Renew, Said::default()), "done");
    settle(&mut vn, &mut sg);
    for (office, number) in [(&mut vn, &number), (&mut sg, &theirs)] {
        let told = shown(office, number);
        let kept = told.deadlines.iter().find(|one| one.what == "preserved_until").unwrap();
        assert_eq!(kept.due.seconds() / DAY, later(office, 120).seconds() / DAY);
    }
}

#[test]
fn a_request_that_is_full_of_numbers_keeps_nobody_waiting() {
    let ([mut vn, _, _], _folder) = offices();
    let mut numbers: Vec<String> = Vec::new();
    for first in [1_000_000, 2_000_000] {
        let number = whole(&mut vn, new("mla", "docs_records", "SPF")).request;
        let texts = ["facts", "offence", "purpose"].iter().zip(0..);
        let set = texts.map(|(id, part)| {
            let from = first + part * 10_000;
            let words: Vec<String> = (from..from + 10_000).map(|n| n.to_string()).collect();
            format!("{id}={}", words.join(" "))
        });
        let change = Change { set: set.collect(), ..Change::default() };
        numbers.push(vn.node.set_request("first", &number, &change, &[]).unwrap().request);
    }
    assert_eq!(shown(&mut vn, &numbers[0]).state, "draft");
}

/// The files of the log, as they lie there.
fn log(office: &Office) -> Vec<(PathBuf, Option<Vec<u8>>)> {
    let names = ["node.db", "node.db-wal", "node.db-shm", "node.db-journal"];
    let paths = names.map(|name| office.home().join(name));
    paths.into_iter().map(|path| (path.clone(), std::fs::read(path).ok())).collect()
}

#[test]
fn a_request_whose_sender_was_stopped_before_it_wrote_that_down_leaves_once() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = whole(&mut vn, new("mla", "docs_records", "SPF")).request;
    vn.node.approve_request("second", &number).unwrap();
    vn.node.approve_request("third", &number).unwrap();
    let before = log(&vn);
    vn.node.send_request("first", &number).unwrap();
    for (path, bytes) in before {
        let _ = std::fs::remove_file(&path);
        if let Some(bytes) = bytes {
            std::fs::write(path, bytes).unwrap();
        }
    }
    vn.restart();
    assert_eq!(shown(&mut vn, &number).state, "approved");
    assert_eq!(vn.node.send_request("first", &number).unwrap().state, "sent");
    let (from, kind) = (Some(vn.id()), Some("request"));
    let wanted = Wanted { from, kind, most: 10, ..Wanted::default() };
    assert_eq!(vn.exchange().messages(&wanted).unwrap().len(), 1);
    settle(&mut vn, &mut sg);
    assert_eq!(act(&mut sg, &format!("A05/{number}"), Act::Answer, said("yes")), "done");
    settle(&mut vn, &mut sg);
    assert_eq!(shown(&mut vn, &number).state, "answered");
    let messages = vn.node.messages_of_request("second", &number).unwrap();
    assert_eq!(messages.len(), 2, "the request and its answer, for a court");
}
