//! LINK: records whose identifiers agree become one entity, with the reasons.
//!
//! Strong identifiers (document, device, IMEI, wallet, account) join on one agreement, weak ones
//! (phone, e-mail, messaging account, domain …) on two. Values that mean nothing (hot lines,
//! platforms) and values that too many unrelated records share join nothing: they are answered
//! with a count. The partition does not depend on the order of the records.

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;
use model::common;
use model::digest::Digest;
use model::identifier::{Identifier, Kind};
use rustc_hash::FxHashMap;

use crate::union::Union;

/// A weak value that more records share is looked at for being a hub.
const WEAK_LIMIT: usize = 10;
/// The same for a strong value.
const STRONG_LIMIT: usize = 40;

/// What one source says of one person or contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// How the record is named in reasons: `complaint A05/C0000012`, `account VNB03/1000005547`.
    pub name: CompactString,
    /// What it says, in any order.
    pub identifiers: Vec<Identifier>,
}

/// Records that speak of the same person or contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Made from its smallest identifier, so it stays while that one stays.
    pub id: String,
    /// All that is known of it, sorted.
    pub identifiers: Vec<Identifier>,
    /// Numbers of its records, rising.
    pub records: Vec<u32>,
    /// Why they were joined; at least one for each join.
    pub reasons: Vec<Reason>,
}

/// Two records agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The first record's number.
    pub left: u32,
    /// The second's.
    pub right: u32,
    /// One strong identifier, or two weak ones.
    pub shared: Vec<Identifier>,
}

/// A value that joins nothing, with how many records hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressed {
    /// The value.
    pub identifier: Identifier,
    /// How many records hold it.
    pub seen: usize,
}

/// The answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resolution {
    /// Entities of two records or more, by id.
    pub entities: Vec<Entity>,
    /// Over-common values, the most common first.
    pub suppressed: Vec<Suppressed>,
}

/// Whether one agreement on such a value is enough.
fn is_strong(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Account | Kind::Iban | Kind::Wallet | Kind::Imei | Kind::Device | Kind::Document
    )
}

/// Joins records that agree.
pub fn resolve(records: &[Record]) -> Resolution {
    let holders = holders(records);
    let suppressed = suppressed(records, &holders);
    let is_suppressed: BTreeSet<&Identifier> = suppressed.iter().map(|s| &s.identifier).collect();
    let mut union = Union::new(records.len());
    let mut reasons = Vec::new();
    let mut join = |left: u32, right: u32, shared: Vec<Identifier>| {
        if union.join(left, right) {
            reasons.push(Reason { left, right, shared });
        }
    };
    let mut agreements: FxHashMap<[&Identifier; 2], u32> = FxHashMap::default();
    for (number, record) in records.iter().enumerate() {
        let number = number as u32;
        let mut weak: Vec<&Identifier> = Vec::new();
        for identifier in record.identifiers.iter().filter(|i| !is_suppressed.contains(i)) {
            let first = holders.get(identifier).and_then(|held| held.first());
            match first {
                Some(first) if is_strong(identifier.kind()) && *first != number => {
                    join(*first, number, vec![identifier.clone()]);
                }
                _ if !is_strong(identifier.kind()) => weak.push(identifier),
                _ => {}
            }
        }
        weak.sort_unstable();
        weak.dedup();
        for (index, left) in weak.iter().enumerate() {
            for right in weak.iter().skip(index + 1) {
                let first = *agreements.entry([left, right]).or_insert(number);
                if first != number {
                    join(first, number, vec![(*left).clone(), (*right).clone()]);
                }
            }
        }
    }
    Resolution { entities: entities(records, &mut union, reasons), suppressed }
}

/// For each identifier the records that hold it, rising.
fn holders(records: &[Record]) -> FxHashMap<&Identifier, Vec<u32>> {
    let mut holders: FxHashMap<&Identifier, Vec<u32>> = FxHashMap::default();
    for (number, record) in records.iter().enumerate() {
        for identifier in &record.identifiers {
            let held = holders.entry(identifier).or_default();
            if held.last() != Some(&(number as u32)) {
                held.push(number as u32);
            }
        }
    }
    holders
}

fn suppressed(records: &[Record], holders: &FxHashMap<&Identifier, Vec<u32>>) -> Vec<Suppressed> {
    let mut found: Vec<Suppressed> = holders
        .iter()
        .filter(|(identifier, held)| {
            common::is_common(identifier) || is_hub(identifier, held, records, holders)
        })
        .map(|(identifier, held)| Suppressed {
            identifier: (*identifier).clone(),
            seen: held.len(),
        })
        .collect();
    found.sort_by(|a, b| b.seen.cmp(&a.seen).then_with(|| a.identifier.cmp(&b.identifier)));
    found
}

/// A value held by many records that otherwise have nothing in common means nothing. One held by
/// many accounts of the same person is confirmed by what else they share.
fn is_hub(
    identifier: &Identifier,
    held: &[u32],
    records: &[Record],
    holders: &FxHashMap<&Identifier, Vec<u32>>,
) -> bool {
    let limit = if is_strong(identifier.kind()) { STRONG_LIMIT } else { WEAK_LIMIT };
    if held.len() <= limit {
        return false;
    }
    let is_confirmed = |record: &&u32| {
        records.get(**record as usize).is_some_and(|record| {
            record.identifiers.iter().any(|other| {
                let shared = holders.get(other).map_or(&[][..], Vec::as_slice);
                other != identifier
                    && !common::is_common(other)
                    && shared.iter().filter(|r| held.binary_search(r).is_ok()).count() * 4
                        >= held.len()
            })
        })
    };
    // A sample is enough, and keeps a value of a million records cheap.
    let sample: Vec<&u32> = held.iter().step_by(held.len().div_ceil(100)).collect();
    sample.iter().filter(|record| is_confirmed(record)).count() * 2 < sample.len()
}

fn entities(records: &[Record], union: &mut Union, reasons: Vec<Reason>) -> Vec<Entity> {
    let mut groups: BTreeMap<u32, (Vec<u32>, Vec<Reason>)> = BTreeMap::new();
    for reason in reasons {
        groups.entry(union.find(reason.left)).or_default().1.push(reason);
    }
    for number in 0..records.len() as u32 {
        if let Some(group) = groups.get_mut(&union.find(number)) {
            group.0.push(number);
        }
    }
    let mut entities: Vec<Entity> = groups
        .into_values()
        .map(|(members, reasons)| {
            let all = members.iter().filter_map(|number| records.get(*number as usize));
            let identifiers: BTreeSet<Identifier> =
                all.flat_map(|r| r.identifiers.clone()).collect();
            let first = identifiers.first().map(Identifier::to_string).unwrap_or_default();
            let digest = Digest::of(first.as_bytes()).to_string();
            Entity {
                id: format!("E-{}", digest.get(..12).unwrap_or_default()),
                identifiers: identifiers.into_iter().collect(),
                records: members,
                reasons,
            }
        })
        .collect();
    entities.sort_by(|a, b| a.id.cmp(&b.id));
    entities
}
