//! Backup: one file that holds the whole node but its lock.
//!
//! A backup is a tar stream: `node.db` taken by SQLite's own backup (so it is whole while the node
//! works), `keys/node.key`, every original that an event names, `rates.txt` and, last, a list of
//! digests. Segments are left out: they are rebuilt. Everything of that goes in, or there is an
//! error and no file. `restore` unpacks it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use model::digest::{Digest, Digester};
use rusqlite::backup::Backup;

use crate::database;
use crate::error::{StoreError, at};
use crate::home::{Home, create_file, create_new_file, sync_folder};

/// The name of the list of digests.
pub(crate) const LIST: &str = "digests.txt";
/// A backup holds at most this many files.
pub(crate) const MAX_FILES: usize = 1_000_000;

/// Writes a backup of the node with the originals that its events name, each with a name for
/// people; returns how many files it holds.
pub fn backup(
    home: &Home,
    originals: &BTreeMap<Digest, String>,
    to: &Path,
) -> Result<usize, StoreError> {
    if to.symlink_metadata().is_ok() {
        return Err(StoreError::BackupExists(to.display().to_string()));
    }
    if originals.len() > MAX_FILES - 3 {
        return Err(StoreError::BackupTooLarge(originals.len()));
    }
    let copy = home.path().join("work").join("node.db");
    let partial = beside(to, "partial")?;
    let written = copy_database(&home.path().join("node.db"), &copy)
        .and_then(|()| pack(home, originals, &copy, &partial));
    let removed = fs::remove_file(&copy).map_err(at("remove", &copy));
    let settled = written.and_then(|count| {
        removed?;
        fs::rename(&partial, to).map_err(at("rename", to))?;
        sync_folder(to)?;
        Ok(count)
    });
    if settled.is_err() {
        // Half a backup is of no use; if even this fails, the first error counts.
        let _ = fs::remove_file(&partial);
    }
    settled
}

/// A path in the same folder that nobody else uses.
pub(crate) fn beside(path: &Path, ending: &str) -> Result<PathBuf, StoreError> {
    let failed = || at("name", path)("the path has no last part");
    let mut name = path.file_name().ok_or_else(failed)?.to_owned();
    name.push(format!(".{}.{ending}", std::process::id()));
    Ok(path.with_file_name(name))
}

fn copy_database(from: &Path, to: &Path) -> Result<(), StoreError> {
    let failed = at("copy", from);
    let source = database::open(from)?;
    create_file(to)?;
    let mut copy = rusqlite::Connection::open(to).map_err(&failed)?;
    let backup = Backup::new(&source, &mut copy).map_err(&failed)?;
    let pause = std::time::Duration::from_millis(1);
    backup.run_to_completion(1_000, pause, None).map_err(&failed)?;
    Ok(())
}

/// Writes everything into one file, synced; returns how many files are in it.
fn pack(
    home: &Home,
    originals: &BTreeMap<Digest, String>,
    database: &Path,
    to: &Path,
) -> Result<usize, StoreError> {
    let mut archive = Archive { tar: tar::Builder::new(create_new_file(to)?), list: String::new() };
    archive.add(database, "node.db")?;
    archive.add(&home.path().join("keys").join("node.key"), "keys/node.key")?;
    for (digest, name) in originals {
        let text = digest.to_string();
        let place = format!("originals/{}/{text}", text.get(..2).unwrap_or_default());
        let path = home.path().join(&place);
        // What is packed is what is checked: a damaged original never becomes a good backup.
        if !path.is_file() || archive.add(&path, &place)? != *digest {
            return Err(StoreError::OriginalDamaged(name.clone()));
        }
    }
    let rates = home.path().join("rates.txt");
    if rates.exists() {
        archive.add(&rates, "rates.txt")?;
    }
    let list = std::mem::take(&mut archive.list);
    let mut header = header(list.len() as u64);
    archive.tar.append_data(&mut header, LIST, list.as_bytes()).map_err(at("write", to))?;
    let file = archive.tar.into_inner().map_err(at("write", to))?;
    file.sync_all().map_err(at("sync", to))?;
    Ok(list.lines().count())
}

/// A backup in the making, and the list of what is in it.
struct Archive {
    tar: tar::Builder<File>,
    list: String,
}

impl Archive {
    /// Packs a file and returns the digest of what was packed.
    fn add(&mut self, path: &Path, name: &str) -> Result<Digest, StoreError> {
        let file = File::open(path).map_err(at("open", path))?;
        let length = file.metadata().map_err(at("read", path))?.len();
        let mut content = Digesting { file, digester: Digester::default() };
        let mut header = header(length);
        self.tar.append_data(&mut header, name, &mut content).map_err(at("pack", path))?;
        let digest = content.digester.finish();
        self.list.push_str(&format!("{digest}  {name}\n"));
        Ok(digest)
    }
}

fn header(length: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(length);
    header.set_mode(0o600);
    header
}

/// A file whose digest is taken while it is read.
struct Digesting {
    file: File,
    digester: Digester,
}

impl Read for Digesting {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.digester.update(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}
