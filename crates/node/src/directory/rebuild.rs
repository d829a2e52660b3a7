//! Entries whose kept file is missing or damaged are made again from the originals, by the log.

use formats::kind::Kind;
use formats::open::{self, Row};
use model::day::Day;
use model::digest::Digest;

use super::deed::{DirectoryDeed, DirectoryFile, Done};
use super::kept::{Held, broken};
use super::merge::Merge;
use crate::error::NodeError;
use crate::node::Node;

impl Node {
    /// The entries of a digest once more, from the first change on; kept again where they come out
    /// to the digest.
    pub(super) fn entries_again(&self, digest: &Digest) -> Result<Vec<Held>, NodeError> {
        let mut entries: Vec<Held> = Vec::new();
        for done in self.state.directory.until(None) {
            let Some(after) = done.deed.entries() else { continue };
            entries = match self.entries_as_kept(&after) {
                Ok(kept) => kept,
                Err(_) => self.done_again(done, entries)?,
            };
            if after == *digest {
                return match self.keep_entries(&entries)? == after {
                    true => Ok(entries),
                    false => Err(broken("its originals give other entries now")),
                };
            }
        }
        Err(broken("no event names it"))
    }

    fn done_again(&self, done: &Done, mut before: Vec<Held>) -> Result<Vec<Held>, NodeError> {
        match &done.deed {
            DirectoryDeed::Imported { file, .. } => {
                self.read_again_into(file, Day::of(done.at), before)
            }
            DirectoryDeed::Removed { id, .. } => {
                before.retain(|held| held.id != *id);
                Ok(before)
            }
            DirectoryDeed::Confirmed { .. } => Ok(before),
        }
    }

    fn read_again_into(
        &self,
        file: &DirectoryFile,
        day: Day,
        before: Vec<Held>,
    ) -> Result<Vec<Held>, NodeError> {
        let source = self.ports.vault.original(&file.original, &file.name)?;
        if self.ports.vault.digest(&*source)?.0 != file.original {
            return Err(broken("a kept original has another digest"));
        }
        let options = self.options(Some(Kind::Authorities), file.map.as_deref(), None)?;
        let mut merge = Merge::new(&file.name, day, before);
        let opened = open::detect(&*source, &options)?;
        open::read(&*source, &opened, &options, &mut |row| {
            if let Row::Authority(row, entry) = row {
                merge.take(row, *entry);
            }
        })?;
        // A file that withdrew nothing was either not whole or had all there was.
        if file.withdrawn > 0 {
            merge.withdraw_others();
        }
        Ok(merge.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::kept::written;

    #[test]
    fn entries_are_written_alike_every_time() {
        let none: Vec<Held> = Vec::new();
        let text = String::from_utf8(written(&none).unwrap()).unwrap();
        assert_eq!(text, "{\"form\":1,\"entries\":[]}");
    }
}
