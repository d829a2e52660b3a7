//! The directory: who is competent, by what, how that is known, and how old it is.

use i18n::Language;
use model::day::VagueDay;
use node::answer::{
    AddresseeAnswer, Authorities, AuthorityAnswer, AuthorityDone, AuthorityShown,
    DirectoryImported, WarningAnswer,
};

use super::import::files;
use super::table::{more, plain};

/// At most this many authorities are shown.
const MAX_SHOWN: usize = 50;

fn say(language: Language, key: &str, values: &[(&str, &str)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, (*value).into())).collect();
    i18n::text_with(language, key, &values)
}

fn day(language: Language, raw: &str) -> String {
    VagueDay::parse(raw).map_or_else(|_| plain(raw), |day| i18n::day(language, day))
}

pub(crate) fn authorities(answer: &Authorities, language: Language) -> String {
    let shown = answer.authorities.iter().take(MAX_SHOWN);
    let mut told: String = shown.map(|one| format!("{}\n", lines(one, language))).collect();
    let count = answer.authorities.len();
    told.push_str(&more(language, count, count.min(MAX_SHOWN)));
    if let Some(missing) = &answer.missing {
        told.push_str(&format!("{missing}\n"));
    }
    told
}

pub(crate) fn authority(answer: &AuthorityShown, language: Language) -> String {
    let mut told = match &answer.authority {
        Some(one) => lines(one, language),
        None => format!("{}\n", i18n::text(language, "directory-gone")),
    };
    answer.history.iter().for_each(|one| told.push_str(&done(one, language)));
    told
}

/// An authority on a few lines, the doubts last.
pub(super) fn lines(one: &AuthorityAnswer, language: Language) -> String {
    let mut told = format!("{} [{}]\n", plain(&one.name), one.id);
    let mut line = |key: &str, values: &[(&str, &str)]| {
        told.push_str(&format!("  {}\n", say(language, key, values)));
    };
    let role = i18n::text(language, &format!("authority-role-{}", one.role.replace('_', "-")));
    let country = i18n::country(language, one.country);
    line("directory-who", &[("country", &country), ("role", &role)]);
    if let Some(local) = &one.name_local {
        line("directory-local", &[("name", &plain(local))]);
    }
    match one.measures.join(", ") {
        measures if measures.is_empty() => line("directory-for-nothing", &[]),
        measures => line("directory-for", &[("measures", &measures)]),
    }
    match (&one.instrument_title, &one.article) {
        (Some(title), Some(article)) => {
            line("directory-article", &[("title", &plain(title)), ("article", &plain(article))]);
        }
        (Some(title), None) => line("directory-instrument", &[("title", &plain(title))]),
        (None, _) => {}
    }
    if let Some(channel) = one.channel {
        let way = i18n::text(language, &format!("channel-{channel}"));
        line("directory-channel", &[("channel", &way)]);
    }
    if !one.languages.is_empty() {
        line("directory-languages", &[("languages", &one.languages.join(", "))]);
    }
    let reached = [&one.address, &one.phone, &one.email, &one.hours];
    for text in reached.into_iter().flatten() {
        line("directory-reached", &[("text", &plain(text))]);
    }
    let as_of = day(language, &one.as_of);
    line("directory-source", &[("source", &plain(&one.source)), ("day", &as_of)]);
    if let (Some(file), Some(row)) = (&one.file, one.row) {
        line("directory-file", &[("file", &plain(file)), ("row", &row.to_string())]);
    }
    if let Some(confirmed) = &one.confirmed {
        let at = i18n::moment(language, confirmed.at);
        let first = plain(&confirmed.first_source);
        line(
            "directory-confirmed",
            &[("by", &plain(&confirmed.by)), ("at", &at), ("first", &first)],
        );
    }
    if !one.caveat.is_empty() {
        line("directory-caveat", &[("caveat", &plain(&one.caveat))]);
    }
    told + &doubts(one, language)
}

/// What a reader has to see before he relies on an entry.
fn doubts(one: &AuthorityAnswer, language: Language) -> String {
    let mut told = String::new();
    let mut mark = |text: String| told.push_str(&format!("  ! {text}\n"));
    if !one.verified {
        mark(say(language, "directory-unverified", &[("id", &one.id)]));
    }
    match one.applies {
        "yes" => {}
        answer => mark(i18n::text(language, &format!("directory-applies-{answer}"))),
    }
    if one.stale {
        let days = one.age_days.into();
        let values = [("days", days), ("id", one.id.as_str().into())];
        mark(i18n::text_with(language, "directory-stale", &values));
    }
    if !one.contradicts.is_empty() {
        mark(say(language, "directory-contradicts", &[("ids", &one.contradicts.join(", "))]));
    }
    told
}

fn done(one: &AuthorityDone, language: Language) -> String {
    let what = i18n::text(language, &format!("directory-did-{}", one.what));
    let at = i18n::moment(language, one.at);
    let mut told = format!("{at}  {} · {what}: {}\n", plain(&one.by), plain(&one.because));
    if let Some(before) = &one.before {
        told.push_str(&format!("    {}\n", i18n::text(language, "directory-before")));
        for line in lines(before, language).lines() {
            told.push_str(&format!("    {line}\n"));
        }
    }
    told
}

pub(crate) fn directory_imported(answer: &DirectoryImported, language: Language) -> String {
    let mut told = files(std::slice::from_ref(&answer.file), language);
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX).into();
    let values = [
        ("entries", answer.entries.into()),
        ("replaced", count(answer.replaced)),
        ("withdrawn", count(answer.withdrawn)),
    ];
    let key = if answer.dry_run { "directory-would" } else { "directory-now" };
    told.push_str(&format!("{}\n", i18n::text_with(language, key, &values)));
    told
}

/// To whom a request goes on paper, and how that is known.
pub(super) fn addressee(one: Option<&AddresseeAnswer>, language: Language) -> String {
    let Some(one) = one else { return String::new() };
    let [vi, en] = &one.name;
    let name = plain(if language == Language::Vi { vi } else { en });
    let said = match (&one.id, &one.as_of) {
        (Some(id), Some(as_of)) => {
            let as_of = day(language, as_of);
            say(language, "request-addressee", &[("name", &name), ("id", id), ("day", &as_of)])
        }
        _ => say(language, "request-addressee-said", &[("name", &name)]),
    };
    format!("  {said}\n")
}

/// The warnings about whom a request goes to, in words.
pub(crate) fn addressee_warnings(
    warnings: &[WarningAnswer],
    language: Language,
) -> impl Iterator<Item = String> {
    warnings.iter().filter(|one| one.code.starts_with("authority_")).map(move |one| {
        let key = format!("request-warning-{}", one.code.replace('_', "-"));
        say(language, &key, &[("value", &plain(&super::law::named(language, &one.value)))])
    })
}
