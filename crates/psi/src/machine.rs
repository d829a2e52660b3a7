//! How the curve is computed on this machine.
//!
//! Our own kernel raises eight points at once where the processor has AVX-512 IFMA. The crate below
//! it holds three ways side by side and takes the fastest that the processor has; it does not say
//! which. What is told here asks the processor the same questions in the same order.

use crate::curve;

/// `avx512 x 8`, `avx512`, `avx2` or `portable`.
pub fn curve() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    {
        if curve::is_kernel() {
            return "avx512 x 8";
        }
        let is_wide = std::arch::is_x86_feature_detected!("avx512ifma")
            && std::arch::is_x86_feature_detected!("avx512vl");
        if cfg!(curve25519_dalek_backend = "avx512") && is_wide {
            return "avx512";
        }
        if std::arch::is_x86_feature_detected!("avx2") {
            return "avx2";
        }
    }
    "portable"
}

/// From now on this process computes as a machine without our kernel does: for tests and figures,
/// which look at both ways on one machine. The results are the same.
pub fn leave_kernel() {
    curve::leave_kernel();
}
