//! What TOML has, read as the words of a pattern's file: texts, numbers, spans, ranges, lists.

use graph::described::{Part, UsdRange};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{PatternFileError, Problem};
use crate::patterns::window;

/// The text, to tell lines.
#[derive(Clone, Copy)]
pub(super) struct File<'t> {
    pub(super) text: &'t str,
}

impl File<'_> {
    pub(super) fn error(self, at: usize, problem: Problem, value: &str) -> PatternFileError {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        PatternFileError { line, problem, value: value.to_owned() }
    }
}

/// A table of the file, and where it begins.
pub(super) struct Table<'t> {
    pub(super) file: File<'t>,
    pub(super) at: usize,
    pub(super) entries: &'t DeTable<'t>,
}

impl<'t> Table<'t> {
    pub(super) fn entry(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.entries.iter().find(|(known, _)| known.get_ref() == key).map(|(_, value)| value)
    }

    /// Refuses every other word.
    pub(super) fn knows(&self, keys: &[&str]) -> Result<(), PatternFileError> {
        match self.entries.keys().find(|key| !keys.contains(&key.get_ref().as_ref())) {
            Some(key) => Err(self.file.error(key.span().start, Problem::Key, key.get_ref())),
            None => Ok(()),
        }
    }

    pub(super) fn missing(&self, key: &str) -> PatternFileError {
        self.file.error(self.at, Problem::Missing, key)
    }

    pub(super) fn bad(&self, key: &str, value: &Spanned<DeValue<'_>>) -> PatternFileError {
        let text = self.file.text.get(value.span()).unwrap_or_default();
        self.file.error(value.span().start, Problem::Value, &format!("{key} = {text}"))
    }

    pub(super) fn table(
        &self,
        key: &str,
        value: &'t Spanned<DeValue<'t>>,
    ) -> Result<Table<'t>, PatternFileError> {
        let entries = value.get_ref().as_table().ok_or_else(|| self.bad(key, value))?;
        Ok(Table { file: self.file, at: value.span().start, entries })
    }

    pub(super) fn tables(&self, key: &str) -> Result<Vec<Table<'t>>, PatternFileError> {
        let Some(value) = self.entry(key) else { return Ok(Vec::new()) };
        let list = value.get_ref().as_array().ok_or_else(|| self.bad(key, value))?;
        list.iter().map(|value| self.table(key, value)).collect()
    }

    /// A word and where it stands.
    pub(super) fn word(&self, key: &str) -> Result<Option<(&'t str, usize)>, PatternFileError> {
        let Some(value) = self.entry(key) else { return Ok(None) };
        let word = value.get_ref().as_str().ok_or_else(|| self.bad(key, value))?;
        Ok(Some((word.trim(), value.span().start)))
    }

    pub(super) fn truth(&self, key: &str) -> Result<Option<(bool, usize)>, PatternFileError> {
        let Some(value) = self.entry(key) else { return Ok(None) };
        let truth = value.get_ref().as_bool().ok_or_else(|| self.bad(key, value))?;
        Ok(Some((truth, value.span().start)))
    }

    pub(super) fn number(&self, key: &str) -> Result<Option<(f64, usize)>, PatternFileError> {
        let Some(value) = self.entry(key) else { return Ok(None) };
        let number = number(value.get_ref()).ok_or_else(|| self.bad(key, value))?;
        Ok(Some((number, value.span().start)))
    }

    /// A span such as `6h` or `5d`, in microseconds.
    pub(super) fn span(&self, key: &str) -> Result<Option<i64>, PatternFileError> {
        let Some(value) = self.entry(key) else { return Ok(None) };
        let span = value.get_ref().as_str().and_then(|text| window(text).ok());
        span.map(Some).ok_or_else(|| self.bad(key, value))
    }

    /// A word, or a list of words, each of which `read` knows.
    pub(super) fn list<T>(
        &self,
        key: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, PatternFileError> {
        let Some(value) = self.entry(key) else { return Ok(Vec::new()) };
        let words: Option<Vec<&str>> = match value.get_ref() {
            DeValue::String(word) => Some(vec![word.as_ref()]),
            DeValue::Array(list) if !list.is_empty() => {
                list.iter().map(|word| word.get_ref().as_str()).collect()
            }
            _ => None,
        };
        let read = words.and_then(|words| words.into_iter().map(read).collect());
        read.ok_or_else(|| self.bad(key, value))
    }

    /// `part = [0.8, 1.0]`.
    pub(super) fn part(&self) -> Result<Option<Part>, PatternFileError> {
        let Some(value) = self.entry("part") else { return Ok(None) };
        let list = value.get_ref().as_array();
        let bounds = list.map(|list| list.iter().map(|one| number(one.get_ref())));
        match bounds.and_then(Iterator::collect::<Option<Vec<f64>>>).as_deref() {
            Some([least, most]) if 0.0 <= *least && least <= most && *most <= 1e6 => {
                Ok(Some(Part { least: *least, most: *most }))
            }
            _ => Err(self.bad("part", value)),
        }
    }

    pub(super) fn usd(&self) -> Result<Option<UsdRange>, PatternFileError> {
        let cents = |key: &str, none: i64| match self.number(key)? {
            None => Ok(none),
            Some((dollars, _)) if (0.0..=1e14).contains(&dollars) => {
                Ok((dollars * 100.0).round() as i64)
            }
            Some((dollars, at)) => {
                Err(self.file.error(at, Problem::Value, &format!("{key} = {dollars}")))
            }
        };
        let range = UsdRange { least: cents("usd_least", 0)?, most: cents("usd_most", i64::MAX)? };
        Ok((range != UsdRange { least: 0, most: i64::MAX }).then_some(range))
    }
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    let text = match value {
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
        DeValue::Float(float) => float.as_str(),
        _ => return None,
    };
    text.replace('_', "").parse().ok().filter(|number: &f64| number.is_finite())
}
