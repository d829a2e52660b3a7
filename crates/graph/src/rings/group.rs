//! Grouping: complaints whose roads meet before money comes to rest belong to one ring.

use std::collections::{BTreeMap, BTreeSet};

use model::common;
use model::identifier::Identifier;

use super::Material;
use super::grow::{Road, StepKind};
use crate::union::Union;

/// A value named in more complaints than this ties nobody: it is common in this case.
const MAX_COMPLAINTS_A_VALUE: usize = 200;
/// A ring of one complaint has this many members at least; less is a single fraud.
const LEAST_MEMBERS_OF_ONE: usize = 7;
/// A group that sends at least this part of its stolen money to another belongs to it.
const ATTACHED_PERCENT: i64 = 50;

/// One ring's part of the road.
pub(super) struct Group {
    /// Positions of its complaints.
    pub(super) complaints: Vec<u32>,
    /// Its member accounts, rising.
    pub(super) members: Vec<u32>,
    /// Positions in `Road::steps`.
    pub(super) steps: Vec<u32>,
}

/// Groups in the order of their smallest account; an account where money rests may be in several.
pub(super) fn group(material: &Material<'_>, road: &Road) -> Vec<Group> {
    let ledger = material.ledger;
    let mut union = Union::new(ledger.account_count());
    let passes = passing(material, road);
    for step in &road.steps {
        let Some(entry) = ledger.entries().get(step.entry as usize) else { continue };
        let passes = passes.get(entry.to as usize) == Some(&true);
        // An ordinary busy account may be paid by the mules of two rings: it joins nobody by
        // itself.
        if step.kind != StepKind::Seed && passes && road.is_dedicated(entry.to) {
            union.join(entry.from, entry.to);
        }
    }
    join_by_contact(material, &mut union);
    while attach(material, road, &mut union, &passes) {}
    collect(material, road, &mut union, &passes)
}

/// Joins the group that sends most of its stolen money to one other; says whether there was one.
fn attach(material: &Material<'_>, road: &Road, union: &mut Union, passes: &[bool]) -> bool {
    let mut sent: BTreeMap<u32, BTreeMap<u32, i64>> = BTreeMap::new();
    for step in road.steps.iter().filter(|step| step.kind != StepKind::Seed) {
        let Some(entry) = material.ledger.entries().get(step.entry as usize) else { continue };
        let to = match passes.get(entry.to as usize) {
            Some(true) => union.find(entry.to),
            _ => NOBODY,
        };
        *sent.entry(union.find(entry.from)).or_default().entry(to).or_default() += step.usd_cents;
    }
    let mut joined = false;
    for (from, receivers) in sent {
        let outside = receivers.iter().filter(|(to, _)| **to != from);
        let all: i64 = outside.clone().map(|(_, cents)| cents).sum();
        let most = outside.filter(|(to, _)| **to != NOBODY).max_by_key(|(_, cents)| **cents);
        if let Some((to, cents)) = most.filter(|(_, c)| **c * 100 >= all * ATTACHED_PERCENT) {
            let is_whole = receivers.get(&from).is_none_or(|inside| inside < cents);
            joined |= is_whole && union.join(from, *to);
        }
    }
    joined
}

/// Stands for accounts from which stolen money did not move on.
const NOBODY: u32 = u32::MAX;

/// For each account whether stolen money moved on from it.
fn passing(material: &Material<'_>, road: &Road) -> Vec<bool> {
    let mut passes = vec![false; material.ledger.account_count()];
    for step in road.steps.iter().filter(|step| step.kind != StepKind::Seed) {
        let entry = material.ledger.entries().get(step.entry as usize);
        if let Some(slot) = entry.and_then(|entry| passes.get_mut(entry.from as usize)) {
            *slot = true;
        }
    }
    passes
}

/// Victims who name the same phone, domain, e-mail, wallet or device met the same people.
fn join_by_contact(material: &Material<'_>, union: &mut Union) {
    let mut named: BTreeMap<&Identifier, Vec<u32>> = BTreeMap::new();
    for (complaint, payment) in material.complaints.iter().zip(material.payments) {
        let Some(entry) = payment.and_then(|p| material.ledger.entries().get(p as usize)) else {
            continue;
        };
        for suspect in complaint.suspects.iter().filter(|suspect| !common::is_common(suspect)) {
            named.entry(suspect).or_default().push(entry.to);
        }
    }
    for payees in named.values().filter(|payees| payees.len() <= MAX_COMPLAINTS_A_VALUE) {
        if let Some((first, rest)) = payees.split_first() {
            for payee in rest {
                union.join(*first, *payee);
            }
        }
    }
}

fn collect(material: &Material<'_>, road: &Road, union: &mut Union, passes: &[bool]) -> Vec<Group> {
    let ledger = material.ledger;
    let mut groups: BTreeMap<u32, Group> = BTreeMap::new();
    for (position, step) in road.steps.iter().enumerate() {
        let Some(entry) = ledger.entries().get(step.entry as usize) else { continue };
        // A seed belongs to its payee's ring; any other step to its payer's.
        let owner = if step.kind == StepKind::Seed { entry.to } else { entry.from };
        let group = groups.entry(union.find(owner)).or_insert_with(|| Group {
            complaints: Vec::new(),
            members: Vec::new(),
            steps: Vec::new(),
        });
        group.steps.push(position as u32);
        group.members.push(entry.to);
    }
    for (complaint, payment) in material.payments.iter().enumerate() {
        let Some(entry) = payment.and_then(|p| ledger.entries().get(p as usize)) else { continue };
        if let Some(group) = groups.get_mut(&union.find(entry.to)) {
            group.complaints.push(complaint as u32);
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    let is_passing = |account: u32| passes.get(account as usize) == Some(&true);
    let collectors: BTreeSet<u32> = material
        .payments
        .iter()
        .flatten()
        .filter_map(|p| ledger.entries().get(*p as usize))
        .map(|e| e.to)
        .collect();
    for group in &mut groups {
        group.members.sort_unstable();
        group.members.dedup();
        // Where money came to an ordinary account and stayed, somebody was paid: no member.
        group.members.retain(|member| {
            is_passing(*member) || road.is_dedicated(*member) || collectors.contains(member)
        });
    }
    // A step to somebody who was paid is no part of the ring either.
    let payee = |position: &u32| {
        let step = road.steps.get(*position as usize)?;
        ledger.entries().get(step.entry as usize).map(|entry| entry.to)
    };
    for group in &mut groups {
        let Group { members, steps, .. } = group;
        steps.retain(|step| payee(step).is_some_and(|to| members.binary_search(&to).is_ok()));
    }
    groups.retain(|group| {
        // Several victims of one account are a ring while the money still lies there: then a freeze
        // helps most.
        let is_road = group.members.len() >= LEAST_MEMBERS_OF_ONE
            && group.members.iter().any(|member| is_passing(*member));
        group.complaints.len() > 1 || (group.complaints.len() == 1 && is_road)
    });
    groups
}
