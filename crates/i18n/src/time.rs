//! Moments and days as each language writes them, always in UTC and saying so.

use model::day::VagueDay;
use model::time::Timestamp;

use crate::language::Language;
use crate::text::text;

/// A moment to the minute: `3 Jan 2025 05:40 UTC`, `03-01-2025 05:40 UTC`.
pub fn moment(language: Language, at: Timestamp) -> String {
    let written = at.to_string();
    let clock = written.get(11..16).unwrap_or_default();
    format!("{} {clock} UTC", date(language, at))
}

/// The day, in UTC: `3 Jan 2025`, `03-01-2025`.
pub fn date(language: Language, at: Timestamp) -> String {
    let written = at.to_string(); // RFC 3339: 2025-01-03T05:40:58Z
    let part = |range: std::ops::Range<usize>| written.get(range).unwrap_or_default();
    let (year, month, day) = (part(0..4), part(5..7), part(8..10));
    match language {
        Language::Vi => format!("{day}-{month}-{year}"),
        Language::En => {
            let name = text(language, &format!("month-{}", month.trim_start_matches('0')));
            format!("{} {name} {year}", day.trim_start_matches('0'))
        }
    }
}

/// A day of the calendar, or the month or the year where no more is known.
pub fn day(language: Language, day: VagueDay) -> String {
    let written = day.to_string(); // 2026-07-01, 2026-07 or 2026
    let mut parts = written.split('-');
    let (year, month, day) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let name = |month: &str| text(language, &format!("month-{}", month.trim_start_matches('0')));
    match (language, month, day) {
        (_, None, _) => year.to_owned(),
        (Language::Vi, Some(month), None) => format!("{month}-{year}"),
        (Language::Vi, Some(month), Some(day)) => format!("{day}-{month}-{year}"),
        (Language::En, Some(month), None) => format!("{} {year}", name(month)),
        (Language::En, Some(month), Some(day)) => {
            format!("{} {} {year}", day.trim_start_matches('0'), name(month))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_to_the_minute_in_utc() {
        let at = Timestamp::parse("2025-01-03T12:40:58.25+07:00").unwrap();
        assert_eq!(moment(Language::En, at), "3 Jan 2025 05:40 UTC");
        assert_eq!(moment(Language::Vi, at), "03-01-2025 05:40 UTC");
        let autumn = Timestamp::parse("2025-10-30T23:59:59Z").unwrap();
        assert_eq!(date(Language::En, autumn), "30 Oct 2025");
    }
}
