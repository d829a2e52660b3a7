//! Patterns that an officer describes: steps of transfers between accounts in roles.
//!
//! A description says what must hold (`pattern`). For each transfer that may complete it, the
//! earlier steps are searched backwards, latest transfers first (`search`), and what was found is
//! held against the whole description once more (`check`). What belongs together makes one finding
//! (`gather`). Nothing looks ahead: what is told of a transfer follows from it and earlier ones.

mod bound;
mod check;
mod fit;
mod gather;
mod pattern;
mod search;

use model::country::Country;
use model::holding::HoldingKind;
use model::rates::Rates;

pub use self::check::holds;
pub use self::gather::{Finding, Findings};
pub use self::pattern::{
    Fault, MAX_STEPS, MAX_WITHIN, Many, Part, Pattern, Role, Step, Terms, UsdRange,
};
use crate::ledger::Ledger;

/// What described patterns are found in.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// The transfers.
    pub ledger: &'a Ledger<'a>,
    /// Where an account is held, by its number; `None`: not known.
    pub country: &'a dyn Fn(u32) -> Option<Country>,
    /// What the bank says an account is, by its number.
    pub kind: &'a dyn Fn(u32) -> HoldingKind,
    /// Transfers of which victims complained, rising; may be empty.
    pub complained: &'a [u32],
    /// For amounts in US dollars.
    pub rates: &'a Rates,
}

/// One way in which a pattern was completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// The transfer that completed it, by number.
    pub closing: u32,
    /// For each role of the pattern its accounts, by number, rising.
    pub roles: Vec<Vec<u32>>,
    /// For each step its transfers, by number, rising.
    pub steps: Vec<Vec<u32>>,
}

/// Finds a pattern. For each transfer that completes it one way of doing so is told: the one whose
/// transfers are the latest.
pub fn find(material: &Material<'_>, pattern: &Pattern) -> Findings {
    let mut gather = gather::Gather::new();
    let mut fit = fit::Fit::new(material, pattern);
    for closing in 0..material.ledger.len() as u32 {
        let (sighting, is_cut) = search::complete(&mut fit, closing);
        gather.is_truncated |= is_cut;
        if let Some(sighting) = sighting
            && !gather.take(sighting)
        {
            break;
        }
    }
    gather.findings(pattern)
}
