//! Reading the record.

use envelope::card::AgencyId;
use envelope::entry::EntryKind;
use envelope::envelope::MessageId;
use model::digest::Digest;
use node::port::PortError;
use node::port::record::{
    BlobRow, Daily, HeldRow, Log, LogRow, MessageRow, MessageState, ReceiptRow, Rows, Usage,
    Wanted, Watched,
};
use tlog::frontier::KEPT_LEVELS;

use super::rows::{SqliteRows, limit};
use super::values::{Agency, Answer, Hash, Hashes, Id, Kind, Moment, Number, State};

/// Roots of complete subtrees are asked for at most so many at once.
const MAX_HASHES: u64 = 1 << (KEPT_LEVELS - 1);

impl SqliteRows<'_> {
    /// Hashes of one level from `first` on, at most so many; none is left out between them.
    fn level(
        &self,
        log: Log,
        level: u8,
        first: u64,
        most: usize,
    ) -> Result<Vec<Digest>, PortError> {
        let Some(number) = self.number(log)? else { return Ok(Vec::new()) };
        let sql = "-- level\nSELECT idx, root FROM hash \
                   WHERE log = ?1 AND level = ?2 AND idx >= ?3 ORDER BY idx LIMIT ?4";
        let found = self.all(sql, (number, level, Number(first), limit(most)), |row| {
            Ok((row.get::<_, Number>(0)?.0, row.get::<_, Hash>(1)?.0))
        })?;
        let mut expected = first..;
        if found.iter().any(|(index, _)| expected.next() != Some(*index)) {
            return Err(self.failed("a hash is missing between others"));
        }
        Ok(found.into_iter().map(|(_, root)| root).collect())
    }
}

impl Rows for SqliteRows<'_> {
    fn log(&self, log: Log) -> Result<LogRow, PortError> {
        let sql = "-- log\nSELECT size, peaks, head, seen, seen_note, behind, frozen, \
                   proof FROM log WHERE writer = ?1 AND reader = ?2";
        let found = self.one(sql, (Agency(log.from), Agency(log.to)), |row| {
            Ok(LogRow {
                size: row.get::<_, Number>(0)?.0,
                peaks: row.get::<_, Hashes>(1)?.0,
                head: row.get(2)?,
                seen: row.get::<_, Number>(3)?.0,
                seen_note: row.get(4)?,
                behind: row.get(5)?,
                frozen: row.get(6)?,
                proof: row.get(7)?,
            })
        })?;
        match found {
            Some(row) => Ok(row),
            None => Ok(LogRow { behind: self.is_restored()?, ..LogRow::default() }),
        }
    }

    fn daily(&self, log: Log) -> Result<Option<Daily>, PortError> {
        let Some(number) = self.number(log)? else { return Ok(None) };
        let sql = "-- daily\nSELECT size, at, note FROM daily WHERE log = ?1";
        self.one(sql, [number], |row| {
            let (size, at) = (row.get::<_, Number>(0)?.0, row.get::<_, Moment>(1)?.0);
            Ok(Daily { size, at, note: row.get(2)? })
        })
    }

    fn watched(&self, log: Log) -> Result<Vec<(AgencyId, Watched)>, PortError> {
        let sql = "-- watched\nSELECT witness, size, note, proof FROM watched \
                   WHERE writer = ?1 AND reader = ?2 ORDER BY witness";
        self.all(sql, (Agency(log.from), Agency(log.to)), |row| {
            let (size, note, proof) = (row.get::<_, Number>(1)?.0, row.get(2)?, row.get(3)?);
            Ok((row.get::<_, Agency>(0)?.0, Watched { size, note, proof }))
        })
    }

    fn watched_count(&self, writer: AgencyId, witness: AgencyId) -> Result<u64, PortError> {
        let sql = "-- watched_count\nSELECT COUNT(*) FROM watched \
                   WHERE writer = ?1 AND witness = ?2";
        let values = (Agency(writer), Agency(witness));
        Ok(self.one(sql, values, |row| Ok(row.get::<_, Number>(0)?.0))?.unwrap_or_default())
    }

    fn logs(&self) -> Result<Vec<Log>, PortError> {
        let sql = "-- logs\nSELECT writer, reader FROM log WHERE writer <> reader \
                   ORDER BY writer, reader";
        self.all(sql, [], |row| {
            let (from, to) = (row.get::<_, Agency>(0)?.0, row.get::<_, Agency>(1)?.0);
            Ok(Log { from, to })
        })
    }

    fn hashes(
        &self,
        log: Log,
        level: u8,
        first: u64,
        count: u64,
    ) -> Result<Vec<Digest>, PortError> {
        let most = usize::try_from(count.min(MAX_HASHES)).unwrap_or(0);
        let found = if most == 0 { Vec::new() } else { self.level(log, level, first, most)? };
        if found.len() as u64 == count {
            Ok(found)
        } else {
            Err(self.failed(format!("no {count} hashes of level {level} from {first} on")))
        }
    }

    fn leaves(&self, log: Log, first: u64, most: usize) -> Result<Vec<Digest>, PortError> {
        self.level(log, 0, first, most)
    }

    fn entry(&self, log: Log, index: u64) -> Result<Option<(EntryKind, Vec<u8>)>, PortError> {
        let Some(number) = self.number(log)? else { return Ok(None) };
        let sql = "-- entry\nSELECT kind, bytes FROM entry WHERE log = ?1 AND idx = ?2";
        self.one(sql, (number, Number(index)), |row| Ok((row.get::<_, Kind>(0)?.0, row.get(1)?)))
    }

    fn has_entry(&self, log: Log, index: u64) -> Result<bool, PortError> {
        let Some(number) = self.number(log)? else { return Ok(false) };
        let sql = "-- has_entry\nSELECT 1 FROM entry WHERE log = ?1 AND idx = ?2";
        let found = self.one(sql, (number, Number(index)), |row| row.get::<_, i64>(0))?;
        Ok(found.is_some())
    }

    fn lacking(&self, log: Log, most: usize) -> Result<Vec<u64>, PortError> {
        let Some(number) = self.number(log)? else { return Ok(Vec::new()) };
        let sql = "-- lacking\nSELECT idx FROM lacking WHERE log = ?1 ORDER BY idx LIMIT ?2";
        self.all(sql, (number, limit(most)), |row| Ok(row.get::<_, Number>(0)?.0))
    }

    fn queue(&self, log: Log, most: usize) -> Result<Vec<u64>, PortError> {
        let Some(number) = self.number(log)? else { return Ok(Vec::new()) };
        let sql = "-- queue\nSELECT idx FROM queue WHERE log = ?1 AND due IS NOT NULL \
                   ORDER BY due, idx LIMIT ?2";
        let mut places =
            self.all(sql, (number, limit(most)), |row| Ok(row.get::<_, Number>(0)?.0))?;
        // Few have a deadline, so only those are in an index by it.
        let rest = most.saturating_sub(places.len());
        let sql = "-- queue_rest\nSELECT idx FROM queue WHERE log = ?1 AND due IS NULL \
                   ORDER BY idx LIMIT ?2";
        places.extend(self.all(sql, (number, limit(rest)), |row| Ok(row.get::<_, Number>(0)?.0))?);
        Ok(places)
    }

    fn message(&self, from: AgencyId, id: MessageId) -> Result<Option<MessageRow>, PortError> {
        self.find_message(from, id)
    }

    fn is_number_used(&self, id: MessageId) -> Result<bool, PortError> {
        let sql = "-- is_number_used\nSELECT 1 FROM message WHERE id = ?1 LIMIT 1";
        Ok(self.one(sql, [Id(id)], |_| Ok(()))?.is_some())
    }

    fn messages(&self, wanted: &Wanted) -> Result<Vec<MessageRow>, PortError> {
        self.find_messages(wanted)
    }

    fn receipts(&self, sender: AgencyId, id: MessageId) -> Result<Vec<ReceiptRow>, PortError> {
        let sql = "-- receipts\nSELECT log.writer, log.reader, receipt.idx, receipt.kind \
                   FROM receipt JOIN log ON log.id = receipt.log \
                   WHERE receipt.sender = ?1 AND receipt.message = ?2 ORDER BY receipt.number";
        self.all(sql, (Agency(sender), Id(id)), |row| {
            let (from, to) = (row.get::<_, Agency>(0)?.0, row.get::<_, Agency>(1)?.0);
            Ok(ReceiptRow {
                log: Log { from, to },
                index: row.get::<_, Number>(2)?.0,
                kind: row.get::<_, Answer>(3)?.0,
                sender,
                message: id,
            })
        })
    }

    fn cards(&self, agency: AgencyId, after: u64) -> Result<Vec<(u64, Vec<u8>)>, PortError> {
        // No sequence is above what a row can hold.
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let sql = "-- cards\nSELECT sequence, bytes FROM card \
                   WHERE agency = ?1 AND sequence > ?2 ORDER BY sequence";
        self.all(sql, (Agency(agency), after), |row| Ok((row.get::<_, Number>(0)?.0, row.get(1)?)))
    }

    fn blob(&self, name: Digest) -> Result<Option<BlobRow>, PortError> {
        let sql = "-- blob\nSELECT blob.sealed, blob_pieces.pieces, blob.held, blob.partner, \
                   blob.at FROM blob JOIN blob_pieces ON blob_pieces.name = blob.name \
                   WHERE blob.name = ?1";
        self.one(sql, [Hash(name)], |row| {
            Ok(BlobRow {
                name,
                sealed: row.get::<_, Number>(0)?.0,
                pieces: row.get::<_, Hashes>(1)?.0,
                held: row.get(2)?,
                partner: row.get::<_, Option<Agency>>(3)?.map(|agency| agency.0),
                at: row.get::<_, Moment>(4)?.0,
            })
        })
    }

    fn held(&self, name: Digest) -> Result<Option<HeldRow>, PortError> {
        let sql = "-- held\nSELECT sealed, held, partner FROM blob WHERE name = ?1";
        self.one(sql, [Hash(name)], |row| {
            Ok(HeldRow {
                sealed: row.get::<_, Number>(0)?.0,
                held: row.get(1)?,
                partner: row.get::<_, Option<Agency>>(2)?.map(|agency| agency.0),
            })
        })
    }

    fn blobs_of(&self, sender: AgencyId, id: MessageId) -> Result<Vec<Digest>, PortError> {
        let sql =
            "-- blobs_of\nSELECT name FROM blob_of WHERE sender = ?1 AND id = ?2 ORDER BY name";
        self.all(sql, (Agency(sender), Id(id)), |row| Ok(row.get::<_, Hash>(0)?.0))
    }

    fn messages_with(&self, blob: Digest) -> Result<Vec<(AgencyId, MessageId)>, PortError> {
        let sql =
            "-- messages_with\nSELECT sender, id FROM blob_of WHERE name = ?1 ORDER BY sender, id";
        self.all(sql, [Hash(blob)], |row| Ok((row.get::<_, Agency>(0)?.0, row.get::<_, Id>(1)?.0)))
    }

    fn staged(&self, partner: AgencyId) -> Result<u64, PortError> {
        let sql = "-- staged\nSELECT COALESCE(SUM(sealed), 0) FROM blob WHERE partner = ?1 \
                   AND NOT EXISTS (SELECT 1 FROM blob_of JOIN message ON message.id = blob_of.id \
                   AND message.sender = blob_of.sender WHERE blob_of.name = blob.name \
                   AND message.state <> ?2)";
        let values = (Agency(partner), State(MessageState::Waiting));
        let found = self.one(sql, values, |row| Ok(row.get::<_, Number>(0)?.0))?;
        Ok(found.unwrap_or_default())
    }

    fn usage(&self, partner: AgencyId, day: i64) -> Result<Usage, PortError> {
        let sql = "-- usage\nSELECT messages, bytes FROM usage WHERE partner = ?1 AND day = ?2";
        let found = self.one(sql, (Agency(partner), day), |row| {
            Ok(Usage { messages: row.get::<_, Number>(0)?.0, bytes: row.get::<_, Number>(1)?.0 })
        })?;
        Ok(found.unwrap_or_default())
    }
}
