//! `match-files`, as somebody without a node uses it.

use serde_json::json;

use crate::common::World;

const OURS: &str =
    "phone:0912 345 678\nemail:Anna@Example.com\ndomain:hxxp://evil[.]example\nfax\n";
const THEIRS: &str = "phone:+84912345678\nEMAIL:anna@example.com\ndomain:good.example\n";

#[test]
fn what_stands_in_both_lists_is_told_without_a_node() {
    let world = World::empty();
    world.write("ours.txt", OURS.as_bytes());
    world.write("theirs.txt", THEIRS.as_bytes());
    let found = world.json(&["match-files", "ours.txt", "theirs.txt", "--country", "vn"]);
    let phone = json!({"kind": "phone", "value": "+84912345678"});
    let email = json!({"kind": "email", "value": "anna@example.com"});
    assert_eq!(found["hits"], json!([phone, email]));
    let bad = &found["rejected"][0];
    assert_eq!((&bad["file"], &bad["row"]), (&"ours.txt".into(), &4.into()), "{found}");
    assert!(bad["reason"].as_str().unwrap().contains("fax"));
    let seconds = |name: &str| found["seconds"][name].as_f64().unwrap();
    assert!((seconds("publish") + seconds("query") - seconds("total")).abs() < 1e-9);
    assert!(seconds("total") > 0.0);
    let bytes = ["set", "query", "reply"].map(|name| found["bytes"][name].as_u64().unwrap());
    assert_eq!(bytes[1..], [64 * 32, 64 * 32 + 64]);
    assert!(bytes[0] > 0);
    let text = world.run(&["--lang", "vi", "match-files", "ours.txt", "theirs.txt"]);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("số điện thoại") || text.contains("thư điện tử"), "{text}");
    assert!(!world.path("node").exists(), "nothing is made");
}

#[test]
fn a_national_number_without_its_country_is_rejected_and_says_so() {
    let world = World::empty();
    world.write("ours.txt", b"phone:0912345678");
    let found = world.json(&["match-files", "ours.txt", "ours.txt"]);
    assert_eq!((&found["hits"], &found["rejected_total"]), (&json!([]), &2.into()));
}

#[test]
fn a_list_that_cannot_be_read_is_named() {
    let world = World::empty();
    world.write("ours.txt", OURS.as_bytes());
    world.write("binary.txt", b"\0\x01\x02\0\xff\xfe\0\0");
    for (list, code) in [("nosuch.txt", "file_failed"), ("binary.txt", "not_a_table")] {
        for lists in [["ours.txt", list], [list, "ours.txt"]] {
            let output = world.run(&[&["--json", "match-files"], lists.as_slice()].concat());
            assert_eq!(output.status.code(), Some(1));
            let error: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(error["error"]["code"], code);
            assert!(error["error"]["message"].as_str().unwrap().contains(list), "{error}");
        }
    }
    let output = world.run(&["match-files", "ours.txt", "ours.txt", "--country", "Atlantis"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn lists_in_other_encodings_and_packed_ones_are_read() {
    let world = World::empty();
    world.write("plain.txt", b"\xef\xbb\xbfdomain:evil.example\r\n");
    let wide: Vec<u8> =
        "\u{feff}domain:evil.example\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    world.write("wide.txt", &wide);
    let found = world.json(&["match-files", "plain.txt", "wide.txt"]);
    assert_eq!(found["hits"], json!([{"kind": "domain", "value": "evil.example"}]), "{found}");
}
