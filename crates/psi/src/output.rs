//! What the function gives for an identifier: 64 bytes that nobody can guess without its key.
//!
//! Source: RFC 9497 sections 3.3.1 and 3.3.2 (`Finalize`, `Evaluate`). The first half is all that a
//! published set needs: bytes 0–15 place the identifier in it, 16–23 tell whether it is there,
//! 24–31 cover its handle.

use sha2::{Digest, Sha512};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::hash::Messages;
use crate::suite::{TOGETHER, length};

/// An output.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Output([u8; 64]);

/// The half of an output that is looked up; as secret as the identifier itself.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Stem([u8; 32]);

impl Output {
    /// Of inputs and their elements raised by the key.
    pub(crate) fn of<I: AsRef<[u8]>>(inputs: &[I], elements: &[[u8; 32]]) -> Vec<Output> {
        let mut outputs = Vec::with_capacity(inputs.len());
        for (inputs, elements) in inputs.chunks(TOGETHER).zip(elements.chunks(TOGETHER)) {
            let mut messages = Messages::new(inputs.len(), 128);
            for (input, element) in inputs.iter().zip(elements) {
                let input = input.as_ref();
                let sizes = (length(input), length(element));
                messages.push(&[&sizes.0, input, &sizes.1, element], &[b"Finalize"]);
            }
            outputs.extend(messages.digests().into_iter().map(Output));
        }
        outputs
    }

    /// All of it; as secret as the identifier itself.
    pub fn danger_bytes(&self) -> &[u8; 64] {
        &self.0
    }

    /// What is looked up.
    pub fn stem(&self) -> Stem {
        Stem(std::array::from_fn(|place| self.0[place]))
    }
}

impl Stem {
    /// One that was kept.
    pub fn from_bytes(bytes: [u8; 32]) -> Stem {
        Stem(bytes)
    }

    /// To be kept.
    pub fn danger_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Where in a set it would stand.
    pub fn tag(&self) -> [u8; 16] {
        self.part(0)
    }

    /// What tells that it stands there.
    pub(crate) fn check(&self) -> [u8; 8] {
        self.part(16)
    }

    /// What covers its handle: a handle is one and the same as long as the key is, so that two
    /// handles are never covered by one mask.
    pub(crate) fn cover(&self, handle: [u8; 8]) -> [u8; 8] {
        let mask: [u8; 8] = self.part(24);
        std::array::from_fn(|place| mask[place] ^ handle[place])
    }

    fn part<const N: usize>(&self, first: usize) -> [u8; N] {
        std::array::from_fn(|place| self.0[first + place])
    }
}

/// The handle under which a publisher finds his own case again: of an identifier's input, by a
/// secret of the epoch; whoever does not know that learns nothing from it.
pub fn handle(secret: &[u8; 32], input: &[u8]) -> [u8; 8] {
    let mut hash = Sha512::new_with_prefix(b"lienket/match/v1/handle");
    hash.update(secret);
    hash.update(input);
    let whole: [u8; 64] = hash.finalize().into();
    std::array::from_fn(|place| whole[place])
}
