//! LINK: records that speak of the same person or contact become one entity, with the reasons.
//!
//! `values.rs` numbers the values and tells which are too common, `agree.rs` says which records
//! agree, `partition.rs` joins those that do, and `resolver.rs` keeps it all up to date.
//! The partition does not depend on the order of the records.

mod agree;
mod names;
mod partition;
mod resolver;
mod values;

use compact_str::CompactString;
use model::identifier::Identifier;

pub use self::resolver::Resolver;

/// What one source says of one person or contact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Its key, which no other record has: `A05/C0000012`, `VNB03/1000005547`.
    pub name: CompactString,
    /// The person's name where a bank gives it; may be empty.
    pub holder: CompactString,
    /// What it says, in any order.
    pub identifiers: Vec<Identifier>,
    /// Whether this is only what a victim says of others, not what a bank says of its customer.
    pub is_claim: bool,
}

/// An officer's decision about two records, by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ruling {
    /// One record.
    pub left: u32,
    /// The other.
    pub right: u32,
    /// Whether they are the same; otherwise they are kept apart.
    pub is_same: bool,
}

/// Records that speak of the same person or contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// All that is known of it, sorted.
    pub identifiers: Vec<Identifier>,
    /// Numbers of its records, rising.
    pub records: Vec<u32>,
    /// Why they were joined: one reason for each join, so one fewer than records.
    pub reasons: Vec<Reason>,
}

/// Two records agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The first record's number.
    pub left: u32,
    /// The second's.
    pub right: u32,
    /// Why.
    pub cause: Cause,
}

/// Why two records are one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// One value that belongs to one person.
    Strong(Identifier),
    /// Two values that may be shared, with how many records hold each.
    Two([Identifier; 2], [usize; 2]),
    /// One value and the holder's name, with how many records hold each.
    Named(Identifier, CompactString, [usize; 2]),
    /// An officer decided so.
    Ruled,
}

/// A value that joins nothing, with how many records hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressed {
    /// The value.
    pub identifier: Identifier,
    /// How many records hold it.
    pub seen: usize,
}

/// Claims that agree with several persons whom banks tell apart: they join none of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disputed {
    /// Numbers of the claims, rising.
    pub claims: Vec<u32>,
    /// The first record of each person, rising.
    pub persons: Vec<u32>,
}

/// The answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resolution {
    /// Entities of two records or more, by their first record.
    pub entities: Vec<Entity>,
    /// Over-common values, the most common first.
    pub suppressed: Vec<Suppressed>,
    /// Claims between several persons.
    pub disputed: Vec<Disputed>,
}

/// Joins records that agree.
pub fn resolve(records: &[Record], rulings: &[Ruling]) -> Resolution {
    let mut resolver = Resolver::default();
    records.iter().for_each(|record| resolver.take(record));
    resolver.settle(rulings);
    resolver.resolution()
}
