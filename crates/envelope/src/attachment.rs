//! Files: sealed in chunks under a key of their own, carried in pieces that can be checked one by
//! one, so that a cut line costs one piece and memory never holds the file.
//!
//! A blob is the sealed file. Its pieces have `PIECE` bytes but for the last one; its name is the
//! hash over its length and the hashes of its pieces.

use minicbor::{Decode, Encode};
use model::digest::Digest;
use sha2::{Digest as _, Sha256};

use crate::cbor::digest;
use crate::stream::{CHUNK, TAG};

/// A piece is sixteen sealed chunks.
pub const PIECE: usize = 16 * (CHUNK + TAG);
/// A file has at most so many bytes: chunks are counted with 32 bits.
pub const MAX_SIZE: u64 = (u32::MAX as u64 - 1) * CHUNK as u64;
/// A file's name has at most so many bytes.
const MAX_NAME: usize = 255;
const NAMED: &[u8] = b"lienket/lk1/blob\n";

/// A file that goes with a message.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Attachment {
    /// Its name, without folders.
    #[n(0)]
    pub name: String,
    /// Its length.
    #[n(1)]
    pub size: u64,
    /// Its own digest.
    #[cbor(n(2), with = "digest")]
    pub sha256: Digest,
    /// The key it is sealed under.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub key: [u8; 32],
    /// The name of the sealed file.
    #[cbor(n(4), with = "digest")]
    pub blob: Digest,
}

impl Attachment {
    /// Whether it has a name that any system takes and that leads nowhere else.
    pub fn is_named(&self) -> bool {
        is_name(&self.name)
    }
}

/// Whether a file may be called so: any system takes it, and it leads nowhere else.
pub fn is_name(name: &str) -> bool {
    let is_bad = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
    !name.is_empty()
        && name.len() <= MAX_NAME
        && !name.starts_with('.')
        && !name.ends_with(['.', ' '])
        && !name.contains(is_bad)
}

/// How long the sealed form of a file of some length is; `None`: too long.
pub fn sealed_size(size: u64) -> Option<u64> {
    let chunks = size.div_ceil(CHUNK as u64).max(1);
    // In this order: who claims the largest size must not make a sum overflow.
    (size <= MAX_SIZE).then(|| size + chunks * TAG as u64)
}

/// How many pieces a blob of some length has.
pub fn piece_count(sealed: u64) -> u64 {
    sealed.div_ceil(PIECE as u64)
}

/// How long a piece of a blob is; `None`: there is no such piece.
pub fn piece_size(sealed: u64, piece: u64) -> Option<usize> {
    let first = piece.checked_mul(PIECE as u64).filter(|first| *first < sealed)?;
    usize::try_from((sealed - first).min(PIECE as u64)).ok()
}

/// The name of a blob, from the hashes of its pieces in their order.
pub fn blob_name(sealed: u64, pieces: &[Digest]) -> Digest {
    let mut hash = Sha256::new().chain_update(NAMED).chain_update(sealed.to_be_bytes());
    pieces.iter().for_each(|piece| hash.update(piece.0));
    Digest(hash.finalize().into())
}
