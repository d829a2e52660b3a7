//! Streams of bytes on their way from a source to UTF-8: inflated, bounded, decoded.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use encoding_rs::{CoderResult, Decoder};
use flate2::read::MultiGzDecoder;

use crate::encoding::{Encoding, tcvn3};
use crate::error::{FileError, Stop};
use crate::limits::{MAX_GZIP_INFLATED_BYTES, MAX_RECORD_BYTES};

/// How much is read at once.
pub(crate) const BUFFER_BYTES: usize = 256 << 10;

/// Whether this error says that a gzip file ends early.
pub(crate) fn is_cut(error: &io::Error) -> bool {
    error.get_ref().and_then(|inner| inner.downcast_ref::<Stop>()) == Some(&Stop::GzipTruncated)
}

/// Inflates gzip, several members in a row too, up to the limit.
pub(crate) struct Inflated<R> {
    inner: MultiGzDecoder<R>,
    left: u64,
}

impl<R: Read> Inflated<R> {
    pub(crate) fn new(inner: R) -> Inflated<R> {
        Inflated { inner: MultiGzDecoder::new(inner), left: MAX_GZIP_INFLATED_BYTES }
    }
}

impl<R: Read> Read for Inflated<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => Stop::GzipTruncated.into(),
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => Stop::GzipDamaged.into(),
            _ => error,
        })?;
        self.left = self.left.checked_sub(count as u64).ok_or(Stop::InflatesTooMuch)?;
        Ok(count)
    }
}

/// Stops when more than a record's limit was read since the last record ended.
pub(crate) struct Bounded<R> {
    inner: R,
    since: Rc<Cell<usize>>,
}

impl<R: Read> Bounded<R> {
    /// The stream, and the counter to set to 0 after each record.
    pub(crate) fn new(inner: R) -> (Bounded<R>, Rc<Cell<usize>>) {
        let since = Rc::new(Cell::new(0));
        (Bounded { inner, since: Rc::clone(&since) }, since)
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let since = self.since.get().saturating_add(count);
        self.since.set(since);
        if since > MAX_RECORD_BYTES + BUFFER_BYTES {
            return Err(Stop::RecordTooLong.into());
        }
        Ok(count)
    }
}

/// The stream's text as UTF-8, without byte order mark.
pub(crate) fn decoded<'a>(inner: Box<dyn Read + 'a>, encoding: Encoding) -> Box<dyn Read + 'a> {
    let decoder = match encoding {
        Encoding::Utf8 => return Box::new(WithoutMark { inner, head: None }),
        Encoding::Tcvn3 => None,
        Encoding::Utf16Le => Some(encoding_rs::UTF_16LE.new_decoder_with_bom_removal()),
        Encoding::Utf16Be => Some(encoding_rs::UTF_16BE.new_decoder_with_bom_removal()),
        Encoding::Windows1258 => Some(encoding_rs::WINDOWS_1258.new_decoder_without_bom_handling()),
    };
    let raw = vec![0; BUFFER_BYTES];
    Box::new(Decoded { inner, decoder, raw, ready: Vec::new(), given: 0, is_over: false })
}

struct WithoutMark<'a> {
    inner: Box<dyn Read + 'a>,
    head: Option<Vec<u8>>,
}

impl Read for WithoutMark<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.head.is_none() {
            let mut head = Vec::with_capacity(3);
            (&mut self.inner).take(3).read_to_end(&mut head)?;
            if head == [0xef, 0xbb, 0xbf] {
                head.clear();
            }
            self.head = Some(head);
        }
        match &mut self.head {
            Some(head) if !head.is_empty() => {
                let count = head.len().min(buffer.len());
                for (place, byte) in buffer.iter_mut().zip(head.drain(..count)) {
                    *place = byte;
                }
                Ok(count)
            }
            _ => self.inner.read(buffer),
        }
    }
}

/// Decodes through encoding_rs, or byte by byte where there is no decoder (TCVN3).
struct Decoded<'a> {
    inner: Box<dyn Read + 'a>,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    ready: Vec<u8>,
    given: usize,
    is_over: bool,
}

impl Decoded<'_> {
    fn refill(&mut self) -> io::Result<()> {
        let count = self.inner.read(&mut self.raw)?;
        self.is_over = count == 0;
        self.ready.clear();
        self.given = 0;
        let raw = self.raw.get(..count).unwrap_or_default();
        let Some(decoder) = &mut self.decoder else {
            let mut text = String::with_capacity(count * 3);
            text.extend(raw.iter().copied().map(tcvn3));
            self.ready = text.into_bytes();
            return Ok(());
        };
        let needed = decoder.max_utf8_buffer_length(count).unwrap_or(count * 3 + 16);
        self.ready.resize(needed, 0);
        let (result, _, written, _) = decoder.decode_to_utf8(raw, &mut self.ready, self.is_over);
        assert!(
            result == CoderResult::InputEmpty,
            "the buffer was made as large as the decoder asked"
        );
        self.ready.truncate(written);
        Ok(())
    }
}

impl Read for Decoded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given >= self.ready.len() {
            if self.is_over {
                return Ok(0);
            }
            self.refill()?;
        }
        let rest = self.ready.get(self.given..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        for (place, byte) in buffer.iter_mut().zip(rest) {
            *place = *byte;
        }
        self.given += count;
        Ok(count)
    }
}

/// The first bytes of a stream.
pub(crate) struct Head {
    pub(crate) bytes: Vec<u8>,
    /// Whether the stream goes on.
    pub(crate) is_more: bool,
    /// Whether a gzip file ended early inside these bytes.
    pub(crate) is_cut: bool,
}

/// Up to `limit` bytes; a cut gzip file gives what it has.
pub(crate) fn head(stream: &mut dyn Read, limit: usize) -> Result<Head, FileError> {
    let mut bytes = Vec::new();
    let read = stream.take(limit as u64 + 1).read_to_end(&mut bytes);
    let is_cut = match read {
        Ok(_) => false,
        Err(error) if is_cut(&error) => true,
        Err(error) => return Err(FileError::of_stream(&error, 0)),
    };
    let is_more = bytes.len() > limit;
    bytes.truncate(limit);
    Ok(Head { bytes, is_more, is_cut })
}
