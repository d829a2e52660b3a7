//! Files ports for files that no disk here holds twice: a sender that seals a piece once more
//! whenever it is asked for, and a receiver that keeps nothing but what came and how often.
//!
//! The exchange itself is the real one: it has checked each piece against its hash before a port
//! sees it.

use std::collections::BTreeMap;
use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::sync::{Mutex, MutexGuard, PoisonError};

use aes_gcm::aead::{Aead as _, Payload};
use aes_gcm::{Aes256Gcm, KeyInit as _};
use envelope::attachment::{Attachment, PIECE};
use envelope::stream::{CHUNK, TAG};
use model::digest::Digest;
use node::port::PortError;
use node::port::record::Blobs;

const CHUNKS: u64 = (PIECE / (CHUNK + TAG)) as u64;

/// The sender's port: the file itself is there, its sealed form never.
pub(super) struct SealedAnew {
    file: File,
    /// Its key and length, once it was sealed.
    sealed: Mutex<Option<(Aes256Gcm, u64)>>,
}

impl SealedAnew {
    pub(super) fn new(file: File) -> SealedAnew {
        SealedAnew { file, sealed: Mutex::default() }
    }

    /// From now on pieces can be read.
    pub(super) fn open(&self, attachment: &Attachment) {
        let cipher = Aes256Gcm::new((&attachment.key).into());
        *lock(&self.sealed) = Some((cipher, attachment.size));
    }

    /// Source: `docs/format.md`, section 5.
    fn chunk(&self, number: u64) -> std::io::Result<Vec<u8>> {
        let sealed = lock(&self.sealed);
        let (cipher, size) = sealed.as_ref().ok_or(std::io::ErrorKind::NotFound)?;
        let first = number * CHUNK as u64;
        let length = size.saturating_sub(first).min(CHUNK as u64);
        let mut bytes = vec![0; usize::try_from(length).unwrap_or(CHUNK)];
        self.file.read_exact_at(&mut bytes, first)?;
        let mut nonce = [0; 12];
        let counted = u32::try_from(number).map_err(std::io::Error::other)?.to_be_bytes();
        nonce.iter_mut().skip(7).zip(counted).for_each(|(slot, byte)| *slot = byte);
        nonce[11] = u8::from(first + length == *size);
        let sealed = cipher.encrypt((&nonce).into(), Payload { msg: &bytes, aad: &[] });
        sealed.map_err(|_| std::io::Error::other("it is not sealed"))
    }
}

impl Blobs for SealedAnew {
    fn write(&self, _: &Digest, _: u64, _: &[u8]) -> Result<(), PortError> {
        Err(failed("write", &"nobody sends us files"))
    }

    fn sync(&self, _: &Digest) -> Result<(), PortError> {
        Ok(())
    }

    fn read(&self, _: &Digest, piece: u64, size: usize) -> Result<Vec<u8>, PortError> {
        let mut bytes = Vec::with_capacity(size);
        for number in (0..CHUNKS).take(size.div_ceil(CHUNK + TAG)) {
            let chunk = self.chunk(piece * CHUNKS + number);
            bytes.extend(chunk.map_err(|error| failed("read", &error))?);
        }
        Ok(bytes)
    }

    fn remove(&self, _: &Digest) -> Result<(), PortError> {
        Ok(())
    }

    fn seal(
        &self,
        pieces: &mut dyn FnMut() -> Result<Option<Vec<u8>>, PortError>,
    ) -> Result<u64, PortError> {
        while pieces()?.is_some() {}
        Ok(0)
    }

    fn settle(&self, _: u64, _: &Digest) -> Result<(), PortError> {
        Ok(())
    }
}

/// The receiver's port: how often each piece came, and nothing else.
#[derive(Default)]
pub(super) struct Counted {
    came: Mutex<BTreeMap<u64, u32>>,
}

impl Counted {
    /// How many pieces came, and how many of them once more.
    pub(super) fn pieces(&self) -> (u64, u64) {
        let came = lock(&self.came);
        let again = came.values().map(|times| u64::from(*times) - 1).sum();
        (came.len() as u64, again)
    }
}

impl Blobs for Counted {
    fn write(&self, _: &Digest, piece: u64, _: &[u8]) -> Result<(), PortError> {
        *lock(&self.came).entry(piece).or_default() += 1;
        Ok(())
    }

    fn sync(&self, _: &Digest) -> Result<(), PortError> {
        Ok(())
    }

    fn read(&self, _: &Digest, _: u64, _: usize) -> Result<Vec<u8>, PortError> {
        Err(failed("read", &"nothing is kept here"))
    }

    fn remove(&self, _: &Digest) -> Result<(), PortError> {
        Ok(())
    }

    fn seal(
        &self,
        _: &mut dyn FnMut() -> Result<Option<Vec<u8>>, PortError>,
    ) -> Result<u64, PortError> {
        Err(failed("seal", &"nothing is kept here"))
    }

    fn settle(&self, _: u64, _: &Digest) -> Result<(), PortError> {
        Err(failed("settle", &"nothing is kept here"))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn failed(operation: &'static str, cause: &dyn std::fmt::Display) -> PortError {
    PortError { operation, object: "a sealed file".to_owned(), cause: cause.to_string() }
}
