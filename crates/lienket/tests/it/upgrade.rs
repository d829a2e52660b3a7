//! Homes that an older program wrote are taken up by the program of now: nothing is lost that was
//! under way. A home that a newer program wrote is refused, and nothing in it is touched.
//!
//! Homes are kept in `tests/data/home-1` and so on, one folder a form in which a released program
//! writes them; none is ever changed. `LIENKET_KEEP_HOME=DIR cargo test -p lienket --test it
//! upgrade::homes_are_made_to_be_kept` makes one more.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::common::{World, data};
use crate::pair::Pair;

/// Folders of a home; an empty one is not kept.
const PARTS: [&str; 7] = ["keys", "originals", "segments", "graphs", "blobs", "rejects", "work"];
/// What the kept homes are called in, and the texts of their messages.
const KEPT: [&str; 1] = ["home-1"];
const FILE: [u8; 1_500] = [7; 1_500];
/// Kept keys last until the end of 2099 (microseconds since 1970), so that no test depends on the
/// year in which it runs.
const LATEST: u64 = 4_102_358_400_000_000;
/// How the end of a key begins in the key file, as CBOR: field 3, a number of eight bytes.
const END: [u8; 4] = [0x03, 0x1b, 0x00, 0x06];

/// All files under a folder, by their paths in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            let inside = files(&path).into_iter();
            found.extend(inside.map(|(rest, bytes)| (format!("{name}/{rest}"), bytes)));
        } else {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
    found
}

fn copy(from: &Path, to: &Path) {
    for part in PARTS {
        fs::create_dir_all(to.join(part)).unwrap();
    }
    for (name, bytes) in files(from) {
        let place = to.join(name);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }
}

/// Copies of kept homes, and the numbers of their messages.
fn taken_up(kept: &str) -> (Pair, Value) {
    let pair = Pair::nowhere();
    for home in ["vn", "sg"] {
        copy(&data(kept).join(home), &pair.world.path(home));
    }
    let numbers = fs::read(data(kept).join("numbers.json")).unwrap();
    (pair, serde_json::from_slice(&numbers).unwrap())
}

/// Messages of a list with what became of them.
fn states(list: &Value) -> BTreeMap<String, String> {
    let rows = list["messages"].as_array().unwrap().iter();
    let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    rows.map(|row| (text(row, "message"), text(row, "state"))).collect()
}

/// What there is for the other goes by hand, in both directions.
fn carry(pair: &Pair) {
    for (from, to, partner) in [("vn", "sg", "SPF"), ("sg", "vn", "A05")] {
        let out = ["--home", from, "sync", partner, "--carry-out", "there.lkb"];
        assert_eq!(pair.world.json(&out)["refused"], serde_json::json!([]));
        let told = pair.world.json(&["--home", to, "sync", "--carry-in", "there.lkb"]);
        assert_eq!(told["refused"], serde_json::json!([]), "{told}");
        fs::remove_file(pair.world.path("there.lkb")).unwrap();
    }
}

#[test]
fn kept_homes_are_taken_up_and_all_that_was_under_way_arrives() {
    for kept in KEPT {
        let (pair, numbers) = taken_up(kept);
        let number = |name: &str| numbers[name].as_str().unwrap().to_owned();
        for home in ["vn", "sg"] {
            let health = pair.world.json(&["--home", home, "doctor"]);
            assert_eq!(health["ok"], true, "{kept} {home}: {health}");
        }
        assert_eq!(pair.vn(&["case", "list"])["cases"][0]["rows"], 2);
        assert_eq!(pair.vn(&["trace", "--transfer", "t1"])["error"], Value::Null);
        let expected = [
            ("opened", "opened"),
            ("answered", "queued"),
            ("cut", "queued"),
            ("file", "queued"),
            ("urgent", "queued"),
        ];
        let expected = expected.map(|(name, state)| (number(name), state.to_owned()));
        assert_eq!(states(&pair.vn(&["message", "list", "--out"])), expected.into());
        assert_eq!(states(&pair.sg(&["message", "list", "--in"]))[&number("cut")], "waiting");
        carry(&pair);
        carry(&pair);
        let sent = states(&pair.vn(&["message", "list", "--out"]));
        let came = states(&pair.sg(&["message", "list", "--in"]));
        assert_eq!(sent, came, "{kept}: each is there once");
        assert_eq!(sent.len(), 5);
        for (message, state) in &sent {
            let expected = if *message == number("opened") { "opened" } else { "accepted" };
            assert_eq!(state, expected, "{kept}: {message}");
            let shown = pair.sg(&["message", "show", message]);
            assert_eq!(shown["error"], Value::Null, "{shown}");
        }
        assert_eq!(pair.sg(&["message", "show", &number("urgent")])["text"], "gấp");
        for (place, name) in ["opened", "cut", "file"].into_iter().enumerate() {
            let folder = format!("saved-{place}");
            pair.sg(&["message", "save", &number(name), "-o", &folder]);
            assert_eq!(fs::read(pair.world.path(&folder).join("list.csv")).unwrap(), FILE);
        }
        let answer = pair.vn(&["message", "show", &number("answer")]);
        assert_eq!(answer["in_reply_to"], number("opened").as_str());
        over_the_line(&pair);
        assert_eq!(pair.vn(&["bundle", &number("opened"), "-o", "b.zip"])["count"], 1);
        assert_eq!(pair.world.json(&["verify", "b.zip"])["valid"], true);
        for home in ["vn", "sg"] {
            let health = pair.world.json(&["--home", home, "doctor"]);
            assert_eq!(health["ok"], true, "{kept} {home}: {health}");
        }
    }
}

/// The keys of that time speak TLS as well.
fn over_the_line(pair: &Pair) {
    pair.sg(&["partner", "card", "-o", "sg.card", "--endpoint", &pair.address]);
    carry(pair);
    let _served = pair.serve();
    let sent = pair.send("vn", "SPF", "over the line", &[]);
    assert_eq!(pair.vn(&["sync"])["refused"], serde_json::json!([]));
    assert_eq!(states(&pair.vn(&["message", "list", "--out"]))[&sent], "accepted");
}

#[test]
fn a_home_of_a_newer_program_is_refused_and_not_touched() {
    let (pair, _) = taken_up(KEPT[KEPT.len() - 1]);
    let databases = [("node.db", store::database::EVENTS), ("record.db", store::database::RECORD)];
    for (database, known) in databases {
        let path = pair.world.path("vn").join(database);
        set_version(&path, 99);
        let mut before = files(&pair.world.path("vn"));
        before.remove("lock");
        for command in [["message", "list"].as_slice(), &["sync", "--carry-in", "x"]] {
            for (language, word) in [("en", "newer version"), ("vi", "phiên bản mới hơn")] {
                let all = [&["--home", "vn", "--lang", language], command].concat();
                let told = pair.world.json(&all);
                let error = &told["error"];
                assert_eq!(error["code"], "database_too_new", "{database} {command:?}: {told}");
                let message = error["message"].as_str().unwrap();
                assert!(message.contains(word) && message.contains("99"), "{message}");
                assert!(!error["hint"].as_str().unwrap().is_empty());
            }
        }
        let health = pair.vn(&["doctor"]).to_string();
        assert!(health.contains("newer version"), "{health}");
        // Who comes in takes the lock, and that is all.
        let mut after = files(&pair.world.path("vn"));
        assert_eq!(after.remove("lock"), Some(Vec::new()));
        let is_touched = |name: &&String| after.get(*name) != before.get(*name);
        let touched: Vec<_> = before.keys().chain(after.keys()).filter(is_touched).collect();
        assert_eq!(touched, Vec::<&String>::new(), "{database}");
        set_version(&path, known.len() as u32);
    }
    assert_eq!(pair.vn(&["doctor"])["ok"], true);
}

/// Writes a version into a database's head. Source: sqlite.org/fileformat2.html, 1.3
/// (`user_version`: 4 bytes at 60, the most significant first).
fn set_version(path: &Path, version: u32) {
    let mut bytes = fs::read(path).unwrap();
    bytes[60..64].copy_from_slice(&version.to_be_bytes());
    fs::write(path, &bytes).unwrap();
}

/// Makes the homes that are kept: with what was received, answered, cut, and not sent yet.
#[test]
fn homes_are_made_to_be_kept() {
    let Some(folder) = std::env::var_os("LIENKET_KEEP_HOME") else { return };
    let pair = Pair::nowhere();
    for (home, agency, country) in [("vn", "A05", "VN"), ("sg", "SPF", "SG")] {
        make(&pair.world, home, agency, country);
    }
    pair.introduce();
    let text = "tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency\n\
        t1,1735689916,VNB01,1,VNB02,2,100,VND\nt2,1735689917,VNB02,2,VNB01,3,90,VND\n";
    pair.world.write("list.csv", &FILE);
    pair.world.write("t.csv", text.as_bytes());
    assert_eq!(pair.vn(&["import", "t.csv"])["files"][0]["accepted"], 2);
    pair.vn(&["user", "add", "officer", "--role", "officer"]);
    let opened = pair.send("vn", "SPF", "received", &["--attach", "list.csv", "--limit", "H1"]);
    carry(&pair);
    pair.sg(&["message", "show", &opened]);
    carry(&pair);
    let answered = pair.send("vn", "SPF", "answered, and the answer is under way", &[]);
    pair.vn(&["sync", "SPF", "--carry-out", "1.lkb"]);
    pair.sg(&["sync", "--carry-in", "1.lkb"]);
    let cut = pair.send("vn", "SPF", "its file was cut off", &["--attach", "list.csv"]);
    pair.vn(&["sync", "SPF", "--carry-out", "2.lkb"]);
    let whole = fs::read(pair.world.path("2.lkb")).unwrap();
    pair.world.write("2.lkb", &whole[..whole.len() - 100]);
    let told = pair.sg(&["sync", "--carry-in", "2.lkb"]);
    assert_eq!(told["refused"][0]["code"], "carried_cut", "{told}");
    let file = pair.send("vn", "SPF", "queued with a file", &["--attach", "list.csv"]);
    let urgent = pair.send("vn", "SPF", "gấp", &["--due", "2099-12-01T00:00:00Z"]);
    let answer = pair.send("sg", "A05", "an answer", &["--reply-to", &opened]);
    let numbers = serde_json::json!({
        "opened": opened, "answered": answered, "cut": cut, "file": file, "urgent": urgent,
        "answer": answer,
    });
    for home in ["vn", "sg"] {
        let mut found = files(&pair.world.path(home));
        found.remove("lock");
        for (name, bytes) in found {
            let place = Path::new(&folder).join(home).join(name);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, bytes).unwrap();
        }
    }
    let numbers = serde_json::to_string_pretty(&numbers).unwrap();
    fs::write(Path::new(&folder).join("numbers.json"), numbers + "\n").unwrap();
}

/// A node whose keys last: its key file lies there before it is made, as after an `init` that was
/// cut off.
fn make(world: &World, home: &str, agency: &str, country: &str) {
    let init = |home: &str| {
        let words = ["--home", home, "init", "--agency", agency, "--country", country];
        let made = world.json(&[words.as_slice(), &["--kind", "police"]].concat());
        assert_eq!(made["agency"], agency);
    };
    init("short");
    let text = fs::read_to_string(world.path("short/keys/node.key")).unwrap();
    fs::remove_dir_all(world.path("short")).unwrap();
    let (head, secret) = text.trim_end().rsplit_once('\n').unwrap();
    let mut bytes: Vec<u8> = (0..secret.len() / 2)
        .map(|at| u8::from_str_radix(&secret[2 * at..2 * at + 2], 16).unwrap())
        .collect();
    let mut count = 0;
    for at in 0..bytes.len() - 10 {
        if bytes[at..].starts_with(&END) {
            bytes[at + 2..at + 10].copy_from_slice(&LATEST.to_be_bytes());
            count += 1;
        }
    }
    assert_eq!(count, 3, "a signing, a sealing and a TLS key");
    let secret: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    fs::create_dir_all(world.path(home).join("keys")).unwrap();
    fs::write(world.path(home).join("lock"), b"").unwrap();
    fs::write(world.path(home).join("keys/node.key"), format!("{head}\n{secret}\n")).unwrap();
    init(home);
}
