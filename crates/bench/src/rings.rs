//! `bench rings DIR RINGS.json`: what `lienket --json rings` found, against a flow's truth.
//!
//! Accounts are judged one by one (precision, recall) and as rings (B-cubed: for each account, how
//! much of its found ring is its true one, and the other way round). Rings of which nobody
//! complained cannot be found and count as missed. Shares are judged at the middle of their
//! interval, a missing one as nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::flows::{self, Truth};
use crate::say;

type Groups<'t> = BTreeMap<&'t str, BTreeSet<&'t str>>;

/// Judges and tells.
pub(crate) fn rings(folder: &Path, found: &Path) -> Result<(), String> {
    let truth = flows::truth(folder)?;
    let text = std::fs::read_to_string(found).map_err(|e| format!("{}: {e}", found.display()))?;
    let found: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let rings = found.get("rings").and_then(Value::as_array).ok_or("no rings in the answer")?;
    let (true_rings, mut roles) = true_rings(&truth);
    let mut found_rings: Groups<'_> = BTreeMap::new();
    let mut right_roles = 0_usize;
    for ring in rings {
        for account in list(ring, "accounts") {
            let number = text_of(account, "account");
            found_rings.entry(text_of(ring, "id")).or_default().insert(number);
            let told = roles.remove(number).unwrap_or_default();
            right_roles += usize::from(told.contains(text_of(account, "role")));
        }
    }
    let all = |groups: &Groups<'_>| groups.values().flatten().count() as f64;
    let union: BTreeSet<&str> = true_rings.values().flatten().copied().collect();
    let right = found_rings.values().flatten().filter(|a| union.contains(**a)).count() as f64;
    let precision = right / all(&found_rings).max(1.0);
    let recall = right / union.len().max(1) as f64;
    say(&format!("rings found {}, planted {}", found_rings.len(), true_rings.len()));
    say(&format!("accounts: precision {precision:.3}, recall {recall:.3}"));
    say(&format!(
        "roles: {:.3} of the accounts rightly found",
        right_roles as f64 / right.max(1.0)
    ));
    let (closeness, cover) = (agree(&found_rings, &true_rings), agree(&true_rings, &found_rings));
    let f1 = 2.0 * closeness * cover / (closeness + cover).max(1e-9);
    say(&format!("B-cubed: precision {closeness:.3}, recall {cover:.3}, F1 {f1:.3}"));
    let names = names(rings, &truth);
    hookups(&found, &names, &truth);
    shares(rings, &names, &truth);
    Ok(())
}

/// Each ring's accounts without victims, and each account's roles.
fn true_rings(truth: &[Truth]) -> (Groups<'_>, BTreeMap<&str, BTreeSet<&str>>) {
    let (mut rings, mut roles) = (Groups::new(), Groups::new());
    for line in truth.iter().filter(|line| line.scope == "account" && line.role != "victim") {
        rings.entry(line.ring.as_str()).or_default().insert(line.item.as_str());
        roles.entry(line.item.as_str()).or_default().insert(line.role.as_str());
    }
    (rings, roles)
}

/// For each account of the first groups, the largest part of its group that is in one of the second
/// groups that hold it; the mean.
fn agree(first: &Groups<'_>, second: &Groups<'_>) -> f64 {
    let (mut sum, mut count) = (0.0, 0_usize);
    for group in first.values() {
        for account in group {
            let holding = second.values().filter(|other| other.contains(account));
            let common = holding.map(|other| other.intersection(group).count()).max().unwrap_or(0);
            sum += common as f64 / group.len() as f64;
            count += 1;
        }
    }
    sum / count.max(1) as f64
}

/// For each found ring the true one of most of its complaints.
fn names<'t>(rings: &'t [Value], truth: &'t [Truth]) -> BTreeMap<&'t str, &'t str> {
    let complaints: BTreeMap<&str, &str> = truth
        .iter()
        .filter(|line| line.scope == "complaint" && line.role == "ring")
        .map(|line| (line.item.as_str(), line.ring.as_str()))
        .collect();
    let mut names = BTreeMap::new();
    for ring in rings {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for complaint in list(ring, "complaints").iter().filter_map(Value::as_str) {
            if let Some(name) = complaints.get(complaint) {
                *counts.entry(name).or_default() += 1;
            }
        }
        let most =
            counts.into_iter().max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name)));
        names.extend(most.map(|(name, _)| (text_of(ring, "id"), name)));
    }
    names
}

fn hookups(found: &Value, names: &BTreeMap<&str, &str>, truth: &[Truth]) {
    let told: BTreeSet<(BTreeSet<&str>, &str)> = list(found, "hookups")
        .iter()
        .map(|hookup| {
            let ids = list(hookup, "rings").iter().filter_map(Value::as_str);
            let via = hookup.get("via").map_or("", |via| text_of(via, "account"));
            (ids.filter_map(|id| names.get(id).copied()).collect(), via)
        })
        .collect();
    let planted: Vec<&Truth> = truth.iter().filter(|line| line.scope == "hookup").collect();
    let is_told =
        |line: &&&Truth| told.contains(&(line.item.split('|').collect(), line.value.as_str()));
    let right = planted.iter().filter(is_told).count();
    say(&format!("hook-ups: {right} of {} planted, {} told", planted.len(), told.len()));
}

fn shares(rings: &[Value], names: &BTreeMap<&str, &str>, truth: &[Truth]) {
    let mut told: BTreeMap<(&str, &str), f64> = BTreeMap::new();
    for ring in rings {
        let name = names.get(text_of(ring, "id")).copied().unwrap_or_default();
        for share in list(ring, "shares") {
            let part = |field: &str| share.get(field).and_then(Value::as_f64).unwrap_or(0.0);
            let middle = (part("low") + part("high")) / 2.0;
            told.insert((name, text_of(share, "account")), middle);
        }
    }
    let (mut error, mut count) = (0.0, 0_usize);
    for line in truth.iter().filter(|line| line.scope == "share") {
        let told = told.get(&(line.ring.as_str(), line.item.as_str())).copied().unwrap_or(0.0);
        error += (told - line.value.parse::<f64>().unwrap_or(0.0)).abs();
        count += 1;
    }
    let mean = error / count.max(1) as f64;
    say(&format!("profit shares: mean absolute error {mean:.4} over {count}"));
}

fn list<'v>(value: &'v Value, field: &str) -> &'v [Value] {
    value.get(field).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text_of<'v>(value: &'v Value, field: &str) -> &'v str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}
