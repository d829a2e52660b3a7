//! An entry: what one leaf of a record stands for.
//!
//! A leaf's data is one byte that says the kind, then 32 bytes: the digest of what was signed. So a
//! receipt can never be shown as an envelope, and a content can be erased while its leaf stays.

use minicbor::{Decode, Encode};
use model::digest::Digest;

use crate::card::{CardError, SignedCard};
use crate::envelope::{self, Envelope, EnvelopeError};
use crate::receipt::{ReceiptError, SignedReceipt};

/// An entry has at most so many bytes: an envelope is the largest.
pub const MAX_BYTES: usize = envelope::MAX_BYTES;

/// What can lie in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum EntryKind {
    /// A message.
    #[n(0)]
    Envelope,
    /// What became of a message that came the other way.
    #[n(1)]
    Receipt,
    /// The writer's own card, from now on.
    #[n(2)]
    Card,
}

/// Something that lies in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A message.
    Envelope(Box<Envelope>),
    /// What became of a message that came the other way.
    Receipt(Box<SignedReceipt>),
    /// The writer's own card, from now on.
    Card(Box<SignedCard>),
}

/// Why bytes are no entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EntryError {
    /// No envelope.
    #[error("{0}")]
    Envelope(#[from] EnvelopeError),
    /// No receipt.
    #[error("{0}")]
    Receipt(#[from] ReceiptError),
    /// No card.
    #[error("{0}")]
    Card(#[from] CardError),
}

impl EntryKind {
    /// The byte that stands for it.
    pub fn byte(self) -> u8 {
        match self {
            EntryKind::Envelope => 0,
            EntryKind::Receipt => 1,
            EntryKind::Card => 2,
        }
    }

    /// The kind of a byte.
    pub fn of(byte: u8) -> Option<EntryKind> {
        [EntryKind::Envelope, EntryKind::Receipt, EntryKind::Card].into_iter().nth(byte.into())
    }

    /// The data of the leaf that bytes stand under which are no entry of this kind and never will
    /// be: whoever signed the leaf has signed that. `None`: they are an entry, or may be one that
    /// was changed on the way.
    pub fn leaf_of_unreadable(self, bytes: &[u8]) -> Option<[u8; 33]> {
        if Entry::parse(self, bytes).is_ok() {
            return None;
        }
        let digest = match self {
            EntryKind::Envelope => envelope::digest_of_unreadable(bytes)?,
            EntryKind::Receipt | EntryKind::Card => Digest::of(bytes),
        };
        Some(self.leaf(&digest))
    }

    /// The data of the leaf that stands for something of this kind.
    pub fn leaf(self, digest: &Digest) -> [u8; 33] {
        let mut data = [self.byte(); 33];
        data.iter_mut().skip(1).zip(digest.0).for_each(|(slot, byte)| *slot = byte);
        data
    }
}

impl Entry {
    /// Reads an entry of a kind; nothing is said yet about who made it.
    pub fn parse(kind: EntryKind, bytes: &[u8]) -> Result<Entry, EntryError> {
        Ok(match kind {
            EntryKind::Envelope => Entry::Envelope(Box::new(Envelope::parse(bytes)?)),
            EntryKind::Receipt => Entry::Receipt(Box::new(SignedReceipt::parse(bytes)?)),
            EntryKind::Card => Entry::Card(Box::new(SignedCard::parse(bytes)?)),
        })
    }

    /// Its kind.
    pub fn kind(&self) -> EntryKind {
        match self {
            Entry::Envelope(_) => EntryKind::Envelope,
            Entry::Receipt(_) => EntryKind::Receipt,
            Entry::Card(_) => EntryKind::Card,
        }
    }

    /// The data of the leaf that stands for it.
    pub fn leaf(&self) -> [u8; 33] {
        let digest = match self {
            Entry::Envelope(envelope) => envelope.digest(),
            Entry::Receipt(receipt) => receipt.digest(),
            Entry::Card(card) => card.digest().0,
        };
        self.kind().leaf(&digest)
    }

    /// Its bytes.
    pub fn write(&self) -> Vec<u8> {
        match self {
            Entry::Envelope(envelope) => envelope.write(),
            Entry::Receipt(receipt) => receipt.write(),
            Entry::Card(card) => card.bytes().to_vec(),
        }
    }
}
