//! A disk that forgets: what was written and not synced is lost, kept or torn when the power goes.
//!
//! Every file has the bytes that programs see and the bytes that are durable; between them lie the
//! changes since its last sync. A sync makes a file's changes durable. The first sync of a new file
//! also makes durable which names there are, as SQLite syncs the folder with it; until then a new
//! name may be gone after a power cut and a removed one be there again. A power cut leaves what
//! is durable and, change by change, whatever chance keeps of the rest: a change stands, is gone,
//! or stands in some of its sectors. Changes that do not touch each other thereby reach the disk in
//! any order; of two that touch, a later one never lies below an earlier one, as in a page cache.
//!
//! A sync that fails is as bad as Linux makes it: chance decides on the spot what of the changes is
//! durable, programs go on seeing all of them, and no later sync brings back what was dropped.
//!
//! Left out: bits that flip by themselves, stale bytes in a file that grew (there are zeros), and
//! more than one folder.

use std::collections::{BTreeMap, BTreeSet};

use crate::chance::Chance;
use crate::change::{Change, Fate, MAX_FILE_BYTES, SECTOR_BYTES};
use crate::fault::{DiskError, Failure, Fault};

/// A disk holds at most so many files, and so many are made on it.
pub const MAX_FILES: u64 = 4_096;
/// So much is done to a disk at most.
pub const MAX_OPERATIONS: usize = 1 << 22;

/// A file of a disk, whatever its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileNumber(u64);

/// One thing that was done to a disk.
#[derive(Clone)]
#[non_exhaustive]
pub enum Operation {
    /// A new, empty file stands under a name.
    Created(String, FileNumber),
    /// Bytes of a file changed.
    Changed(FileNumber, Change),
    /// A file was synced.
    Synced(FileNumber),
    /// A file could not be synced; by this seed some of its changes are durable all the same.
    SyncFailed(FileNumber, u64),
    /// A name was removed.
    Deleted(String),
    /// Whoever uses the disk told somebody that so much is safe.
    Acknowledged(u64),
}

/// A file: what programs see, what is durable, and the changes between them.
#[derive(Clone, Default)]
struct Content {
    seen: Vec<u8>,
    durable: Vec<u8>,
    unsynced: Vec<Change>,
}

/// A disk and all that was done to it.
#[derive(Default)]
pub struct Disk {
    /// Names as programs see them.
    names: BTreeMap<String, FileNumber>,
    /// Names as they stood at the last sync of a new file.
    durable_names: BTreeMap<String, FileNumber>,
    files: BTreeMap<FileNumber, Content>,
    made: u64,
    writes: u64,
    syncs: u64,
    fault: Option<Fault>,
    /// How often a fault has struck since somebody started on this disk.
    struck: u64,
    /// Whether whoever used it has stopped: nothing changes any more.
    is_off: bool,
    history: Vec<Operation>,
}

impl Disk {
    /// Orders a fault, in the place of an earlier one.
    pub fn order(&mut self, fault: Fault) {
        self.fault = Some(fault);
    }

    /// Nothing goes wrong any more.
    pub fn repair(&mut self) {
        self.fault = None;
    }

    /// Somebody starts anew on what is there; no fault is ordered, and nothing is known of before.
    pub fn start(&mut self) {
        (self.fault, self.struck, self.is_off) = (None, 0, false);
        self.history.clear();
    }

    /// How often a fault has struck since the last start.
    pub fn struck(&self) -> u64 {
        self.struck
    }

    /// All that was done so far.
    pub fn history(&self) -> &[Operation] {
        &self.history
    }

    /// How many writes there were, with those that failed.
    pub fn writes(&self) -> u64 {
        self.writes
    }

    /// How many syncs there were, with those that failed.
    pub fn syncs(&self) -> u64 {
        self.syncs
    }

    /// Notes that somebody was told how much is safe.
    pub fn acknowledge(&mut self, count: u64) -> Result<(), DiskError> {
        self.carry_out(Operation::Acknowledged(count))
    }

    /// Whether a file stands under a name.
    pub fn exists(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// The file of a name.
    pub fn file(&self, name: &str) -> Result<FileNumber, DiskError> {
        self.names.get(name).copied().ok_or_else(|| DiskError::Missing(name.to_owned()))
    }

    /// Makes an empty file.
    pub fn create(&mut self, name: &str) -> Result<FileNumber, DiskError> {
        if self.exists(name) {
            return Err(DiskError::There(name.to_owned()));
        }
        if self.made == MAX_FILES {
            return Err(DiskError::Full);
        }
        let file = FileNumber(self.made);
        self.carry_out(Operation::Created(name.to_owned(), file))?;
        Ok(file)
    }

    /// Removes a name; whoever has the file open goes on using it.
    pub fn delete(&mut self, name: &str) -> Result<(), DiskError> {
        self.file(name)?;
        self.carry_out(Operation::Deleted(name.to_owned()))
    }

    /// How many bytes a file has.
    pub fn length(&self, file: FileNumber) -> usize {
        self.files.get(&file).map_or(0, |content| content.seen.len())
    }

    /// Reads bytes; where the file ends before, the rest is zeros and the answer says so.
    pub fn read(&self, file: FileNumber, offset: usize, into: &mut [u8]) -> Result<(), DiskError> {
        let seen = self.files.get(&file).map_or(&[][..], |content| &content.seen);
        let there = seen.get(offset..).unwrap_or_default();
        let there = there.get(..into.len()).unwrap_or(there);
        let (filled, rest) = into.split_at_mut(there.len());
        filled.copy_from_slice(there);
        rest.fill(0);
        if rest.is_empty() { Ok(()) } else { Err(DiskError::Short) }
    }

    /// Writes bytes. A write that fails leaves the first half of its sectors.
    pub fn write(
        &mut self,
        file: FileNumber,
        offset: usize,
        bytes: &[u8],
    ) -> Result<(), DiskError> {
        self.writes += 1;
        let end = offset.checked_add(bytes.len()).filter(|end| *end <= MAX_FILE_BYTES);
        if self.is_off {
            return Err(DiskError::Broken);
        }
        let failed = match self.due(&[Failure::WriteBroken, Failure::WriteFull], self.writes) {
            Some(Failure::WriteBroken) => Some(DiskError::Broken),
            Some(_) => Some(DiskError::Full),
            None => end.is_none().then_some(DiskError::Full),
        };
        let kept = if failed.is_none() {
            bytes
        } else {
            bytes.get(..bytes.len() / SECTOR_BYTES / 2 * SECTOR_BYTES).unwrap_or_default()
        };
        if end.is_some() && !kept.is_empty() {
            let change = Change::Written(offset, kept.to_owned());
            self.carry_out(Operation::Changed(file, change))?;
        }
        failed.map_or(Ok(()), Err)
    }

    /// Cuts a file to a length; a shorter file stays as it is.
    pub fn truncate(&mut self, file: FileNumber, length: usize) -> Result<(), DiskError> {
        if length >= self.length(file) {
            return Ok(());
        }
        self.carry_out(Operation::Changed(file, Change::Truncated(length)))
    }

    /// Makes a file durable, and its name.
    pub fn sync(&mut self, file: FileNumber) -> Result<(), DiskError> {
        self.syncs += 1;
        match self.due(&[Failure::Sync, Failure::Stop], self.syncs) {
            Some(Failure::Stop) => self.is_off = true,
            Some(_) => self.carry_out(Operation::SyncFailed(file, self.syncs))?,
            None => return self.carry_out(Operation::Synced(file)),
        }
        Err(DiskError::Broken)
    }

    /// What a power cut leaves now, one of many possibilities: each seed gives one.
    pub fn image(&self, seed: u64) -> Disk {
        let mut chance = Chance::new(seed);
        let fate = Fate::drawn(&mut chance);
        let mut image = Disk::default();
        let names: BTreeSet<&String> = self.names.keys().chain(self.durable_names.keys()).collect();
        for name in names {
            let (seen, durable) = (self.names.get(name), self.durable_names.get(name));
            let file = if fate.is_kept(&mut chance) { seen } else { durable };
            let content = file.and_then(|file| self.files.get(file));
            if let Some(content) = content {
                image.put(name, content.after_cut(fate, &mut chance));
            }
        }
        image
    }

    /// What a program finds that starts after another was killed: all that was written.
    pub fn after_kill(&self) -> Disk {
        let mut image = Disk::default();
        for (name, file) in &self.names {
            image.put(name, self.files.get(file).cloned().unwrap_or_default().seen);
        }
        image
    }

    /// Puts a durable file on a new disk.
    fn put(&mut self, name: &str, bytes: Vec<u8>) {
        let file = FileNumber(self.made);
        self.made += 1;
        self.names.insert(name.to_owned(), file);
        self.durable_names.insert(name.to_owned(), file);
        let content = Content { seen: bytes.clone(), durable: bytes, unsynced: Vec::new() };
        self.files.insert(file, content);
    }

    /// Whether a fault of these sorts is due, and which.
    fn due(&mut self, sorts: &[Failure], count: u64) -> Option<Failure> {
        let fault = self.fault.filter(|fault| sorts.contains(&fault.what))?;
        let is_due = count == fault.nth || (fault.lasts && count > fault.nth);
        self.struck += u64::from(is_due);
        is_due.then_some(fault.what)
    }

    fn carry_out(&mut self, operation: Operation) -> Result<(), DiskError> {
        if self.is_off {
            return Err(DiskError::Broken);
        }
        if self.history.len() == MAX_OPERATIONS {
            return Err(DiskError::Full);
        }
        self.apply(&operation);
        self.history.push(operation);
        Ok(())
    }

    /// Does what was done to another disk, and notes nothing.
    pub(crate) fn apply(&mut self, operation: &Operation) {
        match operation {
            Operation::Created(name, file) => {
                self.made = file.0 + 1;
                self.names.insert(name.clone(), *file);
                self.files.insert(*file, Content::default());
            }
            Operation::Changed(file, change) => {
                if let Some(content) = self.files.get_mut(file) {
                    change.apply(&mut content.seen);
                    content.unsynced.push(change.clone());
                }
            }
            Operation::Synced(file) => {
                if let Some(content) = self.files.get_mut(file) {
                    content.settle(|change, durable| change.apply(durable));
                }
                let is_known = self.durable_names.values().any(|known| known == file);
                if !is_known {
                    self.durable_names = self.names.clone();
                }
            }
            Operation::SyncFailed(file, seed) => {
                let mut chance = Chance::new(*seed);
                let fate = Fate::drawn(&mut chance);
                if let Some(content) = self.files.get_mut(file) {
                    content.settle(|change, durable| change.strike(durable, fate, &mut chance));
                }
            }
            Operation::Deleted(name) => {
                self.names.remove(name);
            }
            Operation::Acknowledged(_) => {}
        }
    }
}

impl Content {
    /// Brings the changes onto the disk, each in a way of its own.
    fn settle(&mut self, mut bring: impl FnMut(&Change, &mut Vec<u8>)) {
        let Content { durable, unsynced, .. } = self;
        unsynced.drain(..).for_each(|change| bring(&change, durable));
    }

    fn after_cut(&self, fate: Fate, chance: &mut Chance) -> Vec<u8> {
        let mut bytes = self.durable.clone();
        self.unsynced.iter().for_each(|change| change.strike(&mut bytes, fate, chance));
        bytes
    }
}
