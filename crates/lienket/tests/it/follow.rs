//! `follow`: a transfer is told of as soon as it comes, and all of them are in the case when the
//! stream has ended.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use crate::common::World;
use serde_json::Value;

const HEADER: &str = "tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency\n";
const COMPLAINTS: &str = "complaint_id,reported_at,agency,victim_bank,victim_account,\
                          paid_to_bank,paid_to_account,amount,currency\n";

/// A case in which a victim paid a collector, and another complains of a payment to come.
fn world() -> World {
    let world = World::with_node();
    let row = "t1,1735689600,VNB01,1,VNB02,9,100,USD\n";
    world.write("transfers.csv", format!("{HEADER}{row}").as_bytes());
    let rows = "c1,1735700000,A05,VNB01,1,VNB02,9,100,USD\n\
                c2,1735790000,A05,VNB01,2,VNB02,9,50,USD\n";
    world.write("complaints.csv", format!("{COMPLAINTS}{rows}").as_bytes());
    let answer = world.json(&["import", "transfers.csv", "complaints.csv"]);
    assert_eq!(answer["files"][1]["accepted"], 2, "{answer}");
    world
}

#[test]
fn a_transfer_is_told_of_before_the_next_one_comes() {
    let world = world();
    let mut program = world.program();
    program.args(["--json", "follow", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = program.spawn().unwrap();
    let mut stream = child.stdin.take().unwrap();
    let mut told = BufReader::new(child.stdout.take().unwrap());
    let mut next = |row: &str| -> Value {
        stream.write_all(row.as_bytes()).unwrap();
        stream.flush().unwrap();
        let mut line = String::new();
        told.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    };
    // The collector passes on what the victim paid.
    let first = next(&format!("{HEADER}t2,1735693200,VNB02,9,KHB01,5,80,USD\n"));
    assert_eq!((&first["tx_id"], &first["complained"]), (&"t2".into(), &false.into()));
    let carried = first["carried"].as_array().unwrap();
    let rules: Vec<&str> = carried.iter().map(|one| one["rule"].as_str().unwrap()).collect();
    assert_eq!(rules, ["haircut", "fifo", "lifo", "libr", "proceeds-first", "poison"]);
    assert_eq!(carried[1]["amount"]["amount"], "80.00", "{first}");
    // Nothing is to be told of one that touches nobody; the next is the other victim's payment.
    let second =
        next("t3,1735693201,VNB07,7,VNB08,8,80,USD\nt4,1735693202,VNB01,2,VNB02,9,50,USD\n");
    assert_eq!((&second["tx_id"], &second["complained"]), (&"t4".into(), &true.into()));
    drop(stream);
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut told, &mut rest).unwrap();
    let imported: Value = serde_json::from_str(&rest).unwrap();
    assert_eq!(imported["files"][0]["accepted"], 3, "{imported}");
    assert!(child.wait().unwrap().success());
    // The case knows what came, and nothing was left aside.
    let trace = world.json(&["trace", "--complaints", "c2", "--rule", "fifo"]);
    assert_eq!(trace["unmatched"], Value::Array(Vec::new()), "{trace}");
    assert_eq!(world.json(&["doctor"])["ok"], true);
    assert_eq!(std::fs::read_dir(world.path("node/work")).unwrap().count(), 0);
}

#[test]
fn rows_that_cannot_be_told_of_are_counted_and_imported_all_the_same() {
    let world = world();
    // Earlier than what the case holds; unreadable; and one that is both later and of the ring.
    let rows = "t0,1735600000,VNB02,9,KHB01,5,1,USD\n\
                tx,soon,VNB02,9,KHB01,5,80,USD\n\
                t2,1735693200,VNB02,9,KHB01,5,80,USD\n";
    world.write("stream.csv", format!("{HEADER}{rows}").as_bytes());
    for (language, words) in [
        ("en", ["VNB02/9 pays KHB01/5 80.00 USD (t2)", "of what victims lost", "1 were not"]),
        (
            "vi",
            ["VNB02/9 chuyển cho KHB01/5 80,00 USD (t2)", "tiền của bị hại", "1 giao dịch không"],
        ),
    ] {
        let mut program = world.program();
        program.env("LIENKET_LANG", language);
        let output = program.args(["follow", "stream.csv"]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        if language == "en" {
            words.iter().for_each(|word| assert!(text.contains(word), "{word}: {text}"));
            assert!(output.status.success());
        }
    }
    let answer = world.json(&["import", "stream.csv"]);
    assert_eq!(
        (&answer["files"][0]["already"], &answer["files"][0]["accepted"]),
        (&2.into(), &0.into())
    );
}

#[test]
fn what_is_no_table_of_transfers_is_refused() {
    let world = world();
    world.write("hosts.txt", b"example.com\nexample.org\n");
    world.write("empty.csv", b"");
    for (file, code) in [("hosts.txt", "missing_columns"), ("empty.csv", "empty_file")] {
        let answer = world.json(&["follow", file]);
        assert_eq!(answer["error"]["code"], code, "{answer}");
    }
    let answer = world.json(&["follow", "nowhere.csv"]);
    assert_eq!(answer["error"]["code"], "file_failed", "{answer}");
    assert_eq!(world.json(&["doctor"])["ok"], true);
}
