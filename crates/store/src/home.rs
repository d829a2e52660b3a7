//! The node's directory: its parts, and the lock that lets one process in.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use model::rates::Rates;

use crate::error::{StoreError, at};

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
        fs::create_dir_all(path).map_err(at("create", path))?;
        restrict(path, 0o700)?;
        let home = Home::take(path)?;
        Home::make_parts(path)?;
        Ok(home)
    }

    fn make_parts(path: &Path) -> Result<(), StoreError> {
        for part in ["keys", "originals", "segments", "rejects", "work"] {
            let part = path.join(part);
            fs::create_dir_all(&part).map_err(at("create", &part))?;
        }
        restrict(&path.join("keys"), 0o700)
    }

    fn take(path: &Path) -> Result<Home, StoreError> {
        let lock_path = path.join("lock");
        let lock = File::options().create(true).truncate(false).write(true).open(&lock_path);
        let lock = lock.map_err(at("open", &lock_path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Home { path: path.to_owned(), _lock: lock }),
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

/// Sets a file's or folder's mode where the system knows modes.
pub(crate) fn restrict(path: &Path, mode: u32) -> Result<(), StoreError> {
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

/// Makes a file's name durable: its folder is synced.
pub(crate) fn sync_folder(path: &Path) -> Result<(), node::port::PortError> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(at("sync", folder))
}
