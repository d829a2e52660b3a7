//! What a person says about a table we cannot read alone: `--map FILE`.
//!
//! One line a word: `field = Header name`; `timezone = +07:00` makes local times and a workbook's
//! dates readable; `dates = day-first` or `month-first` says how 03/04/2025 is meant. Blank lines
//! and lines that begin with `#` are skipped.

use std::collections::BTreeMap;

use model::refusal::RowError;

use crate::headers;
use crate::reason;

/// A map's lines, checked: every field is one that some table has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnMap {
    headers: BTreeMap<String, String>,
    timezone: Option<String>,
    dates: Option<DateOrder>,
}

/// How a date with strokes is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// 31/12/2025, as in Viet Nam.
    DayFirst,
    /// 12/31/2025.
    MonthFirst,
}

impl ColumnMap {
    /// Reads a map; every bad line is named.
    pub fn parse(text: &str) -> Result<ColumnMap, Vec<RowError>> {
        let mut map = ColumnMap::default();
        let mut errors = Vec::new();
        for (number, line) in (1_u64..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Err((field, code)) = map.take(line) {
                errors.push(RowError::new(number, field, line, code));
            }
        }
        if errors.is_empty() { Ok(map) } else { Err(errors) }
    }

    fn take<'a>(&mut self, line: &'a str) -> Result<(), (&'a str, &'static str)> {
        let (field, header) = line.split_once('=').ok_or(("", reason::MAP_LINE_BAD))?;
        let (field, header) = (field.trim(), header.trim());
        match field {
            "timezone" if self.timezone.is_some() => Err((field, reason::MAP_FIELD_TWICE)),
            "timezone" => {
                let offset = offset(header).ok_or((field, reason::MAP_TIMEZONE_BAD))?;
                self.timezone = Some(offset);
                Ok(())
            }
            "dates" if self.dates.is_some() => Err((field, reason::MAP_FIELD_TWICE)),
            "dates" => {
                self.dates = Some(match header {
                    "day-first" => DateOrder::DayFirst,
                    "month-first" => DateOrder::MonthFirst,
                    _ => return Err((field, reason::MAP_DATES_BAD)),
                });
                Ok(())
            }
            _ if header.is_empty() => Err((field, reason::MAP_LINE_BAD)),
            _ if !headers::FIELDS.iter().any(|known| known.name == field) => {
                Err((field, reason::MAP_FIELD_UNKNOWN))
            }
            _ if self.headers.contains_key(field) => Err((field, reason::MAP_FIELD_TWICE)),
            _ => {
                self.headers.insert(field.to_owned(), header.to_owned());
                Ok(())
            }
        }
    }

    /// The header that the map gives for a field.
    pub fn header(&self, field: &str) -> Option<&str> {
        self.headers.get(field).map(String::as_str)
    }

    /// The offset of local times, `+07:00`.
    pub fn timezone(&self) -> Option<&str> {
        self.timezone.as_deref()
    }

    /// How a date with strokes is meant, where the map says so.
    pub fn dates(&self) -> Option<DateOrder> {
        self.dates
    }
}

/// `+07:00`, `-5:30`, `+7`, `Z` as RFC 3339 writes it.
fn offset(raw: &str) -> Option<String> {
    if matches!(raw, "Z" | "z" | "UTC") {
        return Some("Z".to_owned());
    }
    let (sign, rest) = match raw.strip_prefix('+') {
        Some(rest) => ('+', rest),
        None => ('-', raw.strip_prefix('-')?),
    };
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "00"));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let fits =
        (1..=2).contains(&hours.len()) && minutes.len() == 2 && digits(hours) && digits(minutes);
    let number = |part: &str| part.parse::<u8>().ok();
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (fits && hours <= 14 && minutes <= 59).then(|| format!("{sign}{hours:02}:{minutes:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = match ColumnMap::parse(text) {
            Ok(map) => format!("{:?} {:?} {:?}", map.headers, map.timezone(), map.dates()),
            Err(errors) => {
                let each = errors.iter().map(|e| format!("{} {} {}", e.row, e.field, e.code));
                each.collect::<Vec<_>>().join("; ")
            }
        };
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_map_is_read() {
        check(
            "# sao kê\ntx_id = Mã GD\n\ntimezone = +7\ndates = day-first\n",
            r#"{"tx_id": "Mã GD"} Some("+07:00") Some(DayFirst)"#,
        );
        check("timezone=-05:30", r#"{} Some("-05:30") None"#);
    }

    #[test]
    fn every_bad_line_is_named() {
        check(
            "tx_id\nfoo = A\ntx_id = A\ntx_id = B",
            "1  map_line_bad; 2 foo map_field_unknown; 4 tx_id map_field_twice",
        );
        check(
            "timezone = Hanoi\ndates = us\namount =",
            "1 timezone map_timezone_bad; 2 dates map_dates_bad; 3 amount map_line_bad",
        );
        check(
            "timezone = +25:00\ntimezone = +07:0x",
            "1 timezone map_timezone_bad; 2 timezone map_timezone_bad",
        );
    }
}
