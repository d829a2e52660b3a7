//! Tests that run the program as its users do.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bad_input;
mod chart;
mod common;
mod directory;
mod exchange;
mod features;
mod find;
mod flood;
mod follow;
mod home;
mod journey;
mod kill;
mod kill_exchange;
mod law;
mod law_packs;
mod matching;
mod oracle;
mod pair;
mod patterns;
mod requests;
mod serve;
mod token;
mod upgrade;
mod usage;
