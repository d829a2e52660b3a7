//! Whether an instrument binds two states on a day.
//!
//! Only verified facts bind. What was read without a day counts from the day on which its source
//! was already true; for an earlier day nobody knows.

use model::country::Country;
use model::day::{Day, VagueDay};

use crate::advice::Cited;
use crate::answer::Answer;
use crate::instrument::{Instrument, InstrumentKind};
use crate::reason::Reason;
use crate::rows::{Member, Party, Status};

/// What an instrument is to two states on a day.
#[derive(Debug, Clone)]
pub(crate) struct Bound<'p> {
    pub(crate) answer: Answer,
    /// Believed not to bind, and nobody verified that.
    pub(super) is_absent: bool,
    pub(super) because: Vec<Reason<'p>>,
    pub(super) facts: Vec<Cited<'p>>,
}

impl<'p> Bound<'p> {
    fn new(instrument: &'p Instrument) -> Bound<'p> {
        let conflicts = instrument.conflicts.iter().map(Cited::Fact);
        let facts = std::iter::once(Cited::Fact(&instrument.fact)).chain(conflicts).collect();
        Bound { answer: Answer::Yes, is_absent: false, because: Vec::new(), facts }
    }

    /// One more thing has to hold, said by a fact that may not be verified.
    fn and(&mut self, answer: Answer, verified: bool, reason: Reason<'p>) {
        self.answer = self.answer.and(answer.said_by(verified));
        self.because.push(reason);
    }
}

/// Whether it binds them; nothing where it is not about these two at all.
pub(crate) fn bind<'p>(
    one: &'p Instrument,
    from: Country,
    to: Country,
    on: Day,
) -> Option<Bound<'p>> {
    match one.kind {
        InstrumentKind::BilateralMla | InstrumentKind::BilateralExtradition => {
            is_of(one, from, to).then(|| bilateral(one, on))
        }
        InstrumentKind::Multilateral => multilateral(one, from, to, on),
        InstrumentKind::National | InstrumentKind::Principle => one_states(one, from, to, on),
        InstrumentKind::Channel => applies_on(one, on).then(|| never_yes(one, Reason::Channel)),
        InstrumentKind::CaseMemo => {
            (is_of(one, from, to) && applies_on(one, on)).then(|| never_yes(one, Reason::CaseOnly))
        }
        InstrumentKind::Practice => Some(never_yes(one, Reason::Practice)),
    }
}

/// Whether a law applies on a day: in force by then, or at least made, and not ended.
pub(crate) fn applies_on(one: &Instrument, on: Day) -> bool {
    let begun = one.in_force.or(one.in_force_by).or(one.signed);
    begun.is_none_or(|day| on >= day.latest()) && !has_ended(one, on)
}

pub(super) fn has_ended(one: &Instrument, on: Day) -> bool {
    one.ended.is_some_and(|day| on >= day.earliest())
}

fn is_of(one: &Instrument, from: Country, to: Country) -> bool {
    let is_in = |state| one.parties.iter().any(|party| party.member == Member::State(state));
    is_in(from) && is_in(to)
}

fn never_yes<'p>(one: &'p Instrument, reason: Reason<'p>) -> Bound<'p> {
    let mut bound = Bound::new(one);
    bound.facts.extend(one.parties.iter().map(Cited::Party));
    bound.and(Answer::Check, true, reason);
    bound
}

fn one_states<'p>(one: &'p Instrument, from: Country, to: Country, on: Day) -> Option<Bound<'p>> {
    let country = one.country.filter(|country| [from, to].contains(country))?;
    let reason = match one.kind {
        InstrumentKind::Principle => Reason::Reciprocity(country),
        _ => Reason::OneStatesLaw(country),
    };
    applies_on(one, on).then(|| never_yes(one, reason))
}

fn bilateral(one: &Instrument, on: Day) -> Bound<'_> {
    let mut bound = Bound::new(one);
    bound.facts.extend(one.parties.iter().map(Cited::Party));
    let verified = one.fact.verified && one.parties.iter().all(|party| party.fact.verified);
    let has = |status| one.parties.iter().any(|party| party.status == status);
    if has(Status::None) {
        let reason = if verified { Reason::NoTreaty } else { Reason::NoTreatyFound };
        bound.is_absent = !verified;
        bound.and(Answer::No, verified, reason);
    } else if let Some(day) = one.signed.filter(|day| on < day.earliest()) {
        bound.and(Answer::No, verified, Reason::NotYetInForce(day));
    } else {
        in_force(&mut bound, one, on, verified);
        if has(Status::Signatory) && bound.answer == Answer::Yes {
            bound.and(Answer::Check, verified, Reason::ForceUnread);
        }
    }
    bound
}

/// Whether a treaty is in force on a day, by what its own row says.
fn in_force<'p>(bound: &mut Bound<'p>, one: &'p Instrument, on: Day, verified: bool) {
    if one.not_in_force {
        bound.and(Answer::No, verified, Reason::NotInForce);
        return;
    }
    if let Some(day) = one.ended.filter(|day| on >= day.earliest()) {
        bound.and(Answer::No, verified, Reason::EndedOn(day));
        return;
    }
    match (one.in_force, one.in_force_by) {
        (Some(day), _) if on < day.earliest() => {
            bound.and(Answer::No, verified, Reason::NotYetInForce(day));
        }
        (Some(day), _) if on < day.latest() => {
            bound.and(Answer::Check, verified, Reason::DayUnclear(day));
        }
        (Some(_), _) if !verified => bound.and(Answer::Check, verified, Reason::Believed),
        (Some(day), _) => bound.and(Answer::Yes, verified, Reason::InForce(day)),
        (None, Some(day)) if on >= day.latest() => {
            bound.and(Answer::Yes, verified, Reason::InForceBy(day));
        }
        (None, _) if !verified => bound.and(Answer::Check, verified, Reason::Believed),
        (None, _) => bound.and(Answer::Check, verified, Reason::ForceUnread),
    }
}

fn multilateral(one: &Instrument, from: Country, to: Country, on: Day) -> Option<Bound<'_>> {
    let rows = [from, to].map(|state| (state, one.party(state)));
    if one.closed && rows.iter().any(|(_, party)| party.is_none()) {
        return None;
    }
    let mut bound = Bound::new(one);
    if let Some(day) = one.signed.filter(|day| on < day.earliest()) {
        bound.and(Answer::No, one.fact.verified, Reason::NotYetInForce(day));
        return Some(bound);
    }
    in_force(&mut bound, one, on, one.fact.verified);
    for (state, party) in rows {
        match party {
            Some(party) => joined(&mut bound, one, state, party, on),
            None => bound.and(Answer::Check, false, Reason::NotListed(state)),
        }
    }
    Some(bound)
}

/// Whether one state is a party on a day.
fn joined<'p>(
    bound: &mut Bound<'p>,
    one: &'p Instrument,
    state: Country,
    party: &'p Party,
    on: Day,
) {
    bound.facts.push(Cited::Party(party));
    let verified = party.fact.verified;
    match party.status {
        Status::None if verified => bound.and(Answer::No, true, Reason::NotParty(state)),
        Status::None => {
            bound.is_absent = true;
            bound.and(Answer::No, false, Reason::NotPartyUnverified(state));
        }
        Status::Signatory => bound.and(Answer::No, verified, Reason::SignedOnly(state)),
        Status::Party if !verified => {
            bound.and(Answer::Check, false, Reason::PartyUnverified(state));
        }
        Status::Party => match party.since {
            Some(day) if on < day.earliest() => {
                bound.and(Answer::No, true, Reason::PartyFrom(state, day));
            }
            Some(day) if on < day.latest() => {
                bound.and(Answer::Check, true, Reason::DayUnclear(day));
            }
            Some(day) => bound.and(Answer::Yes, true, Reason::PartySince(state, day)),
            None => match true_by(one, party).filter(|day| on >= day.latest()) {
                Some(day) => bound.and(Answer::Yes, true, Reason::PartyBy(state, day)),
                None => bound.and(Answer::Check, true, Reason::PartyDayUnread(state)),
            },
        },
    }
}

/// From which day on a row without a day was true for certain.
fn true_by(one: &Instrument, party: &Party) -> Option<VagueDay> {
    party.true_by.or(party.fact.as_of).or(one.fact.as_of)
}
