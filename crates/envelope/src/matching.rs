//! What two nodes say to each other to learn what both know: each is the body of a sealed message,
//! whose kind says which it is.
//!
//! A node that wants to ask sends a *wish*; the partner answers with a *manifest* and the published
//! set; *queries* carry blinded elements, each *answer* the raised ones and a proof. What they mean
//! is told in `docs/protocol.md`. Bytes: deterministic CBOR, maps with the numbers below as keys.

use minicbor::{Decode, Encode};
use model::digest::Digest;
use model::identifier::Kind;
use model::time::Timestamp;

use crate::cbor::{self, CborError, digest, identifier_kind, time};

/// The kind of a message that asks for a publication.
pub const WISH: &str = "match-wish";
/// The kind of a message that publishes a set.
pub const MANIFEST: &str = "match-manifest";
/// The kind of a message with blinded elements.
pub const QUERY: &str = "match-query";
/// The kind of a message with raised elements.
pub const ANSWER: &str = "match-answer";

/// Whether a kind is one of these.
pub fn is_kind(kind: &str) -> bool {
    [WISH, MANIFEST, QUERY, ANSWER].contains(&kind)
}

/// An element has so many bytes.
pub const ELEMENT: usize = 32;
/// A batch has at most so many elements.
pub const MAX_BATCH: usize = 16_384;
/// A session has at most so many batches.
pub const MAX_BATCHES: u32 = 65_536;
/// A purpose or a basis has at most so many bytes.
pub const MAX_WORDS: usize = 200;
/// Everything but the elements fits into so many bytes.
const MAX_FRAME: usize = 8_192;
/// A body has at most so many bytes.
pub const MAX_BYTES: usize = MAX_BATCH * ELEMENT + MAX_FRAME;
const MAX_CODE: usize = 60;

/// What both sides have to agree on before anything is asked.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Terms {
    /// What for, in words.
    #[n(0)]
    pub purpose: String,
    /// The legal basis, by its id.
    #[n(1)]
    pub basis: String,
    /// What the sender makes of the public list of values (`model::agreement`).
    #[cbor(n(2), with = "digest")]
    pub agreement: Digest,
}

/// A node asks a partner to publish a set for it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Wish {
    /// What for.
    #[n(0)]
    pub terms: Terms,
}

/// A published set: what is said of it, signed with the message that carries it. The set itself is
/// the message's only attachment.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Manifest {
    /// What it may be used for.
    #[n(0)]
    pub terms: Terms,
    /// Which epoch; the keys change with it.
    #[n(1)]
    pub epoch: u32,
    /// Which publication of the epoch, from 1.
    #[n(2)]
    pub number: u32,
    /// Whether it holds only what came since the publication before.
    #[n(3)]
    pub is_delta: bool,
    /// When the epoch ends: nothing is answered after that.
    #[cbor(n(4), with = "time")]
    pub until: Timestamp,
    /// The public key of each kind of identifier.
    #[n(5)]
    pub keys: Vec<KindKey>,
    /// How many entries the set has, those that only fill it up among them.
    #[n(6)]
    pub size: u64,
    /// The root of the RFC 6962 tree over all entries, sorted: an entry that is not under it was
    /// not there when this was signed.
    #[cbor(n(7), with = "digest")]
    pub root: Digest,
    /// The SHA-256 of the set's bytes.
    #[cbor(n(8), with = "digest")]
    pub set: Digest,
}

/// The key under which identifiers of one kind are asked about: who says "e-mail addresses" cannot
/// spend their budget on telephone numbers.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct KindKey {
    /// The kind.
    #[cbor(n(0), with = "identifier_kind")]
    pub kind: Kind,
    /// The public key, an element.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub key: [u8; ELEMENT],
}

/// A batch of blinded elements.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Query {
    /// What for: as the manifest says.
    #[n(0)]
    pub terms: Terms,
    /// Random; all batches of one run have the same.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub session: [u8; 16],
    /// Which batch of the session, from 0.
    #[n(2)]
    pub number: u32,
    /// How many batches it has.
    #[n(3)]
    pub batches: u32,
    /// The SHA-256 of the manifest whose keys are meant.
    #[cbor(n(4), with = "digest")]
    pub manifest: Digest,
    /// The kind of all identifiers of the batch.
    #[cbor(n(5), with = "identifier_kind")]
    pub kind: Kind,
    /// The root of the tree over the session's own identifiers, each with a salt: what was asked
    /// can be opened later, and nothing else can be said to have been asked.
    #[cbor(n(6), with = "digest")]
    pub commitment: Digest,
    /// The blinded elements, one after the other.
    #[cbor(n(7), with = "minicbor::bytes")]
    pub elements: Vec<u8>,
}

/// What comes of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Answer {
    /// The session.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub session: [u8; 16],
    /// Which batch.
    #[n(1)]
    pub number: u32,
    /// The SHA-256 of the query's body: of two queries under one number one is answered.
    #[cbor(n(2), with = "digest")]
    pub query: Digest,
    /// Why nothing was raised, as a stable code; then there are no elements.
    #[n(3)]
    pub refused: Option<String>,
    /// The raised elements, as many as were asked about.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub elements: Vec<u8>,
    /// The proof, 64 bytes, or none.
    #[cbor(n(5), with = "minicbor::bytes")]
    pub proof: Vec<u8>,
    /// How many elements of the kind may still be asked about in this period.
    #[n(6)]
    pub left: u64,
}

/// Why a body is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MatchingError {
    /// Not of its shape.
    #[error("{0}")]
    Cbor(#[from] CborError),
    /// A purpose, basis or code that is empty or too long.
    #[error("words that are empty or too long")]
    Words,
    /// A batch that is empty, too large, or no whole elements.
    #[error("{0} bytes are no batch")]
    Batch(usize),
    /// A number beyond those of its session.
    #[error("batch {0} of {1}")]
    Number(u32, u32),
    /// Keys that are missing, stand twice or out of order.
    #[error("the keys are not one a kind, in order")]
    Keys,
}

impl Terms {
    fn check(&self) -> Result<(), MatchingError> {
        let are_said = are_words(&self.purpose) && are_words(&self.basis);
        if are_said { Ok(()) } else { Err(MatchingError::Words) }
    }
}

impl Wish {
    /// Reads one.
    pub fn parse(body: &[u8]) -> Result<Wish, MatchingError> {
        let wish: Wish = cbor::read(body, MAX_FRAME)?;
        wish.terms.check().map(|()| wish)
    }
}

impl Manifest {
    /// Reads one.
    pub fn parse(body: &[u8]) -> Result<Manifest, MatchingError> {
        let manifest: Manifest = cbor::read(body, MAX_FRAME)?;
        manifest.terms.check()?;
        let kinds = manifest.keys.windows(2).all(|pair| pair[0].kind < pair[1].kind);
        if manifest.keys.is_empty() || !kinds {
            return Err(MatchingError::Keys);
        }
        Ok(manifest)
    }

    /// The key of a kind.
    pub fn key(&self, kind: Kind) -> Option<&[u8; ELEMENT]> {
        self.keys.iter().find(|one| one.kind == kind).map(|one| &one.key)
    }
}

impl Query {
    /// Reads one.
    pub fn parse(body: &[u8]) -> Result<Query, MatchingError> {
        let query: Query = cbor::read(body, MAX_BYTES)?;
        query.terms.check()?;
        elements(&query.elements)?;
        if query.number >= query.batches || query.batches > MAX_BATCHES {
            return Err(MatchingError::Number(query.number, query.batches));
        }
        Ok(query)
    }

    /// Its elements.
    pub fn elements(&self) -> Vec<[u8; ELEMENT]> {
        elements(&self.elements).unwrap_or_default()
    }
}

impl Answer {
    /// Reads one.
    pub fn parse(body: &[u8]) -> Result<Answer, MatchingError> {
        let answer: Answer = cbor::read(body, MAX_BYTES)?;
        let is_code = |code: &String| {
            let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            !code.is_empty() && code.len() <= MAX_CODE && code.chars().all(is_plain)
        };
        match &answer.refused {
            Some(code) if !is_code(code) => Err(MatchingError::Words),
            Some(_) if answer.elements.is_empty() && answer.proof.is_empty() => Ok(answer),
            Some(_) => Err(MatchingError::Batch(answer.elements.len())),
            None => elements(&answer.elements).map(|_| answer),
        }
    }

    /// Its elements.
    pub fn elements(&self) -> Vec<[u8; ELEMENT]> {
        elements(&self.elements).unwrap_or_default()
    }
}

/// Whether something may be a purpose or a basis.
pub fn are_words(words: &str) -> bool {
    let is_plain = !words.chars().any(char::is_control);
    !words.trim().is_empty() && words.len() <= MAX_WORDS && is_plain
}

/// The body of a message.
pub fn body<T: Encode<()>>(said: &T) -> Vec<u8> {
    cbor::write(said)
}

fn elements(bytes: &[u8]) -> Result<Vec<[u8; ELEMENT]>, MatchingError> {
    let (whole, rest) = bytes.as_chunks::<ELEMENT>();
    if !rest.is_empty() || whole.is_empty() || whole.len() > MAX_BATCH {
        return Err(MatchingError::Batch(bytes.len()));
    }
    Ok(whole.to_vec())
}
