//! camt.056 drafts: right by ISO's own schema, whatever the names and ids hold.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::process::Command;

use formats::camt056::{Edition, Payment, Recall, RecallError, write};
use model::account::Account;
use model::money::{Currency, Money};
use model::time::Timestamp;

fn recall(agency: &str, id: &str) -> Recall {
    let at = Timestamp::from_seconds(1_800_000_000).unwrap();
    Recall {
        id: "VN-2026-0001".to_owned(),
        made: at,
        agency: agency.to_owned(),
        from_bank: "970436".to_owned(),
        to_bank: "DBSSSGSG".to_owned(),
        payments: vec![Payment {
            id: id.to_owned(),
            at,
            amount: Money::new(1_000_050, Currency::USD),
            from: Account::parse("970436", "0123456789").unwrap(),
            to: Account::parse("DBSSSGSG", "555000111").unwrap(),
            traced: Money::new(12_345, Currency::USD),
        }],
    }
}

/// What the schema says of a message; xmllint is there wherever the tests run (`.ci/run`).
fn judged(xml: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("recall.xml");
    std::fs::write(&file, xml).unwrap();
    let schema =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/iso20022/camt.056.001.12.xsd");
    let mut xmllint = Command::new("xmllint");
    let run = xmllint.args(["--noout", "--nonet", "--schema"]).arg(schema).arg(&file).output();
    let run = run.unwrap();
    if run.status.success() { String::new() } else { String::from_utf8(run.stderr).unwrap() }
}

#[test]
fn a_draft_is_right_by_the_schema() {
    let xml = write(&recall("Cục A05 & phòng <1>", "T-1"), Edition::V12).unwrap();
    assert_eq!(judged(&xml), "");
    assert!(xml.contains("<Cd>FRAD</Cd>") && xml.contains("HOLD 123.45 USD AND NO MORE"));
    assert!(xml.contains("<BICFI>DBSSSGSG</BICFI>") && xml.contains("<Id>970436</Id>"));
    let other = write(&recall("Cục A05 & phòng <1>", "T-1"), Edition::V08).unwrap();
    assert_eq!(other.replace("camt.056.001.08", "camt.056.001.12"), xml);
}

#[test]
fn the_schema_tells_a_wrong_one() {
    let xml = write(&recall("A05", "T-1"), Edition::V12).unwrap();
    assert_ne!(judged(&xml.replace("<Cd>FRAD</Cd>", "<Code>FRAD</Code>")), "");
}

#[test]
fn whatever_the_names_hold_it_stays_a_message() {
    let long = "x".repeat(1_000);
    for name in ["", "\u{0}\u{1}\u{ffff}", "]]>&<a b='c'>", &long, "ក្រសួងមហាផ្ទៃ"]
    {
        let xml = write(&recall(name, name), Edition::V12).unwrap();
        assert_eq!(judged(&xml), "", "{name:?}");
    }
}

#[test]
fn what_no_bank_can_pay_is_no_recall() {
    let mut token = recall("A05", "T-1");
    token.payments[0].amount = Money::new(1, Currency::parse("USDT").unwrap());
    assert_eq!(write(&token, Edition::V08), Err(RecallError::Currency("USDT")));
    token.payments.clear();
    assert_eq!(write(&token, Edition::V08), Err(RecallError::Payments(0)));
}
