//! Elements of the group as they travel: 32 bytes, one way to write each, never the neutral one.
//!
//! Source: RFC 9496 (encoding of ristretto255); RFC 9497 section 4.1 (`DeserializeElement` refuses
//! the identity).

use curve25519_dalek::RistrettoPoint;
use curve25519_dalek::ristretto::CompressedRistretto;
use curve25519_dalek::traits::IsIdentity as _;

use crate::threads::spread;

/// An element has so many bytes.
pub const BYTES: usize = 32;

/// An element that may be worked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element {
    bytes: [u8; BYTES],
    point: RistrettoPoint,
}

/// Bytes that are no element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("element {place} is none of the group, or the neutral one")]
pub struct ElementError {
    /// Which of them, the first is 0.
    pub place: usize,
}

impl Element {
    /// Reads one.
    pub fn parse(bytes: &[u8; BYTES]) -> Option<Element> {
        let point = CompressedRistretto(*bytes).decompress()?;
        (!point.is_identity()).then_some(Element { bytes: *bytes, point })
    }

    /// Reads many; each thread takes a part of them.
    pub fn parse_all(bytes: &[[u8; BYTES]], threads: usize) -> Result<Vec<Element>, ElementError> {
        let read =
            spread(bytes, threads, |_, part| part.iter().map(Element::parse).collect::<Vec<_>>());
        let read = read.into_iter().enumerate();
        read.map(|(place, element)| element.ok_or(ElementError { place })).collect()
    }

    /// As it travels.
    pub fn bytes(&self) -> &[u8; BYTES] {
        &self.bytes
    }

    pub(crate) fn point(&self) -> &RistrettoPoint {
        &self.point
    }

    /// Of half of it, and its bytes.
    pub(crate) fn twice(half: &RistrettoPoint, bytes: [u8; BYTES]) -> Element {
        Element { bytes, point: half + half }
    }

    /// Of a point that is known not to be the neutral one.
    pub(crate) fn of(point: RistrettoPoint) -> Element {
        Element { bytes: point.compress().to_bytes(), point }
    }
}

/// The bytes of twice each point: one inversion for all of them, so that whoever multiplies by half
/// a scalar first gets the whole product at a third of what compressing alone costs.
pub(crate) fn doubled(points: &[RistrettoPoint]) -> Vec<[u8; BYTES]> {
    let compressed = RistrettoPoint::double_and_compress_batch(points);
    compressed.iter().map(CompressedRistretto::to_bytes).collect()
}
