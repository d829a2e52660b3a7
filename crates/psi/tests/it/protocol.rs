//! The two sides: what is asked, answered and refused.

use curve25519_dalek::RistrettoPoint;
use proptest::prelude::*;
use psi::asking::{AnswerError, Asking, Seed};
use psi::element::{Element, ElementError};
use psi::key::{Answer, Key, KeyError};
use psi::proof::Proof;
use psi::suite::Mode;
use sha2::{Digest as _, Sha512};

/// The element that adds nothing, as it would be written.
const NEUTRAL: [u8; 32] = [0; 32];

fn key(seed: u8) -> Key {
    crate::begin();
    Key::derive(Mode::Voprf, &[seed; 32], b"test").unwrap()
}

fn inputs(count: usize) -> Vec<String> {
    crate::begin();
    (0..count).map(|number| format!("phone +849{number:08}")).collect()
}

fn ask(inputs: &[String], size: usize) -> Asking {
    Asking::blind(Mode::Voprf, inputs, size, (&Seed([9; 32]), 0), 2).unwrap()
}

fn answer(key: &Key, asking: &Asking) -> Answer {
    let sent: Vec<[u8; 32]> = asking.elements().copied().collect();
    key.answer(&Element::parse_all(&sent, 2).unwrap(), &[5; 64], 2).unwrap()
}

#[test]
fn a_batch_that_is_filled_up_gives_the_outputs_of_its_inputs() {
    let (key, inputs) = (key(1), inputs(100));
    let asking = ask(&inputs, 256);
    assert_eq!(asking.elements().len(), 256);
    let outputs = asking.finish(&inputs, key.public(), &answer(&key, &asking), 2).unwrap();
    assert!(outputs == key.outputs(&inputs, 2).unwrap());
}

/// What fills a batch up is in the published vectors: it stays as it is.
#[test]
fn fillers_are_what_their_hash_is_mapped_to() {
    let asking = ask(&inputs(0), 5);
    for (place, element) in (0_u64..).zip(asking.elements()) {
        let hash = Sha512::new_with_prefix(b"lienket/match/v1/filler")
            .chain_update([9; 32])
            .chain_update([0; 4])
            .chain_update(place.to_be_bytes());
        let point = RistrettoPoint::from_uniform_bytes(&hash.finalize().into());
        assert_eq!(*element, point.compress().to_bytes());
    }
}

#[test]
fn a_batch_of_fillers_alone_is_answered_too() {
    let key = key(1);
    let asking = ask(&[], 64);
    assert!(asking.finish(&inputs(0), key.public(), &answer(&key, &asking), 1).unwrap().is_empty());
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let (key, inputs) = (key(1), inputs(333));
    let one = Asking::blind(Mode::Voprf, &inputs, 512, (&Seed([9; 32]), 0), 1).unwrap();
    let three = Asking::blind(Mode::Voprf, &inputs, 512, (&Seed([9; 32]), 0), 3).unwrap();
    assert!(one.elements().eq(three.elements()));
    let asked: Vec<_> = one.elements().map(|one| Element::parse(one).unwrap()).collect();
    let (a, b) = (key.answer(&asked, &[5; 64], 1), key.answer(&asked, &[5; 64], 3));
    assert_eq!(a.unwrap(), b.unwrap());
}

#[test]
fn a_batch_is_taken_up_again_from_its_seed_and_what_was_sent() {
    let (key, inputs) = (key(1), inputs(100));
    let asking = ask(&inputs, 128);
    let sent: Vec<[u8; 32]> = asking.elements().copied().collect();
    let again = Asking::resume(Mode::Voprf, 100, &sent, (&Seed([9; 32]), 0), 2).unwrap();
    let outputs = again.finish(&inputs, key.public(), &answer(&key, &asking), 2).unwrap();
    assert!(outputs == key.outputs(&inputs, 2).unwrap());
}

#[test]
fn two_sessions_and_two_batches_show_nothing_in_common() {
    let inputs = inputs(64);
    let blinded = |seed, number| {
        let asking =
            Asking::blind(Mode::Voprf, &inputs, 64, (&Seed([seed; 32]), number), 1).unwrap();
        asking.elements().copied().collect::<std::collections::BTreeSet<_>>()
    };
    let first = blinded(1, 0);
    assert!(first.is_disjoint(&blinded(2, 0)) && first.is_disjoint(&blinded(1, 1)));
}

#[test]
fn an_answer_by_another_key_is_refused() {
    let (published, used) = (key(1), key(2));
    let inputs = inputs(70);
    let asking = ask(&inputs, 70);
    let result = asking.finish(&inputs, published.public(), &answer(&used, &asking), 2);
    assert_eq!(result.err(), Some(AnswerError::Proof));
}

#[test]
fn one_element_by_another_key_spoils_the_batch() {
    let inputs = inputs(70);
    let asking = ask(&inputs, 70);
    let mut mixed = answer(&key(1), &asking);
    mixed.elements[69] = answer(&key(2), &asking).elements[69];
    let result = asking.finish(&inputs, key(1).public(), &mixed, 2);
    assert_eq!(result.err(), Some(AnswerError::Proof));
}

#[test]
fn elements_that_changed_places_are_refused() {
    let inputs = inputs(70);
    let asking = ask(&inputs, 70);
    let mut turned = answer(&key(1), &asking);
    turned.elements.swap(3, 4);
    let result = asking.finish(&inputs, key(1).public(), &turned, 2);
    assert_eq!(result.err(), Some(AnswerError::Proof));
}

#[test]
fn an_answer_of_the_other_mode_is_refused() {
    let inputs = inputs(3);
    let asking = ask(&inputs, 3);
    let bytes: [u8; 32] = *key(1).danger_bytes();
    let other = Key::from_bytes(Mode::Oprf, &bytes).unwrap();
    let result = asking.finish(&inputs, key(1).public(), &answer(&other, &asking), 1);
    assert_eq!(result.err(), Some(AnswerError::Proof));
}

#[test]
fn an_answer_that_was_cut_or_grew_is_refused() {
    let inputs = inputs(70);
    let asking = ask(&inputs, 70);
    for answered in [0, 69, 71] {
        let mut cut = answer(&key(1), &asking);
        cut.elements.resize(answered, *key(1).public().bytes());
        let result = asking.finish(&inputs, key(1).public(), &cut, 1);
        assert_eq!(result.err(), Some(AnswerError::Count { asked: 70, answered }));
    }
}

#[test]
fn the_neutral_element_and_other_writings_are_no_elements() {
    // 2^255 - 19 more than a small element: the same number, written otherwise.
    let mut high = [0xff; 32];
    high[31] = 0x7f;
    let mut odd = *key(1).public().bytes();
    odd[0] |= 1;
    for bytes in [NEUTRAL, high, odd, [0xff; 32]] {
        assert_eq!(Element::parse(&bytes), None, "{bytes:02x?}");
    }
    let inputs = inputs(70);
    let asking = ask(&inputs, 70);
    let mut answered = answer(&key(1), &asking);
    answered.elements[69] = NEUTRAL;
    let result = asking.finish(&inputs, key(1).public(), &answered, 2);
    assert_eq!(result.err(), Some(AnswerError::Element(ElementError { place: 69 })));
}

#[test]
fn a_batch_is_neither_empty_nor_too_large() {
    assert_eq!(key(1).answer(&[], &[5; 64], 1).err(), Some(KeyError::Batch(0)));
    let many = vec![*key(1).public(); 16_385];
    assert_eq!(key(1).answer(&many, &[5; 64], 1).err(), Some(KeyError::Batch(16_385)));
    let too_large = Asking::blind(Mode::Voprf, &inputs(1), 16_385, (&Seed([9; 32]), 0), 1);
    assert_eq!(too_large.err(), Some(KeyError::Batch(16_385)));
}

#[test]
fn an_input_that_is_too_long_is_named() {
    let inputs = ["a".to_owned(), "b".repeat(65_536)];
    assert_eq!(key(1).outputs(&inputs, 1).err(), Some(KeyError::Input(1)));
}

#[test]
fn zero_and_numbers_beyond_the_order_are_no_keys() {
    crate::begin();
    for bytes in [[0; 32], [0xff; 32]] {
        assert_eq!(Key::from_bytes(Mode::Voprf, &bytes).err(), Some(KeyError::Secret));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_proof_with_one_bit_changed_does_not_hold(bit in 0_usize..512) {
        let inputs = inputs(3);
        let asking = ask(&inputs, 3);
        let mut changed = answer(&key(1), &asking);
        let mut bytes = changed.proof.bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        if let Some(proof) = Proof::parse(&bytes) {
            changed.proof = proof;
            let result = asking.finish(&inputs, key(1).public(), &changed, 1);
            prop_assert_eq!(result.err(), Some(AnswerError::Proof));
        }
    }
}
