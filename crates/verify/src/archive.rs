//! The archive: a zip that any program unpacks, of which every byte is settled by the names and
//! the bytes of its files.
//!
//! A reader for all zips overlooks what it has no use for (times, attributes, bytes between the
//! files) and believes a directory that may say other things than the files themselves: two such
//! readers can see two bundles in one file. Here the headers are written again and compared, so
//! that not one bit can be other than it is. That takes less code than telling all cases apart.

use std::collections::BTreeMap;
use std::io::{BufReader, Read, Seek, SeekFrom};

use model::digest::{Digest, Digester};

use crate::headers::{self, Entry, LOCAL, LOCAL_BYTES};

/// A bundle has at most so many files.
pub const MAX_FILES: usize = 4_096;
/// The name of a file has at most so many bytes: an attachment's is the longest.
pub const MAX_NAME: usize = 300;
/// Files are read in pieces of so many bytes.
const PIECE: usize = 1 << 16;
/// The directory has at most so many bytes a file, and so many behind them all.
const MAX_DIRECTORY: u64 = (MAX_FILES * (46 + MAX_NAME + 28) + 98) as u64;

/// An archive whose headers and checksums are right.
pub struct Archive<R> {
    from: BufReader<R>,
    files: BTreeMap<String, Stored>,
}

/// A file of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// Its length.
    pub size: u64,
    /// Its digest.
    pub sha256: Digest,
    /// Where its bytes begin.
    start: u64,
}

/// Why bytes are no archive, or an archive is not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// The disk does not do its part.
    #[error("{0}")]
    Disk(String),
    /// What stands at some byte is not what has to stand there.
    #[error("byte {0} is not as it has to be")]
    Form(u64),
    /// The bytes of a file are not those of its checksum.
    #[error("{0:?} is damaged")]
    Checksum(String),
    /// More files than a bundle may have.
    #[error("more than {MAX_FILES} files")]
    Many,
    /// A name that stands twice.
    #[error("{0:?} is there twice")]
    Twice(String),
    /// A name that is none, or too long.
    #[error("{0:?} is no name")]
    Name(String),
    /// A file that is larger or smaller than it has to be.
    #[error("{0:?} is not of its size")]
    Size(String),
}

impl ArchiveError {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            ArchiveError::Disk(_) => "archive_disk",
            ArchiveError::Form(_) => "archive_form",
            ArchiveError::Checksum(_) => "archive_checksum",
            ArchiveError::Many => "archive_many",
            ArchiveError::Twice(_) => "archive_twice",
            ArchiveError::Name(_) => "archive_name",
            ArchiveError::Size(_) => "archive_size",
        }
    }
}

impl From<std::io::Error> for ArchiveError {
    fn from(error: std::io::Error) -> Self {
        ArchiveError::Disk(error.to_string())
    }
}

impl<R: Read + Seek> Archive<R> {
    /// Reads an archive from its first byte to its last one; memory holds none of its files.
    pub fn open(mut from: R) -> Result<Archive<R>, ArchiveError> {
        let whole = from.seek(SeekFrom::End(0))?;
        from.seek(SeekFrom::Start(0))?;
        let mut from = BufReader::with_capacity(PIECE, from);
        let (mut files, mut entries, mut at) = (BTreeMap::new(), Vec::new(), 0_u64);
        while let Some(entry) = local(&mut from, at, whole)? {
            if entries.len() == MAX_FILES {
                return Err(ArchiveError::Many);
            }
            let start = at + entry.local().len() as u64;
            let end = start.checked_add(entry.size).filter(|end| *end <= whole);
            at = end.ok_or(ArchiveError::Form(entry.start))?;
            let (sha256, crc) = digest(&mut from, entry.size)?;
            if crc != entry.crc {
                return Err(ArchiveError::Checksum(entry.name));
            }
            let stored = Stored { size: entry.size, sha256, start };
            if files.insert(entry.name.clone(), stored).is_some() {
                return Err(ArchiveError::Twice(entry.name));
            }
            entries.push(entry);
        }
        let expected = headers::directory(&entries, at);
        let mut found = Vec::new();
        from.seek(SeekFrom::Start(at))?;
        from.by_ref().take(MAX_DIRECTORY).read_to_end(&mut found)?;
        let same = expected.iter().zip(&found).take_while(|(one, other)| one == other).count();
        if same != expected.len() || at + expected.len() as u64 != whole {
            return Err(ArchiveError::Form(at + same as u64));
        }
        Ok(Archive { from, files })
    }

    /// The files by their names.
    pub fn files(&self) -> &BTreeMap<String, Stored> {
        &self.files
    }

    /// The bytes of a file that has at most so many; `None`: there is no such file.
    pub fn read(&mut self, name: &str, most: usize) -> Result<Option<Vec<u8>>, ArchiveError> {
        let Some(stored) = self.files.get(name) else { return Ok(None) };
        if stored.size > most as u64 {
            return Err(ArchiveError::Size(name.to_owned()));
        }
        self.from.seek(SeekFrom::Start(stored.start))?;
        let mut bytes = Vec::new();
        self.from.by_ref().take(stored.size).read_to_end(&mut bytes)?;
        // Who changes the file while it is read shows no two contents for one digest.
        if Digest::of(&bytes) == stored.sha256 {
            Ok(Some(bytes))
        } else {
            Err(ArchiveError::Checksum(name.to_owned()))
        }
    }
}

/// The local header at a place; `None`: there is none, and the directory begins.
fn local(from: &mut impl Read, at: u64, whole: u64) -> Result<Option<Entry>, ArchiveError> {
    let bad = || ArchiveError::Form(at);
    if whole.saturating_sub(at) < LOCAL_BYTES as u64 {
        return Ok(None);
    }
    let mut head = [0; LOCAL_BYTES];
    from.read_exact(&mut head)?;
    if !head.starts_with(LOCAL) {
        return Ok(None);
    }
    let number = |place: usize, bytes: usize| {
        let field = head.iter().skip(place).take(bytes).rev();
        field.fold(0_u64, |value, byte| value << 8 | u64::from(*byte))
    };
    let crc = u32::try_from(number(14, 4)).map_err(|_| bad())?;
    let (mut size, length, extra) = (number(22, 4), number(26, 2) as usize, number(28, 2) as usize);
    // An extra field there may be one: the two large sizes.
    if length > MAX_NAME || !matches!(extra, 0 | 20) {
        return Err(bad());
    }
    let mut name = vec![0; length];
    from.read_exact(&mut name)?;
    let name = String::from_utf8(name).map_err(|_| bad())?;
    let mut field = vec![0; extra];
    from.read_exact(&mut field)?;
    if let Some(large) = field.last_chunk::<8>() {
        size = u64::from_le_bytes(*large);
    }
    let entry = Entry { name, size, crc, start: at };
    let written = [head.as_slice(), entry.name.as_bytes(), &field].concat();
    if entry.local() == written { Ok(Some(entry)) } else { Err(bad()) }
}

/// Digest and checksum of so many bytes.
fn digest(from: &mut impl Read, size: u64) -> Result<(Digest, u32), ArchiveError> {
    let (mut sha256, mut crc) = (Digester::default(), crc32fast::Hasher::new());
    let mut from = from.take(size);
    let mut piece = vec![0; PIECE];
    let mut left = size;
    while left > 0 {
        let count = from.read(&mut piece)?;
        let Some(bytes) = piece.get(..count).filter(|bytes| !bytes.is_empty()) else {
            return Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof).into());
        };
        sha256.update(bytes);
        crc.update(bytes);
        left = left.saturating_sub(count as u64);
    }
    Ok((sha256.finish(), crc.finalize()))
}
