//! Keys that change, and keys that got into wrong hands.

use envelope::card::SignedCard;
use node::port::Keys as _;
use node::port::record::MessageState;
use sim::agency::Agency;
use sim::world::{Member, day};

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
