//! Whole numbers of 256 bits, modulo 2^256: sums of powers of amounts without rounding.
//!
//! A sum that only grows and shrinks by whole numbers forgets nothing and remembers nothing: it is
//! the same whatever came and went before. Sums of floating numbers are not.

/// Four limbs, the lowest first; the highest bit is the sign where a number may be negative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Wide([u64; 4]);

impl Wide {
    pub(super) fn new(value: u128) -> Wide {
        Wide([value as u64, (value >> 64) as u64, 0, 0])
    }

    pub(super) fn add(self, other: Wide) -> Wide {
        let mut sum = [0; 4];
        let mut carry = false;
        for ((limb, one), two) in sum.iter_mut().zip(self.0).zip(other.0) {
            let (half, first) = one.overflowing_add(two);
            let (whole, second) = half.overflowing_add(u64::from(carry));
            (*limb, carry) = (whole, first || second);
        }
        Wide(sum)
    }

    pub(super) fn subtract(self, other: Wide) -> Wide {
        self.add(other.negated())
    }

    pub(super) fn times(self, factor: u64) -> Wide {
        let mut product = [0; 4];
        let mut carry = 0_u128;
        for (limb, own) in product.iter_mut().zip(self.0) {
            let part = u128::from(own) * u128::from(factor) + carry;
            (*limb, carry) = (part as u64, part >> 64);
        }
        Wide(product)
    }

    /// The nearest floating number, but for the last bits.
    pub(super) fn to_f64(self) -> f64 {
        if self.0[3] >> 63 == 1 {
            return -self.negated().to_f64();
        }
        let limb = 18_446_744_073_709_551_616.0;
        self.0.iter().rev().fold(0.0, |sum, part| sum * limb + *part as f64)
    }

    fn negated(self) -> Wide {
        Wide(self.0.map(|limb| !limb)).add(Wide::new(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_and_go_without_a_trace() {
        let large = Wide::new(u128::MAX).times(u64::MAX);
        let small = Wide::new(7);
        assert_eq!(small.add(large).subtract(large), small);
        assert_eq!(small.subtract(Wide::new(9)).to_f64(), -2.0);
        assert_eq!(Wide::new(1 << 90).times(1 << 40).to_f64(), 2_f64.powi(130));
    }
}
