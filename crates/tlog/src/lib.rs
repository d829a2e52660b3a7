//! The record: what was sent and what was answered, in logs that can only grow and that the other
//! side countersigns.
//!
//! Source: RFC 6962 section 2.1 (hashes and proofs), RFC 9162 section 2.1 (checking proofs), C2SP
//! signed-note, tlog-checkpoint and tlog-cosignature (v1.0.0). Keys never come in here: the engine
//! says what is to be signed and checks what was.

pub mod checkpoint;
pub mod climb;
pub mod cosignature;
pub mod equivocation;
pub mod frontier;
pub mod key;
pub mod merkle;
pub mod note;
pub mod proof;
