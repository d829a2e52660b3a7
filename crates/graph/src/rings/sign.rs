//! Signs: what speaks for one transfer being the ring's, or against it. Their points add up; a
//! transfer is taken with at least `LEAST_POINTS`.

/// A transfer is taken with so many points.
pub const LEAST_POINTS: f64 = 4.0;

/// Stolen money seldom rests longer: this many minutes.
const SOON_MINUTES: i64 = 24 * 60;
const LATER_MINUTES: i64 = 72 * 60;

/// One sign.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Sign {
    /// Payer and payee had never dealt with each other.
    NewRelation,
    /// The money had rested this long when it was passed on.
    Rested {
        /// Minutes.
        minutes: i64,
    },
    /// Most of what reached the payer left it, or did not.
    PassesOn {
        /// Whether most of it did.
        most: bool,
    },
    /// More left than the ring's money known to have come.
    MoreThanCame,
    /// How many such payments this account makes or gets in such a while, judged by what it does
    /// otherwise.
    Habit {
        /// The number to be expected.
        expected: f64,
    },
    /// The payee passed the amount on whole, with so many payments to choose from.
    PassedOnWhole {
        /// Payments of the payee in that time.
        among: usize,
    },
    /// The payee passed it on to an account of the ring.
    MeetsRing,
    /// Other accounts of the ring pay the same payee.
    AlsoPaidBy {
        /// How many.
        members: usize,
    },
    /// Whether what the payee got at that time is for the most part the ring's.
    MostlyTheRings {
        /// Whether it is.
        mostly: bool,
    },
    /// Many strangers pay the account: it serves the public.
    ServesThePublic,
    /// The payer paid the same new payee several times.
    Repeated {
        /// How often.
        times: usize,
    },
    /// As much as was received left the account within so many days; `None`: it did not.
    EmptiedWithin {
        /// One day or three.
        days: Option<u8>,
    },
    /// It came within a day of a payment that was complained of.
    NearVictims,
    /// The payer passed on what it had just received from strangers, with so many receipts to
    /// choose from.
    HandedOn {
        /// How the amounts agree.
        how: Handed,
        /// How many receipts might have agreed by chance.
        among: usize,
    },
    /// The payee passed it on in a transfer that is the ring's.
    Feeds,
    /// It lies in the weeks around the complaints, or does not.
    InSeason {
        /// Whether it does.
        is_near: bool,
    },
    /// So many accounts of the ring pay the same payee.
    Gathers {
        /// How many.
        members: usize,
    },
    /// Most of what the payee got in those weeks is the ring's.
    LivesOnIt,
    /// The payer is known as an account of the ring.
    KnownPayer,
    /// Of the payee's other receipts few were handed on in such a way: this one may be chance.
    SeldomFits,
}

/// How what an account paid agrees with what it had received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handed {
    /// One receipt, whole.
    Whole,
    /// Several receipts in one sum.
    Sum,
    /// One receipt in several parts.
    Parts,
    /// All that came in a while, in several parts.
    All,
}

/// How often one receipt fits a payment by chance.
const CHANCE: f64 = 0.15;

impl Sign {
    /// How much the sign weighs.
    pub fn points(&self) -> f64 {
        let few = |count: usize| count.min(2) as f64;
        match *self {
            Sign::Rested { minutes: ..=SOON_MINUTES } => 1.0,
            Sign::Rested { minutes } if minutes <= LATER_MINUTES => 0.3,
            Sign::Rested { .. } => 0.0,
            Sign::PassesOn { most: true } => 1.0,
            Sign::PassesOn { most: false } | Sign::ServesThePublic => -2.0,
            Sign::Habit { expected } => against_chance(expected + 0.1, -1.5, 2.5),
            Sign::PassedOnWhole { among } => against_chance(among as f64 * 0.1, 0.0, 2.0),
            Sign::MeetsRing | Sign::Feeds => 2.0,
            Sign::AlsoPaidBy { members } => few(members),
            Sign::Repeated { times: count } | Sign::Gathers { members: count } => {
                few(count.saturating_sub(1)) / 2.0
            }
            Sign::EmptiedWithin { days: Some(..=1) } => 1.0,
            Sign::EmptiedWithin { days: Some(_) } => 0.5,
            Sign::EmptiedWithin { days: None }
            | Sign::MostlyTheRings { mostly: false }
            | Sign::InSeason { is_near: false }
            | Sign::MoreThanCame
            | Sign::SeldomFits => -1.0,
            Sign::HandedOn { how: Handed::Whole, among } => {
                2.0 + against_chance(among as f64 * CHANCE, -1.0, 2.5)
            }
            Sign::HandedOn { how: Handed::Sum, .. } => 1.5 + against_chance(CHANCE, -1.0, 2.5),
            Sign::HandedOn { how: Handed::Parts, among } => {
                1.0 + against_chance(among as f64 * CHANCE, -1.0, 2.5)
            }
            Sign::HandedOn { how: Handed::All, .. } => 3.0,
            Sign::NewRelation
            | Sign::MostlyTheRings { mostly: true }
            | Sign::InSeason { is_near: true }
            | Sign::NearVictims
            | Sign::LivesOnIt
            | Sign::KnownPayer => 1.0,
        }
    }
}

/// What all signs of a transfer come to.
pub fn sum(signs: &[Sign]) -> f64 {
    signs.iter().map(Sign::points).sum()
}

/// Points for something that chance alone would bring about so often: one for each halving,
/// between the bounds.
fn against_chance(expected: f64, least: f64, most: f64) -> f64 {
    (-(expected.max(1e-9)).log2()).clamp(least, most)
}
