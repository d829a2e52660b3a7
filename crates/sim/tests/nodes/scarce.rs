//! What MATCH keeps aside on a disk that fills up, or under a process that is killed, after so many
//! steps as the test says.

use std::io::{self, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use model::digest::Digest;
use node::port::{Bytes, Draft, OutsideDrawers, PortError, Shelf};
use psi::set::Drawers;

/// How much is left.
#[derive(Clone)]
pub(crate) struct Room {
    /// So many steps are taken, and none after them.
    steps: Arc<AtomicU64>,
    /// What was open when they were over is left as it is: nobody was there to clean up.
    is_killed: Arc<AtomicBool>,
}

impl Default for Room {
    fn default() -> Room {
        Room { steps: Arc::new(AtomicU64::new(u64::MAX)), is_killed: Arc::default() }
    }
}

impl Room {
    pub(crate) fn leave(&self, steps: u64, is_killed: bool) {
        self.steps.store(steps, Ordering::SeqCst);
        self.is_killed.store(is_killed, Ordering::SeqCst);
    }

    fn step(&self) -> Result<(), PortError> {
        let less = |steps: u64| steps.checked_sub(1);
        let left = self.steps.fetch_update(Ordering::SeqCst, Ordering::SeqCst, less);
        left.map(|_| ()).map_err(|_| PortError {
            operation: "write",
            object: "the shelf".to_owned(),
            cause: "no space left".to_owned(),
        })
    }
}

/// The real shelf, with only so much room.
pub(crate) struct ScarceShelf {
    pub(crate) inner: Arc<dyn Shelf>,
    pub(crate) room: Room,
}

impl Shelf for ScarceShelf {
    fn keep(&self, name: &Digest, bytes: &[u8]) -> Result<(), PortError> {
        self.room.step()?;
        self.inner.keep(name, bytes)
    }

    fn find(&self, name: &Digest) -> Result<Option<Bytes>, PortError> {
        self.inner.find(name)
    }

    fn read(&self, name: &Digest) -> Result<Option<Box<dyn Read>>, PortError> {
        self.inner.read(name)
    }

    fn draft(&self) -> Result<Box<dyn Draft>, PortError> {
        self.room.step()?;
        Ok(Box::new(ScarceDraft { inner: Some(self.inner.draft()?), room: self.room.clone() }))
    }

    fn remove(&self, name: &Digest) -> Result<(), PortError> {
        self.inner.remove(name)
    }

    fn drawers(&self) -> Result<OutsideDrawers, PortError> {
        self.room.step()?;
        Ok(Box::new(ScarceDrawers { inner: self.inner.drawers()?, room: self.room.clone() }))
    }
}

struct ScarceDrawers {
    inner: OutsideDrawers,
    room: Room,
}

impl Drawers for ScarceDrawers {
    type Error = PortError;

    fn put(&mut self, drawer: u8, bytes: &[u8]) -> Result<(), PortError> {
        self.room.step()?;
        self.inner.put(drawer, bytes)
    }

    fn read(&mut self, drawer: u8) -> Result<Vec<u8>, PortError> {
        self.inner.read(drawer)
    }

    fn take(&mut self, drawer: u8) -> Result<Vec<u8>, PortError> {
        self.inner.take(drawer)
    }
}

struct ScarceDraft {
    /// There until it is kept.
    inner: Option<Box<dyn Draft>>,
    room: Room,
}

impl ScarceDraft {
    fn inner(&mut self) -> &mut dyn Draft {
        &mut **self.inner.as_mut().unwrap()
    }
}

impl Write for ScarceDraft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.room.step().map_err(io::Error::other)?;
        self.inner().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner().flush()
    }
}

impl Draft for ScarceDraft {
    fn reader(&mut self) -> Result<Box<dyn Read + '_>, PortError> {
        self.room.step()?;
        self.inner().reader()
    }

    fn bytes(&mut self) -> Result<Bytes, PortError> {
        self.room.step()?;
        self.inner().bytes()
    }

    fn keep(mut self: Box<Self>, name: &Digest) -> Result<(), PortError> {
        self.room.step()?;
        self.inner.take().unwrap().keep(name)
    }
}

impl Drop for ScarceDraft {
    fn drop(&mut self) {
        let is_killed = self.room.is_killed.load(Ordering::SeqCst);
        if let Some(inner) = self.inner.take().filter(|_| is_killed) {
            std::mem::forget(inner);
        }
    }
}
