//! A node that was restored from a backup gets back from its partners what it had written since.

use node::port::record::MessageState;
use sim::world::{World, day, message};

use super::{check_settled, copy, disk, log, now, state, world};

/// So many messages of 410 KiB fill what one parcel has of entries.
const MANY: u64 = 20;

#[test]
fn a_restored_node_writes_nothing_before_its_partner_was_asked() {
    let (mut world, folder) = world(40, 2);
    let first = world.at(0).send(world.at(1).id(), "first").unwrap();
    check_settled(&world, 0, 1);
    let home = copy(folder.path(), 0);
    let lost = world.at(0).send(world.at(1).id(), "second").unwrap();
    let answer = world.at(1).send(world.at(0).id(), "answer").unwrap();
    check_settled(&world, 0, 1);
    let after = world.at(0).send(world.at(1).id(), "never sent").unwrap();
    store::record::SqliteRecord::mark_restored(&home.join("record.db")).unwrap();
    world.members[0].restart_on(disk(&home)).unwrap();
    let (vn, sg) = (world.at(0), world.at(1));
    assert_eq!(vn.send(sg.id(), "too early").unwrap_err().code(), "record_behind");
    check_settled(&world, 0, 1);
    assert_eq!(state(vn, &first), MessageState::Accepted);
    assert_eq!(state(vn, &lost), MessageState::Accepted, "its receipt came again");
    assert_eq!(log(vn, vn, sg).size, log(sg, vn, sg).size);
    vn.exchange.open(&now(vn, &answer)).unwrap();
    assert!(vn.exchange.find(&node::exchange::hexadecimal(after.id)).is_err(), "honestly gone");
    let sent = vn.send(sg.id(), "now").unwrap();
    check_settled(&world, 0, 1);
    assert_eq!(state(vn, &sent), MessageState::Accepted);
}

#[test]
fn a_restored_reader_is_sent_again_what_it_once_had() {
    let (mut world, folder) = world(41, 2);
    world.at(0).send(world.at(1).id(), "first").unwrap();
    check_settled(&world, 0, 1);
    let home = copy(folder.path(), 1);
    let sent: Vec<_> =
        (0..5).map(|n| world.at(0).send(world.at(1).id(), &n.to_string()).unwrap()).collect();
    check_settled(&world, 0, 1);
    store::record::SqliteRecord::mark_restored(&home.join("record.db")).unwrap();
    world.members[1].restart_on(disk(&home)).unwrap();
    check_settled(&world, 0, 1);
    for one in &sent {
        let came = now(world.at(1), one);
        world.at(1).exchange.open(&came).unwrap();
        assert_eq!(state(world.at(0), one), MessageState::Accepted);
    }
}

/// A stick that lay in a drawer says what the partner once had.
#[test]
fn an_old_carried_file_does_not_clear_a_restored_node() {
    let (mut world, folder) = world(42, 2);
    world.at(0).send(world.at(1).id(), "first").unwrap();
    check_settled(&world, 0, 1);
    let home = copy(folder.path(), 0);
    world.at(1).send(world.at(0).id(), "on a stick").unwrap();
    let old = world.at(1).exchange.offer(world.at(0).id(), None).unwrap();
    world.at(0).send(world.at(1).id(), "second").unwrap();
    check_settled(&world, 0, 1);
    store::record::SqliteRecord::mark_restored(&home.join("record.db")).unwrap();
    world.members[0].restart_on(disk(&home)).unwrap();
    let (vn, sg) = (world.at(0), world.at(1));
    let taken = vn.exchange.take(None, &old.bytes).unwrap();
    assert!(taken.received.is_empty(), "nothing may be answered yet");
    assert_eq!(vn.send(sg.id(), "too early").unwrap_err().code(), "record_behind");
    check_settled(&world, 0, 1);
    vn.send(sg.id(), "now").unwrap();
    check_settled(&world, 0, 1);
}

/// Who gives back what a partner lost has much to send as well: both together are no parcel that is
/// too large to be taken.
#[test]
fn what_is_given_back_leaves_room_for_what_is_sent() {
    let (mut world, folder) = world(45, 2);
    let send = |world: &World, from: usize, to: usize| {
        let mut long = message("long");
        long.body = vec![7; 417_000];
        let exchange = &world.at(from).exchange;
        exchange.send(exchange.new_id().unwrap(), world.at(to).id(), long).unwrap();
    };
    send(&world, 0, 1);
    check_settled(&world, 0, 1);
    let home = copy(folder.path(), 0);
    (0..MANY).for_each(|_| send(&world, 0, 1));
    check_settled(&world, 0, 1);
    (0..MANY).for_each(|_| send(&world, 1, 0));
    store::record::SqliteRecord::mark_restored(&home.join("record.db")).unwrap();
    world.members[0].restart_on(disk(&home)).unwrap();
    check_settled(&world, 0, 1);
    assert_eq!(log(world.at(0), world.at(1), world.at(0)).size, 1 + 2 * MANY);
}

/// The backup was made before anything was said to a partner, so that it holds no record for it.
#[test]
fn a_record_that_was_begun_after_the_backup_is_behind_as_well() {
    let (mut world, folder) = world(43, 2);
    let home = copy(folder.path(), 0);
    let lost = world.at(0).send(world.at(1).id(), "said since").unwrap();
    check_settled(&world, 0, 1);
    store::record::SqliteRecord::mark_restored(&home.join("record.db")).unwrap();
    world.members[0].restart_on(disk(&home)).unwrap();
    let (vn, sg) = (world.at(0), world.at(1));
    assert_eq!(vn.send(sg.id(), "too early").unwrap_err().code(), "record_behind");
    check_settled(&world, 0, 1);
    assert_eq!(state(vn, &lost), MessageState::Accepted);
    let sent = vn.send(sg.id(), "now").unwrap();
    check_settled(&world, 0, 1);
    assert_eq!((state(vn, &sent), log(vn, vn, sg).behind), (MessageState::Accepted, false));
}

/// What a node has signed binds it, also where its disk has forgotten it.
#[test]
fn a_restored_reader_says_nothing_twice_and_knows_what_it_said() {
    let (mut world, folder) = world(44, 2);
    let home = copy(folder.path(), 1);
    let sent: Vec<_> =
        (0..3).map(|n| world.at(0).send(world.at(1).id(), &n.to_string()).unwrap()).collect();
    check_settled(&world, 0, 1);
    let sg = world.at(1);
    sg.exchange.show(&now(sg, &sent[1]), "officer").unwrap();
    sg.exchange.handle(&now(sg, &sent[2]), None).unwrap();
    check_settled(&world, 0, 1);
    let size = log(sg, sg, world.at(0)).size;
    store::record::SqliteRecord::mark_restored(&home.join("record.db")).unwrap();
    world.members[1].restart_on(disk(&home)).unwrap();
    check_settled(&world, 0, 1);
    let expected = [MessageState::Accepted, MessageState::Opened, MessageState::Handled];
    for (one, expected) in sent.iter().zip(expected) {
        assert_eq!((state(world.at(0), one), state(world.at(1), one)), (expected, expected));
    }
    assert_eq!(log(world.at(1), world.at(1), world.at(0)).size, size, "no second receipt");
}

/// A revoked key is believed for what was in the record before, and the reader's own receipt says
/// that it was.
#[test]
fn a_restored_reader_gets_back_what_a_key_signed_that_is_revoked_now() {
    let (mut world, folder) = world(45, 2);
    let home = copy(folder.path(), 1);
    let sent = world.at(0).send(world.at(1).id(), "a").unwrap();
    check_settled(&world, 0, 1);
    store::record::SqliteRecord::mark_restored(&home.join("record.db")).unwrap();
    world.members[1].restart_on(disk(&home)).unwrap();
    world.advance(60);
    let vn = world.at(0);
    vn.keys.renew(day(0, 60), day(400, 0), true);
    vn.issue(&[]).unwrap();
    check_settled(&world, 0, 1);
    let sg = world.at(1);
    assert_eq!(
        (state(vn, &sent), state(sg, &sent)),
        (MessageState::Accepted, MessageState::Accepted)
    );
    assert_eq!(sg.exchange.open(&now(sg, &sent)).unwrap().body, b"a");
}

/// The receipts came once, and are lost; since then their key was revoked.
#[test]
fn a_restored_sender_gets_receipts_that_are_signed_again() {
    let (mut world, folder) = world(46, 2);
    let home = copy(folder.path(), 0);
    let sent = world.at(0).send(world.at(1).id(), "a").unwrap();
    check_settled(&world, 0, 1);
    store::record::SqliteRecord::mark_restored(&home.join("record.db")).unwrap();
    world.members[0].restart_on(disk(&home)).unwrap();
    world.advance(60);
    let sg = world.at(1);
    sg.keys.renew(day(0, 60), day(400, 0), true);
    sg.issue(&[]).unwrap();
    check_settled(&world, 0, 1);
    assert_eq!(state(world.at(0), &sent), MessageState::Accepted);
}

/// Two cards in one place would be believed by nobody who has the first.
#[test]
fn a_restored_node_gets_its_own_cards_back_before_it_issues_another() {
    let (mut world, folder) = world(47, 2);
    let home = copy(folder.path(), 0);
    world.at(0).keys.renew(day(0, 0), day(400, 0), false);
    world.at(0).issue(&[]).unwrap();
    check_settled(&world, 0, 1);
    store::record::SqliteRecord::mark_restored(&home.join("record.db")).unwrap();
    world.members[0].restart_on(disk(&home)).unwrap();
    let vn = world.at(0);
    assert_eq!(vn.exchange.book().mine.len(), 1);
    vn.keys.renew(day(0, 0), day(400, 0), false);
    let refused = vn.issue(&[]).unwrap_err().to_string();
    assert!(refused.contains("may be older"), "{refused}");
    let newest = || vn.exchange.book().mine.last().unwrap().card().sequence;
    // What it has lost comes back, also the card whose key has signed that.
    world.talk(0, 1).unwrap();
    assert_eq!((newest(), log(vn, vn, world.at(1)).behind), (2, false));
    vn.issue(&[]).unwrap();
    check_settled(&world, 0, 1);
    let book = world.at(1).exchange.book();
    assert_eq!((newest(), book.partners[&vn.id()].card.card().sequence), (3, 3));
}

/// The partner has not heard of it since the key was revoked that has signed all that it has.
#[test]
fn a_head_that_a_key_signed_which_is_revoked_now_is_ours_all_the_same() {
    let (mut world, folder) = world(49, 3);
    let home = copy(folder.path(), 0);
    let sent = world.at(0).send(world.at(1).id(), "a").unwrap();
    check_settled(&world, 0, 1);
    world.advance(60);
    world.at(0).keys.renew(day(0, 60), day(400, 0), true);
    world.at(0).issue(&[]).unwrap();
    check_settled(&world, 0, 2);
    store::record::SqliteRecord::mark_restored(&home.join("record.db")).unwrap();
    world.members[0].restart_on(disk(&home)).unwrap();
    check_settled(&world, 0, 2);
    assert_eq!(world.at(0).exchange.book().mine.len(), 2);
    check_settled(&world, 0, 1);
    let (vn, sg) = (world.at(0), world.at(1));
    assert!(!log(vn, vn, sg).behind && log(vn, vn, sg).size >= 1);
    assert_eq!(state(sg, &sent), MessageState::Accepted);
}

/// The partner has the card, which came beside the record, but not as an entry of it.
#[test]
fn a_card_that_came_beside_the_record_is_given_back_as_well() {
    let (mut world, folder) = world(50, 2);
    let home = copy(folder.path(), 0);
    world.at(0).keys.renew(day(0, 0), day(400, 0), false);
    world.at(0).issue(&[]).unwrap();
    let offer = world.at(0).exchange.offer(world.at(1).id(), None).unwrap();
    let mut parcel = envelope::parcel::Parcel::parse(&offer.bytes).unwrap();
    parcel.log.as_mut().unwrap().entries.clear();
    world.at(1).exchange.take(Some(world.at(0).id()), &parcel.write()).unwrap();
    store::record::SqliteRecord::mark_restored(&home.join("record.db")).unwrap();
    world.members[0].restart_on(disk(&home)).unwrap();
    check_settled(&world, 0, 1);
    let (vn, sg) = (world.at(0), world.at(1));
    assert_eq!((vn.exchange.book().mine.len(), log(vn, vn, sg).behind), (2, false));
}

/// Its leaf came, it did not, and its writer has lost it: nobody offers it for good.
#[test]
fn an_entry_that_nobody_has_any_more_is_not_offered() {
    let (mut world, folder) = world(48, 2);
    let home = copy(folder.path(), 0);
    world.at(0).send(world.at(1).id(), "gone").unwrap();
    let offer = world.at(0).exchange.offer(world.at(1).id(), None).unwrap();
    let mut parcel = envelope::parcel::Parcel::parse(&offer.bytes).unwrap();
    parcel.log.as_mut().unwrap().entries.clear();
    world.at(1).exchange.take(Some(world.at(0).id()), &parcel.write()).unwrap();
    store::record::SqliteRecord::mark_restored(&home.join("record.db")).unwrap();
    world.members[0].restart_on(disk(&home)).unwrap();
    check_settled(&world, 0, 1);
    let (vn, sg) = (world.at(0), world.at(1));
    let offer = vn.exchange.offer(sg.id(), None).unwrap();
    assert!(!offer.is_cut && !offer.is_news, "{offer:?}");
    assert_eq!((log(vn, vn, sg).size, log(sg, vn, sg).size), (1, 1));
    let sent = vn.send(sg.id(), "now").unwrap();
    check_settled(&world, 0, 1);
    assert_eq!((sent.index, state(vn, &sent)), (1, MessageState::Accepted));
}
