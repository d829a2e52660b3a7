//! Messages and their files in a storm: sealed and sent, and carried over piece by piece.

use model::digest::Digest;
use node::exchange::Outgoing;
use sim::chance::Chance;
use sim::world::message;

use super::plan::What;
use super::sea::{Sea, bend};

/// Lengths of files: from nothing to three pieces.
const LENGTHS: [usize; 5] = [0, 500, 70_000, 1_100_000, 2_200_000];

impl Sea {
    /// A message is sent, with so many files.
    pub(super) fn send(&mut self, from: usize, to: usize, files: u64, chance: &mut Chance) {
        let (sender, receiver) = (self.world.at(from), self.world.at(to).id());
        let mut attachments = Vec::new();
        for _ in 0..files {
            let length = LENGTHS[chance.below(LENGTHS.len() as u64) as usize];
            let fill = chance.draw() as u8;
            let bytes: Vec<u8> = (0..length).map(|place| fill ^ (place / 3) as u8).collect();
            let sealed = sender.exchange.seal_file("a.bin", &mut bytes.as_slice());
            match sealed {
                Ok(file) => attachments.push(file),
                Err(error) => {
                    let _ = self.heard::<()>(from, Err(error));
                    return;
                }
            }
        }
        let text = format!("message {}", chance.draw());
        let due = (chance.below(4) == 0).then(|| sim::world::day(400, 0));
        let outgoing = Outgoing { attachments, due, ..message(&text) };
        let sent =
            sender.exchange.new_id().and_then(|id| sender.exchange.send(id, receiver, outgoing));
        if let Ok(row) = self.heard(from, sent) {
            self.sent.insert((from, to, row.id));
        }
    }

    /// Pieces of what one lacks go over to it from another.
    pub(super) fn pieces(&mut self, what: What, to: usize, from: usize, chance: &mut Chance) {
        let missing = self.world.at(to).exchange.blobs_between(self.world.at(from).id());
        let Ok((missing, _)) = self.heard(to, missing) else { return };
        if missing.is_empty() {
            return;
        }
        let name = missing[chance.below(missing.len() as u64) as usize];
        let _ = self.pieces_of(name, what, (from, to), chance);
    }

    /// Pieces of a sealed file go over; how many.
    pub(super) fn pieces_of(
        &mut self,
        name: Digest,
        what: What,
        (from, to): (usize, usize),
        chance: &mut Chance,
    ) -> Result<u64, &'static str> {
        let id = self.world.at(from).id();
        let ours = self.world.at(from).exchange.blob(name);
        let ours = self.heard(from, ours)?;
        let (sealed, pieces) = (ours.sealed, ours.pieces.clone());
        let held = self.world.at(to).exchange.begin_blob(id, name, sealed, pieces);
        let held = self.heard(to, held)?;
        let theirs = self.world.at(to).exchange.blob(name);
        let theirs = self.heard(to, theirs)?;
        let is_lacking = |piece: &u64| held[(piece / 8) as usize] >> (piece % 8) & 1 == 0;
        let mut lacking: Vec<u64> = (0..ours.pieces.len() as u64).filter(is_lacking).collect();
        if what == What::PiecesMixed && lacking.len() > 1 {
            lacking.reverse();
            self.count("pieces out of order");
        }
        let (mut went, last) = (0, chance.below(lacking.len() as u64 + 1));
        for piece in lacking {
            if what == What::PiecesCut && went == last {
                self.count("pieces cut off");
                break;
            }
            let bytes = self.world.at(from).exchange.piece(&ours, piece);
            let mut bytes = self.heard(from, bytes)?;
            if what == What::PiecesBent {
                bend(&mut bytes, chance);
                self.count("piece bent");
                let put = self.world.at(to).exchange.put_piece(&theirs, piece, &bytes);
                assert_eq!(put.unwrap_err().code(), "file_damaged", "a bent piece");
                continue;
            }
            let put = self.world.at(to).exchange.put_piece(&theirs, piece, &bytes);
            self.heard(to, put)?;
            // Where the line is cut right after a piece, nobody says that it is to be kept.
            if what == What::PiecesCut && chance.below(3) == 0 {
                self.count("piece not kept");
                break;
            }
            let kept = self.world.at(to).exchange.keep_pieces(name, vec![piece]);
            self.heard(to, kept)?;
            went += 1;
        }
        Ok(went)
    }
}
