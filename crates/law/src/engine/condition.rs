//! What has to hold beside the base itself: dual criminality, thresholds, scope, the charged
//! clause. A condition never raises an answer.
//!
//! Source: UNTOC 2, 3, 16, 18(1), 18(9); UNCAC 44, 46(9); Budapest 24, 25(5), 29(3); Law 103/2025
//! art 30; Law 08/2007 art 21. What a treaty does not say the requested state's law decides.

use model::country::Country;
use model::measure::Measure;

use super::bind::applies_on;
use super::stack::Pair;
use crate::advice::{Base, Cited, Condition};
use crate::answer::Answer;
use crate::gap::ConditionKind;
use crate::instrument::{Instrument, InstrumentKind};
use crate::pack::Offence;
use crate::question::Question;
use crate::reason::Reason;
use crate::rows::{Force, Ground, Threshold, WhoseLaw};

/// The conditions of one question.
pub(super) struct Conditions<'q, 'p> {
    pair: &'q Pair<'p>,
    question: &'q Question<'p>,
}

impl<'q, 'p> Conditions<'q, 'p> {
    pub(super) fn of(pair: &'q Pair<'p>, question: &'q Question<'p>) -> Conditions<'q, 'p> {
        Conditions { pair, question }
    }

    /// Adds those of a base.
    pub(super) fn add(&self, base: &mut Base<'p>) {
        if matches!(base.instrument.kind, InstrumentKind::Channel | InstrumentKind::Practice) {
            return;
        }
        self.scope(base);
        self.dual_criminality(base);
        if self.question.measure == Measure::Extradition {
            self.threshold(base);
        }
        self.clause(base);
    }

    fn scope(&self, base: &mut Base<'p>) {
        let scope = &base.instrument.scope;
        let mut push = |kind, answer, because| {
            base.conditions.push(Condition { kind, answer, because });
        };
        if scope.corruption_only {
            push(ConditionKind::Scope, Answer::No, Reason::CorruptionOnly);
        }
        if scope.own_offences_for.contains(&self.question.measure)
            && let Some(conduct) = self.question.conduct
        {
            let own = !conduct.under(&base.instrument.id).is_empty();
            let (answer, reason) = match own {
                true => (Answer::Yes.said_by(conduct.fact.verified), Reason::OwnOffence),
                false => (Answer::No.said_by(true), Reason::NoOwnOffence),
            };
            push(ConditionKind::Scope, answer, reason);
            base.facts.push(Cited::Fact(&conduct.fact));
            let articles = conduct.under(&base.instrument.id);
            let offences = self.pair.pack.offences().iter().filter(|one| {
                one.jurisdiction == base.instrument.id && articles.contains(&one.article)
            });
            base.facts.extend(offences.map(|one| Cited::Fact(&one.fact)));
        }
        if base.instrument.scope.organised {
            self.organised(base);
        }
    }

    /// A serious offence, an organized group, more than one state. A request need show no more than
    /// reasonable grounds to suspect, so that what nobody said is to be checked, never refused.
    fn organised(&self, base: &mut Base<'p>) {
        let months = base.instrument.scope.serious_months;
        let listed = self
            .question
            .conduct
            .is_some_and(|conduct| base.instrument.scope.conducts.contains(&conduct.id));
        let (mut answer, mut because) = self.reaches(self.question.from, months);
        if listed && answer != Answer::Yes {
            // Its own offences need no heavy penalty; that the conduct is one is our own mapping.
            (answer, because) = (Answer::Check, Reason::OwnOffence);
        }
        base.conditions.push(Condition { kind: ConditionKind::Scope, answer, because });
        let is_group = self.question.conduct.is_some_and(|one| one.id == "organised_group");
        let (answer, because) = match self.question.organised {
            Some(false) if !is_group => (Answer::No, Reason::NoGroup),
            None if !is_group => (Answer::Check, Reason::GroupToShow),
            _ => (Answer::Yes, Reason::GroupShown),
        };
        base.conditions.push(Condition { kind: ConditionKind::OrganisedGroup, answer, because });
        let (answer, because) = match self.question.transnational {
            Some(true) => (Answer::Yes, Reason::TransnationalShown),
            Some(false) => (Answer::No, Reason::NotTransnational),
            None if self.question.measure.is_extradition() => {
                (Answer::Check, Reason::TransnationalToShow)
            }
            None => (Answer::Yes, Reason::EvidenceAbroad),
        };
        base.conditions.push(Condition { kind: ConditionKind::Transnational, answer, because });
        let rules = base.instrument.provisions.iter().filter(|row| row.topic == "scope");
        base.facts.extend(rules.map(|row| Cited::Fact(&row.fact)));
    }

    /// Whether the charged clause reaches so many months under a state's law.
    fn reaches(&self, state: Country, months: u32) -> (Answer, Reason<'p>) {
        let charged = self.question.clause;
        let Some(clause) = charged.filter(|one| one.offence.jurisdiction == state.as_str()) else {
            return match charged {
                Some(_) => (Answer::Check, Reason::OtherPenaltyUnknown(state, months)),
                None => (Answer::Check, Reason::ClauseNeeded),
            };
        };
        let offence: &'p Offence = clause.offence;
        let whole = |reaches: bool| {
            let answer = if reaches { Answer::Yes } else { Answer::No };
            let reason = match reaches {
                true => Reason::ClauseReaches(&offence.article, months),
                false => Reason::ClauseFallsShort(&offence.article, months),
            };
            (answer.said_by(offence.fact.verified), reason)
        };
        if let Some(band) = clause.band {
            return whole(band.life || band.to_months >= months);
        }
        let mut reach = offence
            .bands
            .iter()
            .filter(|band| !band.preparation)
            .map(|band| band.life || band.to_months >= months);
        let Some(first) = reach.next() else { return (Answer::Check, Reason::ClauseNeeded) };
        if reach.all(|one| one == first) {
            whole(first)
        } else {
            (Answer::Check, Reason::ClauseNeeded)
        }
    }

    fn dual_criminality(&self, base: &mut Base<'p>) {
        let measure = self.question.measure;
        let own = |one: &'p Instrument| {
            let rows = one.grounds.iter().filter(|row| {
                row.id == "dual_criminality"
                    && row.measures.contains(&measure)
                    && self.pair.between.is_side(one, row.side)
            });
            // Where a ground is shut out for all but a reservation, it is shut out.
            rows.min_by_key(|row| row.force != Force::Forbidden)
        };
        let in_treaty = own(base.instrument).filter(|row| !base.gave_way(&row.article));
        let in_law = || {
            let laws = self.pair.pack.instruments().iter().filter(|law| {
                law.kind == InstrumentKind::National
                    && law.country == Some(self.question.to)
                    && applies_on(law, self.question.on)
            });
            laws.filter_map(own).next()
        };
        let ground = in_treaty.or_else(in_law);
        let condition = match ground {
            Some(ground) => {
                base.facts.push(Cited::Fact(&ground.fact));
                self.by_ground(ground)
            }
            None if measure.is_extradition() => Some(self.by_conduct()),
            None => None,
        };
        let Some((answer, because)) = condition else { return };
        if answer == Answer::Check
            && let Some(conduct) = self.question.conduct
        {
            base.facts.push(Cited::Fact(&conduct.fact));
        }
        let kind = ConditionKind::DualCriminality;
        base.conditions.push(Condition { kind, answer, because });
    }

    fn by_ground(&self, ground: &'p Ground) -> Option<(Answer, Reason<'p>)> {
        let verified = ground.fact.verified;
        match ground.force {
            // A person is handed over for an offence in both states only, however softly said.
            _ if self.question.measure.is_extradition() => Some(self.by_conduct()),
            Force::Mandatory => Some(self.by_conduct()),
            Force::Optional => Some((
                Answer::Yes.said_by(verified),
                Reason::DualCriminalityOptional(&ground.article),
            )),
            Force::Forbidden => Some((
                Answer::Yes.said_by(verified),
                Reason::DualCriminalityIrrelevant(&ground.article),
            )),
            Force::Duty => None,
        }
    }

    /// It is about the conduct, whatever its name: our mapping says where to look, and nobody has
    /// verified it.
    fn by_conduct(&self) -> (Answer, Reason<'p>) {
        let mapped = self.question.conduct.filter(|one| !one.articles.is_empty());
        match mapped {
            Some(one) => (Answer::Yes.said_by(false), Reason::DualCriminalityMapped(&one.id)),
            None => (Answer::Check, Reason::DualCriminalityUnmapped),
        }
    }

    /// The penalty from which a person is extradited: by the treaty, else by the law of either
    /// state.
    fn threshold(&self, base: &mut Base<'p>) {
        let of = |one: &'p Instrument| one.threshold.as_ref().map(|threshold| (one, threshold));
        let in_law = || {
            let laws = self.pair.pack.instruments().iter().filter(|law| {
                let ours = [Some(self.question.from), Some(self.question.to)];
                law.kind == InstrumentKind::National
                    && ours.contains(&law.country)
                    && applies_on(law, self.question.on)
            });
            laws.filter_map(of).next()
        };
        let Some((one, threshold)) = of(base.instrument).or_else(in_law) else { return };
        let row = one.provisions.get(threshold.provision);
        let verified = row.is_some_and(|row| row.fact.verified);
        base.facts.extend(row.map(|row| Cited::Fact(&row.fact)));
        let (answer, because) = self.penalty(threshold);
        let kind = ConditionKind::PenaltyThreshold;
        base.conditions.push(Condition { kind, answer: answer.said_by(verified), because });
        if threshold.left_months > 0 {
            base.conditions.push(Condition {
                kind: ConditionKind::SentenceLeft,
                answer: Answer::Check,
                because: Reason::SentenceLeft(threshold.left_months),
            });
        }
    }

    fn penalty(&self, threshold: &Threshold) -> (Answer, Reason<'p>) {
        let months = threshold.months;
        let under = |state| self.reaches(state, months);
        match threshold.law {
            WhoseLaw::Requesting => under(self.question.from),
            WhoseLaw::Both => {
                let (here, there) = (under(self.question.from), under(self.question.to));
                if here.0 <= there.0 { here } else { there }
            }
        }
    }

    /// The charged clause itself, where something depends on it.
    fn clause(&self, base: &mut Base<'p>) {
        let Some(clause) = self.question.clause else { return };
        let depends = base.instrument.scope.serious_months > 0
            || self.question.measure == Measure::Extradition;
        if !depends {
            return;
        }
        let offence = clause.offence;
        base.facts.push(Cited::Offence(offence));
        let mapped = self
            .question
            .conduct
            .is_none_or(|conduct| conduct.under(&offence.jurisdiction).contains(&offence.article));
        let law = self.pair.pack.code(offence);
        base.facts.extend(law.map(|law| Cited::Fact(&law.fact)));
        let is_law = law.is_none_or(|law| applies_on(law, self.question.on));
        let because = if !mapped {
            Reason::ClauseNotMapped
        } else if !is_law {
            Reason::ClauseNotYetLaw(self.question.on)
        } else if let Some(other) = offence.only_where_not.first() {
            Reason::OnlyWhereNot(other)
        } else {
            return;
        };
        let kind = ConditionKind::ChargedClause;
        base.conditions.push(Condition { kind, answer: Answer::Check, because });
    }
}
