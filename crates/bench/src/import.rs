//! Import against DuckDB, A-B-A-B, whole processes.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use wait4::Wait4 as _;

use crate::say;

/// Each side runs this often, in turn.
const RUNS: usize = 5;

/// What one finished process cost.
pub(crate) struct Cost {
    pub(crate) cpu_seconds: f64,
    pub(crate) peak_mebibytes: f64,
}

pub(crate) fn import(file: &Path) -> Result<(), String> {
    let program = program()?;
    let peer = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/duckdb_ingest.py");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for run in 1..=RUNS {
        let home = tempfile::tempdir().map_err(|error| error.to_string())?;
        let lienket = |arguments: &[&str]| {
            let mut command = Command::new(&program);
            command.arg("--home").arg(home.path().join("node")).arg("--json").args(arguments);
            command
        };
        let init = ["init", "--agency", "bench", "--country", "VN", "--kind", "police"];
        cost(lienket(&init))?;
        let mut import = lienket(&["import"]);
        import.arg(file);
        ours.push(cost(import)?);
        let mut duckdb = Command::new("python3");
        duckdb.arg(&peer).arg(file);
        theirs.push(cost(duckdb)?);
        say(&format!("run {run} of {RUNS}"));
    }
    let mine = row("lienket import, durable, with digests and index", &ours);
    let peer = row("DuckDB, table on disk and ids", &theirs);
    say(&format!("lienket over DuckDB, CPU seconds: {:.2}", mine / peer));
    Ok(())
}

/// The release build of the program, beside this one.
pub(crate) fn program() -> Result<PathBuf, String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let program = own.with_file_name("lienket");
    let missing = "build the program first: cargo build --release";
    if program.is_file() { Ok(program) } else { Err(missing.to_owned()) }
}

/// Runs a process to its end; its output is thrown away.
pub(crate) fn cost(mut command: Command) -> Result<Cost, String> {
    command.stdout(Stdio::null());
    let mut child = command.spawn().map_err(|error| format!("{command:?}: {error}"))?;
    let used = child.wait4().map_err(|error| error.to_string())?;
    if !used.status.success() {
        return Err(format!("{command:?}: {}", used.status));
    }
    let cpu = used.rusage.utime + used.rusage.stime;
    let peak_mebibytes = used.rusage.maxrss as f64 / 1_048_576.0;
    Ok(Cost { cpu_seconds: cpu.as_secs_f64(), peak_mebibytes })
}

/// Prints minimum, median and maximum; returns the median of the CPU seconds.
fn row(name: &str, costs: &[Cost]) -> f64 {
    let sorted = |figure: fn(&Cost) -> f64| {
        let mut figures: Vec<f64> = costs.iter().map(figure).collect();
        figures.sort_by(f64::total_cmp);
        figures
    };
    let (cpu, memory) = (sorted(|cost| cost.cpu_seconds), sorted(|cost| cost.peak_mebibytes));
    let at = |figures: &[f64], place: usize| figures.get(place).copied().unwrap_or(f64::NAN);
    let (middle, last) = (costs.len() / 2, costs.len().saturating_sub(1));
    say(&format!(
        "{name}: CPU s {:.2} / {:.2} / {:.2}, peak MiB {:.0} / {:.0} / {:.0} (least, median, most)",
        at(&cpu, 0),
        at(&cpu, middle),
        at(&cpu, last),
        at(&memory, 0),
        at(&memory, middle),
        at(&memory, last),
    ));
    at(&cpu, middle)
}
