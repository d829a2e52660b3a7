//! All of its own record that a restored node has lost comes back, however much it is and by
//! whatever keys it was signed.

use std::path::Path;

use envelope::entry::EntryKind;
use envelope::parcel::{MAX_ENTRIES, MAX_LEAVES, Parcel};
use envelope::receipt::ReceiptKind;
use model::digest::Digest;
use node::port::record::{Log, LogRow, MessageState};
use sim::world::{Member, World, day};
use tlog::frontier::Frontier;
use tlog::merkle;

use super::{check_settled, copy, disk, log, now, state, world};

/// The first member's node is started anew on a backup.
fn restore(world: &mut World, home: &Path) {
    store::record::SqliteRecord::mark_restored(&home.join("record.db")).unwrap();
    world.members[0].restart_on(disk(home)).unwrap();
}

/// Places of the first member's record for the second whose entries are not where `kept_by` keeps
/// it.
fn empty(world: &World, kept_by: usize) -> Vec<u64> {
    let (from, to) = (world.at(0).id(), world.at(1).id());
    let mut found = Vec::new();
    world
        .at(kept_by)
        .record()
        .read(&mut |rows| {
            let size = rows.log(Log { from, to })?.size;
            for index in 0..size {
                if !rows.has_entry(Log { from, to }, index)? {
                    found.push(index);
                }
            }
            Ok(())
        })
        .unwrap();
    found
}

#[test]
fn more_entries_than_one_parcel_has_come_back() {
    let (mut world, folder) = world(60, 2);
    world.at(0).send(world.at(1).id(), "first").unwrap();
    check_settled(&world, 0, 1);
    let home = copy(folder.path(), 0);
    let count = 2 * MAX_ENTRIES as u64 + 40;
    let sent: Vec<_> =
        (0..count).map(|n| world.at(0).send(world.at(1).id(), &n.to_string()).unwrap()).collect();
    let asked = world.at(1).send(world.at(0).id(), "a question").unwrap();
    check_settled(&world, 0, 1);
    restore(&mut world, &home);
    check_settled(&world, 0, 1);
    assert!(empty(&world, 0).is_empty());
    let (vn, sg) = (world.at(0), world.at(1));
    for one in &sent {
        assert_eq!(state(vn, one), MessageState::Accepted, "place {}", one.index);
    }
    vn.exchange.open(&now(vn, &asked)).unwrap();
    assert_eq!(log(vn, vn, sg).size, log(sg, vn, sg).size);
}

#[test]
fn what_was_said_of_a_message_comes_back_and_is_not_said_twice() {
    let (mut world, folder) = world(61, 2);
    let home = {
        world.at(0).send(world.at(1).id(), "first").unwrap();
        check_settled(&world, 0, 1);
        copy(folder.path(), 0)
    };
    let asked = world.at(1).send(world.at(0).id(), "a question").unwrap();
    check_settled(&world, 0, 1);
    let vn = world.at(0);
    vn.exchange.show(&now(vn, &asked), "investigator").unwrap();
    check_settled(&world, 0, 1);
    let before = log(world.at(1), world.at(0), world.at(1)).size;
    restore(&mut world, &home);
    check_settled(&world, 0, 1);
    let (vn, sg) = (world.at(0), world.at(1));
    assert_eq!(state(vn, &asked), MessageState::Opened);
    assert_eq!(log(sg, vn, sg).size, before, "no second receipt");
    let evidence = vn.exchange.evidence(&now(vn, &asked)).unwrap();
    let kinds: Vec<_> = evidence.receipts.iter().map(|(one, _)| one.receipt().kind).collect();
    assert_eq!(kinds, [ReceiptKind::Accepted, ReceiptKind::Opened]);
}

/// Puts receipts that are leaves and nothing else into the first member's record, on its disk and
/// on the second one's: so many that one parcel does not hold their hashes.
fn grow(world: &World, count: u64) -> u64 {
    let (vn, sg) = (world.at(0), world.at(1));
    let mine = Log { from: vn.id(), to: sg.id() };
    let row = log(vn, vn, sg);
    let mut frontier = Frontier::of(row.size, row.peaks).unwrap();
    let mut complete = Vec::new();
    for n in 0..count {
        let leaf = EntryKind::Receipt.leaf(&Digest::of(&n.to_be_bytes()));
        complete.extend(frontier.add(merkle::leaf(&leaf)));
    }
    for kept_by in [vn, sg] {
        let (size, peaks, complete) =
            (frontier.size(), frontier.peaks().to_vec(), complete.clone());
        let work = move |rows: &mut dyn node::port::record::RowsMut| {
            rows.add_hashes(mine, &complete)?;
            let row = rows.log(mine)?;
            rows.put_log(mine, &LogRow { size, peaks, ..row })
        };
        kept_by.record().write(Box::new(work)).unwrap();
    }
    frontier.size()
}

/// The newest head that the partner has is the only one: leaves that end before it are shown to be
/// those of a record that grew to it.
#[test]
fn more_leaves_than_one_parcel_has_come_back() {
    let (mut world, folder) = world(62, 2);
    world.at(0).send(world.at(1).id(), "first").unwrap();
    check_settled(&world, 0, 1);
    let home = copy(folder.path(), 0);
    let size = grow(&world, 2 * MAX_LEAVES as u64 + 7);
    world.at(0).send(world.at(1).id(), "last").unwrap();
    check_settled(&world, 0, 1);
    restore(&mut world, &home);
    let (vn, sg) = (world.at(0), world.at(1));
    let mut sizes = Vec::new();
    while log(vn, vn, sg).behind {
        assert!(sizes.len() < 500, "{sizes:?}");
        assert_eq!(vn.send(sg.id(), "too early").unwrap_err().code(), "record_behind");
        world.talk(0, 1).unwrap();
        sizes.push(log(vn, vn, sg).size);
    }
    sizes.dedup();
    assert_eq!(sizes.len(), 3, "{sizes:?}");
    assert_eq!(log(vn, vn, sg).peaks, log(sg, vn, sg).peaks);
    assert_eq!(log(vn, vn, sg).size, size + 1);
    vn.send(sg.id(), "now").unwrap();
    check_settled(&world, 0, 1);
}

/// A carrier changes a leaf, or the way: nothing of it is taken.
#[test]
fn leaves_that_do_not_lead_to_a_head_of_ours_do_not_come_back() {
    let (mut world, folder) = world(63, 2);
    world.at(0).send(world.at(1).id(), "first").unwrap();
    check_settled(&world, 0, 1);
    let home = copy(folder.path(), 0);
    grow(&world, MAX_LEAVES as u64 + 7);
    world.at(0).send(world.at(1).id(), "last").unwrap();
    check_settled(&world, 0, 1);
    restore(&mut world, &home);
    let (vn, sg) = (world.at(0), world.at(1));
    let ask = vn.exchange.offer(sg.id(), None).unwrap();
    let taken = sg.exchange.take(Some(vn.id()), &ask.bytes).unwrap();
    let answer = sg.exchange.offer(vn.id(), Some(&taken)).unwrap();
    let bend = |change: &dyn Fn(&mut Parcel)| {
        let mut parcel = Parcel::parse(&answer.bytes).unwrap();
        change(&mut parcel);
        vn.exchange.take(Some(sg.id()), &parcel.write()).unwrap();
        log(vn, vn, sg).size
    };
    let returned = |parcel: &mut Parcel| parcel.returned.clone().unwrap();
    let leaf = |parcel: &mut Parcel| {
        let mut stretch = returned(parcel);
        stretch.leaves[40] ^= 1;
        parcel.returned = Some(stretch);
    };
    let way = |parcel: &mut Parcel| {
        let mut stretch = returned(parcel);
        stretch.way = None;
        parcel.returned = Some(stretch);
    };
    assert_eq!((bend(&leaf), bend(&way)), (1, 1));
    assert_eq!(bend(&|_| ()), 1 + MAX_LEAVES as u64);
}

/// Leaves of messages arrived, and their entries had not yet when both disks were lost: nobody has
/// them any more, and nobody asks for them for ever.
#[test]
fn what_nobody_has_any_more_is_let_go() {
    let (mut world, folder) = world(64, 2);
    world.at(0).send(world.at(1).id(), "first").unwrap();
    check_settled(&world, 0, 1);
    let home = copy(folder.path(), 0);
    let count = 5 * MAX_ENTRIES;
    for n in 0..count {
        world.at(0).send(world.at(1).id(), &n.to_string()).unwrap();
    }
    let parcel = world.at(0).exchange.offer(world.at(1).id(), None).unwrap();
    world.at(1).exchange.take(Some(world.at(0).id()), &parcel.bytes).unwrap();
    let lacking = empty(&world, 1);
    assert_eq!(lacking.len(), 4 * MAX_ENTRIES);
    restore(&mut world, &home);
    let mut told = Vec::new();
    for _ in 0..30 {
        let (there, _) = world.talk(0, 1).unwrap();
        let lost = there.refused.iter().filter(|one| one.code == "entry_lost");
        told.extend(lost.map(|one| one.index));
    }
    assert_eq!(told, lacking, "each is told once");
    check_settled(&world, 0, 1);
    assert_eq!((empty(&world, 0), empty(&world, 1)), (lacking.clone(), lacking));
    let (vn, sg) = (world.at(0), world.at(1));
    let sent = vn.send(sg.id(), "now").unwrap();
    check_settled(&world, 0, 1);
    assert_eq!(state(vn, &sent), MessageState::Accepted);
}

/// The card in the backup is older than the record: the partner gives back the newer one, and the
/// heads that its key has signed.
fn restored_before_a_renewal(seed: u64, is_compromised: bool, are_keys_lost: bool) -> World {
    let (mut world, folder) = world(seed, 2);
    world.at(0).send(world.at(1).id(), "first").unwrap();
    check_settled(&world, 0, 1);
    let home = copy(folder.path(), 0);
    world.advance(60);
    world.at(0).keys.renew(day(0, 60), day(400, 0), is_compromised);
    world.at(0).issue(&[]).unwrap();
    let sent = world.at(0).send(world.at(1).id(), "second").unwrap();
    check_settled(&world, 0, 1);
    if are_keys_lost {
        world.at(0).keys.forget();
    }
    restore(&mut world, &home);
    assert_eq!(newest_own(world.at(0)), 1);
    world.talk(0, 1).unwrap();
    assert_eq!(newest_own(world.at(0)), 2);
    world.members[0].restart().unwrap();
    assert_eq!(newest_own(world.at(0)), 2, "it is kept");
    check_settled(&world, 0, 1);
    assert_eq!(state(world.at(0), &sent), MessageState::Accepted);
    assert!(empty(&world, 0).is_empty());
    world
}

fn newest_own(member: &Member) -> u64 {
    member.exchange.book().mine.last().unwrap().card().sequence
}

#[test]
fn a_node_gets_back_what_a_key_newer_than_its_card_signed() {
    let world = restored_before_a_renewal(65, false, false);
    let (vn, sg) = (world.at(0), world.at(1));
    let sent = vn.send(sg.id(), "now").unwrap();
    check_settled(&world, 0, 1);
    assert_eq!(state(vn, &sent), MessageState::Accepted);
}

#[test]
fn a_node_gets_back_what_a_key_signed_that_it_has_lost() {
    let world = restored_before_a_renewal(66, false, true);
    let (vn, sg) = (world.at(0), world.at(1));
    // Its next card follows the one that came back, and names the keys that it has.
    vn.issue(&[]).unwrap();
    assert_eq!(newest_own(vn), 3);
    let sent = sg.send(vn.id(), "sealed to a key that is lost").unwrap();
    check_settled(&world, 0, 1);
    assert_eq!(now(sg, &sent).code.as_deref(), Some("not_sealed_to_us"));
    let sent = sg.send(vn.id(), "sealed to one that is not").unwrap();
    check_settled(&world, 0, 1);
    assert_eq!(state(sg, &sent), MessageState::Accepted);
}

/// A backup from before a key was revoked does not make that key good again.
#[test]
fn a_restored_node_does_not_take_back_that_it_revoked_a_key() {
    let world = restored_before_a_renewal(67, true, false);
    let vn = world.at(0);
    let revoked = vn.exchange.book().mine.last().unwrap().card().revoked.clone();
    assert_eq!(revoked.len(), 2);
    let world = {
        // The keys of the backup do not know of it.
        vn.keys.forget();
        vn.keys.pardon();
        world
    };
    let vn = world.at(0);
    vn.issue(&[]).unwrap();
    assert_eq!(newest_own(vn), 3);
    assert_eq!(vn.exchange.book().mine.last().unwrap().card().revoked, revoked);
}
