//! Bodies of MATCH: read as they were written, and everything else refused.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use envelope::cbor::CborError;
use envelope::matching::{
    Answer, KindKey, MAX_BATCH, Manifest, MatchingError, Query, Terms, Wish, body,
};
use model::digest::Digest;
use model::identifier::Kind;
use model::time::Timestamp;
use proptest::prelude::*;

fn terms() -> Terms {
    let (purpose, basis) = ("fraud".to_owned(), "untoc-27".to_owned());
    Terms { purpose, basis, agreement: Digest([1; 32]) }
}

fn manifest() -> Manifest {
    let key = |kind, byte| KindKey { kind, key: [byte; 32] };
    Manifest {
        terms: terms(),
        epoch: 1,
        number: 2,
        is_delta: true,
        until: Timestamp::from_seconds(1_800_000_000).unwrap(),
        keys: vec![key(Kind::Phone, 3), key(Kind::Email, 4)],
        size: 96,
        root: Digest([5; 32]),
        set: Digest([6; 32]),
    }
}

fn query(elements: usize) -> Query {
    Query {
        terms: terms(),
        session: [7; 16],
        number: 0,
        batches: 1,
        manifest: Digest([8; 32]),
        kind: Kind::Phone,
        commitment: Digest([9; 32]),
        elements: vec![10; elements * 32],
    }
}

fn answer() -> Answer {
    Answer {
        session: [7; 16],
        number: 0,
        query: Digest([11; 32]),
        refused: None,
        elements: vec![12; 64],
        proof: vec![13; 64],
        left: 1_000,
    }
}

#[test]
fn what_was_written_is_read() {
    let wish = Wish { terms: terms() };
    assert_eq!(Wish::parse(&body(&wish)), Ok(wish));
    assert_eq!(Manifest::parse(&body(&manifest())), Ok(manifest()));
    assert_eq!(Query::parse(&body(&query(64))), Ok(query(64)));
    assert_eq!(Answer::parse(&body(&answer())), Ok(answer()));
    let refused = Answer {
        refused: Some("budget_spent".to_owned()),
        elements: Vec::new(),
        proof: Vec::new(),
        ..answer()
    };
    assert_eq!(Answer::parse(&body(&refused)), Ok(refused));
    assert_eq!((query(64).elements().len(), answer().elements()), (64, vec![[12; 32]; 2]));
    let keys = manifest();
    assert_eq!((keys.key(Kind::Email), keys.key(Kind::Ip)), (Some(&[4; 32]), None));
}

#[test]
fn the_largest_batch_fits_and_a_larger_one_does_not() {
    let largest = body(&query(MAX_BATCH));
    assert!(Query::parse(&largest).is_ok());
    assert!(largest.len() < envelope::content::MAX_BYTES / 2 + 16_384);
    let bytes = (MAX_BATCH + 1) * 32;
    let larger = body(&query(MAX_BATCH + 1));
    assert_eq!(Query::parse(&larger), Err(MatchingError::Batch(bytes)));
    let huge = body(&query(2 * MAX_BATCH));
    assert!(matches!(Query::parse(&huge), Err(MatchingError::Cbor(CborError::Large(..)))));
}

#[test]
fn a_batch_is_whole_elements_and_not_empty() {
    for bytes in [0, 1, 31, 33] {
        let odd = Query { elements: vec![0; bytes], ..query(1) };
        assert_eq!(Query::parse(&body(&odd)), Err(MatchingError::Batch(bytes)));
    }
    let odd = Answer { elements: vec![0; 33], ..answer() };
    assert_eq!(Answer::parse(&body(&odd)), Err(MatchingError::Batch(33)));
}

#[test]
fn a_number_lies_within_its_session() {
    for (number, batches) in [(1, 1), (5, 3), (0, 0), (0, 65_537)] {
        let odd = Query { number, batches, ..query(1) };
        assert_eq!(Query::parse(&body(&odd)), Err(MatchingError::Number(number, batches)));
    }
}

#[test]
fn keys_are_one_a_kind_in_order() {
    let [phone, email] = manifest().keys.try_into().unwrap();
    for keys in [vec![], vec![phone.clone(), phone.clone()], vec![email, phone]] {
        let odd = Manifest { keys, ..manifest() };
        assert_eq!(Manifest::parse(&body(&odd)), Err(MatchingError::Keys));
    }
}

#[test]
fn purpose_and_basis_are_said_and_short() {
    let long = "x".repeat(201);
    for words in ["", "  ", "a\u{1b}[2Jb", long.as_str()] {
        let purpose = Terms { purpose: words.to_owned(), ..terms() };
        let basis = Terms { basis: words.to_owned(), ..terms() };
        for terms in [purpose, basis] {
            assert_eq!(Wish::parse(&body(&Wish { terms })), Err(MatchingError::Words));
        }
    }
}

#[test]
fn a_refusal_carries_nothing_else() {
    let code = || Some("budget_spent".to_owned());
    let odd = Answer { refused: code(), ..answer() };
    assert_eq!(Answer::parse(&body(&odd)), Err(MatchingError::Batch(64)));
    let empty = (Vec::new(), Vec::new());
    let unsaid =
        Answer { refused: Some(String::new()), elements: empty.0, proof: empty.1, ..answer() };
    assert_eq!(Answer::parse(&body(&unsaid)), Err(MatchingError::Words));
    let painted = Answer { refused: Some("\u{1b}[31m".to_owned()), ..unsaid };
    assert_eq!(Answer::parse(&body(&painted)), Err(MatchingError::Words));
}

#[test]
fn a_body_that_was_cut_anywhere_is_refused() {
    let whole = body(&manifest());
    assert!((0..whole.len()).all(|length| Manifest::parse(&whole[..length]).is_err()));
    let longer = [whole.as_slice(), &[0]].concat();
    assert!(Manifest::parse(&longer).is_err());
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = (Wish::parse(&bytes), Manifest::parse(&bytes));
        let _ = (Query::parse(&bytes), Answer::parse(&bytes));
    }

    #[test]
    fn a_changed_bit_is_another_body_or_none(bit in 0_usize..(8 * 200)) {
        let mut bytes = body(&query(2));
        let place = bit / 8 % bytes.len();
        bytes[place] ^= 1 << (bit % 8);
        if let Ok(read) = Query::parse(&bytes) {
            prop_assert_eq!(body(&read), bytes);
        }
    }
}
