//! Why a file as a whole cannot be read.

use std::fmt;
use std::io;

use crate::kind::Kind;
use crate::limits;

/// Why a file as a whole cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// The edge could not give us its bytes.
    #[error("cannot read: {0}")]
    Read(String),
    /// No bytes, or nothing but blanks.
    #[error("the file is empty")]
    Empty,
    /// Bytes of another trade: a word that says which (`foreign::trade`).
    #[error("this is no table, list or bulletin but {0}")]
    NotATable(&'static str),
    /// Neither Unicode nor an encoding of Vietnamese that gives readable words.
    #[error("the text is neither Unicode nor readable as Windows-1258 or TCVN3")]
    EncodingUnknown,
    /// Beyond the limit in bytes.
    #[error("the file is larger than {0} bytes")]
    TooLarge(u64),
    /// Packed so that it would fill the machine; the part and the limit it breaks.
    #[error("{part} inflates beyond the limit of {limit}")]
    InflatesTooMuch {
        /// Which part.
        part: String,
        /// Bytes, or times its packed size.
        limit: u64,
    },
    /// The end of a gzip file is missing.
    #[error("the gzip file ends early, after {0} rows")]
    GzipTruncated(u64),
    /// The inside of a gzip file is damaged.
    #[error("the gzip file is damaged after {0} rows")]
    GzipDamaged(u64),
    /// A record without end, often an unclosed quotation mark.
    #[error("record {0} is longer than {limit} bytes", limit = limits::MAX_RECORD_BYTES)]
    RecordTooLong(u64),
    /// More columns than any statement has.
    #[error("{0} columns, more than {limit}", limit = limits::MAX_COLUMNS)]
    TooManyColumns(usize),
    /// A table without columns it cannot do without.
    #[error("{kind} need the columns {missing:?}, found {found:?}")]
    MissingColumns {
        /// What it was taken for.
        kind: Kind,
        /// Standard names of what is missing.
        missing: Vec<&'static str>,
        /// The headers as they stand.
        found: Vec<String>,
    },
    /// Two columns that mean the same.
    #[error("the columns {headers:?} could all be {field}")]
    ColumnTwice {
        /// The standard name.
        field: &'static str,
        /// The headers as they stand.
        headers: Vec<String>,
    },
    /// A map that names a header the file does not have.
    #[error("the map wants the header {header:?} for {field}, found {found:?}")]
    MapHeaderMissing {
        /// The standard name.
        field: String,
        /// What the map says.
        header: String,
        /// The headers as they stand.
        found: Vec<String>,
    },
    /// Readable, but nothing we know; with what stands in its first line or on its top level.
    #[error("neither a known table nor a bulletin; it begins with {0:?}")]
    KindUnknown(Vec<String>),
    /// Something else than the caller said.
    #[error("asked to read {asked}, but this is {found}")]
    KindMismatch {
        /// What the caller said.
        asked: Kind,
        /// What it is.
        found: &'static str,
    },
    /// No JSON.
    #[error("no valid JSON at line {line}, column {column}")]
    JsonBad {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
    },
    /// JSON nested beyond the limit.
    #[error("JSON nested deeper than {limit}", limit = limits::MAX_JSON_DEPTH)]
    JsonTooDeep,
    /// More objects than the limit.
    #[error("more than {0} objects in one file")]
    TooManyObjects(usize),
    /// A workbook that cannot be read; the reader's words.
    #[error("the workbook is damaged: {0}")]
    WorkbookDamaged(String),
}

/// All codes of `FileError`.
pub const CODES: &[&str] = &[
    "read_failed",
    "empty_file",
    "not_a_table",
    "encoding_unknown",
    "file_too_large",
    "inflates_too_much",
    "gzip_truncated",
    "gzip_damaged",
    "record_too_long",
    "too_many_columns",
    "missing_columns",
    "column_twice",
    "map_header_missing",
    "kind_unknown",
    "kind_mismatch",
    "json_bad",
    "json_too_deep",
    "too_many_objects",
    "workbook_damaged",
];

impl FileError {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            FileError::Read(_) => "read_failed",
            FileError::Empty => "empty_file",
            FileError::NotATable(_) => "not_a_table",
            FileError::EncodingUnknown => "encoding_unknown",
            FileError::TooLarge(_) => "file_too_large",
            FileError::InflatesTooMuch { .. } => "inflates_too_much",
            FileError::GzipTruncated(_) => "gzip_truncated",
            FileError::GzipDamaged(_) => "gzip_damaged",
            FileError::RecordTooLong(_) => "record_too_long",
            FileError::TooManyColumns(_) => "too_many_columns",
            FileError::MissingColumns { .. } => "missing_columns",
            FileError::ColumnTwice { .. } => "column_twice",
            FileError::MapHeaderMissing { .. } => "map_header_missing",
            FileError::KindUnknown(_) => "kind_unknown",
            FileError::KindMismatch { .. } => "kind_mismatch",
            FileError::JsonBad { .. } => "json_bad",
            FileError::JsonTooDeep => "json_too_deep",
            FileError::TooManyObjects(_) => "too_many_objects",
            FileError::WorkbookDamaged(_) => "workbook_damaged",
        }
    }

    /// The offending value as the variable `value` of the text for people; may be empty.
    pub fn value(&self) -> String {
        match self {
            FileError::Read(text) | FileError::WorkbookDamaged(text) => text.clone(),
            FileError::NotATable(what) => (*what).to_owned(),
            FileError::TooLarge(limit) => limit.to_string(),
            FileError::InflatesTooMuch { part, .. } => part.clone(),
            FileError::GzipTruncated(rows) | FileError::GzipDamaged(rows) => rows.to_string(),
            FileError::RecordTooLong(row) => row.to_string(),
            FileError::TooManyColumns(count) | FileError::TooManyObjects(count) => {
                count.to_string()
            }
            FileError::MissingColumns { missing, found, .. } => {
                format!("{} ← {}", missing.join(", "), found.join(" | "))
            }
            FileError::ColumnTwice { field, headers } => {
                format!("{field} ← {}", headers.join(" | "))
            }
            FileError::MapHeaderMissing { field, header, found } => {
                format!("{field} = {header} ← {}", found.join(" | "))
            }
            FileError::KindUnknown(found) => found.join(" | "),
            FileError::KindMismatch { asked, found } => format!("{asked} ← {found}"),
            FileError::JsonBad { line, column } => format!("{line}:{column}"),
            FileError::Empty | FileError::EncodingUnknown | FileError::JsonTooDeep => String::new(),
        }
    }

    /// What an error of the stream means, after so many rows.
    pub(crate) fn of_stream(error: &io::Error, rows: u64) -> FileError {
        let stop = error.get_ref().and_then(|inner| inner.downcast_ref::<Stop>());
        match stop {
            Some(Stop::GzipTruncated) => FileError::GzipTruncated(rows),
            Some(Stop::GzipDamaged) => FileError::GzipDamaged(rows),
            Some(Stop::RecordTooLong) => FileError::RecordTooLong(rows + 1),
            Some(Stop::InflatesTooMuch) => FileError::InflatesTooMuch {
                part: "gzip".to_owned(),
                limit: limits::MAX_GZIP_INFLATED_BYTES,
            },
            None => FileError::Read(error.to_string()),
        }
    }
}

/// Why a stream of ours stopped, carried through `io::Error`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    GzipTruncated,
    GzipDamaged,
    InflatesTooMuch,
    RecordTooLong,
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for Stop {}

impl From<Stop> for io::Error {
    fn from(stop: Stop) -> io::Error {
        io::Error::other(stop)
    }
}
