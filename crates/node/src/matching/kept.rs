//! What MATCH keeps beside the log: lists of what was published, of what a session asked about, and
//! the outputs that were paid for. Each lies under the digest of its bytes; one that is missing or
//! changed is as if it had never been.

use std::collections::BTreeMap;
use std::io::{BufReader, Read};

use envelope::card::AgencyId;
use model::digest::{Digest, Digester};
use model::identifier::{Identifier, Kind};
use psi::output::Stem;
use serde::{Deserialize, Serialize};

use super::step::Step;
use crate::error::NodeError;
use crate::event::Event;
use crate::node::Node;
use crate::port::{Bytes, PortError};

/// An input stands in a list by so many bytes of its digest.
pub(super) const SHORT: usize = 16;
/// A list of outputs has so many bytes for each.
const PAIR: usize = 64;
/// Lists are read in pieces of so many bytes.
const PIECE: usize = 1 << 16;

/// What was published in an epoch, by the digests of the inputs, in their order: read as it is
/// needed, for it may be long.
pub struct Listed(BufReader<Box<dyn Read>>);

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

impl Listed {
    /// The next one; `None`: there is none any more.
    pub(super) fn next(&mut self) -> Result<Option<[u8; SHORT]>, NodeError> {
        let mut digest = [0; SHORT];
        match self.0.read_exact(&mut digest) {
            Ok(()) => Ok(Some(digest)),
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(None),
            Err(error) => Err(unread(error).into()),
        }
    }
}

/// A list cannot be read.
fn unread(error: std::io::Error) -> PortError {
    let object = "a list of what was published".to_owned();
    PortError { operation: "read", object, cause: error.to_string() }
}

impl Node {
    /// Keeps bytes under their digest.
    pub(super) fn keep(&self, bytes: &[u8]) -> Result<Digest, NodeError> {
        let name = Digest::of(bytes);
        self.match_outside()?.shelf.keep(&name, bytes)?;
        Ok(name)
    }

    /// Records that a set was published or came. A list or a set whose place it takes is of no use
    /// any more, and goes.
    pub(super) fn record_set(&mut self, partner: AgencyId, what: Step) -> Result<(), NodeError> {
        let before = self.state.matching.sets_and_lists();
        self.record("node", &[Event::Match { partner: partner.0, what }])?;
        let (after, outside) = (self.state.matching.sets_and_lists(), self.match_outside()?);
        before.difference(&after).try_for_each(|name| outside.shelf.remove(name))?;
        Ok(())
    }

    /// Kept bytes, if they are what they were.
    fn kept(&self, name: &Digest) -> Result<Option<Bytes>, NodeError> {
        let bytes = self.match_outside()?.shelf.find(name)?;
        Ok(bytes.filter(|bytes| Digest::of((**bytes).as_ref()) == *name))
    }

    /// A list of what was published, if it is what it was.
    pub(super) fn listed(&self, name: &Digest) -> Result<Option<Listed>, NodeError> {
        let shelf = self.match_outside()?.shelf;
        let Some(mut whole) = shelf.read(name)? else { return Ok(None) };
        let (mut digester, mut piece) = (Digester::default(), vec![0; PIECE]);
        while let Some(read) = match whole.read(&mut piece).map_err(unread)? {
            0 => None,
            count => piece.get(..count),
        } {
            digester.update(read);
        }
        if digester.finish() != *name {
            return Ok(None);
        }
        Ok(shelf.read(name)?.map(|list| Listed(BufReader::with_capacity(PIECE, list))))
    }

    /// The batches of a session.
    pub(super) fn batches(&self, name: &Digest) -> Result<Option<Vec<Batch>>, NodeError> {
        let bytes = self.kept(name)?;
        Ok(bytes.and_then(|bytes| postcard::from_bytes((*bytes).as_ref()).ok()))
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
        let Some(bytes) = self.kept(name)? else { return Ok(Outputs::new()) };
        let pairs = (*bytes).as_ref().as_chunks::<PAIR>().0.iter().map(|pair| {
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
