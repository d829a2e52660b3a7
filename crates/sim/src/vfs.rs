//! The simulated disk under the real SQLite.
//!
//! One file system with the name [`NAME`] is registered in the process; a disk that is mounted has
//! the first part of a path to itself: `7/node.db` lies on the seventh. SQLite does everything
//! itself, but reads, writes, syncs and locks come here. Temporary files have no place: whoever
//! needs one gets an error.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use sqlite_vfs::wip::{WalIndex, WalIndexLock};
use sqlite_vfs::{DatabaseHandle, LockKind, OpenAccess, OpenOptions, Vfs};

use crate::chance::Chance;
use crate::disk::{Disk, FileNumber};
use crate::fault::DiskError;
use crate::sharing::{Region, Sharing};

/// What the file system is called in SQLite.
pub const NAME: &str = "sim";
/// So many disks are mounted at once at most.
const MAX_MOUNTED: usize = 1_024;

static MOUNTED: Mutex<BTreeMap<String, Arc<Place>>> = Mutex::new(BTreeMap::new());
static REGISTERED: OnceLock<Result<(), String>> = OnceLock::new();
/// Numbers for disks and open files.
static COUNTER: AtomicU64 = AtomicU64::new(1);

/// Why a disk cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MountError {
    /// SQLite does not take the file system.
    #[error("SQLite does not take the file system: {0}")]
    Register(String),
    /// More disks than may be mounted.
    #[error("more than {MAX_MOUNTED} disks are mounted")]
    TooMany,
}

impl MountError {
    /// Stable snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            MountError::Register(_) => "vfs_not_registered",
            MountError::TooMany => "too_many_mounted",
        }
    }
}

/// A disk that SQLite finds, until it is dropped.
pub struct Mount {
    name: String,
    place: Arc<Place>,
}

/// A disk and what connections share of its files.
struct Place {
    disk: Mutex<Disk>,
    sharing: Mutex<BTreeMap<FileNumber, Sharing>>,
}

impl Mount {
    /// Mounts a disk.
    pub fn new(disk: Disk) -> Result<Mount, MountError> {
        let register = || sqlite_vfs::register(NAME, DiskVfs, false);
        let registered = REGISTERED.get_or_init(|| register().map_err(|error| error.to_string()));
        registered.clone().map_err(MountError::Register)?;
        let name = COUNTER.fetch_add(1, Ordering::Relaxed).to_string();
        let place = Place { disk: Mutex::new(disk), sharing: Mutex::default() };
        let place = Arc::new(place);
        let mut mounted = held(&MOUNTED);
        if mounted.len() == MAX_MOUNTED {
            return Err(MountError::TooMany);
        }
        mounted.insert(name.clone(), Arc::clone(&place));
        Ok(Mount { name, place })
    }

    /// The path under which SQLite finds a file of the disk.
    pub fn path(&self, file: &str) -> PathBuf {
        PathBuf::from(format!("{}/{file}", self.name))
    }

    /// The disk. SQLite waits while somebody has it.
    pub fn disk(&self) -> MutexGuard<'_, Disk> {
        held(&self.place.disk)
    }

    /// Opens a database of the disk with no settings of our own.
    pub fn connect(&self, file: &str) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Connection::open_with_flags_and_vfs(self.path(file), flags, NAME)
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        held(&MOUNTED).remove(&self.name);
    }
}

/// What a panicking test held is as good as any other state of a disk.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// As SQLite's adapter tells errors apart: by kind.
impl From<DiskError> for io::Error {
    fn from(error: DiskError) -> io::Error {
        let kind = match &error {
            DiskError::Missing(_) => io::ErrorKind::NotFound,
            DiskError::There(_) => io::ErrorKind::AlreadyExists,
            DiskError::Full => io::ErrorKind::WriteZero,
            DiskError::Broken => io::ErrorKind::Other,
            DiskError::Short => io::ErrorKind::UnexpectedEof,
        };
        io::Error::new(kind, error)
    }
}

struct DiskVfs;

impl DiskVfs {
    /// The disk of a path, and the file's name there.
    fn find<'path>(&self, path: &'path str) -> io::Result<(Arc<Place>, &'path str)> {
        let missing = || DiskError::Missing(path.to_owned());
        let (mount, name) = path.split_once('/').ok_or_else(missing)?;
        let place = held(&MOUNTED).get(mount).map(Arc::clone).ok_or_else(missing)?;
        Ok((place, name))
    }
}

impl Vfs for DiskVfs {
    type Handle = Handle;

    fn open(&self, path: &str, options: OpenOptions) -> io::Result<Handle> {
        let (place, name) = self.find(path)?;
        let file = {
            let mut disk = held(&place.disk);
            match options.access {
                OpenAccess::CreateNew => disk.create(name)?,
                OpenAccess::Create if !disk.exists(name) => disk.create(name)?,
                _ => disk.file(name)?,
            }
        };
        let who = COUNTER.fetch_add(1, Ordering::Relaxed);
        held(&place.sharing).entry(file).or_default().join(who);
        Ok(Handle { place, file, who })
    }

    fn delete(&self, path: &str) -> io::Result<()> {
        let (place, name) = self.find(path)?;
        Ok(held(&place.disk).delete(name)?)
    }

    fn exists(&self, path: &str) -> io::Result<bool> {
        let (place, name) = self.find(path)?;
        Ok(held(&place.disk).exists(name))
    }

    fn temporary_name(&self) -> String {
        "temporary".to_owned()
    }

    fn random(&self, buffer: &mut [i8]) {
        let mut chance = Chance::new(COUNTER.fetch_add(1, Ordering::Relaxed));
        buffer.iter_mut().for_each(|byte| *byte = chance.draw() as i8);
    }

    fn sleep(&self, duration: Duration) -> Duration {
        std::thread::sleep(duration);
        duration
    }

    fn full_pathname<'path>(&self, path: &'path str) -> io::Result<Cow<'path, str>> {
        Ok(path.into())
    }
}

/// An open file.
struct Handle {
    place: Arc<Place>,
    file: FileNumber,
    who: u64,
}

impl Handle {
    fn disk(&self) -> MutexGuard<'_, Disk> {
        held(&self.place.disk)
    }

    fn share<T>(&self, with: impl FnOnce(&mut Sharing) -> T) -> T {
        with(held(&self.place.sharing).entry(self.file).or_default())
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.share(|sharing| sharing.leave(self.who));
    }
}

impl DatabaseHandle for Handle {
    type WalIndex = Index;

    fn size(&self) -> io::Result<u64> {
        Ok(self.disk().length(self.file) as u64)
    }

    fn read_exact_at(&mut self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        Ok(self.disk().read(self.file, place(offset)?, buffer)?)
    }

    fn write_all_at(&mut self, buffer: &[u8], offset: u64) -> io::Result<()> {
        Ok(self.disk().write(self.file, place(offset)?, buffer)?)
    }

    fn sync(&mut self, _data_only: bool) -> io::Result<()> {
        Ok(self.disk().sync(self.file)?)
    }

    /// SQLite truncates in this way, and tells how far a file will grow: that it does not yet.
    fn set_len(&mut self, size: u64) -> io::Result<()> {
        Ok(self.disk().truncate(self.file, place(size)?)?)
    }

    fn lock(&mut self, lock: LockKind) -> io::Result<bool> {
        Ok(self.share(|sharing| sharing.lock(self.who, lock)))
    }

    fn reserved(&mut self) -> io::Result<bool> {
        Ok(self.share(|sharing| sharing.is_reserved()))
    }

    fn current_lock(&self) -> io::Result<LockKind> {
        Ok(self.share(|sharing| sharing.held(self.who)))
    }

    fn wal_index(&self, _readonly: bool) -> io::Result<Index> {
        let (place, file, who) = (Arc::clone(&self.place), self.file, self.who);
        Ok(Index { place, file, who, last: BTreeMap::new() })
    }
}

fn place(offset: u64) -> Result<usize, DiskError> {
    usize::try_from(offset).map_err(|_| DiskError::Full)
}

/// A connection's view of the WAL's index, as it was when it last looked.
struct Index {
    place: Arc<Place>,
    file: FileNumber,
    who: u64,
    last: BTreeMap<u32, Box<Region>>,
}

impl Index {
    fn share<T>(&self, with: impl FnOnce(&mut Sharing) -> T) -> T {
        with(held(&self.place.sharing).entry(self.file).or_default())
    }
}

impl WalIndex for Index {
    fn map(&mut self, number: u32) -> io::Result<Region> {
        let mut region = [0; _];
        self.pull(number, &mut region)?;
        Ok(region)
    }

    fn lock(&mut self, places: std::ops::Range<u8>, lock: WalIndexLock) -> io::Result<bool> {
        Ok(self.share(|sharing| sharing.lock_index(self.who, places, lock)))
    }

    fn delete(self) -> io::Result<()> {
        self.share(Sharing::forget_index);
        Ok(())
    }

    fn pull(&mut self, number: u32, data: &mut Region) -> io::Result<()> {
        self.share(|sharing| sharing.pull(number, data));
        self.last.insert(number, Box::new(*data));
        Ok(())
    }

    fn push(&mut self, number: u32, data: &Region) -> io::Result<()> {
        if let Some(last) = self.last.get(&number) {
            self.share(|sharing| sharing.push(number, last, data));
        }
        self.last.insert(number, Box::new(*data));
        Ok(())
    }
}
