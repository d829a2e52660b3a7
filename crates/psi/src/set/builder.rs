//! A set that is made: entries are put into drawers as they come, and each shard is made, written
//! out and forgotten before the next. Memory holds a drawer or a shard, whichever is larger, and
//! what the drawers themselves hold.

use super::drawers::{DRAWERS, Drawers, Held};
use super::fuse::Shape;
use super::{ENTRY, Entry, HEAD, MAX_ENTRIES, Plan, SHARD_HEAD, SetError, Shard};

/// A set that grows. Entries that are the same count once.
pub struct Builder<D = Held> {
    drawers: D,
    /// How many different entries each drawer has, where they were counted.
    counts: Vec<Option<u64>>,
}

/// Writes a part of a set.
type Write<'w, E> = dyn FnMut(&[u8]) -> Result<(), E> + 'w;

/// Why no set comes about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError<E> {
    /// The entries make none.
    #[error("{0}")]
    Set(#[from] SetError),
    /// They cannot be kept or read, or the set cannot be written.
    #[error("{0}")]
    Outside(E),
}

impl Builder<Held> {
    /// One that is empty and grows in memory.
    pub fn new() -> Builder {
        Builder::over(Held::of(0))
    }

    /// One that is going to hold about so many entries in memory.
    pub fn for_about(entries: u64) -> Builder {
        let each = usize::try_from(entries.min(MAX_ENTRIES)).unwrap_or(0) / DRAWERS;
        Builder::over(Held::of((each + each / 32) * ENTRY))
    }

    /// The bytes of the whole set.
    pub fn bytes(mut self) -> Result<Vec<u8>, SetError> {
        let Ok(count) = self.count();
        let plan = Plan::new(count)?;
        let head = HEAD + plan.shards() as usize * SHARD_HEAD;
        let each = usize::try_from(count).unwrap_or(0).div_ceil(plan.shards() as usize);
        let about = Shape::of(each).slots() * u64::from(plan.shards()) * super::SLOT as u64;
        let mut bytes = vec![0; head];
        // Shards differ a little, and one that grew beyond this would take all of it once more.
        bytes.reserve_exact(usize::try_from(about + about / 64).unwrap_or(0));
        let built = self.build(&mut |_| {}, &mut |slots| {
            bytes.extend_from_slice(slots);
            Ok(())
        });
        match built {
            Ok(head) => {
                bytes[..head.len()].copy_from_slice(&head);
                Ok(bytes)
            }
            Err(BuildError::Set(error)) => Err(error),
        }
    }
}

impl<D: Drawers> Builder<D> {
    /// One whose entries lie in these drawers, which are empty.
    pub fn over(drawers: D) -> Builder<D> {
        Builder { drawers, counts: vec![Some(0); DRAWERS] }
    }

    /// Puts an entry in.
    pub fn put(&mut self, entry: Entry) -> Result<(), D::Error> {
        let drawer = entry.tag[0];
        self.counts[usize::from(drawer)] = None;
        self.drawers.put(drawer, &entry.bytes())
    }

    /// Puts one in that only fills the set up: of 32 random bytes, so that it is like no other.
    pub fn fill(&mut self, random: &[u8; 32]) -> Result<(), D::Error> {
        let entry = Entry::filler(random);
        let drawer = entry.tag[0];
        if let Some(count) = &mut self.counts[usize::from(drawer)] {
            *count += 1;
        }
        self.drawers.put(drawer, &entry.bytes())
    }

    /// How many entries there are; those that are the same count once.
    pub fn count(&mut self) -> Result<u64, D::Error> {
        let mut sum = 0;
        for (drawer, count) in (0..=u8::MAX).zip(&mut self.counts) {
            sum += match *count {
                Some(count) => count,
                None => {
                    let found = sorted(&self.drawers.read(drawer)?).len() as u64;
                    *count.insert(found)
                }
            };
        }
        Ok(sum)
    }

    /// Makes the set: every entry is told once, in order, all slots are written, in order, and what
    /// stands before them comes back, for it is known last.
    pub fn build(
        mut self,
        tell: &mut dyn FnMut(&Entry),
        write: &mut Write<'_, D::Error>,
    ) -> Result<Vec<u8>, BuildError<D::Error>> {
        let count = self.count().map_err(BuildError::Outside)?;
        let plan = Plan::new(count)?;
        let (mut shapes, mut found) = (Vec::new(), 0);
        // What belongs to shards that are not made yet.
        let mut waiting: Vec<Entry> = Vec::new();
        for drawer in 0..=u8::MAX {
            let mut entries = sorted(&self.drawers.take(drawer).map_err(BuildError::Outside)?);
            entries.iter().for_each(&mut *tell);
            found += entries.len() as u64;
            waiting.append(&mut entries);
            let mut first = 0;
            while shapes.len() < plan.whole_shards(drawer) {
                let number = shapes.len() as u32;
                let rest = &waiting[first..];
                let end = rest.partition_point(|entry| plan.shard(&entry.tag) <= number);
                let shard = Shard::build(&rest[..end])?;
                write(shard.slots()).map_err(BuildError::Outside)?;
                shapes.push(*shard.shape());
                first += end;
            }
            waiting.drain(..first);
        }
        // One that only fills up was like another after all.
        if found != count {
            return Err(SetError::Plan.into());
        }
        Ok(plan.head(&shapes)?)
    }
}

impl Default for Builder {
    fn default() -> Builder {
        Builder::new()
    }
}

/// The entries of a drawer in order, each once.
fn sorted(bytes: &[u8]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = bytes.as_chunks::<ENTRY>().0.iter().map(Entry::read).collect();
    entries.sort_unstable();
    entries.dedup();
    entries
}
