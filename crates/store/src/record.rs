//! The record in SQLite: `HOME/record.db`, written by one thread, read by any number.
//!
//! The log of what was written (`-wal`) is not cut off while the node works: writing over it needs
//! no new blocks, and is synced several times as fast. Only the writer moves it into the database.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use node::port::PortError;
use node::port::record::{Look, Record, Work};
use rusqlite::Connection;
use rusqlite::config::DbConfig;

use self::rows::{RESTORED, SqliteRows};
use crate::database::{self, RECORD};
use crate::error::{StoreError, at};
use crate::writer::Writer;

pub(crate) mod copy;
mod message;
mod reading;
mod rows;
mod values;
mod writing;

/// So many connections wait for the next reader; more are closed after use.
const MAX_IDLE: usize = 8;
/// A reader keeps at most so many prepared statements.
const MAX_STATEMENTS: usize = 64;
/// Savepoints keep what they may have to undo in memory; the log of what was written is moved into
/// the database when it has so many pages of 4 KiB; 16 MiB of pages are kept in memory; a
/// content key that is erased is written over.
const WRITING: &str = "-- open\nPRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=4000; \
                       PRAGMA cache_size=-16384; PRAGMA cell_size_check=ON; PRAGMA secure_delete=ON;";
const READING: &str = "-- reader\nPRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0; \
                       PRAGMA cell_size_check=ON;";

/// The record of one node.
pub struct SqliteRecord {
    path: Arc<Path>,
    file_system: Option<String>,
    // They are closed before the writer, who then is the last and leaves one file behind.
    readers: Mutex<Vec<Connection>>,
    writer: Writer,
}

impl SqliteRecord {
    /// Opens the record, making it where it is missing, and starts its writer.
    pub fn open(path: &Path) -> Result<SqliteRecord, StoreError> {
        SqliteRecord::open_on(path, None)
    }

    /// Opens the record in a file system that was registered with SQLite under a name.
    pub fn open_on(path: &Path, file_system: Option<&str>) -> Result<SqliteRecord, StoreError> {
        let connection = database::open_on(path, RECORD, file_system)?;
        connection.execute_batch(WRITING).map_err(at("open", path))?;
        let writer = Writer::start(connection, path)?;
        let file_system = file_system.map(str::to_owned);
        Ok(SqliteRecord { path: path.into(), file_system, readers: Mutex::default(), writer })
    }

    /// Says of a record that came out of a backup that partners may have more of it than it holds:
    /// nothing goes into it before each of them was asked.
    pub fn mark_restored(path: &Path) -> Result<(), StoreError> {
        SqliteRecord::mark_restored_on(path, None)
    }

    /// The same, in a file system that was registered with SQLite under a name.
    pub fn mark_restored_on(path: &Path, file_system: Option<&str>) -> Result<(), StoreError> {
        let connection = database::open_on(path, RECORD, file_system)?;
        let failed = at("mark", path);
        let sql = "-- mark_restored\nUPDATE log SET behind = 1";
        connection.execute(sql, []).map_err(&failed)?;
        // A record that was begun after the backup has no row that could say so.
        SqliteRows::new(&connection, path).make_number(RESTORED)?;
        Ok(())
    }

    /// Whether the database is sound, as SQLite checks it; takes as long as reading all of it.
    pub fn check(&self) -> Result<(), PortError> {
        let reader = self.reader()?;
        let sql = "-- check\nPRAGMA integrity_check(1)";
        let found = reader.query_row(sql, [], |row| row.get::<_, String>(0));
        let found = found.map_err(at("check", &self.path))?;
        self.keep(reader);
        if found == "ok" { Ok(()) } else { Err(at("check", &self.path)(found)) }
    }

    /// A connection that nobody else uses.
    fn reader(&self) -> Result<Connection, PortError> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(reader) => Ok(reader),
            None => self.open_reader().map_err(at("open", &self.path)),
        }
    }

    /// A connection for reading: it never writes, and its end moves nothing into the database.
    fn open_reader(&self) -> Result<Connection, StoreError> {
        let failed = at("open", &self.path);
        let reader = database::open_on(&self.path, RECORD, self.file_system.as_deref())?;
        reader.execute_batch(READING).map_err(&failed)?;
        let no_checkpoint = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
        reader.set_db_config(no_checkpoint, true).map_err(&failed)?;
        reader.set_prepared_statement_cache_capacity(MAX_STATEMENTS);
        Ok(reader)
    }

    fn keep(&self, reader: Connection) {
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < MAX_IDLE {
            readers.push(reader);
        }
    }
}

impl Record for SqliteRecord {
    fn write(&self, work: Work) -> Result<(), PortError> {
        let path = self.path.clone();
        self.writer.write(move |connection| work(&mut SqliteRows::new(connection, &path)))
    }

    fn read(&self, look: &mut Look<'_>) -> Result<(), PortError> {
        let reader = self.reader()?;
        let transaction = reader.unchecked_transaction().map_err(at("read", &self.path))?;
        let seen = look(&SqliteRows::new(&transaction, &self.path));
        // A reader that cannot end its transaction, or whose caller panicked, is closed.
        transaction.rollback().map_err(at("read", &self.path))?;
        self.keep(reader);
        seen
    }
}
