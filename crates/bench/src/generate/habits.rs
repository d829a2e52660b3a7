//! How rings behave: each set of habits differs from the others in what a finder may lean on.

use std::ops::RangeInclusive;

/// One ring's habits.
#[derive(Clone)]
pub(super) struct Habits {
    pub(super) name: &'static str,
    /// Victims of a ring.
    pub(super) victims: RangeInclusive<u64>,
    /// What part of the victims complains.
    pub(super) complain: f64,
    /// The middle of what a victim pays at once, in US dollars, and the spread of its logarithm.
    pub(super) payment_usd: (f64, f64),
    /// How long money rests at an account: the middle in hours, the spread of its logarithm.
    pub(super) rest_hours: (f64, f64),
    /// What an account keeps of what it passes on, least and most.
    pub(super) commission: (f64, f64),
    /// How many payments one account passes on together.
    pub(super) pooled: RangeInclusive<u64>,
    /// What part of the mules are ordinary accounts with a life of their own.
    pub(super) busy: f64,
    /// Runs of a ring, each with a shape of its own.
    pub(super) runs: RangeInclusive<u64>,
    /// Collectors of a run.
    pub(super) collectors: RangeInclusive<u64>,
    /// How wide shapes are: mules of a layer.
    pub(super) width: RangeInclusive<u64>,
    /// How long chains are.
    pub(super) hops: RangeInclusive<u64>,
    /// What part of the mules is abroad.
    pub(super) abroad: f64,
    /// What part of the rings shares its launderer with another ring.
    pub(super) hooked: f64,
    /// How often the profit is paid out.
    pub(super) payouts: RangeInclusive<u64>,
    /// What part of what an account passes on is rounded to whole hundreds of dollars.
    pub(super) rounded: f64,
}

const USUAL: Habits = Habits {
    name: "usual",
    victims: 8..=60,
    complain: 0.5,
    payment_usd: (800.0, 1.0),
    rest_hours: (3.0, 1.0),
    commission: (0.01, 0.08),
    pooled: 1..=4,
    busy: 0.2,
    runs: 1..=3,
    collectors: 1..=4,
    width: 3..=12,
    hops: 2..=6,
    abroad: 0.3,
    hooked: 0.4,
    payouts: 1..=2,
    rounded: 0.0,
};

/// Every set of habits by name.
pub(super) fn all() -> Vec<Habits> {
    vec![
        USUAL,
        Habits { name: "slow", rest_hours: (30.0, 0.8), payouts: 1..=4, ..USUAL },
        Habits { name: "greedy", commission: (0.08, 0.22), ..USUAL },
        Habits { name: "pooling", pooled: 5..=25, rounded: 0.7, collectors: 1..=2, ..USUAL },
        Habits { name: "quiet", complain: 0.2, victims: 5..=25, ..USUAL },
        Habits { name: "busy", busy: 0.7, abroad: 0.1, ..USUAL },
        Habits {
            name: "swift",
            rest_hours: (0.15, 1.0),
            commission: (0.0, 0.02),
            width: 8..=40,
            payment_usd: (3_000.0, 1.3),
            ..USUAL
        },
    ]
}
