//! A damaged file is an error or goes unseen, and never more: nothing panics, nothing hangs.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use envelope::entry::EntryKind;
use envelope::receipt::ReceiptKind;
use model::digest::Digest;
use node::port::PortError;
use node::port::record::{
    BlobRow, MessageRow, MessageState, ReceiptRow, Record as _, Rows, Usage, Wanted,
};
use store::record::SqliteRecord;

use crate::{agency, at, id, log, message, open, read, send, write};

const FLIPS: u64 = 1_000;

/// A record with some rows in each table.
fn fill(record: &SqliteRecord) {
    write(record, |rows| {
        for place in 0..20_u8 {
            let index = send(rows, log(1, 2), &[place; 700])?;
            let times = (Some(at(50)), Some(at(60)));
            let (due, retain_until) = times;
            let state = MessageState::ALL[usize::from(place % 8)];
            let message = message(log(1, 2), index);
            rows.put_message(&MessageRow { due, retain_until, state, ..message })?;
            rows.put_queue(log(1, 2), index, due.filter(|_| place % 2 == 0))?;
            rows.put_receipt(&ReceiptRow {
                log: log(2, 1),
                index,
                kind: ReceiptKind::Accepted,
                sender: agency(1),
                message: id(index.into()),
            })?;
            let name = Digest([place; 32]);
            let (pieces, held) = (vec![name; 9], vec![0xff, 1]);
            let (partner, at) = (Some(agency(2)), at(1));
            rows.put_blob(&BlobRow { name, sealed: 9, pieces, held, partner, at })?;
            rows.link_blob(agency(1), id(index.into()), name)?;
            rows.put_card(agency(2), index, &[place; 300])?;
            rows.add_usage(agency(2), place.into(), Usage { messages: 1, bytes: 1 })?;
        }
        rows.put_lacking(log(2, 1), &[1, 2, 3])
    });
}

/// Reads all that there is, as one text.
fn look(rows: &dyn Rows) -> Result<String, PortError> {
    let mut text = String::new();
    let mut note = |value: &dyn std::fmt::Debug| writeln!(text, "{value:?}").unwrap();
    for log in rows.logs()? {
        let row = rows.log(log)?;
        let size = row.size.min(30);
        note(&(log, row));
        note(&rows.leaves(log, 0, usize::MAX)?);
        note(&rows.hashes(log, 0, 0, size.min(20))?);
        note(&rows.lacking(log, usize::MAX)?);
        note(&rows.queue(log, usize::MAX)?);
        for index in 0..size {
            note(&rows.entry(log, index)?);
            let id = id(index.into());
            note(&rows.message(log.from, id)?);
            note(&rows.receipts(log.from, id)?);
            for name in rows.blobs_of(log.from, id)? {
                note(&rows.blob(name)?);
                note(&rows.messages_with(name)?);
            }
            note(&rows.usage(log.to, i64::try_from(index).unwrap())?);
        }
        note(&rows.cards(log.to, 0)?);
    }
    let all = Wanted { most: usize::MAX, ..Wanted::default() };
    note(&rows.messages(&all)?);
    note(&rows.messages(&Wanted { retained_before: Some(at(99)), ..all.clone() })?);
    note(&rows.messages(&Wanted { due_before: Some(at(99)), ..all.clone() })?);
    note(&rows.messages(&Wanted { ids: Some((id(0), id(99))), ..all })?);
    Ok(text)
}

/// What became of a flipped bit.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Flip {
    /// It was an error.
    Noticed,
    /// What is read is what was written.
    Unseen,
    /// A value is another one. Leaves and what stands for them guard each other, and what was made
    /// of them can be made again; SQLite keeps no sums of its pages.
    Changed,
}

/// Opens a record, reads all of it, writes to it.
fn use_it(folder: &Path, number: u64, good: &str) -> Flip {
    let Ok(record) = SqliteRecord::open(&folder.join("record.db")) else { return Flip::Noticed };
    let mut text = Ok(String::new());
    let looked = record.read(&mut |rows| {
        text = look(rows);
        Ok(())
    });
    let checked = record.check();
    let mut written = Ok(());
    if number.is_multiple_of(4) {
        written = record.write(Box::new(|rows| {
            rows.put_entry(log(1, 2), 3, EntryKind::Card, &[1; 5_000])?;
            rows.drop_queue(log(1, 2), 9, &[4])?;
            send(rows, log(1, 2), b"new").map(drop)
        }));
    }
    match text {
        Ok(text) if looked.is_ok() && checked.is_ok() && written.is_ok() => {
            if text == good {
                Flip::Unseen
            } else {
                Flip::Changed
            }
        }
        _ => Flip::Noticed,
    }
}

#[test]
fn a_flipped_bit_is_an_error_or_unseen_and_never_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let record = open(folder.path());
    fill(&record);
    let text = read(&record, look);
    drop(record);
    let path = folder.path().join("record.db");
    let good = fs::read(&path).unwrap();
    let (mut flips, mut drawn) = (BTreeMap::new(), 20_261_124_u64);
    for number in 0..FLIPS {
        // The same flips at every run (Knuth, MMIX), so that a verdict can be repeated.
        drawn =
            drawn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (place, bit) = ((drawn >> 20) as usize % good.len(), drawn >> 61);
        let mut bad = good.clone();
        bad[place] ^= 1 << bit;
        fs::write(&path, bad).unwrap();
        for beside in ["record.db-wal", "record.db-shm"] {
            let _ = fs::remove_file(folder.path().join(beside));
        }
        *flips.entry(use_it(folder.path(), number, &text)).or_insert(0) += 1;
    }
    // Most lie in pages' free room.
    assert!(flips.get(&Flip::Noticed).is_some_and(|noticed| *noticed > 20), "{flips:?}");
}

#[test]
fn a_file_that_is_no_database_or_a_newer_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    fs::write(&path, b"this is no database, and never was one".repeat(200)).unwrap();
    assert_eq!(SqliteRecord::open(&path).map(drop).unwrap_err().code(), "system");
    fs::remove_file(&path).unwrap();
    drop(open(folder.path()));
    let raw = store::database::open(&path, store::database::RECORD).unwrap();
    let newer = store::database::RECORD.len() + 1;
    raw.pragma_update(None, "user_version", newer as i64).unwrap();
    drop(raw);
    assert_eq!(SqliteRecord::open(&path).map(drop).unwrap_err().code(), "database_too_new");
}

#[test]
fn a_key_that_was_erased_is_not_in_the_file_any_more() {
    const KEY: [u8; 60] = *b"sixty bytes that nothing else in this file has, all of them.";
    let folder = tempfile::tempdir().unwrap();
    let is_there = || {
        let bytes = fs::read(folder.path().join("record.db")).unwrap();
        bytes.windows(KEY.len()).any(|window| window == KEY)
    };
    for (key, expected) in [(Some(KEY.to_vec()), true), (None, false)] {
        let record = open(folder.path());
        write(&record, move |rows| {
            for index in 0..9 {
                let row = message(log(1, 2), index);
                rows.put_message(&MessageRow { key: key.clone(), ..row })?;
            }
            Ok(())
        });
        drop(record);
        assert_eq!(is_there(), expected);
    }
}
