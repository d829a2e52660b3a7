//! Values as the rows of the record hold them. What is read is checked like anything foreign: a
//! damaged disk writes what it likes.

use envelope::card::AgencyId;
use envelope::entry::EntryKind;
use envelope::envelope::MessageId;
use envelope::receipt::ReceiptKind;
use model::digest::Digest;
use model::time::Timestamp;
use node::port::record::MessageState;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, Value, ValueRef};
use rusqlite::{Error, Result, ToSql};

/// The kinds of receipts in the order in which they are kept as numbers.
const RECEIPTS: [ReceiptKind; 4] =
    [ReceiptKind::Accepted, ReceiptKind::Rejected, ReceiptKind::Opened, ReceiptKind::Handled];

/// A count, a place, a size.
pub(super) struct Number(pub(super) u64);

impl ToSql for Number {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        let number = i64::try_from(self.0);
        number.map(ToSqlOutput::from).map_err(|error| Error::ToSqlConversionFailure(error.into()))
    }
}

impl FromSql for Number {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Number> {
        let number = value.as_i64()?;
        u64::try_from(number).map(Number).map_err(|_| FromSqlError::OutOfRange(number))
    }
}

/// A digest.
pub(super) struct Hash(pub(super) Digest);

impl ToSql for Hash {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        self.0.0.to_sql()
    }
}

impl FromSql for Hash {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Hash> {
        Ok(Hash(Digest(<[u8; 32]>::column_result(value)?)))
    }
}

/// Digests, one after the other.
pub(super) struct Hashes(pub(super) Vec<Digest>);

/// Their bytes.
pub(super) fn joined(digests: &[Digest]) -> Vec<u8> {
    digests.iter().flat_map(|digest| digest.0).collect()
}

impl FromSql for Hashes {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Hashes> {
        let bytes = value.as_blob()?;
        let (digests, rest) = bytes.as_chunks::<32>();
        if rest.is_empty() {
            Ok(Hashes(digests.iter().copied().map(Digest).collect()))
        } else {
            let (expected_size, blob_size) = (bytes.len() - rest.len(), bytes.len());
            Err(FromSqlError::InvalidBlobSize { expected_size, blob_size })
        }
    }
}

/// An agency.
pub(super) struct Agency(pub(super) AgencyId);

impl ToSql for Agency {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        self.0.0.0.to_sql()
    }
}

impl FromSql for Agency {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Agency> {
        Ok(Agency(AgencyId(Hash::column_result(value)?.0)))
    }
}

/// A message's number.
pub(super) struct Id(pub(super) MessageId);

impl ToSql for Id {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        self.0.0.to_sql()
    }
}

impl FromSql for Id {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Id> {
        Ok(Id(MessageId(<[u8; 16]>::column_result(value)?)))
    }
}

/// A moment.
pub(super) struct Moment(pub(super) Timestamp);

impl ToSql for Moment {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(self.0.microseconds().into())
    }
}

impl FromSql for Moment {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Moment> {
        let moment = Timestamp::from_microseconds(value.as_i64()?);
        moment.map(Moment).map_err(FromSqlError::other)
    }
}

/// What became of a message.
pub(super) struct State(pub(super) MessageState);

impl ToSql for State {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        numbered(&MessageState::ALL, self.0)
    }
}

impl FromSql for State {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<State> {
        of_number(&MessageState::ALL, value).map(State)
    }
}

/// What a receipt says.
pub(super) struct Answer(pub(super) ReceiptKind);

impl ToSql for Answer {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        numbered(&RECEIPTS, self.0)
    }
}

impl FromSql for Answer {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Answer> {
        of_number(&RECEIPTS, value).map(Answer)
    }
}

/// What an entry is.
pub(super) struct Kind(pub(super) EntryKind);

impl ToSql for Kind {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(self.0.byte().into())
    }
}

impl FromSql for Kind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Kind> {
        let kind = EntryKind::of(u8::column_result(value)?);
        kind.map(Kind).ok_or_else(|| FromSqlError::OutOfRange(value.as_i64().unwrap_or(-1)))
    }
}

fn numbered<T: PartialEq>(all: &[T], one: T) -> Result<ToSqlOutput<'static>> {
    let place = all.iter().position(|known| *known == one);
    let number = place.and_then(|place| i64::try_from(place).ok());
    assert!(number.is_some(), "the list has every kind");
    Ok(ToSqlOutput::Owned(number.map_or(Value::Null, Value::Integer)))
}

fn of_number<T: Copy>(all: &[T], value: ValueRef<'_>) -> FromSqlResult<T> {
    let number = value.as_i64()?;
    let found = usize::try_from(number).ok().and_then(|place| all.get(place));
    found.copied().ok_or(FromSqlError::OutOfRange(number))
}
