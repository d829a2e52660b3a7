//! Two agencies with fixed keys, their records of each other, and a bundle out of them.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::Cursor;

use ed25519_dalek::{Signer as _, SigningKey};
use envelope::attachment::Attachment;
use envelope::card::{
    AgencyId, Card, Revocation, RootKeys, SealingEntry, SignedCard, SigningEntry, TlsEntry,
};
use envelope::content::Content;
use envelope::entry::EntryKind;
use envelope::envelope::{Draft, Envelope, MessageId, Random};
use envelope::handling::{Handling, Limit, Pap};
use envelope::receipt::{Receipt, ReceiptKind, SignedReceipt};
use envelope::seal::SealingKey;
use ml_dsa::{Keypair as _, MlDsa44, MlDsa65};
use model::agency::AgencyKind;
use model::country::Country;
use model::digest::Digest;
use model::indicator::Tlp;
use model::time::Timestamp;
use tlog::checkpoint::Checkpoint;
use tlog::cosignature::{Cosignature, ed25519_message, ml_dsa_message};
use tlog::frontier::{Frontier, KEPT_LEVELS};
use tlog::key::Key;
use tlog::merkle;
use tlog::note::{Note, Scheme, Signature};
use tlog::proof::{self, Hashes};
use verify::bundle::Builder;
use verify::inclusion::Inclusion;
use verify::layout::{reader_name, record_name};

pub(crate) fn at(day: i64) -> Timestamp {
    Timestamp::from_seconds(1_800_000_000 + day * 86_400).unwrap()
}

/// An agency's private keys; each seed is one byte, repeated.
pub(crate) struct Agency {
    pub(crate) root: SigningKey,
    pub(crate) post_quantum: ml_dsa::SigningKey<MlDsa65>,
    pub(crate) signing: SigningKey,
    pub(crate) sealing: SealingKey,
    pub(crate) daily: ml_dsa::SigningKey<MlDsa44>,
    pub(crate) cards: Vec<SignedCard>,
    name: &'static str,
    country: &'static str,
}

impl Agency {
    /// An agency with two cards; the second one names a second signing key.
    pub(crate) fn new(seed: u8, name: &'static str, country: &'static str) -> Agency {
        let mut agency = Agency {
            root: SigningKey::from_bytes(&[seed; 32]),
            post_quantum: ml_dsa::SigningKey::from_seed(&[seed + 1; 32].into()),
            signing: SigningKey::from_bytes(&[seed + 2; 32]),
            sealing: SealingKey::from_seed(&[seed + 3; 32]).unwrap(),
            daily: ml_dsa::SigningKey::from_seed(&[seed + 4; 32].into()),
            cards: Vec::new(),
            name,
            country,
        };
        let first = agency.first_card();
        agency.cards.push(agency.sign_card(&first));
        agency.next_card(|_| {});
        agency
    }

    fn first_card(&self) -> Card {
        let root = RootKeys {
            ed25519: self.root.verifying_key().to_bytes(),
            ml_dsa: self.post_quantum.verifying_key().encode().as_slice().try_into().unwrap(),
        };
        let country = Country::parse(self.country).unwrap();
        let mut card = Card::first(self.name.to_owned(), country, AgencyKind::Police, root, at(0));
        let (from, until) = (at(0), at(100));
        let key = self.signing.verifying_key().to_bytes();
        let ml_dsa = self.daily.verifying_key().encode().as_slice().try_into().unwrap();
        card.signing.push(SigningEntry { key, from, until, ml_dsa });
        card.tls.push(TlsEntry { key: [5; 32], from, until });
        card.sealing.push(SealingEntry { key: self.sealing.public(), from: at(0), until: at(90) });
        card
    }

    /// The next card: the last one, changed.
    pub(crate) fn next_card(&mut self, change: impl FnOnce(&mut Card)) {
        let last = self.cards.last().unwrap();
        let mut card = last.card().clone();
        (card.sequence, card.previous) = (card.sequence + 1, Some(last.digest()));
        change(&mut card);
        self.cards.push(self.sign_card(&card));
    }

    pub(crate) fn sign_card(&self, card: &Card) -> SignedCard {
        let message = card.message();
        let ml_dsa = self.post_quantum.expanded_key().sign_deterministic(&message, &[]).unwrap();
        SignedCard::new(card, self.root.sign(&message).to_bytes(), ml_dsa.encode().as_slice())
            .unwrap()
    }

    pub(crate) fn revoke(&mut self, from: Timestamp) {
        let key = Digest::of(self.signing.verifying_key().as_bytes());
        self.next_card(|card| card.revoked.push(Revocation { key, from }));
    }

    pub(crate) fn id(&self) -> AgencyId {
        self.cards.first().unwrap().card().id()
    }
}

/// A record that is kept whole in memory.
#[derive(Default)]
pub(crate) struct Record {
    pub(crate) frontier: Frontier,
    levels: Vec<Vec<Digest>>,
}

impl Record {
    pub(crate) fn add(&mut self, data: &[u8]) -> u64 {
        for complete in self.frontier.add(merkle::leaf(data)) {
            let level = usize::from(complete.level / KEPT_LEVELS);
            self.levels.resize(self.levels.len().max(level + 1), Vec::new());
            self.levels[level].push(complete.root);
        }
        self.frontier.size() - 1
    }

    pub(crate) fn inclusion(&self, record: &str, index: u64) -> Inclusion {
        let size = self.frontier.size();
        let Ok(hashes) = proof::inclusion(self, index, size);
        Inclusion { record: record.to_owned(), index, size, hashes }
    }
}

impl Hashes for Record {
    type Error = Infallible;

    fn read(&self, level: u8, first: u64, count: u64) -> Result<Vec<Digest>, Infallible> {
        let row = &self.levels[usize::from(level / KEPT_LEVELS)];
        Ok(row[first as usize..][..count as usize].to_vec())
    }
}

/// A head that its writer signed at some time, and its reader at a day.
pub(crate) fn head(record: &Record, writer: &Agency, reader: &Agency, day: i64) -> Note {
    let name = record_name(writer.id(), reader.id());
    let checkpoint = Checkpoint {
        origin: name.clone(),
        size: record.frontier.size(),
        root: record.frontier.root(),
        extensions: Vec::new(),
    };
    let mut note = Note::new(checkpoint.text()).unwrap();
    let key = Key::ed25519(&name, writer.signing.verifying_key().as_bytes()).unwrap();
    let bytes = writer.signing.sign(note.text().as_bytes()).to_bytes().to_vec();
    note.sign(Signature { name, key_id: key.id(Scheme::Ed25519), bytes });
    cosign(&mut note, reader, day);
    note
}

pub(crate) fn cosign(note: &mut Note, reader: &Agency, day: i64) {
    let name = reader_name(reader.id());
    let key = Key::ed25519(&name, reader.signing.verifying_key().as_bytes()).unwrap();
    let at = at(day).seconds() as u64;
    let signature = reader.signing.sign(&ed25519_message(note.text(), at)).to_bytes().to_vec();
    let bytes = Cosignature { at, signature }.write();
    note.sign(Signature { name, key_id: key.id(Scheme::Ed25519Cosignature), bytes });
}

/// An agency signs a head with ML-DSA-44 too.
pub(crate) fn cosign_daily(note: &mut Note, agency: &Agency, day: i64) {
    let (name, at) = (reader_name(agency.id()), at(day).seconds() as u64);
    let message = ml_dsa_message(&name, &Checkpoint::parse(note).unwrap(), at).unwrap();
    let signature = agency.daily.expanded_key().sign_deterministic(&message, &[]).unwrap();
    let key_id = Scheme::MlDsa44Cosignature.key_id(&name, &agency.daily.verifying_key().encode());
    let bytes = Cosignature { at, signature: signature.encode().to_vec() }.write();
    note.sign(Signature { name, key_id, bytes });
}

/// What two agencies wrote to each other. The head of what goes out is a daily one.
pub(crate) struct World {
    pub(crate) from: Agency,
    pub(crate) to: Agency,
    pub(crate) outward: Record,
    pub(crate) back: Record,
    pub(crate) messages: Vec<(Envelope, Content)>,
    pub(crate) receipts: Vec<(SignedReceipt, u64)>,
    pub(crate) file: Vec<u8>,
    /// When heads are countersigned.
    pub(crate) day: i64,
    /// Who has cosigned the head of what goes out as a witness.
    pub(crate) witness: Option<Agency>,
}

/// A message on some days, receipts for it, and other leaves around them.
pub(crate) fn world() -> World {
    let from = Agency::new(1, "A05", "VN");
    let to = Agency::new(10, "SPF", "SG");
    let (outward, back) = (Record::default(), Record::default());
    let file = b"sao ke\n".repeat(20);
    let (messages, receipts) = (Vec::new(), Vec::new());
    let (day, witness) = (5, None);
    let mut world = World { from, to, outward, back, messages, receipts, file, day, witness };
    for n in 0..5 {
        world.outward.add(&[n; 33]);
    }
    let file = Attachment {
        name: "sao kê 11-2026.pdf".to_owned(),
        size: world.file.len() as u64,
        sha256: Digest::of(&world.file),
        key: [46; 32],
        blob: Digest::of(b"blob"),
    };
    let mut told = content("Đề nghị phong toả tài khoản 0451000123456");
    told.attachments.push(file);
    world.send(44, told, at(1));
    for n in 90..93 {
        world.back.add(&[n; 33]);
    }
    world.answer(0, ReceiptKind::Accepted, at(2));
    world.answer(0, ReceiptKind::Opened, at(3));
    for n in 50..54 {
        world.outward.add(&[n; 33]);
    }
    world
}

impl World {
    pub(crate) fn send(&mut self, id: u8, content: Content, made: Timestamp) {
        let parties = (self.from.id(), self.to.id());
        let holders = [self.to.sealing.public(), self.from.sealing.public()];
        let random = Random { key: [41; 32].into(), holders: vec![[42; 64], [43; 64]] };
        let draft = Draft::seal(MessageId([id; 16]), parties, &content, &holders, random).unwrap();
        let (index, before) = (self.outward.frontier.size(), self.outward.frontier.root());
        let unsigned = draft.place(index, before, made);
        let signature = self.from.signing.sign(&unsigned.message()).to_bytes();
        let message = unsigned.sign(signature);
        self.outward.add(&EntryKind::Envelope.leaf(&message.digest()));
        self.messages.push((message, content));
    }

    pub(crate) fn answer(&mut self, message: usize, kind: ReceiptKind, when: Timestamp) {
        let message = &self.messages[message].0;
        let receipt = Receipt {
            kind,
            message: message.header().id,
            envelope: message.digest(),
            from: self.to.id(),
            to: self.from.id(),
            at: when,
            code: (kind == ReceiptKind::Rejected).then(|| "key_revoked".to_owned()),
            text: (kind != ReceiptKind::Accepted).then(|| "liaison officer".to_owned()),
        };
        self.keep(receipt);
    }

    pub(crate) fn keep(&mut self, receipt: Receipt) {
        let signature = self.to.signing.sign(&receipt.message()).to_bytes();
        let receipt = receipt.sign(signature);
        let index = self.back.add(&EntryKind::Receipt.leaf(&receipt.digest()));
        self.receipts.push((receipt, index));
    }

    /// All of it as a bundle.
    pub(crate) fn bundle(&self) -> Vec<u8> {
        let (from, to) = (self.from.id(), self.to.id());
        let (out, back) = (record_name(from, to), record_name(to, from));
        let mut builder = Builder::new(Cursor::new(Vec::new())).unwrap();
        let witness = self.witness.iter().flat_map(|witness| &witness.cards);
        for card in self.from.cards.iter().chain(&self.to.cards).chain(witness) {
            builder.card(card).unwrap();
        }
        for (message, content) in &self.messages {
            let header = message.header();
            builder.envelope(message, &self.outward.inclusion(&out, header.index)).unwrap();
            builder.content(header.id, content).unwrap();
            for attachment in &content.attachments {
                let mut bytes = self.file.as_slice();
                builder.attachment(header.id, attachment, &mut bytes).unwrap();
            }
        }
        for (receipt, index) in &self.receipts {
            builder.receipt(receipt, &self.back.inclusion(&back, *index)).unwrap();
        }
        let mut note = head(&self.outward, &self.from, &self.to, self.day);
        for agency in [&self.from, &self.to].into_iter().chain(&self.witness) {
            cosign_daily(&mut note, agency, self.day);
        }
        builder.checkpoint((from, to), &note).unwrap();
        if !self.receipts.is_empty() {
            let note = head(&self.back, &self.to, &self.from, self.day);
            builder.checkpoint((to, from), &note).unwrap();
        }
        builder.finish().unwrap().into_inner()
    }
}

pub(crate) fn content(body: &str) -> Content {
    Content {
        salt: [45; 32],
        kind: "message".to_owned(),
        handling: Handling {
            tlp: Tlp::Amber,
            pap: Pap::Amber,
            purpose: "case VN-C-2026-0001".to_owned(),
            basis: "agreement of the two police forces".to_owned(),
            limits: vec![Limit::NotifyBeforeEvidence, Limit::NoOnward],
            limit_text: None,
            source: None,
            information: None,
            retain_until: Some(at(365)),
        },
        body: body.as_bytes().to_vec(),
        in_reply_to: None,
        due: Some(at(2)),
        attachments: Vec::new(),
    }
}

/// The files of a bundle.
pub(crate) fn files(bundle: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = verify::archive::Archive::open(Cursor::new(bundle)).unwrap();
    let names: Vec<String> = archive.files().keys().cloned().collect();
    let read = |name: String| {
        let bytes = archive.read(&name, usize::MAX).unwrap().unwrap();
        (name, bytes)
    };
    names.into_iter().map(read).collect()
}

/// A bundle of some files, with a list that names them as they are: whoever changes a file changes
/// the list with it.
pub(crate) fn pack(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let listed = files.iter().filter(|(name, _)| *name != "bundle.txt");
    let list: String =
        listed.map(|(name, bytes)| format!("{}  {name}\n", Digest::of(bytes))).collect();
    let mut files = files.clone();
    files.insert("bundle.txt".to_owned(), list.into_bytes());
    zip(&files)
}

/// An archive of some files as they are.
pub(crate) fn zip(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut writer = verify::writer::Writer::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.file(name, bytes.len() as u64, &mut bytes.as_slice()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
