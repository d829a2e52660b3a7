//! A parcel of A for B, B's answer, and a carried file with the first one in it.

use envelope::attachment::PIECE;
use envelope::card::AgencyId;
use envelope::carried::{CarriedError, Frame, Reader, Writer};
use envelope::entry::{Entry, EntryKind};
use envelope::parcel::{Have, Parcel, Placed, RefusedEntry, Stretch};
use envelope::watch::{Watch, Watched};
use model::digest::Digest;

use crate::cards::{A, B, first, second};
use crate::common::Agency;
use crate::json::{Json, list, object};
use crate::messages::{SMALL, attachment, envelope};
use crate::records::{
    Record, before, cosigned_daily, countersigned, daily, receipts, record, signed, signed_as,
};

/// B's record for A: its receipts.
fn answers() -> Record {
    let mut record = Record::default();
    receipts().iter().for_each(|one| record.add(&EntryKind::Receipt.leaf(&one.digest())));
    record
}

/// A tells B of its cards, and of its record from leaf 6 on, with the message; the head is a daily
/// one.
pub(crate) fn outward() -> Parcel {
    let (from, to) = (Agency::new(A), Agency::new(B));
    let (record, message) = (record(), envelope(&before()));
    let mut parcel = Parcel::empty(from.card().id(), to.card().id());
    let card = first(&from);
    let next = second(&from, &card);
    parcel.cards = [card, next].map(|card| card.bytes().to_vec().into()).into();
    let entry = Entry::Envelope(Box::new(message));
    let placed = Placed { index: 7, kind: entry.kind(), bytes: entry.write() };
    let head = daily().0.write();
    parcel.log = Some(Stretch::new(&head, 6, &record.leaves()[6..], vec![placed]));
    parcel.have = Have { card: 1, own: 11, own_card: 2, ..Have::default() };
    parcel.have.lost = vec![0, 8, 10];
    parcel
}

/// B answers with its receipts and its countersignatures, gives back two leaves that A may have
/// lost, with the way from them to the head, and a card; says what it lacks, what it refused, and
/// what it has not either of what A has lost.
pub(crate) fn back() -> Parcel {
    let (from, to) = (Agency::new(B), Agency::new(A));
    let (record, answers) = (record(), answers());
    let mut parcel = Parcel::empty(from.card().id(), to.card().id());
    let head = signed(&from, &to, answers.size(), answers.root()).write();
    let entries = (0..).zip(receipts()).map(|(index, receipt)| Placed {
        index,
        kind: EntryKind::Receipt,
        bytes: receipt.write(),
    });
    parcel.log = Some(Stretch::new(&head, 0, &answers.leaves(), entries.collect()));
    let seen = countersigned(signed(&to, &from, record.size(), record.root()), &from).write();
    let daily = daily().1.write();
    parcel.seen = [seen.clone(), daily].map(|note| note.into_bytes().into()).into();
    let lacking = vec![0, 1, 2, 3, 4, 5, 6, 8, 9, 10];
    let (lost, gone) = (Vec::new(), vec![0, 8, 10]);
    let have = Have { card: 2, size: 11, own: 4, own_card: 1, daily: 3, ..Have::default() };
    parcel.have = Have { lacking, lost, gone, ..have };
    let returned = Stretch::new(&seen, 8, &record.leaves()[8..10], Vec::new());
    parcel.returned = Some(returned.on_the_way(&record.way(10)));
    // A third agency, of which only the number is told, is the other side of both.
    let third = AgencyId(Digest([3; 32]));
    let (old, new) = (record.way(6), signed_for(&from, third, record.size(), record.root()));
    parcel.watch.push(Watch::new(6, &old, &new));
    let answers = [Some(signed_for(&to, third, record.size(), record.root())), None];
    parcel.watched = answers
        .map(|head| Watched {
            reader: third,
            size: 11,
            head: head.map(|one| one.into_bytes().into()),
        })
        .into();
    parcel.own_cards.push(first(&to).bytes().to_vec().into());
    parcel.refused.push(RefusedEntry { index: 9, code: "entry_wrong".to_owned() });
    parcel
}

/// A daily head of A's or B's record for a third agency, as its writer signs it.
fn signed_for(by: &Agency, third: AgencyId, size: u64, root: Digest) -> String {
    let origin = format!("lienket/{}/{}", by.card().id().0, third.0);
    let head = signed_as(by, origin, size, root);
    cosigned_daily(head, by, crate::records::DAILY_AT).write()
}

/// The parcel and a small file, on a stick.
pub(crate) fn carried() -> Vec<u8> {
    let (file, sealed) = attachment("sao kê 11-2026.txt", SMALL);
    let (name, size) = (file.blob, sealed.len() as u64);
    let pieces = sealed.chunks(PIECE).map(Digest::of).collect();
    let mut writer = Writer::new(Vec::new()).unwrap();
    writer.add(&Frame::Parcel(outward().write())).unwrap();
    writer.add(&Frame::List { name, sealed: size, pieces }).unwrap();
    writer.add(&Frame::Piece { name, number: 0, bytes: sealed }).unwrap();
    writer.finish().unwrap()
}

/// How many frames a carried file has; or why it cannot be read on.
pub(crate) fn frames(bytes: &[u8]) -> Result<u64, CarriedError> {
    let (mut reader, mut count) = (Reader::new(bytes)?, 0);
    while reader.next_frame()?.is_some() {
        count += 1;
    }
    Ok(count)
}

pub(crate) fn told() -> Json {
    let parcels = [("A", "B", outward()), ("B", "A", back())];
    list(parcels.map(|(from, to, parcel)| {
        assert_eq!(Parcel::parse(&parcel.write()), Ok(parcel.clone()));
        let log = parcel.log.clone().unwrap();
        let Have { card, size, lacking, own, seen, lost, gone, own_card, daily } =
            parcel.have.clone();
        let have = [("card", card), ("size", size), ("own", own), ("seen", seen)];
        let have = Json::Object(have.map(|(name, value)| (name, value.into())).into());
        let have = have.with("lost", list(lost)).with("gone", list(gone));
        object([
            ("from", from.into()),
            ("to", to.into()),
            ("cards", list(parcel.cards.iter().map(|card| card.as_slice()))),
            ("log_first", log.first.into()),
            ("log_head", String::from_utf8(log.head.to_vec()).unwrap().into()),
            ("log_entries", list(log.entries.iter().map(|one| one.index))),
            (
                "have",
                have.with("lacking", list(lacking)).with("own_card", own_card).with("daily", daily),
            ),
            ("returned", parcel.returned.as_ref().map_or(list::<u64>([]), told_returned)),
            ("watch", list(parcel.watch.iter().map(told_watch))),
            ("watched", list(parcel.watched.iter().map(told_watched))),
            ("seen", list(parcel.seen.iter().map(|note| text(note)))),
            ("own_cards", list(parcel.own_cards.iter().map(|card| card.as_slice()))),
            ("bytes", parcel.write()[..].into()),
        ])
    }))
}

fn told_watch(watch: &Watch) -> Json {
    object([
        ("size", watch.size.into()),
        ("proof", list(watch.hashes().iter().map(|hash| hash.0.as_slice()))),
        ("head", text(&watch.head).into()),
    ])
}

fn told_watched(watched: &Watched) -> Json {
    let told =
        object([("reader", watched.reader.0.0.as_slice().into()), ("size", watched.size.into())]);
    match &watched.head {
        Some(head) => told.with("head", text(head)),
        None => told,
    }
}

fn text(note: &[u8]) -> String {
    String::from_utf8(note.to_vec()).unwrap()
}

/// What is given back: from which leaf on, and the way from the last one to the head.
fn told_returned(stretch: &Stretch) -> Json {
    object([
        ("first", stretch.first.into()),
        ("leaves", list(stretch.hashes().map(|leaf| Json::from(&leaf.0[..])))),
        ("way", list(stretch.way().iter().map(|hash| hash.0.as_slice()))),
        ("head", String::from_utf8(stretch.head.to_vec()).unwrap().into()),
    ])
}

pub(crate) fn told_carried() -> Json {
    let bytes = carried();
    let count = frames(&bytes).unwrap();
    object([("bytes", bytes[..].into()), ("frames", count.into())])
}
