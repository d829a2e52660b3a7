//! A segment: the transfers of one imported file as immutable bytes, sorted by time.
//!
//! Bytes, all numbers little-endian:
//! ```text
//! 0   8  magic "LKTRANS1"
//! 8   4  transfers n
//! 12  4  accounts m
//! 16  4  payment formats k
//! 20  4  bytes of text t
//! 24     n rows of 40 bytes, by (time, order in the file)
//!        m + k + n + 1 offsets of 4 bytes into the text: accounts, then formats, then ids in row
//! order        t bytes of text
//! ```
//! Account text is `BANK/NUMBER`. A segment can be rebuilt from the kept original at any time, so
//! its form may change with a new magic.

use model::account::Account;
use model::money::{Currency, Money};
use model::time::Timestamp;
use model::transfer::Transfer;
use zerocopy::little_endian::{I64, U16, U32};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

/// One segment holds at most this many transfers.
pub const MAX_TRANSFERS: usize = 400_000_000;
/// What a segment's file starts with.
pub(crate) const MAGIC: &[u8; 8] = b"LKTRANS1";
/// Bytes before the rows.
pub(crate) const HEADER: usize = 24;

/// One transfer as it lies in a segment, 40 bytes.
#[derive(Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct Row {
    at: I64,
    sent: I64,
    received: I64,
    from: U32,
    to: U32,
    format: U16,
    sent_currency: u8,
    received_currency: u8,
    spare: U32,
}

impl Row {
    /// A transfer between two of its segment's accounts, made in one of its formats.
    pub(crate) fn new(transfer: &Transfer, from: u32, to: u32, format: u16) -> Row {
        Row {
            at: transfer.at.microseconds().into(),
            sent: transfer.sent.amount_minor.into(),
            received: transfer.received.amount_minor.into(),
            from: from.into(),
            to: to.into(),
            format: format.into(),
            sent_currency: transfer.sent.currency.index(),
            received_currency: transfer.received.currency.index(),
            spare: 0.into(),
        }
    }
}

/// Why bytes are no segment. The remedy is always to rebuild it from the kept original.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SegmentError {
    /// Another kind of file, or another version.
    #[error("the file does not start with LKTRANS1")]
    Magic,
    /// Shorter or longer than its header says.
    #[error("the file has {found} bytes where its header says {expected}")]
    Length {
        /// What the header says.
        expected: usize,
        /// What is there.
        found: usize,
    },
    /// A number points outside the segment, or a text is not a text.
    #[error("{what} {index} is out of bounds")]
    Bounds {
        /// Which part.
        what: &'static str,
        /// Counted from 0.
        index: usize,
    },
}

/// A segment's bytes. What a damaged one says is nonsense, but reading it stays inside.
#[derive(Clone, Copy)]
pub struct Segment<'a> {
    rows: &'a [Row],
    accounts: usize,
    formats: usize,
    offsets: &'a [U32],
    text: &'a [u8],
}

impl<'a> Segment<'a> {
    /// Reads a segment and checks that every number in it points inside.
    pub fn parse(bytes: &'a [u8]) -> Result<Segment<'a>, SegmentError> {
        let segment = Segment::open(bytes)?;
        segment.check()?;
        Ok(segment)
    }

    /// Reads a segment that was checked when it was made: only its header and its length are
    /// looked at, so that a large one opens at once.
    pub fn open(bytes: &'a [u8]) -> Result<Segment<'a>, SegmentError> {
        let (header, body) = bytes.split_at_checked(HEADER).ok_or(SegmentError::Magic)?;
        let (magic, counts) = header.split_at_checked(8).ok_or(SegmentError::Magic)?;
        if magic != MAGIC {
            return Err(SegmentError::Magic);
        }
        let counts = <[U32]>::ref_from_bytes(counts).map_err(|_| SegmentError::Magic)?;
        let [transfers, accounts, formats, text] = counts else {
            return Err(SegmentError::Magic);
        };
        let [transfers, accounts, formats, text] =
            [transfers, accounts, formats, text].map(|count| count.get() as usize);
        let offsets = accounts + formats + transfers + 1;
        let expected = transfers * size_of::<Row>() + offsets * 4 + text;
        let length = SegmentError::Length { expected, found: body.len() };
        if body.len() != expected {
            return Err(length);
        }
        let (rows, rest) =
            body.split_at_checked(transfers * size_of::<Row>()).ok_or(length.clone())?;
        let (offsets, text) = rest.split_at_checked(offsets * 4).ok_or(length.clone())?;
        let rows = <[Row]>::ref_from_bytes(rows).map_err(|_| length.clone())?;
        let offsets = <[U32]>::ref_from_bytes(offsets).map_err(|_| length)?;
        Ok(Segment { rows, accounts, formats, offsets, text })
    }

    fn check(&self) -> Result<(), SegmentError> {
        let text = std::str::from_utf8(self.text).map_err(|error| SegmentError::Bounds {
            what: "text byte",
            index: error.valid_up_to(),
        })?;
        let mut last = 0;
        for (index, offset) in self.offsets.iter().enumerate() {
            let offset = offset.get() as usize;
            if offset < last || !text.is_char_boundary(offset) {
                return Err(SegmentError::Bounds { what: "offset", index });
            }
            last = offset;
        }
        let mut at = 0;
        for (index, row) in self.rows.iter().enumerate() {
            let inside = (row.from.get() as usize) < self.accounts
                && (row.to.get() as usize) < self.accounts
                && usize::from(row.format.get()) < self.formats
                && Currency::from_index(row.sent_currency).is_some()
                && Currency::from_index(row.received_currency).is_some()
                && row.at.get() >= at;
            if !inside {
                return Err(SegmentError::Bounds { what: "transfer", index });
            }
            at = row.at.get();
        }
        Ok(())
    }

    /// How many transfers it holds.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The accounts, in the order of their numbers in this segment.
    pub fn accounts(&self) -> impl Iterator<Item = &'a str> + '_ {
        (0..self.accounts).map(|index| self.text_at(index))
    }

    /// How many accounts it names.
    pub(crate) fn account_count(&self) -> usize {
        self.accounts
    }

    /// One of the accounts.
    pub(crate) fn account(&self, index: usize) -> &'a str {
        if index < self.accounts { self.text_at(index) } else { "" }
    }

    /// The rows in time order.
    pub fn rows(&self) -> &'a [Row] {
        self.rows
    }

    /// The source's id of a row.
    pub fn id(&self, row: usize) -> &'a str {
        self.text_at(self.accounts + self.formats + row)
    }

    /// How a row's transfer was made, in the source's words.
    pub fn format(&self, row: usize) -> &'a str {
        let format = self.rows.get(row).map_or(0, |row| usize::from(row.format.get()));
        self.text_at(self.accounts + format)
    }

    /// A row as the transfer it was made from.
    pub fn transfer(&self, row: usize) -> Option<Transfer> {
        let found = self.rows.get(row)?;
        let account = |index: u32| Account::parse_pair(self.text_at(index as usize)).ok();
        Some(Transfer {
            id: self.id(row).into(),
            at: Timestamp::from_microseconds(found.at()).ok()?,
            from: account(found.from())?,
            to: account(found.to())?,
            sent: found.sent(),
            received: found.received(),
            format: self.format(row).into(),
        })
    }

    fn text_at(&self, index: usize) -> &'a str {
        let end = |index: usize| self.offsets.get(index).map_or(0, |end| end.get() as usize);
        let start = if index == 0 { 0 } else { end(index - 1) };
        let text = self.text.get(start..end(index)).unwrap_or_default();
        std::str::from_utf8(text).unwrap_or_default()
    }
}

impl Row {
    /// Microseconds since 1970.
    pub fn at(&self) -> i64 {
        self.at.get()
    }

    /// The number of its payment format in the segment.
    pub(crate) fn format(&self) -> u16 {
        self.format.get()
    }

    /// The payer's number in the segment.
    pub fn from(&self) -> u32 {
        self.from.get()
    }

    /// The payee's number in the segment.
    pub fn to(&self) -> u32 {
        self.to.get()
    }

    /// The numbers of the two currencies.
    pub(crate) fn currencies(&self) -> [u8; 2] {
        [self.sent_currency, self.received_currency]
    }

    /// What left the payer.
    pub fn sent(&self) -> Money {
        Money::new(self.sent.get(), currency(self.sent_currency))
    }

    /// What reached the payee.
    pub fn received(&self) -> Money {
        Money::new(self.received.get(), currency(self.received_currency))
    }
}

/// `check` has seen every index, so the fallback is never taken.
fn currency(index: u8) -> Currency {
    Currency::from_index(index).unwrap_or(Currency::USD)
}
