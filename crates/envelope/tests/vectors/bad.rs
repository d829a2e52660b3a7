//! Bytes that have to be refused, each with what is wrong with it and what is said of it.

use std::fmt::Display;

use ed25519_dalek::Signer as _;
use envelope::card::{Card, CardError, RootKeys, SignedCard};
use envelope::cbor;
use envelope::content::Content;
use envelope::envelope::{Envelope, EnvelopeError};
use envelope::handling::Limit;
use envelope::receipt::{Receipt, ReceiptError, SignedReceipt};
use minicbor::Encoder;
use model::indicator::Tlp;

use crate::cards::{A, B, first, follower, second};
use crate::common::{Agency, at};
use crate::json::{Json, object};
use crate::messages::{KEY, told, unsigned};
use crate::records::{before, receipts};

/// The order of the group of Ed25519 signatures, least significant byte first (RFC 8032).
const ORDER: [u8; 32] = *b"\xed\xd3\xf5\x5c\x1a\x63\x12\x58\xd6\x9c\xf7\xa2\xde\xf9\xde\x14\
    \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x10";
/// The neutral point as a public key, for which anybody can sign.
const WEAK: [u8; 32] = *b"\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
/// The base point.
const BASE: [u8; 32] = [
    0x58, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
    0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
];

/// Something bad. `error` is what this implementation says; of a wrong shape it says more.
pub(crate) fn bad(what: &'static str, why: &'static str, error: &impl Display) -> Json {
    let error = error.to_string();
    let is_shape = error.starts_with("not of its shape");
    let error = if is_shape { "not of its shape" } else { &error };
    object([("what", what.into()), ("why", why.into()), ("error", error.into())])
}

/// A list of byte strings.
fn row(parts: &[&[u8]]) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new());
    encoder.array(parts.len() as u64).unwrap();
    for part in parts {
        encoder.bytes(part).unwrap();
    }
    encoder.into_writer()
}

pub(crate) fn all() -> Vec<Json> {
    let mut all = cards();
    all.push(fork());
    all.extend(envelopes());
    all.extend(other_content());
    all.extend(contents());
    all.extend(receipts_of());
    all
}

/// A card whose inner bytes are these, signed by A's roots.
fn signed(inner: &[u8]) -> Vec<u8> {
    let agency = Agency::new(A);
    let message = [b"lienket/lk1/card\n", inner].concat();
    let ml_dsa = agency.post_quantum.expanded_key().sign_deterministic(&message, &[]).unwrap();
    row(&[inner, &agency.root.sign(&message).to_bytes(), ml_dsa.encode().as_slice()])
}

fn cards() -> Vec<Json> {
    let agency = Agency::new(A);
    let card = first(&agency).card().clone();
    let whole = first(&agency).bytes().to_vec();
    let said = |bytes: Vec<u8>, why| {
        let error = SignedCard::parse(&bytes).unwrap_err();
        bad("card", why, &error).with("bytes", &bytes[..])
    };
    let changed = |change: &dyn Fn(&mut Card)| {
        let mut card = card.clone();
        change(&mut card);
        signed(&cbor::write(&card))
    };
    let bent = |from_the_end: usize| {
        let mut bytes = whole.clone();
        let place = bytes.len() - from_the_end;
        bytes[place] ^= 1;
        bytes
    };
    let inner = cbor::write(&card);
    // The map has twelve fields: the first card follows none. Key 0, version 1.
    assert_eq!(inner[..3], [0xac, 0, 1]);
    let version = [&[0xac, 0, 2], &inner[3..]].concat();
    let longer = [&[0xac, 0, 0x18, 1], &inner[3..]].concat();
    let ml_dsa = 3_309 + 3;
    vec![
        said(bent(ml_dsa + 1), "one bit of the Ed25519 signature"),
        said(bent(1_000), "one bit of the ML-DSA-65 signature"),
        said(signed(&version), "version 2"),
        said(signed(&longer), "the version is written longer than need be"),
        said([whole.as_slice(), &[0]].concat(), "a byte more"),
        said(whole[..whole.len() - 1].to_vec(), "a byte less"),
        said(changed(&|card| card.sequence = 2), "the second card names none before it"),
        said(changed(&|card| card.agency = "a\nb".into()), "a control character in a name"),
        said(changed(&|card| card.tls[0].until = at(-1)), "a key ends before it begins"),
        said(changed(&|card| card.tls.clear()), "no TLS key"),
        said(
            changed(&|card| card.root = RootKeys { ed25519: WEAK, ..card.root.clone() }),
            "a root key for which anybody can sign",
        ),
    ]
}

/// Two second cards: only one of them is followed by a third.
fn fork() -> Json {
    let agency = Agency::new(A);
    let one = first(&agency);
    let second = second(&agency, &one);
    let mut other = follower(&one);
    other.agency = "other".to_owned();
    let other = agency.sign(&other);
    let mut third = other.card().clone();
    (third.sequence, third.previous) = (3, Some(other.digest()));
    let third = agency.sign(&third);
    let error: CardError = second.is_followed_by(&third).unwrap_err();
    bad("follower", "the third card names another second one", &error)
        .with("known", second.bytes())
        .with("bytes", third.bytes())
}

/// An envelope of what is signed and what is sealed, signed by A.
fn enveloped(signed: &[u8], sealed: &[u8]) -> Vec<u8> {
    let message = [b"lienket/lk1/envelope\n", signed].concat();
    let signature = Agency::new(A).signing.sign(&message).to_bytes();
    let mut encoder = Encoder::new([&[0x83], signed].concat());
    encoder.bytes(&signature).unwrap().bytes(sealed).unwrap();
    encoder.into_writer()
}

/// What A signs of the message, and what is sealed in it.
fn parts() -> (Vec<u8>, Vec<u8>) {
    let message = unsigned(&before()).message();
    let sealed = envelope::stream::seal(&KEY.into(), &told().padded().unwrap()).unwrap();
    (message[b"lienket/lk1/envelope\n".len()..].to_vec(), sealed)
}

fn envelopes() -> Vec<Json> {
    let key = Agency::new(A).signing.verifying_key();
    let said = |bytes: Vec<u8>, why| {
        let checked = Envelope::parse(&bytes).and_then(|one| one.check(key.as_bytes()));
        let error: EnvelopeError = checked.unwrap_err();
        bad("envelope", why, &error)
            .with("bytes", &bytes[..])
            .with("key", key.as_bytes().as_slice())
    };
    let (signed, sealed) = parts();
    let whole = enveloped(&signed, &sealed);
    // A list of four; of it a map of seven; key 0, suite 1.
    assert_eq!(signed[..4], [0x84, 0xa7, 0, 1]);
    let suite = [&[0x84, 0xa7, 0, 2], &signed[4..]].concat();
    let endless = [&[0x9f], &whole[1..], &[0xff]].concat();
    let mut bent = whole.clone();
    bent[1 + signed.len() + 10] ^= 1;
    let mut changed = whole.clone();
    *changed.last_mut().unwrap() ^= 1;
    // Behind the header stands the list of two openings, before the two hashes of 34 bytes.
    let end = signed.len() - 2 * 34;
    let header = signed.windows(3).rposition(|window| window == [0x82, 0xa3, 0]).unwrap();
    let closed = [&signed[..header], &[0x80], &signed[end..]].concat();
    let opening = (end - header - 1) / 2;
    let many =
        [&signed[..header], &[0x89], &signed[header + 1..][..opening].repeat(9), &signed[end..]]
            .concat();
    vec![
        said(bent, "one bit of the signature"),
        said(changed, "one bit of what is sealed"),
        said(enveloped(&suite, &sealed), "suite 2"),
        said(enveloped(&closed, &sealed), "no key opens it"),
        said(enveloped(&many, &sealed), "nine keys open it"),
        said(endless, "a list without its length"),
        said([whole.as_slice(), &[0]].concat(), "a byte more"),
    ]
}

/// All holds but that the content is not the one that was signed, or that it does not open.
fn other_content() -> Vec<Json> {
    let (signed, sealed) = parts();
    let mut signed = signed;
    let commitment = signed.len() - 34 - 32;
    signed[commitment] ^= 1;
    let bytes = enveloped(&signed, &sealed);
    let opened = Envelope::parse(&bytes).unwrap().open(&KEY.into()).unwrap_err();
    let other = bad("opening", "the content is another one than was signed", &opened)
        .with("bytes", &bytes[..])
        .with("content_key", KEY.as_slice());
    let (signed, _) = parts();
    let (_, sealed) = parts();
    let bytes = enveloped(&signed, &sealed);
    let opened = Envelope::parse(&bytes).unwrap().open(&[9; 32].into()).unwrap_err();
    let closed = bad("opening", "another content key", &opened)
        .with("bytes", &bytes[..])
        .with("content_key", [9; 32].as_slice());
    vec![other, closed]
}

fn contents() -> Vec<Json> {
    let said = |padded: Vec<u8>, why| {
        let error = Content::parse(&padded).unwrap_err();
        bad("padded", why, &error).with("bytes", &padded[..])
    };
    // Padded as it has to be, whatever is in it.
    let padded = |content: &[u8]| {
        let mut all = [&(content.len() as u32).to_be_bytes(), content].concat();
        let exponent = all.len().ilog2();
        let mask = (1_usize << (exponent - exponent.ilog2() - 1)) - 1;
        all.resize((all.len() + mask) & !mask, 0);
        all
    };
    let changed = |change: &dyn Fn(&mut Content)| {
        let mut content = told();
        change(&mut content);
        padded(&content.write())
    };
    let whole = told().padded().unwrap().to_vec();
    assert_eq!(padded(&told().write()), whole);
    assert_eq!(whole.last(), Some(&0), "there is padding");
    let mut filled = whole.clone();
    *filled.last_mut().unwrap() = 1;
    let bare = told().write();
    let place = bare.windows(9).position(|window| window == b"TLP:AMBER").unwrap();
    let mut lower = bare.to_vec();
    lower[place..place + 9].copy_from_slice(b"tlp:amber");
    vec![
        said(filled, "the padding is not of zeros"),
        said([whole.as_slice(), &[0]].concat(), "more padding than there has to be"),
        said(padded(&lower), "a label in small letters"),
        said(changed(&|one| one.kind = "Message".into()), "a kind with a capital letter"),
        said(changed(&|one| one.handling.purpose = " ".into()), "no purpose"),
        said(changed(&|one| one.handling.limits.reverse()), "limits out of order"),
        said(
            changed(&|one| one.handling.limits.retain(|limit| *limit != Limit::Other)),
            "a text of H3 without H3",
        ),
        said(changed(&|one| one.handling.tlp = Tlp::Unmarked), "no TLP label"),
        said(changed(&|one| one.attachments[0].name = "../a".into()), "a path as a file's name"),
    ]
}

fn receipts_of() -> Vec<Json> {
    let agency = Agency::new(B);
    let key = agency.signing.verifying_key();
    let said = |bytes: Vec<u8>, key: &[u8; 32], why| {
        let checked = SignedReceipt::parse(&bytes).and_then(|one| one.check(key));
        let error: ReceiptError = checked.unwrap_err();
        bad("receipt", why, &error).with("bytes", &bytes[..]).with("key", key.as_slice())
    };
    let first = receipts().remove(0);
    let inner = cbor::write(first.receipt());
    let changed = |change: &dyn Fn(&mut Receipt)| {
        let mut receipt = first.receipt().clone();
        change(&mut receipt);
        let signature = agency.signing.sign(&receipt.message()).to_bytes();
        receipt.sign(signature).write()
    };
    let signature = agency.signing.sign(&first.receipt().message()).to_bytes();
    let mut twin = signature;
    let mut carry = 0;
    for (byte, more) in twin[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(more) + carry;
        (*byte, carry) = (sum as u8, sum >> 8);
    }
    let one = [BASE.as_slice(), &[1], &[0; 31]].concat();
    // A map of six fields: neither a code nor a text. Key 0, kind 0.
    assert_eq!(inner[..3], [0xa6, 0, 0]);
    let unknown = [&[0xa6, 0, 4], &inner[3..]].concat();
    vec![
        said(row(&[&inner, &twin]), key.as_bytes(), "a second signature made of the first one"),
        said(row(&[&inner, &one]), &WEAK, "a key for which anybody can sign"),
        said(first.write(), &[5; 32], "another key"),
        said(row(&[&unknown, &signature]), key.as_bytes(), "a kind that there is not"),
        said(
            changed(&|one| one.code = Some("message_kind_unknown".into())),
            key.as_bytes(),
            "accepted, with a code",
        ),
        said(
            changed(&|one| one.kind = envelope::receipt::ReceiptKind::Rejected),
            key.as_bytes(),
            "rejected, without a code",
        ),
    ]
}
