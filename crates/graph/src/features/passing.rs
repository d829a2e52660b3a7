//! Passing on: whether a payment is about what its payer had received, and how many payments like
//! it stand beside it.
//!
//! The peer has nothing of this kind: its figures tell how much an account moves, never whether it
//! is the same money. Criminals keep a commission and pass the rest on; victims of one story and
//! mules of one ring pay alike amounts.

use super::window::{Direction, Window};

/// So many transfers of a side are looked at, the newest first.
const MOST_LOOKED_AT: usize = 32;
/// An amount is about another one if the smaller is at least so many hundredths of the larger.
const ABOUT: i128 = 88;
/// Amounts are alike from so many hundredths on.
const ALIKE: i128 = 95;
/// Microseconds of an hour.
const HOUR: f64 = 3_600e6;

/// Names of the columns.
pub(super) const PASSING: [&str; 5] =
    ["passed_part", "passed_hours", "passed_about", "alike_in", "alike_out"];

/// The figures of a transfer that was just added, in the order of the columns.
pub(super) fn figures(window: &Window, source: u32, target: u32, transfer: (i64, i64)) -> [f64; 5] {
    let (at, amount) = transfer;
    let (mut best, mut rest, mut about) = (0.0, 0.0, 0_u32);
    for (before, receipt) in amounts(window, source, Direction::In) {
        let part = part(amount, receipt);
        if part > best {
            (best, rest) = (part, (at - before) as f64 / HOUR);
        }
        about += u32::from(reaches(amount, receipt, ABOUT));
    }
    let alike = |vertex, direction| {
        let all = amounts(window, vertex, direction);
        all.filter(|(_, other)| reaches(amount, *other, ALIKE)).count() as f64
    };
    let (into, out) = (alike(target, Direction::In), alike(source, Direction::Out));
    [best, rest, f64::from(about), into, out]
}

fn amounts(
    window: &Window,
    vertex: u32,
    direction: Direction,
) -> impl Iterator<Item = (i64, i64)> + '_ {
    let edges = window.edges(vertex, direction, window.counted()).take(MOST_LOOKED_AT);
    edges.map(|(_, edge)| (window.edge(edge).at, window.edge(edge).amount))
}

/// Which part of the larger of two amounts the smaller one is; nothing is no part of anything.
fn part(one: i64, other: i64) -> f64 {
    let (small, large) = (one.min(other), one.max(other));
    if small <= 0 { 0.0 } else { small as f64 / large as f64 }
}

/// Whether the smaller of two amounts is at least so many hundredths of the larger.
fn reaches(one: i64, other: i64, hundredths: i128) -> bool {
    let (small, large) = (one.min(other), one.max(other));
    small > 0 && i128::from(small) * 100 >= i128::from(large) * hundredths
}
