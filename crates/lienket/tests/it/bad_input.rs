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
fn what_a_file_is_instead_is_said_in_the_language() {
    let world = World::with_node();
    for (bytes, vi, en) in [
        (&b"%PDF-1.7\n"[..], "Đây là tệp PDF,", "This is a PDF,"),
        (b"a\0b", "Đây là dữ liệu nhị phân,", "This is binary data,"),
        (b"<html>", "Đây là trang web hoặc XML,", "This is a web page or XML,"),
    ] {
        world.write("file.csv", bytes);
        for (language, expected) in [("vi", vi), ("en", en)] {
            let answer = world.json(&["--lang", language, "import", "file.csv"]);
            let told = answer["files"][0]["error"]["message"].as_str().unwrap();
            assert!(told.starts_with(expected), "{told}");
        }
    }
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

/// Imports paths into a node; says each entry's path with what became of it.
fn check_paths(world: &World, paths: &[&str], expected: &str) {
    let output = world.program().args(["--json", "import"]).args(paths).output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let line = |file: &Value| {
        let became = match file["error"]["code"].as_str() {
            Some(code) => code.to_owned(),
            None => format!("{} rows", file["rows"]),
        };
        format!("{} {became}", file["path"].as_str().unwrap())
    };
    let found: Vec<String> = answer["files"].as_array().unwrap().iter().map(line).collect();
    assert_eq!(found.join("\n"), expected);
    let is_failed = expected.lines().any(|line| !line.ends_with(" rows"));
    assert_eq!(output.status.code(), Some(i32::from(is_failed)), "{answer}");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_taken_stops_nothing_and_is_named() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let world = World::with_node();
    let row = "t1,1735689916,VNB01,1,VNB02,2,100,VND\n";
    for folder in ["in", "in/locked", "empty"] {
        std::fs::create_dir(world.path(folder)).unwrap();
    }
    world.write("in/z.csv", &rows(row));
    symlink("nowhere", world.path("in/a.csv")).unwrap();
    symlink(".", world.path("in/up")).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(world.path("in/pipe")).status().unwrap();
    assert!(pipe.success());
    let locked = world.path("in/locked");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).unwrap();
    // Who may do everything may read it: then it is an empty folder, of which nothing is said.
    let is_locked = std::fs::read_dir(&locked).is_err();
    let line = if is_locked { "in/locked folder_unreadable\n" } else { "" };
    check_paths(
        &world,
        &["missing", "empty", "/dev/zero", "in"],
        &format!(
            "missing read_failed\nempty folder_empty\n/dev/zero not_a_file\n\
             in/a.csv read_failed\n{line}in/pipe not_a_file\nin/z.csv 1 rows"
        ),
    );
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o700)).unwrap();
}

#[cfg(unix)]
#[test]
fn a_pipe_and_standard_input_are_imported_like_files() {
    let world = World::with_node();
    let row = "t1,1735689916,VNB01,1,VNB02,2,100,VND\n";
    let mut child = world
        .program()
        .args(["--json", "import", "/dev/stdin"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&rows(row)).unwrap();
    let output = child.wait_with_output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["files"][0]["accepted"], 1, "{answer}");
    assert_eq!(answer["files"][0]["path"], "/dev/stdin");
    let left = std::fs::read_dir(world.path("node/work")).unwrap().count();
    assert_eq!(left, 0, "a pipe's copy goes when it was read");
}

#[test]
fn a_map_that_is_no_small_text_is_refused_with_its_remedy() {
    let world = World::with_node();
    world.write("good.csv", &rows("t1,1735689916,VNB01,1,VNB02,2,100,VND\n"));
    world.write(
        "map.txt",
        &"tx_id = Số".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
    );
    world.write("huge.txt", &vec![b'#'; (1 << 20) + 1]);
    for (map, code) in [("map.txt", "map_not_text"), ("huge.txt", "map_too_large")] {
        let answer = world.json(&["import", "good.csv", "--map", map]);
        assert_eq!(answer["error"]["code"], code, "{answer}");
        let seeds = world.json(&["trace", "--transfer", "@map.txt"]);
        assert_eq!(seeds["error"]["code"], "seed_file_not_text", "{seeds}");
    }
}

#[test]
fn a_fault_met_with_one_file_does_not_stop_the_next() {
    let world = World::with_node();
    let head = "complaint_id,reported_at,agency,paid_to_bank,paid_to_account,amount,currency\n";
    let complaint = |id: &str| format!("{head}{id},2025-01-01T00:00:00Z,A05,VNB02,2,100,VND\n");
    world.write("first.csv", complaint("C1").as_bytes());
    world.write("second.csv", complaint("C2").as_bytes());
    world.write("transfers.csv", &rows("t1,1735689916,VNB01,1,VNB02,2,100,VND\n"));
    assert_eq!(world.json(&["import", "first.csv"])["files"][0]["accepted"], 1);
    for folder in ["originals", "segments"] {
        std::fs::remove_dir_all(world.path("node").join(folder)).unwrap();
    }
    check_paths(
        &world,
        &["second.csv", "transfers.csv"],
        "second.csv system\ntransfers.csv 1 rows",
    );
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

#[test]
fn odd_transfers_are_taken_with_a_warning_that_names_the_row() {
    let world = world();
    let head = "tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency,\
                amount_received,currency_received\n";
    let text = head.to_owned()
        + "late,4070908800,VNB01,1,VNB02,2,100,VND,100,VND\n"
        + "off,1735689918,VNB01,1,VNB02,3,100.00,USD,25000,VND\n"
        + "right,1735689917,VNB01,1,VNB02,3,100.00,USD,2500000,VND\n"
        + "self,1735689916,VNB01,1,VNB01,1,5,VND,5,VND\n"
        + "zero,1735689915,VNB01,1,VNB02,2,0,VND,0,VND\n"
        + "odd,1735689915,VNB01,1,VNB02,2,7,XQZ,7,XQZ\n";
    world.write("odd.csv", text.as_bytes());
    let answer = world.json(&["import", "odd.csv"]);
    let file = &answer["files"][0];
    assert_eq!(file["accepted"], 5, "{answer}");
    let told = |list: &str| {
        let rows = file[list].as_array().unwrap().iter();
        let told = rows.map(|row| format!("{} {}", row["row"], row["code"].as_str().unwrap()));
        told.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(told("rejected"), "6 currency_unknown", "{answer}");
    let warned = told("warnings");
    let expected = "1 transfer_in_future, 2 rate_far_off, 4 transfer_to_self, 5 amount_zero";
    assert!(warned.starts_with(expected), "{warned}");
    // The rows came in no order; those before the seed carry nothing of it.
    let trace = world.json(&["trace", "--transfer", "right"]);
    assert_eq!(trace["rules"]["fifo"]["transfers"].as_array().unwrap().len(), 1, "{trace}");
}

#[test]
fn a_hundred_thousand_transfers_through_one_account_are_traced() {
    let world = World::with_node();
    let mut text = String::new();
    for number in 0..50_000 {
        let at = 1_735_689_900 + number;
        text += &format!("i{number},{at},VNB01,{},VNB02,2,100,VND\n", number + 10);
        text += &format!("o{number},{at},VNB02,2,VNB03,{},100,VND\n", number + 10);
    }
    world.write("hub.csv", &rows(&text));
    assert_eq!(world.json(&["import", "hub.csv"])["files"][0]["accepted"], 100_000);
    let trace = world.json(&["trace", "--transfer", "i0"]);
    assert!(trace["rules"]["fifo"]["resting"].as_array().is_some_and(|r| !r.is_empty()));
}

#[test]
fn a_complaint_of_an_account_never_seen_is_told_as_unmatched() {
    let world = World::with_node();
    world.write("rows.csv", &rows("t1,1735689600,VNB01,1,VNB02,2,100,VND\n"));
    let complaint = "complaint_id,reported_at,agency,victim_bank,victim_account,paid_to_bank,\
                     paid_to_account,amount,currency\n\
                     C1,1735689700,A05,VNB01,1,VNB09,999,100,VND\n\
                     C2,1735689700,A05,VNB01,1,VNB02,2,100,VND\n";
    world.write("complaints.csv", complaint.as_bytes());
    world.json(&["import", "rows.csv", "complaints.csv"]);
    let trace = world.json(&["trace", "--complaints", "all"]);
    assert_eq!(trace["unmatched"], serde_json::json!(["C1"]), "{trace}");
    assert_eq!(trace["rules"]["fifo"]["resting"][0]["from"][0]["complaints"][0], "C2", "{trace}");
    assert_eq!(world.json(&["rings"])["unmatched"], serde_json::json!(["C1"]));
}
