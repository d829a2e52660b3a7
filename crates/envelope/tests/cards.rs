//! Cards: signed by both roots, followed by the next one, and never by another agency's.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::{Agency, at};
use envelope::card::{Card, CardError, Revocation, SignedCard};
use model::digest::Digest;

#[test]
fn a_card_is_read_as_it_was_written() {
    let agency = Agency::new(1);
    let signed = agency.sign(&agency.card());
    let again = SignedCard::parse(signed.bytes()).unwrap();
    assert_eq!(again, signed);
    assert_eq!(again.card(), &agency.card());
    assert_eq!(signed.card().id().words().split(' ').count(), 12);
    assert_ne!(signed.card().id(), Agency::new(2).card().id());
    assert!(signed.bytes().len() < 9_000, "{} bytes", signed.bytes().len());
}

/// As many keys of each use, revocations and addresses as a card may have, the longest ones: it is
/// still no larger than a card may be.
#[test]
fn the_fullest_card_is_not_too_large() {
    let agency = Agency::new(1);
    let mut card = agency.card();
    card.agency = "a".repeat(300);
    card.endpoints = vec!["a".repeat(300); 16];
    card.signing = vec![card.signing[0].clone(); 16];
    card.sealing = vec![card.sealing[0].clone(); 16];
    card.tls = vec![card.tls[0].clone(); 16];
    card.revoked = vec![Revocation { key: Digest([1; 32]), from: at(1) }; 16];
    let signed = agency.sign(&card);
    assert_eq!(SignedCard::parse(signed.bytes()).unwrap().card(), &card);
}

#[test]
fn both_roots_have_to_sign() {
    let (agency, other) = (Agency::new(1), Agency::new(10));
    let card = agency.card();
    let ((one, two), (wrong, bad)) = (agency.signatures(&card), other.signatures(&card));
    assert!(SignedCard::new(&card, one, &two).is_ok());
    assert_eq!(SignedCard::new(&card, wrong, &two), Err(CardError::Signature("Ed25519")));
    assert_eq!(SignedCard::new(&card, one, &bad), Err(CardError::Signature("ML-DSA-65")));
    assert_eq!(SignedCard::new(&card, one, &[]), Err(CardError::Signature("ML-DSA-65")));
}

#[test]
fn no_bit_of_a_card_can_be_changed() {
    let agency = Agency::new(1);
    let bytes = agency.sign(&agency.card()).bytes().to_vec();
    for place in (0..bytes.len()).filter(|place| *place < 400 || place % 7 == 0) {
        let mut bent = bytes.clone();
        bent[place] ^= 1 << (place % 8);
        assert!(SignedCard::parse(&bent).is_err(), "byte {place}");
    }
}

#[test]
fn cards_follow_each_other_one_by_one() {
    let agency = Agency::new(1);
    let first = agency.sign(&agency.card());
    let after = |card: &SignedCard, change: &dyn Fn(&mut Card)| {
        let mut next = card.card().clone();
        (next.sequence, next.previous) = (next.sequence + 1, Some(card.digest()));
        change(&mut next);
        agency.sign(&next)
    };
    let second = after(&first, &|card| card.endpoints.push("https://a05.example:8443".into()));
    let third = after(&second, &|_| ());
    assert_eq!(first.is_followed_by(&second), Ok(()));
    assert_eq!(second.is_followed_by(&third), Ok(()));
    let not_next = |known, found| Err(CardError::NotNext { known, found });
    assert_eq!(first.is_followed_by(&third), not_next(1, 3));
    assert_eq!(second.is_followed_by(&first), not_next(2, 1), "no way back");
    assert_eq!(second.is_followed_by(&second), not_next(2, 2));
    let fork = after(&first, &|card| card.agency = "other".into());
    assert_eq!(fork.is_followed_by(&third), not_next(2, 3), "two second cards have two heirs");
    let other = Agency::new(10);
    assert_eq!(first.is_followed_by(&other.sign(&other.card())), Err(CardError::Agency));
}

#[test]
fn keys_are_valid_from_until_and_not_when_revoked() {
    let agency = Agency::new(1);
    let mut card = agency.card();
    let key = agency.signing.verifying_key().to_bytes();
    let valid = |card: &Card, day| card.signing_at(at(day)).any(|one| *one == key);
    assert!(!valid(&card, -1) && valid(&card, 0) && valid(&card, 364) && !valid(&card, 365));
    card.revoked.push(Revocation { key: Digest::of(&key), from: at(10) });
    assert!(valid(&card, 9) && !valid(&card, 10));
    assert!(card.sealing_at(at(89)).is_some() && card.sealing_at(at(90)).is_none());
}

#[test]
fn a_card_that_is_not_whole_is_refused() {
    let agency = Agency::new(1);
    let check = |change: &dyn Fn(&mut Card), error: CardError| {
        let mut card = agency.card();
        change(&mut card);
        let (ed25519, ml_dsa) = agency.signatures(&card);
        assert_eq!(SignedCard::new(&card, ed25519, &ml_dsa), Err(error));
    };
    check(&|card| card.agency = " ".into(), CardError::Text(" ".into()));
    check(&|card| card.agency = "a\nb".into(), CardError::Text("a\nb".into()));
    check(&|card| card.sequence = 0, CardError::Sequence(0));
    check(&|card| card.sequence = 2, CardError::Sequence(2));
    check(&|card| card.signing.clear(), CardError::Entries("signing"));
    check(&|card| card.sealing.clear(), CardError::Entries("sealing"));
    check(&|card| card.tls[0].until = at(-1), CardError::Period("tls"));
    check(&|card| card.signing = vec![card.signing[0].clone(); 17], CardError::Entries("signing"));
}
