//! Test vectors: `docs/vectors/lk1.json` holds what these keys and this randomness make, and what
//! has to be refused. A second implementation is right where it says the same.
//!
//! `UPDATE=1 cargo test -p envelope --test vectors` writes the file anew; whoever does that has
//! changed the format. `docs/verify.py --vectors` checks it apart from all this code.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

#[path = "vectors/bad.rs"]
mod bad;
#[path = "vectors/bad_records.rs"]
mod bad_records;
#[path = "vectors/cards.rs"]
mod cards;
#[path = "vectors/json.rs"]
mod json;
#[path = "vectors/messages.rs"]
mod messages;
#[path = "vectors/parcels.rs"]
mod parcels;
#[path = "vectors/records.rs"]
mod records;

use std::path::Path;

use json::{Json, list, object};

fn vectors() -> Json {
    let bad = [bad::all(), bad_records::all()].concat();
    object([
        ("format", "lienket lk1".into()),
        (
            "about",
            "Bytes in hexadecimal, notes as text. docs/format.md says what they mean.".into(),
        ),
        ("agencies", list([cards::agency("A", cards::A), cards::agency("B", cards::B)])),
        ("cards", cards::cards()),
        ("paddings", messages::paddings()),
        ("contents", messages::contents()),
        ("envelopes", messages::envelopes(&records::before())),
        ("files", messages::files()),
        ("receipts", records::told_receipts()),
        ("record", records::told_record()),
        ("parcels", parcels::told()),
        ("carried", parcels::told_carried()),
        ("bad", Json::List(bad)),
    ])
}

#[test]
fn the_vectors_are_what_this_implementation_makes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/vectors/lk1.json");
    let made = vectors().write();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    let differs = made.lines().zip(kept.lines()).position(|(made, kept)| made != kept);
    assert_eq!(differs, None, "the first line that differs, from 0");
    assert!(made == kept, "one of them is longer");
}
