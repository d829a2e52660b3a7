//! `demo`: the journey so far on made-up data: complaints in, rings and money out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use formats::open::Source;
use graph::trace::Rule;
use i18n::Language;
use model::agency::AgencyKind;
use model::country::Country;
use model::money::{Currency, Money};
use node::answer::{RingsAnswer, TraceAnswer};
use node::chart::Subject;
use node::import::Import;
use node::node::Node;
use node::trace::{Asked, Seeds};
use serde::Serialize;
use store::error::StoreError;
use store::files::FileSource;

use crate::failure::Failure;
use crate::terminal::{DONE, ExitStatus, Terminal};
use crate::{demo_folder, show, wiring};

/// The bundled files; `demo/README.md` names their sources and licences.
pub(crate) const FILES: [(&str, &[u8]); 5] = [
    ("complaints.csv", include_bytes!("../demo/complaints.csv")),
    ("accounts.csv.gz", include_bytes!("../demo/accounts.csv.gz")),
    ("transactions.csv.gz", include_bytes!("../demo/transactions.csv.gz")),
    ("misp-stalkerware.json.gz", include_bytes!("../demo/misp-stalkerware.json.gz")),
    ("stix-poisonivy.json.gz", include_bytes!("../demo/stix-poisonivy.json.gz")),
];
/// Marks a folder that a demo made, so that the next demo may empty it.
pub(crate) const MARK: &str = ".lienket-demo";

/// The officer in whose name the demo acts.
const BY: &str = "first";

/// What was done, for a machine.
#[derive(Default, Serialize)]
struct Story {
    dir: String,
    steps: Vec<Step>,
    rings: usize,
    hookups: usize,
    written: Vec<String>,
}

#[derive(Serialize)]
struct Step {
    step: String,
    seconds: f64,
}

/// Tells the story as it happens.
struct Teller {
    language: Language,
    is_json: bool,
    story: Story,
    since: Instant,
}

/// Walks the journey in a folder of its own.
pub(crate) fn demo(dir: &Path, is_json: bool, language: Language) -> Result<ExitStatus, Failure> {
    make_room(dir)?;
    let mut teller = Teller {
        language,
        is_json,
        story: Story { dir: dir.display().to_string(), ..Story::default() },
        since: now(),
    };
    teller.say(&i18n::text(language, "demo-welcome"));
    let home = dir.join("node");
    let agency = i18n::text(language, "demo-agency");
    let (open, _) = wiring::init(&home, &agency, Country::VN, AgencyKind::Police, language)?;
    let mut node = open.node;
    teller.step("demo-step-node", &[("home", &home.display().to_string())]);
    import(&mut node, dir, &mut teller)?;
    let rings = node.rings(BY, None, language)?;
    tell_rings(&rings, &mut teller);
    let (seeds, rules) = (Seeds::AllComplaints, Rule::ALL.to_vec());
    let trace =
        node.trace(BY, None, &Asked { seeds, rules, backward: false, openings: Vec::new() })?;
    tell_money(&trace, &mut teller);
    draw(&mut node, dir, &rings, &mut teller)?;
    let home = home.display().to_string();
    let phone = i18n::text_with(language, "demo-next", &[("home", home.as_str().into())]);
    teller.say(&phone);
    if is_json {
        Terminal::Own.json(&teller.story);
    }
    Ok(DONE)
}

/// Empties a folder that an earlier demo made and nobody used since; any other must be empty.
fn make_room(dir: &Path) -> Result<(), Failure> {
    if dir.join(MARK).exists() {
        // Held until the folder is gone: nobody works in that node meanwhile.
        let _home = demo_folder::check(dir)?;
        fs::remove_dir_all(dir).map_err(Failure::file(dir))?;
    }
    if fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(StoreError::NotEmpty(dir.display().to_string()).into());
    }
    fs::create_dir_all(dir.join("files")).map_err(Failure::file(dir))?;
    let mark = dir.join(MARK);
    fs::write(&mark, "").map_err(Failure::file(&mark))
}

fn import(node: &mut Node, dir: &Path, teller: &mut Teller) -> Result<(), Failure> {
    let mut sources = Vec::new();
    for (name, bytes) in FILES {
        let path = dir.join("files").join(name);
        fs::write(&path, bytes).map_err(Failure::file(&path))?;
        sources.push(FileSource::named(&path, name));
    }
    let sources: Vec<&dyn Source> = sources.iter().map(|source| source as &dyn Source).collect();
    let answer = node.import(BY, &Import::default(), &sources, teller.language)?;
    let rows: u64 = answer.files.iter().map(|file| file.accepted).sum();
    let rows = i18n::number(teller.language, i64::try_from(rows).unwrap_or(i64::MAX));
    teller.step("demo-step-import", &[("rows", &rows)]);
    for file in &answer.files {
        let kind = file.kind.map(|kind| i18n::text(teller.language, &format!("kind-{kind}")));
        let accepted = i18n::number(teller.language, i64::try_from(file.accepted).unwrap_or(0));
        teller.say(&format!(
            "      {:<26} {:>7}  {}",
            file.path,
            accepted,
            kind.unwrap_or_default()
        ));
    }
    Ok(())
}

fn tell_rings(rings: &RingsAnswer, teller: &mut Teller) {
    let accounts: usize = rings.rings.iter().map(|ring| ring.accounts.len()).sum();
    let countries: BTreeSet<Country> =
        rings.rings.iter().flat_map(|ring| ring.countries.iter().copied()).collect();
    let count = |count: usize| i18n::number(teller.language, count as i64);
    let values = [
        ("rings", count(rings.rings.len())),
        ("accounts", count(accounts)),
        ("countries", count(countries.len())),
        ("hookups", count(rings.hookups.len())),
    ];
    let values: Vec<(&str, &str)> =
        values.iter().map(|(key, value)| (*key, value.as_str())).collect();
    teller.step("demo-step-rings", &values);
    teller.say(&show::summary(&rings.rings, teller.language));
    teller.story.rings = rings.rings.len();
    teller.story.hookups = rings.hookups.len();
}

fn tell_money(trace: &TraceAnswer, teller: &mut Teller) {
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

fn draw(
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

impl Teller {
    /// Tells what was just done, with the time since the last step.
    fn step(&mut self, key: &str, values: &[(&str, &str)]) {
        let seconds = self.since.elapsed().as_secs_f64();
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, (*value).into())).collect();
        let told = i18n::text_with(self.language, key, &values);
        self.say(&format!("\n{seconds:6.2} s  {told}"));
        self.story.steps.push(Step { step: told, seconds: (seconds * 1_000.0).round() / 1_000.0 });
        self.since = now();
    }

    fn say(&self, line: &str) {
        if !self.is_json {
            Terminal::Own.text(&format!("{line}\n"));
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the demo says how long each step took")]
fn now() -> Instant {
    Instant::now()
}
