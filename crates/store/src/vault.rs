//! Kept files: originals by the digest of their content, segments, lists of rejected rows.
//!
//! A file is written under `work/`, synced, renamed into place, and its folder synced: it is there
//! whole or not at all. What is left in `work/` after a crash is swept away at the next start.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use formats::open::Source;
use model::digest::{Digest, Digester};
use node::port::{Bytes, PortError, Vault};

use crate::error::at;
use crate::files::FileSource;
use crate::home::sync_folder;
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
        for folder in ["work", "originals", "segments", "rejects"] {
            let folder = home.join(folder);
            fs::create_dir_all(&folder).map_err(at("create", &folder))?;
        }
        Ok(FileVault { home: home.to_owned() })
    }

    fn path(&self, folder: &str, digest: &Digest) -> PathBuf {
        let name = digest.to_string();
        self.home.join(folder).join(name.get(..2).unwrap_or_default()).join(name)
    }

    /// Moves a finished file into place.
    fn settle(&self, work: &Path, place: &Path) -> Result<(), PortError> {
        let folder = place.parent().unwrap_or(place);
        if !folder.exists() {
            fs::create_dir_all(folder).map_err(at("create", folder))?;
            sync_folder(folder)?;
        }
        fs::rename(work, place).map_err(at("rename", place))?;
        sync_folder(place)
    }

    fn write(&self, place: &Path, bytes: &[u8]) -> Result<(), PortError> {
        let work = self.home.join("work").join(place.file_name().unwrap_or_default());
        let mut file = File::create(&work).map_err(at("create", &work))?;
        file.write_all(bytes).map_err(at("write", &work))?;
        file.sync_all().map_err(at("sync", &work))?;
        self.settle(&work, place)
    }
}

impl Vault for FileVault {
    fn keep_original(&self, source: &dyn Source) -> Result<(Digest, u64), PortError> {
        let work = self.home.join("work").join("original");
        let mut file = File::create(&work).map_err(at("create", &work))?;
        let (digest, bytes) =
            copy(source, &mut |chunk| file.write_all(chunk).map_err(at("write", &work)))?;
        let place = self.path("originals", &digest);
        if place.exists() {
            fs::remove_file(&work).map_err(at("remove", &work))?;
            return Ok((digest, bytes));
        }
        file.sync_all().map_err(at("sync", &work))?;
        self.settle(&work, &place)?;
        Ok((digest, bytes))
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

    fn keep_rejects(&self, original: &Digest, bytes: &[u8]) -> Result<String, PortError> {
        let name = original.to_string();
        let place =
            self.home.join("rejects").join(format!("{}.csv", name.get(..16).unwrap_or(&name)));
        self.write(&place, bytes)?;
        Ok(place.display().to_string())
    }
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
