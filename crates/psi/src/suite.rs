//! The suite OPRF(ristretto255, SHA-512): its names, and its hashes to elements and scalars.
//!
//! Source: RFC 9497 sections 3.1 and 4.1; expand_message_xmd from RFC 9380 section 5.3.1. Of the
//! three modes POPRF is left out: nothing here needs a public part of the input.

use curve25519_dalek::scalar::Scalar;
use sha2::{Digest, Sha512};

/// An input of the function has at most so many bytes.
pub const MAX_INPUT: usize = u16::MAX as usize;
/// What SHA-512 reads at once.
const BLOCK: usize = 128;

/// What the two sides do: the same function under two names, so that an answer of one mode is worth
/// nothing in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Nothing proves which key was used.
    Oprf = 0,
    /// Every answer proves that it was the key that was published.
    Voprf = 1,
}

impl Mode {
    /// `contextString`, section 3.1.
    fn context(self) -> [u8; 28] {
        let mut context = *b"OPRFV1-\0-ristretto255-SHA512";
        context[7] = self as u8;
        context
    }

    /// `HashToGroup` before the one-way map: what is mapped to an element.
    pub(crate) fn uniform(self, input: &[u8]) -> [u8; 64] {
        expand(&[input], &[b"HashToGroup-", &self.context()])
    }

    /// `HashToScalar`, of parts that stand one after the other.
    pub(crate) fn scalar(self, input: &[&[u8]]) -> Scalar {
        self.scalar_under(b"HashToScalar-", input)
    }

    /// `HashToScalar` under a name of its own.
    pub(crate) fn scalar_under(self, name: &[u8], input: &[&[u8]]) -> Scalar {
        Scalar::from_bytes_mod_order_wide(&expand(input, &[name, &self.context()]))
    }

    /// `"Seed-" || contextString`.
    pub(crate) fn seed_name(self) -> Vec<u8> {
        [b"Seed-".as_slice(), &self.context()].concat()
    }
}

/// `I2OSP(len, 2)`; nothing that is longer comes here.
pub(crate) fn length(bytes: &[u8]) -> [u8; 2] {
    assert!(bytes.len() <= MAX_INPUT, "two bytes hold the length");
    (bytes.len() as u16).to_be_bytes()
}

/// `expand_message_xmd` with SHA-512 for 64 bytes, which is one block of output.
fn expand(message: &[&[u8]], name: &[&[u8]]) -> [u8; 64] {
    let name_length = name.iter().map(|part| part.len()).sum::<usize>() as u8;
    let named = |mut hash: Sha512| {
        name.iter().for_each(|part| hash.update(part));
        hash.update([name_length]);
        hash.finalize()
    };
    let mut hash = Sha512::new_with_prefix([0; BLOCK]);
    message.iter().for_each(|part| hash.update(part));
    hash.update([0, 64, 0]);
    let first = named(hash);
    let mut hash = Sha512::new_with_prefix(first);
    hash.update([1]);
    named(hash).into()
}
