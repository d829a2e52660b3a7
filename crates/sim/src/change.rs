//! One change of a file's bytes, and how much of it a power cut keeps.

use crate::chance::Chance;

/// Bytes that the disk writes whole or not at all.
pub const SECTOR_BYTES: usize = 512;
/// A file has at most so many bytes.
pub const MAX_FILE_BYTES: usize = 1 << 28;

/// What was done to the bytes of a file.
#[derive(Clone)]
#[non_exhaustive]
pub enum Change {
    /// Bytes were written at an offset.
    Written(usize, Vec<u8>),
    /// The file was cut to a length.
    Truncated(usize),
}

impl Change {
    /// Applies all of the change.
    pub(crate) fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Change::Written(offset, written) => put(bytes, *offset, written),
            Change::Truncated(length) => bytes.truncate(*length),
        }
    }

    /// Applies as much of the change as chance keeps.
    pub(crate) fn strike(&self, bytes: &mut Vec<u8>, fate: Fate, chance: &mut Chance) {
        match self {
            Change::Written(offset, written) if fate.is_torn(chance) => {
                let (mut offset, mut rest) = (*offset, written.as_slice());
                while !rest.is_empty() {
                    // The first sector may begin before the write does.
                    let length = (SECTOR_BYTES - offset % SECTOR_BYTES).min(rest.len());
                    let (sector, after) = rest.split_at(length);
                    if chance.below(2) == 0 {
                        put(bytes, offset, sector);
                    }
                    (offset, rest) = (offset + length, after);
                }
            }
            change if fate.is_kept(chance) => change.apply(bytes),
            _ => {}
        }
    }
}

/// How hard one power cut strikes: in so many of a hundred cases.
#[derive(Clone, Copy)]
pub(crate) struct Fate {
    kept: u64,
    torn: u64,
}

impl Fate {
    /// Cuts that keep or lose nearly everything are as frequent as those in between: there the last
    /// write, or the one before it, decides.
    pub(crate) fn drawn(chance: &mut Chance) -> Fate {
        let mut of = |choices: &[u64]| {
            let place = usize::try_from(chance.below(choices.len() as u64)).unwrap_or(0);
            choices.get(place).copied().unwrap_or(0)
        };
        Fate { kept: of(&[0, 5, 50, 95, 100]), torn: of(&[0, 0, 10, 50]) }
    }

    /// Whether the next change stands.
    pub(crate) fn is_kept(self, chance: &mut Chance) -> bool {
        chance.below(100) < self.kept
    }

    fn is_torn(self, chance: &mut Chance) -> bool {
        chance.below(100) < self.torn
    }
}

/// Writes bytes at an offset; a file that ends before it grows by zeros.
fn put(bytes: &mut Vec<u8>, offset: usize, written: &[u8]) {
    let end = offset.saturating_add(written.len()).min(MAX_FILE_BYTES);
    if bytes.len() < end {
        bytes.resize(end, 0);
    }
    if let Some(place) = bytes.get_mut(offset..end) {
        let written = written.get(..place.len()).unwrap_or_default();
        place.copy_from_slice(written);
    }
}
