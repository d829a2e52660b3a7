//! A chart: accounts and the money between them, as data to be drawn.

use model::country::Country;
use model::money::Money;
use model::role::Role;
use model::time::Timestamp;

/// At most this many accounts are drawn each by itself; see `condense`.
pub const MAX_DRAWN_NODES: usize = 60;
/// At most this many arrows are drawn, the largest; a footnote says how many are left out.
pub const MAX_DRAWN_EDGES: usize = 240;

/// What to draw, in any order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chart {
    /// What it shows, one line.
    pub title: String,
    /// Case, span of time, tracing rule.
    pub subtitle: String,
    /// The handling code, `TLP:AMBER`; stands at the top and at the bottom.
    pub handling: String,
    /// Who made it and when: `Lienket, agency, date`.
    pub made: String,
    /// The accounts.
    pub nodes: Vec<Node>,
    /// The money between them.
    pub edges: Vec<Edge>,
    /// What a reader has to know, one sentence each.
    pub footnotes: Vec<String>,
}

/// An account, or several drawn as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The bank's code; may be empty where the node stands for others.
    pub bank: String,
    /// The account's number; may be empty where the node stands for others.
    pub number: String,
    /// Where the account is held.
    pub country: Option<Country>,
    /// Its part in the ring.
    pub role: Role,
    /// The holder, as far as it may be shown; may be empty.
    pub holder: String,
    /// What still rests there.
    pub resting: Option<Money>,
    /// 0, or how many accounts this drawn node stands for, such as 12 victims.
    pub others: usize,
}

/// Money from one account to another, all transfers together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Index of the payer in `nodes`.
    pub from: usize,
    /// Index of the payee in `nodes`. An edge that names no node is left out.
    pub to: usize,
    /// What was traced along it.
    pub money: Money,
    /// In how many transfers.
    pub transfers: usize,
    /// The first of them.
    pub first: Timestamp,
    /// The last of them.
    pub last: Timestamp,
    /// What sort of arrow.
    pub kind: EdgeKind,
}

/// What an arrow means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// Money of this ring.
    Money,
    /// Money that ties this ring to another through a shared launderer.
    HookUp,
}

impl Node {
    /// How many accounts it stands for.
    pub fn accounts(&self) -> usize {
        self.others.max(1)
    }
}
