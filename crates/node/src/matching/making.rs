//! Making a set of all that is known, however much that is: what is known lies in drawers outside,
//! sorted by digests, and so do the entries made of it; the set is written shard after shard.
//!
//! Memory holds a drawer, a shard and a batch of each kind, whatever the set's size. Outside lie
//! identifiers in the clear, and the set's entries, until the set is made (`port::Shelf::drawers`).

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Read, Write as _};

use model::digest::{Digest, Digester};
use model::identifier::{Identifier, Kind};
use psi::input::input;
use psi::key::{Key, MAX_BATCH};
use psi::output::handle;
use psi::set::{BuildError, Builder, Entry};
use psi::size::bucket;
use tlog::frontier::Frontier;
use tlog::merkle;

use super::MatchOutside;
use super::kept::{Listed, SHORT, listed};
use super::publish::{engine, kind_key};
use crate::error::NodeError;
use crate::port::{Draft, OutsideDrawers, PortError};

/// What is known, each as often as it was told, sorted into drawers by digests.
pub struct Gathered(OutsideDrawers);

/// What is known, as it lies in a drawer: digest, kind (1 byte), length (4 bytes, the most
/// significant first) and input.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Record<'d> {
    digest: [u8; SHORT],
    kind: Kind,
    input: &'d [u8],
}

/// A set in the making.
pub struct Making<'m> {
    outside: &'m MatchOutside,
    secret: &'m [u8; 32],
    /// What waits until there is enough of its kind, with the kind's key.
    batches: BTreeMap<Kind, (Key, Vec<Vec<u8>>)>,
    builder: Builder<OutsideDrawers>,
    list: BufWriter<Box<dyn Draft>>,
    list_digester: Digester,
}

/// A set that was made.
pub struct Made {
    /// How many entries it has.
    pub size: u64,
    /// The root over them.
    pub root: Digest,
    head: Vec<u8>,
    slots: Box<dyn Draft>,
    list: Box<dyn Draft>,
    list_name: Digest,
}

impl Gathered {
    /// Nothing yet.
    pub fn new(outside: &MatchOutside) -> Result<Gathered, NodeError> {
        Ok(Gathered(outside.shelf.drawers()?))
    }

    /// Takes one more.
    pub fn add(&mut self, identifier: &Identifier) -> Result<(), NodeError> {
        let input = input(identifier);
        let (digest, kind) = (listed(&input), number(identifier.kind()));
        let length = u32::try_from(input.len()).map_err(engine)?.to_be_bytes();
        let record = [digest.as_slice(), &[kind], &length, &input].concat();
        Ok(self.0.put(digest[0], &record)?)
    }

    /// Tells each once, in the order of the digests.
    fn each(
        mut self,
        mut tell: impl FnMut(&Record<'_>) -> Result<(), NodeError>,
    ) -> Result<(), NodeError> {
        for drawer in 0..=u8::MAX {
            let bytes = self.0.take(drawer)?;
            let (mut records, mut rest) = (Vec::new(), bytes.as_slice());
            while let Some((record, after)) = Record::read(rest) {
                records.push(record);
                rest = after;
            }
            if !rest.is_empty() {
                return Err(engine("a drawer is not what was put into it"));
            }
            records.sort_unstable();
            records.dedup();
            records.iter().try_for_each(&mut tell)?;
        }
        Ok(())
    }
}

impl Record<'_> {
    /// The first record of a drawer, and what comes after it.
    fn read(bytes: &[u8]) -> Option<(Record<'_>, &[u8])> {
        let (digest, rest) = bytes.split_first_chunk::<SHORT>()?;
        let (kind, rest) = rest.split_first()?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (input, rest) = rest.split_at_checked(length)?;
        let kind = Kind::all().nth(usize::from(*kind))?;
        Some((Record { digest: *digest, kind, input }, rest))
    }
}

/// A kind as a byte of a record.
fn number(kind: Kind) -> u8 {
    Kind::all().position(|one| one == kind).and_then(|place| place.try_into().ok()).unwrap_or(0)
}

impl<'m> Making<'m> {
    /// Nothing yet, under the secret of an epoch.
    pub fn new(outside: &'m MatchOutside, secret: &'m [u8; 32]) -> Result<Making<'m>, NodeError> {
        let builder = Builder::over(outside.shelf.drawers()?);
        let list = BufWriter::new(outside.shelf.draft()?);
        let (batches, list_digester) = (BTreeMap::new(), Digester::default());
        Ok(Making { outside, secret, batches, builder, list, list_digester })
    }

    /// Takes what is known and was not published before; how many these are. The list then holds
    /// what was published before, and they.
    pub fn take(&mut self, known: Gathered, mut before: Option<Listed>) -> Result<u64, NodeError> {
        let mut fresh = 0;
        let mut next = before.as_mut().map_or(Ok(None), Listed::next)?;
        known.each(|&Record { digest, kind, input }| {
            // Both are in the same order.
            while let Some(old) = next.filter(|old| *old < digest) {
                self.list(&old)?;
                next = before.as_mut().map_or(Ok(None), Listed::next)?;
            }
            if next == Some(digest) {
                return Ok(());
            }
            self.list(&digest)?;
            fresh += 1;
            self.add(kind, input)
        })?;
        while let Some(old) = next {
            self.list(&old)?;
            next = before.as_mut().map_or(Ok(None), Listed::next)?;
        }
        let kinds: Vec<Kind> = self.batches.keys().copied().collect();
        kinds.into_iter().try_for_each(|kind| self.raise(kind))?;
        Ok(fresh)
    }

    fn list(&mut self, digest: &[u8; SHORT]) -> Result<(), NodeError> {
        self.list_digester.update(digest);
        Ok(self.list.write_all(digest).map_err(unwritten)?)
    }

    fn add(&mut self, kind: Kind, input: &[u8]) -> Result<(), NodeError> {
        let waiting = match self.batches.get_mut(&kind) {
            Some((_, waiting)) => waiting,
            None => {
                let key = kind_key(self.secret, kind)?;
                &mut self.batches.entry(kind).or_insert((key, Vec::new())).1
            }
        };
        waiting.push(input.to_vec());
        if waiting.len() == MAX_BATCH { self.raise(kind) } else { Ok(()) }
    }

    /// Makes entries of what waits of a kind.
    fn raise(&mut self, kind: Kind) -> Result<(), NodeError> {
        let Some((key, waiting)) = self.batches.get_mut(&kind) else { return Ok(()) };
        let inputs = std::mem::take(waiting);
        for inputs in inputs.chunks(MAX_BATCH) {
            let outputs = key.outputs(inputs, self.outside.threads).map_err(engine)?;
            for (input, output) in inputs.iter().zip(outputs) {
                self.builder.put(Entry::new(&output.stem(), handle(self.secret, input)))?;
            }
        }
        Ok(())
    }

    /// Fills the set up to the next of its sizes, and makes it.
    pub fn finish(mut self) -> Result<Made, NodeError> {
        let count = self.builder.count()?;
        let size = bucket(count);
        for _ in count..size {
            let mut random = [0; 32];
            self.outside.random.fill(&mut random)?;
            self.builder.fill(&random)?;
        }
        let (mut frontier, mut slots) = (Frontier::default(), self.outside.shelf.draft()?);
        let built = self
            .builder
            .build(&mut |entry| drop(frontier.add(merkle::leaf(&entry.bytes()))), &mut |bytes| {
                slots.write_all(bytes).map_err(unwritten)
            });
        let head = built.map_err(|error| match error {
            BuildError::Outside(error) => error.into(),
            error => engine(error),
        })?;
        let list = self.list.into_inner().map_err(|error| unwritten(error.into_error()))?;
        let list_name = self.list_digester.finish();
        Ok(Made { size, root: frontier.root(), head, slots, list, list_name })
    }
}

impl Made {
    /// Keeps the list of what was published in this epoch, hands the set's bytes on, and forgets
    /// them; the list's name. The list is kept first: the same is kept again where the rest fails.
    pub fn keep<T>(
        self,
        take: impl FnOnce(&mut dyn Read) -> Result<T, NodeError>,
    ) -> Result<(T, Digest), NodeError> {
        let Made { head, mut slots, list, list_name, .. } = self;
        list.keep(&list_name)?;
        let taken = take(&mut head.as_slice().chain(slots.reader()?))?;
        Ok((taken, list_name))
    }
}

/// What was to be written cannot be.
pub(super) fn unwritten(error: io::Error) -> PortError {
    let object = "what MATCH keeps aside".to_owned();
    PortError { operation: "write", object, cause: error.to_string() }
}
