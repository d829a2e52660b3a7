//! Keeps the entities up to date: a new record changes only the area it touches, and the outcome
//! equals that of all records taken at once.

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;
use model::identifier::Identifier;
use rustc_hash::FxHashMap;

use super::partition::{self, Area, Group, Material, Tie};
use super::values::{Force, Value, Values};
use super::{Cause, Entity, Reason, Record, Resolution, Ruling, Suppressed};

/// All records, and who belongs together.
#[derive(Default)]
pub struct Resolver {
    values: Values,
    is_claim: Vec<bool>,
    names: Vec<CompactString>,
    rulings: Vec<Ruling>,
    limits: Vec<u32>,
    /// Areas by their first record.
    areas: BTreeMap<u32, Area>,
    /// For each record in an area that area's first record.
    area_of: FxHashMap<u32, u32>,
}

impl Resolver {
    /// Takes a record without joining it; `settle` does.
    pub fn take(&mut self, record: &Record) {
        self.values.take(record);
        self.is_claim.push(record.is_claim);
        self.names.push(record.name.clone());
    }

    /// Joins everything anew, by these decisions of officers; of several about the same two
    /// records the last counts.
    pub fn settle(&mut self, rulings: &[Ruling]) {
        let mut latest: BTreeMap<(u32, u32), bool> = BTreeMap::new();
        for ruling in rulings.iter().filter(|ruling| ruling.left != ruling.right) {
            let pair = (ruling.left.min(ruling.right), ruling.left.max(ruling.right));
            latest.insert(pair, ruling.is_same);
        }
        let ruling = |((left, right), is_same)| Ruling { left, right, is_same };
        self.rulings = latest.into_iter().map(ruling).collect();
        // In an order that does not depend on the records': by their names.
        let name = |number: u32| self.names.get(number as usize);
        let by_name = |ruling: &Ruling| {
            let names = (name(ruling.left), name(ruling.right));
            (names.0.min(names.1).cloned(), names.0.max(names.1).cloned())
        };
        let mut rulings = std::mem::take(&mut self.rulings);
        rulings.sort_by_cached_key(by_name);
        self.rulings = rulings;
        self.limits = self.values.limits();
        for value in 0..self.values.count() {
            self.values.judge(value, &self.limits);
        }
        self.areas.clear();
        self.area_of.clear();
        let is_shared =
            |record: &u32| self.values.of(*record).iter().any(|value| self.values.seen(*value) > 1);
        let mut scope: Vec<u32> = (0..self.values.records()).filter(is_shared).collect();
        scope.extend(self.rulings.iter().flat_map(|ruling| [ruling.left, ruling.right]));
        scope.sort_unstable();
        scope.dedup();
        self.place(&scope);
    }

    /// Takes one record more and joins what it changes.
    pub fn add(&mut self, record: &Record) {
        self.take(record);
        let number = self.values.records() - 1;
        let limits = self.values.limits();
        if limits != self.limits {
            // The limit of a kind moved, which may touch anything. It moves in steps, and rarely.
            let rulings = std::mem::take(&mut self.rulings);
            return self.settle(&rulings);
        }
        let mut touched: BTreeSet<u32> = BTreeSet::from([number]);
        let said: Vec<u32> = self.values.of(number).to_vec();
        for value in said {
            let before = self.values.is_suppressed(value);
            self.values.judge(value, &limits);
            let seen = self.values.seen(value);
            let is_quiet = match self.values.force(value) {
                // How many hold a name changes nothing, once two do.
                Force::Name => seen > 2,
                _ => before && self.values.is_suppressed(value),
            };
            if !is_quiet {
                touched.extend(self.values.holders(value));
            }
        }
        let mut scope = touched.clone();
        for record in touched {
            let first = self.area_of.get(&record).copied();
            if let Some(area) = first.and_then(|first| self.areas.remove(&first)) {
                area.records.iter().for_each(|record| {
                    self.area_of.remove(record);
                });
                scope.extend(area.records);
            }
        }
        self.place(&scope.into_iter().collect::<Vec<u32>>());
    }

    fn place(&mut self, scope: &[u32]) {
        let material = Material {
            values: &self.values,
            is_claim: &self.is_claim,
            names: &self.names,
            rulings: &self.rulings,
        };
        for area in partition::areas(&material, scope) {
            let Some(first) = area.records.first().copied() else { continue };
            area.records.iter().for_each(|record| {
                self.area_of.insert(*record, first);
            });
            self.areas.insert(first, area);
        }
    }

    /// For each record the first record of its entity.
    pub fn firsts(&self) -> Vec<u32> {
        let mut firsts: Vec<u32> = (0..self.values.records()).collect();
        for group in self.areas.values().flat_map(|area| &area.groups) {
            for record in &group.records {
                if let (Some(slot), Some(first)) =
                    (firsts.get_mut(*record as usize), group.records.first())
                {
                    *slot = *first;
                }
            }
        }
        firsts
    }

    /// The answer as it stands.
    pub fn resolution(&self) -> Resolution {
        let groups = self.areas.values().flat_map(|area| &area.groups);
        let mut entities: Vec<Entity> = groups.map(|group| self.entity(group)).collect();
        entities.sort_by_key(|entity| entity.records.first().copied());
        let disputed = self.areas.values().flat_map(|area| area.disputed.iter().cloned()).collect();
        Resolution { entities, suppressed: self.suppressed(), disputed }
    }

    fn entity(&self, group: &Group) -> Entity {
        let known = group.records.iter().flat_map(|record| self.values.of(*record));
        let known: BTreeSet<&Identifier> = known.filter_map(|v| self.identifier(*v)).collect();
        Entity {
            identifiers: known.into_iter().cloned().collect(),
            records: group.records.clone(),
            reasons: group.ties.iter().map(|tie| self.reason(tie)).collect(),
        }
    }

    fn reason(&self, tie: &Tie) -> Reason {
        let Some((first, second)) = tie.values else {
            return Reason { left: tie.left, right: tie.right, cause: Cause::Ruled };
        };
        let known =
            |value: u32| Some((self.values.value(value)?, self.values.seen(value) as usize));
        let cause = match (known(first), second.and_then(known)) {
            (Some((Value::Known(a), seen)), Some((Value::Known(b), other))) => match a <= b {
                true => Cause::Two([a.clone(), b.clone()], [seen, other]),
                false => Cause::Two([b.clone(), a.clone()], [other, seen]),
            },
            (Some((Value::Known(known), seen)), Some((Value::Name(name), other)))
            | (Some((Value::Name(name), other)), Some((Value::Known(known), seen))) => {
                Cause::Named(known.clone(), name.clone(), [seen, other])
            }
            (Some((Value::Known(known), _)), _) => Cause::Strong(known.clone()),
            _ => Cause::Ruled,
        };
        Reason { left: tie.left, right: tie.right, cause }
    }

    fn identifier(&self, value: u32) -> Option<&Identifier> {
        match self.values.value(value) {
            Some(Value::Known(identifier)) => Some(identifier),
            _ => None,
        }
    }

    fn suppressed(&self) -> Vec<Suppressed> {
        let common = (0..self.values.count()).filter(|value| self.values.is_suppressed(*value));
        let mut found: Vec<Suppressed> = common
            .filter_map(|value| {
                let identifier = self.identifier(value)?.clone();
                Some(Suppressed { identifier, seen: self.values.seen(value) as usize })
            })
            .collect();
        found.sort_by(|a, b| b.seen.cmp(&a.seen).then_with(|| a.identifier.cmp(&b.identifier)));
        found
    }
}
