//! Ports that count what is asked of them, and end this process by `kill -9` at one such point.

use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use model::digest::Digest;
use node::port::PortError;
use node::port::record::{Blobs, Look, Record, Work};

/// The points that were passed, and the one at which the process ends.
pub(crate) struct Fuse {
    passed: AtomicU64,
    end: u64,
    names: Mutex<Vec<&'static str>>,
}

impl Fuse {
    /// A process that ends at its nth point, counted from 1.
    pub(crate) fn new(end: u64) -> Arc<Fuse> {
        Arc::new(Fuse { passed: AtomicU64::new(0), end, names: Mutex::default() })
    }

    /// What all points that were passed are called.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.names.lock().unwrap().clone()
    }

    fn pass(&self, name: &'static str) {
        self.names.lock().unwrap().push(name);
        if self.passed.fetch_add(1, Ordering::SeqCst) + 1 == self.end {
            let id = std::process::id().to_string();
            let _ = Command::new("kill").args(["-KILL", &id]).status();
            // Until the signal is there nothing more happens on this thread.
            loop {
                std::thread::park();
            }
        }
    }
}

/// A record in front of the real one.
pub(crate) struct MortalRecord<R> {
    pub(crate) inner: R,
    pub(crate) fuse: Arc<Fuse>,
}

impl<R: Record> Record for MortalRecord<R> {
    fn write(&self, work: Work) -> Result<(), PortError> {
        self.fuse.pass("before a transaction");
        let fuse = self.fuse.clone();
        let written = self.inner.write(Box::new(move |rows| {
            let done = work(rows);
            fuse.pass("before a commit");
            done
        }));
        self.fuse.pass("after a commit");
        written
    }

    fn read(&self, look: &mut Look<'_>) -> Result<(), PortError> {
        self.inner.read(look)
    }
}

/// Sealed files in front of the real ones.
pub(crate) struct MortalBlobs<B> {
    pub(crate) inner: B,
    pub(crate) fuse: Arc<Fuse>,
}

impl<B: Blobs> MortalBlobs<B> {
    fn around<T>(&self, [before, after]: [&'static str; 2], work: impl FnOnce(&B) -> T) -> T {
        self.fuse.pass(before);
        let done = work(&self.inner);
        self.fuse.pass(after);
        done
    }
}

impl<B: Blobs> Blobs for MortalBlobs<B> {
    fn write(&self, name: &Digest, piece: u64, bytes: &[u8]) -> Result<(), PortError> {
        let around = ["before a piece is written", "after a piece is written"];
        self.around(around, |inner| inner.write(name, piece, bytes))
    }

    fn sync(&self, name: &Digest) -> Result<(), PortError> {
        self.around(["before a sync", "after a sync"], |inner| inner.sync(name))
    }

    fn read(&self, name: &Digest, piece: u64, size: usize) -> Result<Vec<u8>, PortError> {
        self.inner.read(name, piece, size)
    }

    fn remove(&self, name: &Digest) -> Result<(), PortError> {
        self.around(["before a removal", "after a removal"], |inner| inner.remove(name))
    }

    fn seal(
        &self,
        pieces: &mut dyn FnMut() -> Result<Option<Vec<u8>>, PortError>,
    ) -> Result<u64, PortError> {
        let fuse = &self.fuse;
        let mut counted = || {
            let piece = pieces()?;
            fuse.pass("in the middle of sealing");
            Ok(piece)
        };
        self.inner.seal(&mut counted)
    }

    fn settle(&self, sealed: u64, name: &Digest) -> Result<(), PortError> {
        let around = ["before a sealed file has its name", "after a sealed file has its name"];
        self.around(around, |inner| inner.settle(sealed, name))
    }
}
