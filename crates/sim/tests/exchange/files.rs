//! Files that go with messages, piece by piece.

use envelope::attachment::{blob_name, piece_count, piece_size, sealed_size};
use model::digest::Digest;
use node::exchange::Outgoing;
use node::port::record::MessageState;
use sim::world::{World, message};

use super::{check_settled, state, world};

/// Pieces that the receiver lacks go over, in the order that `order` gives them; how many went.
fn carry(world: &World, order: impl Fn(Vec<u64>) -> Vec<u64>) -> usize {
    let (vn, sg) = (world.at(0), world.at(1));
    let (missing, _) = sg.exchange.blobs_between(vn.id()).unwrap();
    let mut went = 0;
    for name in missing {
        let ours = vn.exchange.blob(name).unwrap();
        let held = sg.exchange.begin_blob(vn.id(), name, ours.sealed, ours.pieces.clone()).unwrap();
        let theirs = sg.exchange.blob(name).unwrap();
        let is_lacking = |piece: &u64| held[(piece / 8) as usize] >> (piece % 8) & 1 == 0;
        let lacking = (0..ours.pieces.len() as u64).filter(is_lacking).collect();
        for piece in order(lacking) {
            let bytes = vn.exchange.piece(&ours, piece).unwrap();
            sg.exchange.put_piece(&theirs, piece, &bytes).unwrap();
            sg.exchange.keep_pieces(name, vec![piece]).unwrap();
            went += 1;
        }
    }
    went
}

fn check(bytes: &[u8]) {
    let (world, _folder) = world(50, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let file = vn.exchange.seal_file("sao kê.pdf", &mut &*bytes).unwrap();
    assert_eq!(file.size, bytes.len() as u64);
    let outgoing = Outgoing { attachments: vec![file.clone()], ..message("with a file") };
    let sent = vn.exchange.send(vn.exchange.new_id().unwrap(), sg.id(), outgoing).unwrap();
    world.settle(0, 1).unwrap();
    assert_eq!(state(sg, &sent), MessageState::Waiting);
    assert_eq!(state(vn, &sent), MessageState::Queued, "nothing is said before all of it is there");
    carry(&world, |pieces| pieces.into_iter().rev().collect());
    check_settled(&world, 0, 1);
    assert_eq!(state(vn, &sent), MessageState::Accepted);
    let mut opened = Vec::new();
    sg.exchange.open_file(&file, &mut opened).unwrap();
    assert!(opened == bytes);
    assert_eq!(carry(&world, |pieces| pieces), 0);
}

#[test]
fn files_of_any_size_arrive_as_they_were() {
    for size in [0, 1, 65_535, 65_536, 65_537, 16 * 65_536, 16 * 65_536 + 1, 3 << 20] {
        let bytes: Vec<u8> = (0..size).map(|n| (n * 31 / 7) as u8).collect();
        check(&bytes);
    }
}

/// A file of 4 GiB and one byte, of which few pieces come: where they lie is counted with more than
/// 32 bits, and the disk holds no more than what came.
#[test]
fn pieces_beyond_four_gib_lie_where_they_belong() {
    let (world, _folder) = world(55, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let sealed = sealed_size((4 << 30) + 1).unwrap();
    let count = piece_count(sealed);
    let piece = |number: u64| vec![number as u8; piece_size(sealed, number).unwrap()];
    let hash = |number| match number {
        0 | 4_095 | 4_096 => Digest::of(&piece(number)),
        _ => Digest([7; 32]),
    };
    let hashes: Vec<Digest> = (0..count).map(hash).collect();
    assert_eq!((count, piece(4_096).len()), (4_097, 17), "the last byte is a piece of its own");
    let name = blob_name(sealed, &hashes);
    sg.exchange.begin_blob(vn.id(), name, sealed, hashes).unwrap();
    let row = sg.exchange.blob(name).unwrap();
    let wrong = sg.exchange.put_piece(&row, 4_096, &piece(0)).unwrap_err();
    assert_eq!(wrong.code(), "file_damaged");
    assert_eq!(sg.exchange.put_piece(&row, 0, &piece(4_095)).unwrap_err().code(), "file_damaged");
    for number in [4_096, 0, 4_095] {
        sg.exchange.put_piece(&row, number, &piece(number)).unwrap();
        assert!(!sg.exchange.keep_pieces(name, vec![number]).unwrap(), "others are lacking");
    }
    let row = sg.exchange.blob(name).unwrap();
    for number in [0, 4_095, 4_096] {
        assert!(sg.exchange.piece(&row, number).unwrap() == piece(number), "{number}");
    }
    assert_eq!(sg.exchange.piece(&row, 1).unwrap_err().code(), "file_missing");
}

#[test]
fn a_hundred_interruptions_send_each_piece_once() {
    let (mut world, _folder) = world(56, 2);
    let bytes = vec![7; (99 << 20) + 1];
    let file = world.at(0).exchange.seal_file("a.bin", &mut bytes.as_slice()).unwrap();
    let outgoing = Outgoing { attachments: vec![file.clone()], ..message("a") };
    let id = world.at(0).exchange.new_id().unwrap();
    let sent = world.at(0).exchange.send(id, world.at(1).id(), outgoing).unwrap();
    world.settle(0, 1).unwrap();
    let (mut went, mut cuts) = (0, 0);
    while state(world.at(1), &sent) == MessageState::Waiting {
        went += carry(&world, |pieces| pieces.into_iter().take(1).collect());
        cuts += 1;
        world.members[cuts % 2].restart().unwrap();
    }
    assert_eq!((went, cuts), (100, 100));
    check_settled(&world, 0, 1);
    assert_eq!(state(world.at(0), &sent), MessageState::Accepted);
}

#[test]
fn a_message_waits_for_all_of_its_files() {
    let (world, _folder) = world(53, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let seal = |name, byte| vn.exchange.seal_file(name, &mut [byte; 99].as_slice()).unwrap();
    let attachments = vec![seal("a.bin", 1), seal("b.bin", 2)];
    let outgoing = Outgoing { attachments: attachments.clone(), ..message("two files") };
    let sent = vn.exchange.send(vn.exchange.new_id().unwrap(), sg.id(), outgoing).unwrap();
    world.settle(0, 1).unwrap();
    for (file, expected) in attachments.iter().zip([MessageState::Waiting, MessageState::Accepted])
    {
        let ours = vn.exchange.blob(file.blob).unwrap();
        sg.exchange.begin_blob(vn.id(), file.blob, ours.sealed, ours.pieces.clone()).unwrap();
        let theirs = sg.exchange.blob(file.blob).unwrap();
        sg.exchange.put_piece(&theirs, 0, &vn.exchange.piece(&ours, 0).unwrap()).unwrap();
        sg.exchange.keep_pieces(file.blob, vec![0]).unwrap();
        assert_eq!(state(sg, &sent), expected, "{}", file.name);
    }
    check_settled(&world, 0, 1);
    assert_eq!(state(vn, &sent), MessageState::Accepted);
}

#[test]
fn a_cut_transfer_goes_on_where_it_was() {
    let (mut world, _folder) = world(51, 2);
    let bytes = vec![7; 5 << 20];
    let file = world.at(0).exchange.seal_file("a.bin", &mut bytes.as_slice()).unwrap();
    let outgoing = Outgoing { attachments: vec![file.clone()], ..message("a") };
    let id = world.at(0).exchange.new_id().unwrap();
    let sent = world.at(0).exchange.send(id, world.at(1).id(), outgoing).unwrap();
    world.settle(0, 1).unwrap();
    let mut went = 0;
    while state(world.at(1), &sent) == MessageState::Waiting {
        went += carry(&world, |pieces| pieces.into_iter().take(1).collect());
        world.members[1].restart().unwrap();
    }
    let pieces = piece_count(sealed_size(bytes.len() as u64).unwrap());
    assert_eq!((went as u64, pieces), (pieces, 5), "each piece once");
    check_settled(&world, 0, 1);
}

#[test]
fn pieces_that_are_not_the_ones_named_are_refused() {
    let (world, _folder) = world(52, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let file = vn.exchange.seal_file("a.bin", &mut [1_u8; 100].as_slice()).unwrap();
    let ours = vn.exchange.blob(file.blob).unwrap();
    let begin = |sealed, pieces| sg.exchange.begin_blob(vn.id(), file.blob, sealed, pieces);
    let code = begin(ours.sealed + 1, ours.pieces.clone()).unwrap_err().code();
    assert_eq!(code, "file_damaged");
    assert_eq!(begin(ours.sealed, Vec::new()).unwrap_err().code(), "file_damaged");
    assert_eq!(begin(u64::MAX, Vec::new()).unwrap_err().code(), "file_damaged");
    begin(ours.sealed, ours.pieces.clone()).unwrap();
    let theirs = sg.exchange.blob(file.blob).unwrap();
    let piece = vn.exchange.piece(&ours, 0).unwrap();
    let mut bent = piece.clone();
    bent[3] ^= 1;
    for (number, bytes) in [(0, bent.as_slice()), (0, &piece[1..]), (1, &piece), (u64::MAX, &piece)]
    {
        let refused = sg.exchange.put_piece(&theirs, number, bytes).unwrap_err();
        assert_eq!(refused.code(), "file_damaged", "{number}");
    }
    assert_eq!(sg.exchange.piece(&theirs, 0).unwrap_err().code(), "file_missing");
}

/// A bit that the disk has changed is found before anybody is shown the file, wherever it lies.
#[test]
fn a_flipped_bit_in_a_kept_file_is_found_when_it_is_opened() {
    let (world, folder) = world(57, 2);
    let vn = world.at(0);
    let file = vn.exchange.seal_file("a.bin", &mut [1_u8; 100_000].as_slice()).unwrap();
    let name = file.blob.to_string();
    let path = folder.path().join("0/blobs").join(&name[..2]).join(&name);
    let whole = std::fs::read(&path).unwrap();
    for place in (0..whole.len()).step_by(whole.len() / 50) {
        let mut bent = whole.clone();
        bent[place] ^= 1 << (place % 8);
        std::fs::write(&path, &bent).unwrap();
        let refused = vn.exchange.open_file(&file, &mut Vec::new()).unwrap_err();
        assert_eq!(refused.code(), "file_damaged", "byte {place}");
    }
    std::fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    assert!(vn.exchange.open_file(&file, &mut Vec::new()).is_err(), "its last byte is missing");
    std::fs::write(&path, &whole).unwrap();
    vn.exchange.open_file(&file, &mut Vec::new()).unwrap();
}

#[test]
fn the_files_of_what_was_recalled_are_destroyed_with_it() {
    let (world, _folder) = world(54, 2);
    let (vn, sg) = (world.at(0), world.at(1));
    let file = vn.exchange.seal_file("a.bin", &mut [1_u8; 100].as_slice()).unwrap();
    let outgoing = Outgoing { attachments: vec![file.clone()], ..message("a") };
    let sent = vn.exchange.send(vn.exchange.new_id().unwrap(), sg.id(), outgoing).unwrap();
    world.settle(0, 1).unwrap();
    carry(&world, |pieces| pieces);
    check_settled(&world, 0, 1);
    sg.exchange.open_file(&file, &mut Vec::new()).unwrap();
    let order = Outgoing { kind: "erase".to_owned(), body: sent.id.0.to_vec(), ..message("") };
    vn.exchange.send(vn.exchange.new_id().unwrap(), sg.id(), order).unwrap();
    world.settle(0, 1).unwrap();
    assert_eq!(state(sg, &sent), MessageState::Erased);
    assert_eq!(sg.exchange.blob(file.blob).unwrap_err().code(), "file_missing");
    vn.exchange.open_file(&file, &mut Vec::new()).unwrap();
}
