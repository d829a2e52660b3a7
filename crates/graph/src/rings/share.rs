//! Who kept what part of the profit that a ring paid out.
//!
//! What the ring's road brought to the accounts that pay its bosses and launderers is the profit.
//! Where such an account had other money too, the tracing rules differ on which of its payments
//! carried the profit: hence the least and the most.

use std::collections::{BTreeMap, BTreeSet};

use model::role::Role;

use super::books::Books;
use super::{Ring, Share};
use crate::trace::{self, Rule};

/// Fills in the shares of every ring.
pub(super) fn tell(books: &Books<'_>, rings: &mut [Ring]) {
    let mut seeds: Vec<u32> = rings.iter().flat_map(|ring| profit(books, ring)).collect();
    seeds.sort_unstable();
    seeds.dedup();
    let amounts = Rule::ALL.into_iter().filter(|rule| *rule != Rule::Poison);
    let carried: Vec<BTreeMap<u32, i64>> = amounts
        .map(|rule| trace::follow(books.material.ledger, &seeds, rule))
        .map(|trace| trace.transfers.iter().map(|part| (part.entry, part.in_minor)).collect())
        .collect();
    for ring in rings {
        ring.shares = shares(books, ring, &carried);
    }
}

/// The accounts that are paid out.
fn takers(ring: &Ring) -> BTreeSet<u32> {
    let takes = |role| matches!(role, Role::Boss | Role::Launderer);
    ring.members.iter().filter(|member| takes(member.role)).map(|member| member.account).collect()
}

/// The ring's transfers to accounts that pay bosses and launderers.
fn profit(books: &Books<'_>, ring: &Ring) -> Vec<u32> {
    let takers = takers(ring);
    let steps = || ring.transfers.iter().filter_map(|t| Some((t.entry, books.entry(t.entry)?)));
    let payers: BTreeSet<u32> =
        steps().filter(|(_, e)| takers.contains(&e.to)).map(|(_, e)| e.from).collect();
    let to_payers = steps().filter(|(_, entry)| payers.contains(&entry.to));
    to_payers.map(|(number, _)| number).collect()
}

/// Each taker's part under every rule: `carried` says how much of the profit a transfer brought, in
/// the payee's own currency.
fn shares(books: &Books<'_>, ring: &Ring, carried: &[BTreeMap<u32, i64>]) -> Vec<Share> {
    let takers = takers(ring);
    let mut found: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
    for carried in carried {
        let mut got: BTreeMap<u32, i64> = takers.iter().map(|account| (*account, 0)).collect();
        for transfer in &ring.transfers {
            let Some(entry) = books.entry(transfer.entry) else { continue };
            let minor = carried.get(&transfer.entry).copied().unwrap_or(0);
            if let Some(sum) = got.get_mut(&entry.to) {
                let currency = books.material.ledger.currency(entry.to);
                *sum += books.material.rates.usd_cents(minor, currency).unwrap_or(0);
            }
        }
        let total: i64 = got.values().sum();
        for (account, sum) in got.into_iter().filter(|_| total > 0) {
            let part = sum as f64 / total as f64;
            let (low, high) = found.entry(account).or_insert((part, part));
            *low = low.min(part);
            *high = high.max(part);
        }
    }
    found.into_iter().map(|(account, (low, high))| Share { account, low, high }).collect()
}
