//! Looking things up in the books: what an account did in a window, whether it knew the other
//! side, what it does out of habit.

use super::Material;
use crate::ledger::Entry;

/// An account with more transfers in a window than this is a hub there and is not looked into.
const MAX_IN_WINDOW: usize = 2_000;
/// So many transfers of an account are looked at for its habits and for whom it knows.
const MAX_LOOKED_AT: usize = 20_000;
/// An account's habits are told from at least this long.
const LEAST_HABIT_MICROSECONDS: i64 = DAY;

/// An hour and a day in microseconds.
pub(super) const HOUR: i64 = 3_600_000_000;
pub(super) const DAY: i64 = 24 * HOUR;
/// Stolen money that moves on within this time moves on soon.
pub(super) const SOON: i64 = DAY;
/// Stolen money that moves on within this time moves like laundered money.
pub(super) const WINDOW: i64 = 3 * DAY;
/// Where it does not, it may rest this long.
pub(super) const LONG_WINDOW: i64 = 12 * DAY;

/// One of an account's two lists.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// What it paid.
    Paid,
    /// What it received.
    Received,
}

/// The ledger, as the search for rings asks it.
#[derive(Clone, Copy)]
pub(super) struct Books<'m> {
    pub(super) material: &'m Material<'m>,
    /// How long the ledger spans, in microseconds.
    span: i64,
}

impl<'m> Books<'m> {
    pub(super) fn new(material: &'m Material<'m>) -> Books<'m> {
        let mut entries = material.ledger.entries();
        let span = match (entries.next(), material.ledger.entries().next_back()) {
            (Some(first), Some(last)) => last.at - first.at,
            _ => 0,
        };
        Books { material, span }
    }

    pub(super) fn entry(&self, number: u32) -> Option<Entry> {
        self.material.ledger.entry(number)
    }

    /// An account's transfers from one moment to another, both included, in time order; none where
    /// it is a hub.
    pub(super) fn between(
        &self,
        side: Side,
        account: u32,
        since: i64,
        until: i64,
    ) -> impl Iterator<Item = (u32, Entry)> + Clone + use<'m> {
        let all = self.list(side, account);
        let at = |number: &u32| self.material.ledger.at(*number);
        let start = all.partition_point(|number| at(number) < since);
        let end = all.partition_point(|number| at(number) <= until);
        let found = all.get(start..end).unwrap_or_default();
        let found = if found.len() > MAX_IN_WINDOW { &[] } else { found };
        let ledger = self.material.ledger;
        found.iter().filter_map(move |n| Some((*n, ledger.entry(*n)?)))
    }

    /// Whether two accounts have no transfer from the one to the other outside a window.
    pub(super) fn is_new(&self, from: u32, to: u32, since: i64, until: i64) -> bool {
        let (paid, received) = (self.list(Side::Paid, from), self.list(Side::Received, to));
        let shorter = if paid.len() <= received.len() { paid } else { received };
        // Two hubs know each other.
        shorter.len() <= MAX_LOOKED_AT
            && !shorter.iter().filter_map(|number| self.entry(*number)).any(|entry| {
                entry.from == from && entry.to == to && !(since..=until).contains(&entry.at)
            })
    }

    /// How many transfers of at least half an amount an account makes in a while that long, judged
    /// by what it does outside a window.
    pub(super) fn habit(
        &self,
        side: Side,
        account: u32,
        minor: i64,
        window: (i64, i64),
        length: i64,
    ) -> f64 {
        let outside = self
            .list(side, account)
            .iter()
            .take(MAX_LOOKED_AT)
            .filter_map(|number| self.entry(*number))
            .filter(|entry| !(window.0..=window.1).contains(&entry.at))
            .filter(|entry| side.minor(*entry) >= minor / 2);
        let elsewhere = (self.span - (window.1 - window.0)).max(LEAST_HABIT_MICROSECONDS);
        outside.count() as f64 * length as f64 / elsewhere as f64
    }

    /// How many accounts, not counting some, paid to one outside a window; counted up to a limit.
    pub(super) fn payers(
        &self,
        account: u32,
        window: (i64, i64),
        limit: usize,
        but: impl Fn(u32) -> bool,
    ) -> usize {
        let list = self.list(Side::Received, account).iter().take(MAX_LOOKED_AT);
        let mut payers: Vec<u32> = list
            .filter_map(|number| self.entry(*number))
            .filter(|entry| !(window.0..=window.1).contains(&entry.at))
            .map(|entry| entry.from)
            .filter(|from| !but(*from))
            .collect();
        payers.sort_unstable();
        payers.dedup();
        payers.len().min(limit)
    }

    /// What left, in US cents; at least one, so that a currency without a rate still counts.
    pub(super) fn usd_cents(&self, entry: Entry) -> i64 {
        let currency = self.material.ledger.currency(entry.from);
        self.material.rates.usd_cents(entry.out_minor, currency).unwrap_or(0).max(1)
    }

    fn list(&self, side: Side, account: u32) -> &'m [u32] {
        match side {
            Side::Paid => self.material.ledger.outgoing(account),
            Side::Received => self.material.ledger.incoming(account),
        }
    }
}

impl Side {
    /// What a transfer is worth on this side, in that account's own smallest units.
    pub(super) fn minor(self, entry: Entry) -> i64 {
        match self {
            Side::Paid => entry.out_minor,
            Side::Received => entry.in_minor,
        }
    }
}
