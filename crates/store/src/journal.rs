//! The event log: one writer thread takes what is waiting and commits it together.

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread::JoinHandle;

use model::time::Timestamp;
use node::event::{Event, Recorded};
use node::port::{Journal, PortError};
use rusqlite::Connection;

use crate::database;
use crate::error::{StoreError, at};

/// One commit takes at most this many waiting requests.
const MAX_GROUP: usize = 256;
/// So many requests may wait before a caller does.
const MAX_WAITING: usize = 1_024;

/// The log in a node's database.
pub struct SqliteJournal {
    path: PathBuf,
    file_system: Option<String>,
    requests: Option<mpsc::SyncSender<Request>>,
    writer: Option<JoinHandle<()>>,
}

/// Events of one caller, and where he waits for them to be durable.
struct Request {
    at: Timestamp,
    by: String,
    events: Vec<Event>,
    answer: mpsc::SyncSender<Result<Vec<Recorded>, PortError>>,
}

impl SqliteJournal {
    /// Opens the log and starts its writer.
    pub fn open(path: &Path) -> Result<SqliteJournal, StoreError> {
        SqliteJournal::open_on(path, None)
    }

    /// Opens the log in a file system that was registered with SQLite under a name.
    pub fn open_on(path: &Path, file_system: Option<&str>) -> Result<SqliteJournal, StoreError> {
        let mut connection = database::open_on(path, file_system)?;
        let (requests, waiting) = mpsc::sync_channel(MAX_WAITING);
        let object = path.to_owned();
        let write = move || write_groups(&mut connection, &waiting, &object);
        let writer = std::thread::Builder::new().name("journal".to_owned()).spawn(write);
        let writer = writer.map_err(at("start the writer of", path))?;
        let (path, file_system) = (path.to_owned(), file_system.map(str::to_owned));
        Ok(SqliteJournal { path, file_system, requests: Some(requests), writer: Some(writer) })
    }
}

impl Drop for SqliteJournal {
    fn drop(&mut self) {
        self.requests = None;
        if let Some(writer) = self.writer.take() {
            // A writer that panicked has answered nobody; its callers have seen the error.
            let _ = writer.join();
        }
    }
}

impl Journal for SqliteJournal {
    fn events(&self) -> Result<Vec<Recorded>, PortError> {
        let failed = at("read", &self.path);
        let connection = database::open_on(&self.path, self.file_system.as_deref())
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
        let stopped = || PortError {
            operation: "append to",
            object: self.path.display().to_string(),
            cause: "the writer has stopped".to_owned(),
        };
        let (answer, answered) = mpsc::sync_channel(1);
        let request = Request { at, by: by.to_owned(), events: events.to_vec(), answer };
        let requests = self.requests.as_ref().ok_or_else(stopped)?;
        requests.send(request).map_err(|_| stopped())?;
        answered.recv().map_err(|_| stopped())?
    }
}

/// Commits groups until the last sender is gone. After a failed commit nothing more is accepted:
/// what the disk then holds is not known, and the next start reads it anew.
fn write_groups(connection: &mut Connection, waiting: &mpsc::Receiver<Request>, path: &Path) {
    while let Ok(first) = waiting.recv() {
        let mut group = vec![first];
        group.extend(waiting.try_iter().take(MAX_GROUP - 1));
        match write(connection, &group, path) {
            Ok(answers) => {
                for (request, answer) in group.iter().zip(answers) {
                    // A caller that no longer waits has lost nothing: the events are durable.
                    let _ = request.answer.send(Ok(answer));
                }
            }
            Err(error) => {
                group.iter().for_each(|request| drop(request.answer.send(Err(error.clone()))));
                return;
            }
        }
    }
}

fn write(
    connection: &mut Connection,
    group: &[Request],
    path: &Path,
) -> Result<Vec<Vec<Recorded>>, PortError> {
    let failed = at("append to", path);
    let transaction = connection.transaction().map_err(&failed)?;
    let mut answers = Vec::with_capacity(group.len());
    {
        let sql = "-- append\nINSERT INTO event (at, by, body) VALUES (?1, ?2, ?3)";
        let mut insert = transaction.prepare_cached(sql).map_err(&failed)?;
        for request in group {
            let mut recorded = Vec::with_capacity(request.events.len());
            for event in &request.events {
                let body = serde_json::to_string(event).map_err(at("write", path))?;
                let values = (request.at.microseconds(), &request.by, body);
                let seq = insert.insert(values).map_err(&failed)?;
                recorded.push(Recorded {
                    seq: u64::try_from(seq).unwrap_or(0),
                    at: request.at,
                    by: request.by.clone(),
                    event: event.clone(),
                });
            }
            answers.push(recorded);
        }
    }
    transaction.commit().map_err(&failed)?;
    Ok(answers)
}
