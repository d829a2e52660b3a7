//! A node that is served: partners over the line, commands through its socket, kills in the middle.

use std::fs;
use std::io::Write as _;
use std::os::unix::net::UnixListener;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::common::World;
use crate::pair::{Pair, Served};

fn state(pair: &Pair, message: &str) -> Value {
    let list = pair.vn(&["message", "list", "--out"]);
    let rows = list["messages"].as_array().unwrap();
    rows.iter().find(|row| row["message"] == message).unwrap()["state"].clone()
}

/// Asks a process to end, as the system does, and waits until it has.
fn end(mut served: Served) -> i32 {
    let id = served.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    served.child.wait().unwrap().code().unwrap_or(-1)
}

#[test]
fn messages_and_files_go_over_the_line_in_both_directions() {
    let pair = Pair::new();
    let bytes: Vec<u8> = (0..2_500_000_u32).map(|n| (n * 31 / 7) as u8).collect();
    pair.world.write("disk.img", &bytes);
    let sent = pair.send("vn", "SPF", "ask", &["--attach", "disk.img"]);
    let served = pair.serve();
    let went = pair.vn(&["sync"]);
    assert_eq!(went["refused"], serde_json::json!([]), "{went}");
    assert_eq!(state(&pair, &sent), "accepted");
    // Commands go through the process that serves.
    let answer = pair.send("sg", "VN", "answer", &["--reply-to", &sent, "--attach", "disk.img"]);
    pair.sg(&["message", "save", &sent, "-o", "out"]);
    assert_eq!(fs::read(pair.world.path("out/disk.img")).unwrap(), bytes);
    let came = pair.vn(&["sync", "SG"]);
    assert_eq!(came["received"], 1, "{came}");
    let read = pair.vn(&["message", "show", &answer]);
    assert_eq!((&read["text"], &read["in_reply_to"]), (&"answer".into(), &sent.as_str().into()));
    pair.vn(&["message", "save", &answer, "-o", "in"]);
    assert_eq!(fs::read(pair.world.path("in/disk.img")).unwrap(), bytes);
    assert_eq!(state(&pair, &sent), "accepted", "nobody has opened it there");
    pair.sg(&["message", "show", &sent]);
    pair.vn(&["sync"]);
    assert_eq!(state(&pair, &sent), "opened");
    assert_eq!(end(served), 0);
    assert!(!pair.world.path("sg/socket").exists());
    // Both audits are the ones that the other has countersigned.
    for home in ["vn", "sg"] {
        let health = pair.world.json(&["--home", home, "doctor"]);
        assert_eq!(health["ok"], true, "{health}");
    }
}

#[test]
fn what_is_given_to_a_served_node_has_the_same_result() {
    let pair = Pair::new();
    let direct = pair.sg(&["case", "list"]);
    let served = pair.serve();
    assert_eq!(pair.sg(&["case", "list"]), direct);
    let bad = pair.sg(&["message", "show", "12345678"]);
    assert_eq!(bad["error"]["code"], "unknown_message");
    let output = pair.world.run(&["--home", "sg", "--lang", "vi", "message", "show", "12345678"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty() && String::from_utf8_lossy(&output.stderr).contains("Lỗi"));
    let output = pair.world.run(&["--home", "sg", "no-such-command"]);
    assert_eq!(output.status.code(), Some(2));
    // Relative paths are those of who gives the command.
    pair.world.write("c.csv", b"account,bank,country\n100,SGB01,SG\n");
    let imported = pair.sg(&["import", "c.csv", "--kind", "accounts"]);
    assert_eq!(
        (&imported["files"][0]["path"], &imported["files"][0]["accepted"]),
        (&"c.csv".into(), &1.into())
    );
    // Standard input too.
    let mut child = pair
        .world
        .program()
        .args(["--home", "sg", "--json", "follow", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let rows = b"tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency\n\
        t1,1735000000,SGB01,100,SGB02,200,5,SGD\n";
    child.stdin.take().unwrap().write_all(rows).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(told.contains("\"accepted\":1"), "{told}");
    assert_eq!(pair.sg(&["serve"])["error"]["code"], "home_locked");
    assert_eq!(end(served), 0);
    assert_eq!(pair.sg(&["case", "list"])["cases"][0]["files"], 2);
}

#[test]
fn a_partner_that_does_not_answer_costs_nothing() {
    let pair = Pair::new();
    let sent = pair.send("vn", "SPF", "later", &[]);
    let output = pair.world.run(&["--home", "vn", "--json", "sync"]);
    assert_eq!(output.status.code(), Some(1));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["refused"][0]["code"], "peer_unreachable", "{told}");
    assert_eq!(state(&pair, &sent), "queued");
    let _served = pair.serve();
    assert_eq!(pair.vn(&["sync"])["sent"], 1);
    assert_eq!(state(&pair, &sent), "accepted");
}

#[test]
fn a_stranger_and_a_suspended_partner_are_not_heard() {
    let pair = Pair::new();
    pair.send("vn", "SPF", "hello", &[]);
    let _served = pair.serve();
    pair.sg(&["partner", "suspend", "A05", "--because", "audit"]);
    let told = pair.vn(&["sync"]);
    assert_eq!(told["refused"][0]["code"], "partner_suspended", "{told}");
    pair.sg(&["partner", "resume", "A05"]);
    assert_eq!(pair.vn(&["sync"])["sent"], 1);
    pair.sg(&["partner", "revoke", "A05"]);
    let told = pair.vn(&["sync"]);
    assert_eq!(told["refused"][0]["code"], "partner_revoked", "{told}");
}

#[test]
fn renewed_keys_reach_the_partner_and_are_believed() {
    let pair = Pair::new();
    let _served = pair.serve();
    pair.vn(&["sync"]);
    let rotated = pair.vn(&["partner", "rotate"]);
    assert_eq!(rotated["sequence"], 2);
    // Under the new keys at once: the card goes before.
    let sent = pair.send("vn", "SPF", "new keys", &[]);
    let told = pair.vn(&["sync"]);
    assert_eq!(told["refused"], serde_json::json!([]), "{told}");
    assert_eq!(state(&pair, &sent), "accepted");
    assert_eq!(pair.sg(&["partner", "list"])["partners"][0]["sequence"], 2);
    let audit = pair.sg(&["audit"]).to_string();
    assert!(audit.contains("partner_followed"), "{audit}");
}

#[test]
fn a_served_node_that_is_killed_has_everything_that_it_acknowledged() {
    let pair = Pair::new();
    let mut sent = Vec::new();
    for round in 0..6_u64 {
        let mut served = pair.serve();
        for number in 0..5 {
            sent.push(pair.send("vn", "SPF", &format!("{round} {number}"), &[]));
        }
        let mut syncing = pair.world.program();
        let syncing = syncing.args(["--home", "vn", "sync"]).stdout(Stdio::null());
        let mut syncing = syncing.stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(20 * round));
        served.child.kill().unwrap();
        served.child.wait().unwrap();
        syncing.wait().unwrap();
    }
    let accepted: Vec<&String> =
        sent.iter().filter(|message| state(&pair, message) == "accepted").collect();
    let here = pair.sg(&["message", "list", "--in"]).to_string();
    assert!(accepted.iter().all(|message| here.contains(message.as_str())));
    let _served = pair.serve();
    assert_eq!(pair.vn(&["sync"])["refused"], serde_json::json!([]));
    let list = pair.sg(&["message", "list", "--in"]);
    let mut numbers: Vec<&str> = list["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["message"].as_str().unwrap())
        .collect();
    numbers.sort_unstable();
    sent.sort_unstable();
    assert_eq!(numbers, sent, "each once");
    assert_eq!(pair.sg(&["doctor"])["ok"], true);
}

#[test]
fn whoever_asked_a_process_that_ended_meanwhile_is_told_so() {
    let world = World::with_node();
    let listener = UnixListener::bind(world.path("node/socket")).unwrap();
    let served = std::thread::spawn(move || drop(listener.accept().unwrap()));
    let output = world.run(&["--json", "case", "list"]);
    served.join().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["error"]["code"], "server_gone", "{answer}");
}
