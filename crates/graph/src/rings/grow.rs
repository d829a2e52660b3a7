//! Growing: follows the money from the victims' payments while it moves like laundered money.
//!
//! Measured on made-up flows: reachability alone flags twenty accounts for each right one, and
//! every tracing rule drags in those to whom a mule pays his rent. What tells the ring's transfers
//! apart is that most of the amount is stolen money and that it leaves soon after it came.

use crate::ledger::Entry;
use crate::rings::Material;
use crate::trace::{self, Rule, Tainted};

/// A payment belongs to the road if at least this part of it is traced.
const LEAST_TRACED_PERCENT: i64 = 50;
/// Money that rests longer at a mule is followed by the trace, but not taken as the ring's habit.
const LONGEST_REST_MICROSECONDS: i64 = 72 * 3_600_000_000;
/// From an account that lives on stolen money, money that rested this long still belongs to the
/// road.
const LONGEST_REST_OF_DEDICATED: i64 = 45 * 24 * 3_600_000_000;
/// An account lives on stolen money if at least this part of what it received is traced.
const DEDICATED_PERCENT: i64 = 60;
/// Traced crumbs under this many US cents make nobody a member.
const LEAST_USD_CENTS: i64 = 2_000;
/// A bridge keeps at least and at most this many percent of what it received.
const BRIDGE_KEEPS_PERCENT: [i64; 2] = [80, 102];
/// How many times bridges are looked for behind bridges.
const MAX_BRIDGE_ROUNDS: usize = 4;
/// A hub with more transfers than this is not searched for bridges.
const MAX_BRIDGE_DEGREE: usize = 5_000;

/// The road the money took.
pub(super) struct Road {
    /// The transfers on it, in time order; seeds among them.
    pub(super) steps: Vec<Step>,
    /// For each account number whether it is on the road as a payee.
    pub(super) is_member: Vec<bool>,
    /// For each account number whether most of what it received is stolen money.
    pub(super) is_dedicated: Vec<bool>,
}

/// One transfer on the road.
#[derive(Clone, Copy)]
pub(super) struct Step {
    /// The transfer's number.
    pub(super) entry: u32,
    /// How much of what left was traced, in the payer's own smallest units.
    pub(super) out_minor: i64,
    /// The same in US cents.
    pub(super) usd_cents: i64,
    /// How long the money had rested at the payer, in microseconds.
    pub(super) rested: i64,
    /// How it came onto the road.
    pub(super) kind: StepKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum StepKind {
    /// A victim's payment.
    Seed,
    /// Traced money that moved on.
    Traced,
    /// The same amount between two members by way of an account that the trace lost.
    Bridge,
}

pub(super) fn grow(material: &Material<'_>) -> Road {
    let ledger = material.ledger;
    let mut seeds: Vec<u32> = material.payments.iter().flatten().copied().collect();
    seeds.sort_unstable();
    seeds.dedup();
    let traced = trace::follow(ledger, &seeds, Rule::Lifo);
    let mut road = Road {
        steps: Vec::new(),
        is_member: vec![false; ledger.account_count()],
        is_dedicated: dedicated(material, &traced.transfers),
    };
    for tainted in &traced.transfers {
        let Some(entry) = ledger.entries().get(tainted.entry as usize) else { continue };
        let is_seed = seeds.binary_search(&tainted.entry).is_ok();
        if is_seed
            || (road.is_member(entry.from) && moves_like_laundered(material, &road, entry, tainted))
        {
            let kind = if is_seed { StepKind::Seed } else { StepKind::Traced };
            let step = Step {
                entry: tainted.entry,
                out_minor: tainted.out_minor,
                usd_cents: usd(material, entry, tainted),
                rested: entry.at - tainted.arrived,
                kind,
            };
            road.add(entry, step);
        }
    }
    bridge(material, &mut road);
    road.steps.sort_by_key(|step| step.entry);
    road.steps.dedup_by_key(|step| step.entry);
    road
}

impl Road {
    pub(super) fn is_member(&self, account: u32) -> bool {
        self.is_member.get(account as usize).copied().unwrap_or(false)
    }

    pub(super) fn is_dedicated(&self, account: u32) -> bool {
        self.is_dedicated.get(account as usize).copied().unwrap_or(false)
    }

    fn add(&mut self, entry: &Entry, step: Step) {
        if let Some(member) = self.is_member.get_mut(entry.to as usize) {
            *member = true;
        }
        self.steps.push(step);
    }
}

fn usd(material: &Material<'_>, entry: &Entry, tainted: &Tainted) -> i64 {
    let currency = material.ledger.currency(entry.from);
    material.rates.usd_cents(tainted.out_minor, currency).unwrap_or(0)
}

/// For each account whether most of what it received is traced.
fn dedicated(material: &Material<'_>, traced: &[Tainted]) -> Vec<bool> {
    let mut sums = vec![(0_i128, 0_i128); material.ledger.account_count()];
    for entry in material.ledger.entries() {
        if let Some((_, all)) = sums.get_mut(entry.to as usize) {
            *all += i128::from(entry.in_minor);
        }
    }
    for tainted in traced {
        let entry = material.ledger.entries().get(tainted.entry as usize);
        if let Some((stolen, _)) = entry.and_then(|entry| sums.get_mut(entry.to as usize)) {
            *stolen += i128::from(tainted.in_minor);
        }
    }
    let is_most = |(stolen, all): (i128, i128)| {
        stolen > 0 && stolen * 100 >= all * i128::from(DEDICATED_PERCENT)
    };
    sums.into_iter().map(is_most).collect()
}

fn moves_like_laundered(
    material: &Material<'_>,
    road: &Road,
    entry: &Entry,
    tainted: &Tainted,
) -> bool {
    let longest = match road.is_dedicated(entry.from) {
        true => LONGEST_REST_OF_DEDICATED,
        false => LONGEST_REST_MICROSECONDS,
    };
    let traced = i128::from(tainted.out_minor) * 100;
    traced >= i128::from(entry.out_minor) * i128::from(LEAST_TRACED_PERCENT)
        && entry.at - tainted.arrived <= longest
        && usd(material, entry, tainted) >= LEAST_USD_CENTS
}

/// Adds accounts that take from one member and soon pay the same amount to another. They carry
/// money of victims who did not complain, which the trace cannot know.
fn bridge(material: &Material<'_>, road: &mut Road) {
    for _ in 0..MAX_BRIDGE_ROUNDS {
        road.steps.sort_by_key(|step| step.entry);
        let found = bridges(material, road);
        if found.is_empty() {
            return;
        }
        for (first, second) in found {
            for number in [first, second] {
                let Some(entry) = material.ledger.entries().get(number as usize) else { continue };
                let step = Step {
                    entry: number,
                    out_minor: entry.out_minor,
                    usd_cents: out_usd(material, entry),
                    rested: 0,
                    kind: StepKind::Bridge,
                };
                road.add(entry, step);
            }
        }
    }
}

fn out_usd(material: &Material<'_>, entry: &Entry) -> i64 {
    let currency = material.ledger.currency(entry.from);
    material.rates.usd_cents(entry.out_minor, currency).unwrap_or(0)
}

/// Pairs of transfers member → account → member, the account not yet a member.
fn bridges(material: &Material<'_>, road: &Road) -> Vec<(u32, u32)> {
    let ledger = material.ledger;
    let members = (0..ledger.account_count() as u32).filter(|account| road.is_member(*account));
    let mut found = Vec::new();
    for member in members.filter(|m| ledger.outgoing(*m).len() <= MAX_BRIDGE_DEGREE) {
        let since = road_start(material, road, member);
        for first in ledger.outgoing(member) {
            let Some(entry) = ledger.entries().get(*first as usize) else { continue };
            if entry.at < since || road.is_member(entry.to) {
                continue;
            }
            if let Some(second) = passes_on(material, road, entry, member) {
                found.push((*first, second));
            }
        }
    }
    found
}

/// When the ring's money first reached a member.
fn road_start(material: &Material<'_>, road: &Road, member: u32) -> i64 {
    let incoming = material.ledger.incoming(member);
    incoming
        .iter()
        .filter(|number| road.steps.binary_search_by_key(*number, |step| step.entry).is_ok())
        .filter_map(|number| material.ledger.entries().get(*number as usize))
        .map(|entry| entry.at)
        .min()
        .unwrap_or(i64::MAX)
}

fn passes_on(material: &Material<'_>, road: &Road, first: &Entry, source: u32) -> Option<u32> {
    let ledger = material.ledger;
    let outgoing = ledger.outgoing(first.to);
    if outgoing.len() > MAX_BRIDGE_DEGREE {
        return None;
    }
    let at = |number: &u32| ledger.entries().get(*number as usize).map_or(0, |entry| entry.at);
    let start = outgoing.partition_point(|number| at(number) < first.at);
    outgoing.get(start..)?.iter().copied().find(|number| {
        ledger.entries().get(*number as usize).is_some_and(|second| {
            let [least, most] = BRIDGE_KEEPS_PERCENT.map(i128::from);
            let (came, went) = (i128::from(first.in_minor), i128::from(second.out_minor) * 100);
            second.at - first.at <= LONGEST_REST_MICROSECONDS
                && second.to != source
                && road.is_member(second.to)
                && out_usd(material, second) >= LEAST_USD_CENTS
                && (came * least..=came * most).contains(&went)
        })
    })
}
