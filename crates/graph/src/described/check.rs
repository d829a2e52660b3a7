//! Whether transfers are what a pattern describes, every word of it.

use std::collections::BTreeSet;

use super::fit::Fit;
use super::pattern::{Many, Pattern, Step};
use super::{Material, Sighting};

/// Whether a sighting is what the pattern describes.
pub fn holds(material: &Material<'_>, pattern: &Pattern, sighting: &Sighting) -> bool {
    is_whole(&mut Fit::new(material, pattern), sighting)
}

pub(super) fn is_whole(fit: &mut Fit<'_>, sighting: &Sighting) -> bool {
    let pattern = fit.pattern;
    let all = || sighting.steps.iter().flatten().copied();
    let (Some(first), Some(last)) = (all().min(), all().max()) else { return false };
    sighting.steps.len() == pattern.steps().len()
        && last == sighting.closing
        && fit.at(last) - fit.at(first) <= pattern.within()
        && are_apart(&sighting.roles)
        && (0..pattern.steps().len()).all(|number| is_step(fit, sighting, number))
}

/// No account plays two roles, and no role is empty.
fn are_apart(roles: &[Vec<u32>]) -> bool {
    let mut seen = BTreeSet::new();
    roles.iter().all(|role| !role.is_empty()) && roles.iter().flatten().all(|one| seen.insert(*one))
}

fn is_step(fit: &mut Fit<'_>, sighting: &Sighting, number: usize) -> bool {
    let pattern = fit.pattern;
    let (Some(step), Some(transfers)) = (pattern.steps().get(number), sighting.steps.get(number))
    else {
        return false;
    };
    let role = |role: usize| sighting.roles.get(role).map_or(&[][..], Vec::as_slice);
    let (payers, payees) = (role(step.from), role(step.to));
    let is_between = transfers.iter().all(|entry| {
        payers.binary_search(&fit.from(*entry)).is_ok()
            && payees.binary_search(&fit.to(*entry)).is_ok()
    });
    let (Some(first), Some(last)) = (transfers.first(), transfers.last()) else { return false };
    is_between
        && transfers.is_sorted()
        && are_enough(fit, step, transfers)
        && fit.at(*last) - fit.at(*first) <= step.within
        && transfers.iter().all(|entry| fit.fits(step, *entry))
        && (number == 0 || follows(fit, sighting, number, step))
}

/// Whether there are as many accounts, or transfers, as the step asks for, and nobody of a role
/// that several play is left out.
fn are_enough(fit: &Fit<'_>, step: &Step, transfers: &[u32]) -> bool {
    let accounts = |is_from: bool| {
        let account = |entry: &u32| if is_from { fit.from(*entry) } else { fit.to(*entry) };
        transfers.iter().map(account).collect::<BTreeSet<u32>>().len()
    };
    match step.many {
        Some(Many::From) => accounts(true) >= step.count,
        Some(Many::To) => accounts(false) >= step.count,
        None => transfers.len() >= step.count,
    }
}

/// Whether a step comes after the one before, in time and with its part of the money.
fn follows(fit: &Fit<'_>, sighting: &Sighting, number: usize, step: &Step) -> bool {
    let pattern = fit.pattern;
    let list = |number: usize| sighting.steps.get(number).map_or(&[][..], Vec::as_slice);
    let (before, now) = (list(number - 1), list(number));
    let through = pattern.through(number);
    let Some(role) = through.filter(|role| pattern.is_many(*role)) else {
        let is_after = is_after(fit, step.gap, before, now);
        return is_after
            && step.part.is_none_or(|part| fit.moves(part, before, now, through.is_some()));
    };
    // For each account through which the money passes.
    sighting.roles.get(role).is_some_and(|accounts| {
        accounts.iter().all(|account| {
            let pick = |list: &[u32], account_of: &dyn Fn(u32) -> u32| -> Vec<u32> {
                list.iter().copied().filter(|entry| account_of(*entry) == *account).collect()
            };
            let before = pick(before, &|entry| fit.to(entry));
            let now = pick(now, &|entry| fit.from(entry));
            is_after(fit, step.gap, &before, &now)
                && step.part.is_none_or(|part| fit.moves(part, &before, &now, true))
        })
    })
}

fn is_after(fit: &Fit<'_>, gap: i64, before: &[u32], now: &[u32]) -> bool {
    match (before.last(), now.first()) {
        (Some(last), Some(first)) => last < first && fit.at(*first) - fit.at(*last) <= gap,
        _ => false,
    }
}
