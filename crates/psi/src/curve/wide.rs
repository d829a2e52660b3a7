//! MATCH's own kernel: eight points of the curve side by side in the lanes of AVX-512 vectors.
//!
//! The product by secrets takes constant time; what is read and written is what curve25519-dalek
//! reads and writes, which is the oracle of the tests and does the work on other machines. Who has
//! a [`Wide`] runs on a processor that has the instructions: that is why its calls are sound.

mod constants;
mod field;
mod lanes;
mod point;
mod power;
mod ristretto;
mod sha512;
mod sum;
#[cfg(test)]
mod tests;

use curve25519_dalek::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;

pub(crate) use self::point::Affine;
use self::point::{Completed, Digits, Point};
use self::ristretto::{Written, decode, encode, from_uniform};
use super::{By, from_bytes};

/// Bytes of an element.
const BYTES: usize = 32;
/// So many times eight points are written with one inversion: few enough for the nearer caches.
const TOGETHER: usize = 32;

/// A processor that has what is used here.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wide(());

impl Wide {
    /// Asks the processor.
    pub(super) fn find() -> Option<Wide> {
        let has_all = std::arch::is_x86_feature_detected!("avx512f")
            && std::arch::is_x86_feature_detected!("avx512dq")
            && std::arch::is_x86_feature_detected!("avx512ifma");
        has_all.then_some(Wide(()))
    }

    /// Calls what a test wants to see of the kernel's inside.
    #[cfg(test)]
    fn run<T, A>(self, work: unsafe fn(T) -> A, with: T) -> A {
        // SAFETY: whoever made `self` saw that the processor has these features, and the tests'
        // functions ask for nothing else.
        #[expect(unsafe_code, reason = "a call into code for processors that have AVX-512")]
        unsafe {
            work(with)
        }
    }

    /// SHA-512 of messages; where `is_after_zeros`, a block of zeros goes before each.
    pub(crate) fn digests(self, messages: &[&[u8]], is_after_zeros: bool) -> Vec<[u8; 64]> {
        // SAFETY: whoever made `self` saw that the processor has these features.
        #[expect(unsafe_code, reason = "a call into code for processors that have AVX-512")]
        unsafe {
            sha512::digests(messages, is_after_zeros)
        }
    }

    /// Reads elements; the neutral one is not refused.
    pub(super) fn read(self, bytes: &[[u8; BYTES]]) -> Vec<Option<Affine>> {
        // SAFETY: whoever made `self` saw that the processor has these features.
        #[expect(unsafe_code, reason = "a call into code for processors that have AVX-512")]
        unsafe {
            read(bytes)
        }
    }

    /// Twice the products of points and scalars.
    pub(super) fn twice_raised(self, points: &[&Affine], by: By) -> Vec<[u8; BYTES]> {
        let keep = |written: &Written| written.bytes;
        // SAFETY: whoever made `self` saw that the processor has these features.
        #[expect(unsafe_code, reason = "a call into code for processors that have AVX-512")]
        unsafe {
            twice_raised(points, by, |points| Point::of(points.map(|point| *point)), keep)
        }
    }

    /// The sum of points times weights that everybody sees.
    pub(super) fn sum(self, weights: &[Scalar], points: &[&Affine]) -> RistrettoPoint {
        assert!(weights.len() == points.len(), "each point has a weight");
        // SAFETY: whoever made `self` saw that the processor has these features.
        #[expect(unsafe_code, reason = "a call into code for processors that have AVX-512")]
        let twice = unsafe { twice_summed(weights, points) };
        Scalar::from(2_u8).invert() * from_bytes(&twice)
    }

    /// Twice the products of scalars and points that uniform bytes are mapped to.
    pub(super) fn twice_raised_uniform(
        self,
        uniform: &[[u8; 2 * BYTES]],
        by: By,
    ) -> Vec<[u8; BYTES]> {
        let keep = |written: &Written| written.bytes;
        // SAFETY: whoever made `self` saw that the processor has these features.
        #[expect(unsafe_code, reason = "a call into code for processors that have AVX-512")]
        unsafe {
            twice_raised(uniform, by, |bytes| from_uniform(bytes), keep)
        }
    }

    /// The same, as points too.
    pub(super) fn elements_of_uniform(
        self,
        uniform: &[[u8; 2 * BYTES]],
        by: By,
    ) -> Vec<([u8; BYTES], Affine)> {
        // SAFETY: whoever made `self` saw that the processor has these features.
        #[expect(unsafe_code, reason = "a call into code for processors that have AVX-512")]
        unsafe {
            let keep = |written: &Written| {
                let (bytes, points) = (written.bytes, written.affine());
                std::array::from_fn(|lane| (bytes[lane], points[lane]))
            };
            twice_raised(uniform, by, |bytes| from_uniform(bytes), keep)
        }
    }
}

#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn read(bytes: &[[u8; BYTES]]) -> Vec<Option<Affine>> {
    let mut read = Vec::with_capacity(bytes.len());
    for part in bytes.chunks(16) {
        // What fills the last lanes up is the neutral element.
        let mut lanes = [[[0; BYTES]; 8]; 2];
        for (at, one) in part.iter().enumerate() {
            lanes[at / 8][at % 8] = *one;
        }
        let halves = decode([&lanes[0], &lanes[1]]);
        for (is_some, points) in halves {
            for (lane, point) in points.into_iter().enumerate() {
                read.push((is_some >> lane & 1 == 1).then_some(point));
            }
        }
        read.truncate(read.len() - (16 - part.len()));
    }
    read
}

#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn twice_summed(weights: &[Scalar], points: &[&Affine]) -> [u8; BYTES] {
    encode(&[sum::sum(weights, points).doubled()])[0].bytes[0]
}

/// The last eight are filled up with the last one.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn twice_raised<T, K>(
    all: &[T],
    by: By,
    point: impl Fn([&T; 8]) -> Point,
    keep: impl Fn(&Written) -> [K; 8],
) -> Vec<K> {
    let same = match by {
        By::All(scalar) => Some(Digits::of([scalar; 8])),
        By::Each(_) => None,
    };
    let mut kept = Vec::with_capacity(all.len() + 7);
    let mut doubled: Vec<Completed> = Vec::with_capacity(TOGETHER);
    for (number, part) in all.chunks(8 * TOGETHER).enumerate() {
        doubled.clear();
        for (at, eight) in part.chunks(8).enumerate() {
            let first = 8 * (TOGETHER * number + at);
            let lane = |lane: usize| lane.min(eight.len() - 1);
            let point = point(std::array::from_fn(|at| &eight[lane(at)]));
            let own = match by {
                By::All(_) => None,
                By::Each(scalars) => {
                    Some(Digits::of(std::array::from_fn(|at| &scalars[first + lane(at)])))
                }
            };
            if let Some(digits) = own.as_ref().or(same.as_ref()) {
                doubled.push(point.raised(digits).doubled());
            }
        }
        encode(&doubled).iter().for_each(|written| kept.extend(keep(written)));
    }
    kept.truncate(all.len());
    kept
}
