//! What is done with points, many at once: by our own kernel where the processor has what it takes,
//! otherwise by curve25519-dalek. The bytes are the same.
//!
//! Products come doubled: twice a point is written with one inversion for many, once is not, so
//! that whoever multiplies by half a scalar gets the whole product written at a small part of what
//! writing alone costs.

#[cfg(not(target_arch = "x86_64"))]
#[path = "curve/nowhere.rs"]
mod wide;
#[cfg(target_arch = "x86_64")]
mod wide;

use std::sync::atomic::{AtomicBool, Ordering};

use curve25519_dalek::RistrettoPoint;
use curve25519_dalek::ristretto::CompressedRistretto;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::VartimeMultiscalarMul as _;

use self::wide::{Affine, Wide};
use crate::element::{BYTES, Element};

/// Set once and never taken back: see [`leave_kernel`].
static IS_LEFT: AtomicBool = AtomicBool::new(false);

/// A point as it was made, by the kernel or by curve25519-dalek.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Point {
    /// By the kernel, eight at once.
    Wide(Affine),
    /// By curve25519-dalek.
    Dalek(RistrettoPoint),
}

/// What multiplies points; secret.
#[derive(Clone, Copy)]
pub(crate) enum By<'s> {
    /// All by one scalar.
    All(&'s Scalar),
    /// Each by its own; there are as many as points.
    Each(&'s [Scalar]),
}

/// The kernel, if this machine has one.
pub(crate) fn kernel() -> Option<Wide> {
    if IS_LEFT.load(Ordering::Relaxed) { None } else { Wide::find() }
}

/// Whether our own kernel does the work.
pub(crate) fn is_kernel() -> bool {
    kernel().is_some()
}

/// From now on this process computes as a machine without the kernel does.
pub(crate) fn leave_kernel() {
    IS_LEFT.store(true, Ordering::Relaxed);
}

/// Reads elements; the neutral one is none.
pub(crate) fn read(bytes: &[[u8; BYTES]]) -> Vec<Option<Element>> {
    if let Some(wide) = kernel() {
        let both = wide.read(bytes).into_iter().zip(bytes);
        return both.map(|(point, bytes)| Element::of(*bytes, Point::Wide(point?))).collect();
    }
    let read = bytes.iter().map(|bytes| {
        let point = CompressedRistretto(*bytes).decompress()?;
        Element::of(*bytes, Point::Dalek(point))
    });
    read.collect()
}

/// Twice the products of elements and scalars.
pub(crate) fn twice_raised(elements: &[Element], by: By) -> Vec<[u8; BYTES]> {
    by.check(elements.len());
    match kernel() {
        Some(wide) => with_affine(wide, elements, |points| wide.twice_raised(points, by)),
        None => written(&by_dalek(elements.iter().map(dalek), by)),
    }
}

/// Twice the products of scalars and what 64 uniform bytes each are mapped to.
pub(crate) fn twice_raised_uniform(uniform: &[[u8; 2 * BYTES]], by: By) -> Vec<[u8; BYTES]> {
    by.check(uniform.len());
    match kernel() {
        Some(wide) => wide.twice_raised_uniform(uniform, by),
        None => written(&by_dalek(uniform.iter().map(RistrettoPoint::from_uniform_bytes), by)),
    }
}

/// The same as elements; the neutral one is none.
pub(crate) fn elements_of_uniform(uniform: &[[u8; 2 * BYTES]], by: By) -> Vec<Option<Element>> {
    by.check(uniform.len());
    if let Some(wide) = kernel() {
        let raised = wide.elements_of_uniform(uniform, by).into_iter();
        return raised.map(|(bytes, affine)| Element::of(bytes, Point::Wide(affine))).collect();
    }
    let halves = by_dalek(uniform.iter().map(RistrettoPoint::from_uniform_bytes), by);
    let both = written(&halves).into_iter().zip(&halves);
    both.map(|(bytes, half)| Element::of(bytes, Point::Dalek(half + half))).collect()
}

/// What 64 uniform bytes each are mapped to.
pub(crate) fn mapped(uniform: &[[u8; 2 * BYTES]]) -> Vec<Option<Element>> {
    if kernel().is_some() {
        // The product with one, since products come doubled.
        return elements_of_uniform(uniform, By::All(&Scalar::from(2_u8).invert()));
    }
    let points = uniform.iter().map(RistrettoPoint::from_uniform_bytes);
    let elements =
        points.map(|point| Element::of(point.compress().to_bytes(), Point::Dalek(point)));
    elements.collect()
}

/// The sum of elements times weights that everybody may see.
pub(crate) fn sum(weights: &[Scalar], elements: &[Element]) -> RistrettoPoint {
    assert!(weights.len() == elements.len(), "each element has a weight");
    if let Some(wide) = kernel() {
        return with_affine(wide, elements, |points| wide.sum(weights, points));
    }
    RistrettoPoint::vartime_multiscalar_mul(weights, elements.iter().map(dalek))
}

/// The point that an element's bytes stand for.
pub(crate) fn dalek(element: &Element) -> RistrettoPoint {
    match element.point() {
        Point::Dalek(point) => *point,
        Point::Wide(_) => from_bytes(element.bytes()),
    }
}

/// The point of bytes that were seen to be one's.
fn from_bytes(bytes: &[u8; BYTES]) -> RistrettoPoint {
    let point = CompressedRistretto(*bytes).decompress();
    assert!(point.is_some(), "what was read or written before can be read");
    point.unwrap_or_default()
}

/// Works with elements as the kernel has them. Where the process left the kernel, or a key's public
/// element is among them, all are read again.
fn with_affine<A>(wide: Wide, elements: &[Element], work: impl FnOnce(&[&Affine]) -> A) -> A {
    let known = elements.iter().map(|element| match element.point() {
        Point::Wide(affine) => Some(affine),
        Point::Dalek(_) => None,
    });
    if let Some(known) = known.collect::<Option<Vec<_>>>() {
        return work(&known);
    }
    let bytes: Vec<_> = elements.iter().map(|element| *element.bytes()).collect();
    let read: Vec<Affine> = wide.read(&bytes).into_iter().flatten().collect();
    assert!(read.len() == elements.len(), "what was read or written before can be read");
    work(&read.iter().collect::<Vec<_>>())
}

fn by_dalek(points: impl Iterator<Item = RistrettoPoint>, by: By) -> Vec<RistrettoPoint> {
    match by {
        By::All(scalar) => points.map(|point| scalar * point).collect(),
        By::Each(scalars) => points.zip(scalars).map(|(point, scalar)| scalar * point).collect(),
    }
}

/// Twice the points, as bytes.
fn written(halves: &[RistrettoPoint]) -> Vec<[u8; BYTES]> {
    let written = RistrettoPoint::double_and_compress_batch(halves);
    written.iter().map(CompressedRistretto::to_bytes).collect()
}

impl By<'_> {
    fn check(self, points: usize) {
        if let By::Each(scalars) = self {
            assert!(scalars.len() == points, "each point has a scalar");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A process that leaves the kernel goes on with the elements that it has, and the other way.
    #[test]
    fn elements_of_one_way_are_worked_with_in_the_other() {
        let point = RistrettoPoint::from_uniform_bytes(&[7; 64]);
        let bytes = point.compress().to_bytes();
        let by_dalek = Element::of(bytes, Point::Dalek(point)).unwrap();
        let by_machine = read(&[bytes])[0].unwrap();
        assert_eq!(dalek(&by_machine), point);
        let by = By::All(&Scalar::ONE);
        let expected = (point + point).compress().to_bytes();
        for elements in [[by_dalek, by_machine], [by_machine; 2]] {
            let raised = twice_raised(&elements, by);
            assert_eq!(raised, [expected; 2]);
            assert_eq!(sum(&[Scalar::ONE; 2], &elements), point + point);
        }
    }
}
