//! Journeys: scripts with their output, one file each in `journey/`.
//!
//! A line `$ lienket …` runs the program; what follows up to the next `$` is what it prints,
//! standard error behind standard output, and `[exit N]` where N is not 0. `== NAME` to `==`
//! writes a file. What changes from run to run is replaced by a word in ‹›. `UPDATE=1 cargo test`
//! rewrites the outputs.

use std::fmt::Write as _;
use std::path::Path;

use crate::common::World;

#[test]
fn journeys_go_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journey");
    let mut paths: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let script = std::fs::read_to_string(&path).unwrap();
        let found = walk(&script);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &found).unwrap();
        } else {
            assert!(script == found, "{}\n{}", path.display(), difference(&script, &found));
        }
    }
}

fn walk(script: &str) -> String {
    let world = World::empty();
    let mut told = String::new();
    let mut lines = script.lines().peekable();
    while let Some(line) = lines.next() {
        writeln!(told, "{line}").unwrap();
        if let Some(name) = line.strip_prefix("== ") {
            let mut text = String::new();
            for line in lines.by_ref() {
                writeln!(told, "{line}").unwrap();
                if line == "==" {
                    break;
                }
                writeln!(text, "{line}").unwrap();
            }
            world.write(name, text.as_bytes());
        } else if let Some(command) = line.strip_prefix("$ lienket ") {
            let is_script = |line: &&str| !["$ ", "== ", "# "].iter().any(|s| line.starts_with(s));
            while lines.next_if(is_script).is_some() {}
            told.push_str(&run(&world, command));
            told.push('\n');
        }
    }
    told.trim_end().to_owned() + "\n"
}

fn run(world: &World, command: &str) -> String {
    let output = world.run(&words(command).iter().map(String::as_str).collect::<Vec<_>>());
    let mut text = String::from_utf8(output.stdout).unwrap();
    text.push_str(&String::from_utf8(output.stderr).unwrap());
    if !output.status.success() {
        writeln!(text, "[exit {}]", output.status.code().unwrap_or(-1)).unwrap();
    }
    text.lines().map(|line| same(line, world) + "\n").collect()
}

/// Words parted by blanks, where '…' holds one together.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for c in command.chars() {
        match c {
            '\'' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words
}

/// The line with what changes from run to run replaced.
fn same(line: &str, world: &World) -> String {
    let folder = world.path("").display().to_string();
    let mut text = line.replace(&folder, "").trim_end().to_owned();
    for word in ["Fingerprint: ", "Dấu vân khóa: "] {
        if let Some((before, _)) = text.split_once(word) {
            text = format!("{before}{word}‹twelve words›");
        }
    }
    for (key, word) in [("\"fingerprint\":\"", "‹twelve words›"), ("\"opened_at\":\"", "‹now›")]
    {
        if let Some((before, rest)) = text.split_once(key)
            && let Some((_, after)) = rest.split_once('"')
        {
            text = format!("{before}{key}{word}\"{after}");
        }
    }
    // A moment such as `24 Nov 2026 00:06 UTC` stands before ` UTC`, as wide as it is.
    if let Some(end) = text.find(" UTC")
        && let Some(start) = text.get(..end).and_then(|before| before.rfind("   "))
    {
        text.replace_range(start + 3..end, "‹moment›");
    }
    let year = year();
    text.replace(&format!("VN-C-{year}-"), "VN-C-‹year›-")
}

/// The year in which the test runs, as the program sees it.
fn year() -> String {
    let output = std::process::Command::new("date").args(["-u", "+%Y"]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// The first lines that differ.
fn difference(expected: &str, found: &str) -> String {
    let pairs = expected.lines().zip(found.lines()).enumerate();
    let mut differing = pairs.filter(|(_, (left, right))| left != right);
    match differing.next() {
        Some((number, (left, right))) => {
            format!("line {}\n  expected {left}\n  found    {right}", number + 1)
        }
        None => format!("one is longer:\n{found}"),
    }
}
