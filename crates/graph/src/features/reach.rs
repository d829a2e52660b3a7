//! Which accounts can lie on a short way from one account to another: a search from both ends.
//!
//! Whichever end has fewer transfers to look at goes on; most pairs are told apart within a step
//! or two, since one of the two ends has nowhere to go. What remains is marked with its distance
//! from the start, and only that is enumerated.

use super::window::{Direction, Window};

/// No distance.
const FAR: u8 = u8::MAX;

/// What a search knows of a vertex.
#[derive(Debug, Clone, Copy)]
struct Mark {
    /// The search that wrote the mark; an older mark means nothing.
    search: u32,
    from_start: u8,
    to_end: u8,
    on_path: bool,
}

const UNMARKED: Mark = Mark { search: 0, from_start: FAR, to_end: FAR, on_path: false };

/// Marks of the vertices near the two ends.
#[derive(Default)]
pub(super) struct Reach {
    search: u32,
    marks: Vec<Mark>,
    ahead: Frontier,
    behind: Frontier,
    spare: Vec<u32>,
}

/// What came of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// There is a way.
    Way,
    /// There is none.
    Nothing,
    /// The limit of steps came first.
    Capped,
}

/// The vertices found last from one end, how far they are, and how many transfers leave them.
#[derive(Default)]
struct Frontier {
    vertices: Vec<u32>,
    distance: u8,
    transfers: u64,
}

/// What a search may look at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// Transfers from this number on.
    pub(super) from: u32,
    /// A way has at most this many transfers.
    pub(super) hops: u8,
    /// At most this many transfers are looked at.
    pub(super) steps: u32,
}

impl Reach {
    /// Marks every vertex on a way of at most `hops` from `start` to `end`, and maybe some more.
    pub(super) fn search(
        &mut self,
        window: &Window,
        (start, end): (u32, u32),
        bounds: Bounds,
    ) -> Found {
        if window.side(start, Direction::Out).kept == 0 || window.side(end, Direction::In).kept == 0
        {
            return Found::Nothing;
        }
        self.begin(window, start, end);
        let mut steps = 0;
        while self.ahead.distance + self.behind.distance < bounds.hops {
            let direction = if self.ahead.transfers <= self.behind.transfers {
                Direction::Out
            } else {
                Direction::In
            };
            if !self.expand(window, direction, bounds, &mut steps) {
                return Found::Capped;
            }
            let (ahead, behind) = (&self.ahead.vertices, &self.behind.vertices);
            if ahead.is_empty() {
                // All that can be reached from the start is marked.
                return self.found(end);
            }
            if behind.is_empty() {
                if self.mark(start).to_end == FAR {
                    return Found::Nothing;
                }
                break;
            }
        }
        // The rest of the way leads only through what reaches the end.
        while !self.ahead.vertices.is_empty() && self.ahead.distance < bounds.hops {
            if !self.close_in(window, bounds, &mut steps) {
                return Found::Capped;
            }
        }
        self.found(end)
    }

    /// The distance of a vertex from the start, if it may lie on a way and is not on the path.
    pub(super) fn distance(&self, vertex: u32) -> Option<u8> {
        let mark = self.mark(vertex);
        (mark.from_start != FAR && !mark.on_path).then_some(mark.from_start)
    }

    pub(super) fn set_on_path(&mut self, vertex: u32, on_path: bool) {
        self.marks[vertex as usize].on_path = on_path;
    }

    fn found(&self, end: u32) -> Found {
        if self.mark(end).from_start == FAR { Found::Nothing } else { Found::Way }
    }

    fn begin(&mut self, window: &Window, start: u32, end: u32) {
        if self.marks.len() < window.vertices() {
            self.marks.resize(window.vertices(), UNMARKED);
        }
        self.search = self.search.wrapping_add(1);
        if self.search == 0 {
            self.marks.fill(UNMARKED);
            self.search = 1;
        }
        for (frontier, vertex, direction) in
            [(&mut self.ahead, start, Direction::Out), (&mut self.behind, end, Direction::In)]
        {
            frontier.vertices.clear();
            frontier.vertices.push(vertex);
            frontier.distance = 0;
            frontier.transfers = u64::from(window.side(vertex, direction).kept);
        }
        self.mark_mut(start).from_start = 0;
        self.mark_mut(end).to_end = 0;
    }

    /// One step further from one end; false where the limit of steps came first.
    fn expand(
        &mut self,
        window: &Window,
        direction: Direction,
        bounds: Bounds,
        steps: &mut u32,
    ) -> bool {
        let mut next = std::mem::take(&mut self.spare);
        next.clear();
        let is_ahead = direction == Direction::Out;
        let frontier = if is_ahead { &mut self.ahead } else { &mut self.behind };
        let reached = std::mem::take(&mut frontier.vertices);
        frontier.distance += 1;
        let distance = frontier.distance;
        let (mut transfers, mut is_within) = (0, true);
        'all: for vertex in &reached {
            for (other, _) in window.edges(*vertex, direction, bounds.from) {
                *steps += 1;
                if *steps > bounds.steps {
                    is_within = false;
                    break 'all;
                }
                let mark = self.mark_mut(other);
                let own = if is_ahead { &mut mark.from_start } else { &mut mark.to_end };
                if *own != FAR {
                    continue;
                }
                *own = distance;
                // Where nothing leads on, nothing needs to be looked at again.
                let kept = window.side(other, direction).kept;
                if kept > 0 {
                    transfers += u64::from(kept);
                    next.push(other);
                }
            }
        }
        self.spare = reached;
        let frontier = if is_ahead { &mut self.ahead } else { &mut self.behind };
        frontier.vertices = next;
        frontier.transfers = transfers;
        is_within
    }

    /// One step further from the start, through vertices that reach the end in the hops left.
    fn close_in(&mut self, window: &Window, bounds: Bounds, steps: &mut u32) -> bool {
        let mut next = std::mem::take(&mut self.spare);
        next.clear();
        let reached = std::mem::take(&mut self.ahead.vertices);
        self.ahead.distance += 1;
        let distance = self.ahead.distance;
        let reaches = |mark: Mark, hops: u8| mark.to_end != FAR && mark.to_end <= hops;
        let mut is_within = true;
        'all: for vertex in &reached {
            if !reaches(self.mark(*vertex), bounds.hops - (distance - 1)) {
                continue;
            }
            for (other, _) in window.edges(*vertex, Direction::Out, bounds.from) {
                *steps += 1;
                if *steps > bounds.steps {
                    is_within = false;
                    break 'all;
                }
                let mark = self.mark(other);
                if mark.from_start == FAR && reaches(mark, bounds.hops - distance) {
                    self.mark_mut(other).from_start = distance;
                    next.push(other);
                }
            }
        }
        self.spare = reached;
        self.ahead.vertices = next;
        is_within
    }

    fn mark(&self, vertex: u32) -> Mark {
        let mark = self.marks[vertex as usize];
        if mark.search == self.search { mark } else { UNMARKED }
    }

    fn mark_mut(&mut self, vertex: u32) -> &mut Mark {
        let search = self.search;
        let mark = &mut self.marks[vertex as usize];
        if mark.search != search {
            *mark = Mark { search, ..UNMARKED };
        }
        mark
    }
}
