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
use self::flows::Flows;
use self::web::Web;
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
    /// Transfers of which victims complained; may be empty.
    pub complained: &'a [u32],
    /// For comparing amounts across currencies.
    pub rates: &'a Rates,
}

/// Finds the shapes whose points suffice. `window`: no stretch is longer, in microseconds.
pub fn find(material: &Material<'_>, window: i64, least_points: f64) -> Findings {
    let mut web = Web::new(Flows::new(material), window.clamp(0, MAX_WINDOW));
    let mut book = Book::new(least_points);
    for entry in 0..web.flows.len() {
        if web.take(entry) {
            book.pass_on(&web, entry);
            for candidate in shapes::around(&web, entry) {
                book.take(&web, entry, candidate);
            }
        }
        let (cycle, is_cut) = cycles::cycle(&web, entry);
        book.is_truncated |= is_cut;
        if let Some(cycle) = cycle {
            book.take(&web, entry, cycle);
        }
    }
    book.is_truncated |= web.is_truncated;
    book.findings(&web)
}
