//! The carried file: parcels and sealed files for one partner, on a stick instead of the line.
//!
//! Bytes: `lienket carried 1` and a newline; then frames of 1 byte kind, 8 bytes length (most
//! significant first), and so many bytes. Kinds: 1 a parcel; 2 a sealed file's list (32 bytes name,
//! 8 bytes length, 32 bytes a piece); 3 a piece (32 bytes name, 8 bytes number, the piece); 0, the
//! last one, the SHA-256 of all bytes before this frame. Each frame is taken for itself, so that
//! half a file brings what is whole in it, and a file brought twice changes nothing.

use std::io::{self, Read, Write};

use model::digest::{Digest, Digester};

use crate::attachment::{MAX_SIZE, PIECE, piece_count, sealed_size};
use crate::parcel;

const HEAD: &[u8] = b"lienket carried 1\n";
const END: u8 = 0;
const PARCEL: u8 = 1;
const LIST: u8 = 2;
const PIECE_KIND: u8 = 3;
const HASH: usize = 32;
const NUMBER: usize = 8;
/// A list has at most so many pieces (512 GiB).
pub const MAX_PIECES: usize = 1 << 19;

/// A part of a carried file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// A parcel.
    Parcel(Vec<u8>),
    /// A sealed file that comes, or a part of it.
    List {
        /// Its name.
        name: Digest,
        /// Its length.
        sealed: u64,
        /// The hashes of its pieces.
        pieces: Vec<Digest>,
    },
    /// A piece of a sealed file.
    Piece {
        /// The file's name.
        name: Digest,
        /// Which piece.
        number: u64,
        /// Its bytes.
        bytes: Vec<u8>,
    },
}

/// Why a carried file cannot be read on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CarriedError {
    /// It does not begin as one.
    #[error("it is no carried file")]
    Head,
    /// It ends in the middle.
    #[error("it is cut off")]
    Cut,
    /// A frame of another kind, or one that is too long or not of its form.
    #[error("a frame of it is none")]
    Frame,
    /// It was changed on its way.
    #[error("it was changed")]
    Changed,
    /// It cannot be read or written.
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl CarriedError {
    /// Stable snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            CarriedError::Head => "carried_head",
            CarriedError::Cut => "carried_cut",
            CarriedError::Frame => "carried_frame",
            CarriedError::Changed => "carried_changed",
            CarriedError::Io(_) => "carried_io",
        }
    }

    /// What the texts are about: the system's words.
    pub fn value(&self) -> String {
        self.to_string()
    }

    /// All codes of this module, for the check that each has its texts.
    pub const CODES: &[&str] =
        &["carried_head", "carried_cut", "carried_frame", "carried_changed", "carried_io"];
}

/// Writes a carried file.
pub struct Writer<W> {
    to: W,
    digester: Digester,
}

impl<W: Write> Writer<W> {
    /// Begins a file.
    pub fn new(to: W) -> Result<Writer<W>, CarriedError> {
        let mut writer = Writer { to, digester: Digester::default() };
        writer.put(HEAD)?;
        Ok(writer)
    }

    /// Adds a frame.
    pub fn add(&mut self, frame: &Frame) -> Result<(), CarriedError> {
        match frame {
            Frame::Parcel(bytes) => self.frame(PARCEL, &[bytes]),
            Frame::List { name, sealed, pieces } => {
                let pieces: Vec<u8> = pieces.iter().flat_map(|piece| piece.0).collect();
                self.frame(LIST, &[&name.0, &sealed.to_be_bytes(), &pieces])
            }
            Frame::Piece { name, number, bytes } => {
                self.frame(PIECE_KIND, &[&name.0, &number.to_be_bytes(), bytes])
            }
        }
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<W, CarriedError> {
        let digest = std::mem::take(&mut self.digester).finish();
        self.frame(END, &[&digest.0])?;
        self.to.flush()?;
        Ok(self.to)
    }

    fn frame(&mut self, kind: u8, parts: &[&[u8]]) -> Result<(), CarriedError> {
        let length: usize = parts.iter().map(|part| part.len()).sum();
        self.put(&[kind])?;
        self.put(&(length as u64).to_be_bytes())?;
        parts.iter().try_for_each(|part| self.put(part))
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), CarriedError> {
        self.digester.update(bytes);
        Ok(self.to.write_all(bytes)?)
    }
}

/// Reads a carried file, frame by frame.
pub struct Reader<R> {
    from: R,
    digester: Option<Digester>,
}

impl<R: Read> Reader<R> {
    /// Begins to read.
    pub fn new(mut from: R) -> Result<Reader<R>, CarriedError> {
        let mut head = [0; HEAD.len()];
        fill(&mut from, &mut head).map_err(|error| match error {
            CarriedError::Cut => CarriedError::Head,
            other => other,
        })?;
        if head != HEAD {
            return Err(CarriedError::Head);
        }
        let mut digester = Digester::default();
        digester.update(&head);
        Ok(Reader { from, digester: Some(digester) })
    }

    /// The next frame; `None` once the file has ended as it has to.
    pub fn next_frame(&mut self) -> Result<Option<Frame>, CarriedError> {
        let Some(mut digester) = self.digester.take() else { return Ok(None) };
        let mut head = [0; 1 + NUMBER];
        fill(&mut self.from, &mut head)?;
        let [kind, length @ ..] = head;
        let length =
            usize::try_from(u64::from_be_bytes(length)).map_err(|_| CarriedError::Frame)?;
        let most = match kind {
            END => HASH,
            PARCEL => parcel::MAX_BYTES,
            LIST => HASH + NUMBER + HASH * MAX_PIECES,
            PIECE_KIND => HASH + NUMBER + PIECE,
            _ => return Err(CarriedError::Frame),
        };
        if length > most {
            return Err(CarriedError::Frame);
        }
        // Memory grows with what comes, not with what is claimed.
        let mut bytes = Vec::new();
        (&mut self.from).take(length as u64).read_to_end(&mut bytes)?;
        if bytes.len() < length {
            return Err(CarriedError::Cut);
        }
        if kind == END {
            let is_whole = bytes == digester.finish().0;
            let mut more = [0; 1];
            let is_last = self.from.read(&mut more)? == 0;
            return if is_whole && is_last { Ok(None) } else { Err(CarriedError::Changed) };
        }
        digester.update(&head);
        digester.update(&bytes);
        self.digester = Some(digester);
        frame(kind, bytes).map(Some).ok_or(CarriedError::Frame)
    }
}

fn frame(kind: u8, bytes: Vec<u8>) -> Option<Frame> {
    if kind == PARCEL {
        return Some(Frame::Parcel(bytes));
    }
    let (name, rest) = bytes.split_first_chunk::<HASH>()?;
    let (number, rest) = rest.split_first_chunk::<NUMBER>()?;
    let (name, number) = (Digest(*name), u64::from_be_bytes(*number));
    if kind == PIECE_KIND {
        return Some(Frame::Piece { name, number, bytes: rest.to_vec() });
    }
    let (pieces, []) = rest.as_chunks::<HASH>() else { return None };
    let pieces: Vec<Digest> = pieces.iter().map(|piece| Digest(*piece)).collect();
    let fits = sealed_size(MAX_SIZE).is_some_and(|most| number <= most)
        && piece_count(number) == pieces.len() as u64;
    fits.then_some(Frame::List { name, sealed: number, pieces })
}

fn fill(from: &mut impl Read, bytes: &mut [u8]) -> Result<(), CarriedError> {
    from.read_exact(bytes).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => CarriedError::Cut,
        _ => CarriedError::Io(error),
    })
}
