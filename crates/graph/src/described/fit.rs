//! Whether one transfer may belong to a step: amounts, borders, complaints, and what holds of its
//! two accounts at that moment.

use std::collections::BTreeMap;

use model::country::Country;
use model::holding::HoldingKind;

use super::pattern::{Pattern, Step, Terms};
use super::{Material, Part};

/// An account's books are read back over at most this many transfers to tell whether it slept.
const MAX_SLEEP_LOOKS: usize = 200;

/// The door to the transfers, with what was asked of accounts before.
pub(super) struct Fit<'f> {
    pub(super) material: &'f Material<'f>,
    pub(super) pattern: &'f Pattern,
    held: BTreeMap<u32, (Option<Country>, HoldingKind)>,
}

impl<'f> Fit<'f> {
    pub(super) fn new(material: &'f Material<'f>, pattern: &'f Pattern) -> Fit<'f> {
        Fit { material, pattern, held: BTreeMap::new() }
    }

    pub(super) fn at(&self, entry: u32) -> i64 {
        self.material.ledger.at(entry)
    }

    pub(super) fn from(&self, entry: u32) -> u32 {
        self.material.ledger.from(entry)
    }

    pub(super) fn to(&self, entry: u32) -> u32 {
        self.material.ledger.to(entry)
    }

    /// Whether a transfer may belong to a step, whoever its accounts are to other steps.
    pub(super) fn fits(&mut self, step: &Step, entry: u32) -> bool {
        let (from, to) = (self.from(entry), self.to(entry));
        if from == to || (step.complained && !self.is_complained(entry)) {
            return false;
        }
        if let Some(range) = step.usd
            && !self.usd_cents(entry).is_some_and(|usd| (range.least..=range.most).contains(&usd))
        {
            return false;
        }
        if let Some(border) = step.border {
            match (self.country(from), self.country(to)) {
                (Some(here), Some(there)) if (here != there) == border => {}
                _ => return false,
            }
        }
        self.plays(step.from, from, entry) && self.plays(step.to, to, entry)
    }

    /// Whether an account may play a role in a transfer.
    fn plays(&mut self, role: usize, account: u32, entry: u32) -> bool {
        let Some(role) = self.pattern.roles().get(role) else { return false };
        let Terms { kinds, countries, outside, new, dormant } = &role.terms;
        if !kinds.is_empty() && !kinds.contains(&self.kind(account)) {
            return false;
        }
        if !countries.is_empty() || !outside.is_empty() {
            let Some(country) = self.country(account) else { return false };
            let is_in = countries.is_empty() || countries.contains(&country);
            if !is_in || outside.contains(&country) {
                return false;
            }
        }
        new.is_none_or(|span| self.is_new(account, entry, span))
            && dormant.is_none_or(|span| self.slept(account, entry, span))
    }

    fn is_new(&self, account: u32, entry: u32, span: i64) -> bool {
        let ledger = self.material.ledger;
        let firsts = [ledger.incoming(account).first(), ledger.outgoing(account).first()];
        let Some(first) = firsts.into_iter().flatten().min() else { return false };
        let begin = self.at(*first);
        self.at(entry) - begin <= span && begin - self.at(0) >= span
    }

    /// Whether an account woke, within the pattern's span before a transfer or with it, after a
    /// rest of so long.
    fn slept(&self, account: u32, entry: u32, span: i64) -> bool {
        let ledger = self.material.ledger;
        let until = |list: &'f [u32]| {
            list.get(..list.partition_point(|number| *number <= entry)).unwrap_or_default()
        };
        let mut ins = until(ledger.incoming(account));
        let mut outs = until(ledger.outgoing(account));
        let mut next = self.at(entry);
        for _ in 0..MAX_SLEEP_LOOKS {
            let list = if ins.last() > outs.last() { &mut ins } else { &mut outs };
            let Some((last, rest)) = list.split_last() else { return false };
            *list = rest;
            let at = self.at(*last);
            if next - at >= span {
                return true;
            }
            if self.at(entry) - at > self.pattern.within() {
                return false;
            }
            next = at;
        }
        false
    }

    fn is_complained(&self, entry: u32) -> bool {
        self.material.complained.binary_search(&entry).is_ok()
    }

    /// What left the payer, in US cents; `None` where no rate is known.
    pub(super) fn usd_cents(&self, entry: u32) -> Option<i64> {
        let sent = self.material.ledger.entry(entry)?.sent;
        self.material.rates.usd_cents(sent.amount_minor, sent.currency)
    }

    /// Whether later transfers move the asked part of what earlier ones brought. `through`: they
    /// are of one account, whose own currency counts; otherwise US cents do, and without a rate
    /// nothing is known and this does not hold.
    pub(super) fn moves(&self, part: Part, earlier: &[u32], later: &[u32], through: bool) -> bool {
        let ledger = self.material.ledger;
        let sum = |list: &[u32], minor: &dyn Fn(u32) -> Option<i64>| {
            list.iter().try_fold(0.0, |sum, entry| Some(sum + minor(*entry)? as f64))
        };
        let (came, left) = if through {
            let came = sum(earlier, &|entry| ledger.entry(entry).map(|entry| entry.in_minor));
            (came, sum(later, &|entry| ledger.entry(entry).map(|entry| entry.out_minor)))
        } else {
            let usd = |entry| self.usd_cents(entry);
            (sum(earlier, &usd), sum(later, &usd))
        };
        match (came, left) {
            // A half unit for what was rounded.
            (Some(came), Some(left)) if came > 0.0 => {
                left + 0.5 >= part.least * came && left - 0.5 <= part.most * came
            }
            _ => false,
        }
    }

    fn country(&mut self, account: u32) -> Option<Country> {
        self.said(account).0
    }

    fn kind(&mut self, account: u32) -> HoldingKind {
        self.said(account).1
    }

    fn said(&mut self, account: u32) -> (Option<Country>, HoldingKind) {
        let material = self.material;
        let said = || ((material.country)(account), (material.kind)(account));
        *self.held.entry(account).or_insert_with(said)
    }
}
