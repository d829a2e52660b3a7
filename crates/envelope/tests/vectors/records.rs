//! A record of A for B and one of B for A: receipts, heads, countersignatures, proofs.

use std::convert::Infallible;

use ed25519_dalek::Signer as _;
use envelope::entry::{Entry, EntryKind};
use envelope::receipt::{Receipt, ReceiptKind, SignedReceipt};
use ml_dsa::Keypair as _;
use model::digest::Digest;
use tlog::checkpoint::Checkpoint;
use tlog::cosignature::{Cosignature, ed25519_message, ml_dsa_message};
use tlog::equivocation::Equivocation;
use tlog::frontier::{Frontier, KEPT_LEVELS};
use tlog::key::Key;
use tlog::merkle;
use tlog::note::{Note, Scheme, Signature};
use tlog::proof::{self, Hashes};

use crate::cards::{A, B, first, second};
use crate::common::{Agency, at};
use crate::json::{Json, list, object};
use crate::messages::envelope;

/// When B countersigns, in seconds since 1970.
pub(crate) const SEEN_AT: u64 = 1_800_200_000;
/// When A signs the daily head.
pub(crate) const DAILY_AT: u64 = 1_800_199_998;
/// Sizes and places for proofs: complete trees, ragged ones, the first leaf and the last.
const INCLUSIONS: [(u64, u64); 7] = [(0, 1), (0, 2), (6, 8), (7, 8), (7, 11), (10, 11), (2, 7)];
const CONSISTENCIES: [(u64, u64); 7] = [(1, 2), (4, 8), (3, 7), (6, 11), (8, 11), (11, 11), (7, 8)];

/// A record that is kept whole in memory.
#[derive(Default)]
pub(crate) struct Record {
    frontier: Frontier,
    levels: Vec<Vec<Digest>>,
    pub(crate) data: Vec<Vec<u8>>,
}

impl Record {
    pub(crate) fn add(&mut self, data: &[u8]) {
        for complete in self.frontier.add(merkle::leaf(data)) {
            let level = usize::from(complete.level / KEPT_LEVELS);
            self.levels.resize(self.levels.len().max(level + 1), Vec::new());
            self.levels[level].push(complete.root);
        }
        self.data.push(data.to_vec());
    }

    pub(crate) fn size(&self) -> u64 {
        self.frontier.size()
    }

    pub(crate) fn root(&self) -> Digest {
        self.frontier.root()
    }

    pub(crate) fn leaves(&self) -> Vec<Digest> {
        self.data.iter().map(|data| merkle::leaf(data)).collect()
    }

    /// The hashes that lead from the root at a size to the root.
    pub(crate) fn way(&self, from: u64) -> Vec<Digest> {
        let Ok(hashes) = proof::consistency(self, from, self.size());
        hashes
    }

    fn root_at(&self, size: u64) -> Digest {
        let Ok(frontier) = proof::frontier(self, size);
        frontier.unwrap().root()
    }
}

impl Hashes for Record {
    type Error = Infallible;

    fn read(&self, level: u8, first: u64, count: u64) -> Result<Vec<Digest>, Infallible> {
        let row = &self.levels[usize::from(level / KEPT_LEVELS)];
        Ok(row[first as usize..][..count as usize].to_vec())
    }
}

/// What lies in A's record for B before the message.
pub(crate) fn before() -> Record {
    let (agency, mut record) = (Agency::new(A), Record::default());
    let first = first(&agency);
    let second = second(&agency, &first);
    for card in [first, second] {
        record.add(&Entry::Card(Box::new(card)).leaf());
    }
    for n in 2..7 {
        record.add(&EntryKind::Receipt.leaf(&Digest([n; 32])));
    }
    record
}

/// All of it: two cards, five receipts of which only the digests are told, the message, and three
/// messages of which only the digests are told.
pub(crate) fn record() -> Record {
    let mut record = before();
    let message = envelope(&record);
    record.add(&EntryKind::Envelope.leaf(&message.digest()));
    for n in 8..11 {
        record.add(&EntryKind::Envelope.leaf(&Digest([n; 32])));
    }
    record
}

/// The receipts of B for the message, one of each kind.
pub(crate) fn receipts() -> Vec<SignedReceipt> {
    let (from, to) = (Agency::new(B), Agency::new(A));
    let message = envelope(&before());
    let told = [
        (ReceiptKind::Accepted, None, None),
        (ReceiptKind::Rejected, Some("message_kind_unknown"), None),
        (ReceiptKind::Opened, None, Some("investigator")),
        (ReceiptKind::Handled, None, Some("Tài khoản đã phong toả")),
    ];
    let signed = told.into_iter().map(|(kind, code, text)| {
        let receipt = Receipt {
            kind,
            message: message.header().id,
            envelope: message.digest(),
            from: from.card().id(),
            to: to.card().id(),
            at: at(2),
            code: code.map(str::to_owned),
            text: text.map(str::to_owned),
        };
        let signature = from.signing.sign(&receipt.message()).to_bytes();
        receipt.sign(signature)
    });
    signed.collect()
}

pub(crate) fn told_receipts() -> Json {
    let names = ["accepted", "rejected", "opened", "handled"];
    list(receipts().into_iter().zip(names).map(|(signed, name)| {
        let leaf = EntryKind::Receipt.leaf(&signed.digest());
        object([
            ("kind", name.into()),
            ("signer", "B".into()),
            ("message", signed.receipt().message()[..].into()),
            ("bytes", signed.write()[..].into()),
            ("digest", signed.digest().0.as_slice().into()),
            ("leaf", leaf.as_slice().into()),
            ("leaf_hash", merkle::leaf(&leaf).0.as_slice().into()),
        ])
    }))
}

/// The name of the record of one agency for another.
pub(crate) fn origin(from: &Agency, to: &Agency) -> String {
    format!("lienket/{}/{}", from.card().id().0, to.card().id().0)
}

/// A head of so many leaves with that root, signed by who writes it.
pub(crate) fn signed(from: &Agency, to: &Agency, size: u64, root: Digest) -> Note {
    signed_as(from, origin(from, to), size, root)
}

/// The same of a record with that name.
pub(crate) fn signed_as(from: &Agency, name: String, size: u64, root: Digest) -> Note {
    let extensions = vec![format!("audit 12 {}", Digest::of(b"audit"))];
    let text = Checkpoint { origin: name.clone(), size, root, extensions }.text();
    let mut note = Note::new(text).unwrap();
    let public = from.signing.verifying_key().to_bytes();
    let bytes = from.signing.sign(note.text().as_bytes()).to_bytes().to_vec();
    let key_id = Scheme::Ed25519.key_id(&name, &public);
    note.sign(Signature { name, key_id, bytes });
    note
}

/// The same, countersigned by who reads it.
pub(crate) fn countersigned(mut note: Note, by: &Agency) -> Note {
    let name = format!("lienket/{}", by.card().id().0);
    let message = ed25519_message(note.text(), SEEN_AT);
    let signature = by.signing.sign(&message).to_bytes().to_vec();
    let bytes = Cosignature { at: SEEN_AT, signature }.write();
    let public = by.signing.verifying_key().to_bytes();
    let key_id = Scheme::Ed25519Cosignature.key_id(&name, &public);
    note.sign(Signature { name, key_id, bytes });
    note
}

/// The same, cosigned with ML-DSA-44.
pub(crate) fn cosigned_daily(mut note: Note, by: &Agency, at: u64) -> Note {
    let name = format!("lienket/{}", by.card().id().0);
    let message = ml_dsa_message(&name, &Checkpoint::parse(&note).unwrap(), at).unwrap();
    let signature = by.daily.expanded_key().sign_deterministic(&message, &[]).unwrap();
    let signature = signature.encode().to_vec();
    let key_id = Scheme::MlDsa44Cosignature.key_id(&name, &by.daily.verifying_key().encode());
    note.sign(Signature { name, key_id, bytes: Cosignature { at, signature }.write() });
    note
}

/// A daily head of A's record: as A writes it, and as B countersigns it.
pub(crate) fn daily() -> (Note, Note) {
    let (from, to, record) = (Agency::new(A), Agency::new(B), record());
    let note = signed(&from, &to, record.size(), record.root());
    let written = cosigned_daily(note, &from, DAILY_AT);
    let both = countersigned(written.clone(), &to);
    (written, cosigned_daily(both, &to, SEEN_AT))
}

pub(crate) fn told_record() -> Json {
    let (from, to, record) = (Agency::new(A), Agency::new(B), record());
    let note = signed(&from, &to, record.size(), record.root());
    let both = countersigned(note.clone(), &to);
    let key = Key::ed25519(&origin(&from, &to), from.signing.verifying_key().as_bytes()).unwrap();
    let reader = format!("lienket/{}", to.card().id().0);
    let reader = Key::ed25519(&reader, to.signing.verifying_key().as_bytes()).unwrap();
    assert_eq!(key.checkpoint(&both).unwrap().size, 11);
    assert_eq!(reader.cosigned(&both).unwrap().1, SEEN_AT);
    for (agency, at) in [(&from, DAILY_AT), (&to, SEEN_AT)] {
        let name = format!("lienket/{}", agency.card().id().0);
        let key = Key::ml_dsa44(&name, &agency.daily.verifying_key().encode()).unwrap();
        assert_eq!(key.cosigned(&daily().1).unwrap().1, at);
    }
    let other = signed(&from, &to, record.size(), Digest([99; 32]));
    assert!(Equivocation::new(note.clone(), other.clone(), &key).is_ok());
    object([
        ("writer", "A".into()),
        ("reader", "B".into()),
        ("leaves", list(record.data.iter().map(|data| data.as_slice()))),
        ("leaf_hashes", list(record.leaves().iter().map(|leaf| leaf.0.as_slice()))),
        ("roots", list((0..=record.size()).map(|size| Json::from(&record.root_at(size).0[..])))),
        ("checkpoint", note.text().into()),
        ("signed", note.write().into()),
        ("cosigned_at", SEEN_AT.into()),
        ("cosigned", both.write().into()),
        ("daily_written_at", DAILY_AT.into()),
        ("daily_written", daily().0.write().into()),
        ("daily", daily().1.write().into()),
        ("equivocation", list([note.write(), other.write()])),
        ("inclusion", list(INCLUSIONS.map(|(index, size)| inclusion(&record, index, size)))),
        ("consistency", list(CONSISTENCIES.map(|(old, new)| consistency(&record, old, new)))),
    ])
}

/// That a leaf is in the record when it has so many.
pub(crate) fn inclusion(record: &Record, index: u64, size: u64) -> Json {
    let Ok(hashes) = proof::inclusion(record, index, size);
    let (leaf, root) = (record.leaves()[index as usize], record.root_at(size));
    assert_eq!(proof::check_inclusion(leaf, index, size, &hashes, &root), Ok(()));
    let before = proof::root_before(index, size, &hashes);
    assert_eq!(before, record.root_at(index));
    object([
        ("leaf_hash", leaf.0.as_slice().into()),
        ("index", index.into()),
        ("size", size.into()),
        ("root", root.0.as_slice().into()),
        ("root_before", before.0.as_slice().into()),
        ("proof", list(hashes.iter().map(|hash| hash.0.as_slice()))),
    ])
}

/// That the record of so many leaves begins with the shorter one.
pub(crate) fn consistency(record: &Record, old: u64, new: u64) -> Json {
    let Ok(hashes) = proof::consistency(record, old, new);
    let (first, root) = (record.root_at(old), record.root_at(new));
    assert_eq!(proof::check_consistency((old, &first), (new, &root), &hashes), Ok(()));
    object([
        ("old_size", old.into()),
        ("new_size", new.into()),
        ("old_root", first.0.as_slice().into()),
        ("new_root", root.0.as_slice().into()),
        ("proof", list(hashes.iter().map(|hash| hash.0.as_slice()))),
    ])
}
