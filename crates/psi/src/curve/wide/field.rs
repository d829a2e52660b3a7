//! Eight numbers modulo 2^255 - 19 at once, one in each 64-bit lane of five vectors.
//!
//! A number is the sum of its five limbs times 2^0, 2^51, 2^102, 2^153, 2^204. Of every [`Field`]
//! each limb is below [`LIMB_BOUND`], 2^51 + 2^17: that is what [`Unreduced::carry`] leaves, and
//! less than the 52 bits of a limb that the processor multiplies. What a product leaves before it
//! is carried has limbs below 125 * 2^52, see [`Field::product`]; sums of few of them stay below
//! the 2^63 that a carry takes. Nothing here branches on a number or looks anything up
//! by one.

use std::arch::x86_64::{
    __m512i, __mmask8, _mm512_add_epi64, _mm512_and_si512, _mm512_cmpeq_epi64_mask,
    _mm512_madd52hi_epu64, _mm512_madd52lo_epu64, _mm512_mask_mov_epi64, _mm512_or_si512,
    _mm512_set1_epi64, _mm512_setzero_si512, _mm512_slli_epi64, _mm512_srli_epi64,
    _mm512_sub_epi64, _mm512_test_epi64_mask,
};

use super::lanes::{join, split};

/// Bits of a limb.
const BITS: u32 = 51;
/// The lowest 51 bits.
const MASK: u64 = (1 << BITS) - 1;
/// Below this is each limb of a [`Field`].
#[cfg(test)]
pub(super) const LIMB_BOUND: u64 = (1 << BITS) + (1 << 17);
/// The number has this many bytes.
pub(super) const BYTES: usize = 32;

/// A multiple of the modulus, 264 times, each limb of which is above any limb of a product, below
/// 133 * 2^52 and divisible by what [`Field::product`] takes it times. Its first limb takes two
/// units of the second.
const MULTIPLE: Limbs = {
    let (first, next) = (264 * (MASK - 18), 264 * MASK);
    [first + (2 << BITS), next - 2, next, next, next]
};

/// One number, its limbs below 2^51.
pub(super) type Limbs = [u64; 5];

/// Eight numbers; the bound of their limbs is above.
#[derive(Clone, Copy)]
pub(super) struct Field(pub(super) [__m512i; 5]);

/// Eight numbers whose limbs are still to be carried; each below 2^63.
#[derive(Clone, Copy)]
pub(super) struct Unreduced(pub(super) [__m512i; 5]);

/// Which of the eight lanes something holds for, a bit each.
pub(super) type Mask = __mmask8;

impl Field {
    /// The same number eight times; its limbs are below [`LIMB_BOUND`].
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn splat(limbs: &Limbs) -> Field {
        Field([
            _mm512_set1_epi64(limbs[0] as i64),
            _mm512_set1_epi64(limbs[1] as i64),
            _mm512_set1_epi64(limbs[2] as i64),
            _mm512_set1_epi64(limbs[3] as i64),
            _mm512_set1_epi64(limbs[4] as i64),
        ])
    }

    /// Eight numbers by their limbs, which are below [`LIMB_BOUND`].
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn from_limbs(numbers: &[Limbs; 8]) -> Field {
        let limb = |at: usize| -> [u64; 8] { std::array::from_fn(|lane| numbers[lane][at]) };
        Field([join(limb(0)), join(limb(1)), join(limb(2)), join(limb(3)), join(limb(4))])
    }

    /// The limbs of each, below [`LIMB_BOUND`].
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn limbs(&self) -> [Limbs; 8] {
        let [a, b, c, d, e] = self.0;
        let limbs = [split(a), split(b), split(c), split(d), split(e)];
        std::array::from_fn(|lane| std::array::from_fn(|at| limbs[at][lane]))
    }

    /// By 32 bytes each, the least significant first; the highest bit does not count.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn from_bytes(bytes: &[[u8; BYTES]; 8]) -> Field {
        Field::from_limbs(&bytes.map(|bytes| {
            let word =
                |at: usize| u64::from_le_bytes(std::array::from_fn(|byte| bytes[8 * at + byte]));
            let (a, b, c, d) = (word(0), word(1), word(2), word(3));
            [
                a & MASK,
                (a >> 51 | b << 13) & MASK,
                (b >> 38 | c << 26) & MASK,
                (c >> 25 | d << 39) & MASK,
                d >> 12 & MASK,
            ]
        }))
    }

    /// As 32 bytes each; there is one way to write each number.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn bytes(&self) -> [[u8; BYTES]; 8] {
        self.canonical().limbs().map(|[a, b, c, d, e]| {
            let words = [a | b << 51, b >> 13 | c << 38, c >> 26 | d << 25, d >> 39 | e << 12];
            std::array::from_fn(|at| words[at / 8].to_le_bytes()[at % 8])
        })
    }

    /// The product, not carried: limbs below 125 * 2^52.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn multiply(&self, other: &Field) -> Unreduced {
        self.product(other, [_mm512_setzero_si512(); 5])
    }

    /// The product and [`MULTIPLE`], not carried: limbs below 258 * 2^52.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn multiply_above(&self, other: &Field) -> Unreduced {
        let [a, b, c, d, e] = MULTIPLE;
        self.product(other, Field::splat(&[a / 38, b / 2, c / 2, d / 2, e / 2]).0)
    }

    /// The product and what it starts from: 38 times the first, twice the others.
    ///
    /// Each half of a product of two limbs has at most 52 bits, and the upper half, which counts
    /// twice, is below 2^50 + 2^18. The lowest limb has the most: 1 lower half, and 19 times (4
    /// lower halves and twice 5 upper ones), 1 + 19 * (4 + 2.5) = 124.5 times 2^52 and a little.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    fn product(&self, other: &Field, [s0, s1, s2, s3, s4]: [__m512i; 5]) -> Unreduced {
        let zero = _mm512_setzero_si512();
        let ([a0, a1, a2, a3, a4], [b0, b1, b2, b3, b4]) = (self.0, other.0);
        // Upper halves belong one limb higher, and count twice there.
        let h5 = hi(hi(hi(hi(hi(s0, a0, b4), a1, b3), a2, b2), a3, b1), a4, b0);
        let h6 = hi(hi(hi(hi(zero, a1, b4), a2, b3), a3, b2), a4, b1);
        let h7 = hi(hi(hi(zero, a2, b4), a3, b3), a4, b2);
        let h8 = hi(hi(zero, a3, b4), a4, b3);
        let h9 = hi(zero, a4, b4);
        let r5 = lo(lo(lo(lo(twice(h5), a1, b4), a2, b3), a3, b2), a4, b1);
        let r6 = lo(lo(lo(twice(h6), a2, b4), a3, b3), a4, b2);
        let r7 = lo(lo(twice(h7), a3, b4), a4, b3);
        let r8 = lo(twice(h8), a4, b4);
        let r9 = twice(h9);
        let h1 = hi(s1, a0, b0);
        let h2 = hi(hi(s2, a0, b1), a1, b0);
        let h3 = hi(hi(hi(s3, a0, b2), a1, b1), a2, b0);
        let h4 = hi(hi(hi(hi(s4, a0, b3), a1, b2), a2, b1), a3, b0);
        Unreduced([
            lo(nineteen(r5), a0, b0),
            lo(lo(folded(r6, h1), a0, b1), a1, b0),
            lo(lo(lo(folded(r7, h2), a0, b2), a1, b1), a2, b0),
            lo(lo(lo(lo(folded(r8, h3), a0, b3), a1, b2), a2, b1), a3, b0),
            lo(lo(lo(lo(lo(folded(r9, h4), a0, b4), a1, b3), a2, b2), a3, b1), a4, b0),
        ])
    }

    /// The square, not carried: limbs below 125 * 2^52.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn squared(&self) -> Unreduced {
        self.product_with_itself([_mm512_setzero_si512(); 5])
    }

    /// The square and [`MULTIPLE`], not carried: limbs below 258 * 2^52.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn squared_above(&self) -> Unreduced {
        let [a, b, c, d, e] = MULTIPLE;
        self.product_with_itself(Field::splat(&[a / 76, b / 2, c / 4, d / 4, e / 4]).0)
    }

    /// The square and what it starts from: 76 times the first, twice the second, four times the
    /// others. The bounds are those of a product.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    fn product_with_itself(&self, [s0, s1, s2, s3, s4]: [__m512i; 5]) -> Unreduced {
        let zero = _mm512_setzero_si512();
        let [a0, a1, a2, a3, a4] = self.0;
        // A product of two different limbs counts twice, so that its upper half counts four times.
        let r5 = lo(lo(twice(hi(hi(s0, a0, a4), a1, a3)), a1, a4), a2, a3);
        let r5 = twice(hi(r5, a2, a2));
        let r6 = lo(twice(hi(hi(zero, a1, a4), a2, a3)), a2, a4);
        let r6 = lo(twice(r6), a3, a3);
        let r7 = twice(hi(lo(twice(hi(zero, a2, a4)), a3, a4), a3, a3));
        let r8 = lo(four(hi(zero, a3, a4)), a4, a4);
        let r9 = twice(hi(zero, a4, a4));
        let r1 = hi(lo(s1, a0, a1), a0, a0);
        let r2 = lo(twice(hi(s2, a0, a1)), a0, a2);
        let r3 = hi(lo(lo(twice(hi(s3, a0, a2)), a0, a3), a1, a2), a1, a1);
        let r4 = lo(lo(twice(hi(hi(s4, a0, a3), a1, a2)), a0, a4), a1, a3);
        Unreduced([
            lo(nineteen(r5), a0, a0),
            folded(r6, r1),
            lo(folded(r7, r2), a1, a1),
            folded(r8, r3),
            lo(folded(r9, r4), a2, a2),
        ])
    }

    /// The product.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn times(&self, other: &Field) -> Field {
        self.multiply(other).carry()
    }

    /// The square.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn square(&self) -> Field {
        self.squared().carry()
    }

    /// The sum.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn plus(&self, other: &Field) -> Field {
        Unreduced(self.0).plus(&Unreduced(other.0)).carry()
    }

    /// The difference: four times the modulus is added first, so that no limb goes below zero.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn minus(&self, other: &Field) -> Field {
        let (first, next) = (4 * (MASK - 18), 4 * MASK);
        let modulus = Unreduced(Field::splat(&[first, next, next, next, next]).0);
        modulus.plus(&Unreduced(self.0)).less(&Unreduced(other.0)).carry()
    }

    /// Zero less the number.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn negated(&self) -> Field {
        Field([_mm512_setzero_si512(); 5]).minus(self)
    }

    /// In the lanes of the mask the other, in the rest this.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn or_where(&self, mask: Mask, other: &Field) -> Field {
        let ([a0, a1, a2, a3, a4], [b0, b1, b2, b3, b4]) = (self.0, other.0);
        Field([
            _mm512_mask_mov_epi64(a0, mask, b0),
            _mm512_mask_mov_epi64(a1, mask, b1),
            _mm512_mask_mov_epi64(a2, mask, b2),
            _mm512_mask_mov_epi64(a3, mask, b3),
            _mm512_mask_mov_epi64(a4, mask, b4),
        ])
    }

    /// In the lanes of the mask with the other sign.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn negated_where(&self, mask: Mask) -> Field {
        self.or_where(mask, &self.negated())
    }

    /// The one writing of each that is below the modulus, limbs below 2^51.
    ///
    /// A number is below twice the modulus: its highest limb is below 2^51 + 2^17.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn canonical(&self) -> Field {
        let [mut a, mut b, mut c, mut d, mut e] = self.0;
        let mask = _mm512_set1_epi64(MASK as i64);
        a = lo(a, self.is_over(), _mm512_set1_epi64(19));
        b = plus(b, _mm512_srli_epi64::<BITS>(a));
        c = plus(c, _mm512_srli_epi64::<BITS>(b));
        d = plus(d, _mm512_srli_epi64::<BITS>(c));
        // Of what goes over 2^255 the modulus was just taken away.
        e = plus(e, _mm512_srli_epi64::<BITS>(d));
        a = _mm512_and_si512(a, mask);
        b = _mm512_and_si512(b, mask);
        c = _mm512_and_si512(c, mask);
        d = _mm512_and_si512(d, mask);
        Field([a, b, c, d, _mm512_and_si512(e, mask)])
    }

    /// 1 in the lanes whose number is the modulus or more, otherwise 0: what is carried out of the
    /// highest limb when 19 is added.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    fn is_over(&self) -> __m512i {
        let [a, b, c, d, e] = self.0;
        let carry = _mm512_srli_epi64::<BITS>(plus(a, _mm512_set1_epi64(19)));
        let carry = _mm512_srli_epi64::<BITS>(plus(b, carry));
        let carry = _mm512_srli_epi64::<BITS>(plus(c, carry));
        let carry = _mm512_srli_epi64::<BITS>(plus(d, carry));
        _mm512_srli_epi64::<BITS>(plus(e, carry))
    }

    /// Where the number, below the modulus, is odd: RFC 9496 calls it negative.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn is_negative(&self) -> Mask {
        // The modulus is odd: taking it away turns the lowest bit.
        let lowest = plus(self.0[0], self.is_over());
        _mm512_test_epi64_mask(lowest, _mm512_set1_epi64(1))
    }

    /// Where the number is zero.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn is_zero(&self) -> Mask {
        let [a, b, c, d, e] = self.canonical().0;
        let all = _mm512_or_si512(_mm512_or_si512(a, b), _mm512_or_si512(c, d));
        _mm512_cmpeq_epi64_mask(_mm512_or_si512(all, e), _mm512_setzero_si512())
    }

    /// Where both are the same number.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn is_same(&self, other: &Field) -> Mask {
        self.minus(other).is_zero()
    }
}

impl Unreduced {
    /// Twice a number and [`MULTIPLE`].
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn twice_above(number: &Field) -> Unreduced {
        let number = Unreduced(number.0);
        number.plus(&number).plus(&Unreduced(Field::splat(&MULTIPLE).0))
    }

    /// The sum; it has to stay below 2^63.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn plus(&self, other: &Unreduced) -> Unreduced {
        let ([a0, a1, a2, a3, a4], [b0, b1, b2, b3, b4]) = (self.0, other.0);
        Unreduced([plus(a0, b0), plus(a1, b1), plus(a2, b2), plus(a3, b3), plus(a4, b4)])
    }

    /// The difference; no limb may go below zero, see [`Field::multiply_above`].
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn less(&self, other: &Unreduced) -> Unreduced {
        let ([a0, a1, a2, a3, a4], [b0, b1, b2, b3, b4]) = (self.0, other.0);
        Unreduced([
            _mm512_sub_epi64(a0, b0),
            _mm512_sub_epi64(a1, b1),
            _mm512_sub_epi64(a2, b2),
            _mm512_sub_epi64(a3, b3),
            _mm512_sub_epi64(a4, b4),
        ])
    }

    /// Each limb's upper bits go to the next, at once: limbs below 2^63 leave at most 2^12, the
    /// highest 19 times as much, which is below 2^17.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn carry(&self) -> Field {
        let [a, b, c, d, e] = self.0;
        let mask = _mm512_set1_epi64(MASK as i64);
        let last = _mm512_srli_epi64::<BITS>(e);
        Field([
            lo(_mm512_and_si512(a, mask), last, _mm512_set1_epi64(19)),
            plus(_mm512_and_si512(b, mask), _mm512_srli_epi64::<BITS>(a)),
            plus(_mm512_and_si512(c, mask), _mm512_srli_epi64::<BITS>(b)),
            plus(_mm512_and_si512(d, mask), _mm512_srli_epi64::<BITS>(c)),
            plus(_mm512_and_si512(e, mask), _mm512_srli_epi64::<BITS>(d)),
        ])
    }
}

/// Adds the lower 52 bits of the products of limbs.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn lo(sum: __m512i, a: __m512i, b: __m512i) -> __m512i {
    _mm512_madd52lo_epu64(sum, a, b)
}

/// Adds the upper 52 bits of the products of limbs.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn hi(sum: __m512i, a: __m512i, b: __m512i) -> __m512i {
    _mm512_madd52hi_epu64(sum, a, b)
}

#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn plus(a: __m512i, b: __m512i) -> __m512i {
    _mm512_add_epi64(a, b)
}

#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn twice(a: __m512i) -> __m512i {
    _mm512_add_epi64(a, a)
}

#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn four(a: __m512i) -> __m512i {
    _mm512_slli_epi64::<2>(a)
}

/// What goes over 2^255 counts 19 times below; twice what is there already.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn folded(over: __m512i, half: __m512i) -> __m512i {
    plus(plus(_mm512_slli_epi64::<4>(over), over), twice(plus(over, half)))
}

/// What goes over 2^255 counts 19 times below.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn nineteen(a: __m512i) -> __m512i {
    plus(_mm512_slli_epi64::<4>(a), plus(twice(a), a))
}
