//! Both languages say the same things: the same keys, the same variables, nothing missing.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;
use i18n::{Language, has, text, text_with};
use model::indicator::Tlp;
use model::role::Role;

/// Keys of one file and the variables of each.
type Keys = BTreeMap<String, BTreeSet<String>>;

fn keys(content: &str) -> Keys {
    let mut keys = Keys::new();
    let mut current = String::new();
    for line in content.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|c: char| c.is_ascii_lowercase())
            && let Some((key, _)) = line.split_once(" =")
        {
            current = key.to_owned();
            assert!(keys.insert(current.clone(), BTreeSet::new()).is_none(), "{key} stands twice");
        }
        for behind in line.split('$').skip(1) {
            let name = behind.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap();
            keys.get_mut(&current).unwrap().insert(name.to_owned());
        }
    }
    keys
}

fn all_keys(language: Language) -> Keys {
    let mut all = Keys::new();
    for (file, content) in i18n::text::files(language) {
        for (key, variables) in keys(content) {
            assert!(all.insert(key.clone(), variables).is_none(), "{file}: {key} stands twice");
        }
    }
    all
}

#[test]
fn every_file_can_be_read_whole() {
    for language in Language::all() {
        for (file, content) in i18n::text::files(language) {
            let read = FluentResource::try_new(content.to_owned());
            assert!(read.is_ok(), "{language}/{file}: {:?}", read.err().map(|(_, errors)| errors));
            assert!(content.starts_with("# "), "{language}/{file} has no caption");
        }
    }
}

#[test]
fn both_languages_have_the_same_keys_and_variables_file_by_file() {
    let [vi, en] = Language::all().map(i18n::text::files);
    for ((file, vi), (_, en)) in vi.into_iter().zip(en) {
        let (vi, en) = (keys(vi), keys(en));
        for (key, variables) in &en {
            assert_eq!(vi.get(key), Some(variables), "{file}: {key} differs in vi");
        }
        for key in vi.keys() {
            assert!(en.contains_key(key), "{file}: {key} is missing in en");
        }
    }
}

#[test]
fn every_text_is_filled_in_without_a_rest() {
    for language in Language::all() {
        for (key, variables) in all_keys(language) {
            for count in [0_i64, 1, 2, 5_000] {
                let values: Vec<_> = variables.iter().map(|v| (v.as_str(), count.into())).collect();
                let found = text_with(language, &key, &values);
                assert!(!found.trim().is_empty(), "{language} {key}");
                assert!(!found.contains(['{', '}', '⟦', '$']), "{language} {key}: {found}");
            }
        }
    }
}

#[test]
fn every_role_handling_code_and_rule_has_its_texts() {
    let handling = [Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red, Tlp::Unmarked];
    for language in Language::all() {
        for role in Role::all().map(Role::as_str) {
            for kind in ["role", "role-short", "role-meaning", "chart-others"] {
                assert!(has(language, &format!("{kind}-{role}")), "{language} {kind}-{role}");
            }
        }
        for code in handling {
            let word = serde_name(code);
            let found = text(language, &format!("handling-{word}"));
            assert!(!found.contains('⟦'), "{language} handling-{word}");
        }
        for rule in ["poison", "haircut", "fifo", "lifo", "libr", "proceeds-first"] {
            for kind in ["rule", "rule-law"] {
                assert!(has(language, &format!("{kind}-{rule}")), "{language} {kind}-{rule}");
            }
        }
    }
}

fn serde_name(tlp: Tlp) -> &'static str {
    match tlp {
        Tlp::Clear => "clear",
        Tlp::Green => "green",
        Tlp::Amber => "amber",
        Tlp::AmberStrict => "amber-strict",
        Tlp::Red => "red",
        Tlp::Unmarked => "unmarked",
    }
}

/// Reads the sources as text: keys put together at run time (`format!`) are not seen here.
#[test]
fn every_key_in_the_sources_exists_with_its_variables() {
    let known = all_keys(Language::En);
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut mistakes = Vec::new();
    for file in sources(crates) {
        let content = std::fs::read_to_string(&file).unwrap_or_default();
        for (key, names) in calls(&content) {
            let place = format!("{}: {key:?}", file.display());
            match known.get(&key) {
                None if key == "no-such-key" => {}
                None => mistakes.push(format!("{place} has no text")),
                Some(variables) if names.as_ref().is_some_and(|names| names != variables) => {
                    mistakes.push(format!("{place} takes {variables:?}, not {names:?}"));
                }
                Some(_) => {}
            }
        }
    }
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

#[test]
fn the_scanner_finds_keys_and_variables() {
    let source = r#"
        text(language, "a-b"); i18n::text_with(lang(), "c", &[("n", 1.into()), ("m", x)]);
        text_with(l, "d", &values); ink.text(3, "not a key"); context(1, "no");
        // text(language, "in-a-comment")
        text(language, &format!("role-{role}"));
    "#;
    let named = |names: &[&str]| Some(names.iter().map(|n| (*n).to_owned()).collect());
    assert_eq!(
        calls(source),
        [
            ("a-b".to_owned(), named(&[])),
            ("c".to_owned(), named(&["m", "n"])),
            ("d".to_owned(), None),
        ]
    );
}

fn sources(crates: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = entries(crates).iter().map(|path| path.join("src")).collect();
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = std::fs::read_dir(folder).into_iter().flatten();
    read.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect()
}

/// Calls of `text` and `text_with` whose key is a literal: the key, and the names of the variables
/// where they are literals too.
fn calls(source: &str) -> Vec<(String, Option<BTreeSet<String>>)> {
    let code: String = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let mut found = Vec::new();
    for (start, opening) in code.match_indices("text(").chain(code.match_indices("text_with(")) {
        let before = code[..start].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.')) {
            continue;
        }
        let arguments = arguments(&code[start + opening.len()..]);
        let literal =
            |text: &str| Some(text.trim().strip_prefix('"')?.split('"').next()?.to_owned());
        let Some(key) = arguments.get(1).and_then(|argument| literal(argument)) else {
            continue;
        };
        let names = match arguments.get(2).map(|argument| argument.trim()) {
            None | Some("") => Some(BTreeSet::new()),
            Some(list) if list.starts_with("&[") => list
                .split("(\"")
                .skip(1)
                .map(|rest| rest.split('"').next().map(str::to_owned))
                .collect(),
            Some(_) => None,
        };
        found.push((key, names));
    }
    found.sort();
    found
}

/// The arguments of a call, from behind its opening bracket.
fn arguments(code: &str) -> Vec<String> {
    let (mut depth, mut in_text, mut escaped) = (0, false, false);
    let mut found = vec![String::new()];
    for c in code.chars() {
        match c {
            '"' if !escaped => in_text = !in_text,
            '(' | '[' | '{' if !in_text => depth += 1,
            ')' | ']' | '}' if !in_text && depth == 0 => break,
            ')' | ']' | '}' if !in_text => depth -= 1,
            ',' if !in_text && depth == 0 => {
                found.push(String::new());
                continue;
            }
            _ => {}
        }
        escaped = in_text && c == '\\' && !escaped;
        found.last_mut().unwrap().push(c);
    }
    found
}
