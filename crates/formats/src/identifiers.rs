//! Lists of identifiers: one `kind:value` a line, for comparing two of them.
//!
//! Blank lines and comments (`#`) are passed over. A row's number is the line's, as an editor shows
//! it.

use std::io::{BufRead as _, BufReader, Read as _};

use model::country::Country;
use model::identifier::{Context, Identifier, Kind};
use model::refusal::RowError;

use crate::error::FileError;
use crate::limits::MAX_RECORD_BYTES;
use crate::open::{self, Source};
use crate::reason;
use crate::stream::BUFFER_BYTES;

/// Reads a list and hands out each line's identifier, or why it is none. National numbers are read
/// by the rules of `country`.
pub fn read(
    source: &dyn Source,
    country: Option<Country>,
    sink: &mut dyn FnMut(u64, Result<Identifier, RowError>),
) -> Result<(), FileError> {
    let Some(stream) = open::text(source)? else { return Ok(()) };
    let mut stream = BufReader::with_capacity(BUFFER_BYTES, stream);
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let mut limited = (&mut stream).take(MAX_RECORD_BYTES as u64 + 1);
        let read = limited.read_until(b'\n', &mut line);
        let count = read.map_err(|error| FileError::of_stream(&error, number - 1))?;
        if count == 0 {
            break;
        }
        if count > MAX_RECORD_BYTES {
            return Err(FileError::RecordTooLong(number));
        }
        match std::str::from_utf8(&line) {
            Ok(text) => {
                let text = text.trim();
                if !text.is_empty() && !text.starts_with('#') {
                    sink(number, identifier(number, text, country));
                }
            }
            Err(_) => {
                let value = String::from_utf8_lossy(&line);
                let code = reason::TEXT_NOT_UTF8;
                sink(number, Err(RowError::new(number, "value", value.trim(), code)));
            }
        }
    }
    Ok(())
}

fn identifier(row: u64, text: &str, country: Option<Country>) -> Result<Identifier, RowError> {
    let Some((kind, value)) = text.split_once(':') else {
        return Err(RowError::new(row, "kind", text, reason::KIND_MISSING));
    };
    let kind = kind.trim().to_lowercase();
    let kind =
        Kind::parse(&kind).map_err(|error| RowError::new(row, "kind", &kind, error.code()))?;
    let identifier = Identifier::parse(kind, value, Context { country });
    identifier.map_err(|error| RowError::new(row, "value", value.trim(), error.code()))
}
