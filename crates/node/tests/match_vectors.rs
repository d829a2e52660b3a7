//! The published vectors of MATCH are what this program makes; `UPDATE=1` writes them anew.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;
use std::path::Path;

use envelope::matching::{Answer, KindKey, Manifest, Query, Terms, Wish, body};
use model::country::Country;
use model::digest::Digest;
use model::identifier::{Context, Identifier, Kind};
use model::time::Timestamp;
use psi::asking::{Asking, Seed};
use psi::element::Element;
use psi::input::input;
use psi::key::Key;
use psi::output::handle;
use psi::set::{Builder, Entry, Set};
use psi::suite::Mode;
use serde_json::{Value, json};
use tlog::frontier::Frontier;
use tlog::merkle;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/vectors/match1.json");

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

fn identifiers() -> Vec<Identifier> {
    let context = Context { country: Country::parse("VN").ok() };
    let raw = ["0912 345 678", "+65 9123 4567", "+66 81 234 5678"];
    raw.map(|raw| Identifier::parse(Kind::Phone, raw, context).unwrap()).to_vec()
}

/// The publishing side's part: key, entries, set.
fn published(secret: &[u8; 32], known: &[Identifier]) -> (Key, Vec<u8>, Digest, Value) {
    let key = Key::derive(Mode::Voprf, secret, b"phone").unwrap();
    let inputs: Vec<Vec<u8>> = known.iter().map(input).collect();
    let outputs = key.outputs(&inputs, 1).unwrap();
    let mut builder = Builder::new();
    let mut told = Vec::new();
    for ((one, input), output) in known.iter().zip(&inputs).zip(&outputs) {
        let handle = handle(secret, input);
        let entry = Entry::new(&output.stem(), handle);
        let Ok(()) = builder.put(entry);
        told.push(json!({
            "identifier": one.to_string(),
            "input": hex(input),
            "output": hex(output.danger_bytes()),
            "handle": hex(&handle),
            "entry": hex(&entry.bytes()),
        }));
    }
    let (mut frontier, mut slots) = (Frontier::default(), Vec::new());
    let head = builder.build(
        &mut |entry| drop(frontier.add(merkle::leaf(&entry.bytes()))),
        &mut |bytes| {
            slots.extend_from_slice(bytes);
            Ok(())
        },
    );
    let (root, set) = (frontier.root(), [head.unwrap(), slots].concat());
    let told = json!({
        "secret": hex(secret),
        "info": "phone",
        "public_key": hex(key.public().bytes()),
        "identifiers": told,
        "root": root.to_string(),
        "set": hex(&set),
    });
    (key, set, root, told)
}

fn vectors() -> Value {
    let known = identifiers();
    let (key, set, root, publishing) = published(&[1; 32], &known[..2]);
    let terms = Terms {
        purpose: "online-fraud".to_owned(),
        basis: "example".to_owned(),
        agreement: model::agreement::digest(),
    };
    let manifest = Manifest {
        terms: terms.clone(),
        epoch: 1,
        number: 1,
        is_delta: false,
        until: Timestamp::from_seconds(1_800_000_000).unwrap(),
        keys: vec![KindKey { kind: Kind::Phone, key: *key.public().bytes() }],
        size: 2,
        root,
        set: Digest::of(&set),
    };
    let asked: Vec<Vec<u8>> = known[1..].iter().map(input).collect();
    let seed = Seed([2; 32]);
    let asking = Asking::blind(Mode::Voprf, &asked, 4, (&seed, 0), 1).unwrap();
    let elements: Vec<[u8; 32]> = asking.elements().copied().collect();
    let query = Query {
        terms: terms.clone(),
        session: [3; 16],
        number: 0,
        batches: 1,
        manifest: Digest::of(&body(&manifest)),
        kind: Kind::Phone,
        commitment: Digest([4; 32]),
        elements: elements.concat(),
    };
    let digest = Digest::of(&body(&query));
    let raised = Element::parse_all(&elements, 1).unwrap();
    let nonce = key.nonce(&digest.0);
    let answer = key.answer(&raised, &nonce, 1).unwrap();
    let told = Answer {
        session: [3; 16],
        number: 0,
        query: digest,
        refused: None,
        elements: answer.elements.concat(),
        proof: answer.proof.bytes().to_vec(),
        left: 99_996,
    };
    let outputs = asking.finish(&asked, key.public(), &answer, 1).unwrap();
    let found = Set::parse(&set).unwrap();
    let outputs: Vec<Value> = known[1..]
        .iter()
        .zip(&outputs)
        .map(|(one, output)| {
            let handle = found.find(&output.stem()).map(|handle| hex(&handle));
            let output = hex(output.danger_bytes());
            json!({"identifier": one.to_string(), "output": output, "handle": handle})
        })
        .collect();
    json!({
        "about": "Test vectors of docs/protocol.md; made by crates/node/tests/match_vectors.rs",
        "agreement": terms.agreement.to_string(),
        "publishing": publishing,
        "wish": hex(&body(&Wish { terms })),
        "manifest": hex(&body(&manifest)),
        "asking": {
            "seed": hex(&seed.0),
            "batch": 0,
            "inputs": asked.iter().map(|one| hex(one)).collect::<Vec<_>>(),
            "size": 4,
            "elements": elements.iter().map(|one| hex(one)).collect::<Vec<_>>(),
        },
        "query": hex(&body(&query)),
        "proof_random": hex(&nonce),
        "answer": hex(&body(&told)),
        "outputs": outputs,
    })
}

#[test]
fn the_published_vectors_are_what_this_program_makes() {
    let made = format!("{}\n", serde_json::to_string_pretty(&vectors()).unwrap());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(Path::new(FILE), &made).unwrap();
    }
    assert_eq!(std::fs::read_to_string(FILE).unwrap(), made);
}

#[test]
fn the_vectors_say_what_is_found_and_what_is_not() {
    let outputs = vectors()["outputs"].as_array().unwrap().clone();
    assert!(outputs[0]["handle"].is_string() && outputs[1]["handle"].is_null());
}
