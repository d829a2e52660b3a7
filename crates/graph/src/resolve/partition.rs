//! Joins the records of a scope that agree, as far as officers' decisions and banks allow.
//!
//! Records of banks are joined by what they share themselves, claims likewise. A set of claims then
//! goes to the one person it agrees with; where it agrees with several whom banks tell apart, it
//! goes to none. So what a victim wrote down never makes two customers one.
//!
//! Where an officer keeps two records apart, the agreements of that scope are taken by their force
//! and their texts, and one that would bring the two together again is left out.

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;

use super::agree::{self, Evidence};
use super::values::Values;
use super::{Disputed, Ruling};
use crate::union::Union;

/// Records that belong together, with the reasons.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) records: Vec<u32>,
    pub(super) ties: Vec<Tie>,
}

/// Two records were joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tie {
    pub(super) left: u32,
    pub(super) right: u32,
    /// On which values; `None` by an officer's decision.
    pub(super) values: Option<(u32, Option<u32>)>,
}

/// What became of one area: records that are tied by agreements, whether these joined them or not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) records: Vec<u32>,
    pub(super) groups: Vec<Group>,
    pub(super) disputed: Vec<Disputed>,
}

/// What the records of a scope are judged by.
pub(super) struct Material<'r> {
    pub(super) values: &'r Values,
    pub(super) is_claim: &'r [bool],
    pub(super) names: &'r [CompactString],
    /// Officers' decisions, the latest of each pair.
    pub(super) rulings: &'r [Ruling],
}

/// The areas of a scope of two records or more. The scope is rising and closed: nothing outside
/// agrees with anything inside.
pub(super) fn areas(material: &Material<'_>, scope: &[u32]) -> Vec<Area> {
    let evidence = agree::evidence(material.values, scope);
    let place = |record: u32| scope.binary_search(&record).ok().map(|place| place as u32);
    let mut union = Union::new(scope.len());
    let mut join = |left: u32, right: u32| {
        if let (Some(left), Some(right)) = (place(left), place(right)) {
            union.join(left, right);
        }
    };
    for found in &evidence {
        found.records.windows(2).for_each(|pair| {
            if let [left, right] = pair {
                join(*left, *right);
            }
        });
    }
    material.rulings.iter().for_each(|ruling| join(ruling.left, ruling.right));
    // Each area's evidence together: sorted by the area's first record.
    let mut by_area: Vec<(u32, u32)> = Vec::new();
    for (number, found) in evidence.iter().enumerate() {
        let first = found.records.first().and_then(|record| place(*record)).unwrap_or(0);
        by_area.push((union.find(first), number as u32));
    }
    by_area.sort_unstable();
    let mut members: Vec<(u32, u32)> =
        scope.iter().zip(0..).map(|(record, place)| (union.find(place), *record)).collect();
    members.sort_unstable();
    let mut areas = Vec::new();
    let mut at = 0;
    for run in members.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
        let root = run.first().map_or(0, |first| first.0);
        at += by_area.iter().skip(at).take_while(|(area, _)| *area < root).count();
        let own = by_area.iter().skip(at).take_while(|(area, _)| *area == root);
        let own = own.filter_map(|(_, number)| evidence.get(*number as usize));
        let own = own.filter(|found| found.joins).collect();
        let records = run.iter().map(|(_, record)| *record).collect();
        areas.push(area(material, records, own));
    }
    areas
}

/// Joins within one area.
fn area(material: &Material<'_>, records: Vec<u32>, mut evidence: Vec<&Evidence>) -> Area {
    let inside = |record: u32| records.binary_search(&record).is_ok();
    let mut rulings = material.rulings.iter().filter(|r| inside(r.left) && inside(r.right));
    let rulings: Vec<Ruling> = rulings.by_ref().copied().collect();
    // With nobody kept apart, every order of joins ends the same.
    let is_split = rulings.iter().any(|ruling| !ruling.is_same);
    if is_split {
        evidence.sort_by_cached_key(|found| {
            let (left, right) = found.values;
            let texts = [Some(left), right].map(|v| v.and_then(|v| material.values.value(v)));
            (right.is_some(), texts.iter().max().cloned(), texts.iter().min().cloned())
        });
    }
    let mut joiner = Joiner {
        material,
        union: Union::new(records.len()),
        records: &records,
        apart: rulings.iter().filter(|r| !r.is_same).map(|r| (r.left, r.right)).collect(),
        ties: Vec::new(),
    };
    for ruling in rulings.iter().filter(|ruling| ruling.is_same) {
        joiner.join(ruling.left, ruling.right, None);
    }
    let is_claim =
        |record: &u32| material.is_claim.get(*record as usize).copied().unwrap_or_default();
    let mut across: Vec<(u32, u32, &Evidence)> = Vec::new();
    for found in &evidence {
        let (mut claims, mut banks): (Vec<u32>, Vec<u32>) =
            found.records.iter().copied().partition(is_claim);
        if is_split {
            let name = |record: &u32| material.names.get(*record as usize);
            claims.sort_by(|a, b| name(a).cmp(&name(b)));
            banks.sort_by(|a, b| name(a).cmp(&name(b)));
        }
        joiner.all(&claims, found, is_split);
        joiner.all(&banks, found, is_split);
        let pairs = claims.iter().flat_map(|claim| banks.iter().map(|bank| (*claim, *bank)));
        // Without a split one pair stands for all.
        across
            .extend(pairs.take(if is_split { usize::MAX } else { 1 }).map(|(c, b)| (c, b, *found)));
    }
    let disputed = attach(&mut joiner, &across);
    let groups = joiner.groups();
    Area { records, groups, disputed }
}

/// Brings each set of claims to the one person it agrees with.
fn attach(joiner: &mut Joiner<'_>, across: &[(u32, u32, &Evidence)]) -> Vec<Disputed> {
    let mut wanted: BTreeMap<u32, Vec<(u32, usize)>> = BTreeMap::new();
    for (number, (claim, bank, _)) in across.iter().enumerate() {
        let (claim, bank) = (joiner.set(*claim), joiner.set(*bank));
        if claim != bank && !joiner.is_apart(claim, bank) {
            wanted.entry(claim).or_default().push((bank, number));
        }
    }
    let mut claims: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for record in joiner.records {
        let set = joiner.set(*record);
        if wanted.contains_key(&set) {
            claims.entry(set).or_default().push(*record);
        }
    }
    let mut disputed = Vec::new();
    // Where somebody is kept apart the order matters, so it is that of the claims' names.
    let name = |record: &u32| joiner.material.names.get(*record as usize);
    let mut order: Vec<(u32, Vec<u32>)> = claims.into_iter().collect();
    order.sort_by_cached_key(|(_, claims)| claims.iter().filter_map(name).min().cloned());
    for (set, claims) in order {
        let wants = wanted.remove(&set).unwrap_or_default();
        let persons: BTreeSet<u32> = wants.iter().map(|(bank, _)| *bank).collect();
        let only = wants.first().filter(|_| persons.len() == 1);
        if let Some((claim, bank, found)) = only.and_then(|(_, number)| across.get(*number)) {
            joiner.join(*claim, *bank, Some(found));
        } else {
            let record = |place: &u32| joiner.records.get(*place as usize).copied();
            disputed
                .push(Disputed { claims, persons: persons.iter().filter_map(record).collect() });
        }
    }
    disputed.sort_by(|a, b| a.claims.cmp(&b.claims));
    disputed
}

struct Joiner<'a> {
    material: &'a Material<'a>,
    union: Union,
    records: &'a [u32],
    /// Pairs that an officer keeps apart.
    apart: Vec<(u32, u32)>,
    ties: Vec<Tie>,
}

impl Joiner<'_> {
    fn set(&mut self, record: u32) -> u32 {
        let place = self.records.binary_search(&record).unwrap_or(0);
        self.union.find(place as u32)
    }

    fn is_apart(&mut self, left: u32, right: u32) -> bool {
        (0..self.apart.len()).any(|at| {
            let Some((a, b)) = self.apart.get(at).copied() else { return false };
            let (a, b) = (self.set(a), self.set(b));
            (a, b) == (left, right) || (a, b) == (right, left)
        })
    }

    /// Joins two records' sets unless an officer keeps them apart. Returns whether they are one.
    fn join(&mut self, left: u32, right: u32, found: Option<&Evidence>) -> bool {
        let (a, b) = (self.set(left), self.set(right));
        if a == b {
            return true;
        }
        if self.is_apart(a, b) {
            return false;
        }
        self.union.join(a, b);
        self.ties.push(Tie { left, right, values: found.map(|found| found.values) });
        true
    }

    /// Joins all of these; where somebody is kept apart, each to the first that takes it.
    fn all(&mut self, records: &[u32], found: &Evidence, is_split: bool) {
        for (at, record) in records.iter().enumerate().skip(1) {
            let earlier = records.iter().take(if is_split { at } else { 1 });
            for first in earlier {
                if self.join(*first, *record, Some(found)) {
                    break;
                }
            }
        }
    }

    fn groups(mut self) -> Vec<Group> {
        let mut groups: BTreeMap<u32, Group> = BTreeMap::new();
        for tie in std::mem::take(&mut self.ties) {
            let set = self.set(tie.left);
            groups.entry(set).or_default().ties.push(tie);
        }
        for record in self.records {
            let set = self.set(*record);
            if let Some(group) = groups.get_mut(&set) {
                group.records.push(*record);
            }
        }
        groups.into_values().collect()
    }
}
