//! `bench graph DIR`: what it costs to make a graph file of a flow's segments, and to open it.
//!
//! The segments are made first and not counted; making and opening run in processes of their own,
//! so that CPU seconds and peak memory, mapped pages included, are theirs alone. With `--peer` the
//! program imports the CSV and DuckDB reads it, so that the whole road can be compared.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use graph::ledger::Ledger;
use graph::merge;
use graph::segment::Segment;
use model::digest::Digest;
use model::rates::Rates;
use node::port::Bytes;

use crate::import::{cost, program};
use crate::{flows, option, say};

pub(crate) fn graph(arguments: &[String]) -> Result<(), String> {
    match arguments {
        [what, folder, flow, files] if what == "--cut" => {
            cut(Path::new(folder), Path::new(flow), files.parse().unwrap_or(1))
        }
        [what, folder] if what == "--make" => make(Path::new(folder)),
        [what, folder] if what == "--open" => open(Path::new(folder)),
        [folder, rest @ ..] => measure(Path::new(folder), rest),
        [] => Err("graph needs a folder of flows".to_owned()),
    }
}

fn measure(flow: &Path, arguments: &[String]) -> Result<(), String> {
    let files: usize = option(arguments, "--files")?.unwrap_or(1);
    let work = tempfile::tempdir().map_err(|error| error.to_string())?;
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let step = |what: &str| {
        let mut command = Command::new(&own);
        command.args(["graph", what]).arg(work.path());
        command
    };
    // A process of its own here too: what this one holds would count as its children's peak.
    let mut cut = step("--cut");
    cut.arg(flow).arg(files.to_string());
    cost(cut)?;
    let made = cost(step("--make"))?;
    let size = fs::metadata(work.path().join("graph")).map_err(|error| error.to_string())?.len();
    say(&format!(
        "{files} files: made in {:.2} CPU s, peak {:.0} MiB, {size} bytes",
        made.cpu_seconds, made.peak_mebibytes,
    ));
    let opened = cost(step("--open"))?;
    say(&format!("opened: {:.3} CPU s, {:.0} MiB", opened.cpu_seconds, opened.peak_mebibytes));
    let status = step("--open").status().map_err(|error| error.to_string())?;
    if arguments.iter().any(|argument| argument == "--peer") && status.success() {
        peer(&flow.join("transactions.csv"), made.cpu_seconds)?;
    }
    Ok(())
}

/// Import and graph against DuckDB's table and ids.
fn peer(file: &Path, made: f64) -> Result<(), String> {
    let home = tempfile::tempdir().map_err(|error| error.to_string())?;
    let program = program()?;
    let lienket = || {
        let mut command = Command::new(&program);
        command.arg("--home").arg(home.path().join("node")).arg("--json");
        command
    };
    let mut init = lienket();
    init.args(["init", "--agency", "bench", "--country", "VN", "--kind", "police"]);
    cost(init)?;
    let mut import = lienket();
    import.arg("import").arg(file);
    let import = cost(import)?;
    let mut duckdb = Command::new("python3");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/duckdb_ingest.py");
    duckdb.arg(script).arg(file);
    let duckdb = cost(duckdb)?;
    say(&format!(
        "import {:.2} CPU s, {:.0} MiB; DuckDB {:.2} CPU s, {:.0} MiB; DuckDB over import and \
         graph: {:.2}",
        import.cpu_seconds,
        import.peak_mebibytes,
        duckdb.cpu_seconds,
        duckdb.peak_mebibytes,
        duckdb.cpu_seconds / (import.cpu_seconds + made),
    ));
    Ok(())
}

/// The segments of a working folder, mapped, and names for their digests.
fn mapped(work: &Path) -> Result<(Vec<Bytes>, Vec<Digest>), String> {
    let entries = fs::read_dir(work).map_err(|error| error.to_string())?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.file_name().is_some_and(|name| name != "graph"));
    paths.sort();
    let name = |path: &PathBuf| Digest::of(path.display().to_string().as_bytes());
    let digests = paths.iter().map(name).collect();
    let maps = paths.iter().map(|path| store::map::map(path).map_err(|error| error.to_string()));
    Ok((maps.collect::<Result<_, _>>()?, digests))
}

fn segments(maps: &[Bytes]) -> Vec<Segment<'_>> {
    maps.iter().filter_map(|bytes| Segment::open((**bytes).as_ref()).ok()).collect()
}

fn cut(work: &Path, flow: &Path, files: usize) -> Result<(), String> {
    let mut number = 0;
    flows::segments(flow, files, |bytes| {
        number += 1;
        fs::write(work.join(format!("{number:04}")), bytes).map_err(|error| error.to_string())
    })
}

fn make(work: &Path) -> Result<(), String> {
    let (maps, digests) = mapped(work)?;
    let mut file = File::create(work.join("graph")).map_err(|error| error.to_string())?;
    merge::write(segments(&maps), &digests, &mut file).map_err(|error| error.to_string())?;
    file.sync_all().map_err(|error| error.to_string())
}

#[expect(clippy::disallowed_methods, reason = "this measures how long it takes")]
fn open(work: &Path) -> Result<(), String> {
    let begun = Instant::now();
    let (maps, digests) = mapped(work)?;
    let file = store::map::map(&work.join("graph")).map_err(|error| error.to_string())?;
    let rates = Rates::default();
    let ledger = Ledger::open((*file).as_ref(), segments(&maps), &digests, &rates)
        .map_err(|error| error.to_string())?;
    let (transfers, accounts) = (ledger.len(), ledger.account_count());
    say(&format!("open in {:?}: {transfers} transfers, {accounts} accounts", begun.elapsed()));
    Ok(())
}
