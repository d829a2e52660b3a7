//! The sum of many points times weights that everybody sees; its time tells of the weights.
//!
//! Source: Pippenger's method, with signed digits. For each window of bits every point belongs to
//! the bucket of its digit; each lane adds up one bucket at a time, eight buckets of about the same
//! size together. Then each lane takes one window and adds its buckets up by their digits.

use std::arch::x86_64::{
    __m512i, _mm512_permutex2var_epi64, _mm512_unpackhi_epi64, _mm512_unpacklo_epi64,
};

use curve25519_dalek::scalar::Scalar;

use super::field::{Field, Mask};
use super::lanes::{announce, join, split};
use super::point::{Affine, Completed, Point, Ready};

/// A scalar is below 2 to this power, and not by much over the power before it.
const SCALAR_BITS: usize = 253;
/// Bits of a window that are tried: more would make buckets that leave the nearer caches.
const WINDOWS: std::ops::RangeInclusive<usize> = 4..=12;

/// A point ready to be added, as it lies in memory: Y + X, Y - X, 2dT by their limbs.
type Row = [[u64; 8]; 2];

/// The buckets of eight windows: 20 limbs each, of which a lane belongs to each window.
type Buckets = Vec<[[u64; 8]; 20]>;

/// The points of one window, sorted by bucket.
struct Sorted {
    /// The place of a point, twice, and one more where it is to be taken away.
    places: Vec<u32>,
    /// Where each bucket begins, and behind the last.
    starts: Vec<u32>,
}

/// The sum, in every lane.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
pub(super) fn sum(weights: &[Scalar], points: &[&Affine]) -> Point {
    let bits = best_window(points.len());
    let windows = SCALAR_BITS.div_ceil(bits);
    let rows = rows(points);
    let lifted = lifted(weights, bits, windows);
    let mut digits = Vec::with_capacity(weights.len());
    let mut sums = Vec::new();
    let mut buckets: Buckets = Vec::new();
    for first in (0..windows).step_by(8) {
        buckets.clear();
        buckets.resize(1 << (bits - 1), Point::neutral().columns());
        for window in first..windows.min(first + 8) {
            digits.clear();
            digits.extend(lifted.iter().map(|lifted| digit(lifted, window, bits, windows)));
            let sorted = Sorted::of(&digits, buckets.len());
            fill(&mut buckets, window - first, &sorted, &rows);
        }
        sums.push(weighed(&buckets));
    }
    let mut total = Point::neutral();
    for window in (0..windows).rev() {
        let one = sums[window / 8].lane(window % 8);
        let mut doubled = total.doubled();
        for _ in 1..bits {
            doubled = doubled.doubled();
        }
        total = doubled.augend().plus(&one.addend()).point();
    }
    total
}

/// The bits of a window with which the fewest additions are made.
fn best_window(points: usize) -> usize {
    let cost = |bits: usize| {
        let windows = SCALAR_BITS.div_ceil(bits);
        // Each bucket is added twice, and comes from far: that takes as long as four times.
        windows * points.div_ceil(8) + windows.div_ceil(8) * (4 << (bits - 1))
    };
    WINDOWS.min_by_key(|bits| cost(*bits)).unwrap_or(*WINDOWS.start())
}

/// Scalars with half a window added in each but the last: then every digit is read by itself.
fn lifted(weights: &[Scalar], bits: usize, windows: usize) -> Vec<[u64; 5]> {
    let mut halves = [0_u64; 4];
    for window in 0..windows - 1 {
        let bit = window * bits + bits - 1;
        halves[bit / 64] |= 1 << (bit % 64);
    }
    let lift = |weight: &Scalar| {
        let bytes = weight.as_bytes();
        let mut carry = 0;
        // What is lifted is below 2^254: nothing is carried into the fifth word.
        std::array::from_fn(|at| {
            let Some(half) = halves.get(at) else { return 0 };
            let word = u64::from_le_bytes(std::array::from_fn(|byte| bytes[8 * at + byte]));
            let sum = u128::from(word) + u128::from(*half) + carry;
            carry = sum >> 64;
            sum as u64
        })
    };
    weights.iter().map(lift).collect()
}

/// A digit of a lifted scalar: none is above half a window or below its negative. The last is not
/// lifted, but a scalar has few bits beyond its 252nd.
#[inline]
fn digit(lifted: &[u64; 5], window: usize, bits: usize, windows: usize) -> i16 {
    let bit = window * bits;
    let pair = u128::from(lifted[bit / 64]) | u128::from(lifted[bit / 64 + 1]) << 64;
    let digit = (pair >> (bit % 64)) as i32 & ((1 << bits) - 1);
    let half = if window + 1 < windows { 1 << (bits - 1) } else { 0 };
    (digit - half) as i16
}

/// Points as they are added; the first is the neutral element.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn rows(points: &[&Affine]) -> Vec<Row> {
    let neutral = Row::from([[1, 0, 0, 0, 0, 1, 0, 0], [0; 8]]);
    let mut rows = Vec::with_capacity(points.len() + 8);
    rows.push(neutral);
    for part in points.chunks(8) {
        let eight = std::array::from_fn(|lane| part[lane.min(part.len() - 1)]);
        let ready = Point::of(eight).addend().ready;
        let (sum, difference) = (ready.sum.limbs(), ready.difference.limbs());
        let t_d_twice = ready.t_d_twice.limbs();
        for lane in 0..part.len() {
            let ([a, b, c, d, e], [f, g, h, i, j]) = (sum[lane], difference[lane]);
            let [k, l, m, n, o] = t_d_twice[lane];
            rows.push([[a, b, c, d, e, f, g, h], [i, j, k, l, m, n, o, 0]]);
        }
    }
    rows
}

impl Sorted {
    /// By the digits of one window; digits of zero are left out.
    fn of(digits: &[i16], buckets: usize) -> Sorted {
        let mut starts = vec![0_u32; buckets + 2];
        for digit in digits {
            starts[usize::from(digit.unsigned_abs()) + 1] += 1;
        }
        // Those of zero stand before the first bucket.
        for bucket in 1..starts.len() {
            starts[bucket] += starts[bucket - 1];
        }
        let mut next = starts.clone();
        let mut places = vec![0_u32; digits.len()];
        for (at, digit) in (1..).zip(digits) {
            let next = &mut next[usize::from(digit.unsigned_abs())];
            places[*next as usize] = 2 * at + u32::from(*digit < 0);
            *next += 1;
        }
        starts.remove(0);
        Sorted { places, starts }
    }

    fn bucket(&self, bucket: usize) -> &[u32] {
        &self.places[self.starts[bucket] as usize..self.starts[bucket + 1] as usize]
    }

    /// The buckets, the largest first.
    fn by_size(&self) -> Vec<u32> {
        let size = |bucket: &u32| self.bucket(*bucket as usize).len();
        let mut order: Vec<u32> = (0..self.starts.len() as u32 - 1).collect();
        order.sort_unstable_by_key(|bucket| (std::cmp::Reverse(size(bucket)), *bucket));
        order
    }
}

/// Adds the points of each bucket of one window up.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn fill(buckets: &mut Buckets, window: usize, sorted: &Sorted, rows: &[Row]) {
    for eight in sorted.by_size().chunks(8) {
        let lane = |lane: usize| {
            let bucket = eight.get(lane);
            bucket.map_or(&[][..], |bucket| sorted.bucket(*bucket as usize))
        };
        let lanes: [&[u32]; 8] = std::array::from_fn(lane);
        // The first is the largest.
        let Some((_, rest)) = lanes[0].split_first() else { return };
        let mut sum = Point::neutral().augend().plus_ready(&gathered(rows, &lanes, 0));
        for at in 1..=rest.len() {
            for list in lanes {
                if let Some(place) = list.get(at + 2) {
                    let [first, second] = &rows[*place as usize / 2];
                    announce(first);
                    announce(second);
                }
            }
            sum = sum.augend().plus_ready(&gathered(rows, &lanes, at));
        }
        let limbs = sum.point().columns();
        for (lane, bucket) in eight.iter().enumerate() {
            let bucket = &mut buckets[*bucket as usize];
            for (limb, from) in bucket.iter_mut().zip(&limbs) {
                limb[window] = from[lane];
            }
        }
    }
}

/// The points at one place of eight lists; where a list has ended, the neutral element.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn gathered(rows: &[Row], lists: &[&[u32]; 8], at: usize) -> Ready {
    let mut places = [0; 8];
    let mut is_negative: Mask = 0;
    for lane in 0..8 {
        let place = lists[lane].get(at).copied().unwrap_or(0);
        is_negative |= ((place & 1) as u8) << lane;
        places[lane] = place as usize / 2;
    }
    let half = |half: usize| transposed(places.map(|place| join(rows[place][half])));
    let ([a, b, c, d, e, f, g, h], [i, j, k, l, m, n, o, _]) = (half(0), half(1));
    let ready = Ready {
        sum: Field([a, b, c, d, e]),
        difference: Field([f, g, h, i, j]),
        t_d_twice: Field([k, l, m, n, o]),
    };
    ready.negated_where(is_negative)
}

/// Rows to columns.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn transposed(rows: [__m512i; 8]) -> [__m512i; 8] {
    let pair = |at: usize| {
        let (a, b) = (rows[at], rows[at + 1]);
        (_mm512_unpacklo_epi64(a, b), _mm512_unpackhi_epi64(a, b))
    };
    // Of two vectors: the first and third pair of lanes of each, and the second and fourth.
    let (even, odd) = (join([0, 1, 8, 9, 4, 5, 12, 13]), join([2, 3, 10, 11, 6, 7, 14, 15]));
    let quarter = |low: __m512i, high: __m512i| {
        (_mm512_permutex2var_epi64(low, even, high), _mm512_permutex2var_epi64(low, odd, high))
    };
    let ((a0, a1), (b0, b1), (c0, c1), (d0, d1)) = (pair(0), pair(2), pair(4), pair(6));
    let ((l0, l2), (l1, l3)) = (quarter(a0, b0), quarter(a1, b1));
    let ((h0, h2), (h1, h3)) = (quarter(c0, d0), quarter(c1, d1));
    let (first, last) = (join([0, 1, 2, 3, 8, 9, 10, 11]), join([4, 5, 6, 7, 12, 13, 14, 15]));
    let low = |low: __m512i, high: __m512i| _mm512_permutex2var_epi64(low, first, high);
    let high = |low: __m512i, high: __m512i| _mm512_permutex2var_epi64(low, last, high);
    [
        low(l0, h0),
        low(l1, h1),
        low(l2, h2),
        low(l3, h3),
        high(l0, h0),
        high(l1, h1),
        high(l2, h2),
        high(l3, h3),
    ]
}

/// In each lane the buckets of its window times their digits.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn weighed(buckets: &Buckets) -> Point {
    let (mut running, mut total) = (Completed::neutral(), Completed::neutral());
    for bucket in buckets.iter().rev() {
        running = running.augend().plus(&Point::from_columns(bucket).addend());
        total = total.augend().plus(&running.point().addend());
    }
    total.point()
}

impl Point {
    /// All limbs, a lane for each point.
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    fn columns(&self) -> [[u64; 8]; 20] {
        let fields = [&self.x, &self.y, &self.z, &self.t];
        std::array::from_fn(|at| split(fields[at / 5].0[at % 5]))
    }

    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    fn from_columns(columns: &[[u64; 8]; 20]) -> Point {
        let field = |first: usize| Field(std::array::from_fn(|at| join(columns[first + at])));
        Point { x: field(0), y: field(5), z: field(10), t: field(15) }
    }

    /// The point of one lane in all lanes.
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    fn lane(&self, lane: usize) -> Point {
        let columns = self.columns();
        Point::from_columns(&columns.map(|column| [column[lane]; 8]))
    }
}
