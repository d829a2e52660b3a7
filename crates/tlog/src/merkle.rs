//! Hashes of leaves and of the nodes above them.
//!
//! Source: RFC 6962 section 2.1. A leaf begins with 0x00 and a node with 0x01, so that no node can
//! be shown as a leaf.

use model::digest::Digest;
use sha2::{Digest as _, Sha256};

/// The root of a log without leaves.
pub fn empty() -> Digest {
    Digest::of(&[])
}

/// The hash of a leaf.
pub fn leaf(data: &[u8]) -> Digest {
    Digest(Sha256::new().chain_update([0]).chain_update(data).finalize().into())
}

/// The hash of two nodes that stand side by side.
pub fn node(left: &Digest, right: &Digest) -> Digest {
    Digest(
        Sha256::new()
            .chain_update([1])
            .chain_update(left.0)
            .chain_update(right.0)
            .finalize()
            .into(),
    )
}
