//! Elements of the group as they travel: 32 bytes, one way to write each, never the neutral one.
//!
//! Source: RFC 9496 (encoding of ristretto255); RFC 9497 section 4.1 (`DeserializeElement` refuses
//! the identity).

use crate::curve::{Point, read};
use crate::threads::spread;

/// An element has so many bytes.
pub const BYTES: usize = 32;

/// An element that may be worked with.
#[derive(Debug, Clone, Copy)]
pub struct Element {
    bytes: [u8; BYTES],
    /// The same, ready to be worked with.
    point: Point,
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
        read(&[*bytes])[0]
    }

    /// Reads many; each thread takes a part of them.
    pub fn parse_all(bytes: &[[u8; BYTES]], threads: usize) -> Result<Vec<Element>, ElementError> {
        let read = spread(bytes, threads, |_, part| read(part)).into_iter().enumerate();
        read.map(|(place, element)| element.ok_or(ElementError { place })).collect()
    }

    /// As it travels.
    pub fn bytes(&self) -> &[u8; BYTES] {
        &self.bytes
    }

    pub(crate) fn point(&self) -> &Point {
        &self.point
    }

    /// By its bytes and the point that they stand for; `None`: the neutral one.
    pub(crate) fn of(bytes: [u8; BYTES], point: Point) -> Option<Element> {
        (bytes != [0; BYTES]).then_some(Element { bytes, point })
    }
}

impl PartialEq for Element {
    fn eq(&self, other: &Element) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Element {}
