//! Keys that change, and keys that got into wrong hands.

use envelope::card::SignedCard;
use envelope::parcel::Parcel;
use model::time::Timestamp;
use node::port::Keys as _;
use node::port::record::{LogRow, MessageRow, MessageState};
use sim::agency::Agency;
use sim::world::{Member, World, day};
use tlog::key::Key;

use super::{check_settled, log, now, state, world};

#[test]
fn a_new_card_is_followed_without_anybody_doing_anything() {
    let (mut world, _folder) = world(20, 2);
    world.at(0).keys.renew(day(0, 0), day(400, 0), false);
    world.at(0).issue(&["a05.example:7443".to_owned()]).unwrap();
    let sent = world.at(0).send(world.at(1).id(), "a").unwrap();
    check_settled(&world, 0, 1);
    assert_eq!(state(world.at(0), &sent), MessageState::Accepted);
    world.members[1].restart().unwrap();
    let (vn, sg) = (world.at(0), world.at(1));
    let book = sg.exchange.book();
    let card = book.partners[&vn.id()].card.card();
    assert_eq!((card.sequence, card.signing.len()), (2, 2));
    assert_eq!(card.endpoints, ["a05.example:7443"]);
    // What is sealed to the new key opens; what was sealed to the old one still does.
    let answer = sg.send(vn.id(), "b").unwrap();
    check_settled(&world, 0, 1);
    vn.exchange.open(&now(vn, &answer)).unwrap();
}

#[test]
fn what_a_revoked_key_signed_is_refused_unless_it_was_there_before() {
    let (world, _folder) = world(21, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let before = vn.send(sg.id(), "a").unwrap();
    check_settled(&world, 0, 1);
    let under_way = vn.send(sg.id(), "b").unwrap();
    world.advance(60);
    vn.keys.renew(day(0, 60), day(400, 0), true);
    vn.issue(&[]).unwrap();
    let after = vn.send(sg.id(), "c").unwrap();
    check_settled(&world, 0, 1);
    assert_eq!(state(vn, &before), MessageState::Accepted);
    assert_eq!(now(vn, &under_way).code.as_deref(), Some("key_revoked"));
    assert_eq!(state(vn, &after), MessageState::Accepted);
    sg.exchange.open(&now(sg, &before)).unwrap();
}

/// A receipt that was under way is worth nothing to its reader any more, and there is no other one.
#[test]
fn receipts_under_way_are_signed_again_when_their_key_is_revoked() {
    let (world, _folder) = world(24, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let sent = vn.send(sg.id(), "a").unwrap();
    let parcel = vn.exchange.offer(sg.id(), None).unwrap();
    sg.exchange.take(Some(vn.id()), &parcel.bytes).unwrap();
    assert_eq!(state(vn, &sent), MessageState::Queued, "the answer was lost");
    world.advance(60);
    sg.keys.renew(day(0, 60), day(400, 0), true);
    sg.issue(&[]).unwrap();
    check_settled(&world, 0, 1);
    assert_eq!(state(vn, &sent), MessageState::Accepted);
    assert_eq!(vn.exchange.receipts(&sent).unwrap().len(), 1);
}

#[test]
fn a_key_whose_time_is_over_signs_nothing_more() {
    let (world, _folder) = world(22, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    world.advance(91 * 86_400);
    let refused = vn.send(sg.id(), "a").unwrap_err();
    assert_eq!(refused.code(), "no_sealing_key", "the partner's card is out of date");
    sg.keys.renew(day(91, 0), day(400, 0), false);
    sg.issue(&[]).unwrap();
    // Its card came with the first parcel; ours is out of date as well.
    let parcel = sg.exchange.offer(vn.id(), None).unwrap();
    vn.exchange.take(Some(sg.id()), &parcel.bytes).unwrap();
    vn.send(sg.id(), "a").unwrap();
    let parcel = vn.exchange.offer(sg.id(), None).unwrap();
    let refused = sg.exchange.take(Some(vn.id()), &parcel.bytes).unwrap_err();
    assert_eq!(refused.code(), "key_expired");
    assert_eq!(log(sg, vn, sg).size, 0);
    vn.keys.renew(day(91, 0), day(400, 0), false);
    vn.issue(&[]).unwrap();
    let sent = vn.send(sg.id(), "b").unwrap();
    check_settled(&world, 0, 1);
    assert_eq!(state(vn, &sent), MessageState::Accepted);
}

/// Nobody can say whose a connection is by a key that two cards name.
#[test]
fn a_card_that_names_the_tls_key_of_somebody_else_is_not_followed() {
    let (world, _folder) = world(25, 3);
    let (vn, sg, th) = (world.at(0), world.at(1), world.at(2));
    let key_of = |member: &Member| {
        member.exchange.book().mine.last().unwrap().card().tls.first().unwrap().clone()
    };
    for (victim, reader) in [(th, sg), (sg, sg)] {
        let (key, before) = (key_of(victim), sg.exchange.book().partners[&vn.id()].card.clone());
        let thief = Agency::new(0, day(-1, 0), day(90, 0));
        thief.copy_tls(&key);
        let mut card = before.card().clone();
        (card.sequence, card.previous) = (2, Some(before.digest()));
        card.tls = thief.public().tls;
        let signatures = thief.sign_card(&card.message());
        let card = SignedCard::new(&card, signatures.ed25519, &signatures.ml_dsa).unwrap();
        let mut parcel = envelope::parcel::Parcel::empty(vn.id(), reader.id());
        parcel.cards.push(card.bytes().to_vec().into());
        let refused = reader.exchange.take(Some(vn.id()), &parcel.write()).unwrap_err();
        assert_eq!(refused.code(), "bad_card");
        let book = reader.exchange.book();
        assert_eq!(book.partners[&vn.id()].card.card().sequence, 1);
        let owner = book.owner_of(&key.key, day(1, 0));
        assert_eq!(owner, (victim.id() != reader.id()).then(|| victim.id()));
    }
    vn.send(sg.id(), "what is honest").unwrap();
    check_settled(&world, 0, 1);
}

#[test]
fn a_card_that_skips_one_is_not_followed() {
    let (world, _folder) = world(23, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    for _ in 0..2 {
        vn.keys.renew(day(0, 0), day(400, 0), false);
        vn.issue(&[]).unwrap();
    }
    let mut parcel = envelope::parcel::Parcel::empty(vn.id(), sg.id());
    let newest = vn.exchange.book().mine.last().unwrap().bytes().to_vec();
    parcel.cards.push(newest.into());
    let refused = sg.exchange.take(Some(vn.id()), &parcel.write()).unwrap_err();
    assert_eq!(refused.code(), "bad_card");
    check_settled(&world, 0, 1);
    assert_eq!(sg.exchange.book().partners[&vn.id()].card.card().sequence, 3);
}

/// How often the first two of a world talk until they have come to rest, and what the first one
/// keeps of the second one's countersignature.
fn settled(world: &World) -> (usize, LogRow) {
    let turns = world.settle(0, 1).unwrap();
    (turns, log(world.at(0), world.at(0), world.at(1)))
}

/// Whether a court believes the countersignature that the first one keeps.
fn check_proof(world: &World, sent: &MessageRow) {
    let (vn, sg) = (world.at(0), world.at(1));
    let evidence = vn.exchange.evidence(&now(vn, sent)).unwrap();
    let (_, _, note) = evidence.heads.iter().find(|(writer, ..)| *writer == vn.id()).unwrap();
    let card = sg.exchange.book().mine.last().unwrap().card().clone();
    let believed = card.signing.iter().any(|one| {
        let name = format!("lienket/{}", sg.id().0);
        let cosigned = Key::ed25519(&name, &one.key).unwrap().cosigned(note);
        cosigned.is_ok_and(|(_, at)| {
            let at = Timestamp::from_seconds(i64::try_from(at).unwrap()).unwrap();
            card.is_valid(&one.key, (one.from, one.until), at)
        })
    });
    assert!(believed, "{}", note.write());
}

/// The countersignature was under way when its key was revoked: it is made anew, and both come to
/// rest.
#[test]
fn a_countersignature_under_way_is_made_anew_when_its_key_is_revoked() {
    let (world, _folder) = world(26, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let sent = vn.send(sg.id(), "a").unwrap();
    let parcel = vn.exchange.offer(sg.id(), None).unwrap();
    let taken = sg.exchange.take(Some(vn.id()), &parcel.bytes).unwrap();
    let stale = Parcel::parse(&sg.exchange.offer(vn.id(), Some(&taken)).unwrap().bytes).unwrap();
    world.advance(60);
    sg.keys.renew(day(0, 60), day(400, 0), true);
    sg.issue(&[]).unwrap();
    // Who carries it puts what the revoked key signed beside the newer card.
    let mut parcel = Parcel::parse(&sg.exchange.offer(vn.id(), None).unwrap().bytes).unwrap();
    assert_ne!(parcel.seen, stale.seen);
    parcel.seen = stale.seen;
    vn.exchange.take(Some(sg.id()), &parcel.write()).unwrap();
    assert_eq!(log(vn, vn, sg).seen_note, None, "it is no proof");
    let (turns, row) = settled(&world);
    assert!(turns <= 3, "{turns} turns");
    assert_eq!(row.seen, row.size);
    check_proof(&world, &sent);
}

/// A key is revoked from a moment before it countersigned what we keep: no court believes that.
#[test]
fn a_kept_countersignature_by_a_key_that_was_revoked_then_is_asked_for_again() {
    let (world, _folder) = world(27, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    world.advance(60);
    let sent = vn.send(sg.id(), "a").unwrap();
    let (_, before) = settled(&world);
    assert_eq!(before.seen, 1);
    world.advance(60);
    sg.keys.renew(day(0, 30), day(400, 0), true);
    sg.issue(&[]).unwrap();
    let (turns, after) = settled(&world);
    assert!(turns <= 3, "{turns} turns");
    assert_eq!(after.seen, after.size);
    assert_ne!(after.seen_note, before.seen_note);
    check_proof(&world, &sent);
}

/// What was countersigned before its key was revoked stays a proof.
#[test]
fn a_countersignature_from_before_its_key_was_revoked_is_kept() {
    let (world, _folder) = world(28, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let sent = vn.send(sg.id(), "a").unwrap();
    let (_, before) = settled(&world);
    world.advance(60);
    sg.keys.renew(day(0, 60), day(400, 0), true);
    sg.issue(&[]).unwrap();
    let (_, after) = settled(&world);
    assert_eq!(after.seen_note, before.seen_note);
    check_proof(&world, &sent);
}

/// The partner has aged keys: what it countersigned with one that its card names no more is made
/// anew for a node that lost it.
#[test]
fn a_countersignature_that_was_lost_is_made_anew_by_a_key_of_now() {
    let (mut world, folder) = world(29, 2);
    let sent = world.at(0).send(world.at(1).id(), "a").unwrap();
    let home = super::copy(folder.path(), 0);
    settled(&world);
    world.advance(60);
    world.at(1).keys.renew(day(0, 30), day(400, 0), true);
    world.at(1).issue(&[]).unwrap();
    store::record::SqliteRecord::mark_restored(&home.join("record.db")).unwrap();
    world.members[0].restart_on(super::disk(&home)).unwrap();
    let (_, row) = settled(&world);
    assert_eq!(row.seen, row.size);
    check_proof(&world, &sent);
}
