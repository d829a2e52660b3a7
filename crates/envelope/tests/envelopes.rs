//! Envelopes: who may open them can, who signed them did, and not one bit can be changed.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::{Agency, at, content};
use envelope::cbor::CborError;
use envelope::content::{Content, ContentError};
use envelope::envelope::{Envelope, EnvelopeError, MAX_BYTES};
use envelope::handling::{HandlingError, Limit};
use envelope::seal::{self, SealError};
use model::digest::Digest;
use model::indicator::Tlp;
use proptest::prelude::*;

#[test]
fn receiver_and_sender_open_it_and_nobody_else() {
    let (from, to, other) = (Agency::new(1), Agency::new(10), Agency::new(20));
    let told = content("Đề nghị phong toả tài khoản");
    let bytes = from.send(&to, &told).write();
    let envelope = Envelope::parse(&bytes).unwrap();
    assert_eq!(envelope.write(), bytes);
    envelope.check(from.signing.verifying_key().as_bytes()).unwrap();
    assert_eq!(
        envelope.check(to.signing.verifying_key().as_bytes()),
        Err(EnvelopeError::Signature)
    );
    for holder in [&to.sealing, &from.sealing] {
        assert!(envelope.is_for(&Digest::of(&holder.public())));
        let key = envelope.key(holder).unwrap();
        assert_eq!(envelope.open(&key).unwrap(), told);
    }
    assert_eq!(envelope.key(&other.sealing), Err(EnvelopeError::Seal(SealError::Closed)));
    let header = envelope.header();
    assert_eq!((header.from, header.to), (from.card().id(), to.card().id()));
    assert_eq!((header.index, header.made), (7, at(1)));
}

/// Each bit of an envelope, one after the other.
#[test]
fn no_bit_can_be_changed() {
    let (from, to) = (Agency::new(1), Agency::new(10));
    let bytes = from.send(&to, &content("a")).write();
    let signer = from.signing.verifying_key();
    let mut refused = 0;
    for place in 0..bytes.len() {
        // Every bit of what is read as a form, one bit of each byte of what is only hashed.
        let bits = if place < 200 || place % 16 == 0 { 0..8 } else { 3..4 };
        for bit in bits {
            let mut bent = bytes.clone();
            bent[place] ^= 1 << bit;
            let checked = Envelope::parse(&bent).and_then(|one| one.check(signer.as_bytes()));
            assert!(checked.is_err(), "bit {bit} of byte {place}");
            refused += 1;
        }
    }
    assert!(refused > bytes.len());
}

/// Who takes a sealed key out of an envelope cannot put it into one of his own.
#[test]
fn a_sealed_key_opens_for_its_own_message_alone() {
    let to = Agency::new(10).sealing;
    let sealed = seal::seal(&to.public(), &[9; 32].into(), b"one", [8; 64]).unwrap();
    assert_eq!(to.open(&sealed, b"one").as_deref(), Ok(&[9; 32]));
    assert_eq!(to.open(&sealed, b"other"), Err(SealError::Closed));
    let mut bent = sealed.clone();
    bent.encapsulation[1_100] ^= 1;
    assert_eq!(to.open(&bent, b"one"), Err(SealError::Closed));
}

#[test]
fn what_is_written_otherwise_is_refused() {
    let bytes = Agency::new(1).send(&Agency::new(10), &content("a")).write();
    let shape = |bytes: &[u8]| Envelope::parse(bytes).unwrap_err();
    assert!(matches!(shape(&[]), EnvelopeError::Cbor(CborError::Shape(_))));
    assert!(matches!(shape(&bytes[..bytes.len() - 1]), EnvelopeError::Cbor(CborError::Shape(_))));
    let long = [bytes.as_slice(), &[0]].concat();
    assert_eq!(shape(&long), EnvelopeError::Cbor(CborError::NotDeterministic));
    // A list of three as a list without an end.
    let endless = [&[0x9f], &bytes[1..], &[0xff]].concat();
    assert_eq!(shape(&endless), EnvelopeError::Cbor(CborError::NotDeterministic));
    assert_eq!(
        shape(&vec![0; MAX_BYTES + 1]),
        EnvelopeError::Cbor(CborError::Large(MAX_BYTES + 1, MAX_BYTES))
    );
    // A claim of more than there is, to make a reader ask for memory.
    assert!(matches!(shape(b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff"), EnvelopeError::Cbor(_)));
}

#[test]
fn content_says_how_it_may_be_used() {
    let check = |change: fn(&mut Content), error: ContentError| {
        let mut content = content("a");
        change(&mut content);
        assert_eq!(content.check(), Err(error));
    };
    check(|one| one.handling.purpose = " ".into(), ContentError::Handling(HandlingError::Text));
    check(|one| one.handling.basis = "x".repeat(3_000), HandlingError::Text.into());
    check(|one| one.handling.limits.reverse(), HandlingError::Order.into());
    check(|one| one.handling.limits.push(Limit::Other), HandlingError::LimitText.into());
    check(|one| one.handling.limit_text = Some("a".into()), HandlingError::LimitText.into());
    check(|one| one.handling.tlp = Tlp::Unmarked, HandlingError::Unmarked.into());
    check(|one| one.kind = "Message".into(), ContentError::Kind("Message".into()));
    let mut open = content("a").handling;
    assert!(!open.may_go_onward() && !open.may_be_evidence());
    open.limits.clear();
    assert!(!open.may_go_onward() && open.may_be_evidence(), "AMBER stays in the house");
    open.tlp = Tlp::Green;
    assert!(open.may_go_onward());
}

#[test]
fn a_content_that_is_too_long_is_not_sealed() {
    let mut long = content("");
    long.body = vec![1; envelope::content::MAX_BYTES];
    assert!(matches!(long.padded(), Err(ContentError::Cbor(CborError::Large(..)))));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Envelope::parse(&bytes);
        let _ = Content::parse(&bytes);
    }

    /// What is sealed opens to the same, and its length says little: at most an eighth is padding.
    #[test]
    fn contents_of_any_length_come_back(body in prop::collection::vec(any::<u8>(), 0..150_000)) {
        let mut told = content("");
        told.body = body;
        let padded = told.padded().unwrap();
        let length = told.write().len() + 4;
        prop_assert!(padded.len() - length <= length / 8 + 1);
        let (back, commitment) = Content::parse(&padded).unwrap();
        prop_assert_eq!(commitment, envelope::content::commitment(&told.write()));
        prop_assert_eq!(back, told);
        let key = [9; 32].into();
        let sealed = envelope::stream::seal(&key, &padded).unwrap();
        prop_assert_eq!(&envelope::stream::open(&key, &sealed).unwrap(), &padded);
        let end = sealed.len() - sealed.len() % (65_536 + 16);
        for cut in [0, sealed.len() - 1, end.min(sealed.len() - 1)] {
            prop_assert!(envelope::stream::open(&key, &sealed[..cut]).is_err());
        }
    }
}
