//! The suite OPRF(ristretto255, SHA-512): its names, and its hashes to elements and scalars.
//!
//! Source: RFC 9497 sections 3.1 and 4.1; expand_message_xmd from RFC 9380 section 5.3.1. Of the
//! three modes POPRF is left out: nothing here needs a public part of the input.

use curve25519_dalek::scalar::Scalar;

use crate::hash::{Messages, Wide};

/// An input of the function has at most so many bytes.
pub const MAX_INPUT: usize = u16::MAX as usize;
/// So many are hashed together: few enough for the nearer caches.
pub(crate) const TOGETHER: usize = 256;
/// Most messages have at most so many bytes.
const USUAL: usize = 256;

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

    /// `HashToGroup` before the one-way map: what is mapped to elements, of each input.
    pub(crate) fn uniform<I: AsRef<[u8]>>(self, inputs: &[I]) -> Vec<Wide> {
        let mut all = Vec::with_capacity(inputs.len());
        for part in inputs.chunks(TOGETHER) {
            let mut messages = Expanded::new(&[b"HashToGroup-", &self.context()], part.len());
            part.iter().for_each(|input| messages.push(&[input.as_ref()]));
            all.append(&mut messages.digests());
        }
        all
    }

    /// `HashToScalar`, of parts that stand one after the other.
    pub(crate) fn scalar(self, input: &[&[u8]]) -> Scalar {
        self.scalar_under(b"HashToScalar-", input)
    }

    /// `HashToScalar` under a name of its own.
    pub(crate) fn scalar_under(self, name: &[u8], input: &[&[u8]]) -> Scalar {
        let mut messages = Expanded::new(&[name, &self.context()], 1);
        messages.push(input);
        Scalar::from_bytes_mod_order_wide(&messages.digests()[0])
    }

    /// What many inputs are expanded under to be hashed to scalars.
    pub(crate) fn scalars(self, count: usize) -> Expanded {
        Expanded::new(&[b"HashToScalar-", &self.context()], count)
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

/// `expand_message_xmd` with SHA-512 for 64 bytes, which is one block of output, of many messages.
pub(crate) struct Expanded {
    messages: Messages,
    /// The name that all are expanded under, and its length.
    name: Vec<u8>,
}

impl Expanded {
    fn new(name: &[&[u8]], count: usize) -> Expanded {
        let mut name = name.concat();
        name.push(name.len() as u8);
        Expanded { messages: Messages::after_zeros(count, USUAL), name }
    }

    /// One message more, of its parts.
    pub(crate) fn push(&mut self, message: &[&[u8]]) {
        self.messages.push(message, &[&[0, 64, 0], &self.name]);
    }

    /// What they are expanded to.
    pub(crate) fn digests(&self) -> Vec<Wide> {
        let first = self.messages.digests();
        let mut messages = Messages::new(first.len(), USUAL);
        first.iter().for_each(|digest| messages.push(&[digest], &[&[1], &self.name]));
        messages.digests()
    }
}
