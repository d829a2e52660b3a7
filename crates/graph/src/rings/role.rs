//! What each account of a ring does and what speaks for it.

use std::collections::BTreeMap;

use model::holding::HoldingKind;
use model::role::Role;

use super::books::Books;
use super::group::Group;
use super::road::{Road, StepKind};
use super::{Evidence, HookUp, Material, Member, Ring, RingTransfer, Rings, share};
use crate::ledger::Entry;
use crate::trace::{self, Rule};

pub(super) fn describe(books: &Books<'_>, road: &Road, groups: Vec<Group>) -> Rings {
    let material = books.material;
    let shared = shared_accounts(&groups);
    let mut complained: Vec<u32> = material.payments.iter().flatten().copied().collect();
    complained.sort_unstable();
    let traced = Traced::of(material, &complained);
    let mut rings: Vec<Ring> = groups
        .iter()
        .map(|group| {
            let ring = Part { books, road, traced: &traced, group };
            let mut members: Vec<Member> =
                group.members.iter().map(|account| ring.member(*account, &shared)).collect();
            members.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.account.cmp(&b.account)));
            let transfers: Vec<RingTransfer> =
                group.steps.iter().filter_map(|number| ring.transfer(*number)).collect();
            let complaints = group.complaints.clone();
            Ring { complaints, members, transfers, shares: Vec::new() }
        })
        .collect();
    settle_shared(&mut rings, &shared);
    share::tell(books, &mut rings);
    rings.sort_by_key(|ring| std::cmp::Reverse(ring.complaints.len()));
    let hookups = hookups(&rings, &shared);
    keep_in_one_ring(&mut rings, &shared);
    Rings { rings, hookups }
}

/// How much of each transfer is money of the complaints, last in first out.
struct Traced(BTreeMap<u32, i64>);

impl Traced {
    fn of(material: &Material<'_>, complained: &[u32]) -> Traced {
        let trace = trace::follow(material.ledger, complained, Rule::Lifo);
        Traced(trace.transfers.iter().map(|tainted| (tainted.entry, tainted.out_minor)).collect())
    }

    /// Whether at least half of a transfer is.
    fn is_most(&self, number: u32, entry: Entry) -> bool {
        self.0.get(&number).is_some_and(|minor| *minor > 0 && *minor >= entry.out_minor / 2)
    }
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

/// One ring in the making.
struct Part<'p, 'm> {
    books: &'p Books<'m>,
    road: &'p Road,
    traced: &'p Traced,
    group: &'p Group,
}

impl<'m> Part<'_, 'm> {
    fn transfer(&self, number: u32) -> Option<RingTransfer> {
        let kind = self.road.kind(number)?;
        let entry = self.books.entry(number)?;
        Some(RingTransfer {
            entry: number,
            out_minor: entry.out_minor,
            from_victim: kind.is_victims(),
            is_covered: kind == StepKind::Complained || self.traced.is_most(number, entry),
        })
    }

    /// The group's steps of some kind, with their transfers.
    fn steps(&self, is: impl Fn(StepKind) -> bool) -> Vec<(u32, Entry)> {
        let steps = self.group.steps.iter().filter(|n| self.road.kind(**n).is_some_and(&is));
        steps.filter_map(|number| Some((*number, self.books.entry(*number)?))).collect()
    }

    fn member(&self, account: u32, shared: &BTreeMap<u32, usize>) -> Member {
        let mut evidence = Vec::new();
        let paid_to = |complaint: &u32| {
            let payment = self.books.material.payments.get(*complaint as usize).copied().flatten();
            payment.and_then(|p| self.books.entry(p)).is_some_and(|entry| entry.to == account)
        };
        let complaints: Vec<u32> = self.group.complaints.iter().copied().filter(paid_to).collect();
        let alike: Vec<u32> = numbers(
            self.steps(|kind| kind == StepKind::Alike).iter().filter(|(_, e)| e.to == account),
        );
        let is_collector = !complaints.is_empty() || !alike.is_empty();
        if !complaints.is_empty() {
            evidence.push(Evidence::PaidByVictims { complaints });
        }
        if !alike.is_empty() {
            evidence.push(Evidence::PaidAlike { transfers: alike });
        }
        let moved = self.steps(|kind| !kind.is_victims());
        let received = || moved.iter().filter(|(_, entry)| entry.to == account);
        let is_traced = |(number, entry): &&(u32, Entry)| self.traced.is_most(*number, *entry);
        let usd_cents = |some: &[u32]| {
            let entries = some.iter().filter_map(|number| self.books.entry(*number));
            entries.map(|entry| self.books.usd_cents(entry)).sum()
        };
        let traced: Vec<u32> = numbers(received().filter(is_traced));
        let untraced: Vec<u32> = numbers(received().filter(|step| !is_traced(step)));
        if !traced.is_empty() {
            let usd_cents = usd_cents(&traced);
            evidence.push(Evidence::ReceivedTraced { transfers: traced, usd_cents });
        }
        if !untraced.is_empty() {
            let usd_cents = usd_cents(&untraced);
            evidence.push(Evidence::ReceivedAlike { transfers: untraced, usd_cents });
        }
        evidence.extend(self.looks(account));
        let passed: Vec<u32> = numbers(moved.iter().filter(|(_, entry)| entry.from == account));
        let passes = !passed.is_empty();
        if passes {
            let within_minutes = self.longest_rest(account, &passed) / 60_000_000;
            evidence.push(Evidence::PassedOn { transfers: passed, within_minutes });
        } else {
            let usd_cents = usd_cents(self.road.reached(account));
            evidence.push(Evidence::Keeps { usd_cents });
        }
        let mut payers: Vec<u32> = received().map(|(_, entry)| entry.from).collect();
        payers.sort_unstable();
        payers.dedup();
        if payers.len() > 1 {
            evidence.push(Evidence::Gathers { members: payers.len() });
        }
        let points: f64 = evidence.iter().map(Evidence::points).sum();
        let kind_of = self.books.material.kind;
        let is_paid_out = payers
            .iter()
            .any(|payer| matches!(kind_of(*payer), HoldingKind::Exchange | HoldingKind::Wallet));
        let role = match (kind_of(account), is_collector, passes) {
            (_, _, false) if shared.contains_key(&account) => Role::Launderer,
            (_, true, _) => Role::Collector,
            (HoldingKind::Exchange, ..) => Role::Exchange,
            (HoldingKind::Wallet, _, true) => Role::Wallet,
            (_, _, false) if is_paid_out => Role::Boss,
            _ => Role::Mule,
        };
        Member { account, role, score: points / (points + 2.0), evidence }
    }

    /// The strongest of the account's steps that were taken for what they look like.
    fn looks(&self, account: u32) -> Option<Evidence> {
        let steps = self.group.steps.iter().filter_map(|number| {
            let (step, entry) = (self.road.steps.get(number)?, self.books.entry(*number)?);
            let its = entry.to == account || (entry.from == account && !step.kind.is_victims());
            (its && !step.signs.is_empty()).then_some((*number, step))
        });
        let (transfer, step) =
            steps.max_by(|a, b| a.1.points.total_cmp(&b.1.points).then(b.0.cmp(&a.0)))?;
        Some(Evidence::Looks { transfer, signs: step.signs.clone() })
    }

    /// The longest time that the ring's money lay at an account before one of some payments.
    fn longest_rest(&self, account: u32, passed: &[u32]) -> i64 {
        let reached = self.road.reached(account);
        let rests = passed.iter().filter_map(|number| {
            let before = reached.partition_point(|earlier| earlier < number);
            let came = self.books.entry(*reached.get(before.checked_sub(1)?)?)?;
            Some(self.books.entry(*number)?.at - came.at)
        });
        rests.max().unwrap_or(0)
    }
}

fn numbers<'s>(steps: impl Iterator<Item = &'s (u32, Entry)>) -> Vec<u32> {
    steps.map(|(number, _)| *number).collect()
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
