//! The home: its key, its modes, its backup, and what a demo leaves alone.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::common::World;

const HEADER: &str = "tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency\n";
const INIT: [&str; 7] = ["init", "--agency", "A05", "--country", "VN", "--kind", "police"];

/// Runs the program with a passphrase file.
fn json(world: &World, passphrase: &str, arguments: &[&str]) -> Value {
    let mut program = world.program();
    program.env("LIENKET_PASSPHRASE_FILE", world.path(passphrase));
    let output = program.arg("--json").args(arguments).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A node that imported one good row and one bad one.
fn filled() -> World {
    let world = World::with_node();
    let rows = "t1,1735689916,VNB01,1,VNB02,2,100,VND\nt2,1735689917,VNB01,1,VNB02,2,-1,VND\n";
    world.write("good.csv", format!("{HEADER}{rows}").as_bytes());
    assert_eq!(world.json(&["import", "good.csv"])["files"][0]["accepted"], 1);
    world
}

/// All files under a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return found };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        }
        found.push(path);
    }
    found.sort();
    found
}

/// The health check of a name.
fn check(health: &Value, name: &str) -> (bool, bool) {
    let checks = health["checks"].as_array().unwrap().iter();
    let check = checks.into_iter().find(|check| check["name"] == name).unwrap();
    assert!(!check["detail"].as_str().unwrap().contains('⟦'), "{check}");
    (check["ok"].as_bool().unwrap(), check["warning"].as_bool().unwrap())
}

#[test]
fn an_init_that_is_refused_leaves_no_home() {
    let world = World::empty();
    world.write("empty", b"\n");
    world.write("large", &vec![b'a'; 1 << 20]);
    world.write("binary", b"\xff\xfe");
    let cases = [
        ("empty", "passphrase_empty"),
        ("large", "passphrase_too_long"),
        ("binary", "passphrase_not_text"),
        ("missing", "system"),
    ];
    for (file, code) in cases {
        assert_eq!(json(&world, file, &INIT)["error"]["code"], code, "{file}");
        assert!(!world.path("node").exists(), "{file}");
    }
    let nameless = ["init", "--agency", " ", "--country", "VN", "--kind", "police"];
    assert_eq!(world.json(&nameless)["error"]["code"], "bad_title");
    assert!(!world.path("node").exists());
}

#[test]
fn an_init_goes_on_where_one_was_cut_off_in_its_key() {
    let world = World::empty();
    std::fs::create_dir_all(world.path("node/keys")).unwrap();
    world.write("node/lock", b"");
    world.write("node/keys/node.key", b"");
    assert_eq!(world.json(&INIT)["agency"], "A05");
    assert_eq!(world.json(&["doctor"])["ok"], true);
}

#[test]
fn a_node_without_its_passphrase_works_on_and_doctor_says_so() {
    let world = World::empty();
    world.write("right", "mật khẩu\n".as_bytes());
    world.write("wrong", b"other\n");
    assert_eq!(json(&world, "right", &INIT)["agency"], "A05");
    assert_eq!(check(&json(&world, "right", &["doctor"]), "key"), (true, false));
    assert_eq!(check(&json(&world, "wrong", &["doctor"]), "key"), (false, false));
    assert_eq!(check(&world.json(&["doctor"]), "key"), (true, true));
    world.write("good.csv", format!("{HEADER}t1,1735689916,VNB01,1,VNB02,2,1,VND\n").as_bytes());
    assert_eq!(world.json(&["import", "good.csv"])["files"][0]["accepted"], 1);
}

#[test]
fn doctor_knows_another_nodes_key_and_a_damaged_one() {
    let (world, other) = (World::with_node(), World::with_node());
    let key = "node/keys/node.key";
    std::fs::copy(other.path(key), world.path(key)).unwrap();
    assert_eq!(check(&world.json(&["doctor"]), "key"), (false, false));
    world.write(key, b"");
    assert_eq!(check(&world.json(&["doctor"]), "key"), (false, false));
}

#[test]
#[cfg(unix)]
fn nobody_else_may_read_a_home() {
    use std::os::unix::fs::PermissionsExt as _;
    let world = filled();
    world.json(&["backup", "node.lkbackup"]);
    world.json(&["--home", "copy", "restore", "node.lkbackup"]);
    world.json(&["--home", "copy", "trace", "--transfer", "t1"]);
    // While it is open, SQLite's own files lie beside the database.
    let database = world.path("node/node.db");
    let open = store::database::open(&database, store::database::EVENTS).unwrap();
    open.execute_batch("BEGIN IMMEDIATE; CREATE TABLE later (a); COMMIT;").unwrap();
    let mut seen = files(&world.path("node"));
    assert!(seen.contains(&world.path("node/node.db-wal")), "{seen:?}");
    seen.extend(files(&world.path("copy")));
    seen.extend([world.path("node"), world.path("copy")]);
    for path in seen {
        let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        let expected = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode, expected, "{} {mode:o}", path.display());
    }
    let mode = std::fs::metadata(world.path("node.lkbackup")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_damaged_original_stops_a_backup_until_the_file_is_given_again() {
    let world = filled();
    let originals = files(&world.path("node/originals"));
    let original = originals.iter().find(|path| path.is_file()).unwrap();
    for damage in [Some(b"damaged".as_slice()), None] {
        match damage {
            Some(bytes) => std::fs::write(original, bytes).unwrap(),
            None => std::fs::remove_file(original).unwrap(),
        }
        assert_eq!(check(&world.json(&["doctor"]), "files"), (false, false));
        let refused = world.json(&["backup", "node.lkbackup"]);
        assert_eq!(refused["error"]["code"], "original_damaged");
        assert!(refused["error"]["message"].as_str().unwrap().contains("good.csv"), "{refused}");
        let left = files(&world.path(""));
        let is_backup = |path: &&PathBuf| path.to_string_lossy().contains("lkbackup");
        assert_eq!(left.iter().find(is_backup), None, "nothing half done is left");
        assert_eq!(world.json(&["import", "good.csv"])["files"][0]["already"], 1);
        assert_eq!(world.json(&["doctor"])["ok"], true);
    }
    assert_eq!(world.json(&["backup", "node.lkbackup"])["count"], 3);
}

#[test]
fn a_backup_never_replaces_a_file() {
    let world = filled();
    world.write("thesis.txt", b"years of labour");
    assert_eq!(world.json(&["backup", "thesis.txt"])["error"]["code"], "backup_exists");
    assert_eq!(std::fs::read(world.path("thesis.txt")).unwrap(), b"years of labour");
}

#[test]
fn a_backup_is_restored_into_a_new_folder_an_empty_one_and_the_present_one() {
    let world = filled();
    world.json(&["backup", "node.lkbackup"]);
    std::fs::create_dir(world.path("empty")).unwrap();
    for home in ["new/", "empty", "deep/er/new"] {
        assert_eq!(world.json(&["--home", home, "restore", "node.lkbackup"])["count"], 3, "{home}");
        assert_eq!(
            world.json(&["--home", home, "trace", "--transfer", "t1"])["error"],
            Value::Null
        );
        assert_eq!(world.json(&["--home", home, "doctor"])["ok"], true, "{home}");
    }
    let again = world.json(&["--home", "new", "restore", "node.lkbackup"]);
    assert_eq!(again["error"]["code"], "home_not_empty");
}

#[test]
fn lists_of_rejected_rows_of_one_file_never_replace_each_other() {
    let world = filled();
    let case = world.json(&["case", "new", "second"])["case"].as_str().unwrap().to_owned();
    let place = |arguments: &[&str]| {
        let place = world.json(arguments)["files"][0]["rejects_file"].as_str().unwrap().to_owned();
        assert!(Path::new(&place).exists(), "{place}");
        place
    };
    let here = place(&["import", "good.csv"]);
    assert_eq!(here, place(&["import", "good.csv"]), "the same list is kept once");
    let there = place(&["import", "good.csv", "--case", &case]);
    let in_vietnamese = place(&["--lang", "vi", "import", "good.csv"]);
    assert!(here != there && here != in_vietnamese && there != in_vietnamese);
}

#[test]
fn a_demo_never_empties_a_folder_that_somebody_used() {
    let world = World::empty();
    let demo = || world.json(&["demo", "--dir", "demo"]);
    assert!(demo()["rings"].as_u64().unwrap() > 0);
    let story = demo();
    assert!(story["rings"].as_u64().unwrap() > 0, "a demo of its own is made anew: {story}");
    assert_eq!(story["messages"], 3, "{story}");
    assert!(story["hits"].as_u64().unwrap() > 10, "{story}");
    assert_eq!(story["bundle_valid"], true, "{story}");
    assert_eq!(story["flipped_bit_found"], true, "{story}");
    let notes = world.write("demo/sg/rates.txt", b"mine");
    assert_eq!(demo()["error"]["code"], "demo_folder_used");
    std::fs::remove_file(notes).unwrap();
    world.json(&["--home", "demo/th", "case", "new", "mine"]);
    let before = files(&world.path("demo")).len();
    assert_eq!(demo()["error"]["code"], "demo_folder_used");
    assert_eq!(files(&world.path("demo")).len(), before);
}
