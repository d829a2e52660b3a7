//! The writer of a database: one thread takes what is waiting and commits it together, so that one
//! sync of the disk carries the work of many callers.
//!
//! Each piece of work runs in a savepoint of its own: one that fails, or panics, undoes itself and
//! leaves its neighbours alone. After a failed commit the writer stops for good: what the disk then
//! holds is not known, a sync tried again can say that all is well when it is not, and the next
//! start reads it anew.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};

use node::port::PortError;
use rusqlite::Connection;

use crate::error::at;

/// One commit takes at most so many pieces of work.
const MAX_GROUP: usize = 256;
/// So many pieces of work may wait before a caller does.
const MAX_WAITING: usize = 1_024;
/// The writer keeps at most so many prepared statements.
const MAX_STATEMENTS: usize = 64;

/// What the thread carries out.
type Job = Box<dyn FnOnce(&Connection) -> Result<(), PortError> + Send>;
/// Where a caller waits until his work is durable.
type Answer = mpsc::SyncSender<Result<(), PortError>>;

/// The one thread that writes to a database.
pub(crate) struct Writer {
    path: Arc<Path>,
    waiting: Option<mpsc::SyncSender<(Job, Answer)>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the writer of a database that is open.
    pub(crate) fn start(connection: Connection, path: &Path) -> Result<Writer, PortError> {
        connection.set_prepared_statement_cache_capacity(MAX_STATEMENTS);
        let (waiting, jobs) = mpsc::sync_channel(MAX_WAITING);
        let path: Arc<Path> = path.into();
        let object = path.clone();
        let write = move || write_groups(&connection, &jobs, &object);
        let thread = thread::Builder::new().name("writer".to_owned()).spawn(write);
        let thread = Some(thread.map_err(at("start the writer of", &path))?);
        Ok(Writer { path, waiting: Some(waiting), thread })
    }

    /// Carries out some work in a transaction and says what came of it when that is durable.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, PortError> + Send + 'static,
    ) -> Result<T, PortError> {
        let failed = at("write to", &self.path);
        let stopped = || failed("the writer has stopped");
        if self.is_here() {
            return Err(failed("a piece of work cannot wait for another one"));
        }
        let (keep, kept) = mpsc::sync_channel(1);
        let job: Job = Box::new(move |connection| {
            // It has room for the one value, and is read when that is durable.
            let _ = keep.send(work(connection)?);
            Ok(())
        });
        let (answer, answered) = mpsc::sync_channel(1);
        let waiting = self.waiting.as_ref().ok_or_else(stopped)?;
        waiting.send((job, answer)).map_err(|_| stopped())?;
        answered.recv().map_err(|_| stopped())??;
        kept.recv().map_err(|_| stopped())
    }

    /// Whether this is the thread of the writer itself.
    fn is_here(&self) -> bool {
        let here = thread::current().id();
        self.thread.as_ref().is_some_and(|thread| thread.thread().id() == here)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.waiting = None;
        // Work that holds its own writer ends it from within: there is nobody to wait for.
        if let Some(thread) = self.thread.take().filter(|_| !self.is_here()) {
            // A writer that panicked has answered nobody; its callers have seen the error.
            let _ = thread.join();
        }
    }
}

/// Commits groups until the last sender is gone, or until a commit fails.
fn write_groups(connection: &Connection, jobs: &mpsc::Receiver<(Job, Answer)>, path: &Path) {
    while let Ok(first) = jobs.recv() {
        let others = jobs.try_iter().take(MAX_GROUP - 1);
        let (group, answers): (Vec<Job>, Vec<Answer>) =
            std::iter::once(first).chain(others).unzip();
        let written = write_group(connection, group, path);
        let is_stopped = written.is_err();
        let results = written.unwrap_or_else(|error| vec![Err(error); answers.len()]);
        for (answer, result) in answers.iter().zip(results) {
            // A caller that no longer waits has lost nothing: his work is done or undone.
            let _ = answer.send(result);
        }
        if is_stopped {
            // Who waits in the queue learns of it now: the queue is gone with this thread.
            return;
        }
    }
}

/// Carries out a group in one transaction: what came of each piece of work when all are durable,
/// or why none is.
fn write_group(
    connection: &Connection,
    group: Vec<Job>,
    path: &Path,
) -> Result<Vec<Result<(), PortError>>, PortError> {
    run(connection, path, "-- write_group\nBEGIN IMMEDIATE")?;
    let mut results = Vec::with_capacity(group.len());
    for job in group {
        match write_one(connection, job, path) {
            Ok(result) => results.push(result),
            Err(error) => {
                // The connection is closed soon, which undoes the rest; the first error counts.
                let _ = run(connection, path, "-- write_group\nROLLBACK");
                return Err(error);
            }
        }
    }
    let committed = run(connection, path, "-- write_group\nCOMMIT");
    if committed.is_err() && !connection.is_autocommit() {
        let _ = run(connection, path, "-- write_group\nROLLBACK");
    }
    committed.map(|()| results)
}

/// Carries out one piece of work: what came of it, or why the group cannot go on.
fn write_one(
    connection: &Connection,
    job: Job,
    path: &Path,
) -> Result<Result<(), PortError>, PortError> {
    run(connection, path, "-- write_one\nSAVEPOINT work")?;
    let result = catch_unwind(AssertUnwindSafe(|| job(connection)))
        .unwrap_or_else(|_| Err(at("write to", path)("the work panicked")));
    if connection.is_autocommit() {
        // Where the disk is full or broken, SQLite may undo a whole transaction by itself.
        return Err(result.err().unwrap_or_else(|| at("write to", path)("it was undone")));
    }
    if result.is_err() {
        run(connection, path, "-- write_one\nROLLBACK TO work")?;
    }
    run(connection, path, "-- write_one\nRELEASE work")?;
    Ok(result)
}

fn run(connection: &Connection, path: &Path, sql: &str) -> Result<(), PortError> {
    let statement = connection.prepare_cached(sql);
    let done = statement.and_then(|mut statement| statement.execute([]));
    done.map(drop).map_err(at("write to", path))
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use super::*;

    const SCHEMA: &str = "-- tests
        PRAGMA foreign_keys=ON;
        CREATE TABLE parent (id INTEGER PRIMARY KEY);
        CREATE TABLE child (parent INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
        CREATE TABLE number (value INTEGER PRIMARY KEY);";

    fn writer() -> Writer {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(SCHEMA).unwrap();
        Writer::start(connection, Path::new("a.db")).unwrap()
    }

    fn add(connection: &Connection, value: i64) -> Result<(), PortError> {
        let sql = "-- add\nINSERT INTO number (value) VALUES (?1)";
        connection.execute(sql, [value]).map(drop).map_err(at("add to", Path::new("a.db")))
    }

    fn values(writer: &Writer) -> Vec<i64> {
        let read = |connection: &Connection| {
            let mut statement = connection.prepare("-- values\nSELECT value FROM number")?;
            let values = statement.query_map([], |row| row.get(0))?;
            values.collect::<rusqlite::Result<Vec<i64>>>()
        };
        let values =
            writer.write(move |connection| read(connection).map_err(at("read", Path::new("a.db"))));
        values.unwrap()
    }

    /// Gives the writer some work while it is held up, so that all of it falls into one group.
    fn in_one_group(writer: &Writer, works: Vec<Job>) -> Vec<Result<(), PortError>> {
        let begun = Barrier::new(2);
        let (go_on, held) = mpsc::sync_channel::<()>(1);
        let (waiting, started) = (Arc::new(begun), writer.waiting.clone().unwrap());
        thread::scope(|scope| {
            let theirs = waiting.clone();
            let holder = scope.spawn(move || {
                writer.write(move |_| {
                    theirs.wait();
                    let _ = held.recv();
                    Ok(())
                })
            });
            waiting.wait();
            let answers: Vec<_> = works
                .into_iter()
                .map(|work| {
                    let (answer, answered) = mpsc::sync_channel(1);
                    started.send((work, answer)).unwrap();
                    answered
                })
                .collect();
            go_on.send(()).unwrap();
            holder.join().unwrap().unwrap();
            answers.iter().map(|answered| answered.recv().unwrap()).collect()
        })
    }

    #[test]
    fn one_work_of_a_group_fails_and_its_neighbours_stand() {
        let writer = writer();
        let fails = |connection: &Connection| {
            add(connection, 2)?;
            add(connection, 1)
        };
        let panics = |connection: &Connection| {
            add(connection, 3)?;
            panic!("the work of a test");
        };
        let works: Vec<Job> = vec![
            Box::new(|connection| add(connection, 1)),
            Box::new(fails),
            Box::new(panics),
            Box::new(|connection| add(connection, 4)),
        ];
        let results = in_one_group(&writer, works);
        let is_done: Vec<bool> = results.iter().map(Result::is_ok).collect();
        assert_eq!(is_done, [true, false, false, true]);
        assert_eq!(results[2].as_ref().unwrap_err().cause, "the work panicked");
        assert_eq!(values(&writer), [1, 4]);
    }

    #[test]
    fn after_a_failed_commit_everybody_has_an_error_and_nothing_is_taken_any_more() {
        let writer = writer();
        writer.write(|connection| add(connection, 1)).unwrap();
        let orphan = |connection: &Connection| {
            // Nothing is wrong with it before the commit.
            let sql = "-- orphan\nINSERT INTO child (parent) VALUES (7)";
            connection.execute(sql, []).map(drop).map_err(at("add to", Path::new("a.db")))
        };
        let works: Vec<Job> = vec![Box::new(|connection| add(connection, 2)), Box::new(orphan)];
        let results = in_one_group(&writer, works);
        assert!(results.iter().all(Result::is_err), "{results:?}");
        let error = writer.write(|connection| add(connection, 3)).unwrap_err();
        assert_eq!(error.cause, "the writer has stopped");
    }

    #[test]
    fn work_that_waits_for_its_own_writer_is_refused() {
        let writer = Arc::new(writer());
        let inner = writer.clone();
        let error = writer.write(move |_| inner.write(|_| Ok(()))).unwrap_err();
        assert_eq!(error.cause, "a piece of work cannot wait for another one");
        writer.write(|connection| add(connection, 1)).unwrap();
    }
}
