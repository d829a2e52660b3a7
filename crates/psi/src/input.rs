//! What goes into the function for an identifier.
//!
//! Bytes: `lienket/match/v1`, then the kind and the canonical value, each with its length before it
//! in two bytes, the most significant first: no two identifiers give the same.

use model::identifier::Identifier;

use crate::suite::length;

/// What is hashed is this, and for nothing else.
const NAME: &[u8] = b"lienket/match/v1";

/// The input of an identifier.
pub fn input(identifier: &Identifier) -> Vec<u8> {
    let (kind, value) = (identifier.kind().as_str().as_bytes(), identifier.value().as_bytes());
    [NAME, &length(kind), kind, &length(value), value].concat()
}
