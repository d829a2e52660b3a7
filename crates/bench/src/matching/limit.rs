//! What four masks cost alone: two of own ids (hash, raise, write), two of foreign elements (read,
//! raise, write), each over a batch, with one inversion for all that is written.

use curve25519_dalek::RistrettoPoint;
use curve25519_dalek::ristretto::CompressedRistretto;
use curve25519_dalek::scalar::Scalar;
use sha2::{Digest, Sha512};

use crate::features::cpu_seconds;

/// Hundredths of a second are counted: so many batches are taken.
const TIMES: usize = 24;

/// CPU seconds of four masks of one id, over batches of some size.
pub(super) fn four_masks(batch: usize) -> f64 {
    let scalar = Scalar::from_bytes_mod_order_wide(&[7; 64]);
    let hash = |number: usize| {
        let uniform: [u8; 64] = Sha512::digest(number.to_le_bytes()).into();
        RistrettoPoint::from_uniform_bytes(&uniform)
    };
    let start = cpu_seconds().unwrap_or(f64::NAN);
    let mut written = Vec::new();
    for _ in 0..TIMES {
        let raised: Vec<_> = (0..batch).map(|number| scalar * hash(number)).collect();
        written = RistrettoPoint::double_and_compress_batch(&raised);
    }
    let middle = cpu_seconds().unwrap_or(f64::NAN);
    for _ in 0..TIMES {
        let read = written.iter().filter_map(CompressedRistretto::decompress);
        let raised: Vec<_> = read.map(|point| scalar * point).collect();
        written = RistrettoPoint::double_and_compress_batch(&raised);
    }
    let end = cpu_seconds().unwrap_or(f64::NAN);
    let masks = (TIMES * batch) as f64;
    2.0 * (middle - start) / masks + 2.0 * (end - middle) / masks
}
