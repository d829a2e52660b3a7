//! The node itself: its making, its cases, its people, its health.

use i18n::Language;
use node::answer::{CaseAnswer, Cases, Made, UserAnswer, WarningAnswer};
use node::event::Recorded;
use serde::Serialize;

use super::table::{plain, table};
use crate::doctor::Health;

/// Everybody who may act.
#[derive(Serialize)]
pub(crate) struct Users {
    pub(crate) users: Vec<UserAnswer>,
}

/// The events.
#[derive(Serialize)]
pub(crate) struct Audit {
    pub(crate) events: Vec<Recorded>,
}

/// Something was written.
#[derive(Serialize)]
pub(crate) struct Written {
    pub(crate) path: String,
    pub(crate) count: usize,
    /// What an officer should know of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) warnings: Vec<WarningAnswer>,
}

pub(crate) fn made(made: &Made, language: Language) -> String {
    let country = i18n::country(language, made.country);
    let values = [
        ("agency", made.agency.as_str().into()),
        ("country", country.as_str().into()),
        ("home", made.home.as_str().into()),
        ("fingerprint", made.fingerprint.as_str().into()),
    ];
    format!("{}\n", i18n::text_with(language, "node-made", &values))
}

pub(crate) fn case(case: &CaseAnswer, language: Language) -> String {
    let state = i18n::text(language, &format!("state-{}", case.state));
    format!("{} · {} · {state}\n", case.case, plain(&case.title))
}

pub(crate) fn cases(answer: &Cases, language: Language) -> String {
    let headings = ["col-case", "col-title", "col-state", "col-files", "col-rows"];
    let mut cases = table(language, &headings, &[3, 4]);
    for case in &answer.cases {
        cases.add_row([
            case.case.clone(),
            plain(&case.title),
            i18n::text(language, &format!("state-{}", case.state)),
            i18n::number(language, case.files as i64),
            i18n::number(language, i64::try_from(case.rows).unwrap_or(i64::MAX)),
        ]);
    }
    format!("{cases}\n")
}

pub(crate) fn user(user: &UserAnswer, language: Language) -> String {
    let role = i18n::text(language, &format!("user-{}", user.role.as_str()));
    format!("{} · {role}\n", plain(&user.name))
}

pub(crate) fn users(answer: &Users, language: Language) -> String {
    answer.users.iter().map(|one| user(one, language)).collect()
}

pub(crate) fn audit(answer: &Audit, language: Language) -> String {
    let mut events = table(language, &["col-seq", "col-when", "col-who", "col-did"], &[0]);
    for recorded in &answer.events {
        events.add_row([
            recorded.seq.to_string(),
            i18n::moment(language, recorded.at),
            plain(&recorded.by),
            plain(&recorded.event.told(language)),
        ]);
    }
    format!("{events}\n")
}

pub(crate) fn doctor(health: &Health, language: Language) -> String {
    let lines = health.checks.iter().map(|check| {
        let mark = match (check.ok, check.warning) {
            (false, _) => "✗",
            (true, true) => "!",
            (true, false) => "✓",
        };
        format!("{mark} {}\n", plain(&check.detail))
    });
    let key = if health.ok { "doctor-well" } else { "doctor-ill" };
    lines.collect::<String>() + &i18n::text(language, key) + "\n"
}

/// A page that holds one picture.
pub(crate) fn page(title: &str, svg: &str, language: Language) -> String {
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>body{{margin:0;background:#fff}}\
         svg{{display:block;width:100%;height:auto}}</style></head><body>\n{svg}\n</body></html>\n",
        language.as_str()
    )
}
