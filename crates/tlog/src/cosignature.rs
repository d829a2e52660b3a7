//! Cosignatures: a partner, or a witness, says that he saw a log at some length, that it only grew
//! until then, and when.
//!
//! Source: C2SP tlog-cosignature. A cosignature is eight bytes of time (seconds since 1970, most
//! significant first), then the signature: Ed25519 over the lines `cosignature/v1`, `time N` and
//! the text; or ML-DSA-44 (FIPS 204) over label, name, time, origin, first and last leaf, and root.

use crate::checkpoint::Checkpoint;

/// What ML-DSA-44 signs begins with this.
const LABEL: &[u8; 12] = b"subtree/v1\n\0";
const TIME_BYTES: usize = 8;

/// When somebody signed, and what the scheme makes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosignature {
    /// Seconds since 1970, by the signer's clock.
    pub at: u64,
    /// Ed25519: 64 bytes; ML-DSA-44: 2,420.
    pub signature: Vec<u8>,
}

impl Cosignature {
    /// Reads a note's signature.
    pub fn parse(bytes: &[u8]) -> Option<Cosignature> {
        let (at, signature) = bytes.split_first_chunk::<TIME_BYTES>()?;
        let at = u64::from_be_bytes(*at);
        (at <= i64::MAX as u64).then(|| Cosignature { at, signature: signature.to_owned() })
    }

    /// As a note's signature.
    pub fn write(&self) -> Vec<u8> {
        [self.at.to_be_bytes().as_slice(), &self.signature].concat()
    }
}

/// What Ed25519 signs.
pub fn ed25519_message(text: &str, at: u64) -> Vec<u8> {
    format!("cosignature/v1\ntime {at}\n{text}").into_bytes()
}

/// What ML-DSA-44 signs; `None`: a name that is too long.
pub fn ml_dsa_message(name: &str, checkpoint: &Checkpoint, at: u64) -> Option<Vec<u8>> {
    let mut message = LABEL.to_vec();
    let named = |message: &mut Vec<u8>, name: &str| {
        message.push(u8::try_from(name.len()).ok()?);
        message.extend(name.as_bytes());
        Some(())
    };
    named(&mut message, name)?;
    message.extend(at.to_be_bytes());
    named(&mut message, &checkpoint.origin)?;
    message.extend(0_u64.to_be_bytes());
    message.extend(checkpoint.size.to_be_bytes());
    message.extend(checkpoint.root.0);
    Some(message)
}
