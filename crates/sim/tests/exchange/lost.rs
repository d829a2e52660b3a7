//! A node that was restored from a backup gets back from its partners what it had written since.

use node::port::record::MessageState;
use sim::world::{World, message};

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
