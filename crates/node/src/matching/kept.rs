//! What MATCH keeps beside the log: lists of what was published, of what a session asked about, and
//! the outputs that were paid for. Each lies under the digest of its bytes; one that is missing or
//! changed is as if it had never been.

use std::collections::{BTreeMap, BTreeSet};

use model::digest::Digest;
use model::identifier::{Identifier, Kind};
use psi::output::Stem;
use serde::{Deserialize, Serialize};

use crate::error::NodeError;
use crate::node::Node;
use crate::port::PortError;

/// An input stands in a list by so many bytes of its digest.
const SHORT: usize = 16;
/// A list of outputs has so many bytes for each.
const PAIR: usize = 64;

/// What was published in an epoch, by the digests of the inputs.
pub(super) type Listed = BTreeSet<[u8; SHORT]>;
/// Outputs by the digests of their inputs.
pub(super) type Outputs = BTreeMap<[u8; 32], Stem>;

/// One batch of a session, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Batch {
    pub(super) kind: Kind,
    pub(super) identifiers: Vec<Identifier>,
    /// The blinded elements, those that fill the batch up among them.
    pub(super) sent: Vec<[u8; 32]>,
}

/// The digest by which an input stands in a list.
pub(super) fn listed(input: &[u8]) -> [u8; SHORT] {
    let whole = Digest::of(input).0;
    std::array::from_fn(|place| whole[place])
}

impl Node {
    /// Keeps bytes under their digest.
    pub(super) fn keep(&self, bytes: &[u8]) -> Result<Digest, NodeError> {
        let name = Digest::of(bytes);
        self.match_outside()?.shelf.keep(&name, bytes)?;
        Ok(name)
    }

    /// Kept bytes, if they are what they were.
    fn kept(&self, name: &Digest) -> Result<Option<Vec<u8>>, NodeError> {
        let bytes = self.match_outside()?.shelf.find(name)?.map(|bytes| (*bytes).as_ref().to_vec());
        Ok(bytes.filter(|bytes| Digest::of(bytes) == *name))
    }

    /// A list of what was published.
    pub(super) fn listed(&self, name: &Digest) -> Result<Option<Listed>, NodeError> {
        let bytes = self.kept(name)?;
        Ok(bytes.map(|bytes| bytes.as_chunks::<SHORT>().0.iter().copied().collect()))
    }

    /// Keeps such a list.
    pub(super) fn keep_listed(&self, list: &Listed) -> Result<Digest, NodeError> {
        self.keep(&list.iter().flatten().copied().collect::<Vec<u8>>())
    }

    /// The batches of a session.
    pub(super) fn batches(&self, name: &Digest) -> Result<Option<Vec<Batch>>, NodeError> {
        let bytes = self.kept(name)?;
        Ok(bytes.and_then(|bytes| postcard::from_bytes(&bytes).ok()))
    }

    /// Keeps the batches of a session.
    pub(super) fn keep_batches(&self, batches: &[Batch]) -> Result<Digest, NodeError> {
        let bytes = postcard::to_stdvec(batches).map_err(|error| PortError {
            operation: "write",
            object: "the batches of a session".to_owned(),
            cause: error.to_string(),
        })?;
        self.keep(&bytes)
    }

    /// Outputs that are held; none where the list is missing.
    pub(super) fn outputs(&self, name: Option<&Digest>) -> Result<Outputs, NodeError> {
        let Some(name) = name else { return Ok(Outputs::new()) };
        let bytes = self.kept(name)?.unwrap_or_default();
        let pairs = bytes.as_chunks::<PAIR>().0.iter().map(|pair| {
            let half = |first: usize| std::array::from_fn(|place| pair[first + place]);
            (half(0), Stem::from_bytes(half(32)))
        });
        Ok(pairs.collect())
    }

    /// Keeps outputs; the list before them goes.
    pub(super) fn keep_outputs(
        &self,
        outputs: &Outputs,
        before: Option<&Digest>,
    ) -> Result<Digest, NodeError> {
        let mut bytes = Vec::with_capacity(outputs.len() * PAIR);
        for (input, stem) in outputs {
            bytes.extend_from_slice(input);
            bytes.extend_from_slice(stem.danger_bytes());
        }
        let name = self.keep(&bytes)?;
        if let Some(before) = before.filter(|before| **before != name) {
            self.match_outside()?.shelf.remove(before)?;
        }
        Ok(name)
    }
}
