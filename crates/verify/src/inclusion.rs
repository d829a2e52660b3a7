//! Where in a record something lies, as lines of text: a program in any language reads it.
//!
//! Lines: the record's name, the place of the leaf, the size of the record, then the hashes of the
//! proof from the leaf up, in hexadecimal.

use model::digest::Digest;
use tlog::proof::MAX_HASHES;

/// A proof has at most so many bytes.
pub const MAX_BYTES: usize = 256 + MAX_HASHES * 65;

/// Where in a record something lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inclusion {
    /// The record's name.
    pub record: String,
    /// The place of the leaf, from 0.
    pub index: u64,
    /// How many leaves the record has at its checkpoint.
    pub size: u64,
    /// The hashes beside its way up (RFC 6962).
    pub hashes: Vec<Digest>,
}

impl Inclusion {
    /// Reads a proof, of which there is one way to write it.
    pub fn parse(bytes: &[u8]) -> Option<Inclusion> {
        let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= MAX_BYTES)?;
        let mut lines = text.lines();
        let record = lines.next()?.to_owned();
        let index = lines.next()?.parse().ok()?;
        let size = lines.next()?.parse().ok()?;
        let hashes: Option<Vec<Digest>> = lines.map(|line| Digest::parse(line).ok()).collect();
        let inclusion = Inclusion { record, index, size, hashes: hashes? };
        let fits = inclusion.hashes.len() <= MAX_HASHES && inclusion.write().as_bytes() == bytes;
        fits.then_some(inclusion)
    }

    /// As it is written.
    pub fn write(&self) -> String {
        let Inclusion { record, index, size, hashes } = self;
        let hashes: String = hashes.iter().map(|hash| format!("{hash}\n")).collect();
        format!("{record}\n{index}\n{size}\n{hashes}")
    }
}
