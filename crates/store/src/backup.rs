//! Backup: one file that holds the whole node but its lock.
//!
//! A backup is a tar stream: `node.db` and `record.db` taken by SQLite's own backup (so they are
//! whole while the node works), `keys/node.key`, every original that an event names, every sealed
//! file that the record has whole, `rates.txt` and, last, a list of digests. Segments are left out:
//! they are rebuilt. So are partners' files that are not whole: they send them again. Everything
//! of that goes in, or there is an error and no file. `restore` unpacks it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use envelope::attachment::{PIECE, blob_name};
use model::digest::{Digest, Digester};
use node::port::PortError;
use rusqlite::Connection;
use rusqlite::backup::Backup;

use crate::blobs;
use crate::database::{self, EVENTS, Migrations, RECORD};
use crate::error::{StoreError, at};
use crate::home::{Home, create_file, create_new_file, sync_folder};
use crate::record::copy::leave_whole_blobs;

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
    let copies = Copies::new(home);
    let partial = beside(to, "partial")?;
    let written = copies.make(home).and_then(|blobs| {
        let count = originals.len() + blobs.len();
        if count > MAX_FILES - 4 {
            return Err(StoreError::BackupTooLarge(count));
        }
        pack(home, originals, &blobs, &copies, &partial)
    });
    let removed = copies.remove();
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

/// Copies of the databases, under `work/`.
struct Copies {
    events: PathBuf,
    record: PathBuf,
}

impl Copies {
    fn new(home: &Home) -> Copies {
        let work = home.path().join("work");
        Copies { events: work.join("node.db"), record: work.join("record.db") }
    }

    /// Makes the copies; the names of the sealed files that belong to them. A node that never
    /// exchanged anything has no record.
    fn make(&self, home: &Home) -> Result<Vec<Digest>, StoreError> {
        copy_database(&home.path().join("node.db"), EVENTS, &self.events)?;
        let record = home.path().join("record.db");
        if !record.exists() {
            return Ok(Vec::new());
        }
        // The list is that of the copy: what came while it was made is in neither.
        let copy = copy_database(&record, RECORD, &self.record)?;
        Ok(leave_whole_blobs(&copy).map_err(at("copy", &record))?)
    }

    fn remove(&self) -> Result<(), PortError> {
        for copy in [&self.events, &self.record].into_iter().filter(|copy| copy.exists()) {
            fs::remove_file(copy).map_err(at("remove", copy))?;
        }
        Ok(())
    }
}

/// Copies a database as it is at one moment.
fn copy_database(from: &Path, migrations: Migrations, to: &Path) -> Result<Connection, StoreError> {
    let failed = at("copy", from);
    let source = database::open(from, migrations)?;
    create_file(to)?;
    let mut copy = Connection::open(to).map_err(&failed)?;
    // In one step: between two, somebody may write, and it would begin anew.
    let pause = std::time::Duration::from_millis(1);
    let backup = Backup::new(&source, &mut copy).map_err(&failed)?;
    backup.run_to_completion(i32::MAX, pause, None).map_err(&failed)?;
    drop(backup);
    // What is changed in the copy lies in the one file that is packed.
    copy.pragma_update(None, "journal_mode", "delete").map_err(&failed)?;
    Ok(copy)
}

/// Writes everything into one file, synced; returns how many files are in it.
fn pack(
    home: &Home,
    originals: &BTreeMap<Digest, String>,
    blobs: &[Digest],
    copies: &Copies,
    to: &Path,
) -> Result<usize, StoreError> {
    let mut archive = Archive { tar: tar::Builder::new(create_new_file(to)?), list: String::new() };
    archive.add(&copies.events, "node.db")?;
    if copies.record.exists() {
        archive.add(&copies.record, "record.db")?;
    }
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
    for name in blobs {
        let place = format!("blobs/{}", blobs::place(name));
        let path = home.path().join(&place);
        if !path.is_file() || archive.add_blob(&path, &place)? != *name {
            return Err(StoreError::BlobDamaged(name.to_string()));
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
        let (file, length) = open(path)?;
        let mut content = Digesting { file, digester: Digester::default() };
        self.append(&mut content, length, path, name)?;
        Ok(self.note(content.digester.finish(), name))
    }

    /// Packs a sealed file and returns the name that what was packed should have.
    fn add_blob(&mut self, path: &Path, name: &str) -> Result<Digest, StoreError> {
        let (file, length) = open(path)?;
        let file = Digesting { file, digester: Digester::default() };
        let mut content = Naming { file, piece: Vec::new(), pieces: Vec::new() };
        self.append(&mut content, length, path, name)?;
        content.end_piece();
        self.note(content.file.digester.finish(), name);
        Ok(blob_name(length, &content.pieces))
    }

    fn append(
        &mut self,
        content: &mut dyn Read,
        length: u64,
        path: &Path,
        name: &str,
    ) -> Result<(), StoreError> {
        let mut header = header(length);
        Ok(self.tar.append_data(&mut header, name, content).map_err(at("pack", path))?)
    }

    fn note(&mut self, digest: Digest, name: &str) -> Digest {
        self.list.push_str(&format!("{digest}  {name}\n"));
        digest
    }
}

fn open(path: &Path) -> Result<(File, u64), PortError> {
    let file = File::open(path).map_err(at("open", path))?;
    let length = file.metadata().map_err(at("read", path))?.len();
    Ok((file, length))
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

/// A sealed file, the digests of whose pieces are taken while it is read: they make its name.
struct Naming {
    file: Digesting,
    piece: Vec<u8>,
    pieces: Vec<Digest>,
}

impl Naming {
    fn end_piece(&mut self) {
        if !self.piece.is_empty() {
            self.pieces.push(Digest::of(&self.piece));
            self.piece.clear();
        }
    }
}

impl Read for Naming {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // No read goes beyond the end of a piece.
        let room = buffer.len().min(PIECE - self.piece.len());
        let buffer = buffer.get_mut(..room).unwrap_or_default();
        let read = self.file.read(buffer)?;
        self.piece.extend_from_slice(buffer.get(..read).unwrap_or_default());
        if self.piece.len() == PIECE {
            self.end_piece();
        }
        Ok(read)
    }
}
