//! Eight points of the curve at once: adding, doubling, raising by secrets.
//!
//! Source: Hisil, Wong, Carter, Dawson: Twisted Edwards Curves Revisited, 2008, sections 3.1 and
//! 3.3, for a = -1; the formulas hold for all points of this curve. A secret is never an address
//! and never a condition: of a table every entry is read for every digit.

use std::arch::x86_64::{
    __m512i, _mm512_abs_epi64, _mm512_cmpeq_epi64_mask, _mm512_movepi64_mask, _mm512_set1_epi64,
};

use curve25519_dalek::scalar::Scalar;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::constants::{D_TWICE, ONE, TWO};
use super::field::{Field, Limbs, Mask, Unreduced};
use super::lanes::join;

/// Digits of a scalar.
pub(super) const DIGITS: usize = 64;
/// A table has the point times 1 to 8.
const TABLE: usize = 8;

/// x = X/Z, y = Y/Z, xy = T/Z.
#[derive(Clone, Copy)]
pub(super) struct Point {
    pub(super) x: Field,
    pub(super) y: Field,
    pub(super) z: Field,
    pub(super) t: Field,
}

/// A sum whose last products are still to be made: x = e/f, y = g/h.
#[derive(Clone, Copy)]
pub(super) struct Completed {
    pub(super) e: Field,
    pub(super) f: Field,
    pub(super) g: Field,
    pub(super) h: Field,
}

/// A point with Z = 1 ready to be added: Y + X, Y - X, 2dT.
#[derive(Clone, Copy)]
pub(super) struct Ready {
    pub(super) sum: Field,
    pub(super) difference: Field,
    pub(super) t_d_twice: Field,
}

/// A point to which others are added: Y + X, Y - X, Z, T.
#[derive(Clone, Copy)]
pub(super) struct Augend {
    sum: Field,
    difference: Field,
    z: Field,
    t: Field,
}

/// Any point ready to be added.
#[derive(Clone, Copy)]
pub(super) struct Addend {
    pub(super) ready: Ready,
    z_twice: Field,
}

/// One point: its x and y as limbs below the bound of a [`Field`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Affine {
    pub(super) x: Limbs,
    pub(super) y: Limbs,
}

/// Secret scalars of eight points, as digits from -8 to 8, the least significant first.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(super) struct Digits([[i64; 8]; DIGITS]);

impl Digits {
    /// Of one scalar for each point.
    pub(super) fn of(scalars: [&Scalar; 8]) -> Digits {
        let mut all = Digits([[0; 8]; DIGITS]);
        for (lane, scalar) in scalars.into_iter().enumerate() {
            let bytes = zeroize::Zeroizing::new(scalar.to_bytes());
            let mut carry = 0;
            for at in 0..DIGITS {
                let half = i64::from(bytes[at / 2] >> (4 * (at % 2)) & 15) + carry;
                // 8 and more are written as 16 less and one more of the next; the last digit is at
                // most 2, since a scalar is below 2^253.
                carry = (half + 8) >> 4;
                all.0[at][lane] = half - (carry << 4);
            }
        }
        all
    }
}

impl Point {
    /// Eight points by their x and y.
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn of(points: [&Affine; 8]) -> Point {
        let x = Field::from_limbs(&points.map(|point| point.x));
        let y = Field::from_limbs(&points.map(|point| point.y));
        Point { x, y, z: Field::splat(&ONE), t: x.times(&y) }
    }

    /// The neutral element, eight times.
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn neutral() -> Point {
        let (zero, one) = (Field::splat(&[0; 5]), Field::splat(&ONE));
        Point { x: zero, y: one, z: one, t: zero }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn addend(&self) -> Addend {
        let ready = Ready {
            sum: self.y.plus(&self.x),
            difference: self.y.minus(&self.x),
            t_d_twice: self.t.times(&Field::splat(&D_TWICE)),
        };
        Addend { ready, z_twice: self.z.plus(&self.z) }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn augend(&self) -> Augend {
        let (sum, difference) = (self.y.plus(&self.x), self.y.minus(&self.x));
        Augend { sum, difference, z: self.z, t: self.t }
    }

    /// Twice the point; T is not asked for.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn doubled(&self) -> Completed {
        doubled(&self.x, &self.y, &self.z)
    }

    /// Each point times its scalar; T of the result is not made.
    ///
    /// Constant time: what is done, and in which memory, depends on nothing of points or digits.
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn raised(&self, digits: &Digits) -> Completed {
        let table = self.table();
        let mut digits = digits.0.iter().rev();
        let Some(first) = digits.next() else { return Completed::neutral() };
        let mut last = Point::neutral().augend().plus(&selected(&table, join_signed(first)));
        for digit in digits {
            for _ in 0..4 {
                last = last.doubled();
            }
            last = last.augend().plus(&selected(&table, join_signed(digit)));
        }
        last
    }

    /// The point times 1 to 8.
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    fn table(&self) -> [Addend; TABLE] {
        let first = self.addend();
        let mut table = [first; TABLE];
        let mut multiple = self.doubled();
        for entry in &mut table[1..] {
            *entry = multiple.point().addend();
            multiple = multiple.augend().plus(&first);
        }
        table
    }
}

impl Augend {
    /// The sum.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn plus(&self, other: &Addend) -> Completed {
        self.plus_both(&other.ready, &self.z.multiply_above(&other.z_twice))
    }

    /// The sum with a point whose Z is 1.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn plus_ready(&self, other: &Ready) -> Completed {
        self.plus_both(other, &Unreduced::twice_above(&self.z))
    }

    /// The sum, with twice the product of both Z, above any product.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    fn plus_both(&self, other: &Ready, d: &Unreduced) -> Completed {
        let a = self.difference.multiply(&other.difference);
        let b = self.sum.multiply_above(&other.sum);
        let c = self.t.multiply(&other.t_d_twice);
        Completed {
            e: b.less(&a).carry(),
            f: d.plus(&c).carry(),
            g: b.plus(&a).carry(),
            h: d.less(&c).carry(),
        }
    }
}

impl Ready {
    /// The neutral element.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    fn neutral() -> Ready {
        let (zero, one) = (Field::splat(&[0; 5]), Field::splat(&ONE));
        Ready { sum: one, difference: one, t_d_twice: zero }
    }

    /// In the lanes of the mask with the other sign.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn negated_where(&self, mask: Mask) -> Ready {
        Ready {
            sum: self.sum.or_where(mask, &self.difference),
            difference: self.difference.or_where(mask, &self.sum),
            t_d_twice: self.t_d_twice.negated_where(mask),
        }
    }
}

impl Completed {
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn neutral() -> Completed {
        let (zero, one) = (Field::splat(&[0; 5]), Field::splat(&ONE));
        Completed { e: zero, f: one, g: one, h: one }
    }

    /// Without X and Y, which would only be added and taken away.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn augend(&self) -> Augend {
        let (x, y) = (self.e.multiply(&self.h), self.g.multiply_above(&self.f));
        Augend {
            sum: y.plus(&x).carry(),
            difference: y.less(&x).carry(),
            z: self.f.times(&self.h),
            t: self.e.times(&self.g),
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn point(&self) -> Point {
        Point {
            x: self.e.times(&self.h),
            y: self.g.times(&self.f),
            z: self.f.times(&self.h),
            t: self.e.times(&self.g),
        }
    }

    /// Twice the point: without T, which doubling does not ask for.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn doubled(&self) -> Completed {
        let (x, y, z) = (self.e.times(&self.h), self.g.times(&self.f), self.f.times(&self.h));
        doubled(&x, &y, &z)
    }
}

/// e = 2XY, f = Y^2 - X^2, g = Y^2 + X^2, h = 2Z^2 - f: the published formula with all signs of
/// the result turned, which is the same point.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn doubled(x: &Field, y: &Field, z: &Field) -> Completed {
    let (xx, yy, zz) = (x.squared(), y.squared_above(), z.squared_above());
    let xy = x.multiply(y);
    // Twice what zz is above is more than what f has: 264 and 258 times 2^52.
    let f = yy.less(&xx);
    Completed {
        e: xy.plus(&xy).carry(),
        f: f.carry(),
        g: yy.plus(&xx).carry(),
        h: zz.plus(&zz).less(&f).carry(),
    }
}

/// The point times a digit, for each lane its own: the whole table is read.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn selected(table: &[Addend; TABLE], digit: __m512i) -> Addend {
    let (size, is_negative) = (_mm512_abs_epi64(digit), _mm512_movepi64_mask(digit));
    let mut found = Addend { ready: Ready::neutral(), z_twice: Field::splat(&TWO) };
    for (at, entry) in (1..).zip(table) {
        let is_it = _mm512_cmpeq_epi64_mask(size, _mm512_set1_epi64(at));
        let Ready { sum, difference, t_d_twice } = &entry.ready;
        found.ready.sum = found.ready.sum.or_where(is_it, sum);
        found.ready.difference = found.ready.difference.or_where(is_it, difference);
        found.ready.t_d_twice = found.ready.t_d_twice.or_where(is_it, t_d_twice);
        found.z_twice = found.z_twice.or_where(is_it, &entry.z_twice);
    }
    Addend { ready: found.ready.negated_where(is_negative), z_twice: found.z_twice }
}

#[inline]
fn join_signed(digits: &[i64; 8]) -> __m512i {
    join(digits.map(|digit| digit as u64))
}
