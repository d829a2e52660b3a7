//! Days of the calendar, and days of which only the month or the year is known.
//!
//! Source: ISO 8601, the Gregorian calendar. Left out on purpose: times of day (a treaty enters
//! into force on a day) and years before 1900.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// A day. Invariant: it is in the calendar, in a year from 1900 to 2099.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

/// A day of which perhaps only the month or the year is known.
/// Invariant: `earliest` is not after `latest`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VagueDay {
    earliest: Day,
    latest: Day,
}

/// Why a text is no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no day of the years 1900 to 2099 written as 2026-07-01")]
pub struct DayError(pub String);

/// The codes of all refusals of this file, each of which has a text for people.
pub const CODES: &[&str] = &["day_unreadable"];

impl DayError {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        "day_unreadable"
    }
}

impl Day {
    /// The day with these numbers, if the calendar has it.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Day> {
        let known = (1900..2100).contains(&year) && (1..=12).contains(&month);
        (known && (1..=length(year, month)).contains(&day)).then_some(Day { year, month, day })
    }

    /// Reads `2026-07-01`.
    pub fn parse(raw: &str) -> Result<Day, DayError> {
        let error = || DayError(raw.chars().take(40).collect());
        let day = VagueDay::parse(raw)?;
        day.exact().ok_or_else(error)
    }

    /// The day of a moment, in UTC.
    pub fn of(moment: Timestamp) -> Day {
        let text = moment.to_string();
        let day = text.get(..10).and_then(|day| Day::parse(day).ok());
        // A moment lies in 1970 to 2099, so that its text begins with a day of ours.
        day.unwrap_or(Day { year: 1970, month: 1, day: 1 })
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// How many days lie between an earlier day and this one; less than nothing where the other is
    /// the later one.
    pub fn days_since(self, earlier: Day) -> i64 {
        self.number() - earlier.number()
    }

    /// The day counted from one before all of ours, in the proleptic Gregorian calendar.
    fn number(self) -> i64 {
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        // The year begins in March, so that the day that is not always there is its last one.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let leaps = year / 4 - year / 100 + year / 400;
        365 * year + leaps + (153 * month + 2) / 5 + i64::from(self.day)
    }

    /// The day before, or the same day where our years begin.
    pub fn before(self) -> Day {
        let Day { year, month, day } = self;
        let candidate = match (month, day) {
            (1, 1) => Day::new(year - 1, 12, 31),
            (_, 1) => Day::new(year, month - 1, length(year, month - 1)),
            _ => Day::new(year, month, day - 1),
        };
        candidate.unwrap_or(self)
    }
}

impl VagueDay {
    /// Reads `2026-07-01`, `2026-07` or `2026`.
    pub fn parse(raw: &str) -> Result<VagueDay, DayError> {
        let error = || DayError(raw.chars().take(40).collect());
        let number = |text: &str, length: usize| -> Option<u16> {
            let digits = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| text.parse().ok()).flatten()
        };
        let small = |text: &str| number(text, 2).and_then(|number| u8::try_from(number).ok());
        let mut parts = raw.split('-');
        let year = parts.next().and_then(|text| number(text, 4)).ok_or_else(error)?;
        let month = parts.next().map(|text| small(text).ok_or_else(error)).transpose()?;
        let day = parts.next().map(|text| small(text).ok_or_else(error)).transpose()?;
        if parts.next().is_some() {
            return Err(error());
        }
        let (first, last) = (month.unwrap_or(1), month.unwrap_or(12));
        let earliest = Day::new(year, first, day.unwrap_or(1)).ok_or_else(error)?;
        let latest = Day::new(year, last, day.unwrap_or_else(|| length(year, last)));
        Ok(VagueDay { earliest, latest: latest.ok_or_else(error)? })
    }

    /// The first day that it can be.
    pub fn earliest(self) -> Day {
        self.earliest
    }

    /// The last day that it can be.
    pub fn latest(self) -> Day {
        self.latest
    }

    /// The day, where it is known.
    pub fn exact(self) -> Option<Day> {
        (self.earliest == self.latest).then_some(self.earliest)
    }
}

impl From<Day> for VagueDay {
    fn from(day: Day) -> VagueDay {
        VagueDay { earliest: day, latest: day }
    }
}

/// Days in a month.
fn length(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for VagueDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Day { year, month, .. } = self.earliest;
        match self.exact() {
            Some(day) => write!(f, "{day}"),
            None if month == self.latest.month => write!(f, "{year:04}-{month:02}"),
            None => write!(f, "{year:04}"),
        }
    }
}

impl fmt::Debug for VagueDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for Day {
    type Error = DayError;
    fn try_from(raw: String) -> Result<Day, DayError> {
        Day::parse(&raw)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

impl TryFrom<String> for VagueDay {
    type Error = DayError;
    fn try_from(raw: String) -> Result<VagueDay, DayError> {
        VagueDay::parse(&raw)
    }
}

impl From<VagueDay> for String {
    fn from(day: VagueDay) -> String {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, expected: &str) {
        let found = match VagueDay::parse(raw) {
            Ok(day) => format!("{} to {}", day.earliest(), day.latest()),
            Err(error) => error.code().to_owned(),
        };
        assert_eq!(found, expected, "{raw}");
    }

    #[test]
    fn a_month_and_a_year_are_known_to_their_ends() {
        check("2026-07-01", "2026-07-01 to 2026-07-01");
        check("2024-02", "2024-02-01 to 2024-02-29");
        check("2013", "2013-01-01 to 2013-12-31");
    }

    #[test]
    fn days_between_days_follow_the_calendar() {
        let between = |from: &str, to: &str| {
            let [from, to] = [from, to].map(|raw| Day::parse(raw).unwrap());
            to.days_since(from)
        };
        // 2024 has a 29th of February, 1900 and 2025 have none, 2000 has one.
        assert_eq!(between("2024-02-28", "2024-03-01"), 2);
        assert_eq!(between("2025-02-28", "2025-03-01"), 1);
        assert_eq!(between("1900-02-28", "1900-03-01"), 1);
        assert_eq!(between("2000-01-01", "2001-01-01"), 366);
        assert_eq!(between("2025-11-26", "2026-11-26"), 365);
        assert_eq!(between("2026-11-26", "2026-11-26"), 0);
        assert_eq!(between("2026-12-31", "2026-01-01"), -364);
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for raw in ["", "2026-7-1", "2026-02-30", "2026-13", "1899", "2100-01-01", "2026-07-01-01"]
        {
            check(raw, "day_unreadable");
        }
        assert!(Day::parse("2026-07").is_err());
    }

    #[test]
    fn a_vague_day_is_printed_as_it_was_written() {
        for raw in ["2026-07-01", "2024-02", "2013"] {
            assert_eq!(VagueDay::parse(raw).unwrap().to_string(), raw);
        }
    }

    #[test]
    fn the_day_before_goes_over_months_and_years() {
        for (day, before) in [("2024-03-01", "2024-02-29"), ("2026-01-01", "2025-12-31")] {
            assert_eq!(Day::parse(day).unwrap().before(), Day::parse(before).unwrap());
        }
        let moment = Timestamp::parse("2026-07-01T23:59:59Z").unwrap();
        assert_eq!(Day::of(moment).to_string(), "2026-07-01");
    }
}
