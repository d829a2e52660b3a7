//! `kill -9` at every point at which a node writes something down: two nodes in a process of its
//! own are killed there, started anew on what lies on the disk, and work on.
//!
//! What was acknowledged is there, nothing is there twice, both records agree, and all comes to
//! rest: also when the point lies in the middle of a change of keys, of the taking of a carried
//! file, or of the destruction of a content. `LIENKET_KILLS=all cargo test --release -p sim --test
//! kill -- --nocapture` tries every point; a test run tries some of each sort.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod ports;
mod script;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use node::port::record::Wanted;
use sim::invariants::{Moment, broken};
use sim::world::{Disk, World};
use store::blobs::FileBlobs;
use store::record::SqliteRecord;

use self::ports::{Fuse, MortalBlobs, MortalRecord};
use self::script::Told;

/// Names the folder to the child, and the point at which it dies.
const FOLDER: &str = "LIENKET_TEST_FOLDER";
const POINT: &str = "LIENKET_TEST_POINT";
/// Nobody dies there.
const NEVER: u64 = u64::MAX;
/// Of each sort of points so many are tried, spread over the run.
const TRIED: usize = 4;

fn disk(folder: &Path, place: usize, fuse: &Arc<Fuse>) -> Disk {
    let home = folder.join(place.to_string());
    std::fs::create_dir_all(&home).unwrap();
    let (record, blobs) =
        (SqliteRecord::open(&home.join("record.db")).unwrap(), FileBlobs::open(&home).unwrap());
    (
        Arc::new(MortalRecord { inner: record, fuse: fuse.clone() }),
        Arc::new(MortalBlobs { inner: blobs, fuse: fuse.clone() }),
    )
}

/// Two nodes on the disks of a folder. The seed makes the numbers of their messages.
fn open(folder: &Path, seed: u64, fuse: &Arc<Fuse>) -> World {
    World::acquainted(seed, 2, |place| disk(folder, place, fuse)).unwrap()
}

/// The child: works until it is killed, or is done and names all points.
#[test]
#[expect(clippy::print_stdout, reason = "the child speaks to its parent")]
fn a_child_works_until_it_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let point = std::env::var(POINT).unwrap().parse().unwrap();
    let fuse = Fuse::new(point);
    let world = open(Path::new(&folder), 1, &fuse);
    script::run(&world, &mut |told| println!("told {told}"));
    for name in fuse.names() {
        println!("point {name}");
    }
}

/// What the child of a point said until it ended; whether it came to its own end.
fn child(folder: &Path, point: u64) -> (Vec<String>, bool) {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["a_child_works_until_it_is_killed", "--exact", "--nocapture"])
        .env(FOLDER, folder)
        .env(POINT, point.to_string())
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    (text.lines().map(str::to_owned).collect(), output.status.success())
}

/// The points to be tried, with their names.
fn points() -> BTreeMap<u64, String> {
    let folder = tempfile::tempdir().unwrap();
    let (lines, is_done) = child(folder.path(), NEVER);
    assert!(is_done, "{lines:#?}");
    let names = lines.iter().filter_map(|line| line.strip_prefix("point "));
    let all: BTreeMap<u64, String> = (1..).zip(names.map(str::to_owned)).collect();
    let mut sorts: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    all.iter().for_each(|(point, name)| sorts.entry(name).or_default().push(*point));
    assert_eq!(sorts.len(), 12, "{sorts:#?}");
    if std::env::var("LIENKET_KILLS").is_ok_and(|value| value == "all") {
        return all;
    }
    let mut tried = BTreeMap::new();
    for (name, points) in sorts {
        let last = points.len() - 1;
        for number in 0..TRIED {
            let point = points[last * number / (TRIED - 1)];
            tried.insert(point, name.to_owned());
        }
    }
    tried
}

/// Everything that a member has is there once, and what was told is true.
fn check(world: &World, told: &Told, at: &str) {
    for (from, to) in [(0, 1), (1, 0)] {
        let found = broken(world.at(from), world.at(to), Moment::Settled).unwrap();
        assert!(found.is_empty(), "{at}: {from} to {to}: {found:#?}");
    }
    for (place, id) in &told.durable {
        let member = world.at(*place);
        assert!(member.exchange.find(id).is_ok(), "{at}: node {place} has lost {id}");
    }
    for place in 0..2 {
        let member = world.at(place);
        let wanted = Wanted { to: Some(member.id()), most: 1_000, ..Wanted::default() };
        for row in member.exchange.messages(&wanted).unwrap() {
            let receipts = member.exchange.receipts(&row).unwrap();
            let kinds: Vec<_> = receipts.into_iter().map(|(one, _)| one.kind).collect();
            let is_twice = (0..kinds.len()).any(|at| kinds[..at].contains(&kinds[at]));
            assert!(!is_twice, "{at}: a receipt was signed twice: {kinds:?}");
        }
    }
}

#[test]
#[expect(clippy::print_stderr, clippy::disallowed_methods, reason = "a long run reports itself")]
fn a_node_that_is_killed_anywhere_works_on() {
    let points = points();
    let (begun, count) = (std::time::Instant::now(), points.len());
    for (point, name) in points {
        let folder = tempfile::tempdir().unwrap();
        let (lines, is_done) = child(folder.path(), point);
        let at = format!("killed at point {point}, {name}, after {:?}", lines.last());
        assert!(!is_done, "{at}: the child came to its end");
        let mut told = Told::read(lines.iter().filter_map(|line| line.strip_prefix("told ")));
        // Keys are on the disk before anybody is told of them by a card.
        let world = open(folder.path(), 2, &Fuse::new(NEVER));
        script::keys_again(&world, &told);
        // All comes to rest, and then the same work is done once more on top.
        script::settle(&world);
        check(&world, &told, &at);
        script::run(&world, &mut |line| told.add(&line));
        check(&world, &told, &at);
    }
    eprintln!("{count} kills, {} s", begun.elapsed().as_secs());
}
