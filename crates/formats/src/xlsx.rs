//! Tables in workbooks (XLSX): cells become the texts that a table in text would have.
//!
//! A spreadsheet damages what looks like a number, so a number that lost digits, a date, a formula
//! or an error standing where an id or account belongs costs the row.

use calamine::{ExcelDateTime, ExcelDateTimeType, Reader as _};
use model::refusal::RowError;

use crate::columns::{Fit, Layout};
use crate::error::FileError;
use crate::headers::fields;
use crate::limits::{MAX_COLUMNS, MAX_PREAMBLE_RECORDS};
use crate::open::{Options, Row};
use crate::reason;
use crate::rows::{self, Reader};
use crate::sheet::{self, Line, Note, Sheet};
use crate::table;

/// Where the table is in the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    sheet: String,
    /// Counted from 0, as the sheet has it.
    header_row: u32,
    /// Sheets with something on them that are not read.
    others: Vec<String>,
}

/// Finds the sheet with a table and its header.
pub(crate) fn detect(bytes: Vec<u8>, options: &Options) -> Result<(Place, Layout), FileError> {
    if let Some(asked) = options.kind.filter(|kind| !kind.is_table()) {
        return Err(FileError::KindMismatch { asked, found: "a workbook" });
    }
    let mut workbook = sheet::open(bytes)?;
    let names = workbook.sheet_names();
    let mut filled = Vec::new();
    let mut best: Option<(String, u32, Fit)> = None;
    for name in names.into_iter().take(MAX_COLUMNS) {
        let Some(mut sheet) = Sheet::open(&mut workbook, &name)? else {
            continue;
        };
        let mut line = Line::default();
        for looked_at in 0..=MAX_PREAMBLE_RECORDS {
            if !sheet.next(&mut line)? {
                break;
            }
            if looked_at == 0 {
                filled.push(name.clone());
            }
            let header: Vec<String> =
                line.texts.iter().map(|text| table::header_text(text)).collect();
            let Some(fit) = table::fit(&header, options) else {
                continue;
            };
            let rank = |fit: &Fit| (fit.is_complete(), fit.matched);
            if best.as_ref().is_none_or(|(_, _, known)| rank(&fit) > rank(known)) {
                best = Some((name.clone(), line.row, fit));
            }
        }
    }
    let (sheet, header_row, fit) = best.ok_or(FileError::Empty)?;
    let headers = || fit.layout.columns.iter().map(|column| column.header.clone()).collect();
    if !fit.is_complete() && options.kind.is_none() && fit.matched <= fit.missing.len() {
        return Err(FileError::KindUnknown(headers()));
    }
    let layout = fit.into_layout(options.map.as_ref())?;
    let others = filled.into_iter().filter(|name| *name != sheet).collect();
    Ok((Place { sheet, header_row, others }, layout))
}

/// Reads the rows below the header; a blank row is no record.
pub(crate) fn read(
    bytes: Vec<u8>,
    place: &Place,
    layout: &Layout,
    options: &Options,
    sink: &mut dyn FnMut(Row),
) -> Result<(), FileError> {
    let mut workbook = sheet::open(bytes)?;
    let is_1904 = workbook.has_1904_epoch();
    let sheet = Sheet::open(&mut workbook, &place.sheet)?;
    let mut sheet = sheet.ok_or_else(|| FileError::WorkbookDamaged(place.sheet.clone()))?;
    let mut rows = Reader::new(layout, options);
    let (mut line, mut warnings) = (Line::default(), Vec::new());
    let roles = roles(layout);
    while sheet.next(&mut line)? {
        if line.row <= place.header_row {
            continue;
        }
        let width = layout.columns.len();
        let is_wider = line.texts.iter().skip(width).any(|text| !text.trim().is_empty());
        if !is_wider {
            line.texts.resize(width, String::new());
            line.notes.resize(width, Note::Plain);
        }
        warnings.clear();
        let judged = roles.iter().enumerate().try_for_each(|(column, role)| {
            role.as_ref()
                .map_or(Ok(()), |role| judge(&mut line, column, role, is_1904, &mut warnings))
        });
        if let Err((field, value, code)) = judged {
            rows.reject(field, &value, code, sink);
            continue;
        }
        let cells = line.texts.as_slice();
        if let Some(column) = rows::too_long(cells) {
            let field = layout.columns.get(column).and_then(|column| column.field).unwrap_or("");
            rows.reject(
                field,
                &cells.get(column).cloned().unwrap_or_default(),
                reason::FIELD_TOO_LONG,
                sink,
            );
            continue;
        }
        rows.take(cells, sink);
        for (field, value, code) in warnings.drain(..) {
            sink(Row::Warning(RowError::new(rows.rows(), field, &value, code)));
        }
    }
    for name in &place.others {
        sink(Row::Warning(RowError::new(0, "sheet", name, reason::SHEET_NOT_READ)));
    }
    Ok(())
}

type Fault = (&'static str, String, &'static str);

/// What a column is for, as far as a spreadsheet can damage it.
struct Role {
    field: &'static str,
    /// Whether a bad value costs the row and not only the value.
    is_key: bool,
    is_time: bool,
    /// A day of the calendar, of which a year alone may be known.
    is_day: bool,
    is_amount: bool,
}

fn roles(layout: &Layout) -> Vec<Option<Role>> {
    let role = |name: &'static str| Role {
        field: name,
        is_key: fields(layout.kind).any(|field| field.name == name && field.required)
            || name.ends_with("_received"),
        is_time: matches!(name, "timestamp" | "reported_at"),
        is_day: name == "as_of",
        is_amount: matches!(name, "amount" | "amount_received"),
    };
    layout.columns.iter().map(|column| column.field.map(role)).collect()
}

/// Mends or refuses what a spreadsheet made of a cell.
fn judge(
    line: &mut Line,
    column: usize,
    role: &Role,
    is_1904: bool,
    warnings: &mut Vec<Fault>,
) -> Result<(), Fault> {
    let note = line.notes.get(column).copied().unwrap_or(Note::Plain);
    let Some(text) = line.texts.get_mut(column) else {
        return Ok(());
    };
    let code = match note {
        Note::Plain => return Ok(()),
        Note::Formula => return Err((role.field, text.clone(), reason::FORMULA_IN_CELL)),
        Note::Error => reason::ERROR_IN_CELL,
        Note::Date if role.is_time || role.is_day => return Ok(()),
        Note::Date => reason::DATE_IN_CELL,
        Note::Number(number) if role.is_amount => {
            // 1234.567 in a number's cell has decimals for sure: four digits say so.
            let is_like_thousands =
                text.split_once('.').is_some_and(|(_, behind)| behind.len() == 3);
            if is_like_thousands {
                text.push('0');
            }
            if number.abs() < EXACT {
                return Ok(());
            } else {
                reason::NUMBER_LOST_DIGITS
            }
        }
        Note::Number(number) if role.is_time => {
            // A day's number without a date's format, not a moment in January 1970.
            if (1.0..100_000.0).contains(&number) {
                *text = sheet::date_text(&ExcelDateTime::new(
                    number,
                    ExcelDateTimeType::DateTime,
                    is_1904,
                ));
            }
            return Ok(());
        }
        Note::Number(number) if kept_all_digits(number) => return Ok(()),
        Note::Number(_) => reason::NUMBER_LOST_DIGITS,
    };
    let value = std::mem::take(text);
    if role.is_key {
        return Err((role.field, value, code));
    }
    warnings.push((role.field, value, code));
    Ok(())
}

/// 2^53: below it every whole number has a place of its own in a cell.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Whether a number in a cell can be trusted to be the digits that a person typed. Spreadsheet
/// programs keep 15 digits and put zeros behind, so a longer number that ends in 0 was cut.
fn kept_all_digits(number: f64) -> bool {
    let is_whole = number.fract() == 0.0 && (0.0..EXACT).contains(&number);
    is_whole && (number < 1e15 || number % 10.0 != 0.0)
}
