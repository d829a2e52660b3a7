//! Files that are not what they say: each gives a clear error or rejected rows, and nothing that
//! was there before is lost or changed.

use std::io::Write as _;

use crate::common::World;
use serde_json::Value;

const HEADER: &str = "tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency\n";

/// A node that holds one transfer.
fn world() -> World {
    let world = World::with_node();
    let row = format!("{HEADER}t1,1735689916,VNB01,1,VNB02,2,100,VND\n");
    world.write("good.csv", row.as_bytes());
    assert_eq!(world.json(&["import", "good.csv"])["files"][0]["accepted"], 1);
    world
}

/// Imports bytes under a name; says the file's error code, or its rejected rows' codes.
fn check(name: &str, bytes: &[u8], expected: &str) {
    let world = world();
    let before = world.json(&["trace", "--transfer", "t1"]);
    world.write(name, bytes);
    let answer = world.json(&["import", name]);
    let file = &answer["files"][0];
    let codes = |rows: &Value| {
        let rows = rows.as_array().unwrap().iter();
        rows.map(|row| row["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
    };
    let found = match file["error"]["code"].as_str() {
        Some(code) => code.to_owned(),
        None => format!("{} rows: {}", file["rows"], codes(&file["rejected"])).trim().to_owned(),
    };
    assert_eq!(found, expected, "{name}: {answer}");
    for text in [&file["error"]["message"], &file["error"]["hint"], &file["rejected"][0]["reason"]]
    {
        let text = text.as_str().unwrap_or("-");
        assert!(!text.is_empty() && !text.contains('⟦'), "{name}: {text}");
    }
    assert_eq!(world.json(&["trace", "--transfer", "t1"]), before, "{name}");
    assert_eq!(world.json(&["doctor"])["ok"], true, "{name}");
}

fn rows(rows: &str) -> Vec<u8> {
    format!("{HEADER}{rows}").into_bytes()
}

#[test]
fn an_empty_file_is_an_error() {
    check("empty.csv", b"", "empty_file");
}

#[test]
fn a_header_alone_is_no_rows() {
    check("header.csv", &rows(""), "0 rows:");
}

#[test]
fn a_truncated_gzip_is_an_error() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&rows(&"t9,1735689916,VNB01,1,VNB02,2,100,VND\n".repeat(10_000))).unwrap();
    let bytes = gzip.finish().unwrap();
    check("cut.csv.gz", &bytes[..bytes.len() / 2], "gzip_truncated");
}

#[test]
fn a_line_without_end_is_an_error_in_bounded_memory() {
    check("line.csv", &vec![b'a'; 8 << 20], "record_too_long");
}

#[test]
fn a_pdf_called_csv_is_an_error() {
    check("file.csv", b"%PDF-1.7\n1 0 obj\n", "not_a_table");
}

#[test]
fn bytes_in_no_encoding_are_an_error() {
    let mut bytes = rows("t2,1735689916,VNB01,1,VNB02,2,100,VND\n");
    bytes.extend_from_slice(&[b't', 0x81, 0x8d, 0x8f, 0x90, 0x9d, 0xff, 0xfe, 0xfd, b'\n']);
    check("odd.csv", &bytes, "encoding_unknown");
}

#[test]
fn amounts_and_dates_that_cannot_be_are_rejected_rows() {
    let text = "t2,1735689916,VNB01,1,VNB02,2,-100,VND\n\
                t3,1735689916,VNB01,1,VNB02,2,99999999999999999999,VND\n\
                t4,1899-12-31T00:00:00Z,VNB01,1,VNB02,2,100,VND\n\
                t5,2199-01-01T00:00:00Z,VNB01,1,VNB02,2,100,VND\n\
                t6,1735689916,VNB01,1,VNB02,2,100,XXQ\n";
    let codes =
        "amount_negative amount_too_large time_out_of_range time_out_of_range currency_unknown";
    check("odd.csv", &rows(text), &format!("5 rows: {codes}"));
}

#[test]
fn the_same_id_with_other_content_is_a_rejected_row() {
    let text = "t1,1735689916,VNB01,1,VNB02,2,999,VND\nt2,1735689916,VNB01,8,VNB02,9,5,VND\n";
    check("again.csv", &rows(text), "2 rows: same_id_other_content");
}

#[test]
fn sums_beyond_counting_are_refused_and_named() {
    let world = world();
    let mut text = String::new();
    for number in 0..1_000 {
        text += &format!("x{number},1735689917,VNB01,7,VNB02,8,10000000000000000,VND\n");
    }
    world.write("huge.csv", &rows(&text));
    assert_eq!(world.json(&["import", "huge.csv"])["files"][0]["accepted"], 1_000);
    let answer = world.json(&["trace", "--transfer", "t1"]);
    assert_eq!(answer["error"]["code"], "sums_too_large", "{answer}");
    assert!(answer["error"]["message"].as_str().unwrap().contains("VNB02/8"), "{answer}");
    let case = world.json(&["case", "new", "clean"])["case"].as_str().unwrap().to_owned();
    assert_eq!(world.json(&["import", "--case", &case, "good.csv"])["files"][0]["accepted"], 1);
    assert!(world.json(&["trace", "--case", &case, "--transfer", "t1"])["rules"].is_object());
}
