//! Long texts sealed in chunks, so that memory does not grow with them and no chunk can be left
//! out, moved or cut off.
//!
//! Source: Hoang, Reyhanitabar, Rogaway, Vizár: Online authenticated-encryption and its nonce-reuse
//! misuse-resistance (2015), the construction STREAM. AES-256-GCM; the nonce of a chunk is seven
//! zero bytes, its number (four bytes, most significant first), and 1 for the last one, else 0. A
//! key seals one text.

use aes_gcm::aead::{Aead as _, Payload};
use aes_gcm::{Aes256Gcm, KeyInit as _};
use zeroize::Zeroizing;

/// A chunk has so many bytes, but for the last one.
pub const CHUNK: usize = 64 * 1024;
/// So many bytes a chunk grows by.
pub const TAG: usize = 16;

/// The key of one text.
pub type Key = Zeroizing<[u8; 32]>;

/// Why a sealed text does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StreamError {
    /// The chunk was changed, moved or cut, or the key is another's.
    #[error("chunk {0} does not open")]
    Chunk(u32),
    /// Longer than a text can be.
    #[error("too long for one text")]
    Long,
}

/// Seals or opens one text chunk by chunk.
pub struct Stream {
    cipher: Aes256Gcm,
    next: u32,
}

impl Stream {
    /// Stands before the first chunk.
    pub fn new(key: &Key) -> Stream {
        Stream { cipher: Aes256Gcm::new((&**key).into()), next: 0 }
    }

    /// Seals the next chunk; each but the last has `CHUNK` bytes.
    pub fn seal(&mut self, chunk: &[u8], is_last: bool) -> Result<Vec<u8>, StreamError> {
        let nonce = self.nonce(is_last)?;
        let sealed = self.cipher.encrypt((&nonce).into(), Payload { msg: chunk, aad: &[] });
        sealed.map_err(|_| StreamError::Long)
    }

    /// Opens the next chunk.
    pub fn open(&mut self, chunk: &[u8], is_last: bool) -> Result<Vec<u8>, StreamError> {
        let (number, nonce) = (self.next, self.nonce(is_last)?);
        let opened = self.cipher.decrypt((&nonce).into(), Payload { msg: chunk, aad: &[] });
        opened.map_err(|_| StreamError::Chunk(number))
    }

    fn nonce(&mut self, is_last: bool) -> Result<[u8; 12], StreamError> {
        let mut nonce = [0; 12];
        if let Some(number) = nonce.get_mut(7..11) {
            number.copy_from_slice(&self.next.to_be_bytes());
        }
        nonce[11] = u8::from(is_last);
        self.next = self.next.checked_add(1).ok_or(StreamError::Long)?;
        Ok(nonce)
    }
}

/// Seals a text that is in memory.
pub fn seal(key: &Key, text: &[u8]) -> Result<Vec<u8>, StreamError> {
    let mut stream = Stream::new(key);
    let mut sealed = Vec::with_capacity(text.len() + (text.len() / CHUNK + 1) * TAG);
    let mut rest = text;
    loop {
        let (chunk, after) = rest.split_at(rest.len().min(CHUNK));
        sealed.extend(stream.seal(chunk, after.is_empty())?);
        if after.is_empty() {
            return Ok(sealed);
        }
        rest = after;
    }
}

/// Opens a sealed text that is in memory.
pub fn open(key: &Key, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StreamError> {
    let mut stream = Stream::new(key);
    let mut text = Zeroizing::new(Vec::with_capacity(sealed.len()));
    let mut rest = sealed;
    loop {
        let (chunk, after) = rest.split_at(rest.len().min(CHUNK + TAG));
        text.extend(stream.open(chunk, after.is_empty())?);
        if after.is_empty() {
            return Ok(text);
        }
        rest = after;
    }
}
