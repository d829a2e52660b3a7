//! A sealed file on the line: how long it is, and the hashes of its pieces.
//!
//! Bytes: the sealed length (8, big-endian), then 32 bytes a piece. Whether the name fits them is
//! for the host to see.

use envelope::attachment::piece_count;
use model::digest::Digest;

/// A file of more pieces (512 GiB) goes another way: its list would be longer than a parcel, and a
/// list is held in memory.
pub const MAX_PIECES: u64 = 1 << 19;
/// A list has at most so many bytes.
pub const MAX_BYTES: usize = LENGTH + HASH * MAX_PIECES as usize;
const LENGTH: usize = 8;
const HASH: usize = 32;

/// The pieces of a sealed file. There are as many as its length says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pieces {
    sealed: u64,
    hashes: Vec<Digest>,
}

/// Why bytes are no list of pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PiecesError {
    /// Empty, or longer than goes over the line.
    #[error("a sealed file of {0} bytes does not go over the line")]
    Size(u64),
    /// Other than the length says.
    #[error("the list of pieces does not fit the length")]
    Count,
}

impl Pieces {
    /// The pieces of a file of that sealed length.
    pub fn new(sealed: u64, hashes: Vec<Digest>) -> Result<Pieces, PiecesError> {
        let count = piece_count(sealed);
        if !(1..=MAX_PIECES).contains(&count) {
            return Err(PiecesError::Size(sealed));
        }
        if hashes.len() as u64 != count {
            return Err(PiecesError::Count);
        }
        Ok(Pieces { sealed, hashes })
    }

    /// Reads a list.
    pub fn parse(bytes: &[u8]) -> Result<Pieces, PiecesError> {
        let (length, rest) = bytes.split_first_chunk::<LENGTH>().ok_or(PiecesError::Count)?;
        let (hashes, []) = rest.as_chunks::<HASH>() else {
            return Err(PiecesError::Count);
        };
        Pieces::new(u64::from_be_bytes(*length), hashes.iter().map(|hash| Digest(*hash)).collect())
    }

    /// Its bytes.
    pub fn write(&self) -> Vec<u8> {
        let hashes = self.hashes.iter().flat_map(|hash| hash.0);
        self.sealed.to_be_bytes().into_iter().chain(hashes).collect()
    }

    /// The sealed length.
    pub fn sealed(&self) -> u64 {
        self.sealed
    }

    /// The hashes of the pieces, in their order.
    pub fn hashes(&self) -> &[Digest] {
        &self.hashes
    }
}

#[cfg(test)]
mod tests {
    use envelope::attachment::PIECE;

    use super::*;

    #[test]
    fn there_are_as_many_pieces_as_the_length_says() {
        let piece = PIECE as u64;
        let hash = Digest([7; 32]);
        for (sealed, count) in [(1, 1), (piece, 1), (piece + 1, 2), (5 * piece, 5)] {
            let pieces = Pieces::new(sealed, vec![hash; count]).unwrap();
            let bytes = pieces.write();
            assert_eq!(Pieces::parse(&bytes), Ok(pieces));
            for cut in 0..bytes.len() {
                assert_eq!(Pieces::parse(&bytes[..cut]), Err(PiecesError::Count));
            }
        }
        assert_eq!(Pieces::new(0, Vec::new()), Err(PiecesError::Size(0)));
        assert_eq!(Pieces::parse(&[0xff; 40]), Err(PiecesError::Size(u64::MAX)));
        let most = MAX_PIECES * piece;
        assert_eq!(Pieces::new(most + 1, vec![hash]), Err(PiecesError::Size(most + 1)));
        assert_eq!(Pieces::new(most, vec![hash]), Err(PiecesError::Count));
    }
}
