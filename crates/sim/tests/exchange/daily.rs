//! Daily heads: once a day both sides sign with ML-DSA-44 too.

use envelope::parcel::{Parcel, Stretch};
use model::digest::Digest;
use model::time::Timestamp;
use node::exchange::Offer;
use node::port::Keys as _;
use node::port::record::{Daily, MessageRow};
use sim::world::{World, day};
use tlog::checkpoint::Checkpoint;
use tlog::cosignature::{Cosignature, ml_dsa_message};
use tlog::key::Key;
use tlog::note::{Note, Scheme, Signature};

use super::{check_settled, copy, daily, disk, log, now, world};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// How many leaves are under the daily head that both keep of the first one's record.
fn size(world: &World) -> u64 {
    let (vn, sg) = (world.at(0), world.at(1));
    let kept = daily(vn, vn, sg);
    assert_eq!(kept, daily(sg, vn, sg), "both keep the same");
    kept.map_or(0, |daily| daily.size)
}

/// The lines of a note that ML-DSA-44 made, by their names.
fn quantum(note: &Note) -> Vec<&Signature> {
    note.signatures().iter().filter(|one| one.bytes.len() == 8 + 2_420).collect()
}

fn head(offer: &Offer) -> Option<Note> {
    let parcel = Parcel::parse(&offer.bytes).unwrap();
    parcel.log.map(|log| Note::parse(&log.head).unwrap())
}

/// The head of the first one's record that proves a message.
fn proof(world: &World, sent: &MessageRow) -> (u64, usize) {
    let (vn, sg) = (world.at(0), world.at(1));
    let mut found = Vec::new();
    for member in [vn, sg] {
        let evidence = member.exchange.evidence(&now(member, sent)).unwrap();
        let (_, _, note) = evidence.heads.iter().find(|(writer, ..)| *writer == vn.id()).unwrap();
        found.push((evidence.place.size, quantum(note).len()));
    }
    assert_eq!(found[0], found[1], "either of the two proves it alike");
    found[0]
}

#[test]
fn a_head_is_signed_with_both_kinds_of_keys_once_a_day() {
    let (world, _folder) = world(80, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let first = vn.send(sg.id(), "first").unwrap();
    check_settled(&world, 0, 1);
    assert_eq!(size(&world), 1, "the first head is one");
    let kept = daily(vn, vn, sg).unwrap();
    let note = Note::parse(kept.note.as_bytes()).unwrap();
    let names: Vec<_> = quantum(&note).iter().map(|one| one.name.clone()).collect();
    assert_eq!(names, [vn, sg].map(|one| format!("lienket/{}", one.id().0)));
    assert_eq!((note.signatures().len(), kept.at), (4, day(0, 0)));
    // Later that day Ed25519 is enough.
    world.advance(3_600);
    let second = vn.send(sg.id(), "second").unwrap();
    assert!(quantum(&head(&vn.exchange.offer(sg.id(), None).unwrap()).unwrap()).is_empty());
    check_settled(&world, 0, 1);
    assert_eq!((size(&world), log(vn, vn, sg).seen), (1, 2));
    assert_eq!((proof(&world, &first), proof(&world, &second)), ((1, 2), (2, 0)));
    // On the next one it goes though there is no new leaf, and comes back.
    world.advance(DAY);
    let offer = vn.exchange.offer(sg.id(), None).unwrap();
    assert!(offer.is_news && offer.entries == 0 && !offer.is_cut);
    assert!(world.settle(0, 1).unwrap() <= 2, "a parcel and its answer for either record");
    check_settled(&world, 0, 1);
    assert_eq!((size(&world), proof(&world, &second)), (2, (2, 2)));
    assert_eq!(log(sg, vn, sg).size, 2);
    // Where the record has not grown there is none.
    world.advance(DAY);
    let offer = vn.exchange.offer(sg.id(), None).unwrap();
    assert!(!offer.is_news && head(&offer).is_none());
    assert_eq!(daily(vn, vn, sg).unwrap().at, day(1, 3_600));
}

/// Whoever comes to the writer gets it with the answer, and brings it back at once.
#[test]
fn a_daily_head_comes_with_an_answer_too() {
    let (world, _folder) = world(81, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    vn.send(sg.id(), "first").unwrap();
    check_settled(&world, 0, 1);
    vn.send(sg.id(), "second").unwrap();
    check_settled(&world, 0, 1);
    world.advance(DAY);
    world.talk(1, 0).unwrap();
    let back = sg.exchange.offer(vn.id(), None).unwrap();
    assert!(back.is_news);
    world.talk(1, 0).unwrap();
    assert!(world.is_at_rest(0, 1).unwrap());
    assert_eq!(size(&world), 2);
}

/// A partner that does not countersign it is not visited for ever because of that, and gets it with
/// every parcel.
#[test]
fn who_countersigns_no_daily_head_is_left_in_peace_until_the_next_day() {
    let (world, _folder) = world(82, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    vn.send(sg.id(), "first").unwrap();
    let withholds = || {
        let offer = vn.exchange.offer(sg.id(), None).unwrap();
        let taken = sg.exchange.take(Some(vn.id()), &offer.bytes).unwrap();
        let answer = sg.exchange.offer(vn.id(), Some(&taken)).unwrap();
        let mut parcel = Parcel::parse(&answer.bytes).unwrap();
        parcel.seen.retain(|note| quantum(&Note::parse(note).unwrap()).is_empty());
        vn.exchange.take(Some(sg.id()), &parcel.write()).unwrap();
    };
    // The second one brings what the first one's answer asked for.
    (0..2).for_each(|_| withholds());
    let offer = vn.exchange.offer(sg.id(), None).unwrap();
    assert_eq!(quantum(&head(&offer).unwrap()).len(), 1, "it is due");
    assert!(!offer.is_news);
    assert_eq!((log(vn, vn, sg).seen, daily(vn, vn, sg)), (1, None));
    world.advance(DAY);
    assert!(vn.exchange.offer(sg.id(), None).unwrap().is_news);
    (0..2).for_each(|_| withholds());
    assert!(!vn.exchange.offer(sg.id(), None).unwrap().is_news);
    check_settled(&world, 0, 1);
    assert_eq!(size(&world), 1);
}

/// One character after the other of the writer's line is another one: the head is refused, or it is
/// none that the reader signs so.
#[test]
fn no_character_of_a_daily_signature_can_be_changed() {
    let (world, _folder) = world(83, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let sent = vn.send(sg.id(), "a").unwrap();
    let offer = vn.exchange.offer(sg.id(), None).unwrap();
    let bend = |change: &dyn Fn(&str) -> String| {
        let mut parcel = Parcel::parse(&offer.bytes).unwrap();
        let log_part = parcel.log.take().unwrap();
        let head = change(std::str::from_utf8(&log_part.head).unwrap());
        let leaves: Vec<Digest> = log_part.hashes().collect();
        parcel.log = Some(Stretch::new(&head, log_part.first, &leaves, log_part.entries));
        let taken = sg.exchange.take(Some(vn.id()), &parcel.write());
        let code = taken.err().map(|error| error.code());
        assert!(daily(sg, vn, sg).is_none() && log(sg, vn, sg).frozen.is_none(), "{head}");
        code
    };
    let whole = Parcel::parse(&offer.bytes).unwrap().log.unwrap().head;
    let whole = std::str::from_utf8(&whole).unwrap();
    let line = whole.rfind("\u{2014} lienket/").unwrap();
    let start = line + whole[line..].rfind(' ').unwrap() + 1;
    let other = |place: usize, text: &str| {
        let digit = if text[place..].starts_with('A') { "B" } else { "A" };
        [&text[..place], digit, &text[place + 1..]].concat()
    };
    let places = (start..whole.trim_end_matches(['=', '\n']).len() - 1).step_by(37);
    for place in places.chain([start + 6, start + 12]) {
        let code = bend(&|text| other(place, text));
        assert_eq!(code, Some("daily_head_wrong"), "character {}", place - start);
    }
    // Two lines of the writer, or one that another name is on.
    let twice = |text: &str| {
        let mut note = Note::parse(text.as_bytes()).unwrap();
        let line = quantum(&note)[0].clone();
        note.sign(Signature { key_id: [1; 4], ..line });
        note.write()
    };
    assert_eq!(bend(&twice), Some("daily_head_wrong"));
    let renamed =
        |text: &str| [&text[..line], &text[line..].replacen("lienket", "other", 1)].concat();
    assert_eq!(bend(&renamed), None, "that is no head of its writer's, and not a daily one");
    assert_eq!(log(sg, vn, sg).size, 1);
    check_settled(&world, 0, 1);
    assert_eq!(size(&world), 1);
    assert_eq!(proof(&world, &sent), (1, 2));
}

/// The key of a daily signature is revoked, or was not in use at the time that it tells.
#[test]
fn a_daily_signature_is_believed_as_its_key_is() {
    let (world, _folder) = world(84, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    vn.send(sg.id(), "a").unwrap();
    world.advance(60);
    vn.keys.renew(day(-1, 60), day(400, 0), true);
    vn.issue(&[]).unwrap();
    let code = |round: u8, at: Timestamp| {
        let offer = vn.exchange.offer(sg.id(), None).unwrap();
        let mut parcel = Parcel::parse(&offer.bytes).unwrap();
        let log_part = parcel.log.take().unwrap();
        let mut note = Note::parse(&log_part.head).unwrap();
        let checkpoint = Checkpoint::parse(&note).unwrap();
        let (name, at) = (format!("lienket/{}", vn.id().0), at.seconds() as u64);
        let message = ml_dsa_message(&name, &checkpoint, at).unwrap();
        let (public, signature) = vn.keys.sign_ml_dsa_as(round, &message);
        let key_id = Scheme::MlDsa44Cosignature.key_id(&name, &public);
        let known = note.clone();
        note = Note::new(note.text().to_owned()).unwrap();
        known.signatures().iter().take(1).for_each(|one| note.sign(one.clone()));
        note.sign(Signature { name, key_id, bytes: Cosignature { at, signature }.write() });
        let leaves: Vec<Digest> = log_part.hashes().collect();
        parcel.log = Some(Stretch::new(&note.write(), log_part.first, &leaves, Vec::new()));
        sg.exchange.take(Some(vn.id()), &parcel.write()).unwrap_err().code()
    };
    assert_eq!(code(0, day(0, 0)), "key_revoked", "whatever time it tells");
    assert_eq!(code(1, day(500, 0)), "key_expired");
    assert_eq!(code(2, day(0, 60)), "daily_head_wrong", "no card names that key");
    assert_eq!(log(sg, vn, sg).size, 0);
    check_settled(&world, 0, 1);
    assert_eq!(size(&world), 2, "a message and a card");
}

/// A reader's line that does not hold is kept nowhere, and spoils no proof.
#[test]
fn a_wrong_countersignature_is_no_proof_and_spoils_none() {
    let (world, _folder) = world(85, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let sent = vn.send(sg.id(), "a").unwrap();
    let offer = vn.exchange.offer(sg.id(), None).unwrap();
    let taken = sg.exchange.take(Some(vn.id()), &offer.bytes).unwrap();
    let answer = sg.exchange.offer(vn.id(), Some(&taken)).unwrap();
    let mut parcel = Parcel::parse(&answer.bytes).unwrap();
    assert_eq!(parcel.seen.len(), 2, "the newest head, and the newest daily one");
    let mut note = Note::parse(&parcel.seen[1]).unwrap();
    let mut line = quantum(&note)[1].clone();
    line.bytes[100] ^= 1;
    note.sign(line);
    parcel.seen = vec![note.write().into_bytes().into()];
    vn.exchange.take(Some(sg.id()), &parcel.write()).unwrap();
    assert_eq!((log(vn, vn, sg).seen, daily(vn, vn, sg)), (1, None));
    let evidence = vn.exchange.evidence(&now(vn, &sent)).unwrap();
    let (_, _, note) = &evidence.heads[0];
    let holds = |one: &&Signature| one.name == format!("lienket/{}", vn.id().0);
    assert!(quantum(note).iter().all(holds), "the line that does not hold is gone");
    check_settled(&world, 0, 1);
    assert_eq!((size(&world), proof(&world, &sent)), (1, (1, 2)));
}

fn restore(world: &mut World, place: usize, home: &std::path::Path) {
    store::record::SqliteRecord::mark_restored(&home.join("record.db")).unwrap();
    world.members[place].restart_on(disk(home)).unwrap();
}

#[test]
fn a_restored_writer_gets_its_daily_head_back() {
    let (mut world, folder) = world(86, 2);
    world.at(0).send(world.at(1).id(), "first").unwrap();
    check_settled(&world, 0, 1);
    let home = copy(folder.path(), 0);
    world.advance(DAY);
    let sent = world.at(0).send(world.at(1).id(), "second").unwrap();
    check_settled(&world, 0, 1);
    assert_eq!(size(&world), 2);
    restore(&mut world, 0, &home);
    let kept: Option<Daily> = daily(world.at(0), world.at(0), world.at(1));
    assert_eq!(kept.unwrap().size, 1);
    check_settled(&world, 0, 1);
    assert_eq!((size(&world), proof(&world, &sent)), (2, (2, 2)));
    // The day has had its head: the next one is tomorrow's.
    let (vn, sg) = (world.at(0), world.at(1));
    vn.send(sg.id(), "third").unwrap();
    check_settled(&world, 0, 1);
    assert_eq!(size(&world), 2);
}

#[test]
fn a_restored_reader_has_the_next_daily_head() {
    let (mut world, folder) = world(87, 2);
    let home = copy(folder.path(), 1);
    let sent = world.at(0).send(world.at(1).id(), "first").unwrap();
    check_settled(&world, 0, 1);
    restore(&mut world, 1, &home);
    check_settled(&world, 0, 1);
    let (vn, sg) = (world.at(0), world.at(1));
    assert_eq!((daily(vn, vn, sg).unwrap().size, daily(sg, vn, sg)), (1, None));
    world.advance(DAY);
    vn.send(sg.id(), "second").unwrap();
    check_settled(&world, 0, 1);
    assert_eq!((size(&world), proof(&world, &sent)), (2, (2, 2)));
}

/// No court believes what a key signed after it was revoked: both ask and answer once more, and the
/// lines under a head do not grow without end.
#[test]
fn a_daily_countersignature_whose_key_was_revoked_then_is_made_anew() {
    let (world, _folder) = world(88, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    world.advance(60);
    let sent = vn.send(sg.id(), "a").unwrap();
    check_settled(&world, 0, 1);
    for round in 1..=6 {
        let before = daily(vn, vn, sg).unwrap();
        world.advance(60);
        sg.keys.renew(day(-1, 60 * (round - 1) + 30), day(400, 0), true);
        sg.issue(&[]).unwrap();
        assert!(world.settle(0, 1).unwrap() <= 3);
        let after = daily(vn, vn, sg).unwrap();
        assert_eq!((before.size, after.size), (1, 1));
        assert_ne!(before.note, after.note);
        let note = Note::parse(after.note.as_bytes()).unwrap();
        assert!(note.signatures().len() <= 10 && after.note.len() < 40_000);
        let newest = sg.keys.public().signing.last().unwrap().ml_dsa;
        let key = Key::ml_dsa44(&format!("lienket/{}", sg.id().0), &newest).unwrap();
        key.cosigned(&note).unwrap();
        assert_eq!(proof(&world, &sent), (1, (2 + round as usize).min(5)));
    }
}

/// A node whose clock is wrong by years signs none, and has one as soon as it is right.
#[test]
fn a_clock_that_is_wrong_by_years_makes_no_daily_head() {
    let (world, _folder) = world(89, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    vn.send(sg.id(), "a").unwrap();
    check_settled(&world, 0, 1);
    for years in [10, -10] {
        vn.clock.advance(years * 365 * DAY);
        let offer = vn.exchange.offer(sg.id(), None).unwrap();
        assert!(!offer.is_news && head(&offer).is_none());
        vn.clock.advance(-years * 365 * DAY);
    }
    vn.send(sg.id(), "b").unwrap();
    world.advance(DAY);
    check_settled(&world, 0, 1);
    assert_eq!(size(&world), 2);
}
