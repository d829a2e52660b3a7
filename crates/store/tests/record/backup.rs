//! The record and its sealed files go into a backup and come back; what is not whole does not.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use envelope::attachment::{PIECE, blob_name};
use model::digest::Digest;
use node::port::record::{BlobRow, Blobs as _};
use store::backup::backup;
use store::blobs::FileBlobs;
use store::database;
use store::home::Home;
use store::record::SqliteRecord;
use store::restore::restore;

use crate::{agency, at, log, open, read, send, write};

/// A home as `init` leaves it.
fn home(path: &Path) -> Home {
    let home = Home::create(path).unwrap();
    drop(database::open(&path.join("node.db"), database::EVENTS).unwrap());
    fs::write(path.join("keys/node.key"), b"key").unwrap();
    home
}

/// Writes a file of two pieces, of which the second is short, or its first piece only.
fn add_blob(
    record: &SqliteRecord,
    blobs: &FileBlobs,
    partner: Option<u8>,
    is_whole: bool,
) -> Digest {
    let byte = partner.unwrap_or_default() + u8::from(is_whole);
    let pieces = [vec![byte; PIECE], vec![byte; 10]];
    let digests: Vec<Digest> = pieces.iter().map(|piece| Digest::of(piece)).collect();
    let sealed = PIECE as u64 + 10;
    let name = blob_name(sealed, &digests);
    let held = vec![if is_whole { 0b11 } else { 0b01 }];
    for (place, piece) in (0..).zip(&pieces).take(if is_whole { 2 } else { 1 }) {
        blobs.write(&name, place, piece).unwrap();
    }
    blobs.sync(&name).unwrap();
    let partner = partner.map(agency);
    let row = BlobRow { name, sealed, pieces: digests, held, partner, at: at(1) };
    write(record, move |rows| rows.put_blob(&row));
    name
}

#[test]
fn a_backup_holds_the_record_and_its_whole_files() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("from"), folder.path().join("to"));
    let held = home(&from);
    let (record, blobs) = (open(&from), FileBlobs::open(&from).unwrap());
    write(&record, |rows| send(rows, log(1, 2), b"sent").map(drop));
    let own = add_blob(&record, &blobs, None, true);
    let whole = add_blob(&record, &blobs, Some(20), true);
    let part = add_blob(&record, &blobs, Some(30), false);
    // The node works on: the record is open.
    let file = folder.path().join("node.lkbackup");
    assert_eq!(backup(&held, &BTreeMap::new(), &file).unwrap(), 5);
    assert_eq!(fs::read_dir(from.join("work")).unwrap().count(), 0);
    assert_eq!(restore(&file, &to).unwrap(), 5);
    let (record, blobs) = (open(&to), FileBlobs::open(&to).unwrap());
    let entry = read(&record, |rows| rows.entry(log(1, 2), 0));
    assert_eq!(entry.map(|(_, bytes)| bytes), Some(b"sent".to_vec()));
    assert!(read(&record, |rows| rows.log(log(1, 2))).behind, "the partner may have more of it");
    assert!(read(&record, |rows| rows.log(log(1, 99))).behind, "it may have been begun since");
    assert!(read(&record, |rows| rows.logs()).iter().all(|log| log.from != log.to));
    for name in [own, whole] {
        assert_eq!(read(&record, |rows| rows.blob(name)).unwrap().held, [0b11]);
        assert_eq!(blobs.read(&name, 1, 10).unwrap().len(), 10);
    }
    let row = read(&record, |rows| rows.blob(part)).unwrap();
    assert_eq!(row.held, [0], "no piece of it is here any more");
    assert!(blobs.read(&part, 0, 1).is_err());
    record.check().unwrap();
}

#[test]
fn a_damaged_sealed_file_stops_a_backup() {
    let folder = tempfile::tempdir().unwrap();
    let from = folder.path().join("from");
    let held = home(&from);
    let (record, blobs) = (open(&from), FileBlobs::open(&from).unwrap());
    let name = add_blob(&record, &blobs, None, true);
    let file = folder.path().join("node.lkbackup");
    for damage in [true, false] {
        match damage {
            true => blobs.write(&name, 1, b"0123456789").unwrap(),
            false => blobs.remove(&name).unwrap(),
        }
        let error = backup(&held, &BTreeMap::new(), &file).unwrap_err();
        assert_eq!((error.code(), error.value()), ("blob_damaged", name.to_string()));
        assert!(!file.exists());
        assert_eq!(fs::read_dir(from.join("work")).unwrap().count(), 0);
    }
}

#[test]
fn a_home_made_before_there_was_a_record_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("home");
    drop(home(&path));
    fs::remove_dir(path.join("blobs")).unwrap();
    let held = Home::open(&path).unwrap().unwrap();
    let file = folder.path().join("node.lkbackup");
    assert_eq!(backup(&held, &BTreeMap::new(), &file).unwrap(), 2);
    let (record, blobs) = (open(&path), FileBlobs::open(&path).unwrap());
    add_blob(&record, &blobs, None, true);
    let file = folder.path().join("later.lkbackup");
    assert_eq!(backup(&held, &BTreeMap::new(), &file).unwrap(), 4);
}
