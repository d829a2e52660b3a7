//! Reading, mapping, raising, writing and adding against curve25519-dalek.

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT;
use curve25519_dalek::ristretto::CompressedRistretto;
use curve25519_dalek::traits::{Identity as _, VartimeMultiscalarMul as _};
use proptest::prelude::*;

use super::*;
use crate::curve::By;
use crate::curve::wide::Affine;

const NEUTRAL: [u8; 32] = [0; 32];

/// What is read is what dalek reads; and it is the same point: it is written as it was.
fn check_read(wide: Wide, all: &[[u8; 32]]) {
    let read = wide.read(all);
    assert_eq!(read.len(), all.len());
    let half = Scalar::from(2_u8).invert();
    for (bytes, read) in all.iter().zip(read) {
        let theirs = CompressedRistretto(*bytes).decompress();
        assert_eq!(read.is_some(), theirs.is_some(), "{bytes:02x?}");
        if let Some(affine) = read {
            assert_eq!(wide.twice_raised(&[&affine], By::All(&half)), [*bytes]);
        }
    }
}

fn read_all(wide: Wide, points: &[RistrettoPoint]) -> Vec<Affine> {
    wide.read(&bytes(points)).into_iter().map(Option::unwrap).collect()
}

/// Twice a point times a scalar, both ways.
fn check_raised(wide: Wide, points: &[RistrettoPoint], scalars: &[Scalar]) {
    let read = read_all(wide, points);
    let raised = wide.twice_raised(&read.iter().collect::<Vec<_>>(), By::Each(scalars));
    let twice = |point, scalar| (scalar + scalar) * point;
    let expected: Vec<_> =
        points.iter().zip(scalars).map(|(point, scalar)| twice(point, scalar)).collect();
    assert_eq!(raised, bytes(&expected));
}

/// The same of what uniform bytes are mapped to; and the points beside the bytes are theirs.
fn check_mapped(wide: Wide, all: &[[u8; 64]]) {
    let scalar = scalar(1);
    let theirs: Vec<_> = all
        .iter()
        .map(|bytes| (scalar + scalar) * RistrettoPoint::from_uniform_bytes(bytes))
        .collect();
    let theirs = bytes(&theirs);
    assert_eq!(wide.twice_raised_uniform(all, By::All(&scalar)), theirs);
    let elements = wide.elements_of_uniform(all, By::All(&scalar));
    assert_eq!(elements.iter().map(|(bytes, _)| *bytes).collect::<Vec<_>>(), theirs);
    let kept = elements.iter().filter(|(bytes, _)| *bytes != NEUTRAL);
    let (kept, affine): (Vec<[u8; 32]>, Vec<&Affine>) =
        kept.map(|(bytes, affine)| (*bytes, affine)).unzip();
    let half = Scalar::from(2_u8).invert();
    assert_eq!(wide.twice_raised(&affine, By::All(&half)), kept);
}

fn check_sum(wide: Wide, weights: &[Scalar], points: &[RistrettoPoint]) {
    let theirs = RistrettoPoint::vartime_multiscalar_mul(weights, points);
    let read = read_all(wide, points);
    assert_eq!(wide.sum(weights, &read.iter().collect::<Vec<_>>()), theirs);
}

/// Small numbers, those just below and above the modulus, and each of them with the bit that does
/// not belong to a number.
fn edge_encodings() -> Vec<[u8; 32]> {
    let mut edges = Vec::new();
    for small in 0..=255_u8 {
        let (mut low, mut high) = ([0; 32], [0xff; 32]);
        (low[0], high[0], high[31]) = (small, small, 0x7f);
        edges.extend([low, high]);
    }
    let with_bit = edges.clone().into_iter().map(|mut bytes| {
        bytes[31] |= 0x80;
        bytes
    });
    edges.extend(with_bit);
    edges
}

#[test]
fn numbers_that_are_small_or_no_canonical_ones_are_read_as_dalek_reads_them() {
    with_kernel(|wide| check_read(wide, &edge_encodings()));
}

#[test]
fn elements_and_their_negatives_and_their_bytes_with_one_bit_changed_are_read_alike() {
    with_kernel(|wide| {
        let mut all = bytes(&points(4));
        for good in all.clone() {
            for bit in 0..256 {
                let mut bad = good;
                bad[bit / 8] ^= 1 << (bit % 8);
                all.push(bad);
            }
            // The modulus less the number, which is negative.
            let mut borrow = 0;
            let modulus = |at| {
                if at == 0 {
                    0xed
                } else if at == 31 {
                    0x7f
                } else {
                    0xff
                }
            };
            let negative = std::array::from_fn(|at| {
                let difference = modulus(at) - i32::from(good[at]) - borrow;
                borrow = i32::from(difference < 0);
                difference.rem_euclid(256) as u8
            });
            all.push(negative);
        }
        check_read(wide, &all);
    });
}

#[test]
fn every_count_up_to_three_times_eight_is_filled_up() {
    with_kernel(|wide| {
        for count in 0..=24 {
            let points = points(count);
            check_read(wide, &bytes(&points));
            check_raised(wide, &points, &(0..count).map(scalar).collect::<Vec<_>>());
            check_mapped(wide, &(0..count).map(uniform).collect::<Vec<_>>());
        }
    });
}

#[test]
fn more_than_are_written_together_keep_their_order() {
    with_kernel(|wide| {
        let points = points(531);
        check_raised(wide, &points, &(0..531).map(scalar).collect::<Vec<_>>());
        check_mapped(wide, &(0..531).map(uniform).collect::<Vec<_>>());
    });
}

#[test]
fn edge_scalars_raise_edge_points_as_dalek_raises_them() {
    with_kernel(|wide| {
        let base = RISTRETTO_BASEPOINT_POINT;
        let mut some = vec![base, -base, base + base, RistrettoPoint::identity()];
        some.extend(points(2));
        // What was raised lies elsewhere in its coset than what was read.
        for point in some {
            let scalars = edge_scalars();
            check_raised(wide, &vec![point; scalars.len()], &scalars);
        }
    });
}

#[test]
fn the_neutral_element_spoils_nothing_that_is_written_beside_it() {
    with_kernel(|wide| {
        let mut points = points(40);
        let scalars: Vec<_> = (0..40).map(scalar).collect();
        for at in [0, 3, 7, 8, 21, 39] {
            points[at] = RistrettoPoint::identity();
        }
        check_raised(wide, &points, &scalars);
    });
}

#[test]
fn edge_numbers_are_mapped_as_dalek_maps_them() {
    with_kernel(|wide| {
        let edges = edge_encodings();
        let pair = |at: usize, other: usize| -> [u8; 64] {
            std::array::from_fn(|byte| edges[if byte < 32 { at } else { other }][byte % 32])
        };
        let all: Vec<_> = (0..edges.len())
            .flat_map(|at| [pair(at, at), pair(at, 0), pair(0, at), pair(at, (at * 7 + 3) % 1024)])
            .collect();
        check_mapped(wide, &all);
    });
}

#[test]
fn sums_of_every_size_and_window_are_those_of_dalek() {
    with_kernel(|wide| {
        for count in [0, 1, 2, 3, 7, 8, 9, 40, 200, 700, 2_000, 9_000, 16_384] {
            let weights: Vec<_> = (0..count).map(scalar).collect();
            check_sum(wide, &weights, &points(count));
        }
    });
}

#[test]
fn sums_of_edge_weights_and_of_one_point_with_itself_are_those_of_dalek() {
    with_kernel(|wide| {
        let weights = edge_scalars();
        let some = points(weights.len() as u64);
        check_sum(wide, &weights, &some);
        let same: Vec<_> = (0..weights.len()).map(|at| [some[0], -some[0]][at % 2]).collect();
        check_sum(wide, &weights, &same);
        check_sum(wide, &vec![weights[3]; weights.len()], &same);
        let neutral = vec![RistrettoPoint::identity(); weights.len()];
        check_sum(wide, &weights, &neutral);
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_are_read_as_dalek_reads_them(all: [[u8; 32]; 19]) {
        with_kernel(|wide| check_read(wide, &all));
    }

    #[test]
    fn any_points_and_scalars_make_what_dalek_makes(
        seeds in prop::collection::vec((any::<u64>(), any::<[u8; 32]>()), 1..20),
    ) {
        with_kernel(|wide| {
            let point = |seed: &u64| RistrettoPoint::from_uniform_bytes(&uniform(*seed));
            let points: Vec<_> = seeds.iter().map(|(seed, _)| point(seed)).collect();
            let scalars: Vec<_> =
                seeds.iter().map(|(_, bytes)| Scalar::from_bytes_mod_order(*bytes)).collect();
            check_raised(wide, &points, &scalars);
            check_sum(wide, &scalars, &points);
        });
    }

    #[test]
    fn any_uniform_bytes_are_mapped_as_dalek_maps_them(halves: [[[u8; 32]; 2]; 9]) {
        with_kernel(|wide| {
            let joined = |[a, b]: &[[u8; 32]; 2]| -> [u8; 64] {
                std::array::from_fn(|at| if at < 32 { a[at] } else { b[at - 32] })
            };
            check_mapped(wide, &halves.iter().map(joined).collect::<Vec<_>>());
        });
    }
}
