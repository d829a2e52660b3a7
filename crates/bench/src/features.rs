//! Features of a flow's transfers: how many rows a CPU second gives, alone and beside the peer.

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{self, BufReader, BufWriter, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use formats::open::{self, Options, Row, Source};
use graph::features::config::{Bins, Config};
use graph::features::engine::Transfer;
use graph::features::slices;
use model::account::Account;
use model::rates::Rates;
use rustc_hash::FxHashMap;

use crate::{option, say};

/// Rows are handed on in batches of this many, as the peer hands them on.
const BATCH: usize = 128;
/// Linux counts CPU time in hundredths of a second, whatever the machine.
const TICKS_PER_SECOND: f64 = 100.0;

pub(crate) fn features(arguments: &[String]) -> Result<(), String> {
    let folder = arguments.first().map(PathBuf::from).ok_or("which folder?")?;
    let threads = option(arguments, "--threads")?.unwrap_or(1);
    let repeat: usize = option(arguments, "--repeat")?.unwrap_or(1);
    let rows: Option<PathBuf> = option(arguments, "--rows")?;
    let with_peer = arguments.iter().any(|argument| argument == "--peer");
    let file = file(&folder)?;
    let transfers = read(&file)?;
    let config = Config::default();
    if let Some(rows) = rows {
        let bins = Bins::new(&[2, 3, 4, 5, 6, 7, 8, 9]).unwrap_or_else(|| config.bins.clone());
        let config = Config { bins, ..config };
        return write_rows(&transfers, &config, &rows).map_err(|error| error.to_string());
    }
    let mut best: f64 = 0.0;
    let mut best_of_peer: f64 = 0.0;
    for _ in 0..repeat.max(1) {
        best = best.max(measure(&transfers, &config, threads)?);
        if with_peer {
            best_of_peer = best_of_peer.max(peer(&file)?);
        }
    }
    if with_peer {
        say(&format!("{{\"rows_per_cpu_second_over_peer\": {:.1}}}", best / best_of_peer));
    }
    Ok(())
}

/// One run over all transfers; returns the rows of one CPU second.
#[expect(clippy::disallowed_methods, reason = "a figure is measured")]
fn measure(transfers: &[Transfer], config: &Config, threads: usize) -> Result<f64, String> {
    let (start, cpu) = (std::time::Instant::now(), cpu_seconds()?);
    let make = |_| (Vec::with_capacity(BATCH * config.width()), [0_usize; 3]);
    let capped_from = config.width() - 3;
    let take = |sink: &mut (Vec<f64>, [usize; 3]), _: usize, row: &[f64]| {
        if sink.0.len() == BATCH * config.width() {
            black_box(&sink.0);
            sink.0.clear();
        }
        sink.0.extend_from_slice(row);
        let said = row.iter().skip(capped_from);
        sink.1.iter_mut().zip(said).for_each(|(count, said)| *count += usize::from(*said > 0.0));
    };
    let sinks = slices::run(transfers, config, threads, make, take);
    let (cpu, wall) = (cpu_seconds()? - cpu, start.elapsed().as_secs_f64());
    let capped = sinks.iter().fold([0; 3], |sum, sink| [0, 1, 2].map(|n| sum[n] + sink.1[n]));
    let per_second = transfers.len() as f64 / cpu;
    say(&format!(
        "{{\"transfers\": {}, \"threads\": {threads}, \"columns\": {}, \"cpu_seconds\": {cpu:.2}, \
         \"wall_seconds\": {wall:.2}, \"rows_per_cpu_second\": {per_second:.0}, \"rows_per_second\": \
         {:.0}, \"capped_rows\": {capped:?}, \"peak_mebibytes\": {}}}",
        transfers.len(),
        config.width(),
        transfers.len() as f64 / wall,
        peak_mebibytes()?,
    ));
    Ok(per_second)
}

/// Measures the peer on the same file; it prints its own line.
fn peer(file: &Path) -> Result<f64, String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/gfp.py");
    let run = Command::new("python3").arg(script).arg(file).output();
    let output = run.map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    say(text.trim());
    let figure = text.split("\"rows_per_cpu_second\": ").nth(1);
    let figure = figure.and_then(|rest| rest.split([',', '}']).next()?.parse().ok());
    figure.ok_or_else(|| "the peer printed no rows_per_cpu_second".to_owned())
}

/// What each row says, beside its transfer, as floating numbers of 64 bits: seconds, payer, payee,
/// cents, then the columns, with a bin for each size. The peer's script reads it and compares.
fn write_rows(transfers: &[Transfer], config: &Config, path: &Path) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let take = |sink: &mut Vec<f64>, number: usize, row: &[f64]| {
        if let Some(transfer) = transfers.get(number) {
            let ends = [f64::from(transfer.from), f64::from(transfer.to)];
            sink.push(transfer.at as f64 / 1e6);
            sink.extend(ends);
            sink.push(transfer.amount as f64);
            sink.extend_from_slice(row);
        }
    };
    for sink in slices::run(transfers, config, 1, |_| Vec::new(), take) {
        for value in sink {
            file.write_all(&value.to_le_bytes())?;
        }
    }
    file.flush()?;
    say(&config.columns().join(","));
    Ok(())
}

fn file(folder: &Path) -> Result<PathBuf, String> {
    let names = ["transactions.csv", "transactions.csv.gz"].map(|name| folder.join(name));
    let found = names.into_iter().find(|path| path.is_file());
    found.ok_or_else(|| format!("{}: no transactions.csv, packed or not", folder.display()))
}

/// A flow's transfers in time order, with dense numbers for accounts and amounts in US cents.
fn read(path: &Path) -> Result<Vec<Transfer>, String> {
    let source = OnDisk(path.to_owned());
    let options = Options::default();
    let opened = open::detect(&source, &options).map_err(|error| error.to_string())?;
    let (rates, mut numbers) = (Rates::default(), FxHashMap::<Account, u32>::default());
    let (mut transfers, mut without_rate) = (Vec::new(), 0_u64);
    let mut number = |account: Account| {
        let next = numbers.len() as u32;
        *numbers.entry(account).or_insert(next)
    };
    let mut sink = |row: Row| {
        if let Row::Transfer(_, transfer) = row {
            let sent = transfer.sent;
            let amount = rates.usd_cents(sent.amount_minor, sent.currency).unwrap_or_else(|| {
                without_rate += 1;
                0
            });
            let (at, from, to) =
                (transfer.at.microseconds(), number(transfer.from), number(transfer.to));
            transfers.push(Transfer { at, from, to, amount });
        }
    };
    open::read(&source, &opened, &options, &mut sink).map_err(|error| error.to_string())?;
    transfers.sort_by_key(|transfer| transfer.at);
    if without_rate > 0 {
        say(&format!("{without_rate} transfers have no rate and count as 0 cents"));
    }
    Ok(transfers)
}

pub(crate) struct OnDisk(pub(crate) PathBuf);

impl Source for OnDisk {
    fn reader(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(BufReader::with_capacity(1 << 18, File::open(&self.0)?)))
    }

    fn name(&self) -> &'static str {
        "transactions"
    }
}

/// CPU time of all threads of this process so far, user and system.
pub(crate) fn cpu_seconds() -> Result<f64, String> {
    let text = fs::read_to_string("/proc/self/stat").map_err(|error| error.to_string())?;
    // The second field is a name in brackets; user and system time are the 14th and 15th.
    let fields = text.rsplit(')').next().unwrap_or_default();
    let ticks = |field: Option<&str>| field.and_then(|text| text.parse::<f64>().ok());
    let mut fields = fields.split_whitespace().skip(11);
    let sum = ticks(fields.next()).zip(ticks(fields.next())).map(|(user, system)| user + system);
    sum.map(|ticks| ticks / TICKS_PER_SECOND).ok_or_else(|| "no CPU times".to_owned())
}

pub(crate) fn peak_mebibytes() -> Result<u64, String> {
    let text = fs::read_to_string("/proc/self/status").map_err(|error| error.to_string())?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    kibibytes.map(|kibibytes| kibibytes / 1024).ok_or_else(|| "no peak of memory".to_owned())
}
