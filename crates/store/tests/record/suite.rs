//! What every record must do, said against the port alone.

use envelope::entry::EntryKind;
use envelope::receipt::ReceiptKind;
use model::digest::Digest;
use node::port::record::{
    BlobRow, Daily, HashesOf, HeldRow, Log, LogRow, MessageRow, MessageState, ReceiptRow, Record,
    Usage, Watched,
};
use tlog::frontier::{Complete, Frontier};
use tlog::{merkle, proof};

use crate::{agency, at, check_whole, id, log, message, open, read, refused, send, write};

/// Leaves enough that two kept levels come about.
const MANY: u64 = 70_000;

/// Every record must pass it; it is empty when it comes in.
fn suite(record: &dyn Record) {
    logs(record);
    entries(record);
    queues(record);
    messages(record);
    receipts(record);
    cards(record);
    blobs(record);
    staged(record);
    usage(record);
    crate::wanted::suite(record);
    one_moment(record);
    one_fails(record);
}

#[test]
fn sqlite_keeps_the_record_as_the_port_says() {
    let folder = tempfile::tempdir().unwrap();
    let record = open(folder.path());
    suite(&record);
    record.check().unwrap();
}

fn logs(record: &dyn Record) {
    assert_eq!(read(record, |rows| rows.logs()), Vec::<Log>::new());
    assert_eq!(read(record, |rows| rows.log(log(1, 2))), LogRow::default());
    let row = LogRow {
        size: 3,
        peaks: vec![Digest([1; 32]), Digest([2; 32])],
        head: Some("head".to_owned()),
        seen: 2,
        seen_note: Some("seen".to_owned()),
        behind: true,
        frozen: Some("equivocation".to_owned()),
        proof: Some(vec![1, 2, 3]),
    };
    let kept = row.clone();
    write(record, move |rows| rows.put_log(log(1, 2), &kept));
    assert_eq!(read(record, |rows| rows.log(log(1, 2))), row);
    assert_eq!(read(record, |rows| rows.log(log(2, 1))), LogRow::default());
    write(record, |rows| rows.put_log(log(2, 1), &LogRow::default()));
    write(record, |rows| rows.put_log(log(1, 2), &LogRow { size: 4, ..LogRow::default() }));
    let changed = LogRow { size: 4, ..LogRow::default() };
    assert_eq!(read(record, |rows| rows.log(log(1, 2))), changed);
    assert_eq!(read(record, |rows| rows.logs()), [log(1, 2), log(2, 1)]);
    let daily = |size| Daily { size, at: at(size as i64), note: format!("note {size}") };
    assert_eq!(read(record, |rows| rows.daily(log(1, 2))), None);
    for size in [3, 4] {
        write(record, move |rows| rows.put_daily(log(1, 2), Some(&daily(size))));
        assert_eq!(read(record, |rows| rows.daily(log(1, 2))), Some(daily(size)));
    }
    assert_eq!(read(record, |rows| rows.daily(log(2, 1))), None);
    write(record, |rows| rows.put_daily(log(1, 2), None));
    assert_eq!(read(record, |rows| rows.daily(log(1, 2))), None);
    let watched = |size| Watched { size, note: format!("note {size}"), proof: None };
    let forked = Watched { proof: Some(vec![1, 2]), ..watched(5) };
    for (witness, kept) in [(3, watched(4)), (3, watched(5)), (4, forked.clone())] {
        write(record, move |rows| rows.put_watched(log(1, 2), agency(witness), &kept));
    }
    let expected = [(agency(3), watched(5)), (agency(4), forked)];
    assert_eq!(read(record, |rows| rows.watched(log(1, 2))), expected);
    assert_eq!(read(record, |rows| rows.watched(log(2, 1))), []);
    let count =
        |writer, witness| read(record, |rows| rows.watched_count(agency(writer), agency(witness)));
    assert_eq!((count(1, 3), count(1, 4), count(2, 3), count(1, 2)), (1, 1, 0, 0));
    assert_eq!(read(record, |rows| rows.logs()), [log(1, 2), log(2, 1)], "it makes no record");
    // A partner may claim any size; no row holds it, and nothing breaks.
    let claimed = LogRow { size: u64::MAX, ..LogRow::default() };
    refused(record, move |rows| rows.put_log(log(1, 2), &claimed));
    let twice = |root| Complete { level: 0, index: 0, root: Digest([root; 32]) };
    write(record, move |rows| rows.add_hashes(log(1, 2), &[twice(1)]));
    refused(record, move |rows| rows.add_hashes(log(1, 2), &[twice(2)]));
    assert_eq!(read(record, |rows| rows.leaves(log(1, 2), 0, 9)), [Digest([1; 32])]);
}

fn entries(record: &dyn Record) {
    let here = log(11, 12);
    assert_eq!(read(record, |rows| rows.entry(here, 0)), None);
    assert_eq!(read(record, |rows| rows.lacking(here, 9)), Vec::<u64>::new());
    write(record, move |rows| rows.put_lacking(here, &[7, 3, 5, 3, 9]));
    assert_eq!(read(record, |rows| rows.lacking(here, 9)), [3, 5, 7, 9]);
    assert_eq!(read(record, |rows| rows.lacking(here, 2)), [3, 5]);
    assert_eq!(read(record, |rows| rows.lacking(here, 0)), Vec::<u64>::new());
    assert_eq!(read(record, |rows| rows.lacking(log(12, 11), 9)), Vec::<u64>::new());
    write(record, move |rows| rows.put_entry(here, 5, EntryKind::Receipt, b"first"));
    assert_eq!(read(record, |rows| rows.lacking(here, 9)), [3, 7, 9]);
    let first = Some((EntryKind::Receipt, b"first".to_vec()));
    assert_eq!(read(record, |rows| rows.entry(here, 5)), first);
    let long = vec![8; 1 << 20];
    let second = Some((EntryKind::Envelope, long.clone()));
    write(record, move |rows| rows.put_entry(here, 5, EntryKind::Envelope, &long));
    assert_eq!(read(record, |rows| rows.entry(here, 5)), second);
    assert_eq!(read(record, |rows| rows.entry(here, 7)), None);
    assert_eq!(read(record, |rows| rows.logs()).last(), Some(&here));
}

fn queues(record: &dyn Record) {
    let here = log(21, 22);
    write(record, move |rows| {
        for (index, due) in [(4, None), (1, Some(30)), (2, None), (3, Some(10)), (0, Some(30))] {
            rows.put_queue(here, index, due.map(at))?;
        }
        Ok(())
    });
    let queue = |most| read(record, |rows| rows.queue(here, most));
    assert_eq!(queue(9), [3, 0, 1, 2, 4]);
    assert_eq!(queue(2), [3, 0]);
    assert_eq!(queue(4), [3, 0, 1, 2]);
    assert_eq!(queue(0), Vec::<u64>::new());
    write(record, move |rows| rows.put_queue(here, 1, Some(at(5))));
    write(record, move |rows| rows.put_queue(here, 3, None));
    assert_eq!(queue(9), [1, 3, 0, 2, 4], "none given: the deadline stays");
    write(record, move |rows| rows.drop_queue(here, 3, &[7, 1, 1]));
    assert_eq!(queue(9), [1, 3, 4]);
    write(record, move |rows| rows.drop_queue(here, 0, &[]));
    write(record, move |rows| rows.drop_queue(log(22, 21), 9, &[]));
    write(record, move |rows| rows.drop_queued(log(22, 21), 9));
    assert_eq!(queue(9), [1, 3, 4]);
    write(record, move |rows| rows.drop_queued(here, 3));
    assert_eq!(queue(9), [1, 4]);
    write(record, move |rows| rows.drop_queue(here, 5, &[4]));
    assert_eq!(queue(9), [4]);
    write(record, move |rows| rows.drop_queue(here, 5, &[]));
    assert_eq!(queue(9), Vec::<u64>::new());
}

fn messages(record: &dyn Record) {
    let here = log(31, 32);
    let mut row = message(here, 1);
    let kept = row.clone();
    write(record, move |rows| rows.put_message(&kept));
    let found = |number| read(record, |rows| rows.message(agency(31), id(number)));
    assert_eq!(found(1).as_ref(), Some(&row));
    assert_eq!(found(2), None);
    assert_eq!(read(record, |rows| rows.message(agency(32), id(1))), None);
    row.state = MessageState::Rejected;
    row.code = Some("expired".to_owned());
    row.due = Some(at(9));
    row.retain_until = Some(at(99));
    row.in_reply_to = Some(id(7));
    row.key = None;
    let kept = row.clone();
    write(record, move |rows| rows.put_message(&kept));
    assert_eq!(found(1).as_ref(), Some(&row));
    // One sender never has two alike, not even for two readers, and a place has one message.
    refused(record, move |rows| rows.put_message(&message(log(31, 33), 1)));
    refused(record, move |rows| {
        let other = message(here, 1);
        rows.put_message(&MessageRow { id: id(5), ..other })
    });
    assert_eq!((found(1), found(5)), (Some(row), None));
    write(record, move |rows| rows.put_message(&message(log(33, 31), 1)));
}

fn receipts(record: &dyn Record) {
    let receipt = |index, kind, message| ReceiptRow {
        log: log(42, 41),
        index,
        kind,
        sender: agency(41),
        message: id(message),
    };
    let rows = [
        receipt(9, ReceiptKind::Accepted, 1),
        receipt(3, ReceiptKind::Opened, 1),
        receipt(4, ReceiptKind::Rejected, 2),
        receipt(5, ReceiptKind::Handled, 1),
    ];
    for row in rows.clone() {
        write(record, move |rows| rows.put_receipt(&row));
    }
    let [accepted, opened, rejected, handled] = rows;
    let again = opened.clone();
    write(record, move |rows| rows.put_receipt(&again));
    refused(record, move |rows| rows.put_receipt(&receipt(3, ReceiptKind::Opened, 2)));
    let found = |number| read(record, |rows| rows.receipts(agency(41), id(number)));
    assert_eq!(found(1), [accepted, opened, handled]);
    assert_eq!(found(2), [rejected]);
    assert_eq!(found(3), Vec::<ReceiptRow>::new());
}

fn cards(record: &dyn Record) {
    write(record, |rows| {
        rows.put_card(agency(51), 2, b"two")?;
        rows.put_card(agency(51), 1, b"one")?;
        rows.put_card(agency(52), 1, b"other")?;
        rows.put_card(agency(51), 2, b"second")
    });
    let found = |after| read(record, |rows| rows.cards(agency(51), after));
    assert_eq!(found(0), [(1, b"one".to_vec()), (2, b"second".to_vec())]);
    assert_eq!(found(1), [(2, b"second".to_vec())]);
    assert_eq!(found(u64::MAX), Vec::new());
    refused(record, |rows| rows.put_card(agency(51), u64::MAX, b"last"));
}

fn blobs(record: &dyn Record) {
    let name = Digest([61; 32]);
    let mut row = BlobRow {
        name,
        sealed: 1 << 40,
        pieces: (0..200).map(|number| Digest([number; 32])).collect(),
        held: vec![0; 25],
        partner: Some(agency(61)),
        at: at(1),
    };
    assert_eq!(read(record, |rows| rows.blob(name)), None);
    for held in [0, 1, 3] {
        row.held[7] = held;
        row.at = at(i64::from(held));
        let kept = row.clone();
        write(record, move |rows| rows.put_blob(&kept));
        assert_eq!(read(record, |rows| rows.blob(name)).as_ref(), Some(&row));
        let (sealed, held, partner) = (row.sealed, row.held.clone(), row.partner);
        let expected = HeldRow { sealed, held, partner };
        assert_eq!(read(record, |rows| rows.held(name)), Some(expected));
    }
    row.partner = None;
    row.pieces.truncate(1);
    let kept = row.clone();
    write(record, move |rows| rows.put_blob(&kept));
    assert_eq!(read(record, |rows| rows.blob(name)), Some(row));
    let other = Digest([60; 32]);
    write(record, move |rows| {
        rows.link_blob(agency(61), id(2), name)?;
        rows.link_blob(agency(61), id(1), name)?;
        rows.link_blob(agency(61), id(1), name)?;
        rows.link_blob(agency(61), id(1), other)
    });
    assert_eq!(read(record, |rows| rows.blobs_of(agency(61), id(1))), [other, name]);
    assert_eq!(read(record, |rows| rows.blobs_of(agency(61), id(3))), Vec::<Digest>::new());
    let with = [(agency(61), id(1)), (agency(61), id(2))];
    assert_eq!(read(record, |rows| rows.messages_with(name)), with);
    write(record, move |rows| rows.drop_blob(name));
    write(record, move |rows| rows.drop_blob(name));
    assert_eq!(read(record, |rows| rows.blob(name)), None);
    assert_eq!(read(record, |rows| rows.held(name)), None);
    assert_eq!(read(record, |rows| rows.messages_with(name)), with, "that stays known");
}

/// A partner's file counts as staged until a message that has all its files goes with it.
fn staged(record: &dyn Record) {
    let row = |number, sealed, partner| BlobRow {
        name: Digest([number; 32]),
        sealed,
        pieces: vec![Digest([number; 32])],
        held: vec![0],
        partner,
        at: at(1),
    };
    let partner = Some(agency(65));
    let rows = [row(65, 100, partner), row(66, 20, partner), row(67, 3, None)];
    write(record, move |to| rows.iter().try_for_each(|row| to.put_blob(row)));
    let count = |partner| read(record, |rows| rows.staged(agency(partner)));
    assert_eq!((count(65), count(66)), (120, 0));
    let here = log(65, 66);
    for (state, expected) in [(MessageState::Waiting, 120), (MessageState::Accepted, 20)] {
        write(record, move |rows| {
            rows.put_message(&MessageRow { state, ..message(here, 1) })?;
            rows.link_blob(agency(65), id(1), Digest([65; 32]))
        });
        assert_eq!(count(65), expected, "{state:?}");
    }
    let name = Digest([66; 32]);
    write(record, move |rows| rows.put_held(name, &[1], at(9)));
    let held = BlobRow { held: vec![1], at: at(9), ..row(66, 20, partner) };
    assert_eq!(read(record, |rows| rows.blob(name)), Some(held));
    write(record, |rows| rows.put_held(Digest([68; 32]), &[1], at(9)));
    assert_eq!(read(record, |rows| rows.blob(Digest([68; 32]))), None);
}

fn usage(record: &dyn Record) {
    let more = |messages, bytes| Usage { messages, bytes };
    write(record, move |rows| {
        rows.add_usage(agency(71), 20_000, more(1, 100))?;
        rows.add_usage(agency(71), 20_000, more(2, 50))?;
        rows.add_usage(agency(71), 20_001, more(4, 7))?;
        rows.add_usage(agency(72), 20_000, more(8, 9))
    });
    let found = |partner, day| read(record, |rows| rows.usage(agency(partner), day));
    assert_eq!(found(71, 20_000), more(3, 150));
    assert_eq!(found(71, 20_001), more(4, 7));
    assert_eq!(found(72, 20_000), more(8, 9));
    assert_eq!(found(72, -1), Usage::default());
}

/// Whoever reads sees one moment, whatever is written meanwhile.
fn one_moment(record: &dyn Record) {
    let day = |rows: &dyn node::port::record::Rows| rows.usage(agency(81), 1);
    let looked = record.read(&mut |rows| {
        assert_eq!(day(rows)?.messages, 0);
        let more = Usage { messages: 1, bytes: 1 };
        write(record, move |rows| rows.add_usage(agency(81), 1, more));
        assert_eq!(day(rows)?.messages, 0, "what was written since is not seen");
        assert_eq!(read(record, day).messages, 1, "who comes later sees it");
        Ok(())
    });
    looked.unwrap();
    assert_eq!(read(record, day).messages, 1);
}

/// Work that fails undoes all that it wrote and nothing else, and sees what it wrote itself.
fn one_fails(record: &dyn Record) {
    let (first, second) = (log(91, 92), log(92, 91));
    let error = refused(record, move |rows| {
        assert_eq!(send(rows, first, b"lost")?, 0);
        assert_eq!(send(rows, first, b"lost too")?, 1);
        rows.put_message(&message(log(91, 93), 1))
    });
    assert!(error.cause.contains("UNIQUE") || error.cause.contains("unique"), "{error}");
    // The number that the record had in the work that failed becomes another one's.
    write(record, move |rows| send(rows, second, b"second").map(drop));
    write(record, move |rows| send(rows, first, b"first").map(drop));
    let entry = |log| read(record, |rows| rows.entry(log, 0)).map(|(_, bytes)| bytes);
    assert_eq!(entry(first), Some(b"first".to_vec()));
    assert_eq!(entry(second), Some(b"second".to_vec()));
    assert_eq!(read(record, |rows| check_whole(rows, first)), 1);
    let logs = read(record, |rows| rows.logs());
    assert!(!logs.contains(&log(91, 93)));
}

#[test]
fn proofs_are_read_across_the_kept_levels() {
    let folder = tempfile::tempdir().unwrap();
    let record = open(folder.path());
    let here = log(1, 2);
    let sizes = [1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, MANY - 1, MANY];
    let (mut frontier, mut roots) = (Frontier::default(), Vec::new());
    let mut complete = Vec::new();
    for index in 0..MANY {
        complete.extend(frontier.add(merkle::leaf(&index.to_be_bytes())));
        if sizes.contains(&frontier.size()) {
            roots.push(frontier.root());
        }
    }
    for some in complete.chunks(20_000) {
        let some = some.to_vec();
        write(&record, move |rows| rows.add_hashes(here, &some));
    }
    read(&record, |rows| {
        let hashes = HashesOf { rows, log: here };
        for (size, root) in sizes.iter().copied().zip(&roots) {
            assert_eq!(proof::frontier(&hashes, size)?.unwrap().root(), *root);
            for index in [0, size / 3, 255, 256, size - 1].into_iter().filter(|i| *i < size) {
                let proof = proof::inclusion(&hashes, index, size)?;
                let leaf = merkle::leaf(&index.to_be_bytes());
                proof::check_inclusion(leaf, index, size, &proof, root).unwrap();
            }
            for (earlier, old) in sizes.iter().copied().zip(&roots) {
                if earlier <= size {
                    let proof = proof::consistency(&hashes, earlier, size)?;
                    proof::check_consistency((earlier, old), (size, root), &proof).unwrap();
                }
            }
        }
        Ok(())
    });
    read(&record, |rows| {
        assert_eq!(rows.leaves(here, MANY - 3, 9)?.len(), 3);
        assert_eq!(rows.leaves(here, 0, usize::MAX)?.len() as u64, MANY);
        for (level, first, count) in
            [(0, MANY, 1), (8, 0, 274), (16, 1, 1), (0, u64::MAX, 1), (0, 0, u64::MAX), (3, 0, 1)]
        {
            assert!(rows.hashes(here, level, first, count).is_err(), "{level} {first} {count}");
        }
        assert!(rows.hashes(log(2, 1), 0, 0, 1).is_err());
        Ok(())
    });
}

#[test]
fn many_callers_append_ten_thousand_messages_in_groups() {
    const CALLERS: u8 = 50;
    const EACH: u64 = 200;
    let folder = tempfile::tempdir().unwrap();
    let record = open(folder.path());
    std::thread::scope(|scope| {
        for caller in 0..CALLERS {
            let record = &record;
            scope.spawn(move || {
                for _ in 0..EACH {
                    write(record, move |rows| {
                        send(rows, log(caller, 200), &[caller; 3_000]).map(drop)
                    });
                }
            });
        }
    });
    for caller in 0..CALLERS {
        assert_eq!(read(&record, |rows| check_whole(rows, log(caller, 200))), EACH);
    }
    // It is all there for who comes after.
    drop(record);
    assert!(!folder.path().join("record.db-wal").exists());
    let record = open(folder.path());
    for caller in 0..CALLERS {
        assert_eq!(read(&record, |rows| check_whole(rows, log(caller, 200))), EACH);
    }
    record.check().unwrap();
}

#[test]
fn work_that_panics_is_an_error_and_later_work_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let record = open(folder.path());
    let here = log(1, 2);
    let error = refused(&record, move |rows| {
        send(rows, here, b"lost")?;
        panic!("the work of a test");
    });
    assert_eq!(error.cause, "the work panicked");
    write(&record, move |rows| send(rows, here, b"kept").map(drop));
    assert_eq!(read(&record, |rows| check_whole(rows, here)), 1);
    // A reader that panics takes nothing with it either.
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        record.read(&mut |_| panic!("the look of a test"))
    }));
    assert!(panicked.is_err());
    assert_eq!(read(&record, |rows| check_whole(rows, here)), 1);
}
