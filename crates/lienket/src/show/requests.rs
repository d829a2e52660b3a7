//! Requests: what is missing, how they stand, what they say.

use i18n::Language;
use model::country::Country;
use node::answer::{
    ClockAnswer, DesksAnswer, FileOfRequest, Freezes, GapOfRequest, HappenedAnswer, LeadAnswer,
    MissingAnswer, RequestAnswer, RequestChecked, Requests, WarningAnswer,
};

use super::directory::{addressee, addressee_warnings};
use super::law::named;
use super::table::{plain, table};

fn text(language: Language, key: &str, values: &[(&str, &str)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, (*value).into())).collect();
    i18n::text_with(language, key, &values)
}

/// One of a pair of texts, Vietnamese and English.
fn of(pair: &[String; 2], language: Language) -> &str {
    let [vi, en] = pair;
    match language {
        Language::Vi => vi,
        _ => en,
    }
}

fn state(state: &str, language: Language) -> String {
    i18n::text(language, &format!("request-state-{}", state.replace('_', "-")))
}

fn kind(kind: &str, language: Language) -> String {
    i18n::text(language, &format!("request-kind-{kind}"))
}

pub(crate) fn request_checked(answer: &RequestChecked, language: Language) -> String {
    let state = state(answer.state, language);
    let values = [("request", answer.request.as_str()), ("state", &state)];
    let mut told = format!("{}\n", text(language, "request-line", &values));
    told.push_str(&basis(answer.basis.as_ref(), language));
    told.push_str(&addressee(answer.addressee.as_ref(), language));
    told.push_str(&gaps(&answer.gaps, language));
    told.push_str(&missing(&answer.missing, language));
    told.push_str(&warnings(&answer.warnings, language));
    told
}

fn basis(basis: Option<&LeadAnswer>, language: Language) -> String {
    let Some(basis) = basis else {
        return format!("  {}\n", i18n::text(language, "request-basis-none"));
    };
    let answer = i18n::text(language, &format!("request-answer-{}", basis.answer));
    let title = plain(of(&basis.title, language));
    let cited = i18n::cited(language, &title, basis.article.as_deref());
    let values = [("cited", cited.as_str()), ("answer", &answer)];
    format!("  {}\n", text(language, "request-basis", &values))
}

fn gaps(gaps: &[GapOfRequest], language: Language) -> String {
    let line = |gap: &GapOfRequest| format!("  ! {}\n", plain(of(&gap.text, language)));
    gaps.iter().map(line).collect()
}

fn missing(missing: &[MissingAnswer], language: Language) -> String {
    if missing.is_empty() {
        return format!("  {}\n", i18n::text(language, "request-complete"));
    }
    let mut rows = table(language, &["col-missing", "col-what", "col-instrument"], &[]);
    for one in missing {
        rows.add_row([
            one.element.clone(),
            plain(of(&one.name, language)),
            match &one.title {
                Some(title) => {
                    i18n::cited(language, &plain(of(title, language)), one.article.as_deref())
                }
                None => i18n::text(language, "law-page-product"),
            },
        ]);
    }
    format!("{rows}\n")
}

fn warnings(warnings: &[WarningAnswer], language: Language) -> String {
    let line = |one: &WarningAnswer| {
        let key = format!("request-warning-{}", one.code.replace('_', "-"));
        let value = match one.code {
            "authority_unknown" => named(language, &one.value),
            _ => plain(&one.value),
        };
        let values = [("value", value.as_str()), ("element", one.element.as_deref().unwrap_or(""))];
        format!("  ! {}\n", text(language, &key, &values))
    };
    warnings.iter().map(line).collect()
}

/// Who is at the other side; of a country in which there is no partner, its name.
fn partner(partner: &str, country: Country, language: Language) -> String {
    match partner == country.to_string() {
        true => i18n::country(language, country),
        false => plain(partner),
    }
}

pub(crate) fn request_state(answer: &RequestAnswer, language: Language) -> String {
    let state = state(answer.state, language);
    let partner = partner(&answer.partner, answer.country, language);
    let key = if answer.direction == "in" { "request-from" } else { "request-to" };
    let kind = kind(&answer.kind, language);
    let values = [
        ("request", answer.request.as_str()),
        ("kind", &kind),
        ("partner", &partner),
        ("state", &state),
    ];
    let mut told = format!("{}\n", text(language, key, &values));
    if answer.needs_second {
        told.push_str(&format!("  ! {}\n", i18n::text(language, "request-needs-second")));
    }
    for (is_so, key) in [(answer.erased, "request-erased"), (answer.on_paper, "request-on-paper")] {
        if is_so {
            told.push_str(&format!("  ! {}\n", i18n::text(language, key)));
        }
    }
    told.push_str(&deadlines(&answer.deadlines, language));
    told
}

/// Whoever approves sees to whom it goes, and what is doubtful about that.
pub(crate) fn request_approved(answer: &RequestAnswer, language: Language) -> String {
    let mut told = request_state(answer, language);
    told.push_str(&addressee(answer.addressee.as_ref(), language));
    for warning in addressee_warnings(&answer.warnings, language) {
        told.push_str(&format!("  ! {warning}\n"));
    }
    told
}

fn deadlines(deadlines: &[ClockAnswer], language: Language) -> String {
    let line = |one: &ClockAnswer| {
        let what = i18n::text(language, &format!("request-due-{}", one.what.replace('_', "-")));
        let due = i18n::moment(language, one.due);
        let state = i18n::text(language, &format!("request-clock-{}", one.state));
        format!("  {what}: {due} ({state}; {})\n", plain(one.source))
    };
    deadlines.iter().map(line).collect()
}

pub(crate) fn requests(answer: &Requests, language: Language) -> String {
    if answer.requests.is_empty() {
        return format!("{}\n", i18n::text(language, "requests-none"));
    }
    let headings = [
        "col-request",
        "col-direction",
        "col-kind",
        "col-partner",
        "col-state",
        "col-due",
        "col-who",
    ];
    let mut rows = table(language, &headings, &[]);
    for one in &answer.requests {
        let mut due = one.due.map_or_else(|| "–".to_owned(), |due| i18n::moment(language, due));
        if one.is_overdue {
            due = format!("{due} · {}", i18n::text(language, "request-clock-over"));
        }
        let mut told = state(one.state, language);
        let marks = [
            (one.is_urgent, "request-urgent"),
            (one.needs_second, "request-lacks-approval"),
            (one.on_paper, "request-paper"),
            (one.erased, "request-gone"),
        ];
        for (_, key) in marks.iter().filter(|(is_so, _)| *is_so) {
            told = format!("{told} · {}", i18n::text(language, key));
        }
        rows.add_row([
            plain(&one.request),
            i18n::text(language, &format!("direction-{}", one.direction)),
            kind(&one.kind, language),
            partner(&one.partner, one.country, language),
            told,
            due,
            one.assigned.clone().unwrap_or_else(|| "–".to_owned()),
        ]);
    }
    format!("{rows}\n")
}

pub(crate) fn request(answer: &RequestAnswer, language: Language) -> String {
    let mut told = request_state(answer, language);
    // Of what was destroyed there is nothing more to tell than what happened.
    if let Some(handling) = &answer.handling {
        told.push_str(&basis(answer.basis.as_ref(), language));
        told.push_str(&addressee(answer.addressee.as_ref(), language));
        told.push_str(&gaps(&answer.gaps, language));
        let limits = handling.limits.join(" ");
        told.push_str(&format!("  {} · PAP:{} {limits}\n", handling.tlp, handling.pap));
    }
    for (who, at) in &answer.approvals {
        let (who, at) = (plain(who), i18n::moment(language, *at));
        let values = [("who", who.as_str()), ("at", &at)];
        told.push_str(&format!("  {}\n", text(language, "request-approved-by", &values)));
    }
    for one in &answer.elements {
        let marks = marks(one.person, one.evidence, language);
        told.push_str(&format!("\n{} ({}){marks}\n", plain(of(&one.name, language)), one.element));
        one.text.lines().for_each(|line| told.push_str(&format!("  {}\n", plain(line))));
    }
    told.push_str(&files(&answer.attachments, language));
    told.push('\n');
    if !answer.missing.is_empty() {
        told.push_str(&missing(&answer.missing, language));
    }
    told.push_str(&warnings(&answer.warnings, language));
    answer.history.iter().for_each(|one| told.push_str(&happened(one, language)));
    if !answer.possible.is_empty() {
        let acts: Vec<String> =
            answer.possible.iter().map(|act| format!("request {act}")).collect();
        let values = [("acts", acts.join(", "))];
        let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
        told.push_str(&format!("{}\n", text(language, "request-possible", &values)));
    }
    told
}

/// What goes with a datum, where somebody has said it.
fn marks(person: &str, evidence: &str, language: Language) -> String {
    let evidence = i18n::text(language, &format!("evidence-{evidence}"));
    match person {
        "" | "unknown" => format!(" · {evidence}"),
        person => {
            let person = i18n::text(language, &format!("person-{person}"));
            format!(" · {person} · {evidence}")
        }
    }
}

fn files(files: &[FileOfRequest], language: Language) -> String {
    let line = |file: &FileOfRequest| {
        let digest: String = file.sha256.chars().take(16).collect();
        let marks = marks(file.person, file.evidence, language);
        let size = i18n::number(language, i64::try_from(file.size).unwrap_or(i64::MAX));
        format!("  + {} ({size} B, {digest}…){marks}\n", plain(&file.name))
    };
    files.iter().map(line).collect()
}

fn happened(one: &HappenedAnswer, language: Language) -> String {
    let what = i18n::text(language, &format!("request-did-{}", one.what));
    let skipped = match one.skipped.is_empty() {
        true => String::new(),
        false => {
            let names = one.skipped.iter();
            let names = names.map(|act| i18n::text(language, &format!("request-did-{act}")));
            let names: Vec<String> = names.collect();
            let steps = names.join(", ");
            format!(" ({})", text(language, "request-skipped", &[("steps", &steps)]))
        }
    };
    let ground = one.ground.as_deref().map_or(String::new(), |one| format!(" · {}", plain(one)));
    let at = i18n::moment(language, one.at);
    let mut told = format!("{at}  {} · {what}{skipped}{ground}\n", plain(&one.by));
    if let Some(paper) = &one.paper {
        let (reference, on) = (plain(&paper.reference), i18n::moment(language, paper.on));
        let values = [("paper", reference.as_str()), ("on", &on), ("who", &paper.by)];
        told.push_str(&format!("    ✉ {}\n", text(language, "request-said-on-paper", &values)));
    }
    if let Some(handling) = one.handling.as_ref().filter(|_| one.text.is_some()) {
        let limits = handling.limits.join(" ");
        told.push_str(&format!("    {} · PAP:{} {limits}\n", handling.tlp, handling.pap));
    }
    if one.erased {
        told.push_str(&format!("    ! {}\n", i18n::text(language, "request-step-erased")));
    }
    if let Some(code) = &one.not_taken {
        let [cause, _] = i18n::refusal(language, code, "", "");
        let values = [("cause", cause.as_str())];
        told.push_str(&format!("    ! {}\n", text(language, "request-step-not-taken", &values)));
    }
    for line in one.text.iter().flat_map(|text| text.lines()) {
        told.push_str(&format!("    {}\n", plain(line)));
    }
    told.push_str(&files(&one.attachments, language));
    told
}

pub(crate) fn desks(answer: &DesksAnswer, language: Language) -> String {
    if answer.desks.is_empty() {
        return format!("{}\n", i18n::text(language, "desks-none"));
    }
    let mut rows = table(language, &["col-desk", "col-level", "col-who"], &[]);
    for one in &answer.desks {
        let level = i18n::text(language, &format!("desk-level-{}", one.level));
        rows.add_row([one.desk.clone(), level, one.members.join(", ")]);
    }
    format!("{rows}\n")
}

pub(crate) fn frozen(answer: &Freezes, language: Language) -> String {
    let mut told = String::new();
    for one in &answer.accounts {
        let account = plain(&format!("{}/{}", one.bank, one.account));
        let unknown = || i18n::text(language, "country-unknown");
        let country = one.country.map_or_else(unknown, |one| i18n::country(language, one));
        let sum = i18n::money(language, &one.tainted);
        let none = i18n::text(language, "freeze-none-request");
        let request = one.request.as_ref().map_or(none, |one| one.request.clone());
        let values = [
            ("account", account.as_str()),
            ("country", &country),
            ("sum", &sum),
            ("request", &request),
        ];
        told.push_str(&format!("{}\n", text(language, "freeze-line", &values)));
        if let Some(error) = &one.error {
            told.push_str(&format!("  {} {}\n", error.message, error.hint));
        }
        if let Some(path) = one.camt056.as_ref().filter(|path| !path.starts_with('<')) {
            told.push_str(&format!("  {}\n", text(language, "freeze-draft", &[("path", path)])));
        }
        if let Some(checked) = &one.request {
            told.push_str(&request_checked(checked, language));
        }
    }
    if !answer.unmatched.is_empty() {
        let complaints = plain(&answer.unmatched.join(", "));
        let values = [("complaints", complaints.as_str())];
        told.push_str(&format!("{}\n", text(language, "freeze-unmatched", &values)));
    }
    told
}
