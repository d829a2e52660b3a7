//! Backup and restore: one file that holds the whole node but its lock.
//!
//! A backup is a tar stream: `node.db` taken by SQLite's own backup (so it is whole while the node
//! works), `keys/`, `originals/`, `rates.txt` and a list of digests. Segments are left out: they
//! are rebuilt.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Component, Path, PathBuf};

use model::digest::{Digest, Digester};
use rusqlite::backup::Backup;

use crate::database;
use crate::error::{StoreError, at};
use crate::home::{Home, restrict, sync_folder};

const LIST: &str = "digests.txt";
/// A backup holds at most this many files.
const MAX_FILES: usize = 1_000_000;

/// Writes a backup of the node; returns how many files it holds.
pub fn backup(home: &Home, to: &Path) -> Result<usize, StoreError> {
    let work = home.path().join("work");
    fs::create_dir_all(&work).map_err(at("create", &work))?;
    let copy = work.join("node.db");
    copy_database(&home.path().join("node.db"), &copy)?;
    let mut partial = to.as_os_str().to_owned();
    partial.push(format!(".{}.partial", std::process::id()));
    let partial = PathBuf::from(partial);
    let file = File::create(&partial).map_err(at("create", &partial))?;
    let mut archive = tar::Builder::new(file);
    let mut list = String::new();
    let mut add = |path: &Path, name: &str| -> Result<(), StoreError> {
        list.push_str(&format!("{}  {name}\n", digest(path)?));
        archive.append_path_with_name(path, name).map_err(at("pack", path))?;
        Ok(())
    };
    add(&copy, "node.db")?;
    for folder in ["keys", "originals"] {
        for path in crate::gather::all(&home.path().join(folder))? {
            let name =
                path.strip_prefix(home.path()).unwrap_or(&path).to_string_lossy().into_owned();
            add(&path, &name)?;
        }
    }
    let rates = home.path().join("rates.txt");
    if rates.exists() {
        add(&rates, "rates.txt")?;
    }
    let mut header = tar::Header::new_gnu();
    header.set_size(list.len() as u64);
    header.set_mode(0o600);
    archive.append_data(&mut header, LIST, list.as_bytes()).map_err(at("pack", to))?;
    let file = archive.into_inner().map_err(at("write", &partial))?;
    file.sync_all().map_err(at("sync", &partial))?;
    restrict(&partial, 0o600)?;
    fs::rename(&partial, to).map_err(at("rename", to))?;
    fs::remove_file(&copy).map_err(at("remove", &copy))?;
    sync_folder(to)?;
    Ok(list.lines().count())
}

fn copy_database(from: &Path, to: &Path) -> Result<(), StoreError> {
    let failed = at("copy", from);
    let source = database::open(from)?;
    let mut copy = rusqlite::Connection::open(to).map_err(&failed)?;
    let backup = Backup::new(&source, &mut copy).map_err(&failed)?;
    let pause = std::time::Duration::from_millis(1);
    backup.run_to_completion(1_000, pause, None).map_err(&failed)?;
    Ok(())
}

/// Unpacks a backup into an empty or missing directory, checking every file against the list.
pub fn restore(from: &Path, to: &Path) -> Result<usize, StoreError> {
    let is_used = fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_some());
    if is_used {
        return Err(StoreError::NotEmpty(to.display().to_string()));
    }
    // Unpacked and checked beside its place, then moved: a bad backup leaves no node behind.
    let mut beside = to.as_os_str().to_owned();
    beside.push(format!(".{}.restoring", std::process::id()));
    let beside = PathBuf::from(beside);
    match unpack(from, &beside) {
        Ok(count) => {
            if to.exists() {
                fs::remove_dir(to).map_err(at("replace", to))?;
            }
            fs::rename(&beside, to).map_err(at("rename", to))?;
            sync_folder(to)?;
            Ok(count)
        }
        Err(error) => {
            // What could not be checked is of no use; if even this fails, the first error counts.
            let _ = fs::remove_dir_all(&beside);
            Err(error)
        }
    }
}

fn unpack(from: &Path, to: &Path) -> Result<usize, StoreError> {
    let not_a_backup = |cause: &str| StoreError::NotABackup {
        path: from.display().to_string(),
        cause: cause.to_owned(),
    };
    let file = File::open(from).map_err(at("open", from))?;
    let mut archive = tar::Archive::new(file);
    fs::create_dir_all(to).map_err(at("create", to))?;
    restrict(to, 0o700)?;
    let (mut found, mut list) = (Vec::new(), None);
    let entries = archive.entries().map_err(|error| not_a_backup(&error.to_string()))?;
    for entry in entries {
        let mut entry = entry.map_err(|error| not_a_backup(&error.to_string()))?;
        let name = entry.path().map_err(|error| not_a_backup(&error.to_string()))?.into_owned();
        let is_plain = name.components().all(|part| matches!(part, Component::Normal(_)));
        if !is_plain
            || entry.header().entry_type() != tar::EntryType::Regular
            || found.len() > MAX_FILES
        {
            return Err(not_a_backup("it holds something else than plain files"));
        }
        if name == Path::new(LIST) {
            let mut text = String::new();
            entry.read_to_string(&mut text).map_err(|error| not_a_backup(&error.to_string()))?;
            list = Some(text);
            continue;
        }
        let place = to.join(&name);
        let folder = place.parent().unwrap_or(to);
        fs::create_dir_all(folder).map_err(at("create", folder))?;
        let mut out = File::create(&place).map_err(at("create", &place))?;
        std::io::copy(&mut entry, &mut out).map_err(at("write", &place))?;
        out.flush().and_then(|()| out.sync_all()).map_err(at("sync", &place))?;
        restrict(&place, 0o600)?;
        found.push(format!("{}  {}", digest(&place)?, name.display()));
    }
    let mut expected: Vec<String> = list
        .ok_or_else(|| not_a_backup("its list is missing"))?
        .lines()
        .map(str::to_owned)
        .collect();
    expected.sort();
    found.sort();
    if expected != found {
        return Err(not_a_backup("its files differ from its list"));
    }
    sync_folder(&to.join("node.db"))?;
    Ok(found.len())
}

fn digest(path: &Path) -> Result<Digest, StoreError> {
    let mut file = File::open(path).map_err(at("open", path))?;
    let (mut digester, mut chunk) = (Digester::default(), vec![0_u8; 1 << 18]);
    loop {
        let read = file.read(&mut chunk).map_err(at("read", path))?;
        match chunk.get(..read).filter(|piece| !piece.is_empty()) {
            Some(piece) => digester.update(piece),
            None => return Ok(digester.finish()),
        }
    }
}
