//! The graph file: the transfers of several segments in time order, with both indexes.
//!
//! Bytes, all numbers in the byte order of the machine that wrote them (the file never travels):
//! ```text
//! 0   8  magic "LKGRAPH3"
//! 8   8  order mark 0x0102030405060708
//! 16  8  transfers n
//! 24  8  accounts m
//! 32  8  segments s
//! 40  8  currencies c in which accounts keep their books
//! 48  8  slots h of the table of names
//! 56  8  transfers f of which a leg is in neither its account's own currency nor the other leg's
//! 64     s digests of 32 bytes: the segments, oldest import first
//!        c pairs of 8 + 8 bytes: a currency, the sum of what reached its accounts (up to 2^63-1)
//!        n transfers of 40 bytes: time 8, sent 8, received 8, payer 4, payee 4, origin 4 (the row,
//!        counted through all segments), currency sent 1, currency received 1, two zeros
//!        m balances of 8 bytes: what each account holds at the end, in its own currency, if it
//!        held nothing at the beginning; -1 where a rate is needed to tell
//!        n transfers by payer, n transfers by payee: each account's in time order
//!        m + 1 starts of 4 bytes into the former, m + 1 into the latter
//!        m origins of accounts: the account, counted through all segments
//!        h slots of 4 bytes: account numbers by hash of the name, 2^32-1 where free
//!        f numbers of transfers
//!        m own currencies of 1 byte
//!        32 bytes: SHA-256 of everything before
//! ```
//! That makes 48 bytes a transfer, and 21 an account with 8 to 16 for its name's slots; texts stay
//! in the segments. A transfer's fields lie together: a trace goes to and fro and would otherwise
//! wait for memory at every field. No rate is in it: amounts in another currency are worked out
//! when asked for. Opening looks at the header, the length and the accounts' starts only. Whatever
//! a damaged file says elsewhere, reading it stays inside; `checksum_is_right` tells. The file can
//! be made from its segments at any time.

use std::borrow::Cow;
use std::io::{self, Write};

use model::digest::{Digest, Digester};
use zerocopy::{FromBytes, Immutable, IntoBytes};

/// What a graph file starts with.
const MAGIC: &[u8; 8] = b"LKGRAPH3";
/// Tells a file of a machine with another byte order.
const ORDER: u64 = 0x0102_0304_0506_0708;
/// Bytes before the digests.
const HEADER: usize = 64;
/// Bytes of a digest.
const DIGEST: usize = 32;

/// Why bytes are no graph file. The remedy is always to make it again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GraphError {
    /// Another kind of file, another version, or another machine's.
    #[error("the file does not start with LKGRAPH3")]
    Magic,
    /// Shorter or longer than its header says.
    #[error("the file has {found} bytes where its header says otherwise")]
    Length {
        /// What is there.
        found: usize,
    },
    /// Made from other segments.
    #[error("the file was made from other segments")]
    Segments,
    /// A count, a start or a currency points outside.
    #[error("{0} is out of bounds")]
    Bounds(&'static str),
}

/// How much of each thing there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) transfers: usize,
    pub(crate) accounts: usize,
    pub(crate) currencies: usize,
    pub(crate) slots: usize,
    pub(crate) foreign: usize,
}

/// One transfer as it lies in a graph file, 40 bytes.
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable)]
#[repr(C)]
pub(crate) struct Transfer {
    pub(crate) at: i64,
    pub(crate) sent: i64,
    pub(crate) received: i64,
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) origin: u32,
    pub(crate) currencies: [u8; 2],
    pub(crate) zeros: [u8; 2],
}

/// The columns, mapped or in memory.
#[derive(Clone, Default)]
pub(crate) struct Columns<'a> {
    pub(crate) totals: Cow<'a, [[i64; 2]]>,
    pub(crate) transfers: Cow<'a, [Transfer]>,
    pub(crate) balances: Cow<'a, [i64]>,
    pub(crate) outgoing: Cow<'a, [u32]>,
    pub(crate) incoming: Cow<'a, [u32]>,
    pub(crate) out_starts: Cow<'a, [u32]>,
    pub(crate) in_starts: Cow<'a, [u32]>,
    pub(crate) accounts: Cow<'a, [u32]>,
    pub(crate) slots: Cow<'a, [u32]>,
    pub(crate) foreign: Cow<'a, [u32]>,
    pub(crate) own: Cow<'a, [u8]>,
}

/// Where columns go while they are made, in the order of the file.
pub(crate) trait Sink {
    /// Takes the next column.
    fn column<T: IntoBytes + Immutable + 'static>(
        &mut self,
        place: for<'c, 'a> fn(&'c mut Columns<'a>) -> &'c mut Cow<'a, [T]>,
        values: impl Iterator<Item = T>,
    ) -> io::Result<()>
    where
        [T]: ToOwned<Owned = Vec<T>>;
}

impl Sink for Columns<'_> {
    fn column<T: IntoBytes + Immutable + 'static>(
        &mut self,
        place: for<'c, 'a> fn(&'c mut Columns<'a>) -> &'c mut Cow<'a, [T]>,
        values: impl Iterator<Item = T>,
    ) -> io::Result<()>
    where
        [T]: ToOwned<Owned = Vec<T>>,
    {
        *place(self) = Cow::Owned(values.collect());
        Ok(())
    }
}

/// Writes columns out and digests them.
pub(crate) struct Writer<'w> {
    out: &'w mut dyn Write,
    digester: Digester,
    chunk: Vec<u8>,
}

impl<'w> Writer<'w> {
    const CHUNK: usize = 1 << 16;

    /// Writes the header and the digests of the segments.
    pub(crate) fn new(
        out: &'w mut dyn Write,
        counts: &Counts,
        segments: &[Digest],
    ) -> io::Result<Writer<'w>> {
        let mut writer = Writer { out, digester: Digester::default(), chunk: Vec::new() };
        writer.chunk.extend_from_slice(MAGIC);
        let Counts { transfers, accounts, currencies, slots, foreign } = *counts;
        writer.chunk.extend_from_slice(&ORDER.to_ne_bytes());
        for count in [transfers, accounts, segments.len(), currencies, slots, foreign] {
            writer.chunk.extend_from_slice(&(count as u64).to_ne_bytes());
        }
        for segment in segments {
            writer.chunk.extend_from_slice(&segment.0);
        }
        writer.flush()?;
        Ok(writer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.digester.update(&self.chunk);
        self.out.write_all(&self.chunk)?;
        self.chunk.clear();
        Ok(())
    }

    /// Writes the checksum.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        self.out.write_all(&self.digester.finish().0)
    }
}

impl Sink for Writer<'_> {
    fn column<T: IntoBytes + Immutable + 'static>(
        &mut self,
        _place: for<'c, 'a> fn(&'c mut Columns<'a>) -> &'c mut Cow<'a, [T]>,
        values: impl Iterator<Item = T>,
    ) -> io::Result<()>
    where
        [T]: ToOwned<Owned = Vec<T>>,
    {
        for value in values {
            self.chunk.extend_from_slice(value.as_bytes());
            if self.chunk.len() >= Writer::CHUNK {
                self.flush()?;
            }
        }
        Ok(())
    }
}

/// Takes columns off the front of a file.
struct Reader<'a> {
    rest: &'a [u8],
    found: usize,
}

impl<'a> Reader<'a> {
    fn take<T: FromBytes + Immutable>(&mut self, count: usize) -> Result<&'a [T], GraphError> {
        let length = GraphError::Length { found: self.found };
        let bytes = count.checked_mul(size_of::<T>()).ok_or(length.clone())?;
        let (column, rest) = self.rest.split_at_checked(bytes).ok_or(length)?;
        self.rest = rest;
        // Fails only where the bytes do not begin at a multiple of eight: a map always does.
        <[T]>::ref_from_bytes(column).map_err(|_| GraphError::Magic)
    }

    fn column<T: FromBytes + Immutable>(&mut self, count: usize) -> Result<Cow<'a, [T]>, GraphError>
    where
        [T]: ToOwned<Owned = Vec<T>>,
    {
        self.take(count).map(Cow::Borrowed)
    }
}

impl<'a> Columns<'a> {
    /// Reads a graph file that was made from these segments.
    pub(crate) fn parse(bytes: &'a [u8], segments: &[Digest]) -> Result<Columns<'a>, GraphError> {
        let mut reader = Reader { rest: bytes, found: bytes.len() };
        if bytes.len() < HEADER || reader.take::<u8>(8)? != MAGIC {
            return Err(GraphError::Magic);
        }
        let [order, counts @ ..] = reader.take::<u64>(7)? else { return Err(GraphError::Magic) };
        let counts: Vec<usize> =
            counts.iter().filter_map(|count| usize::try_from(*count).ok()).collect();
        let [transfers, accounts, files, currencies, slots, foreign] = *counts else {
            return Err(GraphError::Bounds("a count"));
        };
        if *order != ORDER {
            return Err(GraphError::Magic);
        }
        // Numbers of transfers and accounts have 32 bits.
        if transfers.max(accounts).max(slots) > u32::MAX as usize || foreign > transfers {
            return Err(GraphError::Bounds("a count"));
        }
        let is_same = files == segments.len()
            && segments
                .iter()
                .all(|segment| reader.take::<u8>(DIGEST).is_ok_and(|found| found == segment.0));
        if !is_same {
            return Err(GraphError::Segments);
        }
        let columns = Columns {
            totals: reader.column(currencies)?,
            transfers: reader.column(transfers)?,
            balances: reader.column(accounts)?,
            outgoing: reader.column(transfers)?,
            incoming: reader.column(transfers)?,
            out_starts: reader.column(accounts + 1)?,
            in_starts: reader.column(accounts + 1)?,
            accounts: reader.column(accounts)?,
            slots: reader.column(slots)?,
            foreign: reader.column(foreign)?,
            own: reader.column(accounts)?,
        };
        if reader.rest.len() != DIGEST {
            return Err(GraphError::Length { found: bytes.len() });
        }
        columns.check()?;
        Ok(columns)
    }

    /// What may be looked at in an instant: as much as there are accounts.
    fn check(&self) -> Result<(), GraphError> {
        for starts in [&self.out_starts, &self.in_starts] {
            let ends = (starts.first().copied(), starts.last().map(|last| *last as usize));
            if ends != (Some(0), Some(self.transfers.len())) || !starts.is_sorted() {
                return Err(GraphError::Bounds("an account's start"));
            }
        }
        Ok(())
    }
}

/// Whether bytes open as the graph file of these segments.
pub fn check(bytes: &[u8], segments: &[Digest]) -> Result<(), GraphError> {
    Columns::parse(bytes, segments).map(drop)
}

/// Whether a graph file is byte for byte what was written.
pub fn checksum_is_right(bytes: &[u8]) -> bool {
    let split = bytes.len().checked_sub(DIGEST).and_then(|end| bytes.split_at_checked(end));
    split.is_some_and(|(content, sum)| Digest::of(content).0 == sum)
}
