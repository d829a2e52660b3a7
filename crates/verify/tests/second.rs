//! The second verifier, `docs/verify.py`, which shares no line with this crate: both say the same
//! of right bundles and of damaged ones.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::{Agency, World, at, content, files, pack, world, zip};
use envelope::receipt::ReceiptKind;
use i18n::Language;
use verify::verify;

/// Of each file in a bundle so many bits are flipped, spread over its bytes.
const FLIPS: usize = 24;

/// A bundle, and what it is about.
type Case = (String, Vec<u8>);

/// Runs the second verifier.
fn second(option: &str, paths: &[PathBuf]) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/verify.py");
    let output = Command::new("python3").arg(script).arg(option).args(paths).output();
    assert!(output.is_ok(), "the second verifier needs python3: `cargo xtask test` installs it");
    output.unwrap()
}

/// What both verifiers say of some bundles has to be the same; returns how many are valid.
fn compare(cases: &[Case]) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<PathBuf> = cases
        .iter()
        .enumerate()
        .map(|(number, (_, bundle))| {
            let path = folder.path().join(format!("{number}.zip"));
            std::fs::write(&path, bundle).unwrap();
            path
        })
        .collect();
    let output = second("--json", &paths);
    let told = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = told.lines().collect();
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(lines.len(), cases.len(), "one answer a bundle; {error}");
    let mut valid = 0;
    for ((name, bundle), line) in cases.iter().zip(lines) {
        let ours = verify(Cursor::new(bundle), Language::En);
        let is_valid = line.starts_with(r#"{"valid": true"#);
        assert!(is_valid || line.starts_with(r#"{"valid": false"#), "{name}: {line}");
        assert_eq!(ours.valid, is_valid, "{name}:\n{:#?}\n{line}", ours.problems);
        valid += usize::from(is_valid);
    }
    assert_eq!(output.status.success(), valid == cases.len());
    valid
}

fn changed(change: impl FnOnce(&mut World)) -> Vec<u8> {
    let mut world = world();
    change(&mut world);
    world.bundle()
}

fn witness() -> Agency {
    Agency::new(20, "CCIB", "TH")
}

#[test]
fn both_find_right_bundles_right() {
    let whole = files(&world().bundle());
    let mut sealed = whole.clone();
    sealed.retain(|name, _| !name.starts_with("attachments/") && !name.ends_with(".content"));
    let cases = [
        ("whole".to_owned(), world().bundle()),
        ("without content".to_owned(), pack(&sealed)),
        ("keys revoked later".to_owned(), changed(|world| world.from.revoke(at(6)))),
        ("met late".to_owned(), changed(|world| drop(world.from.cards.remove(0)))),
        ("two messages".to_owned(), changed(|world| world.send(48, content("hai"), at(2)))),
        ("witnessed".to_owned(), changed(|world| world.witness = Some(witness()))),
        ("refused".to_owned(), changed(|world| world.answer(0, ReceiptKind::Rejected, at(2)))),
    ];
    assert_eq!(compare(&cases), cases.len());
}

#[test]
fn both_find_keys_out_of_their_time_wrong() {
    let cases = [
        (
            "witness's key revoked".to_owned(),
            changed(|world| {
                world.witness = Some(witness());
                world.witness.as_mut().unwrap().revoke(at(4));
            }),
        ),
        ("revoked before".to_owned(), changed(|world| world.from.revoke(at(0)))),
        ("receipt's key revoked".to_owned(), changed(|world| world.to.revoke(at(3)))),
        ("head out of time".to_owned(), changed(|world| world.day = 101)),
        ("message out of time".to_owned(), changed(|w| w.send(48, content("muộn"), at(100)))),
    ];
    assert_eq!(compare(&cases), 0);
}

/// One root signature alone is spoilt: the card and the other signature are as they were.
#[test]
fn both_want_both_root_signatures() {
    const ML_DSA: usize = 3 + 3309;
    let whole = files(&world().bundle());
    let mut cases = Vec::new();
    for name in whole.keys().filter(|name| name.ends_with(".card")) {
        for (which, from_the_end) in [("Ed25519", ML_DSA + 1), ("ML-DSA-65", 1_000)] {
            let mut bent = whole.clone();
            let bytes = bent.get_mut(name).unwrap();
            let place = bytes.len() - from_the_end;
            bytes[place] ^= 1;
            cases.push((format!("{which} of {name}"), pack(&bent)));
        }
    }
    assert_eq!((cases.len(), compare(&cases)), (8, 0));
}

/// Files are changed and the list and the sums of the archive with them, so that each check behind
/// those is reached.
#[test]
fn both_say_the_same_of_files_that_were_changed() {
    let whole = files(&world().bundle());
    let mut cases = Vec::new();
    for (name, bytes) in &whole {
        let step = (bytes.len() / FLIPS).max(1);
        for place in (0..bytes.len()).step_by(step) {
            let mut bent = whole.clone();
            bent.get_mut(name).unwrap()[place] ^= 1 << (place % 8);
            cases.push((format!("{name}, byte {place}"), pack(&bent)));
        }
        let mut less = whole.clone();
        less.remove(name);
        cases.push((format!("without {name}"), pack(&less)));
        let mut cut = whole.clone();
        cut.get_mut(name).unwrap().pop();
        cases.push((format!("{name}, cut"), pack(&cut)));
        let mut more = whole.clone();
        more.get_mut(name).unwrap().push(0);
        cases.push((format!("{name}, longer"), pack(&more)));
    }
    assert!(cases.len() > 200, "{}", cases.len());
    // What a reader is told, and what may be left out on purpose, is in nobody's signature.
    assert!(compare(&cases) < cases.len() / 4);
}

/// The archive itself: every byte of it is settled.
#[test]
fn both_say_the_same_of_archives_that_were_changed() {
    let bundle = world().bundle();
    let mut cases = Vec::new();
    for place in (0..bundle.len()).step_by(173) {
        let mut bent = bundle.clone();
        bent[place] ^= 1 << (place % 8);
        cases.push((format!("byte {place}"), bent));
    }
    for cut in [1, 22, 100, bundle.len() / 2, bundle.len() - 3, bundle.len()] {
        cases.push((format!("{cut} bytes less"), bundle[..bundle.len() - cut].to_vec()));
    }
    cases.push(("a byte more".to_owned(), [bundle.as_slice(), b"\0"].concat()));
    let mut whole: BTreeMap<String, Vec<u8>> = files(&bundle);
    whole.insert("../a".to_owned(), vec![1]);
    cases.push(("a path outside".to_owned(), pack(&whole)));
    cases.push(("a list that lacks a file".to_owned(), zip(&whole)));
    assert_eq!(compare(&cases), 0);
}

/// The vectors hold, and not any more once one digit of one of them is another.
#[test]
fn the_second_verifier_agrees_with_the_test_vectors() {
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/vectors/lk1.json");
    let output = second("--vectors", std::slice::from_ref(&vectors));
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && told.ends_with(" vectors hold, 0 do not\n"), "{told}");
    let whole = std::fs::read_to_string(&vectors).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let fields = [
        "root_ed25519_seed",
        "id",
        "ml_dsa_65",
        "commitment",
        "without_content",
        "sealed_sha256",
        "blob",
        "leaf_hash",
        "root_before",
        "old_root",
    ];
    let changed = fields.map(|field| {
        let name = format!("\"{field}\": \"");
        let place = whole.find(&name).unwrap() + name.len();
        let digit = if whole[place..].starts_with('0') { "1" } else { "0" };
        let bent = [&whole[..place], digit, &whole[place + 1..]].concat();
        let path = folder.path().join(format!("{field}.json"));
        std::fs::write(&path, bent).unwrap();
        path
    });
    let output = second("--vectors", &changed);
    let told = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = told.lines().filter(|line| line.contains(" vectors hold, ")).collect();
    assert_eq!(lines.len(), fields.len(), "{told}");
    assert!(lines.iter().all(|line| !line.contains(" hold, 0 do not")), "{told}");
    assert!(!output.status.success());
}
