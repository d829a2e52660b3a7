//! Rows that could not be taken, and things worth a warning: said as data, beside the good rows.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

/// At most this many characters of an offending value are kept.
pub const MAX_SHOWN_CHARACTERS: usize = 120;

/// One row that was rejected, or accepted with a warning.
///
/// `code` is stable snake_case; its text for people is the message `reason-<code>` of `i18n`, with
/// underscores as dashes and `value` as its variable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowError {
    /// Counts records; the first after the header is 1. 0 means the file as a whole.
    pub row: u64,
    /// The field's standard name, as in the formats' own lists; empty where the row as a whole is
    /// meant.
    pub field: CompactString,
    /// The offending value, shortened, with control characters replaced.
    pub value: CompactString,
    /// Stable snake_case.
    pub code: CompactString,
}

impl RowError {
    /// Keeps what people need to find the row and mend it.
    pub fn new(row: u64, field: &str, value: &str, code: &str) -> RowError {
        RowError { row, field: field.into(), value: shown(value), code: code.into() }
    }
}

/// A value as it may be shown: short, and without control characters that could fool a terminal.
pub fn shown(value: &str) -> CompactString {
    value
        .chars()
        .take(MAX_SHOWN_CHARACTERS)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}
