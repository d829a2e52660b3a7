//! What two lists have in common.

use i18n::Language;
use node::answer::ListsAnswer;

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
