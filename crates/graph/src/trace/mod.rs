//! TRACE: follows stolen money through the ledger under the rules that courts use.
//!
//! One walk in time order over the accounts that are reached (`walk`), in whole smallest units of
//! each account's own currency, all rules at once. A seed payment is all new taint to its payee. At
//! its payer it takes clean money first, then tainted money, which it thereby replaces: money
//! stolen twice counts once, so what rests is at most what was stolen. What an account held before
//! the first transfer is unknown and taken for clean, unless a balance is declared.
//! A transfer of nothing, or from an account to itself, moves nothing.
//!
//! Source: Anderson and Shumailov, "Making Bitcoin Legal" (2018), for poison, haircut and FIFO, which it
//! takes from Clayton's Case (1816). Which rule a court follows is for the law to say, not for
//! this file.

pub mod backward;
pub mod live;
mod parts;
mod poison;
mod pool;
mod queue;
pub mod range;
mod strand;
mod walk;

use std::collections::BTreeMap;

use crate::ledger::Ledger;
use queue::Slice;

/// A trace looks at so many transfers unless it is asked for other; then it is cut.
pub const MOST_TRANSFERS: usize = 4_000_000;
/// Under poison everything is soon reached, which says little: it is followed over so many
/// transfers for each seed.
pub const POISONED_A_SEED: usize = 2_000;
/// However few the seeds are, poison is followed over so many transfers.
pub const POISONED_AT_LEAST: usize = 5_000;
/// With more seeds the rules that mix money in pools do not tell whose money rests where.
pub const MOST_SEEDS_TOLD: usize = 2_000;

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

/// What is to be followed, and how far.
pub struct Question<'q, 'l> {
    /// The transfers.
    pub ledger: &'q Ledger<'l>,
    /// The seed payments, rising, each once.
    seeds: Vec<u32>,
    /// Accounts whose balance before the first transfer is declared, in their own currency; clean.
    pub openings: &'q BTreeMap<u32, i64>,
    /// Transfers of which is asked whose money they carried, rising.
    pub watched: &'q [u32],
    /// At most so many transfers are looked at.
    pub most_transfers: usize,
    /// At most so many are followed under poison.
    pub most_poisoned: usize,
    /// Whether there are few enough seeds to tell them apart in a pool.
    tells_parts: bool,
}

/// No account's opening balance is declared.
static NO_OPENINGS: BTreeMap<u32, i64> = BTreeMap::new();

impl<'q, 'l> Question<'q, 'l> {
    /// Follows seed payments (transfer numbers, in any order) up to the usual limit.
    pub fn new(ledger: &'q Ledger<'l>, seeds: &[u32]) -> Question<'q, 'l> {
        let mut seeds = seeds.to_vec();
        seeds.sort_unstable();
        seeds.dedup();
        let seeds_count = seeds.len();
        Question { seeds, ..Question::of_so_many(ledger, seeds_count) }
    }

    /// A question about that many seeds, none of which is given yet: limits depend on their number.
    fn of_so_many(ledger: &'q Ledger<'l>, seeds: usize) -> Question<'q, 'l> {
        let tells_parts = seeds <= MOST_SEEDS_TOLD;
        let poisoned = seeds.saturating_mul(POISONED_A_SEED);
        Question {
            ledger,
            seeds: Vec::new(),
            openings: &NO_OPENINGS,
            watched: &[],
            most_transfers: MOST_TRANSFERS,
            most_poisoned: poisoned.clamp(POISONED_AT_LEAST, MOST_TRANSFERS),
            tells_parts,
        }
    }

    /// The traces under some rules, in their order.
    pub fn follow(&self, rules: &[Rule]) -> Vec<Trace> {
        let amounts = rules.iter().copied().filter(|rule| *rule != Rule::Poison).collect();
        let mut found = walk::follow(self, amounts).into_iter();
        let one = |rule: &Rule| match rule {
            Rule::Poison => Some(poison::follow(self)),
            _ => found.next(),
        };
        rules.iter().filter_map(one).collect()
    }
}

/// Follows the money of seed payments under one rule, up to the usual limit.
pub fn follow(ledger: &Ledger<'_>, seeds: &[u32], rule: Rule) -> Trace {
    let found = Question::new(ledger, seeds).follow(&[rule]).pop();
    found.unwrap_or_else(|| Trace::empty(rule))
}

/// What a trace under one rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The rule.
    pub rule: Rule,
    /// Accounts where tainted money rests at the end, by account number.
    pub resting: Vec<Resting>,
    /// Transfers that carried tainted money, in time order.
    pub transfers: Vec<Tainted>,
    /// Watched transfers with the seed payments whose money they carried and how much of each, in
    /// the payer's own currency.
    pub watched: Vec<(u32, Vec<(u32, i64)>)>,
    /// Where a limit cut the trace short: it knows nothing of what happened from this moment on,
    /// in microseconds since 1970.
    pub cut: Option<i64>,
}

impl Trace {
    fn empty(rule: Rule) -> Trace {
        let (resting, transfers, watched) = (Vec::new(), Vec::new(), Vec::new());
        Trace { rule, resting, transfers, watched, cut: None }
    }
}

/// Tainted money that lies in an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resting {
    /// The account's number in the ledger.
    pub account: u32,
    /// In the account's own currency, smallest units. Under poison the whole balance.
    pub tainted_minor: i64,
    /// When the oldest tainted unit that still rests arrived, in microseconds since 1970.
    pub since: i64,
    /// The seed payments it came from, by transfer number, with how much of each. Empty under
    /// poison, and under the rules of pools where there are too many seeds.
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

/// What of a transfer is tainted as it leaves the payer.
#[derive(Default)]
struct Left {
    tainted: i64,
    arrived: i64,
    /// Whose it is, where money is mixed in pools.
    parts: parts::Parts,
    /// All that left, in its order, where money is kept in slices.
    slices: Vec<Slice>,
}

/// What part of the amount that arrived is tainted, when that part of what left was; rounded down.
fn carried(tainted_out: i64, out_minor: i64, in_minor: i64) -> i64 {
    if tainted_out >= out_minor {
        return in_minor;
    }
    let part = i128::from(tainted_out) * i128::from(in_minor) / i128::from(out_minor.max(1));
    i64::try_from(part).unwrap_or(in_minor)
}
