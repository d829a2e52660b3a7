//! The record of what was exchanged, over power cuts: each message stands in it with its leaf, its
//! entry and its place in the queue, or is not there.

use envelope::card::AgencyId;
use envelope::entry::EntryKind;
use envelope::envelope::MessageId;
use model::digest::Digest;
use model::time::Timestamp;
use node::port::PortError;
use node::port::record::{Log, LogRow, MessageRow, MessageState, Record as _, Rows, RowsMut};
use sim::chance::Chance;
use sim::cut::Cuts;
use sim::disk::Disk;
use sim::vfs::{self, Mount};
use store::record::SqliteRecord;
use tlog::frontier::Frontier;
use tlog::merkle;

const FILE: &str = "record.db";
/// Callers that send at the same time, each to a partner of his own.
const CALLERS: u8 = 3;
const MESSAGES: u64 = 60;

fn open(mount: &Mount) -> SqliteRecord {
    SqliteRecord::open_on(&mount.path(FILE), Some(vfs::NAME)).unwrap()
}

fn log(caller: u8) -> Log {
    let agency = |number| AgencyId(Digest([number; 32]));
    Log { from: agency(100), to: agency(caller) }
}

/// The bytes of an entry: they tell where they belong.
fn entry(log: Log, index: u64) -> Vec<u8> {
    let mut chance = Chance::new(index ^ u64::from(log.to.0.0[0]) << 32);
    let length = usize::try_from(1 + chance.below(3_000)).unwrap();
    (0..length).map(|_| chance.draw() as u8).collect()
}

fn message(log: Log, index: u64) -> MessageRow {
    let moment = Timestamp::from_seconds(1_800_000_000).unwrap();
    let number = u128::from(index) << 8 | u128::from(log.to.0.0[0]);
    MessageRow {
        log,
        id: MessageId(number.to_be_bytes()),
        index,
        digest: Digest::of(&index.to_be_bytes()),
        kind: "request".to_owned(),
        made: moment,
        recorded: moment,
        due: None,
        retain_until: None,
        state: MessageState::Queued,
        code: None,
        in_reply_to: None,
        key: None,
    }
}

/// What a sender writes for one message.
fn send(rows: &mut dyn RowsMut, log: Log) -> Result<(), PortError> {
    let row = rows.log(log)?;
    let index = row.size;
    let mut frontier = Frontier::of(row.size, row.peaks.clone()).unwrap();
    let complete = frontier.add(merkle::leaf(&entry(log, index)));
    rows.add_hashes(log, &complete)?;
    let peaks = frontier.peaks().to_vec();
    rows.put_log(log, &LogRow { size: index + 1, peaks, ..row })?;
    rows.put_entry(log, index, EntryKind::Envelope, &entry(log, index))?;
    rows.put_message(&message(log, index))?;
    rows.put_queue(log, index, None)
}

/// Each caller sends so many messages; what was acknowledged is the sum over all of them.
fn run(mount: &Mount) {
    let record = open(mount);
    std::thread::scope(|scope| {
        for caller in 0..CALLERS {
            let record = &record;
            scope.spawn(move || {
                for index in 0..MESSAGES {
                    record.write(Box::new(move |rows| send(rows, log(caller)))).unwrap();
                    // One number tells who it was and how far he is.
                    let note = (index + 1) * u64::from(CALLERS) + u64::from(caller);
                    mount.disk().acknowledge(note).unwrap();
                }
            });
        }
    });
}

/// How many whole messages a log has; a half one is a failure.
fn whole(rows: &dyn Rows, log: Log) -> Result<u64, PortError> {
    let row = rows.log(log)?;
    let leaves = rows.leaves(log, 0, usize::MAX)?;
    assert_eq!(leaves.len() as u64, row.size);
    let mut frontier = Frontier::default();
    for (index, leaf) in (0..).zip(leaves) {
        frontier.add(leaf);
        assert_eq!(leaf, merkle::leaf(&entry(log, index)));
        let (_, there) = rows.entry(log, index)?.unwrap();
        assert_eq!(there, entry(log, index));
        let wanted = message(log, index);
        assert_eq!(rows.message(log.from, wanted.id)?, Some(wanted));
    }
    assert_eq!(Frontier::of(row.size, row.peaks), Some(frontier));
    assert!(rows.entry(log, row.size)?.is_none());
    assert_eq!(rows.queue(log, usize::MAX)?.len() as u64, row.size);
    Ok(row.size)
}

/// Checks what a cut left against what each caller was told.
fn judge(image: Disk, acknowledged: &[u64]) {
    let mount = Mount::new(image).unwrap();
    let record = open(&mount);
    record.check().unwrap();
    let mut look = |rows: &dyn Rows| {
        for (caller, told) in (0..CALLERS).zip(acknowledged) {
            let found = whole(rows, log(caller))?;
            assert!(found >= *told, "caller {caller}: {found} of {told}");
        }
        Ok(())
    };
    record.read(&mut look).unwrap();
}

#[test]
fn every_acknowledged_message_survives_a_power_cut_whole() {
    let mount = Mount::new(Disk::default()).unwrap();
    run(&mount);
    let history = mount.disk().history().to_vec();
    let (mut cuts, mut chance) = (Cuts::new(&history), Chance::new(7));
    let mut told = vec![0; usize::from(CALLERS)];
    while cuts.advance() {
        let note = cuts.last_acknowledged();
        let caller = usize::try_from(note % u64::from(CALLERS)).unwrap();
        if let Some(told) = told.get_mut(caller) {
            *told = note / u64::from(CALLERS);
        }
        judge(cuts.image(chance.draw()), &told);
    }
    assert!(cuts.number() > MESSAGES, "only {}", cuts.number());
}
