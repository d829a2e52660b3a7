//! A pattern's file: what an officer describes, in TOML, read into a pattern that can be searched.
//!
//! `docs/patterns.md` says what may stand in it. Every fault names its line.

mod table;

use graph::described::{Fault, Many, Pattern, Role, Step, Terms};
use graph::patterns::Shape;
use model::country::Country;
use model::holding::HoldingKind;
use toml::de::DeTable;

use self::table::{File, Table};

/// A pattern's file has at most so many bytes.
pub const MAX_BYTES: u64 = 64 * 1024;
/// A name has at most this many letters.
const MAX_NAME: usize = 60;
/// Where a description names no span.
const WITHIN: i64 = 30 * 86_400_000_000;

/// What is wrong with a pattern's file, and in which line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem:?}: {value}")]
pub struct PatternFileError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: Problem,
    /// The word or the value that it is about.
    pub value: String,
}

/// What can be wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// No TOML.
    Syntax,
    /// A word that is none of the format's.
    Key,
    /// A word that has to be there is missing.
    Missing,
    /// A value that the word cannot have.
    Value,
    /// No step, or too many.
    Steps,
    /// A step from a role to itself, or with several accounts on both sides.
    Sides,
    /// A step that shares no account with a later one.
    Unconnected,
}

impl Problem {
    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Problem::Syntax => "pattern_syntax",
            Problem::Key => "pattern_key",
            Problem::Missing => "pattern_missing",
            Problem::Value => "pattern_value",
            Problem::Steps => "pattern_steps",
            Problem::Sides => "pattern_sides",
            Problem::Unconnected => "pattern_unconnected",
        }
    }

    /// All codes, for the check that each has its texts.
    pub const CODES: [&str; 7] = [
        "pattern_syntax",
        "pattern_key",
        "pattern_missing",
        "pattern_value",
        "pattern_steps",
        "pattern_sides",
        "pattern_unconnected",
    ];
}

/// Reads a pattern's file.
pub fn parse(text: &str) -> Result<Pattern, PatternFileError> {
    let text = text.trim_start_matches('\u{feff}');
    let file = File { text };
    let document = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        file.error(at, Problem::Syntax, error.message())
    })?;
    let table = Table { file, at: document.span().start, entries: document.get_ref() };
    table.knows(&["name", "within", "role", "step"])?;
    let name = name(&table)?;
    let within = table.span("within")?.unwrap_or(WITHIN);
    let mut roles = Roles { names: Vec::new() };
    let (mut steps, mut places) = (Vec::new(), Vec::new());
    for step in table.tables("step")? {
        places.push(step.at);
        steps.push(read_step(&step, within, &mut roles)?);
    }
    let roles = read_roles(&table, roles)?;
    Pattern::new(name, within, roles, steps).map_err(|fault| {
        let (number, problem) = match fault {
            Fault::Itself(number) | Fault::BothMany(number) => (number, Problem::Sides),
            Fault::Unconnected(number) => (number, Problem::Unconnected),
            Fault::Count(number) | Fault::Span(number) => (number, Problem::Value),
            _ => (0, Problem::Steps),
        };
        let at = places.get(number).copied().unwrap_or(table.at);
        file.error(at, problem, &(number + 1).to_string())
    })
}

fn name(table: &Table<'_>) -> Result<String, PatternFileError> {
    let (name, at) = table.word("name")?.ok_or_else(|| table.missing("name"))?;
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let is_good = (1..=MAX_NAME).contains(&name.len()) && name.chars().all(is_letter);
    if is_good && Shape::parse(name).is_none() {
        return Ok(name.to_owned());
    }
    Err(table.file.error(at, Problem::Value, &format!("name = {name}")))
}

/// The roles in the order in which steps name them.
struct Roles {
    names: Vec<String>,
}

impl Roles {
    fn number(&mut self, name: &str) -> usize {
        let known = self.names.iter().position(|known| known == name);
        known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        })
    }
}

fn read_step(table: &Table<'_>, within: i64, roles: &mut Roles) -> Result<Step, PatternFileError> {
    table.knows(&[
        "from",
        "to",
        "many",
        "count",
        "within",
        "gap",
        "part",
        "usd_least",
        "usd_most",
        "border",
        "complained",
    ])?;
    let mut side = |key: &'static str| {
        let (name, at) = table.word(key)?.ok_or_else(|| table.missing(key))?;
        if name.is_empty() || name.len() > MAX_NAME {
            return Err(table.file.error(at, Problem::Value, &format!("{key} = {name}")));
        }
        Ok(roles.number(name))
    };
    let (from, to) = (side("from")?, side("to")?);
    let many = match table.word("many")? {
        None => None,
        Some(("from", _)) => Some(Many::From),
        Some(("to", _)) => Some(Many::To),
        Some((other, at)) => {
            return Err(table.file.error(at, Problem::Value, &format!("many = {other}")));
        }
    };
    let count = match table.number("count")? {
        Some((count, _)) if (1.0..=1_000.0).contains(&count) && count.fract() == 0.0 => {
            count as usize
        }
        Some((count, at)) => {
            return Err(table.file.error(at, Problem::Value, &format!("count = {count}")));
        }
        None => 1 + usize::from(many.is_some()),
    };
    Ok(Step {
        from,
        to,
        many,
        count,
        within: table.span("within")?.unwrap_or(within),
        gap: table.span("gap")?.unwrap_or(within),
        part: table.part()?,
        usd: table.usd()?,
        border: table.truth("border")?.map(|(border, _)| border),
        complained: match table.truth("complained")? {
            // Payments of which nobody complained say nothing: most victims never do.
            Some((false, at)) => {
                return Err(table.file.error(at, Problem::Value, "complained = false"));
            }
            Some((true, _)) => true,
            None => false,
        },
    })
}

fn read_roles(table: &Table<'_>, roles: Roles) -> Result<Vec<Role>, PatternFileError> {
    let said = match table.entry("role") {
        Some(value) => Some(table.table("role", value)?),
        None => None,
    };
    if let Some(said) = &said {
        let names: Vec<&str> = roles.names.iter().map(String::as_str).collect();
        said.knows(&names)?;
    }
    let read = |name: String| {
        let terms = match said.as_ref().and_then(|said| Some((said, said.entry(&name)?))) {
            Some((said, value)) => read_terms(&said.table(&name, value)?)?,
            None => Terms::default(),
        };
        Ok(Role { name, is_many: false, terms })
    };
    roles.names.into_iter().map(read).collect()
}

fn read_terms(table: &Table<'_>) -> Result<Terms, PatternFileError> {
    table.knows(&["kind", "country", "outside", "new", "dormant"])?;
    let kind = |word: &str| match word {
        "personal" => Some(HoldingKind::Personal),
        "business" => Some(HoldingKind::Business),
        "exchange" => Some(HoldingKind::Exchange),
        "wallet" => Some(HoldingKind::Wallet),
        _ => None,
    };
    let country = |word: &str| Country::parse(word).ok();
    Ok(Terms {
        kinds: table.list("kind", kind)?,
        countries: table.list("country", country)?,
        outside: table.list("outside", country)?,
        new: table.span("new")?,
        dormant: table.span("dormant")?,
    })
}
