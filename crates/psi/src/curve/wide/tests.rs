//! The kernel against slow arithmetic, and against curve25519-dalek.

mod arithmetic;
mod elements;
mod hashes;

use curve25519_dalek::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use sha2::{Digest, Sha512};

use super::Wide;

/// Scalars at which digits carry, or there are none.
fn edge_scalars() -> Vec<Scalar> {
    let last = -Scalar::ONE;
    let half = Scalar::from(2_u8).invert();
    let mut power = [0; 32];
    power[31] = 16;
    let digits = [0x11, 0x77, 0x78, 0x80, 0x87, 0x88, 0x8f, 0xf8, 0xff];
    let mut edges: Vec<Scalar> = digits
        .into_iter()
        .map(|byte| {
            let mut bytes = [byte; 32];
            bytes[31] &= 15;
            Scalar::from_bytes_mod_order(bytes)
        })
        .collect();
    edges.extend((0..18_u8).map(Scalar::from));
    edges.extend((0..18_u8).map(|small| last - Scalar::from(small)));
    edges.extend([half, -half, half - Scalar::ONE, Scalar::from_bytes_mod_order(power)]);
    edges
}

/// 64 bytes that look like random ones.
fn uniform(number: u64) -> [u8; 64] {
    Sha512::digest(number.to_le_bytes()).into()
}

fn scalar(number: u64) -> Scalar {
    Scalar::from_bytes_mod_order_wide(&uniform(number))
}

fn points(count: u64) -> Vec<RistrettoPoint> {
    (0..count).map(|number| RistrettoPoint::from_uniform_bytes(&uniform(number))).collect()
}

fn bytes(points: &[RistrettoPoint]) -> Vec<[u8; 32]> {
    points.iter().map(|point| point.compress().to_bytes()).collect()
}

/// On a machine without the instructions there is nothing to test.
fn with_kernel(check: impl FnOnce(Wide)) {
    if let Some(wide) = Wide::find() {
        check(wide);
    }
}
