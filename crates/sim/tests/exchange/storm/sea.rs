//! The state of a storm: nodes on their disks, what is under way between them, and what each was
//! told is safe. Every event is carried out here or in `trouble`, and judged after it.

use std::collections::{BTreeMap, BTreeSet};

use envelope::envelope::MessageId;
use node::exchange::{CODES, ExchangeError};
use node::port::record::Wanted;
use sim::chance::Chance;
use sim::invariants::{Moment, broken};
use sim::world::{Member, World};

use super::home::Home;
use super::plan::{Event, What, members};

/// Faults by kind.
pub(super) type Faults = BTreeMap<&'static str, u64>;

/// Parcels from one to another: one on the line, several in a carried file.
#[derive(Clone)]
pub(super) struct UnderWay {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) parcels: Vec<Vec<u8>>,
    /// How often it has been brought.
    pub(super) times: u64,
}

/// A storm.
pub(super) struct Sea {
    pub(super) world: World,
    pub(super) homes: Vec<Home>,
    pub(super) line: Vec<UnderWay>,
    /// Carried files that lie about.
    pub(super) sticks: Vec<UnderWay>,
    /// Copies of disks, the newest of each node.
    pub(super) copies: BTreeMap<usize, Home>,
    /// What `send` has said is safe: sender, receiver, number.
    pub(super) sent: BTreeSet<(usize, usize, MessageId)>,
    /// What `take` has said is safe: receiver, sender, number.
    pub(super) came: BTreeSet<(usize, usize, MessageId)>,
    /// How far each clock is from the right time.
    pub(super) offsets: Vec<i64>,
    /// So many seconds have gone by.
    pub(super) seconds: i64,
    /// What is about to go wrong on each disk, and how the program ends then.
    pub(super) ordered: BTreeMap<usize, (&'static str, super::home::End)>,
    /// Nodes out of copies, with whom they have not got everything back from yet.
    pub(super) recovering: BTreeSet<(usize, usize)>,
    pub(super) rotations: Vec<u8>,
    /// Nodes with keys that no card of theirs names yet.
    pub(super) unissued: BTreeSet<usize>,
    /// Who has suspended whom.
    pub(super) suspended: Option<(usize, usize)>,
    /// The second node of a hostile member, its home, and who was shown two records.
    pub(super) twin: Option<(Member, Home, usize)>,
    pub(super) faults: Faults,
    /// Nodes whose exchange has said that its own machine failed, in this event.
    pub(super) failed: BTreeSet<usize>,
}

impl Sea {
    /// Agencies that know each other, before the storm.
    pub(super) fn new(seed: u64) -> Sea {
        let count = members(seed);
        let homes: Vec<Home> = (0..count).map(|_| Home::new()).collect();
        let world = World::acquainted(1_000 + seed, count, |place| homes[place].open().unwrap());
        let world = world.unwrap();
        if count > 2 {
            (0..2).for_each(|place| world.ask_witness(place, 2));
        }
        Sea {
            world,
            homes,
            line: Vec::new(),
            sticks: Vec::new(),
            copies: BTreeMap::new(),
            sent: BTreeSet::new(),
            came: BTreeSet::new(),
            offsets: vec![0; count],
            seconds: 0,
            ordered: BTreeMap::new(),
            recovering: BTreeSet::new(),
            rotations: vec![0; count],
            unissued: BTreeSet::new(),
            suspended: None,
            twin: None,
            faults: Faults::new(),
            failed: BTreeSet::new(),
        }
    }

    /// Carries out an event, and judges what it did.
    pub(super) fn carry_out(&mut self, event: Event) {
        self.failed.clear();
        let Event { what, one, other, .. } = event;
        let mut chance = Chance::new(event.number);
        match what {
            What::Send => self.send(one, other, 0, &mut chance),
            What::SendFiles => self.send(one, other, 1 + chance.below(2), &mut chance),
            What::Offer => self.offer(one, other),
            What::Arrive | What::Overtake | What::Double | What::Bend => {
                self.arrive(what, &mut chance);
            }
            What::Lose if !self.line.is_empty() => {
                let place = chance.below(self.line.len() as u64) as usize;
                self.line.remove(place);
                self.count("parcel lost");
            }
            What::Talk => self.talk(one, other),
            What::Settle => {
                (0..4).for_each(|_| self.talk(one, other));
                self.note_recovered(one, other);
            }
            What::StickWrite => self.write_stick(one, other),
            What::StickBring => self.bring_stick(false, &mut chance),
            What::StickHalf => self.bring_stick(true, &mut chance),
            What::Pieces | What::PiecesCut | What::PiecesBent | What::PiecesMixed => {
                self.pieces(what, one, other, &mut chance);
            }
            What::Show | What::Handle => self.read_one(what, one, &mut chance),
            _ => self.trouble(event, &mut chance),
        }
        self.mend();
        self.judge(one, other);
    }

    pub(super) fn count(&mut self, kind: &'static str) {
        *self.faults.entry(kind).or_default() += 1;
    }

    /// What an exchange has answered; a refusal has a code that has a text, and the machine is
    /// never said to have failed where it has not (I5).
    pub(super) fn heard<T>(
        &mut self,
        place: usize,
        answer: Result<T, ExchangeError>,
    ) -> Result<T, &'static str> {
        answer.map_err(|error| {
            let code = error.code();
            if code == "system" {
                let struck = self.homes[place].is_struck();
                assert!(struck.0 || struck.1, "node {place} fails on a sound disk: {error}");
                self.failed.insert(place);
            } else {
                assert!(CODES.contains(&code), "I5: {code} has no text");
            }
            code
        })
    }

    fn offer(&mut self, from: usize, to: usize) {
        let offer = self.world.at(from).exchange.offer(self.world.at(to).id(), None);
        if let Ok(offer) = self.heard(from, offer) {
            self.line.push(UnderWay { from, to, parcels: vec![offer.bytes], times: 0 });
        }
    }

    /// A parcel arrives.
    fn arrive(&mut self, what: What, chance: &mut Chance) {
        if self.line.is_empty() {
            return;
        }
        let place = match what {
            What::Arrive => 0,
            _ => chance.below(self.line.len() as u64) as usize,
        };
        let UnderWay { from, to, mut parcels, .. } = match what {
            What::Double => self.line[place].clone(),
            _ => self.line.remove(place),
        };
        match what {
            What::Bend => {
                bend(&mut parcels[0], chance);
                self.count("parcel bent");
            }
            What::Double => self.count("parcel doubled"),
            _ if place > 0 => self.count("parcel out of order"),
            _ => {}
        }
        let _ = self.take(to, from, true, &parcels[0]);
    }

    /// One takes a parcel of another; what it says is safe is noted.
    pub(super) fn take(
        &mut self,
        place: usize,
        from: usize,
        is_live: bool,
        parcel: &[u8],
    ) -> Result<node::exchange::Taken, &'static str> {
        let by = is_live.then(|| self.world.at(from).id());
        let taken = self.world.at(place).exchange.take(by, parcel);
        let taken = self.heard(place, taken)?;
        for one in &taken.refused {
            assert!(CODES.contains(&one.code), "I5: {} has no text", one.code);
        }
        let new = taken.received.iter().chain(&taken.waiting);
        self.came.extend(new.map(|id| (place, from, *id)));
        Ok(taken)
    }

    /// One parcel goes, and the answer comes back.
    pub(super) fn talk_once(&mut self, from: usize, to: usize) -> Result<(), &'static str> {
        let (one, other) = (self.world.at(from).id(), self.world.at(to).id());
        let offer = self.world.at(from).exchange.offer(other, None);
        let offer = self.heard(from, offer)?;
        let there = self.take(to, from, true, &offer.bytes)?;
        let answer = self.world.at(to).exchange.offer(one, Some(&there));
        let answer = self.heard(to, answer)?;
        self.take(from, to, true, &answer.bytes).map(drop)
    }

    fn talk(&mut self, one: usize, other: usize) {
        let _ = self.talk_once(one, other);
    }

    /// Two that have come to rest have given back to each other what one of them had lost.
    pub(super) fn note_recovered(&mut self, one: usize, other: usize) {
        let is_behind = |place: usize, to: usize| {
            let (from, to) = (self.world.at(place), self.world.at(to));
            super::super::log(from, from, to).behind
        };
        let is_whole = !is_behind(one, other) && !is_behind(other, one);
        if is_whole && self.world.is_at_rest(one, other).unwrap_or(false) {
            self.recovering.remove(&(one, other));
            self.recovering.remove(&(other, one));
        }
    }

    fn write_stick(&mut self, from: usize, to: usize) {
        let mut parcels = Vec::new();
        let written = self.world.at(from).exchange.offers(self.world.at(to).id(), &mut |offer| {
            parcels.push(offer.bytes);
            Ok(())
        });
        if self.heard(from, written).is_ok() {
            self.sticks.push(UnderWay { from, to, parcels, times: 0 });
        }
    }

    /// A carried file is brought, an old one too; it stays where it lies.
    fn bring_stick(&mut self, is_half: bool, chance: &mut Chance) {
        if self.sticks.is_empty() {
            return;
        }
        let place = chance.below(self.sticks.len() as u64) as usize;
        let UnderWay { from, to, mut parcels, .. } = self.sticks[place].clone();
        let is_newest =
            !self.sticks[place + 1..].iter().any(|one| (one.from, one.to) == (from, to));
        let times = self.sticks[place].times;
        self.sticks[place].times += 1;
        match (is_newest, times) {
            (false, _) => self.count("old carried file"),
            (true, 0) => {}
            _ => self.count("carried file again"),
        }
        if is_half {
            // The end of it is not there, in the middle of a parcel or between two.
            let last = chance.below(parcels.len() as u64) as usize;
            parcels.truncate(last + 1);
            let cut = chance.below(parcels[last].len() as u64) as usize;
            parcels[last].truncate(cut);
            self.count("carried file in part");
        }
        for parcel in parcels {
            let _ = self.take(to, from, false, &parcel);
        }
    }

    /// An officer opens a message, or answers it.
    fn read_one(&mut self, what: What, place: usize, chance: &mut Chance) {
        let member = self.world.at(place);
        let wanted = Wanted { to: Some(member.id()), most: 100, ..Wanted::default() };
        let rows = member.exchange.messages(&wanted).unwrap();
        let open: Vec<_> = rows.iter().filter(|row| row.key.is_some()).collect();
        if open.is_empty() {
            return;
        }
        let row = open[chance.below(open.len() as u64) as usize];
        let answer = match what {
            What::Show => member.exchange.show(row, "officer").map(drop),
            _ => member.exchange.handle(row, Some("dealt with".to_owned())).map(drop),
        };
        let _ = self.heard(place, answer);
    }

    /// Whether what is between two is the work of a hostile member.
    pub(super) fn is_hostile(&self, one: usize, other: usize) -> bool {
        let pair = self.twin.as_ref().map(|(.., victim)| (3, *victim));
        pair.is_some_and(|pair| pair == (one, other) || pair == (other, one))
    }

    /// What has to hold after every event, for those whom it can have touched.
    fn judge(&self, one: usize, other: usize) {
        for from in 0..self.homes.len() {
            for to in (0..self.homes.len()).filter(|to| *to != from) {
                let is_touched = [one, other].contains(&from) && [one, other].contains(&to);
                let is_restarted = self.failed.contains(&from) || self.failed.contains(&to);
                if (is_touched || is_restarted) && !self.is_hostile(from, to) {
                    let is_recovering = |pair| self.recovering.contains(&pair);
                    let moment = match is_recovering((from, to)) || is_recovering((to, from)) {
                        true => Moment::Recovering,
                        false => Moment::Running,
                    };
                    let found = broken(self.world.at(from), self.world.at(to), moment).unwrap();
                    assert!(found.is_empty(), "{from} to {to}: {found:#?}");
                }
            }
        }
    }
}

/// One bit of some bytes is flipped.
pub(super) fn bend(bytes: &mut [u8], chance: &mut Chance) {
    let bit = chance.below(bytes.len() as u64 * 8);
    bytes[(bit / 8) as usize] ^= 1 << (bit % 8);
}
