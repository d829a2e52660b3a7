//! What became of imported files.

use i18n::Language;
use node::answer::{FileAnswer, Imported, RowAnswer};

use super::table::{more, plain, table};

/// At most this many rejected rows of a file are shown.
const MAX_SHOWN: usize = 10;

pub(crate) fn imported(answer: &Imported, language: Language) -> String {
    files(&answer.files, language)
}

/// What became of some files.
pub(super) fn files(files: &[FileAnswer], language: Language) -> String {
    let headings =
        ["col-file", "col-kind", "col-rows", "col-accepted", "col-already", "col-rejected"];
    let mut summary = table(language, &headings, &[2, 3, 4, 5]);
    let number = |count: u64| i18n::number(language, i64::try_from(count).unwrap_or(i64::MAX));
    for file in files {
        let kind = match file.kind {
            Some(kind) => i18n::text(language, &format!("kind-{kind}")),
            None => "–".to_owned(),
        };
        let figures = [file.rows, file.accepted, file.already, file.rejected_total].map(number);
        summary.add_row([plain(&file.path), kind].into_iter().chain(figures));
    }
    let details: String = files.iter().map(|file| details(file, language)).collect();
    format!("{summary}\n{details}")
}

fn details(file: &FileAnswer, language: Language) -> String {
    let mut text = String::new();
    if let Some(error) = &file.error {
        text.push_str(&format!("✗ {}: {}\n  {}\n", plain(&file.path), error.message, error.hint));
    }
    text.push_str(&rows(file, "rejected-rows", &file.rejected, file.rejected_total, language));
    text.push_str(&rows(file, "warning-rows", &file.warnings, file.warnings_total, language));
    if let Some(path) = &file.rejects_file {
        let values = [("path", path.as_str().into())];
        text.push_str(&format!("{}\n", i18n::text_with(language, "rejects-file", &values)));
    }
    text
}

fn rows(
    file: &FileAnswer,
    key: &str,
    rows: &[RowAnswer],
    total: u64,
    language: Language,
) -> String {
    if total == 0 {
        return String::new();
    }
    let total = usize::try_from(total).unwrap_or(usize::MAX);
    let path = plain(&file.path);
    let values = [("path", path.as_str().into()), ("count", total.into())];
    let mut text = format!("{}\n", i18n::text_with(language, key, &values));
    for row in rows.iter().take(MAX_SHOWN) {
        text.push_str(&format!("  {} {} · {}\n", row.row, row.field, plain(&row.reason)));
    }
    text + &more(language, total, rows.len().min(MAX_SHOWN))
}
