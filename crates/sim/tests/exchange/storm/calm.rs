//! After the faults have stopped: everything drains within a minute of simulated time, nothing is
//! lost, and whoever wrote two records is caught.

use node::exchange::Standing;
use node::port::record::MessageState;
use sim::chance::Chance;
use sim::invariants::{Moment, broken};

use super::home::End;
use super::plan::What;
use super::sea::Sea;

/// I6: so long may it take, in milliseconds.
const DRAINED: u64 = 60_000;
/// A parcel there and an answer back, or a piece, takes so long: across the world and back.
const TURN: u64 = 300;
/// The waits after a failed try, as `peer::retry::wait` has them at their longest: a second, and
/// twice as long each time. The crate is on the floor of this one and cannot be asked.
const FIRST_WAIT: u64 = 1_000;
/// More tries of one courier than a minute holds.
const MAX_TURNS: usize = 2_000;

/// Who carries parcels from one node to another: at once where there is news, and after a failed
/// try when its wait is over.
struct Courier {
    from: usize,
    to: usize,
    at: u64,
    failed: u32,
    /// Why its last failed try failed.
    last: &'static str,
    is_done: bool,
}

impl Sea {
    /// The faults stop; then everything has to come to rest. How many milliseconds it took.
    pub(super) fn calm(&mut self) -> u64 {
        for place in 0..self.homes.len() {
            self.start(place, End::Killed, None);
        }
        self.set_clocks_right();
        for one in 0..self.homes.len() {
            for other in (0..self.homes.len()).filter(|other| *other != one) {
                self.let_in(one, other, Standing::Active);
            }
        }
        // An officer suspends whoever is hostile: a node that may be behind waits for nobody who is
        // suspended before it issues a card.
        if let Some((.., victim)) = &self.twin {
            self.let_in(*victim, 3, Standing::Suspended);
        }
        let took = self.drain();
        assert!(took <= DRAINED, "I6: it took {took} ms until all had come to rest");
        self.check_end();
        took
    }

    fn drain(&mut self) -> u64 {
        let mut couriers = Vec::new();
        for from in 0..self.homes.len() {
            let others = (0..self.homes.len()).filter(|to| *to != from);
            let others = others.filter(|to| !self.is_hostile(from, *to));
            let new = |to| Courier { from, to, at: 0, failed: 0, last: "", is_done: false };
            couriers.extend(others.map(new));
        }
        let mut last = 0;
        for _ in 0..MAX_TURNS {
            let waiting = couriers.iter_mut().filter(|one| !one.is_done);
            let Some(courier) = waiting.min_by_key(|one| one.at) else { return last };
            let Courier { from, to, at, .. } = *courier;
            let last_code = courier.last;
            let (end, is_done) = match self.turn(from, to) {
                Ok((turns, is_done)) => {
                    courier.failed = 0;
                    (at + turns * TURN, is_done)
                }
                Err(code) => {
                    courier.last = code;
                    let wait = FIRST_WAIT << courier.failed.min(9);
                    courier.failed += 1;
                    (at + TURN + wait, false)
                }
            };
            (courier.at, courier.is_done) = (end, is_done);
            last = last.max(end);
            let who = format!("{from} and {to} ({last_code})");
            assert!(at <= DRAINED, "I6: {who} have not come to rest after {at} ms");
        }
        panic!("I6: no rest after {MAX_TURNS} turns");
    }

    /// One turn of a courier: a parcel, its answer, and the files that one of the two lacks. How
    /// many turns of the line that took, and whether there is nothing more.
    fn turn(&mut self, from: usize, to: usize) -> Result<(u64, bool), &'static str> {
        let mut turns = 1;
        // A card that could not be issued while the disk failed goes out now, or once its node has
        // got back what it had lost.
        for place in [from, to] {
            if self.unissued.contains(&place) {
                self.issue(place);
            }
        }
        self.talk_once(from, to)?;
        for (lacks, has) in [(from, to), (to, from)] {
            let missing = self.world.at(lacks).exchange.blobs_between(self.world.at(has).id());
            for name in self.heard(lacks, missing)?.0 {
                let mut chance = Chance::new(0);
                // What its sender has lost with an older copy of its disk does not come any more.
                if self.world.at(has).exchange.blob(name).is_ok() {
                    turns += self.pieces_of(name, What::Pieces, (has, lacks), &mut chance)?;
                }
            }
        }
        let is_at_rest = self.world.is_at_rest(from, to);
        let is_at_rest = self.heard(from, is_at_rest)?;
        let is_done = is_at_rest && self.unissued.is_empty();
        if is_at_rest {
            self.note_recovered(from, to);
        }
        Ok((turns, is_done))
    }

    fn check_end(&mut self) {
        for from in 0..self.homes.len() {
            self.check_safe(from);
            for to in (0..self.homes.len()).filter(|to| *to != from) {
                if !self.is_hostile(from, to) {
                    let found =
                        broken(self.world.at(from), self.world.at(to), Moment::Settled).unwrap();
                    assert!(found.is_empty(), "{from} to {to}: {found:#?}");
                }
            }
        }
        let hostile = self.twin.as_ref().map(|(.., victim)| (*victim, 3));
        self.recovering.retain(|pair| Some(*pair) != hostile);
        assert!(self.recovering.is_empty(), "{:?} are behind for good", self.recovering);
        for (from, to, id) in self.sent.clone() {
            if self.is_hostile(from, to) {
                continue;
            }
            let (sender, receiver) = (self.world.at(from), self.world.at(to));
            let number = node::exchange::hexadecimal(id);
            let here = sender.exchange.find(&number).unwrap();
            let there = receiver.exchange.find(&number);
            assert!(there.is_ok(), "I1: {number} from {from} to {to} is lost");
            let is_known = !matches!(here.state, MessageState::Queued | MessageState::Waiting);
            let is_waiting = there.unwrap().state == MessageState::Waiting;
            assert!(is_known || is_waiting, "{number} is said of nothing: {here:?}");
        }
        self.check_fork();
    }

    /// Who was shown two records has frozen, with both heads to prove it.
    fn check_fork(&mut self) {
        let Some((twin, _home, victim)) = self.twin.take() else { return };
        self.let_in(victim, 3, Standing::Active);
        let to = self.world.at(victim).id();
        for _ in 0..4 {
            let _ = self.talk_once(3, victim);
            let offer = twin.exchange.offer(to, None).unwrap();
            let _ = self.take(victim, 3, true, &offer.bytes);
        }
        let (kept_by, from) = (self.world.at(victim), self.world.at(3));
        let row = super::super::log(kept_by, from, kept_by);
        assert_eq!(row.frozen.as_deref(), Some("record_forked"), "nobody was caught");
        let proof = String::from_utf8(row.proof.unwrap()).unwrap();
        let origin = format!("lienket/{}/{}\n", from.id().0, kept_by.id().0);
        assert_eq!(proof.matches(&origin).count(), 2, "two heads: {proof}");
        let send = from.send(to, "and more").map(drop);
        let offer = from.exchange.offer(to, None).unwrap();
        drop(send);
        let refused = self.take(victim, 3, true, &offer.bytes);
        assert_eq!(refused.err(), Some("record_frozen"), "nothing more is taken");
    }
}
