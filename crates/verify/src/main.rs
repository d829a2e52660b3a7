//! `lienket-verify [--json] [--lang vi|en] BUNDLE…`: says of each bundle what it proves and what is
//! wrong with it. Status 0: every one is valid; 1: anything else.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use i18n::{Language, text};
use verify::{Verdict, verify_file};

/// What the command line asks for.
struct Options {
    is_json: bool,
    language: Language,
    bundles: Vec<String>,
}

fn main() -> ExitCode {
    let Some(options) = options(std::env::args().skip(1)) else {
        say(&format!("{}\n", text(environment(), "verify-usage")));
        return ExitCode::FAILURE;
    };
    let mut are_valid = true;
    for bundle in &options.bundles {
        let verdict = verify_file(Path::new(bundle), options.language);
        are_valid &= verdict.valid;
        if options.is_json {
            let line = serde_json::to_string(&verdict).unwrap_or_default();
            say(&format!("{line}\n"));
        } else {
            say(&told(bundle, &verdict, options.language));
        }
    }
    if are_valid { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn options(arguments: impl Iterator<Item = String>) -> Option<Options> {
    let mut options = Options { is_json: false, language: environment(), bundles: Vec::new() };
    let mut arguments = arguments;
    let mut is_over = false;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--" if !is_over => is_over = true,
            "--json" if !is_over => options.is_json = true,
            "--lang" if !is_over => options.language = Language::parse(&arguments.next()?)?,
            other if other.starts_with("--") && !is_over => return None,
            _ => options.bundles.push(argument),
        }
    }
    (!options.bundles.is_empty()).then_some(options)
}

fn environment() -> Language {
    let named = ["LIENKET_LANG", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    named.filter_map(|value| Language::parse(&value)).next().unwrap_or(Language::En)
}

/// A verdict as people read it.
fn told(bundle: &str, verdict: &Verdict, language: Language) -> String {
    let head = if verdict.valid { "verify-valid" } else { "verify-not-valid" };
    let mut told = format!("{bundle}: {}\n", text(language, head));
    for claim in &verdict.claims {
        told.push_str(&format!("  + {claim}\n"));
    }
    for problem in &verdict.problems {
        told.push_str(&format!("  ! {problem}\n"));
    }
    told
}

/// A reader that has gone away is not our failure.
fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
