//! Opening a file: what it is, learned from its content, and then its rows, one after the other.
//!
//! A source can be read several times: once or twice to learn what it is, once for its rows. What
//! is read in one go (workbooks, JSON) is held in memory up to its limit; tables and lists stream.

use std::io::{self, Read};

use compact_str::CompactString;
use model::authority::AuthorityEntry;
use model::complaint::Complaint;
use model::country::Country;
use model::holding::Holding;
use model::indicator::Indicator;
use model::refusal::RowError;
use model::transfer::Transfer;

use crate::columns::{Column, Layout};
use crate::encoding::{self, Encoding};
use crate::error::FileError;
use crate::kind::Kind;
use crate::limits::{HEAD_BYTES, MAX_RECORD_BYTES, MAX_XLSX_BYTES};
use crate::map::ColumnMap;
use crate::stream::{self, Inflated};
use crate::{foreign, hosts, json, misp, stix, table, xlsx};

/// What the reader of a file knows beside the file.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The node's country: national phone numbers without a country are read by its rules.
    pub country: Option<Country>,
    /// The node's agency, for complaints that name none.
    pub agency: Option<CompactString>,
    /// What the person says the file is.
    pub kind: Option<Kind>,
    /// What the person says about its columns.
    pub map: Option<ColumnMap>,
}

/// Bytes that can be read several times. IO itself lives at the edges.
pub trait Source {
    /// Opens the bytes from the start.
    fn reader(&self) -> io::Result<Box<dyn Read + '_>>;
    /// What the file is called; becomes the bulletin of a list of hosts.
    fn name(&self) -> &str;
}

/// What was learned about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// What it holds.
    pub kind: Kind,
    /// How its text is written.
    pub encoding: Encoding,
    /// What parts the fields of its records, where it is a table in text.
    pub separator: Option<u8>,
    /// Whether it is packed with gzip.
    pub compressed: bool,
    /// How each column was understood, where it is a table.
    pub columns: Vec<Column>,
    shape: Shape,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape {
    Table { above: usize, layout: Layout },
    Workbook { place: xlsx::Place, layout: Layout },
    Json,
    List,
}

/// What a file gives, one by one. Numbers count records; the first after the header is 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A movement of money.
    Transfer(u64, Transfer),
    /// A victim's report.
    Complaint(u64, Complaint),
    /// What a bank says about an account.
    Holding(u64, Holding),
    /// What an agency notes of an authority.
    Authority(u64, Box<AuthorityEntry>),
    /// A value that somebody warned of.
    Indicator(u64, Indicator),
    /// A row of an exercise's truth: counted, never imported.
    Truth(u64),
    /// A row that cannot be taken.
    Rejected(RowError),
    /// Something worth a word about a row that was taken, or, with row 0, about the file.
    Warning(RowError),
}

/// Learns what a file is: reads its head and, for text, the whole stream to know the encoding.
pub fn detect(source: &dyn Source, options: &Options) -> Result<Opened, FileError> {
    let compressed = stream::head(&mut *reader(source)?, 2)?.bytes == [0x1f, 0x8b];
    let head = stream::head(&mut *bytes(source, compressed)?, HEAD_BYTES)?;
    match (head.bytes.is_empty(), head.is_cut) {
        (true, true) => return Err(FileError::GzipTruncated(0)),
        (true, false) => return Err(FileError::Empty),
        _ => {}
    }
    // A header that was cut must not look like an unknown file.
    content(source, options, compressed, &head.bytes).map_err(|error| match error {
        FileError::KindUnknown(_) | FileError::MissingColumns { .. } | FileError::Empty
            if head.is_cut =>
        {
            FileError::GzipTruncated(0)
        }
        error => error,
    })
}

fn content(
    source: &dyn Source,
    options: &Options,
    compressed: bool,
    head: &[u8],
) -> Result<Opened, FileError> {
    let is_zip = head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06");
    if is_zip {
        let workbook = whole(&mut *bytes(source, compressed)?, MAX_XLSX_BYTES)?;
        let (place, layout) = xlsx::detect(workbook, options)?;
        let (kind, columns) = (layout.kind, layout.columns.clone());
        let shape = Shape::Workbook { place, layout };
        let encoding = Encoding::Utf8;
        return Ok(Opened { kind, encoding, separator: None, compressed, columns, shape });
    }
    if let Some(what) = foreign::trade(head) {
        return Err(FileError::NotATable(what));
    }
    let encoding = match encoding::of_wide_head(head) {
        Some(wide) => wide,
        None if head.contains(&0) => return Err(FileError::NotATable("binary")),
        None => encoding::learn(&|| bytes(source, compressed))?,
    };
    let mut text = stream::decoded(bytes(source, compressed)?, encoding);
    let head = stream::head(&mut *text, MAX_RECORD_BYTES + 1)?;
    drop(text);
    let (head, is_more) = (head.bytes, head.is_more);
    let mut characters = head.iter().copied().filter(|byte| !byte.is_ascii_whitespace());
    let start = characters.next();
    // A filter list begins with `[Adblock Plus]`, which is no list of JSON.
    let is_list = start == Some(b'[')
        && characters.next().is_none_or(|next| b"{[]\"-0123456789tfn".contains(&next));
    let opened = |kind, shape| {
        Ok(Opened { kind, encoding, separator: None, compressed, columns: Vec::new(), shape })
    };
    match start {
        None if !is_more => Err(FileError::Empty),
        None => Err(FileError::RecordTooLong(0)),
        Some(first) if first == b'{' || is_list => {
            let text = json::text(&mut *stream::decoded(bytes(source, compressed)?, encoding))?;
            opened(json::kind(&text, options.kind)?, Shape::Json)
        }
        Some(b'<') => Err(FileError::NotATable("web_page")),
        Some(_) if options.kind == Some(Kind::Hosts) => opened(Kind::Hosts, Shape::List),
        Some(_) => text_file(&head, options, encoding, compressed),
    }
}

/// A table, a list of hosts or the hashes of a MISP feed, told from the head of its text.
fn text_file(
    head: &[u8],
    options: &Options,
    encoding: Encoding,
    compressed: bool,
) -> Result<Opened, FileError> {
    let opened = |kind, separator, columns, shape| {
        Ok(Opened { kind, encoding, separator, compressed, columns, shape })
    };
    if let Some(asked) = options.kind.filter(|kind| !kind.is_table() && *kind != Kind::MispFeed) {
        return Err(FileError::KindMismatch { asked, found: "text" });
    }
    if misp::is_hashes(head) {
        return opened(Kind::MispFeed, None, Vec::new(), Shape::List);
    }
    let header = table::header(head, options);
    let is_table = header.as_ref().is_some_and(|header| header.fit.is_complete());
    if !is_table && options.kind.is_none() && hosts::is_list(head) {
        return opened(Kind::Hosts, None, Vec::new(), Shape::List);
    }
    if !is_table && head.len() > MAX_RECORD_BYTES && !head.contains(&b'\n') {
        return Err(FileError::RecordTooLong(0));
    }
    let first = || {
        let line = String::from_utf8_lossy(head);
        let line = line.trim().lines().next().unwrap_or("").chars().take(200).collect::<String>();
        FileError::KindUnknown(vec![model::refusal::shown(&line).into()])
    };
    let header = header.ok_or_else(first)?;
    // A header of which not even half is known is a guess: better to say that the file is unknown.
    let is_guess = header.fit.matched <= header.fit.missing.len();
    if !header.fit.is_complete() && options.kind.is_none() && is_guess {
        return Err(first());
    }
    let layout = header.fit.into_layout(options.map.as_ref())?;
    let (kind, columns) = (layout.kind, layout.columns.clone());
    opened(kind, Some(header.separator), columns, Shape::Table { above: header.above, layout })
}

/// Reads all rows of a file that was opened, and hands them to `sink`.
pub fn read(
    source: &dyn Source,
    opened: &Opened,
    options: &Options,
    sink: &mut dyn FnMut(Row),
) -> Result<(), FileError> {
    let raw = bytes(source, opened.compressed)?;
    match &opened.shape {
        Shape::Workbook { place, layout } => {
            let workbook = whole(&mut { raw }, MAX_XLSX_BYTES)?;
            xlsx::read(workbook, place, layout, options, sink)
        }
        Shape::Table { above, layout } => {
            let text = stream::decoded(raw, opened.encoding);
            let separator = opened.separator.unwrap_or(b',');
            table::read(text, (separator, *above), layout, options, sink)
        }
        Shape::List if opened.kind == Kind::MispFeed => Ok(()),
        Shape::List => {
            let text = stream::decoded(raw, opened.encoding);
            hosts::read(text, source.name(), options, sink)
        }
        Shape::Json => {
            let text = json::text(&mut *stream::decoded(raw, opened.encoding))?;
            match opened.kind {
                Kind::Stix => stix::read(&text, options, sink),
                Kind::Misp => misp::read(&text, options, sink),
                _ => Ok(()),
            }
        }
    }
}

/// The text of a file that is nothing but text; `None`: it is empty.
pub(crate) fn text(source: &dyn Source) -> Result<Option<Box<dyn Read + '_>>, FileError> {
    let compressed = stream::head(&mut *reader(source)?, 2)?.bytes == [0x1f, 0x8b];
    let head = stream::head(&mut *bytes(source, compressed)?, HEAD_BYTES)?.bytes;
    if let Some(what) = foreign::trade(&head) {
        return Err(FileError::NotATable(what));
    }
    let encoding = match encoding::of_wide_head(&head) {
        Some(wide) => wide,
        None if head.contains(&0) => return Err(FileError::NotATable("binary")),
        None if head.is_empty() => return Ok(None),
        None => encoding::learn(&|| bytes(source, compressed))?,
    };
    Ok(Some(stream::decoded(bytes(source, compressed)?, encoding)))
}

fn reader(source: &dyn Source) -> Result<Box<dyn Read + '_>, FileError> {
    source.reader().map_err(|error| FileError::Read(error.to_string()))
}

fn bytes(source: &dyn Source, compressed: bool) -> Result<Box<dyn Read + '_>, FileError> {
    let raw = reader(source)?;
    Ok(if compressed {
        Box::new(Inflated::new(io::BufReader::with_capacity(HEAD_BYTES, raw)))
    } else {
        raw
    })
}

/// Everything in the stream, up to the limit.
pub(crate) fn whole(stream: &mut dyn Read, limit: usize) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    let read = stream.take(limit as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|error| FileError::of_stream(&error, 0))?;
    if bytes.len() > limit {
        return Err(FileError::TooLarge(limit as u64));
    }
    Ok(bytes)
}
