//! Whether an instrument that binds two states provides for a measure between them.

use model::country::Country;
use model::day::Day;
use model::measure::Measure;

use crate::advice::{Cited, Support};
use crate::answer::Answer;
use crate::instrument::{Instrument, InstrumentKind};
use crate::reason::Reason;
use crate::rows::{Provision, Reservation, Side};

/// What an instrument has for a measure.
#[derive(Debug, Clone)]
pub(super) struct Provided<'p> {
    pub(super) answer: Answer,
    pub(super) support: Support,
    pub(super) article: Option<&'p str>,
    pub(super) because: Vec<Reason<'p>>,
    pub(super) facts: Vec<Cited<'p>>,
}

/// The two states and the day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Between {
    pub(super) from: Country,
    pub(super) to: Country,
    pub(super) on: Day,
}

impl Between {
    /// Whether a row of a state's law concerns it in its part.
    pub(super) fn is_side(&self, one: &Instrument, side: Side) -> bool {
        match (one.country, side) {
            (None, _) | (_, Side::Either) => true,
            (Some(country), Side::Requesting) => country == self.from,
            (Some(country), Side::Requested) => country == self.to,
        }
    }

    fn said(&self, reservation: &Reservation) -> bool {
        [self.from, self.to].contains(&reservation.state)
    }
}

/// What it has; nothing where it is not about such measures at all.
pub(super) fn provide<'p>(
    one: &'p Instrument,
    measure: Measure,
    between: Between,
) -> Option<Provided<'p>> {
    if one.excludes.contains(&measure) {
        return None;
    }
    let named = one
        .provisions
        .iter()
        .filter(|row| row.measure == Some(measure) && between.is_side(one, row.side));
    let mut provisions: Vec<&Provision> = named.collect();
    provisions.sort_by_key(|row| !row.fact.verified);
    let is_own = one.own_kind.contains(&measure);
    if provisions.is_empty() && !is_own && !concerns(one, measure) {
        return None;
    }
    let mut found = words(one, measure, &provisions, is_own);
    if let Some(ended) = one.ends.iter().find(|row| row.measures.contains(&measure)) {
        found.facts.push(Cited::Fact(&ended.fact));
        if between.on >= ended.on.earliest() && provisions.is_empty() {
            let reason = Reason::ArticlesEnded(&ended.articles, ended.on);
            shut(&mut found, Answer::No.said_by(ended.fact.verified), reason);
        }
    }
    reservations(one, measure, between, &provisions, &mut found);
    Some(found)
}

/// Whether an instrument without an article on the measure may still be about it.
fn concerns(one: &Instrument, measure: Measure) -> bool {
    let has_rows = || {
        one.ends.iter().any(|row| row.measures.contains(&measure))
            || one.grounds.iter().any(|row| row.measures.contains(&measure))
            || one.elements.iter().any(|row| row.measures.contains(&measure))
    };
    match one.kind {
        InstrumentKind::BilateralMla => !measure.is_extradition() || has_rows(),
        InstrumentKind::BilateralExtradition => measure == Measure::ProvisionalArrest,
        // A treaty of several states on one matter is about that matter alone.
        InstrumentKind::Multilateral => {
            one.own_kind.is_empty()
                || (measure.is_extradition() && one.own_kind.contains(&Measure::Extradition))
        }
        _ => has_rows() && one.kind == InstrumentKind::Practice,
    }
}

fn words<'p>(
    one: &'p Instrument,
    measure: Measure,
    provisions: &[&'p Provision],
    is_own: bool,
) -> Provided<'p> {
    let facts = provisions.iter().map(|row| Cited::Fact(&row.fact)).collect();
    let first = provisions.first().copied();
    let article = first.map(|row| row.article.as_str());
    let reason = |row: &&'p Provision| match row.fact.verified {
        true => Reason::Provides(&row.article),
        false => Reason::ProvidesUnverified(&row.article),
    };
    let because: Vec<Reason<'p>> = provisions.iter().map(reason).collect();
    if first.is_some_and(|row| row.fact.verified) {
        let support = Support::Article;
        return Provided { answer: Answer::Yes, support, article, because, facts };
    }
    if is_own {
        // A treaty of two states on extradition is about extradition, whoever read its articles;
        // of others that has to be read.
        let answer = Answer::Yes.said_by(one.is_bilateral());
        let own = one.is_treaty().then_some(Reason::OwnKind);
        let because = own.into_iter().chain(because).collect();
        return Provided { answer, support: Support::OwnKind, article: None, because, facts };
    }
    if first.is_some() {
        let support = Support::Unverified;
        return Provided { answer: Answer::Check, support, article, because, facts };
    }
    if let Some(row) = one.provisions.iter().find(|row| row.may_cover.contains(&measure)) {
        return Provided {
            answer: Answer::Check,
            support: Support::MayCover,
            article: Some(&row.article),
            because: vec![Reason::MayCover(&row.article)],
            facts: vec![Cited::Fact(&row.fact)],
        };
    }
    Provided {
        answer: Answer::Check,
        support: Support::Unread,
        article: None,
        because: vec![Reason::NoProvision],
        facts,
    }
}

/// What either state said when it joined shuts its articles out between the two.
fn reservations<'p>(
    one: &'p Instrument,
    measure: Measure,
    between: Between,
    provisions: &[&'p Provision],
    found: &mut Provided<'p>,
) {
    for row in one.reservations.iter().filter(|row| between.said(row)) {
        let shuts = row.shuts.contains(&measure);
        // What shuts nothing out is worth knowing where it was read.
        if shuts || (row.shuts.is_empty() && row.fact.verified) {
            found.facts.push(Cited::Fact(&row.fact));
        }
        if !shuts {
            continue;
        }
        // Another article that is left open still carries the measure.
        let is_shut = |article: &str| is_within(article, &row.article);
        let open = provisions.iter().find(|one| one.fact.verified && !is_shut(&one.article));
        if let Some(open) = open {
            found.article = Some(&open.article);
            continue;
        }
        let reason = match row.fact.verified {
            true => Reason::ShutOut(row.state, &row.article),
            false => Reason::ShutOutUnverified(row.state, &row.article),
        };
        shut(found, Answer::No.said_by(row.fact.verified), reason);
    }
}

fn shut<'p>(found: &mut Provided<'p>, answer: Answer, reason: Reason<'p>) {
    found.answer = found.answer.and(answer);
    found.because.push(reason);
    if answer == Answer::No {
        found.support = Support::Shut;
    }
}

/// Whether a citation such as `44(5)` lies in another such as `44`.
fn is_within(cited: &str, whole: &str) -> bool {
    cited.strip_prefix(whole).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}
