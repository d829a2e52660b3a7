//! The pack's tables as TOML has them: measures, conducts, offences, figures of time, the minimum.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::raw::{Common, RawText, Told, told_by};

told_by! { RawConduct: r#match, RawOffence: name, RawTiming: what, }

/// `pack.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawManifest {
    pub(super) schema: Spanned<u32>,
    pub(super) name: String,
    pub(super) made: Spanned<String>,
}

/// `measures.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMeasures {
    pub(super) measure: Vec<Spanned<RawMeasure>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMeasure {
    pub(super) id: String,
    pub(super) name: RawText,
    pub(super) usual_channel: RawText,
    pub(super) planning_unit: String,
    pub(super) coercive: bool,
}

/// `conducts.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawConducts {
    pub(super) conduct: Vec<Spanned<RawConduct>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawConduct {
    pub(super) id: String,
    pub(super) name: RawText,
    pub(super) articles: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub(super) r#match: RawText,
    pub(super) source: String,
    pub(super) verified: bool,
    #[serde(default)]
    pub(super) caveat: RawText,
}

/// `offences.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOffences {
    pub(super) law: Vec<Spanned<RawLaw>>,
    pub(super) offence: Vec<Spanned<RawOffence>>,
    #[serde(default)]
    pub(super) sources: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLaw {
    pub(super) jurisdiction: String,
    pub(super) name: String,
    pub(super) instrument: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOffence {
    pub(super) jurisdiction: String,
    #[serde(default)]
    pub(super) law: String,
    pub(super) article: String,
    pub(super) name: RawText,
    pub(super) max_years: Option<f64>,
    pub(super) min_years: Option<f64>,
    #[serde(default)]
    pub(super) life: bool,
    #[serde(default)]
    pub(super) bands: Vec<RawBand>,
    pub(super) reaches_1_year: Option<bool>,
    pub(super) reaches_4_years: Option<bool>,
    #[serde(default)]
    pub(super) only_where_not: Vec<String>,
    #[serde(default)]
    pub(super) repealed: bool,
    pub(super) source: String,
    pub(super) verified: bool,
    #[serde(default)]
    pub(super) caveat: RawText,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBand {
    pub(super) clause: String,
    pub(super) from_months: u32,
    pub(super) to_months: u32,
    #[serde(default)]
    pub(super) life: bool,
    #[serde(default)]
    pub(super) preparation: bool,
}

/// `timings.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTimings {
    pub(super) timing: Vec<Spanned<RawTiming>>,
    #[serde(default)]
    pub(super) sources: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTiming {
    pub(super) id: String,
    pub(super) what: RawText,
    pub(super) low: Option<u32>,
    pub(super) high: Option<u32>,
    pub(super) unit: String,
    #[serde(default)]
    pub(super) bound: String,
    #[serde(default)]
    pub(super) instrument: String,
    pub(super) article: Option<String>,
    #[serde(default)]
    pub(super) r#for: Vec<String>,
    #[serde(default)]
    pub(super) side: String,
    pub(super) source: String,
    #[serde(default)]
    pub(super) as_of: String,
    pub(super) verified: bool,
    #[serde(default)]
    pub(super) caveat: RawText,
}

/// `minimum.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMinimum {
    pub(super) element: Vec<Spanned<RawOwnElement>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOwnElement {
    pub(super) kind: String,
    pub(super) id: String,
    #[serde(default)]
    pub(super) not_for: Vec<String>,
    pub(super) en: String,
    pub(super) vi: String,
}
