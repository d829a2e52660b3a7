//! What statements over the record share: a connection inside a transaction, and the small numbers
//! of the records that were asked for.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::Path;

use envelope::card::AgencyId;
use model::digest::Digest;
use node::port::PortError;
use node::port::record::Log;
use rusqlite::{Connection, OptionalExtension as _, Params, Row};

use super::values::Agency;
use crate::error::at;

/// A record of nobody's: where it stands, all of them came out of a backup.
pub(super) const RESTORED: Log =
    Log { from: AgencyId(Digest([0; 32])), to: AgencyId(Digest([0; 32])) };

/// The rows of the record inside one transaction. What it knows of the records' numbers ends with
/// it: a number that was given in work that failed never outlives that work.
pub(super) struct SqliteRows<'c> {
    pub(super) connection: &'c Connection,
    path: &'c Path,
    logs: RefCell<BTreeMap<Log, i64>>,
}

impl<'c> SqliteRows<'c> {
    pub(super) fn new(connection: &'c Connection, path: &'c Path) -> SqliteRows<'c> {
        SqliteRows { connection, path, logs: RefCell::default() }
    }

    /// The error of something that was read or written here.
    pub(super) fn failed(&self, cause: impl Display) -> PortError {
        at("use", self.path)(cause)
    }

    /// All rows of a statement.
    pub(super) fn all<T>(
        &self,
        sql: &str,
        parameters: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, PortError> {
        let found = self.connection.prepare_cached(sql).and_then(|mut statement| {
            statement.query_map(parameters, read)?.collect::<rusqlite::Result<Vec<T>>>()
        });
        found.map_err(|error| self.failed(error))
    }

    /// The one row of a statement, where there is one.
    pub(super) fn one<T>(
        &self,
        sql: &str,
        parameters: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, PortError> {
        let found = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row(parameters, read).optional());
        found.map_err(|error| self.failed(error))
    }

    /// Carries out a statement; says how many rows it changed.
    pub(super) fn run(&self, sql: &str, parameters: impl Params) -> Result<usize, PortError> {
        let statement = self.connection.prepare_cached(sql);
        let changed = statement.and_then(|mut statement| statement.execute(parameters));
        changed.map_err(|error| self.failed(error))
    }

    /// The number of a record; `None`: nobody has written to it.
    pub(super) fn number(&self, log: Log) -> Result<Option<i64>, PortError> {
        let known = self.logs.borrow().get(&log).copied();
        if known.is_some() {
            return Ok(known);
        }
        let sql = "-- number\nSELECT id FROM log WHERE writer = ?1 AND reader = ?2";
        let found = self.one(sql, (Agency(log.from), Agency(log.to)), |row| row.get(0))?;
        if let Some(number) = found {
            self.logs.borrow_mut().insert(log, number);
        }
        Ok(found)
    }

    /// Whether all this came out of a backup: then a record that is not here is one that was begun
    /// since, or may be.
    pub(super) fn is_restored(&self) -> Result<bool, PortError> {
        Ok(self.number(RESTORED)?.is_some())
    }

    /// The number of a record, which is given one where nobody has written to it.
    pub(super) fn make_number(&self, log: Log) -> Result<i64, PortError> {
        if let Some(number) = self.number(log)? {
            return Ok(number);
        }
        let sql = "-- make_number\nINSERT INTO log (writer, reader, id, size, peaks, seen, \
                   behind) VALUES (?1, ?2, (SELECT COALESCE(MAX(id), 0) + 1 FROM log), 0, x'', \
                   0, ?3)";
        self.run(sql, (Agency(log.from), Agency(log.to), self.is_restored()?))?;
        self.number(log)?.ok_or_else(|| self.failed("a record that was made is missing"))
    }
}

/// A limit as SQL takes it.
pub(super) fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}
