//! A partner that sends more than one may: it is refused with its code, and nobody else is.

use envelope::attachment::{blob_name, piece_count, sealed_size};
use model::digest::Digest;
use node::exchange::ExchangeError;
use node::port::record::{MessageState, Usage};
use sim::world::{Member, day};

use super::{check_settled, state, world};

const DAY: i64 = 86_400;
const DAILY_MESSAGES: u64 = 1_000_000;
const DAILY_BYTES: u64 = 512 << 30;

/// What a partner has sent on a day of the world, as if it had.
fn sent(at: &Member, from: &Member, days: i64, usage: Usage) {
    let (from, day) = (from.id(), day(days, 0).microseconds() / (DAY * 1_000_000));
    at.record().write(Box::new(move |rows| rows.add_usage(from, day, usage))).unwrap();
}

fn code<T>(result: Result<T, ExchangeError>) -> Option<&'static str> {
    result.err().map(|error| error.code())
}

#[test]
fn who_has_sent_its_fill_is_refused_until_tomorrow_and_others_are_heard() {
    let (world, _folder) = world(70, 3);
    let (sg, vn, th) = (world.at(0), world.at(1), world.at(2));
    let quota = Some("quota_used");
    let all = Usage { messages: DAILY_MESSAGES - 1, bytes: 0 };
    sent(sg, vn, 0, all);
    assert_eq!(code(sg.exchange.allow(vn.id(), 0)), None);
    sent(sg, vn, 0, Usage { messages: 1, bytes: 0 });
    assert_eq!(code(sg.exchange.allow(vn.id(), 0)), quota);
    sent(sg, th, 0, Usage { messages: 0, bytes: DAILY_BYTES - 100 });
    assert_eq!(code(sg.exchange.allow(th.id(), 100)), None);
    assert_eq!(code(sg.exchange.allow(th.id(), 101)), quota);
    let from_th = th.send(sg.id(), "still heard").unwrap();
    check_settled(&world, 0, 2);
    assert_eq!(state(th, &from_th), MessageState::Accepted);
    // What came just now counts too.
    assert_eq!(code(sg.exchange.allow(th.id(), 100)), quota);
    world.advance(DAY);
    assert_eq!(code(sg.exchange.allow(vn.id(), DAILY_BYTES)), None);
    assert_eq!(code(sg.exchange.allow(th.id(), DAILY_BYTES)), None);
}

/// Files that are not whole yet are bounded as well, before anything is written of them.
#[test]
fn files_that_never_come_to_an_end_are_bounded_for_each_partner() {
    let (world, _folder) = world(71, 3);
    let (sg, vn, th) = (world.at(0), world.at(1), world.at(2));
    let sealed = sealed_size(129 << 30).unwrap();
    let begin = |from: &Member, byte: u8| {
        let pieces = vec![Digest([byte; 32]); usize::try_from(piece_count(sealed)).unwrap()];
        let name = blob_name(sealed, &pieces);
        sg.exchange.begin_blob(from.id(), name, sealed, pieces)
    };
    assert_eq!(code(begin(vn, 1)), None);
    assert_eq!(code(begin(vn, 2)), Some("quota_used"));
    assert_eq!(code(begin(vn, 1)), None, "one that was begun goes on");
    assert_eq!(code(begin(th, 3)), None);
}
