//! Sightings of one pattern that share single accounts and a transfer make one finding.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::Sighting;
use super::pattern::Pattern;
use crate::union::Union;

/// No more sightings are gathered than this.
const MAX_SIGHTINGS: usize = 100_000;
/// No more transfers are gathered than this, over all sightings.
const MAX_TRANSFERS: usize = 10_000_000;

/// What sightings that belong together show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// For each role of the pattern its accounts, by number, rising.
    pub roles: Vec<Vec<u32>>,
    /// For each step its transfers, by number, rising.
    pub steps: Vec<Vec<u32>>,
    /// The transfers that completed the pattern, by number, rising.
    pub closings: Vec<u32>,
}

impl Finding {
    /// All its transfers, by number, rising.
    pub fn transfers(&self) -> Vec<u32> {
        flat(&self.steps)
    }

    /// All its accounts, by number, rising.
    pub fn accounts(&self) -> Vec<u32> {
        flat(&self.roles)
    }
}

/// The answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// In the order of the transfers that completed them first.
    pub findings: Vec<Finding>,
    /// What they were told from, in the order of the completing transfers.
    pub sightings: Vec<Sighting>,
    /// Whether a limit cut the search short.
    pub is_truncated: bool,
}

pub(super) struct Gather {
    sightings: Vec<Sighting>,
    transfers: usize,
    pub(super) is_truncated: bool,
}

impl Gather {
    pub(super) fn new() -> Gather {
        Gather { sightings: Vec::new(), transfers: 0, is_truncated: false }
    }

    /// Takes one more; whether there is room for another.
    pub(super) fn take(&mut self, sighting: Sighting) -> bool {
        self.transfers += sighting.steps.iter().map(Vec::len).sum::<usize>();
        self.sightings.push(sighting);
        let has_room = self.sightings.len() < MAX_SIGHTINGS && self.transfers < MAX_TRANSFERS;
        self.is_truncated |= !has_room;
        has_room
    }

    pub(super) fn findings(self, pattern: &Pattern) -> Findings {
        let mut union = Union::new(self.sightings.len());
        let mut by_singles: FxHashMap<Vec<u32>, u32> = FxHashMap::default();
        let mut by_transfer: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        for (number, sighting) in (0..).zip(&self.sightings) {
            let roles = pattern.roles().iter().zip(&sighting.roles);
            let singles = roles.filter(|(role, _)| !role.is_many);
            let singles: Vec<u32> = singles.flat_map(|(_, accounts)| accounts).copied().collect();
            let next = by_singles.len() as u32;
            let group = *by_singles.entry(singles).or_insert(next);
            for transfer in sighting.steps.iter().flatten() {
                union.join(*by_transfer.entry((group, *transfer)).or_insert(number), number);
            }
        }
        let mut groups: BTreeMap<u32, Vec<&Sighting>> = BTreeMap::new();
        for (number, sighting) in (0..).zip(&self.sightings) {
            groups.entry(union.find(number)).or_default().push(sighting);
        }
        let findings = groups.into_values().map(|group| finding(&group)).collect();
        Findings { findings, sightings: self.sightings, is_truncated: self.is_truncated }
    }
}

fn finding(group: &[&Sighting]) -> Finding {
    let united = |lists: fn(&Sighting) -> &[Vec<u32>]| {
        let mut all: Vec<BTreeSet<u32>> = Vec::new();
        for sighting in group {
            for (place, list) in lists(sighting).iter().enumerate() {
                if all.len() <= place {
                    all.push(BTreeSet::new());
                }
                if let Some(set) = all.get_mut(place) {
                    set.extend(list.iter().copied());
                }
            }
        }
        all.into_iter().map(|set| set.into_iter().collect()).collect()
    };
    Finding {
        roles: united(|sighting| &sighting.roles),
        steps: united(|sighting| &sighting.steps),
        closings: group.iter().map(|sighting| sighting.closing).collect(),
    }
}

fn flat(lists: &[Vec<u32>]) -> Vec<u32> {
    let all: BTreeSet<u32> = lists.iter().flatten().copied().collect();
    all.into_iter().collect()
}
