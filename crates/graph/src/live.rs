//! A case that goes on: transfer by transfer the shapes that are seen, and what of the victims'
//! money each transfer carried. At any time everything told is what all transfers at once tell.

use model::rates::Rates;
use model::transfer::Transfer;

use crate::ledger::{Ledger, LedgerError};
use crate::patterns::{ALERT_POINTS, Finder, Findings, Material, Sighting};
use crate::trace::live::Follower;
use crate::trace::{Rule, Tainted, Trace};

/// Where an account of a ledger is held, by its number: something that is equal within one country;
/// `None`: not known.
pub type Border<'a> = dyn Fn(&Ledger<'_>, u32) -> Option<u32> + 'a;

/// Transfers, shapes and traces as they are at the last transfer.
pub struct Live<'a> {
    ledger: Ledger<'a>,
    rates: &'a Rates,
    border: Box<Border<'a>>,
    borders: Vec<Option<u32>>,
    complained: Vec<u32>,
    window: i64,
    finder: Finder,
    follower: Follower,
}

/// What a transfer brought to light.
#[derive(Debug, Clone, PartialEq)]
pub struct News {
    /// The transfer's number.
    pub number: u32,
    /// Shapes that are seen with it for the first time; after a complaint, all that hold it.
    pub sightings: Vec<Sighting>,
    /// What it carried of the victims' money, by rule; empty: nothing under any.
    pub carried: Vec<(Rule, Tainted)>,
}

impl<'a> Live<'a> {
    /// Reads everything that the ledger holds. `complained`: payments of which victims complained,
    /// in any order. `window`: no stretch of a shape is longer, in microseconds.
    pub fn new(
        ledger: Ledger<'a>,
        complained: &[u32],
        border: Box<Border<'a>>,
        rates: &'a Rates,
        window: i64,
    ) -> Live<'a> {
        let mut complained = complained.to_vec();
        complained.sort_unstable();
        complained.dedup();
        let mut live = Live {
            follower: Follower::new(&ledger, &complained, &Rule::ALL),
            finder: Finder::new(window, ALERT_POINTS),
            ledger,
            rates,
            border,
            borders: Vec::new(),
            complained,
            window,
        };
        live.read_again();
        live
    }

    /// The transfers.
    pub fn ledger(&self) -> &Ledger<'a> {
        &self.ledger
    }

    /// Takes a transfer that is not earlier than the last. `is_complained`: a victim complained of
    /// it.
    pub fn take(&mut self, transfer: &Transfer, is_complained: bool) -> Result<News, LedgerError> {
        let added = self.ledger.append(transfer)?;
        if is_complained {
            self.complained.push(added.number);
        }
        let carried = if added.own_changed {
            self.read_again();
            self.follower = Follower::new(&self.ledger, &self.complained, &Rule::ALL);
            self.follower.carried(added.number)
        } else {
            self.find(added.number);
            self.follower.take(&self.ledger, added.number, is_complained)
        };
        let seen = self.finder.sightings().iter().rev();
        let seen = seen.take_while(|sighting| sighting.closing == added.number);
        let mut sightings: Vec<Sighting> =
            seen.map(|sighting| sighting.with(&self.complained)).collect();
        sightings.reverse();
        Ok(News { number: added.number, sightings, carried })
    }

    /// Takes a complaint about a payment that is held already: followed anew is what its money
    /// touches. What is known of the payment now.
    pub fn complain(&mut self, payment: u32) -> News {
        if let Err(place) = self.complained.binary_search(&payment) {
            self.complained.insert(place, payment);
            self.follower.complain(&self.ledger, payment);
        }
        let seen = self.finder.sightings().iter();
        let holds = |one: &&Sighting| one.transfers.binary_search(&payment).is_ok();
        let sightings = seen.filter(holds).map(|one| one.with(&self.complained)).collect();
        News { number: payment, sightings, carried: self.follower.carried(payment) }
    }

    fn find(&mut self, number: u32) {
        for account in self.borders.len()..self.ledger.account_count() {
            self.borders.push((self.border)(&self.ledger, account as u32));
        }
        let material = Material {
            ledger: &self.ledger,
            borders: &self.borders,
            complained: &self.complained,
            rates: self.rates,
        };
        self.finder.take(&material, number);
    }

    /// Looks for shapes from the first transfer on.
    fn read_again(&mut self) {
        self.finder = Finder::new(self.window, ALERT_POINTS);
        for number in 0..self.ledger.len() as u32 {
            self.find(number);
        }
    }

    /// The shapes that are seen so far.
    pub fn findings(&self) -> Findings {
        self.finder.findings(&Material {
            ledger: &self.ledger,
            borders: &self.borders,
            complained: &self.complained,
            rates: self.rates,
        })
    }

    /// The transfers, and the victims' money so far under all six rules.
    pub fn into_traces(self) -> (Ledger<'a>, Vec<Trace>) {
        let traces = self.follower.traces(&self.ledger);
        (self.ledger, traces)
    }
}
