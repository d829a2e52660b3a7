//! Drafts that are dropped, and requests that go on paper to a country where nobody has a node.

use node::requests::Said;
use node::requests::stage::Act;

use super::super::office::Office;
use super::super::{code, offices};
use super::{DAY, act, file, new, said, sent, set, shown, whole};

fn on(paper: &str, day: Option<&str>, said: Said) -> Said {
    Said { paper: Some(paper.to_owned()), on: day.map(str::to_owned), ..said }
}

/// An approved request to Japan, where nobody has a node.
fn approved(vn: &mut Office) -> String {
    let number = whole(vn, new("mla", "docs_records", "JP")).request;
    vn.node.approve_request("second", &number).unwrap();
    vn.node.approve_request("third", &number).unwrap();
    number
}

#[test]
fn a_draft_is_dropped_and_its_history_stays() {
    let ([mut vn, sg, _], _folder) = offices();
    let number = whole(&mut vn, new("mla", "docs_records", "SPF")).request;
    vn.node.approve_request("second", &number).unwrap();
    assert_eq!(act(&mut vn, &number, Act::Withdraw, said("the victim was paid")), "done");
    let told = shown(&mut vn, &number);
    assert_eq!((told.state, told.possible.as_slice()), ("withdrawn", ["close"].as_slice()));
    let last = told.history.last().unwrap();
    let text = last.text.as_deref();
    assert_eq!((last.message.as_ref(), text), (None, Some("the victim was paid")));
    assert!(!told.needs_second, "what never left owes nothing");
    assert_eq!(code(vn.node.send_request("first", &number)), "request_sent");
    assert_eq!(code(vn.node.approve_request("third", &number)), "request_sent");
    assert_eq!(
        code(vn.node.set_request("first", &number, &set(&["facts=x"]), &[])),
        "request_sent"
    );
    assert_eq!(super::super::talk(&vn, &sg), []);
    assert!(sg.node.requests("second", None).unwrap().requests.is_empty(), "nothing has left");
    // Its number is not used again.
    let next = whole(&mut vn, new("mla", "docs_records", "SPF"));
    assert!(next.request != number && next.warnings.iter().all(|one| one.code != "same_request"));
}

#[test]
fn a_request_on_paper_goes_its_whole_way_as_its_papers_say() {
    let ([mut vn, _, _], _folder) = offices();
    let number = approved(&mut vn);
    assert_eq!(code(vn.node.send_request("first", &number)), "no_partner");
    let send = |vn: &mut Office, paper: &str, on: Option<&str>| {
        code(vn.node.send_on_paper("first", &number, paper, on))
    };
    for (paper, day) in [("", None), ("a\u{1b}b", None), ("1/A05", Some("2019-01-01"))] {
        assert_eq!(send(&mut vn, paper, day), "bad_paper", "{paper:?} {day:?}");
    }
    assert_eq!(send(&mut vn, "1/A05", Some("2099-01-01")), "bad_paper");
    assert_eq!(act(&mut vn, &number, Act::Acknowledge, Said::default()), "request_stage");
    assert_eq!(send(&mut vn, "1/A05", None), "done");
    assert_eq!(send(&mut vn, "1/A05", None), "request_sent");
    vn.clock.advance(10 * DAY);
    assert_eq!(act(&mut vn, &number, Act::Acknowledge, Said::default()), "paper_missing");
    let told = on("JP 77", None, Said::default());
    assert_eq!(act(&mut vn, &number, Act::Acknowledge, told), "done");
    let before = on("JP 78", Some("2020-01-01"), Said::default());
    assert_eq!(act(&mut vn, &number, Act::Accept, before), "bad_paper");
    let more = on("JP 79", None, said("which branch?"));
    assert_eq!(act(&mut vn, &number, Act::AskMore, more), "done");
    let supplied = on("2/A05", None, said("Shinjuku"));
    assert_eq!(act(&mut vn, &number, Act::Supply, supplied), "done");
    assert_eq!(shown(&mut vn, &number).state, "acknowledged");
    let scan = file("answer.pdf", "a scan of the answer");
    let answer = on("JP 80", None, said("the account is Tanaka's"));
    let told = vn.node.act_on_request("first", &number, Act::Answer, answer, &[&scan]).unwrap();
    assert_eq!((told.state, told.on_paper), ("answered", true));
    let last = told.history.last().unwrap();
    let paper = last.paper.as_ref().unwrap();
    assert_eq!(
        (last.by.as_str(), paper.reference.as_str(), paper.by.as_str()),
        ("JP", "JP 80", "first")
    );
    assert_eq!((last.message.as_ref(), last.attachments[0].name.as_str()), (None, "answer.pdf"));
    vn.restart();
    let listed = vn.node.requests("second", None).unwrap().requests;
    assert!(listed[0].on_paper && listed[0].state == "answered");
    // The scan is kept with the node's files, and in its backups.
    let kept = vn.node.originals();
    let digest = model::digest::Digest::of(b"a scan of the answer");
    assert_eq!(kept.get(&digest).map(String::as_str), Some("answer.pdf"));
    assert_eq!(act(&mut vn, &number, Act::Close, Said::default()), "done");
}

#[test]
fn a_refusal_on_paper_has_its_ground_and_is_written_down_as_it_was_said() {
    let ([mut vn, _, _], _folder) = offices();
    let number = approved(&mut vn);
    vn.node.send_on_paper("first", &number, "1/A05", None).unwrap();
    let refused = |ground: Option<&str>, text| Said {
        ground: ground.map(str::to_owned),
        ..on("JP 81", None, said(text))
    };
    assert_eq!(act(&mut vn, &number, Act::Refuse, refused(None, "no")), "no_ground");
    // Right or wrong by the treaty: Japan has said it.
    assert_eq!(
        act(&mut vn, &number, Act::Refuse, refused(Some("bank_secrecy"), "our banks")),
        "done"
    );
    let told = shown(&mut vn, &number);
    assert_eq!((told.state, told.history.last().unwrap().by.as_str()), ("refused", "JP"));
}

#[test]
fn what_has_a_node_goes_to_the_node() {
    let ([mut vn, _, _], _folder) = offices();
    let number = whole(&mut vn, new("mla", "docs_records", "SPF")).request;
    assert_eq!(code(vn.node.send_on_paper("first", &number, "1/A05", None)), "needs_approval");
    vn.node.approve_request("second", &number).unwrap();
    vn.node.approve_request("third", &number).unwrap();
    let refused = vn.node.send_on_paper("first", &number, "1/A05", None);
    assert_eq!(code(refused), "request_has_partner");
    let number = sent(&mut vn, new("mla", "docs_records", "SPF"));
    let paper = on("x", None, Said::default());
    assert_eq!(act(&mut vn, &number, Act::Withdraw, paper), "not_on_paper");
    assert_eq!(shown(&mut vn, &number).state, "sent");
}

#[test]
fn a_scan_that_was_changed_after_the_approval_stops_the_paper_too() {
    let ([mut vn, _, _], _folder) = offices();
    let number = whole(&mut vn, new("mla", "docs_records", "JP")).request;
    let warrant = file("warrant.pdf", "signed by the judge");
    vn.node.set_request("first", &number, &Default::default(), &[&warrant]).unwrap();
    vn.node.approve_request("second", &number).unwrap();
    vn.node.approve_request("third", &number).unwrap();
    let digest = shown(&mut vn, &number).attachments[0].sha256.clone();
    super::change_file(&vn, &digest);
    let refused = vn.node.send_on_paper("first", &number, "1/A05", None);
    assert_eq!(code(refused), "attachment_changed");
}
