//! The answering side: a key, its outputs for one's own identifiers, its answers to blinded ones.
//!
//! Source: RFC 9497 sections 3.2 (keys), 3.3.2 (`BlindEvaluate`, `Evaluate`). A key belongs to one
//! ordered pair of agencies, one purpose, one kind of identifier and one epoch: who holds the sets
//! made under two keys cannot tell what both have in common.

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT;
use curve25519_dalek::scalar::Scalar;
use sha2::{Digest, Sha512};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::curve::{By, Point, twice_raised, twice_raised_uniform};
use crate::element::{BYTES, Element};
use crate::output::Output;
use crate::proof::Proof;
use crate::suite::{MAX_INPUT, Mode, length};
use crate::threads::spread;

/// A batch has at most so many elements.
pub const MAX_BATCH: usize = 16_384;

/// A secret key.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Key {
    secret: Scalar,
    /// Half of it: see [`twice_raised`].
    half: Scalar,
    #[zeroize(skip)]
    public: Element,
    #[zeroize(skip)]
    mode: Mode,
}

/// The raised elements of a batch, and the proof that one key raised them all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// As many as were asked about, in the same order.
    pub elements: Vec<[u8; BYTES]>,
    /// The proof.
    pub proof: Proof,
}

/// Why a key or an output cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The seed gives no key, or what it is for is too long; no seed of 32 random bytes does that.
    #[error("no key comes of this seed")]
    Seed,
    /// The bytes are no scalar, or zero.
    #[error("these bytes are no secret key")]
    Secret,
    /// An input is too long, or hashes to the neutral element.
    #[error("input {0} cannot be hashed")]
    Input(usize),
    /// A batch is empty or too large.
    #[error("a batch of {0}, which has 1 to 16384")]
    Batch(usize),
}

impl Key {
    /// `DeriveKeyPair`: the key that a random seed gives for some use of it.
    pub fn derive(mode: Mode, seed: &[u8; 32], info: &[u8]) -> Result<Key, KeyError> {
        if info.len() > MAX_INPUT {
            return Err(KeyError::Seed);
        }
        let found = (0..=u8::MAX).find_map(|counter| {
            let input: [&[u8]; 4] = [seed, &length(info), info, &[counter]];
            Key::of(mode, mode.scalar_under(b"DeriveKeyPair", &input))
        });
        found.ok_or(KeyError::Seed)
    }

    /// A key that was kept as its 32 bytes.
    pub fn from_bytes(mode: Mode, bytes: &[u8; 32]) -> Result<Key, KeyError> {
        let secret = Option::<Scalar>::from(Scalar::from_canonical_bytes(*bytes));
        secret.and_then(|secret| Key::of(mode, secret)).ok_or(KeyError::Secret)
    }

    fn of(mode: Mode, secret: Scalar) -> Option<Key> {
        let point = secret * RISTRETTO_BASEPOINT_POINT;
        let half = secret * Scalar::from(2_u8).invert();
        let public = Element::of(point.compress().to_bytes(), Point::Dalek(point))?;
        Some(Key { secret, half, public, mode })
    }

    /// To be kept, sealed.
    pub fn danger_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.secret.to_bytes())
    }

    /// What the proof over a batch needs, of the key and of what was asked: the same question gets
    /// the same answer, and two questions never share it.
    pub fn nonce(&self, question: &[u8; 32]) -> [u8; 64] {
        let mut hash = Sha512::new_with_prefix(b"lienket/match/v1/proof");
        hash.update(self.secret.as_bytes());
        hash.update(question);
        hash.finalize().into()
    }

    /// The public part.
    pub fn public(&self) -> &Element {
        &self.public
    }

    /// `Evaluate`: the outputs of one's own identifiers.
    pub fn outputs<I: AsRef<[u8]> + Sync>(
        &self,
        inputs: &[I],
        threads: usize,
    ) -> Result<Vec<Output>, KeyError> {
        let outputs = spread(inputs, threads, |first, part| {
            let raised = check_lengths(first, part).and_then(|()| {
                let uniform = self.mode.uniform(part);
                let raised = twice_raised_uniform(&uniform, By::All(&self.half));
                // No key is zero: what comes out neutral was hashed to the neutral element.
                let neutral = raised.iter().position(|bytes| *bytes == [0; BYTES]);
                neutral.map_or(Ok(raised), |place| Err(KeyError::Input(first + place)))
            });
            match raised {
                Ok(raised) => Output::of(part, &raised).into_iter().map(Ok).collect(),
                Err(error) => vec![Err(error)],
            }
        });
        outputs.into_iter().collect()
    }

    /// `BlindEvaluate`: raises the elements of a batch; `random` is what the proof needs, new each
    /// time.
    pub fn answer(
        &self,
        asked: &[Element],
        random: &[u8; 64],
        threads: usize,
    ) -> Result<Answer, KeyError> {
        if asked.is_empty() || asked.len() > MAX_BATCH {
            return Err(KeyError::Batch(asked.len()));
        }
        let elements = self.raise(asked, threads);
        let random = Zeroizing::new(Scalar::from_bytes_mod_order_wide(random));
        let pair = (&self.secret, &self.public);
        let proof = Proof::make(self.mode, pair, asked, &elements, &random, threads);
        Ok(Answer { elements, proof })
    }

    /// The same without a proof: who asked learns nothing of which key it was.
    pub fn raise(&self, asked: &[Element], threads: usize) -> Vec<[u8; BYTES]> {
        spread(asked, threads, |_, part| twice_raised(part, By::All(&self.half)))
    }
}

/// Refuses inputs that are too long to be hashed; the first has a place among all.
pub(crate) fn check_lengths<I: AsRef<[u8]>>(first: usize, inputs: &[I]) -> Result<(), KeyError> {
    let long = inputs.iter().position(|input| input.as_ref().len() > MAX_INPUT);
    long.map_or(Ok(()), |place| Err(KeyError::Input(first + place)))
}
