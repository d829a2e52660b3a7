//! Signed law packs: read as they were written, by nobody else's hand, and never a panic.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::{Agency, at};
use ed25519_dalek::Signer as _;
use envelope::law_pack::{Head, LawPackError, MAX_FILE_BYTES, MAX_FILES, SignedPack};
use model::digest::Digest;
use proptest::prelude::*;

const FILES: [(&str, &str); 3] = [
    ("pack.toml", "name = \"Bộ dữ liệu luật\"\n\n\nno end of line"),
    ("instruments/vn-mla-kr.toml", "id = \"vn-mla-kr\"\n"),
    ("empty.toml", ""),
];

fn signed(agency: &Agency, files: &[(&str, &str)]) -> Vec<u8> {
    let head = Head::new("Bộ luật 2026-11-26", at(1), agency.card().id(), files).unwrap();
    let message = head.message();
    let ed25519 = agency.signing.sign(&message).to_bytes();
    let ml_dsa = agency.daily.expanded_key().sign_deterministic(&message, &[]).unwrap();
    let key = agency.signing.verifying_key().to_bytes();
    SignedPack::write(&head, (key, ed25519), &ml_dsa.encode(), files)
}

#[test]
fn a_pack_is_read_as_it_was_written() {
    let agency = Agency::new(1);
    let bytes = signed(&agency, &FILES);
    let pack = SignedPack::parse(&bytes).unwrap();
    let mut files = FILES.to_vec();
    files.sort_unstable();
    assert_eq!(pack.files(), files);
    let head = pack.head();
    assert_eq!((head.name(), head.signed()), ("Bộ luật 2026-11-26", at(1)));
    assert_eq!(head.agency(), agency.card().id());
    let listing = files.iter().map(|(name, text)| (*name, Digest::of(text.as_bytes())));
    assert_eq!(head.pack(), Digest::of_listing(listing));
    pack.check(&agency.card().signing[0]).unwrap();
    // The order in which the files are given changes nothing.
    assert_eq!(signed(&agency, &files), bytes);
    let text = String::from_utf8(bytes).unwrap();
    let begin = "lienket law pack 1\nname Bộ luật 2026-11-26\nsigned 2027-01-16T08:00:00Z\nagency ";
    assert!(text.starts_with(begin), "{text}");
}

/// A second implementation reads the published pack with the published card, and writes it so.
#[test]
fn the_published_pack_is_what_is_written() {
    let agency = Agency::new(1);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/vectors");
    let (pack, card) = (signed(&agency, &FILES), agency.sign(&agency.card()).bytes().to_vec());
    for (name, written) in [("law-pack.lawpack", pack), ("law-pack.card", card)] {
        let path = folder.join(name);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &written).unwrap();
        }
        assert!(std::fs::read(&path).unwrap() == written, "{name} has other bytes");
    }
}

/// Every byte: the head, the listing, either signature, the key, each file.
#[test]
fn no_bit_of_a_pack_can_be_changed() {
    let agency = Agency::new(1);
    let entry = agency.card().signing.remove(0);
    let bytes = signed(&agency, &FILES);
    let (mut read, mut seen) = (0, Vec::new());
    for place in 0..bytes.len() {
        let mut bent = bytes.clone();
        bent[place] ^= 1 << (place % 7);
        match SignedPack::parse(&bent) {
            Err(error) => seen.push(error),
            Ok(pack) => {
                read += 1;
                let error = pack.check(&entry).unwrap_err();
                assert!(matches!(error, LawPackError::Signature(_)), "byte {place}");
                seen.push(error);
            }
        }
    }
    assert!(read > 1_000, "signatures of other digits are still signatures: {read}");
    for expected in [
        LawPackError::Signature("Ed25519"),
        LawPackError::Signature("ML-DSA-44"),
        LawPackError::Listing,
        LawPackError::File("pack.toml".to_owned()),
        LawPackError::Line(1),
    ] {
        assert!(seen.contains(&expected), "{expected:?} never seen");
    }
}

#[test]
fn what_is_cut_off_or_has_more_is_refused() {
    let bytes = signed(&Agency::new(1), &FILES);
    for length in 0..bytes.len() {
        assert!(SignedPack::parse(&bytes[..length]).is_err(), "{length} bytes");
    }
    let more = [bytes.as_slice(), b"x"].concat();
    assert_eq!(SignedPack::parse(&more), Err(LawPackError::Left));
}

#[test]
fn both_keys_of_the_entry_have_to_sign() {
    let (agency, other) = (Agency::new(1), Agency::new(20));
    let (own, foreign) = (agency.card().signing.remove(0), other.card().signing.remove(0));
    let pack = SignedPack::parse(&signed(&agency, &FILES)).unwrap();
    pack.check(&own).unwrap();
    assert_eq!(pack.check(&foreign), Err(LawPackError::Signature("Ed25519")));
    let mixed = envelope::card::SigningEntry { ml_dsa: foreign.ml_dsa, ..own };
    assert_eq!(pack.check(&mixed), Err(LawPackError::Signature("ML-DSA-44")));
}

#[test]
fn names_that_lead_elsewhere_and_files_beyond_the_limits_make_no_pack() {
    let head = |files: &[(&str, &str)]| Head::new("a", at(1), Agency::new(1).card().id(), files);
    for name in [
        "../pack.toml",
        "/pack.toml",
        "a/b/pack.toml",
        "instruments/../x.toml",
        "pack.txt",
        ".toml",
        "a/.toml",
        "/.toml",
        "C:\\x.toml",
        "pa ck.toml",
        "pa\nck.toml",
        "",
    ] {
        let refused = head(&[(name, "")]);
        assert!(matches!(refused, Err(LawPackError::File(_))), "{name:?}: {refused:?}");
    }
    assert_eq!(head(&[("a.toml", ""), ("a.toml", "")]), Err(LawPackError::Listing));
    let large = "x".repeat(MAX_FILE_BYTES + 1);
    assert_eq!(head(&[("a.toml", &large)]), Err(LawPackError::Large));
    let names: Vec<String> = (0..=MAX_FILES).map(|number| format!("a{number}.toml")).collect();
    let many: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(head(&many), Err(LawPackError::Large));
    let seventeen: Vec<(&str, &str)> =
        names.iter().take(17).map(|name| (name.as_str(), &large[1..])).collect();
    assert_eq!(head(&seventeen), Err(LawPackError::Large));
    let who = Agency::new(1).card().id();
    for name in ["", "two\nlines", "a\u{1b}[2J"] {
        assert_eq!(Head::new(name, at(1), who, &[]), Err(LawPackError::Line(2)), "{name:?}");
    }
}

#[test]
fn another_spelling_of_the_same_is_refused() {
    let bytes = signed(&Agency::new(1), &FILES);
    let text = String::from_utf8(bytes).unwrap();
    for (from, to) in [
        ("signed 2027-01-16T08:00:00Z", "signed 2027-01-16T15:00:00+07:00"),
        (" 17 instruments", " 017 instruments"),
        ("\ned25519 ", "\ned25519  "),
    ] {
        assert!(text.contains(from), "{from}");
        let other = text.replacen(from, to, 1);
        assert!(SignedPack::parse(other.as_bytes()).is_err(), "{to}");
    }
    let upper = text.lines().find(|line| line.starts_with("ml-dsa-44")).unwrap();
    let digits = upper.strip_prefix("ml-dsa-44 ").unwrap();
    let other = text.replace(digits, &digits.to_uppercase());
    assert!(matches!(SignedPack::parse(other.as_bytes()), Err(LawPackError::Line(_))));
}

proptest! {
    #[test]
    fn foreign_bytes_are_refused_and_nothing_breaks(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        prop_assert!(SignedPack::parse(&bytes).is_err());
    }

    /// What looks like a pack, with one stretch replaced by anything.
    #[test]
    fn a_pack_with_a_foreign_stretch_is_refused_or_not_signed(
        from in 0_usize..6_000,
        length in 1_usize..60,
        stretch in "\\PC{0,40}|[0-9a-f \n]{0,40}",
    ) {
        let agency = Agency::new(1);
        let bytes = signed(&agency, &FILES);
        let from = from.min(bytes.len());
        let to = (from + length).min(bytes.len());
        let changed = [&bytes[..from], stretch.as_bytes(), &bytes[to..]].concat();
        if changed != bytes && let Ok(pack) = SignedPack::parse(&changed) {
            prop_assert!(pack.check(&agency.card().signing[0]).is_err());
        }
    }
}
