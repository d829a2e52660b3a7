//! The node's directory: its parts, and the lock that lets one process in.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use model::rates::Rates;
use node::port::PortError;

use crate::database;
use crate::error::{StoreError, at};

/// The folders of a home.
const PARTS: [&str; 9] =
    ["keys", "originals", "segments", "graphs", "blobs", "secrets", "sets", "rejects", "work"];

/// A node's directory, held by this process until it is dropped.
pub struct Home {
    path: PathBuf,
    _lock: File,
}

impl Home {
    /// Takes the directory of an existing node.
    pub fn open(path: &Path) -> Result<Option<Home>, StoreError> {
        if !path.join("node.db").exists() {
            return Ok(None);
        }
        Home::take(path).map(Some)
    }

    /// Makes a directory for a new node.
    pub fn create(path: &Path) -> Result<Home, StoreError> {
        // A folder of somebody else's is never made into a node; an init that was cut off goes on.
        let is_used = fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some());
        if is_used && !path.join("lock").exists() && !path.join("node.db").exists() {
            return Err(StoreError::NotEmpty(path.display().to_string()));
        }
        create_folder(path)?;
        let home = Home::take(path)?;
        for part in PARTS {
            create_folder(&path.join(part))?;
        }
        sync(path)?;
        sync_folder(path)?;
        Ok(home)
    }

    fn take(path: &Path) -> Result<Home, StoreError> {
        let lock_path = path.join("lock");
        let lock = options().create(true).truncate(false).open(&lock_path);
        let lock = lock.map_err(at("open", &lock_path))?;
        // Whatever lies inside, nobody else gets there: also where a stranger made the folder.
        restrict(path, 0o700)?;
        match lock.try_lock() {
            Ok(()) => {
                // Here nobody else has a database open.
                for database in ["node.db", "record.db"] {
                    database::renew_log(&path.join(database))?;
                }
                Ok(Home { path: path.to_owned(), _lock: lock })
            }
            Err(fs::TryLockError::WouldBlock) => {
                Err(StoreError::Locked(path.display().to_string()))
            }
            Err(fs::TryLockError::Error(error)) => Err(at("lock", &lock_path)(error).into()),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The agency's own exchange rates, or the built-in ones. A rates file that cannot be read is
    /// an error: silently using others would change every sum in dollars.
    pub fn rates(&self) -> Result<Rates, StoreError> {
        let path = self.path.join("rates.txt");
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Rates::parse(&text).map_err(at("parse", &path))?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Rates::default()),
            Err(error) => Err(at("read", &path)(error).into()),
        }
    }
}

/// A new file that its owner alone may read, in the place of one that may be there.
pub(crate) fn create_file(path: &Path) -> Result<File, PortError> {
    options().create(true).truncate(true).open(path).map_err(at("create", path))
}

/// A new file that its owner alone may read; an error where there is one.
pub(crate) fn create_new_file(path: &Path) -> Result<File, PortError> {
    options().create_new(true).open(path).map_err(at("create", path))
}

/// Reading and writing; a file that is made is its owner's alone.
pub(crate) fn options() -> OpenOptions {
    let mut options = File::options();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// A folder that its owner alone may enter, and those above it, where they are missing.
pub(crate) fn create_folder(path: &Path) -> Result<(), PortError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(at("create", path))
}

/// Sets a file's or folder's mode where the system knows modes.
fn restrict(path: &Path, mode: u32) -> Result<(), PortError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(path, permissions).map_err(at("set the mode of", path))?;
    }
    #[cfg(not(unix))]
    let _ = (path, mode);
    Ok(())
}

/// Makes a file's name durable: the folder that it lies in is synced.
pub(crate) fn sync_folder(path: &Path) -> Result<(), PortError> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    sync(folder.unwrap_or(Path::new(".")))
}

/// Makes the names in a folder durable.
pub(crate) fn sync(folder: &Path) -> Result<(), PortError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(at("sync", folder))
}
