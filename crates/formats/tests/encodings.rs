//! Encodings: each is told from the content alone, and gives the same rows.

#![allow(clippy::unwrap_used, reason = "a broken helper is a broken test")]

mod common;

use common::{gzip, text, vietnam};
use formats::encoding::Encoding;
use formats::kind::Kind;
use formats::open;

/// The same two rows in every encoding.
const NAMES: &str = "account,bank,holder_name\n1,VCB,Nguyễn Thị Bưởi\n2,TCB,Trần Đức Huỳnh\n";

fn tcvn3(text: &str) -> Vec<u8> {
    const LETTERS: &str = "ĂÂÊÔƠƯĐăâêôơưđ\0\0\0\0\0\0àảãáạ\0ằẳẵắ\0\0\0\0\0\0\0\
    ặầẩẫấậè\0ẻẽéẹềểễếệìỉ\0\0\0ĩíịò\0ỏõóọồổỗốộờởỡớợù\0ủũúụừửữứựỳỷỹýỵ";
    let byte = |c: char| match LETTERS.chars().position(|known| known == c) {
        Some(place) => 0xa1 + u8::try_from(place).unwrap(),
        None => u8::try_from(c).unwrap(),
    };
    text.chars().map(byte).collect()
}

fn windows1258(text: &str) -> Vec<u8> {
    // Windows-1258 has tone marks of their own behind letters that may bear a circumflex or horn.
    let mut bytes = Vec::new();
    let mut push = |text: &str| {
        let (letters, _, is_missing) = encoding_rs::WINDOWS_1258.encode(text);
        if !is_missing {
            bytes.extend_from_slice(&letters);
        }
        !is_missing
    };
    for c in text.chars() {
        if push(&c.to_string()) {
            continue;
        }
        let marks = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];
        let letters = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY".chars();
        let pairs = letters.flat_map(|letter| marks.map(|mark| (letter, mark)));
        let is_it =
            |pair: &(char, char)| unicode_normalization::char::compose(pair.0, pair.1) == Some(c);
        let (letter, mark) = pairs.clone().find(is_it).unwrap();
        assert!(push(&letter.to_string()) && push(&mark.to_string()));
    }
    bytes
}

fn utf16(text: &str, mark: bool, turn: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = mark.then_some(0xfeff);
    mark.into_iter().chain(text.encode_utf16()).flat_map(turn).collect()
}

fn check_encoding(bytes: Vec<u8>, expected: Encoding) {
    let source = common::Memory(bytes.clone());
    let opened = open::detect(&source, &vietnam()).unwrap();
    assert_eq!((opened.encoding, opened.kind), (expected, Kind::Accounts));
    let names = "1 VCB/1 - - Unknown \"Nguyễn Thị Bưởi\"\n2 TCB/2 - - Unknown \"Trần Đức Huỳnh\"\n";
    assert_eq!(text(bytes, &vietnam()), names, "{expected:?}");
}

#[test]
fn every_encoding_is_told_and_read() {
    check_encoding(NAMES.into(), Encoding::Utf8);
    check_encoding(format!("\u{feff}{NAMES}").into(), Encoding::Utf8);
    check_encoding(NAMES.replace('ễ', "e\u{302}\u{303}").into(), Encoding::Utf8);
    check_encoding(utf16(NAMES, true, u16::to_le_bytes), Encoding::Utf16Le);
    check_encoding(utf16(NAMES, true, u16::to_be_bytes), Encoding::Utf16Be);
    check_encoding(utf16(NAMES, false, u16::to_le_bytes), Encoding::Utf16Le);
    check_encoding(utf16(NAMES, false, u16::to_be_bytes), Encoding::Utf16Be);
    check_encoding(windows1258(NAMES), Encoding::Windows1258);
    check_encoding(tcvn3(NAMES), Encoding::Tcvn3);
    check_encoding(gzip(&tcvn3(NAMES)), Encoding::Tcvn3);
}

#[test]
fn the_encoding_is_learned_from_the_whole_stream() {
    let mut late = "account,bank,holder_name\n".to_owned();
    late.extend((0..20_000).map(|row| format!("{row},VCB,NGUYEN VAN A\n")));
    late.push_str("20000,VCB,Phạm Văn Tú\n");
    let found = text(tcvn3(&late), &vietnam());
    assert!(found.ends_with("20001 VCB/20000 - - Unknown \"Phạm Văn Tú\"\n"));
}

#[test]
fn an_unknown_encoding_is_refused_and_a_broken_row_is_not_a_broken_file() {
    let header = b"account,bank,holder_name\n".to_vec();
    let shift_jis = [header.clone(), b"1,VCB,\x93\xfa\x96\x7b\x8c\xea\n".to_vec()].concat();
    assert_eq!(text(shift_jis, &vietnam()), "error encoding_unknown \n");
    let mut long = header;
    long.extend((0..500).flat_map(|row| format!("{row},VCB,Ngân\n").into_bytes()));
    long.extend(b"\xff\xfe,VCB,x\n1,\xe1\xba,\xbf\n500,VCB,y\n");
    let found = text(long, &vietnam());
    let tail: Vec<&str> = found.lines().skip(500).collect();
    assert_eq!(
        tail,
        [
            "501 rejected - \"\u{fffd}\u{fffd}\" text_not_utf8",
            "502 rejected - \"1\" text_not_utf8",
            "503 VCB/500 - - Unknown \"y\""
        ]
    );
}
