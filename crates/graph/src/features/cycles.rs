//! Cycles that a transfer closes: ways on which money came back to where it now leaves.
//!
//! A simple cycle passes no account twice. A temporal one also runs forward in time: each transfer
//! is later than the one before. Cycles are counted by the accounts they pass; several transfers
//! between the same two make no further cycle. The search goes backward from the payer.

use super::reach::{Bounds, Found, Reach};
use super::window::{Direction, Window};

/// The longest cycles that can be asked for.
pub const MAX_HOPS: u8 = 16;

/// How many cycles of each length one transfer closes; a place is a length.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Lengths {
    pub(super) counts: [u32; MAX_HOPS as usize + 1],
    /// A limit was hit: there may be more.
    pub(super) is_capped: bool,
}

/// Which cycles are looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Search {
    /// Transfers from this number on.
    pub(super) from: u32,
    /// Accounts a cycle passes, at most.
    pub(super) hops: u8,
    /// Transfers looked at to learn whether there is a way, and then to count.
    pub(super) steps: [u32; 2],
}

/// Where the search stands.
struct Walk<'a, const IN_TIME: bool> {
    window: &'a Window,
    reach: &'a mut Reach,
    start: u32,
    bounds: Bounds,
    steps: u32,
    lengths: Lengths,
}

/// Simple cycles and temporal cycles that the newest transfer, `from` to `to` at `at`, closes.
pub(super) fn closed(
    window: &Window,
    reach: &mut Reach,
    (from, to, at): (u32, u32, i64),
    [simple, temporal]: [Search; 2],
) -> [Lengths; 2] {
    let ends = (to, from);
    let bounds = |search: Search| Bounds {
        from: search.from,
        hops: search.hops - 1,
        steps: search.steps[0],
    };
    let capped = Lengths { is_capped: true, ..Lengths::default() };
    let mut found = reach.search(window, ends, bounds(simple));
    let simple_lengths = match found {
        Found::Nothing => Lengths::default(),
        Found::Capped => capped,
        Found::Way => count::<false>(window, reach, ends, at, (bounds(simple), simple.steps[1])),
    };
    if (simple.from, simple.hops) != (temporal.from, temporal.hops) {
        found = reach.search(window, ends, bounds(temporal));
    }
    let temporal_lengths = match found {
        Found::Nothing => Lengths::default(),
        Found::Capped => capped,
        Found::Way => count::<true>(window, reach, ends, at, (bounds(temporal), temporal.steps[1])),
    };
    [simple_lengths, temporal_lengths]
}

fn count<const IN_TIME: bool>(
    window: &Window,
    reach: &mut Reach,
    (start, end): (u32, u32),
    at: i64,
    (bounds, steps): (Bounds, u32),
) -> Lengths {
    let lengths = Lengths::default();
    let mut walk = Walk::<IN_TIME> { window, reach, start, bounds, steps, lengths };
    walk.reach.set_on_path(end, true);
    walk.back(end, at, 0);
    walk.reach.set_on_path(end, false);
    walk.lengths
}

impl<const IN_TIME: bool> Walk<'_, IN_TIME> {
    /// Goes one transfer back from a vertex that is left before a moment.
    fn back(&mut self, vertex: u32, before: i64, hops: u8) {
        for (other, number) in self.window.edges(vertex, Direction::In, self.bounds.from) {
            if self.steps == 0 {
                self.lengths.is_capped = true;
                return;
            }
            self.steps -= 1;
            let Some(distance) = self.reach.distance(other) else { continue };
            if hops + 1 + distance > self.bounds.hops {
                continue;
            }
            // Of several transfers between two, the latest that is early enough stands for all.
            let edge = self.window.edge(number);
            let next = edge.next_of_pair;
            let stands_for_all = if IN_TIME {
                edge.at < before && (next == 0 || self.window.edge(next).at >= before)
            } else {
                next == 0
            };
            if !stands_for_all {
                continue;
            }
            if other == self.start {
                self.lengths.counts[usize::from(hops) + 2] += 1;
            } else {
                self.reach.set_on_path(other, true);
                self.back(other, edge.at, hops + 1);
                self.reach.set_on_path(other, false);
            }
        }
    }
}
