//! Parcels and carried files: what is written is read again, and nothing else is.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::{Agency, content};
use envelope::attachment::{PIECE, blob_name};
use envelope::carried::{CarriedError, Frame, Reader, Writer};
use envelope::entry::{Entry, EntryKind};
use envelope::parcel::{Have, MAX_LACKING, Parcel, ParcelError, Placed, RefusedEntry, Stretch};
use envelope::watch::{Watch, Watched};
use model::digest::Digest;

fn parcel() -> Parcel {
    let (from, to) = (Agency::new(1), Agency::new(10));
    let envelope = from.send(&to, &content("a"));
    let entry = Entry::Envelope(Box::new(envelope));
    let placed = Placed { index: 7, kind: entry.kind(), bytes: entry.write() };
    let mut parcel = Parcel::empty(from.card().id(), to.card().id());
    parcel.cards.push(from.sign(&from.card()).bytes().to_vec().into());
    parcel.log =
        Some(Stretch::new("a head\n", 6, &[Digest::of(b"1"), Digest::of(b"2")], vec![placed]));
    let (lacking, lost, gone) = (vec![1, 4], vec![6, 7], vec![2]);
    let have = Have { card: 3, size: 9, own: 8, seen: 6, own_card: 2, daily: 5, ..Have::default() };
    parcel.have = Have { lacking, lost, gone, ..have };
    parcel.seen = vec![b"a head\n".to_vec().into(), b"a daily head\n".to_vec().into()];
    let returned = Stretch::new("a head\n", 1, &[Digest::of(b"1")], Vec::new());
    parcel.returned = Some(returned.on_the_way(&[Digest::of(b"2"), Digest::of(b"3")]));
    parcel.own_cards.push(vec![1, 2].into());
    parcel.watch.push(Watch::new(3, &[Digest::of(b"4")], "a head\n"));
    parcel.watched.push(Watched { reader: from.card().id(), size: 3, head: None });
    parcel.refused.push(RefusedEntry { index: 2, code: "entry_wrong".to_owned() });
    parcel
}

#[test]
fn a_parcel_is_read_as_it_was_written() {
    let parcel = parcel();
    let bytes = parcel.write();
    let read = Parcel::parse(&bytes).unwrap();
    assert_eq!(read, parcel);
    let returned = read.returned.unwrap();
    assert_eq!(returned.way(), [Digest::of(b"2"), Digest::of(b"3")]);
    let stretch = read.log.unwrap();
    assert_eq!(stretch.way(), []);
    assert_eq!(stretch.hashes().collect::<Vec<_>>(), [Digest::of(b"1"), Digest::of(b"2")]);
    let entry = Entry::parse(EntryKind::Envelope, &stretch.entries[0].bytes).unwrap();
    assert_eq!(entry.kind().leaf(&Digest::of(b"x"))[0], 0);
    for end in 0..bytes.len() {
        assert!(Parcel::parse(&bytes[..end]).is_err());
    }
}

#[test]
fn a_parcel_has_its_limits() {
    let check = |change: &dyn Fn(&mut Parcel), what: &'static str| {
        let mut parcel = parcel();
        change(&mut parcel);
        assert_eq!(Parcel::parse(&parcel.write()), Err(ParcelError::Many(what)), "{what}");
    };
    check(&|parcel| parcel.cards = vec![vec![].into(); 17], "cards");
    check(&|parcel| parcel.own_cards = vec![vec![].into(); 17], "cards");
    check(&|parcel| parcel.have.lacking = vec![4, 1], "lacking entries");
    let watch = |length: usize| Watch { proof: vec![0; length].into(), ..watch() };
    check(&|parcel| parcel.watch = vec![watch(0); 65], "watched records");
    check(&|parcel| parcel.watched = vec![parcel.watched[0].clone(); 65], "watched records");
    check(&|parcel| parcel.watch = vec![watch(33)], "hashes of a proof");
    check(&|parcel| parcel.watch = vec![watch(129 * 32)], "hashes of a proof");
    check(&|parcel| parcel.seen.push(vec![1].into()), "countersigned heads");
    check(&|parcel| parcel.have.lost = vec![7, 6], "lost entries");
    check(&|parcel| parcel.have.lost = vec![8], "lost entries");
    check(&|parcel| parcel.have.gone = vec![9], "entries that are gone");
    let way = |length| Some(Stretch { way: Some(vec![0; length].into()), ..returned() });
    check(&|parcel| parcel.returned = way(33), "hashes of a way");
    check(&|parcel| parcel.returned = way(129 * 32), "hashes of a way");
    check(&|parcel| parcel.have.lacking = vec![9], "lacking entries");
    let lacking = || (0..=MAX_LACKING as u64).collect::<Vec<_>>();
    check(
        &|parcel| parcel.have = Have { size: 9_999, lacking: lacking(), ..Have::default() },
        "lacking entries",
    );
    check(&|parcel| parcel.refused[0].code = "x".repeat(61), "refusals");
    let mut parcel = parcel();
    parcel.log = Some(Stretch { leaves: vec![0; 33].into(), ..parcel.log.unwrap() });
    assert_eq!(Parcel::parse(&parcel.write()), Err(ParcelError::Leaves));
    parcel.log = way(32);
    assert_eq!(Parcel::parse(&parcel.write()), Err(ParcelError::Way));
}

fn returned() -> Stretch {
    parcel().returned.unwrap()
}

fn watch() -> Watch {
    parcel().watch[0].clone()
}

#[test]
fn another_version_is_another_format() {
    let mut bytes = parcel().write();
    // A map (what is missing is left out of it), key 0, version 1.
    assert_eq!(bytes[..3], [0xac, 0, 1]);
    bytes[2] = 2;
    assert_eq!(Parcel::parse(&bytes), Err(ParcelError::Version(2)));
}

fn frames() -> Vec<Frame> {
    let piece = vec![7; PIECE];
    let pieces = vec![Digest::of(&piece), Digest::of(b"end")];
    let sealed = PIECE as u64 + 3;
    let name = blob_name(sealed, &pieces);
    vec![
        Frame::Parcel(parcel().write()),
        Frame::List { name, sealed, pieces },
        Frame::Piece { name, number: 0, bytes: piece },
        Frame::Piece { name, number: 1, bytes: b"end".to_vec() },
    ]
}

fn carried() -> Vec<u8> {
    let mut writer = Writer::new(Vec::new()).unwrap();
    frames().iter().for_each(|frame| writer.add(frame).unwrap());
    writer.finish().unwrap()
}

/// All frames up to the end or the first fault.
fn read(bytes: &[u8]) -> (Vec<Frame>, Option<CarriedError>) {
    let mut found = Vec::new();
    let mut reader = match Reader::new(bytes) {
        Ok(reader) => reader,
        Err(error) => return (found, Some(error)),
    };
    loop {
        match reader.next_frame() {
            Ok(Some(frame)) => found.push(frame),
            Ok(None) => return (found, None),
            Err(error) => return (found, Some(error)),
        }
    }
}

#[test]
fn a_carried_file_is_read_as_it_was_written() {
    let (found, fault) = read(&carried());
    assert!(fault.is_none());
    assert_eq!(found, frames());
}

#[test]
fn half_a_carried_file_brings_what_is_whole_and_says_that_it_is_cut() {
    let (bytes, frames) = (carried(), frames());
    let ends = (0..200).chain((200..bytes.len()).step_by(997)).chain(bytes.len() - 50..bytes.len());
    for end in ends {
        let (found, fault) = read(&bytes[..end]);
        assert!(matches!(fault, Some(CarriedError::Cut | CarriedError::Head)), "{end}: {fault:?}");
        assert!(found == frames[..found.len()], "{end}");
    }
    assert_eq!(read(&bytes[..bytes.len() - 1]).0.len(), 4);
}

#[test]
fn what_was_changed_on_the_way_is_told() {
    let bytes = carried();
    for place in (0..bytes.len()).step_by(499).chain(0..60) {
        let mut bent = bytes.clone();
        bent[place] ^= 1;
        assert!(read(&bent).1.is_some(), "byte {place}");
    }
    let more = [bytes, vec![0]].concat();
    assert!(matches!(read(&more).1, Some(CarriedError::Changed)));
}

#[test]
fn a_frame_that_claims_much_takes_no_memory() {
    for (kind, length) in [(1, 17 << 20), (2, 1 << 40), (3, u64::MAX), (9, 1)] {
        let head = [b"lienket carried 1\n".as_slice(), &[kind], &u64::to_be_bytes(length)].concat();
        assert!(matches!(read(&head).1, Some(CarriedError::Frame)));
    }
    let head = [b"lienket carried 1\n".as_slice(), &[1], &u64::to_be_bytes(16 << 20)].concat();
    assert!(matches!(read(&head).1, Some(CarriedError::Cut)));
}

#[test]
fn every_fault_of_a_carried_file_has_a_code_of_its_own() {
    let bytes = carried();
    let changed: Vec<u8> = bytes.iter().copied().chain([0]).collect();
    let frame = [b"lienket carried 1\n".as_slice(), &[9; 9]].concat();
    let faults = [b"PK".as_slice(), &bytes[..bytes.len() - 1], &frame, &changed];
    let codes: Vec<&str> = faults.iter().map(|bytes| read(bytes).1.unwrap().code()).collect();
    assert_eq!(codes, ["carried_head", "carried_cut", "carried_frame", "carried_changed"]);
    let failed = CarriedError::from(std::io::Error::other("no such device"));
    assert_eq!((failed.code(), failed.value()), ("carried_io", "no such device".to_owned()));
    assert!(codes.iter().chain([&failed.code()]).all(|code| CarriedError::CODES.contains(code)));
}
