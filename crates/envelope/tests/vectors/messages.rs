//! A content with its handling and a file, the envelope around it, the padding, files in pieces.

use ed25519_dalek::Signer as _;
use envelope::attachment::{Attachment, PIECE, blob_name, piece_count, sealed_size};
use envelope::content::Content;
use envelope::entry::Entry;
use envelope::envelope::{Draft, Envelope, MessageId, Random, Unsigned};
use envelope::handling::{InformationGrade, Limit, SourceGrade};
use envelope::stream::{self, CHUNK, TAG};
use model::digest::Digest;
use tlog::merkle;

use crate::common::{Agency, at, content};
use crate::json::{Json, list, object};
use crate::records::Record;

/// Content key, randomness for each of two holders, number of the message.
pub(crate) const KEY: [u8; 32] = [41; 32];
pub(crate) const HOLDERS: [[u8; 64]; 2] = [[42; 64], [43; 64]];
pub(crate) const ID: [u8; 16] = [44; 16];
pub(crate) const FILE_KEY: [u8; 32] = [46; 32];
/// Of the long file byte n is n modulo this.
const MODULUS: usize = 251;

/// A small file.
pub(crate) const SMALL: &[u8] = "sao kê: 0451000123456\n".as_bytes();

/// A file of two chunks.
pub(crate) fn long() -> Vec<u8> {
    (0..CHUNK + 100).map(|n| (n % MODULUS) as u8).collect()
}

/// A file as it goes with a message.
pub(crate) fn attachment(name: &str, bytes: &[u8]) -> (Attachment, Vec<u8>) {
    let sealed = stream::seal(&FILE_KEY.into(), bytes).unwrap();
    let pieces: Vec<Digest> = sealed.chunks(PIECE).map(Digest::of).collect();
    let (size, sha256) = (bytes.len() as u64, Digest::of(bytes));
    assert_eq!(sealed_size(size), Some(sealed.len() as u64));
    let blob = blob_name(sealed.len() as u64, &pieces);
    (Attachment { name: name.to_owned(), size, sha256, key: FILE_KEY, blob }, sealed)
}

/// A content in which every field is there.
pub(crate) fn told() -> Content {
    let mut told = content("Đề nghị phong toả tài khoản 0451000123456 tại VNB03.");
    told.in_reply_to = Some(MessageId([40; 16]));
    told.attachments.push(attachment("sao kê 11-2026.txt", SMALL).0);
    told.handling.limits = vec![Limit::CrimeOnly, Limit::NotifyBeforeEvidence, Limit::Other];
    told.handling.limit_text = Some("not to be shown to the bank".to_owned());
    told.handling.source = Some(SourceGrade::B);
    told.handling.information = Some(InformationGrade::Two);
    told
}

/// The envelope around it, at the end of a record of A for B.
pub(crate) fn envelope(record: &Record) -> Envelope {
    let unsigned = unsigned(record);
    let from = Agency::new(crate::cards::A);
    let signature = from.signing.sign(&unsigned.message()).to_bytes();
    unsigned.sign(signature)
}

/// The same before it is signed.
pub(crate) fn unsigned(record: &Record) -> Unsigned {
    let (from, to) = (Agency::new(crate::cards::A), Agency::new(crate::cards::B));
    let parties = (from.card().id(), to.card().id());
    let holders = [to.sealing.public(), from.sealing.public()];
    let random = Random { key: KEY.into(), holders: HOLDERS.to_vec() };
    let draft = Draft::seal(MessageId(ID), parties, &told(), &holders, random).unwrap();
    draft.place(record.size(), record.root(), at(1))
}

pub(crate) fn contents() -> Json {
    let told = told();
    let padded = told.padded().unwrap();
    list([object([
        ("content", told.write().as_slice().into()),
        ("salt", told.salt.as_slice().into()),
        ("kind", told.kind.as_str().into()),
        ("body", told.body.as_slice().into()),
        ("padded", padded.as_slice().into()),
        ("commitment", envelope::content::commitment(&told.write()).0.as_slice().into()),
    ])])
}

/// The envelope with all that went into it, and that it opens.
pub(crate) fn envelopes(record: &Record) -> Json {
    let envelope = envelope(record);
    let (from, to) = (Agency::new(crate::cards::A), Agency::new(crate::cards::B));
    for holder in [&to.sealing, &from.sealing] {
        assert_eq!(envelope.open(&envelope.key(holder).unwrap()).unwrap(), told());
    }
    assert_eq!(envelope.check(from.signing.verifying_key().as_bytes()), Ok(()));
    let entry = Entry::Envelope(Box::new(envelope.clone()));
    let header = envelope.header();
    let padded = told().padded().unwrap();
    list([object([
        ("from", "A".into()),
        ("to", "B".into()),
        ("id", header.id.0.as_slice().into()),
        ("index", header.index.into()),
        ("before", header.before.0.as_slice().into()),
        ("made", (header.made.microseconds() as u64).into()),
        ("content_key", KEY.as_slice().into()),
        ("holders", list(["B", "A"])),
        ("holder_randomness", list(HOLDERS.iter().map(|one| one.as_slice()))),
        ("hpke_info", b"lk1".as_slice().into()),
        ("hpke_aad", [ID.as_slice(), &header.from.0.0, &header.to.0.0].concat()[..].into()),
        ("padded", padded.as_slice().into()),
        ("sealed", stream::seal(&KEY.into(), &padded).unwrap()[..].into()),
        ("commitment", envelope.commitment().0.as_slice().into()),
        ("bytes", envelope.write()[..].into()),
        ("without_content", envelope.without_content()[..].into()),
        ("digest", envelope.digest().0.as_slice().into()),
        ("leaf", entry.leaf().as_slice().into()),
        ("leaf_hash", merkle::leaf(&entry.leaf()).0.as_slice().into()),
    ])])
}

/// Lengths before and after the padding, the four bytes of the length counted.
pub(crate) fn paddings() -> Json {
    let lengths = [500_usize, 1_000, 1_024, 1_025, 4_099, 40_000, 65_537, 1_000_000];
    list(lengths.map(|length| {
        let mut told = content("");
        let bare = told.write().len() + 4;
        // An empty body has a head of one byte; a long one has two bytes more, or four.
        let head = if length > bare + 65_535 + 2 { 4 } else { 2 };
        told.body = vec![7; length - bare - head];
        assert_eq!(told.write().len() + 4, length);
        let padded = told.padded().unwrap().len() as u64;
        object([("length", (length as u64).into()), ("padded", padded.into())])
    }))
}

/// A file in one chunk, one in two whose bytes follow a rule, and a name over several pieces.
pub(crate) fn files() -> Json {
    let (small, sealed) = attachment("sao kê 11-2026.txt", SMALL);
    let long = long();
    let (file, long_sealed) = attachment("long.bin", &long);
    assert_eq!(long_sealed.len(), long.len() + 2 * TAG);
    let named = |file: &Attachment, sealed: &[u8]| {
        let pieces = sealed.chunks(PIECE).map(|piece| Json::from(Digest::of(piece).0.as_slice()));
        object([
            ("name", file.name.as_str().into()),
            ("key", file.key.as_slice().into()),
            ("size", file.size.into()),
            ("sha256", file.sha256.0.as_slice().into()),
            ("sealed_size", (sealed.len() as u64).into()),
            ("sealed_sha256", Digest::of(sealed).0.as_slice().into()),
            ("pieces", Json::List(pieces.collect())),
            ("blob", file.blob.0.as_slice().into()),
        ])
    };
    let (piece, end) = (vec![7; PIECE], b"end".as_slice());
    let (whole, hashes) = (PIECE as u64 + 3, [Digest::of(&piece), Digest::of(end)]);
    assert_eq!(piece_count(whole), 2);
    object([
        ("small", named(&small, &sealed).with("bytes", SMALL).with("sealed", &sealed[..])),
        ("long", named(&file, &long_sealed).with("byte_n_is_n_modulo", MODULUS as u64)),
        (
            "two_pieces",
            object([
                ("sealed_size", whole.into()),
                ("pieces", list(hashes.iter().map(|hash| hash.0.as_slice()))),
                ("blob", blob_name(whole, &hashes).0.as_slice().into()),
            ]),
        ),
    ])
}
