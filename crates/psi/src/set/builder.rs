//! A set made in memory: entries are sorted into drawers as they come, and each shard is made, and
//! its entries forgotten, before the next.

use super::fuse::Shape;
use super::{Entry, HEAD, MAX_ENTRIES, Plan, SHARD_HEAD, SLOT, SetError, Shard};

/// By the first byte of the tag: every shard is some whole drawers, or a part of one.
const DRAWERS: usize = 256;

/// A set that grows. Entries that are the same count once.
pub struct Builder {
    drawers: Vec<Vec<Entry>>,
}

impl Builder {
    /// One that is empty.
    pub fn new() -> Builder {
        Builder { drawers: vec![Vec::new(); DRAWERS] }
    }

    /// One that is going to hold about so many entries: each drawer is asked for at once, so that
    /// the memory of one that was emptied goes back to the system.
    pub fn for_about(entries: u64) -> Builder {
        let each = usize::try_from(entries.min(MAX_ENTRIES)).unwrap_or(0) / DRAWERS;
        let each = each + each / 32;
        Builder { drawers: (0..DRAWERS).map(|_| Vec::with_capacity(each)).collect() }
    }

    /// Puts an entry in.
    pub fn put(&mut self, entry: Entry) {
        let drawer = &mut self.drawers[usize::from(entry.tag[0])];
        if drawer.len() == drawer.capacity() {
            // Doubling would take twice the memory where all drawers grow alike.
            drawer.reserve_exact(drawer.len() / 8 + 64);
        }
        drawer.push(entry);
    }

    /// How many entries there are, once those that are the same were found.
    pub fn count(&mut self) -> u64 {
        for drawer in &mut self.drawers {
            drawer.sort_unstable();
            drawer.dedup();
        }
        self.drawers.iter().map(|drawer| drawer.len() as u64).sum()
    }

    /// The entries in their order, once they were counted.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.drawers.iter().flatten()
    }

    /// The set's bytes.
    pub fn build(mut self) -> Result<Vec<u8>, SetError> {
        let plan = Plan::new(self.count())?;
        let sizes = self.sizes(&plan);
        let slots: u64 = sizes.iter().map(|count| Shape::of(*count).slots()).sum();
        let head = HEAD + plan.shards() as usize * SHARD_HEAD;
        let mut bytes = vec![0; head];
        bytes.reserve_exact(slots as usize * SLOT);
        let mut shapes = Vec::new();
        let mut rest: Vec<Entry> = Vec::new();
        let mut drawers = std::mem::take(&mut self.drawers).into_iter();
        for count in sizes {
            while rest.len() < count {
                rest.append(&mut drawers.next().unwrap_or_default());
            }
            let shard = Shard::build(&rest[..count])?;
            bytes.extend_from_slice(shard.slots());
            shapes.push(*shard.shape());
            rest.drain(..count);
        }
        bytes[..head].copy_from_slice(&plan.head(&shapes)?);
        Ok(bytes)
    }

    /// How many entries each shard gets.
    fn sizes(&self, plan: &Plan) -> Vec<usize> {
        let mut sizes = vec![0; plan.shards() as usize];
        for entry in self.drawers.iter().flatten() {
            sizes[plan.shard(&entry.tag) as usize] += 1;
        }
        sizes
    }
}

impl Default for Builder {
    fn default() -> Builder {
        Builder::new()
    }
}
