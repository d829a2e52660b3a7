//! The pack as it would be: with states that joined, with a fact in doubt, without an instrument.

use model::country::Country;
use model::day::{Day, VagueDay};

use crate::fact::{Fact, PRODUCT, Text};
use crate::instrument::Instrument;
use crate::pack::Pack;
use crate::rows::{Member, Party, Status};

impl Pack {
    /// The pack as it would be if these states had joined an instrument and it were in force from a
    /// day on. What its articles say stays as verified or unverified as it is.
    #[must_use]
    pub fn supposing(&self, id: &str, states: &[Country], on: Day) -> Pack {
        let mut supposed = self.clone();
        for one in supposed.instruments.iter_mut().filter(|one| one.id == id) {
            join(one, states, on);
        }
        supposed
    }

    /// The pack as if nobody had verified one fact.
    #[must_use]
    pub fn doubting(&self, id: &str) -> Pack {
        let mut doubted = self.clone();
        for fact in doubted.facts_mut().filter(|fact| fact.id == id) {
            fact.verified = false;
        }
        doubted
    }

    /// The pack without one instrument.
    #[must_use]
    pub fn without(&self, id: &str) -> Pack {
        let mut less = self.clone();
        less.instruments.retain(|one| one.id != id);
        for timing in &mut less.timings {
            let place = less.instruments.iter().position(|one| one.id == timing.instrument_id);
            timing.instrument = place;
        }
        less.timings
            .retain(|timing| timing.instrument.is_some() || timing.instrument_id.is_empty());
        less.authorities.retain(|one| one.instrument_id != id);
        less
    }

    fn facts_mut(&mut self) -> impl Iterator<Item = &mut Fact> {
        let rows = self.instruments.iter_mut().flat_map(|one| {
            std::iter::once(&mut one.fact)
                .chain(one.parties.iter_mut().map(|row| &mut row.fact))
                .chain(one.provisions.iter_mut().map(|row| &mut row.fact))
                .chain(one.elements.iter_mut().map(|row| &mut row.fact))
                .chain(one.grounds.iter_mut().map(|row| &mut row.fact))
                .chain(one.reservations.iter_mut().map(|row| &mut row.fact))
                .chain(one.ends.iter_mut().map(|row| &mut row.fact))
                .chain(&mut one.conflicts)
        });
        rows.chain(self.conducts.iter_mut().map(|row| &mut row.fact))
            .chain(self.offences.iter_mut().map(|row| &mut row.fact))
            .chain(self.timings.iter_mut().map(|row| &mut row.fact))
            .chain(self.minimum.iter_mut().map(|row| &mut row.element.fact))
            .chain(self.authorities.iter_mut().map(|row| &mut row.fact))
    }
}

fn join(one: &mut Instrument, states: &[Country], on: Day) {
    one.not_in_force = false;
    one.ended = None;
    one.fact.verified = true;
    if one.in_force.or(one.in_force_by).is_none_or(|day| day.latest() > on) {
        one.in_force = Some(VagueDay::from(on));
        one.in_force_by = None;
    }
    one.signed = one.signed.filter(|day| day.latest() <= on);
    for state in states {
        one.parties.retain(|party| party.member != Member::State(*state));
        one.parties.push(Party {
            member: Member::State(*state),
            status: Status::Party,
            since: Some(VagueDay::from(on)),
            true_by: None,
            fact: Fact {
                id: format!("{}:{state}:supposed", one.id),
                text: Text::default(),
                source: PRODUCT.to_owned(),
                as_of: None,
                verified: true,
                caveat: Text::default(),
            },
        });
    }
}
