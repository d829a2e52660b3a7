//! Floor 5, for tests only: what happens to a node's data when the power goes or the disk fails,
//! and what several nodes do to each other.
//!
//! `disk` is the model of a disk, `cut` walks through what was done to it, and `vfs` puts the real
//! SQLite on top. `world` has agencies with fixed keys (`agency`), whose exchanges work on records
//! that the test hands in. Nothing here is in the program that an agency runs.

pub mod agency;
pub mod blobs;
pub mod chance;
pub mod change;
pub mod cut;
pub mod disk;
pub mod fault;
pub mod invariants;
mod sharing;
pub mod vfs;
pub mod world;
