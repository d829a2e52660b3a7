//! The web of relays: which transfer passed on which, and each account's present episode.
//!
//! It grows one transfer at a time, in time order, and never looks ahead.

use rustc_hash::FxHashMap;

use super::flows::Flows;
use super::points::Points;
use super::relay::{Relay, relay};

/// A relay with fewer points is no link of a shape.
const LEAST_POINTS: f64 = 0.5;
/// An episode holds at most this many transfers; then a new one begins and the answer says so.
const MAX_EPISODE: usize = 400;

/// A relay with a smaller part of an episode's points than this does not belong to it.
const COMPARABLE: f64 = 0.5;

/// What an account did while it passed money on: relays that share transfers.
#[derive(Debug, Clone)]
pub(super) struct Episode {
    pub(super) account: u32,
    /// What came, rising.
    pub(super) ins: Vec<u32>,
    /// What left, rising.
    pub(super) outs: Vec<u32>,
    /// Who paid, rising.
    pub(super) payers: Vec<u32>,
    /// Who was paid, rising.
    pub(super) payees: Vec<u32>,
    /// Those of its best relay.
    pub(super) points: Points,
}

/// Relays and episodes up to the present transfer.
#[derive(Default)]
pub(super) struct Threads {
    relays: FxHashMap<u32, Relay>,
    onward: FxHashMap<u32, Vec<u32>>,
    current: FxHashMap<u32, u32>,
    episodes: Vec<Episode>,
    pub(super) is_truncated: bool,
}

/// The web as it is at the present transfer.
pub(super) struct Web<'a> {
    pub(super) flows: Flows<'a>,
    pub(super) window: i64,
    threads: &'a mut Threads,
}

impl<'a> Web<'a> {
    pub(super) fn new(flows: Flows<'a>, window: i64, threads: &'a mut Threads) -> Web<'a> {
        Web { flows, window, threads }
    }

    /// Takes the next transfer; whether it passes money on.
    pub(super) fn take(&mut self, entry: u32) -> bool {
        let Some(relay) = relay(&self.flows, entry, self.window) else { return false };
        if relay.points.sum() < LEAST_POINTS {
            return false;
        }
        for came in &relay.ins {
            self.threads.onward.entry(*came).or_default().push(entry);
        }
        self.join(entry, &relay);
        self.threads.relays.insert(entry, relay);
        true
    }

    pub(super) fn relay(&self, entry: u32) -> Option<&Relay> {
        self.threads.relays.get(&entry)
    }

    /// The transfers that passed a transfer on, in time order.
    pub(super) fn onward(&self, entry: u32) -> &[u32] {
        self.threads.onward.get(&entry).map_or(&[], Vec::as_slice)
    }

    /// The number and the state of an account's present episode.
    pub(super) fn episode(&self, account: u32) -> Option<(u32, &Episode)> {
        let number = *self.threads.current.get(&account)?;
        Some((number, self.threads.episodes.get(number as usize)?))
    }

    fn join(&mut self, entry: u32, relay: &Relay) {
        let account = self.flows.from(entry);
        let first = relay.ins.first().copied().unwrap_or(entry);
        let open = self
            .threads
            .current
            .get(&account)
            .and_then(|n| self.threads.episodes.get_mut(*n as usize));
        if let Some(open) = open {
            let shares = |known: &[u32], new: &[u32]| new.iter().any(|e| known.contains(e));
            let begin = open.ins.first().copied().unwrap_or(first);
            let fits = self.flows.at(entry) - self.flows.at(begin) <= self.window;
            if fits && (shares(&open.ins, &relay.ins) || shares(&open.outs, &relay.outs)) {
                if relay.points.sum() < open.points.sum() * COMPARABLE {
                    return;
                }
                if open.ins.len() + open.outs.len() < MAX_EPISODE {
                    open.extend(&self.flows, relay);
                    return;
                }
                self.threads.is_truncated = true;
            }
        }
        let mut new = Episode {
            account,
            ins: Vec::new(),
            outs: Vec::new(),
            payers: Vec::new(),
            payees: Vec::new(),
            points: relay.points,
        };
        new.extend(&self.flows, relay);
        self.threads.current.insert(account, self.threads.episodes.len() as u32);
        self.threads.episodes.push(new);
    }
}

impl Episode {
    fn extend(&mut self, flows: &Flows<'_>, relay: &Relay) {
        let add = |list: &mut Vec<u32>, item: u32| {
            if let Err(place) = list.binary_search(&item) {
                list.insert(place, item);
            }
        };
        for came in &relay.ins {
            add(&mut self.ins, *came);
            add(&mut self.payers, flows.from(*came));
        }
        for left in &relay.outs {
            add(&mut self.outs, *left);
            add(&mut self.payees, flows.to(*left));
        }
        if relay.points.sum() > self.points.sum() {
            self.points = relay.points;
        }
    }
}
