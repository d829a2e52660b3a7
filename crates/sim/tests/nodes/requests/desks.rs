//! Desks: whose work a request is, and who sees it.

use node::event::UserRole;
use node::requests::Said;
use node::requests::desks::Level;
use node::requests::stage::Act;

use super::super::office::Office;
use super::super::{code, offices};
use super::{act, new, sent, settle, shown};

/// Singapore with four more officers, a central and a provincial desk, and a request that came.
fn house() -> ([Office; 3], tempfile::TempDir, String) {
    let (mut all, folder) = offices();
    let [vn, sg, _] = &mut all;
    for name in ["anh", "binh", "chi", "dung"] {
        sg.node.add_user("second", name, UserRole::Officer).unwrap();
    }
    sg.node.new_desk("second", "C1", Level::Central).unwrap();
    sg.node.new_desk("second", "P1", Level::Provincial).unwrap();
    let number = sent(vn, new("mla", "docs_records", "SPF"));
    settle(vn, sg);
    (all, folder, format!("A05/{number}"))
}

fn sees(office: &mut Office, who: &str, number: &str) -> bool {
    let listed = office.node.requests(who, Some(true)).unwrap().requests;
    let told = code(office.node.show_request(who, number));
    assert_eq!(listed.len() == 1, told == "done", "{who}");
    told == "done"
}

#[test]
fn what_comes_is_the_central_desks_and_goes_on_to_a_provincial_one() {
    let ([mut vn, mut sg, th], _folder, number) = house();
    drop(th);
    assert!(sees(&mut sg, "anh", &number), "nobody sits at a central desk: every officer's");
    sg.node.seat("second", "C1", "anh", true).unwrap();
    sg.node.seat("second", "P1", "binh", true).unwrap();
    assert!(sees(&mut sg, "anh", &number) && !sees(&mut sg, "binh", &number));
    assert!(!sees(&mut sg, "chi", &number) && sees(&mut sg, "second", &number));
    let given = sg.node.assign_request("anh", &number, "P1").unwrap();
    assert_eq!(given.assigned.as_deref(), Some("P1"));
    assert!(sees(&mut sg, "binh", &number) && !sees(&mut sg, "chi", &number));
    assert!(sees(&mut sg, "anh", &number), "who gave it on has his part in it");
    // Who comes to the desk later sees it, who leaves it and did nothing does not.
    sg.node.seat("second", "P1", "chi", true).unwrap();
    sg.node.seat("second", "P1", "dung", true).unwrap();
    sg.node.seat("second", "P1", "dung", false).unwrap();
    sg.restart();
    assert!(sees(&mut sg, "chi", &number) && !sees(&mut sg, "dung", &number));
    let of = |office: &Office, to: &str| {
        office.node.list_requests("chi", None, Some(to)).map(|told| told.requests.len())
    };
    assert_eq!((of(&sg, "P1").unwrap(), of(&sg, "C1").unwrap()), (1, 0));
    assert_eq!(code(of(&sg, "nowhere")), "unknown_user");
    assert_eq!(
        code(sg.node.act_on_request("chi", &number, Act::Accept, Said::default(), &[])),
        "done"
    );
    settle(&mut vn, &mut sg);
    let history = shown(&mut sg, &number).history;
    let told: Vec<_> = history.iter().map(|one| (one.what.as_str(), one.by.as_str())).collect();
    assert_eq!(told, [("came", "A05"), ("assigned", "anh"), ("accept", "chi")]);
    assert_eq!(history[1].ground.as_deref(), Some("P1"));
}

#[test]
fn a_desk_has_a_name_of_its_own_and_officers_alone() {
    let ([_, mut sg, _], _folder, number) = house();
    let made =
        |sg: &mut Office, by: &str, name: &str| code(sg.node.new_desk(by, name, Level::Central));
    assert_eq!(made(&mut sg, "first", "C2"), "not_allowed");
    assert_eq!(made(&mut sg, "second", "C1"), "desk_exists");
    assert_eq!(made(&mut sg, "second", "anh"), "desk_exists");
    for name in ["", "a b", "x\u{1b}", &"x".repeat(41)] {
        assert_eq!(made(&mut sg, "second", name), "bad_desk");
    }
    assert_eq!(code(sg.node.add_user("second", "C1", UserRole::Officer)), "user_exists");
    assert_eq!(code(sg.node.seat("second", "C9", "anh", true)), "unknown_desk");
    assert_eq!(code(sg.node.seat("second", "C1", "nobody", true)), "unknown_user");
    assert_eq!(code(sg.node.seat("second", "C1", "audit", true)), "unknown_user");
    assert_eq!(code(sg.node.seat("first", "C1", "anh", true)), "not_allowed");
    assert_eq!(code(sg.node.assign_request("second", &number, "C9")), "unknown_user");
    let before = sg.events().len();
    sg.node.seat("second", "C1", "anh", false).unwrap();
    assert_eq!(sg.events().len(), before, "who is not there does not leave");
}

#[test]
fn writing_a_draft_anew_leaves_it_whose_work_it_is() {
    let ([mut vn, _, _], _folder) = offices();
    vn.node.add_user("second", "anh", UserRole::Officer).unwrap();
    let number = super::whole(&mut vn, new("mla", "docs_records", "SPF")).request;
    vn.node.assign_request("first", &number, "anh").unwrap();
    vn.node.set_request("first", &number, &super::set(&["facts=other facts"]), &[]).unwrap();
    assert_eq!(code(vn.node.show_request("anh", &number)), "done");
    assert_eq!(act(&mut vn, &number, Act::Withdraw, Said::default()), "done");
}
