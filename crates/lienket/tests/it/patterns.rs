//! `patterns --pattern FILE`: the examples of the documentation find what they describe and no
//! more, and a file that describes nothing is refused with its line, in both languages.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::World;
use serde_json::Value;

const TRANSFERS: &str =
    "tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency\n";
const ACCOUNTS: &str = "bank,account,country,currency,kind,holder_name\n";
const COMPLAINTS: &str = "complaint_id,reported_at,agency,victim_bank,victim_account,paid_to_bank,paid_to_account,\
     amount,currency\n";
const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;
/// The year 2025 begins, UTC.
const BEGIN: i64 = 1_735_689_600;

fn documents() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

/// A case of transfers (id, seconds after the beginning, payer, payee, US dollars) between
/// accounts that are held as their names say: `kh-…` in Cambodia, all others in Viet Nam;
/// `…-ex` at an exchange.
fn world(transfers: &[(&str, i64, &str, &str, i64)], complained: &str) -> World {
    let world = World::with_node();
    let (mut rows, mut names) = (TRANSFERS.to_owned(), Vec::new());
    for (id, second, from, to, dollars) in transfers {
        let at = BEGIN + second;
        rows.push_str(&format!("{id},{at},BANK,{from},BANK,{to},{dollars},USD\n"));
        names.extend([*from, *to]);
    }
    names.sort_unstable();
    names.dedup();
    let mut accounts = ACCOUNTS.to_owned();
    for name in names {
        let country = if name.starts_with("KH") { "KH" } else { "VN" };
        let kind = if name.ends_with("EX") { "exchange" } else { "personal" };
        accounts.push_str(&format!("BANK,{name},{country},USD,{kind},\n"));
    }
    world.write("accounts.csv", accounts.as_bytes());
    world.write("transfers.csv", rows.as_bytes());
    for file in ["accounts.csv", "transfers.csv"] {
        let answer = world.json(&["import", file]);
        assert_eq!(answer["files"][0]["rejected"], Value::Array(Vec::new()), "{answer}");
    }
    if let Some((_, second, from, to, dollars)) = transfers.iter().find(|t| t.0 == complained) {
        let at = BEGIN + second;
        let row = format!("{COMPLAINTS}c1,{at},A05,BANK,{from},BANK,{to},{dollars},USD\n");
        world.write("complaints.csv", row.as_bytes());
        let answer = world.json(&["import", "complaints.csv"]);
        assert_eq!(answer["files"][0]["accepted"], 1, "{answer}");
    }
    world
}

/// What the example of this name finds: for each finding its transfers.
fn found(world: &World, name: &str) -> Vec<String> {
    let path = documents().join("patterns").join(format!("{name}.toml"));
    let answer = world.json(&["patterns", "--pattern", path.to_str().unwrap()]);
    assert_eq!(answer["truncated"], false, "{answer}");
    let findings = answer["findings"].as_array().unwrap();
    let transfers = findings.iter().map(|finding| {
        assert_eq!(finding["pattern"], name);
        assert_eq!(finding["score"], 1.0);
        let ids = finding["transfers"].as_array().unwrap().iter();
        ids.map(|id| id.as_str().unwrap()).collect::<Vec<_>>().join(" ")
    });
    transfers.collect()
}

#[test]
fn collected_money_that_leaves_for_abroad() {
    let mut transfers = vec![
        ("t1", 0, "A", "C", 300),
        ("t2", HOUR, "B", "C", 400),
        ("t3", 2 * HOUR, "D", "C", 300),
        ("t4", 5 * HOUR, "C", "KHX", 900),
        ("t5", 6 * HOUR, "C", "E", 50),
    ];
    let name = "collect_and_send_abroad";
    let case = world(&transfers, "");
    assert_eq!(found(&case, name), ["t1 t2 t3 t4"]);
    let path = documents().join("patterns").join(format!("{name}.toml"));
    let answer = case.json(&["patterns", "--pattern", path.to_str().unwrap()]);
    assert_eq!(answer["findings"][0]["roles"][0]["role"], "payers");
    assert_eq!(answer["findings"][0]["roles"][1]["accounts"][0]["account"], "C");
    assert_eq!(
        answer["findings"][0]["because"][0],
        "step 1: 3 transfers, 1,000.00 USD in all: t1, t2, t3"
    );
    // Where a shorter span is asked for, it holds.
    let narrow = ["patterns", "--window", "4h", "--pattern", path.to_str().unwrap()];
    assert_eq!(case.json(&narrow)["findings"], Value::Array(Vec::new()));
    transfers[3].3 = "F";
    assert!(found(&world(&transfers, ""), name).is_empty(), "to an account at home");
}

#[test]
fn a_woken_account_that_pays_an_exchange() {
    let mut transfers = vec![
        ("t1", 0, "A", "M", 20),
        ("t2", 100 * DAY, "V", "M", 5_000),
        ("t3", 100 * DAY + HOUR, "M", "OEX", 2_000),
        ("t4", 100 * DAY + 2 * HOUR, "M", "PEX", 2_500),
    ];
    let name = "woken_account_to_exchange";
    assert_eq!(found(&world(&transfers, "t2"), name), ["t2 t3 t4"]);
    assert!(found(&world(&transfers, ""), name).is_empty(), "nobody complained");
    transfers[0].1 = 20 * DAY;
    assert!(found(&world(&transfers, "t2"), name).is_empty(), "it slept for 80 days only");
}

#[test]
fn payments_split_below_a_threshold() {
    let mut transfers = vec![
        ("t1", 0, "P", "Q", 9_900),
        ("t2", HOUR, "P", "Q", 12_000),
        ("t3", 2 * HOUR, "P", "Q", 9_500),
        ("t4", 30 * HOUR, "P", "Q", 8_100),
        ("t5", 31 * HOUR, "R", "Q", 9_000),
    ];
    let name = "split_below_threshold";
    assert_eq!(found(&world(&transfers, ""), name), ["t1 t3 t4"]);
    transfers[3].1 = 49 * HOUR;
    assert!(found(&world(&transfers, ""), name).is_empty(), "longer than two days");
}

#[test]
fn money_through_new_accounts() {
    let mut transfers = vec![("t0", 0, "Z", "S", 10)];
    let names = [("N1", "a1", "b1"), ("N2", "a2", "b2"), ("N3", "a3", "b3")];
    for (n, (middle, paid, passed)) in (0..).zip(names) {
        transfers.push((paid, 40 * DAY + n * HOUR, "S", middle, 1_000));
        transfers.push((passed, 40 * DAY + n * HOUR + 1_800, middle, "T", 970));
    }
    let name = "through_new_accounts";
    assert_eq!(found(&world(&transfers, ""), name), ["a1 b1 a2 b2 a3 b3"]);
    transfers.push(("old", 1, "Z", "N2", 10));
    assert!(found(&world(&transfers, ""), name).is_empty(), "one of three is an old customer");
}

#[test]
fn the_documentation_shows_the_examples_as_they_are() {
    let folder = documents().join("patterns");
    let examples: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(examples.len() >= 3);
    for page in ["patterns.md", "patterns.vi.md"] {
        let page = fs::read_to_string(documents().join(page)).unwrap();
        for example in &examples {
            let text = fs::read_to_string(example).unwrap();
            let name = example.file_name().unwrap().to_str().unwrap();
            let body = text.split_once("name = ").unwrap().1;
            assert!(page.contains(name) && page.contains(body), "{name}");
        }
    }
}

/// A file's fault: its code, and that cause and remedy are told with the line in both languages.
fn check(text: &str, code: &str, line: usize) {
    let world = World::with_node();
    world.write("mine.toml", text.as_bytes());
    let answer = world.json(&["patterns", "--pattern", "mine.toml"]);
    assert_eq!(answer["error"]["code"], code, "{text}: {answer}");
    for (language, word) in [("en", "Line"), ("vi", "Dòng")] {
        let mut program = world.program();
        program.env("LIENKET_LANG", language);
        let output = program.args(["patterns", "--pattern", "mine.toml"]).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{text}: {told}");
        if line > 0 {
            assert!(told.contains(&format!("{word} {line} ")), "{text}: {told}");
        }
        assert!(!told.contains('⟦'), "{told}");
    }
}

#[test]
fn a_file_that_describes_nothing_is_refused_with_its_line() {
    let step = "[[step]]\nfrom = \"a\"\nto = \"b\"\n";
    let mine = |more: &str| format!("name = \"mine\"\n{step}{more}");
    check("name = \"mine\"\n[[step]\n", "pattern_syntax", 2);
    check("name = mine\n", "pattern_syntax", 1);
    check(&mine("amount = 5\n"), "pattern_key", 5);
    check(&mine("[role.c]\nnew = \"5d\"\n"), "pattern_key", 5);
    check(step, "pattern_missing", 1);
    check("name = \"mine\"\n[[step]]\nfrom = \"a\"\n", "pattern_missing", 2);
    check(&format!("name = \"cycle\"\n{step}"), "pattern_value", 1);
    check(&format!("name = \"My pattern\"\n{step}"), "pattern_value", 1);
    for bad in [
        "gap = \"5m\"",
        "gap = 5",
        "within = \"400d\"",
        "count = 0",
        "count = 1.5",
        "count = 0x10",
        "many = \"both\"",
        "part = 0.8",
        "part = [1.0, 0.5]",
        "part = [nan, 1.0]",
        "usd_least = -1",
        "usd_most = inf",
        "usd_least = \"9\"",
        "border = \"yes\"",
        "complained = false",
    ] {
        check(&mine(&format!("{bad}\n")), "pattern_value", 5);
    }
    check(&mine("[role.a]\ncountry = \"ZZ\"\n"), "pattern_value", 6);
    check(&mine("[role.a]\nkind = []\n"), "pattern_value", 6);
    check("name = \"mine\"\n", "pattern_steps", 0);
    check(&format!("name = \"mine\"\n{}", step.repeat(9)), "pattern_steps", 0);
    check("name = \"mine\"\n[[step]]\nfrom = \"a\"\nto = \"a\"\n", "pattern_sides", 2);
    check(&mine("[[step]]\nfrom = \"c\"\nto = \"d\"\n"), "pattern_unconnected", 2);
    check(&format!("name = {}1", "[".repeat(5_000)), "pattern_syntax", 1);
    check(&"#".repeat(70_000), "pattern_too_large", 0);
}
