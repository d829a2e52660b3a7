//! Values numbered densely, with the records that hold them, and which are too common to join on.
//!
//! The records of a value are a chain through one long list, which only ever grows: a million
//! records cost no allocation each.

use std::hash::{Hash as _, Hasher as _};

use compact_str::CompactString;
use hashbrown::HashTable;
use model::common;
use model::identifier::{Identifier, Kind};
use rustc_hash::{FxHashMap, FxHasher};

use super::{Record, names};

/// A weak value that more records share is looked at for being a hub, whatever others are like.
const WEAK_LIMIT: u32 = 10;
/// The same for a strong value.
const STRONG_LIMIT: u32 = 40;
/// Where values of a kind are shared more widely, the limit grows, at most so many times.
const MAX_GROWTH: u32 = 10;
/// A limit is learnt from at least so many shared values of the kind.
const MIN_SHARED: u32 = 20;
/// A value that more records share joins nobody, whatever else they share.
const MOST: u32 = 1_000;
/// Of what one record says, at most so many values are looked at.
const MAX_VALUES: usize = 64;
/// Frequencies are counted up to here.
const COUNTED: usize = 128;
const NONE: u32 = u32::MAX;
const KINDS: usize = 14;

/// A value or a folded name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Value {
    Known(Identifier),
    Name(CompactString),
}

/// How much an agreement on a value says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Force {
    /// Belongs to one person: document, account, wallet.
    Strong,
    /// Belongs to one person unless holders' names or documents differ: device, IMEI.
    Handset,
    /// A person's contact that others may share: phone, e-mail, messaging account.
    Contact,
    /// A place of the network, used by a whole campaign.
    Site,
    /// A holder's name.
    Name,
}

impl Value {
    pub(super) fn force(&self) -> Force {
        let Value::Known(identifier) = self else { return Force::Name };
        match identifier.kind() {
            Kind::Account | Kind::Iban | Kind::Wallet | Kind::Document => Force::Strong,
            Kind::Imei | Kind::Device => Force::Handset,
            Kind::Domain | Kind::Url | Kind::Ip | Kind::ShortCode => Force::Site,
            _ => Force::Contact,
        }
    }

    fn kind(&self) -> usize {
        match self {
            Value::Known(identifier) => identifier.kind() as usize,
            Value::Name(_) => KINDS - 1,
        }
    }
}

/// All values of all records.
#[derive(Default)]
pub(super) struct Values {
    /// Each value's hash, so that growing never reads the values, and its number.
    table: HashTable<(u64, u32)>,
    values: Vec<Value>,
    forces: Vec<Force>,
    seen: Vec<u32>,
    is_common: Vec<bool>,
    is_suppressed: Vec<bool>,
    /// For each value its latest entry.
    heads: Vec<u32>,
    /// For each entry its record and the value's entry before it.
    entries: Vec<[u32; 2]>,
    /// For each entry its value; a record's entries stand together.
    flat: Vec<u32>,
    starts: Vec<u32>,
    /// For each kind how many values are held by so many records.
    shared: Vec<[u32; COUNTED]>,
}

fn hash(value: Borrowed<'_>) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// A value that is looked up before it is copied.
#[derive(Clone, Copy, Hash)]
enum Borrowed<'v> {
    Known(&'v Identifier),
    Name(&'v CompactString),
}

impl Borrowed<'_> {
    fn is(self, value: &Value) -> bool {
        match (self, value) {
            (Borrowed::Known(known), Value::Known(other)) => known == other,
            (Borrowed::Name(name), Value::Name(other)) => name == other,
            _ => false,
        }
    }

    fn owned(self) -> Value {
        match self {
            Borrowed::Known(known) => Value::Known(known.clone()),
            Borrowed::Name(name) => Value::Name(name.clone()),
        }
    }
}

impl Values {
    /// Numbers what a record says.
    pub(super) fn take(&mut self, record: &Record) {
        self.shared.resize(KINDS, [0; COUNTED]);
        let number = self.starts.len() as u32;
        self.starts.push(self.flat.len() as u32);
        let begin = self.flat.len();
        let name = names::key(&record.holder);
        let known = record.identifiers.iter().take(MAX_VALUES).map(Borrowed::Known);
        for value in known.chain(name.as_ref().map(Borrowed::Name)) {
            let id = self.intern(value);
            if !self.flat.iter().skip(begin).any(|other| *other == id) {
                self.hold(id, number);
            }
        }
    }

    fn intern(&mut self, value: Borrowed<'_>) -> u32 {
        let hash_of = hash(value);
        let values = &self.values;
        let is_it = |(hash, id): &(u64, u32)| {
            *hash == hash_of && values.get(*id as usize).is_some_and(|known| value.is(known))
        };
        if let Some((_, id)) = self.table.find(hash_of, is_it) {
            return *id;
        }
        let id = values.len() as u32;
        self.table.insert_unique(hash_of, (hash_of, id), |(hash, _)| *hash);
        let value = value.owned();
        let is_common = matches!(&value, Value::Known(known) if common::is_common(known));
        self.forces.push(value.force());
        self.values.push(value);
        self.seen.push(0);
        self.is_common.push(is_common);
        self.is_suppressed.push(is_common);
        self.heads.push(NONE);
        id
    }

    fn hold(&mut self, id: u32, number: u32) {
        let entry = self.flat.len() as u32;
        self.flat.push(id);
        let Some(head) = self.heads.get_mut(id as usize) else { return };
        self.entries.push([number, std::mem::replace(head, entry)]);
        let kind = self.values.get(id as usize).map_or(0, Value::kind);
        let Some(seen) = self.seen.get_mut(id as usize) else { return };
        *seen += 1;
        let now = (*seen as usize).min(COUNTED - 1);
        if let Some(shared) = self.shared.get_mut(kind) {
            if *seen > 1
                && let Some(before) = shared.get_mut((*seen as usize - 1).min(COUNTED - 1))
            {
                *before -= 1;
            }
            if let Some(count) = shared.get_mut(now) {
                *count += 1;
            }
        }
    }

    /// How many records there are.
    pub(super) fn records(&self) -> u32 {
        self.starts.len() as u32
    }

    /// How many values there are.
    pub(super) fn count(&self) -> u32 {
        self.values.len() as u32
    }

    /// What a record says.
    pub(super) fn of(&self, record: u32) -> &[u32] {
        let at = record as usize;
        let start = self.starts.get(at).map_or(0, |start| *start as usize);
        let end = self.starts.get(at + 1).map_or(self.flat.len(), |end| *end as usize);
        self.flat.get(start..end).unwrap_or(&[])
    }

    /// The records that hold a value, the latest first.
    pub(super) fn holders(&self, value: u32) -> impl Iterator<Item = u32> {
        let mut at = self.heads.get(value as usize).copied().unwrap_or(NONE);
        std::iter::from_fn(move || {
            let [record, before] = *self.entries.get(at as usize)?;
            at = before;
            Some(record)
        })
    }

    pub(super) fn seen(&self, value: u32) -> u32 {
        self.seen.get(value as usize).copied().unwrap_or(0)
    }

    pub(super) fn force(&self, value: u32) -> Force {
        self.forces.get(value as usize).copied().unwrap_or(Force::Site)
    }

    pub(super) fn value(&self, value: u32) -> Option<&Value> {
        self.values.get(value as usize)
    }

    pub(super) fn is_suppressed(&self, value: u32) -> bool {
        self.is_suppressed.get(value as usize).copied().unwrap_or(true)
    }

    /// For each kind how many records may share a value before it is looked at.
    ///
    /// Four times what 19 of 20 shared values of the kind stay below, within bounds: one hot line
    /// never raises its own limit.
    pub(super) fn limits(&self) -> Vec<u32> {
        let limit = |kind: usize, counts: &[u32; COUNTED]| {
            let strong = Kind::all().nth(kind).is_some_and(|kind| {
                use Kind::{Account, Device, Document, Iban, Imei, Wallet};
                matches!(kind, Account | Iban | Wallet | Imei | Device | Document)
            });
            let least = if strong { STRONG_LIMIT } else { WEAK_LIMIT };
            let total: u32 = counts.iter().skip(2).sum();
            if total < MIN_SHARED {
                return least;
            }
            let mut left = (total - 1) / 20 * 19 + (total - 1) % 20 * 19 / 20;
            for (seen, count) in counts.iter().enumerate().skip(2) {
                if left < *count {
                    return (4 * seen as u32).clamp(least, least * MAX_GROWTH);
                }
                left -= count;
            }
            least
        };
        self.shared.iter().enumerate().map(|(kind, counts)| limit(kind, counts)).collect()
    }

    /// Says anew whether a value is too common to join on. Names are weighed, never suppressed.
    pub(super) fn judge(&mut self, value: u32, limits: &[u32]) {
        let at = value as usize;
        let Some(known) = self.values.get(at) else { return };
        let limit = limits.get(known.kind()).copied().unwrap_or(WEAK_LIMIT);
        let is_hub = match self.seen(value) {
            _ if matches!(known, Value::Name(_)) => false,
            seen if seen > MOST => true,
            seen if seen > limit => !self.is_confirmed(value, seen),
            _ => false,
        };
        if let Some(slot) = self.is_suppressed.get_mut(at) {
            *slot = is_hub || self.is_common.get(at).copied().unwrap_or(false);
        }
    }

    /// A value held by many accounts of one person is confirmed by what else these share: at least
    /// half of its records hold another person's value that a quarter of them hold.
    fn is_confirmed(&self, value: u32, seen: u32) -> bool {
        let mut together: FxHashMap<u32, u32> = FxHashMap::default();
        let confirms = |other: u32| {
            other != value
                && self.force(other) != Force::Site
                && !self.is_common.get(other as usize).copied().unwrap_or(false)
        };
        for record in self.holders(value) {
            for other in self.of(record).iter().filter(|other| confirms(**other)) {
                *together.entry(*other).or_default() += 1;
            }
        }
        let is_shared = |other: &u32| together.get(other).is_some_and(|count| count * 4 >= seen);
        let confirmed = self.holders(value).filter(|record| self.of(*record).iter().any(is_shared));
        confirmed.count() as u32 * 2 >= seen
    }
}
