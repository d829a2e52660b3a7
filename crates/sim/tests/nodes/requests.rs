//! Requests between whole nodes: nothing incomplete or unapproved leaves, both sides see one state,
//! and what a hostile partner sends lies on nobody's desk.

mod court;
mod desk;
mod desks;
mod erased;
mod given;
mod hostile;
mod paper;

use model::time::Timestamp;
use node::answer::{RequestAnswer, RequestChecked};
use node::port::Text;
use node::requests::stage::Act;
use node::requests::{Change, NewRequest, Said};

use super::office::Office;
use super::{code, offices, talk};

const DAY: i64 = 86_400;

/// A request of a kind, to a partner or a country.
fn new(kind: &str, measure: &str, to: &str) -> NewRequest {
    NewRequest {
        kind: kind.to_owned(),
        measure: measure.to_owned(),
        conduct: "computer_fraud".to_owned(),
        to: to.to_owned(),
        ..NewRequest::default()
    }
}

fn set(all: &[&str]) -> Change {
    Change { set: all.iter().map(|one| (*one).to_owned()).collect(), ..Change::default() }
}

fn said(text: &str) -> Said {
    Said { text: Some(text.to_owned()), ..Said::default() }
}

fn file(name: &str, text: &str) -> Text {
    Text { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

/// Begins a request and writes whatever is missing.
fn whole(office: &mut Office, new: NewRequest) -> RequestChecked {
    let begun = office.node.new_request("first", new, &Change::default(), &[]).unwrap();
    let texts: Vec<String> = begun
        .missing
        .iter()
        .map(|one| format!("{}=account 970436/0123456789 ({})", one.element, one.element))
        .collect();
    let change = Change { set: texts, ..Change::default() };
    let done = office.node.set_request("first", &begun.request, &change, &[]).unwrap();
    assert!(done.complete, "{:?}", done.missing);
    done
}

/// The same, approved by both supervisors and sent; its number.
fn sent(office: &mut Office, new: NewRequest) -> String {
    let number = whole(office, new).request;
    office.node.approve_request("second", &number).unwrap();
    let told = office.node.approve_request("third", &number);
    assert!(matches!(code(told), "done"));
    assert_eq!(office.node.send_request("first", &number).unwrap().state, "sent");
    number
}

/// Both talk, their files go along, and each does what lies in its inbox, until nothing does.
fn settle(one: &mut Office, other: &mut Office) {
    for _ in 0..10 {
        assert_eq!(talk(one, other), []);
        super::matching::carry_files(one, other);
        super::matching::carry_files(other, one);
        let dealt = one.node.request_turn().unwrap() + other.node.request_turn().unwrap();
        if dealt == 0 {
            return;
        }
    }
    panic!("they do not come to rest");
}

fn shown(office: &mut Office, number: &str) -> RequestAnswer {
    office.node.show_request("second", number).unwrap()
}

fn act(office: &mut Office, number: &str, act: Act, said: Said) -> &'static str {
    code(office.node.act_on_request("first", number, act, said, &[]))
}

/// The stage on both sides.
fn stages(vn: &mut Office, sg: &mut Office, number: &str) -> [&'static str; 2] {
    settle(vn, sg);
    [shown(vn, number).state, shown(sg, &format!("A05/{number}")).state]
}

fn later(office: &Office, days: i64) -> Timestamp {
    let now = node::port::Clock::now(&office.clock);
    Timestamp::from_seconds(now.seconds() + days * DAY).unwrap()
}

#[test]
fn nothing_incomplete_or_unapproved_leaves() {
    let ([mut vn, _, _], _folder) = offices();
    let node = &mut vn.node;
    let begun = node
        .new_request("first", new("preservation", "preserve", "SPF"), &Change::default(), &[])
        .unwrap();
    assert!(!begun.complete && !begun.missing.is_empty());
    let number = begun.request;
    assert!(number.starts_with("VN-20") && number.ends_with("-0001"));
    assert_eq!(code(node.send_request("first", &number)), "incomplete");
    assert_eq!(code(node.approve_request("second", &number)), "incomplete");
    // Each missing element by itself keeps it here.
    let ids: Vec<String> = begun.missing.iter().map(|one| one.element.clone()).collect();
    for left_out in &ids {
        let texts = ids.iter().map(|id| format!("{id}={}", if id == left_out { "" } else { "x" }));
        let change = Change { set: texts.collect(), ..Change::default() };
        let checked = node.set_request("first", &number, &change, &[]).unwrap();
        let missing: Vec<&str> = checked.missing.iter().map(|one| one.element.as_str()).collect();
        assert_eq!(missing, [left_out.as_str()]);
        assert_eq!(code(node.send_request("first", &number)), "incomplete");
    }
    let all = ids.iter().map(|id| format!("{id}=x")).collect();
    let change = Change { set: all, ..Change::default() };
    assert!(node.set_request("first", &number, &change, &[]).unwrap().complete);
    assert_eq!(code(node.send_request("first", &number)), "needs_approval");
    assert_eq!(code(node.approve_request("first", &number)), "not_allowed");
    assert_eq!(code(node.approve_request("second", &number)), "done");
    assert_eq!(code(node.approve_request("second", &number)), "approved_already");
    assert_eq!(code(node.send_request("first", &number)), "needs_approval");
    assert_eq!(code(node.approve_request("third", &number)), "done");
    assert_eq!(code(node.send_request("first", &number)), "done");
    assert_eq!(code(node.send_request("first", &number)), "request_sent");
    assert_eq!(code(node.set_request("first", &number, &set(&["facts=y"]), &[])), "request_sent");
}

#[test]
fn who_has_written_any_of_it_approves_none_of_it() {
    let ([mut vn, _, _], _folder) = offices();
    let number = whole(&mut vn, new("mla", "docs_records", "SPF")).request;
    let node = &mut vn.node;
    node.set_request("second", &number, &set(&["facts=other facts"]), &[]).unwrap();
    assert_eq!(code(node.approve_request("second", &number)), "own_draft");
    assert_eq!(code(node.approve_request("third", &number)), "done");
    assert_eq!(code(node.send_request("first", &number)), "needs_approval");
}

#[test]
fn a_change_takes_all_approvals_away() {
    let ([mut vn, _, _], _folder) = offices();
    let number = whole(&mut vn, new("mla", "docs_records", "SPF")).request;
    let node = &mut vn.node;
    node.approve_request("second", &number).unwrap();
    assert_eq!(node.approve_request("third", &number).unwrap().state, "approved");
    node.set_request("first", &number, &set(&["facts=other facts"]), &[]).unwrap();
    assert_eq!(code(node.send_request("first", &number)), "needs_approval");
}

#[test]
fn information_needs_one_approval_and_a_country_no_partner() {
    let ([mut vn, _, _], _folder) = offices();
    let number = whole(&mut vn, new("information", "police_info", "JP")).request;
    assert_eq!(code(vn.node.send_request("first", &number)), "needs_approval");
    assert_eq!(vn.node.approve_request("second", &number).unwrap().state, "approved");
    assert_eq!(code(vn.node.send_request("first", &number)), "no_partner");
    let unknown = new("information", "police_info", "Interpol");
    let refused = vn.node.new_request("first", unknown, &Change::default(), &[]);
    assert_eq!(code(refused), "unknown_partner");
}

#[test]
fn a_request_goes_its_whole_way_and_its_answer_becomes_facts() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = sent(&mut vn, new("mla", "docs_records", "SPF"));
    assert_eq!(stages(&mut vn, &mut sg, &number), ["sent", "received"]);
    let theirs = format!("A05/{number}");
    assert_eq!(act(&mut sg, &theirs, Act::Acknowledge, Said::default()), "done");
    assert_eq!(stages(&mut vn, &mut sg, &number), ["acknowledged"; 2]);
    assert_eq!(act(&mut sg, &theirs, Act::AskMore, Said::default()), "nothing_said");
    assert_eq!(act(&mut sg, &theirs, Act::AskMore, said("which branch?")), "done");
    assert_eq!(stages(&mut vn, &mut sg, &number), ["more_asked"; 2]);
    assert_eq!(act(&mut vn, &number, Act::Answer, said("Bukit Timah")), "done");
    assert_eq!(stages(&mut vn, &mut sg, &number), ["acknowledged"; 2]);
    assert_eq!(act(&mut sg, &theirs, Act::Accept, Said::default()), "done");
    assert_eq!(act(&mut sg, &theirs, Act::Execute, Said::default()), "done");
    let rows = file(
        "statement.csv",
        "tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency\n\
         T1,2026-01-02T11:00:00Z,970436,0123456789,DBSSSGSG,555000111,100.00,USD\n",
    );
    let told = sg.node.act_on_request("first", &theirs, Act::Answer, said("found"), &[&rows]);
    assert_eq!(code(told), "done");
    assert_eq!(stages(&mut vn, &mut sg, &number), ["answered"; 2]);
    let merged = vn.node.merge_request("first", &number, None, i18n::Language::En).unwrap();
    assert_eq!((merged.files.len(), merged.files[0].accepted), (1, 1));
    let again = vn.node.merge_request("first", &number, None, i18n::Language::En);
    assert_eq!(code(again), "nothing_to_merge");
    let found = vn.node.find("first", "DBSSSGSG/555000111").unwrap();
    let source = &found.places[0].source;
    assert!(source.contains(&number) && source.contains("TLP:AMBER"), "{source}");
    assert_eq!(act(&mut vn, &number, Act::Close, Said::default()), "done");
    assert_eq!(act(&mut sg, &theirs, Act::Close, Said::default()), "done");
    assert_eq!(act(&mut sg, &theirs, Act::Answer, said("late")), "request_closed");
    vn.restart();
    assert_eq!(stages(&mut vn, &mut sg, &number), ["closed"; 2]);
    let history = shown(&mut vn, &number).history;
    let whats: Vec<&str> = history.iter().map(|one| one.what.as_str()).collect();
    let way =
        ["acknowledge", "ask-more", "supply", "accept", "execute", "answer", "merged", "close"];
    assert!(whats.ends_with(&way), "{whats:?}");
}

#[test]
fn an_answer_at_once_records_what_it_skipped() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = sent(&mut vn, new("disclosure", "subscriber", "SPF"));
    settle(&mut vn, &mut sg);
    assert_eq!(act(&mut sg, &format!("A05/{number}"), Act::Answer, said("nothing")), "done");
    assert_eq!(stages(&mut vn, &mut sg, &number), ["answered"; 2]);
    for office in [&mut vn, &mut sg] {
        let shown_number =
            if office.name == "A05" { number.clone() } else { format!("A05/{number}") };
        let answer = shown(office, &shown_number).history.pop().unwrap();
        assert_eq!(answer.skipped, ["acknowledge", "accept", "execute"]);
    }
}

#[test]
fn a_refusal_has_a_ground_that_the_law_knows_and_does_not_forbid() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = sent(&mut vn, new("mla", "docs_records", "SPF"));
    settle(&mut vn, &mut sg);
    let theirs = format!("A05/{number}");
    let refuse = |ground: Option<&str>, text: Option<&str>| Said {
        ground: ground.map(str::to_owned),
        text: text.map(str::to_owned),
        ..Said::default()
    };
    assert_eq!(act(&mut sg, &theirs, Act::Refuse, refuse(None, Some("no"))), "no_ground");
    let unknown = refuse(Some("mood"), Some("no"));
    assert_eq!(act(&mut sg, &theirs, Act::Refuse, unknown), "unknown_ground");
    assert_eq!(act(&mut sg, &theirs, Act::Refuse, refuse(Some("form"), None)), "bad_reason");
    let secrecy = refuse(Some("bank_secrecy"), Some("our banks say nothing"));
    assert_eq!(act(&mut sg, &theirs, Act::Refuse, secrecy), "forbidden_ground");
    let form = refuse(Some("form"), Some("the charge is not named"));
    assert_eq!(act(&mut sg, &theirs, Act::Refuse, form), "done");
    assert_eq!(stages(&mut vn, &mut sg, &number), ["refused"; 2]);
    let last = shown(&mut vn, &number).history.pop().unwrap();
    assert_eq!((last.ground.as_deref(), last.by.as_str()), (Some("form"), "SPF"));
    // Corrected, it goes again under a number of its own.
    let again = NewRequest { follows: Some(number), ..new("mla", "docs_records", "SPF") };
    let again = sent(&mut vn, again);
    assert_eq!(stages(&mut vn, &mut sg, &again), ["sent", "received"]);
}

#[test]
fn a_file_that_is_not_what_was_approved_stops_all() {
    let ([mut vn, _, _], _folder) = offices();
    let warrant = file("warrant.pdf", "signed by the judge");
    let number = whole(&mut vn, new("mla", "docs_records", "SPF")).request;
    vn.node.set_request("first", &number, &Change::default(), &[&warrant]).unwrap();
    vn.node.approve_request("second", &number).unwrap();
    vn.node.approve_request("third", &number).unwrap();
    let digest = shown(&mut vn, &number).attachments[0].sha256.clone();
    change_file(&vn, &digest);
    assert_eq!(code(vn.node.send_request("first", &number)), "attachment_changed");
    assert_eq!(shown(&mut vn, &number).state, "approved");
    // Attached anew it is approved anew.
    vn.node.set_request("first", &number, &Change::default(), &[&warrant]).unwrap();
    assert_eq!(code(vn.node.send_request("first", &number)), "needs_approval");
}

/// Writes other bytes where a kept file lies.
fn change_file(office: &Office, digest: &str) {
    let mut changed = 0;
    for entry in walk(office.home()) {
        if entry.display().to_string().contains(digest) || entry.ends_with(&digest[2..]) {
            std::fs::write(&entry, "signed by nobody!!!").unwrap();
            changed += 1;
        }
    }
    assert_eq!(changed, 1, "the kept file was found");
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
