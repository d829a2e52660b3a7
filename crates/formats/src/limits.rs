//! The named limits of everything that is read from outside.
//!
//! Left out on purpose: a limit on the ratio of gzip. Deflate cannot exceed 1,032 to 1, rows are
//! streamed and never held, so `MAX_GZIP_INFLATED_BYTES` alone bounds the work.

/// One record of a table, or one line of a list.
pub const MAX_RECORD_BYTES: usize = 1 << 20;
/// One field of a record.
pub const MAX_FIELD_BYTES: usize = 64 << 10;
/// Columns of a table.
pub const MAX_COLUMNS: usize = 200;
/// The text of a header; what is longer is no name of a column.
pub const MAX_HEADER_CHARACTERS: usize = 200;
/// Records above the header (a title, a bank's address) in which the header is looked for.
pub const MAX_PREAMBLE_RECORDS: usize = 20;
/// Lines looked at to tell whether a text is a list of hosts.
pub const MAX_LINES_LOOKED_AT: usize = 200;
/// What is looked at first to learn what a file is.
pub const HEAD_BYTES: usize = 64 << 10;
/// A JSON file, inflated and in UTF-8.
pub const MAX_JSON_BYTES: usize = 256 << 20;
/// Arrays and objects inside each other.
pub const MAX_JSON_DEPTH: usize = 64;
/// Events, attributes or STIX objects in one list, and values taken from one file.
pub const MAX_OBJECTS: usize = 1_000_000;
/// Objects of any sort in one JSON file: an attribute brings its tags along.
pub const MAX_JSON_OPENINGS: usize = 4 * MAX_OBJECTS;
/// Values of any sort in one JSON file.
pub const MAX_JSON_VALUES: usize = 16 * MAX_OBJECTS;
/// Types of a bulletin that are counted as left out.
pub const MAX_TYPES_COUNTED: usize = 1_000;
/// Comparisons in one STIX pattern.
pub const MAX_COMPARISONS: usize = 10_000;
/// An XLSX file.
pub const MAX_XLSX_BYTES: usize = 256 << 20;
/// All parts of an XLSX file, inflated.
pub const MAX_XLSX_INFLATED_BYTES: u64 = 1 << 30;
/// Parts of an XLSX file.
pub const MAX_XLSX_PARTS: usize = 10_000;
/// A formula that is shown as the reason why its row was not taken, in characters.
pub const MAX_FORMULA_CHARACTERS: usize = 200;
/// Formulas of a sheet that several cells share and that are remembered.
pub const MAX_SHARED_FORMULAS: usize = 10_000;
/// Inflated to packed size of one part of an XLSX file, where it is large.
pub const MAX_INFLATE_RATIO: u64 = 200;
/// A part smaller than this may have any ratio: an empty sheet packs well.
pub const RATIO_FREE_BYTES: u64 = 16 << 20;
/// What a gzip file may inflate to.
pub const MAX_GZIP_INFLATED_BYTES: u64 = 64 << 30;
/// Distinct words scored to tell two old Vietnamese encodings apart.
pub const MAX_WORDS_SCORED: u64 = 1_000_000;
/// How a payment was made, in characters.
pub const MAX_FORMAT_CHARACTERS: usize = 60;
/// A bulletin's title, in characters.
pub const MAX_TITLE_CHARACTERS: usize = 300;
