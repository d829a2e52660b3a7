//! What is asked of a witness and what it answers: a third agency that cosigns the daily heads of
//! records between two others, and learns nothing of what lies in these.
//!
//! Source: C2SP tlog-witness, whose requests these are in a parcel's form: the size that the
//! witness is known to have, a consistency proof from there (RFC 6962, 2.1.2), and the head.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use model::digest::Digest;

use crate::card::AgencyId;
use crate::parcel::ParcelError;

/// A parcel asks for so many cosignatures at most, and has as many answers.
pub const MAX_WATCH: usize = 64;
/// A consistency proof has at most so many hashes: two a level.
const MAX_PROOF: usize = 128;
const HASH: usize = 32;

/// A head that its receiver is asked to cosign.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Watch {
    /// How many leaves of the record the witness is known to have cosigned.
    #[n(0)]
    pub size: u64,
    /// That the record only grew from there: hashes of 32 bytes each.
    #[n(1)]
    pub proof: ByteVec,
    /// A daily head of a record that the sender writes for somebody else: a signed note.
    #[n(2)]
    pub head: ByteVec,
}

/// What a witness answers.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Watched {
    /// For whom the record is that was asked about.
    #[n(0)]
    pub reader: AgencyId,
    /// How many leaves of it the witness has cosigned.
    #[n(1)]
    pub size: u64,
    /// The head of these, with its cosignature; none where it has to be asked from that size.
    #[n(2)]
    pub head: Option<ByteVec>,
}

impl Watch {
    /// A question.
    pub fn new(size: u64, proof: &[Digest], head: &str) -> Watch {
        let proof: Vec<u8> = proof.iter().flat_map(|hash| hash.0).collect();
        Watch { size, proof: proof.into(), head: head.as_bytes().to_vec().into() }
    }

    /// The hashes of the proof.
    pub fn hashes(&self) -> Vec<Digest> {
        self.proof.as_chunks::<HASH>().0.iter().map(|hash| Digest(*hash)).collect()
    }
}

/// Whether questions and answers are not too many, and proofs of their form.
pub(crate) fn check(watch: &[Watch], watched: &[Watched]) -> Result<(), ParcelError> {
    if watch.len() > MAX_WATCH || watched.len() > MAX_WATCH {
        return Err(ParcelError::Many("watched records"));
    }
    let is_proof =
        |one: &Watch| one.proof.len().is_multiple_of(HASH) && one.proof.len() / HASH <= MAX_PROOF;
    if watch.iter().all(is_proof) { Ok(()) } else { Err(ParcelError::Many("hashes of a proof")) }
}
