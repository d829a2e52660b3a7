//! A node's home in a storm: its record on a simulated disk under the real SQLite, and its sealed
//! files beside it.

use std::sync::Arc;

use sim::blobs::SimBlobs;
use sim::disk::Disk;
use sim::fault::{Failure, Fault};
use sim::vfs::{self, Mount};
use sim::world;
use store::error::StoreError;
use store::record::SqliteRecord;

const FILE: &str = "record.db";

/// How a program came to its end.
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
    /// It was killed: what it wrote is there, and need not be durable.
    Killed,
    /// The power went: by this seed it is decided what is left.
    PowerCut(u64),
}

/// A home.
pub(super) struct Home {
    mount: Mount,
    blobs: Arc<SimBlobs>,
}

impl Home {
    /// An empty one.
    pub(super) fn new() -> Home {
        Home::with(Disk::default(), SimBlobs::default())
    }

    fn with(disk: Disk, blobs: SimBlobs) -> Home {
        Home { mount: Mount::new(disk).unwrap(), blobs: Arc::new(blobs) }
    }

    /// A copy, as it is at this moment.
    pub(super) fn copy(&self) -> Home {
        Home::with(self.mount.disk().after_kill(), self.blobs.started())
    }

    /// What is there after the program has come to an end; this home is empty from then on.
    pub(super) fn end(&self, end: End) -> Home {
        let mut disk = std::mem::take(&mut *self.mount.disk());
        let blobs = match end {
            End::Killed => self.blobs.started(),
            End::PowerCut(seed) => {
                disk = disk.image(seed);
                self.blobs.after_cut(seed)
            }
        };
        disk.start();
        renew_log(&mut disk);
        Home::with(disk, blobs)
    }

    /// Opens what is there.
    pub(super) fn open(&self) -> Result<world::Disk, StoreError> {
        let record = SqliteRecord::open_on(&self.mount.path(FILE), Some(vfs::NAME))?;
        Ok((Arc::new(record), self.blobs.clone()))
    }

    /// Says that partners may have more of its record than it holds.
    pub(super) fn mark_restored(&self) {
        SqliteRecord::mark_restored_on(&self.mount.path(FILE), Some(vfs::NAME)).unwrap();
    }

    /// One of the next writes or syncs of the record fails.
    pub(super) fn order(&self, what: Failure, after: u64) {
        let mut disk = self.mount.disk();
        let done = match what {
            Failure::Sync | Failure::Stop => disk.syncs(),
            _ => disk.writes(),
        };
        let lasts = matches!(what, Failure::WriteFull);
        disk.order(Fault { what, nth: done + 1 + after, lasts });
    }

    /// One of the next writes or syncs of sealed files fails.
    pub(super) fn order_for_files(&self, what: Failure, after: u64) {
        self.blobs.order(what, after);
    }

    /// Nothing more goes wrong.
    pub(super) fn repair(&self) {
        self.mount.disk().repair();
    }

    /// Whether something has gone wrong with the record, or with sealed files, since the start.
    pub(super) fn is_struck(&self) -> (bool, bool) {
        (self.mount.disk().struck() > 0, self.blobs.struck() > 0)
    }

    /// Moves what was written into the database, as the writer does it when there is much.
    pub(super) fn checkpoint(&self) {
        // Where the disk fails meanwhile the log stays as it is.
        let _ = self.mount.connect(FILE).and_then(|connection| {
            connection.query_row("-- checkpoint\nPRAGMA wal_checkpoint(RESTART)", [], |_| Ok(()))
        });
    }
}

/// What `store` does at every start (`store::database::renew_log`), on this disk.
fn renew_log(disk: &mut Disk) {
    let Ok(log) = disk.file(&format!("{FILE}-wal")) else { return };
    let mut bytes = vec![0; disk.length(log)];
    disk.read(log, 0, &mut bytes).unwrap();
    disk.write(log, 0, &bytes).unwrap();
    disk.sync(log).unwrap();
}
