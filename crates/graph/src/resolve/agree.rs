//! Which records agree: on one value that belongs to one person, or on two that may be shared.
//!
//! Two that may be shared weigh 1/log2(1 + n) each, where n counts the records that hold the value
//! and do not agree, and one for those that do; together they must weigh enough. A handset on whose
//! holders' names or documents do not fit together joins only holders of one name.

use std::collections::BTreeSet;

use model::identifier::{Identifier, Kind};

use super::names;
use super::values::{Force, Value, Values};

/// Two values that may be shared must weigh so much together: two that three strangers hold
/// beside do, two that five hold do not.
const ENOUGH: f64 = 0.8;
/// A contact confirms a name while at most so many records of other names hold it: the frequent
/// names of a country hardly meet twice in one household, and do meet among a shop's customers.
const HOUSEHOLD: usize = 4;
/// Of one record at most so many values are paired, the rarest first.
const MAX_PAIRED: usize = 24;
/// With more names among those who agree, they are not looked at one by one.
const MAX_NAMES: usize = 8;

/// Records that agree on something.
pub(super) struct Evidence {
    /// One value, or two; the second is `None` for a strong one.
    pub(super) values: (u32, Option<u32>),
    /// Which records, rising; at least two.
    pub(super) records: Vec<u32>,
    /// Whether it joins them. What does not join still ties them into one area, so that whoever
    /// looks at one of them again looks at all.
    pub(super) joins: bool,
}

/// All agreements among the records of a scope, in the order of the values' numbers.
pub(super) fn evidence(values: &Values, scope: &[u32]) -> Vec<Evidence> {
    let mut held: Vec<u64> = Vec::new();
    for record in scope {
        let shared = values.of(*record).iter().filter(|value| is_useful(values, **value));
        held.extend(shared.map(|value| u64::from(*value) << 32 | u64::from(*record)));
    }
    held.sort_unstable();
    let mut found = Vec::new();
    // Handsets of people whose names or documents differ.
    let mut unclear: Vec<u32> = Vec::new();
    for run in held.chunk_by(|a, b| a >> 32 == b >> 32) {
        let value = run.first().map_or(0, |first| (first >> 32) as u32);
        let force = values.force(value);
        if force > Force::Handset || run.len() < 2 {
            continue;
        }
        let records: Vec<u32> = run.iter().map(|both| *both as u32).collect();
        let joins = force == Force::Strong || !differ(values, &records);
        if !joins {
            unclear.push(value);
        }
        found.push(Evidence { values: (value, None), records, joins });
    }
    drop(held);
    pairs(values, scope, &unclear, &mut found);
    found
}

fn is_useful(values: &Values, value: u32) -> bool {
    values.seen(value) > 1 && !values.is_suppressed(value) && values.force(value) != Force::Name
}

/// Agreements on two values that may be shared.
fn pairs(values: &Values, scope: &[u32], unclear: &[u32], found: &mut Vec<Evidence>) {
    let mut held: Vec<(u64, u32)> = Vec::new();
    let mut weak: Vec<u32> = Vec::new();
    for record in scope {
        weak.clear();
        weak.extend(values.of(*record).iter().copied().filter(|value| {
            is_useful(values, *value)
                && match values.force(*value) {
                    Force::Strong => false,
                    Force::Handset => unclear.binary_search(value).is_ok(),
                    _ => true,
                }
        }));
        // By the texts where counts are equal: numbers depend on the order of the records.
        if weak.len() > MAX_PAIRED {
            weak.sort_by_cached_key(|v| (values.seen(*v), values.value(*v).cloned()));
            weak.truncate(MAX_PAIRED);
        }
        let name = values.of(*record).last().copied();
        let name = name.filter(|v| values.force(*v) == Force::Name && values.seen(*v) > 1);
        weak.extend(name.filter(|_| !weak.is_empty()));
        weak.sort_unstable();
        for (at, left) in weak.iter().enumerate() {
            for right in weak.iter().skip(at + 1) {
                held.push((u64::from(*left) << 32 | u64::from(*right), *record));
            }
        }
    }
    held.sort_unstable();
    for run in held.chunk_by(|a, b| a.0 == b.0) {
        let Some((both, _)) = run.first().filter(|_| run.len() > 1) else { continue };
        let (left, right) = ((both >> 32) as u32, *both as u32);
        let records: Vec<u32> = run.iter().map(|(_, record)| *record).collect();
        let joins = is_enough(values, left, right, run.len() as u32) && !differ(values, &records);
        found.push(Evidence { values: (left, Some(right)), records, joins });
    }
}

/// Whether two values say enough together, where so many records hold both.
fn is_enough(values: &Values, left: u32, right: u32, both: u32) -> bool {
    let forces = [values.force(left), values.force(right)];
    // Two places of the network say which campaign, not who.
    if forces.iter().all(|force| *force >= Force::Site) {
        return false;
    }
    if forces.contains(&Force::Handset) && forces.contains(&Force::Name) {
        return true;
    }
    if let ([_, Force::Name], contact, name) | ([Force::Name, _], name, contact) =
        (forces, left, right)
    {
        return strangers(values, contact, name) <= HOUSEHOLD;
    }
    weight(values, left, both) + weight(values, right, both) >= ENOUGH
        && !is_one_fact(values, left, right)
}

/// A value weighs less the more records hold it without agreeing.
fn weight(values: &Values, value: u32, both: u32) -> f64 {
    let others = values.seen(value).saturating_sub(both) + 1;
    1.0 / f64::from(1 + others).log2()
}

/// How many records hold a contact under a name that is not this one.
fn strangers(values: &Values, contact: u32, name: u32) -> usize {
    let Some(Value::Name(name)) = values.value(name) else { return usize::MAX };
    let is_other = |record: &u32| {
        let own = values.of(*record).last().and_then(|value| values.value(*value));
        matches!(own, Some(Value::Name(own)) if !names::may_be_same(own, name))
    };
    values.holders(contact).filter(is_other).take(HOUSEHOLD + 1).count()
}

/// A messaging account opened with a phone number and that number are one fact, not two.
fn is_one_fact(values: &Values, left: u32, right: u32) -> bool {
    let (Some(Value::Known(left)), Some(Value::Known(right))) =
        (values.value(left), values.value(right))
    else {
        return false;
    };
    let leads = |from: &Identifier, to: &Identifier| {
        matches!(from.kind(), Kind::Messaging | Kind::Url | Kind::Domain)
            && from.leads_to().contains(to)
    };
    leads(left, right) || leads(right, left)
}

/// Whether the holders' names or documents do not fit together.
fn differ(values: &Values, records: &[u32]) -> bool {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let mut documents: BTreeSet<&str> = BTreeSet::new();
    for value in records.iter().flat_map(|record| values.of(*record)) {
        match values.value(*value) {
            Some(Value::Name(name)) => {
                names.insert(name);
                if names.len() > MAX_NAMES {
                    return true;
                }
            }
            Some(Value::Known(known)) if known.kind() == Kind::Document => {
                documents.insert(known.value());
            }
            _ => {}
        }
    }
    // Sorted, so two of one sort (`VN/cccd/…`) stand side by side.
    let sort = |document: &str| document.rsplit_once('/').map(|(sort, _)| sort.to_owned());
    let documents: Vec<&str> = documents.into_iter().collect();
    let names: Vec<&str> = names.into_iter().collect();
    documents.windows(2).any(|pair| matches!(pair, [a, b] if sort(a) == sort(b)))
        || names.iter().enumerate().any(|(at, left)| {
            names.iter().skip(at + 1).any(|right| !names::may_be_same(left, right))
        })
}
