//! Sealed files on a disk that forgets: pieces that were not synced are lost, kept or torn when the
//! power goes, and writes and syncs fail when they are told to.
//!
//! Left out: names that are lost although their files were synced (`store` syncs the folders).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use model::digest::Digest;
use node::port::PortError;
use node::port::record::Blobs;

use crate::chance::Chance;
use crate::fault::{DiskError, Failure};

/// A sealed file has at most so many pieces here.
const MAX_PIECES: usize = 64;

/// A piece that is shared by what is seen and what is durable.
type Piece = Arc<Vec<u8>>;

/// A file: the pieces as programs see them, and as they are durable.
#[derive(Debug, Clone, Default)]
struct Content {
    seen: BTreeMap<u64, Piece>,
    durable: BTreeMap<u64, Piece>,
}

/// What lies on the disk, and what is about to go wrong.
#[derive(Debug, Clone, Default)]
struct State {
    files: BTreeMap<Digest, Content>,
    sealing: BTreeMap<u64, Vec<Piece>>,
    next: u64,
    /// The next so many operations go well, then one fails so.
    fault: Option<(Failure, u64)>,
    struck: u64,
    /// A sync has failed: as `store` does it, nothing is written before the next start.
    is_stopped: bool,
}

/// The sealed files of one node.
#[derive(Debug, Default)]
pub struct SimBlobs(Mutex<State>);

impl SimBlobs {
    /// After so many writes and syncs that go well, one fails.
    pub fn order(&self, what: Failure, after: u64) {
        self.state().fault = Some((what, after));
    }

    /// How often a fault has struck since the last start.
    pub fn struck(&self) -> u64 {
        self.state().struck
    }

    /// The same files for a program that starts anew: nothing is about to go wrong, and what was
    /// being sealed is gone.
    pub fn started(&self) -> SimBlobs {
        let files = self.state().files.clone();
        SimBlobs(Mutex::new(State { files, ..State::default() }))
    }

    /// The same files after the power went: each piece that was not synced is lost, kept or torn.
    pub fn after_cut(&self, seed: u64) -> SimBlobs {
        let (after, mut chance) = (self.started(), Chance::new(seed));
        for content in after.state().files.values_mut() {
            for (number, piece) in std::mem::take(&mut content.seen) {
                if content.durable.get(&number) == Some(&piece) {
                    continue;
                }
                match chance.below(3) {
                    0 => drop(content.durable.insert(number, piece)),
                    1 => {
                        let mut torn = Vec::clone(&piece);
                        let half = torn.len() / 2;
                        torn.iter_mut().skip(half).for_each(|byte| *byte = 0);
                        content.durable.insert(number, Arc::new(torn));
                    }
                    _ => {}
                }
            }
            content.seen = content.durable.clone();
        }
        after
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Whether a fault of these sorts strikes now.
    fn strikes(&mut self, sorts: &[Failure]) -> Option<Failure> {
        let (what, after) = self.fault.filter(|(what, _)| sorts.contains(what))?;
        self.fault = after.checked_sub(1).map(|after| (what, after));
        (after == 0).then(|| {
            self.struck += 1;
            what
        })
    }

    fn check(&self) -> Result<(), PortError> {
        if self.is_stopped { Err(failed("write", &DiskError::Broken)) } else { Ok(()) }
    }

    fn sync(&mut self) -> Result<(), PortError> {
        self.check()?;
        if self.strikes(&[Failure::Sync]).is_some() {
            self.is_stopped = true;
            return Err(failed("sync", &DiskError::Broken));
        }
        Ok(())
    }

    fn write(&mut self) -> Result<(), PortError> {
        self.check()?;
        match self.strikes(&[Failure::WriteBroken, Failure::WriteFull]) {
            Some(Failure::WriteFull) => Err(failed("write", &DiskError::Full)),
            Some(_) => Err(failed("write", &DiskError::Broken)),
            None => Ok(()),
        }
    }
}

impl Blobs for SimBlobs {
    fn write(&self, name: &Digest, piece: u64, bytes: &[u8]) -> Result<(), PortError> {
        let mut state = self.state();
        let written = state.write();
        // A write that fails has done half of its work.
        let kept = if written.is_ok() { bytes.len() } else { bytes.len() / 2 };
        let bytes = Arc::new(bytes.get(..kept).unwrap_or_default().to_vec());
        state.files.entry(*name).or_default().seen.insert(piece, bytes);
        written
    }

    fn sync(&self, name: &Digest) -> Result<(), PortError> {
        let mut state = self.state();
        state.sync()?;
        let content = state.files.get_mut(name).ok_or_else(|| missing("open"))?;
        content.durable = content.seen.clone();
        Ok(())
    }

    fn read(&self, name: &Digest, piece: u64, size: usize) -> Result<Vec<u8>, PortError> {
        let state = self.state();
        let found = state.files.get(name).and_then(|content| content.seen.get(&piece));
        let found = found.ok_or_else(|| missing("read"))?;
        found.get(..size).map(<[u8]>::to_vec).ok_or_else(|| failed("read", &DiskError::Short))
    }

    fn remove(&self, name: &Digest) -> Result<(), PortError> {
        self.state().files.remove(name);
        Ok(())
    }

    fn seal(
        &self,
        pieces: &mut dyn FnMut() -> Result<Option<Vec<u8>>, PortError>,
    ) -> Result<u64, PortError> {
        let mut sealed = Vec::new();
        while let Some(piece) = pieces()? {
            if sealed.len() == MAX_PIECES {
                return Err(failed("write", &DiskError::Full));
            }
            self.state().write()?;
            sealed.push(Arc::new(piece));
        }
        let mut state = self.state();
        let number = state.next;
        state.next += 1;
        state.sealing.insert(number, sealed);
        Ok(number)
    }

    fn settle(&self, sealed: u64, name: &Digest) -> Result<(), PortError> {
        let mut state = self.state();
        state.sync()?;
        let pieces = state.sealing.remove(&sealed).ok_or_else(|| missing("open"))?;
        let pieces: BTreeMap<u64, Piece> = (0..).zip(pieces).collect();
        let content = Content { seen: pieces.clone(), durable: pieces };
        state.files.insert(*name, content);
        Ok(())
    }
}

fn missing(operation: &'static str) -> PortError {
    failed(operation, &DiskError::Missing("a sealed file".to_owned()))
}

fn failed(operation: &'static str, error: &DiskError) -> PortError {
    PortError { operation, object: "a sealed file".to_owned(), cause: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: Digest = Digest([7; 32]);

    #[test]
    fn what_was_synced_is_there_after_a_cut_and_the_rest_by_chance() {
        let blobs = SimBlobs::default();
        blobs.write(&NAME, 0, &[1; 10]).unwrap();
        blobs.sync(&NAME).unwrap();
        blobs.write(&NAME, 1, &[2; 10]).unwrap();
        let after: Vec<_> = (0..30).map(|seed| blobs.after_cut(seed)).collect();
        assert!(after.iter().all(|one| one.read(&NAME, 0, 10).unwrap() == [1; 10]));
        let whole = |one: &&SimBlobs| one.read(&NAME, 1, 10).is_ok_and(|read| read == [2; 10]);
        let lost = |one: &&SimBlobs| one.read(&NAME, 1, 10).is_err();
        let (kept, gone) = (after.iter().filter(whole).count(), after.iter().filter(lost).count());
        assert!(kept > 0 && gone > 0 && kept + gone < 30, "{kept} {gone}");
    }

    #[test]
    fn a_sync_that_failed_stops_all_writes_until_the_next_start() {
        let blobs = SimBlobs::default();
        blobs.order(Failure::Sync, 1);
        blobs.write(&NAME, 0, &[1; 10]).unwrap();
        blobs.sync(&NAME).unwrap();
        assert!(blobs.sync(&NAME).is_err());
        assert!(blobs.write(&NAME, 1, &[1]).is_err());
        assert_eq!(blobs.struck(), 1);
        blobs.started().write(&NAME, 1, &[1]).unwrap();
    }

    #[test]
    fn a_write_fails_once_when_it_is_told_to() {
        let blobs = SimBlobs::default();
        blobs.order(Failure::WriteFull, 0);
        assert!(blobs.write(&NAME, 0, &[1; 10]).unwrap_err().cause.contains("full"));
        assert!(blobs.read(&NAME, 0, 10).is_err(), "half of it");
        blobs.write(&NAME, 0, &[1; 10]).unwrap();
        assert_eq!(blobs.read(&NAME, 0, 10).unwrap(), [1; 10]);
    }
}
