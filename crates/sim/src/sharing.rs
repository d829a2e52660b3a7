//! What connections share of a database file besides its bytes: locks and the index of the WAL.
//!
//! Nothing of it outlives a power cut. Each connection has a copy of the index, brings into the
//! shared one what it changed since it last looked, and takes over what the others did.

use std::collections::BTreeMap;
use std::ops::Range;

use sqlite_vfs::LockKind;
use sqlite_vfs::wip::WalIndexLock;

/// Bytes of one region of the index, as SQLite asks for them.
pub(crate) const REGION_BYTES: usize = 32_768;
/// Changes of a region are found in pieces of this size.
const PIECE_BYTES: usize = 64;

/// One region.
pub(crate) type Region = [u8; REGION_BYTES];

/// What is shared of one file.
#[derive(Default)]
pub(crate) struct Sharing {
    /// Locks of the file by connection.
    locks: BTreeMap<u64, LockKind>,
    /// Locks of the index by connection and place.
    index_locks: BTreeMap<(u64, u8), WalIndexLock>,
    regions: BTreeMap<u32, Box<Region>>,
}

impl Sharing {
    /// Takes or gives back a connection's lock of the file; false: others hold it.
    pub(crate) fn lock(&mut self, who: u64, wanted: LockKind) -> bool {
        let others = self.locks.iter().filter(|(holder, _)| **holder != who);
        let highest = others.map(|(_, held)| *held).fold(LockKind::None, higher);
        let held = self.held(who);
        let (granted, taken) = match wanted {
            LockKind::Shared if held < LockKind::Shared => (highest < LockKind::Pending, wanted),
            LockKind::Reserved | LockKind::Pending => (highest < LockKind::Reserved, wanted),
            LockKind::Exclusive if highest == LockKind::None => (true, wanted),
            // Whoever waits for the last readers lets no new one in.
            LockKind::Exclusive if highest == LockKind::Shared => (false, LockKind::Pending),
            LockKind::Exclusive => (false, held),
            _ => (true, wanted),
        };
        let is_pending = taken == LockKind::Pending;
        if granted || is_pending && highest < LockKind::Reserved {
            self.locks.insert(who, taken);
        }
        granted
    }

    /// The lock that a connection holds.
    pub(crate) fn held(&self, who: u64) -> LockKind {
        self.locks.get(&who).copied().unwrap_or(LockKind::None)
    }

    /// Whether somebody means to write.
    pub(crate) fn is_reserved(&self) -> bool {
        self.locks.values().any(|held| *held >= LockKind::Reserved)
    }

    /// Takes or gives back locks of the index; false: others hold one of them.
    pub(crate) fn lock_index(&mut self, who: u64, places: Range<u8>, wanted: WalIndexLock) -> bool {
        let mut others = self
            .index_locks
            .iter()
            .filter(|((holder, place), _)| *holder != who && places.contains(place));
        let is_free = match wanted {
            WalIndexLock::None => true,
            WalIndexLock::Shared => others.all(|(_, held)| *held == WalIndexLock::Shared),
            WalIndexLock::Exclusive => others.next().is_none(),
        };
        if is_free {
            for place in places {
                match wanted {
                    WalIndexLock::None => self.index_locks.remove(&(who, place)),
                    _ => self.index_locks.insert((who, place), wanted),
                };
            }
        }
        is_free
    }

    /// Takes over what is shared of a region.
    pub(crate) fn pull(&mut self, number: u32, into: &mut Region) {
        *into = **self.region(number);
    }

    /// Brings in what a connection changed in a region since it last looked.
    pub(crate) fn push(&mut self, number: u32, last: &Region, now: &Region) {
        if last == now {
            return;
        }
        let shared = self.region(number).chunks_mut(PIECE_BYTES);
        let pieces = last.chunks(PIECE_BYTES).zip(now.chunks(PIECE_BYTES));
        for (shared, (last, now)) in shared.zip(pieces).filter(|(_, (last, now))| last != now) {
            for (shared, (last, now)) in shared.iter_mut().zip(last.iter().zip(now)) {
                if last != now {
                    *shared = *now;
                }
            }
        }
    }

    /// A connection is gone; with the last one goes the index.
    pub(crate) fn leave(&mut self, who: u64) {
        self.locks.remove(&who);
        self.index_locks.retain(|(holder, _), _| *holder != who);
        if self.locks.is_empty() {
            self.regions.clear();
        }
    }

    /// A connection is there.
    pub(crate) fn join(&mut self, who: u64) {
        self.locks.insert(who, LockKind::None);
    }

    /// The index is to begin anew.
    pub(crate) fn forget_index(&mut self) {
        self.regions.clear();
    }

    fn region(&mut self, number: u32) -> &mut Box<Region> {
        self.regions.entry(number).or_insert_with(|| Box::new([0; REGION_BYTES]))
    }
}

fn higher(one: LockKind, other: LockKind) -> LockKind {
    if other > one { other } else { one }
}
