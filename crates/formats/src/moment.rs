//! A field's time: as `model` reads it, or, with a map's word about it, a local time.
//!
//! Without a map nobody knows which moment `2025-01-03 12:40` or `03/01/2025` means, and such a
//! row is rejected. A day alone becomes its first second, and where the day is when a victim
//! reported, its last: the report follows the payment it is tied to.

use model::time::{TimeError, Timestamp};

use crate::map::{ColumnMap, DateOrder};
use crate::reason;

/// Which end of a day without a time of day is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayEnd {
    First,
    Last,
}

/// The moment, and the code of a warning.
pub(crate) fn read(
    raw: &str,
    map: Option<&ColumnMap>,
    day_end: DayEnd,
) -> Result<(Timestamp, Option<&'static str>), &'static str> {
    let error = match Timestamp::parse(raw) {
        Ok(moment) => return Ok((moment, None)),
        Err(error) => error,
    };
    let Some(timezone) = map.and_then(ColumnMap::timezone) else {
        return Err(code_of(raw, &error));
    };
    let written = model::text::clean(raw);
    let (date, time) = match written.split_once(['T', ' ']) {
        Some((date, time)) => (date, time.trim()),
        None => (&*written, ""),
    };
    let order = map.and_then(ColumnMap::dates);
    let date = iso_date(date, order).ok_or_else(|| code_of(raw, &error))?;
    let (time, warning) = match (time, day_end) {
        ("", DayEnd::First) => ("00:00:00".to_owned(), Some(reason::DATE_WITHOUT_TIME)),
        ("", DayEnd::Last) => ("23:59:59".to_owned(), Some(reason::DATE_WITHOUT_TIME)),
        (time, _) => (full_time(time).ok_or_else(|| code_of(raw, &error))?, None),
    };
    let moment =
        Timestamp::parse(&format!("{date}T{time}{timezone}")).map_err(|error| error.code())?;
    Ok((moment, warning))
}

/// A date with strokes is a local time too: the person needs a map, not another file.
fn code_of(raw: &str, error: &TimeError) -> &'static str {
    let date = raw.trim().split(['T', ' ']).next().unwrap_or("");
    let is_date = iso_date(date, Some(DateOrder::DayFirst)).is_some();
    let no_offset = TimeError::NoOffset(String::new()).code();
    if matches!(error, TimeError::Unreadable(_)) && is_date { no_offset } else { error.code() }
}

/// `2025-12-31` as it is; `31/12/2025`, `31-12-2025`, `31.12.2025` in the order that is known.
fn iso_date(date: &str, order: Option<DateOrder>) -> Option<String> {
    let parts: Vec<&str> = date.split(['-', '/', '.']).collect();
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    if !parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let (year, month, day) = match (first.len(), third.len(), order) {
        (4, 1..=2, _) => (first, second, third),
        (1..=2, 4, Some(DateOrder::DayFirst)) => (third, second, first),
        (1..=2, 4, Some(DateOrder::MonthFirst)) => (third, first, second),
        _ => return None,
    };
    (month.len() <= 2).then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}

/// `9:05` and `09:05:10.5` with all their digits.
fn full_time(time: &str) -> Option<String> {
    let mut parts = time.split(':');
    let (hours, minutes, seconds) = (parts.next()?, parts.next()?, parts.next().unwrap_or("00"));
    let fits =
        |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let is_time = fits(hours) && fits(minutes) && parts.next().is_none();
    is_time.then(|| format!("{hours:0>2}:{minutes:0>2}:{seconds:0>2}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(map: &str, raw: &str, expected: &str) {
        let map = ColumnMap::parse(map).unwrap();
        let found = match read(raw, Some(&map), DayEnd::First) {
            Ok((moment, warning)) => format!("{moment} {}", warning.unwrap_or_default()),
            Err(code) => code.to_owned(),
        };
        assert_eq!(found.trim(), expected, "{raw}");
    }

    #[test]
    fn local_times_are_read_where_the_map_says_which() {
        let map = "timezone = +07:00\ndates = day-first";
        check(map, "2025-01-03 12:40:58", "2025-01-03T05:40:58Z");
        check(map, "2025-01-03T12:40", "2025-01-03T05:40:00Z");
        check(map, "03/01/2025 9:05", "2025-01-03T02:05:00Z");
        check(map, "3-1-2025", "2025-01-02T17:00:00Z date_without_time");
        check(map, "1735882858", "2025-01-03T05:40:58Z");
        check(map, "2025-01-03T12:40:58+09:00", "2025-01-03T03:40:58Z");
        check("timezone = Z\ndates = month-first", "01/03/2025 00:00", "2025-01-03T00:00:00Z");
    }

    #[test]
    fn without_a_word_a_local_time_is_refused() {
        check("", "2025-01-03 12:40:58", "time_no_offset");
        check("", "03/01/2025", "time_no_offset");
        check("timezone = +07:00", "03/01/2025", "time_no_offset");
        check("timezone = +07:00", "hôm qua", "time_unreadable");
        check("timezone = +07:00\ndates = day-first", "31/02/2025 10:00", "time_unreadable");
        check("timezone = +07:00\ndates = day-first", "03/01/2025 10:00 PM", "time_no_offset");
    }

    #[test]
    fn a_day_of_report_is_its_last_second() {
        let map = ColumnMap::parse("timezone = +07:00").unwrap();
        let found =
            read("2025-01-03", Some(&map), DayEnd::Last).map(|(moment, _)| moment.to_string());
        assert_eq!(found.as_deref(), Ok("2025-01-03T16:59:59Z"));
    }
}
