//! What was changed on the way, and what a writer signs twice.

use envelope::entry::EntryKind;
use envelope::parcel::{Parcel, Stretch};
use model::digest::Digest;
use node::port::record::{Log, LogRow, MessageState};
use sim::world::{Member, World, message};
use tlog::cosignature::{Cosignature, ed25519_message};
use tlog::frontier::Frontier;
use tlog::merkle;
use tlog::note::{Note, Scheme, Signature};

use super::{check_settled, copy, disk, log, state, world};

/// Bits of the parcel are flipped one after the other. Nothing of it is taken as something else,
/// nothing is frozen, and the right parcel is taken afterwards.
#[test]
fn no_bit_of_a_parcel_can_be_changed() {
    let (world, _folder) = world(30, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    // A daily head without its second signature is a right one that is not daily: `daily` has that.
    vn.send(sg.id(), "first").unwrap();
    check_settled(&world, 0, 1);
    let sent = vn.send(sg.id(), "a").unwrap();
    let parcel = vn.exchange.offer(sg.id(), None).unwrap().bytes;
    let mut refused = 0;
    for place in 0..parcel.len() {
        let mut bent = parcel.clone();
        bent[place] ^= 1 << (place % 8);
        let taken = sg.exchange.take(Some(vn.id()), &bent);
        assert_eq!(log(sg, vn, sg).frozen, None, "byte {place}");
        match taken {
            Err(_) => refused += 1,
            Ok(taken) if taken.received.is_empty() => {
                assert!(!taken.refused.is_empty(), "byte {place} is refused without a word");
                refused += 1;
            }
            // From here on stands what the sender says it has: that is not ours to judge, and the
            // message before it is whole.
            Ok(taken) => {
                assert_eq!(taken.received, [sent.id], "byte {place}");
                break;
            }
        }
    }
    assert!(refused > parcel.len() - 200, "{refused} of {}", parcel.len());
    check_settled(&world, 0, 1);
    assert_eq!(state(vn, &sent), MessageState::Accepted);
}

/// Who carries a parcel can put other leaves in it, and cannot sign them.
#[test]
fn leaves_that_lead_elsewhere_are_refused_and_freeze_nothing() {
    let (world, _folder) = world(31, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    vn.send(sg.id(), "a").unwrap();
    check_settled(&world, 0, 1);
    vn.send(sg.id(), "b").unwrap();
    let mut parcel = Parcel::parse(&vn.exchange.offer(sg.id(), None).unwrap().bytes).unwrap();
    let log_part = parcel.log.take().unwrap();
    let leaves: Vec<Digest> = log_part.hashes().map(|_| Digest::of(b"other")).collect();
    let head = String::from_utf8(log_part.head.to_vec()).unwrap();
    parcel.log = Some(Stretch::new(&head, log_part.first, &leaves, log_part.entries));
    let taken = sg.exchange.take(Some(vn.id()), &parcel.write()).unwrap();
    assert_eq!(taken.refused[0].code, "leaves_wrong");
    assert_eq!((log(sg, vn, sg).size, log(sg, vn, sg).frozen), (1, None));
    check_settled(&world, 0, 1);
    assert_eq!(log(sg, vn, sg).size, 2);
}

/// A world in which the first member has sent two messages, and then gone back to a disk on which
/// it had sent one.
fn gone_back(seed: u64) -> (World, tempfile::TempDir) {
    let (mut world, folder) = world(seed, 2);
    world.at(0).send(world.at(1).id(), "first").unwrap();
    check_settled(&world, 0, 1);
    let old = copy(folder.path(), 0);
    world.at(0).send(world.at(1).id(), "what was said").unwrap();
    check_settled(&world, 0, 1);
    world.members[0].restart_on(disk(&old)).unwrap();
    (world, folder)
}

/// A writer goes back to an old disk and writes something else in the same places.
#[test]
fn who_writes_two_records_is_caught_with_both_heads() {
    let (world, _folder) = gone_back(32);
    let (vn, sg) = (world.at(0), world.at(1));
    vn.send(sg.id(), "what was never said").unwrap();
    let parcel = vn.exchange.offer(sg.id(), None).unwrap();
    let refused = sg.exchange.take(Some(vn.id()), &parcel.bytes).unwrap_err();
    assert_eq!(refused.code(), "record_frozen");
    let row = log(sg, vn, sg);
    assert_eq!(row.frozen.as_deref(), Some("record_forked"));
    let proof = String::from_utf8(row.proof.unwrap()).unwrap();
    let origin = format!("lienket/{}/{}\n2\n", vn.id().0, sg.id().0);
    assert_eq!(proof.matches(&origin).count(), 2, "two heads of one length: {proof}");
    // Nothing more is taken from it; what was taken before stays.
    let again = vn.exchange.offer(sg.id(), None).unwrap();
    let refused = sg.exchange.take(Some(vn.id()), &again.bytes).unwrap_err();
    assert_eq!((refused.code(), row.size), ("record_frozen", 2));
}

/// The same, where the second record is longer than the first: its writer is made to show it.
#[test]
fn a_longer_second_record_is_caught_too() {
    let (world, _folder) = gone_back(33);
    for text in ["what was never said", "and more"] {
        world.at(0).send(world.at(1).id(), text).unwrap();
    }
    let (vn, sg) = (world.at(0), world.at(1));
    let mut codes = Vec::new();
    for _ in 0..4 {
        let parcel = vn.exchange.offer(sg.id(), None).unwrap();
        match sg.exchange.take(Some(vn.id()), &parcel.bytes) {
            Err(error) => codes.push(error.code()),
            Ok(taken) => codes.push(taken.refused.first().map_or("taken", |one| one.code)),
        }
        let Ok(answer) = sg.exchange.offer(vn.id(), None) else { break };
        vn.exchange.take(Some(sg.id()), &answer.bytes).unwrap();
    }
    // Once it is doubted, all of it is asked for.
    assert_eq!(codes[..2], ["leaves_wrong", "record_frozen"], "{codes:?}");
    assert!(codes[2..].iter().all(|code| *code == "record_frozen"), "{codes:?}");
    let row = log(sg, vn, sg);
    assert_eq!((row.size, row.frozen.as_deref()), (2, Some("record_forked")));
    assert!(row.proof.is_some());
}

/// Both records go on, and are shown in turn: what fits does not end the doubt.
#[test]
fn who_shows_two_records_in_turn_is_caught() {
    let (world, folder) = world(35, 2);
    world.at(0).send(world.at(1).id(), "first").unwrap();
    check_settled(&world, 0, 1);
    let old = copy(folder.path(), 0);
    world.at(0).send(world.at(1).id(), "what was said").unwrap();
    check_settled(&world, 0, 1);
    let (vn, sg) = (world.at(0), world.at(1));
    let twin = vn.twin(disk(&old)).unwrap();
    for text in ["what was never said", "and more"] {
        twin.send(sg.id(), text).unwrap();
    }
    for _ in 0..4 {
        let asked = sg.exchange.offer(vn.id(), None).unwrap();
        twin.exchange.take(Some(sg.id()), &asked.bytes).unwrap();
        for writer in [&twin, vn] {
            let shown = writer.exchange.offer(sg.id(), None).unwrap();
            let _ = sg.exchange.take(Some(vn.id()), &shown.bytes);
        }
    }
    let row = log(sg, vn, sg);
    assert_eq!((row.size, row.frozen.as_deref()), (2, Some("record_forked")));
}

/// One number for two messages: the second is refused by name, and what stands behind it is taken.
#[test]
fn a_number_that_was_used_is_refused() {
    let (world, folder) = world(34, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let first = vn.send(sg.id(), "first").unwrap();
    // An honest node refuses to write this; a hostile one forgets what it has sent.
    let own = rusqlite::Connection::open(folder.path().join("0/record.db")).unwrap();
    own.execute("-- forget\nDELETE FROM message", []).unwrap();
    vn.exchange.send(first.id, sg.id(), message("second")).unwrap();
    let third = vn.send(sg.id(), "third").unwrap();
    let parcel = vn.exchange.offer(sg.id(), None).unwrap();
    let taken = sg.exchange.take(Some(vn.id()), &parcel.bytes).unwrap();
    assert_eq!(taken.received, [first.id, third.id]);
    let refused: Vec<_> = taken.refused.iter().map(|one| (one.id, one.code)).collect();
    assert_eq!(refused, [(Some(first.id), "number_used")]);
    let kept = super::now(sg, &first);
    assert_eq!((kept.index, sg.exchange.open(&kept).unwrap().body), (0, b"first".to_vec()));
}

/// The note of a head with other lines of its writer's own, signed by him.
fn head_with(writer: &Member, text: &str, lines: &str) -> Note {
    let text = format!("{text}{lines}");
    let (public, signature) = writer.exchange.keys().sign(text.as_bytes());
    let name = text.lines().next().unwrap().to_owned();
    let mut note = Note::new(text).unwrap();
    let key_id = Scheme::Ed25519.key_id(&name, &public);
    note.sign(Signature { name, key_id, bytes: signature.to_vec() });
    note
}

/// A writer puts so much under his head, or into it, that with one more signature it is no note any
/// more: who kept that could prove nothing of what he was sent.
#[test]
fn what_lies_under_a_head_does_not_make_it_useless() {
    let (world, _folder) = world(35, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let sent = vn.send(sg.id(), "a").unwrap();
    let mut parcel = Parcel::parse(&vn.exchange.offer(sg.id(), None).unwrap().bytes).unwrap();
    let log_part = parcel.log.take().unwrap();
    let note = Note::parse(&log_part.head).unwrap();
    let mut with = |note: &Note| {
        let leaves: Vec<Digest> = log_part.hashes().collect();
        let entries = log_part.entries.clone();
        parcel.log = Some(Stretch::new(&note.write(), log_part.first, &leaves, entries));
        sg.exchange.take(Some(vn.id()), &parcel.write())
    };
    let long = head_with(vn, note.text(), &format!("{}\n", "x".repeat(65_000)));
    assert_eq!(with(&long).unwrap_err().code(), "head_wrong");
    let mut crowded = note.clone();
    for n in 1..15 {
        crowded.sign(Signature { name: format!("n{n}"), key_id: [n; 4], bytes: vec![n] });
    }
    assert_eq!(with(&crowded).unwrap().received, [sent.id]);
    let kept = log(sg, vn, sg).head.unwrap();
    assert_eq!(Note::parse(kept.as_bytes()).unwrap().signatures().len(), 2, "{kept}");
    let received = super::now(sg, &sent);
    sg.exchange.evidence(&received).unwrap();
}

/// A partner countersigns our record with a line under it that we never wrote: that is not kept as
/// what we told it.
#[test]
fn a_head_that_we_have_not_signed_is_not_taken_as_ours() {
    let (world, _folder) = world(36, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    vn.send(sg.id(), "a").unwrap();
    let offer = vn.exchange.offer(sg.id(), None).unwrap();
    let taken = sg.exchange.take(Some(vn.id()), &offer.bytes).unwrap();
    let answer = sg.exchange.offer(vn.id(), Some(&taken)).unwrap().bytes;
    let mut parcel = Parcel::parse(&answer).unwrap();
    let told = Note::parse(&parcel.seen[0]).unwrap();
    let text = told.text().to_owned() + "audit 9 " + &Digest::of(b"never").to_string() + "\n";
    let mut note = Note::new(text).unwrap();
    let (name, at) = (format!("lienket/{}", sg.id().0), 1_800_000_000);
    let (public, signature) = sg.exchange.keys().sign(&ed25519_message(note.text(), at));
    let bytes = Cosignature { at, signature: signature.to_vec() }.write();
    let key_id = Scheme::Ed25519Cosignature.key_id(&name, &public);
    note.sign(Signature { name, key_id, bytes });
    parcel.seen = vec![note.write().into_bytes().into()];
    vn.exchange.take(Some(sg.id()), &parcel.write()).unwrap();
    assert_eq!((log(vn, vn, sg).seen, log(vn, vn, sg).seen_note), (0, None));
    // The right one is taken afterwards.
    vn.exchange.take(Some(sg.id()), &answer).unwrap();
    assert_eq!(log(vn, vn, sg).seen, 1);
}

/// A writer puts leaves into its record for what is no receipt, no card, and no envelope of this
/// format: that is told once and never asked for again, and what stands behind it is taken.
#[test]
fn an_entry_that_can_never_be_read_is_told_once() {
    let (world, _folder) = world(37, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    // A list of a signed part of nothing, a signature, and nothing that is sealed.
    let envelope = [&[0x83, 0x80, 0x58, 64][..], &[7; 64], &[0x40]].concat();
    let signed = Digest::of(&[b"lienket/lk1/envelope\n".as_slice(), &[0x80], &[7; 64]].concat());
    let no_receipt = b"no receipt".to_vec();
    let entries = [
        (EntryKind::Receipt, no_receipt.clone(), Digest::of(&no_receipt)),
        (EntryKind::Card, vec![0xff; 70_000], Digest::of(&vec![0xff; 70_000])),
        (EntryKind::Envelope, envelope, signed),
    ];
    let mine = Log { from: vn.id(), to: sg.id() };
    vn.record()
        .write(Box::new(move |rows| {
            let mut frontier = Frontier::default();
            for (index, (kind, bytes, digest)) in (0..).zip(&entries) {
                rows.add_hashes(mine, &frontier.add(merkle::leaf(&kind.leaf(digest))))?;
                rows.put_entry(mine, index, *kind, bytes)?;
                rows.put_queue(mine, index, None)?;
            }
            let (size, peaks) = (frontier.size(), frontier.peaks().to_vec());
            rows.put_log(mine, &LogRow { size, peaks, ..rows.log(mine)? })
        }))
        .unwrap();
    let sent = vn.send(sg.id(), "behind them").unwrap();
    let offer = vn.exchange.offer(sg.id(), None).unwrap();
    // A carrier changes one of them on its way: that is not what its writer signed.
    let mut bent = Parcel::parse(&offer.bytes).unwrap();
    let mut stretch = bent.log.take().unwrap();
    stretch.entries.iter_mut().find(|one| one.index == 0).unwrap().bytes.push(0);
    bent.log = Some(stretch);
    let codes = |bytes: &[u8]| {
        let taken = sg.exchange.take(Some(vn.id()), bytes).unwrap();
        let refused = taken.refused.iter().map(|one| (one.index, one.code));
        refused.collect::<Vec<_>>()
    };
    let (card, message) = ((1, "bad_card"), (2, "bad_envelope"));
    assert_eq!(codes(&bent.write()), [(0, "receipt_wrong"), card, message]);
    assert_eq!(codes(&offer.bytes), [(0, "receipt_wrong")], "the others are not asked for again");
    assert_eq!(codes(&offer.bytes), []);
    check_settled(&world, 0, 1);
    assert_eq!(state(vn, &sent), MessageState::Accepted);
}
