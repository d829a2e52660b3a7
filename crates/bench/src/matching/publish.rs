//! A publication as a node makes it, from identifiers to the sealed file, and the same file taken
//! and looked at as a partner does: CPU seconds, bytes, and the most memory that was resident.

use std::io::{Read, Write as _};
use std::path::Path;
use std::sync::Arc;

use envelope::attachment::Attachment;
use model::identifier::{Context, Identifier, Kind};
use node::matching::MatchOutside;
use node::matching::making::{Gathered, Making};
use psi::input::input;
use psi::key::Key;
use psi::set::Set;
use psi::suite::Mode;
use store::chance::SystemRandom;
use store::keys::KeyRing;
use store::matching::FileMatching;
use store::protection::Protection;

use super::constant;
use crate::exchange::{Station, memory, status, told};
use crate::features::cpu_seconds;
use crate::{option, say};

/// So many identifiers are looked up that are in the set, and as many that are not.
const LOOKED_UP: u64 = 1_000;
const SECRET: [u8; 32] = [1; 32];

/// Publishes so many made-up identifiers in a folder, and takes the set.
pub(super) fn publish(arguments: &[String], threads: usize) -> Result<(), String> {
    let ids: u64 = option(arguments, "--ids")?.unwrap_or(1_000_000);
    let dir: String = option(arguments, "--dir")?.unwrap_or_else(|| ".".to_owned());
    let folder = tempfile::tempdir_in(Path::new(&dir)).map_err(told)?;
    let station = Station::open(folder.path(), Vec::new())?;
    let keys = KeyRing::open(folder.path(), &Protection::Plain).map_err(told)?;
    let kept = Arc::new(FileMatching::open(folder.path(), Arc::new(keys)).map_err(told)?);
    let (secrets, random) = (kept.clone(), Arc::new(SystemRandom));
    let outside = MatchOutside { secrets, shelf: kept, random, threads };
    let sealed = published(&outside, &station, ids)?;
    taken(&outside, &station, &sealed)?;
    looked_up(&outside, &sealed, ids)
}

fn published(outside: &MatchOutside, station: &Station, ids: u64) -> Result<Attachment, String> {
    let (start, wall, before) = (cpu_seconds()?, constant::now(), memory()?);
    let mut known = Gathered::new(outside).map_err(told)?;
    for number in 0..ids {
        known.add(&identifier(number)?).map_err(told)?;
    }
    let gathered = cpu_seconds()?;
    let mut making = Making::new(outside, &SECRET).map_err(told)?;
    let fresh = making.take(known, None).map_err(told)?;
    let raised = cpu_seconds()?;
    let made = making.finish().map_err(told)?;
    let laid_out = cpu_seconds()?;
    let size = made.size;
    let seal = |set: &mut dyn Read| Ok(station.exchange.seal_file("set.lkm", set)?);
    let (sealed, _): (Attachment, _) = made.keep(seal).map_err(told)?;
    let end = cpu_seconds()?;
    say(&format!(
        "{fresh} identifiers published, {} threads: {:.1} CPU s, {:.1} s; made up and gathered \
         {:.1}, raised {:.1}, laid out {:.1}, sealed {:.1}; {size} entries, {} B ({:.2} an entry); \
         peak memory {} MiB, {} before",
        outside.threads,
        end - start,
        wall.elapsed().as_secs_f64(),
        gathered - start,
        raised - gathered,
        laid_out - raised,
        end - laid_out,
        sealed.size,
        sealed.size as f64 / size as f64,
        memory()? / 1_024,
        before / 1_024,
    ));
    Ok(sealed)
}

/// Opens the sealed set into a file, as the partner does that takes it.
fn taken(outside: &MatchOutside, station: &Station, sealed: &Attachment) -> Result<(), String> {
    forget_peak()?;
    let start = cpu_seconds()?;
    let mut draft = outside.shelf.draft().map_err(told)?;
    station.exchange.open_file(sealed, &mut *draft).map_err(told)?;
    Set::parse((*draft.bytes().map_err(told)?).as_ref()).map_err(told)?;
    draft.keep(&sealed.sha256).map_err(told)?;
    let (seconds, peak) = (cpu_seconds()? - start, memory()? / 1_024);
    say(&format!("taken: {seconds:.1} CPU s, peak memory {peak} MiB"));
    Ok(())
}

/// Looks some identifiers up in the mapped set.
fn looked_up(outside: &MatchOutside, sealed: &Attachment, ids: u64) -> Result<(), String> {
    let key = Key::derive(Mode::Voprf, &SECRET, Kind::Email.as_str().as_bytes()).map_err(told)?;
    let step = (ids / LOOKED_UP).max(1);
    let known = (0..ids).step_by(usize::try_from(step).map_err(told)?);
    let unknown = ids..ids + LOOKED_UP;
    let inputs: Vec<Vec<u8>> = known
        .take(LOOKED_UP as usize)
        .chain(unknown)
        .map(|number| Ok(input(&identifier(number)?)))
        .collect::<Result<_, String>>()?;
    let outputs = key.outputs(&inputs, outside.threads).map_err(told)?;
    forget_peak()?;
    let (before, start) = (status("VmRSS:")?, constant::now());
    let mut found = 0;
    // The node too maps it anew after so many.
    for outputs in outputs.chunks(128) {
        let set = outside.shelf.find(&sealed.sha256).map_err(told)?.ok_or("the set is gone")?;
        let set = Set::parse((*set).as_ref()).map_err(told)?;
        found += outputs.iter().filter(|output| set.find(&output.stem()).is_some()).count();
    }
    let seconds = start.elapsed().as_secs_f64();
    let (peak, looked) = (memory()?, outputs.len());
    say(&format!(
        "{looked} looked up, 128 in one map: {found} found, {seconds:.3} s; peak memory {} MiB, \
         {} MiB before",
        peak / 1_024,
        before / 1_024,
    ));
    if found as u64 == ids.min(LOOKED_UP) { Ok(()) } else { Err("hits are wrong".to_owned()) }
}

/// From now on the system tells the most memory since now.
fn forget_peak() -> Result<(), String> {
    let mut file = std::fs::File::options().write(true).open("/proc/self/clear_refs");
    file.as_mut().map_err(told)?.write_all(b"5").map_err(told)
}

fn identifier(number: u64) -> Result<Identifier, String> {
    let raw = format!("suspect{number:09}@evil.example");
    Identifier::parse(Kind::Email, &raw, Context::default()).map_err(told)
}
