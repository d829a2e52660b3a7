//! Powers of eight numbers at once: inverses and square roots.
//!
//! Source: RFC 9496 section 4.2 (`SQRT_RATIO_M1`). Several vectors go the same way side by side:
//! a square waits for the one before it, and the processor has time for others meanwhile.

use super::constants::{ONE, SQRT_M1};
use super::field::{Field, Mask};

/// The numbers to the power of 2^252 - 3, which is (p - 5) / 8.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn root_power<const N: usize>(base: &[Field; N]) -> [Field; N] {
    // The names say how many bits are set: the power of `ones_5` is 2^5 - 1.
    let two = squares(base, 1);
    let nine = times(&squares(&two, 2), base);
    let eleven = times(&nine, &two);
    let ones_5 = times(&squares(&eleven, 1), &nine);
    let ones_10 = times(&squares(&ones_5, 5), &ones_5);
    let ones_20 = times(&squares(&ones_10, 10), &ones_10);
    let ones_40 = times(&squares(&ones_20, 20), &ones_20);
    let ones_50 = times(&squares(&ones_40, 10), &ones_10);
    let ones_100 = times(&squares(&ones_50, 50), &ones_50);
    let ones_200 = times(&squares(&ones_100, 100), &ones_100);
    let ones_250 = times(&squares(&ones_200, 50), &ones_50);
    times(&squares(&ones_250, 2), base)
}

/// One over each number, and zero over zero.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
pub(super) fn inverse(number: &Field) -> Field {
    // p - 2 is eight times 2^252 - 3, and three.
    let [eighth] = squares(&root_power(&[*number]), 3);
    eighth.times(&number.square().times(number))
}

/// Where u/v is a square, and its root that is not negative; elsewhere the root of i * u/v.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
pub(super) fn root_of_ratio<const N: usize>(
    over: &[Field; N],
    under: &[Field; N],
) -> ([Mask; N], [Field; N]) {
    let (mut root, mut base) = (*over, *over);
    for at in 0..N {
        let cube = under[at].square().times(&under[at]);
        root[at] = over[at].times(&cube);
        base[at] = root[at].times(&cube.times(&under[at]));
    }
    let mut root = times(&root, &root_power(&base));
    let mut is_square = [0; N];
    for at in 0..N {
        let check = under[at].times(&root[at].square());
        let i = Field::splat(&SQRT_M1);
        let opposite = over[at].negated();
        let is_opposite = check.is_same(&opposite);
        let turned = is_opposite | check.is_same(&opposite.times(&i));
        is_square[at] = check.is_same(&over[at]) | is_opposite;
        let one = root[at].or_where(turned, &root[at].times(&i));
        root[at] = one.negated_where(one.is_negative());
    }
    (is_square, root)
}

/// Where one over the number has a root, and that root; see [`root_of_ratio`].
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
pub(super) fn root_of_inverse<const N: usize>(number: &[Field; N]) -> ([Mask; N], [Field; N]) {
    root_of_ratio(&[Field::splat(&ONE); N], number)
}

/// Squares so many times.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn squares<const N: usize>(numbers: &[Field; N], count: usize) -> [Field; N] {
    let mut squared = *numbers;
    for _ in 0..count {
        for number in &mut squared {
            *number = number.square();
        }
    }
    squared
}

#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn times<const N: usize>(left: &[Field; N], right: &[Field; N]) -> [Field; N] {
    let mut product = *left;
    for (number, other) in product.iter_mut().zip(right) {
        *number = number.times(other);
    }
    product
}
