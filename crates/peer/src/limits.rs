//! How much a node takes from outside at once, and how long it waits.

use std::time::Duration;

use envelope::attachment::PIECE;
use envelope::{card, parcel};

use crate::blob;

/// A parcel has at most so many bytes.
pub const MAX_PARCEL: usize = parcel::MAX_BYTES;
/// A piece of a sealed file.
pub const MAX_PIECE: usize = PIECE;
/// The list of a sealed file's pieces.
pub const MAX_LIST: usize = blob::MAX_BYTES;
/// The pieces that are held, one bit each.
pub const MAX_HELD: usize = blob::MAX_PIECES as usize / 8;
/// A signed card.
pub const MAX_CARD: usize = card::MAX_BYTES;
/// Who has nothing new waits at most so many seconds for a bell.
pub const MAX_WAIT: u64 = 60;

/// A body brings at least so many bytes in each such time, or is cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The bytes.
    pub least: u64,
    /// The time.
    pub every: Duration,
}

/// What one server takes. The default is right for a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Connections in all. When there are more, the oldest one that no partner has spoken on gives
    /// way.
    pub connections: usize,
    /// Connections from one address; an IPv6 address counts by its first 64 bits, for these are
    /// what one subscriber gets. Of one partner, wherever it comes from, no more are kept when
    /// others need the place.
    pub connections_of_one: usize,
    /// A request's head has at most so many bytes.
    pub head_bytes: usize,
    /// A request's head has at most so many lines.
    pub head_lines: usize,
    /// From the end of a request until the head of the next one is there, whole; an idle
    /// connection is closed after this time too.
    pub head_time: Duration,
    /// How long a TLS handshake may take.
    pub handshake: Duration,
    /// How fast a body has to come.
    pub pace: Pace,
    /// Who does not take a single byte of an answer for so long is cut off.
    pub stall: Duration,
    /// The host works on so many calls at once.
    pub calls: usize,
    /// A partner's requests with a body that are read and worked on at once; the others wait.
    pub calls_of_one: usize,
    /// At the end, requests that are being answered have so long.
    pub closing: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections: 512,
            connections_of_one: 32,
            head_bytes: 8 * 1024,
            head_lines: 32,
            head_time: Duration::from_secs(30),
            handshake: Duration::from_secs(10),
            pace: PACE,
            stall: Duration::from_secs(30),
            calls: 16,
            calls_of_one: 2,
            closing: Duration::from_secs(10),
        }
    }
}

const PACE: Pace = Pace { least: 10 * 1024, every: Duration::from_secs(10) };

/// How long one that dials waits. The default is right for a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patience {
    /// For a name to be looked up, and for each address behind it to answer.
    pub dial: Duration,
    /// For the TLS handshake.
    pub handshake: Duration,
    /// For the answer to begin, after the last bytes went out.
    pub answer: Duration,
    /// How fast a body has to go, and an answer to come.
    pub pace: Pace,
    /// A connection that was not used for so long is not used again: the other side may be about to
    /// close it.
    pub idle: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience {
            dial: Duration::from_secs(10),
            handshake: Duration::from_secs(10),
            answer: Duration::from_secs(60),
            pace: PACE,
            idle: Duration::from_secs(20),
        }
    }
}
