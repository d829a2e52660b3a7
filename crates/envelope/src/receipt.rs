//! Receipts: what became of a message, signed by the agency that it was sent to.
//!
//! Bytes: a CBOR list of 0 the receipt as bytes, 1 the Ed25519 signature over
//! `lienket/lk1/receipt`, a newline, and the receipt. A message gets at most one answer of each
//! kind; only `accepted` and `rejected` are made by the node itself.

use ed25519_dalek::{Signature, VerifyingKey};
use minicbor::{Decode, Encode};
use model::digest::Digest;
use model::time::Timestamp;

use crate::card::AgencyId;
use crate::cbor::{self, CborError, digest, time};
use crate::envelope::MessageId;

/// A receipt has at most so many bytes.
pub const MAX_BYTES: usize = 4_096;
/// A code has at most so many bytes.
const MAX_CODE: usize = 60;
/// A text has at most so many bytes.
pub const MAX_TEXT: usize = 1_000;
const SIGNED: &[u8] = b"lienket/lk1/receipt\n";

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Receipt {
    /// What.
    #[n(0)]
    pub kind: ReceiptKind,
    /// Which message.
    #[n(1)]
    pub message: MessageId,
    /// Its digest in the record: a receipt is for these bytes and no others.
    #[cbor(n(2), with = "digest")]
    pub envelope: Digest,
    /// Who says so.
    #[n(3)]
    pub from: AgencyId,
    /// To whom.
    #[n(4)]
    pub to: AgencyId,
    /// When, by the receiver's clock.
    #[cbor(n(5), with = "time")]
    pub at: Timestamp,
    /// Why it was rejected, as a stable code.
    #[n(6)]
    pub code: Option<String>,
    /// Which role opened it, or what the answer is.
    #[n(7)]
    pub text: Option<String>,
}

/// What can become of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum ReceiptKind {
    /// It lies in the inbox, on disk.
    #[n(0)]
    Accepted,
    /// It was refused.
    #[n(1)]
    Rejected,
    /// Somebody in a named role has opened it.
    #[n(2)]
    Opened,
    /// It was dealt with.
    #[n(3)]
    Handled,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
struct Wire {
    #[cbor(n(0), with = "minicbor::bytes")]
    receipt: Vec<u8>,
    #[cbor(n(1), with = "minicbor::bytes")]
    signature: [u8; 64],
}

/// A receipt with its signature; whose it is, `check` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedReceipt {
    receipt: Receipt,
    signature: [u8; 64],
}

/// Why bytes are no receipt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReceiptError {
    /// Not of the shape.
    #[error("{0}")]
    Cbor(#[from] CborError),
    /// A refusal without a code, a code without a refusal, or a text that is too long.
    #[error("code and text do not fit the kind")]
    Text,
    /// Not signed by that key.
    #[error("the signature does not hold")]
    Signature,
}

impl Receipt {
    /// What the receiver's signing key signs.
    pub fn message(&self) -> Vec<u8> {
        [SIGNED, &cbor::write(self)].concat()
    }

    /// With its signature.
    pub fn sign(self, signature: [u8; 64]) -> SignedReceipt {
        SignedReceipt { receipt: self, signature }
    }

    fn check(&self) -> Result<(), ReceiptError> {
        let is_code = |code: &str| !code.is_empty() && code.len() <= MAX_CODE;
        let has_code = self.code.as_deref().is_some_and(is_code);
        let is_short = self.text.as_ref().is_none_or(|text| text.len() <= MAX_TEXT);
        let fits = has_code == (self.kind == ReceiptKind::Rejected)
            && has_code == self.code.is_some()
            && is_short;
        if fits { Ok(()) } else { Err(ReceiptError::Text) }
    }
}

impl SignedReceipt {
    /// Reads a receipt; nothing is said yet about who made it.
    pub fn parse(bytes: &[u8]) -> Result<SignedReceipt, ReceiptError> {
        let wire: Wire = cbor::read(bytes, MAX_BYTES)?;
        let receipt: Receipt = cbor::read(&wire.receipt, MAX_BYTES)?;
        receipt.check()?;
        Ok(SignedReceipt { receipt, signature: wire.signature })
    }

    /// Its bytes.
    pub fn write(&self) -> Vec<u8> {
        cbor::write(&Wire { receipt: cbor::write(&self.receipt), signature: self.signature })
    }

    /// What became of the message.
    pub fn receipt(&self) -> &Receipt {
        &self.receipt
    }

    /// What stands for it in the record.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.write())
    }

    /// Whether a signing key made it.
    pub fn check(&self, key: &[u8; 32]) -> Result<(), ReceiptError> {
        let key = VerifyingKey::from_bytes(key).map_err(|_| ReceiptError::Signature)?;
        let signature = Signature::from_bytes(&self.signature);
        let checked = key.verify_strict(&self.receipt.message(), &signature);
        checked.map_err(|_| ReceiptError::Signature)
    }
}
