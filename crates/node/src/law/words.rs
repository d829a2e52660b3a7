//! The law's codes as sentences: reasons, conditions, facts, gaps.

use ::law::advice::{Advice, Base, Cited, Condition, Support};
use ::law::authority::Sought;
use ::law::fact::{Fact, PRODUCT, Text};
use ::law::gap::{ConditionKind, Gap};
use ::law::instrument::Instrument;
use ::law::pack::{Band, Offence, Pack};
use ::law::reason::Reason;
use ::law::rows::{Member, Party, Status};
use ::law::survey::Missing;
use ::law::{Question, advice::Required};
use i18n::{Language, Value};
use model::country::Country;
use model::measure::Measure;

use crate::answer::{
    AlsoAnswer, BaseAnswer, BasisAnswer, ConditionAnswer, DeadlineAnswer, FactAnswer, GapAnswer,
    RefusalAnswer, RequiredAnswer, UndertakingAnswer,
};
use crate::directory::of_pack;

/// Says what the engine answers.
pub(super) struct Words<'p> {
    pub(super) pack: &'p Pack,
    pub(super) language: Language,
}

impl<'p> Words<'p> {
    pub(super) fn basis(&self, question: &Question<'_>, advice: &Advice<'_>) -> BasisAnswer {
        let Question { from, to, on, .. } = *question;
        let conduct = question.conduct;
        let facts = self.pack.measures().iter().find(|row| row.measure == question.measure);
        BasisAnswer {
            answer: advice.answer.id(),
            from: from.to_string(),
            to: to.to_string(),
            conduct: conduct.map(|one| one.id.clone()).unwrap_or_default(),
            conduct_name: conduct.map(|one| self.text(&one.name)).unwrap_or_default(),
            measure: question.measure.id(),
            measure_name: self.measure(question.measure),
            kind: question.kind.id(),
            coercive: facts.is_some_and(|row| row.coercive),
            on: on.to_string(),
            bases: advice.bases.iter().map(|base| self.base(base)).collect(),
            authorities: of_pack(self.pack, &Sought::of(question), self.language),
            required: advice.required.iter().map(|one| self.required(one)).collect(),
            refusal: self.refusal(advice),
            deadlines: self.deadlines(advice),
            undertakings: self.undertakings(advice),
            rules: self.rules(advice),
            gaps: advice.gaps.iter().map(|gap| self.gap(from, to, gap)).collect(),
            unverified: advice.unverified.iter().map(|fact| fact.id.clone()).collect(),
            pack: advice.pack.to_string(),
        }
    }

    pub(super) fn text(&self, text: &Text) -> String {
        match self.language {
            Language::Vi => text.vi.clone(),
            Language::En => text.en.clone(),
        }
    }

    pub(super) fn measure(&self, measure: Measure) -> String {
        let row = self.pack.measures().iter().find(|row| row.measure == measure);
        row.map_or_else(|| measure.id().to_owned(), |row| self.text(&row.name))
    }

    fn say(&self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        i18n::text_with(self.language, key, values)
    }

    fn country(&self, state: Country) -> String {
        i18n::country(self.language, state)
    }

    fn base(&self, base: &Base<'_>) -> BaseAnswer {
        BaseAnswer {
            instrument: base.instrument.id.clone(),
            title: self.text(&base.instrument.title),
            article: base.article.map(str::to_owned),
            lead: base.lead,
            answer: base.answer.id(),
            because: base.because.iter().map(|reason| self.reason(reason)).collect(),
            conditions: base.conditions.iter().map(|one| self.condition(one)).collect(),
            facts: self.facts(base),
        }
    }

    /// The facts of a base, each once.
    fn facts(&self, base: &Base<'_>) -> Vec<FactAnswer> {
        let mut facts: Vec<FactAnswer> = Vec::new();
        for cited in &base.facts {
            let fact = cited.fact();
            if !facts.iter().any(|shown| shown.id == fact.id) {
                facts.push(self.fact(cited));
            }
        }
        if base.support == Support::OwnKind && base.instrument.is_treaty() {
            facts.push(self.own_kind());
        }
        facts
    }

    /// A rule of our own: what such a treaty is about without an article that was read.
    fn own_kind(&self) -> FactAnswer {
        FactAnswer {
            id: "product:own-kind".to_owned(),
            text: self.reason(&Reason::OwnKind),
            verified: true,
            source: PRODUCT.to_owned(),
            as_of: None,
            caveat: String::new(),
        }
    }

    fn fact(&self, cited: &Cited<'_>) -> FactAnswer {
        let fact: &Fact = cited.fact();
        let text = match cited {
            Cited::Party(party) => self.party(party),
            Cited::Offence(offence) => self.offence(offence),
            Cited::Fact(fact) => self.text(&fact.text),
        };
        FactAnswer {
            id: fact.id.clone(),
            text,
            verified: fact.verified,
            source: fact.source.clone(),
            as_of: fact.as_of.map(|day| day.to_string()),
            caveat: self.text(&fact.caveat),
        }
    }

    fn party(&self, party: &Party) -> String {
        let state = match &party.member {
            Member::State(state) => self.country(*state),
            Member::Organisation(name) => name.clone(),
        };
        let status = match party.status {
            Status::Party => "law-status-party",
            Status::Signatory => "law-status-signatory",
            Status::None => "law-status-none",
        };
        let status = i18n::text(self.language, status);
        let mut values = vec![("state", (&state).into()), ("status", (&status).into())];
        let day = party.since.map(|day| i18n::day(self.language, day));
        let said = match &day {
            Some(day) => {
                values.push(("day", day.into()));
                self.say("law-fact-party-since", &values)
            }
            None => self.say("law-fact-party", &values),
        };
        match self.text(&party.fact.text) {
            note if note.is_empty() => said,
            note => format!("{said}; {note}"),
        }
    }

    fn offence(&self, offence: &Offence) -> String {
        let band = |band: &Band| {
            let key = if band.life { "law-band-life" } else { "law-band" };
            let months = i64::from(band.to_months);
            self.say(key, &[("clause", (&band.clause).into()), ("months", months.into())])
        };
        let bands: Vec<String> = offence.bands.iter().map(band).collect();
        let (name, bands) = (self.text(&offence.name), bands.join("; "));
        let law = format!("{} {}", offence.jurisdiction, offence.law);
        let values = [
            ("law", law.trim().into()),
            ("article", (&offence.article).into()),
            ("name", (&name).into()),
            ("bands", (&bands).into()),
        ];
        self.say("law-fact-offence", &values)
    }

    fn condition(&self, condition: &Condition<'_>) -> ConditionAnswer {
        ConditionAnswer {
            condition: condition.kind.id(),
            name: self.condition_name(condition.kind),
            answer: condition.answer.id(),
            because: self.reason(&condition.because),
        }
    }

    fn condition_name(&self, kind: ConditionKind) -> String {
        let id = kind.id().replace('_', "-");
        i18n::text(self.language, &format!("law-condition-{id}"))
    }

    pub(super) fn reason(&self, reason: &Reason<'_>) -> String {
        let parts = reason.parts();
        let state = parts.state.map(|state| self.country(state)).unwrap_or_default();
        let day = parts.day.map(|day| i18n::day(self.language, day)).unwrap_or_default();
        let cited = parts.cited.map(|cited| self.cited(cited)).unwrap_or_default();
        let months = i64::from(parts.months.unwrap_or_default());
        let values = [
            ("state", (&state).into()),
            ("day", (&day).into()),
            ("cited", (&cited).into()),
            ("months", months.into()),
        ];
        self.say(&format!("law-reason-{}", parts.id), &values)
    }

    /// An instrument by its name, a conduct by its name and articles, an article as it is cited.
    fn cited(&self, cited: &str) -> String {
        if let Some(one) = self.pack.instrument(cited) {
            return self.text(&one.title);
        }
        let Some(conduct) = self.pack.conduct(cited) else { return cited.to_owned() };
        let listed =
            |(whose, articles): &(String, Vec<String>)| format!("{whose} {}", articles.join(", "));
        let articles: Vec<String> = conduct.articles.iter().map(listed).collect();
        format!("{} ({})", self.text(&conduct.name), articles.join("; "))
    }

    fn required(&self, one: &Required<'_>) -> RequiredAnswer {
        let when = match one.element.when.as_str() {
            "" => String::new(),
            when => i18n::text(self.language, &format!("law-when-{}", when.replace('_', "-"))),
        };
        RequiredAnswer {
            element: one.element.id.clone(),
            level: one.level.id(),
            article: one.article().map(str::to_owned),
            instrument: one.instrument_id().to_owned(),
            text: self.text(&one.element.fact.text),
            when,
            verified: one.element.fact.verified,
            source: one.element.fact.source.clone(),
        }
    }

    fn refusal(&self, advice: &Advice<'_>) -> Vec<RefusalAnswer> {
        let said = advice.refusal.iter().map(|one| RefusalAnswer {
            ground: one.ground.id.clone(),
            force: one.force.id(),
            article: one.ground.article.clone(),
            instrument: one.instrument.id.clone(),
            text: self.text(&one.ground.fact.text),
            verified: one.ground.fact.verified,
        });
        said.collect()
    }

    fn deadlines(&self, advice: &Advice<'_>) -> Vec<DeadlineAnswer> {
        let said = advice.deadlines.iter().map(|one| DeadlineAnswer {
            what: one.timing.id.clone(),
            value: one.value(),
            unit: one.timing.unit.clone(),
            article: one.timing.article.clone(),
            bound: one.bound.id(),
            instrument: one.instrument.map(|one| one.id.clone()),
            text: self.text(&one.timing.fact.text),
            verified: one.timing.fact.verified,
        });
        said.collect()
    }

    fn undertakings(&self, advice: &Advice<'_>) -> Vec<UndertakingAnswer> {
        let said = advice.undertakings.iter().map(|one| UndertakingAnswer {
            undertaking: one.id.to_owned(),
            article: one.article.to_owned(),
            instrument: one.instrument.id.clone(),
            text: self.text(&one.fact.text),
            verified: one.fact.verified,
        });
        said.collect()
    }

    fn rules(&self, advice: &Advice<'_>) -> Vec<AlsoAnswer> {
        let said = advice.rules.iter().map(|rule| AlsoAnswer {
            topic: rule.provision.topic.clone(),
            article: rule.provision.article.clone(),
            instrument: rule.instrument.id.clone(),
            text: self.text(&rule.provision.fact.text),
            verified: rule.provision.fact.verified,
        });
        said.collect()
    }

    pub(super) fn gap(&self, from: Country, to: Country, gap: &Gap<'_>) -> GapAnswer {
        let title = |one: &Instrument| self.text(&one.title);
        let (instrument, state, condition, reason) = match gap {
            Gap::NotInForce(one)
            | Gap::Unverified(one)
            | Gap::NoProvision(one)
            | Gap::OnlyBest(one) => (title(one), None, None, None),
            Gap::Condition(one, kind, reason) => (title(one), None, Some(*kind), Some(*reason)),
            Gap::Reservation(one, state) => (title(one), Some(*state), None, None),
            _ => (String::new(), None, None, None),
        };
        let state = state.map(|state| self.country(state)).unwrap_or_default();
        let condition = condition.map(|kind| self.condition_name(kind)).unwrap_or_default();
        let reason = reason.map(|reason| self.reason(&reason)).unwrap_or_default();
        let (from, to) = (self.country(from), self.country(to));
        let values = [
            ("from", (&from).into()),
            ("to", (&to).into()),
            ("instrument", (&instrument).into()),
            ("state", (&state).into()),
            ("condition", (&condition).into()),
            ("reason", (&reason).into()),
        ];
        let key = format!("law-gap-{}", gap.id().replace('_', "-"));
        let text = self.say(&key, &values);
        let measure_name = String::new();
        GapAnswer { partner: None, measure: None, measure_name, answer: None, what: gap.id(), text }
    }

    pub(super) fn missing(&self, country: Country, one: &Missing<'_>) -> GapAnswer {
        let gap = self.gap(country, one.partner, &one.gap);
        GapAnswer {
            partner: Some(one.partner.to_string()),
            measure: Some(one.measure.id()),
            measure_name: self.measure(one.measure),
            answer: Some(one.answer.id()),
            ..gap
        }
    }
}
