//! Looking up in a partner's set where it lies: a map of a file that may be larger than memory.

use std::collections::BTreeMap;

use model::digest::Digest;
use model::identifier::Identifier;
use psi::output::Stem;
use psi::set::Set;

use super::MatchOutside;
use super::publish::engine;
use super::step::Found;
use crate::error::NodeError;

/// After so many look-ups the set is mapped anew: of its file no more stays in memory than these
/// have touched, three places each, with what the system maps around them. On Linux that is 64 KiB,
/// or as much as its cache holds in one piece, at most 2 MiB: less than 1 GiB in all.
const AT_ONCE: usize = 128;

/// What is looked up in one set.
pub(super) struct Lookup<'o> {
    outside: &'o MatchOutside,
    set: Digest,
    /// The manifest that the set is named by.
    manifest: Digest,
    waiting: Vec<(Identifier, Stem)>,
    /// Each once, however often it was asked about.
    found: BTreeMap<Identifier, Found>,
}

impl<'o> Lookup<'o> {
    pub(super) fn new(outside: &'o MatchOutside, set: Digest, manifest: Digest) -> Lookup<'o> {
        Lookup { outside, set, manifest, waiting: Vec::new(), found: BTreeMap::new() }
    }

    /// Looks one more up, now or later.
    pub(super) fn add(&mut self, identifier: Identifier, stem: Stem) -> Result<(), NodeError> {
        self.waiting.push((identifier, stem));
        if self.waiting.len() == AT_ONCE { self.look() } else { Ok(()) }
    }

    /// What was found.
    pub(super) fn finish(mut self) -> Result<Vec<Found>, NodeError> {
        self.look()?;
        Ok(self.found.into_values().collect())
    }

    fn look(&mut self) -> Result<(), NodeError> {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        let bytes = self.outside.shelf.find(&self.set)?;
        let bytes = bytes.ok_or_else(|| engine("a set that was here is gone"))?;
        let set = Set::parse((*bytes).as_ref()).map_err(engine)?;
        for (identifier, stem) in waiting {
            if let Some(handle) = set.find(&stem) {
                let found = Found::new(identifier.clone(), &handle, self.manifest);
                self.found.insert(identifier, found);
            }
        }
        Ok(())
    }
}
