//! Files that go with messages: sealed piece by piece, taken piece by piece, opened piece by piece.
//! Memory never holds more than a piece.

use std::io::Read;

use envelope::attachment::{
    self, Attachment, PIECE, blob_name, piece_count, piece_size, sealed_size,
};
use envelope::card::AgencyId;
use envelope::envelope::MessageId;
use envelope::receipt::ReceiptKind;
use envelope::stream::{CHUNK, Key, Stream, TAG};
use model::digest::{Digest, Digester};
use model::time::Timestamp;

use super::quota::day;
use super::send::{self, Told};
use super::{Exchange, ExchangeError};
use crate::port::record::{BlobRow, Log, MessageRow, MessageState, Rows, RowsMut, Usage, Wanted};
use crate::port::{Keys, PortError};

/// A piece has so many chunks.
const CHUNKS: usize = PIECE / (CHUNK + TAG);
/// So many messages of a partner are looked at that wait for files.
const MAX_WAITING: usize = 1_000;
/// Sealed files of one partner that are not whole yet have at most so many bytes: a longer one
/// would never arrive.
const MAX_STAGED: u64 = 256 << 30;

impl Exchange {
    /// Seals a file and keeps the sealed form; what names it goes into a message.
    pub fn seal_file(&self, name: &str, from: &mut dyn Read) -> Result<Attachment, ExchangeError> {
        let key: Key = self.random::<32>()?.into();
        let mut sealing = Sealing::new(name, &key, from, MAX_STAGED);
        let number = self.outside.blobs.seal(&mut || sealing.piece());
        let Sealing { pieces, size, sealed, digester, is_too_large, .. } = sealing;
        if is_too_large || (number.is_ok() && sealed_size(size) != Some(sealed)) {
            return Err(ExchangeError::FileTooLarge(name.to_owned()));
        }
        let number = number?;
        let blob = blob_name(sealed, &pieces);
        self.outside.blobs.settle(number, &blob)?;
        let held = all_held(pieces.len());
        let at = self.now();
        let row = BlobRow { name: blob, sealed, pieces, held, partner: None, at };
        self.write(move |rows| rows.put_blob(&row))?;
        let (name, sha256) = (name.to_owned(), digester.finish());
        Ok(Attachment { name, size, sha256, key: *key, blob })
    }

    /// A partner is about to send a sealed file, or goes on with one: which pieces are here.
    pub fn begin_blob(
        &self,
        from: AgencyId,
        name: Digest,
        sealed: u64,
        pieces: Vec<Digest>,
    ) -> Result<Vec<u8>, ExchangeError> {
        let partner = self.book().active(from)?.card.card().agency.clone();
        let is_named =
            piece_count(sealed) == pieces.len() as u64 && blob_name(sealed, &pieces) == name;
        if !is_named || sealed_size(attachment::MAX_SIZE).is_none_or(|most| sealed > most) {
            return Err(ExchangeError::FileDamaged(name.to_string()));
        }
        let known = self.read(|rows| rows.held(name))?;
        if let Some(row) = known {
            return Ok(row.held);
        }
        let staged = self.read(|rows| rows.staged(from))?;
        if staged.saturating_add(sealed) > MAX_STAGED {
            return Err(ExchangeError::QuotaUsed(partner));
        }
        let held = vec![0; pieces.len().div_ceil(8)];
        let row = BlobRow {
            name,
            sealed,
            pieces,
            held: held.clone(),
            partner: Some(from),
            at: self.now(),
        };
        self.write(move |rows| match rows.held(name)? {
            Some(row) => Ok(row.held),
            None => rows.put_blob(&row).map(|()| row.held),
        })
        .map_err(ExchangeError::from)
    }

    /// A sealed file of ours or of a partner's, for who asks for its pieces.
    pub fn blob(&self, name: Digest) -> Result<BlobRow, ExchangeError> {
        let row = self.read(|rows| rows.blob(name))?;
        row.ok_or_else(|| ExchangeError::FileMissing(name.to_string()))
    }

    /// A sealed file that goes with a message to a partner.
    pub fn blob_for(&self, to: AgencyId, name: Digest) -> Result<BlobRow, ExchangeError> {
        let is_its = self.read(|rows| {
            for (sender, id) in rows.messages_with(name)? {
                if sender == self.me
                    && rows.message(sender, id)?.is_some_and(|row| row.log.to == to)
                {
                    return Ok(true);
                }
            }
            Ok(false)
        })?;
        // Whether there is one that is for somebody else is not said.
        if is_its { self.blob(name) } else { Err(ExchangeError::FileMissing(name.to_string())) }
    }

    /// A piece of a sealed file that is here.
    pub fn piece(&self, row: &BlobRow, number: u64) -> Result<Vec<u8>, ExchangeError> {
        let missing = || ExchangeError::FileMissing(row.name.to_string());
        let length = piece_size(row.sealed, number).ok_or_else(missing)?;
        if !is_bit(&row.held, number) {
            return Err(missing());
        }
        Ok(self.outside.blobs.read(&row.name, number, length)?)
    }

    /// Takes a piece of a sealed file; it is durable once `keep_pieces` has said so.
    pub fn put_piece(&self, row: &BlobRow, number: u64, bytes: &[u8]) -> Result<(), ExchangeError> {
        let damaged = || ExchangeError::FileDamaged(row.name.to_string());
        let hash = usize::try_from(number).ok().and_then(|number| row.pieces.get(number));
        let fits = piece_size(row.sealed, number) == Some(bytes.len());
        if !fits || hash != Some(&Digest::of(bytes)) {
            return Err(damaged());
        }
        Ok(self.outside.blobs.write(&row.name, number, bytes)?)
    }

    /// Makes pieces that were put durable. Messages that waited for the file are accepted when
    /// it is whole; whether it is comes back.
    pub fn keep_pieces(&self, name: Digest, numbers: Vec<u64>) -> Result<bool, ExchangeError> {
        let (keys, at) = (self.outside.keys.clone(), self.now());
        self.check_key(at)?;
        self.outside.blobs.sync(&name)?;
        let kept = self.write(move |rows| {
            let Some(mut row) = rows.held(name)? else { return Ok(None) };
            for number in &numbers {
                set_bit(&mut row.held, *number);
            }
            if let Some(partner) = row.partner {
                let bytes = numbers.len() as u64 * PIECE as u64;
                rows.add_usage(partner, day(at), Usage { messages: 0, bytes })?;
            }
            rows.put_held(name, &row.held, at)?;
            if !are_all_held(row.sealed, &row.held) {
                return Ok(Some((Vec::new(), false)));
            }
            let mut senders = Vec::new();
            for (sender, id) in rows.messages_with(name)? {
                if let Some(message) = rows.message(sender, id)? {
                    let is_attended_to = super::is_attended(&message.kind);
                    if accept(rows, &*keys, message, at)? {
                        senders.push((sender, is_attended_to));
                    }
                }
            }
            Ok(Some((senders, true)))
        })?;
        let missing = || ExchangeError::FileMissing(name.to_string());
        let (senders, is_whole) = kept.ok_or_else(missing)?;
        senders.iter().for_each(|(sender, _)| self.news(*sender));
        if senders.iter().any(|(_, is_attended_to)| *is_attended_to) {
            self.came();
        }
        Ok(is_whole)
    }

    /// The sealed files that a partner has yet to send us, and those that we have yet to send it.
    pub fn blobs_between(
        &self,
        partner: AgencyId,
    ) -> Result<(Vec<Digest>, Vec<Digest>), ExchangeError> {
        let me = self.me;
        Ok(self.read(|rows| {
            let of = |from, to, state| {
                let states = vec![state];
                let wanted = Wanted {
                    from: Some(from),
                    to: Some(to),
                    states,
                    most: MAX_WAITING,
                    ..Wanted::default()
                };
                let mut blobs = Vec::new();
                for row in rows.messages(&wanted)? {
                    blobs.extend(rows.blobs_of(from, row.id)?);
                }
                Ok::<_, PortError>(blobs)
            };
            let mut coming = of(partner, me, MessageState::Waiting)?;
            let mut missing = Vec::new();
            for blob in coming.drain(..) {
                if !is_whole(rows, blob)? {
                    missing.push(blob);
                }
            }
            Ok((missing, of(me, partner, MessageState::Queued)?))
        })?)
    }

    /// Destroys the sealed files of a message whose content was destroyed.
    pub(super) fn drop_files_of(
        &self,
        sender: AgencyId,
        id: MessageId,
    ) -> Result<(), ExchangeError> {
        let blobs = self.read(|rows| rows.blobs_of(sender, id))?;
        self.drop_blobs(&blobs)
    }

    /// Destroys sealed files that no message needs any more.
    pub(crate) fn drop_blobs(&self, blobs: &[Digest]) -> Result<(), ExchangeError> {
        for blob in blobs.iter().copied() {
            let is_free = self.write(move |rows| {
                for (sender, id) in rows.messages_with(blob)? {
                    let row = rows.message(sender, id)?;
                    if row.is_some_and(|row| row.state != MessageState::Erased) {
                        return Ok(false);
                    }
                }
                rows.drop_blob(blob).map(|()| true)
            })?;
            if is_free {
                self.outside.blobs.remove(&blob)?;
            }
        }
        Ok(())
    }
}

/// Accepts the messages of a partner that waited for files which are here now.
pub(super) fn accept_waiting(
    rows: &mut dyn RowsMut,
    keys: &dyn Keys,
    theirs: Log,
    at: Timestamp,
) -> Result<(), PortError> {
    let (from, to, states) = (Some(theirs.from), Some(theirs.to), vec![MessageState::Waiting]);
    let wanted = Wanted { from, to, states, most: MAX_WAITING, ..Wanted::default() };
    for message in rows.messages(&wanted)? {
        accept(rows, keys, message, at)?;
    }
    Ok(())
}

/// Accepts a message that waited, where all its files are here and our record is whole.
fn accept(
    rows: &mut dyn RowsMut,
    keys: &dyn Keys,
    message: MessageRow,
    at: Timestamp,
) -> Result<bool, PortError> {
    let ours = rows.log(Log { from: message.log.to, to: message.log.from })?;
    let mut blobs = rows.blobs_of(message.log.from, message.id)?.into_iter();
    let are_here =
        blobs.try_fold(true, |all, blob| is_whole(&*rows, blob).map(|one| all && one))?;
    if message.state != MessageState::Waiting || ours.behind || !are_here {
        return Ok(false);
    }
    let said = send::said(&*rows, message.log, message.id)?;
    if said.is_none() {
        let told = Told { kind: ReceiptKind::Accepted, code: None, text: None, at };
        send::receipt(rows, keys, &message, told)?;
    }
    let state = said.unwrap_or(MessageState::Accepted);
    rows.put_message(&MessageRow { state, ..message })?;
    Ok(true)
}

/// A file in the middle of being sealed.
struct Sealing<'s> {
    name: &'s str,
    from: &'s mut dyn Read,
    stream: Stream,
    digester: Digester,
    pieces: Vec<Digest>,
    /// The chunk that comes next: whether it is the last one is known only when the next is read.
    ahead: Option<Vec<u8>>,
    is_begun: bool,
    size: u64,
    sealed: u64,
    /// The sealed form has at most so many bytes.
    most: u64,
    is_too_large: bool,
}

impl<'s> Sealing<'s> {
    fn new(name: &'s str, key: &Key, from: &'s mut dyn Read, most: u64) -> Sealing<'s> {
        Sealing {
            name,
            from,
            stream: Stream::new(key),
            digester: Digester::default(),
            pieces: Vec::new(),
            ahead: None,
            is_begun: false,
            size: 0,
            sealed: 0,
            most,
            is_too_large: false,
        }
    }

    /// The next piece; `None`: there is none any more.
    fn piece(&mut self) -> Result<Option<Vec<u8>>, PortError> {
        if !self.is_begun {
            self.is_begun = true;
            self.ahead = Some(self.chunk()?);
        }
        let mut piece = Vec::new();
        for _ in 0..CHUNKS {
            let Some(chunk) = self.ahead.take() else { break };
            let next = if chunk.len() == CHUNK { self.chunk()? } else { Vec::new() };
            let is_last = next.is_empty();
            let sealed = self.stream.seal(&chunk, is_last);
            piece.extend(sealed.map_err(|error| self.failed("seal", error.to_string()))?);
            self.digester.update(&chunk);
            self.size += chunk.len() as u64;
            if !is_last {
                self.ahead = Some(next);
            }
        }
        if piece.is_empty() {
            return Ok(None);
        }
        self.sealed += piece.len() as u64;
        if self.sealed > self.most {
            self.is_too_large = true;
            return Err(self.failed("seal", "it is too large".to_owned()));
        }
        self.pieces.push(Digest::of(&piece));
        Ok(Some(piece))
    }

    /// A chunk as long as it can be; shorter only at the end of the file.
    fn chunk(&mut self) -> Result<Vec<u8>, PortError> {
        let mut chunk = Vec::with_capacity(CHUNK);
        let read = (&mut *self.from).take(CHUNK as u64).read_to_end(&mut chunk);
        read.map_err(|error| self.failed("read", error.to_string()))?;
        Ok(chunk)
    }

    fn failed(&self, operation: &'static str, cause: String) -> PortError {
        PortError { operation, object: self.name.to_owned(), cause }
    }
}

/// Whether all of a sealed file is here.
pub(super) fn is_whole(rows: &dyn Rows, name: Digest) -> Result<bool, PortError> {
    Ok(rows.held(name)?.is_some_and(|row| are_all_held(row.sealed, &row.held)))
}

pub(super) fn are_all_held(sealed: u64, held: &[u8]) -> bool {
    let count = usize::try_from(piece_count(sealed)).unwrap_or(usize::MAX);
    // The length first: nothing is made for what is claimed.
    held.len() == count.div_ceil(8) && held == all_held(count)
}

fn all_held(pieces: usize) -> Vec<u8> {
    let mut held = vec![0xff; pieces.div_ceil(8)];
    if let Some(last) = held.last_mut().filter(|_| !pieces.is_multiple_of(8)) {
        *last = (1 << (pieces % 8)) - 1;
    }
    held
}

fn is_bit(held: &[u8], number: u64) -> bool {
    let byte = usize::try_from(number / 8).ok().and_then(|place| held.get(place));
    byte.is_some_and(|byte| byte >> (number % 8) & 1 == 1)
}

fn set_bit(held: &mut [u8], number: u64) {
    if let Some(byte) = usize::try_from(number / 8).ok().and_then(|place| held.get_mut(place)) {
        *byte |= 1 << (number % 8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many pieces of a file are sealed under a limit, and whether it was too large.
    fn pieces(size: usize, most: u64) -> (usize, bool) {
        let bytes = vec![7; size];
        let mut from = bytes.as_slice();
        let mut sealing = Sealing::new("a.bin", &[1; 32].into(), &mut from, most);
        let mut count = 0;
        while let Ok(Some(_)) = sealing.piece() {
            count += 1;
        }
        (count, sealing.is_too_large)
    }

    #[test]
    fn a_file_that_would_never_arrive_is_refused_while_it_is_sealed() {
        let size = 2 * CHUNKS * CHUNK;
        let sealed = sealed_size(size as u64).unwrap();
        assert_eq!(sealed, 2 * PIECE as u64);
        assert_eq!(pieces(size, sealed), (2, false));
        assert_eq!(pieces(size + 1, sealed), (2, true));
        assert_eq!(pieces(9 * size, sealed), (2, true), "the rest is not read");
    }
}
