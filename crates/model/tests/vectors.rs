//! Every vector of `tests/vectors/*.tsv`: one value in one spelling, and what it must become.

#![expect(clippy::unwrap_used, reason = "a test file: a missing file or column must stop it")]

use std::fs;
use std::path::Path;

use model::country::Country;
use model::identifier::{Context, Identifier, Kind, all_codes, qr};

/// Fewer vectors than this would mean that a file was lost.
const MIN_VECTORS: usize = 250;

/// One row of a file.
struct Vector {
    place: String,
    kind: String,
    context: Context,
    raw: String,
    expected: String,
}

impl Vector {
    fn all() -> Vec<Vector> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
        let mut paths: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths.iter().flat_map(|path| Vector::in_file(path)).collect()
    }

    fn in_file(path: &Path) -> Vec<Vector> {
        let text = fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let rows = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
        rows.map(|(index, line)| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [kind, country, raw, expected] = fields[..] else {
                panic!("{name}:{}: four columns are needed", index + 1);
            };
            Vector {
                place: format!("{name}:{}", index + 1),
                kind: kind.to_owned(),
                context: Context {
                    country: (country != "-").then(|| Country::parse(country).unwrap()),
                },
                raw: unescaped(raw),
                expected: expected.to_owned(),
            }
        })
        .collect()
    }

    fn found(&self) -> String {
        let joined = |list: Vec<Identifier>| {
            list.iter().map(Identifier::to_string).collect::<Vec<_>>().join(" ")
        };
        match self.kind.as_str() {
            "readings" => joined(Identifier::readings(&self.raw, self.context)),
            "leads_to" => {
                let first = Identifier::readings(&self.raw, self.context).into_iter().next();
                joined(first.unwrap().leads_to())
            }
            "qr" => qr::read(&self.raw).map_or_else(|e| format!("error:{}", e.code()), joined),
            kind => {
                let kind = Kind::parse(kind).unwrap();
                let found = Identifier::parse(kind, &self.raw, self.context);
                found.map_or_else(|e| format!("error:{}", e.code()), |found| found.to_string())
            }
        }
    }
}

/// Replaces `\u{...}`.
fn unescaped(raw: &str) -> String {
    let mut out = String::new();
    let mut rest = raw;
    while let Some((before, behind)) = rest.split_once("\\u{") {
        let (digits, after) = behind.split_once('}').unwrap();
        out.push_str(before);
        out.push(char::from_u32(u32::from_str_radix(digits, 16).unwrap()).unwrap());
        rest = after;
    }
    out + rest
}

#[test]
fn every_vector_holds() {
    let vectors = Vector::all();
    assert!(vectors.len() >= MIN_VECTORS, "only {} vectors", vectors.len());
    let wrong: Vec<String> = vectors
        .iter()
        .filter(|vector| vector.found() != vector.expected)
        .map(|v| format!("{} {} {:?}: {} is not {}", v.place, v.kind, v.raw, v.found(), v.expected))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), vectors.len(), wrong.join("\n"));
}

#[test]
fn what_was_read_is_canonical_and_is_read_back() {
    for vector in Vector::all() {
        for part in vector.found().split(' ').filter(|part| !part.starts_with("error:")) {
            let Some((kind, value)) = part.split_once(':') else {
                continue;
            };
            let kind = Kind::parse(kind).unwrap();
            let back = Identifier::from_canonical(kind, value).unwrap();
            assert_eq!(back.to_string(), part, "{}", vector.place);
        }
    }
}

#[test]
fn every_code_of_a_vector_is_listed() {
    let codes: Vec<&str> = all_codes().collect();
    for vector in Vector::all() {
        if let Some(code) = vector.expected.strip_prefix("error:") {
            assert!(codes.contains(&code), "{} {code}", vector.place);
        }
    }
    let mut unique = codes.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), codes.len(), "a code stands twice");
}
