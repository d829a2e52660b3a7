//! What two lists, and two nodes, have in common.

use i18n::Language;
use node::answer::{Budgets, Hits, ListsAnswer, RunAnswer, Runs};
use node::matching::open::{Checked, Opening};

use super::table::{more, plain, table};

/// At most so many hits are shown, and so many rejected lines.
const MAX_SHOWN: usize = 50;

pub(crate) fn lists(answer: &ListsAnswer, language: Language) -> String {
    let values = [("count", answer.hits.len().into())];
    let mut text = format!("{}\n", i18n::text_with(language, "lists-hits", &values));
    if !answer.hits.is_empty() {
        let mut rows = table(language, &["col-kind", "col-value"], &[]);
        for hit in answer.hits.iter().take(MAX_SHOWN) {
            let kind = format!("identifier-{}", hit.kind.replace('_', "-"));
            rows.add_row([i18n::text(language, &kind), plain(&hit.value)]);
        }
        text.push_str(&format!("{rows}\n"));
        text.push_str(&more(language, answer.hits.len(), MAX_SHOWN.min(answer.hits.len())));
    }
    if answer.rejected_total > 0 {
        let total = usize::try_from(answer.rejected_total).unwrap_or(usize::MAX);
        let values = [("count", total.into())];
        text.push_str(&format!("\n{}\n", i18n::text_with(language, "lists-rejected", &values)));
        let shown = answer.rejected.iter().take(MAX_SHOWN);
        shown.for_each(|bad| {
            let line = format!("  {}:{} · {}\n", bad.file, bad.row, plain(&bad.reason));
            text.push_str(&line);
        });
        text.push_str(&more(language, total, MAX_SHOWN.min(answer.rejected.len())));
    }
    let size = |bytes: u64| i18n::number(language, i64::try_from(bytes).unwrap_or(i64::MAX));
    let seconds = |value: f64| match language {
        Language::Vi => format!("{value:.2}").replace('.', ","),
        _ => format!("{value:.2}"),
    };
    let values = [
        ("publish", seconds(answer.seconds.publish)),
        ("query", seconds(answer.seconds.query)),
        ("set", size(answer.bytes.set)),
        ("asked", size(answer.bytes.query)),
        ("reply", size(answer.bytes.reply)),
    ];
    let values: Vec<_> = values.iter().map(|(name, text)| (*name, text.as_str().into())).collect();
    text.push_str(&format!("\n{}\n", i18n::text_with(language, "lists-cost", &values)));
    text
}

pub(crate) fn runs(answer: &Runs, language: Language) -> String {
    if answer.runs.is_empty() {
        return format!("{}\n", i18n::text(language, "match-none"));
    }
    answer.runs.iter().map(|one| run(one, language)).collect()
}

fn run(run: &RunAnswer, language: Language) -> String {
    let count = |value: u64| i18n::number(language, i64::try_from(value).unwrap_or(i64::MAX));
    let left = run.budget_left.map_or_else(|| "–".to_owned(), count);
    let (queried, hits) = (count(run.queried), run.hits.to_string());
    let suppressed = count(run.suppressed);
    let values = [
        ("partner", plain(&run.partner)),
        ("purpose", plain(&run.purpose)),
        ("queried", queried),
        ("left", left),
        ("hits", hits),
    ];
    let values: Vec<_> = values.iter().map(|(name, text)| (*name, text.as_str().into())).collect();
    let key = format!("match-{}", run.state);
    let mut text = format!("{}\n", i18n::text_with(language, &key, &values));
    if run.suppressed > 0 {
        let values = [("count", suppressed.as_str().into())];
        text.push_str(&format!("  {}\n", i18n::text_with(language, "match-suppressed", &values)));
    }
    if let Some(code) = run.code.as_deref().filter(|code| crate::failure::has_text(code)) {
        let [message, hint] = i18n::refusal(language, code, &run.purpose, "");
        text.push_str(&format!("  {message} {hint}\n"));
    }
    text
}

pub(crate) fn hits(answer: &Hits, language: Language) -> String {
    if answer.hits.is_empty() {
        return format!("{}\n", i18n::text(language, "hits-none"));
    }
    let headings = ["col-id", "col-partner", "col-kind", "col-value", "col-handle", "col-state"];
    let mut rows = table(language, &headings, &[]);
    for hit in answer.hits.iter().take(MAX_SHOWN) {
        let kind = format!("identifier-{}", hit.kind.replace('_', "-"));
        rows.add_row([
            hit.id.clone(),
            plain(&hit.partner),
            i18n::text(language, &kind),
            plain(&hit.value),
            hit.handle.clone(),
            i18n::text(language, &format!("hit-{}", hit.state)),
        ]);
    }
    let shown = MAX_SHOWN.min(answer.hits.len());
    let note = i18n::text(language, "hits-note");
    format!("{rows}\n{}\n{note}\n", more(language, answer.hits.len(), shown))
}

pub(crate) fn budgets(answer: &Budgets, language: Language) -> String {
    if answer.budgets.is_empty() {
        return format!("{}\n", i18n::text(language, "budgets-none"));
    }
    let headings = ["col-partner", "col-purpose", "col-kind", "col-limit", "col-used", "col-left"];
    let mut rows = table(language, &headings, &[3, 4, 5]);
    let count = |value: u64| i18n::number(language, i64::try_from(value).unwrap_or(i64::MAX));
    for one in &answer.budgets {
        let kind = format!("identifier-{}", one.kind.replace('_', "-"));
        rows.add_row([
            plain(&one.partner),
            plain(&one.purpose),
            i18n::text(language, &kind),
            count(one.limit),
            count(one.used),
            count(one.left),
        ]);
    }
    format!("{rows}\n{}\n", i18n::text(language, "budgets-note"))
}

pub(crate) fn opening(answer: &Opening, language: Language) -> String {
    let mut rows = table(language, &["col-kind", "col-value", "col-case"], &[]);
    for one in answer.shown.iter().take(MAX_SHOWN) {
        let kind = format!("identifier-{}", one.kind.replace('_', "-"));
        rows.add_row([i18n::text(language, &kind), plain(&one.value), one.cases.join(", ")]);
    }
    let commitment = answer.commitment.to_string();
    let values = [
        ("count", answer.shown.len().into()),
        ("size", usize::try_from(answer.size).unwrap_or(usize::MAX).into()),
        ("commitment", commitment.as_str().into()),
    ];
    let told = i18n::text_with(language, "opening-told", &values);
    format!("{rows}\n{}{told}\n", more(language, answer.shown.len(), MAX_SHOWN))
}

pub(crate) fn opening_checked(answer: &Checked, language: Language) -> String {
    let key = if answer.valid { "opening-valid" } else { "opening-not-valid" };
    let mut told =
        format!("{}\n", i18n::text_with(language, key, &[("count", answer.shown.into())]));
    answer.wrong.iter().for_each(|one| told.push_str(&format!("  {}\n", plain(one))));
    told
}
