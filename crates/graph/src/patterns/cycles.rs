//! Cycles: money that comes back to where it started, whatever became of its amount on the way.
//!
//! From the transfer that closes the cycle the road is searched backwards, best hop first. Amounts
//! that were kept count for the cycle; amounts that were not count against it.

use std::collections::BTreeSet;

use super::Shape;
use super::points::Points;
use super::relay::{Past, kept_points};
use super::shapes::Candidate;
use super::web::Web;

/// A cycle has at most this many hops.
const MAX_HOPS: usize = 14;
/// At most this many of an account's latest receipts are looked at.
const MAX_RECEIPTS: usize = 48;
/// A search looks at no more receipts together once it has looked at this many.
const MAX_STEPS: usize = 300;
/// A hop with fewer points is not worth following: the cycle would not be found odd.
const LEAST_HOP: f64 = -0.5;
/// By chance one road in ten that is worth following comes back.
const RETURN: f64 = 1.0;

/// The best cycle that a transfer closes, and whether the search was cut.
pub(super) fn cycle(web: &Web<'_>, entry: u32) -> (Option<Candidate>, bool) {
    let (start, payer) = (web.flows.to(entry), web.flows.from(entry));
    if start == payer || web.flows.outgoing_until(start, entry).is_empty() {
        return (None, false);
    }
    let end = web.flows.at(entry);
    let mut search = Search { web, start, end, path: vec![entry], best: None, steps: 0 };
    search.back(entry, Points::default());
    let is_cut = search.steps > MAX_STEPS;
    let found = search.best.map(|(mut base, path)| {
        let first = path.last().copied().unwrap_or(entry);
        let mut transfers: BTreeSet<u32> = path.into_iter().collect();
        // What the starting account gathered belongs to the cycle.
        transfers.extend(web.relay(first).map_or(&[][..], |relay| relay.ins.as_slice()));
        base.form += RETURN;
        Candidate {
            shape: Shape::Cycle,
            anchor: (start, first),
            relays: vec![first],
            transfers,
            sink: start,
            base,
        }
    });
    (found, is_cut)
}

struct Search<'s, 'a> {
    web: &'s Web<'a>,
    start: u32,
    end: i64,
    path: Vec<u32>,
    best: Option<(Points, Vec<u32>)>,
    steps: usize,
}

impl Search<'_, '_> {
    fn back(&mut self, later: u32, points: Points) {
        let flows = &self.web.flows;
        let receipts = flows.incoming_before(flows.from(later), later);
        let mut hops: Vec<(Points, u32)> = Vec::new();
        for came in receipts.iter().rev().take(MAX_RECEIPTS) {
            self.steps += 1;
            if self.end - flows.at(*came) > self.web.window {
                break;
            }
            let hop = self.hop(*came, later);
            if hop.sum() > LEAST_HOP {
                hops.push((hop, *came));
            }
        }
        hops.sort_by(|a, b| b.0.sum().total_cmp(&a.0.sum()).then(b.1.cmp(&a.1)));
        for (hop, came) in hops {
            if self.steps > MAX_STEPS {
                return;
            }
            let mut sum = points;
            sum.add(&hop);
            let payer = flows.from(came);
            if payer == self.start {
                if self.best.as_ref().is_none_or(|(most, _)| sum.sum() > most.sum()) {
                    let path = self.path.iter().copied().chain([came]).collect();
                    self.best = Some((sum, path));
                }
                continue;
            }
            let is_new = self.path.iter().all(|e| flows.from(*e) != payer && flows.to(*e) != payer);
            if is_new && self.path.len() < MAX_HOPS {
                self.path.push(came);
                self.back(came, sum);
                self.path.pop();
            }
        }
    }

    /// How unlikely it is by chance that a transfer passes on that receipt.
    fn hop(&self, came: u32, left: u32) -> Points {
        let flows = &self.web.flows;
        let account = flows.to(came);
        let before =
            flows.incoming_before(account, came).len() + flows.outgoing_until(account, came).len();
        let part = flows.left(left) as f64 / flows.came(came).max(1) as f64;
        let rest = (flows.at(left) - flows.at(came)) as f64;
        Points {
            kept: kept_points(part).max(-1.0),
            quick: Past::new(flows, before, came, left).quick(rest),
            amounts: (0.5 * flows.rarity(left)).min(1.2),
            strangers: if flows.is_known(left) { -0.6 } else { 0.4 },
            chance: -1.6,
            ..Points::default()
        }
    }
}
