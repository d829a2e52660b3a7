//! `kill -9` in the middle of an import loses nothing that was acknowledged, and half of nothing
//! shows.

use std::fmt::Write as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::common::World;

/// How many times an import is killed, each at another moment of its run.
const KILLS: u32 = 24;
const ROWS: u64 = 60_000;

fn transfers(prefix: &str, rows: u64) -> String {
    let mut text =
        String::from("tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency\n");
    for row in 0..rows {
        let (from, to) = (row % 997, row % 1_009 + 2_000);
        writeln!(
            text,
            "{prefix}{row},{},VNB01,{from},VNB02,{to},{},VND",
            1_735_000_000 + row,
            row + 1
        )
        .unwrap();
    }
    text
}

fn accepted(world: &World) -> u64 {
    let cases = world.json(&["case", "list"]);
    cases["cases"][0]["rows"].as_u64().unwrap()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the moments of the kills are spread over a run")]
fn a_killed_import_shows_nothing_or_all_and_is_resumed_by_giving_the_file_again() {
    let world = World::with_node();
    world.write("first.csv", transfers("a", 1_000).as_bytes());
    assert_eq!(world.json(&["import", "first.csv"])["files"][0]["accepted"], 1_000);
    world.write("big.csv", transfers("b", ROWS).as_bytes());
    let whole = {
        let other = World::with_node();
        other.write("big.csv", transfers("b", ROWS).as_bytes());
        let start = Instant::now();
        other.json(&["import", "big.csv"]);
        start.elapsed()
    };
    for kill in 0..KILLS {
        let mut child = world
            .program()
            .args(["import", "big.csv"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(
            whole.mul_f64(f64::from(kill) / f64::from(KILLS)) + Duration::from_millis(1),
        );
        child.kill().unwrap();
        child.wait().unwrap();
        let rows = accepted(&world);
        assert!(rows == 1_000 || rows == 1_000 + ROWS, "after kill {kill}: {rows} rows");
        let health = world.json(&["doctor"]);
        assert_eq!(health["ok"], true, "after kill {kill}: {health}");
    }
    let again = world.json(&["import", "big.csv"]);
    let file = &again["files"][0];
    assert_eq!(file["accepted"].as_u64().unwrap() + file["already"].as_u64().unwrap(), ROWS);
    assert_eq!(accepted(&world), 1_000 + ROWS);
    let third = world.json(&["import", "big.csv"]);
    assert_eq!(third["files"][0]["already"], ROWS, "the same file twice changes nothing");
}

#[test]
fn a_lost_or_damaged_segment_is_rebuilt_from_its_original() {
    let world = World::with_node();
    world.write("first.csv", transfers("a", 1_000).as_bytes());
    world.json(&["import", "first.csv"]);
    let before = world.json(&["trace", "--transfer", "a1"]);
    let segments = world.path("node/segments");
    let mut files = Vec::new();
    for folder in std::fs::read_dir(segments).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            files.push(file.unwrap().path());
        }
    }
    assert_eq!(files.len(), 1);
    // The third is a segment of the right form with another amount in its first row.
    let mut other = std::fs::read(&files[0]).unwrap();
    other[24 + 8] ^= 1;
    for damage in [Some(b"damaged".as_slice()), None, Some(other.as_slice())] {
        match damage {
            Some(bytes) => std::fs::write(&files[0], bytes).unwrap(),
            None => std::fs::remove_file(&files[0]).unwrap(),
        }
        assert_eq!(world.json(&["doctor"])["ok"], false);
        assert_eq!(world.json(&["trace", "--transfer", "a1"]), before);
        assert_eq!(world.json(&["doctor"])["ok"], true);
    }
}

#[test]
fn a_lost_or_damaged_graph_file_is_made_again_and_a_stale_one_is_swept() {
    let world = World::with_node();
    world.write("first.csv", transfers("a", 1_000).as_bytes());
    world.json(&["import", "first.csv"]);
    let before = world.json(&["trace", "--transfer", "a1"]);
    let file = graphs(&world).pop().unwrap();
    let whole = std::fs::read(&file).unwrap();
    // The last is a file of the right form with another amount in it.
    let mut other = whole.clone();
    let place = whole.len() / 3;
    other[place] ^= 1;
    for damage in [b"damaged".as_slice(), &whole[..whole.len() / 2], &[], other.as_slice()] {
        std::fs::write(&file, damage).unwrap();
        let health = world.json(&["doctor"]);
        assert_eq!(health["ok"], false, "{health}");
        assert_eq!(graphs(&world).len(), 0, "doctor removes it");
        assert_eq!(world.json(&["doctor"])["ok"], true);
        assert_eq!(world.json(&["trace", "--transfer", "a1"]), before);
        assert!(std::fs::read(&file).unwrap() == whole, "made again to the byte");
    }
    std::fs::write(&file, b"damaged").unwrap();
    assert_eq!(world.json(&["trace", "--transfer", "a1"]), before, "also without doctor");
    world.write("second.csv", transfers("b", 10).as_bytes());
    world.json(&["import", "second.csv"]);
    world.json(&["trace", "--transfer", "b1"]);
    world.json(&["case", "list"]);
    let left = graphs(&world);
    assert!(left.len() == 1 && left[0] != file, "{left:?}");
}

/// The kept graph files.
fn graphs(world: &World) -> Vec<std::path::PathBuf> {
    let list = |folder: &std::path::Path| {
        let entries = std::fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>()
    };
    list(&world.path("node/graphs")).iter().flat_map(|folder| list(folder)).collect()
}

#[test]
fn a_backup_is_restored_whole_and_a_changed_one_is_refused() {
    let world = World::with_node();
    world.write("first.csv", transfers("a", 500).as_bytes());
    world.json(&["import", "first.csv"]);
    let packed = world.json(&["backup", "node.lkbackup"]);
    assert!(packed["count"].as_u64().unwrap() >= 3, "{packed}");
    let mut bytes = std::fs::read(world.path("node.lkbackup")).unwrap();
    let restored = world.json(&["--home", "copy", "restore", "node.lkbackup"]);
    assert!(restored["count"].as_u64().unwrap() >= 3, "{restored}");
    let cases = world.json(&["--home", "copy", "case", "list"]);
    assert_eq!(cases["cases"][0]["rows"], 500);
    assert_eq!(world.json(&["--home", "copy", "doctor"])["checks"][0]["ok"], true);
    let place = bytes.len() / 2;
    bytes[place] ^= 1;
    world.write("changed.lkbackup", &bytes);
    let refused = world.json(&["--home", "third", "restore", "changed.lkbackup"]);
    assert_eq!(refused["error"]["code"], "not_a_backup", "{refused}");
    assert!(!world.path("third").exists(), "a refused backup leaves nothing behind");
}

#[test]
fn a_folder_of_somebody_else_is_never_made_into_a_node() {
    let world = World::empty();
    let chapter = world.path("thesis").join("work").join("chapter.txt");
    std::fs::create_dir_all(chapter.parent().unwrap()).unwrap();
    std::fs::write(&chapter, b"years of labour").unwrap();
    let init = ["--home", "thesis", "init", "--agency", "A", "--country", "VN", "--kind", "fiu"];
    assert_eq!(world.json(&init)["error"]["code"], "home_not_empty");
    assert!(chapter.exists());
}
