//! MATCH between whole nodes: what is found, what is spent, and what a hostile partner is refused.

mod hostile;
mod opening;
mod scarce;

use std::sync::atomic::Ordering;

use model::digest::Digest;
use model::identifier::Kind;
use node::answer::RunAnswer;
use node::event::Event;
use node::matching::Purpose;
use node::matching::step::Step;

use super::office::Office;
use super::{code, offices, talk};

const DAY: i64 = 86_400;
/// Known to Viet Nam and to Singapore: the phone and the address, not the accounts.
const OURS: &str =
    "C1,2026-01-02T10:00:00Z,A05,970436,0123456789,5000000,VND,+84912345678,boss@evil.example";
const THEIRS: &str =
    "S1,2026-01-02T10:00:00Z,SPF,DBSSSGSG,555000111,900,SGD,+84912345678,BOSS@evil.example";

fn usual() -> Purpose {
    Purpose::default()
}

/// Sealed files go from one office to the other.
pub(crate) fn carry_files(from: &Office, to: &Office) {
    let (here, there) = (from.exchange(), to.exchange());
    for name in here.blobs_between(to.id()).unwrap().1 {
        let row = here.blob(name).unwrap();
        there.begin_blob(from.id(), name, row.sealed, row.pieces.clone()).unwrap();
        let theirs = there.blob(name).unwrap();
        let all: Vec<u64> = (0..row.pieces.len() as u64).collect();
        for number in &all {
            there.put_piece(&theirs, *number, &here.piece(&row, *number).unwrap()).unwrap();
        }
        there.keep_pieces(name, all).unwrap();
    }
}

/// Both talk and do what lies in their inboxes until nothing does.
pub(crate) fn settle(one: &mut Office, other: &mut Office) {
    for _ in 0..10 {
        assert_eq!(talk(one, other), []);
        carry_files(one, other);
        carry_files(other, one);
        let dealt = one.node.match_turn().unwrap() + other.node.match_turn().unwrap();
        if dealt == 0 {
            return;
        }
    }
    panic!("they do not come to rest");
}

/// Asks, and lets both come to rest.
pub(crate) fn matched(one: &mut Office, other: &mut Office) -> RunAnswer {
    one.node.begin_match("first", other.id(), &usual()).unwrap();
    settle(one, other);
    one.node.run(other.id(), &usual()).unwrap()
}

fn found(office: &mut Office) -> Vec<String> {
    let hits = office.node.hits("first", None).unwrap().hits;
    let mut found: Vec<_> =
        hits.iter().map(|hit| format!("{}:{} {}", hit.kind, hit.value, hit.state)).collect();
    found.sort();
    found
}

fn spent(office: &Office, kind: &str) -> u64 {
    let budgets = office.node.budgets("first", None).unwrap().budgets;
    budgets.iter().filter(|one| one.kind == kind).map(|one| one.used).sum()
}

/// How often an event of MATCH stands in the log.
fn count(office: &Office, fits: impl Fn(&Step) -> bool) -> usize {
    let events = office.events();
    let fits = |event: &Event| matches!(event, Event::Match { what, .. } if fits(what));
    events.iter().filter(|one| fits(&one.event)).count()
}

/// The sets that came, in their order.
fn sets(office: &Office) -> Vec<Digest> {
    let set = |event| match event {
        Event::Match { what: Step::SetCame { set, .. }, .. } => Some(set),
        _ => None,
    };
    office.events().into_iter().filter_map(|one| set(one.event)).collect()
}

/// Whether a set or a list lies on an office's shelf.
fn is_kept(office: &Office, name: &Digest) -> bool {
    office.home().join("sets").join(name.to_string()).exists()
}

const BOTH: [&str; 2] = ["email:boss@evil.example open", "phone:+84912345678 open"];

#[test]
fn the_asking_side_alone_learns_what_both_know() {
    let ([mut vn, mut sg, _], _folder) = offices();
    vn.import(OURS);
    sg.import(THEIRS);
    let run = matched(&mut vn, &mut sg);
    assert_eq!((run.state, run.queried, run.hits), ("done", 3, 2));
    assert_eq!(run.budget_left, Some(100_000 - 64));
    assert_eq!(found(&mut vn), BOTH);
    assert_eq!(found(&mut sg), Vec::<String>::new(), "nobody has told it");
    let hit = &vn.node.hits("first", Some("SPF")).unwrap().hits[0];
    assert!(hit.false_hit_probability < 1e-19 && hit.handle.len() == 16);
    // By the handle, once it is quoted, the other side finds its own case.
    let (identifier, cases) = sg.node.behind_handle(vn.id(), &hit.handle).unwrap().unwrap();
    assert_eq!(identifier.value(), hit.value);
    assert!(cases.iter().all(|case| case.starts_with("SG-C-")) && cases.len() == 1);
    assert!(sg.node.behind_handle(vn.id(), "0000000000000000").unwrap().is_none());
}

#[test]
fn handles_of_one_partner_mean_nothing_to_another() {
    let ([mut vn, mut sg, mut th], _folder) = offices();
    vn.import(OURS);
    th.import(OURS);
    sg.import(THEIRS);
    matched(&mut vn, &mut sg);
    matched(&mut th, &mut sg);
    let handles = |office: &mut Office| {
        let hits = office.node.hits("first", None).unwrap().hits;
        hits.into_iter().map(|hit| hit.handle).collect::<std::collections::BTreeSet<_>>()
    };
    let (ours, theirs) = (handles(&mut vn), handles(&mut th));
    assert_eq!((ours.len(), theirs.len()), (2, 2));
    assert!(ours.is_disjoint(&theirs));
}

#[test]
fn what_was_asked_once_is_not_asked_again_and_new_sets_are_looked_at() {
    let ([mut vn, mut sg, _], _folder) = offices();
    vn.import(OURS);
    sg.import("S9,2026-01-02T10:00:00Z,SPF,DBSSSGSG,555000999,900,SGD,+6591234567,");
    assert_eq!(matched(&mut vn, &mut sg).hits, 0);
    let before = spent(&sg, "phone");
    sg.import(THEIRS);
    // The same day nothing is published.
    assert_eq!(matched(&mut vn, &mut sg).hits, 0);
    for office in [&vn, &sg] {
        office.clock.advance(2 * DAY);
    }
    let run = matched(&mut vn, &mut sg);
    assert_eq!((run.state, run.hits), ("done", 2));
    assert_eq!(spent(&sg, "phone"), before, "outputs are kept");
    assert_eq!(count(&sg, |step| matches!(step, Step::Published { is_delta: true, .. })), 1);
}

#[test]
fn after_a_week_a_whole_set_takes_the_place_of_all_before() {
    let ([mut vn, mut sg, _], _folder) = offices();
    vn.import(OURS);
    sg.import(THEIRS);
    matched(&mut vn, &mut sg);
    for office in [&vn, &sg] {
        office.clock.advance(8 * DAY);
    }
    let run = matched(&mut vn, &mut sg);
    assert_eq!((run.state, run.hits), ("done", 2));
    assert_eq!(found(&mut vn), BOTH, "the same hits, not new ones");
    let bases = count(&sg, |step| matches!(step, Step::Published { is_delta: false, .. }));
    assert_eq!(bases, 2);
    let kept: Vec<bool> = sets(&vn).iter().map(|set| is_kept(&vn, set)).collect();
    assert_eq!(kept, [false, true], "of no use any more");
}

#[test]
fn a_new_epoch_has_new_keys_and_is_asked_anew() {
    let ([mut vn, mut sg, _], _folder) = offices();
    vn.import(OURS);
    sg.import(THEIRS);
    matched(&mut vn, &mut sg);
    let before = vn.node.hits("first", None).unwrap().hits[0].handle.clone();
    for office in [&mut vn, &mut sg] {
        office.keys.renew(sim::world::day(0, 0), sim::world::day(400, 0), false);
        office.card();
    }
    talk(&vn, &sg);
    for office in [&vn, &sg] {
        office.clock.advance(181 * DAY);
    }
    let run = matched(&mut vn, &mut sg);
    assert_eq!((run.state, run.queried), ("done", 3));
    assert!(sg.node.behind_handle(vn.id(), &before).unwrap().is_none(), "the old key is gone");
    assert_eq!(count(&sg, |step| matches!(step, Step::Published { epoch: 2, .. })), 1);
}

#[test]
fn a_spent_budget_stops_hard_and_two_officers_raise_it() {
    let ([mut vn, mut sg, _], _folder) = offices();
    vn.import(OURS);
    sg.import(THEIRS);
    let raise = |sg: &mut Office, officers, limit| {
        sg.node.set_budget(officers, "A05", "online-fraud", Some(Kind::Phone), limit)
    };
    assert_eq!(code(raise(&mut sg, ["first", "first"], 10)), "one_officer");
    raise(&mut sg, ["first", "second"], 63).unwrap();
    let run = matched(&mut vn, &mut sg);
    assert_eq!((run.state, run.code.as_deref()), ("refused", Some("match_budget_spent")));
    assert_eq!((spent(&sg, "phone"), spent(&sg, "email")), (0, 64), "nothing was raised beyond it");
    assert_eq!(found(&mut vn), BOTH[..1], "other kinds have a budget of their own");
    raise(&mut sg, ["second", "third"], 64).unwrap();
    let run = matched(&mut vn, &mut sg);
    assert_eq!((run.state, run.queried, run.budget_left), ("done", 1, Some(0)));
    assert_eq!((found(&mut vn), spent(&sg, "phone")), (BOTH.map(str::to_owned).to_vec(), 64));
    // After thirty days it is whole again.
    sg.clock.advance(31 * DAY);
    assert_eq!(spent(&sg, "phone"), 0);
}

#[test]
fn nothing_is_answered_for_a_purpose_without_a_budget() {
    let ([mut vn, mut sg, _], _folder) = offices();
    vn.import(OURS);
    sg.import(THEIRS);
    let purpose = Purpose { purpose: Some("tax".to_owned()), basis: Some("x".to_owned()) };
    let begin = |vn: &mut Office, sg: &mut Office| {
        vn.node.begin_match("first", sg.id(), &purpose).unwrap();
        settle(vn, sg);
        let run = vn.node.run(sg.id(), &purpose).unwrap();
        (run.state, run.code, run.hits)
    };
    let closed = Some("match_purpose_closed".to_owned());
    assert_eq!(begin(&mut vn, &mut sg), ("refused", closed, 0));
    sg.node.set_budget(["first", "second"], "A05", "tax", None, 1_000).unwrap();
    assert_eq!(begin(&mut vn, &mut sg), ("done", None, 2));
    let empty = Purpose { purpose: Some(" ".to_owned()), basis: None };
    assert_eq!(code(vn.node.begin_match("first", sg.id(), &empty)), "bad_purpose");
}

#[test]
fn both_sides_stopped_at_any_point_go_on_where_they_were() {
    let ([mut vn, mut sg, _], _folder) = offices();
    vn.import(OURS);
    sg.import(THEIRS);
    vn.node.begin_match("first", sg.id(), &usual()).unwrap();
    for _ in 0..12 {
        talk(&vn, &sg);
        carry_files(&vn, &sg);
        carry_files(&sg, &vn);
        vn.restart();
        sg.restart();
        // The log of one is full in the middle of its turn: what it had begun it does again.
        sg.is_full.store(true, Ordering::SeqCst);
        let _ = sg.node.match_turn();
        sg.is_full.store(false, Ordering::SeqCst);
        sg.restart();
        sg.node.match_turn().unwrap();
        vn.is_full.store(true, Ordering::SeqCst);
        let _ = vn.node.match_turn();
        vn.is_full.store(false, Ordering::SeqCst);
        vn.restart();
        vn.node.match_turn().unwrap();
    }
    assert_eq!(vn.node.run(sg.id(), &usual()).unwrap().state, "done");
    assert_eq!(found(&mut vn), BOTH);
    assert_eq!(spent(&sg, "phone"), 64, "each batch is counted once");
    assert_eq!(count(&vn, |step| matches!(step, Step::Asked { .. })), 1);
}

#[test]
fn a_home_that_lost_its_secrets_and_sets_asks_anew_and_misses_nothing() {
    let ([mut vn, mut sg, _], _folder) = offices();
    vn.import(OURS);
    sg.import(THEIRS);
    vn.node.begin_match("first", sg.id(), &usual()).unwrap();
    while count(&vn, |step| matches!(step, Step::Asked { .. })) == 0 {
        talk(&vn, &sg);
        carry_files(&sg, &vn);
        sg.node.match_turn().unwrap();
        vn.node.match_turn().unwrap();
    }
    // Neither is in a backup.
    for folder in ["secrets", "sets"] {
        std::fs::remove_dir_all(vn.home().join(folder)).unwrap();
    }
    vn.restart();
    settle(&mut vn, &mut sg);
    assert_eq!(found(&mut vn), Vec::<String>::new());
    let run = matched(&mut vn, &mut sg);
    assert_eq!((run.state, run.hits), ("done", 2));
}

#[test]
fn common_values_and_victims_are_neither_published_nor_asked_about() {
    let ([mut vn, mut sg, _], _folder) = offices();
    vn.import("C2,2026-01-02T10:00:00Z,A05,970436,0123456789,5000000,VND,113,");
    sg.import("S2,2026-01-02T10:00:00Z,SPF,DBSSSGSG,555000111,900,SGD,,");
    let run = matched(&mut vn, &mut sg);
    assert_eq!((run.queried, run.hits), (1, 0), "the account alone");
}

#[test]
fn a_hit_is_put_aside_with_a_reason() {
    let ([mut vn, mut sg, _], _folder) = offices();
    vn.import(OURS);
    sg.import(THEIRS);
    matched(&mut vn, &mut sg);
    let id = vn.node.hits("first", None).unwrap().hits[0].id.clone();
    assert_eq!(code(vn.node.dismiss_hit("first", &id, " ")), "bad_reason");
    assert_eq!(code(vn.node.dismiss_hit("first", "H-00000000", "a test")), "unknown_hit");
    assert_eq!(code(vn.node.dismiss_hit("audit", &id, "a test")), "not_allowed");
    vn.node.dismiss_hit("first", &id.to_lowercase(), "a bank's hot line").unwrap();
    vn.restart();
    let dismissed = vn.node.hits("first", None).unwrap().hits;
    let states: Vec<_> = dismissed.iter().filter(|hit| hit.id == id).collect();
    assert_eq!(states[0].because.as_deref(), Some("a bank's hot line"));
}
