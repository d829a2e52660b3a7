//! MATCH's engine, from outside.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod peer;
mod protocol;
mod rfc9497;
mod sets;
