//! What follows from the bases: what the request contains, what may be refused, by when, what is
//! promised, and which other rules count.

use super::bind::{applies_on, has_ended};
use super::provide::Between;
use crate::advice::{Base, Deadline, Refusal, Required, Rule, Undertaking};
use crate::answer::Answer;
use crate::instrument::{Instrument, InstrumentKind};
use crate::pack::Pack;
use crate::question::Question;
use crate::rows::{Element, Level, Provision};

/// A question with its bases.
pub(super) struct Contents<'q, 'p> {
    pub(super) pack: &'p Pack,
    pub(super) question: &'q Question<'p>,
    pub(super) bases: &'q [Base<'p>],
}

impl<'p> Contents<'_, 'p> {
    fn between(&self) -> Between {
        let Question { from, to, on, .. } = *self.question;
        Between { from, to, on }
    }

    /// The bases on which a request may rest.
    fn applying(&self) -> impl Iterator<Item = &Base<'p>> {
        self.bases.iter().filter(|base| base.applies())
    }

    /// Our own minimum first, then what the bases want; what has to be there before what helps.
    pub(super) fn required(&self) -> Vec<Required<'p>> {
        let kind = self.question.kind;
        let measure = self.question.measure;
        let ours = self
            .pack
            .minimum()
            .iter()
            .filter(|own| own.kind == kind && own.element.measures.contains(&measure));
        let mut required: Vec<Required<'p>> = ours
            .map(|own| Required { element: &own.element, level: Level::Required, instrument: None })
            .collect();
        for base in self.applying() {
            // Of a treaty that may not bind the two, what it wants is good advice only.
            let certain = base.binds == Answer::Yes || !base.instrument.is_treaty();
            self.elements_of(base.instrument, certain, |one| base.gave_way(one), &mut required);
        }
        for law in self.pack.instruments().iter().filter(|law| self.is_model(law)) {
            self.elements_of(law, false, |_| false, &mut required);
        }
        required.sort_by_key(|one| one.level);
        required
    }

    fn elements_of(
        &self,
        one: &'p Instrument,
        certain: bool,
        gave_way: impl Fn(&str) -> bool,
        required: &mut Vec<Required<'p>>,
    ) {
        let between = self.between();
        let measure = self.question.measure;
        let wanted = one.elements.iter().filter(|row| {
            row.measures.contains(&measure)
                && between.is_side(one, row.side)
                && !gave_way(&row.article)
        });
        let level = |row: &Element| match row.recommended_for.contains(&measure) || !certain {
            true => Level::Recommended,
            false => row.level,
        };
        required.extend(wanted.map(|row| Required {
            element: row,
            level: level(row),
            instrument: Some(one),
        }));
    }

    /// Whether a law that ended still serves as a model, because its successor was not read.
    fn is_model(&self, law: &Instrument) -> bool {
        let ours = [Some(self.question.from), Some(self.question.to)];
        law.model_for.contains(&self.question.measure)
            && ours.contains(&law.country)
            && has_ended(law, self.question.on)
    }

    pub(super) fn refusal(&self) -> Vec<Refusal<'p>> {
        let between = self.between();
        let measure = self.question.measure;
        let mut found: Vec<Refusal<'p>> = Vec::new();
        for base in self.applying() {
            let grounds = base.instrument.grounds.iter().filter(|row| {
                row.measures.contains(&measure)
                    && between.is_side(base.instrument, row.side)
                    && !base.gave_way(&row.article)
            });
            found.extend(grounds.map(|ground| Refusal {
                ground,
                force: ground.force,
                instrument: base.instrument,
            }));
        }
        found.sort_by_key(|one| one.force);
        found
    }

    pub(super) fn deadlines(&self) -> Vec<Deadline<'p>> {
        let between = self.between();
        let counted = self.pack.timings().iter().filter_map(|timing| {
            let bound = timing.bound?;
            let one = timing.instrument.and_then(|place| self.pack.instruments().get(place));
            let concerns = timing.measures.contains(&self.question.measure)
                && one.is_none_or(|one| self.counts(one) && between.is_side(one, timing.side));
            concerns.then_some(Deadline { timing, bound, instrument: one })
        });
        let mut deadlines: Vec<Deadline<'p>> = counted.collect();
        deadlines.sort_by_key(|one| one.bound);
        deadlines
    }

    /// Whether what an instrument says of time counts between the two.
    fn counts(&self, one: &Instrument) -> bool {
        let ours = [Some(self.question.from), Some(self.question.to)];
        match one.kind {
            InstrumentKind::National => {
                ours.contains(&one.country) && applies_on(one, self.question.on)
            }
            _ => self.applying().any(|base| base.instrument.id == one.id),
        }
    }

    pub(super) fn undertakings(&self) -> Vec<Undertaking<'p>> {
        let between = self.between();
        let measure = self.question.measure;
        let by_treaty = self.bases.iter().any(|base| base.lead && base.instrument.is_treaty());
        let mut found: Vec<Undertaking<'p>> = Vec::new();
        for base in self.applying() {
            let one = base.instrument;
            let mut add = |id: &'p str, article: &'p str, fact| {
                let needless = id.is_empty() || (id == "reciprocity" && by_treaty);
                if !needless && !base.gave_way(article) {
                    found.push(Undertaking { id, article, instrument: one, fact });
                }
            };
            for row in one.provisions.iter().filter(|row| self.concerns(one, row)) {
                add(&row.undertaking, &row.article, &row.fact);
            }
            for row in one
                .elements
                .iter()
                .filter(|row| row.measures.contains(&measure) && between.is_side(one, row.side))
            {
                add(&row.undertaking, &row.article, &row.fact);
            }
            for row in one
                .grounds
                .iter()
                .filter(|row| row.measures.contains(&measure) && between.is_side(one, row.side))
            {
                add(&row.undertaking, &row.article, &row.fact);
            }
        }
        found
    }

    /// Whether an article on whatever topic concerns this request.
    fn concerns(&self, one: &Instrument, row: &Provision) -> bool {
        let measure = self.question.measure;
        let about = row.about.as_ref().is_none_or(|about| about.contains(&measure));
        let named = row.measure.is_none_or(|named| named == measure);
        about && named && self.between().is_side(one, row.side)
    }

    /// What else the lead says, and the law of either state.
    pub(super) fn rules(&self) -> Vec<Rule<'p>> {
        let ours = [Some(self.question.from), Some(self.question.to)];
        let leads = |one: &Instrument| {
            self.bases.iter().any(|base| base.lead && base.instrument.id == one.id)
        };
        let gave_way = |one: &Instrument, article: &str| {
            let base = self.bases.iter().find(|base| base.instrument.id == one.id);
            base.is_some_and(|base| base.gave_way(article))
        };
        let law = |one: &Instrument| {
            one.kind == InstrumentKind::National
                && ours.contains(&one.country)
                && applies_on(one, self.question.on)
        };
        let mut rules = Vec::new();
        for one in self.pack.instruments().iter().filter(|one| leads(one) || law(one)) {
            let rows = one.provisions.iter().filter(|row| {
                row.measure.is_none() && self.concerns(one, row) && !gave_way(one, &row.article)
            });
            rules.extend(rows.map(|provision| Rule { provision, instrument: one }));
        }
        // What the lead says stands first.
        rules.sort_by_key(|rule| !leads(rule.instrument));
        rules
    }
}
