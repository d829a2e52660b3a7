//! What goes wrong with the nodes themselves: disks that fail, programs that stop, clocks, keys,
//! officers who suspend, nodes out of old copies, and a member that writes two records.

use std::collections::BTreeSet;

use node::exchange::Standing;
use sim::chance::Chance;
use sim::fault::Failure;
use sim::world::day;

use super::home::{End, Home};
use super::plan::{Event, What};
use super::sea::Sea;

const TEN_YEARS: i64 = 3_653 * 86_400;
/// Nobody changes his keys more often in one storm.
const MAX_ROTATIONS: u8 = 3;
/// The first keys are used for 90 days; a storm is over long before.
const MAX_SECONDS: i64 = 30 * 86_400;

impl Sea {
    pub(super) fn trouble(&mut self, event: Event, chance: &mut Chance) {
        let Event { what, one, other, .. } = event;
        match what {
            What::Restart => {
                self.count("node restarted");
                self.start(one, End::Killed, (chance.below(4) == 0).then(|| chance.below(3)));
            }
            What::Power | What::Kill | What::WriteFails | What::DiskFull | What::SyncFails => {
                self.order(what, one, chance);
            }
            What::FileFails => {
                let whats = [Failure::WriteBroken, Failure::WriteFull, Failure::Sync];
                self.homes[one].order_for_files(whats[chance.below(3) as usize], chance.below(4));
            }
            What::Checkpoint => self.homes[one].checkpoint(),
            What::ClockStep => {
                self.set_clock(one, chance.below(7_200) as i64 - 3_600);
                self.count("clock wrong by minutes");
            }
            What::ClockJump => self.jump(one, chance),
            What::Later => self.later(chance.below(6 * 3_600) as i64),
            What::Rotate | What::Revoke => self.renew_keys(one, what == What::Revoke),
            What::Suspend => self.suspend(one, other),
            What::Copy => drop(self.copies.insert(one, self.homes[one].copy())),
            What::Restore => self.restore(one),
            What::Fork => self.fork(other),
            _ => {}
        }
    }

    fn order(&mut self, what: What, place: usize, chance: &mut Chance) {
        let (failure, kind, end) = match what {
            What::Power => (Failure::Stop, "power cut at a sync", End::PowerCut(chance.draw())),
            What::Kill => (Failure::Stop, "program killed at a sync", End::Killed),
            What::WriteFails => (Failure::WriteBroken, "write failed", End::Killed),
            What::DiskFull => (Failure::WriteFull, "disk full", End::Killed),
            _ => (Failure::Sync, "sync failed", End::Killed),
        };
        // After a failed write or sync the machine may be switched off and on, too.
        let end = if chance.below(3) == 0 { End::PowerCut(chance.draw()) } else { end };
        self.homes[place].order(failure, chance.below(4));
        self.ordered.insert(place, (kind, end));
    }

    /// Nodes on whose disks something has gone wrong are started anew; until then they accept
    /// nothing more.
    pub(super) fn mend(&mut self) {
        for place in 0..self.homes.len() {
            let (record, files) = self.homes[place].is_struck();
            if !record && !files {
                continue;
            }
            if record && !files && self.failed.contains(&place) {
                let more = self.world.at(place).record().write(Box::new(|_| Ok(())));
                assert!(more.is_err(), "node {place} goes on writing after its disk has failed");
            }
            let (kind, mut end) = ("file not written or synced", End::Killed);
            if files {
                self.count(kind);
            }
            if record && let Some((kind, ordered)) = self.ordered.remove(&place) {
                self.count(kind);
                end = ordered;
            }
            self.start(place, end, None);
        }
    }

    /// A node is started anew; `trouble`: the power goes at that sync of its start.
    pub(super) fn start(&mut self, place: usize, end: End, trouble: Option<u64>) {
        self.ordered.remove(&place);
        let home = self.homes[place].end(end);
        if let Some(after) = trouble {
            home.order(Failure::Stop, after);
        }
        let opened = home.open();
        home.repair();
        self.homes[place] = home;
        match opened {
            Ok(disk) if !self.homes[place].is_struck().0 => {
                self.world.members[place].restart_on(disk).unwrap();
            }
            opened => {
                assert!(trouble.is_some(), "{:?}", opened.err());
                self.count("power cut while starting");
                self.start(place, End::PowerCut(place as u64), None);
            }
        }
        self.failed.insert(place);
        self.check_safe(place);
    }

    /// What a node has said is safe is there.
    pub(super) fn check_safe(&self, place: usize) {
        if self.is_behind(place) {
            return;
        }
        let is_there = |from: usize, id| {
            let from = self.world.at(from).id();
            let mut is_there = false;
            let found = self.world.at(place).record().read(&mut |rows| {
                is_there = rows.message(from, id)?.is_some();
                Ok(())
            });
            found.is_ok() && is_there
        };
        for (from, _, id) in self.sent.iter().filter(|(from, ..)| *from == place) {
            assert!(is_there(*from, *id), "node {place} has lost what it sent: {id:?}");
        }
        for (_, from, id) in self.came.iter().filter(|(at, ..)| *at == place) {
            assert!(is_there(*from, *id), "node {place} has lost what it took: {id:?}");
        }
    }

    fn set_clock(&mut self, place: usize, offset: i64) {
        self.world.at(place).clock.advance(offset - self.offsets[place]);
        self.offsets[place] = offset;
    }

    fn jump(&mut self, place: usize, chance: &mut Chance) {
        // Somebody sets a clock right before the next one goes wrong: else nobody talked any more.
        let wrong = self.offsets.iter().position(|offset| offset.abs() > 86_400);
        let place = wrong.unwrap_or(place);
        let offset = match (wrong, chance.below(2)) {
            (Some(_), _) => 0,
            (_, 0) => TEN_YEARS,
            _ => -TEN_YEARS,
        };
        self.set_clock(place, offset);
        self.count(if offset == 0 { "clock back by years" } else { "clock wrong by years" });
    }

    pub(super) fn set_clocks_right(&mut self) {
        (0..self.homes.len()).for_each(|place| self.set_clock(place, 0));
    }

    fn later(&mut self, seconds: i64) {
        if self.seconds < MAX_SECONDS {
            self.seconds += seconds;
            self.world.advance(seconds);
        }
    }

    /// New keys and a card that names them. Who may be behind asks its partners first.
    fn renew_keys(&mut self, place: usize, is_compromised: bool) {
        // Keys that are made while a clock is wrong by years are good for nothing until then.
        let is_wrong = self.offsets[place].abs() > 86_400;
        if self.rotations[place] == MAX_ROTATIONS || self.is_behind(place) || is_wrong {
            return;
        }
        self.rotations[place] += 1;
        let now = day(-1, self.seconds + self.offsets[place]);
        self.world.at(place).keys.renew(now, day(400, 0), is_compromised);
        self.count(if is_compromised { "keys revoked" } else { "keys changed" });
        self.issue(place);
    }

    /// The card that a node's keys ask for, where it has not been issued.
    pub(super) fn issue(&mut self, place: usize) {
        self.unissued.insert(place);
        match self.world.at(place).issue(&[]) {
            Ok(()) => drop(self.unissued.remove(&place)),
            Err(sim::world::WorldError::Exchange(error)) => {
                let _ = self.heard::<()>(place, Err(error));
            }
            Err(other) => panic!("{other}"),
        }
    }

    fn is_behind(&self, place: usize) -> bool {
        self.recovering.iter().any(|(restored, _)| *restored == place)
    }

    fn suspend(&mut self, one: usize, other: usize) {
        let (one, other) = self.suspended.take().unwrap_or((one, other));
        let id = self.world.at(other).id();
        let standing = self.world.at(one).exchange.book().partners[&id].standing;
        if standing == Standing::Active {
            self.count("partner suspended");
        }
        let standing = match standing {
            Standing::Active => {
                self.suspended = Some((one, other));
                Standing::Suspended
            }
            _ => Standing::Active,
        };
        self.let_in(one, other, standing);
    }

    pub(super) fn let_in(&mut self, one: usize, other: usize, standing: Standing) {
        let id = self.world.at(other).id();
        self.world.at(one).exchange.change_book(|book| {
            book.partners.get_mut(&id).unwrap().standing = standing;
        });
    }

    /// A node goes on with an older copy of its disk.
    fn restore(&mut self, place: usize) {
        let is_hostile = place == 3 && self.twin.is_some();
        if is_hostile || self.is_behind(place) {
            return;
        }
        let Some(home) = self.copies.remove(&place) else { return };
        self.count("node out of an older copy");
        home.mark_restored();
        let disk = home.open().unwrap();
        self.ordered.remove(&place);
        self.homes[place] = home;
        self.world.members[place].restart_on(disk).unwrap();
        // What it wrote after the copy and nobody has yet is gone. So are its connections, with
        // what was on them: a live parcel says what its sender has now. A carried file of that time
        // would be a second record, and is to be thrown away.
        self.line.retain(|one| one.from != place && one.to != place);
        self.sticks.retain(|one| one.from != place);
        let others = (0..self.homes.len()).filter(|other| *other != place);
        self.recovering.extend(others.map(|other| (place, other)));
        self.forget_gone();
        // Its keys may be newer than any card in the copy.
        self.unissued.insert(place);
        self.came.retain(|(at, ..)| *at != place);
    }

    /// What neither its sender nor its receiver has any more is honestly gone.
    fn forget_gone(&mut self) {
        let sent = std::mem::take(&mut self.sent);
        let has = |place: usize, from: usize, id| {
            let (from, mut has) = (self.world.at(from).id(), false);
            let read = self.world.at(place).record().read(&mut |rows| {
                has = rows.message(from, id)?.is_some();
                Ok(())
            });
            read.is_ok() && has
        };
        let left: BTreeSet<_> = sent
            .into_iter()
            .filter(|(from, to, id)| has(*from, *from, *id) || has(*to, *from, *id))
            .collect();
        self.sent = left;
    }

    /// The hostile member goes on in two ways, and shows them to somebody.
    fn fork(&mut self, victim: usize) {
        let is_possible = self.homes.len() == 4 && self.twin.is_none() && victim != 3;
        if !is_possible || self.is_behind(3) || self.is_behind(victim) {
            return;
        }
        let home: Home = self.homes[3].copy();
        let (member, to) = (self.world.at(3), self.world.at(victim).id());
        let twin = member.twin(home.open().unwrap()).unwrap();
        let said = member.send(to, "what was said");
        if self.heard(3, said).is_err() || twin.send(to, "what was never said").is_err() {
            return;
        }
        let parcels = [self.world.at(3), &twin].map(|one| one.exchange.offer(to, None));
        for offer in parcels.into_iter().flatten() {
            let parcels = vec![offer.bytes];
            self.line.push(super::sea::UnderWay { from: 3, to: victim, parcels, times: 0 });
        }
        self.twin = Some((twin, home, victim));
        self.count("member writes two records");
    }
}
