//! Receipts and files: what they say holds, and pieces add up.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::{Agency, at, content};
use ed25519_dalek::Signer as _;
use envelope::attachment::{self, Attachment, PIECE};
use envelope::receipt::{Receipt, ReceiptError, ReceiptKind, SignedReceipt};
use envelope::stream::{CHUNK, Stream, TAG};
use model::digest::Digest;
use proptest::prelude::*;

fn receipt(kind: ReceiptKind, code: Option<&str>) -> (Agency, SignedReceipt) {
    let (from, to) = (Agency::new(1), Agency::new(10));
    let envelope = from.send(&to, &content("a"));
    let receipt = Receipt {
        kind,
        message: envelope.header().id,
        envelope: envelope.digest(),
        from: to.card().id(),
        to: from.card().id(),
        at: at(1),
        code: code.map(str::to_owned),
        text: None,
    };
    let signature = to.signing.sign(&receipt.message()).to_bytes();
    (to, receipt.sign(signature))
}

#[test]
fn a_receipt_is_the_receivers_and_no_bit_of_it_can_be_changed() {
    let (agency, signed) = receipt(ReceiptKind::Accepted, None);
    let bytes = signed.write();
    assert_eq!(SignedReceipt::parse(&bytes).unwrap(), signed);
    let key = agency.signing.verifying_key();
    signed.check(key.as_bytes()).unwrap();
    assert_eq!(signed.check(&[3; 32]), Err(ReceiptError::Signature));
    for place in 0..bytes.len() {
        for bit in 0..8 {
            let mut bent = bytes.clone();
            bent[place] ^= 1 << bit;
            let checked = SignedReceipt::parse(&bent).and_then(|one| one.check(key.as_bytes()));
            assert!(checked.is_err(), "bit {bit} of byte {place}");
        }
    }
}

#[test]
fn a_refusal_has_a_code_and_nothing_else_has() {
    let parsed = |kind, code| SignedReceipt::parse(&receipt(kind, code).1.write()).map(|_| ());
    assert_eq!(parsed(ReceiptKind::Rejected, Some("key_revoked")), Ok(()));
    assert_eq!(parsed(ReceiptKind::Rejected, None), Err(ReceiptError::Text));
    assert_eq!(parsed(ReceiptKind::Rejected, Some("")), Err(ReceiptError::Text));
    assert_eq!(parsed(ReceiptKind::Accepted, Some("key_revoked")), Err(ReceiptError::Text));
}

#[test]
fn names_of_files_lead_nowhere() {
    let named = |name: &str| {
        let (sha256, blob) = (Digest::of(b""), Digest::of(b""));
        Attachment { name: name.to_owned(), size: 0, sha256, key: [0; 32], blob }.is_named()
    };
    assert!(named("sao kê 2026.pdf") && named("a"));
    let bad = ["", ".", "..", ".bashrc", "../a", "a/b", "a\\b", "C:a", "a\0", "a\n", "a.", "a "];
    assert!(bad.iter().all(|name| !named(name)));
    assert!(!named(&"a".repeat(256)));
}

#[test]
fn sizes_are_those_of_the_chunks() {
    let chunk = CHUNK as u64;
    let sizes = [(0, 1), (1, 1), (chunk, 1), (chunk + 1, 2), (200 << 30, (200 << 30) / chunk)];
    for (size, chunks) in sizes {
        assert_eq!(attachment::sealed_size(size), Some(size + chunks * TAG as u64));
    }
    assert_eq!(attachment::sealed_size(u64::MAX), None);
    let piece = PIECE as u64;
    assert_eq!(attachment::piece_count(piece + 1), 2);
    assert_eq!(attachment::piece_size(piece + 1, 0), Some(PIECE));
    assert_eq!(attachment::piece_size(piece + 1, 1), Some(1));
    assert_eq!(attachment::piece_size(piece + 1, 2), None);
    assert_eq!(attachment::piece_size(u64::MAX, u64::MAX), None);
}

proptest! {
    /// Chunks open in their order and as a whole, in no other way.
    #[test]
    fn chunks_are_not_moved_left_out_or_cut(
        count in 2_usize..5,
        (one, other) in (0_usize..5, 0_usize..5),
    ) {
        let key = [7; 32].into();
        let mut stream = Stream::new(&key);
        let sealed: Vec<Vec<u8>> =
            (0..count).map(|n| stream.seal(&[n as u8; 50], n + 1 == count).unwrap()).collect();
        let opens = |order: &[usize]| {
            let mut stream = Stream::new(&key);
            let last = order.len() - 1;
            let mut all = order.iter().enumerate();
            all.all(|(n, place)| stream.open(&sealed[*place], n == last).is_ok())
        };
        let order: Vec<usize> = (0..count).collect();
        prop_assert!(opens(&order));
        prop_assert!(!opens(&order[..count - 1]));
        let mut moved = order.clone();
        moved.swap(one % count, other % count);
        prop_assert_eq!(opens(&moved), moved == order);
    }
}
