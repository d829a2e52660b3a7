//! Drawers for what is too much for memory, all in one file: full pieces of a drawer are written to
//! its end as they come, and where they lie is remembered.
//!
//! What lies in it is identifiers, and entries of a set that is being made. The file has no name,
//! where the system can do that: however the program ends, nothing is left behind; elsewhere the
//! next start sweeps it away. What fits into the pieces that memory holds never comes to disk.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use node::port::PortError;
use psi::set::{DRAWERS, Drawers};

use crate::error::at;
use crate::home::create_new_file;

/// A piece of a drawer has so many bytes: one of each drawer is held in memory.
const PIECE: usize = 1 << 15;
/// All drawers together have at most so many bytes: over a hundred for each entry of the
/// largest set.
const MAX_BYTES: u64 = 1 << 37;

/// Drawers in a file.
pub struct FileDrawers {
    path: PathBuf,
    /// Made when the first piece is full.
    file: Option<File>,
    /// Where the next piece goes.
    end: u64,
    drawers: Vec<Drawer>,
}

/// What is in one drawer.
#[derive(Clone, Default)]
struct Drawer {
    /// Where its full pieces lie.
    pieces: Vec<u64>,
    /// What came after them.
    rest: Vec<u8>,
}

impl FileDrawers {
    /// Empty ones, in a folder that is swept at every start.
    pub fn new(folder: &Path) -> FileDrawers {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::SeqCst);
        let path = folder.join(format!("drawers-{}-{number}", std::process::id()));
        FileDrawers { path, file: None, end: 0, drawers: vec![Drawer::default(); DRAWERS] }
    }

    /// Writes the full piece of a drawer to the end of the file.
    fn write(&mut self, drawer: usize) -> Result<(), PortError> {
        let failed = at("write", &self.path);
        if self.end + PIECE as u64 > MAX_BYTES {
            return Err(at("write", &self.path)("it is too large"));
        }
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                let file = create_new_file(&self.path)?;
                // What could not be removed is swept away at the next start.
                let _ = fs::remove_file(&self.path);
                none.insert(file)
            }
        };
        let drawer = &mut self.drawers[drawer];
        file.seek(SeekFrom::Start(self.end)).map_err(&failed)?;
        file.write_all(&drawer.rest).map_err(&failed)?;
        drawer.pieces.push(self.end);
        drawer.rest.clear();
        self.end += PIECE as u64;
        Ok(())
    }
}

impl Drawers for FileDrawers {
    type Error = PortError;

    fn put(&mut self, drawer: u8, mut bytes: &[u8]) -> Result<(), PortError> {
        let drawer = usize::from(drawer);
        while !bytes.is_empty() {
            let rest = &mut self.drawers[drawer].rest;
            let (now, later) = bytes.split_at(bytes.len().min(PIECE - rest.len()));
            rest.extend_from_slice(now);
            bytes = later;
            if rest.len() == PIECE {
                self.write(drawer)?;
            }
        }
        Ok(())
    }

    fn read(&mut self, drawer: u8) -> Result<Vec<u8>, PortError> {
        let Drawer { pieces, rest } = &self.drawers[usize::from(drawer)];
        let failed = at("read", &self.path);
        let mut bytes = vec![0; pieces.len() * PIECE];
        for (place, piece) in pieces.iter().zip(bytes.chunks_exact_mut(PIECE)) {
            let Some(file) = &mut self.file else { break };
            file.seek(SeekFrom::Start(*place)).map_err(&failed)?;
            file.read_exact(piece).map_err(&failed)?;
        }
        bytes.extend_from_slice(rest);
        Ok(bytes)
    }

    fn take(&mut self, drawer: u8) -> Result<Vec<u8>, PortError> {
        let bytes = self.read(drawer)?;
        self.drawers[usize::from(drawer)] = Drawer::default();
        Ok(bytes)
    }
}

impl Drop for FileDrawers {
    /// Where a file that is open keeps its name, it goes now.
    fn drop(&mut self) {
        if self.file.take().is_some() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Some bytes that differ, in pieces of odd lengths.
    fn filled(drawers: &mut FileDrawers, bytes: usize) -> Vec<u8> {
        let all: Vec<u8> = (0..bytes).map(|number| (number * 7 / 3) as u8).collect();
        all.chunks(1_001).for_each(|part| drawers.put(9, part).unwrap());
        all
    }

    #[test]
    fn what_was_put_into_a_drawer_comes_back_in_its_order() {
        let folder = tempfile::tempdir().unwrap();
        for bytes in [0, 1, PIECE - 1, PIECE, 5 * PIECE + 17] {
            let mut drawers = FileDrawers::new(folder.path());
            let all = filled(&mut drawers, bytes);
            drawers.put(200, b"another").unwrap();
            assert!(drawers.read(9).unwrap() == all && drawers.read(9).unwrap() == all);
            assert!(drawers.take(9).unwrap() == all && drawers.take(9).unwrap().is_empty());
            assert_eq!(drawers.read(200).unwrap(), b"another");
        }
    }

    #[test]
    fn a_set_made_over_a_file_is_the_one_made_in_memory() {
        use psi::set::{Builder, Entry};
        let folder = tempfile::tempdir().unwrap();
        let (mut held, mut filed) =
            (Builder::new(), Builder::over(FileDrawers::new(folder.path())));
        // Each drawer has several pieces, and is read twice.
        for number in 0..400_000_u64 {
            let entry = Entry::filler(&model::digest::Digest::of(&number.to_be_bytes()).0);
            let Ok(()) = held.put(entry);
            filed.put(entry).unwrap();
        }
        let mut slots = Vec::new();
        let head = filed.build(&mut |_| {}, &mut |part| {
            slots.extend_from_slice(part);
            Ok(())
        });
        assert!([head.unwrap(), slots].concat() == held.bytes().unwrap());
    }

    #[test]
    fn nothing_is_left_in_the_folder_and_what_is_small_never_comes_to_disk() {
        let folder = tempfile::tempdir().unwrap();
        let names = || fs::read_dir(folder.path()).unwrap().count();
        let mut drawers = FileDrawers::new(folder.path());
        filled(&mut drawers, PIECE - 1);
        assert!(drawers.file.is_none());
        filled(&mut drawers, PIECE);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let file = drawers.file.as_ref().unwrap().metadata().unwrap();
            assert_eq!((names(), file.permissions().mode() & 0o777), (0, 0o600));
        }
        drop(drawers);
        assert_eq!(names(), 0);
    }

    #[test]
    fn a_folder_that_is_gone_and_a_limit_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let mut drawers = FileDrawers::new(&folder.path().join("gone"));
        let error = drawers.put(1, &vec![1; PIECE]).unwrap_err();
        assert_eq!(error.operation, "create");
        let mut drawers = FileDrawers::new(folder.path());
        drawers.end = MAX_BYTES;
        assert_eq!(drawers.put(1, &vec![1; PIECE]).unwrap_err().cause, "it is too large");
    }
}
