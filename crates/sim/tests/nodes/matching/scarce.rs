//! A disk that fills up, or a process that is killed, while a set is made or taken: nothing half is
//! published or taken, nothing is left behind, and it is done once there is room again.

use std::path::PathBuf;

use envelope::matching::MANIFEST;
use node::error::NodeError;
use node::event::Event;
use node::matching::step::Step;
use node::port::record::Wanted;

use super::{BOTH, OURS, Office, THEIRS, count, found, is_kept, settle, usual};
use crate::{code, offices};

/// More steps than a small set takes.
const ENOUGH: u64 = 1_000;

/// The files in a folder of an office's home, and in those below it.
fn files(office: &Office, folder: &str) -> Vec<PathBuf> {
    let mut folders = vec![office.home().join(folder)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files
}

fn are_sent(office: &Office) -> usize {
    let (from, kind) = (Some(office.id()), Some(MANIFEST));
    let wanted = Wanted { from, kind, most: 10, ..Wanted::default() };
    office.exchange().messages(&wanted).unwrap().len()
}

/// Says that the disk is full, and nothing else.
fn check_full(done: Result<usize, NodeError>) {
    assert!(done.unwrap_err().to_string().contains("no space left"));
}

/// Viet Nam has wished for Singapore's set; Singapore has not dealt with it.
fn wished() -> ([Office; 2], tempfile::TempDir) {
    let ([mut vn, mut sg, _], folder) = offices();
    vn.import(OURS);
    sg.import(THEIRS);
    vn.node.begin_match("first", sg.id(), &usual()).unwrap();
    super::talk(&vn, &sg);
    ([vn, sg], folder)
}

/// Fails after each number of steps until it does not fail any more; how often it failed.
fn each_step(office: &mut Office, is_killed: bool, check: impl Fn(&mut Office)) -> u64 {
    for steps in 0..ENOUGH {
        office.room.leave(steps, is_killed);
        let done = office.node.match_turn();
        office.room.leave(u64::MAX, false);
        if done.is_ok() {
            return steps;
        }
        check_full(done);
        check(office);
    }
    panic!("it never has enough");
}

#[test]
fn a_set_that_finds_no_room_is_published_whole_later_and_not_in_part() {
    let ([mut vn, mut sg], _folder) = wished();
    let before = (files(&sg, "sets").len(), files(&sg, "blobs").len());
    let failed = each_step(&mut sg, false, |sg| {
        assert_eq!(
            (are_sent(sg), files(sg, "work").len(), files(sg, "blobs").len()),
            (0, 0, before.1)
        );
        // The list is kept first, and the same one is kept again.
        assert!(files(sg, "sets").len() <= before.0 + 1);
        assert_eq!(count(sg, |step| matches!(step, Step::Published { .. })), 0);
    });
    // Two drawers and two drafts, 3 that are known and 64 entries at least.
    assert!(failed > 70, "{failed} places");
    assert_eq!((are_sent(&sg), files(&sg, "work").len()), (1, 0));
    settle(&mut vn, &mut sg);
    assert_eq!(found(&mut vn), BOTH);
}

#[test]
fn a_set_without_room_keeps_nobody_else_waiting() {
    let ([mut vn, mut sg, mut th], _folder) = offices();
    vn.import(OURS);
    sg.import(THEIRS);
    th.import(OURS);
    // Thailand's queries lie at Singapore's, and so does Viet Nam's wish.
    th.node.begin_match("first", sg.id(), &usual()).unwrap();
    while count(&th, |step| matches!(step, Step::Asked { .. })) == 0 {
        super::talk(&th, &sg);
        sg.node.match_turn().unwrap();
        super::talk(&th, &sg);
        super::carry_files(&sg, &th);
        th.node.match_turn().unwrap();
    }
    super::talk(&th, &sg);
    vn.node.begin_match("first", sg.id(), &usual()).unwrap();
    super::talk(&vn, &sg);
    sg.room.leave(0, false);
    assert_eq!(code(sg.node.match_turn()), "match_no_room");
    let evaluated = count(&sg, |step| matches!(step, Step::Evaluated { .. }));
    assert_eq!(
        (evaluated, are_sent(&sg)),
        (3, 1),
        "each kind is answered, Thailand's set alone sent"
    );
    sg.room.leave(u64::MAX, false);
    settle(&mut vn, &mut sg);
    assert_eq!(found(&mut vn), BOTH);
}

#[test]
fn what_a_kill_leaves_of_a_set_is_swept_away_and_the_next_turn_makes_it() {
    let ([mut vn, mut sg], _folder) = wished();
    let was_left = std::cell::Cell::new(0);
    each_step(&mut sg, true, |sg| {
        was_left.set(was_left.get().max(files(sg, "work").len()));
        sg.restart();
        assert_eq!((are_sent(sg), files(sg, "work").len()), (0, 0));
    });
    assert!(was_left.get() == 2, "the list and the slots");
    assert_eq!(are_sent(&sg), 1);
    settle(&mut vn, &mut sg);
    assert_eq!(found(&mut vn), BOTH);
}

#[test]
fn a_set_that_finds_no_room_when_it_comes_is_taken_later() {
    let ([mut vn, mut sg], _folder) = wished();
    sg.node.match_turn().unwrap();
    super::talk(&vn, &sg);
    super::carry_files(&sg, &vn);
    let failed = each_step(&mut vn, false, |vn| {
        assert_eq!(files(vn, "work").len(), 0);
        assert_eq!(count(vn, |step| matches!(step, Step::Refused { .. })), 0, "nobody is blamed");
    });
    assert!(failed > 3, "{failed} places");
    settle(&mut vn, &mut sg);
    assert_eq!(found(&mut vn), BOTH);
}

#[test]
fn only_the_list_that_counts_is_kept_of_all_that_was_published() {
    let ([mut vn, mut sg], _folder) = wished();
    settle(&mut vn, &mut sg);
    let lists = |office: &Office| {
        let mut lists = Vec::new();
        for one in office.events() {
            if let Event::Match { what: Step::Published { list, .. }, .. } = one.event {
                lists.push(list);
            }
        }
        lists.iter().map(|list| is_kept(office, list)).collect::<Vec<_>>()
    };
    assert_eq!(lists(&sg), [true]);
    sg.import("S9,2026-01-02T10:00:00Z,SPF,DBSSSGSG,555000999,900,SGD,+6591234567,");
    for office in [&vn, &sg] {
        office.clock.advance(2 * super::DAY);
    }
    super::matched(&mut vn, &mut sg);
    assert_eq!(lists(&sg), [false, true]);
    // The list names what was published in both sets: nothing is new.
    for office in [&vn, &sg] {
        office.clock.advance(2 * super::DAY);
    }
    super::matched(&mut vn, &mut sg);
    let refused =
        |step: &Step| matches!(step, Step::Refused { code, .. } if code == "match_nothing_new");
    assert_eq!(count(&sg, refused), 1);
}
