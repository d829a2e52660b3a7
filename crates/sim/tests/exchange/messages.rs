//! Messages that go as they should, and those that are refused with a reason.

use envelope::envelope::MessageId;
use envelope::parcel::Parcel;
use node::exchange::{ExchangeError, Outgoing, Standing};
use node::port::record::MessageState;
use sim::world::{day, message};

use super::{check_settled, log, now, state, world};

#[test]
fn a_message_is_accepted_and_both_can_prove_it() {
    let (world, _folder) = world(1, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let sent = vn.send(sg.id(), "Đề nghị phong toả").unwrap();
    assert_eq!(state(vn, &sent), MessageState::Queued);
    check_settled(&world, 0, 1);
    assert_eq!(state(vn, &sent), MessageState::Accepted);
    let came = now(sg, &sent);
    assert_eq!(sg.exchange.open(&came).unwrap().body, "Đề nghị phong toả".as_bytes());
    assert_eq!(vn.exchange.open(&sent).unwrap().body, "Đề nghị phong toả".as_bytes());
    for (writer, reader) in [(vn, sg), (sg, vn)] {
        let (written, kept) = (log(writer, writer, reader), log(reader, writer, reader));
        assert_eq!((written.size, written.seen), (1, 1), "a leaf each, countersigned");
        assert_eq!(kept.peaks, written.peaks);
        assert!(written.seen_note.is_some() && kept.head.is_some());
    }
}

#[test]
fn opened_and_handled_are_told_once_each() {
    let (world, _folder) = world(2, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let sent = vn.send(sg.id(), "a").unwrap();
    check_settled(&world, 0, 1);
    let came = now(sg, &sent);
    for _ in 0..2 {
        sg.exchange.show(&now(sg, &came), "officer").unwrap();
    }
    check_settled(&world, 0, 1);
    assert_eq!(state(vn, &sent), MessageState::Opened);
    sg.exchange.handle(&now(sg, &came), Some("frozen".to_owned())).unwrap();
    let again = sg.exchange.handle(&now(sg, &came), None).unwrap_err();
    assert_eq!(again.code(), "message_not_open");
    check_settled(&world, 0, 1);
    assert_eq!(state(vn, &sent), MessageState::Handled);
    assert_eq!(vn.exchange.receipts(&sent).unwrap().len(), 3);
}

#[test]
fn the_same_parcel_twice_changes_nothing() {
    let (world, _folder) = world(3, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let sent = vn.send(sg.id(), "a").unwrap();
    let parcel = vn.exchange.offer(sg.id(), None).unwrap();
    let first = sg.exchange.take(Some(vn.id()), &parcel.bytes).unwrap();
    assert_eq!((first.received.as_slice(), first.already), ([sent.id].as_slice(), 0));
    let before = log(sg, sg, vn);
    let second = sg.exchange.take(Some(vn.id()), &parcel.bytes).unwrap();
    assert_eq!((second.received.len(), second.already), (0, 1));
    assert_eq!(log(sg, sg, vn), before, "no second receipt");
    check_settled(&world, 0, 1);
}

#[test]
fn the_same_parcel_by_two_ways_at_once_is_taken_once() {
    let (world, _folder) = world(31, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let sent = vn.send(sg.id(), "a").unwrap();
    let parcel = vn.exchange.offer(sg.id(), None).unwrap();
    let (other, from, bytes) = (sg.exchange.clone(), vn.id(), parcel.bytes.clone());
    let (tell, told) = std::sync::mpsc::channel();
    sg.keys.meanwhile(move || tell.send(other.take(Some(from), &bytes).unwrap()).unwrap());
    let slower = sg.exchange.take(Some(vn.id()), &parcel.bytes).unwrap();
    let quicker = told.try_recv().unwrap();
    assert_eq!((quicker.received.as_slice(), quicker.already), ([sent.id].as_slice(), 0));
    assert_eq!((slower.received.len(), slower.already, slower.refused.len()), (0, 1, 0));
    assert_eq!(now(sg, &sent).state, MessageState::Accepted);
    check_settled(&world, 0, 1);
    assert_eq!(state(vn, &sent), MessageState::Accepted);
}

#[test]
fn a_lost_answer_comes_again_with_the_same_receipt() {
    let (mut world, _folder) = world(4, 2);
    let sent = world.at(0).send(world.at(1).id(), "a").unwrap();
    for _ in 0..5 {
        let (vn, sg) = (world.at(0), world.at(1));
        let parcel = vn.exchange.offer(sg.id(), None).unwrap();
        sg.exchange.take(Some(vn.id()), &parcel.bytes).unwrap();
        sg.exchange.offer(vn.id(), None).unwrap();
        world.members[1].restart().unwrap();
        world.members[0].restart().unwrap();
    }
    check_settled(&world, 0, 1);
    let receipts = world.at(0).exchange.receipts(&sent).unwrap();
    assert_eq!(receipts.len(), 1);
    assert_eq!(log(world.at(1), world.at(1), world.at(0)).size, 1);
}

#[test]
fn the_urgent_go_first_and_none_is_left() {
    let (world, _folder) = world(5, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let count = 300;
    for n in 0..count {
        vn.send(sg.id(), &n.to_string()).unwrap();
    }
    let due = |days| Outgoing { due: Some(day(days, 0)), ..message("urgent") };
    let later = vn.exchange.send(MessageId([1; 16]), sg.id(), due(3)).unwrap();
    let sooner = vn.exchange.send(MessageId([2; 16]), sg.id(), due(2)).unwrap();
    let parcel = vn.exchange.offer(sg.id(), None).unwrap();
    assert!(parcel.is_cut);
    let parcel = Parcel::parse(&parcel.bytes).unwrap().log.unwrap();
    let places: Vec<u64> = parcel.entries.iter().map(|one| one.index).collect();
    assert_eq!(places[..4], [sooner.index, later.index, 0, 1]);
    check_settled(&world, 0, 1);
    assert_eq!(log(sg, vn, sg).size, count + 2);
}

#[test]
fn a_carried_file_needs_as_many_parcels_as_it_needs() {
    let (world, _folder) = world(6, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    for n in 0..600 {
        vn.send(sg.id(), &n.to_string()).unwrap();
    }
    let mut parcels = Vec::new();
    vn.exchange
        .offers(sg.id(), &mut |offer| {
            parcels.push(offer.bytes);
            Ok(())
        })
        .unwrap();
    assert_eq!(parcels.len(), 3);
    let take = |parcel: &Vec<u8>| sg.exchange.take(None, parcel).unwrap().received.len();
    // The first one is missing: what stands on it is not taken, and is not lost by that.
    assert_eq!(parcels[1..].iter().map(take).sum::<usize>(), 0);
    let twice = parcels.iter().flat_map(|parcel| [parcel, parcel]);
    assert_eq!(twice.map(take).sum::<usize>(), 600);
    check_settled(&world, 0, 1);
}

#[test]
fn parcels_of_strangers_and_for_others_are_refused() {
    let (world, _folder) = world(7, 3);
    let (vn, sg, th) = (world.at(0), world.at(1), world.at(2));
    vn.send(sg.id(), "a").unwrap();
    let parcel = vn.exchange.offer(sg.id(), None).unwrap().bytes;
    let code = |taken: Result<_, ExchangeError>| taken.err().unwrap().code();
    assert_eq!(code(th.exchange.take(Some(vn.id()), &parcel)), "not_for_us");
    assert_eq!(code(sg.exchange.take(Some(th.id()), &parcel)), "not_the_sender");
    assert_eq!(code(sg.exchange.take(None, b"no parcel")), "bad_parcel");
    let stand = |standing| {
        sg.exchange.change_book(|book| {
            book.partners.get_mut(&vn.id()).unwrap().standing = standing;
        });
    };
    for (standing, expected) in
        [(Standing::Suspended, "partner_suspended"), (Standing::Revoked, "partner_revoked")]
    {
        stand(standing);
        assert_eq!(code(sg.exchange.take(Some(vn.id()), &parcel)), expected);
        assert_eq!(sg.send(vn.id(), "b").unwrap_err().code(), expected);
    }
    stand(Standing::Active);
    sg.exchange.change_book(|book| drop(book.partners.remove(&vn.id())));
    assert_eq!(code(sg.exchange.take(Some(vn.id()), &parcel)), "unknown_partner");
}

#[test]
fn a_kind_that_the_receiver_does_not_know_is_refused_and_the_sender_is_told() {
    let (world, _folder) = world(8, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let strange = Outgoing { kind: "of-tomorrow".to_owned(), ..message("a") };
    let sent = vn.exchange.send(vn.exchange.new_id().unwrap(), sg.id(), strange).unwrap();
    let good = vn.send(sg.id(), "b").unwrap();
    check_settled(&world, 0, 1);
    assert_eq!(now(vn, &sent).code.as_deref(), Some("message_kind_unknown"));
    assert_eq!(state(vn, &sent), MessageState::Rejected);
    assert_eq!(state(vn, &good), MessageState::Accepted, "what stands behind it is taken");
}

#[test]
fn what_is_recalled_or_over_is_destroyed_and_its_leaf_stays() {
    let (world, _folder) = world(9, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let (recalled, kept) = (vn.send(sg.id(), "a").unwrap(), vn.send(sg.id(), "b").unwrap());
    check_settled(&world, 0, 1);
    let order = Outgoing { kind: "erase".to_owned(), body: recalled.id.0.to_vec(), ..message("") };
    let order = vn.exchange.send(vn.exchange.new_id().unwrap(), sg.id(), order).unwrap();
    world.settle(0, 1).unwrap();
    assert_eq!(state(vn, &order), MessageState::Handled);
    assert_eq!(state(sg, &recalled), MessageState::Erased);
    assert_eq!(sg.exchange.open(&now(sg, &recalled)).unwrap_err().code(), "no_content");
    assert_eq!(sg.exchange.signed(&now(sg, &recalled)).unwrap().digest(), recalled.digest);
    sg.exchange.open(&now(sg, &kept)).unwrap();
    assert_eq!(sg.exchange.retain().unwrap().len(), 0);
    world.advance(366 * 86_400);
    let over = sg.exchange.retain().unwrap();
    let over: std::collections::BTreeSet<_> = over.iter().map(|row| row.id).collect();
    assert_eq!(over, [kept.id, order.id].into());
    assert_eq!(sg.exchange.retain().unwrap().len(), 0, "once");
    assert_eq!(vn.exchange.retain().unwrap().len(), 0, "what it sent is its own");
    assert_eq!(state(sg, &kept), MessageState::Erased);
    let (written, here) = (log(vn, vn, sg), log(sg, vn, sg));
    assert_eq!(written.peaks, here.peaks);
}

#[test]
fn a_clock_that_jumps_changes_no_order() {
    let (world, _folder) = world(10, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    for seconds in [0, -3_600, 86_400, -86_000, 2 * 3_600] {
        vn.clock.advance(seconds);
        sg.clock.advance(-seconds / 2);
        vn.send(sg.id(), "a").unwrap();
        check_settled(&world, 0, 1);
    }
    assert_eq!(log(sg, vn, sg).size, 5);
}

/// A receipt with a moment at which its key did not count is worth nothing, and there is no other
/// one: a node whose clock is wrong by years signs none.
#[test]
fn a_clock_that_is_wrong_by_years_signs_no_receipt() {
    let (world, _folder) = world(13, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let (first, second) = (vn.send(sg.id(), "a").unwrap(), vn.send(sg.id(), "b").unwrap());
    check_settled(&world, 0, 1);
    let year = 365 * 86_400;
    for years in [10, -20] {
        let parcel = vn.exchange.offer(sg.id(), None).unwrap();
        sg.clock.advance(years * year);
        let opened = sg.exchange.show(&now(sg, &first), "officer").unwrap();
        let (body, shown) = (opened.content.body, opened.row.state);
        assert_eq!((body.as_slice(), shown), (b"a".as_slice(), MessageState::Accepted));
        let refused = sg.exchange.handle(&now(sg, &second), None).unwrap_err();
        assert_eq!(refused.code(), "key_expired");
        let taken = sg.exchange.take(Some(vn.id()), &parcel.bytes);
        assert!(taken.is_err() || taken.unwrap().received.is_empty());
    }
    sg.clock.advance(10 * year);
    sg.exchange.show(&now(sg, &first), "officer").unwrap();
    sg.exchange.handle(&now(sg, &second), None).unwrap();
    check_settled(&world, 0, 1);
    assert_eq!(
        (state(vn, &first), state(vn, &second)),
        (MessageState::Opened, MessageState::Handled)
    );
}

/// What our own machine cannot do is never said to be the sender's fault.
#[test]
fn a_failure_of_the_receiver_stops_the_parcel_and_says_nothing_of_the_message() {
    let (world, _folder) = world(11, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let sent = vn.send(sg.id(), "a").unwrap();
    let parcel = vn.exchange.offer(sg.id(), None).unwrap();
    sg.keys.fail(true);
    assert_eq!(sg.exchange.take(Some(vn.id()), &parcel.bytes).unwrap_err().code(), "system");
    assert_eq!((log(sg, vn, sg).size, log(sg, sg, vn).size), (0, 0), "nothing was signed");
    sg.keys.fail(false);
    check_settled(&world, 0, 1);
    assert_eq!(state(vn, &sent), MessageState::Accepted);
}

#[test]
fn what_cannot_be_sent_is_known_before_anybody_records_it() {
    let (world, folder) = world(12, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    vn.send(sg.id(), "a").unwrap();
    check_settled(&world, 0, 1);
    vn.exchange.check(sg.id(), &message("b")).unwrap();
    store::record::SqliteRecord::mark_restored(&folder.path().join("0/record.db")).unwrap();
    let code = |outgoing| vn.exchange.check(sg.id(), &outgoing).unwrap_err().code();
    assert_eq!(code(message("b")), "record_behind");
    check_settled(&world, 0, 1);
    assert_eq!(code(Outgoing { kind: "NO KIND".to_owned(), ..message("b") }), "bad_content");
    world.advance(91 * 86_400);
    assert_eq!(code(message("b")), "no_sealing_key");
}
