//! Who carries a message on, and what he tries: other handling, another first sender, a copy that
//! stays when the message is destroyed.

use envelope::envelope::Envelope;
use node::event::Event;
use node::exchange::Outgoing;

use super::office::Office;
use super::onward::{forwarded, found, free, in_court, permit};
use super::{code, draft, offices, sent, talk};

/// What a forward holds, as its carrier sent it.
fn outgoing(office: &Office, passed: &str) -> Outgoing {
    let (exchange, row) = found(office, passed);
    let content = exchange.open(&row).unwrap();
    Outgoing {
        kind: content.kind,
        handling: content.handling,
        body: content.body,
        in_reply_to: None,
        due: None,
        attachments: content.attachments,
    }
}

/// A carrier that promises less than the first sender asked for, or more, is refused at the door.
#[test]
fn a_carrier_cannot_change_what_the_first_sender_asked_for() {
    let (mut all, _folder) = offices();
    let message = sent(&mut all, 0, 1, draft("a"));
    permit(&mut all, 0, &message, false, Some("TH"));
    let passed = forwarded(&mut all, 1, &message, 2);
    let (sg, th) = (all[1].exchange(), all[2].id());
    let right = outgoing(&all[1], &passed);
    let send = |change: &dyn Fn(&mut Outgoing)| {
        let mut changed = right.clone();
        change(&mut changed);
        sg.send(sg.new_id().unwrap(), th, changed).unwrap();
        talk(&all[1], &all[2]).iter().map(|one| one.code).collect::<Vec<_>>()
    };
    assert_eq!(send(&|_| {}), Vec::<&str>::new());
    assert_eq!(send(&|one| one.handling.limits.clear()), ["bad_content"]);
    assert_eq!(send(&|one| one.handling.tlp = model::indicator::Tlp::Clear), ["bad_content"]);
    assert_eq!(
        send(&|one| one.handling.retain_until = Some(sim::world::day(9_000, 0))),
        ["bad_content"]
    );
    assert_eq!(send(&|one| one.body.truncate(one.body.len() - 1)), ["bad_content"]);
    let text = |one: &mut Outgoing| {
        let place = one.body.windows(14).position(|part| part == b"case VN-C-2026").unwrap();
        one.body[place] = b'C';
    };
    assert_eq!(send(&text), ["bad_content"], "the first sender signed other words");
    // What was passed on, passed on once more as if the carrier had written it.
    let row = all[1].exchange().find(&passed).unwrap();
    let envelope = sg.signed(&row).unwrap().without_content();
    let content = sg.open(&row).unwrap().write().to_vec();
    let bytes = |bytes: &[u8]| {
        let length = u16::try_from(bytes.len()).unwrap().to_be_bytes();
        [&[0x59], length.as_slice(), bytes].concat()
    };
    let nested = [&[0xa2, 0], bytes(&envelope).as_slice(), &[1], &bytes(&content)].concat();
    assert_eq!(send(&|one| one.body.clone_from(&nested)), ["bad_content"]);
}

/// A carrier invents a message and says that it was ours, or a third agency's.
#[test]
fn a_forged_first_sender_is_told_and_frees_nothing() {
    let (mut all, _folder) = offices();
    let message = sent(&mut all, 0, 1, draft("a"));
    let back = forwarded(&mut all, 1, &message, 0);
    // The signature over the envelope is broken in one bit; the content is the one committed to.
    let mut forged = outgoing(&all[1], &back);
    let (exchange, row) = found(&all[0], &message);
    let whole = exchange.signed(&row).unwrap().without_content();
    let place = forged.body.windows(whole.len()).position(|part| part == whole).unwrap();
    let mut changed = whole.clone();
    let spoiled = (0..changed.len()).rev().find(|at| {
        let mut tried = whole.clone();
        tried[*at] ^= 1;
        let Ok(envelope) = Envelope::parse_without_content(&tried) else { return false };
        let key = all[0].exchange().book().mine[0].card().signing[0].key;
        envelope.check(&key).is_err()
            && envelope.header() == exchange.signed(&row).unwrap().header()
            && envelope.commitment() == exchange.signed(&row).unwrap().commitment()
    });
    changed[spoiled.unwrap()] ^= 1;
    forged.body[place..place + whole.len()].copy_from_slice(&changed);
    let sg = all[1].exchange();
    let number =
        node::exchange::hexadecimal(sg.send(sg.new_id().unwrap(), all[0].id(), forged).unwrap().id);
    assert_eq!(talk(&all[1], &all[0]), []);
    let opened = all[0].node.read_message("first", &number).unwrap();
    let origin = opened.origin.unwrap();
    assert_eq!((origin.agency.as_str(), origin.signature), ("A05", "wrong"));
    assert_eq!(code(all[0].node.forward("first", &number, "TH")), "needs_permission");
    assert_eq!(in_court(&all[0], &number), "needs_permission");
}

/// What a first sender wants destroyed is destroyed, in the copy that was passed on as well.
#[test]
fn passing_on_does_not_outlive_the_time() {
    let (mut all, _folder) = offices();
    let mut until = free("a");
    until.handling.retain_until = Some("2027-01-20".to_owned());
    let message = sent(&mut all, 0, 1, until);
    let passed = forwarded(&mut all, 1, &message, 2);
    all.iter_mut().for_each(|office| office.clock.advance(6 * 86_400));
    for (place, expected) in [(0, 0), (1, 2), (2, 1)] {
        let gone = all[place].node.retention("first").unwrap().messages.len();
        assert_eq!(gone, expected, "{}", all[place].name);
    }
    for (place, number) in [(1, &message), (1, &passed), (2, &passed)] {
        assert_eq!(code(all[place].node.read_message("first", number)), "no_content");
    }
    assert_eq!(talk(&all[1], &all[2]), []);
}

#[test]
fn what_is_called_back_is_destroyed_with_the_copy_that_was_passed_on() {
    let (mut all, _folder) = offices();
    let (message, other) = (sent(&mut all, 0, 1, free("a")), sent(&mut all, 0, 1, free("b")));
    let passed = forwarded(&mut all, 1, &message, 2);
    let kept = forwarded(&mut all, 1, &other, 2);
    all[0].node.recall("first", &message).unwrap();
    let (vn, sg) = (all[0].exchange(), all[1].exchange());
    let order = vn.offer(all[1].id(), None).unwrap();
    let taken = sg.take(Some(all[0].id()), &order.bytes).unwrap();
    let erased = taken.erased.clone();
    let numbers: Vec<_> = erased.iter().map(|id| node::exchange::hexadecimal(*id)).collect();
    assert_eq!(numbers, [message.clone(), passed.clone()]);
    let from = all[0].id();
    all[1].node.took(from, &taken).unwrap();
    assert_eq!(
        all[1].newest(),
        ("node".to_owned(), Event::MessageErased { message: passed.clone() })
    );
    for number in [&message, &passed] {
        assert_eq!(code(all[1].node.read_message("first", number)), "no_content");
    }
    assert_eq!(all[1].node.read_message("first", &kept).unwrap().text, "b");
    assert_eq!((talk(&all[0], &all[1]), talk(&all[1], &all[2])), (vec![], vec![]));
}
