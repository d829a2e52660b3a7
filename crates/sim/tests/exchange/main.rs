//! What nodes do to each other: the real exchange over the real record, and a line that the test
//! holds in its hands.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod backlog;
mod daily;
mod files;
mod forged;
mod keys;
mod lost;
mod messages;
mod quota;
mod returned;
mod storm;
mod watch;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use node::port::record::{Daily, Log, LogRow, MessageRow, MessageState};
use sim::invariants::{Moment, broken};
use sim::world::{Disk, Member, World};
use store::blobs::FileBlobs;
use store::record::SqliteRecord;
use tempfile::TempDir;

/// A world whose members know each other, and the folder in which it lies.
fn world(seed: u64, count: usize) -> (World, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let world = World::acquainted(seed, count, |place| {
        let home = folder.path().join(place.to_string());
        std::fs::create_dir(&home).unwrap();
        disk(&home)
    });
    (world.unwrap(), folder)
}

/// The disk of a home.
fn disk(home: &Path) -> Disk {
    let record = SqliteRecord::open(&home.join("record.db")).unwrap();
    (Arc::new(record), Arc::new(FileBlobs::open(home).unwrap()))
}

/// A home with a copy of a member's record as it is now, as a backup holds it.
fn copy(folder: &Path, place: usize) -> PathBuf {
    let home = folder.join(format!("copy-{place}"));
    std::fs::create_dir(&home).unwrap();
    let from = folder.join(place.to_string()).join("record.db");
    let from = rusqlite::Connection::open(from).unwrap();
    let to = home.join("record.db").display().to_string();
    from.execute("-- copy\nVACUUM INTO ?1", [to]).unwrap();
    home
}

/// How far the record from one to another has come, as one of the two keeps it.
fn log(kept_by: &Member, from: &Member, to: &Member) -> LogRow {
    let mut found = None;
    let log = Log { from: from.id(), to: to.id() };
    kept_by
        .record()
        .read(&mut |rows| {
            found = Some(rows.log(log)?);
            Ok(())
        })
        .unwrap();
    found.unwrap()
}

/// The newest daily head of the record from one to another, as one of the two keeps it.
fn daily(kept_by: &Member, from: &Member, to: &Member) -> Option<Daily> {
    let mut found = None;
    let log = Log { from: from.id(), to: to.id() };
    kept_by
        .record()
        .read(&mut |rows| {
            found = rows.daily(log)?;
            Ok(())
        })
        .unwrap();
    found
}

/// A message as a member has it now.
fn now(member: &Member, message: &MessageRow) -> MessageRow {
    member.exchange.find(&node::exchange::hexadecimal(message.id)).unwrap()
}

fn state(member: &Member, message: &MessageRow) -> MessageState {
    now(member, message).state
}

/// Nothing is broken between two members that have come to rest.
fn check_settled(world: &World, one: usize, other: usize) {
    world.settle(one, other).unwrap();
    for (from, to) in [(one, other), (other, one)] {
        let broken = broken(world.at(from), world.at(to), Moment::Settled).unwrap();
        assert!(broken.is_empty(), "{from} to {to}: {broken:#?}");
    }
}
