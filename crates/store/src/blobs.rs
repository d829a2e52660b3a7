//! Sealed files on disk: `HOME/blobs/ab/NAME`, whole or in part, each piece at its place.
//!
//! A file of ours has no name before its last piece is sealed; until then it lies under a number in
//! `HOME/blobs/sealing`, and what a crash left there is removed at the next start. Which pieces
//! of a file are here, the rows of the record say, never the file: it may have holes.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use envelope::attachment::{MAX_SIZE, PIECE};
use model::digest::Digest;
use node::port::PortError;
use node::port::record::Blobs;

use crate::error::at;
use crate::home::{create_folder, create_new_file, options, sync_folder};

/// Of so many files it is remembered that their names are durable.
const MAX_REMEMBERED: usize = 4_096;
/// More pieces than the longest file has, sealed.
const MAX_PIECES: u64 = MAX_SIZE / PIECE as u64 + 2;

/// The sealed files of one node.
pub struct FileBlobs {
    folder: PathBuf,
    /// The number of the next file that is sealed.
    next: AtomicU64,
    /// Files whose names this process has synced.
    durable: Mutex<BTreeSet<Digest>>,
    /// Whether a sync has failed: what was written before it is not known to be on disk, and a sync
    /// tried again can say that it is.
    is_stopped: AtomicBool,
}

impl FileBlobs {
    /// The sealed files in a node's directory; removes what a crash left unfinished.
    pub fn open(home: &Path) -> Result<FileBlobs, PortError> {
        let folder = home.join("blobs");
        let sealing = folder.join("sealing");
        if sealing.exists() {
            fs::remove_dir_all(&sealing).map_err(at("empty", &sealing))?;
        }
        create_folder(&sealing)?;
        sync_folder(&folder)?;
        Ok(FileBlobs {
            folder,
            next: AtomicU64::new(0),
            durable: Mutex::default(),
            is_stopped: AtomicBool::new(false),
        })
    }

    fn path(&self, name: &Digest) -> PathBuf {
        self.folder.join(place(name))
    }

    fn sealing_path(&self, number: u64) -> PathBuf {
        self.folder.join("sealing").join(number.to_string())
    }

    /// Makes a file's name durable, and those of the folders that lead to it.
    fn sync_name(&self, name: &Digest, path: &Path) -> Result<(), PortError> {
        if self.durable.lock().unwrap_or_else(PoisonError::into_inner).contains(name) {
            return Ok(());
        }
        for folder in path.ancestors().skip(1).take(2) {
            self.sync_one(&File::open(folder).map_err(at("open", folder))?, folder)?;
        }
        let mut durable = self.durable.lock().unwrap_or_else(PoisonError::into_inner);
        if durable.len() >= MAX_REMEMBERED {
            // Who is forgotten is synced once more than needed.
            durable.clear();
        }
        durable.insert(*name);
        Ok(())
    }

    /// Makes what was written to a file or a folder durable. A failure stops all that comes after
    /// it, until the next start.
    fn sync_one(&self, file: &File, path: &Path) -> Result<(), PortError> {
        self.check_syncs(path)?;
        file.sync_data().map_err(|error| {
            self.is_stopped.store(true, Ordering::SeqCst);
            at("sync", path)(error)
        })
    }

    fn check_syncs(&self, path: &Path) -> Result<(), PortError> {
        match self.is_stopped.load(Ordering::SeqCst) {
            true => Err(at("write", path)("a sync has failed before")),
            false => Ok(()),
        }
    }

    fn write_sealed(&self, path: &Path, pieces: &mut Pieces<'_>) -> Result<(), PortError> {
        let failed = at("write", path);
        let mut file = create_new_file(path)?;
        let mut is_last = false;
        for _ in 0..MAX_PIECES {
            let Some(piece) = pieces()? else { return Ok(()) };
            if is_last || piece.is_empty() || piece.len() > PIECE {
                return Err(at("write", path)("a piece has not its length"));
            }
            is_last = piece.len() < PIECE;
            file.write_all(&piece).map_err(&failed)?;
        }
        Err(at("write", path)("a file has too many pieces"))
    }
}

/// Gives the pieces of a file one after the other.
type Pieces<'p> = dyn FnMut() -> Result<Option<Vec<u8>>, PortError> + 'p;

impl Blobs for FileBlobs {
    fn write(&self, name: &Digest, piece: u64, bytes: &[u8]) -> Result<(), PortError> {
        let path = self.path(name);
        let failed = at("write", &path);
        self.check_syncs(&path)?;
        if bytes.len() > PIECE {
            return Err(at("write", &path)("a piece has not its length"));
        }
        let mut open = options();
        open.create(true).truncate(false);
        let mut opened = open.open(&path);
        if opened.as_ref().is_err_and(|error| error.kind() == ErrorKind::NotFound) {
            create_folder(path.parent().unwrap_or(&path))?;
            opened = open.open(&path);
        }
        let mut file = opened.map_err(at("open", &path))?;
        // Each call has a file of its own to move in.
        file.seek(SeekFrom::Start(offset(piece, &path)?)).map_err(&failed)?;
        file.write_all(bytes).map_err(&failed)
    }

    fn sync(&self, name: &Digest) -> Result<(), PortError> {
        let path = self.path(name);
        let file = options().open(&path).map_err(at("open", &path))?;
        self.sync_one(&file, &path)?;
        self.sync_name(name, &path)
    }

    fn read(&self, name: &Digest, piece: u64, size: usize) -> Result<Vec<u8>, PortError> {
        let path = self.path(name);
        let failed = at("read", &path);
        if size > PIECE {
            return Err(at("read", &path)("a piece has not its length"));
        }
        let mut file = File::open(&path).map_err(at("open", &path))?;
        file.seek(SeekFrom::Start(offset(piece, &path)?)).map_err(&failed)?;
        let mut bytes = vec![0; size];
        file.read_exact(&mut bytes).map_err(&failed)?;
        Ok(bytes)
    }

    fn remove(&self, name: &Digest) -> Result<(), PortError> {
        let path = self.path(name);
        self.durable.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        match fs::remove_file(&path) {
            // What was destroyed does not come back with the next loss of power.
            Ok(()) => sync_folder(&path),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(at("remove", &path)(error)),
        }
    }

    fn seal(&self, pieces: &mut Pieces<'_>) -> Result<u64, PortError> {
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        let path = self.sealing_path(number);
        self.check_syncs(&path)?;
        let written = self.write_sealed(&path, pieces);
        if written.is_err() {
            // Half a file is of no use; if even this fails, the next start removes it.
            let _ = fs::remove_file(&path);
        }
        written.map(|()| number)
    }

    fn settle(&self, sealed: u64, name: &Digest) -> Result<(), PortError> {
        let (from, path) = (self.sealing_path(sealed), self.path(name));
        let file = options().open(&from).map_err(at("open", &from))?;
        self.sync_one(&file, &from)?;
        create_folder(path.parent().unwrap_or(&path))?;
        fs::rename(&from, &path).map_err(at("rename", &path))?;
        // A file that lay there before had the name, but not this content.
        self.durable.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        self.sync_name(name, &path)
    }
}

/// Where a sealed file lies in its folder.
pub(crate) fn place(name: &Digest) -> String {
    let name = name.to_string();
    format!("{}/{name}", name.get(..2).unwrap_or_default())
}

/// Where a piece lies in its file.
fn offset(piece: u64, path: &Path) -> Result<u64, PortError> {
    let fits = piece < MAX_PIECES;
    let offset = piece.checked_mul(PIECE as u64).filter(|_| fits);
    offset.ok_or_else(|| at("find", path)(format!("no file has a piece {piece}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: Digest = Digest([0xab; 32]);

    fn pieces(lengths: &[usize]) -> impl FnMut() -> Result<Option<Vec<u8>>, PortError> {
        let pieces = (1..).zip(lengths).map(|(number, length)| vec![number; *length]);
        let mut pieces = pieces.collect::<Vec<_>>().into_iter();
        move || Ok(pieces.next())
    }

    #[test]
    fn pieces_come_in_any_order_and_are_read_where_they_belong() {
        let home = tempfile::tempdir().unwrap();
        let blobs = FileBlobs::open(home.path()).unwrap();
        blobs.write(&NAME, 2, &[3; 10]).unwrap();
        blobs.write(&NAME, 0, &vec![1; PIECE]).unwrap();
        blobs.sync(&NAME).unwrap();
        blobs.write(&NAME, 1, &vec![2; PIECE]).unwrap();
        blobs.sync(&NAME).unwrap();
        let blobs = FileBlobs::open(home.path()).unwrap();
        assert_eq!(blobs.read(&NAME, 0, PIECE).unwrap(), vec![1; PIECE]);
        assert_eq!(blobs.read(&NAME, 1, PIECE).unwrap(), vec![2; PIECE]);
        assert_eq!(blobs.read(&NAME, 2, 10).unwrap(), vec![3; 10]);
        assert!(blobs.read(&NAME, 2, 11).is_err());
        assert!(blobs.read(&NAME, 3, 1).is_err());
    }

    #[test]
    fn what_no_file_has_is_refused_and_nothing_stops() {
        let home = tempfile::tempdir().unwrap();
        let blobs = FileBlobs::open(home.path()).unwrap();
        assert!(blobs.write(&NAME, 0, &vec![0; PIECE + 1]).is_err());
        assert!(blobs.write(&NAME, u64::MAX, &[0]).is_err());
        assert!(blobs.read(&NAME, 0, usize::MAX).is_err());
        assert_eq!(blobs.sync(&Digest([1; 32])).unwrap_err().operation, "open");
        assert_eq!(blobs.settle(7, &NAME).unwrap_err().operation, "open");
        blobs.write(&NAME, 0, &[1]).unwrap();
        blobs.sync(&NAME).unwrap();
    }

    #[test]
    fn a_sealed_file_has_its_name_when_it_is_settled() {
        let home = tempfile::tempdir().unwrap();
        let blobs = FileBlobs::open(home.path()).unwrap();
        let first = blobs.seal(&mut pieces(&[PIECE, PIECE, 5])).unwrap();
        let left = blobs.seal(&mut pieces(&[3])).unwrap();
        blobs.settle(first, &NAME).unwrap();
        assert_eq!(blobs.read(&NAME, 2, 5).unwrap(), vec![3; 5]);
        assert!(blobs.sealing_path(left).exists());
        let blobs = FileBlobs::open(home.path()).unwrap();
        assert!(!blobs.sealing_path(left).exists());
        assert_eq!(blobs.read(&NAME, 0, PIECE).unwrap(), vec![1; PIECE]);
    }

    #[test]
    fn a_file_that_cannot_be_sealed_leaves_nothing() {
        let home = tempfile::tempdir().unwrap();
        let blobs = FileBlobs::open(home.path()).unwrap();
        for lengths in [[5, 5].as_slice(), &[PIECE + 1], &[PIECE, 0]] {
            assert!(blobs.seal(&mut pieces(lengths)).is_err(), "{lengths:?}");
        }
        assert_eq!(fs::read_dir(home.path().join("blobs/sealing")).unwrap().count(), 0);
    }

    #[test]
    fn a_file_is_destroyed_once_and_nothing_happens_the_second_time() {
        let home = tempfile::tempdir().unwrap();
        let blobs = FileBlobs::open(home.path()).unwrap();
        blobs.write(&NAME, 0, &[1]).unwrap();
        blobs.remove(&NAME).unwrap();
        blobs.remove(&NAME).unwrap();
        assert!(blobs.read(&NAME, 0, 1).is_err());
    }

    #[test]
    fn a_sync_that_failed_stops_what_comes_after_it() {
        let home = tempfile::tempdir().unwrap();
        let blobs = FileBlobs::open(home.path()).unwrap();
        // A terminal's device cannot be synced.
        let device = File::open("/dev/null").unwrap();
        assert!(blobs.sync_one(&device, Path::new("/dev/null")).is_err());
        assert!(blobs.write(&NAME, 0, &[1]).is_err());
        assert!(blobs.seal(&mut pieces(&[1])).is_err());
    }

    #[test]
    #[cfg(unix)]
    fn nobody_else_may_read_them() {
        use std::os::unix::fs::PermissionsExt as _;
        let home = tempfile::tempdir().unwrap();
        let blobs = FileBlobs::open(home.path()).unwrap();
        blobs.write(&NAME, 0, &[1]).unwrap();
        for (path, expected) in [(blobs.path(&NAME), 0o600), (home.path().join("blobs/ab"), 0o700)]
        {
            let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, expected, "{} {mode:o}", path.display());
        }
    }
}
