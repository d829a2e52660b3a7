//! The engine: one transfer in, one row of figures out.

use std::hint::black_box;

use super::amounts::MAX_AMOUNT;
use super::config::{Config, PATTERNS, STATISTICS};
use super::cycles::{self, Search};
use super::passing;
use super::reach::Reach;
use super::scatter::Scatter;
use super::window::{Direction, Window};

/// One transfer as plain values. Who numbers the accounts keeps the numbers dense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transfer {
    /// Microseconds since 1970.
    pub at: i64,
    /// The payer's number.
    pub from: u32,
    /// The payee's number.
    pub to: u32,
    /// What was sent, in US cents; held between 0 and `MAX_AMOUNT`.
    pub amount: i64,
}

/// Computes the features of transfers, one after the other.
pub struct Engine {
    config: Config,
    window: Window,
    reach: Reach,
    scatter: Scatter,
    /// For each pattern with an own window, the oldest transfer in it.
    scatter_first: u32,
    temporal_first: u32,
    simple_first: u32,
    last_at: i64,
    row: Vec<f64>,
}

impl Engine {
    /// An engine that has seen nothing.
    pub fn new(config: Config) -> Engine {
        Engine {
            window: Window::new(config.windows.longest(), config.windows.counts),
            reach: Reach::default(),
            scatter: Scatter::default(),
            scatter_first: 1,
            temporal_first: 1,
            simple_first: 1,
            last_at: i64::MIN,
            row: Vec::with_capacity(config.width()),
            config,
        }
    }

    /// Takes the next transfer; its row has the columns of `Config::columns`.
    ///
    /// # Panics
    /// Where a transfer is earlier than the one before: rows must not depend on what comes later.
    pub fn push(&mut self, transfer: &Transfer) -> &[f64] {
        let ends = self.enter(transfer);
        self.row.clear();
        self.row.resize(PATTERNS.len() * self.config.bins.len(), 0.0);
        let (mut is_capped, own) = ([false; 3], self.window.vertex_of(transfer.from));
        if let Some(ends) = ends {
            is_capped = self.patterns(ends, transfer.at);
        }
        let (source, target) = ends.map_or((own, own), |ends| (Some(ends.0), Some(ends.1)));
        for vertex in [source, target] {
            self.book(vertex, Direction::Out);
            self.book(vertex, Direction::In);
        }
        let amount = transfer.amount.clamp(0, MAX_AMOUNT);
        let passing = ends.map(|(source, target)| {
            passing::figures(&self.window, source, target, (transfer.at, amount))
        });
        self.row.extend(passing.unwrap_or_default());
        self.row.extend(is_capped.map(f64::from));
        &self.row
    }

    /// Takes a transfer whose row nobody asks for.
    pub fn warm_up(&mut self, transfer: &Transfer) {
        self.enter(transfer);
    }

    /// Brings near what the transfers to come will ask for; changes nothing.
    ///
    /// In a large flow every transfer waits for memory at some places one after the other; read
    /// ahead for several transfers, these places arrive together.
    pub fn look_ahead(&self, coming: &[Transfer]) {
        let ends = coming.iter().flat_map(|transfer| [transfer.from, transfer.to]);
        black_box(self.window.look_at(ends) ^ self.window.look_at_oldest(coming.len() as u32));
    }

    fn enter(&mut self, transfer: &Transfer) -> Option<(u32, u32)> {
        assert!(transfer.at >= self.last_at, "transfers come in the order of time");
        self.last_at = transfer.at;
        self.window.advance(transfer.at);
        let windows = self.config.windows;
        for (first, window) in [
            (&mut self.scatter_first, windows.scatter_gather),
            (&mut self.temporal_first, windows.temporal_cycles),
            (&mut self.simple_first, windows.simple_cycles),
        ] {
            *first = self.window.first_since(*first, transfer.at.saturating_sub(window));
        }
        // A transfer to oneself moves no money: it counts nowhere.
        if transfer.from == transfer.to {
            return None;
        }
        let amount = transfer.amount.clamp(0, MAX_AMOUNT);
        Some(self.window.push(transfer.from, transfer.to, transfer.at, amount))
    }

    fn patterns(&mut self, (source, target): (u32, u32), at: i64) -> [bool; 3] {
        let Engine { config, window, reach, scatter, row, .. } = self;
        let (window, bins, limits) = (&*window, &config.bins, config.limits);
        let mut add = |pattern: usize, size: u32, count: u32| {
            if let Some(bin) = bins.place(size)
                && let Some(cell) = row.get_mut(pattern * bins.len() + bin)
            {
                *cell += f64::from(count);
            }
        };
        let (into, out) = (window.side(target, Direction::In), window.side(source, Direction::Out));
        for (pattern, size) in [into.fan, out.fan, into.degree, out.degree].into_iter().enumerate()
        {
            add(pattern, size, 1);
        }
        scatter.find(window, (source, target), self.scatter_first, limits.scatter_gather);
        scatter.sizes.iter().for_each(|size| add(4, *size, 1));
        let [temporal_hops, simple_hops] = config.hops();
        let search = |from, hops| Search { from, hops, steps: [limits.reach, limits.cycles] };
        let searches =
            [search(self.simple_first, simple_hops), search(self.temporal_first, temporal_hops)];
        let [simple, temporal] = cycles::closed(window, reach, (source, target, at), searches);
        for (pattern, lengths) in [(5, &temporal), (6, &simple)] {
            let counts = lengths.counts.iter().enumerate().filter(|(_, count)| **count > 0);
            counts.for_each(|(length, count)| add(pattern, length as u32, *count));
        }
        [scatter.is_capped, temporal.is_capped, simple.is_capped]
    }

    fn book(&mut self, vertex: Option<u32>, direction: Direction) {
        let side = vertex.map(|vertex| (vertex, *self.window.side(vertex, direction)));
        let Some((vertex, side)) = side.filter(|(_, side)| side.degree > 0) else {
            self.row.resize(self.row.len() + STATISTICS.len(), 0.0);
            return;
        };
        let (fan, degree) = (f64::from(side.fan), f64::from(side.degree));
        let moments = self.window.moments(vertex, direction);
        self.row.extend_from_slice(&[
            fan,
            degree,
            degree / fan,
            moments.average,
            moments.sum,
            moments.minimum,
            moments.maximum,
            moments.median,
            moments.variance,
            moments.skew,
            moments.kurtosis,
        ]);
    }
}
