//! Whether a demo's folder still holds the demo alone, so that the next demo may empty it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use model::country::Country;
use model::digest::Digest;
use node::event::{Event, Recorded};
use node::port::Journal as _;
use store::home::Home;
use store::journal::SqliteJournal;

use super::{Agency, MARK, parts, requests, together};
use crate::failure::Failure;

/// What a node keeps in its home; what lies in its folders is named by its log.
const HOME: [&str; 16] = [
    "lock",
    "node.db",
    "node.db-shm",
    "node.db-wal",
    "record.db",
    "record.db-shm",
    "record.db-wal",
    "keys",
    "originals",
    "rejects",
    "segments",
    "graphs",
    "blobs",
    "secrets",
    "sets",
    "work",
];

/// Says in the mark how many events each node has now: what comes later is somebody's work.
pub(super) fn finish(dir: &Path, agencies: &[Agency]) -> Result<(), Failure> {
    let lines = agencies.iter().map(|agency| {
        format!("{} {}\n", Agency::folder(agency.country), agency.open.node.state().events)
    });
    let mark = dir.join(MARK);
    fs::write(&mark, lines.collect::<String>()).map_err(Failure::file(&mark))
}

/// Refuses where the folder holds what no demo made, or where somebody worked in one of its nodes.
/// Returns the nodes' homes, held.
pub(super) fn check(dir: &Path) -> Result<Vec<Home>, Failure> {
    let reports = ["case.vi.html", "case.en.html"];
    let is_paper = |name: &str| reports.contains(&name) || is_of_ring(name);
    let countries: Vec<String> = parts::COUNTRIES.into_iter().map(Agency::folder).collect();
    let is_country = |name: &str| countries.iter().any(|country| country == name);
    let is_ours = |name: &str| together::FILES.contains(&name) || requests::FILES.contains(&name);
    let is_made = |name: &str| name == MARK || name == "files" || is_ours(name);
    only(dir, |name| is_made(name) || is_paper(name) || is_country(name))?;
    only(&dir.join("files"), is_country)?;
    let mark = dir.join(MARK);
    let mark = fs::read_to_string(&mark).map_err(Failure::file(&mark))?;
    let ended: BTreeMap<&str, u64> = mark
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(folder, events)| Some((folder, events.parse().ok()?)))
        .collect();
    let mut homes = Vec::new();
    for country in parts::COUNTRIES {
        let folder = Agency::folder(country);
        let files = dir.join("files").join(&folder);
        only(&files, |name| parts::files(country).iter().any(|(file, _)| *file == name))?;
        let path = dir.join(&folder);
        only(&path, |name| HOME.contains(&name))?;
        only(&path.join("keys"), |name| name == "node.key")?;
        let Some(home) = Home::open(&path)? else { continue };
        let events = SqliteJournal::open(&path.join("node.db"))?.events()?;
        let ended = ended.get(folder.as_str()).copied().unwrap_or(0);
        if !events.iter().all(|event| event.seq <= ended || is_of_demo(event, country)) {
            return Err(used(&path));
        }
        homes.push(home);
    }
    Ok(homes)
}

/// A chart or report of a ring, as the demo names it.
fn is_of_ring(name: &str) -> bool {
    let ring = name.strip_prefix("R-").and_then(|rest| rest.split_at_checked(8));
    ring.is_some_and(|(id, ending)| {
        let is_id = id.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_id && [".svg", ".vi.html", ".en.html"].contains(&ending)
    })
}

/// Whether nothing is lost with an event that came after the demo was over, or in one that was cut
/// off: the demo recorded it, or somebody only asked. Whatever else is there is his work.
fn is_of_demo(recorded: &Recorded, country: Country) -> bool {
    match &recorded.event {
        Event::NodeMade { .. } | Event::Looked { .. } | Event::BackedUp { .. } => true,
        Event::UserAdded { .. } | Event::CaseOpened { .. } => recorded.by == "init",
        Event::FileImported { file, .. } => {
            parts::files(country).iter().any(|(_, bytes)| Digest::of(bytes) == file.original)
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
