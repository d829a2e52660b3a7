//! The rows of a workbook's sheets, read cell by cell through calamine.
//!
//! Never its whole-sheet `Range`: that one is a dense matrix, and two far corners would fill the
//! machine. Left out on purpose: XLS, XLSB and ODS, whose readers in calamine panic more easily.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    DataRef, ExcelDateTime, Reader as _, Xlsx, XlsxCellReader, XlsxError, XlsxFormulaMetadata,
};

use crate::error::FileError;
use crate::limits::{MAX_COLUMNS, MAX_FORMULA_CHARACTERS, MAX_SHARED_FORMULAS};
use crate::zip;

pub(crate) type Workbook = Xlsx<Cursor<Vec<u8>>>;

/// Opens a workbook that its archive gives no reason to fear.
pub(crate) fn open(bytes: Vec<u8>) -> Result<Workbook, FileError> {
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
        Ok(Err(error)) => {
            Err(FileError::WorkbookDamaged(model::refusal::shown(&error.to_string()).into()))
        }
        Err(_) => {
            Err(FileError::WorkbookDamaged("a cell or part that no program writes".to_owned()))
        }
    }
}

/// What a cell held beside its text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Note {
    Plain,
    Number(f64),
    Date,
    Formula,
    Error,
}

/// One row of a sheet.
#[derive(Debug, Default)]
pub(crate) struct Line {
    /// Counted from 0, as the sheet has it.
    pub(crate) row: u32,
    pub(crate) texts: Vec<String>,
    pub(crate) notes: Vec<Note>,
}

/// The rows of a sheet, one after the other.
pub(crate) struct Sheet<'a> {
    cells: XlsxCellReader<'a, Cursor<Vec<u8>>>,
    /// The first cell of the next row, already read.
    ahead: Option<(u32, u32, String, Note)>,
    /// calamine must not be asked again behind the last cell.
    is_over: bool,
    /// Formulas that other cells share: by number, with the cell where each stands.
    shared: BTreeMap<usize, ((u32, u32), String)>,
}

impl<'a> Sheet<'a> {
    /// `None` where the name stands for a chart or leads nowhere.
    pub(crate) fn open(
        workbook: &'a mut Workbook,
        name: &str,
    ) -> Result<Option<Sheet<'a>>, FileError> {
        let cells = guarded(|| match workbook.worksheet_cells_reader(name) {
            Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => Ok(None),
            other => other.map(Some),
        })?;
        Ok(cells.map(|cells| Sheet { cells, ahead: None, is_over: false, shared: BTreeMap::new() }))
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
        if let Some(formula) = record.formula {
            note = Note::Formula;
            text = match self.formula(formula, record.pos)? {
                formula if formula.is_empty() => format!("={text}"),
                formula => format!("={formula}"),
            };
        }
        Ok(Some((record.pos.0, record.pos.1, text, note)))
    }

    /// A formula's text, cut to the limit; empty where the file does not give it. calamine's own
    /// way to write out shared formulas believes any number that a file gives them, and fills the
    /// memory.
    fn formula(
        &mut self,
        formula: XlsxFormulaMetadata,
        at: (u32, u32),
    ) -> Result<String, FileError> {
        let cut = |text: &str| text.chars().take(MAX_FORMULA_CHARACTERS).collect::<String>();
        Ok(match formula {
            XlsxFormulaMetadata::Normal { formula } => cut(&formula),
            XlsxFormulaMetadata::Shared { shared_index, formula, .. } => {
                let formula = cut(&formula);
                if self.shared.len() < MAX_SHARED_FORMULAS {
                    self.shared.insert(shared_index, (at, formula.clone()));
                }
                formula
            }
            XlsxFormulaMetadata::SharedDerived { shared_index } => {
                match self.shared.get(&shared_index) {
                    Some((from, formula)) => {
                        cut(&guarded(|| calamine::expand_shared_formula(formula, *from, at))?)
                    }
                    None => String::new(),
                }
            }
            _ => String::new(),
        })
    }

    /// The next row with anything in it; `false` at the end.
    pub(crate) fn next(&mut self, line: &mut Line) -> Result<bool, FileError> {
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
            let column = usize::try_from(column).unwrap_or(MAX_COLUMNS).min(MAX_COLUMNS);
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
pub(crate) fn date_text(date: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
    match (hour, minute, second, milli) {
        (0, 0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        (_, _, _, 0) => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}"),
    }
}
