//! What the node needs from outside: time, the durable log, kept files. Floor 5 provides them.

use std::io::{Read, Write};
use std::sync::Arc;

use envelope::card::{
    ML_DSA_44_PUBLIC_BYTES, Revocation, RootKeys, SealingEntry, SigningEntry, TlsEntry,
};
use envelope::envelope::{Envelope, EnvelopeError};
use envelope::stream;
use formats::open::Source;
use model::digest::Digest;
use model::time::Timestamp;
use psi::set::Drawers;

use crate::event::{Event, Recorded};

pub mod record;

/// A failure outside: which operation, on what, and what the system said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{operation} {object}: {cause}")]
pub struct PortError {
    /// What was tried: `read`, `append`, `sync` …
    pub operation: &'static str,
    /// The path or table.
    pub object: String,
    /// The system's words.
    pub cause: String,
}

/// Bytes that stay readable while somebody holds them; usually a file mapped into memory.
pub type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// Writes the content of a file that is being kept.
pub type Fill<'f> = dyn FnMut(&mut dyn Write) -> std::io::Result<()> + 'f;

/// The clock.
pub trait Clock {
    /// This moment.
    fn now(&self) -> Timestamp;
}

/// The event log.
pub trait Journal {
    /// All events from the first.
    fn events(&self) -> Result<Vec<Recorded>, PortError>;

    /// Appends events in one transaction; they are durable when this returns.
    fn append(&self, at: Timestamp, by: &str, events: &[Event])
    -> Result<Vec<Recorded>, PortError>;
}

/// Files that the node keeps: originals by the digest of their content, segments, rejected rows.
pub trait Vault {
    /// Copies a file aside, in the place of the one taken before, and returns its digest and
    /// length. It is kept only by `keep_original`: what is refused leaves nothing behind.
    fn take(&self, source: &dyn Source) -> Result<(Digest, u64), PortError>;

    /// The file copied aside last, with the name it had.
    fn taken(&self, name: &str) -> Result<Box<dyn Source>, PortError>;

    /// Moves the file copied aside last to where its digest says, over a damaged one if need be;
    /// durable when this returns.
    fn keep_original(&self, digest: &Digest) -> Result<(), PortError>;

    /// A file's digest and length, keeping nothing.
    fn digest(&self, source: &dyn Source) -> Result<(Digest, u64), PortError>;

    /// A kept original as it came, with the name it had.
    fn original(&self, digest: &Digest, name: &str) -> Result<Box<dyn Source>, PortError>;

    /// Keeps a segment under the digest of its bytes.
    fn keep_segment(&self, name: &Digest, bytes: &[u8]) -> Result<(), PortError>;

    /// A segment; `None` where it is missing.
    fn segment(&self, name: &Digest) -> Result<Option<Bytes>, PortError>;

    /// Keeps a graph file under a name: `fill` writes it. It is there whole or not at all.
    fn keep_graph(&self, name: &Digest, fill: &mut Fill<'_>) -> Result<(), PortError>;

    /// A graph file; `None` where it is missing.
    fn graph(&self, name: &Digest) -> Result<Option<Bytes>, PortError>;

    /// Removes a graph file; it can be made again at any time.
    fn drop_graph(&self, name: &Digest) -> Result<(), PortError>;

    /// Removes all graph files but these.
    fn keep_only_graphs(&self, names: &[Digest]) -> Result<(), PortError>;

    /// Writes a list of rejected rows under a name; returns where people find it.
    fn keep_rejects(&self, name: &str, bytes: &[u8]) -> Result<String, PortError>;
}

/// Secrets of MATCH under their names: kept sealed, in no backup, gone for good once destroyed.
pub trait Secrets: Send + Sync {
    /// A secret; `None` where there is none.
    fn secret(&self, name: &Digest) -> Result<Option<[u8; 32]>, PortError>;

    /// Keeps a secret; durable when this returns.
    fn keep_secret(&self, name: &Digest, secret: &[u8; 32]) -> Result<(), PortError>;

    /// Destroys a secret, if it is there.
    fn destroy_secret(&self, name: &Digest) -> Result<(), PortError>;
}

/// Published sets, and lists that MATCH needs later, each under the digest of its bytes. None is in
/// a backup: a set comes again, a list is made again.
pub trait Shelf: Send + Sync {
    /// Keeps some bytes; durable when this returns.
    fn keep(&self, name: &Digest, bytes: &[u8]) -> Result<(), PortError>;

    /// Kept bytes; `None` where they are missing.
    fn find(&self, name: &Digest) -> Result<Option<Bytes>, PortError>;

    /// Kept bytes to be read from the first, which memory need not hold; `None` where they are
    /// missing.
    fn read(&self, name: &Digest) -> Result<Option<Box<dyn Read>>, PortError>;

    /// A place for bytes that are written piece by piece, and kept later or not at all.
    fn draft(&self) -> Result<Box<dyn Draft>, PortError>;

    /// Removes kept bytes, if they are there.
    fn remove(&self, name: &Digest) -> Result<(), PortError>;

    /// Drawers for what is to be sorted and is too much for memory; nothing of it is left when they
    /// are dropped, nor when the node is stopped.
    fn drawers(&self) -> Result<OutsideDrawers, PortError>;
}

/// Drawers that lie outside.
pub type OutsideDrawers = Box<dyn Drawers<Error = PortError>>;

/// Bytes that are on their way to the shelf: gone when they are dropped before they are kept, and
/// when the node is stopped before.
pub trait Draft: Write {
    /// What was written, from the first byte.
    fn reader(&mut self) -> Result<Box<dyn Read + '_>, PortError>;

    /// What was written, mapped: nothing is written afterwards.
    fn bytes(&mut self) -> Result<Bytes, PortError>;

    /// Keeps it under a name; durable when this returns.
    fn keep(self: Box<Self>, name: &Digest) -> Result<(), PortError>;
}

/// Bytes that nobody can guess.
pub trait Random: Send + Sync {
    /// Fills a place with them.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), PortError>;
}

/// The node's keys, opened for those commands that need them.
pub trait Keys: Send + Sync {
    /// What others may know of them, as the agency's next card names it.
    fn public(&self) -> PublicKeys;

    /// Both root keys' signatures over a card.
    fn sign_card(&self, message: &[u8]) -> RootSignatures;

    /// The signature of the newest signing key, and that key.
    fn sign(&self, message: &[u8]) -> ([u8; 32], [u8; 64]);

    /// The ML-DSA-44 signature of the newest signing entry (deterministic, empty context), and its
    /// key: for daily heads.
    fn sign_ml_dsa(&self, message: &[u8]) -> ([u8; ML_DSA_44_PUBLIC_BYTES], Vec<u8>);

    /// The content key of an envelope that was sealed to this node, with any key it ever had.
    fn unseal(&self, envelope: &Envelope) -> Result<stream::Key, EnvelopeError>;

    /// A content key under the node's own, for its rows.
    fn wrap(&self, key: &stream::Key) -> Result<Vec<u8>, PortError>;

    /// A content key out of the node's rows.
    fn unwrap(&self, wrapped: &[u8]) -> Result<stream::Key, PortError>;
}

/// The public halves of the node's keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKeys {
    /// Which agency it is.
    pub root: RootKeys,
    /// Sign envelopes, receipts and logs.
    pub signing: Vec<SigningEntry>,
    /// Contents are sealed to them.
    pub sealing: Vec<SealingEntry>,
    /// Of the node's TLS certificates.
    pub tls: Vec<TlsEntry>,
    /// Not to be believed any more.
    pub revoked: Vec<Revocation>,
}

/// What the two root keys sign with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RootSignatures {
    /// Ed25519.
    pub ed25519: [u8; 64],
    /// ML-DSA-65.
    pub ml_dsa: Vec<u8>,
}

/// Who is told how far long work has come.
pub trait Progress {
    /// So many rows of a file are read.
    fn rows(&self, file: &str, rows: u64);
}

/// Nobody is told.
pub struct Silent;

impl Progress for Silent {
    fn rows(&self, _file: &str, _rows: u64) {}
}

/// The node's whole outside.
pub struct Ports {
    /// The clock.
    pub clock: Box<dyn Clock>,
    /// The event log.
    pub journal: Box<dyn Journal>,
    /// Kept files.
    pub vault: Box<dyn Vault>,
    /// Who is told of progress.
    pub progress: Box<dyn Progress>,
}

/// A text in memory as a source, for maps and tests.
pub struct Text {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Source for Text {
    fn reader(&self) -> std::io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.bytes.as_slice()))
    }

    fn name(&self) -> &str {
        &self.name
    }
}
