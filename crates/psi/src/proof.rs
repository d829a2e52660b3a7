//! The proof that a whole batch was raised by the published key: 64 bytes, whatever its size.
//!
//! Source: RFC 9497 section 2.2 (`GenerateProof`, `VerifyProof`, `ComputeComposites`). The sums
//! over a batch are of what both sides see, so that they need not take constant time; what is done
//! with the key does.

use curve25519_dalek::RistrettoPoint;
use curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::VartimeMultiscalarMul as _;
use sha2::{Digest, Sha512};

use crate::curve::{dalek, sum};
use crate::element::{BYTES, Element};
use crate::suite::{Mode, TOGETHER, length};
use crate::threads::spread;

/// A proof has so many bytes.
pub const PROOF_BYTES: usize = 64;

/// A proof: challenge and response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    challenge: Scalar,
    response: Scalar,
}

impl Proof {
    /// Reads one; `None`: one of its halves is no scalar.
    pub fn parse(bytes: &[u8; PROOF_BYTES]) -> Option<Proof> {
        let half = |first: usize| {
            let bytes = std::array::from_fn(|place| bytes[first + place]);
            Option::<Scalar>::from(Scalar::from_canonical_bytes(bytes))
        };
        Some(Proof { challenge: half(0)?, response: half(BYTES)? })
    }

    /// As it travels.
    pub fn bytes(&self) -> [u8; PROOF_BYTES] {
        let halves = (self.challenge.to_bytes(), self.response.to_bytes());
        std::array::from_fn(|place| match place.checked_sub(BYTES) {
            None => halves.0[place],
            Some(place) => halves.1[place],
        })
    }

    /// `GenerateProof`, with `ComputeCompositesFast`.
    pub(crate) fn make(
        mode: Mode,
        (secret, public): (&Scalar, &Element),
        asked: &[Element],
        raised: &[[u8; BYTES]],
        random: &Scalar,
        threads: usize,
    ) -> Proof {
        let weights = weights(mode, public, asked, raised, threads);
        let of_asked = weighed(&weights, asked, threads);
        let of_raised = secret * of_asked;
        let (left, right) = (random * RISTRETTO_BASEPOINT_POINT, random * of_asked);
        let challenge = challenge(mode, public, [of_asked, of_raised, left, right]);
        Proof { challenge, response: random - challenge * secret }
    }

    /// `VerifyProof`: whether the key of `public` raised all of a batch.
    pub(crate) fn holds(
        &self,
        mode: Mode,
        public: &Element,
        asked: &[Element],
        raised: &[Element],
        threads: usize,
    ) -> bool {
        if asked.len() != raised.len() {
            return false;
        }
        let bytes: Vec<[u8; BYTES]> = raised.iter().map(|element| *element.bytes()).collect();
        let weights = weights(mode, public, asked, &bytes, threads);
        let of_asked = weighed(&weights, asked, threads);
        let of_raised = weighed(&weights, raised, threads);
        let both = |a: RistrettoPoint, b: RistrettoPoint| {
            RistrettoPoint::vartime_multiscalar_mul([self.response, self.challenge], [a, b])
        };
        let left = both(RISTRETTO_BASEPOINT_POINT, dalek(public));
        let right = both(of_asked, of_raised);
        challenge(mode, public, [of_asked, of_raised, left, right]) == self.challenge
    }
}

/// `d_0, d_1, …` of `ComputeComposites`.
fn weights(
    mode: Mode,
    public: &Element,
    asked: &[Element],
    raised: &[[u8; BYTES]],
    threads: usize,
) -> Vec<Scalar> {
    let name = mode.seed_name();
    let mut hash = Sha512::new_with_prefix(length(public.bytes()));
    hash.update(public.bytes());
    hash.update(length(&name));
    hash.update(&name);
    let seed = hash.finalize();
    let size = length(&[0; BYTES]);
    spread(asked, threads, |first, part| {
        let mut weights = Vec::with_capacity(part.len());
        for (at, some) in part.chunks(TOGETHER).enumerate() {
            let first = first + at * TOGETHER;
            let mut messages = mode.scalars(some.len());
            for (element, place) in some.iter().zip(first..) {
                let number = (place as u16).to_be_bytes();
                messages.push(&[
                    &length(&seed),
                    &seed,
                    &number,
                    &size,
                    element.bytes(),
                    &size,
                    &raised[place],
                    b"Composite",
                ]);
            }
            weights.extend(messages.digests().iter().map(Scalar::from_bytes_mod_order_wide));
        }
        weights
    })
}

/// The sum of elements times their weights.
fn weighed(weights: &[Scalar], elements: &[Element], threads: usize) -> RistrettoPoint {
    let parts = spread(elements, threads, |first, part| {
        vec![sum(&weights[first..first + part.len()], part)]
    });
    parts.iter().sum()
}

/// The challenge over the key and the four points.
fn challenge(mode: Mode, public: &Element, points: [RistrettoPoint; 4]) -> Scalar {
    let size = length(&[0; BYTES]);
    let points = points.map(|point| point.compress().to_bytes());
    let [a, b, c, d] = &points;
    mode.scalar(&[&size, public.bytes(), &size, a, &size, b, &size, c, &size, d, b"Challenge"])
}
