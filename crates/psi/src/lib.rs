//! MATCH without IO: what two agencies both know, by RFC 9497, and nothing else of either.
//!
//! The answering side has a [`key::Key`]; the asking side blinds its identifiers
//! ([`asking::Asking`]), has the blinded elements raised, checks the proof that it was that key
//! ([`proof`]), and looks the outputs up in the other side's published set ([`set`]).

pub mod asking;
mod curve;
pub mod element;
mod hash;
pub mod input;
pub mod key;
pub mod machine;
pub mod output;
pub mod proof;
pub mod set;
pub mod size;
pub mod suite;
mod threads;
