//! Floor 2, LINK and TRACE: who belongs together, and where the money went.
//!
//! Transfers come in as `intake`, lie in immutable `segment`s, are read together as a `ledger`;
//! `trace` follows money through it, `resolve` joins identifiers, `rings` joins complaints,
//! `patterns` finds shapes of laundering.
//! No IO, no clock, no randomness; the same input gives the same answer.

mod builder;
pub mod columns;
pub mod described;
pub mod features;
mod files;
pub mod intake;
pub mod ledger;
pub mod live;
pub mod merge;
mod names;
pub mod patterns;
pub mod resolve;
pub mod rings;
pub mod seeds;
pub mod segment;
mod tail;
pub mod trace;
mod union;
