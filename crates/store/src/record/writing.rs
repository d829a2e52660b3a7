//! Writing the record.

use std::collections::BTreeSet;

use envelope::card::AgencyId;
use envelope::entry::EntryKind;
use envelope::envelope::MessageId;
use model::digest::Digest;
use model::time::Timestamp;
use node::port::PortError;
use node::port::record::{
    BlobRow, Daily, Log, LogRow, MessageRow, ReceiptRow, Rows as _, RowsMut, Usage, Watched,
};
use tlog::frontier::Complete;

use super::rows::SqliteRows;
use super::values::{Agency, Answer, Hash, Id, Kind, Moment, Number, joined};

impl RowsMut for SqliteRows<'_> {
    fn put_log(&mut self, log: Log, row: &LogRow) -> Result<(), PortError> {
        self.make_number(log)?;
        let sql = "-- put_log\nUPDATE log SET size = ?3, peaks = ?4, head = ?5, seen = ?6, \
                   seen_note = ?7, behind = ?8, frozen = ?9, proof = ?10 \
                   WHERE writer = ?1 AND reader = ?2";
        let values = (
            Agency(log.from),
            Agency(log.to),
            Number(row.size),
            joined(&row.peaks),
            &row.head,
            Number(row.seen),
            &row.seen_note,
            row.behind,
            &row.frozen,
            &row.proof,
        );
        self.run(sql, values).map(drop)
    }

    fn put_daily(&mut self, log: Log, daily: Option<&Daily>) -> Result<(), PortError> {
        let number = self.make_number(log)?;
        let Some(Daily { size, at, note }) = daily else {
            return self.run("-- drop_daily\nDELETE FROM daily WHERE log = ?1", [number]).map(drop);
        };
        let sql = "-- put_daily\nINSERT INTO daily (log, size, at, note) VALUES (?1, ?2, ?3, ?4) \
                   ON CONFLICT (log) DO UPDATE SET size = excluded.size, at = excluded.at, \
                   note = excluded.note";
        self.run(sql, (number, Number(*size), Moment(*at), note)).map(drop)
    }

    fn put_watched(
        &mut self,
        log: Log,
        witness: AgencyId,
        watched: &Watched,
    ) -> Result<(), PortError> {
        let Watched { size, note, proof } = watched;
        let sql = "-- put_watched\nINSERT INTO watched (writer, reader, witness, size, note, proof) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (writer, witness, reader) \
                   DO UPDATE SET size = excluded.size, note = excluded.note, \
                   proof = excluded.proof";
        let (from, to) = (Agency(log.from), Agency(log.to));
        self.run(sql, (from, to, Agency(witness), Number(*size), note, proof)).map(drop)
    }

    fn add_hashes(&mut self, log: Log, complete: &[Complete]) -> Result<(), PortError> {
        let number = self.make_number(log)?;
        // A hash that is there never becomes another one: that would be another record.
        let sql = "-- add_hashes\nINSERT INTO hash (log, level, idx, root) \
                   VALUES (?1, ?2, ?3, ?4)";
        for one in complete {
            self.run(sql, (number, one.level, Number(one.index), Hash(one.root)))?;
        }
        Ok(())
    }

    fn put_entry(
        &mut self,
        log: Log,
        index: u64,
        kind: EntryKind,
        bytes: &[u8],
    ) -> Result<(), PortError> {
        let number = self.make_number(log)?;
        let sql = "-- put_entry\nINSERT INTO entry (log, idx, kind, bytes) \
                   VALUES (?1, ?2, ?3, ?4) ON CONFLICT (log, idx) \
                   DO UPDATE SET kind = excluded.kind, bytes = excluded.bytes";
        self.run(sql, (number, Number(index), Kind(kind), bytes))?;
        self.drop_lacking(log, index).map(drop)
    }

    fn put_lacking(&mut self, log: Log, indexes: &[u64]) -> Result<(), PortError> {
        let number = self.make_number(log)?;
        let sql = "-- put_lacking\nINSERT INTO lacking (log, idx) VALUES (?1, ?2) \
                   ON CONFLICT (log, idx) DO NOTHING";
        for index in indexes {
            self.run(sql, (number, Number(*index)))?;
        }
        Ok(())
    }

    fn drop_lacking(&mut self, log: Log, index: u64) -> Result<bool, PortError> {
        let Some(number) = self.number(log)? else { return Ok(false) };
        let sql = "-- drop_lacking\nDELETE FROM lacking WHERE log = ?1 AND idx = ?2";
        Ok(self.run(sql, (number, Number(index)))? > 0)
    }

    fn put_queue(&mut self, log: Log, index: u64, due: Option<Timestamp>) -> Result<(), PortError> {
        let number = self.make_number(log)?;
        let sql = "-- put_queue\nINSERT INTO queue (log, idx, due) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (log, idx) DO UPDATE SET due = excluded.due \
                   WHERE excluded.due IS NOT NULL";
        self.run(sql, (number, Number(index), due.map(Moment))).map(drop)
    }

    fn drop_queue(&mut self, log: Log, below: u64, but: &[u64]) -> Result<(), PortError> {
        let Some(number) = self.number(log)? else { return Ok(()) };
        let sql = "-- drop_queue\nDELETE FROM queue WHERE log = ?1 AND idx >= ?2 AND idx < ?3";
        let kept: BTreeSet<u64> = but.iter().copied().filter(|place| *place < below).collect();
        let mut first = 0;
        for end in kept.into_iter().chain([below]) {
            if first < end {
                self.run(sql, (number, Number(first), Number(end)))?;
            }
            first = end.saturating_add(1);
        }
        Ok(())
    }

    fn drop_queued(&mut self, log: Log, index: u64) -> Result<(), PortError> {
        let Some(number) = self.number(log)? else { return Ok(()) };
        let sql = "-- drop_queued\nDELETE FROM queue WHERE log = ?1 AND idx = ?2";
        self.run(sql, (number, Number(index))).map(drop)
    }

    fn put_message(&mut self, row: &MessageRow) -> Result<(), PortError> {
        self.keep_message(row)
    }

    fn put_receipt(&mut self, row: &ReceiptRow) -> Result<(), PortError> {
        let number = self.make_number(row.log)?;
        let sql = "-- put_receipt\nINSERT INTO receipt (sender, message, number, log, idx, kind) \
                   VALUES (?1, ?2, (SELECT COALESCE(MAX(number), -1) + 1 FROM receipt \
                   WHERE sender = ?1 AND message = ?2), ?3, ?4, ?5) \
                   ON CONFLICT (log, idx) DO UPDATE SET kind = excluded.kind \
                   WHERE receipt.sender = excluded.sender AND receipt.message = excluded.message";
        let (sender, message) = (Agency(row.sender), Id(row.message));
        let values = (sender, message, number, Number(row.index), Answer(row.kind));
        match self.run(sql, values)? {
            1 => Ok(()),
            _ => Err(self.failed("a receipt for another message is at that place")),
        }
    }

    fn put_card(&mut self, agency: AgencyId, sequence: u64, bytes: &[u8]) -> Result<(), PortError> {
        let sql = "-- put_card\nINSERT INTO card (agency, sequence, bytes) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (agency, sequence) DO UPDATE SET bytes = excluded.bytes";
        self.run(sql, (Agency(agency), Number(sequence), bytes)).map(drop)
    }

    fn put_blob(&mut self, row: &BlobRow) -> Result<(), PortError> {
        let sql = "-- put_blob\nINSERT INTO blob (name, sealed, held, partner, at) \
                   VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (name) DO UPDATE \
                   SET sealed = excluded.sealed, held = excluded.held, \
                   partner = excluded.partner, at = excluded.at";
        let partner = row.partner.map(Agency);
        self.run(sql, (Hash(row.name), Number(row.sealed), &row.held, partner, Moment(row.at)))?;
        // Another piece of a large file is here: the hashes stay, and are not written again.
        let sql = "-- put_blob_pieces\nINSERT INTO blob_pieces (name, pieces) VALUES (?1, ?2) \
                   ON CONFLICT (name) DO UPDATE SET pieces = excluded.pieces \
                   WHERE blob_pieces.pieces <> excluded.pieces";
        self.run(sql, (Hash(row.name), joined(&row.pieces))).map(drop)
    }

    fn put_held(&mut self, name: Digest, held: &[u8], at: Timestamp) -> Result<(), PortError> {
        let sql = "-- put_held\nUPDATE blob SET held = ?2, at = ?3 WHERE name = ?1";
        self.run(sql, (Hash(name), held, Moment(at))).map(drop)
    }

    fn link_blob(
        &mut self,
        sender: AgencyId,
        id: MessageId,
        name: Digest,
    ) -> Result<(), PortError> {
        let sql = "-- link_blob\nINSERT INTO blob_of (sender, id, name) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (sender, id, name) DO NOTHING";
        self.run(sql, (Agency(sender), Id(id), Hash(name))).map(drop)
    }

    fn drop_blob(&mut self, name: Digest) -> Result<(), PortError> {
        self.run("-- drop_blob\nDELETE FROM blob WHERE name = ?1", [Hash(name)])?;
        let sql = "-- drop_blob_pieces\nDELETE FROM blob_pieces WHERE name = ?1";
        self.run(sql, [Hash(name)]).map(drop)
    }

    fn add_usage(&mut self, partner: AgencyId, day: i64, more: Usage) -> Result<(), PortError> {
        let before = self.usage(partner, day)?;
        let messages = before.messages.saturating_add(more.messages);
        let bytes = before.bytes.saturating_add(more.bytes);
        let sql = "-- add_usage\nINSERT INTO usage (partner, day, messages, bytes) \
                   VALUES (?1, ?2, ?3, ?4) ON CONFLICT (partner, day) \
                   DO UPDATE SET messages = excluded.messages, bytes = excluded.bytes";
        self.run(sql, (Agency(partner), day, Number(messages), Number(bytes))).map(drop)
    }
}
