//! Tables in text: separator and header are found in the head, then record after record is read.

use std::io::Read;

use csv::{ByteRecord, ReaderBuilder};

use crate::cells::{Cells as _, TextCells};
use crate::columns::{self, Fit, Layout};
use crate::encoding::nfc;
use crate::error::FileError;
use crate::kind::Kind;
use crate::limits::{
    MAX_COLUMNS, MAX_FIELD_BYTES, MAX_HEADER_CHARACTERS, MAX_PREAMBLE_RECORDS, MAX_RECORD_BYTES,
};
use crate::open::{Options, Row};
use crate::reason;
use crate::rows::{self, Reader};
use crate::stream::{BUFFER_BYTES, Bounded};

/// What may part the fields of a record.
pub(crate) const SEPARATORS: [u8; 3] = *b",;\t";

/// A header that was found, and where.
#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) separator: u8,
    /// Records above it.
    pub(crate) above: usize,
    pub(crate) fit: Fit,
}

/// The best header in the first records of a text, over all separators and kinds of table.
pub(crate) fn header(head: &[u8], options: &Options) -> Option<Header> {
    let mut best: Option<Header> = None;
    for separator in SEPARATORS {
        for (above, record) in first_records(head, separator).into_iter().enumerate() {
            let Some(fit) = fit(&record, options) else {
                continue;
            };
            let rank = |fit: &Fit| (fit.is_complete(), fit.matched);
            if best.as_ref().is_none_or(|known| rank(&fit) > rank(&known.fit)) {
                best = Some(Header { separator, above, fit });
            }
        }
    }
    best
}

/// How well this record is a header of the kind asked for, or of the best kind.
pub(crate) fn fit(record: &[String], options: &Options) -> Option<Fit> {
    let guessed = [Kind::Transfers, Kind::Complaints, Kind::Accounts, Kind::Truth];
    // A directory is read where it is asked for, and nothing else is taken for one.
    let asked = [Kind::Authorities];
    let kinds = match options.kind {
        Some(Kind::Authorities) => asked.as_slice(),
        _ => guessed.as_slice(),
    };
    let mut best: Option<Fit> = None;
    for kind in kinds.iter().copied().filter(|kind| options.kind.is_none_or(|one| one == *kind)) {
        let fit = columns::fit(kind, record, options.map.as_ref(), options.agency.is_some());
        let rank = |fit: &Fit| (fit.is_complete(), fit.matched);
        if best.as_ref().is_none_or(|known| rank(&fit) > rank(known)) {
            best = Some(fit);
        }
    }
    best
}

/// The first records as texts, blank ones too but without wholly empty lines.
pub(crate) fn first_records(head: &[u8], separator: u8) -> Vec<Vec<String>> {
    let mut reader = builder(separator).from_reader(head);
    let records = reader.byte_records().take(MAX_PREAMBLE_RECORDS + 1).map_while(Result::ok);
    let text = |field: &[u8]| header_text(&String::from_utf8_lossy(field));
    let fields = |record: ByteRecord| record.iter().take(MAX_COLUMNS + 1).map(text).collect();
    records.map(fields).collect()
}

/// A field as a header: composed, trimmed, and no longer than a header can be.
pub(crate) fn header_text(field: &str) -> String {
    let start: String = field.trim().chars().take(MAX_HEADER_CHARACTERS).collect();
    nfc(&start).into_owned()
}

fn builder(separator: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(separator).has_headers(false).flexible(true).buffer_capacity(BUFFER_BYTES);
    builder
}

/// Reads all records below the header.
pub(crate) fn read<'a>(
    stream: Box<dyn Read + 'a>,
    (separator, above): (u8, usize),
    layout: &Layout,
    options: &Options,
    sink: &mut dyn FnMut(Row),
) -> Result<(), FileError> {
    let (bounded, since) = Bounded::new(stream);
    let mut csv = builder(separator).from_reader(bounded);
    let mut record = ByteRecord::new();
    let mut rows = Reader::new(layout, options);
    let mut to_skip = above + 1;
    loop {
        match csv.read_byte_record(&mut record) {
            Ok(true) => since.set(0),
            Ok(false) => return Ok(()),
            Err(error) => {
                return Err(match error.into_kind() {
                    csv::ErrorKind::Io(error) => FileError::of_stream(&error, rows.rows()),
                    other => FileError::Read(format!("{other:?}")),
                });
            }
        }
        if record.as_slice().len() > MAX_RECORD_BYTES {
            return Err(FileError::RecordTooLong(rows.rows() + 1));
        }
        if to_skip > 0 {
            to_skip -= 1;
            continue;
        }
        let Some(cells) = TextCells::new(&record) else {
            let start = record.iter().next().unwrap_or_default();
            rows.reject("", &String::from_utf8_lossy(start), reason::TEXT_NOT_UTF8, sink);
            continue;
        };
        if record.as_slice().len() > MAX_FIELD_BYTES
            && let Some(column) = rows::too_long(&cells)
        {
            let field = layout.columns.get(column).and_then(|column| column.field).unwrap_or("");
            rows.reject(field, cells.cell(column), reason::FIELD_TOO_LONG, sink);
            continue;
        }
        rows.take(&cells, sink);
    }
}
