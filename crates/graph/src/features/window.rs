//! The window: the transfers still in sight, as lists by account, newest first.
//!
//! Transfers lie in one ring in the order they came, numbered from 1; each knows the earlier one of
//! its payer and of its payee, and the next one between the same two. A quiet account is nothing
//! but two ends of such lists; a busy side has a `Hub` beside. What leaves the window is forgotten,
//! and an account without transfers in sight as well, but for four bytes for its number.

use super::amounts::{FEW, Moments};
use super::hub::Hub;

/// A side with more transfers than this becomes a hub.
const BUSY: u32 = FEW as u32;
/// A hub with fewer transfers than this becomes a quiet side again.
const QUIET: u32 = 8;
/// It is looked ahead for this many accounts at once, and this far into their lists.
const AHEAD: usize = 32;
const STEPS_AHEAD: usize = 6;
/// No vertex, no hub.
const NONE: u32 = u32::MAX;
/// One window sees at most this many transfers in its life.
const MAX_EDGES: u32 = u32::MAX - 1;

/// Which transfers of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Out,
    In,
}

impl Direction {
    pub(super) fn other(self) -> Direction {
        if self == Direction::Out { Direction::In } else { Direction::Out }
    }
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Edge {
    pub(super) at: i64,
    pub(super) amount: i64,
    from: u32,
    to: u32,
    earlier_out: u32,
    earlier_in: u32,
    /// The next transfer between the same two, in the same direction; 0 for the newest.
    pub(super) next_of_pair: u32,
}

/// One side of an account: what it sent, or what it received.
#[derive(Debug, Clone, Copy)]
pub(super) struct Side {
    newest: u32,
    /// Transfers in sight.
    pub(super) kept: u32,
    /// Transfers counted.
    pub(super) degree: u32,
    /// Accounts they were with.
    pub(super) fan: u32,
    hub: u32,
}

const EMPTY: Side = Side { newest: 0, kept: 0, degree: 0, fan: 0, hub: NONE };

struct Vertex {
    out: Side,
    into: Side,
    account: u32,
}

/// Transfers in sight, oldest first, and the accounts they are between.
pub(super) struct Window {
    keep: i64,
    count: i64,
    ring: Vec<Edge>,
    /// The oldest transfer in sight, the oldest counted, the next to come.
    first: u32,
    counted: u32,
    next: u32,
    vertices: Vec<Vertex>,
    free_vertices: Vec<u32>,
    vertex_of: Vec<u32>,
    hubs: Vec<Hub>,
    free_hubs: Vec<u32>,
}

impl Window {
    /// A window that keeps transfers for `keep` microseconds and counts them for `count`.
    pub(super) fn new(keep: i64, count: i64) -> Window {
        Window {
            keep,
            count,
            ring: vec![Edge::default(); 1024],
            first: 1,
            counted: 1,
            next: 1,
            vertices: Vec::new(),
            free_vertices: Vec::new(),
            vertex_of: Vec::new(),
            hubs: Vec::new(),
            free_hubs: Vec::new(),
        }
    }

    /// Forgets what is out of sight at a moment.
    pub(super) fn advance(&mut self, at: i64) {
        while self.counted < self.next && self.edge(self.counted).at < at.saturating_sub(self.count)
        {
            let edge = *self.edge(self.counted);
            self.uncount(edge.from, Direction::Out, &edge);
            self.uncount(edge.to, Direction::In, &edge);
            self.counted += 1;
        }
        while self.first < self.next && self.edge(self.first).at < at.saturating_sub(self.keep) {
            let edge = *self.edge(self.first);
            self.forget(edge.from, Direction::Out);
            self.forget(edge.to, Direction::In);
            self.first += 1;
        }
    }

    /// Adds a transfer between two different accounts; returns their vertices.
    pub(super) fn push(&mut self, from: u32, to: u32, at: i64, amount: i64) -> (u32, u32) {
        assert!(self.next < MAX_EDGES, "a window sees at most {MAX_EDGES} transfers");
        let (from, to) = (self.vertex(from), self.vertex(to));
        let earlier = self.newest_between(from, to);
        let number = self.next;
        if self.next - self.first == self.ring.len() as u32 {
            self.grow();
        }
        self.next += 1;
        if earlier != 0 {
            self.edge_mut(earlier).next_of_pair = number;
        }
        *self.edge_mut(number) = Edge {
            at,
            amount,
            from,
            to,
            earlier_out: self.side(from, Direction::Out).newest,
            earlier_in: self.side(to, Direction::In).newest,
            next_of_pair: 0,
        };
        let is_new_pair = earlier < self.counted;
        self.enter(from, Direction::Out, to, number, is_new_pair);
        self.enter(to, Direction::In, from, number, is_new_pair);
        (from, to)
    }

    /// Reads what the next transfers of accounts will ask for; what is read means nothing.
    pub(super) fn look_at(&self, accounts: impl Iterator<Item = u32>) -> u32 {
        let mut ends = [[0; 2]; AHEAD];
        for (ends, vertex) in ends.iter_mut().zip(accounts.filter_map(|one| self.vertex_of(one))) {
            let Vertex { out, into, .. } = &self.vertices[vertex as usize];
            // A hub's list is not walked.
            *ends = [out, into].map(|side| if side.hub == NONE { side.newest } else { 0 });
        }
        // All lists at once, step by step: their transfers are fetched side by side.
        for _ in 0..STEPS_AHEAD {
            for [sent, received] in &mut ends {
                if *sent >= self.first {
                    *sent = self.edge(*sent).earlier_out;
                }
                if *received >= self.first {
                    *received = self.edge(*received).earlier_in;
                }
            }
        }
        ends.iter().flatten().fold(0, |sum, number| sum ^ number)
    }

    /// Reads the accounts of the transfers that leave the window next.
    pub(super) fn look_at_oldest(&self, count: u32) -> u32 {
        let until = self.next.min(self.first.saturating_add(count));
        (self.first..until).fold(0, |sum, number| {
            let edge = self.edge(number);
            let kept = self.side(edge.from, Direction::Out).kept;
            sum ^ kept ^ self.side(edge.to, Direction::In).kept
        })
    }

    /// The vertex of an account, if it has transfers in sight.
    pub(super) fn vertex_of(&self, account: u32) -> Option<u32> {
        self.vertex_of.get(account as usize).copied().filter(|vertex| *vertex != NONE)
    }

    /// The oldest transfer that is counted.
    pub(super) fn counted(&self) -> u32 {
        self.counted
    }

    /// How many vertices there are or were at one time: their numbers are below.
    pub(super) fn vertices(&self) -> usize {
        self.vertices.len()
    }

    /// The oldest transfer in sight, from a number on, that was made at a moment or later.
    pub(super) fn first_since(&self, from: u32, at: i64) -> u32 {
        let mut number = from.max(self.first);
        while number < self.next && self.edge(number).at < at {
            number += 1;
        }
        number
    }

    pub(super) fn edge(&self, number: u32) -> &Edge {
        &self.ring[number as usize & (self.ring.len() - 1)]
    }

    pub(super) fn side(&self, vertex: u32, direction: Direction) -> &Side {
        let vertex = &self.vertices[vertex as usize];
        if direction == Direction::Out { &vertex.out } else { &vertex.into }
    }

    /// The transfers of a side from a number on, newest first, each with the other vertex.
    pub(super) fn edges(&self, vertex: u32, direction: Direction, from: u32) -> Edges<'_> {
        let side = self.side(vertex, direction);
        let walk = match self.hubs.get(side.hub as usize) {
            Some(hub) => Walk::Hub(hub.edges.iter()),
            None => Walk::Links(side.newest, direction),
        };
        Edges { window: self, from: from.max(self.first), walk }
    }

    /// The newest transfer from one vertex to another, 0 where none is in sight.
    pub(super) fn newest_between(&self, from: u32, to: u32) -> u32 {
        let (out, into) = (self.side(from, Direction::Out), self.side(to, Direction::In));
        if out.kept == 0 || into.kept == 0 {
            return 0;
        }
        let found = |vertex, direction, sought| {
            let mut edges = self.edges(vertex, direction, 0);
            edges.find(|(other, _)| *other == sought).map_or(0, |(_, edge)| edge)
        };
        if out.hub == NONE && (into.hub != NONE || out.kept <= into.kept) {
            found(from, Direction::Out, to)
        } else if into.hub == NONE {
            found(to, Direction::In, from)
        } else {
            self.hubs[out.hub as usize].newest(to)
        }
    }

    /// The moments of the amounts that are counted on a side.
    pub(super) fn moments(&self, vertex: u32, direction: Direction) -> Moments {
        if let Some(hub) = self.hubs.get(self.side(vertex, direction).hub as usize) {
            return hub.amounts.moments();
        }
        let mut amounts = [0; FEW];
        let mut count = 0;
        for (_, edge) in self.edges(vertex, direction, self.counted) {
            // Few enough to be sorted as they come.
            let amount = self.edge(edge).amount;
            let mut place = count;
            while place > 0 && amounts[place - 1] > amount {
                amounts[place] = amounts[place - 1];
                place -= 1;
            }
            amounts[place] = amount;
            count += 1;
        }
        Moments::of(&amounts[..count])
    }

    fn edge_mut(&mut self, number: u32) -> &mut Edge {
        let mask = self.ring.len() - 1;
        &mut self.ring[number as usize & mask]
    }

    fn side_mut(&mut self, vertex: u32, direction: Direction) -> &mut Side {
        let vertex = &mut self.vertices[vertex as usize];
        if direction == Direction::Out { &mut vertex.out } else { &mut vertex.into }
    }

    fn grow(&mut self) {
        let mut ring = vec![Edge::default(); self.ring.len() * 2];
        let mask = ring.len() - 1;
        for number in self.first..self.next {
            ring[number as usize & mask] = *self.edge(number);
        }
        self.ring = ring;
    }

    fn vertex(&mut self, account: u32) -> u32 {
        let place = account as usize;
        if self.vertex_of.len() <= place {
            self.vertex_of.resize(place + 1, NONE);
        }
        let known = self.vertex_of[place];
        if known != NONE {
            return known;
        }
        let new = Vertex { out: EMPTY, into: EMPTY, account };
        let vertex = self.free_vertices.pop().unwrap_or(self.vertices.len() as u32);
        match self.vertices.get_mut(vertex as usize) {
            Some(old) => *old = new,
            None => self.vertices.push(new),
        }
        self.vertex_of[place] = vertex;
        vertex
    }

    fn enter(&mut self, vertex: u32, direction: Direction, other: u32, edge: u32, new_pair: bool) {
        let side = self.side_mut(vertex, direction);
        side.newest = edge;
        side.kept += 1;
        side.degree += 1;
        side.fan += u32::from(new_pair);
        let (hub, kept) = (side.hub, side.kept);
        if hub == NONE && kept > BUSY {
            self.promote(vertex, direction);
        } else if hub != NONE {
            let amount = self.edge(edge).amount;
            let hub = &mut self.hubs[hub as usize];
            hub.push(other, edge);
            hub.amounts.insert(amount);
        }
    }

    fn uncount(&mut self, vertex: u32, direction: Direction, edge: &Edge) {
        let side = self.side_mut(vertex, direction);
        side.degree -= 1;
        // Where a later transfer between the two is in sight, it is counted as well.
        side.fan -= u32::from(edge.next_of_pair == 0);
        let hub = side.hub;
        if let Some(hub) = self.hubs.get_mut(hub as usize) {
            hub.amounts.remove(edge.amount);
        }
    }

    fn forget(&mut self, vertex: u32, direction: Direction) {
        let side = self.side_mut(vertex, direction);
        side.kept -= 1;
        let (hub, kept) = (side.hub, side.kept);
        if hub != NONE {
            self.hubs[hub as usize].drop_oldest();
            if kept < QUIET {
                self.side_mut(vertex, direction).hub = NONE;
                self.hubs[hub as usize].clear();
                self.free_hubs.push(hub);
            }
        }
        if kept == 0 && self.side(vertex, direction.other()).kept == 0 {
            let account = self.vertices[vertex as usize].account;
            self.vertex_of[account as usize] = NONE;
            self.free_vertices.push(vertex);
        }
    }

    fn promote(&mut self, vertex: u32, direction: Direction) {
        let number = self.free_hubs.pop().unwrap_or(self.hubs.len() as u32);
        if number as usize == self.hubs.len() {
            self.hubs.push(Hub::default());
        }
        let mut edges: Vec<(u32, u32)> = self.edges(vertex, direction, 0).collect();
        edges.reverse();
        for (other, edge) in edges {
            let amount = self.edge(edge).amount;
            let is_counted = edge >= self.counted;
            let hub = &mut self.hubs[number as usize];
            hub.push(other, edge);
            if is_counted {
                hub.amounts.insert(amount);
            }
        }
        self.side_mut(vertex, direction).hub = number;
    }
}

/// The transfers of one side, newest first.
pub(super) struct Edges<'a> {
    window: &'a Window,
    from: u32,
    walk: Walk<'a>,
}

enum Walk<'a> {
    Links(u32, Direction),
    Hub(std::collections::vec_deque::Iter<'a, (u32, u32)>),
}

impl Iterator for Edges<'_> {
    type Item = (u32, u32);

    fn next(&mut self) -> Option<(u32, u32)> {
        match &mut self.walk {
            Walk::Links(number, direction) => {
                // 0, the end of a list, is below every number.
                if *number < self.from {
                    return None;
                }
                let (edge, own) = (self.window.edge(*number), *number);
                let other;
                (other, *number) = match direction {
                    Direction::Out => (edge.to, edge.earlier_out),
                    Direction::In => (edge.from, edge.earlier_in),
                };
                Some((other, own))
            }
            Walk::Hub(edges) => edges.next_back().copied().filter(|(_, edge)| *edge >= self.from),
        }
    }
}
