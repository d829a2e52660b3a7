//! Whether a demo's folder still holds the demo alone, so that the next demo may empty it.

use std::fs;
use std::path::{Path, PathBuf};

use model::digest::Digest;
use node::event::{Event, Recorded};
use node::port::Journal as _;
use store::home::Home;
use store::journal::SqliteJournal;

use crate::demo::{FILES, MARK};
use crate::failure::Failure;

/// What a node keeps in its home; what lies in its folders is named by its log.
const HOME: [&str; 11] = [
    "lock",
    "node.db",
    "node.db-shm",
    "node.db-wal",
    "keys",
    "originals",
    "rejects",
    "segments",
    "graphs",
    "blobs",
    "work",
];

/// Refuses where the folder holds what no demo made, or where somebody worked in its node. Returns
/// the node's home, held, where there is one.
pub(crate) fn check(dir: &Path) -> Result<Option<Home>, Failure> {
    let reports = ["case.vi.html", "case.en.html"];
    let is_paper = |name: &str| reports.contains(&name) || is_of_ring(name);
    let known = |name: &str| [MARK, "files", "node"].contains(&name) || is_paper(name);
    only(dir, known)?;
    only(&dir.join("files"), |name| FILES.iter().any(|(file, _)| *file == name))?;
    let path = dir.join("node");
    only(&path, |name| HOME.contains(&name))?;
    only(&path.join("keys"), |name| name == "node.key")?;
    let Some(home) = Home::open(&path)? else { return Ok(None) };
    let events = SqliteJournal::open(&path.join("node.db"))?.events()?;
    if events.iter().all(is_of_demo) { Ok(Some(home)) } else { Err(used(&path)) }
}

/// A chart or report of a ring, as the demo names it.
fn is_of_ring(name: &str) -> bool {
    let ring = name.strip_prefix("R-").and_then(|rest| rest.split_at_checked(8));
    ring.is_some_and(|(id, ending)| {
        let is_id = id.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_id && [".svg", ".vi.html", ".en.html"].contains(&ending)
    })
}

/// Whether nothing is lost with an event: the demo recorded it, or somebody only asked. Whatever
/// else is there is somebody's work.
fn is_of_demo(recorded: &Recorded) -> bool {
    match &recorded.event {
        Event::NodeMade { .. } | Event::Looked { .. } | Event::BackedUp { .. } => true,
        Event::UserAdded { .. } | Event::CaseOpened { .. } => recorded.by == "init",
        Event::FileImported { file, .. } => {
            FILES.iter().any(|(_, bytes)| Digest::of(bytes) == file.original)
        }
        _ => false,
    }
}

/// Refuses a folder that holds a thing of another name.
fn only(folder: &Path, is_known: impl Fn(&str) -> bool) -> Result<(), Failure> {
    if !folder.exists() {
        return Ok(());
    }
    let mut names: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(Failure::file(folder))? {
        names.push(entry.map_err(Failure::file(folder))?.path());
    }
    names.sort();
    let is_strange =
        |path: &&PathBuf| !path.file_name().and_then(|name| name.to_str()).is_some_and(&is_known);
    names.iter().find(is_strange).map_or(Ok(()), |path| Err(used(path)))
}

fn used(path: &Path) -> Failure {
    Failure::DemoFolderUsed(path.display().to_string())
}
