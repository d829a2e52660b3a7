//! `law pack`: a pack is signed by one agency, taken by two officers of another, and answers there.

use std::fs;

use serde_json::Value;

use crate::common::pack_folder;
use crate::pair::Pair;

/// A question that two packs of these tests do not answer alike.
pub(crate) const ASK: [&str; 12] = [
    "law",
    "basis",
    "--from",
    "VN",
    "--to",
    "SG",
    "--measure",
    "witness",
    "--conduct",
    "computer_fraud",
    "--on",
    "2026-11-26",
];

fn error(answer: &Value) -> &str {
    answer["error"]["code"].as_str().unwrap_or("none")
}

/// Two nodes; Singapore has signed a pack in which its treaty with Viet Nam is in force.
pub(crate) fn with_pack() -> Pair {
    let pair = Pair::new();
    let folder = pack_folder(&pair.world, "facts");
    for (file, from, to) in [
        ("pack.toml", "2026-11-26", "2026-12-01"),
        (
            "instruments/vn-mla-sg.toml",
            "signed = \"2024-10-28\"\n",
            "signed = \"2024-10-28\"\nin_force = \"2025-05-01\"\n",
        ),
        (
            "instruments/vn-mla-sg.toml",
            "\"signatory\", since = \"2024-10-28\"",
            "\"party\", since = \"2025-05-01\"",
        ),
    ] {
        let path = folder.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file}");
        fs::write(&path, text.replace(from, to)).unwrap();
    }
    let made = pair.sg(&["law", "pack", "make", "facts", "-o", "sg.lawpack"]);
    assert_eq!((error(&made), &made["signature"]["signer"]), ("none", &"SPF".into()), "{made}");
    pair
}

fn lead(answer: &Value) -> String {
    let lead = answer["bases"].as_array().unwrap().iter().find(|base| base["lead"] == true);
    lead.unwrap()["instrument"].as_str().unwrap().to_owned()
}

#[test]
fn a_partners_pack_answers_once_two_officers_took_it() {
    let pair = with_pack();
    let built_in = pair.vn(&["law", "pack", "show"]);
    assert_eq!(built_in["origin"], "built_in");
    let install = ["law", "pack", "install", "sg.lawpack"];
    let looked = pair.vn(&[install.as_slice(), &["--dry-run"]].concat());
    assert_eq!(looked["changes"]["files"].as_array().unwrap().len(), 2, "{looked}");
    assert_eq!(lead(&pair.vn(&ASK)), "asean-mlat", "nothing was installed");
    // A file may answer once, without being installed.
    assert_eq!(
        lead(&pair.vn(&[&["law", "--pack", "sg.lawpack"], &ASK[1..]].concat())),
        "vn-mla-sg"
    );
    assert_eq!(pair.vn(&["law", "pack", "check", "sg.lawpack"])["ok"], true);

    let alone = pair.vn(&[install.as_slice(), &["--as", "second"]].concat());
    assert_eq!(error(&alone), "one_officer");
    let two = ["--as", "first", "--as", "third"];
    let taken = pair.vn(&[install.as_slice(), &two].concat());
    assert_eq!(taken["installed"]["officers"], serde_json::json!(["first", "third"]), "{taken}");
    let shown = pair.vn(&["law", "pack", "show"]);
    assert_eq!((&shown["origin"], &shown["pack"]), (&"installed".into(), &taken["pack"]));
    let answer = pair.vn(&ASK);
    assert_eq!((lead(&answer).as_str(), &answer["pack"]), ("vn-mla-sg", &taken["pack"]));
    assert_eq!(lead(&pair.sg(&ASK)), "asean-mlat", "Singapore signed it and has not taken it");
    assert_eq!(pair.vn(&["law", "gaps", "--country", "VN"])["pack"], taken["pack"]);
    let nowhere = pair.world.json(&[["--home", "nowhere"].as_slice(), &ASK].concat());
    assert_eq!(nowhere["pack"], built_in["pack"]);
    let removed = pair.vn(&["law", "pack", "remove", "--as", "third", "--as", "second"]);
    assert_eq!((&removed["origin"], &removed["pack"]), (&"built_in".into(), &built_in["pack"]));
    assert_eq!(lead(&pair.vn(&ASK)), "asean-mlat");
    let audit = pair.vn(&["audit"]);
    let events = audit["events"].as_array().unwrap().iter();
    let deeds: Vec<&str> = events
        .filter(|event| event["event"]["event"] == "law_pack")
        .map(|event| event["event"]["what"]["deed"].as_str().unwrap())
        .collect();
    assert_eq!(deeds, ["installed", "removed"], "{audit}");
}

#[test]
fn a_served_node_takes_a_pack_and_answers_by_it() {
    let pair = with_pack();
    let _served = pair.serve();
    let installed = pair.sg(&["law", "pack", "install", "sg.lawpack"]);
    assert_eq!(installed["installed"]["officers"], serde_json::json!(["first", "second"]));
    assert_eq!(lead(&pair.sg(&ASK)), "vn-mla-sg");
    assert_eq!(pair.sg(&["law", "pack", "show"])["pack"], installed["pack"]);
    let again = pair.sg(&["law", "pack", "make", "facts", "-o", "again.lawpack"]);
    assert_eq!(again["pack"], installed["pack"]);
    assert_eq!(pair.sg(&["law", "pack", "remove"])["origin"], "built_in");
    assert_eq!(lead(&pair.sg(&ASK)), "asean-mlat");
}

#[test]
fn a_restored_backup_answers_by_the_same_pack_and_a_damaged_one_is_told() {
    let pair = with_pack();
    let installed = pair.vn(&["law", "pack", "install", "sg.lawpack"]);
    pair.vn(&["backup", "vn.backup"]);
    let restored = pair.world.json(&["--home", "again", "restore", "vn.backup"]);
    assert_eq!(error(&restored), "none", "{restored}");
    let again = |words: &[&str]| pair.world.json(&[&["--home", "again"], words].concat());
    assert_eq!(lead(&again(&ASK)), "vn-mla-sg");
    let health = again(&["doctor"]);
    let found = |health: &Value| {
        let checks = health["checks"].as_array().unwrap().clone();
        checks.into_iter().find(|check| check["name"] == "law_pack").unwrap()
    };
    assert_eq!((&health["ok"], &found(&health)["ok"]), (&true.into(), &true.into()), "{health}");
    let digest = installed["installed"]["file"].as_str().unwrap();
    let place = pair.world.path("again/originals").join(&digest[..2]).join(digest);
    let mut bytes = fs::read(&place).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&place, bytes).unwrap();
    for asked in [&ASK[..], &["law", "pack", "show"], &["law", "gaps", "--country", "VN"]] {
        assert_eq!(error(&again(asked)), "law_pack_lost", "{asked:?}");
    }
    let health = again(&["doctor"]);
    assert_eq!((&health["ok"], &found(&health)["ok"]), (&false.into(), &false.into()));
    assert_eq!(error(&again(&["backup", "bad.backup"])), "original_damaged");
    // It needs no answer to go back.
    assert_eq!(again(&["law", "pack", "remove"])["origin"], "built_in");
    assert_eq!(lead(&again(&ASK)), "asean-mlat");
}

/// `docs/law_pack.py` shares no line with the program, and says the same.
#[test]
fn a_second_reader_unpacks_what_was_signed_and_refuses_what_was_changed() {
    let pair = with_pack();
    let script = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/law_pack.py");
    let read_to = |pack: &str, card: &str, folder: &str| {
        let mut command = std::process::Command::new("python3");
        let paths = [pack, card, folder].map(|name| pair.world.path(name));
        let output = command.arg(&script).args(paths).output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    };
    let read = |pack: &str, card: &str| read_to(pack, card, "unpacked");
    // The published example, too.
    let vectors = script.with_file_name("vectors");
    let published = ["law-pack.lawpack", "law-pack.card"].map(|name| vectors.join(name));
    let [pack, card] = published.each_ref().map(|path| path.to_str().unwrap());
    let (is_good, told) = read_to(pack, card, "published");
    assert!(is_good && told.contains("3 files, signed by Công an"), "{told}");
    assert!(!read("sg.lawpack", "vn.card").0);
    let signed = fs::read_to_string(pair.world.path("sg.lawpack")).unwrap();
    for (part, other) in [
        ("name Lienket", "name Leinket"),
        ("signed 20", "signed 19"),
        ("Penal Code", "Penal code"),
        ("\ned25519 ", "\ned25519 0"),
    ] {
        pair.world.write("bent.lawpack", signed.replacen(part, other, 1).as_bytes());
        let (is_good, told) = read("bent.lawpack", "sg.card");
        assert!(!is_good && told.starts_with("no: "), "{part}: {told}");
    }
    assert!(!pair.world.path("unpacked").exists());
    let (is_good, told) = read("sg.lawpack", "sg.card");
    assert!(is_good && told.contains("signed by SPF"), "{told}");
    let checked = pair.vn(&["law", "pack", "check", "unpacked"]);
    assert_eq!(checked["pack"], pair.vn(&["law", "pack", "check", "sg.lawpack"])["pack"]);
}

/// Every refusal and every page is said in both languages.
#[test]
fn people_read_all_of_it_in_both_languages() {
    let pair = with_pack();
    let world = &pair.world;
    world.write("bad.lawpack", b"lienket law pack 2");
    world.write("none.lawpack", b"");
    let signed = fs::read_to_string(world.path("sg.lawpack")).unwrap();
    world.write("bent.lawpack", signed.replace("\nname Lienket", "\nname Leinket").as_bytes());
    for (language, words) in [
        (
            "en",
            ["Signed by SPF", "vn-mla-sg.toml: changed", "asean-mlat", "Taken at", "built into"],
        ),
        ("vi", ["Do SPF", "vn-mla-sg.toml: đã đổi", "asean-mlat", "Được nhận lúc", "có sẵn trong"]),
    ] {
        let page = |words: &[&str]| {
            let output = world.run(&[&["--home", "vn", "--lang", language], words].concat());
            assert!(
                output.status.success(),
                "{words:?} {}",
                String::from_utf8_lossy(&output.stderr)
            );
            let text = String::from_utf8(output.stdout).unwrap();
            assert!(!text.contains('⟦') && !text.contains("{ $"), "{text}");
            text
        };
        let pages = [
            page(&["law", "pack", "install", "sg.lawpack", "--dry-run"]),
            page(&["law", "pack", "install", "sg.lawpack"]),
            page(&["law", "pack", "show"]),
            page(&["audit"]),
            page(&["doctor"]),
            page(&["law", "pack", "remove"]),
        ]
        .concat();
        for word in words {
            assert!(pages.contains(word), "{word}: {pages}");
        }
        for (words, code) in [
            (vec!["law", "pack", "install", "bad.lawpack"], "law_pack_bad_file"),
            (vec!["law", "pack", "install", "none.lawpack"], "law_pack_bad_file"),
            (vec!["law", "pack", "check", "none.lawpack"], "law_pack_bad_file"),
            (vec!["law", "pack", "install", "bent.lawpack"], "law_pack_signature_wrong"),
            (vec!["law", "pack", "install", "nowhere.lawpack"], "file_failed"),
            (vec!["law", "pack", "make", "nowhere", "-o", "a.lawpack"], "pack_unreadable"),
            (vec!["law", "pack", "remove"], "law_pack_none_installed"),
        ] {
            let told = pair.vn(&[&["--lang", language], words.as_slice()].concat());
            assert_eq!(error(&told), code, "{words:?}");
            for field in ["message", "hint"] {
                let text = told["error"][field].as_str().unwrap();
                assert!(!text.is_empty() && !text.contains('⟦'), "{language} {text}");
            }
        }
    }
    let none = world.json(&["--home", "nowhere", "law", "pack", "install", "sg.lawpack"]);
    assert_eq!(error(&none), "no_node");
}
