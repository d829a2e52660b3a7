//! Floor 3: foreign bytes read into our words.
//!
//! A file is opened with `open::detect`, which learns what it is from its content alone, and read
//! with `open::read`, which hands out one row after the other, good ones and rejected ones. What
//! the world sends is hostile until read: every size has a limit in `limits`, and nothing here
//! panics on any bytes.

pub mod camt056;
pub mod columns;
pub mod encoding;
pub mod error;
pub mod headers;
pub mod identifiers;
pub mod kind;
pub mod limits;
pub mod map;
pub mod open;
pub mod reason;

mod authorities;
mod bulletin;
mod cells;
mod complaints;
mod foreign;
mod holdings;
mod hosts;
mod json;
mod loose;
mod misp;
mod moment;
mod pattern;
mod rows;
mod sheet;
mod stix;
mod stix_objects;
mod stream;
mod syllable;
mod table;
mod tlp;
mod transfers;
mod values;
mod xlsx;
mod zip;
