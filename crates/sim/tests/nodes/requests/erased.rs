//! What a partner has had destroyed, or what its date of destruction ended: both sides tell it as
//! destroyed, nothing of it is left, and everything else goes on.

use node::messages::HandlingWords;
use node::requests::stage::Act;
use node::requests::{Change, NewRequest, Said};

use super::super::office::Office;
use super::super::{code, offices};
use super::{DAY, act, file, later, new, said, sent, settle, shown, walk, whole};

/// A text that stands nowhere else.
const SECRET: &str = "the informer Trần Văn Bí lives at account 970436/9998887776";

/// A request with the secret, sent to SPF with a day of destruction.
fn secret(vn: &mut Office, days: i64) -> String {
    let until: String = later(vn, days).to_string();
    let handling = HandlingWords { retain_until: Some(until), ..HandlingWords::default() };
    let number = whole(vn, NewRequest { handling, ..new("mla", "docs_records", "SPF") }).request;
    let change = Change { set: vec![format!("facts={SECRET}")], ..Change::default() };
    vn.node.set_request("first", &number, &change, &[&file("a.pdf", SECRET)]).unwrap();
    vn.node.approve_request("second", &number).unwrap();
    vn.node.approve_request("third", &number).unwrap();
    vn.node.send_request("first", &number).unwrap();
    number
}

/// Whether the secret stands anywhere in a home as it is.
fn holds_secret(office: &Office) -> bool {
    walk(office.home()).iter().any(|path| {
        let bytes = std::fs::read(path).unwrap();
        bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes())
    })
}

fn finds(office: &mut Office) -> bool {
    let found = office.node.find("first", "970436/9998887776").unwrap();
    found.places.iter().any(|place| place.what == "request")
}

#[test]
fn a_partners_texts_lie_sealed_and_end_with_their_day() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = secret(&mut vn, 30);
    settle(&mut vn, &mut sg);
    let theirs = format!("A05/{number}");
    assert!(shown(&mut sg, &theirs).elements.iter().any(|one| one.text == SECRET));
    assert!(finds(&mut sg) && finds(&mut vn));
    assert!(holds_secret(&vn) && !holds_secret(&sg), "a copy lies open at its receiver's");
    assert_eq!(act(&mut sg, &theirs, Act::Acknowledge, Said::default()), "done");
    sg.clock.advance(31 * DAY);
    assert_eq!(sg.node.retention("second").unwrap().messages.len(), 1);
    sg.restart();
    let told = shown(&mut sg, &theirs);
    assert!(told.erased && told.elements.is_empty() && told.handling.is_none());
    assert_eq!((told.state, told.history.len(), told.possible), ("acknowledged", 2, vec!["close"]));
    let listed = sg.node.requests("second", None).unwrap().requests;
    assert!(listed[0].erased);
    assert!(!finds(&mut sg) && finds(&mut vn), "its sender keeps what is his");
    for step in [Act::Accept, Act::Answer] {
        assert_eq!(act(&mut sg, &theirs, step, said("…")), "request_erased");
    }
    assert_eq!(code(sg.node.check_request("first", &theirs)), "request_erased");
    assert_eq!(sg.node.check_files().unwrap().iter().filter(|(_, bad)| bad.is_some()).count(), 0);
    // Steps of the side that asked are taken still, and it may be put aside.
    assert_eq!(act(&mut vn, &number, Act::Withdraw, Said::default()), "done");
    vn.clock.advance(31 * DAY);
    settle(&mut vn, &mut sg);
    assert_eq!(shown(&mut sg, &theirs).state, "withdrawn");
    assert_eq!(act(&mut sg, &theirs, Act::Close, Said::default()), "done");
}

#[test]
fn what_its_sender_takes_back_is_gone_and_compared_with_nothing() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let first = sent(&mut vn, new("mla", "docs_records", "SPF"));
    settle(&mut vn, &mut sg);
    let message = shown(&mut vn, &first).history.last().unwrap().message.clone().unwrap();
    let second = sent(&mut vn, new("mla", "docs_records", "SPF"));
    settle(&mut vn, &mut sg);
    let warned = |office: &mut Office, number: &str| {
        let told = shown(office, &format!("A05/{number}"));
        told.warnings.iter().any(|one| one.code == "same_request")
    };
    assert!(warned(&mut sg, &second));
    vn.node.recall("first", &message).unwrap();
    settle(&mut vn, &mut sg);
    assert!(shown(&mut sg, &format!("A05/{first}")).erased && !warned(&mut sg, &second));
    assert!(!shown(&mut vn, &first).erased);
    // Nobody is there who could say more of it: it is put aside, open as it was.
    assert_eq!(act(&mut sg, &format!("A05/{first}"), Act::Close, Said::default()), "done");
    assert_eq!(shown(&mut sg, &format!("A05/{first}")).state, "closed");
    assert_eq!(
        act(&mut sg, &format!("A05/{second}"), Act::Close, Said::default()),
        "request_stage"
    );
}

#[test]
fn an_answer_that_is_taken_back_leaves_its_step_and_no_word() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = sent(&mut vn, new("disclosure", "subscriber", "SPF"));
    settle(&mut vn, &mut sg);
    let theirs = format!("A05/{number}");
    let rows = file("names.csv", SECRET);
    let told = sg.node.act_on_request("first", &theirs, Act::Answer, said(SECRET), &[&rows]);
    let message = told.unwrap().history.last().unwrap().message.clone().unwrap();
    settle(&mut vn, &mut sg);
    let last = |office: &mut Office| shown(office, &number).history.pop().unwrap();
    assert_eq!(last(&mut vn).text.as_deref(), Some(SECRET));
    sg.node.recall("first", &message).unwrap();
    settle(&mut vn, &mut sg);
    let told = last(&mut vn);
    assert!(told.erased && told.text.is_none() && told.attachments.is_empty());
    assert_eq!((told.what.as_str(), shown(&mut vn, &number).state), ("answer", "answered"));
    let merged = vn.node.merge_request("first", &number, None, i18n::Language::En);
    assert_eq!(code(merged), "nothing_to_merge");
}
