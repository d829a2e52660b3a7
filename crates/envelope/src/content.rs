//! What an envelope holds: a kind, handling, a text, files. Sealed as a whole, and padded so that
//! its length says little.
//!
//! Source of the padding: Nikitin, Barman, Lueks, Underwood, Hubaux, Ford: Reducing Metadata
//! Leakage from Encrypted Files and Communication with PURBs (2019), the function Padmé: at most
//! 12 % more.

use minicbor::{Decode, Encode};
use model::digest::Digest;
use model::time::Timestamp;
use zeroize::Zeroizing;

use crate::attachment::Attachment;
use crate::cbor::{self, CborError, some_time};
use crate::envelope::MessageId;
use crate::handling::{Handling, HandlingError};

/// A content has at most so many bytes; what is longer goes as an attachment.
pub const MAX_BYTES: usize = 1 << 20;
/// A message has at most so many attachments.
pub const MAX_ATTACHMENTS: usize = 256;
/// A kind has at most so many bytes.
const MAX_KIND: usize = 60;
/// The commitment is a hash over this and the content.
const COMMITTED: &[u8] = b"lienket/lk1/content\n";
/// The content's own length stands before it.
const LENGTH_BYTES: usize = 4;

/// What is told.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Content {
    /// Random: who knows the commitment cannot guess the content, and once the salt is destroyed
    /// nobody can prove it.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub salt: [u8; 32],
    /// `message`, `request`, `match-query` …: what the receiver's node does with it.
    #[n(1)]
    pub kind: String,
    /// What may be done with it.
    #[n(2)]
    pub handling: Handling,
    /// The text, or the bytes that the kind says.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub body: Vec<u8>,
    /// The message that this one answers.
    #[n(4)]
    pub in_reply_to: Option<MessageId>,
    /// When it is worth nothing any more: it goes before what can wait, and is given up then.
    #[cbor(n(5), with = "some_time", has_nil)]
    pub due: Option<Timestamp>,
    /// Files that go with it.
    #[n(6)]
    pub attachments: Vec<Attachment>,
}

/// Why bytes are no content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ContentError {
    /// Not of the shape.
    #[error("{0}")]
    Cbor(#[from] CborError),
    /// A kind that is no word.
    #[error("{0:?} is no kind")]
    Kind(String),
    /// The handling is not whole.
    #[error("{0}")]
    Handling(#[from] HandlingError),
    /// Too many files, or one with a name that is none.
    #[error("attachments are too many or have no proper names")]
    Attachments,
    /// What stands after the content is not padding.
    #[error("the padding is none")]
    Padding,
}

impl Content {
    /// Whether everything is as it has to be.
    pub fn check(&self) -> Result<(), ContentError> {
        let is_kind = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.kind.is_empty() || self.kind.len() > MAX_KIND || !self.kind.chars().all(is_kind) {
            return Err(ContentError::Kind(self.kind.chars().take(MAX_KIND).collect()));
        }
        self.handling.check()?;
        let are_named = self.attachments.iter().all(Attachment::is_named);
        if self.attachments.len() > MAX_ATTACHMENTS || !are_named {
            return Err(ContentError::Attachments);
        }
        Ok(())
    }

    /// Its bytes, without padding.
    pub fn write(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(cbor::write(self))
    }

    /// The bytes that are sealed: length, content, zeros.
    pub fn padded(&self) -> Result<Zeroizing<Vec<u8>>, ContentError> {
        self.check()?;
        let content = self.write();
        if content.len() > MAX_BYTES {
            return Err(CborError::Large(content.len(), MAX_BYTES).into());
        }
        let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
        let mut all = Zeroizing::new(length.to_be_bytes().to_vec());
        all.extend_from_slice(&content);
        let whole = padded(all.len());
        all.resize(whole, 0);
        Ok(all)
    }

    /// Reads what was sealed, and the commitment to it.
    pub fn parse(padded_bytes: &[u8]) -> Result<(Content, Digest), ContentError> {
        let (length, rest) =
            padded_bytes.split_first_chunk::<LENGTH_BYTES>().ok_or(ContentError::Padding)?;
        let length = u32::from_be_bytes(*length) as usize;
        let (bytes, padding) = rest.split_at_checked(length).ok_or(ContentError::Padding)?;
        let is_padding = padded_bytes.len() == padded(LENGTH_BYTES + length)
            && padding.iter().all(|byte| *byte == 0);
        if !is_padding {
            return Err(ContentError::Padding);
        }
        let content: Content = cbor::read(bytes, MAX_BYTES)?;
        content.check()?;
        Ok((content, commitment(bytes)))
    }
}

/// What the sender signs instead of the content.
pub fn commitment(content: &[u8]) -> Digest {
    Digest::of(&[COMMITTED, content].concat())
}

/// The length that something of a length is padded to (Padmé).
fn padded(length: usize) -> usize {
    let exponent = length.max(2).ilog2();
    let free = exponent - (exponent.max(1).ilog2() + 1).min(exponent);
    let mask = (1_usize << free) - 1;
    (length + mask) & !mask
}
