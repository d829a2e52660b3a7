//! The desk: the urgent way, the clock, who needs to know, the same request through another
//! channel, and what a hit opens.

use node::event::UserRole;
use node::matching::Purpose;
use node::requests::stage::Act;
use node::requests::{Change, NewRequest, Said};
use tempfile::TempDir;

use super::super::office::Office;
use super::super::{code, offices};
use super::{DAY, act, later, new, said, sent, set, settle, shown, stages, whole};

fn urgent(kind: &str, measure: &str) -> NewRequest {
    NewRequest { is_urgent: true, ..new(kind, measure, "SPF") }
}

#[test]
fn an_urgent_request_goes_with_one_approval_and_says_so() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = whole(&mut vn, urgent("preservation", "preserve")).request;
    assert_eq!(code(vn.node.send_request("first", &number)), "needs_approval");
    vn.node.approve_request("second", &number).unwrap();
    assert_eq!(code(vn.node.send_request("first", &number)), "done");
    settle(&mut vn, &mut sg);
    let theirs = format!("A05/{number}");
    for (office, number) in [(&mut vn, &number), (&mut sg, &theirs)] {
        let told = shown(office, number);
        assert!(told.needs_second && told.is_urgent);
        assert!(told.deadlines.iter().any(|one| one.what == "second_approval"));
    }
    // A day later it is overdue at both, and still not approved by the same officer.
    vn.clock.advance(DAY + 1);
    let told = shown(&mut vn, &number);
    let second = told.deadlines.iter().find(|one| one.what == "second_approval").unwrap();
    assert_eq!(second.state, "over");
    assert!(vn.node.requests("second", None).unwrap().requests[0].is_overdue);
    assert_eq!(code(vn.node.approve_request("second", &number)), "approved_already");
    assert_eq!(code(vn.node.approve_request("third", &number)), "done");
    settle(&mut vn, &mut sg);
    assert!(!shown(&mut vn, &number).needs_second && !shown(&mut sg, &theirs).needs_second);
    assert_eq!(code(vn.node.approve_request("third", &number)), "approved_already");
}

#[test]
fn what_is_preserved_ends_and_is_prolonged_in_time() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = whole(&mut vn, new("preservation", "preserve", "SPF")).request;
    vn.node.set_request("first", &number, &set(&["period=sixty days"]), &[]).unwrap();
    vn.node.approve_request("second", &number).unwrap();
    vn.node.approve_request("third", &number).unwrap();
    vn.node.send_request("first", &number).unwrap();
    settle(&mut vn, &mut sg);
    assert_eq!(act(&mut sg, &format!("A05/{number}"), Act::Accept, Said::default()), "done");
    settle(&mut vn, &mut sg);
    let kept = |office: &mut Office| {
        let all = shown(office, &number).deadlines;
        let kept = all.into_iter().find(|one| one.what == "preserved_until").unwrap();
        (kept.due, kept.state)
    };
    assert_eq!(kept(&mut vn), (later(&vn, 60), "running"));
    vn.clock.advance(50 * DAY);
    assert_eq!(kept(&mut vn).1, "near");
    let over = Said { until: Some("2020-01-01".to_owned()), ..Said::default() };
    assert_eq!(act(&mut vn, &number, Act::Renew, over), "bad_handling_word");
    let until = later(&vn, 30);
    let renewed = Said { until: Some(until.to_string()), ..said("the letter of request is sent") };
    assert_eq!(act(&mut vn, &number, Act::Renew, renewed), "done");
    assert_eq!(kept(&mut vn), (until, "running"));
    vn.clock.advance(31 * DAY);
    assert_eq!(kept(&mut vn).1, "over");
    sg.clock.advance(81 * DAY);
    assert_eq!(act(&mut vn, &number, Act::Release, Said::default()), "done");
    assert_eq!(stages(&mut vn, &mut sg, &number), ["released"; 2]);
}

#[test]
fn a_fast_request_lapses_unless_the_formal_one_follows() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = sent(&mut vn, new("freeze", "stop_payment", "SPF"));
    settle(&mut vn, &mut sg);
    let lapses = |office: &mut Office| {
        let told = shown(office, &number);
        (told.state, told.deadlines.iter().any(|one| one.what == "lapses_without_formal"))
    };
    assert_eq!(lapses(&mut vn), ("sent", true));
    vn.clock.advance(31 * DAY);
    assert_eq!(lapses(&mut vn).0, "lapsed");
    let formal = NewRequest { follows: Some(number.clone()), ..new("freeze", "freeze", "SPF") };
    sent(&mut vn, formal);
    assert_eq!(lapses(&mut vn), ("sent", false));
}

#[test]
fn an_officer_sees_what_he_works_on() {
    let ([mut vn, mut sg, _], _folder) = offices();
    vn.node.add_user("second", "fourth", UserRole::Officer).unwrap();
    sg.node.add_user("second", "fourth", UserRole::Officer).unwrap();
    let number = sent(&mut vn, new("mla", "docs_records", "SPF"));
    assert_eq!(code(vn.node.show_request("fourth", &number)), "need_to_know");
    assert!(vn.node.requests("fourth", None).unwrap().requests.is_empty());
    settle(&mut vn, &mut sg);
    let theirs = format!("A05/{number}");
    assert_eq!(code(sg.node.show_request("fourth", &theirs)), "done", "it is nobody's yet");
    assert_eq!(code(sg.node.assign_request("second", &theirs, "fifth")), "unknown_user");
    assert_eq!(code(sg.node.assign_request("second", &theirs, "audit")), "unknown_user");
    assert_eq!(code(sg.node.assign_request("second", &theirs, "fourth")), "done");
    assert_eq!(code(sg.node.show_request("first", &theirs)), "need_to_know");
    assert_eq!(code(sg.node.show_request("fourth", &theirs)), "done");
    assert_eq!(code(sg.node.show_request("second", &theirs)), "done");
    assert_eq!(code(sg.node.show_request("admin", &theirs)), "need_to_know");
}

#[test]
fn the_same_request_through_another_channel_is_found() {
    let folder: TempDir = tempfile::tempdir().unwrap();
    let mut all = vec![
        Office::new(1, "A05", "VN", &folder.path().join("vn")),
        Office::new(2, "SPF", "SG", &folder.path().join("sg")),
        Office::new(3, "VKSNDTC", "VN", &folder.path().join("vks")),
    ];
    super::super::meet(&mut all, 0, 1);
    super::super::meet(&mut all, 2, 1);
    let [mut police, mut sg, mut prosecutors] = <[Office; 3]>::try_from(all).ok().unwrap();
    let first = sent(&mut police, new("mla", "docs_records", "SPF"));
    settle(&mut police, &mut sg);
    let second = sent(&mut prosecutors, new("mla", "docs_records", "SPF"));
    settle(&mut prosecutors, &mut sg);
    assert_eq!(first, second, "each agency numbers its own");
    let told = shown(&mut sg, &format!("VKSNDTC/{second}"));
    let same = told.warnings.iter().find(|one| one.code == "same_request").unwrap();
    assert_eq!(same.value, format!("A05/{first}"));
    // The bare number means either.
    assert_eq!(code(sg.node.show_request("first", &first)), "ambiguous_request");
}

#[test]
fn a_hit_opens_a_request_by_which_the_partner_finds_its_case() {
    let ([mut vn, mut sg, _], _folder) = offices();
    vn.import("C1,2026-01-02T10:00:00Z,A05,970436,0123456789,5000000,VND,+84912345678,");
    sg.import("S1,2026-01-02T10:00:00Z,SPF,DBSSSGSG,555000111,900,SGD,+84912345678,");
    vn.node.begin_match("first", sg.id(), &Purpose::default()).unwrap();
    super::super::matching::settle(&mut vn, &mut sg);
    let hit = vn.node.hits("first", None).unwrap().hits.remove(0);
    let asked =
        NewRequest { hit: Some(hit.id.clone()), ..new("information", "police_info", "SPF") };
    let wrong = NewRequest { to: "CCIB".to_owned(), ..asked.clone() };
    let refused = vn.node.new_request("first", wrong, &Change::default(), &[]);
    assert_eq!(code(refused), "unknown_hit");
    let number = whole(&mut vn, asked).request;
    let own = shown(&mut vn, &number);
    assert!(own.elements.iter().any(|one| one.text.contains("+84912345678")), "filled in");
    assert_eq!(own.handle.as_deref(), Some(hit.handle.as_str()));
    vn.node.approve_request("second", &number).unwrap();
    vn.node.send_request("first", &number).unwrap();
    settle(&mut vn, &mut sg);
    let theirs = shown(&mut sg, &format!("A05/{number}"));
    assert!(theirs.case.is_some_and(|case| case.starts_with("SG-C-")));
}

#[test]
fn what_a_log_could_not_keep_is_not_lost_and_goes_again() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = whole(&mut vn, new("mla", "docs_records", "SPF")).request;
    vn.node.approve_request("second", &number).unwrap();
    vn.node.approve_request("third", &number).unwrap();
    vn.is_full.store(true, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(code(vn.node.send_request("first", &number)), "system");
    vn.is_full.store(false, std::sync::atomic::Ordering::SeqCst);
    vn.restart();
    assert_eq!(shown(&mut vn, &number).state, "approved");
    vn.node.send_request("first", &number).unwrap();
    sg.restart();
    assert_eq!(stages(&mut vn, &mut sg, &number), ["sent", "received"]);
}
