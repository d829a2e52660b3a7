//! The book of sightings: a shape is written down once, when its points suffice, and then only
//! grows by what follows. Sightings of one shape whose money meets make one finding.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::flows::Flows;
use super::points::Points;
use super::shapes::Candidate;
use super::web::Web;
use super::{Finding, Findings, Shape, Sighting};
use crate::union::Union;

/// Accounts with more receipts than this within a window are places where everybody's money meets.
const MAX_MEETING: usize = 300;
/// A finding holds at most this many transfers.
const MAX_TRANSFERS: usize = 2_000;

pub(super) struct Book {
    least_points: f64,
    sightings: Vec<Sighting>,
    grown: Vec<BTreeSet<u32>>,
    by_anchor: FxHashMap<(Shape, (u32, u32)), usize>,
    by_transfer: FxHashMap<(Shape, u32), usize>,
    by_end: FxHashMap<(Shape, u32), usize>,
    by_sink: FxHashMap<(Shape, u32), usize>,
    joins: Vec<(usize, usize)>,
    pub(super) is_truncated: bool,
}

impl Book {
    pub(super) fn new(least_points: f64) -> Book {
        Book {
            least_points,
            sightings: Vec::new(),
            grown: Vec::new(),
            by_anchor: FxHashMap::default(),
            by_transfer: FxHashMap::default(),
            by_end: FxHashMap::default(),
            by_sink: FxHashMap::default(),
            joins: Vec::new(),
            is_truncated: false,
        }
    }

    /// Writes a candidate down, or lets the sighting that it belongs to grow.
    pub(super) fn take(&mut self, web: &Web<'_>, closing: u32, candidate: Candidate) {
        let key = (candidate.shape, candidate.anchor);
        let number = match self.by_anchor.get(&key) {
            Some(number) => *number,
            None => {
                let points = weigh(web, &candidate);
                if points.sum() < self.least_points {
                    return;
                }
                self.sightings.push(Sighting {
                    shape: candidate.shape,
                    closing,
                    transfers: candidate.transfers.iter().copied().collect(),
                    reasons: points.reasons(&web.flows, &candidate.transfers),
                });
                self.grown.push(BTreeSet::new());
                self.by_anchor.insert(key, self.sightings.len() - 1);
                self.sightings.len() - 1
            }
        };
        for transfer in &candidate.relays {
            match self.by_transfer.insert((candidate.shape, *transfer), number) {
                Some(other) if other != number => self.joins.push((other, number)),
                _ => {}
            }
        }
        self.by_end.insert((candidate.shape, closing), number);
        if let Some(grown) = self.grown.get_mut(number) {
            if grown.len() + candidate.transfers.len() <= MAX_TRANSFERS {
                grown.extend(candidate.transfers);
            } else {
                self.is_truncated = true;
            }
        }
        self.meet(web, closing, candidate.shape, candidate.sink, number);
    }

    /// Money that a shape brought to its end goes on: one step more belongs to it.
    pub(super) fn pass_on(&mut self, web: &Web<'_>, entry: u32) {
        let Some(relay) = web.relay(entry) else { return };
        for shape in Shape::ALL {
            let ends = relay.ins.iter().filter_map(|came| self.by_end.get(&(*shape, *came)));
            let numbers: BTreeSet<usize> = ends.copied().collect();
            for number in numbers {
                if let Some(grown) = self.grown.get_mut(number) {
                    grown.insert(entry);
                }
                self.meet(web, entry, *shape, web.flows.to(entry), number);
            }
        }
    }

    /// Two shapes of one kind that end at one account are one, unless everybody's money ends there.
    fn meet(&mut self, web: &Web<'_>, closing: u32, shape: Shape, sink: u32, number: usize) {
        let Some(other) = self.by_sink.insert((shape, sink), number) else { return };
        if other == number {
            return;
        }
        let receipts = web.flows.incoming_before(sink, closing);
        let earliest = web.flows.at(closing) - web.window;
        let recent = receipts.iter().rev().take(MAX_MEETING + 1);
        let count = recent.take_while(|e| web.flows.at(**e) >= earliest).count();
        if count <= MAX_MEETING {
            self.joins.push((other, number));
        }
    }

    /// All sightings, in the order of their closing transfers.
    pub(super) fn sightings(&self) -> &[Sighting] {
        &self.sightings
    }

    /// The findings, most points first.
    pub(super) fn findings(&self, flows: &Flows<'_>, complained: &[u32]) -> Findings {
        let mut union = Union::new(self.sightings.len());
        for (one, other) in &self.joins {
            union.join(*one as u32, *other as u32);
        }
        let mut groups: BTreeMap<u32, (Vec<Sighting>, BTreeSet<u32>)> = BTreeMap::new();
        for (number, (sighting, grown)) in self.sightings.iter().zip(&self.grown).enumerate() {
            let group = groups.entry(union.find(number as u32)).or_default();
            group.1.extend(sighting.transfers.iter().chain(grown));
            group.0.push(sighting.with(complained));
        }
        let findings = groups.into_values();
        let mut findings: Vec<Finding> =
            findings.filter_map(|(seen, all)| finding(flows, seen, &all)).collect();
        findings.sort_by(|a, b| {
            b.points.total_cmp(&a.points).then_with(|| a.transfers.cmp(&b.transfers))
        });
        Findings { findings, is_truncated: self.is_truncated }
    }
}

fn finding(flows: &Flows<'_>, seen: Vec<Sighting>, all: &BTreeSet<u32>) -> Option<Finding> {
    let best = seen
        .iter()
        .max_by(|a, b| a.points().total_cmp(&b.points()).then(b.closing.cmp(&a.closing)))?;
    let accounts: BTreeSet<u32> =
        all.iter().flat_map(|entry| [flows.from(*entry), flows.to(*entry)]).collect();
    Some(Finding {
        name: best.shape.as_str().to_owned(),
        transfers: all.iter().copied().collect(),
        accounts: accounts.into_iter().collect(),
        points: best.points(),
        reasons: best.reasons.clone(),
        sightings: seen,
    })
}

/// Adds up what speaks for a candidate.
fn weigh(web: &Web<'_>, candidate: &Candidate) -> Points {
    let mut points = candidate.base;
    for entry in &candidate.relays {
        if let Some(relay) = web.relay(*entry) {
            points.add(&relay.points);
        }
    }
    points
}
