//! A log of a million messages is verified: each signature, each leaf, each way up to the head.

use std::process::Command;

use ed25519_dalek::{Signer as _, SigningKey};
use envelope::card::AgencyId;
use envelope::entry::Entry;
use envelope::envelope::{Draft, Envelope, MessageId, Random};
use envelope::seal::{RANDOM_BYTES, SealingKey};
use model::digest::Digest;
use node::port::Clock as _;
use store::clock::SystemClock;
use tlog::climb::Climb;
use tlog::frontier::Frontier;
use tlog::merkle;
use tlog::proof::{self, Hashes};

use super::file::processor;
use super::station::message;
use super::told;
use crate::{option, say};

/// So many envelopes differ; the log has each of them again and again.
const DISTINCT: usize = 10_000;
/// So many proofs are checked by the peer.
const BY_PEER: usize = 5_000;

/// All hashes in memory, a list a level.
#[derive(Default)]
struct Levels(Vec<Vec<Digest>>);

impl Hashes for Levels {
    type Error = String;

    fn read(&self, level: u8, first: u64, count: u64) -> Result<Vec<Digest>, String> {
        let level = self.0.get(usize::from(level)).ok_or("no such level")?;
        let range = first as usize..(first + count) as usize;
        level.get(range).map(<[Digest]>::to_vec).ok_or_else(|| "not so many".to_owned())
    }
}

/// `log [--leaves N] [--peer]`.
pub(super) fn log(arguments: &[String]) -> Result<(), String> {
    let leaves: u64 = option(arguments, "--leaves")?.unwrap_or(1_000_000);
    let key = SigningKey::from_bytes(&[7; 32]);
    let envelopes = envelopes(&key)?;
    let (mut frontier, mut levels) = (Frontier::default(), Levels::default());
    for index in 0..leaves {
        let envelope = Envelope::parse_without_content(of(&envelopes, index)?).map_err(told)?;
        for complete in frontier.add(merkle::leaf(&Entry::Envelope(Box::new(envelope)).leaf())) {
            let level = usize::from(complete.level);
            if levels.0.len() <= level {
                levels.0.resize(level + 1, Vec::new());
            }
            levels.0.get_mut(level).ok_or("no such level")?.push(complete.root);
        }
    }
    let root = frontier.root();
    let proofs = (0..leaves).map(|index| proof::inclusion(&levels, index, leaves));
    let proofs = proofs.collect::<Result<Vec<_>, _>>()?;
    let public = key.verifying_key().to_bytes();
    let start = processor()?;
    let mut climb = Climb::new(leaves, root);
    for (index, way) in (0..leaves).zip(&proofs) {
        let envelope = Envelope::parse_without_content(of(&envelopes, index)?).map_err(told)?;
        envelope.check(&public).map_err(told)?;
        let leaf = merkle::leaf(&Entry::Envelope(Box::new(envelope)).leaf());
        climb.check(leaf, index, way).map_err(told)?;
    }
    let seconds = processor()? - start;
    say(&format!("{leaves} leaves with signatures and proofs, one core: {seconds:.1} s"));
    let digests: Vec<Digest> = levels.0.first().cloned().unwrap_or_default();
    let start = processor()?;
    for ((index, way), leaf) in (0..leaves).zip(&proofs).zip(&digests) {
        proof::check_inclusion(*leaf, index, leaves, way, &root).map_err(told)?;
    }
    let alone = leaves as f64 / (processor()? - start);
    let (start, mut climb) = (processor()?, Climb::new(leaves, root));
    for ((index, way), leaf) in (0..leaves).zip(&proofs).zip(&digests) {
        climb.check(*leaf, index, way).map_err(told)?;
    }
    let ours = leaves as f64 / (processor()? - start);
    say(&format!("proofs alone: {ours:.0} a second, each for itself {alone:.0}"));
    if arguments.iter().any(|word| word == "--peer") {
        let theirs = peer(leaves, root, &digests, &proofs)?;
        say(&format!("aics-tlog: {theirs:.0} a second; ratio {:.1}", ours / theirs));
    }
    Ok(())
}

fn of(envelopes: &[Vec<u8>], index: u64) -> Result<&[u8], String> {
    let place = index as usize % envelopes.len();
    envelopes.get(place).map(Vec::as_slice).ok_or_else(|| "no envelope".to_owned())
}

fn envelopes(key: &SigningKey) -> Result<Vec<Vec<u8>>, String> {
    let sealing = SealingKey::from_seed(&[9; 32]).map_err(told)?;
    let [from, to] = [1, 2].map(|byte| AgencyId(Digest([byte; 32])));
    let outgoing = message(1_024);
    let mut made = Vec::new();
    for number in 0..DISTINCT {
        let content = envelope::content::Content {
            salt: [number as u8; 32],
            kind: outgoing.kind.clone(),
            handling: outgoing.handling.clone(),
            body: outgoing.body.clone(),
            in_reply_to: None,
            due: None,
            attachments: Vec::new(),
        };
        let id = MessageId((number as u128).to_be_bytes());
        let random = Random { key: [3; 32].into(), holders: vec![[4; RANDOM_BYTES]] };
        let draft = Draft::seal(id, (from, to), &content, &[sealing.public()], random);
        let unsigned =
            draft.map_err(told)?.place(number as u64, Digest([5; 32]), SystemClock.now());
        let signature = key.sign(&unsigned.message()).to_bytes();
        made.push(unsigned.sign(signature).without_content());
    }
    Ok(made)
}

fn peer(
    leaves: u64,
    root: Digest,
    digests: &[Digest],
    proofs: &[Vec<Digest>],
) -> Result<f64, String> {
    let folder = tempfile::tempdir().map_err(told)?;
    let path = folder.path().join("proofs");
    let step = (digests.len() / BY_PEER).max(1);
    let lines = digests.iter().zip(proofs).enumerate().step_by(step).map(|(index, (leaf, way))| {
        let way: Vec<String> = way.iter().map(Digest::to_string).collect();
        format!("{index} {leaf} {}\n", way.join(","))
    });
    let text = format!("{leaves} {root}\n{}", lines.collect::<String>());
    std::fs::write(&path, text).map_err(told)?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/aics_proofs.py");
    let run = Command::new("python3").arg(script).arg(&path).output().map_err(told)?;
    let text = String::from_utf8_lossy(&run.stdout).into_owned();
    let rate = text.trim().parse();
    rate.map_err(|_| format!("{text}\n{}", String::from_utf8_lossy(&run.stderr)))
}
