//! The event log: what is appended at the same moment is committed together.

use std::path::Path;
use std::sync::Arc;

use model::time::Timestamp;
use node::event::{Event, Recorded};
use node::port::{Journal, PortError};
use rusqlite::Connection;

use crate::database::{self, EVENTS};
use crate::error::{StoreError, at};
use crate::writer::Writer;

/// The log in a node's database.
pub struct SqliteJournal {
    path: Arc<Path>,
    file_system: Option<String>,
    writer: Writer,
}

impl SqliteJournal {
    /// Opens the log and starts its writer.
    pub fn open(path: &Path) -> Result<SqliteJournal, StoreError> {
        SqliteJournal::open_on(path, None)
    }

    /// Opens the log in a file system that was registered with SQLite under a name.
    pub fn open_on(path: &Path, file_system: Option<&str>) -> Result<SqliteJournal, StoreError> {
        let writer = Writer::start(database::open_on(path, EVENTS, file_system)?, path)?;
        let file_system = file_system.map(str::to_owned);
        Ok(SqliteJournal { path: path.into(), file_system, writer })
    }
}

impl Journal for SqliteJournal {
    fn events(&self) -> Result<Vec<Recorded>, PortError> {
        let failed = at("read", &self.path);
        let connection = database::open_on(&self.path, EVENTS, self.file_system.as_deref())
            .map_err(|error| at("open", &self.path)(error))?;
        let sql = "-- events\nSELECT seq, at, by, body FROM event ORDER BY seq";
        let mut statement = connection.prepare(sql).map_err(&failed)?;
        let mut rows = statement.query([]).map_err(&failed)?;
        let mut events = Vec::new();
        while let Some(row) = rows.next().map_err(&failed)? {
            let (seq, at, by, body): (i64, i64, String, String) =
                row.try_into().map_err(&failed)?;
            let unreadable = |cause: String| PortError {
                operation: "read event",
                object: seq.to_string(),
                cause,
            };
            events.push(Recorded {
                seq: u64::try_from(seq).unwrap_or(0),
                at: Timestamp::from_microseconds(at).map_err(|e| unreadable(e.to_string()))?,
                by,
                event: serde_json::from_str(&body).map_err(|e| unreadable(e.to_string()))?,
            });
        }
        Ok(events)
    }

    fn append(
        &self,
        at: Timestamp,
        by: &str,
        events: &[Event],
    ) -> Result<Vec<Recorded>, PortError> {
        let (path, by, events) = (self.path.clone(), by.to_owned(), events.to_vec());
        self.writer.write(move |connection| insert(connection, at, &by, events, &path))
    }
}

fn insert(
    connection: &Connection,
    moment: Timestamp,
    by: &str,
    events: Vec<Event>,
    path: &Path,
) -> Result<Vec<Recorded>, PortError> {
    let failed = at("append to", path);
    let sql = "-- insert\nINSERT INTO event (at, by, body) VALUES (?1, ?2, ?3)";
    let mut statement = connection.prepare_cached(sql).map_err(&failed)?;
    let mut recorded = Vec::with_capacity(events.len());
    for event in events {
        let body = serde_json::to_string(&event).map_err(at("write", path))?;
        let seq = statement.insert((moment.microseconds(), by, body)).map_err(&failed)?;
        let seq = u64::try_from(seq).unwrap_or(0);
        recorded.push(Recorded { seq, at: moment, by: by.to_owned(), event });
    }
    Ok(recorded)
}
