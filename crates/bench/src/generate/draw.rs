//! Numbers that look drawn and are the same for the same seed (SplitMix64).

use std::ops::RangeInclusive;

/// Where the next number comes from.
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0, below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }

    /// From 0, below 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A place below `count`, the first ones most often: by the inverse of the integral of k^-0.8.
    pub(crate) fn zipf(&mut self, count: u64) -> u64 {
        let last = ((count + 1) as f64).powf(0.2);
        let drawn = (1.0 + self.unit() * (last - 1.0)).powi(5) - 1.0;
        (drawn as u64).min(count - 1)
    }

    /// True so often.
    pub(crate) fn chance(&mut self, part: f64) -> bool {
        self.unit() < part
    }

    /// A whole number, both bounds included.
    pub(crate) fn among(&mut self, range: &RangeInclusive<u64>) -> u64 {
        range.start() + self.below(range.end() - range.start() + 1)
    }

    /// Evenly between two bounds.
    pub(crate) fn between(&mut self, (low, high): (f64, f64)) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Around a middle, its logarithm normal (Box and Muller).
    pub(crate) fn around(&mut self, middle: f64, spread: f64) -> f64 {
        let (first, second) = (1.0 - self.unit(), self.unit());
        let normal = (-2.0 * first.ln()).sqrt() * (std::f64::consts::TAU * second).cos();
        middle * (spread * normal).exp()
    }

    /// One of several.
    pub(crate) fn one<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        of.get(self.below(of.len() as u64) as usize).copied()
    }
}
