//! Notes, proofs, parcels and carried files that have to be refused.

use envelope::carried::CarriedError;
use envelope::parcel::{Have, Parcel, Stretch};
use envelope::watch::Watch;
use ml_dsa::Keypair as _;
use model::digest::Digest;
use tlog::checkpoint::Checkpoint;
use tlog::key::Key;
use tlog::note::Note;
use tlog::proof::{self, check_consistency, check_inclusion};

use crate::bad::bad;
use crate::cards::{A, B};
use crate::common::Agency;
use crate::json::{Json, list};
use crate::parcels::{back, carried, frames, outward};
use crate::records::{DAILY_AT, cosigned_daily, countersigned, daily, origin, record, signed};

pub(crate) fn all() -> Vec<Json> {
    let mut all = notes();
    all.extend(heads());
    all.extend(daily_heads());
    all.extend(inclusions());
    all.extend(consistencies());
    all.extend(parcels());
    all.extend(files());
    all
}

/// What is no note, or no checkpoint.
fn notes() -> Vec<Json> {
    let record = record();
    let note = signed(&Agency::new(A), &Agency::new(B), record.size(), record.root()).write();
    let said = |text: String, why| {
        let error = match Note::parse(text.as_bytes()) {
            Err(error) => error.to_string(),
            Ok(note) => Checkpoint::parse(&note).unwrap_err().to_string(),
        };
        bad("note", why, &error).with("note", text)
    };
    let (text, line) = note.split_once("\n\n").unwrap();
    vec![
        said(format!("{text}\n"), "nobody has signed it"),
        said(format!("{text}\n\n{}", line.replacen('\u{2014}', "-", 1)), "no em dash"),
        said(format!("{text}\n\n{}", line.repeat(17)), "seventeen signatures"),
        said(note.replacen("\n11\n", "\n011\n", 1), "the size with a zero before it"),
        said(note.replacen("audit 12", "audit\t12", 1), "a control character"),
        said(note.replacen("lienket/", "lien ket/", 1), "a space in the name of the log"),
    ]
}

/// What is a checkpoint and was not signed, or not countersigned, by that key.
fn heads() -> Vec<Json> {
    let (from, to, record) = (Agency::new(A), Agency::new(B), record());
    let name = origin(&from, &to);
    let writer = Key::ed25519(&name, from.signing.verifying_key().as_bytes()).unwrap();
    let other = Key::ed25519(&name, to.signing.verifying_key().as_bytes()).unwrap();
    let reader = format!("lienket/{}", to.card().id().0);
    let public = to.signing.verifying_key().to_bytes();
    let reader = Key::ed25519(&reader, &public).unwrap();
    let note = countersigned(signed(&from, &to, record.size(), record.root()), &to).write();
    let said = |note: String, key: &Key, public: &[u8; 32], why| {
        let error = key.checkpoint(&Note::parse(note.as_bytes()).unwrap()).unwrap_err();
        bad("signed", why, &error)
            .with("note", note)
            .with("name", key.name())
            .with("key", public.as_slice())
    };
    let larger = note.replacen("\n11\n", "\n12\n", 1);
    let parsed = Note::parse(larger.as_bytes()).unwrap();
    let cosigned = bad("cosigned", "the size was changed", &reader.cosigned(&parsed).unwrap_err());
    let cosigned = cosigned.with("note", larger.clone()).with("name", reader.name());
    let first = from.signing.verifying_key().to_bytes();
    vec![
        said(larger, &writer, &first, "the size was changed"),
        said(note, &other, &public, "another key"),
        cosigned.with("key", public.as_slice()),
    ]
}

/// What was not cosigned so with that ML-DSA-44 key.
fn daily_heads() -> Vec<Json> {
    let (from, to, note) = (Agency::new(A), Agency::new(B), daily().1.write());
    let said = |note: String, by: &Agency, public: &Agency, why| {
        let name = format!("lienket/{}", by.card().id().0);
        let public = public.daily.verifying_key().encode();
        let key = Key::ml_dsa44(&name, &public).unwrap();
        let error = key.cosigned(&Note::parse(note.as_bytes()).unwrap()).unwrap_err();
        bad("daily", why, &error).with("note", note).with("name", name).with("key", &public[..])
    };
    // The line's last characters but for the ones that end it: hints, and their order.
    let place = note.trim_end().len() - 8;
    let digit = if note[place..].starts_with('A') { "B" } else { "A" };
    let bent = [&note[..place], digit, &note[place + 1..]].concat();
    let other_root =
        cosigned_daily(signed(&from, &to, record().size(), Digest([99; 32])), &from, DAILY_AT);
    let line = other_root.signatures().last().unwrap().clone();
    let mut moved = daily().0;
    moved.sign(line);
    vec![
        said(note.replacen("\n11\n", "\n12\n", 1), &from, &from, "the size was changed"),
        said(bent, &to, &to, "the signature was changed"),
        said(moved.write(), &from, &from, "it was made of another root"),
        said(note, &from, &to, "another key"),
    ]
}

fn inclusions() -> Vec<Json> {
    let record = record();
    let Ok(hashes) = proof::inclusion(&record, 7, 11);
    let (leaf, root) = (record.leaves()[7], record.root());
    let said = |leaf: Digest, index: u64, size: u64, hashes: &[Digest], why| {
        let error = check_inclusion(leaf, index, size, hashes, &root).unwrap_err();
        bad("inclusion", why, &error)
            .with("leaf_hash", leaf.0.as_slice())
            .with("index", index)
            .with("size", size)
            .with("root", root.0.as_slice())
            .with("proof", list(hashes.iter().map(|hash| hash.0.as_slice())))
    };
    let more = [hashes.as_slice(), &[root]].concat();
    vec![
        said(record.leaves()[6], 7, 11, &hashes, "another leaf"),
        said(leaf, 6, 11, &hashes, "another place"),
        said(leaf, 11, 11, &hashes, "a place beyond the record"),
        said(leaf, 7, 11, &hashes[1..], "a hash is missing"),
        said(leaf, 7, 11, &more, "a hash more"),
    ]
}

fn consistencies() -> Vec<Json> {
    let record = record();
    let Ok(hashes) = proof::consistency(&record, 6, 11);
    let Json::Object(fields) = crate::records::consistency(&record, 6, 11) else { return vec![] };
    let old = fields.iter().find(|(name, _)| *name == "old_root").map(|(_, root)| root.clone());
    let Some(Json::Text(old)) = old else { return vec![] };
    let (old, new) = (Digest::parse(&old).unwrap(), record.root());
    let said = |old: (u64, Digest), new: (u64, Digest), hashes: &[Digest], why| {
        let checked = check_consistency((old.0, &old.1), (new.0, &new.1), hashes);
        bad("consistency", why, &checked.unwrap_err())
            .with("old_size", old.0)
            .with("new_size", new.0)
            .with("old_root", old.1.0.as_slice())
            .with("new_root", new.1.0.as_slice())
            .with("proof", list(hashes.iter().map(|hash| hash.0.as_slice())))
    };
    let (six, eleven) = ((6, old), (11, new));
    vec![
        said((6, new), eleven, &hashes, "another earlier root"),
        said(six, (11, old), &hashes, "another later root"),
        said(six, eleven, &hashes[1..], "a hash is missing"),
        said((12, old), eleven, &hashes, "the earlier one is the longer one"),
        said((11, old), eleven, &[], "one size and two roots"),
    ]
}

fn parcels() -> Vec<Json> {
    let said = |bytes: Vec<u8>, why| {
        let error = Parcel::parse(&bytes).unwrap_err();
        bad("parcel", why, &error).with("bytes", &bytes[..])
    };
    let small = || {
        let mut parcel = back();
        (parcel.log, parcel.returned, parcel.seen) = (None, None, Vec::new());
        parcel
    };
    let changed = |change: &dyn Fn(&mut Parcel)| {
        let mut parcel = small();
        change(&mut parcel);
        parcel.write()
    };
    let mut version = small().write();
    // A map of ten fields: key 0, version 1.
    assert_eq!(version[..3], [0xaa, 0, 1]);
    version[2] = 2;
    let cut = |parcel: &mut Parcel| {
        let log = outward().log.unwrap();
        let leaves = log.leaves[..33].to_vec().into();
        parcel.log = Some(Stretch { leaves, entries: Vec::new(), ..log });
    };
    let way = |parcel: &mut Parcel| {
        let log = outward().log.unwrap();
        parcel.log = Some(Stretch { entries: Vec::new(), ..log }.on_the_way(&[Digest([1; 32])]));
    };
    let watch = |length| vec![Watch { proof: vec![0; length].into(), ..back().watch[0].clone() }];
    let beyond = Have { size: 9, lacking: vec![9], ..Have::default() };
    let lost = Have { own: 9, lost: vec![9], ..Have::default() };
    let gone = Have { size: 9, gone: vec![9], ..Have::default() };
    vec![
        said(version, "version 2"),
        said(changed(&|one| one.cards = vec![vec![].into(); 17]), "seventeen cards"),
        said(changed(&|one| one.seen = vec![vec![].into(); 3]), "three countersigned heads"),
        said(changed(&|one| one.watch = vec![watch(0)[0].clone(); 65]), "65 watched records"),
        said(changed(&|one| one.watch = watch(33)), "a proof of 33 bytes"),
        said(changed(&|one| one.have.lacking.reverse()), "what is lacking does not rise"),
        said(changed(&|one| one.have = beyond.clone()), "what is lacking is beyond the size"),
        said(changed(&|one| one.have = lost.clone()), "what is lost is beyond the own size"),
        said(changed(&|one| one.have = gone.clone()), "what is gone is beyond the size"),
        said(changed(&|one| one.own_cards = vec![vec![].into(); 17]), "seventeen own cards"),
        said(changed(&way), "a way to the head of a writer's own leaves"),
        said(changed(&|one| one.refused[0].code = "x".repeat(61)), "a code of 61 bytes"),
        said(changed(&cut), "leaves of 33 bytes"),
    ]
}

fn files() -> Vec<Json> {
    let said = |bytes: Vec<u8>, why| {
        let error: CarriedError = frames(&bytes).unwrap_err();
        bad("carried", why, &error).with("bytes", &bytes[..])
    };
    // Without the parcel it is shorter: 18 bytes of head, 9 of a frame's.
    let whole = carried();
    let length = u64::from_be_bytes(*whole[19..].first_chunk().unwrap()) as usize;
    let start = [&whole[..18], &whole[27 + length..whole.len() - 41]].concat();
    let end = [[0].as_slice(), &32_u64.to_be_bytes(), &Digest::of(&start).0].concat();
    let small = [start, end].concat();
    assert_eq!(crate::parcels::frames(&small).unwrap(), 2);
    let mut changed = small.clone();
    changed[30] ^= 1;
    let mut kind = small.clone();
    kind[18] = 4;
    vec![
        said(small[..small.len() - 1].to_vec(), "a byte less"),
        said([small.as_slice(), &[0]].concat(), "a byte more"),
        said(changed, "one bit was changed"),
        said(kind, "a frame of kind 4"),
        said(b"lienket carried 2\n".to_vec(), "another first line"),
    ]
}
