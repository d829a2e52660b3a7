//! The store's own event log over power cuts, with its writer and several callers at once.

use std::collections::BTreeSet;

use model::time::Timestamp;
use node::event::{Event, Recorded};
use node::port::Journal as _;
use sim::chance::Chance;
use sim::cut::Cuts;
use sim::disk::Disk;
use sim::fault::{Failure, Fault};
use sim::vfs::{self, Mount};
use store::journal::SqliteJournal;

const FILE: &str = "node.db";
const BY: &str = "officer";
/// Callers that append at the same time.
const CALLERS: u64 = 3;

fn open(mount: &Mount) -> SqliteJournal {
    SqliteJournal::open_on(&mount.path(FILE), Some(vfs::NAME)).unwrap()
}

fn now() -> Timestamp {
    Timestamp::from_seconds(1_800_000_000).unwrap()
}

/// The events of a request: they stand in the log together or not at all.
fn events(seed: u64, request: u64) -> Vec<Event> {
    let mut chance = Chance::new(seed ^ request.rotate_left(32));
    let count = 1 + chance.below(3);
    let mut event = |number: u64| {
        let repeated = usize::try_from(1 + chance.below(100)).unwrap();
        let about = format!("{:016x}", chance.draw()).repeat(repeated);
        Event::Looked { command: format!("{request}/{number}/{count}"), about }
    };
    (0..count).map(&mut event).collect()
}

/// Appends the requests with these numbers until one fails; what was answered is acknowledged.
fn append(mount: &Mount, journal: &SqliteJournal, seed: u64, requests: impl Iterator<Item = u64>) {
    for request in requests {
        let Ok(recorded) = journal.append(now(), BY, &events(seed, request)) else { return };
        let last = recorded.last().map_or(0, |last| last.seq);
        mount.disk().acknowledge(last).unwrap();
    }
}

/// Several callers, each with its share of the requests; then the program is stopped.
fn run(mount: &Mount, seed: u64, requests: std::ops::Range<u64>) {
    let journal = open(mount);
    std::thread::scope(|scope| {
        for caller in 0..CALLERS {
            let own = requests.clone().filter(move |request| request % CALLERS == caller);
            let journal = &journal;
            scope.spawn(move || append(mount, journal, seed, own));
        }
    });
}

/// What is wrong with the log after a power cut.
fn judge(image: Disk, seed: u64, acknowledged: u64) -> Result<(), String> {
    let mount = Mount::new(image).unwrap();
    let log = open(&mount).events().map_err(|error| error.to_string())?;
    let (mut rest, mut seen, mut expected) = (log.as_slice(), BTreeSet::new(), 1_u64);
    while let Some(Recorded { event: Event::Looked { command, .. }, .. }) = rest.first() {
        let request = command.split('/').next().and_then(|text| text.parse().ok());
        let request: u64 = request.ok_or("no request")?;
        let events = events(seed, request);
        let (group, after) = rest.split_at_checked(events.len()).ok_or("a request is half")?;
        let wanted = (expected..).zip(events);
        let is_whole = group.iter().zip(wanted).all(|(there, (seq, event))| {
            *there == Recorded { seq, at: now(), by: BY.to_owned(), event }
        });
        if !is_whole || !seen.insert(request) {
            return Err(format!("request {request} is not as it was written"));
        }
        (rest, expected) = (after, expected + group.len() as u64);
    }
    let found = expected - 1;
    if !rest.is_empty() || found < acknowledged {
        return Err(format!("{found} of {acknowledged} acknowledged events"));
    }
    let connection = mount.connect(FILE).map_err(|error| error.to_string())?;
    let verdict = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0));
    let verdict: String = verdict.map_err(|error| error.to_string())?;
    if verdict == "ok" { Ok(()) } else { Err(verdict) }
}

/// Cuts the power at every moment of what was done to a disk; returns how often that was.
fn cut_everywhere(mount: &Mount, seed: u64) -> u64 {
    let history = mount.disk().history().to_vec();
    let (mut cuts, mut chance) = (Cuts::new(&history), Chance::new(seed));
    while cuts.advance() {
        let drawn = chance.draw();
        let judged = judge(cuts.image(drawn), seed, cuts.acknowledged());
        assert_eq!(judged, Ok(()), "seed {seed}, cut {}, image {drawn}", cuts.number());
    }
    cuts.number()
}

#[test]
fn every_answered_event_survives_a_power_cut() {
    let mut cuts = 0;
    for seed in 0..4 {
        let mount = Mount::new(Disk::default()).unwrap();
        run(&mount, seed, 0..150);
        run(&mount, seed, 150..300);
        cuts += cut_everywhere(&mount, seed);
    }
    assert!(cuts > 1_000, "only {cuts}");
}

#[test]
fn after_a_failed_commit_the_log_takes_nothing_more_and_keeps_what_it_answered() {
    for (seed, what) in [Failure::Sync, Failure::WriteFull, Failure::WriteBroken]
        .into_iter()
        .cycle()
        .enumerate()
        .take(24)
    {
        let seed = seed as u64;
        let mount = Mount::new(Disk::default()).unwrap();
        drop(open(&mount));
        let done = if what == Failure::Sync { Disk::syncs } else { Disk::writes };
        let nth = done(&mount.disk()) + 8 + Chance::new(seed).below(40);
        mount.disk().order(Fault { what, nth, lasts: seed.is_multiple_of(2) });
        let journal = open(&mount);
        append(&mount, &journal, seed, 0..60);
        let refused = journal.append(now(), BY, &events(seed, 60));
        drop(journal);
        assert!(refused.is_err(), "seed {seed}");
        cut_everywhere(&mount, seed);
    }
}

/// SQLite tells only whoever reads its answer to the end that the disk did not let it go over to
/// a WAL. Whoever goes on in the old mode loses an acknowledged commit when the power goes.
#[test]
fn a_log_that_the_disk_did_not_let_be_made_is_not_opened() {
    let mut refused = 0;
    for what in [Failure::Sync, Failure::WriteFull, Failure::WriteBroken] {
        for nth in 1..=8 {
            let mount = Mount::new(Disk::default()).unwrap();
            mount.disk().order(Fault { what, nth, lasts: false });
            match SqliteJournal::open_on(&mount.path(FILE), Some(vfs::NAME)) {
                Ok(journal) => append(&mount, &journal, nth, 0..10),
                Err(_) => refused += 1,
            }
            cut_everywhere(&mount, nth);
        }
    }
    assert!(refused > 8, "only {refused}");
}
