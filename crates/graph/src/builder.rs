//! Puts a segment together: rows in the order of the file, then sorted by time and written out.

use std::hash::BuildHasher as _;

use compact_str::CompactString;
use hashbrown::HashTable;
use model::account::Account;
use model::time::Timestamp;
use model::transfer::Transfer;
use rustc_hash::{FxBuildHasher, FxHashMap};
use zerocopy::IntoBytes as _;
use zerocopy::little_endian::U32;

use crate::segment::{HEADER, MAGIC, MAX_TRANSFERS, Row};

/// All text of one segment (accounts, formats, ids) may take this many bytes together: its offsets
/// have 32 bits.
const MAX_TEXT_BYTES: usize = u32::MAX as usize;
/// A segment names at most this many payment formats; a transfer in a later one keeps none.
const MAX_FORMATS: usize = 60_000;

/// A segment in the making.
#[derive(Default)]
pub(crate) struct Builder {
    accounts: Vec<Account>,
    /// Numbers of accounts by half of the account's hash.
    account_numbers: HashTable<(u32, u32)>,
    formats: Vec<CompactString>,
    format_numbers: FxHashMap<CompactString, u16>,
    rows: Vec<Row>,
    id_starts: Vec<u32>,
    ids: String,
    /// What accounts, formats and ids will take in the segment.
    text_bytes: usize,
}

impl Builder {
    /// How many transfers it holds.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether another transfer still fits, even if its accounts and its format are new.
    pub(crate) fn has_room_for(&self, transfer: &Transfer) -> bool {
        let accounts = account_bytes(&transfer.from) + account_bytes(&transfer.to);
        let text = self.text_bytes + accounts + transfer.format.len() + transfer.id.len();
        self.rows.len() < MAX_TRANSFERS && text <= MAX_TEXT_BYTES
    }

    /// Takes a transfer for which there is room.
    pub(crate) fn push(&mut self, transfer: &Transfer) {
        let (from, to) = (self.account(&transfer.from), self.account(&transfer.to));
        let format = self.format(&transfer.format);
        self.rows.push(Row::new(transfer, from, to, format));
        self.id_starts.push(self.ids.len() as u32);
        self.ids.push_str(&transfer.id);
        self.text_bytes += transfer.id.len();
    }

    /// The source's id of a row, counted in the order of the file.
    pub(crate) fn id(&self, index: usize) -> &str {
        let start = self.id_starts.get(index).map_or(0, |start| *start as usize);
        let end = self.id_starts.get(index + 1).map_or(self.ids.len(), |end| *end as usize);
        self.ids.get(start..end).unwrap_or_default()
    }

    /// A row as the transfer it was made from.
    pub(crate) fn transfer(&self, index: usize) -> Option<Transfer> {
        let row = self.rows.get(index)?;
        Some(Transfer {
            id: self.id(index).into(),
            at: Timestamp::from_microseconds(row.at()).ok()?,
            from: self.accounts.get(row.from() as usize)?.clone(),
            to: self.accounts.get(row.to() as usize)?.clone(),
            sent: row.sent(),
            received: row.received(),
            format: self.formats.get(usize::from(row.format()))?.clone(),
        })
    }

    /// The bytes of the segment; `segment` lists them.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut order: Vec<u32> = (0..self.rows.len() as u32).collect();
        order.sort_by_key(|index| self.rows.get(*index as usize).map_or(0, Row::at));
        let count = self.accounts.len() + self.formats.len() + order.len();
        let length =
            HEADER + self.rows.len() * size_of::<Row>() + (count + 1) * 4 + self.text_bytes;
        let mut bytes = Vec::with_capacity(length);
        bytes.extend_from_slice(MAGIC);
        let counts = [self.rows.len(), self.accounts.len(), self.formats.len(), self.text_bytes];
        counts.iter().for_each(|count| bytes.extend_from_slice(&(*count as u32).to_le_bytes()));
        for row in order.iter().filter_map(|index| self.rows.get(*index as usize)) {
            bytes.extend_from_slice(row.as_bytes());
        }
        // Where each text starts is known before any is written: a second copy of all text would
        // be as large as the segment.
        let mut offset = 0_u32;
        let mut start_of_next = |length: usize| {
            offset += length as u32;
            U32::from(offset)
        };
        for account in &self.accounts {
            bytes.extend_from_slice(start_of_next(account_bytes(account)).as_bytes());
        }
        for format in &self.formats {
            bytes.extend_from_slice(start_of_next(format.len()).as_bytes());
        }
        for index in &order {
            let id = self.id(*index as usize);
            bytes.extend_from_slice(start_of_next(id.len()).as_bytes());
        }
        bytes.extend_from_slice(start_of_next(0).as_bytes());
        for account in &self.accounts {
            bytes.extend_from_slice(account.bank().as_bytes());
            bytes.push(b'/');
            bytes.extend_from_slice(account.number().as_bytes());
        }
        self.formats.iter().for_each(|format| bytes.extend_from_slice(format.as_bytes()));
        for index in &order {
            bytes.extend_from_slice(self.id(*index as usize).as_bytes());
        }
        bytes
    }

    fn account(&mut self, account: &Account) -> u32 {
        let hash = (FxBuildHasher.hash_one(account) >> 32) as u32;
        let accounts = &self.accounts;
        let is_it = |known: &(u32, u32)| {
            known.0 == hash && accounts.get(known.1 as usize).is_some_and(|known| known == account)
        };
        if let Some((_, number)) = self.account_numbers.find(spread(hash), is_it) {
            return *number;
        }
        let number = self.accounts.len() as u32;
        self.text_bytes += account_bytes(account);
        self.accounts.push(account.clone());
        self.account_numbers.insert_unique(spread(hash), (hash, number), |known| spread(known.0));
        number
    }

    fn format(&mut self, format: &CompactString) -> u16 {
        if let Some(number) = self.format_numbers.get(format) {
            return *number;
        }
        let kept = if self.formats.len() < MAX_FORMATS { format.clone() } else { "".into() };
        let number = match u16::try_from(self.formats.len()) {
            Ok(number) if self.formats.len() <= MAX_FORMATS => number,
            _ => return MAX_FORMATS as u16,
        };
        self.text_bytes += kept.len();
        self.formats.push(kept.clone());
        self.format_numbers.insert(kept, number);
        number
    }
}

/// Half a hash made whole: the table takes its place from the low bits and its tag from the high
/// ones. Kept beside each place, it spares a table that grows reading everything again.
pub(crate) fn spread(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}

/// What an account takes in the text: `BANK/NUMBER`.
fn account_bytes(account: &Account) -> usize {
    account.bank().len() + 1 + account.number().len()
}

#[cfg(test)]
mod tests {
    use model::money::{Currency, Money};

    use super::*;

    fn transfer(id: &str, from: &str, format: &str) -> Transfer {
        let money = Money::new(7, Currency::USD);
        Transfer {
            id: id.into(),
            at: Timestamp::from_seconds(10).unwrap(),
            from: Account::parse("VNB01", from).unwrap(),
            to: Account::parse("VNB02", "2001").unwrap(),
            sent: money,
            received: money,
            format: format.into(),
        }
    }

    #[test]
    fn text_is_counted_as_it_is_written() {
        let mut builder = Builder::default();
        for (id, from, format) in [("a", "1", "card"), ("b", "12", "wire"), ("c", "1", "card")] {
            builder.push(&transfer(id, from, format));
        }
        let bytes = builder.to_bytes();
        assert!(bytes.ends_with(b"abc"));
        let text: [u8; 4] = bytes[20..24].try_into().unwrap();
        assert_eq!(builder.text_bytes, u32::from_le_bytes(text) as usize);
    }

    #[test]
    fn accounts_and_formats_need_room_as_ids_do() {
        let transfer = transfer("a", "1", "card");
        let needed = "VNB01/1VNB02/2001carda".len();
        let fits =
            |text_bytes| Builder { text_bytes, ..Builder::default() }.has_room_for(&transfer);
        assert!(fits(MAX_TEXT_BYTES - needed));
        assert!(!fits(MAX_TEXT_BYTES - needed + 1));
    }
}
