//! Patterns of money laundering in the transfers of a case.
//!
//! The unit is the relay: an account passes on what it had received a short while before (`relay`).
//! Relays make a web that grows in time order (`web`); shapes are read off it around each new
//! transfer (`shapes`, `cycles`), weighed, and written into a `book`. Nothing looks ahead: what is
//! written about a transfer follows from it and from earlier ones.

mod book;
mod cycles;
mod finding;
mod flows;
mod points;
mod relay;
mod shapes;
mod web;

pub use finding::{ALERT_POINTS, Because, Finding, Findings, Reason, Shape, Sighting, score};
use model::rates::Rates;

use self::book::Book;
use self::flows::{Flows, Habits};
use self::web::{Threads, Web};
use crate::ledger::Ledger;

/// Microseconds of an hour.
const HOUR: i64 = 3_600_000_000;
/// The spans over which shapes are told apart: 6 hours, 24 hours, 120 hours and 30 days. All are
/// looked at in one pass, because the stretch that fits best is searched at every span.
pub const WINDOWS: [i64; 4] = [6 * HOUR, 24 * HOUR, 120 * HOUR, 720 * HOUR];
/// A window is at most a year.
pub const MAX_WINDOW: i64 = 8_784 * HOUR;

/// What patterns are found in.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// The transfers.
    pub ledger: &'a Ledger<'a>,
    /// For each account number something that is equal within one country; `None`: not known.
    pub borders: &'a [Option<u32>],
    /// Transfers of which victims complained, rising; may be empty.
    pub complained: &'a [u32],
    /// For comparing amounts across currencies.
    pub rates: &'a Rates,
}

/// Finds the shapes whose points suffice. `window`: no stretch is longer, in microseconds.
pub fn find(material: &Material<'_>, window: i64, least_points: f64) -> Findings {
    let mut finder = Finder::new(window, least_points);
    for entry in 0..material.ledger.len() as u32 {
        finder.take(material, entry);
    }
    finder.findings(material)
}

/// Finds shapes transfer by transfer, as they come.
pub struct Finder {
    window: i64,
    habits: Habits,
    threads: Threads,
    book: Book,
}

impl Finder {
    /// One that has seen nothing. `window` and `least_points` as in `find`.
    pub fn new(window: i64, least_points: f64) -> Finder {
        Finder {
            window: window.clamp(0, MAX_WINDOW),
            habits: Habits::default(),
            threads: Threads::default(),
            book: Book::new(least_points),
        }
    }

    /// Takes the next transfer of the ledger, by its number; the shapes that are seen with it for
    /// the first time, without what complaints add. The ledger may hold later transfers: nothing
    /// looks at them.
    pub fn take(&mut self, material: &Material<'_>, entry: u32) -> &[Sighting] {
        self.habits.take(material, entry);
        let flows = Flows::new(material, &self.habits);
        let mut web = Web::new(flows, self.window, &mut self.threads);
        let seen = self.book.sightings().len();
        if web.take(entry) {
            self.book.pass_on(&web, entry);
            for candidate in shapes::around(&web, entry) {
                self.book.take(&web, entry, candidate);
            }
        }
        let (cycle, is_cut) = cycles::cycle(&web, entry);
        self.book.is_truncated |= is_cut;
        if let Some(cycle) = cycle {
            self.book.take(&web, entry, cycle);
        }
        self.book.sightings().get(seen..).unwrap_or_default()
    }

    /// What was seen so far, in the order of the closing transfers, without complaints.
    pub(crate) fn sightings(&self) -> &[Sighting] {
        self.book.sightings()
    }

    /// What the transfers taken so far show.
    pub fn findings(&self, material: &Material<'_>) -> Findings {
        let flows = Flows::new(material, &self.habits);
        let mut findings = self.book.findings(&flows, material.complained);
        findings.is_truncated |= self.threads.is_truncated;
        findings
    }
}
