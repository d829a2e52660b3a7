//! Tidy: what the house rules say and a machine can see. STYLE.md has the reasons.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};

/// Floors, lowest first, and below them what a crate may use beside all lower floors' crates.
const FLOORS: &[(u8, &[&str])] = &[
    (1, &["model"]),
    (2, &["envelope", "graph", "i18n", "law", "psi", "tlog"]),
    (3, &["documents", "formats", "print"]),
    (4, &["node"]),
    (5, &["peer", "sim", "store", "verify"]),
    (6, &["delivery"]),
    (7, &["lienket", "bench", "xtask"]),
];
/// The court's verifier is small enough to be read whole: of the house it uses these alone.
const OF_VERIFY: &[&str] = &["model", "envelope", "i18n", "tlog"];
const LONGEST_FILE: usize = 500;
/// Lines that hold a text are data and may be longer: rustfmt leaves them alone.
const LONGEST_LINE: usize = 100;
const LONGEST_FUNCTION: usize = 90;
/// The places where `unsafe` may stand.
const UNSAFE: &[&str] = &[
    "crates/store/src/map.rs",
    "crates/psi/src/curve/wide.rs",
    "crates/psi/src/curve/wide/lanes.rs",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !name.starts_with('.') && !name.starts_with("target") {
            files(&path, ending, found);
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
}

/// Each Rust file with its path from the root and its text.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    files(&root().join("crates"), ".rs", &mut found);
    let named = |path: PathBuf| {
        let name = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
        (name.replace('\\', "/"), fs::read_to_string(path).unwrap())
    };
    found.into_iter().map(named).collect()
}

fn check(problems: Vec<String>) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn every_file_begins_with_its_caption() {
    let bare = sources().into_iter().filter(|(_, text)| !text.starts_with("//! "));
    check(bare.map(|(name, _)| format!("{name}: no caption")).collect());
}

#[test]
fn files_functions_and_lines_stay_short() {
    let mut problems = Vec::new();
    for (name, text) in sources().into_iter().filter(|(name, _)| !name.contains("/examples/")) {
        let length = text.lines().count();
        if length > LONGEST_FILE {
            problems.push(format!("{name}: {length} lines"));
        }
        for (number, line) in text.lines().enumerate() {
            if line.chars().count() > LONGEST_LINE && !line.contains('"') {
                problems.push(format!("{name}:{}: {} columns", number + 1, line.chars().count()));
            }
        }
        problems.extend(long_functions(&name, &text));
    }
    check(problems);
}

/// A function ends at the first line that closes it at its own indentation, as rustfmt writes it.
fn long_functions(name: &str, text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let is_function = |line: &str| {
        let line = line.trim_start();
        // What a trait only declares has no end of its own.
        !line.ends_with(';')
            && ["fn ", "pub fn ", "pub(crate) fn ", "pub(super) fn "]
                .iter()
                .any(|start| line.starts_with(start))
    };
    let mut problems = Vec::new();
    for (start, line) in lines.iter().enumerate().filter(|(_, line)| is_function(line)) {
        let indent = line.len() - line.trim_start().len();
        let close = format!("{}}}", " ".repeat(indent));
        let rest = || lines.iter().skip(start);
        // A declaration over several lines ends with a semicolon before anything opens.
        let head = rest().find(|line| line.ends_with([';', '{']));
        let is_body = head.is_some_and(|line| line.ends_with('{'));
        let end = rest().position(|line| *line == close).filter(|_| is_body).unwrap_or(0);
        if end > LONGEST_FUNCTION {
            problems.push(format!("{name}:{}: a function of {end} lines", start + 1));
        }
    }
    problems
}

#[test]
fn floors_are_kept() {
    let floor = |name: &str| FLOORS.iter().find(|(_, crates)| crates.contains(&name)).map(|f| f.0);
    let mut problems = Vec::new();
    let mut manifests = Vec::new();
    files(&root().join("crates"), "Cargo.toml", &mut manifests);
    for manifest in manifests {
        let text = fs::read_to_string(&manifest).unwrap();
        let name = manifest.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        let Some(own) = floor(&name) else {
            problems.push(format!("{name}: on no floor"));
            continue;
        };
        let dependencies = text.lines().skip_while(|line| !line.starts_with("[dependencies]"));
        for line in dependencies.skip(1).take_while(|line| !line.starts_with('[')) {
            let used = line.split(['.', ' ', '=']).next().unwrap_or_default();
            if let Some(below) = floor(used).filter(|below| *below >= own) {
                problems.push(format!("{name} (floor {own}) uses {used} (floor {below})"));
            }
            if name == "verify" && floor(used).is_some() && !OF_VERIFY.contains(&used) {
                problems.push(format!("{name} uses {used}"));
            }
        }
    }
    check(problems);
}

#[test]
fn unsafe_stands_in_two_places_only() {
    let word = concat!("unsa", "fe {");
    let found = sources().into_iter().filter(|(_, text)| text.contains(word));
    check(found.map(|(name, _)| name).filter(|name| !UNSAFE.contains(&name.as_str())).collect());
}

#[test]
fn nothing_is_left_behind() {
    let words = [
        concat!("#[ign", "ore"),
        concat!("#[should_", "panic"),
        concat!("todo", "!("),
        concat!("unimplemen", "ted!("),
        concat!("FIX", "ME"),
        concat!("XX", "X:"),
    ];
    let mut problems = Vec::new();
    for (name, text) in sources() {
        problems
            .extend(words.iter().filter(|w| text.contains(**w)).map(|w| format!("{name}: {w}")));
    }
    check(problems);
}

#[test]
fn lib_files_only_declare_modules() {
    let mut problems = Vec::new();
    for (name, text) in sources().into_iter().filter(|(name, _)| name.ends_with("src/lib.rs")) {
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let fits = ["//", "pub mod ", "mod ", "pub use ", "#![", "#[cfg(test)]"]
                .iter()
                .any(|s| line.starts_with(s));
            if !fits {
                problems.push(format!("{name}: {line}"));
            }
        }
    }
    check(problems);
}

#[test]
fn every_sql_text_begins_with_its_name() {
    let mut problems = Vec::new();
    for (name, text) in
        sources().into_iter().filter(|(name, _)| name.starts_with("crates/store/src"))
    {
        for line in text.lines().filter(|line| {
            ["\"SELECT", "\"INSERT", "\"UPDATE", "\"DELETE", "\"PRAGMA"]
                .iter()
                .any(|s| line.contains(s))
        }) {
            problems.push(format!("{name}: {}", line.trim()));
        }
    }
    check(problems);
}

/// `docs/faults.md` says of each fault which tests show that it does no harm.
#[test]
fn the_table_of_faults_names_tests_that_exist() {
    const FAULTS: usize = 27;
    let named = |name: &str| -> Vec<Vec<String>> {
        let text = fs::read_to_string(root().join("docs").join(name)).unwrap();
        let rows = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| #"));
        let tests = |row: &str| {
            let words = row.split('`').filter(|word| word.contains(".rs::"));
            words.map(str::to_owned).collect()
        };
        rows.map(tests).collect()
    };
    let (english, vietnamese) = (named("faults.md"), named("faults.vi.md"));
    let mut problems = Vec::new();
    if english.len() != FAULTS || english != vietnamese {
        problems.push("the two tables have not the same rows and tests".to_owned());
    }
    let sources = sources();
    for (row, tests) in (1..).zip(&english) {
        if tests.is_empty() {
            problems.push(format!("row {row} has no test"));
        }
        for test in tests {
            let (path, function) = test.split_once("::").unwrap();
            let (path, function) = (format!("crates/{path}"), format!("fn {function}("));
            let is_there =
                |(name, text): &(String, String)| *name == path && is_test(text, &function);
            if !sources.iter().any(is_there) {
                problems.push(format!("row {row}: there is no test {test}"));
            }
        }
    }
    check(problems);
}

/// Whether a function stands in a text with the mark of a test above it.
fn is_test(text: &str, function: &str) -> bool {
    let Some((before, _)) = text.split_once(function) else { return false };
    let above = before.rsplit("\n\n").next().unwrap_or_default();
    ["#[test]", "#[tokio::test"].iter().any(|mark| above.contains(mark))
}

#[test]
fn no_file_names_the_machine_it_was_written_on() {
    let words = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("../sha", "red")];
    let mut found = Vec::new();
    for ending in [".rs", ".md", ".toml", ".py", ".ftl", ".sh"] {
        files(&root(), ending, &mut found);
    }
    let mut problems = Vec::new();
    for path in found {
        let text = fs::read_to_string(&path).unwrap_or_default();
        problems.extend(
            words.iter().filter(|w| text.contains(**w)).map(|w| format!("{}: {w}", path.display())),
        );
    }
    check(problems);
}
