//! Digests of content: SHA-256, written in lower-case hexadecimal.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::Digest as _;

/// The SHA-256 of some bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(pub [u8; 32]);

/// Why a text is no digest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a SHA-256 in 64 hexadecimal digits")]
pub struct DigestError(String);

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(sha2::Sha256::digest(bytes).into())
    }

    /// The digest of several files: over the listing that `sha256sum` prints for them, in the order
    /// in which they are given.
    pub fn of_listing<'n>(files: impl IntoIterator<Item = (&'n str, Digest)>) -> Digest {
        let mut digester = Digester::default();
        for (name, digest) in files {
            digester.update(format!("{digest}  {name}\n").as_bytes());
        }
        digester.finish()
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(raw: &str) -> Result<Digest, DigestError> {
        let error = || DigestError(raw.chars().take(80).collect());
        if raw.len() != 64 || !raw.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(error());
        }
        let mut bytes = [0_u8; 32];
        for (byte, pair) in bytes.iter_mut().zip(raw.as_bytes().chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| error())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| error())?;
        }
        Ok(Digest(bytes))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for Digest {
    type Error = DigestError;
    fn try_from(raw: String) -> Result<Digest, DigestError> {
        Digest::parse(&raw)
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> String {
        digest.to_string()
    }
}

/// Digests content that arrives in pieces.
#[derive(Default)]
pub struct Digester(sha2::Sha256);

impl Digester {
    /// Takes the next piece.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of all pieces.
    pub fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_printed_and_read_back() {
        let digest = Digest::of(b"abc"); // FIPS 180-4, example B.1
        let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(digest.to_string(), text);
        assert_eq!(Digest::parse(text), Ok(digest));
        assert!(Digest::parse("+a7816bf").is_err());
    }

    #[test]
    fn a_listing_is_that_of_sha256sum() {
        let files = [("a.toml", Digest::of(b"a\n")), ("b.toml", Digest::of(b"b\n"))];
        // printf 'a\n' > a.toml; printf 'b\n' > b.toml; sha256sum a.toml b.toml | sha256sum
        let expected = "b36d6f8a9611f0462ce45e68afcea56b7cd4259b03718eac509e53aa63be5284";
        assert_eq!(Digest::of_listing(files).to_string(), expected);
    }
}
