//! Moments in UTC, to the microsecond.
//!
//! Source: RFC 3339; POSIX epoch seconds. Left out on purpose: local times without an offset
//! (nobody can know which moment they mean) and leap seconds.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A moment: microseconds since 1970-01-01T00:00:00Z.
/// Invariant: from 1970-01-01 up to, not including, 2100-01-01.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// Microseconds in a second.
pub const MICROSECONDS: i64 = 1_000_000;
/// 2100-01-01T00:00:00Z in seconds.
const END_SECONDS: i64 = 4_102_444_800;

/// Why a text is no moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimeError {
    /// Neither epoch seconds nor RFC 3339.
    #[error("{0:?} is neither epoch seconds nor an RFC 3339 time")]
    Unreadable(String),
    /// A date and a time of day, without the offset that makes it a moment.
    #[error("{0:?} has no offset from UTC")]
    NoOffset(String),
    /// Before 1970 or after 2099.
    #[error("{0:?} lies outside 1970 to 2099")]
    OutOfRange(String),
    /// So large that it must be milliseconds or finer.
    #[error("{0:?} looks like milliseconds")]
    Milliseconds(String),
}

/// The codes of all refusals of this file, each of which has a text for people.
pub const CODES: &[&str] =
    &["time_unreadable", "time_no_offset", "time_out_of_range", "time_milliseconds"];

impl TimeError {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            TimeError::Unreadable(_) => "time_unreadable",
            TimeError::NoOffset(_) => "time_no_offset",
            TimeError::OutOfRange(_) => "time_out_of_range",
            TimeError::Milliseconds(_) => "time_milliseconds",
        }
    }
}

impl Timestamp {
    /// The moment so many seconds after 1970-01-01T00:00:00Z.
    pub fn from_seconds(seconds: i64) -> Result<Timestamp, TimeError> {
        match seconds {
            0..END_SECONDS => Ok(Timestamp(seconds * MICROSECONDS)),
            100_000_000_000.. => Err(TimeError::Milliseconds(seconds.to_string())),
            _ => Err(TimeError::OutOfRange(seconds.to_string())),
        }
    }

    /// The moment so many microseconds after 1970-01-01T00:00:00Z.
    pub fn from_microseconds(microseconds: i64) -> Result<Timestamp, TimeError> {
        if (0..END_SECONDS * MICROSECONDS).contains(&microseconds) {
            Ok(Timestamp(microseconds))
        } else {
            Err(TimeError::OutOfRange(format!("{microseconds} microseconds")))
        }
    }

    /// Reads epoch seconds (whole, or with a fraction) or RFC 3339 with any offset.
    pub fn parse(raw: &str) -> Result<Timestamp, TimeError> {
        let text = raw.trim();
        if !text.is_empty() && text.len() <= 15 && text.bytes().all(|b| b.is_ascii_digit()) {
            let unreadable = |_| TimeError::Unreadable(text.to_owned());
            return Timestamp::from_seconds(text.parse::<i64>().map_err(unreadable)?);
        }
        Timestamp::parse_written(text)
    }

    fn parse_written(text: &str) -> Result<Timestamp, TimeError> {
        let shortened = || text.chars().take(60).collect::<String>();
        if text.len() > 64 {
            return Err(TimeError::Unreadable(shortened()));
        }
        if let Some((whole, fraction)) = text.split_once('.')
            && !whole.is_empty()
            && [whole, fraction].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
        {
            let micros = format!("{fraction:0<6}");
            let parse = |digits: &str| digits.parse::<i64>().ok();
            let (Some(seconds), Some(micros)) = (parse(whole), micros.get(..6).and_then(parse))
            else {
                return Err(TimeError::Unreadable(shortened()));
            };
            return Ok(Timestamp(Timestamp::from_seconds(seconds)?.0 + micros));
        }
        if let Ok(moment) = text.parse::<jiff::Timestamp>() {
            return Timestamp::from_microseconds(moment.as_microsecond())
                .map_err(|_| TimeError::OutOfRange(shortened()));
        }
        if text.parse::<jiff::civil::DateTime>().is_ok()
            || text.parse::<jiff::civil::Date>().is_ok()
        {
            return Err(TimeError::NoOffset(shortened()));
        }
        let negative = text.strip_prefix('-').is_some_and(|rest| rest.parse::<u64>().is_ok());
        let error = if negative { TimeError::OutOfRange } else { TimeError::Unreadable };
        Err(error(shortened()))
    }

    /// Whole seconds since 1970-01-01T00:00:00Z.
    pub fn seconds(self) -> i64 {
        self.0 / MICROSECONDS
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    pub fn microseconds(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC, with a fraction only where there is one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_microsecond(self.0) {
            Ok(moment) => write!(f, "{moment}"),
            Err(_) => Err(fmt::Error),
        }
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Timestamp {
    /// RFC 3339 where people read, microseconds where machines do.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            serializer.serialize_i64(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        use serde::de::Error as _;
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            Timestamp::parse(&text).map_err(D::Error::custom)
        } else {
            let microseconds = i64::deserialize(deserializer)?;
            Timestamp::from_microseconds(microseconds).map_err(D::Error::custom)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, expected: &str) {
        let found = match Timestamp::parse(raw) {
            Ok(moment) => moment.to_string(),
            Err(error) => error.code().to_owned(),
        };
        assert_eq!(found, expected, "{raw}");
    }

    #[test]
    fn epoch_seconds_are_read() {
        check("1735882858", "2025-01-03T05:40:58Z");
        check(" 1735882858.25 ", "2025-01-03T05:40:58.25Z");
        check("0", "1970-01-01T00:00:00Z");
    }

    #[test]
    fn offsets_are_carried_to_utc() {
        check("2025-01-03T12:40:58+07:00", "2025-01-03T05:40:58Z");
        check("2025-01-03 05:40:58Z", "2025-01-03T05:40:58Z");
    }

    #[test]
    fn what_is_no_moment_is_refused_with_its_reason() {
        check("2025-01-03T12:40:58", "time_no_offset");
        check("2025-01-03", "time_no_offset");
        check("1735882858000", "time_milliseconds");
        check("1899-12-31T00:00:00Z", "time_out_of_range");
        check("2199-01-01T00:00:00Z", "time_out_of_range");
        check("7226582400", "time_out_of_range");
        check("-5", "time_out_of_range");
        check("", "time_unreadable");
        check("03/01/2025", "time_unreadable");
        check("2025-02-30T00:00:00Z", "time_unreadable");
    }
}
