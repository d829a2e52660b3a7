//! Grouping: accounts between which most of somebody's money goes belong to one ring.
//!
//! Accounts join in the order of how much of the smaller one's money goes between them. Two rings
//! that share a busy mule, or whose accounts deal with each other by chance, exchange little of
//! what goes through them and stay two. Where money comes to rest nobody is joined: an account
//! at which several rings' money rests is a hook-up.

use std::collections::{BTreeMap, BTreeSet};

use model::common;
use model::identifier::Identifier;

use super::Material;
use super::books::Books;
use super::road::Road;
use crate::union::Union;

/// A value named in more complaints than this ties nobody: it is common in this case.
const MAX_COMPLAINTS_A_VALUE: usize = 200;
/// A ring of one complaint has this many members at least; less is a single fraud.
const LEAST_MEMBERS_OF_ONE: usize = 7;
/// Two groups join if at least this part of the smaller one's money goes between them, in percent.
const JOINED_PERCENT: i128 = 15;

/// One ring's part of the road.
pub(super) struct Group {
    /// Positions of its complaints.
    pub(super) complaints: Vec<u32>,
    /// Its member accounts, rising.
    pub(super) members: Vec<u32>,
    /// Its transfers, by number, rising.
    pub(super) steps: Vec<u32>,
}

/// Groups in the order of their smallest account; an account where money rests may be in several.
pub(super) fn group(books: &Books<'_>, road: &Road) -> Vec<Group> {
    let mut union = Union::new(books.material.ledger.account_count());
    let passing = passing(books, road);
    join_by_contact(books.material, &mut union);
    join_by_money(books, road, &passing, &mut union);
    collect(books, road, &mut union, &passing)
}

/// Accounts from which money moved on.
fn passing(books: &Books<'_>, road: &Road) -> BTreeSet<u32> {
    let steps = road.steps.iter().filter(|(_, step)| !step.kind.is_victims());
    steps.filter_map(|(number, _)| books.entry(*number)).map(|entry| entry.from).collect()
}

/// What goes between groups and through each, in US cents.
#[derive(Default)]
struct Flows {
    between: BTreeMap<u32, BTreeMap<u32, i128>>,
    through: BTreeMap<u32, i128>,
}

impl Flows {
    /// What part of the smaller one's money goes between two groups: so many cents, of so many.
    fn part(&self, left: u32, right: u32, cents: i128) -> (i128, i128) {
        let through = |group: u32| self.through.get(&group).copied().unwrap_or(1);
        (cents, through(left).min(through(right)).max(1))
    }

    /// The two groups that have most to do with each other, if it is enough.
    fn closest(&self) -> Option<(u32, u32)> {
        let mut best: Option<((i128, i128), (u32, u32))> = None;
        for (left, others) in &self.between {
            for (right, cents) in others.range(left + 1..) {
                let part = self.part(*left, *right, *cents);
                // a/b > c/d without division.
                if best.is_none_or(|(most, _)| part.0 * most.1 > most.0 * part.1) {
                    best = Some((part, (*left, *right)));
                }
            }
        }
        best.filter(|(part, _)| part.0 * 100 >= part.1 * JOINED_PERCENT).map(|(_, pair)| pair)
    }

    /// Makes one group of two; what went between them goes through it no more.
    fn join(&mut self, into: u32, gone: u32) {
        let inside = self.between.get(&into).and_then(|o| o.get(&gone)).copied().unwrap_or(0);
        let through = self.through.remove(&gone).unwrap_or(0) - 2 * inside;
        *self.through.entry(into).or_default() += through;
        for (other, cents) in self.between.remove(&gone).unwrap_or_default() {
            if let Some(others) = self.between.get_mut(&other) {
                others.remove(&gone);
            }
            if other != into {
                *self.between.entry(into).or_default().entry(other).or_default() += cents;
                *self.between.entry(other).or_default().entry(into).or_default() += cents;
            }
        }
    }
}

fn join_by_money(books: &Books<'_>, road: &Road, passing: &BTreeSet<u32>, union: &mut Union) {
    let mut flows = Flows::default();
    for (number, step) in &road.steps {
        let Some(entry) = books.entry(*number) else { continue };
        let cents = i128::from(books.usd_cents(entry));
        let (from, to) = (union.find(entry.from), union.find(entry.to));
        if step.kind.is_victims() {
            *flows.through.entry(to).or_default() += cents;
            continue;
        }
        if !passing.contains(&entry.to) {
            *flows.through.entry(from).or_default() += cents;
        } else if from != to {
            *flows.through.entry(from).or_default() += cents;
            *flows.through.entry(to).or_default() += cents;
            *flows.between.entry(from).or_default().entry(to).or_default() += cents;
            *flows.between.entry(to).or_default().entry(from).or_default() += cents;
        }
    }
    while let Some((left, right)) = flows.closest() {
        union.join(left, right);
        flows.join(left, right);
    }
}

/// Victims who name the same phone, domain, e-mail, wallet or device met the same people.
fn join_by_contact(material: &Material<'_>, union: &mut Union) {
    let mut named: BTreeMap<&Identifier, Vec<u32>> = BTreeMap::new();
    for (complaint, payment) in material.complaints.iter().zip(material.payments) {
        let Some(entry) = payment.and_then(|p| material.ledger.entry(p)) else {
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

fn collect(
    books: &Books<'_>,
    road: &Road,
    union: &mut Union,
    passing: &BTreeSet<u32>,
) -> Vec<Group> {
    let mut groups: BTreeMap<u32, Group> = BTreeMap::new();
    let empty = || Group { complaints: Vec::new(), members: Vec::new(), steps: Vec::new() };
    for (number, step) in &road.steps {
        let Some(entry) = books.entry(*number) else { continue };
        // A victim's payment belongs to its payee's ring; any other step to its payer's.
        let owner = if step.kind.is_victims() { entry.to } else { entry.from };
        let group = groups.entry(union.find(owner)).or_insert_with(empty);
        group.steps.push(*number);
        group.members.push(owner);
        if !step.kind.is_victims() && !passing.contains(&entry.to) {
            group.members.push(entry.to);
        }
    }
    for (complaint, payment) in books.material.payments.iter().enumerate() {
        let Some(entry) = payment.and_then(|payment| books.entry(payment)) else { continue };
        if let Some(group) = groups.get_mut(&union.find(entry.to)) {
            group.complaints.push(complaint as u32);
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    for group in &mut groups {
        group.members.sort_unstable();
        group.members.dedup();
    }
    groups.retain(|group| {
        // Several victims of one account are a ring while the money still lies there: then a freeze
        // helps most.
        let is_road = group.members.len() >= LEAST_MEMBERS_OF_ONE
            && group.members.iter().any(|member| passing.contains(member));
        group.complaints.len() > 1 || (group.complaints.len() == 1 && is_road)
    });
    groups
}
