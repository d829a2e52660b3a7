//! The schedule of a storm: events that follow from a seed alone, printed one a line, and read
//! again from such a list.

use std::fmt;
use std::str::FromStr;

use sim::chance::Chance;

/// So many events happen in one storm.
pub(super) const STEPS: u64 = 240;

/// One event: what happens to whom. What else has to be chosen is chosen by `number`, from what is
/// there then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) what: What,
    pub(super) one: usize,
    pub(super) other: usize,
    pub(super) number: u64,
}

/// What may happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A text is sent.
    Send,
    /// A message with files is sent.
    SendFiles,
    /// A parcel is put on the line.
    Offer,
    /// Parcels arrive: the oldest; any of them; one that stays under way; one that is bent.
    Arrive,
    Overtake,
    Double,
    Bend,
    /// A parcel is lost.
    Lose,
    /// One parcel there and the answer back; until both have come to rest.
    Talk,
    Settle,
    /// A carried file is written; brought whole; in part; after newer ones.
    StickWrite,
    StickBring,
    StickHalf,
    /// Pieces of files go over: in order; until the line is cut; one of them bent; out of order.
    Pieces,
    PiecesCut,
    PiecesBent,
    PiecesMixed,
    /// An officer reads, or answers, what lies in the inbox.
    Show,
    Handle,
    /// A node is started anew.
    Restart,
    /// The power goes, or the program dies, at one of the next syncs.
    Power,
    Kill,
    /// One of the next writes or syncs fails; the disk is full.
    WriteFails,
    DiskFull,
    SyncFails,
    /// The same for sealed files.
    FileFails,
    /// The log of what was written is moved into the database.
    Checkpoint,
    /// A clock goes a bit wrong; ten years; all go on.
    ClockStep,
    ClockJump,
    Later,
    /// New keys; new keys because the old ones are in wrong hands.
    Rotate,
    Revoke,
    /// An officer suspends a partner, or lets it again.
    Suspend,
    /// A disk is copied; a node goes on with the copy.
    Copy,
    Restore,
    /// A hostile member goes on in two ways.
    Fork,
}

/// All of them with their names, and how often of a hundred and so they are drawn.
const ALL: [(What, &str, u64); 36] = [
    (What::Send, "send", 12),
    (What::SendFiles, "send-files", 7),
    (What::Offer, "offer", 24),
    (What::Arrive, "arrive", 4),
    (What::Overtake, "overtake", 10),
    (What::Double, "double", 10),
    (What::Bend, "bend", 10),
    (What::Lose, "lose", 6),
    (What::Talk, "talk", 6),
    (What::Settle, "settle", 2),
    (What::StickWrite, "stick-write", 3),
    (What::StickBring, "stick-bring", 4),
    (What::StickHalf, "stick-half", 3),
    (What::Pieces, "pieces", 1),
    (What::PiecesCut, "pieces-cut", 6),
    (What::PiecesBent, "pieces-bent", 6),
    (What::PiecesMixed, "pieces-mixed", 6),
    (What::Show, "show", 3),
    (What::Handle, "handle", 2),
    (What::Restart, "restart", 4),
    (What::Power, "power", 10),
    (What::Kill, "kill", 7),
    (What::WriteFails, "write-fails", 6),
    (What::DiskFull, "disk-full", 6),
    (What::SyncFails, "sync-fails", 6),
    (What::FileFails, "file-fails", 4),
    (What::Checkpoint, "checkpoint", 3),
    (What::ClockStep, "clock-step", 5),
    (What::ClockJump, "clock-jump", 4),
    (What::Later, "later", 3),
    (What::Rotate, "rotate", 1),
    (What::Revoke, "revoke", 1),
    (What::Suspend, "suspend", 2),
    (What::Copy, "copy", 2),
    (What::Restore, "restore", 1),
    (What::Fork, "fork", 1),
];

/// How many agencies take part in the storm of a seed.
pub(super) fn members(seed: u64) -> usize {
    if seed.is_multiple_of(2) { 3 } else { 4 }
}

/// The events of a seed.
pub(super) fn draw(seed: u64) -> Vec<Event> {
    let mut chance = Chance::new(seed);
    let count = members(seed) as u64;
    let total = ALL.iter().map(|(.., weight)| weight).sum();
    let mut one_event = |_| {
        let mut place = chance.below(total);
        let found = ALL.iter().find(|(.., weight)| {
            let is_it = place < *weight;
            place = place.saturating_sub(*weight);
            is_it
        });
        let one = chance.below(count);
        let other = (one + 1 + chance.below(count - 1)) % count;
        let (one, other) = (one as usize, other as usize);
        Event { what: found.unwrap().0, one, other, number: chance.draw() >> 32 }
    };
    (0..STEPS).map(&mut one_event).collect()
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = ALL.iter().find(|(what, ..)| *what == self.what).map_or("", |(_, name, _)| name);
        write!(f, "{name} {} {} {}", self.one, self.other, self.number)
    }
}

impl FromStr for Event {
    type Err = String;

    fn from_str(line: &str) -> Result<Event, String> {
        let wrong = || format!("no event: {line:?}");
        let mut parts = line.split_whitespace();
        let name = parts.next().ok_or_else(wrong)?;
        let found = ALL.iter().find(|(_, known, _)| *known == name).ok_or_else(wrong)?;
        let mut number = || parts.next().and_then(|text| text.parse::<u64>().ok());
        let numbers = (number(), number(), number());
        let (Some(one), Some(other), Some(number)) = numbers else { return Err(wrong()) };
        Ok(Event { what: found.0, one: one as usize, other: other as usize, number })
    }
}

#[test]
fn a_schedule_that_was_printed_is_read_again() {
    for seed in 0..20 {
        let events = draw(seed);
        let again: Vec<Event> = events.iter().map(|one| one.to_string().parse().unwrap()).collect();
        assert_eq!((events.len() as u64, again), (STEPS, events));
    }
    assert!("dance 0 1 2".parse::<Event>().is_err() && "send 0 1".parse::<Event>().is_err());
}
