//! Warnings of others: MISP events and feeds, STIX bundles, lists of hosts.

mod common;

use common::{text, vietnam};
use formats::kind::Kind;
use formats::open::{self, Options};

fn check(bulletin: &str, expected: &str) {
    assert_eq!(text(bulletin, &vietnam()).trim_end(), expected, "{bulletin}");
}

fn event(attributes: &str) -> String {
    format!(
        r#"{{"Event":{{"uuid":"E","info":"Lừa đảo","Tag":[{{"name":"tlp:green"}}],
"Attribute":[{attributes}]}}}}"#
    )
}

#[test]
fn attributes_become_indicators() {
    for (attribute, expected) in [
        (
            r#"{"uuid":"a","type":"domain","value":"vay.example","timestamp":"1513893921"}"#,
            "1 a vay.example E \"Lừa đảo\" 2017-12-21T22:05:21Z Green",
        ),
        (
            r#"{"uuid":"a","type":"ip-src|port","value":"192.0.2.1|80","to_ids":false,
"timestamp":1513893921}"#,
            "1 a 192.0.2.1 E \"Lừa đảo\" 2017-12-21T22:05:21Z Green",
        ),
        (
            r#"{"uuid":"a","type":"domain|ip","value":"vay.example|192.0.2.1"}"#,
            "1 a vay.example E \"Lừa đảo\" - Green\n2 a#2 192.0.2.1 E \"Lừa đảo\" - Green",
        ),
        (
            r#"{"uuid":"a","type":"domain","value":"vay.example","Tag":[{"name":"tlp:red"}]}"#,
            "1 a vay.example E \"Lừa đảo\" - Red",
        ),
        (
            r#"{"uuid":"a","type":"domain","value":"vay.example","Tag":[{"name":"tlp:white"}],
"first_seen":"2025-01-01T00:00:00+00:00"}"#,
            "1 a vay.example E \"Lừa đảo\" 2025-01-01T00:00:00Z Green",
        ),
        (r#"{"uuid":"a","type":"domain","value":"vay.example","deleted":true}"#, ""),
        (
            r#"{"type":"text","value":"x"},{"type":"sha256","value":"y"},{"type":"text",
"value":"z"}"#,
            "0 warning type \"sha256 ×1\" type_not_kept\n0 warning type \"text ×2\" type_not_kept",
        ),
        (r#"{"uuid":"a","type":"domain","value":""}"#, "1 rejected domain \"\" value_empty"),
        (
            r#"7,null,{"uuid":"a","type":"domain","value":"vay.example"}"#,
            "1 a vay.example E \"Lừa đảo\" - Green\n0 warning type \"×2\" object_unreadable",
        ),
    ] {
        check(&event(attribute), expected);
    }
}

#[test]
fn objects_are_read_with_what_stands_beside() {
    let object = r#"{"Event":{"uuid":"E","Object":[
        {"name":"bank-account","Attribute":[
            {"uuid":"n","type":"bank-account-nr","object_relation":"account",
"value":"0123 456 789"},
            {"uuid":"s","type":"bic","object_relation":"swift","value":"BFTVVNVX"}]},
        {"name":"phone","Attribute":[{"uuid":"p","type":"text","object_relation":"msisdn",
"value":"84922182552"}]},
        {"name":"gone","deleted":true,"Attribute":[{"uuid":"x","type":"domain",
"value":"x.example"}]}]}}"#;
    check(
        object,
        "1 n VN/970436/0123456789 E \"\" - Unmarked\n2 p +84922182552 E \"\" - Unmarked\n0 \
warning type \"bic ×1\" type_not_kept",
    );
}

#[test]
fn every_shape_of_misp_is_read() {
    let attribute = r#""Attribute":[{"uuid":"a","type":"domain","value":"vay.example"}]"#;
    let row = "1 a vay.example E \"\" - Unmarked";
    check(&format!(r#"{{"Event":{{"uuid":"E",{attribute}}}}}"#), row);
    check(&format!(r#"[{{"Event":{{"uuid":"E",{attribute}}}}}]"#), row);
    check(&format!(r#"{{"response":[{{"Event":{{"uuid":"E",{attribute}}}}}]}}"#), row);
    check(&format!(r#"{{"uuid":"E",{attribute}}}"#), row);
    let rest = r#"{"response":{"Attribute":[{"uuid":"a","type":"domain","value":"vay.example",
"Event":{"uuid":"E","info":"I"}}]}}"#;
    check(rest, "1 a vay.example E \"I\" - Unmarked");
}

#[test]
fn the_parts_of_a_feed_hold_no_values() {
    let manifest =
        r#"{"5a3c2fcd-8328-42bb-a95e-4f4402de0b81":{"info":"x","timestamp":"1","Orgc":{}}}"#;
    let hashes = "d41d8cd98f00b204e9800998ecf8427e,5a3c2fcd-8328-42bb-a95e-4f4402de0b81\n";
    for part in [manifest, hashes] {
        let opened = open::detect(&common::Memory(part.into()), &vietnam()).unwrap();
        assert_eq!(opened.kind, Kind::MispFeed);
        check(part, "");
    }
}

#[test]
fn an_event_of_misp_itself_is_read() {
    let found = text(*include_bytes!("data/pymisp-existing-event.json"), &vietnam());
    let lines: Vec<&str> = found.lines().collect();
    let indicators = lines.iter().filter(|line| line.contains(" Clear")).count();
    assert_eq!(indicators, 7 + 12 + 12, "{found}");
    assert!(lines.contains(&"0 warning type \"sha1 ×37\" type_not_kept"));
}

const DOMAIN: &str = r#"{"type":"domain-name","id":"domain-name--1","value":"vay.example"}"#;

fn bundle(objects: &str) -> String {
    format!(r#"{{"type":"bundle","id":"bundle--B","objects":[{objects}]}}"#)
}

#[test]
fn observables_become_indicators() {
    for (objects, expected) in [
        (DOMAIN.to_owned(), "1 domain-name--1 vay.example bundle--B \"\" - Unmarked"),
        (
            format!(
                r#"{DOMAIN},{{"type":"report","id":"report--R","name":"Cảnh báo",
"object_refs":["domain-name--1"]}}"#
            ),
            "1 domain-name--1 vay.example report--R \"Cảnh báo\" - \
Unmarked",
        ),
        (
            r#"{"type":"phone-number","id":"p","value":"84922182552"}"#.to_owned(),
            "1 p \
+84922182552 bundle--B \"\" - Unmarked",
        ),
        (
            r#"{"type":"bank-account","id":"b","account_number":"0123456789",
"bic":"BFTVVNVX"}"#
                .to_owned(),
            "1 b VN/970436/0123456789 bundle--B \"\" - Unmarked",
        ),
        (
            r#"{"type":"bank-account","id":"b","account_number":"000123456","bic":"ABAAKHPP",
"country_ref":"l"},{"type":"location","id":"l","country":"KH"}"#
                .to_owned(),
            "1 b \
KH/ABAAKHPP/000123456 bundle--B \"\" - Unmarked",
        ),
        (
            r#"{"type":"ipv4-addr","id":"i","value":"192.0.2.1",
"object_marking_refs":["marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"]}"#
                .to_owned(),
            "1 i 192.0.2.1 bundle--B \"\" - Amber",
        ),
        (
            r#"{"type":"ipv4-addr","id":"i","value":"192.0.2.1","object_marking_refs":["m"]},
{"type":"marking-definition","id":"m",
"extensions":{"extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d":
{"extension_type":"property-extension",
"tlp_2_0":"amber+strict"}}}"#
                .to_owned(),
            "1 i 192.0.2.1 bundle--B \"\" - AmberStrict",
        ),
        (
            r#"{"type":"ipv4-addr","id":"i","value":"192.0.2.1","object_marking_refs":["m"]},
{"type":"marking-definition","id":"m","definition_type":"tlp",
"definition":{"tlp":"white"}}"#
                .to_owned(),
            "1 i 192.0.2.1 bundle--B \"\" - Clear",
        ),
        (
            r#"{"type":"user-account","id":"u","account_type":"unix","account_login":"root"},
{"type":"malware","id":"m"}"#
                .to_owned(),
            "0 warning type \"malware ×1\" type_not_kept\n0 warning \
type \"user-account ×1\" type_not_kept",
        ),
        (r#"{"type":"url","id":"u","value":""}"#.to_owned(), "1 rejected url \"\" value_empty"),
    ] {
        check(&bundle(&objects), expected);
    }
}

#[test]
fn patterns_are_read_and_revoked_and_older_objects_are_not() {
    let indicator = |more: &str| {
        format!(
            r#"{{"type":"indicator","id":"indicator--1","created":"2025-01-01T00:00:00Z",
"pattern_type":"stix",{more}}}"#
        )
    };
    for (objects, expected) in [
        (
            indicator(
                r#""pattern":"[domain-name:value = 'a.example' OR ipv4-addr:value = '192.0.2.1']""#,
            ),
            "1 indicator--1 a.example bundle--B \"\" 2025-01-01T00:00:00Z Unmarked\n2 \
indicator--1#2 192.0.2.1 bundle--B \"\" 2025-01-01T00:00:00Z Unmarked",
        ),
        (
            indicator(
                r#""pattern":
"[bank-account:account_number='0123456789' AND bank-account:bic='BFTVVNVX']""#,
            ),
            "1 indicator--1 VN/970436/0123456789 bundle--B \"\" 2025-01-01T00:00:00Z Unmarked",
        ),
        (
            indicator(r#""pattern":"[file:name = 'x' AND domain-name:value = 'a.example']""#),
            "1 indicator--1 a.example bundle--B \"\" 2025-01-01T00:00:00Z Unmarked\n0 warning \
type \"file:name ×1\" type_not_kept",
        ),
        (
            indicator(r#""pattern":"[domain-name:value LIKE '%.example']""#),
            "0 warning indicator--1 \"[domain-name:value LIKE '%.example']\" pattern_not_read",
        ),
        (
            indicator(r#""revoked":true,"pattern":"[domain-name:value = 'a.example']""#),
            "0 warning id \"indicator--1\" object_revoked",
        ),
        (
            format!(
                "{},{}",
                indicator(
                    r#""modified":"2025-01-02","pattern":"[domain-name:value = 'a.example']""#
                ),
                indicator(
                    r#""modified":"2025-01-03","revoked":true,
"pattern":"[domain-name:value = 'a.example']""#
                )
            ),
            "0 warning id \"indicator--1\" object_revoked",
        ),
    ] {
        check(&bundle(&objects), expected);
    }
}

#[test]
fn every_shape_of_stix_is_read() {
    let single = r#"{"type":"domain-name","spec_version":"2.1","id":"domain-name--1",
"value":"vay.example"}"#;
    let row = "1 domain-name--1 vay.example  \"\" - Unmarked";
    check(single, row);
    check(&format!("[{single}]"), row);
    check(&format!(r#"{{"more":false,"objects":[{single}]}}"#), row);
}

#[test]
fn published_examples_of_stix_are_read() {
    for (bytes, expected) in [
        (&include_bytes!("data/infrastructure.json")[..], 2),
        (include_bytes!("data/indicators-for-C2-with-COA.json"), 1),
        (include_bytes!("data/indicator-for-c2-ip-address.json"), 1),
        (include_bytes!("data/examples-bank-account.json"), 1),
        (include_bytes!("data/examples-phone-number.json"), 1),
        (include_bytes!("data/examples-cryptocurrency-wallet.json"), 1),
    ] {
        let found = text(bytes, &vietnam());
        let rows = found.lines().filter(|line| !line.starts_with('0')).count();
        assert_eq!(rows, expected, "{found}");
        assert!(!found.contains("error"), "{found}");
    }
}

#[test]
fn lists_of_hosts_are_read() {
    let list = "[Adblock Plus 2.0]\n# list\nvay.example\n0.0.0.0 a.example b.example\n||\
c.example^\n192.0.2.1\nhxxps://d[.]example/x\n";
    let found = text(list, &vietnam());
    let heads: Vec<&str> =
        found.lines().map(|line| line.split(" memory").next().unwrap()).collect();
    let (first, last) = heads.split_at(5);
    assert_eq!(
        first,
        ["1 3 vay.example", "2 4 a.example", "3 4#2 b.example", "4 5 c.example", "5 6 192.0.2.1"]
    );
    assert!(last.len() == 1 && last[0].starts_with("6 7 "), "{last:?}");
    let asked = Options { kind: Some(Kind::Hosts), ..vietnam() };
    assert!(
        text("vay.example\ntwo words\n", &asked)
            .contains("2 rejected host \"two words\" line_unreadable")
    );
}
