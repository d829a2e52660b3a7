//! A line that was down for seven days, and what was written meanwhile: once it is there again all
//! arrives, each message once, the urgent ones first, whatever answers get lost on the way.
//!
//! `LIENKET_BACKLOG=100000 cargo test --release -p sim --test exchange backlog -- --nocapture` runs
//! the whole and says how long it took.

use std::collections::BTreeMap;

use envelope::envelope::MessageId;
use model::time::Timestamp;
use node::exchange::Outgoing;
use node::port::record::{MessageState, Wanted};
use sim::world::{Member, World, day, message};

use super::{log, world};

const MESSAGES: u64 = 1_000;
const OUTAGE: u64 = 7 * 86_400;
/// Of so many messages one has a deadline.
const URGENT: u64 = 10;
/// Of so many answers one gets lost.
const LOST: u64 = 3;
/// More parcels than a hundred thousand messages need.
const MOST_PARCELS: u64 = 1_000;

/// What was written while the line was down: each message with its deadline, by number.
fn write(world: &World, count: u64) -> BTreeMap<MessageId, (Option<Timestamp>, u64)> {
    let (vn, sg) = (world.at(0), world.at(1));
    let mut written = BTreeMap::new();
    let mut passed = 0;
    for number in 0..count {
        let now = OUTAGE * number / count;
        world.advance((now - passed) as i64);
        passed = now;
        // Deadlines in no order, some of them over before the line is there again.
        let days = 3 + (number * 7_919 % 1_009) as i64 % 12;
        let due = Some(day(days, (number * 104_729 % 86_400) as i64));
        let due = due.filter(|_| number % URGENT == 0);
        let outgoing = Outgoing { due, ..message(&number.to_string()) };
        let row = vn.exchange.send(vn.exchange.new_id().unwrap(), sg.id(), outgoing).unwrap();
        written.insert(row.id, (due, row.index));
    }
    world.advance((OUTAGE - passed) as i64);
    written
}

/// Parcels go until all has arrived; what each brought, which comes into the inbox at once.
fn drain(world: &World) -> Vec<Vec<MessageId>> {
    let (vn, sg) = (world.at(0), world.at(1));
    let mut came = Vec::new();
    for parcels in 1..=MOST_PARCELS {
        let parcel = vn.exchange.offer(sg.id(), None).unwrap();
        let taken = sg.exchange.take(Some(vn.id()), &parcel.bytes).unwrap();
        assert!(taken.refused.is_empty(), "{:?}", taken.refused);
        came.push(taken.received.clone());
        if parcels % LOST != 0 {
            let answer = sg.exchange.offer(vn.id(), Some(&taken)).unwrap();
            vn.exchange.take(Some(sg.id()), &answer.bytes).unwrap();
        }
        if !parcel.is_cut && world.is_at_rest(0, 1).unwrap() {
            return came;
        }
    }
    panic!("{MOST_PARCELS} parcels were not enough")
}

fn count(member: &Member, from: &Member, states: Vec<MessageState>) -> usize {
    let wanted = Wanted { from: Some(from.id()), states, most: usize::MAX, ..Wanted::default() };
    member.exchange.messages(&wanted).unwrap().len()
}

#[test]
#[expect(clippy::print_stderr, clippy::disallowed_methods, reason = "a long run reports itself")]
fn after_seven_days_all_arrives_once_and_the_urgent_first() {
    let messages = std::env::var("LIENKET_BACKLOG").ok();
    let messages = messages.map_or(MESSAGES, |text| text.parse().unwrap());
    let (world, _folder) = world(60, 2);
    world.settle(0, 1).unwrap();
    let written = write(&world, messages);
    let begun = std::time::Instant::now();
    let parcels = drain(&world);
    let (seconds, count_of) = (begun.elapsed().as_secs_f64(), parcels.len());
    eprintln!("{messages} messages in {count_of} parcels, {seconds:.1} s");
    // Deadlines rise from parcel to parcel, and who has none comes after all who have, in the order
    // of writing.
    let turn = |id: &MessageId| (written[id].0.is_none(), written[id]);
    let mut expected: Vec<MessageId> = written.keys().copied().collect();
    expected.sort_by_key(turn);
    let mut came: Vec<MessageId> = Vec::new();
    for mut parcel in parcels {
        parcel.sort_by_key(turn);
        came.extend(parcel);
    }
    assert!(came.len() as u64 == messages, "{} of {messages} came", came.len());
    let first = came.iter().zip(&expected).position(|(one, other)| one != other);
    let first = first.map(|at| (at, turn(&came[at]), turn(&expected[at])));
    assert_eq!(first, None, "the first that came out of its turn");
    let (vn, sg) = (world.at(0), world.at(1));
    assert_eq!(count(vn, vn, vec![MessageState::Queued]), 0);
    for member in [vn, sg] {
        assert_eq!(count(member, vn, vec![MessageState::Accepted]) as u64, messages);
    }
    assert_eq!(log(vn, vn, sg).peaks, log(sg, vn, sg).peaks);
    assert_eq!(log(sg, sg, vn).size, messages, "one receipt each");
}

/// A partner names no more than 1,024 places that it lacks. Urgent messages behind these are known
/// to be there by their receipts: else the first of them would be sent again and again, and the
/// others never.
#[test]
fn more_urgent_messages_than_a_parcel_has_come_through_behind_a_long_queue() {
    let (world, _folder) = world(61, 2);
    world.settle(0, 1).unwrap();
    let (vn, sg) = (world.at(0), world.at(1));
    for number in 0..1_600 {
        let due = Some(day(3, number)).filter(|_| number >= 1_200);
        let outgoing = Outgoing { due, ..message("a") };
        vn.exchange.send(vn.exchange.new_id().unwrap(), sg.id(), outgoing).unwrap();
    }
    let parcels = drain(&world);
    assert_eq!(parcels.iter().map(Vec::len).sum::<usize>(), 1_600);
    assert!(parcels.len() < 20, "{} parcels", parcels.len());
    assert_eq!(count(vn, vn, vec![MessageState::Queued]), 0);
}
