//! A world of agencies in one process: their nodes' exchanges over records that are handed in, a
//! clock that stands until somebody moves it, and chance from a seed.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use envelope::card::{AgencyId, CardError};
use envelope::handling::{Handling, Limit, Pap};
use model::agency::AgencyKind;
use model::country::Country;
use model::indicator::Tlp;
use model::time::Timestamp;
use node::exchange::{
    Book, Exchange, ExchangeError, Offer, Outgoing, Outside, Partner, Standing, Taken,
};
use node::port::record::{Blobs, Log, MessageRow, Record};
use node::port::{Clock, Keys as _, PortError, Random};

use crate::agency::Agency;
use crate::chance::Chance;

/// The world begins at this moment, in seconds since 1970.
const BEGIN: i64 = 1_800_000_000;
/// The first keys are used from a day before that, for so many days.
const KEY_DAYS: i64 = 90;
const DAY: i64 = 86_400;
/// Two nodes that talk so often in turn have not come to rest.
const MAX_TALK: usize = 100;

/// The names of agencies, with their countries, in the order in which a world takes them.
const AGENCIES: [(&str, &str); 4] = [("A05", "VN"), ("SPF", "SG"), ("CCIB", "TH"), ("KNPA", "KR")];

/// Where an agency's node keeps what it has.
pub type Disk = (Arc<dyn Record>, Arc<dyn Blobs>);

/// A clock that stands until it is moved.
#[derive(Clone, Default)]
pub struct StandingClock(Arc<AtomicI64>);

impl StandingClock {
    /// Moves it, also back.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for StandingClock {
    fn now(&self) -> Timestamp {
        day(0, self.0.load(Ordering::SeqCst))
    }
}

/// A moment of the world: so many days and seconds after its beginning.
pub fn day(days: i64, seconds: i64) -> Timestamp {
    let moment = Timestamp::from_seconds(BEGIN + days * DAY + seconds);
    assert!(moment.is_ok(), "a world ends before 2100");
    moment.unwrap_or_else(|_| unreachable!())
}

/// Randomness from a seed.
struct Drawn(Mutex<Chance>);

impl Random for Drawn {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), PortError> {
        let mut chance = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for part in bytes.chunks_mut(8) {
            part.iter_mut().zip(chance.draw().to_le_bytes()).for_each(|(slot, byte)| *slot = byte);
        }
        Ok(())
    }
}

/// One agency with its node.
pub struct Member {
    /// Its name, as its card says it.
    pub name: &'static str,
    /// Its keys.
    pub keys: Arc<Agency>,
    /// Its node's exchange.
    pub exchange: Arc<Exchange>,
    /// Its own clock.
    pub clock: StandingClock,
    country: &'static str,
    seed: u64,
    starts: u64,
    disk: Disk,
}

impl Member {
    /// Which agency it is.
    pub fn id(&self) -> AgencyId {
        self.exchange.me()
    }

    /// Where its node keeps what it has.
    pub fn record(&self) -> &dyn Record {
        &*self.disk.0
    }

    /// Starts its node anew, on the same disk: what was only in memory is gone.
    pub fn restart(&mut self) -> Result<(), ExchangeError> {
        let disk = self.disk.clone();
        self.restart_on(disk)
    }

    /// Starts its node anew on another disk, such as one of a backup.
    pub fn restart_on(&mut self, disk: Disk) -> Result<(), ExchangeError> {
        let (partners, witnesses) =
            (self.exchange.book().partners.clone(), self.exchange.book().witnesses.clone());
        self.disk = disk;
        self.starts += 1;
        // Who is a partner is in the node's event log, which is no part of this world; the cards
        // are read from the record.
        let standings = partners.iter().map(|(id, one)| (*id, one.standing)).collect();
        self.exchange =
            start(&self.keys, &self.clock, &self.disk, self.seed ^ self.starts, standings)?;
        self.exchange.change_book(|book| book.witnesses = witnesses);
        Ok(())
    }

    /// A second node of the same agency, with the same keys, on another disk: who runs a copy has
    /// it.
    pub fn twin(&self, disk: Disk) -> Result<Member, ExchangeError> {
        let partners = self.exchange.book().partners.clone();
        let standings = partners.iter().map(|(id, one)| (*id, one.standing)).collect();
        let seed = self.seed ^ u64::MAX;
        let exchange = start(&self.keys, &self.clock, &disk, seed, standings)?;
        let (keys, clock, starts) = (self.keys.clone(), self.clock.clone(), self.starts);
        let (name, country) = (self.name, self.country);
        Ok(Member { name, keys, exchange, clock, country, seed, starts, disk })
    }

    /// A card with the keys as they are now, issued to all partners; nothing where none is due.
    pub fn issue(&self, endpoints: &[String]) -> Result<(), WorldError> {
        let country = Country::parse(self.country).unwrap_or(Country::VN);
        let holder = (self.name.to_owned(), country, AgencyKind::Police);
        if let Some(card) = self.exchange.draw_up(holder, endpoints)? {
            self.exchange.issue(&card)?;
        }
        Ok(())
    }

    /// Sends a text.
    pub fn send(&self, to: AgencyId, text: &str) -> Result<MessageRow, ExchangeError> {
        self.exchange.send(self.exchange.new_id()?, to, message(text))
    }
}

/// Why a world is not as it was to be.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorldError {
    /// An exchange refuses.
    #[error("{0}")]
    Exchange(#[from] ExchangeError),
    /// A card cannot be drawn up.
    #[error("{0}")]
    Card(#[from] CardError),
    /// Two nodes still have something new for each other after many turns.
    #[error("{0} and {1} do not come to rest")]
    Restless(usize, usize),
}

/// Agencies and their nodes.
pub struct World {
    /// Everybody.
    pub members: Vec<Member>,
}

impl World {
    /// So many agencies (at most four), each on a disk of its own, who know nobody yet.
    pub fn new(
        seed: u64,
        count: usize,
        mut disk: impl FnMut(usize) -> Disk,
    ) -> Result<World, WorldError> {
        let mut members = Vec::new();
        for (place, (name, country)) in AGENCIES.into_iter().take(count).enumerate() {
            let number = u8::try_from(place).unwrap_or(u8::MAX);
            let keys = Arc::new(Agency::new(number, day(-1, 0), day(KEY_DAYS, 0)));
            let (clock, disk) = (StandingClock::default(), disk(place));
            let seed = seed.wrapping_mul(1_000).wrapping_add(place as u64) << 20;
            let exchange = start(&keys, &clock, &disk, seed, Vec::new())?;
            let member = Member { name, keys, exchange, clock, country, seed, starts: 0, disk };
            member.issue(&[])?;
            members.push(member);
        }
        Ok(World { members })
    }

    /// The same, where everybody has accepted everybody's card.
    pub fn acquainted(
        seed: u64,
        count: usize,
        disk: impl FnMut(usize) -> Disk,
    ) -> Result<World, WorldError> {
        let world = World::new(seed, count, disk)?;
        for one in 0..count {
            for other in (0..count).filter(|other| *other != one) {
                world.accept(one, other)?;
            }
        }
        Ok(world)
    }

    /// One agency accepts the newest card of another.
    pub fn accept(&self, one: usize, other: usize) -> Result<(), WorldError> {
        let (one, other) = (self.at(one), self.at(other));
        let Some(card) = other.exchange.book().mine.last().cloned() else { return Ok(()) };
        one.exchange.keep_card(&card)?;
        one.exchange.change_book(|book| {
            let partner = Partner { card, standing: Standing::Active };
            book.partners.insert(other.id(), partner);
        });
        Ok(())
    }

    /// One agency asks another one to witness its records.
    pub fn ask_witness(&self, one: usize, other: usize) {
        let other = self.at(other).id();
        self.at(one).exchange.change_book(|book| {
            book.witnesses.insert(other);
        });
    }

    /// A member by its place.
    pub fn at(&self, place: usize) -> &Member {
        let member = self.members.get(place);
        assert!(member.is_some(), "there is a member {place}");
        member.unwrap_or_else(|| unreachable!())
    }

    /// All clocks go on.
    pub fn advance(&self, seconds: i64) {
        self.members.iter().for_each(|member| member.clock.advance(seconds));
    }

    /// One parcel goes from one to another, and the answer comes back; what each has brought.
    pub fn talk(&self, from: usize, to: usize) -> Result<(Taken, Taken), ExchangeError> {
        let (from, to) = (self.at(from), self.at(to));
        let parcel = from.exchange.offer(to.id(), None)?;
        let there = to.exchange.take(Some(from.id()), &parcel.bytes)?;
        let answer = to.exchange.offer(from.id(), Some(&there))?;
        let back = from.exchange.take(Some(to.id()), &answer.bytes)?;
        Ok((there, back))
    }

    /// Two talk until neither has anything new for the other; how often they did.
    pub fn settle(&self, one: usize, other: usize) -> Result<usize, WorldError> {
        for turn in 1..=MAX_TALK {
            self.talk(one, other)?;
            if self.is_at_rest(one, other)? {
                return Ok(turn);
            }
        }
        Err(WorldError::Restless(one, other))
    }

    /// Whether neither of two has anything new for the other, or lacks anything.
    pub fn is_at_rest(&self, one: usize, other: usize) -> Result<bool, ExchangeError> {
        let (one, other) = (self.at(one), self.at(other));
        let (there, back) =
            (one.exchange.offer(other.id(), None)?, other.exchange.offer(one.id(), None)?);
        let is_rest = |lacks: bool, offer: &Offer| !offer.is_news && !lacks && !offer.is_cut;
        let lacks = [
            there.lacks && !lacks_what_is_gone(one, other)?,
            back.lacks && !lacks_what_is_gone(other, one)?,
        ];
        Ok(is_rest(lacks[0], &there) && is_rest(lacks[1], &back))
    }
}

/// Whether all that a reader lacks is an entry that its writer, restored from a backup, has lost:
/// it stays a leaf, and nothing can bring it back.
fn lacks_what_is_gone(reader: &Member, writer: &Member) -> Result<bool, ExchangeError> {
    let log = Log { from: writer.id(), to: reader.id() };
    let (mut lacking, mut size, mut is_gone) = (Vec::new(), 0, false);
    reader.record().read(&mut |rows| {
        (lacking, size) = (rows.lacking(log, usize::MAX)?, rows.log(log)?.size);
        Ok(())
    })?;
    writer.record().read(&mut |rows| {
        is_gone = !lacking.is_empty() && rows.log(log)?.size == size;
        for place in &lacking {
            if !is_gone || rows.has_entry(log, *place)? {
                is_gone = false;
                break;
            }
        }
        Ok(())
    })?;
    Ok(is_gone)
}

/// A node's exchange on a disk, with what the record there holds of cards.
fn start(
    keys: &Arc<Agency>,
    clock: &StandingClock,
    (record, blobs): &Disk,
    seed: u64,
    standings: Vec<(AgencyId, Standing)>,
) -> Result<Arc<Exchange>, ExchangeError> {
    let me = keys.public().root.agency();
    let outside = Outside {
        clock: Arc::new(clock.clone()),
        keys: keys.clone(),
        random: Arc::new(Drawn(Mutex::new(Chance::new(seed)))),
        record: record.clone(),
        blobs: blobs.clone(),
        threads: 1,
    };
    let book = Book::read(&**record, me, standings)?;
    Ok(Arc::new(Exchange::new(me, outside, book)))
}

/// A text with handling, as an officer would send it.
pub fn message(text: &str) -> Outgoing {
    Outgoing {
        kind: "message".to_owned(),
        handling: handling(),
        body: text.as_bytes().to_vec(),
        in_reply_to: None,
        due: None,
        attachments: Vec::new(),
    }
}

/// Handling that allows neither passing on nor use in court without asking.
pub fn handling() -> Handling {
    Handling {
        tlp: Tlp::Amber,
        pap: Pap::Amber,
        purpose: "case VN-C-2026-0001".to_owned(),
        basis: "agreement of the two police forces".to_owned(),
        limits: vec![Limit::NotifyBeforeEvidence, Limit::NoOnward],
        limit_text: None,
        source: None,
        information: None,
        retain_until: Some(day(365, 0)),
    }
}
