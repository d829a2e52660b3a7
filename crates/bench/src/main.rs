//! Figures, measured against peers in the same run:
//!
//! `bench import FILE.csv`: import against DuckDB; CPU seconds (user and system of all threads) and
//! peak memory of whole processes, and the ratio of the medians.
//! `bench features DIR [--threads N] [--repeat N] [--rows FILE] [--peer]`: features of a flow's
//! transfers, against the Graph Feature Preprocessor where `--peer` asks for it.
//! `bench patterns DIR`: how many of the shapes planted in a flow are found.
//! `bench graph DIR [--files N] [--peer]`: from a flow's transfers to a graph file, and opening it.
//! `bench rings DIR RINGS.json`: how right the rings are that the program told.
//! `bench generate --transfers N [--seed S] [--days D] [--density X] [--rings R] [--habits NAME]
//! -o DIR`: a made-up flow of any size, with planted rings.
//! `bench live DIR [--last N]`: transfers that come one by one.
//! `bench exchange throughput|latency|backlog|file|flood|log|restart …`: messages and files between
//! nodes, against NATS JetStream and aics-tlog where `--peer` asks for them.
//! `bench match balanced|delta|query|publish|voprf|constant …`: what two lists have in common,
//! against the crate `voprf`, and openmined-psi and spu where `--peer` asks for them.
//! `bench resolve N|DIR`: who is the same person, among N made-up records or in a flow.
//!
//! The peers are Python packages; see BENCHMARKS.md.

mod exchange;
mod features;
mod flows;
mod generate;
mod graph_file;
mod import;
mod live;
mod matching;
mod patterns;
mod resolve;
mod rings;

use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: bench import FILE.csv
       bench features DIR [--threads N] [--repeat N] [--rows FILE] [--peer]
       bench patterns DIR
       bench graph DIR [--files N] [--peer]
       bench rings DIR RINGS.json
       bench exchange throughput [--messages N] [--senders N] [--repeat N] [--peer]
       bench exchange latency [--count N]
       bench exchange backlog [--messages N] [--partners N]
       bench exchange file [--mib N] [--bytes N] [--cuts N] [--dir DIR]
             [--anew|--discard]
       bench exchange flood [--count N] [--lines N] [--repeat N]
       bench exchange log [--leaves N] [--peer]
       bench exchange restart --dir DIR [--messages N] [--write]
       bench live DIR [--last N]
       bench match balanced [--ids N] [--threads N] [--peer]
       bench match delta [--ids N] [--new N] [--threads N]
       bench match query [--ids N] [--published N] [--threads N]
       bench match publish [--ids N] [--dir DIR] [--threads N]
       bench match voprf [--ids N]
       bench match constant [--samples N]        (each of them: [--without-kernel])
       bench resolve N|DIR [--seed S] [--write FILE.csv]
       bench generate --transfers N [--seed S] [--days D] [--density X] [--rings R]
             [--habits NAME] -o DIR";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.as_slice() {
        [what, file] if what == "import" => import::import(Path::new(file)),
        [what, rest @ ..] if what == "features" => features::features(rest),
        [what, folder] if what == "patterns" => patterns::patterns(Path::new(folder)),
        [what, folder, found] if what == "rings" => {
            rings::rings(Path::new(folder), Path::new(found))
        }
        [what, rest @ ..] if what == "graph" => graph_file::graph(rest),
        [what, rest @ ..] if what == "exchange" => exchange::exchange(rest),
        [what, rest @ ..] if what == "match" => matching::matching(rest),
        [what, rest @ ..] if what == "live" => live::live(rest),
        [what, rest @ ..] if what == "resolve" => resolve::resolve(rest),
        [what, rest @ ..] if what == "generate" => generate::generate(rest),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            say(&message);
            ExitCode::FAILURE
        }
    }
}

/// The value after an option, read; `None` where the option is not given.
fn option<T: std::str::FromStr>(arguments: &[String], name: &str) -> Result<Option<T>, String> {
    let Some(place) = arguments.iter().position(|argument| argument == name) else {
        return Ok(None);
    };
    let value = arguments.get(place + 1).and_then(|value| value.parse().ok());
    value.map(Some).ok_or_else(|| format!("{name} needs a value\n{USAGE}"))
}

#[expect(clippy::print_stdout, reason = "this is a command for people")]
fn say(text: &str) {
    println!("{text}");
}
