//! Two agencies with fixed keys, for tests.
#![allow(dead_code, reason = "each test file uses its part")]

use ed25519_dalek::{Signer as _, SigningKey};
use envelope::card::{Card, RootKeys, SealingEntry, SignedCard, SigningEntry, TlsEntry};
use envelope::content::Content;
use envelope::envelope::{Draft, Envelope, MessageId, Random};
use envelope::handling::{Handling, Limit, Pap};
use envelope::seal::SealingKey;
use ml_dsa::{Keypair as _, MlDsa44, MlDsa65};
use model::agency::AgencyKind;
use model::country::Country;
use model::digest::Digest;
use model::indicator::Tlp;
use model::time::Timestamp;

/// An agency's private keys; each seed is one byte, repeated.
pub(crate) struct Agency {
    pub(crate) root: SigningKey,
    pub(crate) post_quantum: ml_dsa::SigningKey<MlDsa65>,
    pub(crate) signing: SigningKey,
    pub(crate) sealing: SealingKey,
    pub(crate) daily: ml_dsa::SigningKey<MlDsa44>,
}

pub(crate) fn at(day: i64) -> Timestamp {
    Timestamp::from_seconds(1_800_000_000 + day * 86_400).unwrap()
}

impl Agency {
    pub(crate) fn new(seed: u8) -> Agency {
        Agency {
            root: SigningKey::from_bytes(&[seed; 32]),
            post_quantum: ml_dsa::SigningKey::from_seed(&[seed + 1; 32].into()),
            signing: SigningKey::from_bytes(&[seed + 2; 32]),
            sealing: SealingKey::from_seed(&[seed + 3; 32]).unwrap(),
            daily: ml_dsa::SigningKey::from_seed(&[seed + 4; 32].into()),
        }
    }

    pub(crate) fn card(&self) -> Card {
        let root = RootKeys {
            ed25519: self.root.verifying_key().to_bytes(),
            ml_dsa: self.post_quantum.verifying_key().encode().as_slice().try_into().unwrap(),
        };
        let country = Country::parse("VN").unwrap();
        let mut card = Card::first("Công an".to_owned(), country, AgencyKind::Police, root, at(0));
        let (from, until) = (at(0), at(365));
        let key = self.signing.verifying_key().to_bytes();
        let ml_dsa = self.daily.verifying_key().encode().as_slice().try_into().unwrap();
        card.signing.push(SigningEntry { key, from, until, ml_dsa });
        card.tls.push(TlsEntry { key: [5; 32], from, until });
        card.sealing.push(SealingEntry { key: self.sealing.public(), from: at(0), until: at(90) });
        card
    }

    pub(crate) fn sign(&self, card: &Card) -> SignedCard {
        let (ed25519, ml_dsa) = self.signatures(card);
        SignedCard::new(card, ed25519, &ml_dsa).unwrap()
    }

    pub(crate) fn signatures(&self, card: &Card) -> ([u8; 64], Vec<u8>) {
        let message = card.message();
        let ml_dsa = self.post_quantum.expanded_key().sign_deterministic(&message, &[]).unwrap();
        (self.root.sign(&message).to_bytes(), ml_dsa.encode().to_vec())
    }

    /// A sealed and signed envelope to somebody.
    pub(crate) fn send(&self, to: &Agency, content: &Content) -> Envelope {
        let (from, target) = (self.card().id(), to.card().id());
        let holders = [to.sealing.public(), self.sealing.public()];
        let random = Random { key: [41; 32].into(), holders: vec![[42; 64], [43; 64]] };
        let id = MessageId([44; 16]);
        let draft = Draft::seal(id, (from, target), content, &holders, random).unwrap();
        let unsigned = draft.place(7, Digest::of(b"before"), at(1));
        let signature = self.signing.sign(&unsigned.message()).to_bytes();
        unsigned.sign(signature)
    }
}

pub(crate) fn content(body: &str) -> Content {
    Content {
        salt: [45; 32],
        kind: "message".to_owned(),
        handling: Handling {
            tlp: Tlp::Amber,
            pap: Pap::Amber,
            purpose: "case VN-C-2026-0001".to_owned(),
            basis: "agreement of the two police forces".to_owned(),
            limits: vec![Limit::NotifyBeforeEvidence, Limit::NoOnward],
            limit_text: None,
            source: None,
            information: None,
            retain_until: Some(at(365)),
        },
        body: body.as_bytes().to_vec(),
        in_reply_to: None,
        due: Some(at(2)),
        attachments: Vec::new(),
    }
}
