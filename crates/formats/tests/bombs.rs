//! Small files that mean to become large, deep, or two things at once: each is refused with its
//! code or read as one thing, in bounded memory and without a deep stack.

mod common;

use common::{gzip, text, vietnam, workbook, workbook_of, zip};

const TRANSFERS: &str =
    "tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency\n";

/// What is told of a file begins so.
#[track_caller]
fn check(bytes: impl Into<Vec<u8>>, expected: &str) {
    let told = text(bytes, &vietnam());
    assert!(told.starts_with(expected), "{told}");
}

#[test]
fn xml_a_million_deep_costs_no_stack() {
    let (open, close) = ("<a>".repeat(1_000_000), "</a>".repeat(1_000_000));
    let within = |inside: &str| format!("<worksheet><sheetData>{inside}</sheetData></worksheet>");
    check(workbook_of(&[("S", within(&open))]), "error ");
    check(workbook_of(&[("S", within(&format!("{open}{close}")))]), "error ");
    let cell = r#"<row><c r="A1" t="inlineStr"><is><t>account</t></is></c></row>"#;
    check(workbook_of(&[("S", within(&format!("{cell}{open}{close}")))]), "error ");
}

#[test]
fn gzip_that_becomes_much_is_not_held() {
    let bomb = gzip(&vec![b' '; 64 << 20]);
    assert!(bomb.len() < 1 << 20);
    check(bomb.clone(), "error record_too_long 0\n");
    check([gzip(TRANSFERS.as_bytes()), bomb].concat(), "error record_too_long 1\n");
    check(gzip(&gzip(TRANSFERS.as_bytes())), "error not_a_table binary\n");
}

#[test]
fn json_that_says_a_thing_twice_or_a_number_that_is_none_is_refused() {
    for json in [
        r#"{"Event":{"info":"a"},"Event":{"info":"b"}}"#,
        r#"{"type":"bundle","type":"report","objects":[],"objects":[]}"#,
        r#"{"type":"bundle","id":"b","objects":[{"type":"url","id":"u","value":"a","value":"b"}]}"#,
        r#"{"Event":{"info":NaN}}"#,
        r#"{"Event":{"info":-Infinity}}"#,
        r#"{"Event":{"info":"a","Attribute":[{"type":"domain","value":1e999}]}}"#,
        r#"{"Event":{"info":"\ud800"}}"#,
    ] {
        check(json, "error json_bad ");
    }
    check([b"{\"Event\":{\"info\":\"\xff\"}}".as_slice(), &[0xc3]].concat(), "error ");
}

#[test]
fn a_bundle_of_more_than_a_million_objects_is_refused() {
    let objects = "{},".repeat(1_000_000);
    let json = format!(r#"{{"type":"bundle","id":"b","objects":[{objects}{{}}]}}"#);
    check(json, "error too_many_objects 1000000\n");
}

#[test]
fn amounts_that_are_no_numbers_are_rejected_rows() {
    for amount in ["NaN", "nan", "inf", "-inf", "Infinity", "1e999", "1e-999", "0x10"] {
        let row = format!("{TRANSFERS}t1,1735689916,VNB01,1,VNB02,2,{amount},VND\n");
        check(row, &format!("1 rejected amount {amount:?} amount_unreadable\n"));
    }
}

#[test]
fn a_file_of_two_trades_is_read_as_one() {
    let book = workbook(&[&["account", "bank"], &["#1", "A"]]);
    check(book.clone(), "1 A/1 ");
    check([b"%PDF-1.7\n".as_slice(), &book].concat(), "error not_a_table pdf\n");
    check([&book, b"\n%PDF-1.7\n%%EOF\n".as_slice()].concat(), "error workbook_damaged ");
    check(format!("{TRANSFERS}%PDF-1.7\n"), "1 rejected - ");
    // Names that lead out of an archive are names of parts like others: none is ever written.
    let leading_out = [("../../xl/workbook.xml", b"<x/>".as_slice())];
    check(zip(&leading_out, 0), "error not_a_table zip\n");
}
