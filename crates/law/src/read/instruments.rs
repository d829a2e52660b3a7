//! Files of `instruments/`: one treaty, law or channel each.

use model::measure::Measure;

use super::raw::{
    RawElement, RawEnded, RawGround, RawInstrument, RawParty, RawProvision, RawReservation, Told,
};
use super::reader::Reader;
use crate::fact::Fact;
use crate::fault::Problem;
use crate::instrument::{Instrument, InstrumentKind};
use crate::rows::{
    Element, Ended, Force, Ground, Level, Member, Paragraphs, Party, Provision, Reservation, Scope,
    Status, Threshold, WhoseLaw,
};

/// The words for kinds of instrument.
const KINDS: [(&str, InstrumentKind); 8] = [
    ("bilateral-mla", InstrumentKind::BilateralMla),
    ("bilateral-extradition", InstrumentKind::BilateralExtradition),
    ("multilateral", InstrumentKind::Multilateral),
    ("national", InstrumentKind::National),
    ("principle", InstrumentKind::Principle),
    ("channel", InstrumentKind::Channel),
    ("bilateral-case-memo", InstrumentKind::CaseMemo),
    ("practice", InstrumentKind::Practice),
];

/// The instrument of the file that the reader is in.
pub(super) fn read(reader: &mut Reader, stem: &str) -> Option<Instrument> {
    let raw: RawInstrument = reader.parse()?;
    let id = reader.row(&raw.id).clone();
    if format!("{id}.toml") != stem || id.is_empty() {
        reader.wrong(Problem::Unknown, &id, stem);
    }
    let kind = reader.row(&raw.kind).clone();
    let kind = reader.one_of(&kind, &KINDS)?;
    let as_of = reader.day(&raw.as_of);
    let fact = reader.fact(id.clone(), &raw.told(), &raw.sources, as_of);
    let mut found = Instrument {
        title: reader.text(&raw.title),
        country: (!raw.country.is_empty()).then(|| reader.country(&raw.country)).flatten(),
        signed: reader.day(&raw.signed),
        in_force: reader.day(&raw.in_force),
        in_force_by: reader.day(&raw.in_force_by),
        not_in_force: raw.not_in_force,
        ended: reader.day(&raw.ended),
        closed: raw.closed,
        own_kind: reader.measures(&raw.own_kind, &[]),
        excludes: reader.measures(&raw.excludes, &[]),
        model_for: reader.measures(&raw.model_for, &[]),
        yields: raw.yields.as_ref().map(|raw| Paragraphs {
            article: raw.article,
            from: raw.from,
            to: raw.to,
        }),
        displaces: raw.displaces,
        chapter_of: (!raw.chapter_of.is_empty()).then(|| raw.chapter_of.clone()),
        scope: scope(reader, &raw),
        threshold: None,
        fact,
        parties: Vec::new(),
        provisions: Vec::new(),
        elements: Vec::new(),
        grounds: Vec::new(),
        reservations: Vec::new(),
        ends: Vec::new(),
        conflicts: Vec::new(),
        kind,
        id,
    };
    rows(reader, &raw, &mut found);
    found.threshold = threshold(reader, &raw, &found);
    Some(found)
}

fn rows(reader: &mut Reader, raw: &RawInstrument, found: &mut Instrument) {
    let rows = Rows { raw, id: found.id.clone(), as_of: found.fact.as_of };
    found.parties = reader.each(&raw.party, |reader, row| rows.party(reader, row));
    found.provisions = reader.each(&raw.provision, |reader, row| Some(rows.provision(reader, row)));
    found.elements = reader.each(&raw.element, |reader, row| rows.element(reader, row));
    found.grounds = reader.each(&raw.ground, |reader, row| rows.ground(reader, row));
    found.reservations = reader.each(&raw.reservation, |reader, row| rows.reservation(reader, row));
    found.ends = reader.each(&raw.ended_articles, |reader, row| rows.ended(reader, row));
    let mut place = 0;
    found.conflicts = reader.each(&raw.conflict, |reader, row| {
        place += 1;
        Some(rows.fact(reader, &format!("conflict-{place}"), row))
    });
}

fn scope(reader: &mut Reader, raw: &RawInstrument) -> Scope {
    Scope {
        organised: raw.scope.organised,
        serious_months: raw.scope.serious_months,
        conducts: raw.scope.conducts.clone(),
        corruption_only: raw.scope.corruption_only,
        own_offences_for: reader.measures(&raw.scope.own_offences_for, &[]),
    }
}

fn threshold(reader: &mut Reader, raw: &RawInstrument, found: &Instrument) -> Option<Threshold> {
    let raw = reader.row(raw.threshold.as_ref()?);
    let words = [("both", WhoseLaw::Both), ("requesting", WhoseLaw::Requesting)];
    let law = reader.one_of(&raw.law, &words)?;
    let Some(provision) = found.provisions.iter().position(|one| one.article == raw.article) else {
        reader.wrong(Problem::Dangling, &raw.article, &found.id);
        return None;
    };
    Some(Threshold { months: raw.months, law, left_months: raw.left_months, provision })
}

/// Reads rows of one file.
struct Rows<'r> {
    raw: &'r RawInstrument,
    id: String,
    as_of: Option<model::day::VagueDay>,
}

impl Rows<'_> {
    fn fact(&self, reader: &mut Reader, rest: &str, row: &dyn Told) -> Fact {
        reader.fact(format!("{}:{rest}", self.id), &row.told(), &self.raw.sources, self.as_of)
    }

    fn party(&self, reader: &mut Reader, row: &RawParty) -> Option<Party> {
        let member = match row.member.as_str() {
            "EU" => Member::Organisation("EU".to_owned()),
            code => Member::State(reader.country(code)?),
        };
        let words =
            [("party", Status::Party), ("signatory", Status::Signatory), ("none", Status::None)];
        let status = reader.one_of(&row.status, &words)?;
        Some(Party {
            member,
            status,
            since: reader.day(&row.since),
            true_by: reader.day(&row.true_by),
            fact: self.fact(reader, &row.member, row),
        })
    }

    fn provision(&self, reader: &mut Reader, row: &RawProvision) -> Provision {
        Provision {
            article: row.article.clone(),
            topic: row.topic.clone(),
            measure: Measure::parse(&row.topic).ok(),
            may_cover: reader.measures(&row.may_cover, &[]),
            about: row.about.as_ref().map(|words| reader.measures(words, &[])),
            side: reader.side(&row.side),
            undertaking: row.undertaking.clone(),
            fact: self.fact(reader, &format!("{}:{}", row.article, row.topic), row),
        }
    }

    fn element(&self, reader: &mut Reader, row: &RawElement) -> Option<Element> {
        let words = [("required", Level::Required), ("recommended", Level::Recommended)];
        let level = reader.one_of(&row.level, &words)?;
        let rest = format!("{}:{}:{}", row.article, row.id, row.r#for.join("+"));
        let recommended_for = reader.measures(&row.recommended_for, &[]);
        let mut measures = reader.measures(&row.r#for, &row.not_for);
        measures.extend(
            recommended_for
                .iter()
                .filter(|one| !measures.contains(one))
                .copied()
                .collect::<Vec<_>>(),
        );
        Some(Element {
            id: row.id.clone(),
            article: row.article.clone(),
            level,
            measures,
            recommended_for,
            side: reader.side(&row.side),
            when: row.when.clone(),
            undertaking: row.undertaking.clone(),
            fact: self.fact(reader, &rest, row),
        })
    }

    fn ground(&self, reader: &mut Reader, row: &RawGround) -> Option<Ground> {
        let words = [
            ("mandatory", Force::Mandatory),
            ("optional", Force::Optional),
            ("forbidden", Force::Forbidden),
            ("duty", Force::Duty),
        ];
        Some(Ground {
            force: reader.one_of(&row.force, &words)?,
            id: row.id.clone(),
            article: row.article.clone(),
            measures: reader.measures(&row.r#for, &row.not_for),
            side: reader.side(&row.side),
            undertaking: row.undertaking.clone(),
            fact: self.fact(reader, &format!("{}:refusal:{}", row.article, row.id), row),
        })
    }

    fn reservation(&self, reader: &mut Reader, row: &RawReservation) -> Option<Reservation> {
        let state = reader.country(&row.state)?;
        let rest = format!("{state}:reservation:{}", row.article);
        Some(Reservation {
            state,
            article: row.article.clone(),
            topic: row.topic.clone(),
            shuts: reader.measures(&row.shuts, &[]),
            fact: self.fact(reader, &rest, row),
        })
    }

    fn ended(&self, reader: &mut Reader, row: &RawEnded) -> Option<Ended> {
        let Some(on) = reader.day(&row.on) else {
            reader.wrong(Problem::Date, &row.articles, "on");
            return None;
        };
        Some(Ended {
            articles: row.articles.clone(),
            on,
            measures: reader.measures(&row.measures, &[]),
            fact: self.fact(reader, &format!("{}:ended", row.articles), row),
        })
    }
}
