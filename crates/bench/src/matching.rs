//! MATCH: two parties over two lists in one process, both parties' CPU seconds added.
//!
//! `balanced` is beside openmined-psi and spu, which the Python script runs over the same ids, and
//! beside the crate `voprf`; the limit is what four masks an id cost alone, without hashes of
//! outputs, proofs, sets and look-ups.

mod constant;
mod delta;
mod limit;
mod publish;
mod rival;

use psi::asking::{Asking, Seed};
use psi::element::Element;
use psi::key::{Key, MAX_BATCH};
use psi::set::{Builder, Entry, Set};
use psi::suite::Mode;

use crate::features::cpu_seconds;
use crate::{USAGE, option, say};

/// One id in so many is common.
const OVERLAP: usize = 10;

/// What a run took: CPU seconds of each step, and bytes that travel.
#[derive(Debug, Default)]
struct Cost {
    outputs: f64,
    set: f64,
    blind: f64,
    answer: f64,
    finish: f64,
    set_bytes: usize,
    query_bytes: usize,
    hits: usize,
}

/// Runs one of the measurements.
pub(crate) fn matching(arguments: &[String]) -> Result<(), String> {
    let count = |name, usual| option(arguments, name).map(|n| n.unwrap_or(usual));
    let threads = count("--threads", 1)?;
    if arguments.iter().any(|one| one == "--without-kernel") {
        psi::machine::leave_kernel();
    }
    match arguments.first().map(String::as_str) {
        Some("balanced") => {
            let ids = count("--ids", 100_000)?;
            balanced(ids, threads)?;
            if arguments.iter().any(|one| one == "--peer") {
                rival::peers(ids)?;
            }
            Ok(())
        }
        Some("query") => query(count("--ids", 1_000)?, count("--published", 1_000_000)?, threads),
        Some("delta") => delta::delta(count("--ids", 1_000_000)?, count("--new", 10_000)?, threads),
        Some("publish") => publish::publish(arguments, threads),
        Some("constant") => constant::constant(count("--samples", 20_000)?),
        Some("voprf") => rival::voprf(count("--ids", 16_384)?),
        _ => Err(USAGE.to_owned()),
    }
}

/// As many ids on both sides, a tenth of them common.
fn balanced(ids: usize, threads: usize) -> Result<(), String> {
    let (published, asked) = lists(ids, ids);
    let start = constant::now();
    let key = Key::derive(Mode::Voprf, &[1; 32], b"bench").map_err(|error| error.to_string())?;
    let (set, mut cost) = make_set(&key, &published, threads)?;
    ask(&key, &set, &asked, threads, &mut cost)?;
    let wall = start.elapsed().as_secs_f64();
    let limit = limit::four_masks(&key, &asked[..ids.min(MAX_BATCH)])? * ids as f64;
    let by_dalek = limit::four_masks_by_dalek(ids.min(MAX_BATCH))? * ids as f64;
    let total = cost.total();
    say(&format!(
        "{ids} x {ids}, {threads} threads: {total:.2} CPU s of both, {wall:.2} s; outputs {:.2}, \
         set {:.2}, blind {:.2}, answer {:.2}, finish and look up {:.2}; set {} B, query and reply \
         {} B; {} hits; four masks alone {limit:.2} s, ratio {:.3}; by \
         curve25519-dalek {by_dalek:.2} s",
        cost.outputs,
        cost.set,
        cost.blind,
        cost.answer,
        cost.finish,
        cost.set_bytes,
        cost.query_bytes,
        cost.hits,
        total / limit,
    ));
    if cost.hits == ids / OVERLAP { Ok(()) } else { Err("hits are wrong".to_owned()) }
}

/// Few ids against a set that was published before.
fn query(ids: usize, published: usize, threads: usize) -> Result<(), String> {
    let (all, asked) = lists(published, ids);
    let key = Key::derive(Mode::Voprf, &[1; 32], b"bench").map_err(|error| error.to_string())?;
    let (set, before) = make_set(&key, &all, threads)?;
    drop(all);
    let mut cost = Cost::default();
    // Hundredths of a second are too coarse for one.
    const TIMES: usize = 50;
    for _ in 0..TIMES {
        ask(&key, &set, &asked, threads, &mut cost)?;
    }
    say(&format!(
        "{ids} asked of {published}: online {:.4} CPU s of both, {} B both ways; before: {:.2} \
         CPU s, set {} B ({:.2} an id); {} hits",
        cost.total() / TIMES as f64,
        cost.query_bytes / TIMES,
        before.total(),
        before.set_bytes,
        before.set_bytes as f64 / published as f64,
        cost.hits / TIMES,
    ));
    Ok(())
}

fn make_set(key: &Key, ids: &[String], threads: usize) -> Result<(Vec<u8>, Cost), String> {
    let start = cpu_seconds()?;
    let mut entries = Builder::new();
    let mut handles = 0_u64..;
    for part in ids.chunks(MAX_BATCH) {
        let outputs = key.outputs(part, threads).map_err(|error| error.to_string())?;
        for output in &outputs {
            let handle = handles.next().unwrap_or_default().to_le_bytes();
            let Ok(()) = entries.put(Entry::new(&output.stem(), handle));
        }
    }
    let middle = cpu_seconds()?;
    let set = entries.bytes().map_err(|error| error.to_string())?;
    let (outputs, made) = (middle - start, cpu_seconds()? - middle);
    let set_bytes = set.len();
    Ok((set, Cost { outputs, set: made, set_bytes, ..Cost::default() }))
}

fn ask(
    key: &Key,
    set: &[u8],
    ids: &[String],
    threads: usize,
    cost: &mut Cost,
) -> Result<(), String> {
    let seed = Seed([2; 32]);
    let set = Set::parse(set).map_err(|error| error.to_string())?;
    for (number, part) in ids.chunks(MAX_BATCH).enumerate() {
        let start = cpu_seconds()?;
        let session = (&seed, number as u32);
        let asking = Asking::blind(Mode::Voprf, part, part.len(), session, threads);
        let asking = asking.map_err(|error| error.to_string())?;
        let sent: Vec<[u8; 32]> = asking.elements().copied().collect();
        let blinded = cpu_seconds()?;
        let asked = Element::parse_all(&sent, threads).map_err(|error| error.to_string())?;
        let answer = key.answer(&asked, &[3; 64], threads).map_err(|error| error.to_string())?;
        let answered = cpu_seconds()?;
        let outputs = asking.finish(part, key.public(), &answer, threads);
        let outputs = outputs.map_err(|error| error.to_string())?;
        cost.hits += outputs.iter().filter(|output| set.find(&output.stem()).is_some()).count();
        cost.blind += blinded - start;
        cost.answer += answered - blinded;
        cost.finish += cpu_seconds()? - answered;
        cost.query_bytes += 2 * 32 * part.len() + 64;
    }
    Ok(())
}

impl Cost {
    fn total(&self) -> f64 {
        self.outputs + self.set + self.blind + self.answer + self.finish
    }
}

/// Two lists, the beginning of the second at the end of the first: as the peers' script makes them.
fn lists(published: usize, asked: usize) -> (Vec<String>, Vec<String>) {
    let common = published.min(asked) / OVERLAP;
    let list = |first: usize, count: usize| {
        (first..first + count).map(|number| format!("phone:+849{number:08}")).collect()
    };
    (list(0, published), list(published - common, asked))
}
