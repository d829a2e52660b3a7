//! The envelope: a content sealed to an agency, signed by another one, bound to its place in the
//! record between the two.
//!
//! Bytes: a CBOR list of 0 what is signed, 1 the signature, 2 what is sealed. What is signed is a
//! list of 0 the clear header, 1 the content key sealed to each who may open it, 2 the commitment
//! to the content, 3 the hash of what is sealed. The signature is Ed25519 over
//! `lienket/lk1/envelope`, a newline, and that list: a court can check it with the content and
//! without, and nobody can be made to look like the receiver of what was sealed again.

use ed25519_dalek::{Signature, VerifyingKey};
use minicbor::{Decode, Decoder, Encode};
use model::digest::Digest;
use model::time::Timestamp;
use zeroize::Zeroizing;

use crate::card::AgencyId;
use crate::cbor::{self, CborError, digest, time};
use crate::content::{Content, ContentError};
use crate::seal::{self, SealError, SealedKey, SealingKey};
use crate::stream::{self, StreamError};

/// The one suite of this format.
pub const SUITE: u8 = 1;
/// An envelope has at most so many bytes: a content, its padding, its keys.
pub const MAX_BYTES: usize = (1 << 20) + (1 << 18);
/// At most so many keys open one envelope: the receiver's and the sender's own.
pub const MAX_KEYS: usize = 8;
const SIGNED: &[u8] = b"lienket/lk1/envelope\n";

/// A message's number: sixteen random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct MessageId(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 16]);

/// What carriers and the record need to know, and no more: a lost stick shows it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Header {
    #[n(0)]
    suite: u8,
    /// The message's number.
    #[n(1)]
    pub id: MessageId,
    /// Who sends it.
    #[n(2)]
    pub from: AgencyId,
    /// To whom.
    #[n(3)]
    pub to: AgencyId,
    /// Its place in the sender's log for this receiver.
    #[n(4)]
    pub index: u64,
    /// The root of that log before it.
    #[cbor(n(5), with = "digest")]
    pub before: Digest,
    /// When it was made, by the sender's clock.
    #[cbor(n(6), with = "time")]
    pub made: Timestamp,
}

/// A content key for one holder.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
struct Opening {
    /// The digest of the sealing key that opens it.
    #[cbor(n(0), with = "digest")]
    holder: Digest,
    #[cbor(n(1), with = "minicbor::bytes")]
    encapsulation: [u8; seal::ENCAPSULATION_BYTES],
    #[cbor(n(2), with = "minicbor::bytes")]
    key: [u8; seal::SEALED_KEY_BYTES],
}

/// What the sender signs.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
struct Signed {
    #[n(0)]
    header: Header,
    #[n(1)]
    openings: Vec<Opening>,
    #[cbor(n(2), with = "digest")]
    commitment: Digest,
    #[cbor(n(3), with = "digest")]
    sealed: Digest,
}

/// An envelope whose parts fit; whose it is, `check` says.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Envelope {
    #[n(0)]
    signed: Signed,
    #[cbor(n(1), with = "minicbor::bytes")]
    signature: [u8; 64],
    #[cbor(n(2), with = "minicbor::bytes")]
    sealed: Vec<u8>,
}

/// Why bytes are no envelope, or not what they say.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EnvelopeError {
    /// Not of the shape.
    #[error("{0}")]
    Cbor(#[from] CborError),
    /// Another suite: another format, which this one never becomes.
    #[error("suite {0} is not this format")]
    Suite(u8),
    /// Nobody can open it, or too many.
    #[error("{0} keys open it")]
    Keys(usize),
    /// What is sealed is not what was signed.
    #[error("what is sealed is not what was signed")]
    Sealed,
    /// Not signed by that key.
    #[error("the signature does not hold")]
    Signature,
    /// None of the keys opens it.
    #[error("{0}")]
    Seal(#[from] SealError),
    /// What was sealed was changed.
    #[error("{0}")]
    Stream(#[from] StreamError),
    /// What was sealed is no content.
    #[error("{0}")]
    Content(#[from] ContentError),
    /// The content is not the one the sender is bound to.
    #[error("the content is not the one that was signed")]
    Commitment,
}

/// A content that is sealed, before it has its place in the record.
pub struct Draft {
    id: MessageId,
    from: AgencyId,
    to: AgencyId,
    openings: Vec<Opening>,
    commitment: Digest,
    sealed: Vec<u8>,
}

/// Randomness for one envelope.
pub struct Random {
    /// The content key.
    pub key: stream::Key,
    /// For each holder.
    pub holders: Vec<[u8; seal::RANDOM_BYTES]>,
}

impl Draft {
    /// Seals a content to the holders of some sealing keys: the receiver's, and the sender's own
    /// where he wants to read it again.
    pub fn seal(
        id: MessageId,
        (from, to): (AgencyId, AgencyId),
        content: &Content,
        holders: &[[u8; seal::PUBLIC_BYTES]],
        random: Random,
    ) -> Result<Draft, EnvelopeError> {
        let is_some = (1..=MAX_KEYS).contains(&holders.len());
        if !is_some || random.holders.len() != holders.len() {
            return Err(EnvelopeError::Keys(holders.len()));
        }
        let padded = content.padded()?;
        let sealed = stream::seal(&random.key, &padded)?;
        let bound = bound(id, from, to);
        let openings = holders.iter().zip(random.holders).map(|(holder, bytes)| {
            let SealedKey { encapsulation, key } = seal::seal(holder, &random.key, &bound, bytes)?;
            Ok(Opening { holder: Digest::of(holder), encapsulation, key })
        });
        let openings = openings.collect::<Result<_, SealError>>()?;
        let commitment = crate::content::commitment(&content.write());
        Ok(Draft { id, from, to, openings, commitment, sealed })
    }

    /// Gives it its place in the record: what is to be signed, and what becomes the envelope.
    pub fn place(self, index: u64, before: Digest, made: Timestamp) -> Unsigned {
        let Draft { id, from, to, openings, commitment, sealed } = self;
        let header = Header { suite: SUITE, id, from, to, index, before, made };
        let signed = Signed { header, openings, commitment, sealed: Digest::of(&sealed) };
        Unsigned { signed, sealed }
    }
}

/// An envelope that waits for its signature.
pub struct Unsigned {
    signed: Signed,
    sealed: Vec<u8>,
}

impl Unsigned {
    /// What the sender's signing key signs.
    pub fn message(&self) -> Vec<u8> {
        message(&self.signed)
    }

    /// The envelope.
    pub fn sign(self, signature: [u8; 64]) -> Envelope {
        Envelope { signed: self.signed, signature, sealed: self.sealed }
    }
}

impl Envelope {
    /// Reads an envelope; nothing is said yet about who made it.
    pub fn parse(bytes: &[u8]) -> Result<Envelope, EnvelopeError> {
        let envelope: Envelope = cbor::read(bytes, MAX_BYTES)?;
        let Signed { header, openings, sealed, .. } = &envelope.signed;
        if header.suite != SUITE {
            return Err(EnvelopeError::Suite(header.suite));
        }
        if !(1..=MAX_KEYS).contains(&openings.len()) {
            return Err(EnvelopeError::Keys(openings.len()));
        }
        if *sealed != Digest::of(&envelope.sealed) {
            return Err(EnvelopeError::Sealed);
        }
        Ok(envelope)
    }

    /// Its bytes.
    pub fn write(&self) -> Vec<u8> {
        cbor::write(self)
    }

    /// Its bytes without what is sealed, once that has to be destroyed: what was signed can
    /// still be held against the record, and nothing can be opened.
    pub fn without_content(&self) -> Vec<u8> {
        cbor::write(&Envelope { sealed: Vec::new(), ..self.clone() })
    }

    /// Reads an envelope whose content was destroyed.
    pub fn parse_without_content(bytes: &[u8]) -> Result<Envelope, EnvelopeError> {
        let envelope: Envelope = cbor::read(bytes, MAX_BYTES)?;
        if envelope.signed.header.suite != SUITE {
            return Err(EnvelopeError::Suite(envelope.signed.header.suite));
        }
        if envelope.sealed.is_empty() { Ok(envelope) } else { Err(EnvelopeError::Sealed) }
    }

    /// What carriers may know.
    pub fn header(&self) -> &Header {
        &self.signed.header
    }

    /// What the sender is bound to.
    pub fn commitment(&self) -> &Digest {
        &self.signed.commitment
    }

    /// What stands for it in the record: the digest of what was signed and of the signature.
    pub fn digest(&self) -> Digest {
        Digest::of(&[message(&self.signed).as_slice(), &self.signature].concat())
    }

    /// Whether a signing key made it.
    pub fn check(&self, key: &[u8; 32]) -> Result<(), EnvelopeError> {
        let key = VerifyingKey::from_bytes(key).map_err(|_| EnvelopeError::Signature)?;
        let signature = Signature::from_bytes(&self.signature);
        let checked = key.verify_strict(&message(&self.signed), &signature);
        checked.map_err(|_| EnvelopeError::Signature)
    }

    /// Whether a sealing key opens it, by its digest.
    pub fn is_for(&self, holder: &Digest) -> bool {
        self.signed.openings.iter().any(|opening| opening.holder == *holder)
    }

    /// The content key.
    pub fn key(&self, holder: &SealingKey) -> Result<stream::Key, EnvelopeError> {
        let mine = Digest::of(&holder.public());
        let Signed { header, openings, .. } = &self.signed;
        let opening = openings.iter().find(|opening| opening.holder == mine);
        let opening = opening.ok_or(SealError::Closed)?;
        let sealed = SealedKey { encapsulation: opening.encapsulation, key: opening.key };
        Ok(holder.open(&sealed, &bound(header.id, header.from, header.to))?)
    }

    /// Opens the content with its key.
    pub fn open(&self, key: &stream::Key) -> Result<Content, EnvelopeError> {
        let padded: Zeroizing<Vec<u8>> = stream::open(key, &self.sealed)?;
        let (content, commitment) = Content::parse(&padded)?;
        if commitment == self.signed.commitment {
            Ok(content)
        } else {
            Err(EnvelopeError::Commitment)
        }
    }
}

/// What a content key is bound to.
fn bound(id: MessageId, from: AgencyId, to: AgencyId) -> Vec<u8> {
    [id.0.as_slice(), &from.0.0, &to.0.0].concat()
}

/// The digest of an envelope whose signed part is none of this format, such as one of another
/// suite. `None`: that part can be read, so that what is wrong is not signed.
pub(crate) fn digest_of_unreadable(bytes: &[u8]) -> Option<Digest> {
    let mut decoder = Decoder::new(bytes);
    let is_three = decoder.array().ok()? == Some(3);
    let start = decoder.position();
    decoder.skip().ok()?;
    let signed = bytes.get(start..decoder.position())?;
    let signature: [u8; 64] = decoder.bytes().ok()?.try_into().ok()?;
    decoder.bytes().ok()?;
    let is_readable = cbor::read::<Signed>(signed, MAX_BYTES)
        .is_ok_and(|one| one.header.suite == SUITE && (1..=MAX_KEYS).contains(&one.openings.len()));
    let is_whole = is_three && decoder.position() == bytes.len();
    (is_whole && !is_readable).then(|| Digest::of(&[SIGNED, signed, &signature].concat()))
}

fn message(signed: &Signed) -> Vec<u8> {
    [SIGNED, &cbor::write(signed)].concat()
}
