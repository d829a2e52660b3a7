//! A zip archive is weighed before a workbook reader may see it.
//!
//! Source: PKWARE APPNOTE 6.3, sections 4.3 and 4.5. Every part is inflated once and counted, since
//! declared sizes may lie; nothing is kept. Left out on purpose: archives with bytes before or
//! behind them, in several volumes, encrypted, or packed other than by deflate: no spreadsheet
//! program writes them.
//!
//! The reader behind (calamine) reserves memory for as many texts as `uniqueCount` of the shared
//! strings claims, before it has seen one: a claim that the part's size belies is refused here.

use std::io::Read as _;

use flate2::read::DeflateDecoder;

use crate::error::FileError;
use crate::limits::{MAX_INFLATE_RATIO, MAX_XLSX_INFLATED_BYTES, MAX_XLSX_PARTS, RATIO_FREE_BYTES};

/// Refuses archives that are damaged, that would fill the machine, or that hold no workbook.
pub(crate) fn check(bytes: &[u8]) -> Result<(), FileError> {
    let parts = parts(bytes).ok_or_else(|| damaged("no readable directory"))?;
    let has = |folder: &str| parts.iter().any(|part| part.name.starts_with(folder));
    if !parts.iter().any(|part| part.name.starts_with("xl/") && part.name.ends_with(".xml")) {
        return Err(FileError::NotATable(match (has("word/"), has("ppt/")) {
            (true, _) => "word",
            (_, true) => "presentation",
            _ => "zip",
        }));
    }
    let declared = parts.iter().fold(0_u64, |sum, part| sum.saturating_add(part.inflated));
    if declared > MAX_XLSX_INFLATED_BYTES {
        let (part, limit) = ("the workbook".to_owned(), MAX_XLSX_INFLATED_BYTES);
        return Err(FileError::InflatesTooMuch { part, limit });
    }
    let mut left = MAX_XLSX_INFLATED_BYTES;
    for part in &parts {
        left -= part.weigh(left)?;
    }
    Ok(())
}

fn damaged(what: &str) -> FileError {
    FileError::WorkbookDamaged(what.to_owned())
}

struct Part<'a> {
    name: String,
    method: u16,
    inflated: u64,
    packed: &'a [u8],
}

impl Part<'_> {
    /// How many bytes it really inflates to, at most `left`.
    fn weigh(&self, left: u64) -> Result<u64, FileError> {
        let too_much = |limit| FileError::InflatesTooMuch { part: self.name.clone(), limit };
        let mut stream: Box<dyn std::io::Read + '_> = match self.method {
            0 => Box::new(self.packed),
            8 => Box::new(DeflateDecoder::new(self.packed)),
            _ => return Err(damaged("packed in an unknown way")),
        };
        let mut buffer = vec![0_u8; 64 << 10];
        let (mut total, mut claims) = (0_u64, Claims::default());
        loop {
            let count = stream.read(&mut buffer).map_err(|_| damaged(&self.name))?;
            if count == 0 {
                break;
            }
            let piece = buffer.get(..count).unwrap_or_default();
            if total == 0
                && piece.iter().take(4).any(|byte| matches!(byte, 0 | 0xfe | 0xff))
                && self.is_xml()
            {
                return Err(damaged("a part in UTF-16"));
            }
            claims.take(piece);
            total += count as u64;
            if total > left {
                return Err(too_much(MAX_XLSX_INFLATED_BYTES));
            }
            let ratio_limit = (self.packed.len() as u64).saturating_mul(MAX_INFLATE_RATIO);
            if total > RATIO_FREE_BYTES && total > ratio_limit {
                return Err(too_much(MAX_INFLATE_RATIO));
            }
        }
        match total == self.inflated && claims.largest <= total {
            true => Ok(total),
            false => Err(damaged(&self.name)),
        }
    }

    fn is_xml(&self) -> bool {
        self.name.ends_with(".xml") || self.name.ends_with(".rels")
    }
}

/// The largest number that stands behind `uniqueCount=` in a stream.
#[derive(Default)]
struct Claims {
    largest: u64,
    tail: Vec<u8>,
}

impl Claims {
    /// Pieces overlap by this much, so that an attribute across two pieces is seen.
    const OVERLAP: usize = 64;

    fn take(&mut self, piece: &[u8]) {
        let head = piece.get(..piece.len().min(Claims::OVERLAP)).unwrap_or_default();
        let seam = [self.tail.as_slice(), head].concat();
        self.look(&seam);
        self.look(piece);
        let start = piece.len().saturating_sub(Claims::OVERLAP);
        self.tail = piece.get(start..).unwrap_or_default().to_vec();
    }

    fn look(&mut self, bytes: &[u8]) {
        let mut from = 0;
        // `q` is rare in any text, so the search hardly ever stops.
        while let Some(place) =
            bytes.get(from..).and_then(|rest| rest.iter().position(|b| *b == b'q'))
        {
            from += place + 1;
            let Some(behind) = bytes.get(from..).and_then(|rest| rest.strip_prefix(b"ueCount"))
            else {
                continue;
            };
            let value = behind.iter().skip_while(|byte| {
                byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\'')
            });
            let digits = value.take_while(|byte| byte.is_ascii_digit());
            let number = digits
                .fold(0_u64, |sum, b| sum.saturating_mul(10).saturating_add(u64::from(b - b'0')));
            self.largest = self.largest.max(number);
        }
    }
}

/// The parts that the central directory lists, with their packed bytes.
fn parts(bytes: &[u8]) -> Option<Vec<Part<'_>>> {
    let end = end_record(bytes)?;
    let (mut count, mut start, mut directory_end) =
        (u64::from(u16_at(bytes, end + 10)?), u64::from(u32_at(bytes, end + 16)?), end);
    if count == 0xffff || start == 0xffff_ffff {
        let locator = end.checked_sub(20).filter(|at| has(bytes, *at, b"PK\x06\x07"))?;
        directory_end = usize::try_from(u64_at(bytes, locator + 8)?).ok()?;
        if !has(bytes, directory_end, b"PK\x06\x06") {
            return None;
        }
        count = u64_at(bytes, directory_end.checked_add(32)?)?;
        start = u64_at(bytes, directory_end.checked_add(48)?)?;
    }
    if count > MAX_XLSX_PARTS as u64 {
        return None;
    }
    let mut at = usize::try_from(start).ok()?;
    let mut parts = Vec::new();
    for _ in 0..count {
        let (part, behind) = part(bytes, at)?;
        parts.push(part);
        at = behind;
    }
    (at == directory_end).then_some(parts)
}

/// Where the end record stands: its comment must reach exactly to the end of the bytes.
fn end_record(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(22)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    let fits = |at: &usize| {
        let comment = u16_at(bytes, at + 20).map(usize::from);
        has(bytes, *at, b"PK\x05\x06")
            && comment.is_some_and(|length| at + 22 + length == bytes.len())
    };
    (first..=last).rev().find(fits)
}

/// One entry of the central directory, and where the next one begins.
fn part(bytes: &[u8], at: usize) -> Option<(Part<'_>, usize)> {
    if !has(bytes, at, b"PK\x01\x02") || u16_at(bytes, at + 8)? & 1 == 1 {
        return None;
    }
    let length = |place: usize| u16_at(bytes, at + place).map(usize::from);
    let (name_length, extra_length, comment_length) = (length(28)?, length(30)?, length(32)?);
    let name = bytes.get(at + 46..at + 46 + name_length)?;
    let extra = bytes.get(at + 46 + name_length..at + 46 + name_length + extra_length)?;
    let mut wide = wide_sizes(extra);
    let mut size = |place: usize| match u32_at(bytes, at + place)? {
        u32::MAX => wide.next(),
        small => Some(u64::from(small)),
    };
    let (inflated, packed, local) = (size(24)?, size(20)?, size(42)?);
    let local = usize::try_from(local).ok()?;
    if !has(bytes, local, b"PK\x03\x04") {
        return None;
    }
    let skip = usize::from(u16_at(bytes, local + 26)?) + usize::from(u16_at(bytes, local + 28)?);
    let start = local.checked_add(30)?.checked_add(skip)?;
    let packed = bytes.get(start..start.checked_add(usize::try_from(packed).ok()?)?)?;
    let name = String::from_utf8_lossy(name).to_lowercase().replace('\\', "/");
    let name = name.trim_start_matches('/').chars().take(120).collect();
    let part = Part { name, method: u16_at(bytes, at + 10)?, inflated, packed };
    Some((part, at + 46 + name_length + extra_length + comment_length))
}

/// The 64-bit sizes in an extra field of id 1, in their order.
fn wide_sizes(extra: &[u8]) -> impl Iterator<Item = u64> + '_ {
    let mut at = 0;
    let mut found: &[u8] = &[];
    while let (Some(id), Some(length)) = (u16_at(extra, at), u16_at(extra, at + 2)) {
        let body = extra.get(at + 4..at + 4 + usize::from(length)).unwrap_or_default();
        if id == 1 {
            found = body;
            break;
        }
        at += 4 + usize::from(length);
    }
    found.chunks_exact(8).filter_map(|chunk| u64_at(chunk, 0))
}

fn has(bytes: &[u8], at: usize, mark: &[u8]) -> bool {
    bytes.get(at..).is_some_and(|rest| rest.starts_with(mark))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let raw = bytes.get(at..at.checked_add(2)?)?;
    raw.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let raw = bytes.get(at..at.checked_add(4)?)?;
    raw.try_into().ok().map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    let raw = bytes.get(at..at.checked_add(8)?)?;
    raw.try_into().ok().map(u64::from_le_bytes)
}
