//! Eight 64-bit lanes in and out of a vector: with the calls in `wide.rs`, all the `unsafe` here.

use std::arch::x86_64::__m512i;

/// A vector of eight lanes.
#[inline]
pub(super) fn join(lanes: [u64; 8]) -> __m512i {
    // SAFETY: both are 64 bytes of which every value is one.
    #[expect(unsafe_code, reason = "std has no other way that takes no pointer")]
    unsafe {
        std::mem::transmute::<[u64; 8], __m512i>(lanes)
    }
}

/// The lanes of a vector.
#[inline]
pub(super) fn split(vector: __m512i) -> [u64; 8] {
    // SAFETY: both are 64 bytes of which every value is one.
    #[expect(unsafe_code, reason = "std has no other way that takes no pointer")]
    unsafe {
        std::mem::transmute::<__m512i, [u64; 8]>(vector)
    }
}

/// Tells the processor that something is going to be read.
#[inline]
pub(super) fn announce<T>(soon: &T) {
    let begin: *const T = soon;
    // SAFETY: a hint reads nothing; the lines are those of a value that is there.
    #[expect(unsafe_code, reason = "std has no other way to say so")]
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(begin.cast());
    }
}
