//! What each account of a ring does, what speaks for it, and how the profit was shared.

use std::collections::BTreeMap;

use model::holding::HoldingKind;
use model::role::Role;

use super::group::Group;
use super::grow::{Road, Step, StepKind};
use super::{Evidence, HookUp, Material, Member, Ring, RingTransfer, Rings, Share};
use crate::trace::{self, Rule, Trace};

pub(super) fn describe(material: &Material<'_>, road: &Road, groups: Vec<Group>) -> Rings {
    let shared = shared_accounts(&groups);
    let seeds: Vec<u32> = material.payments.iter().flatten().copied().collect();
    let amounts = Rule::ALL.into_iter().filter(|rule| *rule != Rule::Poison);
    let traces: Vec<Trace> =
        amounts.map(|rule| trace::follow(material.ledger, &seeds, rule)).collect();
    let mut rings: Vec<Ring> = groups
        .iter()
        .map(|group| {
            let mut members: Vec<Member> = group
                .members
                .iter()
                .map(|account| member(material, road, group, *account, &shared))
                .collect();
            members.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.account.cmp(&b.account)));
            let transfers = group.steps.iter().filter_map(|s| road.steps.get(*s as usize));
            let transfers: Vec<RingTransfer> = transfers.map(ring_transfer).collect();
            let shares = shares(material, &members, &transfers, &traces);
            Ring { complaints: group.complaints.clone(), members, transfers, shares }
        })
        .collect();
    settle_shared(&mut rings, &shared);
    rings.sort_by_key(|ring| std::cmp::Reverse(ring.complaints.len()));
    let hookups = hookups(&rings, &shared);
    keep_in_one_ring(&mut rings, &shared);
    Rings { rings, hookups }
}

fn ring_transfer(step: &Step) -> RingTransfer {
    let from_victim = step.kind == StepKind::Seed;
    RingTransfer { entry: step.entry, out_minor: step.out_minor, from_victim }
}

/// Accounts that stand in more than one group.
fn shared_accounts(groups: &[Group]) -> BTreeMap<u32, usize> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for account in groups.iter().flat_map(|group| &group.members) {
        *counts.entry(*account).or_default() += 1;
    }
    counts.retain(|_, count| *count > 1);
    counts
}

fn member(
    material: &Material<'_>,
    road: &Road,
    group: &Group,
    account: u32,
    shared: &BTreeMap<u32, usize>,
) -> Member {
    let entries = material.ledger.entries();
    let steps = || {
        let steps = group.steps.iter().filter_map(|position| road.steps.get(*position as usize));
        steps.filter_map(|step| Some((step, entries.get(step.entry as usize)?)))
    };
    let incoming = || steps().filter(|(step, e)| e.to == account && step.kind != StepKind::Seed);
    let outgoing = || steps().filter(|(step, e)| e.from == account && step.kind != StepKind::Seed);
    let mut evidence = Vec::new();
    let paid_to = |complaint: &u32| {
        let payment = material.payments.get(*complaint as usize).copied().flatten();
        payment.and_then(|p| entries.get(p as usize)).is_some_and(|entry| entry.to == account)
    };
    let complaints: Vec<u32> = group.complaints.iter().copied().filter(paid_to).collect();
    let is_collector = !complaints.is_empty();
    if is_collector {
        evidence.push(Evidence::PaidByVictims { complaints });
    }
    let of_kind = |kind: StepKind| incoming().filter(move |(step, _)| step.kind == kind);
    let received: Vec<u32> = of_kind(StepKind::Traced).map(|(step, _)| step.entry).collect();
    if !received.is_empty() {
        let usd_cents = of_kind(StepKind::Traced).map(|(step, _)| step.usd_cents).sum();
        evidence.push(Evidence::ReceivedTraced { transfers: received, usd_cents });
    }
    let bridged = steps().filter(|(step, e)| {
        step.kind == StepKind::Bridge && (e.to == account || e.from == account)
    });
    let bridged: Vec<u32> = bridged.map(|(step, _)| step.entry).collect();
    if !bridged.is_empty() && !is_collector {
        evidence.push(Evidence::Bridge { transfers: bridged });
    }
    let passed: Vec<u32> = outgoing().map(|(step, _)| step.entry).collect();
    let passes = !passed.is_empty();
    if passes {
        let longest = outgoing().map(|(step, _)| step.rested).max().unwrap_or(0);
        evidence
            .push(Evidence::PassedOn { transfers: passed, within_minutes: longest / 60_000_000 });
    } else {
        let usd_cents =
            steps().filter(|(_, e)| e.to == account).map(|(step, _)| step.usd_cents).sum();
        evidence.push(Evidence::Keeps { usd_cents });
    }
    let mut payers: Vec<u32> = incoming().map(|(_, entry)| entry.from).collect();
    payers.sort_unstable();
    payers.dedup();
    if payers.len() > 1 {
        evidence.push(Evidence::Gathers { members: payers.len() });
    }
    let points: f64 = evidence.iter().map(Evidence::points).sum();
    let kind = material.kinds.get(account as usize).copied().unwrap_or(HoldingKind::Unknown);
    let role = role(kind, is_collector, passes, shared.contains_key(&account));
    Member { account, role, score: points / (points + 2.0), evidence }
}

fn role(kind: HoldingKind, is_collector: bool, passes: bool, is_shared: bool) -> Role {
    match (kind, is_collector, passes, is_shared) {
        (_, _, false, true) => Role::Launderer,
        (_, true, _, _) => Role::Collector,
        (HoldingKind::Exchange, ..) => Role::Exchange,
        (HoldingKind::Wallet, _, true, _) => Role::Wallet,
        (HoldingKind::Wallet, _, false, _) => Role::Boss,
        _ => Role::Mule,
    }
}

/// Of what was paid out to bosses and launderers, each one's part under every rule.
fn shares(
    material: &Material<'_>,
    members: &[Member],
    transfers: &[RingTransfer],
    traces: &[Trace],
) -> Vec<Share> {
    let takers: Vec<u32> = members
        .iter()
        .filter(|member| matches!(member.role, Role::Boss | Role::Launderer))
        .map(|member| member.account)
        .collect();
    let mut found: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
    for trace in traces {
        let mut got: BTreeMap<u32, i64> = takers.iter().map(|account| (*account, 0)).collect();
        for tainted in &trace.transfers {
            let entry = material.ledger.entries().get(tainted.entry as usize);
            let Some(entry) = entry
                .filter(|_| transfers.binary_search_by_key(&tainted.entry, |t| t.entry).is_ok())
            else {
                continue;
            };
            if let Some(sum) = got.get_mut(&entry.to) {
                let currency = material.ledger.currency(entry.to);
                *sum += material.rates.usd_cents(tainted.in_minor, currency).unwrap_or(0);
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

/// An account in several rings is a launderer in each, whatever else it looked like.
fn settle_shared(rings: &mut [Ring], shared: &BTreeMap<u32, usize>) {
    for member in rings.iter_mut().flat_map(|ring| &mut ring.members) {
        if shared.contains_key(&member.account) {
            member.role = Role::Launderer;
        }
    }
}

fn hookups(rings: &[Ring], shared: &BTreeMap<u32, usize>) -> Vec<HookUp> {
    let mut hookups = Vec::new();
    for via in shared.keys() {
        let holds = |ring: &&(usize, &Ring)| ring.1.members.iter().any(|m| m.account == *via);
        let with: Vec<usize> =
            rings.iter().enumerate().filter(|r| holds(&r)).map(|r| r.0).collect();
        for (index, left) in with.iter().enumerate() {
            let pairs = with.iter().skip(index + 1);
            hookups.extend(pairs.map(|right| HookUp { rings: [*left, *right], via: *via }));
        }
    }
    hookups.sort_unstable();
    hookups
}

/// An account sits in one ring: a shared one in the ring from which it got the most evidence.
fn keep_in_one_ring(rings: &mut [Ring], shared: &BTreeMap<u32, usize>) {
    for account in shared.keys() {
        let score = |ring: &Ring| {
            ring.members.iter().find(|m| m.account == *account).map(|member| member.score)
        };
        let best = rings.iter().enumerate().filter_map(|(n, ring)| Some((score(ring)?, n)));
        let Some((_, best)) = best.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))) else {
            continue;
        };
        for (number, ring) in rings.iter_mut().enumerate() {
            if number != best {
                ring.members.retain(|member| member.account != *account);
            }
        }
    }
}
