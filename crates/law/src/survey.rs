//! Many questions at once: where a country has no treaty, what a treaty would change, and the whole
//! matrix of pairs, measures and conducts.
//!
//! A survey asks about treaties: it names no conduct and no clause, so that conditions which depend
//! on these lower nothing. What fails for every conduct of the pack (a treaty on corruption) does
//! not count.

use std::collections::BTreeSet;

use model::country::Country;
use model::day::Day;
use model::measure::Measure;

use crate::advice::{Base, Support};
use crate::answer::Answer;
use crate::authority::{Sought, competent};
use crate::engine::{Pair, basis, finish, prepare, stack};
use crate::fact::Fact;
use crate::gap::Gap;
use crate::pack::Pack;
use crate::question::Question;
use crate::rows::Member;

/// A measure for which two states have no verified treaty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Missing<'p> {
    /// With whom.
    pub partner: Country,
    /// For what.
    pub measure: Measure,
    /// Whether something could be tried at all.
    pub answer: Answer,
    /// Why.
    pub gap: Gap<'p>,
}

/// What a supposition changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Changed {
    /// Who asks.
    pub from: Country,
    /// Who is asked.
    pub to: Country,
    /// For what.
    pub measure: Measure,
    /// The answer as things are.
    pub before: Answer,
    /// The answer then.
    pub after: Answer,
}

/// A measure for which an article would stand there, while the answer stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Provided {
    /// Who asks.
    pub from: Country,
    /// Who is asked.
    pub to: Country,
    /// For what.
    pub measure: Measure,
    /// The answer, before and then.
    pub answer: Answer,
    /// The article, which nobody has verified.
    pub article: Option<String>,
}

/// What a supposition changes, and for what it would at least give an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Supposed {
    /// Answers that become others.
    pub changed: Vec<Changed>,
    /// Answers that stay, with an article where there was none.
    pub provided: Vec<Provided>,
}

/// How many questions of a matrix have which answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Answered yes.
    pub yes: usize,
    /// Answered check.
    pub check: usize,
    /// Answered no.
    pub no: usize,
}

impl Tally {
    /// All questions.
    pub fn total(&self) -> usize {
        self.yes + self.check + self.no
    }
}

impl Pack {
    /// Every state that the pack says anything of.
    pub fn states(&self) -> Vec<Country> {
        let members = self.instruments().iter().flat_map(|one| &one.parties);
        let states: BTreeSet<Country> = members
            .filter_map(|party| match party.member {
                Member::State(state) => Some(state),
                Member::Organisation(_) => None,
            })
            .collect();
        states.into_iter().collect()
    }
}

/// A question about treaties alone.
fn question<'p>(from: Country, to: Country, measure: Measure, on: Day) -> Question<'p> {
    Question {
        from,
        to,
        conduct: None,
        measure,
        kind: measure.kind(),
        clause: None,
        on,
        organised: None,
        transnational: None,
    }
}

/// The best that any base gives, whatever the conduct.
fn best(bases: &[Base<'_>]) -> Answer {
    let counting = bases.iter().filter(|base| !base.fails());
    let treaties = |base: &&Base<'_>| base.instrument.is_treaty() || base.lead;
    counting.filter(treaties).map(|base| base.answer).max().unwrap_or(Answer::No)
}

/// Where a country has no verified treaty: partner by partner, measure by measure.
pub fn gaps(pack: &Pack, country: Country, on: Day) -> Vec<Missing<'_>> {
    let mut missing = Vec::new();
    for partner in pack.states().into_iter().filter(|state| *state != country) {
        let pair = Pair::of(pack, country, partner, on);
        for measure in Measure::ALL {
            let bases = stack(&pair, &question(country, partner, measure, on));
            let answer = best(&bases);
            if answer != Answer::Yes {
                let gap = why(&bases);
                missing.push(Missing { partner, measure, answer, gap });
            }
        }
    }
    missing
}

/// The one reason that helps most: a treaty that waits, then what the lead lacks.
fn why<'p>(bases: &[Base<'p>]) -> Gap<'p> {
    let waiting = bases.iter().find(|base| {
        base.instrument.is_treaty()
            && base.binds == Answer::No
            && !base.is_absent
            && base.support < Support::Unread
            && !base.fails()
            && base.instrument.not_in_force
    });
    let lead = bases.iter().find(|base| base.lead && base.instrument.is_treaty());
    match (lead, waiting) {
        (Some(lead), _) if lead.support >= Support::MayCover => Gap::NoProvision(lead.instrument),
        (Some(lead), _) => Gap::Unverified(lead.instrument),
        (None, Some(waiting)) => Gap::NotInForce(waiting.instrument),
        (None, None) => Gap::NoInstrument,
    }
}

/// What changes for a country, in both directions, if these states had joined an instrument.
pub fn suppose(pack: &Pack, id: &str, states: &[Country], country: Country, on: Day) -> Supposed {
    let supposed = pack.supposing(id, states, on);
    let mut found = Supposed::default();
    for partner in supposed.states().into_iter().filter(|state| *state != country) {
        for (from, to) in [(country, partner), (partner, country)] {
            let pairs = [pack, &supposed].map(|pack| Pair::of(pack, from, to, on));
            for measure in Measure::ALL {
                let asked = question(from, to, measure, on);
                let [earlier, later] = pairs.each_ref().map(|pair| stack(pair, &asked));
                let (before, after) = (best(&earlier), best(&later));
                if before != after {
                    found.changed.push(Changed { from, to, measure, before, after });
                } else if let Some(base) = newly_named(id, &earlier, &later) {
                    let article = base.article.map(str::to_owned);
                    found.provided.push(Provided { from, to, measure, answer: after, article });
                }
            }
        }
    }
    found
}

/// What two packs say to one question, where it is not the same: each the answer and the treaty
/// that leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compared<'p> {
    /// Who asks.
    pub from: Country,
    /// Who is asked.
    pub to: Country,
    /// For what.
    pub measure: Measure,
    /// What one pack says.
    pub before: (Answer, Option<&'p str>),
    /// What the other one says.
    pub after: (Answer, Option<&'p str>),
}

/// Where another pack says something else for a country, in both directions.
pub fn compare<'p>(
    before: &'p Pack,
    after: &'p Pack,
    country: Country,
    on: Day,
) -> Vec<Compared<'p>> {
    let mut found = Vec::new();
    let states: BTreeSet<Country> = before.states().into_iter().chain(after.states()).collect();
    for partner in states.into_iter().filter(|state| *state != country) {
        for (from, to) in [(country, partner), (partner, country)] {
            let pairs = [before, after].map(|pack| Pair::of(pack, from, to, on));
            for measure in Measure::ALL {
                let asked = question(from, to, measure, on);
                let [before, after] = pairs.each_ref().map(|pair| {
                    let bases = stack(pair, &asked);
                    let lead = bases.iter().find(|base| base.lead && base.instrument.is_treaty());
                    (best(&bases), lead.map(|base| base.instrument.id.as_str()))
                });
                if before != after {
                    found.push(Compared { from, to, measure, before, after });
                }
            }
        }
    }
    found
}

/// The instrument's base, where it would carry a measure for which no treaty has an article.
fn newly_named<'b, 'p>(
    id: &str,
    earlier: &[Base<'p>],
    later: &'b [Base<'p>],
) -> Option<&'b Base<'p>> {
    let carries = |base: &&Base<'_>| {
        base.instrument.is_treaty() && base.applies() && base.support < Support::MayCover
    };
    let base = later.iter().filter(carries).find(|base| base.instrument.id == id)?;
    (!earlier.iter().any(|base| carries(&base))).then_some(base)
}

/// What these states ask of every other state of the pack: every measure, every conduct, on one
/// day.
pub fn matrix(pack: &Pack, asking: &[Country], on: Day) -> Tally {
    let states = pack.states();
    let mut tally = Tally::default();
    for from in asking {
        for to in states.iter().filter(|to| *to != from) {
            let pair = Pair::of(pack, *from, *to, on);
            for measure in Measure::ALL {
                let mut bases = prepare(&pair, measure);
                let bare: Vec<(usize, usize)> =
                    bases.iter().map(|base| (base.conditions.len(), base.facts.len())).collect();
                for conduct in pack.conducts() {
                    let asked =
                        Question { conduct: Some(conduct), ..question(*from, *to, measure, on) };
                    for (base, (conditions, facts)) in bases.iter_mut().zip(&bare) {
                        base.conditions.truncate(*conditions);
                        base.facts.truncate(*facts);
                        base.lead = false;
                    }
                    finish(&pair, &asked, &mut bases);
                    let lead = bases.iter().find(|base| base.lead);
                    match lead.map_or(Answer::No, Base::lowered) {
                        Answer::Yes => tally.yes += 1,
                        Answer::Check => tally.check += 1,
                        Answer::No => tally.no += 1,
                    }
                }
            }
        }
    }
    tally
}

/// The facts that no answer of these questions shows.
pub fn unused<'p>(pack: &'p Pack, questions: &[Question<'p>]) -> Vec<&'p Fact> {
    let mut shown: BTreeSet<&str> = BTreeSet::new();
    for question in questions {
        let advice = basis(pack, question);
        let bases = advice.bases.iter().flat_map(|base| &base.facts);
        shown.extend(bases.map(|cited| cited.fact().id.as_str()));
        shown.extend(advice.required.iter().map(|one| one.element.fact.id.as_str()));
        shown.extend(advice.refusal.iter().map(|one| one.ground.fact.id.as_str()));
        shown.extend(advice.deadlines.iter().map(|one| one.timing.fact.id.as_str()));
        shown.extend(advice.undertakings.iter().map(|one| one.fact.id.as_str()));
        shown.extend(advice.rules.iter().map(|one| one.provision.fact.id.as_str()));
        let sought = Sought::of(question);
        shown.extend(competent(pack, &sought).iter().map(|one| one.authority.fact.id.as_str()));
    }
    pack.facts().filter(|fact| !shown.contains(fact.id.as_str())).collect()
}
