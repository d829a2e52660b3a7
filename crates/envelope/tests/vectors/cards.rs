//! Two agencies with fixed seeds, and a first card with the one that follows it.

use envelope::card::{Card, Revocation, SignedCard};
use ml_dsa::Keypair as _;
use model::digest::Digest;

use crate::common::{Agency, at};
use crate::json::{Json, list, object};

/// Each seed is this byte repeated: root, root ML-DSA-65 (one more), signing (two more), sealing
/// (three more), ML-DSA-44 of daily heads (four more).
pub(crate) const A: u8 = 1;
pub(crate) const B: u8 = 10;

/// What an agency's keys are made of, and what they make.
pub(crate) fn agency(name: &'static str, seed: u8) -> Json {
    let agency = Agency::new(seed);
    let card = agency.card();
    let words = card.id().words();
    let numbers: Vec<u64> =
        bip39::Mnemonic::parse(&words).unwrap().word_indices().map(|n| n as u64).collect();
    object([
        ("name", name.into()),
        ("root_ed25519_seed", [seed; 32].as_slice().into()),
        ("root_ml_dsa_65_seed", [seed + 1; 32].as_slice().into()),
        ("signing_seed", [seed + 2; 32].as_slice().into()),
        ("sealing_seed", [seed + 3; 32].as_slice().into()),
        ("signing_ml_dsa_44_seed", [seed + 4; 32].as_slice().into()),
        ("root_ed25519", card.root.ed25519.as_slice().into()),
        ("root_ml_dsa_65", card.root.ml_dsa.as_slice().into()),
        ("signing", agency.signing.verifying_key().as_bytes().as_slice().into()),
        ("signing_ml_dsa_44", agency.daily.verifying_key().encode().as_slice().into()),
        ("sealing", agency.sealing.public().as_slice().into()),
        ("id", card.id().0.0.as_slice().into()),
        ("words", words.into()),
        ("word_numbers", list(numbers)),
    ])
}

/// The first card of an agency.
pub(crate) fn first(agency: &Agency) -> SignedCard {
    let mut card = agency.card();
    card.endpoints.push("node.example:8443".to_owned());
    agency.sign(&card)
}

/// The card after it: another name and address, and the TLS key revoked.
pub(crate) fn second(agency: &Agency, first: &SignedCard) -> SignedCard {
    agency.sign(&follower(first))
}

/// The same before it is signed.
pub(crate) fn follower(first: &SignedCard) -> Card {
    let mut card = first.card().clone();
    (card.sequence, card.previous, card.made) = (2, Some(first.digest()), at(3));
    card.agency = "Công an – A05".to_owned();
    card.endpoints.push("[2001:db8::1]:8443".to_owned());
    card.revoked.push(Revocation { key: Digest::of(&[5; 32]), from: at(3) });
    card
}

/// Both cards.
pub(crate) fn cards() -> Json {
    let agency = Agency::new(A);
    let first = first(&agency);
    let second = second(&agency, &first);
    assert_eq!(first.is_followed_by(&second), Ok(()));
    list([&first, &second].map(|signed| {
        let (ed25519, ml_dsa) = agency.signatures(signed.card());
        object([
            ("agency", "A".into()),
            ("sequence", signed.card().sequence.into()),
            ("message", signed.card().message().as_slice().into()),
            ("ed25519", ed25519.as_slice().into()),
            ("ml_dsa_65", ml_dsa.as_slice().into()),
            ("bytes", signed.bytes().into()),
            ("digest", signed.digest().0.0.as_slice().into()),
        ])
    }))
}
