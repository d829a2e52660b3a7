//! Restore: a backup is unpacked and checked beside its place, under the lock of the home that it
//! becomes, and moved there whole. A bad backup, or a crash, leaves no node behind.
//!
//! Partners may have more of our record than a backup holds: a restored record says so of itself.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Component, Path, PathBuf};

use model::digest::Digester;

use crate::backup::{LIST, MAX_FILES, beside};
use crate::error::{StoreError, at};
use crate::home::{Home, create_folder, create_new_file, sync, sync_folder};
use crate::record::SqliteRecord;

/// The list of a backup of the most files is no longer than this.
const MAX_LIST_BYTES: u64 = 160 * MAX_FILES as u64;
/// A database begins so (SQLite database file format, section 1.3).
const SQLITE: &[u8] = b"SQLite format 3\0";
const CHUNK_BYTES: usize = 1 << 18;

/// Unpacks a backup into an empty or missing directory, checking every file against the list;
/// returns how many files it held.
pub fn restore(from: &Path, to: &Path) -> Result<usize, StoreError> {
    // A path such as `.` has no name beside which something could be put.
    let to = if to.exists() { to.canonicalize().map_err(at("find", to))? } else { to.to_owned() };
    let is_used = to.exists() && fs::read_dir(&to).map_err(at("list", &to))?.next().is_some();
    if is_used {
        return Err(StoreError::NotEmpty(to.display().to_string()));
    }
    let parent = to.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.map_or(Ok(()), create_folder)?;
    let aside = beside(&to, "restoring")?;
    fs::create_dir(&aside).map_err(at("create", &aside))?;
    let restored = Home::create(&aside).and_then(|home| {
        let count = Unpacking::new(from, &aside).unpack()?;
        let record = aside.join("record.db");
        if record.exists() {
            let refused = |cause: String| StoreError::NotABackup {
                path: from.display().to_string(),
                cause: format!("record.db: {cause}"),
            };
            // SQLite would take what is shorter for an empty database, and make a new one of it.
            let mut head = Vec::new();
            let file = File::open(&record).map_err(at("open", &record))?;
            file.take(SQLITE.len() as u64).read_to_end(&mut head).map_err(at("read", &record))?;
            if head != SQLITE {
                return Err(refused("it is no database".to_owned()));
            }
            SqliteRecord::mark_restored(&record).map_err(|error| refused(error.to_string()))?;
        }
        // Only an empty folder is removed: what somebody put there meanwhile stays.
        if to.exists() {
            fs::remove_dir(&to).map_err(at("replace", &to))?;
        }
        fs::rename(&aside, &to).map_err(at("rename", &to))?;
        sync_folder(&to)?;
        // The lock lies in the folder that was moved: nobody was in it before this.
        drop(home);
        Ok(count)
    });
    if restored.is_err() {
        // What could not be checked is of no use; if even this fails, the first error counts.
        let _ = fs::remove_dir_all(&aside);
    }
    restored
}

/// A backup on its way into a folder.
struct Unpacking<'a> {
    from: &'a Path,
    to: &'a Path,
    /// What was found, as the list writes it.
    found: Vec<String>,
    folders: BTreeSet<PathBuf>,
}

impl<'a> Unpacking<'a> {
    fn new(from: &'a Path, to: &'a Path) -> Unpacking<'a> {
        Unpacking { from, to, found: Vec::new(), folders: BTreeSet::new() }
    }

    fn unpack(mut self) -> Result<usize, StoreError> {
        let file = File::open(self.from).map_err(at("open", self.from))?;
        let mut archive = tar::Archive::new(file);
        let mut list = None;
        let entries = archive.entries().map_err(|error| self.refused(&error))?;
        for entry in entries {
            let mut entry = entry.map_err(|error| self.refused(&error))?;
            let name = entry.path().map_err(|error| self.refused(&error))?.into_owned();
            let is_file = entry.header().entry_type() == tar::EntryType::Regular;
            if is_file && name == Path::new(LIST) && list.is_none() {
                let mut text = String::new();
                let read = (&mut entry).take(MAX_LIST_BYTES).read_to_string(&mut text);
                read.map_err(|error| self.refused(&error))?;
                list = Some(text);
            } else if is_file && is_ours(&name) && self.found.len() < MAX_FILES {
                self.file(&name, &mut entry)?;
            } else {
                return Err(self.refused(&format!("{} is no part of a node", name.display())));
            }
        }
        let list = list.ok_or_else(|| self.refused(&"its list is missing"))?;
        let mut expected: Vec<&str> = list.lines().collect();
        expected.sort_unstable();
        self.found.sort_unstable();
        if expected != self.found {
            return Err(self.refused(&"its files differ from its list"));
        }
        for folder in self.folders.iter().rev() {
            sync(folder)?;
        }
        sync(self.to)?;
        Ok(self.found.len())
    }

    /// Writes one file, synced, and notes its digest and its folders.
    fn file(&mut self, name: &Path, entry: &mut impl std::io::Read) -> Result<(), StoreError> {
        let place = self.to.join(name);
        let folders = place.ancestors().skip(1).take_while(|folder| *folder != self.to);
        self.folders.extend(folders.map(Path::to_owned));
        create_folder(place.parent().unwrap_or(self.to))?;
        let mut out = create_new_file(&place)?;
        let (mut digester, mut chunk) = (Digester::default(), vec![0_u8; CHUNK_BYTES]);
        loop {
            let read = entry.read(&mut chunk).map_err(|error| self.refused(&error))?;
            let Some(piece) = chunk.get(..read).filter(|piece| !piece.is_empty()) else { break };
            digester.update(piece);
            out.write_all(piece).map_err(at("write", &place))?;
        }
        out.sync_all().map_err(at("sync", &place))?;
        self.found.push(format!("{}  {}", digester.finish(), name.display()));
        Ok(())
    }

    fn refused(&self, cause: &dyn std::fmt::Display) -> StoreError {
        let path = self.from.display().to_string();
        StoreError::NotABackup { path, cause: cause.to_string() }
    }
}

/// Whether a name is one that a backup writes: nothing escapes, and nothing strange is brought in.
fn is_ours(name: &Path) -> bool {
    let parts = name.components().map(|part| match part {
        Component::Normal(part) => part.to_str(),
        _ => None,
    });
    match parts.collect::<Option<Vec<&str>>>().as_deref() {
        Some(["node.db" | "record.db" | "rates.txt"] | ["keys", "node.key"]) => true,
        Some(["originals" | "blobs", folder, file]) => {
            let is_hexadecimal = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
            file.len() == 64 && is_hexadecimal(file) && file.get(..2) == Some(folder)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(tar: &mut tar::Builder<File>, kind: tar::EntryType, name: &str, bytes: &[u8]) {
        let mut header = tar::Header::new_old();
        // The name as a hostile hand writes it: the library itself refuses some.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_entry_type(kind);
        header.set_mode(0o600);
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        tar.append(&header, bytes).unwrap();
    }

    /// Restores a backup that holds one more entry, rightly listed; says the error's code.
    fn check(kind: tar::EntryType, name: &str, expected: &str) {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("backup"), folder.path().join("inner").join("home"));
        let mut tar = tar::Builder::new(File::create(&from).unwrap());
        let mut list = String::new();
        for (kind, name) in [(tar::EntryType::Regular, "node.db"), (kind, name)] {
            entry(&mut tar, kind, name, b"x");
            let digest = model::digest::Digest::of(b"x");
            list.push_str(&format!("{digest}  {name}\n"));
        }
        entry(&mut tar, tar::EntryType::Regular, LIST, list.as_bytes());
        tar.finish().unwrap();
        let code = restore(&from, &to).map_or_else(|error| error.code(), |_| "restored");
        assert_eq!(code, expected, "{name}");
        assert_eq!(to.exists(), expected == "restored", "{name}");
        let mut inner = fs::read_dir(folder.path().join("inner")).unwrap();
        assert!(to.exists() || inner.next().is_none(), "{name}: something was left");
        assert!(!folder.path().join("escaped").exists(), "{name}");
    }

    #[test]
    fn a_backup_of_known_files_is_restored() {
        check(tar::EntryType::Regular, "rates.txt", "restored");
        check(tar::EntryType::Regular, "record.db", "not_a_backup"); // "x" is no record
        let name = "ab".repeat(32);
        check(tar::EntryType::Regular, &format!("blobs/ab/{name}"), "restored");
    }

    #[test]
    fn what_escapes_or_is_no_part_of_a_node_is_refused() {
        for name in [
            "../escaped",
            "/tmp/escaped",
            "keys/../../escaped",
            "lock",
            "segments/ab/cd",
            "blobs/sealing/0",
        ] {
            check(tar::EntryType::Regular, name, "not_a_backup");
        }
        check(tar::EntryType::Symlink, "rates.txt", "not_a_backup");
        check(tar::EntryType::Directory, "keys", "not_a_backup");
    }

    #[test]
    fn the_same_name_twice_is_refused() {
        check(tar::EntryType::Regular, "node.db", "system");
    }
}
