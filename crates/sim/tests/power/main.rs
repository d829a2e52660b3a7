//! What the power, a full disk and a broken one do to our databases, with the real SQLite on top.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod cuts;
mod faults;
mod journal;
mod record;
mod workload;
