//! What MATCH keeps in the node's directory: secrets, each wrapped by the node's own key, and sets
//! and lists by the digests of their bytes. Neither is in a backup.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use model::digest::Digest;
use node::port::{Bytes, Draft, Keys, OutsideDrawers, PortError, Secrets, Shelf};
use zeroize::Zeroizing;

use crate::draft::FileDraft;
use crate::drawers::FileDrawers;
use crate::error::at;
use crate::home::{create_file, create_folder, sync_folder};
use crate::map;

/// Secrets and sets of one node.
pub struct FileMatching {
    home: PathBuf,
    keys: Arc<dyn Keys>,
}

impl FileMatching {
    /// Those of a node's directory.
    pub fn open(home: &Path, keys: Arc<dyn Keys>) -> Result<FileMatching, PortError> {
        for folder in ["secrets", "sets", "work"] {
            create_folder(&home.join(folder))?;
        }
        Ok(FileMatching { home: home.to_owned(), keys })
    }

    fn path(&self, folder: &str, name: &Digest) -> PathBuf {
        self.home.join(folder).join(name.to_string())
    }

    /// Writes a file that is there whole or not at all.
    fn write(&self, place: &Path, bytes: &[u8]) -> Result<(), PortError> {
        let work = self.home.join("work").join(place.file_name().unwrap_or_default());
        let mut file = create_file(&work)?;
        file.write_all(bytes).map_err(at("write", &work))?;
        file.sync_all().map_err(at("sync", &work))?;
        fs::rename(&work, place).map_err(at("rename", place))?;
        sync_folder(place)
    }

    fn unlink(place: &Path) -> Result<(), PortError> {
        match fs::remove_file(place) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(at("remove", place)(error)),
            Ok(()) => sync_folder(place),
        }
    }
}

impl Secrets for FileMatching {
    fn secret(&self, name: &Digest) -> Result<Option<[u8; 32]>, PortError> {
        let place = self.path("secrets", name);
        match fs::read(&place) {
            Ok(wrapped) => Ok(Some(*self.keys.unwrap(&wrapped)?)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(at("read", &place)(error)),
        }
    }

    fn keep_secret(&self, name: &Digest, secret: &[u8; 32]) -> Result<(), PortError> {
        let wrapped = self.keys.wrap(&Zeroizing::new(*secret))?;
        self.write(&self.path("secrets", name), &wrapped)
    }

    fn destroy_secret(&self, name: &Digest) -> Result<(), PortError> {
        FileMatching::unlink(&self.path("secrets", name))
    }
}

impl Shelf for FileMatching {
    fn keep(&self, name: &Digest, bytes: &[u8]) -> Result<(), PortError> {
        self.write(&self.path("sets", name), bytes)
    }

    fn find(&self, name: &Digest) -> Result<Option<Bytes>, PortError> {
        let place = self.path("sets", name);
        // Nothing of no bytes can be mapped.
        match fs::metadata(&place) {
            Ok(file) if file.len() == 0 => Ok(Some(Arc::new([0_u8; 0]))),
            Ok(_) => map::map(&place).map(Some),
            Err(_) => Ok(None),
        }
    }

    fn read(&self, name: &Digest) -> Result<Option<Box<dyn Read>>, PortError> {
        let place = self.path("sets", name);
        match File::open(&place) {
            Ok(file) => Ok(Some(Box::new(file))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(at("open", &place)(error)),
        }
    }

    fn draft(&self) -> Result<Box<dyn Draft>, PortError> {
        let [work, sets] = ["work", "sets"].map(|folder| self.home.join(folder));
        Ok(Box::new(FileDraft::new(&work, &sets)?))
    }

    fn drawers(&self) -> Result<OutsideDrawers, PortError> {
        Ok(Box::new(FileDrawers::new(&self.home.join("work"))))
    }

    fn remove(&self, name: &Digest) -> Result<(), PortError> {
        FileMatching::unlink(&self.path("sets", name))
    }
}
