//! What the nodes do while they are killed: files, messages in both directions, receipts, a carried
//! file, new keys, a content that is destroyed. It is done again on whatever is left.

use envelope::envelope::MessageId;
use node::exchange::{Outgoing, hexadecimal};
use node::port::record::{MessageRow, MessageState};
use sim::world::{World, day, message};

/// A file of two pieces, the second one short.
const FILE: usize = (1 << 20) + 1_000;

/// What was acknowledged before the kill.
#[derive(Default)]
pub(crate) struct Told {
    /// Messages that a node has, by the place of the node.
    pub(crate) durable: Vec<(usize, String)>,
    /// How often node 0 had got new keys.
    pub(crate) renewed: usize,
}

impl Told {
    pub(crate) fn read<'l>(lines: impl Iterator<Item = &'l str>) -> Told {
        let mut told = Told::default();
        lines.for_each(|line| told.add(line));
        told
    }

    pub(crate) fn add(&mut self, line: &str) {
        match line.split_once(' ') {
            Some((place, id)) => self.durable.push((place.parse().unwrap(), id.to_owned())),
            None => self.renewed += 1,
        }
    }
}

/// The keys that the first node had got are there, for they were on its disk.
pub(crate) fn keys_again(world: &World, told: &Told) {
    for _ in 0..told.renewed {
        renew(world);
    }
    // A node that starts issues the card that its keys ask for.
    if told.renewed > 0 {
        world.at(0).issue(&[]).unwrap();
    }
}

fn renew(world: &World) {
    world.at(0).keys.renew(day(-1, 0), day(400, 0), false);
}

/// Parcels and pieces go until both are at rest.
pub(crate) fn settle(world: &World) {
    world.settle(0, 1).unwrap();
    for (to, from) in [(1, 0), (0, 1)] {
        pieces(world, from, to);
    }
    world.settle(0, 1).unwrap();
}

/// Pieces that one node lacks of the other's files.
fn pieces(world: &World, from: usize, to: usize) {
    let (from, to) = (world.at(from), world.at(to));
    let (missing, _) = to.exchange.blobs_between(from.id()).unwrap();
    for name in missing {
        let ours = from.exchange.blob(name).unwrap();
        let held = to.exchange.begin_blob(from.id(), name, ours.sealed, ours.pieces.clone());
        let (held, theirs) = (held.unwrap(), to.exchange.blob(name).unwrap());
        for number in 0..ours.pieces.len() as u64 {
            if held[(number / 8) as usize] >> (number % 8) & 1 == 0 {
                let bytes = from.exchange.piece(&ours, number).unwrap();
                to.exchange.put_piece(&theirs, number, &bytes).unwrap();
                to.exchange.keep_pieces(name, vec![number]).unwrap();
            }
        }
    }
}

/// All of it. `say` hears what is durable, the moment that it is.
pub(crate) fn run(world: &World, say: &mut dyn FnMut(String)) {
    let (vn, sg) = (world.at(0), world.at(1));
    let send = |place: usize, outgoing: Outgoing, say: &mut dyn FnMut(String)| -> MessageRow {
        let (from, to) = (world.at(place), world.at(1 - place));
        let id = from.exchange.new_id().unwrap();
        let row = from.exchange.send(id, to.id(), outgoing).unwrap();
        say(format!("{place} {}", hexadecimal(row.id)));
        row
    };
    let file = vn.exchange.seal_file("a.bin", &mut [7_u8; FILE].as_slice()).unwrap();
    let with_file = send(0, Outgoing { attachments: vec![file], ..message("a") }, say);
    let plain = send(0, message("b"), say);
    let answer = send(1, message("c"), say);
    let parcel = vn.exchange.offer(sg.id(), None).unwrap();
    for id in sg.exchange.take(Some(vn.id()), &parcel.bytes).unwrap().received {
        say(format!("1 {}", hexadecimal(id)));
    }
    settle(world);
    told(world, say);
    let came = |id: MessageId| sg.exchange.find(&hexadecimal(id)).unwrap();
    sg.exchange.show(&came(plain.id), "officer").unwrap();
    sg.exchange.handle(&came(plain.id), Some("frozen".to_owned())).unwrap();
    carried(world, say);
    say("renewed".to_owned());
    renew(world);
    vn.issue(&[]).unwrap();
    send(0, message("under the new keys"), say);
    settle(world);
    // What its sender calls back is destroyed with its file.
    let order = Outgoing { kind: "erase".to_owned(), body: with_file.id.0.to_vec(), ..message("") };
    send(0, order, say);
    settle(world);
    told(world, say);
    let state = |row: &MessageRow| sg.exchange.find(&hexadecimal(row.id)).unwrap().state;
    assert_eq!((state(&plain), state(&with_file)), (MessageState::Handled, MessageState::Erased));
    assert_eq!(state(&answer), MessageState::Accepted);
}

/// A file that goes by hand, and is taken twice.
fn carried(world: &World, say: &mut dyn FnMut(String)) {
    let (vn, sg) = (world.at(0), world.at(1));
    let id = sg.exchange.new_id().unwrap();
    sg.exchange.send(id, vn.id(), message("by hand")).unwrap();
    say(format!("1 {}", hexadecimal(id)));
    let mut parcels = Vec::new();
    let each = &mut |offer: node::exchange::Offer| {
        parcels.push(offer.bytes);
        Ok(())
    };
    sg.exchange.offers(vn.id(), each).unwrap();
    for parcel in parcels.iter().chain(&parcels) {
        for id in vn.exchange.take(None, parcel).unwrap().received {
            say(format!("0 {}", hexadecimal(id)));
        }
    }
}

/// What each node knows to be in the other's inbox is there for good.
fn told(world: &World, say: &mut dyn FnMut(String)) {
    for (from, to) in [(0, 1), (1, 0)] {
        let member = world.at(from);
        let states = vec![MessageState::Accepted, MessageState::Opened, MessageState::Handled];
        let from = Some(member.id());
        let wanted = node::port::record::Wanted { from, states, most: 1_000, ..Default::default() };
        for row in member.exchange.messages(&wanted).unwrap() {
            say(format!("{to} {}", hexadecimal(row.id)));
        }
    }
}
