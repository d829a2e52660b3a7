//! What all readers of the pack's files share: where they are, what was wrong, words and days.

use std::collections::BTreeMap;

use model::country::Country;
use model::day::VagueDay;
use model::measure::Measure;
use serde::de::DeserializeOwned;
use toml::Spanned;

use super::raw::{Common, RawText};
use super::{MAX_FAULTS, MAX_ROWS, MAX_TEXT};
use crate::fact::{Fact, PRODUCT, Text};
use crate::fault::{PackFault, Problem};
use crate::groups;
use crate::rows::Side;

/// Where the reader is, and the faults so far.
#[derive(Default)]
pub(super) struct Reader {
    file: String,
    text: String,
    /// Where the row begins that is being read.
    at: usize,
    faults: Vec<PackFault>,
}

impl Reader {
    pub(super) fn enter(&mut self, file: &str, text: &str) {
        file.clone_into(&mut self.file);
        text.clone_into(&mut self.text);
        self.at = 0;
    }

    pub(super) fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }

    pub(super) fn into_faults(self) -> Vec<PackFault> {
        self.faults
    }

    pub(super) fn file(&self) -> &str {
        &self.file
    }

    /// The row that begins here is read next.
    pub(super) fn row<'r, T>(&mut self, row: &'r Spanned<T>) -> &'r T {
        self.at = row.span().start;
        row.get_ref()
    }

    /// What is read of each row of a table, which is no longer than it may be.
    pub(super) fn each<T, U>(
        &mut self,
        rows: &[Spanned<T>],
        mut read: impl FnMut(&mut Reader, &T) -> Option<U>,
    ) -> Vec<U> {
        if rows.len() > MAX_ROWS {
            self.wrong(Problem::TooLarge, &rows.len().to_string(), &MAX_ROWS.to_string());
            return Vec::new();
        }
        let read = |row| {
            let row = self.row(row);
            read(self, row)
        };
        rows.iter().filter_map(read).collect()
    }

    /// The line of the row that is being read.
    pub(super) fn line(&self) -> usize {
        let before = self.text.as_bytes().get(..self.at).unwrap_or_default();
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }

    pub(super) fn fault(&mut self, line: usize, problem: Problem, value: &str, other: &str) {
        if self.faults.len() < MAX_FAULTS {
            let shown = |text: &str| model::refusal::shown(text).to_string();
            let (value, other) = (shown(value), other.to_owned());
            self.faults.push(PackFault { file: self.file.clone(), line, problem, value, other });
        }
    }

    /// A fault of the row that is being read.
    pub(super) fn wrong(&mut self, problem: Problem, value: &str, other: &str) {
        // To find a line costs as much as the file is long: not for faults that nobody is told of.
        if self.faults.len() >= MAX_FAULTS {
            return;
        }
        self.fault(self.line(), problem, value, other);
    }

    /// The file as its schema has it.
    pub(super) fn parse<T: DeserializeOwned>(&mut self) -> Option<T> {
        if let Some(at) = hidden(&self.text) {
            self.at = at;
            self.wrong(Problem::Syntax, "a control character, or an escape for one", "docs/law.md");
            return None;
        }
        match toml::from_str(&self.text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.at = error.span().map_or(0, |span| span.start);
                self.wrong(Problem::Syntax, error.message(), "docs/law.md");
                None
            }
        }
    }

    fn is_short(&mut self, text: &str) {
        if text.len() > MAX_TEXT {
            self.wrong(Problem::TooLarge, text, &MAX_TEXT.to_string());
        }
    }

    pub(super) fn text(&mut self, text: &RawText) -> Text {
        [&text.en, &text.vi].into_iter().for_each(|part| self.is_short(part));
        Text { en: text.en.clone(), vi: text.vi.clone() }
    }

    pub(super) fn day(&mut self, raw: &str) -> Option<VagueDay> {
        if raw.is_empty() {
            return None;
        }
        let day = VagueDay::parse(raw);
        if day.is_err() {
            self.wrong(Problem::Date, raw, "2026-07-01, 2026-07, 2026");
        }
        day.ok()
    }

    pub(super) fn country(&mut self, raw: &str) -> Option<Country> {
        let country = Country::parse(raw).ok().filter(|country| country.as_str() == raw);
        if country.is_none() {
            self.wrong(Problem::Unknown, raw, "ISO 3166-1 alpha-2");
        }
        country
    }

    /// One word out of a list.
    pub(super) fn one_of<T: Copy>(&mut self, raw: &str, known: &[(&str, T)]) -> Option<T> {
        let found = known.iter().find(|(word, _)| *word == raw);
        if found.is_none() {
            let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
            self.wrong(Problem::Unknown, raw, &words.join(", "));
        }
        found.map(|(_, value)| *value)
    }

    pub(super) fn side(&mut self, raw: &str) -> Side {
        let known =
            [("", Side::Either), ("requesting", Side::Requesting), ("requested", Side::Requested)];
        self.one_of(raw, &known).unwrap_or(Side::Either)
    }

    /// Measures by their ids or by the names of groups of them, without those of `but`.
    pub(super) fn measures(&mut self, words: &[String], but: &[String]) -> Vec<Measure> {
        let without: Vec<Measure> = but.iter().flat_map(|word| self.group(word)).collect();
        let mut measures: Vec<Measure> = words.iter().flat_map(|word| self.group(word)).collect();
        measures.sort_unstable();
        measures.dedup();
        measures.retain(|measure| !without.contains(measure));
        measures
    }

    fn group(&mut self, word: &str) -> Vec<Measure> {
        if let Some(group) = groups::group(word) {
            return group;
        }
        match Measure::parse(word) {
            Ok(measure) => vec![measure],
            Err(_) => {
                self.wrong(Problem::Unknown, word, &groups::NAMES.join(", "));
                Vec::new()
            }
        }
    }

    /// A fact, its source looked up among those of the file.
    pub(super) fn fact(
        &mut self,
        id: String,
        told: &Common<'_>,
        sources: &BTreeMap<String, String>,
        as_of: Option<VagueDay>,
    ) -> Fact {
        let source = match told.source {
            PRODUCT => PRODUCT.to_owned(),
            key => {
                let found = sources.get(key).cloned().unwrap_or_default();
                if found.trim().is_empty() {
                    self.wrong(Problem::Source, &id, key);
                }
                found
            }
        };
        [&id, &source].into_iter().for_each(|part| self.is_short(part));
        let unread = source.starts_with(NOT_READ) || source.ends_with(NOT_READ_END);
        if told.verified && (unread || source == PRODUCT) {
            self.wrong(Problem::Source, &id, &source);
        }
        let text = RawText { en: told.en.to_owned(), vi: told.vi.to_owned() };
        let (text, caveat) = (self.text(&text), self.text(told.caveat));
        Fact { id, text, source, as_of, verified: told.verified, caveat }
    }
}

/// How a source begins, or ends, that nobody opened.
const NOT_READ: &str = "not read";
const NOT_READ_END: &str = "text not read";

/// Where a text hides something: a control character that could fool a terminal, one that turns the
/// order of what is read, or an escape that writes either. Packs come from other agencies too.
fn hidden(text: &str) -> Option<usize> {
    let is_hidden = |c: char| {
        let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        turns || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
    };
    let plain = text.find(is_hidden);
    let escapes = text.as_bytes().windows(2);
    let escape = escapes
        .into_iter()
        .position(|two| matches!(two, [b'\\', b'u' | b'U' | b'x' | b'e' | b'b' | b'f' | b'r']));
    plain.into_iter().chain(escape).min()
}
