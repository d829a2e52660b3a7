//! The pack's tables: measures, conducts, offences, figures of time, the minimum of each kind.

use std::collections::BTreeMap;

use model::day::Day;
use model::measure::Measure;
use model::request::RequestKind;

use super::raw::{Common, RawText, Told as _};
use super::raw_tables::{
    RawConduct, RawConducts, RawManifest, RawMeasures, RawMinimum, RawOffence, RawOffences,
    RawOwnElement, RawTiming, RawTimings,
};
use super::reader::Reader;
use crate::advice::Bound;
use crate::fact::PRODUCT;
use crate::fault::Problem;
use crate::pack::{Band, Conduct, MeasureFacts, Offence, OwnElement, Pack, Timing};
use crate::rows::{Element, Level, Side};

/// The schema that this program reads.
pub(super) const SCHEMA: u32 = 1;

/// A pack's name has at most so many bytes.
const MAX_NAME: usize = 200;

/// The table of the file that the reader is in.
pub(super) fn read(reader: &mut Reader, pack: &mut Pack) {
    match reader.file() {
        "conducts.toml" => conducts(reader, pack),
        "measures.toml" => measures(reader, pack),
        "minimum.toml" => minimum(reader, pack),
        "offences.toml" => offences(reader, pack),
        "timings.toml" => timings(reader, pack),
        _ => manifest(reader, pack),
    }
}

fn manifest(reader: &mut Reader, pack: &mut Pack) {
    let Some(raw) = reader.parse::<RawManifest>() else { return };
    if *reader.row(&raw.schema) != SCHEMA {
        reader.wrong(Problem::Unknown, &raw.schema.get_ref().to_string(), &SCHEMA.to_string());
    }
    let made = reader.row(&raw.made).clone();
    pack.made = Day::parse(&made).ok();
    if pack.made.is_none() {
        reader.wrong(Problem::Date, &made, "made");
    }
    if raw.name.trim().is_empty() || raw.name.len() > MAX_NAME {
        reader.wrong(Problem::TooLarge, &raw.name, &MAX_NAME.to_string());
    }
    pack.name = format!("{} {made}", raw.name);
}

fn measures(reader: &mut Reader, pack: &mut Pack) {
    let Some(raw) = reader.parse::<RawMeasures>() else { return };
    pack.measures = reader.each(&raw.measure, |reader, row| {
        let Ok(measure) = Measure::parse(&row.id) else {
            reader.wrong(Problem::Unknown, &row.id, &Measure::ALL.map(Measure::id).join(", "));
            return None;
        };
        Some(MeasureFacts {
            measure,
            name: reader.text(&row.name),
            usual_channel: reader.text(&row.usual_channel),
            planning_unit: row.planning_unit.clone(),
            coercive: row.coercive,
        })
    });
}

fn conducts(reader: &mut Reader, pack: &mut Pack) {
    let Some(raw) = reader.parse::<RawConducts>() else { return };
    pack.conducts = reader.each(&raw.conduct, |reader, row| Some(conduct(reader, row)));
}

fn conduct(reader: &mut Reader, row: &RawConduct) -> Conduct {
    let articles = row.articles.iter().filter(|(_, articles)| !articles.is_empty());
    Conduct {
        id: row.id.clone(),
        name: reader.text(&row.name),
        articles: articles.map(|(whose, articles)| (whose.clone(), articles.clone())).collect(),
        fact: reader.fact(format!("conduct:{}", row.id), &row.told(), &BTreeMap::new(), None),
    }
}

fn offences(reader: &mut Reader, pack: &mut Pack) {
    let Some(raw) = reader.parse::<RawOffences>() else { return };
    pack.codes = reader.each(&raw.law, |_, row| {
        Some((format!("{} {}", row.jurisdiction, row.name), row.instrument.clone()))
    });
    pack.offences =
        reader.each(&raw.offence, |reader, row| Some(offence(reader, row, &raw.sources)));
}

fn offence(reader: &mut Reader, row: &RawOffence, sources: &BTreeMap<String, String>) -> Offence {
    figures(reader, row);
    let parts = [row.jurisdiction.as_str(), row.law.as_str(), row.article.as_str()];
    let named: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let band = |raw: &super::raw_tables::RawBand| Band {
        clause: raw.clause.clone(),
        from_months: raw.from_months,
        to_months: raw.to_months,
        life: raw.life,
        preparation: raw.preparation,
    };
    Offence {
        jurisdiction: row.jurisdiction.clone(),
        law: row.law.clone(),
        article: row.article.clone(),
        name: reader.text(&row.name),
        bands: row.bands.iter().map(band).collect(),
        only_where_not: row.only_where_not.clone(),
        repealed: row.repealed,
        fact: reader.fact(format!("offence:{}", named.join(" ")), &row.told(), sources, None),
    }
}

/// The figures of an offence say the same as its clauses.
fn figures(reader: &mut Reader, row: &RawOffence) {
    if row.bands.iter().any(|band| band.from_months > band.to_months) {
        reader.wrong(Problem::Figures, &row.article, "from_months, to_months");
    }
    let whole = || row.bands.iter().filter(|band| !band.preparation);
    let Some(most) = whole().map(|band| band.to_months).max() else { return };
    let months = |years: Option<f64>| years.map(|years| (years * 12.0).round() as u32);
    let least = whole().map(|band| band.from_months).min();
    let said = [
        ("max_years", months(row.max_years).is_some_and(|months| months != most)),
        ("min_years", row.min_years.is_some() && months(row.min_years) != least),
        ("life", row.life != row.bands.iter().any(|band| band.life)),
        ("reaches_1_year", row.reaches_1_year.is_some_and(|reaches| reaches != (most >= 12))),
        ("reaches_4_years", row.reaches_4_years.is_some_and(|reaches| reaches != (most >= 48))),
    ];
    for (word, _) in said.into_iter().filter(|(_, wrong)| *wrong) {
        reader.wrong(Problem::Figures, &row.article, word);
    }
}

fn timings(reader: &mut Reader, pack: &mut Pack) {
    let Some(raw) = reader.parse::<RawTimings>() else { return };
    pack.timings = reader.each(&raw.timing, |reader, row| Some(timing(reader, row, &raw.sources)));
}

fn timing(reader: &mut Reader, row: &RawTiming, sources: &BTreeMap<String, String>) -> Timing {
    let as_of = reader.day(&row.as_of);
    let words = [("at_least", Bound::AtLeast), ("at_most", Bound::AtMost), ("usual", Bound::Usual)];
    let bound = (!row.bound.is_empty()).then(|| reader.one_of(&row.bound, &words)).flatten();
    if row.low.zip(row.high).is_some_and(|(low, high)| low > high)
        || (bound.is_some() && row.low.or(row.high).is_none())
    {
        reader.wrong(Problem::Figures, &row.id, "low, high");
    }
    Timing {
        id: row.id.clone(),
        low: row.low,
        high: row.high,
        unit: row.unit.clone(),
        bound,
        instrument: None,
        instrument_id: row.instrument.clone(),
        article: row.article.clone(),
        measures: reader.measures(&row.r#for, &[]),
        side: reader.side(&row.side),
        fact: reader.fact(format!("timing:{}", row.id), &row.told(), sources, as_of),
    }
}

/// Figures of time find their instruments, which are read before them.
pub(super) fn tie_timings(reader: &mut Reader, pack: &mut Pack) {
    let place = |id: &str| pack.instruments.iter().position(|instrument| instrument.id == id);
    let places: Vec<Option<usize>> =
        pack.timings.iter().map(|timing| place(&timing.instrument_id)).collect();
    for (timing, place) in pack.timings.iter_mut().zip(places) {
        timing.instrument = place;
        if place.is_none() && !timing.instrument_id.is_empty() {
            reader.enter("timings.toml", "");
            reader.fault(0, Problem::Dangling, &timing.instrument_id, &timing.id);
        }
    }
}

fn minimum(reader: &mut Reader, pack: &mut Pack) {
    let Some(raw) = reader.parse::<RawMinimum>() else { return };
    pack.minimum = reader.each(&raw.element, own_element);
}

fn own_element(reader: &mut Reader, row: &RawOwnElement) -> Option<OwnElement> {
    let Ok(kind) = RequestKind::parse(&row.kind) else {
        reader.wrong(
            Problem::Unknown,
            &row.kind,
            &RequestKind::ALL.map(RequestKind::id).join(", "),
        );
        return None;
    };
    let caveat = RawText::default();
    let told =
        Common { en: &row.en, vi: &row.vi, source: PRODUCT, verified: false, caveat: &caveat };
    let carried: Vec<String> = kind.measures().iter().map(|one| one.id().to_owned()).collect();
    let id = format!("minimum:{kind}:{}", row.id);
    let element = Element {
        id: row.id.clone(),
        article: String::new(),
        level: Level::Required,
        measures: reader.measures(&carried, &row.not_for),
        recommended_for: Vec::new(),
        side: Side::Either,
        when: String::new(),
        undertaking: String::new(),
        fact: reader.fact(id, &told, &BTreeMap::new(), None),
    };
    Some(OwnElement { kind, element })
}
