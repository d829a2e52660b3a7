//! Bundles: a right one is proven in words, and whatever is wrong with one is said in words.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::BTreeMap;
use std::io::Cursor;

use common::{World, at, content, cosign, files, pack, world, zip};
use ed25519_dalek::SigningKey;
use envelope::receipt::ReceiptKind;
use i18n::Language;
use model::digest::Digest;
use proptest::prelude::*;
use tlog::note::Note;
use verify::{Verdict, verify};

fn judged(bundle: &[u8]) -> Verdict {
    verify(Cursor::new(bundle), Language::En)
}

/// What is said of a bundle that a change made wrong begins so.
fn check(change: impl FnOnce(&mut BTreeMap<String, Vec<u8>>), problem: &str) {
    let mut files = files(&world().bundle());
    change(&mut files);
    let verdict = judged(&pack(&files));
    assert!(!verdict.valid, "{problem}");
    let is_told = verdict.problems.iter().any(|one| one.contains(problem));
    assert!(is_told, "{problem:?} is not in {:#?}", verdict.problems);
}

fn check_world(change: impl FnOnce(&mut World), problem: &str) {
    let mut world = world();
    change(&mut world);
    let verdict = judged(&world.bundle());
    let is_told = verdict.problems.iter().any(|one| one.contains(problem));
    assert!(!verdict.valid && is_told, "{problem:?} is not in {:#?}", verdict.problems);
}

fn named<'a>(files: &'a mut BTreeMap<String, Vec<u8>>, part: &str) -> (String, &'a mut Vec<u8>) {
    let (name, bytes) = files.iter_mut().find(|(name, _)| name.contains(part)).unwrap();
    (name.clone(), bytes)
}

/// A head without its signatures of some length: 64 its writer's, 72 its reader's, 2,428 of daily
/// heads.
fn without(head: &[u8], length: usize) -> Note {
    let whole = Note::parse(head).unwrap();
    let mut note = Note::new(whole.text().to_owned()).unwrap();
    let lines = whole.signatures().iter().filter(|one| one.bytes.len() != length);
    lines.for_each(|one| note.sign(one.clone()));
    note
}

#[test]
fn a_right_bundle_is_proven_in_both_languages() {
    let bundle = world().bundle();
    let verdict = judged(&bundle);
    assert_eq!(verdict.problems, [""; 0]);
    assert!(verdict.valid);
    let told = verdict.claims.join("\n");
    for part in [
        "A05 (Viet Nam) has the number",
        "2 cards follow each other",
        "was sealed and signed by A05 (Viet Nam) for SPF (Singapore).",
        "is leaf 5 (counted from 0); SPF (Singapore) countersigned that record",
        "when it had 10 leaves",
        "A05 (Viet Nam) signed the record of A05 (Viet Nam) for SPF (Singapore) with a post-quantum",
        "SPF (Singapore) signed the record of A05 (Viet Nam) for SPF (Singapore) with a post-quantum",
        "The node of SPF (Singapore) confirmed at",
        "is leaf 3 (counted from 0); A05 (Viet Nam) countersigned",
        "by whom: liaison officer",
        "handling TLP:AMBER, PAP:AMBER, limits of use H1, H2",
        "Its text: Đề nghị phong toả tài khoản 0451000123456",
        "The attachment sao kê 11-2026.pdf, 140 bytes, is the one that was sealed.",
    ] {
        assert!(told.contains(part), "{part:?} is not in\n{told}");
    }
    let vi = verify(Cursor::new(&bundle), Language::Vi);
    assert!(vi.valid && vi.claims.len() == verdict.claims.len());
    assert!(vi.claims.iter().all(|claim| !claim.contains(['⟦', '{'])), "{:#?}", vi.claims);
}

#[test]
fn what_is_left_out_on_purpose_is_said_and_is_no_problem() {
    let mut files = files(&world().bundle());
    files.retain(|name, _| !name.starts_with("attachments/"));
    let verdict = judged(&pack(&files));
    assert!(verdict.valid, "{:#?}", verdict.problems);
    assert!(verdict.claims.iter().any(|one| one.contains("is not in this bundle")));
    files.retain(|name, _| !name.ends_with(".content"));
    let verdict = judged(&pack(&files));
    assert!(verdict.valid, "{:#?}", verdict.problems);
    assert!(verdict.claims.iter().any(|one| one.contains("holds without it")));
}

#[test]
fn files_that_are_missing_or_too_many_are_told() {
    check(|files| files.retain(|name, _| !name.contains("README.vi")), "README.vi.txt is missing");
    check(|files| files.retain(|name, _| !name.ends_with(".card")), "whose cards are missing");
    check(|files| files.retain(|name, _| !name.starts_with("records/")), "checkpoint is missing");
    check(|files| files.retain(|name, _| !name.ends_with("-opened.proof")), "proof is missing");
    check(|files| files.retain(|name, _| !name.ends_with(".envelope")), "belongs to nothing");
    check(|files| files.retain(|name, _| !name.contains('/')), "There is no message");
    check(|files| drop(files.insert("note.txt".into(), vec![1])), "note.txt has no place");
    check(|files| drop(files.insert("../a".into(), vec![1])), "../a has no place");
    let stray = format!("attachments/{}/x.pdf", "2c".repeat(16));
    check(|files| drop(files.insert(stray, vec![1])), "belongs to nothing");
    let card = format!("cards/{}-01.card", "2c".repeat(32));
    check(|files| drop(files.insert(card, vec![1])), "has no place");
}

#[test]
fn the_list_and_the_files_have_to_agree() {
    let check = |change: fn(&mut BTreeMap<String, Vec<u8>>), problem: &str| {
        let mut files = files(&world().bundle());
        change(&mut files);
        let problems = judged(&zip(&files)).problems;
        assert!(problems.iter().any(|one| one.contains(problem)), "{problem}: {problems:#?}");
    };
    check(|files| drop(files.remove("bundle.txt")), "bundle.txt is missing");
    check(|files| drop(files.remove("README.en.txt")), "in the list bundle.txt, but not");
    check(|files| files.get_mut("README.en.txt").unwrap()[3] ^= 1, "is not the one that the list");
    check(|files| files.get_mut("bundle.txt").unwrap().push(b'\n'), "is not written as it has");
    check(|files| drop(files.insert("a".into(), vec![])), "but not in the list");
}

#[test]
fn cards_messages_and_heads_of_others_are_told() {
    let last = |bytes: &mut Vec<u8>| *bytes.last_mut().unwrap() ^= 1;
    check(|files| last(named(files, "-2.card").1), "not signed by both");
    check(|files| named(files, "-2.card").1.truncate(50), "is no card");
    check(|files| last(named(files, ".envelope").1), "what is sealed in it is not what was");
    check(|files| named(files, ".content").1[20] ^= 1, "is not the one that was signed");
    check(|files| named(files, "attachments/").1[0] ^= 1, "is not the one that was sealed");
    check(|files| last(named(files, "-accepted.receipt").1), "none of the keys on its cards");
    check(|files| named(files, ".proof").1[140] ^= 2, "is about another record");
    check(|files| named(files, ".proof").1.push(b'\n'), "is no proof");
    check(
        |files| {
            let (name, bytes) = named(files, ".envelope");
            let bytes = bytes.clone();
            files.remove(&name);
            files.insert(name.replace("2c2c2c.", "2c2c2d."), bytes);
        },
        "something else than its name says",
    );
    check(
        |files| {
            let accepted = named(files, "-accepted.receipt").1.clone();
            *named(files, "-opened.receipt").1 = accepted;
        },
        "something else than its name says",
    );
    check(
        |files| {
            let (_, bytes) = named(files, "checkpoint");
            *bytes = without(bytes, 72).write().into_bytes();
        },
        "was not countersigned",
    );
    check(
        |files| {
            let hash = files.iter().find(|(name, _)| name.ends_with(".proof")).unwrap().1.len();
            let bytes = named(files, ".proof").1;
            let digit = bytes[hash - 2];
            bytes[hash - 2] = if digit == b'0' { b'1' } else { b'0' };
        },
        "is not in the record at that place",
    );
}

#[test]
fn an_agency_that_was_met_late_is_known_by_its_later_cards() {
    let mut world = world();
    world.from.cards.remove(0);
    assert!(judged(&world.bundle()).valid);
    // A card that is missing between two others could be anything.
    let mut world = self::world();
    world.from.revoke(at(6));
    world.from.cards.remove(1);
    let problems = judged(&world.bundle()).problems;
    assert!(problems.iter().any(|one| one.contains("does not follow")), "{problems:#?}");
}

#[test]
fn keys_count_for_their_time_only() {
    check_world(|world| world.from.revoke(at(0)), "had been revoked by then");
    check_world(|world| world.to.revoke(at(3)), "signed the receipt “opened”");
    check_world(|world| world.day = 101, "was not in use at that time");
    // A key that is revoked later than all that it signed is good for all that.
    let mut world = world();
    world.from.revoke(at(6));
    world.to.revoke(at(6));
    assert!(judged(&world.bundle()).valid);
    check_world(|world| world.send(48, content("late"), at(100)), "was not in use at that time");
}

#[test]
fn heads_that_others_signed_prove_nothing() {
    let stranger = SigningKey::from_bytes(&[99; 32]);
    check_world(
        |world| world.from.signing = stranger.clone(),
        "none of the keys on its cards made it",
    );
    check(
        |files| {
            let name = files.keys().find(|name| name.ends_with(".checkpoint")).unwrap().clone();
            let mut note = without(&files[&name], 72);
            let mut other = world().to;
            other.signing = stranger.clone();
            cosign(&mut note, &other, 5);
            files.insert(name, note.write().into_bytes());
        },
        "was not countersigned",
    );
}

/// The head of what goes out, changed.
fn check_daily(change: impl FnOnce(&mut Note, &World), problem: &str) {
    let world = world();
    let mut files = files(&world.bundle());
    let (name, bytes) = daily_head(&mut files);
    let mut note = Note::parse(bytes).unwrap();
    change(&mut note, &world);
    files.insert(name, note.write().into_bytes());
    let verdict = judged(&pack(&files));
    let is_told = verdict.problems.iter().any(|one| one.contains(problem));
    assert!(!verdict.valid && is_told, "{problem:?} is not in {:#?}", verdict.problems);
}

fn daily_head(files: &mut BTreeMap<String, Vec<u8>>) -> (String, &mut Vec<u8>) {
    let mut heads = files.iter_mut().filter(|(name, _)| name.ends_with(".checkpoint"));
    let (name, bytes) = heads.find(|(_, bytes)| bytes.len() > 6_000).unwrap();
    (name.clone(), bytes)
}

#[test]
fn a_daily_signature_that_does_not_hold_is_told() {
    let wrong = |who: usize, place: usize| {
        move |note: &mut Note| {
            let mut lines = note.signatures().iter().filter(|one| one.bytes.len() > 2_000);
            let mut line = lines.nth(who).unwrap().clone();
            line.bytes[place] ^= 1;
            note.sign(line);
        }
    };
    check_daily(
        move |note, _| wrong(0, 100)(note),
        "(ML-DSA-44) of A05 (Viet Nam) under the daily",
    );
    check_daily(move |note, _| wrong(1, 7)(note), "(ML-DSA-44) of SPF (Singapore) under the daily");
    check_daily(
        |note, world| {
            // What was signed before the record grew.
            let mut shorter = common::head(&world.back, &world.to, &world.from, 5);
            common::cosign_daily(&mut shorter, &world.to, 5);
            let line = shorter.signatures().last().unwrap().clone();
            note.sign(line);
        },
        "does not hold",
    );
    check_daily(
        |note, world| common::cosign_daily(note, &world.from, 101),
        "A05 (Viet Nam) that signed the daily head of",
    );
    let revoked = "SPF (Singapore) that signed the daily head of";
    check_world(|world| world.to.revoke(at(4)), revoked);
}

#[test]
fn a_witness_is_told_and_what_it_did_not_sign_is_a_problem() {
    let with = |change: fn(&mut common::Agency)| {
        let mut world = world();
        let mut witness = common::Agency::new(20, "CCIB", "TH");
        change(&mut witness);
        world.witness = Some(witness);
        judged(&world.bundle())
    };
    let verdict = with(|_| ());
    assert!(verdict.valid, "{:#?}", verdict.problems);
    let seen = "CCIB (Thailand) saw the record of A05 (Viet Nam) for SPF (Singapore) at";
    assert!(verdict.claims.iter().any(|one| one.contains(seen)), "{:#?}", verdict.claims);
    let verdict = with(|witness| witness.revoke(at(4)));
    let problem = "The key of CCIB (Thailand) that signed the daily head of";
    assert!(verdict.problems.iter().any(|one| one.contains(problem)), "{:#?}", verdict.problems);
    let mut world = world();
    world.witness = Some(common::Agency::new(20, "CCIB", "TH"));
    let mut files = files(&world.bundle());
    let (_, bytes) = daily_head(&mut files);
    let mut note = Note::parse(bytes).unwrap();
    let mut line = note.signatures().last().unwrap().clone();
    line.bytes[99] ^= 1;
    note.sign(line);
    *bytes = note.write().into_bytes();
    let problems = judged(&pack(&files)).problems;
    let problem = "(ML-DSA-44) of CCIB (Thailand) under the daily head";
    assert!(problems.iter().any(|one| one.contains(problem)), "{problems:#?}");
}

/// Who has not signed so has not, and a line of a key that no card names says nothing.
#[test]
fn a_head_without_daily_signatures_is_a_right_one() {
    let mut files = files(&world().bundle());
    let (_, bytes) = daily_head(&mut files);
    let mut note = without(bytes, 2_428);
    let mut stranger = world().from;
    stranger.daily = ml_dsa::SigningKey::from_seed(&[99; 32].into());
    common::cosign_daily(&mut note, &stranger, 5);
    *bytes = note.write().into_bytes();
    let verdict = judged(&pack(&files));
    assert!(verdict.valid, "{:#?}", verdict.problems);
    assert!(!verdict.claims.iter().any(|one| one.contains("post-quantum")));
}

#[test]
fn receipts_are_for_these_bytes_between_these_agencies() {
    let check = |change: fn(&mut envelope::receipt::Receipt)| {
        check_world(
            |world| {
                let mut receipt = world.receipts[0].0.receipt().clone();
                receipt.kind = ReceiptKind::Handled;
                change(&mut receipt);
                world.keep(receipt);
            },
            "is about other bytes",
        );
    };
    check(|receipt| receipt.envelope = Digest::of(b"other"));
    check(|receipt| receipt.to = receipt.from);
    check(|receipt| std::mem::swap(&mut receipt.to, &mut receipt.from));
}

#[test]
fn what_stood_before_a_message_is_what_it_names() {
    let mut world = world();
    // Another leaf in the place of the third one: everything else is signed anew.
    let mut other = common::Record::default();
    for n in [0, 1, 2, 77, 4] {
        other.add(&[n; 33]);
    }
    let leaf = envelope::entry::EntryKind::Envelope.leaf(&world.messages[0].0.digest());
    other.add(&leaf);
    world.outward = other;
    let verdict = judged(&world.bundle());
    assert!(verdict.problems.iter().any(|one| one.contains("the message itself names")));
}

#[test]
fn bytes_that_are_no_archive_are_told() {
    for bytes in [&b""[..], b"PK", &[0; 100], b"PK\x05\x06", &world().bundle()[1..]] {
        let verdict = judged(bytes);
        assert!(!verdict.valid && verdict.problems.len() == 1, "{verdict:?}");
    }
    let bundle = world().bundle();
    for cut in [1, 22, 100, bundle.len() / 2] {
        assert!(!judged(&bundle[..bundle.len() - cut]).valid);
    }
    assert!(!judged(&[bundle.as_slice(), b"\0"].concat()).valid);
}

/// One bit of every byte of the archive, headers and directory with all of theirs.
#[test]
fn no_bit_of_the_archive_can_be_changed() {
    let bundle = world().bundle();
    assert!(judged(&bundle).valid);
    let directory = bundle.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    let mut bent = bundle.clone();
    for place in 0..bundle.len() {
        let bits = if place < 200 || place >= directory { 0..8 } else { 0..1 };
        for bit in bits.map(|bit| (bit + place) % 8) {
            bent[place] ^= 1 << bit;
            assert!(!judged(&bent).valid, "bit {bit} of byte {place}");
            bent[place] ^= 1 << bit;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(!judged(&bytes).valid);
        let mut files = files(&world().bundle());
        let place = bytes.len() % files.len();
        let name = files.keys().nth(place).unwrap().clone();
        if name.ends_with(".txt") {
            return Ok(());
        }
        files.insert(name, bytes);
        prop_assert!(!judged(&pack(&files)).valid);
    }
}
