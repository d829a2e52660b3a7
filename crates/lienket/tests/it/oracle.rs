//! The trace equals the slow exact reference, to the cent, account by account.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::common::{World, data};

#[test]
fn all_six_rules_equal_the_reference_on_every_account() {
    let world = World::with_node();
    let flows = data("tiny-usd");
    let folder = flows.display().to_string();
    let dump = world.path("dump.csv");
    let oracle = Path::new(env!("CARGO_MANIFEST_DIR")).join("../bench/peers/trace_oracle.py");
    let run = Command::new("python3").arg(oracle).arg(&flows).arg("--dump").arg(&dump).output();
    let run = run.expect("python3 is there: cargo xtask test installs it");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let mut expected: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for line in std::fs::read_to_string(dump).unwrap().lines() {
        let cells: Vec<&str> = line.split(',').collect();
        let rule = expected.entry(cells[0].to_owned()).or_default();
        rule.insert(cells[1].to_owned(), cells[2].to_owned());
    }
    let imported = world.json(&["import", &folder]);
    let errors = imported["files"].as_array().unwrap().iter().filter(|f| f["error"].is_object());
    assert_eq!(errors.count(), 0, "{imported}");
    let traced = world.json(&["trace", "--transfer", &seeds(&world, &flows)]);
    for (rule, accounts) in &expected {
        let mut found = BTreeMap::new();
        for resting in traced["rules"][rule]["resting"].as_array().unwrap() {
            let account = resting["account"].as_str().unwrap().to_owned();
            let cents = resting["tainted"]["amount"].as_str().unwrap().replace('.', "");
            let cents = cents.trim_start_matches('0').to_owned();
            // Poison says who, not how much.
            found.insert(account, if rule == "poison" { String::new() } else { cents });
        }
        assert!(found == *accounts, "{rule}: {} and {} accounts", found.len(), accounts.len());
    }
    assert_eq!(expected.len(), 6);
}

/// The planted victims' payments as a file of ids.
fn seeds(world: &World, flows: &Path) -> String {
    let truth = Command::new("gzip").arg("-dc").arg(flows.join("truth.csv.gz")).output().unwrap();
    let truth = String::from_utf8(truth.stdout).unwrap();
    let mut ids = String::new();
    for line in truth.lines() {
        let cells: Vec<&str> = line.split(',').collect();
        if cells[0] == "tx" && cells[4] == "victim_payment" {
            ids.push_str(cells[3]);
            ids.push('\n');
        }
    }
    format!("@{}", world.write("seeds.txt", ids.as_bytes()).display())
}
