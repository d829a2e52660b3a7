//! How the curve is computed on this machine.
//!
//! The crate below holds three ways side by side and takes the fastest that the processor has; it
//! does not say which. What is told here asks the processor the same questions in the same order.

/// `avx512`, `avx2` or `portable`.
pub fn curve() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    {
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
