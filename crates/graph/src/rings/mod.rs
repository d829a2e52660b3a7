//! Rings: complaints whose money takes the same road, the accounts on that road, and what each is.
//!
//! Grown from complaints, never cut out of the whole graph: `grow` follows the money while it moves
//! like laundered money, also that of victims who did not complain (`onward`, `alike`, `backward`
//! say by which `sign`s); `prune` takes off what nothing needs; `group` says which accounts belong
//! together, `role` what each of them does, `share` who kept how much. Rings that meet only where
//! money comes to rest share a launderer: that is a hook-up, and they stay two rings.

mod alike;
mod backward;
mod books;
mod evidence;
mod group;
mod grow;
mod member;
mod onward;
mod prune;
mod road;
mod role;
mod share;
pub mod sign;
mod through;

use books::Books;
pub use evidence::Evidence;
use model::complaint::Complaint;
use model::holding::HoldingKind;
use model::rates::Rates;
use model::role::Role;

use crate::ledger::Ledger;

/// What rings are found from.
pub struct Material<'a> {
    /// The transfers.
    pub ledger: &'a Ledger<'a>,
    /// The complaints.
    pub complaints: &'a [Complaint],
    /// For each complaint its payment's number (`seeds::payments`).
    pub payments: &'a [Option<u32>],
    /// What the bank says an account is, by its number.
    pub kind: &'a dyn Fn(u32) -> HoldingKind,
    /// For comparing amounts across currencies.
    pub rates: &'a Rates,
}

/// One ring.
#[derive(Debug, Clone, PartialEq)]
pub struct Ring {
    /// Positions of its complaints, rising.
    pub complaints: Vec<u32>,
    /// Its accounts without victims, best evidence first.
    pub members: Vec<Member>,
    /// The transfers between victims and members, by number, rising.
    pub transfers: Vec<RingTransfer>,
    /// Who kept what part of the profit that it paid out.
    pub shares: Vec<Share>,
}

/// A transfer of a ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RingTransfer {
    /// The transfer's number in the ledger.
    pub entry: u32,
    /// What left, in the payer's own smallest units.
    pub out_minor: i64,
    /// Whether the payer is a victim.
    pub from_victim: bool,
    /// Whether complaints cover it: it is a complaint's payment, or at least half of it is traced
    /// from one. Otherwise it belongs here by what it looks like.
    pub is_covered: bool,
}

impl RingTransfer {
    /// Whether the payer may be a further victim, but nobody has complained.
    pub fn is_guessed_victims(&self) -> bool {
        self.from_victim && !self.is_covered
    }
}

/// An account of a ring.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The account's number in the ledger.
    pub account: u32,
    /// What it does there.
    pub role: Role,
    /// From 0 to 1: `points / (points + 2)`.
    pub score: f64,
    /// What speaks for it; the points add up.
    pub evidence: Vec<Evidence>,
}

/// An account's part of the profit, as fractions of 1, least and most over the tracing rules.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The account's number.
    pub account: u32,
    /// The least.
    pub low: f64,
    /// The most.
    pub high: f64,
}

/// Two rings use one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct HookUp {
    /// Positions of the two rings, the smaller first.
    pub rings: [usize; 2],
    /// The account's number.
    pub via: u32,
}

/// The answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rings {
    /// Most complaints first.
    pub rings: Vec<Ring>,
    /// Rings that share an account.
    pub hookups: Vec<HookUp>,
}

/// Finds the rings behind the complaints.
pub fn find(material: &Material<'_>) -> Rings {
    let books = Books::new(material);
    let mut road = grow::grow(&books);
    prune::prune(&books, &mut road);
    let groups = group::group(&books, &road);
    role::describe(&books, &road, groups)
}
