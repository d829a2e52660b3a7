//! `demo`: the journey so far on made-up data, between three nodes on this machine: complaints in,
//! rings and money out, then cards, messages and what proves them.

mod findings;
mod folder;
mod matching;
mod parts;
mod requests;
mod together;

use std::fs;
use std::path::Path;
use std::time::Instant;

use formats::open::Source;
use graph::trace::Rule;
use i18n::Language;
use model::agency::AgencyKind;
use model::country::Country;
use node::import::Import;
use node::trace::{Asked, Seeds};
use serde::Serialize;
use store::error::StoreError;
use store::files::FileSource;

use crate::failure::Failure;
use crate::terminal::{DONE, ExitStatus, Terminal};
use crate::wiring::{self, OpenNode};

/// Marks a folder that a demo made, so that the next demo may empty it; holds how many events each
/// node had when the demo was over.
const MARK: &str = ".lienket-demo";
/// The officer in whose name the demo acts.
const BY: &str = "first";

/// What was done, for a machine.
#[derive(Default, Serialize)]
struct Story {
    dir: String,
    steps: Vec<Step>,
    rings: usize,
    hookups: usize,
    /// Messages that went between the nodes and were accepted.
    messages: usize,
    /// What nodes found that the others know too.
    hits: usize,
    /// Requests that were drawn up.
    requests: usize,
    /// Whether the bundle was valid, and whether a flipped bit in it was found.
    bundle_valid: bool,
    flipped_bit_found: bool,
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

/// One of the three agencies.
struct Agency {
    country: Country,
    open: OpenNode,
}

impl Agency {
    /// The name of its home in the demo's folder.
    fn folder(country: Country) -> String {
        country.to_string().to_lowercase()
    }
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
    let mut agencies = Vec::new();
    for country in parts::COUNTRIES {
        let name = i18n::text(language, &format!("demo-agency-{}", Agency::folder(country)));
        let home = dir.join(Agency::folder(country));
        let (open, _) = wiring::init(&home, &name, country, AgencyKind::Police, language)?;
        agencies.push(Agency { country, open });
    }
    teller.step("demo-step-nodes", &[("dir", &dir.display().to_string())]);
    import(&mut agencies, dir, &mut teller)?;
    let Some(first) = agencies.first_mut() else { return Ok(DONE) };
    let node = &mut first.open.node;
    let rings = node.rings(BY, None, language)?;
    findings::rings(&rings, &mut teller);
    let (seeds, rules) = (Seeds::AllComplaints, Rule::ALL.to_vec());
    let trace =
        node.trace(BY, None, &Asked { seeds, rules, backward: false, openings: Vec::new() })?;
    findings::money(&trace, &mut teller);
    findings::draw(node, dir, &rings, &mut teller)?;
    together::together(&mut agencies, dir, &rings, &mut teller)?;
    let home = dir.join("vn").display().to_string();
    let next = i18n::text_with(language, "demo-next", &[("home", home.as_str().into())]);
    teller.say(&next);
    if is_json {
        Terminal::Own.json(&teller.story);
    }
    folder::finish(dir, &agencies)?;
    Ok(DONE)
}

/// Empties a folder that an earlier demo made and nobody used since; any other must be empty.
fn make_room(dir: &Path) -> Result<(), Failure> {
    if dir.join(MARK).exists() {
        // Held until the folder is gone: nobody works in those nodes meanwhile.
        let _homes = folder::check(dir)?;
        fs::remove_dir_all(dir).map_err(Failure::file(dir))?;
    }
    if fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(StoreError::NotEmpty(dir.display().to_string()).into());
    }
    fs::create_dir_all(dir).map_err(Failure::file(dir))?;
    let mark = dir.join(MARK);
    fs::write(&mark, "").map_err(Failure::file(&mark))
}

/// Each imports what its own country has.
fn import(agencies: &mut [Agency], dir: &Path, teller: &mut Teller) -> Result<(), Failure> {
    let (mut rows, mut lines) = (0, Vec::new());
    for Agency { country, open } in agencies {
        let folder = dir.join("files").join(Agency::folder(*country));
        fs::create_dir_all(&folder).map_err(Failure::file(&folder))?;
        let mut sources = Vec::new();
        for (name, bytes) in parts::files(*country) {
            let path = folder.join(name);
            fs::write(&path, bytes).map_err(Failure::file(&path))?;
            sources.push(FileSource::named(&path, name));
        }
        let sources: Vec<&dyn Source> =
            sources.iter().map(|source| source as &dyn Source).collect();
        let answer = open.node.import(BY, &Import::default(), &sources, teller.language)?;
        for file in &answer.files {
            let kind = file.kind.map(|kind| i18n::text(teller.language, &format!("kind-{kind}")));
            let accepted = i18n::number(teller.language, i64::try_from(file.accepted).unwrap_or(0));
            let (path, kind) = (&file.path, kind.unwrap_or_default());
            lines.push(format!("      {country}  {path:<26} {accepted:>7}  {kind}"));
            rows += file.accepted;
        }
    }
    let rows = i18n::number(teller.language, i64::try_from(rows).unwrap_or(i64::MAX));
    teller.step("demo-step-import", &[("rows", &rows)]);
    lines.iter().for_each(|line| teller.say(line));
    Ok(())
}

impl Teller {
    /// Tells what was just done, with the time since the last step.
    fn step<'v, V: Into<i18n::Value<'v>> + Copy>(&mut self, key: &str, values: &[(&str, V)]) {
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
