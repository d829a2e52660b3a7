//! The stack of bases for a question, in the order in which they are proposed, and its lead.
//!
//! Source: UNTOC 18(6)-(7) and UNCAC 46(6)-(7) on other treaties. The order is a treaty of the two
//! states, a treaty of their region, a convention whose scope fits, reciprocity.

use model::country::Country;
use model::day::Day;
use model::measure::Measure;

use super::bind::{Bound, bind};
use super::condition::Conditions;
use super::provide::{Between, provide};
use crate::advice::{Base, Cited, Condition, Support};
use crate::answer::Answer;
use crate::gap::ConditionKind;
use crate::instrument::{Instrument, InstrumentKind};
use crate::pack::Pack;
use crate::question::Question;
use crate::reason::Reason;

/// Two states on a day, with every instrument that concerns them.
#[derive(Debug, Clone)]
pub struct Pair<'p> {
    pub(super) pack: &'p Pack,
    pub(super) between: Between,
    bound: Vec<(&'p Instrument, Bound<'p>)>,
}

impl<'p> Pair<'p> {
    /// What binds them, in the order in which bases are proposed.
    pub fn of(pack: &'p Pack, from: Country, to: Country, on: Day) -> Pair<'p> {
        let found = |one: &'p Instrument| Some((one, bind(one, from, to, on)?));
        let mut bound: Vec<_> = pack.instruments().iter().filter_map(found).collect();
        bound.sort_by_key(|(one, _)| order(one));
        Pair { pack, between: Between { from, to, on }, bound }
    }
}

/// The place of an instrument in the stack, smallest first.
fn order(one: &Instrument) -> (u8, bool, bool, &str) {
    let tier = match one.kind {
        InstrumentKind::BilateralMla | InstrumentKind::BilateralExtradition => 0,
        InstrumentKind::Multilateral if one.closed => 1,
        InstrumentKind::Multilateral => 2,
        InstrumentKind::National => 3,
        InstrumentKind::Principle => 4,
        InstrumentKind::Channel => 5,
        InstrumentKind::CaseMemo => 6,
        InstrumentKind::Practice => 7,
    };
    (tier, one.chapter_of.is_some(), one.scope.corruption_only, &one.id)
}

/// The bases for a question between two states.
pub fn stack<'p>(pair: &Pair<'p>, question: &Question<'p>) -> Vec<Base<'p>> {
    let mut bases = prepare(pair, question.measure);
    finish(pair, question, &mut bases);
    bases
}

/// What the two states have for a measure, whatever the conduct: no conditions yet, and no lead.
pub(crate) fn prepare<'p>(pair: &Pair<'p>, measure: Measure) -> Vec<Base<'p>> {
    // A treaty that may bind the two may come first; only one that does takes the place of others.
    let mut before: Vec<_> = pair
        .bound
        .iter()
        .filter(|(one, bound)| {
            let may_bind = bound.answer != Answer::No && !bound.is_absent;
            one.is_before_others() && may_bind && !measure.is_extradition()
        })
        .collect();
    before.sort_by_key(|(_, bound)| bound.answer != Answer::Yes);
    let displacing = before.first().map(|(one, bound)| (*one, bound.answer == Answer::Yes));
    let mut bases: Vec<Base<'p>> = Vec::with_capacity(pair.bound.len());
    for (one, bound) in &pair.bound {
        let Some(provided) = provide(one, measure, pair.between) else { continue };
        if provided.support == Support::Unread && (bound.answer == Answer::No || bound.is_absent) {
            // It neither binds the two nor says a word about the measure.
            continue;
        }
        let other = displacing.filter(|_| one.yields.is_some());
        let displaced_by = other.filter(|(_, certain)| *certain).map(|(other, _)| other);
        let mut base = Base {
            instrument: one,
            article: provided.article,
            lead: false,
            answer: bound.answer.and(provided.answer),
            because: bound.because.clone(),
            binds: bound.answer,
            is_absent: bound.is_absent,
            support: provided.support,
            conditions: Vec::new(),
            displaced_by,
            facts: bound.facts.clone(),
        };
        if bound.answer != Answer::No {
            base.because.extend(provided.because);
        }
        base.facts.extend(provided.facts);
        if let Some((other, certain)) = other.filter(|_| base.answer != Answer::No) {
            displace(&mut base, other, certain);
        }
        bases.push(base);
    }
    // Within the tier of treaties of two states, those made for the measure come first.
    bases.sort_by_key(|base| (tier_of(base), is_second(base, measure)));
    bases
}

/// Adds the conditions of a question to prepared bases, and marks the lead.
pub(crate) fn finish<'p>(pair: &Pair<'p>, question: &Question<'p>, bases: &mut [Base<'p>]) {
    let conditions = Conditions::of(pair, question);
    for base in bases.iter_mut().filter(|base| base.answer != Answer::No) {
        conditions.add(base);
    }
    mark(bases);
}

fn tier_of(base: &Base<'_>) -> u8 {
    order(base.instrument).0
}

/// Whether a treaty of two states was made for something else, or is but a chapter of another.
fn is_second(base: &Base<'_>, measure: Measure) -> bool {
    let for_persons = base.instrument.kind == InstrumentKind::BilateralExtradition;
    let other_matter = for_persons != measure.is_extradition();
    base.instrument.is_bilateral() && (base.instrument.chapter_of.is_some() || other_matter)
}

/// Its detailed paragraphs give way; where nothing else carries the measure, that is a condition.
fn displace<'p>(base: &mut Base<'p>, other: &'p Instrument, certain: bool) {
    let one = base.instrument;
    let rule = one.provisions.iter().filter(|row| row.topic == "legal_basis");
    base.facts.extend(rule.map(|row| Cited::Fact(&row.fact)));
    let yields = |article: &str| one.yields.is_some_and(|paragraphs| paragraphs.hold(article));
    let left = |reason: &Reason<'_>| match reason {
        Reason::Provides(article) => !yields(article),
        _ => false,
    };
    if base.support != Support::Article || base.because.iter().any(left) {
        if certain {
            base.because.push(Reason::GivesWay(&other.id));
        }
        return;
    }
    base.conditions.push(Condition {
        kind: ConditionKind::Displacement,
        answer: Answer::Check,
        because: Reason::GivesWayWholly(&other.id),
    });
}

/// Marks the base that is proposed first.
fn mark(bases: &mut [Base<'_>]) {
    let candidates = bases.iter().enumerate().filter_map(|(place, base)| {
        // Within one tier a base of which more is certain comes before the others.
        let uncertain = base.lowered() != Answer::Yes;
        Some(((class(base)?, tier_of(base), uncertain, place), place))
    });
    if let Some((_, place)) = candidates.min()
        && let Some(base) = bases.get_mut(place)
    {
        base.lead = true;
    }
}

/// How well a base can lead; nothing where it cannot.
fn class(base: &Base<'_>) -> Option<u8> {
    let kind = base.instrument.kind;
    if base.answer == Answer::No
        || matches!(kind, InstrumentKind::National | InstrumentKind::Practice)
    {
        return None;
    }
    Some(match (base.answer, base.support) {
        _ if base.fails() => 5,
        (Answer::Yes, _) => 0,
        _ if base.is_absent => 4,
        _ if !base.instrument.is_treaty() => 2,
        (_, Support::Unread) => 3,
        _ => 1,
    })
}
