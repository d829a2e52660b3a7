//! Bytes made to harm: nothing panics, nothing fills the machine, and good rows survive.

mod common;

use std::io::{self, Read};

use common::{Memory, gzip, rows, sheet, text, vietnam, workbook, workbook_of};
use formats::kind::Kind;
use formats::open::{Options, Row, Source};
use proptest::prelude::*;

#[test]
fn other_trades_are_named_by_their_first_bytes() {
    for (bytes, expected) in [
        (&b"%PDF-1.7\n1 0 obj"[..], "pdf"),
        (b"\x7fELF\x02\x01\x01", "program"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "jpeg"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_office"),
        (b"tx_id,\x01\0\x02\x03amount", "binary"),
        (b"<html><table>", "web_page"),
    ] {
        assert_eq!(text(bytes, &vietnam()), format!("error not_a_table {expected}\n"));
    }
}

const ACCOUNTS: &str = "account,bank\n1,A\n2,B\n";

#[test]
fn a_cut_gzip_file_says_how_far_it_was_read() {
    let mut long = ACCOUNTS.to_owned();
    long.extend((0..200_000_u64).map(|row| format!("{},B\n", row * 7919 % 1_000_003)));
    let whole = gzip(long.as_bytes());
    let (found, opened) = rows(&Memory(whole[..whole.len() / 2].to_vec()), &vietnam());
    let code = opened.map_err(|error| (error.code(), error.value()));
    assert_eq!(code, Err(("gzip_truncated", found.len().to_string())));
    assert!(found.len() > 1000);
    let (_, opened) = rows(&Memory(whole[..12].to_vec()), &vietnam());
    assert_eq!(opened.map_err(|error| error.code()), Err("gzip_truncated"));
    let mut damaged = whole;
    damaged[40_000] ^= 0xff;
    let (_, opened) = rows(&Memory(damaged), &vietnam());
    assert!(matches!(
        opened.map_err(|error| error.code()),
        Err("gzip_damaged" | "gzip_truncated" | "encoding_unknown")
    ));
    assert_eq!(
        text([gzip(b"account,bank\n"), gzip(b"1,A\n")].concat(), &vietnam()),
        "1 A/1 - - Unknown \"\"\n"
    );
}

/// A source that has never all its bytes in memory.
struct Endless {
    head: &'static [u8],
    body: u8,
    length: u64,
}

impl Source for Endless {
    fn reader(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.head.chain(io::repeat(self.body).take(self.length))))
    }

    fn name(&self) -> &str {
        "endless"
    }
}

#[test]
fn a_record_without_end_is_refused_in_bounded_memory() {
    let length = 8 << 20;
    for (head, body, expected) in [
        (&b"account,bank\n1,A\n"[..], b'x', "record_too_long 2"),
        (b"account,bank\n1,\"", b'\n', "record_too_long 1"),
        (b"", b'x', "record_too_long 0"),
        (b"", b' ', "record_too_long 0"),
    ] {
        let (_, opened) = rows(&Endless { head, body, length }, &vietnam());
        let found = opened.map_err(|error| format!("{} {}", error.code(), error.value()));
        assert_eq!(found.map(|_| ()), Err(expected.to_owned()));
    }
    let hosts = Options { kind: Some(Kind::Hosts), ..vietnam() };
    let (_, opened) = rows(&Endless { head: b"a.example\n", body: b'c', length }, &hosts);
    assert_eq!(opened.map_err(|error| error.value()).map(|_| ()), Err("2".to_owned()));
    let (_, opened) =
        rows(&Endless { head: b"{\"Event\":\"", body: b'x', length: 300 << 20 }, &vietnam());
    assert_eq!(opened.map_err(|error| error.code()).map(|_| ()), Err("file_too_large"));
}

#[test]
fn a_field_beyond_the_limit_costs_its_row() {
    let long = "9".repeat(65 << 10);
    let found = text(format!("account,bank,holder_name\n1,A,{long}\n2,B,x\n"), &vietnam());
    let lines: Vec<&str> = found.lines().collect();
    assert!(lines[0].starts_with("1 rejected holder_name \"999"), "{}", lines[0]);
    assert!(lines[0].ends_with(" field_too_long"));
    assert_eq!(lines[1], "2 B/2 - - Unknown \"x\"");
}

#[test]
fn an_error_of_the_edge_is_passed_on() {
    struct Broken;
    impl Source for Broken {
        fn reader(&self) -> io::Result<Box<dyn Read + '_>> {
            Err(io::Error::other("no such file"))
        }
        fn name(&self) -> &str {
            "broken"
        }
    }
    let (_, opened) = rows(&Broken, &vietnam());
    assert_eq!(opened.map_err(|error| error.value()), Err("no such file".to_owned()));
}

fn kinds() -> impl Strategy<Value = Option<Kind>> {
    prop::option::of(prop::sample::select(Kind::ALL.to_vec()))
}

/// Bytes that get past the first look: a header, an event, a bundle, a workbook, and then anything.
fn seeds() -> impl Strategy<Value = Vec<u8>> {
    let transfers = "tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency\n1,\
1,A,1,B,2,3,VND\n";
    let heads: Vec<Vec<u8>> = vec![
        vec![],
        transfers.into(),
        ACCOUNTS.into(),
        transfers.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        br#"{"Event":{"uuid":"E","Attribute":[{"type":"ip-src|port","value":"1|"}],
"Object":[{}]}}"#
            .to_vec(),
        br#"{"type":"bundle","objects":[{"type":"indicator","pattern":"[a:b = 'c']"}]}"#.to_vec(),
        b"a.example\n||b.example^\n0.0.0.0 c.example\n".to_vec(),
        gzip(ACCOUNTS.as_bytes()),
        workbook(&[&["account", "bank"], &["#1", "A"]]),
    ];
    (
        prop::sample::select(heads),
        prop::collection::vec((any::<u16>(), any::<u8>()), 0..6),
        prop::collection::vec(any::<u8>(), 0..64),
    )
        .prop_map(|(mut bytes, changes, tail)| {
            for (place, byte) in changes {
                let length = bytes.len().max(1);
                if let Some(at) = bytes.get_mut(usize::from(place) % length) {
                    *at = byte;
                }
            }
            bytes.extend(tail);
            bytes
        })
}

fn rows_of(bytes: Vec<u8>) -> usize {
    rows(&Memory(bytes), &vietnam()).0.len()
}

fn field() -> impl Strategy<Value = String> {
    "[A-Za-z0-9ĐđễọàÀ ,;\"'\t_-]{0,12}"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        kind in kinds(),
    ) {
        let options = Options { kind, ..vietnam() };
        let _ = rows(&Memory(bytes), &options);
    }

    #[test]
    fn nearly_good_files_never_panic(bytes in seeds(), kind in kinds()) {
        let options = Options { kind, ..vietnam() };
        let _ = rows(&Memory(bytes), &options);
    }

    #[test]
    fn nearly_good_sheets_never_panic(
        changes in prop::collection::vec((any::<u16>(), any::<char>()), 1..4),
        cut in prop::option::of(any::<u16>()),
    ) {
        let header: &[&str] = &["account", "bank", "holder_name"];
        let rows = [header, &["#1", "A", "@45660.5"], &["=1", "!#REF!"]];
        let mut xml: Vec<char> = sheet(&rows).chars().collect();
        for (place, c) in changes {
            let length = xml.len();
            xml[usize::from(place) % length] = c;
        }
        xml.truncate(cut.map_or(xml.len(), |cut| usize::from(cut) % xml.len()));
        let _ = rows_of(workbook_of(&[("S", xml.into_iter().collect())]));
    }

    #[test]
    fn rows_that_are_printed_are_read_back(
        rows_in in prop::collection::vec(("[A-Za-z0-9][A-Za-z0-9/#-]{0,\
20}[A-Z]", 0_i64..4_000_000_000, "[A-Z]{1,8}", "[0-9]{1,20}", "[0-9]{1,\
20}", 0_i64..9_999_999_999, field()), 1..20),
        separator in prop::sample::select(vec![b',', b';', b'\t']),
        marked in any::<bool>(),
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
        let header = "tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency,\
payment_format";
        writer.write_record(header.split(',')).unwrap();
        for (id, at, bank, from, to, cents, format) in &rows_in {
            let amount = format!("{}.{:02}", cents / 100, cents % 100);
            let at = at.to_string();
            let record = [id, &at, bank, from, "B", to, &amount, "USD", format];
            writer.write_record(record).unwrap();
        }
        let mut bytes = if marked { b"\xef\xbb\xbf".to_vec() } else { Vec::new() };
        bytes.extend(writer.into_inner().unwrap());
        let (found, opened) = rows(&Memory(bytes), &vietnam());
        prop_assert!(opened.is_ok(), "{opened:?}");
        let found: Vec<_> = found.into_iter().filter_map(|row| match row {
            Row::Transfer(_, t) => Some(t),
            _ => None,
        }).collect();
        prop_assert_eq!(found.len(), rows_in.len());
        for (t, (id, at, bank, from, to, cents, format)) in found.iter().zip(&rows_in) {
            prop_assert_eq!((t.id.as_str(), t.at.seconds()), (id.as_str(), *at));
            prop_assert_eq!((t.from.bank(), t.from.number()), (bank.as_str(), from.as_str()));
            prop_assert_eq!(t.to.number(), to.as_str());
            prop_assert_eq!((t.sent.amount_minor, t.received.amount_minor), (*cents, *cents));
            let format = format.replace('\t', "");
            prop_assert_eq!(t.format.as_str(), format.trim());
        }
    }
}
