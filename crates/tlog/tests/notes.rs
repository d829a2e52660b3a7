//! Notes, checkpoints and cosignatures: as others write them, and nothing that was changed.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use base64ct::{Base64, Encoding as _};
use ed25519_dalek::{Signer as _, SigningKey};
use ml_dsa::{Keypair as _, MlDsa44};
use model::digest::Digest;
use proptest::prelude::*;
use tlog::checkpoint::{Checkpoint, CheckpointError};
use tlog::cosignature::{self, Cosignature};
use tlog::equivocation::{Equivocation, EquivocationError};
use tlog::key::{Key, KeyError};
use tlog::note::{MAX_BYTES, Note, NoteError, Scheme, Signature};

/// The example of Go's package `golang.org/x/mod/sumdb/note`, from which the standard was made.
const GO_NOTE: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n\n\
    \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdn\
    gotpRZb6KE6RyyBwJnAM=\n";
const GO_KEY: &str = "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

/// The example of C2SP tlog-cosignature.
const SOFA: &str = "example.com/behind-the-sofa\n20852163\n\
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
    \u{2014} example.com/behind-the-sofa \
    Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n\
    \u{2014} witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrD\
    JsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

#[test]
fn a_note_that_go_signed_holds() {
    let note = Note::parse(GO_NOTE.as_bytes()).unwrap();
    assert_eq!(note.write(), GO_NOTE);
    let public = Base64::decode_vec(GO_KEY).unwrap();
    let public: [u8; 32] = public[1..].try_into().unwrap();
    let key = Key::ed25519("PeterNeumann", &public).unwrap();
    assert_eq!(key.id(Scheme::Ed25519), [0xc7, 0x4f, 0x20, 0xa3]);
    let signature = note.signature(key.name(), key.id(Scheme::Ed25519)).unwrap();
    key.check(note.text().as_bytes(), &signature.bytes).unwrap();
    assert_eq!(key.checkpoint(&note), Err(KeyError::Checkpoint(CheckpointError::Origin)));
}

#[test]
fn the_standards_checkpoint_is_read() {
    let note = Note::parse(SOFA.as_bytes()).unwrap();
    assert_eq!(note.write(), SOFA);
    let checkpoint = Checkpoint::parse(&note).unwrap();
    assert_eq!(
        (checkpoint.origin.as_str(), checkpoint.size),
        ("example.com/behind-the-sofa", 20852163)
    );
    assert_eq!(checkpoint.text(), note.text());
    let cosignature = Cosignature::parse(&note.signatures()[1].bytes).unwrap();
    assert_eq!((cosignature.at, cosignature.signature.len()), (1_679_315_147, 64));
    assert_eq!(cosignature.write(), note.signatures()[1].bytes);
    let message = cosignature::ed25519_message(note.text(), cosignature.at);
    assert!(message.starts_with(b"cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n"));
}

fn signer() -> (SigningKey, Key) {
    let signer = SigningKey::from_bytes(&[7; 32]);
    let key = Key::ed25519("lienket/a", signer.verifying_key().as_bytes()).unwrap();
    (signer, key)
}

fn signed(size: u64, root: &[u8]) -> Note {
    let (signer, key) = signer();
    let root = Digest::of(root);
    let checkpoint =
        Checkpoint { origin: "lienket/a/b".to_owned(), size, root, extensions: Vec::new() };
    let mut note = Note::new(checkpoint.text()).unwrap();
    let bytes = signer.sign(note.text().as_bytes()).to_bytes().to_vec();
    note.sign(Signature { name: key.name().to_owned(), key_id: key.id(Scheme::Ed25519), bytes });
    note
}

#[test]
fn both_kinds_of_cosignature_hold_and_say_when() {
    let mut note = signed(5, b"root");
    let (signer, key) = signer();
    let message = cosignature::ed25519_message(note.text(), 1_700_000_000);
    let bytes = signer.sign(&message).to_bytes().to_vec();
    let cosigned = Cosignature { at: 1_700_000_000, signature: bytes };
    let (name, key_id) = (key.name().to_owned(), key.id(Scheme::Ed25519Cosignature));
    note.sign(Signature { name, key_id, bytes: cosigned.write() });
    assert_eq!(key.cosigned(&note).unwrap().1, 1_700_000_000);

    let later = ml_dsa::SigningKey::<MlDsa44>::from_seed(&[9; 32].into());
    let public = later.verifying_key().encode();
    let partner = Key::ml_dsa44("lienket/b", &public).unwrap();
    let checkpoint = key.checkpoint(&note).unwrap();
    let message = cosignature::ml_dsa_message(partner.name(), &checkpoint, 1_700_000_001).unwrap();
    assert_eq!(message.len(), 12 + 1 + 9 + 8 + 1 + 11 + 8 + 8 + 32);
    assert!(message.starts_with(b"subtree/v1\n\0\x09lienket/b"));
    let made = later.expanded_key().sign_deterministic(&message, &[]).unwrap();
    let mut cosigned = Cosignature { at: 1_700_000_001, signature: made.encode().to_vec() };
    let sign = |note: &mut Note, cosigned: &Cosignature| {
        let (name, key_id) = (partner.name().to_owned(), partner.id(Scheme::MlDsa44Cosignature));
        note.sign(Signature { name, key_id, bytes: cosigned.write() });
    };
    sign(&mut note, &cosigned);
    let note = Note::parse(note.write().as_bytes()).unwrap();
    assert_eq!(partner.cosigned(&note).unwrap(), (checkpoint, 1_700_000_001));
    cosigned.at += 1;
    let mut moved = note.clone();
    sign(&mut moved, &cosigned);
    assert_eq!(partner.cosigned(&moved), Err(KeyError::Signature("lienket/b".to_owned())));
    assert_eq!(moved.signatures().len(), 3, "a signature stands in the place of the earlier one");
}

#[test]
fn two_roots_of_one_size_prove_equivocation_and_nothing_else_does() {
    let key = signer().1;
    let proof = |first, second| Equivocation::new(first, second, &key);
    assert!(proof(signed(5, b"one"), signed(5, b"other")).is_ok());
    assert_eq!(proof(signed(5, b"one"), signed(5, b"one")), Err(EquivocationError::Agree));
    assert_eq!(proof(signed(5, b"one"), signed(6, b"other")), Err(EquivocationError::Agree));
    let mut bent = signed(5, b"other").write();
    bent = bent.replace("\n5\n", "\n6\n");
    let bent = Note::parse(bent.as_bytes()).unwrap();
    assert!(matches!(proof(signed(6, b"one"), bent), Err(EquivocationError::Key(_))));
}

#[test]
fn what_is_no_note_is_refused() {
    let check =
        |text: &str, error| assert_eq!(Note::parse(text.as_bytes()), Err(error), "{text:?}");
    check("", NoteError::Parts);
    check("text\n", NoteError::Parts);
    check("text\n\n", NoteError::Parts);
    check("text\n\n\u{2014} a AAAAAAA=", NoteError::Parts);
    check("te\tt\n\n\u{2014} a AAAAAAA=\n", NoteError::Text);
    check("text\n\n- a AAAAAAA=\n", NoteError::Signature(1));
    check("text\n\n\u{2014} a AAAAAA==\n", NoteError::Signature(1));
    check("text\n\n\u{2014} a+b AAAAAAA=\n", NoteError::Signature(1));
    check("text\n\n\u{2014} a AAAAAAB=\n", NoteError::Signature(1));
    let many = "\u{2014} a AAAAAAA=\n".repeat(17);
    check(&format!("text\n\n{many}"), NoteError::Many);
    assert_eq!(Note::parse(&[b'a'; MAX_BYTES + 1]), Err(NoteError::Large(MAX_BYTES + 1)));
    assert_eq!(Note::parse(b"\xff\n\n"), Err(NoteError::Text));
}

#[test]
fn what_is_no_checkpoint_is_refused() {
    let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    let check = |text: &str, error| {
        let note = Note::new(text.to_owned()).unwrap();
        assert_eq!(Checkpoint::parse(&note), Err(error), "{text:?}");
    };
    check("\n5\n", CheckpointError::Origin);
    check("a b\n5\n", CheckpointError::Origin);
    check("a\n05\n", CheckpointError::Size);
    check("a\n+5\n", CheckpointError::Size);
    check("a\n18446744073709551616\n", CheckpointError::Size);
    check("a\n5\n", CheckpointError::Root);
    check("a\n5\nAAAA\n", CheckpointError::Root);
    check(&format!("a\n5\n{root}\n\nb\n"), CheckpointError::Extensions);
    check(&format!("a\n5\n{root}\n{}", "b\n".repeat(9)), CheckpointError::Extensions);
    assert!(Note::new("no end".to_owned()).is_none());
}

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(note) = Note::parse(&bytes) {
            prop_assert_eq!(note.write().into_bytes(), bytes);
        }
    }

    /// Every bit of a signed checkpoint counts.
    #[test]
    fn a_changed_checkpoint_is_not_the_writers(
        place in any::<prop::sample::Index>(),
        bit in 0_u8..8,
    ) {
        let mut bytes = signed(5, b"root").write().into_bytes();
        let place = place.index(bytes.len());
        bytes[place] ^= 1 << bit;
        let note = Note::parse(&bytes);
        prop_assert!(note.is_err() || signer().1.checkpoint(&note.unwrap()).is_err());
    }
}
