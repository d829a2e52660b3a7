//! The codes of this crate's own about single rows, beside the codes that `model` gives.
//!
//! Each is stable and has a text for people under `reason-<code>` in `i18n`.

/// A row with more or fewer fields than the header.
pub const WRONG_FIELD_COUNT: &str = "wrong_field_count";
/// A row in which every field is empty.
pub const ROW_EMPTY: &str = "row_empty";
/// A field beyond `limits::MAX_FIELD_BYTES`.
pub const FIELD_TOO_LONG: &str = "field_too_long";
/// A row whose bytes are no UTF-8, in a file that is.
pub const TEXT_NOT_UTF8: &str = "text_not_utf8";
/// An id that is missing.
pub const ID_EMPTY: &str = "id_empty";
/// An id with control or unreadable characters.
pub const ID_CONTROL_CHARACTER: &str = "id_control_character";
/// An id beyond `model::transfer::MAX_ID_CHARACTERS`.
pub const ID_TOO_LONG: &str = "id_too_long";
/// A formula where a value was expected.
pub const FORMULA_IN_CELL: &str = "formula_in_cell";
/// A spreadsheet's error value (`#REF!`) where a value was expected.
pub const ERROR_IN_CELL: &str = "error_in_cell";
/// A date where an id, account or amount was expected.
pub const DATE_IN_CELL: &str = "date_in_cell";
/// An id, account or amount that a spreadsheet turned into a number and cut.
pub const NUMBER_LOST_DIGITS: &str = "number_lost_digits";
/// An amount of nothing: rejected in a complaint, a warning in a transfer.
pub const AMOUNT_ZERO: &str = "amount_zero";
/// A transfer from an account to itself.
pub const TRANSFER_TO_SELF: &str = "transfer_to_self";
/// A day without a time of day: its first second, or for a complaint its last.
pub const DATE_WITHOUT_TIME: &str = "date_without_time";
/// Control characters taken out of a name.
pub const CONTROL_CHARACTERS: &str = "control_characters";
/// A name that was cut.
pub const TEXT_CUT: &str = "text_cut";
/// A word for a sort of account that is not known.
pub const KIND_UNKNOWN: &str = "account_kind_unknown";
/// A MISP or STIX type that holds no identifier; said once a type.
pub const TYPE_NOT_KEPT: &str = "type_not_kept";
/// A STIX pattern beyond plain comparisons.
pub const PATTERN_NOT_READ: &str = "pattern_not_read";
/// A STIX object that its author took back.
pub const OBJECT_REVOKED: &str = "object_revoked";
/// A JSON value that is no object where one was expected.
pub const OBJECT_UNREADABLE: &str = "object_unreadable";
/// A sheet of a workbook beside the one that was read.
pub const SHEET_NOT_READ: &str = "sheet_not_read";
/// A host list's line that names no host.
pub const LINE_UNREADABLE: &str = "line_unreadable";
/// A line of a map without `=`.
pub const MAP_LINE_BAD: &str = "map_line_bad";
/// A line of a list of identifiers without a kind.
pub const KIND_MISSING: &str = "kind_missing";
/// A map's field that no table has.
pub const MAP_FIELD_UNKNOWN: &str = "map_field_unknown";
/// A map's field given twice.
pub const MAP_FIELD_TWICE: &str = "map_field_twice";
/// A map's time zone that is no offset.
pub const MAP_TIMEZONE_BAD: &str = "map_timezone_bad";
/// A map's order of dates that is not known.
pub const MAP_DATES_BAD: &str = "map_dates_bad";
/// A row of a directory whose authority has no role that is known.
pub const ROLE_UNKNOWN: &str = "authority_role_unknown";
/// A row of a directory without the authority's name.
pub const NAME_MISSING: &str = "authority_name_missing";
/// A row of a directory that does not say where it was read.
pub const SOURCE_MISSING: &str = "source_missing";
/// No day, month or year.
pub const DAY_UNREADABLE: &str = "day_unreadable";
/// A word that is neither a measure nor a kind of request.
pub const MEASURE_UNKNOWN: &str = "measure_word_unknown";
/// A row of a directory that names no measure.
pub const MEASURES_MISSING: &str = "measures_missing";
/// No code of a language.
pub const LANGUAGE_UNREADABLE: &str = "language_unreadable";
/// A way that is not known.
pub const CHANNEL_UNKNOWN: &str = "channel_unknown";
/// Neither yes nor no.
pub const YES_OR_NO: &str = "yes_or_no_unreadable";

/// All codes of this file.
pub const CODES: &[&str] = &[
    WRONG_FIELD_COUNT,
    ROW_EMPTY,
    FIELD_TOO_LONG,
    TEXT_NOT_UTF8,
    ID_EMPTY,
    ID_CONTROL_CHARACTER,
    ID_TOO_LONG,
    FORMULA_IN_CELL,
    ERROR_IN_CELL,
    DATE_IN_CELL,
    NUMBER_LOST_DIGITS,
    AMOUNT_ZERO,
    TRANSFER_TO_SELF,
    DATE_WITHOUT_TIME,
    CONTROL_CHARACTERS,
    TEXT_CUT,
    KIND_UNKNOWN,
    TYPE_NOT_KEPT,
    PATTERN_NOT_READ,
    OBJECT_REVOKED,
    OBJECT_UNREADABLE,
    SHEET_NOT_READ,
    LINE_UNREADABLE,
    MAP_LINE_BAD,
    MAP_FIELD_UNKNOWN,
    MAP_FIELD_TWICE,
    MAP_TIMEZONE_BAD,
    MAP_DATES_BAD,
    ROLE_UNKNOWN,
    NAME_MISSING,
    SOURCE_MISSING,
    DAY_UNREADABLE,
    MEASURE_UNKNOWN,
    MEASURES_MISSING,
    LANGUAGE_UNREADABLE,
    CHANNEL_UNKNOWN,
    YES_OR_NO,
];
