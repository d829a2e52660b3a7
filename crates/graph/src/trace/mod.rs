//! TRACE: follows stolen money through the ledger under the rules that courts use.
//!
//! One pass in time order a rule, in whole smallest units of each account's own currency. A seed
//! payment is all new taint to its payee. At its payer it takes clean money first, then tainted
//! money, which it thereby replaces: money stolen twice counts once, so what rests is at most what
//! was stolen. What an account held before the first transfer is unknown and taken for clean.
//! A transfer of nothing, or from an account to itself, moves nothing.
//!
//! Source: Anderson and Shumailov, "Making Bitcoin Legal" (2018), for poison, haircut and FIFO, which it
//! takes from Clayton's Case (1816). Which rule a court follows is for the law to say, not for
//! this file.

mod poison;
mod pool;
mod queue;
pub mod range;

use crate::ledger::Ledger;

/// How money mixed in an account is told apart when some of it leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Whatever leaves a reached account is wholly tainted. Says who was reached, not how much.
    Poison,
    /// Each payment carries the account's tainted share, rounded down.
    Haircut,
    /// First in, first out.
    Fifo,
    /// Last in, first out.
    Lifo,
    /// Lowest intermediate balance: clean money leaves first.
    Libr,
    /// Tainted money leaves first.
    ProceedsFirst,
}

impl Rule {
    /// All six, in the order of the answers.
    pub const ALL: [Rule; 6] =
        [Rule::Poison, Rule::Haircut, Rule::Fifo, Rule::Lifo, Rule::Libr, Rule::ProceedsFirst];

    /// The rule's name on the command line and in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Rule::Poison => "poison",
            Rule::Haircut => "haircut",
            Rule::Fifo => "fifo",
            Rule::Lifo => "lifo",
            Rule::Libr => "libr",
            Rule::ProceedsFirst => "proceeds-first",
        }
    }

    /// The rule of a name.
    pub fn parse(name: &str) -> Option<Rule> {
        Rule::ALL.into_iter().find(|rule| rule.as_str() == name)
    }
}

/// What a trace under one rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The rule.
    pub rule: Rule,
    /// Tainted money that still rests, by account number.
    pub resting: Vec<Resting>,
    /// Transfers that carried tainted money, in time order.
    pub transfers: Vec<Tainted>,
}

/// Tainted money resting in one account at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resting {
    /// The account's number in the ledger.
    pub account: u32,
    /// In the account's own currency, smallest units. Under poison the whole balance.
    pub tainted_minor: i64,
    /// When the oldest tainted unit that still rests arrived, in microseconds since 1970.
    pub since: i64,
    /// The seed payments it came from, by transfer number, with how much of each; only the rules
    /// that keep slices apart (FIFO, LIFO) know it.
    pub seeds: Vec<(u32, i64)>,
}

/// One transfer that carried tainted money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tainted {
    /// The transfer's number in the ledger.
    pub entry: u32,
    /// How much of what left was tainted, in the payer's own currency.
    pub out_minor: i64,
    /// How much of what arrived was tainted, in the payee's own currency.
    pub in_minor: i64,
    /// When the newest tainted unit in it had reached the payer, in microseconds since 1970; for a
    /// seed the transfer's own time. Only FIFO and LIFO know it; elsewhere the oldest resting
    /// one's.
    pub arrived: i64,
}

/// Follows the money of the seed payments (transfer numbers, in any order) under one rule.
pub fn follow(ledger: &Ledger<'_>, seeds: &[u32], rule: Rule) -> Trace {
    let mut seeds = seeds.to_vec();
    seeds.sort_unstable();
    seeds.dedup();
    match rule {
        Rule::Poison => poison::follow(ledger, &seeds),
        Rule::Haircut | Rule::Libr | Rule::ProceedsFirst => pool::follow(ledger, &seeds, rule),
        Rule::Fifo | Rule::Lifo => queue::follow(ledger, &seeds, rule),
    }
}

/// What part of the amount that arrived is tainted, when that part of what left was; rounded down.
fn carried(tainted_out: i64, out_minor: i64, in_minor: i64) -> i64 {
    if tainted_out >= out_minor {
        return in_minor;
    }
    let part = i128::from(tainted_out) * i128::from(in_minor) / i128::from(out_minor.max(1));
    i64::try_from(part).unwrap_or(in_minor)
}

/// The transfers that move something, with their number and whether they are seeds.
fn moving<'l>(
    ledger: &'l Ledger<'_>,
    seeds: &'l [u32],
) -> impl Iterator<Item = (u32, crate::ledger::Entry, bool)> + 'l {
    let mut seeds = seeds.iter().copied().peekable();
    ledger.entries().enumerate().filter_map(move |(number, entry)| {
        let number = number as u32;
        let is_seed = seeds.next_if_eq(&number).is_some();
        let moves = (entry.out_minor > 0 || entry.in_minor > 0) && entry.from != entry.to;
        moves.then_some((number, entry, is_seed))
    })
}
