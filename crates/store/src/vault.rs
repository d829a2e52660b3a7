//! Kept files: originals by the digest of their content, segments, lists of rejected rows.
//!
//! A file is written under `work/`, synced, renamed into place, and its folders synced: it is there
//! whole or not at all. A file that is being imported stays in `work/` until it is certain to be
//! taken. What is left there, by a crash or by a file that was refused, is swept away at the next
//! start, by whoever holds the lock.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use formats::open::Source;
use model::digest::{Digest, Digester};
use node::port::{Bytes, Fill, PortError, Vault};

use crate::error::at;
use crate::files::FileSource;
use crate::home::{create_file, create_folder, sync_folder};
use crate::map;

const CHUNK_BYTES: usize = 1 << 18;

/// The kept files of one node.
pub struct FileVault {
    home: PathBuf,
}

impl FileVault {
    /// The vault in a node's directory; sweeps away what a crash left behind.
    pub fn open(home: &Path) -> Result<FileVault, PortError> {
        let work = home.join("work");
        if work.exists() {
            fs::remove_dir_all(&work).map_err(at("empty", &work))?;
        }
        for folder in ["work", "originals", "segments", "graphs", "rejects"] {
            create_folder(&home.join(folder))?;
        }
        Ok(FileVault { home: home.to_owned() })
    }

    fn path(&self, folder: &str, digest: &Digest) -> PathBuf {
        let name = digest.to_string();
        self.home.join(folder).join(name.get(..2).unwrap_or_default()).join(name)
    }

    /// Where the file lies that is being imported.
    fn taken_path(&self) -> PathBuf {
        self.home.join("work").join("original")
    }

    /// Moves a finished file into place.
    fn settle(&self, work: &Path, place: &Path) -> Result<(), PortError> {
        let folder = place.parent().unwrap_or(place);
        create_folder(folder)?;
        // Also where it was there: an earlier process may have been cut off before its sync.
        sync_folder(folder)?;
        fs::rename(work, place).map_err(at("rename", place))?;
        sync_folder(place)
    }

    fn write(&self, place: &Path, bytes: &[u8]) -> Result<(), PortError> {
        let work = self.home.join("work").join(place.file_name().unwrap_or_default());
        let mut file = create_file(&work)?;
        file.write_all(bytes).map_err(at("write", &work))?;
        file.sync_all().map_err(at("sync", &work))?;
        self.settle(&work, place)
    }
}

impl Vault for FileVault {
    fn take(&self, source: &dyn Source) -> Result<(Digest, u64), PortError> {
        let work = self.taken_path();
        let mut file = create_file(&work)?;
        copy(source, &mut |chunk| file.write_all(chunk).map_err(at("write", &work)))
    }

    fn taken(&self, name: &str) -> Result<Box<dyn Source>, PortError> {
        Ok(Box::new(FileSource::named(&self.taken_path(), name)))
    }

    fn keep_original(&self, digest: &Digest) -> Result<(), PortError> {
        let work = self.taken_path();
        let file = File::options().write(true).open(&work).map_err(at("open", &work))?;
        file.sync_all().map_err(at("sync", &work))?;
        self.settle(&work, &self.path("originals", digest))
    }

    fn digest(&self, source: &dyn Source) -> Result<(Digest, u64), PortError> {
        copy(source, &mut |_| Ok(()))
    }

    fn original(&self, digest: &Digest, name: &str) -> Result<Box<dyn Source>, PortError> {
        Ok(Box::new(FileSource::named(&self.path("originals", digest), name)))
    }

    fn keep_segment(&self, name: &Digest, bytes: &[u8]) -> Result<(), PortError> {
        self.write(&self.path("segments", name), bytes)
    }

    fn segment(&self, name: &Digest) -> Result<Option<Bytes>, PortError> {
        let path = self.path("segments", name);
        if path.exists() { map::map(&path).map(Some) } else { Ok(None) }
    }

    fn keep_graph(&self, name: &Digest, fill: &mut Fill<'_>) -> Result<(), PortError> {
        let place = self.path("graphs", name);
        let work = self.home.join("work").join(place.file_name().unwrap_or_default());
        let mut file = create_file(&work)?;
        fill(&mut file).map_err(at("write", &work))?;
        file.sync_all().map_err(at("sync", &work))?;
        self.settle(&work, &place)
    }

    fn graph(&self, name: &Digest) -> Result<Option<Bytes>, PortError> {
        let path = self.path("graphs", name);
        if path.exists() { map::map(&path).map(Some) } else { Ok(None) }
    }

    fn drop_graph(&self, name: &Digest) -> Result<(), PortError> {
        let path = self.path("graphs", name);
        fs::remove_file(&path).map_err(at("remove", &path))
    }

    fn keep_only_graphs(&self, names: &[Digest]) -> Result<(), PortError> {
        let kept: Vec<PathBuf> = names.iter().map(|name| self.path("graphs", name)).collect();
        let graphs = self.home.join("graphs");
        for folder in list(&graphs)? {
            for file in list(&folder)? {
                if !kept.contains(&file) {
                    fs::remove_file(&file).map_err(at("remove", &file))?;
                }
            }
        }
        Ok(())
    }

    fn keep_rejects(&self, name: &str, bytes: &[u8]) -> Result<String, PortError> {
        let place = self.home.join("rejects").join(name);
        self.write(&place, bytes)?;
        Ok(place.display().to_string())
    }
}

/// What lies in a folder.
fn list(folder: &Path) -> Result<Vec<PathBuf>, PortError> {
    let entries = fs::read_dir(folder).map_err(at("list", folder))?;
    entries.map(|entry| Ok(entry.map_err(at("list", folder))?.path())).collect()
}

/// Reads a source to its end, handing each piece on.
fn copy(
    source: &dyn Source,
    take: &mut dyn FnMut(&[u8]) -> Result<(), PortError>,
) -> Result<(Digest, u64), PortError> {
    let failed = at("read", Path::new(source.name()));
    let mut reader = source.reader().map_err(&failed)?;
    let mut digester = Digester::default();
    let (mut chunk, mut bytes) = (vec![0_u8; CHUNK_BYTES], 0_u64);
    loop {
        let read = reader.read(&mut chunk).map_err(&failed)?;
        let Some(piece) = chunk.get(..read).filter(|piece| !piece.is_empty()) else {
            return Ok((digester.finish(), bytes));
        };
        digester.update(piece);
        take(piece)?;
        bytes += read as u64;
    }
}

#[cfg(test)]
mod tests {
    use node::port::Text;

    use super::*;

    fn text(bytes: &str) -> Text {
        Text { name: "a.csv".to_owned(), bytes: bytes.into() }
    }

    #[test]
    fn a_file_that_is_not_kept_is_swept_away_and_a_kept_one_stays() {
        let home = tempfile::tempdir().unwrap();
        let vault = FileVault::open(home.path()).unwrap();
        let (kept, _) = vault.take(&text("kept")).unwrap();
        vault.keep_original(&kept).unwrap();
        let (refused, _) = vault.take(&text("refused")).unwrap();
        let vault = FileVault::open(home.path()).unwrap();
        assert!(vault.taken("a.csv").unwrap().reader().is_err());
        assert!(vault.original(&refused, "a.csv").unwrap().reader().is_err());
        let original = vault.original(&kept, "a.csv").unwrap();
        assert_eq!(vault.digest(&*original).unwrap(), (kept, 4));
    }

    #[test]
    fn a_damaged_original_is_mended_by_the_good_file() {
        let home = tempfile::tempdir().unwrap();
        let vault = FileVault::open(home.path()).unwrap();
        let (digest, _) = vault.take(&text("good")).unwrap();
        vault.keep_original(&digest).unwrap();
        fs::write(vault.path("originals", &digest), "damaged").unwrap();
        vault.take(&text("good")).unwrap();
        vault.keep_original(&digest).unwrap();
        let original = vault.original(&digest, "a.csv").unwrap();
        assert_eq!(vault.digest(&*original).unwrap().0, digest);
    }
}
