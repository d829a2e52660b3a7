//! Records: complaints, holdings and indicators of one imported file as immutable bytes, with an
//! index of every value that they hold.
//!
//! Bytes, all numbers little-endian:
//! ```text
//! 0   8  magic "LKRECRD2"
//! 8   4  records n
//! 12  4  index entries k
//! 16  4  countries c
//! 20     n ends of 4 bytes, counted from the first record's first byte
//!        k index entries of 12 bytes, rising: hash of a key (8), record (4)
//!        c countries of 2 letters, rising: those that the records speak of
//!        the records, postcard, one behind the other
//! ```
//! A key is `kind:value`, `account:BANK/NUMBER`, `number:NUMBER`, `id:ID` and `id:AGENCY/ID` in
//! small letters, `name:FOLDED`, or `ring:R-…` of the ring whose first complaint the record would
//! be; a hash that fits is checked against the record itself.

use std::collections::BTreeSet;

use model::account::Account;
use model::complaint::Complaint;
use model::country::Country;
use model::digest::Digest;
use model::holding::Holding;
use model::identifier::Identifier;
use model::indicator::Indicator;
use model::text;
use serde::{Deserialize, Serialize};

/// A file brings at most this many records.
pub const MAX_RECORDS: usize = 50_000_000;
const MAGIC: &[u8; 8] = b"LKRECRD2";

/// One record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Record {
    /// A victim's report.
    Complaint(Complaint),
    /// What a bank says of an account.
    Holding(Holding),
    /// A value that somebody warned of.
    Indicator(Indicator),
}

/// Why bytes hold no records; the remedy is to rebuild them from the original.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordsError {
    /// Another kind of file, or another version.
    #[error("the file does not start with LKRECRD2")]
    Magic,
    /// A number points outside, or a record cannot be read.
    #[error("record {0} is damaged")]
    Damaged(usize),
}

impl Record {
    /// What makes the record the same record: two with one key are one, or contradict each other.
    pub fn key(&self) -> String {
        match self {
            Record::Complaint(complaint) => format!("{}/{}", complaint.agency, complaint.id),
            Record::Holding(holding) => holding.account.to_string(),
            Record::Indicator(indicator) => format!("{}/{}", indicator.bulletin, indicator.id),
        }
    }

    /// Under which keys the record is found.
    pub fn index_keys(&self) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        match self {
            Record::Complaint(complaint) => {
                add_id(&mut keys, &complaint.id);
                add_id(&mut keys, &self.key());
                keys.insert(ring_key(&ring_id(&self.key())));
                add_account(&mut keys, &complaint.paid_to);
                complaint.victim.iter().for_each(|victim| add_account(&mut keys, victim));
                complaint.suspects.iter().for_each(|suspect| add_identifier(&mut keys, suspect));
            }
            Record::Holding(holding) => {
                add_account(&mut keys, &holding.account);
                holding.identifiers.iter().for_each(|known| add_identifier(&mut keys, known));
                if !holding.holder_name.is_empty() {
                    keys.insert(name_key(&holding.holder_name));
                }
            }
            Record::Indicator(indicator) => {
                add_id(&mut keys, &indicator.id);
                add_id(&mut keys, &self.key());
                add_id(&mut keys, &indicator.bulletin);
                add_identifier(&mut keys, &indicator.identifier);
            }
        }
        keys
    }
}

impl Record {
    /// The countries that the record speaks of.
    fn countries(&self) -> BTreeSet<Country> {
        let of_account = |account: &Account| Identifier::of_account(account, None).country();
        let of_all = |known: &[Identifier]| known.iter().filter_map(Identifier::country).collect();
        match self {
            Record::Complaint(complaint) => {
                let mut countries: BTreeSet<Country> = of_all(&complaint.suspects);
                countries.extend(of_account(&complaint.paid_to));
                countries
            }
            Record::Holding(holding) => {
                let mut countries: BTreeSet<Country> = of_all(&holding.identifiers);
                countries.extend(holding.country.or_else(|| of_account(&holding.account)));
                countries
            }
            Record::Indicator(indicator) => indicator.identifier.country().into_iter().collect(),
        }
    }
}

/// The id of the ring whose first complaint, as AGENCY/ID, is this one.
pub fn ring_id(first: &str) -> String {
    let digest = Digest::of(first.as_bytes()).to_string();
    format!("R-{}", digest.get(..8).unwrap_or_default().to_uppercase())
}

/// The key of a ring's first complaint.
pub fn ring_key(id: &str) -> String {
    format!("ring:{id}")
}

/// The key of an id: people write ids in any case.
pub fn id_key(id: &str) -> String {
    format!("id:{}", id.to_lowercase())
}

/// The key of a person's name: case, marks and blanks do not matter.
pub fn name_key(name: &str) -> String {
    let folded = text::fold(name);
    format!("name:{}", folded.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The key of an account.
pub fn account_key(account: &Account) -> String {
    format!("account:{account}")
}

fn add_id(keys: &mut BTreeSet<String>, id: &str) {
    keys.insert(id_key(id));
}

/// An account is found by bank and number, by its number alone, and as a wallet or IBAN.
fn add_account(keys: &mut BTreeSet<String>, account: &Account) {
    keys.insert(account_key(account));
    keys.insert(format!("number:{}", account.number()));
    keys.insert(Identifier::of_account(account, None).to_string());
}

fn add_identifier(keys: &mut BTreeSet<String>, identifier: &Identifier) {
    keys.insert(identifier.to_string());
    keys.extend(identifier.leads_to().iter().map(Identifier::to_string));
}

/// The first eight bytes of the key's SHA-256: a hostile file cannot make keys meet.
fn hash(key: &str) -> u64 {
    let digest = Digest::of(key.as_bytes()).0;
    digest.iter().take(8).fold(0, |hash, byte| (hash << 8) | u64::from(*byte))
}

/// Writes records down.
pub fn to_bytes(records: &[Record]) -> Result<Vec<u8>, RecordsError> {
    let (mut body, mut ends, mut index) = (Vec::new(), Vec::new(), Vec::new());
    let mut countries = BTreeSet::new();
    for (number, record) in records.iter().enumerate() {
        let damaged = || RecordsError::Damaged(number);
        body = postcard::to_extend(record, body).map_err(|_| damaged())?;
        ends.push(u32::try_from(body.len()).map_err(|_| damaged())?);
        countries.extend(record.countries());
        index.extend(record.index_keys().iter().map(|key| (hash(key), number as u32)));
    }
    index.sort_unstable();
    let mut bytes = Vec::with_capacity(20 + ends.len() * 4 + index.len() * 12 + body.len());
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&(ends.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&(index.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&(countries.len() as u32).to_le_bytes());
    ends.iter().for_each(|end| bytes.extend_from_slice(&end.to_le_bytes()));
    for (hash, record) in index {
        bytes.extend_from_slice(&hash.to_le_bytes());
        bytes.extend_from_slice(&record.to_le_bytes());
    }
    countries.iter().for_each(|country| bytes.extend_from_slice(country.as_str().as_bytes()));
    bytes.extend_from_slice(&body);
    Ok(bytes)
}

/// Records as they lie in a file.
#[derive(Clone, Copy)]
pub struct Records<'a> {
    ends: &'a [u8],
    index: &'a [u8],
    countries: &'a [u8],
    body: &'a [u8],
}

impl<'a> Records<'a> {
    /// Reads the head and checks the lengths; each record is checked when it is read.
    pub fn parse(bytes: &'a [u8]) -> Result<Records<'a>, RecordsError> {
        let body = bytes.strip_prefix(MAGIC).ok_or(RecordsError::Magic)?;
        let count = |at: usize| Some(u32::from_le_bytes(*body.get(at..)?.first_chunk()?) as usize);
        let (Some(records), Some(keys), Some(countries)) = (count(0), count(4), count(8)) else {
            return Err(RecordsError::Magic);
        };
        let split = || {
            let (ends, rest) = body.get(12..)?.split_at_checked(records.checked_mul(4)?)?;
            let (index, rest) = rest.split_at_checked(keys.checked_mul(12)?)?;
            let (countries, body) = rest.split_at_checked(countries.checked_mul(2)?)?;
            Some(Records { ends, index, countries, body })
        };
        let found = split().ok_or(RecordsError::Damaged(0))?;
        match found.end(records.saturating_sub(1)) {
            Some(end) if end == found.body.len() => Ok(found),
            None if records == 0 && found.body.is_empty() => Ok(found),
            _ => Err(RecordsError::Damaged(records)),
        }
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.ends.len() / 4
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The countries that the records speak of, rising.
    pub fn countries(&self) -> impl Iterator<Item = Country> + 'a {
        let codes =
            self.countries.chunks_exact(2).filter_map(|code| std::str::from_utf8(code).ok());
        codes.filter_map(|code| Country::parse(code).ok())
    }

    /// One record.
    pub fn get(&self, number: usize) -> Result<Record, RecordsError> {
        let start = if number == 0 { Some(0) } else { self.end(number - 1) };
        let bytes = start.zip(self.end(number)).and_then(|(start, end)| self.body.get(start..end));
        let record = bytes.and_then(|bytes| postcard::from_bytes(bytes).ok());
        record.ok_or(RecordsError::Damaged(number))
    }

    /// All records in the order of the file.
    pub fn all(&self) -> impl Iterator<Item = Result<Record, RecordsError>> + '_ {
        (0..self.len()).map(|number| self.get(number))
    }

    /// The records found under a key, rising.
    pub fn find(&self, key: &str) -> Result<Vec<(usize, Record)>, RecordsError> {
        let mut found = Vec::new();
        for candidate in self.candidates(key) {
            let (number, record) = candidate?;
            if record.index_keys().contains(key) {
                found.push((number, record));
            }
        }
        Ok(found)
    }

    /// The records whose key has the hash of this one, rising: nearly always those under the key.
    pub fn candidates(
        &self,
        key: &str,
    ) -> impl Iterator<Item = Result<(usize, Record), RecordsError>> + '_ {
        let wanted = hash(key);
        let entries = self.index.len() / 12;
        let hash_at = |entry: usize| {
            let bytes = self.index.get(entry * 12..).and_then(|rest| rest.first_chunk());
            bytes.map_or(u64::MAX, |bytes| u64::from_le_bytes(*bytes))
        };
        let (mut low, mut high) = (0, entries);
        while low < high {
            let middle = low.midpoint(high);
            if hash_at(middle) < wanted { low = middle + 1 } else { high = middle }
        }
        (low..entries).take_while(move |entry| hash_at(*entry) == wanted).map(|entry| {
            let bytes = self.index.get(entry * 12 + 8..).and_then(|rest| rest.first_chunk());
            let number = bytes.map_or(u32::MAX, |bytes| u32::from_le_bytes(*bytes)) as usize;
            Ok((number, self.get(number)?))
        })
    }

    fn end(&self, number: usize) -> Option<usize> {
        let bytes = self.ends.get(number.checked_mul(4)?..)?.first_chunk()?;
        Some(u32::from_le_bytes(*bytes) as usize)
    }
}
