//! MATCH's engine, from outside, as a machine computes that cannot have our kernel.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "it/peer.rs"]
mod peer;
#[path = "it/protocol.rs"]
mod protocol;
#[path = "it/rfc9497.rs"]
mod rfc9497;

/// What goes before each test that computes with points.
fn begin() {
    psi::machine::leave_kernel();
    assert_ne!(psi::machine::curve(), "avx512 x 8");
}
