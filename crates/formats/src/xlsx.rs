//! Tables in workbooks (XLSX): cells become the texts that a table in text would have.
//!
//! The reader is calamine, row by row, never its whole-sheet `Range`: that one is a dense matrix, and
//! two far corners would fill the machine. A spreadsheet damages what looks like a number, so a
//! number, date, formula or error standing where an id or account belongs costs the row.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    DataRef, ExcelDateTime, ExcelDateTimeType, Reader as _, Xlsx, XlsxCellReader, XlsxError,
};
use model::refusal::RowError;

use crate::columns::{Fit, Layout, fields};
use crate::error::FileError;
use crate::limits::{MAX_COLUMNS, MAX_PREAMBLE_RECORDS};
use crate::open::{Options, Row};
use crate::reason;
use crate::rows::{self, Reader};
use crate::table;
use crate::zip;

type Workbook = Xlsx<Cursor<Vec<u8>>>;

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
        return Err(FileError::KindMismatch {
            asked,
            found: "a workbook",
        });
    }
    let mut workbook = open(bytes)?;
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
            let header: Vec<String> = line
                .texts
                .iter()
                .map(|text| table::header_text(text))
                .collect();
            let Some(fit) = table::fit(&header, options) else {
                continue;
            };
            let rank = |fit: &Fit| (fit.is_complete(), fit.matched);
            if best
                .as_ref()
                .is_none_or(|(_, _, known)| rank(&fit) > rank(known))
            {
                best = Some((name.clone(), line.row, fit));
            }
        }
    }
    let (sheet, header_row, fit) = best.ok_or(FileError::Empty)?;
    let headers = || {
        fit.layout
            .columns
            .iter()
            .map(|column| column.header.clone())
            .collect()
    };
    if !fit.is_complete() && options.kind.is_none() && fit.matched <= fit.missing.len() {
        return Err(FileError::KindUnknown(headers()));
    }
    let layout = fit.into_layout(options.map.as_ref())?;
    let others = filled.into_iter().filter(|name| *name != sheet).collect();
    Ok((
        Place {
            sheet,
            header_row,
            others,
        },
        layout,
    ))
}

/// Reads the rows below the header; a blank row is no record.
pub(crate) fn read(
    bytes: Vec<u8>,
    place: &Place,
    layout: &Layout,
    options: &Options,
    sink: &mut dyn FnMut(Row),
) -> Result<(), FileError> {
    let mut workbook = open(bytes)?;
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
        let is_wider = line
            .texts
            .iter()
            .skip(width)
            .any(|text| !text.trim().is_empty());
        if !is_wider {
            line.texts.resize(width, String::new());
            line.notes.resize(width, Note::Plain);
        }
        warnings.clear();
        let judged = roles.iter().enumerate().try_for_each(|(column, role)| {
            role.as_ref().map_or(Ok(()), |role| {
                line.judge(column, role, is_1904, &mut warnings)
            })
        });
        if let Err((field, value, code)) = judged {
            rows.reject(field, &value, code, sink);
            continue;
        }
        let cells = line.texts.as_slice();
        if let Some(column) = rows::too_long(cells) {
            let field = layout
                .columns
                .get(column)
                .and_then(|column| column.field)
                .unwrap_or("");
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
            sink(Row::Warning(RowError::new(
                rows.rows(),
                field,
                &value,
                code,
            )));
        }
    }
    for name in &place.others {
        sink(Row::Warning(RowError::new(
            0,
            "sheet",
            name,
            reason::SHEET_NOT_READ,
        )));
    }
    Ok(())
}

fn open(bytes: Vec<u8>) -> Result<Workbook, FileError> {
    zip::check(&bytes)?;
    guarded(|| Workbook::new(Cursor::new(bytes)))
}

/// Runs one call of calamine on foreign bytes.
///
/// It can panic: cell references are added up unchecked (tafia/calamine issue 709) and some paths
/// inside the archive are expected to have a folder (`xlsx/mod.rs`, `expect`). Nothing of the
/// workbook is used after such a panic, so no broken state can be seen.
fn guarded<T>(call: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, FileError> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(FileError::WorkbookDamaged(
            model::refusal::shown(&error.to_string()).into(),
        )),
        Err(_) => Err(FileError::WorkbookDamaged(
            "a cell or part that no program writes".to_owned(),
        )),
    }
}

type Fault = (&'static str, String, &'static str);

/// What a cell held beside its text.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Note {
    Plain,
    Number(f64),
    Date,
    Formula,
    Error,
}

/// What a column is for, as far as a spreadsheet can damage it.
struct Role {
    field: &'static str,
    /// Whether a bad value costs the row and not only the value.
    is_key: bool,
    is_time: bool,
    is_amount: bool,
}

fn roles(layout: &Layout) -> Vec<Option<Role>> {
    let role = |name: &'static str| Role {
        field: name,
        is_key: fields(layout.kind).any(|field| field.name == name && field.required)
            || name.ends_with("_received"),
        is_time: matches!(name, "timestamp" | "reported_at"),
        is_amount: matches!(name, "amount" | "amount_received"),
    };
    layout
        .columns
        .iter()
        .map(|column| column.field.map(role))
        .collect()
}

/// One row of a sheet.
#[derive(Debug, Default)]
struct Line {
    row: u32,
    texts: Vec<String>,
    notes: Vec<Note>,
}

impl Line {
    /// Mends or refuses what a spreadsheet made of a cell.
    fn judge(
        &mut self,
        column: usize,
        role: &Role,
        is_1904: bool,
        warnings: &mut Vec<Fault>,
    ) -> Result<(), Fault> {
        let note = self.notes.get(column).copied().unwrap_or(Note::Plain);
        let Some(text) = self.texts.get_mut(column) else {
            return Ok(());
        };
        let code = match note {
            Note::Plain => return Ok(()),
            Note::Formula => return Err((role.field, text.clone(), reason::FORMULA_IN_CELL)),
            Note::Error => reason::ERROR_IN_CELL,
            Note::Date if role.is_time => return Ok(()),
            Note::Date => reason::DATE_IN_CELL,
            Note::Number(number) if role.is_amount => {
                // 1234.567 in a number's cell has decimals for sure: four digits say so.
                let is_like_thousands = text
                    .split_once('.')
                    .is_some_and(|(_, behind)| behind.len() == 3);
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
                    *text = date_text(&ExcelDateTime::new(
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
}

/// 2^53: below it every whole number has a place of its own in a cell.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Whether a number in a cell can be trusted to be the digits that a person typed. Spreadsheet
/// programs keep 15 digits and put zeros behind, so a longer number that ends in 0 was cut.
fn kept_all_digits(number: f64) -> bool {
    let is_whole = number.fract() == 0.0 && (0.0..EXACT).contains(&number);
    is_whole && (number < 1e15 || number % 10.0 != 0.0)
}

/// The rows of a sheet, one after the other.
struct Sheet<'a> {
    cells: XlsxCellReader<'a, Cursor<Vec<u8>>>,
    /// The first cell of the next row, already read.
    ahead: Option<(u32, u32, String, Note)>,
    /// calamine must not be asked again behind the last cell.
    is_over: bool,
}

impl<'a> Sheet<'a> {
    /// `None` where the name stands for a chart or leads nowhere.
    fn open(workbook: &'a mut Workbook, name: &str) -> Result<Option<Sheet<'a>>, FileError> {
        let cells = guarded(|| match workbook.worksheet_cells_reader(name) {
            Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => Ok(None),
            other => other.map(Some),
        })?;
        Ok(cells.map(|cells| Sheet {
            cells,
            ahead: None,
            is_over: false,
        }))
    }

    fn cell(&mut self) -> Result<Option<(u32, u32, String, Note)>, FileError> {
        if self.is_over {
            return Ok(None);
        }
        let Some(record) = guarded(|| self.cells.next_cell_with_formula_metadata())? else {
            self.is_over = true;
            return Ok(None);
        };
        let (mut text, mut note) = text_of(record.value);
        if record.formula.is_some() {
            // The formula itself is not kept: its last value shows people which cell it is.
            note = Note::Formula;
            text.insert(0, '=');
        }
        Ok(Some((record.pos.0, record.pos.1, text, note)))
    }

    /// The next row with anything in it; `false` at the end.
    fn next(&mut self, line: &mut Line) -> Result<bool, FileError> {
        line.texts.clear();
        line.notes.clear();
        loop {
            let next = match self.ahead.take() {
                Some(cell) => Some(cell),
                None => self.cell()?,
            };
            let Some((row, column, text, note)) = next else {
                return Ok(!line.texts.is_empty());
            };
            if text.is_empty() {
                continue;
            }
            if !line.texts.is_empty() && row != line.row {
                if row < line.row {
                    return Err(FileError::WorkbookDamaged("rows out of order".to_owned()));
                }
                self.ahead = Some((row, column, text, note));
                return Ok(true);
            }
            line.row = row;
            // One place beyond the limit is enough to see that the row is too wide.
            let column = usize::try_from(column)
                .unwrap_or(MAX_COLUMNS)
                .min(MAX_COLUMNS);
            if line.texts.len() <= column {
                line.texts.resize(column + 1, String::new());
                line.notes.resize(column + 1, Note::Plain);
            }
            if let (Some(place), Some(mark)) =
                (line.texts.get_mut(column), line.notes.get_mut(column))
            {
                (*place, *mark) = (text, note);
            }
        }
    }
}

fn text_of(value: DataRef<'_>) -> (String, Note) {
    match value {
        DataRef::Empty => (String::new(), Note::Plain),
        DataRef::String(text) => (text, Note::Plain),
        DataRef::SharedString(text) => (text.to_owned(), Note::Plain),
        DataRef::Int(number) => (number.to_string(), Note::Number(number as f64)),
        DataRef::Float(number) => (number.to_string(), Note::Number(number)),
        DataRef::Bool(value) => (if value { "TRUE" } else { "FALSE" }.to_owned(), Note::Plain),
        DataRef::DateTime(date) if date.is_datetime() => (date_text(&date), Note::Date),
        DataRef::DateTime(duration) => (format!("{} d", duration.as_f64()), Note::Date),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => (text, Note::Date),
        DataRef::Error(error) => (error.to_string(), Note::Error),
    }
}

/// A workbook's date as a local time, to the second; midnight is a day without a time.
fn date_text(date: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
    match (hour, minute, second, milli) {
        (0, 0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        (_, _, _, 0) => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}"),
    }
}
