//! `bench patterns DIR`: how many planted shapes are found, and how many alerts are right.
//!
//! An instance of a shape (`R00001-0-stack` of `truth.csv`) is found where one alert holds at least
//! half of its transfers; an alert is right where at least half of its transfers were planted.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use graph::ledger::Ledger;
use graph::patterns::{self, ALERT_POINTS, Finding, Material, WINDOWS};
use graph::segment::Segment;
use model::rates::Rates;

use crate::flows::{self, Truth};
use crate::say;

/// What was planted in a folder of flows.
struct Planted<'t> {
    /// Instances with their transfers.
    instances: BTreeMap<&'t str, BTreeSet<&'t str>>,
    /// All planted transfers.
    transfers: BTreeSet<&'t str>,
    /// Lawful look-alikes, with what they are.
    decoys: BTreeMap<&'t str, &'t str>,
}

/// Finds and counts.
#[expect(clippy::disallowed_methods, reason = "this measures how long it takes")]
pub(crate) fn patterns(folder: &Path) -> Result<(), String> {
    let bytes = flows::segment(folder)?;
    let segment = Segment::parse(&bytes).map_err(|error| error.to_string())?;
    let rates = Rates::default();
    let begun = Instant::now();
    let ledger = Ledger::new(vec![segment], &rates).map_err(|error| error.to_string())?;
    say(&format!("ledger of {} transfers: {:?}", ledger.len(), begun.elapsed()));
    let borders = borders(folder, &ledger)?;
    let truth = flows::truth(folder)?;
    let planted = Planted::new(&truth);
    let material = Material { ledger: &ledger, borders: &borders, complained: &[], rates: &rates };
    let begun = Instant::now();
    let found = patterns::find(&material, WINDOWS[3], ALERT_POINTS);
    let spent = begun.elapsed();
    let cut = if found.is_truncated { ", some searches cut by a limit" } else { "" };
    say(&format!("{} alerts in {spent:?}{cut}", found.findings.len()));
    recall(&ledger, &found.findings, &planted);
    precision(&ledger, &found.findings, &planted);
    Ok(())
}

fn borders(folder: &Path, ledger: &Ledger<'_>) -> Result<Vec<Option<u32>>, String> {
    let countries = flows::countries(folder)?;
    let names: BTreeSet<&String> = countries.values().collect();
    let numbers: BTreeMap<&String, u32> = names.into_iter().zip(0..).collect();
    let border = |number| {
        let country = countries.get(&ledger.account(number).to_string())?;
        numbers.get(country).copied()
    };
    Ok((0..ledger.account_count() as u32).map(border).collect())
}

impl<'t> Planted<'t> {
    fn new(truth: &'t [Truth]) -> Planted<'t> {
        let (mut instances, mut transfers, mut decoys) =
            (BTreeMap::<_, BTreeSet<_>>::new(), BTreeSet::new(), BTreeMap::new());
        for line in truth {
            let item = line.item.as_str();
            match line.scope.as_str() {
                "tx" => {
                    transfers.insert(item);
                    if !line.pattern.is_empty() {
                        instances.entry(line.pattern.as_str()).or_default().insert(item);
                    }
                }
                "decoy" => drop(decoys.insert(item, line.role.as_str())),
                _ => {}
            }
        }
        Planted { instances, transfers, decoys }
    }
}

/// By shape: instances, those found by an alert of that name, and by an alert of any name.
fn recall(ledger: &Ledger<'_>, alerts: &[Finding], planted: &Planted<'_>) {
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for (name, items) in &planted.instances {
        let shape = name.rsplit('-').next().unwrap_or(name);
        let covers = |alert: &&Finding| {
            let held = alert.transfers.iter().filter(|e| items.contains(ledger.id(**e)));
            held.count() * 2 >= items.len()
        };
        let by_any = alerts.iter().any(|alert| covers(&alert));
        let by_name = alerts.iter().filter(|alert| alert.name == shape).any(|a| covers(&a));
        let [all, named, any] = counts.entry(shape).or_default();
        *all += 1;
        *named += usize::from(by_name);
        *any += usize::from(by_any);
    }
    for (shape, [all, named, any]) in counts {
        say(&format!("{shape:16} planted {all:3}, found by name {named:3}, by any alert {any:3}"));
    }
}

/// By shape: alerts and right ones; then transfers.
fn precision(ledger: &Ledger<'_>, alerts: &[Finding], planted: &Planted<'_>) {
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    let mut flagged = BTreeSet::new();
    for alert in alerts {
        let ids = || alert.transfers.iter().map(|entry| ledger.id(*entry));
        let right = ids().filter(|id| planted.transfers.contains(id)).count();
        let [all, good] = counts.entry(&alert.name).or_default();
        *all += 1;
        *good += usize::from(right * 2 >= alert.transfers.len());
        flagged.extend(ids());
    }
    for (name, [all, good]) in &counts {
        say(&format!("{name:16} alerts {all:4}, right {good:4}"));
    }
    let [all, good] =
        counts.values().fold([0, 0], |sum, count| [sum[0] + count[0], sum[1] + count[1]]);
    say(&format!("alerts {all}, right {good}: precision {:.3}", good as f64 / all.max(1) as f64));
    let right = flagged.iter().filter(|id| planted.transfers.contains(**id)).count();
    let mut decoys: BTreeMap<&str, usize> = BTreeMap::new();
    for kind in flagged.iter().filter_map(|id| planted.decoys.get(*id)) {
        *decoys.entry(kind).or_default() += 1;
    }
    let (total, held) = (flagged.len(), planted.transfers.len());
    say(&format!("transfers in alerts {total}, planted {right} of {held}; look-alikes {decoys:?}"));
}
