//! A report on a ring or a case, as data to be printed.
//!
//! Victims' names and accounts come in already masked where they are to be masked.

use model::country::Country;
use model::digest::Digest;
use model::money::Money;
use model::role::Role;
use model::time::Timestamp;

/// At most this many rows of one table are printed; a line says how many more there are.
pub const MAX_ROWS: usize = 500;
/// At most this many pieces of evidence are printed for one account.
pub const MAX_EVIDENCE: usize = 12;

/// Everything a report says, in the order in which it says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What it is about: `Ring R-0007`.
    pub title: String,
    /// Who made it.
    pub agency: String,
    /// The case's reference, and its title where there is one.
    pub case: String,
    /// The handling code, `TLP:AMBER`; stands at the top and bottom of every printed page.
    pub handling: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Key figures, label and value, the weightiest first; the first four are printed large.
    pub summary: Vec<(String, String)>,
    /// The chart as `svg::svg` drew it; may be empty. It is put into the page as it stands.
    pub chart_svg: String,
    /// The ring's accounts.
    pub accounts: Vec<AccountRow>,
    /// Where the money rests, one table a tracing rule.
    pub rules: Vec<RuleTable>,
    /// Lowest and highest sum per account over the rules (without poison), in US dollars.
    pub ranges: Vec<RangeRow>,
    /// Who kept how much of the profit.
    pub shares: Vec<ShareRow>,
    /// The complaints behind the ring.
    pub complaints: Vec<ComplaintRow>,
    /// Other rings that share a launderer with this one.
    pub hookups: Vec<HookupRow>,
    /// The files all this rests on.
    pub sources: Vec<SourceRow>,
    /// The rates with which sums were compared.
    pub rates: Option<RatesNote>,
    /// Assumptions and weak spots of this case, one sentence each; the general ones are printed
    /// anyway.
    pub notes: Vec<String>,
}

/// One account of the ring and why it is thought to belong there.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountRow {
    /// The bank's code.
    pub bank: String,
    /// The account's number.
    pub number: String,
    /// Where it is held.
    pub country: Option<Country>,
    /// Its part in the ring.
    pub role: Role,
    /// The holder; may be empty.
    pub holder: String,
    /// From 0 to 1.
    pub score: f64,
    /// Sentences, each naming the transfers or identifiers that cause it.
    pub evidence: Vec<String>,
}

/// What one tracing rule says about where the money rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleTable {
    /// The rule's word on the command line: poison, haircut, fifo, lifo, libr, proceeds-first.
    pub rule: String,
    /// All that rests under this rule, in US dollars.
    pub resting_usd: Option<Money>,
    /// The accounts in which it rests.
    pub rows: Vec<RestingRow>,
    /// Whether the trace stopped at a limit, so that more may rest elsewhere.
    pub truncated: bool,
}

/// Money that rests in an account under one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestingRow {
    /// The bank's code.
    pub bank: String,
    /// The account's number.
    pub number: String,
    /// Where the account is held.
    pub country: Option<Country>,
    /// What rests, in the account's own currency.
    pub tainted: Money,
    /// The same in US dollars, where a rate is known.
    pub tainted_usd: Option<Money>,
    /// When the oldest of it arrived.
    pub since: Option<Timestamp>,
}

/// The span of what rests in an account over the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangeRow {
    /// The bank's code.
    pub bank: String,
    /// The account's number.
    pub number: String,
    /// The lowest sum, in US dollars.
    pub low: Money,
    /// The highest sum, in US dollars.
    pub high: Money,
}

/// One account's part of the profit.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareRow {
    /// The bank's code.
    pub bank: String,
    /// The account's number.
    pub number: String,
    /// Its part in the ring.
    pub role: Role,
    /// Who is behind it; may be empty.
    pub holder: String,
    /// The lowest fraction over the rules, from 0 to 1.
    pub low: f64,
    /// The highest fraction over the rules, from 0 to 1.
    pub high: f64,
}

/// One complaint, masked as the caller decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComplaintRow {
    /// The agency's number of it.
    pub id: String,
    /// The agency that took it down.
    pub agency: String,
    /// When it was reported.
    pub reported_at: Timestamp,
    /// The victim, masked or not; may be empty.
    pub victim: String,
    /// The account paid to, `BANK/NUMBER`.
    pub paid_to: String,
    /// What was paid.
    pub amount: Money,
    /// The transfer it was matched to; `None` where none was found.
    pub transfer: Option<String>,
}

/// Another ring that shares a launderer with this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookupRow {
    /// This ring.
    pub ring: String,
    /// The other ring.
    pub other: String,
    /// The shared account's bank.
    pub bank: String,
    /// The shared account's number.
    pub number: String,
    /// What passed between them, where it is known.
    pub money: Option<Money>,
}

/// A file on which the report rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// Its name, without its folder.
    pub name: String,
    /// What it holds, in the reader's language.
    pub kind: String,
    /// Rows taken from it.
    pub rows: usize,
    /// Its SHA-256.
    pub digest: Digest,
}

/// The exchange rates used for comparing sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatesNote {
    /// The day they hold for, as their source wrote it.
    pub as_of: String,
    /// Where they come from.
    pub source: String,
}
