//! Floor 5, for tests only: what happens to a node's data when the power goes or the disk fails.
//!
//! `disk` is the model, `cut` walks through what was done to it, and `vfs` puts the real SQLite on
//! top. Nothing here is in the program that an agency runs.

pub mod chance;
pub mod change;
pub mod cut;
pub mod disk;
pub mod fault;
mod sharing;
pub mod vfs;
