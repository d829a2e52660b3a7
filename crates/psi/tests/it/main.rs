//! MATCH's engine, from outside, as this machine computes; `portable` is without our kernel.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod peer;
mod protocol;
mod rfc9497;
mod sets;

/// What goes before each test that computes with points.
fn begin() {
    let kernel = "avx512 x 8";
    #[cfg(target_arch = "x86_64")]
    assert_eq!(
        psi::machine::curve() == kernel,
        std::arch::is_x86_feature_detected!("avx512ifma"),
        "the kernel is taken wherever it can be"
    );
    #[cfg(not(target_arch = "x86_64"))]
    assert_ne!(psi::machine::curve(), kernel);
}
