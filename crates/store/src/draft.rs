//! Bytes on their way to a place under their name: written under `work/`, synced and renamed when
//! they are kept, removed when they are not. What a crash leaves there the next start sweeps away.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use model::digest::Digest;
use node::port::{Bytes, Draft, PortError};

use crate::error::at;
use crate::home::{create_new_file, sync_folder};
use crate::map;

/// A file that has no name of its own yet.
pub struct FileDraft {
    path: PathBuf,
    file: File,
    /// The folder into which it goes.
    to: PathBuf,
    is_kept: bool,
    /// What is mapped is not written to any more.
    is_mapped: bool,
}

impl FileDraft {
    /// An empty one in a folder that is swept at every start, which goes into another.
    pub fn new(work: &Path, to: &Path) -> Result<FileDraft, PortError> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::SeqCst);
        let path = work.join(format!("draft-{}-{number}", std::process::id()));
        let file = create_new_file(&path)?;
        Ok(FileDraft { path, file, to: to.to_owned(), is_kept: false, is_mapped: false })
    }
}

impl Write for FileDraft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_mapped {
            return Err(io::ErrorKind::ReadOnlyFilesystem.into());
        }
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Draft for FileDraft {
    fn reader(&mut self) -> Result<Box<dyn Read + '_>, PortError> {
        Ok(Box::new(File::open(&self.path).map_err(at("open", &self.path))?))
    }

    fn bytes(&mut self) -> Result<Bytes, PortError> {
        self.is_mapped = true;
        map::map(&self.path)
    }

    fn keep(mut self: Box<Self>, name: &Digest) -> Result<(), PortError> {
        let place = self.to.join(name.to_string());
        self.file.sync_all().map_err(at("sync", &self.path))?;
        fs::rename(&self.path, &place).map_err(at("rename", &place))?;
        self.is_kept = true;
        sync_folder(&place)
    }
}

impl Drop for FileDraft {
    fn drop(&mut self) {
        if !self.is_kept {
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_kept_under_its_name_or_is_gone() {
        let home = tempfile::tempdir().unwrap();
        let [work, sets] = ["work", "sets"].map(|name| home.path().join(name));
        [&work, &sets].iter().for_each(|folder| fs::create_dir(folder).unwrap());
        let names = |folder: &Path| fs::read_dir(folder).unwrap().count();
        let mut dropped = FileDraft::new(&work, &sets).unwrap();
        dropped.write_all(b"half").unwrap();
        assert_eq!(names(&work), 1);
        drop(dropped);
        assert_eq!((names(&work), names(&sets)), (0, 0));
        let mut kept = Box::new(FileDraft::new(&work, &sets).unwrap());
        kept.write_all(b"whole").unwrap();
        let mut read = Vec::new();
        kept.reader().unwrap().read_to_end(&mut read).unwrap();
        assert!(read == b"whole" && (*kept.bytes().unwrap()).as_ref() == b"whole");
        assert!(kept.write_all(b"more").is_err(), "it is mapped");
        let name = Digest::of(b"whole");
        kept.keep(&name).unwrap();
        assert_eq!(fs::read(sets.join(name.to_string())).unwrap(), b"whole");
        assert_eq!(names(&work), 0);
    }
}
