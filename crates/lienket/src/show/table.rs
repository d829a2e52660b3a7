//! Plain tables for terminals and pipes.

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use i18n::Language;

/// Marks that turn the direction of what follows: a text could look like another one.
const TURNS: [std::ops::RangeInclusive<char>; 2] =
    ['\u{202a}'..='\u{202e}', '\u{2066}'..='\u{2069}'];

/// A table with translated headings; `right` names the columns that hold figures.
pub(crate) fn table(language: Language, headings: &[&str], right: &[usize]) -> Table {
    let mut table = Table::new();
    let line = LineStyle::none().fill('─').junction('─');
    table.load_style(TableStyle::new().header_separator(line));
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(headings.iter().map(|key| i18n::text(language, key)));
    for column in right {
        if let Some(column) = table.column_mut(*column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// A line that says how many rows are not shown; empty where all are.
pub(crate) fn more(language: Language, total: usize, shown: usize) -> String {
    match total.saturating_sub(shown) {
        0 => String::new(),
        more => format!("{}\n", i18n::text_with(language, "and-more", &[("count", more.into())])),
    }
}

/// A value from a file as it may stand on a terminal: without control characters
/// and marks that turn its direction.
pub(crate) fn plain(text: &str) -> String {
    let fools = |c: char| c.is_control() || TURNS.iter().any(|turns| turns.contains(&c));
    text.chars().map(|c| if fools(c) { '\u{fffd}' } else { c }).collect()
}
