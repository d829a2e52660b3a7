//! Elements of ristretto255, eight at once: read, written, and made of uniform bytes.
//!
//! Source: RFC 9496 sections 4.3.1 (decode), 4.3.2 (encode), 4.3.4 (one-way map). Writing is done
//! for twice a point, many with one inversion, as curve25519-dalek does it: whoever wants a
//! product written multiplies by half the scalar.

use super::constants::{
    D, D_MINUS_ONE_SQ, INVSQRT_A_MINUS_D, ONE, ONE_MINUS_D_SQ, SQRT_AD_MINUS_ONE, SQRT_M1,
};
use super::field::{BYTES, Field, Mask};
use super::point::{Affine, Completed, Point};
use super::power::{inverse, root_of_inverse, root_of_ratio};

/// Eight elements that were written.
pub(super) struct Written {
    /// As they travel.
    pub(super) bytes: [[u8; BYTES]; 8],
    x: Field,
    y: Field,
}

impl Written {
    /// The same as points; what they are for the neutral element is none.
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn affine(&self) -> [Affine; 8] {
        affine(&self.x, &self.y)
    }
}

#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn affine(x: &Field, y: &Field) -> [Affine; 8] {
    let (x, y) = (x.limbs(), y.limbs());
    std::array::from_fn(|lane| Affine { x: x[lane], y: y[lane] })
}

/// Reads twice eight elements; the masks say which are some, the neutral one among them.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
pub(super) fn decode(bytes: [&[[u8; BYTES]; 8]; 2]) -> [(Mask, [Affine; 8]); 2] {
    let one = Field::splat(&ONE);
    let s = [Field::from_bytes(bytes[0]), Field::from_bytes(bytes[1])];
    let (mut u1, mut u2, mut v, mut under) = (s, s, s, s);
    for at in 0..2 {
        let ss = s[at].square();
        u1[at] = one.minus(&ss);
        u2[at] = one.plus(&ss);
        let u2_squared = u2[at].square();
        let d_u1_squared = u1[at].square().times(&Field::splat(&D));
        v[at] = d_u1_squared.plus(&u2_squared).negated();
        under[at] = v[at].times(&u2_squared);
    }
    let (is_square, root) = root_of_inverse(&under);
    let one_of = |at: usize| {
        let x_under = root[at].times(&u2[at]);
        let y_under = root[at].times(&x_under).times(&v[at]);
        let x = s[at].plus(&s[at]).times(&x_under);
        let x = x.negated_where(x.is_negative());
        let y = u1[at].times(&y_under);
        let refused = x.times(&y).is_negative() | y.is_zero() | s[at].is_negative();
        let written = s[at].bytes();
        let mut is_canonical = 0;
        for lane in 0..8 {
            is_canonical |= u8::from(written[lane] == bytes[at][lane]) << lane;
        }
        (is_square[at] & is_canonical & !refused, affine(&x, &y))
    };
    [one_of(0), one_of(1)]
}

/// The one-way map: of 64 uniform bytes each.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
pub(super) fn from_uniform(bytes: [&[u8; 2 * BYTES]; 8]) -> Point {
    let half = |first: usize| {
        Field::from_bytes(&bytes.map(|bytes| std::array::from_fn(|at| bytes[first + at])))
    };
    let [first, second] = map([half(0), half(BYTES)]);
    first.augend().plus(&second.point().addend()).point()
}

/// `MAP`, of twice eight numbers.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn map(t: [Field; 2]) -> [Completed; 2] {
    let (one, d) = (Field::splat(&ONE), Field::splat(&D));
    let (mut r, mut u, mut v) = (t, t, t);
    for at in 0..2 {
        r[at] = t[at].square().times(&Field::splat(&SQRT_M1));
        u[at] = r[at].plus(&one).times(&Field::splat(&ONE_MINUS_D_SQ));
        // -1 - r D
        let left = r[at].times(&d).plus(&one).negated();
        v[at] = left.times(&r[at].plus(&d));
    }
    let (is_square, root) = root_of_ratio(&u, &v);
    let one_of = |at: usize| {
        let other = root[at].times(&t[at]);
        let other = other.negated_where(!other.is_negative());
        let s = other.or_where(is_square[at], &root[at]);
        let c = r[at].or_where(is_square[at], &one.negated());
        let n = c.times(&r[at].minus(&one)).times(&Field::splat(&D_MINUS_ONE_SQ));
        let n = n.minus(&v[at]);
        let ss = s.square();
        // w0 = 2 s v, w1 = n sqrt(ad - 1), w2 = 1 - s^2, w3 = 1 + s^2.
        Completed {
            e: s.plus(&s).times(&v[at]),
            f: n.times(&Field::splat(&SQRT_AD_MINUS_ONE)),
            g: one.minus(&ss),
            h: one.plus(&ss),
        }
    };
    [one_of(0), one_of(1)]
}

/// Writes points that were doubled last; all with one inversion.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
pub(super) fn encode(doubled: &[Completed]) -> Vec<Written> {
    let (zero, one) = (Field::splat(&[0; 5]), Field::splat(&ONE));
    // A product that is zero, of the neutral element alone, counts as one: it spoils no other.
    let mut products = Vec::with_capacity(doubled.len());
    let mut before = one;
    for point in doubled {
        let (eg, fh) = (point.e.times(&point.g), point.f.times(&point.h));
        let product = eg.times(&fh);
        let is_zero = product.is_zero();
        let product = product.or_where(is_zero, &one);
        products.push((eg, fh, product, is_zero, before));
        before = before.times(&product);
    }
    let mut written = Vec::with_capacity(doubled.len());
    let mut rest = inverse(&before);
    for (point, (eg, fh, product, is_zero, before)) in doubled.iter().zip(&products).rev() {
        let inverse = rest.times(before).or_where(*is_zero, &zero);
        rest = rest.times(product);
        written.push(encode_one(point, &eg.times(&inverse), &fh.times(&inverse), eg));
    }
    written.reverse();
    written
}

/// Writes one point of each lane, with one over Z and one over T.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn encode_one(point: &Completed, z_inverse: &Field, t_inverse: &Field, eg: &Field) -> Written {
    let Completed { e, f, g, h } = point;
    let (x, y) = (e.times(h).times(z_inverse), g.times(f).times(z_inverse));
    let i = Field::splat(&SQRT_M1);
    let is_turned = eg.times(z_inverse).is_negative();
    let turned_e = e.or_where(is_turned, g);
    let g = g.or_where(is_turned, &e.negated());
    let h = h.or_where(is_turned, &f.times(&i));
    let magic = Field::splat(&INVSQRT_A_MINUS_D).or_where(is_turned, &i);
    let is_opposite = h.times(&turned_e).times(z_inverse).is_negative();
    let g = g.negated_where(is_opposite);
    let s = h.minus(&g).times(&magic.times(&g.times(t_inverse)));
    Written { bytes: s.negated_where(s.is_negative()).bytes(), x, y }
}
