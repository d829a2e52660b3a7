//! What four masks cost alone: two of own ids (hash, raise, write), two of foreign elements (read,
//! raise, write), each over a batch, with one inversion for all that is written.

use curve25519_dalek::RistrettoPoint;
use curve25519_dalek::ristretto::CompressedRistretto;
use curve25519_dalek::scalar::Scalar;
use psi::element::Element;
use psi::key::Key;
use sha2::{Digest, Sha512};

use crate::features::cpu_seconds;

/// Hundredths of a second are counted: so many batches are taken.
const TIMES: usize = 12;

/// CPU seconds of four masks of one id, over batches of some size, as the product makes them: of
/// own ids the output is hashed too.
pub(super) fn four_masks(key: &Key, ids: &[String]) -> Result<f64, String> {
    let start = cpu_seconds()?;
    for _ in 0..TIMES {
        let outputs = key.outputs(ids, 1).map_err(|error| error.to_string())?;
        assert!(outputs.len() == ids.len(), "each id has its output");
    }
    let middle = cpu_seconds()?;
    let mut written = vec![*key.public().bytes(); ids.len()];
    for _ in 0..TIMES {
        let read = Element::parse_all(&written, 1).map_err(|error| error.to_string())?;
        written = key.raise(&read, 1);
    }
    let end = cpu_seconds()?;
    let masks = (TIMES * ids.len()) as f64;
    Ok(2.0 * (middle - start) / masks + 2.0 * (end - middle) / masks)
}

/// The same by curve25519-dalek alone, one point at a time.
pub(super) fn four_masks_by_dalek(batch: usize) -> Result<f64, String> {
    let scalar = Scalar::from_bytes_mod_order_wide(&[7; 64]);
    let hash = |number: usize| {
        let uniform: [u8; 64] = Sha512::digest(number.to_le_bytes()).into();
        RistrettoPoint::from_uniform_bytes(&uniform)
    };
    let start = cpu_seconds()?;
    let raised: Vec<_> = (0..batch).map(|number| scalar * hash(number)).collect();
    let mut written = RistrettoPoint::double_and_compress_batch(&raised);
    let middle = cpu_seconds()?;
    for _ in 0..TIMES / 4 {
        let read = written.iter().filter_map(CompressedRistretto::decompress);
        let raised: Vec<_> = read.map(|point| scalar * point).collect();
        written = RistrettoPoint::double_and_compress_batch(&raised);
    }
    let end = cpu_seconds()?;
    let foreign = (end - middle) / (TIMES / 4) as f64;
    Ok((2.0 * (middle - start) + 2.0 * foreign) / batch as f64)
}
