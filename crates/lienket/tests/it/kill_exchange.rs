//! `kill -9` in the middle of commands of the exchange: a change of keys, the destruction of a
//! content, the taking of a carried file, of a law pack. The same command once more brings what it
//! was to bring, and nothing twice.
//!
//! The moments of the kills are spread over a run. That each of them holds does not depend on
//! where it falls; every point at which a node writes is tried by `sim/tests/kill`.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

use node::port::Clock as _;
use serde_json::Value;
use store::clock::SystemClock;
use store::keys::KeyRing;
use store::protection::Protection;

use crate::law_packs::with_pack;
use crate::pair::Pair;

/// How many times each command is killed, each at another moment of its run.
const KILLS: u32 = 8;
const MESSAGES: usize = 40;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let place = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &place);
        } else {
            fs::copy(&path, &place).unwrap();
        }
    }
}

/// Has a command killed at `KILLS` moments, each time on fresh copies of both homes, which `check`
/// then looks at.
#[expect(clippy::disallowed_methods, reason = "the moments of the kills are spread over a run")]
fn kill(pair: &Pair, command: &[&str], check: impl Fn(&str)) {
    let world = &pair.world;
    for home in ["vn", "sg"] {
        fs::rename(world.path(home), world.path(&format!("{home}-before"))).unwrap();
    }
    let fresh = || {
        for home in ["vn", "sg"] {
            let _ = fs::remove_dir_all(world.path(home));
            copy(&world.path(&format!("{home}-before")), &world.path(home));
        }
    };
    fresh();
    let begun = Instant::now();
    assert_eq!(world.json(command)["error"], Value::Null);
    let whole = begun.elapsed();
    let mut killed = 0;
    for kill in 0..KILLS {
        fresh();
        let mut child = world.program();
        let child = child.args(command).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = child.spawn().unwrap();
        std::thread::sleep(whole.mul_f64(f64::from(kill) / f64::from(KILLS)));
        child.kill().unwrap();
        killed += u32::from(!child.wait().unwrap().success());
        check(&format!("kill {kill} of {command:?}"));
    }
    assert!(killed > 0, "none of them was killed before its end");
}

/// What there is goes by hand in both directions, and both find nothing wrong.
fn settle(pair: &Pair, at: &str) {
    for _ in 0..2 {
        for (from, to, partner) in [("vn", "sg", "SPF"), ("sg", "vn", "A05")] {
            pair.world.json(&["--home", from, "sync", partner, "--carry-out", "all.lkb"]);
            let told = pair.world.json(&["--home", to, "sync", "--carry-in", "all.lkb"]);
            assert_eq!(told["refused"], serde_json::json!([]), "{at}: {told}");
        }
    }
    for home in ["vn", "sg"] {
        let health = pair.world.json(&["--home", home, "doctor"]);
        assert_eq!(health["ok"], true, "{at}: {health}");
    }
}

fn states(list: &Value) -> Vec<(String, String)> {
    let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    let rows = list["messages"].as_array().unwrap().iter();
    let mut states: Vec<_> = rows.map(|row| (text(row, "message"), text(row, "state"))).collect();
    states.sort();
    states
}

#[test]
fn a_killed_change_of_keys_is_one_or_none() {
    let pair = Pair::new();
    let before = pair.send("vn", "SPF", "before", &[]);
    kill(&pair, &["--home", "vn", "partner", "rotate"], |at| {
        let under = pair.send("vn", "SPF", "under whatever keys there are", &[]);
        settle(&pair, at);
        let rotated = pair.vn(&["partner", "rotate"]);
        let sequence = rotated["sequence"].as_u64().unwrap();
        assert!((2..=3).contains(&sequence), "{at}: {rotated}");
        let after = pair.send("vn", "SPF", "after", &[]);
        settle(&pair, at);
        let partner = &pair.sg(&["partner", "list"])["partners"][0];
        assert_eq!(partner["sequence"], sequence, "{at}");
        let came = states(&pair.sg(&["message", "list", "--in"]));
        let mut expected = [before.clone(), under, after].map(|one| (one, "accepted".to_owned()));
        expected.sort();
        assert_eq!(came, expected, "{at}");
    });
}

/// The very moment that kills seldom meet: the keys are new, and no card names them yet.
#[test]
fn keys_that_no_card_names_yet_are_named_by_the_next_command() {
    let pair = Pair::new();
    let home = pair.world.path("vn");
    let ring = KeyRing::open(&home, &Protection::Plain).unwrap();
    ring.renew(&home, &Protection::Plain, SystemClock.now(), false).unwrap();
    let sent = pair.send("vn", "SPF", "under the new keys", &[]);
    settle(&pair, "cut off before the card");
    assert_eq!(states(&pair.sg(&["message", "list", "--in"])), [(sent, "accepted".to_owned())]);
    assert_eq!(pair.sg(&["partner", "list"])["partners"][0]["sequence"], 2);
    assert_eq!(pair.vn(&["partner", "card", "-o", "again.card"])["sequence"], 2, "once");
}

/// Its file is kept before the log names it: killed anywhere, it answers or the one before it.
#[test]
fn a_killed_installation_of_a_law_pack_is_one_or_none() {
    let pair = with_pack();
    let before = pair.vn(&["law", "pack", "show"])["pack"].clone();
    let install = ["law", "pack", "install", "sg.lawpack"];
    let pack = pair.vn(&[install.as_slice(), &["--dry-run"]].concat())["pack"].clone();
    kill(&pair, &[&["--home", "vn"], install.as_slice()].concat(), |at| {
        let shown = pair.vn(&["law", "pack", "show"]);
        assert!([&before, &pack].contains(&&shown["pack"]), "{at}: {shown}");
        assert_eq!(pair.vn(&install)["pack"], pack, "{at}");
        assert_eq!(pair.vn(&["law", "pack", "show"])["pack"], pack, "{at}");
        let audit = pair.vn(&["audit"]).to_string();
        assert_eq!(audit.matches("\"law_pack\"").count(), 1, "{at}: once");
        assert_eq!(pair.vn(&["doctor"])["ok"], true, "{at}");
    });
}

#[test]
fn a_killed_erasure_goes_on_when_it_is_ordered_again() {
    let pair = Pair::new();
    pair.world.write("list.csv", &[7; 70_000]);
    let recalled = pair.send("vn", "SPF", "wrong name", &["--attach", "list.csv"]);
    let kept = pair.send("vn", "SPF", "right name", &["--attach", "list.csv"]);
    settle(&pair, "before");
    let order = ["--home", "vn", "message", "erase", &recalled];
    kill(&pair, &order, |at| {
        settle(&pair, at);
        pair.vn(&["message", "erase", &recalled]);
        settle(&pair, at);
        let state = |id: &str| {
            let list = states(&pair.sg(&["message", "list", "--in"]));
            list.into_iter().find(|(one, _)| one == id).unwrap().1
        };
        assert_eq!(state(&recalled), "erased", "{at}");
        assert_eq!(pair.sg(&["message", "show", &recalled])["error"]["code"], "no_content");
        assert_eq!(pair.sg(&["message", "show", &kept])["text"], "right name", "{at}");
        let saved = pair.sg(&["message", "save", &kept, "-o", "out"]);
        assert_eq!(saved["error"], Value::Null, "{at}: {saved}");
    });
    // And where the one who is to destroy it is killed while he does.
    pair.vn(&["message", "erase", &recalled]);
    pair.vn(&["sync", "SPF", "--carry-out", "order.lkb"]);
    for home in ["vn", "sg"] {
        let _ = fs::remove_dir_all(pair.world.path(&format!("{home}-before")));
    }
    kill(&pair, &["--home", "sg", "sync", "--carry-in", "order.lkb"], |at| {
        let again = pair.sg(&["sync", "--carry-in", "order.lkb"]);
        assert_eq!(again["refused"], serde_json::json!([]), "{at}: {again}");
        assert_eq!(pair.sg(&["message", "show", &recalled])["error"]["code"], "no_content");
        settle(&pair, at);
    });
}

#[test]
fn a_carried_file_whose_taking_was_killed_is_taken_once() {
    let pair = Pair::new();
    pair.world.write("list.csv", &vec![7; 2_500_000]);
    let mut sent = vec![pair.send("vn", "SPF", "with a file", &["--attach", "list.csv"])];
    sent.extend((1..MESSAGES).map(|n| pair.send("vn", "SPF", &n.to_string(), &[])));
    sent.sort();
    pair.vn(&["sync", "SPF", "--carry-out", "all.lkb"]);
    fs::copy(pair.world.path("all.lkb"), pair.world.path("first.lkb")).unwrap();
    kill(&pair, &["--home", "sg", "sync", "--carry-in", "first.lkb"], |at| {
        let again = pair.sg(&["sync", "--carry-in", "first.lkb"]);
        let count = |name: &str| again[name].as_u64().unwrap();
        assert_eq!(count("received") + count("already"), MESSAGES as u64, "{at}: {again}");
        let twice = pair.sg(&["sync", "--carry-in", "first.lkb"]);
        assert_eq!((&twice["received"], &twice["already"]), (&0.into(), &MESSAGES.into()), "{at}");
        settle(&pair, at);
        for list in [pair.sg(&["message", "list", "--in"]), pair.vn(&["message", "list", "--out"])]
        {
            let expected = sent.iter().map(|one| (one.clone(), "accepted".to_owned()));
            assert_eq!(states(&list), expected.collect::<Vec<_>>(), "{at}");
        }
    });
}
