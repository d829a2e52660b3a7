//! Numbers modulo 2^255 - 19 against slow arithmetic, at the bounds of their limbs.

use proptest::prelude::*;

use super::with_kernel;
use crate::curve::wide::constants::*;
use crate::curve::wide::field::{Field, LIMB_BOUND, Limbs, Unreduced};
use crate::curve::wide::lanes::{join, split};
use crate::curve::wide::power::{inverse, root_of_inverse, root_of_ratio};

/// A number below 2^256, the least significant word first.
type Slow = [u64; 4];
const MODULUS: Slow = [u64::MAX - 18, u64::MAX, u64::MAX, u64::MAX >> 1];

/// The sum of words of 64 bits each that overlap by 13: what limbs stand for, below the modulus.
fn slow(limbs: &Limbs) -> Slow {
    let mut wide = [0; 8];
    for (at, limb) in limbs.iter().enumerate() {
        let shifted = u128::from(*limb) << (51 * at % 64);
        let first = 51 * at / 64;
        add_at(&mut wide, first, shifted as u64);
        add_at(&mut wide, first + 1, (shifted >> 64) as u64);
    }
    reduced(wide)
}

fn add_at(wide: &mut [u64; 8], mut at: usize, mut word: u64) {
    while word > 0 {
        let (sum, carried) = wide[at].overflowing_add(word);
        wide[at] = sum;
        (at, word) = (at + 1, u64::from(carried));
    }
}

/// 2^256 is 38; what is still too large gets smaller by the modulus.
fn reduced(mut wide: [u64; 8]) -> Slow {
    while wide[4..].iter().any(|word| *word > 0) {
        let mut folded = [0; 8];
        for at in 0..4 {
            add_at(&mut folded, at, wide[at]);
            let product = u128::from(wide[at + 4]) * 38;
            add_at(&mut folded, at, product as u64);
            add_at(&mut folded, at + 1, (product >> 64) as u64);
        }
        wide = folded;
    }
    let mut number = [wide[0], wide[1], wide[2], wide[3]];
    while number.iter().rev().ge(MODULUS.iter().rev()) {
        number = difference(&number, &MODULUS);
    }
    number
}

fn difference(a: &Slow, b: &Slow) -> Slow {
    let mut borrow = false;
    std::array::from_fn(|at| {
        let (first, under) = a[at].overflowing_sub(b[at]);
        let (word, again) = first.overflowing_sub(u64::from(borrow));
        borrow = under || again;
        word
    })
}

fn slow_product(a: &Slow, b: &Slow) -> Slow {
    let mut wide = [0; 8];
    for (i, a) in a.iter().enumerate() {
        for (j, b) in b.iter().enumerate() {
            let product = u128::from(*a) * u128::from(*b);
            add_at(&mut wide, i + j, product as u64);
            add_at(&mut wide, i + j + 1, (product >> 64) as u64);
        }
    }
    reduced(wide)
}

fn slow_sum(a: &Slow, b: &Slow) -> Slow {
    let mut wide = [0; 8];
    wide[..4].copy_from_slice(a);
    (0..4).for_each(|at| add_at(&mut wide, at, b[at]));
    reduced(wide)
}

fn slow_bytes(number: &Slow) -> [u8; 32] {
    std::array::from_fn(|at| number[at / 8].to_le_bytes()[at % 8])
}

fn slow_negative(number: &Slow) -> Slow {
    slow_sum(&difference(&MODULUS, number), &[0; 4])
}

/// Every limb as [`Field`] promises.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn checked(number: Field, expected: impl Fn(usize) -> Slow) {
    for (lane, limbs) in number.limbs().iter().enumerate() {
        assert!(limbs.iter().all(|limb| *limb < LIMB_BOUND), "{limbs:x?}");
        assert_eq!(slow(limbs), expected(lane), "{limbs:x?}");
    }
    let bytes = number.bytes();
    for (lane, bytes) in bytes.iter().enumerate() {
        assert_eq!(*bytes, slow_bytes(&expected(lane)));
    }
}

#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn check_operations((a, b): ([Limbs; 8], [Limbs; 8])) {
    let (left, right) = (Field::from_limbs(&a), Field::from_limbs(&b));
    let (a, b) = (a.map(|one| slow(&one)), b.map(|one| slow(&one)));
    checked(left, |lane| a[lane]);
    checked(left.canonical(), |lane| a[lane]);
    checked(Field::from_bytes(&left.bytes()), |lane| a[lane]);
    checked(left.times(&right), |lane| slow_product(&a[lane], &b[lane]));
    checked(left.square(), |lane| slow_product(&a[lane], &a[lane]));
    checked(left.plus(&right), |lane| slow_sum(&a[lane], &b[lane]));
    checked(left.minus(&right), |lane| slow_sum(&a[lane], &slow_negative(&b[lane])));
    checked(left.negated(), |lane| slow_negative(&a[lane]));
    // Three products added and one taken away, as in doubling: the most that is done.
    let (product, square) = (left.multiply(&right), left.squared());
    for limb in product.0.iter().chain(&square.0).flat_map(|limb| split(*limb)) {
        assert!(limb < 125 << 52, "{limb:x}");
    }
    // What is above a product is not too much, and enough that every product can be taken away.
    let (product_above, square_above) = (left.multiply_above(&right), right.squared_above());
    for limb in product_above.0.iter().chain(&square_above.0).flat_map(|limb| split(*limb)) {
        assert!((125 << 52..258 << 52).contains(&limb), "{limb:x}");
    }
    checked(product_above.carry(), |lane| slow_product(&a[lane], &b[lane]));
    checked(square_above.carry(), |lane| slow_product(&b[lane], &b[lane]));
    checked(Unreduced::twice_above(&left).carry(), |lane| slow_sum(&a[lane], &a[lane]));
    // The most that is done: twice a square above another, taken away.
    let less = square_above.less(&square);
    let most = square_above.plus(&square_above).less(&less);
    checked(most.carry(), |lane| {
        slow_sum(&slow_product(&a[lane], &a[lane]), &slow_product(&b[lane], &b[lane]))
    });
    for lane in 0..8 {
        let has = |mask: u8| mask >> lane & 1 == 1;
        assert_eq!(has(left.is_negative()), a[lane][0] & 1 == 1);
        assert_eq!(has(left.is_zero()), a[lane] == [0; 4]);
        assert_eq!(has(left.is_same(&right)), a[lane] == b[lane]);
    }
    checked(left.or_where(0x5a, &right), |lane| [a, b][0x5a >> lane & 1][lane]);
}

#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn check_powers(a: [Limbs; 8]) {
    let number = Field::from_limbs(&a);
    let a = a.map(|one| slow(&one));
    let one: Slow = [1, 0, 0, 0];
    checked(number.times(&inverse(&number)), |lane| if a[lane] == [0; 4] { a[lane] } else { one });
    let ones = Field::splat(&ONE);
    let ([is_square, other], [root, ratio]) = root_of_ratio(&[ones, number], &[number, ones]);
    assert_eq!(root_of_inverse(&[number]).0[0], is_square);
    assert_eq!(root.is_negative() | ratio.is_negative(), 0);
    let (i, zero) = (Field::splat(&SQRT_M1), number.is_zero());
    // One over zero has no root; all else has one, or i times it has.
    assert_eq!(is_square | zero, other);
    let squared = ratio.square();
    let expected = number.times(&i).or_where(other, &number);
    assert_eq!(squared.is_same(&expected), 0xff);
    let expected = i.or_where(is_square, &ones);
    assert_eq!(root.square().times(&number).is_same(&expected) | zero, 0xff);
    assert_eq!(root.is_zero(), zero);
}

#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn check_constants(_: ()) {
    let [one, two, i, d] = [ONE, TWO, SQRT_M1, D].map(|limbs| Field::splat(&limbs));
    let zero = one.minus(&one);
    let same = |left: Field, right: Field| assert_eq!(left.is_same(&right), 0xff);
    same(one.plus(&one), two);
    same(i.square(), zero.minus(&one));
    same(
        d.times(&Field::splat(&[121666, 0, 0, 0, 0])),
        Field::splat(&[121665, 0, 0, 0, 0]).negated(),
    );
    same(Field::splat(&D_TWICE), d.plus(&d));
    same(Field::splat(&ONE_MINUS_D_SQ), one.minus(&d.square()));
    same(Field::splat(&D_MINUS_ONE_SQ), d.minus(&one).square());
    same(Field::splat(&SQRT_AD_MINUS_ONE).square(), d.plus(&one).negated());
    same(Field::splat(&INVSQRT_A_MINUS_D).square().times(&d.plus(&one).negated()), one);
}

/// The largest limbs that a carry may meet.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn check_carry(limbs: [u64; 5]) {
    let carried = Unreduced(limbs.map(|limb| join([limb; 8]))).carry();
    checked(carried, |_| slow(&limbs));
}

/// Limbs at their bounds, and any.
fn limb() -> impl Strategy<Value = u64> {
    let middle = 1_u64 << 51;
    prop_oneof![
        Just(0),
        Just(1),
        18_u64..21,
        middle - 20..middle + 2,
        LIMB_BOUND - 2..LIMB_BOUND,
        0..LIMB_BOUND,
    ]
}

fn limbs() -> impl Strategy<Value = Limbs> {
    prop::array::uniform5(limb())
}

#[test]
fn constants_are_what_the_standard_says() {
    with_kernel(|wide| wide.run(check_constants, ()));
}

#[test]
fn the_largest_and_least_limbs_are_worked_with() {
    let modulus = [(1 << 51) - 19, (1 << 51) - 1, (1 << 51) - 1, (1 << 51) - 1, (1 << 51) - 1];
    let (mut less, mut more) = (modulus, modulus);
    (less[0], more[0]) = (modulus[0] - 1, modulus[0] + 1);
    let all = [[LIMB_BOUND - 1; 5], [0; 5], ONE, modulus, less, more, [1 << 51; 5], SQRT_M1];
    with_kernel(|wide| {
        for turn in 0..8 {
            let other = std::array::from_fn(|lane| all[(lane + turn) % 8]);
            wide.run(check_operations, (all, other));
        }
        wide.run(check_powers, all);
        wide.run(check_carry, [(1 << 63) - 1; 5]);
    });
}

proptest! {
    #[test]
    fn any_numbers_make_what_slow_arithmetic_makes(
        a in prop::array::uniform8(limbs()),
        b in prop::array::uniform8(limbs()),
    ) {
        with_kernel(|wide| wide.run(check_operations, (a, b)));
    }

    #[test]
    fn any_numbers_have_the_inverses_and_roots_that_they_should(
        a in prop::array::uniform8(limbs()),
    ) {
        with_kernel(|wide| wide.run(check_powers, a));
    }

    #[test]
    fn any_limbs_are_carried(limbs in prop::array::uniform5(0_u64..1 << 63)) {
        with_kernel(|wide| wide.run(check_carry, limbs));
    }
}
