//! Tests that run the program as its users do.

mod bad_input;
mod common;
mod journey;
mod kill;
mod oracle;
