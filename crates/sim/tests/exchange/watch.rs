//! Witnesses: a third agency cosigns the daily heads of the records between two others.

use envelope::parcel::Parcel;
use envelope::watch::Watch;
use model::digest::Digest;
use node::exchange::Evidence;
use node::port::record::{Log, MessageRow, Watched};
use sim::world::{Member, World};
use tlog::checkpoint::Checkpoint;
use tlog::key::Key;
use tlog::note::Note;

use super::{check_settled, copy, disk, now, world};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Viet Nam, Singapore, and Thailand as Viet Nam's witness.
fn witnessed(seed: u64) -> (World, tempfile::TempDir) {
    let (world, folder) = world(seed, 3);
    world.ask_witness(0, 2);
    (world, folder)
}

/// What Thailand has cosigned of Viet Nam's record for Singapore, as somebody keeps it.
fn watched(kept_by: &Member, world: &World) -> Option<Watched> {
    let (log, mut found) = (Log { from: world.at(0).id(), to: world.at(1).id() }, Vec::new());
    kept_by
        .record()
        .read(&mut |rows| {
            found = rows.watched(log)?;
            Ok(())
        })
        .unwrap();
    assert!(found.len() < 2 && found.iter().all(|(who, _)| *who == world.at(2).id()));
    found.pop().map(|(_, watched)| watched)
}

fn size(kept_by: &Member, world: &World) -> u64 {
    watched(kept_by, world).map_or(0, |watched| watched.size)
}

/// A message goes from Viet Nam to Singapore, and both come to rest.
fn sent(world: &World, text: &str) -> MessageRow {
    let sent = world.at(0).send(world.at(1).id(), text).unwrap();
    check_settled(world, 0, 1);
    sent
}

fn evidence(by: &Member, message: &MessageRow) -> Evidence {
    by.exchange.evidence(&now(by, message)).unwrap()
}

/// Whether Thailand has signed the head that proves a message.
fn is_seen(world: &World, evidence: &Evidence) -> bool {
    let (_, _, note) = evidence.heads.iter().find(|one| one.0 == world.at(0).id()).unwrap();
    let th = world.at(2);
    let entry = th.exchange.book().mine.last().unwrap().card().signing.last().unwrap().clone();
    let key = Key::ml_dsa44(&format!("lienket/{}", th.id().0), &entry.ml_dsa).unwrap();
    key.cosigned(note).is_ok()
}

#[test]
fn a_witness_cosigns_what_it_cannot_read() {
    let (world, _folder) = witnessed(90);
    let (vn, sg, th) = (world.at(0), world.at(1), world.at(2));
    let first = sent(&world, "first");
    let offer = vn.exchange.offer(th.id(), None).unwrap();
    assert!(offer.is_news && offer.entries == 0);
    assert_eq!(world.settle(0, 2).unwrap(), 1, "a question and its answer");
    assert_eq!((size(th, &world), size(vn, &world)), (1, 1));
    assert_eq!(watched(th, &world), watched(vn, &world), "both have the same");
    let proof = evidence(vn, &first);
    assert!(is_seen(&world, &proof));
    let agencies: Vec<_> = proof.cards.iter().map(|card| card.card().id()).collect();
    assert!(agencies.contains(&th.id()), "with the cards of the witness");
    assert!(!is_seen(&world, &evidence(sg, &first)), "that is known to who asked");
    // The next day's head follows from it.
    world.advance(DAY);
    let second = sent(&world, "second");
    check_settled(&world, 0, 2);
    assert_eq!((size(th, &world), size(vn, &world)), (2, 2));
    assert!(is_seen(&world, &evidence(vn, &second)));
    // Nothing is asked twice, nor of the witness's own record; nobody else is asked.
    vn.send(th.id(), "to the witness").unwrap();
    check_settled(&world, 0, 2);
    for to in [sg, th] {
        let parcel = Parcel::parse(&vn.exchange.offer(to.id(), None).unwrap().bytes).unwrap();
        assert_eq!((parcel.watch.len(), parcel.watched.len()), (0, 0));
    }
}

/// A witness that does not answer is not visited for ever because of that.
#[test]
fn who_does_not_answer_as_a_witness_is_left_in_peace() {
    let (world, _folder) = witnessed(91);
    let (vn, th) = (world.at(0), world.at(2));
    sent(&world, "first");
    let offer = vn.exchange.offer(th.id(), None).unwrap();
    let taken = th.exchange.take(Some(vn.id()), &offer.bytes).unwrap();
    let answer = th.exchange.offer(vn.id(), Some(&taken)).unwrap();
    let mut parcel = Parcel::parse(&answer.bytes).unwrap();
    parcel.watched.clear();
    vn.exchange.take(Some(th.id()), &parcel.write()).unwrap();
    let offer = vn.exchange.offer(th.id(), None).unwrap();
    assert_eq!(Parcel::parse(&offer.bytes).unwrap().watch.len(), 1);
    assert!(!offer.is_news);
    check_settled(&world, 0, 2);
    assert_eq!(size(vn, &world), 1, "the lost answer comes again");
}

#[test]
fn a_restored_witness_and_a_restored_writer_go_on() {
    let (mut world, folder) = witnessed(92);
    let (old_vn, old_th) = (copy(folder.path(), 0), copy(folder.path(), 2));
    sent(&world, "first");
    check_settled(&world, 0, 2);
    store::record::SqliteRecord::mark_restored(&old_th.join("record.db")).unwrap();
    world.members[2].restart_on(disk(&old_th)).unwrap();
    assert_eq!(size(world.at(2), &world), 0);
    world.advance(DAY);
    sent(&world, "second");
    check_settled(&world, 0, 2);
    // It says first what it has; the next parcel asks from there.
    world.talk(0, 2).unwrap();
    assert_eq!((size(world.at(2), &world), size(world.at(0), &world)), (2, 2));
    store::record::SqliteRecord::mark_restored(&old_vn.join("record.db")).unwrap();
    world.members[0].restart_on(disk(&old_vn)).unwrap();
    check_settled(&world, 0, 1);
    check_settled(&world, 0, 2);
    world.talk(0, 2).unwrap();
    assert_eq!((size(world.at(0), &world), watched(world.at(2), &world).unwrap().proof), (2, None));
}

/// A world in which Viet Nam shows its witness another record than the one that it has cosigned.
fn forked(seed: u64, second: usize) -> (World, tempfile::TempDir) {
    let (mut world, folder) = witnessed(seed);
    let (old, other) = (copy(folder.path(), 0), copy(folder.path(), 1));
    for text in ["what was said", "and more"] {
        sent(&world, text);
        world.advance(DAY);
    }
    check_settled(&world, 0, 1);
    check_settled(&world, 0, 2);
    assert_eq!(size(world.at(2), &world), 2);
    // Whoever helps it to write another record has lost the first one, too.
    world.members[0].restart_on(disk(&old)).unwrap();
    world.members[1].restart_on(disk(&other)).unwrap();
    for _ in 0..second {
        sent(&world, "what was never said");
        world.advance(DAY);
        check_settled(&world, 0, 1);
    }
    (world, folder)
}

#[test]
fn who_shows_its_witness_two_histories_is_caught_with_both_heads() {
    for (seed, second) in [(93, 2), (94, 4)] {
        let (world, _folder) = forked(seed, second);
        let (vn, th) = (world.at(0), world.at(2));
        let mut codes = Vec::new();
        for _ in 0..3 {
            let offer = vn.exchange.offer(th.id(), None).unwrap();
            let taken = th.exchange.take(Some(vn.id()), &offer.bytes).unwrap();
            codes.extend(taken.refused.iter().map(|one| one.code));
            if let [(reader, leaves)] = taken.forked[..] {
                assert_eq!((reader, leaves), (world.at(1).id(), second as u64));
                assert!(taken.is_told(), "its officers are told");
            }
            let answer = th.exchange.offer(vn.id(), Some(&taken)).unwrap();
            vn.exchange.take(Some(th.id()), &answer.bytes).unwrap();
        }
        assert!(codes.contains(&"watch_forked"), "{codes:?}");
        let kept = watched(th, &world).unwrap();
        let proof = String::from_utf8(kept.proof.unwrap()).unwrap();
        let origin = format!("lienket/{}/{}\n", vn.id().0, world.at(1).id().0);
        assert_eq!((kept.size, proof.matches(&origin).count()), (2, 2), "{proof}");
        assert_eq!(size(vn, &world), 0, "nothing of it is cosigned");
    }
}

/// A parcel with a question of Viet Nam's, changed, as Thailand answers it.
fn bent(world: &World, is_live: bool, change: &dyn Fn(&mut Watch)) -> Vec<&'static str> {
    let (vn, th) = (world.at(0), world.at(2));
    let offer = vn.exchange.offer(th.id(), None).unwrap();
    let mut parcel = Parcel::parse(&offer.bytes).unwrap();
    change(&mut parcel.watch[0]);
    let by = is_live.then(|| vn.id());
    let taken = th.exchange.take(by, &parcel.write()).unwrap();
    taken.refused.iter().map(|one| one.code).collect()
}

#[test]
fn a_question_that_is_none_is_refused_and_freezes_nothing() {
    let (world, _folder) = witnessed(95);
    let (vn, sg, th) = (world.at(0), world.at(1), world.at(2));
    sent(&world, "first");
    check_settled(&world, 0, 2);
    world.advance(DAY);
    sent(&world, "second");
    let head = |change: &dyn Fn(Note) -> Note| {
        bent(&world, true, &|watch| {
            let note = change(Note::parse(&watch.head).unwrap());
            watch.head = note.write().into_bytes().into();
        })
    };
    let only = |count: usize| {
        move |whole: Note| {
            let mut note = Note::new(whole.text().to_owned()).unwrap();
            whole.signatures().iter().take(count).for_each(|one| note.sign(one.clone()));
            note
        }
    };
    assert_eq!(head(&only(1)), ["watch_wrong"], "no daily one");
    let of_somebody = |whole: Note| {
        let text = whole.text().replacen(&vn.id().0.to_string(), &sg.id().0.to_string(), 1);
        let mut note = Note::new(text).unwrap();
        whole.signatures().iter().for_each(|one| note.sign(one.clone()));
        note
    };
    assert_eq!(head(&of_somebody), ["watch_wrong"], "a record of somebody else");
    let larger = |whole: Note| {
        let checkpoint = Checkpoint::parse(&whole).unwrap();
        let text = Checkpoint { size: 9, ..checkpoint }.text();
        let mut note = Note::new(text).unwrap();
        whole.signatures().iter().for_each(|one| note.sign(one.clone()));
        note
    };
    assert_eq!(head(&larger), ["head_wrong"]);
    // Who carries a file can change the proof: that says nothing against its writer.
    let proof = |watch: &mut Watch| {
        *watch =
            Watch::new(watch.size, &[Digest([1; 32])], std::str::from_utf8(&watch.head).unwrap());
    };
    assert_eq!(bent(&world, false, &proof), ["watch_wrong"]);
    assert_eq!(watched(th, &world).unwrap().proof, None);
    check_settled(&world, 0, 2);
    assert_eq!((size(th, &world), size(vn, &world)), (2, 2));
}

#[test]
fn so_many_records_of_one_partner_are_watched_and_no_more() {
    let (world, _folder) = witnessed(96);
    let (vn, th) = (world.at(0), world.at(2));
    let (from, witness) = (vn.id(), th.id());
    th.record()
        .write(Box::new(move |rows| {
            for n in 0..1_024_u64 {
                let to = envelope::card::AgencyId(Digest::of(&n.to_be_bytes()));
                let kept = Watched { size: 1, note: String::new(), proof: None };
                rows.put_watched(Log { from, to }, witness, &kept)?;
            }
            Ok(())
        }))
        .unwrap();
    sent(&world, "first");
    assert_eq!(bent(&world, true, &|_| ()), ["watch_many"]);
    assert_eq!(watched(th, &world), None);
}

/// What a witness answers is taken of those that were asked alone, and only where it holds.
#[test]
fn an_answer_that_nobody_asked_for_is_passed_over() {
    let (world, _folder) = witnessed(97);
    let (vn, th) = (world.at(0), world.at(2));
    sent(&world, "first");
    let offer = vn.exchange.offer(th.id(), None).unwrap();
    let taken = th.exchange.take(Some(vn.id()), &offer.bytes).unwrap();
    let answer = th.exchange.offer(vn.id(), Some(&taken)).unwrap().bytes;
    let mut bent = Parcel::parse(&answer).unwrap();
    let head = bent.watched[0].head.clone().unwrap();
    let mut note = Note::parse(&head).unwrap();
    let mut line = note.signatures().last().unwrap().clone();
    line.bytes[50] ^= 1;
    note.sign(line);
    bent.watched[0].head = Some(note.write().into_bytes().into());
    vn.exchange.take(Some(th.id()), &bent.write()).unwrap();
    assert_eq!(watched(vn, &world), None, "it does not hold");
    let witness = th.id();
    vn.exchange.change_book(|book| {
        book.witnesses.remove(&witness);
    });
    vn.exchange.take(Some(th.id()), &answer).unwrap();
    assert_eq!(watched(vn, &world), None, "nobody asked for it");
    world.ask_witness(0, 2);
    vn.exchange.take(Some(th.id()), &answer).unwrap();
    assert_eq!(size(vn, &world), 1);
}
