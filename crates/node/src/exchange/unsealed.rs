//! Sealed files opened piece by piece: into something that writes, or as what an import reads. One
//! of many GiB needs no more memory than a piece.

use std::io::{self, Read, Write};
use std::sync::Arc;

use envelope::attachment::{Attachment, piece_size, sealed_size};
use envelope::stream::{CHUNK, Stream, TAG};
use formats::open::Source;
use model::digest::{Digest, Digester};

use super::files::are_all_held;
use super::{Exchange, ExchangeError};
use crate::port::PortError;
use crate::port::record::BlobRow;

/// A sealed file that is here, as a file of an import.
pub(crate) struct SealedFile {
    exchange: Arc<Exchange>,
    file: Attachment,
    row: BlobRow,
}

/// Its bytes, as far as they were read.
struct Pieces<'f> {
    exchange: &'f Exchange,
    file: &'f Attachment,
    row: &'f BlobRow,
    stream: Stream,
    digester: Option<Digester>,
    next: u64,
    size: u64,
}

/// A piece, and how much of it was taken.
struct Reader<'f> {
    pieces: Pieces<'f>,
    piece: Vec<u8>,
    taken: usize,
}

impl Exchange {
    /// Opens a sealed file into something that writes, and checks that it is the one that was sent.
    pub fn open_file(&self, file: &Attachment, to: &mut dyn Write) -> Result<(), ExchangeError> {
        let row = self.whole_blob(file)?;
        let mut pieces = Pieces::new(self, file, &row);
        while let Some(piece) = pieces.next()? {
            to.write_all(&piece).map_err(|error| PortError {
                operation: "write",
                object: file.name.clone(),
                cause: error.to_string(),
            })?;
        }
        Ok(())
    }

    fn whole_blob(&self, file: &Attachment) -> Result<BlobRow, ExchangeError> {
        let row = self.read(|rows| rows.blob(file.blob))?;
        let whole = row.filter(|row| are_all_held(row.sealed, &row.held));
        let whole = whole.ok_or_else(|| ExchangeError::FileMissing(file.name.clone()))?;
        // Nothing is opened that is longer than was said.
        match sealed_size(file.size) == Some(whole.sealed) {
            true => Ok(whole),
            false => Err(ExchangeError::FileDamaged(file.name.clone())),
        }
    }
}

impl SealedFile {
    /// One of which every piece is here.
    pub(crate) fn new(
        exchange: Arc<Exchange>,
        file: Attachment,
    ) -> Result<SealedFile, ExchangeError> {
        let row = exchange.whole_blob(&file)?;
        Ok(SealedFile { exchange, file, row })
    }
}

impl Source for SealedFile {
    fn reader(&self) -> io::Result<Box<dyn Read + '_>> {
        let pieces = Pieces::new(&self.exchange, &self.file, &self.row);
        Ok(Box::new(Reader { pieces, piece: Vec::new(), taken: 0 }))
    }

    fn name(&self) -> &str {
        &self.file.name
    }
}

impl<'f> Pieces<'f> {
    fn new(exchange: &'f Exchange, file: &'f Attachment, row: &'f BlobRow) -> Pieces<'f> {
        let (stream, digester) = (Stream::new(&file.key.into()), Some(Digester::default()));
        Pieces { exchange, file, row, stream, digester, next: 0, size: 0 }
    }

    /// The next piece, opened; `None`: all were, and the file is the one that was sent.
    fn next(&mut self) -> Result<Option<Vec<u8>>, ExchangeError> {
        let damaged = || ExchangeError::FileDamaged(self.file.name.clone());
        let count = self.row.pieces.len() as u64;
        let hash = usize::try_from(self.next).ok().and_then(|next| self.row.pieces.get(next));
        let Some(hash) = hash else {
            // Whoever asks once more at the end gets the same answer.
            let Some(digester) = self.digester.take() else { return Ok(None) };
            let is_it = self.size == self.file.size && digester.finish() == self.file.sha256;
            return if is_it { Ok(None) } else { Err(damaged()) };
        };
        let length = piece_size(self.row.sealed, self.next).ok_or_else(damaged)?;
        let sealed = self.exchange.outside.blobs.read(&self.file.blob, self.next, length)?;
        if Digest::of(&sealed) != *hash {
            return Err(damaged());
        }
        let chunks = sealed.chunks(CHUNK + TAG);
        let last = chunks.len();
        let mut opened = Vec::with_capacity(sealed.len());
        for (place, chunk) in (1..).zip(chunks) {
            let is_last = self.next + 1 == count && place == last;
            opened.extend(self.stream.open(chunk, is_last).map_err(|_| damaged())?);
        }
        if let Some(digester) = &mut self.digester {
            digester.update(&opened);
        }
        self.size += opened.len() as u64;
        self.next += 1;
        Ok(Some(opened))
    }
}

impl Read for Reader<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        // The last piece of a file may be empty: that is not its end yet.
        while self.taken == self.piece.len() {
            match self.pieces.next().map_err(io::Error::other)? {
                Some(piece) => (self.piece, self.taken) = (piece, 0),
                None => return Ok(0),
            }
        }
        let rest = self.piece.get(self.taken..).unwrap_or_default();
        let count = rest.len().min(to.len());
        if let (Some(to), Some(from)) = (to.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(from);
        }
        self.taken += count;
        Ok(count)
    }
}
