//! Reads a pack out of its files, and refuses it with every fault that it has.
//!
//! The schema is `docs/law.md`. Left out on purpose: looking whether a source still says what the
//! pack says; that is a person's work.

mod authorities;
mod instruments;
mod raw;
mod raw_tables;
mod reader;
mod tables;

use model::digest::Digest;

use crate::check;
use crate::fault::{PackFault, Problem};
use crate::pack::Pack;
use crate::read::reader::Reader;

/// A pack has at most so many files.
pub const MAX_FILES: usize = 2_000;
/// One file has at most so many bytes.
pub const MAX_FILE_BYTES: usize = 1024 * 1024;
/// All files together have at most so many bytes.
pub const MAX_PACK_BYTES: usize = 16 * 1024 * 1024;
/// A table of a file has at most so many rows.
pub const MAX_ROWS: usize = 5_000;
/// A text has at most so many bytes.
pub const MAX_TEXT: usize = 4_000;
/// No more faults are told than this.
pub const MAX_FAULTS: usize = 200;

/// The files beside those of `instruments/`.
pub const TABLES: [&str; 6] = [
    "conducts.toml",
    "measures.toml",
    "minimum.toml",
    "offences.toml",
    "pack.toml",
    "timings.toml",
];

/// Tables that a pack may have: those that were made before this program's are without them.
pub const OPTIONAL: [&str; 1] = ["authorities.toml"];

impl Pack {
    /// Reads the pack of these files: their names from the pack's root, and their texts.
    pub fn read(files: &[(&str, &str)]) -> Result<Pack, Vec<PackFault>> {
        let mut reader = Reader::default();
        if !fits(files, &mut reader) {
            return Err(reader.into_faults());
        }
        let mut sorted = files.to_vec();
        sorted.sort_unstable();
        let mut pack = Pack {
            instruments: Vec::new(),
            measures: Vec::new(),
            conducts: Vec::new(),
            offences: Vec::new(),
            timings: Vec::new(),
            minimum: Vec::new(),
            authorities: Vec::new(),
            codes: Vec::new(),
            name: String::new(),
            made: None,
            digest: digest(&sorted),
        };
        for (name, text) in &sorted {
            reader.enter(name, text);
            match name.strip_prefix("instruments/") {
                Some(stem) => pack.instruments.extend(instruments::read(&mut reader, stem)),
                None if *name == "authorities.toml" => authorities::read(&mut reader, &mut pack),
                None => tables::read(&mut reader, &mut pack),
            }
        }
        tables::tie_timings(&mut reader, &mut pack);
        authorities::tie(&mut reader, &mut pack);
        let mut faults = reader.into_faults();
        if faults.is_empty() {
            check::check(&pack, &mut faults);
        }
        faults.truncate(MAX_FAULTS);
        if faults.is_empty() { Ok(pack) } else { Err(faults) }
    }
}

/// Whether there are the files that there have to be, and no more or larger ones.
fn fits(files: &[(&str, &str)], reader: &mut Reader) -> bool {
    let total: usize = files.iter().map(|(_, text)| text.len()).sum();
    if files.len() > MAX_FILES || total > MAX_PACK_BYTES {
        reader.enter("", "");
        reader.fault(0, Problem::TooLarge, &files.len().to_string(), &MAX_PACK_BYTES.to_string());
        return false;
    }
    for (name, text) in files {
        reader.enter(name, text);
        let instrument = name
            .strip_prefix("instruments/")
            .is_some_and(|stem| stem.ends_with(".toml") && !stem.contains(['/', '\\']));
        if !instrument && !TABLES.contains(name) && !OPTIONAL.contains(name) {
            reader.fault(0, Problem::UnknownFile, name, &TABLES.join(", "));
        }
        if text.len() > MAX_FILE_BYTES {
            reader.fault(0, Problem::TooLarge, name, &MAX_FILE_BYTES.to_string());
        }
    }
    for table in TABLES {
        if !files.iter().any(|(name, _)| *name == table) {
            reader.enter(table, "");
            reader.fault(0, Problem::MissingFile, table, "");
        }
    }
    reader.is_clean()
}

/// SHA-256 over the listing that `sha256sum` prints for the files in the order of their names.
fn digest(sorted: &[(&str, &str)]) -> Digest {
    Digest::of_listing(sorted.iter().map(|(name, text)| (*name, Digest::of(text.as_bytes()))))
}
