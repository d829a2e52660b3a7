//! SHA-512 of many messages: by our own kernel eight at once, where the machine has one.

use sha2::{Digest, Sha512};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::curve::kernel;

/// A digest.
pub(crate) type Wide = [u8; 64];

/// What SHA-512 reads at once.
const BLOCK: usize = 128;
/// Fewer messages are hashed one after the other: eight lanes are not worth it.
const LEAST: usize = 3;

/// Messages, one behind the other; they may hold secrets.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(crate) struct Messages {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    is_after_zeros: bool,
}

impl Messages {
    /// None yet; there is room for so many of so many bytes.
    pub(crate) fn new(count: usize, bytes: usize) -> Messages {
        Messages::with(count, bytes, false)
    }

    /// The same; a block of zeros goes before each.
    pub(crate) fn after_zeros(count: usize, bytes: usize) -> Messages {
        Messages::with(count, bytes, true)
    }

    fn with(count: usize, bytes: usize, is_after_zeros: bool) -> Messages {
        let (bytes, ends) = (Vec::with_capacity(count * bytes), Vec::with_capacity(count));
        Messages { bytes, ends, is_after_zeros }
    }

    /// One message more, of its parts and what ends it.
    pub(crate) fn push(&mut self, parts: &[&[u8]], end: &[&[u8]]) {
        parts.iter().chain(end).for_each(|part| self.bytes.extend_from_slice(part));
        self.ends.push(self.bytes.len());
    }

    /// Their digests.
    pub(crate) fn digests(&self) -> Vec<Wide> {
        let mut first = 0;
        let each =
            self.ends.iter().map(|end| &self.bytes[std::mem::replace(&mut first, *end)..*end]);
        let messages: Vec<&[u8]> = each.collect();
        if let Some(wide) = kernel().filter(|_| messages.len() >= LEAST) {
            return wide.digests(&messages, self.is_after_zeros);
        }
        let zeros: &[u8] = if self.is_after_zeros { &[0; BLOCK] } else { &[] };
        let start = Sha512::new_with_prefix(zeros);
        messages
            .iter()
            .map(|message| start.clone().chain_update(message).finalize().into())
            .collect()
    }
}
