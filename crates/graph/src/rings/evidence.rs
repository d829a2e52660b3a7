//! What speaks for an account's part in a ring: single facts with points that add up.

use super::sign::{self, LEAST_POINTS, Sign};

/// One transfer can count for this many points beyond what brought it in.
const MOST_FOR_LOOKS: f64 = 2.0;

/// One fact. Transfers and complaints are named by their numbers.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Evidence {
    /// Victims say they paid to it.
    PaidByVictims {
        /// The complaints.
        complaints: Vec<u32>,
    },
    /// Further payments came to it as the victims' did; nobody has complained of them.
    PaidAlike {
        /// The transfers.
        transfers: Vec<u32>,
    },
    /// It received traced money from members: at least half of each transfer is the complaints'.
    ReceivedTraced {
        /// The transfers.
        transfers: Vec<u32>,
        /// How much of them was traced, in US cents.
        usd_cents: i64,
    },
    /// It received from members money that no complaint covers yet, in transfers that look like the
    /// ring's: soon, whole, between accounts that had never dealt with each other.
    ReceivedAlike {
        /// The transfers.
        transfers: Vec<u32>,
        /// How much, in US cents.
        usd_cents: i64,
    },
    /// The transfer to or from it that looks most like the ring's, among those that were taken for
    /// what they look like.
    Looks {
        /// The transfer.
        transfer: u32,
        /// What speaks for it.
        signs: Vec<Sign>,
    },
    /// It passed the ring's money on within hours.
    PassedOn {
        /// The transfers.
        transfers: Vec<u32>,
        /// The longest wait between receipt and payment, in minutes.
        within_minutes: i64,
    },
    /// Several members paid to it.
    Gathers {
        /// How many.
        members: usize,
    },
    /// The ring's money came to rest there.
    Keeps {
        /// How much, in US cents.
        usd_cents: i64,
    },
}

impl Evidence {
    /// How much the fact weighs. The sum of an account's points makes its score.
    pub fn points(&self) -> f64 {
        match self {
            Evidence::PaidByVictims { complaints } => {
                3.0 + 1.5 * (complaints.len().min(6) as f64 - 1.0)
            }
            Evidence::PaidAlike { transfers } => 0.5 * (transfers.len().min(6) as f64),
            Evidence::ReceivedTraced { transfers, .. } => {
                1.0 + 0.5 * (transfers.len().min(6) as f64)
            }
            Evidence::ReceivedAlike { transfers, .. } => {
                0.5 + 0.5 * (transfers.len().min(6) as f64)
            }
            Evidence::PassedOn { within_minutes, .. } if *within_minutes <= 24 * 60 => 3.0,
            Evidence::PassedOn { .. } => 1.5,
            Evidence::Gathers { members } => 1.0 + (*members).min(6) as f64,
            Evidence::Keeps { .. } => 1.0,
            // Half of what the transfer has beyond the points that it needed.
            Evidence::Looks { signs, .. } => {
                ((sign::sum(signs) - LEAST_POINTS) / 2.0).clamp(0.0, MOST_FOR_LOOKS)
            }
        }
    }
}
