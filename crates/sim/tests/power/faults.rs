//! Writes and syncs fail: the commit says so, and what was acknowledged before is still there.

use sim::disk::Disk;
use sim::fault::{Failure, Fault};
use sim::vfs::Mount;

use crate::workload::{FILE, Finding, acknowledged, count, cut_everywhere, judge, open, write};

const COMMITS: u64 = 24;
const CHECKPOINT: u64 = 12;
const SEED: u64 = 11;
/// Power cuts after each fault.
const CUTS: u64 = 4;

/// A run on a disk that fails, and how it ended. Like the journal it stops at the first error.
fn run(fault: Option<Fault>) -> (Mount, rusqlite::Result<()>) {
    let mount = Mount::new(Disk::default()).unwrap();
    if let Some(fault) = fault {
        mount.disk().order(fault);
    }
    let ended = open(&mount, "FULL", CHECKPOINT)
        .and_then(|mut connection| write(&mount, &mut connection, SEED, 1..=COMMITS));
    (mount, ended)
}

/// Every write, or every sync, fails in a run of its own. What a kill leaves, and what power cuts
/// leave, has to hold what was acknowledged; returns how many runs ended with an error.
fn check(failures: &[Failure], lasts: bool, count: fn(&Disk) -> u64) -> u64 {
    let faults = 1..=count(&run(None).0.disk());
    let mut errors = 0;
    for (nth, what) in faults.zip(failures.iter().cycle()) {
        let (mount, ended) = run(Some(Fault { what: *what, nth, lasts }));
        let acknowledged = acknowledged(&mount);
        let case = format!("{what:?} {nth} {lasts}");
        assert_eq!(judge(mount.disk().after_kill(), SEED, acknowledged), Ok(()), "{case}");
        for seed in 0..CUTS {
            let image = mount.disk().image(seed);
            assert_eq!(judge(image, SEED, acknowledged), Ok(()), "{case}");
        }
        if ended.is_err() {
            errors += 1;
        } else {
            // A checkpoint failed: every commit stands in the WAL, and the next one makes it good.
            assert_eq!(acknowledged, COMMITS, "{case}");
            assert_eq!(cut_everywhere(&mount, SEED, 1).0, [], "{case}");
        }
    }
    errors
}

#[test]
fn a_failed_write_loses_nothing_that_was_acknowledged() {
    let failures = [Failure::WriteBroken, Failure::WriteFull];
    assert!(check(&failures, false, Disk::writes) > 100);
}

#[test]
fn a_disk_that_stays_full_or_broken_loses_nothing_that_was_acknowledged() {
    let failures = [Failure::WriteFull, Failure::WriteBroken];
    assert!(check(&failures, true, Disk::writes) > 100);
}

#[test]
fn a_failed_sync_loses_nothing_that_was_acknowledged() {
    assert!(check(&[Failure::Sync], false, Disk::syncs) > COMMITS);
    assert!(check(&[Failure::Sync], true, Disk::syncs) > COMMITS);
}

#[test]
fn space_that_comes_back_is_used() {
    for nth in (1..run(None).0.disk().writes()).step_by(7) {
        let (mount, ended) = run(Some(Fault { what: Failure::WriteFull, nth, lasts: true }));
        mount.disk().repair();
        let found = count(mount.disk().after_kill(), SEED).unwrap();
        assert!(ended.is_err() || found == COMMITS);
        let mut connection = open(&mount, "FULL", CHECKPOINT).unwrap();
        write(&mount, &mut connection, SEED, found + 1..=COMMITS + 1).unwrap();
        assert_eq!(judge(mount.disk().image(nth), SEED, COMMITS + 1), Ok(()));
    }
}

/// Runs whose every sync fails once; then the program is started again, as it is when somebody
/// restarts it and not the machine, and goes on.
fn restarted(before: fn(&mut Disk)) -> Vec<Finding> {
    let mut all = Vec::new();
    for lasts in [false, true] {
        for nth in 1..=run(None).0.disk().syncs() {
            let (mount, _) = run(Some(Fault { what: Failure::Sync, nth, lasts }));
            mount.disk().repair();
            before(&mut mount.disk());
            let found = count(mount.disk().after_kill(), SEED).unwrap();
            let mut connection = open(&mount, "FULL", CHECKPOINT).unwrap();
            write(&mount, &mut connection, SEED, found + 1..=found + 10).unwrap();
            all.extend(cut_everywhere(&mount, SEED, 1).0);
        }
    }
    all
}

/// After a failed sync Linux shows bytes that are not on the disk and that no later sync brings
/// there. A WAL that ends in such bytes is a trap for whoever builds on it; written once more and
/// synced, it is what it seems to be (`store::database::renew_log`).
#[test]
fn after_a_failed_sync_a_restart_needs_the_log_written_once_more() {
    let findings = restarted(|_| {});
    assert!(findings.iter().any(|finding| matches!(finding, Finding::Lost { .. })));
    let renewed = restarted(|disk| {
        let Ok(log) = disk.file(&format!("{FILE}-wal")) else { return };
        let mut bytes = vec![0; disk.length(log)];
        disk.read(log, 0, &mut bytes).unwrap();
        disk.write(log, 0, &bytes).unwrap();
        disk.sync(log).unwrap();
    });
    assert_eq!(renewed, []);
}
