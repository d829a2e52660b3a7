//! The record: what every one of them must do, and what damages and kills do to ours.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod backup;
mod damage;
mod kill;
mod suite;
mod wanted;

use std::path::Path;

use envelope::card::AgencyId;
use envelope::entry::EntryKind;
use envelope::envelope::MessageId;
use model::digest::Digest;
use model::time::Timestamp;
use node::port::PortError;
use node::port::record::{Log, LogRow, MessageRow, MessageState, Record, Rows, RowsMut};
use store::record::SqliteRecord;
use tlog::frontier::Frontier;
use tlog::merkle;

/// A record in a folder.
pub(crate) fn open(folder: &Path) -> SqliteRecord {
    SqliteRecord::open(&folder.join("record.db")).unwrap()
}

pub(crate) fn write(
    record: &dyn Record,
    work: impl FnOnce(&mut dyn RowsMut) -> Result<(), PortError> + Send + 'static,
) {
    record.write(Box::new(work)).unwrap();
}

/// The error of work that is refused.
pub(crate) fn refused(
    record: &dyn Record,
    work: impl FnOnce(&mut dyn RowsMut) -> Result<(), PortError> + Send + 'static,
) -> PortError {
    record.write(Box::new(work)).unwrap_err()
}

pub(crate) fn read<T>(
    record: &dyn Record,
    mut look: impl FnMut(&dyn Rows) -> Result<T, PortError>,
) -> T {
    let mut found = None;
    let looked = record.read(&mut |rows| {
        found = Some(look(rows)?);
        Ok(())
    });
    looked.unwrap();
    found.unwrap()
}

pub(crate) fn agency(number: u8) -> AgencyId {
    AgencyId(Digest([number; 32]))
}

pub(crate) fn log(from: u8, to: u8) -> Log {
    Log { from: agency(from), to: agency(to) }
}

pub(crate) fn id(number: u128) -> MessageId {
    MessageId(number.to_be_bytes())
}

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds).unwrap()
}

/// A message that a record has at a place, recorded so many seconds after 1970 as its place says.
pub(crate) fn message(log: Log, index: u64) -> MessageRow {
    MessageRow {
        log,
        id: id(u128::from(index)),
        index,
        digest: Digest::of(&index.to_be_bytes()),
        kind: "request".to_owned(),
        made: at(1),
        recorded: at(i64::try_from(index).unwrap()),
        due: None,
        retain_until: None,
        state: MessageState::Queued,
        code: None,
        in_reply_to: None,
        key: Some(vec![7; 60]),
    }
}

/// What a sender writes for each message: its leaf, its entry, its row, its place in the queue.
pub(crate) fn send(rows: &mut dyn RowsMut, log: Log, bytes: &[u8]) -> Result<u64, PortError> {
    let row = rows.log(log)?;
    let index = row.size;
    let mut frontier = Frontier::of(row.size, row.peaks.clone()).unwrap();
    let complete = frontier.add(merkle::leaf(&index.to_be_bytes()));
    rows.add_hashes(log, &complete)?;
    rows.put_log(log, &LogRow { size: index + 1, peaks: frontier.peaks().to_vec(), ..row })?;
    rows.put_entry(log, index, EntryKind::Envelope, bytes)?;
    rows.put_message(&message(log, index))?;
    rows.put_queue(log, index, None)?;
    Ok(index)
}

/// Checks that a record holds together up to its last leaf, and says how many it has.
pub(crate) fn check_whole(rows: &dyn Rows, log: Log) -> Result<u64, PortError> {
    let row = rows.log(log)?;
    let leaves = rows.leaves(log, 0, usize::MAX)?;
    assert_eq!(leaves.len() as u64, row.size);
    let mut frontier = Frontier::default();
    for (index, leaf) in (0..).zip(leaves) {
        frontier.add(leaf);
        assert!(rows.entry(log, index)?.is_some(), "entry {index}");
        assert!(rows.message(log.from, id(index.into()))?.is_some(), "message {index}");
    }
    assert_eq!(Frontier::of(row.size, row.peaks), Some(frontier));
    assert!(rows.entry(log, row.size)?.is_none(), "an entry without a leaf");
    assert_eq!(rows.queue(log, usize::MAX)?.len() as u64, row.size);
    Ok(row.size)
}
