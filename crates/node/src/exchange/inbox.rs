//! What lies in the inbox and the outbox: opened for who reads, answered with receipts, destroyed
//! when its time is over.

use envelope::card::AgencyId;
use envelope::content::Content;
use envelope::entry::EntryKind;
use envelope::envelope::{Envelope, MessageId};
use envelope::receipt::ReceiptKind;

use super::heads::broken;
use super::send::{self, Told};
use super::{Exchange, ExchangeError};
use crate::port::PortError;
use crate::port::record::{Log, MessageRow, MessageState, ReceiptRow, RowsMut, Wanted};

/// A content whose time is over is destroyed so many at a time.
const MAX_ERASED: usize = 1_000;
/// Of what was passed on so many are looked at, the newest, when a first sender calls back.
const MAX_COPIES: usize = 10_000;

/// A message and what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The message.
    pub row: MessageRow,
    /// Its content.
    pub content: Content,
}

impl Exchange {
    /// Messages that are asked for, the newest first.
    pub fn messages(&self, wanted: &Wanted) -> Result<Vec<MessageRow>, ExchangeError> {
        Ok(self.read(|rows| rows.messages(wanted))?)
    }

    /// Messages of ours by their numbers.
    pub fn sent(&self, ids: &[MessageId]) -> Result<Vec<MessageRow>, ExchangeError> {
        Ok(self.read(|rows| {
            let found = ids.iter().map(|id| rows.message(self.me, *id));
            Ok(found.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
        })?)
    }

    /// The one message whose number begins so (hexadecimal).
    pub fn find(&self, text: &str) -> Result<MessageRow, ExchangeError> {
        let unknown = || ExchangeError::UnknownMessage(text.to_owned());
        let ids = range(text).ok_or_else(unknown)?;
        let wanted = Wanted { ids: Some(ids), most: 2, ..Wanted::default() };
        let mut found = self.messages(&wanted)?.into_iter();
        match (found.next(), found.next()) {
            (Some(row), None) => Ok(row),
            _ => Err(unknown()),
        }
    }

    /// The envelope of a message, as it was signed.
    pub fn signed(&self, row: &MessageRow) -> Result<Envelope, ExchangeError> {
        let gone = || ExchangeError::NoContent(hexadecimal(row.id));
        let entry = self.read(|rows| rows.entry(row.log, row.index))?;
        let (_, bytes) = entry.ok_or_else(gone)?;
        let whole = Envelope::parse(&bytes);
        Ok(whole.or_else(|_| Envelope::parse_without_content(&bytes))?)
    }

    /// What became of a message: each receipt with its place and its bytes.
    pub fn receipts(&self, row: &MessageRow) -> Result<Vec<(ReceiptRow, Vec<u8>)>, ExchangeError> {
        let (sender, id) = (row.log.from, row.id);
        let found = self.read(|rows| {
            let mut found = Vec::new();
            for receipt in rows.receipts(sender, id)? {
                if let Some((_, bytes)) = rows.entry(receipt.log, receipt.index)? {
                    found.push((receipt, bytes));
                }
            }
            Ok(found)
        })?;
        Ok(found)
    }

    /// Opens a message of ours or to us; nobody is told.
    pub fn open(&self, row: &MessageRow) -> Result<Content, ExchangeError> {
        let gone = || ExchangeError::NoContent(hexadecimal(row.id));
        let key = row.key.as_ref().ok_or_else(gone)?;
        let key = self.outside.keys.unwrap(key)?;
        Ok(self.signed(row)?.open(&key)?)
    }

    /// Opens a message for somebody in a role; its sender is told that it was opened, once.
    pub fn show(&self, row: &MessageRow, role: &str) -> Result<Opened, ExchangeError> {
        let content = self.open(row)?;
        if row.log.to != self.me || row.state != MessageState::Accepted {
            return Ok(Opened { row: row.clone(), content });
        }
        // A content that is here is shown; its sender is told of it by who opens it once our record
        // is whole and our key believed.
        match self.settle(row, ReceiptKind::Opened, Some(role.to_owned())) {
            Ok(row) => Ok(Opened { row, content }),
            Err(ExchangeError::Behind(_) | ExchangeError::KeyExpired(_)) => {
                Ok(Opened { row: row.clone(), content })
            }
            Err(error) => Err(error),
        }
    }

    /// Says that a message to us was dealt with.
    pub fn handle(
        &self,
        row: &MessageRow,
        text: Option<String>,
    ) -> Result<MessageRow, ExchangeError> {
        self.check_open(row)?;
        self.settle(row, ReceiptKind::Handled, text)
    }

    /// Whether a message is one that can be dealt with, before anybody records that it was.
    pub fn check_open(&self, row: &MessageRow) -> Result<(), ExchangeError> {
        let is_open = matches!(row.state, MessageState::Accepted | MessageState::Opened);
        if row.log.to != self.me || !is_open {
            return Err(ExchangeError::NotOpen(hexadecimal(row.id)));
        }
        let answers = Log { from: self.me, to: row.log.from };
        if self.read(|rows| rows.log(answers))?.behind {
            return Err(ExchangeError::Behind(row.log.from.0.to_string()));
        }
        Ok(())
    }

    fn settle(
        &self,
        row: &MessageRow,
        kind: ReceiptKind,
        text: Option<String>,
    ) -> Result<MessageRow, ExchangeError> {
        let (keys, at, row) = (self.outside.keys.clone(), self.now(), row.clone());
        self.check_key(at)?;
        let state = match kind {
            ReceiptKind::Opened => MessageState::Opened,
            _ => MessageState::Handled,
        };
        let sender = row.log.from;
        let settled = self.write(move |rows| {
            // Somebody else may have been quicker: one message gets one receipt of a kind.
            let found = rows.message(row.log.from, row.id)?;
            let row = found.ok_or_else(|| broken(row.log, "a message is missing"))?;
            if row.state >= state {
                return Ok(Ok(row));
            }
            if rows.log(Log { from: row.log.to, to: row.log.from })?.behind {
                return Ok(Err(row));
            }
            send::receipt(rows, &*keys, &row, Told { kind, code: None, text, at })?;
            let row = MessageRow { state, ..row };
            rows.put_message(&row)?;
            Ok(Ok(row))
        })?;
        self.news(sender);
        settled.map_err(|row| ExchangeError::Behind(row.log.from.0.to_string()))
    }

    /// Destroys the contents whose time is over; the leaves stay. Returns what was destroyed.
    pub fn retain(&self) -> Result<Vec<MessageRow>, ExchangeError> {
        let retained_before = Some(self.now());
        let states = MessageState::ALL.into_iter().filter(|state| *state != MessageState::Erased);
        // What the receiver has to destroy its sender may keep: it is his.
        let (to, states, most) = (Some(self.me), states.collect(), MAX_ERASED);
        let wanted = Wanted { to, states, retained_before, most, ..Wanted::default() };
        let mut due = self.messages(&wanted)?;
        // What was passed on is his too, and our copy of that goes with it; one that still waits
        // for the line goes first, and is destroyed where it came.
        let (from, kind) = (Some(self.me), Some("forward"));
        let (to, states) = (None, sent_states());
        due.extend(self.messages(&Wanted { from, to, kind, states, ..wanted })?);
        let erased = due.clone();
        self.write(move |rows| {
            for row in &due {
                erase(rows, row.log.from, row.id)?;
            }
            Ok(())
        })?;
        for row in &erased {
            self.drop_files_of(row.log.from, row.id)?;
        }
        Ok(erased)
    }
}

/// Destroys a message's content and key; what was signed stays, and so does the leaf. `false`:
/// there is no such message.
pub(super) fn erase(
    rows: &mut dyn RowsMut,
    sender: AgencyId,
    id: MessageId,
) -> Result<bool, PortError> {
    let Some(row) = rows.message(sender, id)? else { return Ok(false) };
    if let Some((EntryKind::Envelope, bytes)) = rows.entry(row.log, row.index)?
        && let Ok(envelope) = Envelope::parse(&bytes)
    {
        rows.put_entry(row.log, row.index, EntryKind::Envelope, &envelope.without_content())?;
    }
    rows.put_message(&MessageRow { state: MessageState::Erased, key: None, ..row })?;
    Ok(true)
}

/// Destroys the contents of what we passed on of a message. What still waits for the line has
/// to go first. The number is that message's alone, whoever sent it.
pub(super) fn erase_copies(
    rows: &mut dyn RowsMut,
    me: AgencyId,
    id: MessageId,
) -> Result<Vec<MessageId>, PortError> {
    let (from, kind, most) = (Some(me), Some("forward"), MAX_COPIES);
    let states = sent_states();
    let wanted = Wanted { from, kind, states, most, ..Wanted::default() };
    let copies = rows.messages(&wanted)?.into_iter().filter(|row| row.in_reply_to == Some(id));
    let copies: Vec<MessageId> = copies.map(|row| row.id).collect();
    for copy in &copies {
        erase(rows, me, *copy)?;
    }
    Ok(copies)
}

/// Of what we sent: it is not under way any more, and not destroyed.
fn sent_states() -> Vec<MessageState> {
    let is_sent = |one: &MessageState| !matches!(one, MessageState::Erased | MessageState::Queued);
    MessageState::ALL.into_iter().filter(is_sent).collect()
}

/// A message's number as people see it.
pub fn hexadecimal(id: MessageId) -> String {
    id.0.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A number out of its 32 hexadecimal digits.
pub fn number(text: &str) -> Option<[u8; 16]> {
    let is_whole = text.len() == 32;
    range(text).filter(|_| is_whole).map(|(number, _)| number.0)
}

/// All numbers that begin with some hexadecimal digits.
fn range(text: &str) -> Option<(MessageId, MessageId)> {
    let is_hexadecimal = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_hexadecimal || !(4..=32).contains(&text.len()) {
        return None;
    }
    let end = |fill: &str| {
        let digits = format!("{text}{}", fill.repeat(32 - text.len()));
        u128::from_str_radix(&digits, 16).ok().map(|number| MessageId(number.to_be_bytes()))
    };
    Some((end("0")?, end("f")?))
}
