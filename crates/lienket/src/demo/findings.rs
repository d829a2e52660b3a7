//! What the first node of the demo finds on its own: rings, money, charts and reports.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use i18n::Language;
use model::country::Country;
use model::money::{Currency, Money};
use node::answer::{RingsAnswer, TraceAnswer};
use node::chart::Subject;
use node::node::Node;

use super::{BY, Teller};
use crate::failure::Failure;
use crate::show;

pub(super) fn rings(rings: &RingsAnswer, teller: &mut Teller) {
    let accounts: usize = rings.rings.iter().map(|ring| ring.accounts.len()).sum();
    let countries: BTreeSet<Country> =
        rings.rings.iter().flat_map(|ring| ring.countries.iter().copied()).collect();
    let values = [
        ("rings", rings.rings.len()),
        ("accounts", accounts),
        ("countries", countries.len()),
        ("hookups", rings.hookups.len()),
    ];
    teller.step("demo-step-rings", &values);
    teller.say(&show::summary(&rings.rings, teller.language));
    teller.story.rings = rings.rings.len();
    teller.story.hookups = rings.hookups.len();
}

pub(super) fn money(trace: &TraceAnswer, teller: &mut Teller) {
    let language = teller.language;
    teller.step("demo-step-money", &[("rules", &i18n::number(language, trace.rules.len() as i64))]);
    let mut countries: BTreeMap<String, BTreeMap<&str, i64>> = BTreeMap::new();
    for (name, rule) in trace.rules.iter().filter(|(name, _)| **name != "poison") {
        for resting in &rule.resting {
            let country = resting.country.map_or_else(
                || i18n::text(language, "country-unknown"),
                |country| i18n::country(language, country),
            );
            let cents = resting.tainted_usd.map_or(0, |usd| usd.amount_minor);
            *countries.entry(country).or_default().entry(name).or_default() += cents;
        }
    }
    let mut lines: Vec<(i64, i64, String)> = countries
        .into_iter()
        .map(|(country, sums)| {
            let rules = trace.rules.len() - 1;
            let high = sums.values().copied().max().unwrap_or(0);
            let low = sums.values().copied().min().filter(|_| sums.len() == rules).unwrap_or(0);
            (high, low, country)
        })
        .collect();
    lines.sort_unstable_by(|a, b| b.cmp(a));
    let usd = |cents: i64| i18n::money(language, &Money::new(cents, Currency::USD));
    for (high, low, country) in lines {
        teller.say(&format!("      {country:<24} {:>18} – {:>18}", usd(low), usd(high)));
    }
}

pub(super) fn draw(
    node: &mut Node,
    dir: &Path,
    rings: &RingsAnswer,
    teller: &mut Teller,
) -> Result<(), Failure> {
    let mut written: Vec<PathBuf> = Vec::new();
    let mut write = |name: String, text: String| -> Result<(), Failure> {
        let path = dir.join(name);
        fs::write(&path, text).map_err(Failure::file(&path))?;
        written.push(path);
        Ok(())
    };
    for ring in &rings.rings {
        let subject = Subject::Ring(ring.id.clone());
        write(format!("{}.svg", ring.id), node.chart(BY, None, &subject, teller.language)?)?;
    }
    let case = node.case(None)?.reference.clone();
    for language in Language::all() {
        let tag = language.as_str();
        let whole = Subject::Case(case.clone());
        write(format!("case.{tag}.html"), node.report(BY, None, &whole, true, language)?)?;
        if let Some(first) = rings.rings.first() {
            let subject = Subject::Ring(first.id.clone());
            let name = format!("{}.{tag}.html", first.id);
            write(name, node.report(BY, None, &subject, true, language)?)?;
        }
    }
    let count = i18n::number(teller.language, written.len() as i64);
    teller.step("demo-step-paper", &[("count", &count), ("dir", &dir.display().to_string())]);
    teller.story.written = written.iter().map(|path| path.display().to_string()).collect();
    for path in teller.story.written.clone() {
        teller.say(&format!("      {path}"));
    }
    Ok(())
}
