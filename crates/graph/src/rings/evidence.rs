//! What speaks for an account's part in a ring: single facts with points that add up.

/// One fact. Transfers and complaints are named by their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Evidence {
    /// Victims say they paid to it.
    PaidByVictims {
        /// The complaints.
        complaints: Vec<u32>,
    },
    /// It received traced money from members.
    ReceivedTraced {
        /// The transfers.
        transfers: Vec<u32>,
        /// How much of them was traced, in US cents.
        usd_cents: i64,
    },
    /// It passed traced money on within hours.
    PassedOn {
        /// The transfers.
        transfers: Vec<u32>,
        /// The longest wait between receipt and payment, in minutes.
        within_minutes: i64,
    },
    /// It stands between two members: money came from one and the same amount went to another.
    Bridge {
        /// The two transfers.
        transfers: Vec<u32>,
    },
    /// Several members paid to it.
    Gathers {
        /// How many.
        members: usize,
    },
    /// Traced money came to rest there.
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
            Evidence::ReceivedTraced { transfers, .. } => {
                1.0 + 0.5 * (transfers.len().min(6) as f64)
            }
            Evidence::PassedOn { within_minutes, .. } if *within_minutes <= 24 * 60 => 3.0,
            Evidence::PassedOn { .. } => 1.5,
            Evidence::Bridge { .. } => 2.0,
            Evidence::Gathers { members } => 1.0 + (*members).min(6) as f64,
            Evidence::Keeps { .. } => 1.0,
        }
    }
}
