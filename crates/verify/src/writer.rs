//! Writes an archive: file after file, each as long as it was said before.

use std::collections::BTreeMap;
use std::io::{Read, Seek, SeekFrom, Write};

use model::digest::{Digest, Digester};

use crate::archive::{ArchiveError, MAX_FILES, MAX_NAME};
use crate::headers::{self, Entry};

/// Files are written in pieces of so many bytes.
const PIECE: usize = 1 << 16;

/// An archive that is being written.
pub struct Writer<W> {
    to: W,
    at: u64,
    entries: Vec<Entry>,
    digests: BTreeMap<String, Digest>,
}

impl<W: Write + Seek> Writer<W> {
    /// An archive without files, from the first byte of `to` on.
    pub fn new(to: W) -> Writer<W> {
        Writer { to, at: 0, entries: Vec::new(), digests: BTreeMap::new() }
    }

    /// The digests of the files until now, by name.
    pub fn digests(&self) -> &BTreeMap<String, Digest> {
        &self.digests
    }

    /// Writes a file of `size` bytes and says its digest.
    pub fn file(
        &mut self,
        name: &str,
        size: u64,
        from: &mut impl Read,
    ) -> Result<Digest, ArchiveError> {
        if name.is_empty() || name.len() > MAX_NAME {
            return Err(ArchiveError::Name(name.to_owned()));
        }
        if self.digests.contains_key(name) {
            return Err(ArchiveError::Twice(name.to_owned()));
        }
        if self.entries.len() == MAX_FILES {
            return Err(ArchiveError::Many);
        }
        let mut entry = Entry { name: name.to_owned(), size, crc: 0, start: self.at };
        self.to.write_all(&entry.local())?;
        let (mut sha256, mut crc) = (Digester::default(), crc32fast::Hasher::new());
        let (mut piece, mut written) = (vec![0; PIECE], 0_u64);
        loop {
            let count = from.read(&mut piece)?;
            let Some(bytes) = piece.get(..count).filter(|bytes| !bytes.is_empty()) else { break };
            written += count as u64;
            if written > size {
                break;
            }
            sha256.update(bytes);
            crc.update(bytes);
            self.to.write_all(bytes)?;
        }
        if written != size {
            return Err(ArchiveError::Size(name.to_owned()));
        }
        entry.crc = crc.finalize();
        // The checksum is known only now and stands before the bytes.
        let local = entry.local();
        self.to.seek(SeekFrom::Start(self.at))?;
        self.to.write_all(&local)?;
        self.at += local.len() as u64 + size;
        self.to.seek(SeekFrom::Start(self.at))?;
        self.entries.push(entry);
        let sha256 = sha256.finish();
        self.digests.insert(name.to_owned(), sha256);
        Ok(sha256)
    }

    /// Writes the directory.
    pub fn finish(mut self) -> Result<W, ArchiveError> {
        self.to.write_all(&headers::directory(&self.entries, self.at))?;
        self.to.flush()?;
        Ok(self.to)
    }
}
