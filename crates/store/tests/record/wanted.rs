//! Which messages are found by what is asked for; part of what every record must do.

use envelope::envelope::MessageId;
use node::port::record::{MessageRow, MessageState, Record, Wanted};

use crate::{agency, at, id, log, message, read, write};

/// Far behind the numbers of the other tests.
const FIRST: u128 = 1 << 100;

/// Two records of one agency and one of its partner's, four messages each, each in another state.
pub(crate) fn suite(record: &dyn Record) {
    let states = [
        MessageState::Queued,
        MessageState::Accepted,
        MessageState::Rejected,
        MessageState::Handled,
    ];
    for (place, log) in (0..).zip([log(101, 102), log(101, 103), log(102, 101)]) {
        for (index, state) in (0_u64..).zip(states) {
            let number: u64 = place * 10 + index;
            let seconds = i64::try_from(number).unwrap();
            let row = MessageRow {
                id: id(FIRST + u128::from(number)),
                // The last of each was recorded first.
                recorded: at(1_000_000 - seconds),
                due: (index > 0).then(|| at(2_000 + seconds)),
                retain_until: (index < 3).then(|| at(3_000 + seconds)),
                kind: ["message", "forward"][usize::from(index % 2 == 1)].to_owned(),
                state,
                ..message(log, index)
            };
            write(record, move |rows| rows.put_message(&row));
        }
    }
    by_agencies_and_states(record);
    by_numbers_and_times(record);
}

fn wanted() -> Wanted {
    Wanted { ids: Some((id(FIRST), MessageId([0xff; 16]))), most: 100, ..Wanted::default() }
}

/// Asks, and compares the numbers of the messages found.
fn check(record: &dyn Record, wanted: Wanted, expected: &[u128]) {
    let found = read(record, |rows| rows.messages(&wanted));
    let number = |row: &MessageRow| u128::from_be_bytes(row.id.0).wrapping_sub(FIRST);
    let numbers: Vec<u128> = found.iter().map(number).collect();
    assert_eq!(numbers, expected, "{wanted:?}");
    // Few of them are the newest ones.
    let few = Wanted { most: 2, ..wanted };
    let numbers: Vec<u128> = read(record, |rows| rows.messages(&few)).iter().map(number).collect();
    assert_eq!(numbers, expected.iter().copied().take(2).collect::<Vec<_>>(), "{few:?}");
}

fn by_agencies_and_states(record: &dyn Record) {
    let (from, to) = (Some(agency(101)), Some(agency(102)));
    let any = || Wanted { most: 100, ..Wanted::default() };
    check(record, wanted(), &[0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23]);
    // With the range of numbers and without it other indexes lead to the same messages.
    for base in [wanted(), any()] {
        check(record, Wanted { from, ..base.clone() }, &[0, 1, 2, 3, 10, 11, 12, 13]);
        check(record, Wanted { to, ..base.clone() }, &[0, 1, 2, 3]);
        check(record, Wanted { from, to, ..base.clone() }, &[0, 1, 2, 3]);
        check(record, Wanted { from: Some(agency(103)), ..base.clone() }, &[]);
        let states = vec![MessageState::Handled, MessageState::Accepted, MessageState::Handled];
        check(record, Wanted { from, states, ..base.clone() }, &[1, 3, 11, 13]);
        let (states, kind) = (vec![MessageState::Handled], Some("forward"));
        check(record, Wanted { from, kind, ..base.clone() }, &[1, 3, 11, 13]);
        check(record, Wanted { from, kind, states, ..base.clone() }, &[3, 13]);
        check(record, Wanted { from, kind: Some("erase"), ..base.clone() }, &[]);
        let states = vec![MessageState::Erased];
        check(record, Wanted { from, states, ..base }, &[]);
    }
    // Before the others of these tests, all of which were recorded earlier, these come first.
    let newest = read(record, |rows| rows.messages(&any()));
    assert_eq!(newest.first().map(|row| row.recorded), Some(at(1_000_000)));
    assert!(newest.is_sorted_by(|one, next| one.recorded >= next.recorded));
    let none = Wanted { most: 0, ..any() };
    assert_eq!(read(record, |rows| rows.messages(&none)), Vec::new());
}

fn by_numbers_and_times(record: &dyn Record) {
    let any = Wanted { most: 100, ..Wanted::default() };
    let ids = |first, last| Some((id(FIRST + first), id(FIRST + last)));
    check(record, Wanted { ids: ids(3, 11), ..any.clone() }, &[3, 10, 11]);
    check(record, Wanted { ids: ids(11, 3), ..any.clone() }, &[]);
    check(record, Wanted { ids: ids(3, 11), kind: Some("message"), ..any.clone() }, &[10]);
    let retained_before = Some(at(3_011));
    let retained = Wanted { from: Some(agency(101)), retained_before, ..any.clone() };
    check(record, retained.clone(), &[0, 1, 2, 10]);
    let states = vec![MessageState::Queued, MessageState::Rejected];
    check(record, Wanted { states: states.clone(), ..retained.clone() }, &[0, 2, 10]);
    check(record, Wanted { ids: ids(1, 10), ..retained }, &[1, 2, 10]);
    let due = Wanted { due_before: Some(at(2_011)), to: Some(agency(102)), ..any.clone() };
    check(record, due.clone(), &[1, 2, 3]);
    check(record, Wanted { to: Some(agency(103)), ..due.clone() }, &[11]);
    check(record, Wanted { states, ..due.clone() }, &[2]);
    check(record, Wanted { retained_before: Some(at(3_002)), ..due }, &[1]);
    // Without agencies: those of other tests have a deadline of nine seconds at most.
    let due = Wanted { due_before: Some(at(2_011)), ids: ids(0, 1_000), ..any };
    check(record, due, &[1, 2, 3, 11]);
}
