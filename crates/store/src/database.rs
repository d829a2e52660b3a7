//! The SQLite files: opened with our settings, brought to our version.

use std::fs::File;
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::error::{StoreError, at};
use crate::home::{create_new_file, sync_folder};

/// The oldest SQLite that we trust: 3.51.3 mends a WAL bug that could lose a commit after a crash.
const SQLITE_NEEDED: (i32, &str) = (3_051_003, "3.51.3");
/// A log is written once more in pieces of this size.
const CHUNK_BYTES: usize = 1 << 18;

/// Versions of a schema, oldest first; the file's `user_version` says how many it has had.
pub type Migrations = &'static [&'static str];
/// `node.db`: the event log.
pub const EVENTS: Migrations = &[include_str!("../sql/001_event.sql")];
/// `record.db`: what was exchanged with partners.
pub const RECORD: Migrations =
    &[include_str!("../sql/record_001.sql"), include_str!("../sql/record_002.sql")];

/// Opens a database, creating it where it is missing, and brings it to our version.
pub fn open(path: &Path, migrations: Migrations) -> Result<Connection, StoreError> {
    open_on(path, migrations, None)
}

/// Opens a database in a file system that was registered with SQLite under a name.
pub fn open_on(
    path: &Path,
    migrations: Migrations,
    file_system: Option<&str>,
) -> Result<Connection, StoreError> {
    if rusqlite::version_number() < SQLITE_NEEDED.0 {
        let found = rusqlite::version().to_owned();
        return Err(StoreError::SqliteTooOld { found, needed: SQLITE_NEEDED.1 });
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let failed = at("open", path);
    // SQLite gives its files beside the database (-wal, -shm) the mode of the database. What
    // another file system does with names and modes is its own affair.
    if file_system.is_none() && !path.exists() {
        create_new_file(path)?;
        sync_folder(path)?;
    }
    let opened = match file_system {
        Some(name) => Connection::open_with_flags_and_vfs(path, flags, name),
        None => Connection::open_with_flags(path, flags),
    };
    let mut connection = opened.map_err(&failed)?;
    let mode = journal_mode(&connection).map_err(&failed)?;
    if mode != "wal" {
        let cause = format!("its journal mode is {mode} and not wal");
        return Err(at("open", path)(cause).into());
    }
    connection
        .execute_batch(
            "-- open\nPRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; \
             PRAGMA busy_timeout=5000; PRAGMA trusted_schema=OFF;",
        )
        .map_err(&failed)?;
    // One plan a statement, whatever is bound to it: else SQLite may make a new one for each value,
    // which took a third of the time of an exchange.
    let one_plan = DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG;
    connection.set_db_config(one_plan, true).map_err(&failed)?;
    migrate(&mut connection, path, migrations)?;
    Ok(connection)
}

/// Goes over to a WAL and says which mode there is then. The statement is read to its end: where
/// the disk fails, only there is an error told, and a database that stays in its old mode commits
/// in a way in which a power cut can take back the newest commit.
fn journal_mode(connection: &Connection) -> rusqlite::Result<String> {
    let mut statement = connection.prepare("-- journal_mode\nPRAGMA journal_mode=WAL")?;
    let mut rows = statement.query([])?;
    let mut mode = String::new();
    while let Some(row) = rows.next()? {
        mode = row.get(0)?;
    }
    Ok(mode)
}

fn migrate(
    connection: &mut Connection,
    path: &Path,
    migrations: Migrations,
) -> Result<(), StoreError> {
    let failed = at("migrate", path);
    let version: i64 =
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(&failed)?;
    let known = migrations.len() as i64;
    if version > known {
        return Err(StoreError::DatabaseTooNew { found: version, known });
    }
    for (index, sql) in migrations.iter().enumerate().skip(usize::try_from(version).unwrap_or(0)) {
        let transaction = connection.transaction().map_err(&failed)?;
        transaction.execute_batch(sql).map_err(&failed)?;
        transaction.pragma_update(None, "user_version", index as i64 + 1).map_err(&failed)?;
        transaction.commit().map_err(&failed)?;
    }
    Ok(())
}

/// Writes a database's WAL once more, as it is, and syncs it, before anybody opens the database.
///
/// After a sync that failed, Linux goes on showing bytes that are not on the disk, and a later sync
/// does not bring them there. SQLite would build on them, and a power cut would take away what was
/// committed on top. Written again they are as durable as they seem; what was durable before is
/// overwritten with itself.
pub fn renew_log(path: &Path) -> Result<(), StoreError> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let log = Path::new(&log);
    let mut file = match File::options().read(true).write(true).open(log) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(at("open", log)(error).into()),
    };
    let (mut chunk, mut offset) = (vec![0_u8; CHUNK_BYTES], 0_u64);
    loop {
        file.seek(SeekFrom::Start(offset)).map_err(at("read", log))?;
        let read = file.read(&mut chunk).map_err(at("read", log))?;
        let Some(piece) = chunk.get(..read).filter(|piece| !piece.is_empty()) else { break };
        file.seek(SeekFrom::Start(offset)).map_err(at("write", log))?;
        file.write_all(piece).map_err(at("write", log))?;
        offset += read as u64;
    }
    Ok(file.sync_all().map_err(at("sync", log))?)
}

/// The version of SQLite that is linked.
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: Migrations = &["CREATE TABLE a (one TEXT)"];
    const NEW: Migrations = &[OLD[0], "ALTER TABLE a ADD COLUMN two TEXT"];
    const BAD: Migrations = &[OLD[0], "CREATE TABLE b (two TEXT); CREATE TABLE a (three TEXT)"];

    fn ones(connection: &Connection) -> Vec<String> {
        let mut statement = connection.prepare("-- ones\nSELECT one FROM a").unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(|row| row.unwrap()).collect()
    }

    fn code(path: &Path, migrations: Migrations) -> &'static str {
        open(path, migrations).err().unwrap().code()
    }

    /// What an older program wrote is brought to our form with all that is in it; a change of form
    /// that fails changes nothing, and a newer form is left alone.
    #[test]
    fn an_older_form_is_brought_to_ours_and_a_newer_one_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("node.db");
        let old = open(&path, OLD).unwrap();
        old.execute("-- fill\nINSERT INTO a VALUES ('kept')", []).unwrap();
        drop(old);
        let before = std::fs::read(&path).unwrap();
        assert_eq!(code(&path, BAD), "system");
        assert!(std::fs::read(&path).unwrap() == before, "not even its first half");
        let opened = open(&path, NEW).unwrap();
        assert_eq!(ones(&opened), ["kept"]);
        opened.execute("-- both\nINSERT INTO a VALUES ('new', 'two')", []).unwrap();
        drop(opened);
        let before = std::fs::read(&path).unwrap();
        assert_eq!(code(&path, OLD), "database_too_new");
        assert!(std::fs::read(&path).unwrap() == before);
        assert_eq!(ones(&open(&path, NEW).unwrap()), ["kept", "new"]);
    }

    #[test]
    fn a_log_is_renewed_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("node.db");
        renew_log(&path).unwrap();
        let log = folder.path().join("node.db-wal");
        let bytes: Vec<u8> = (0..CHUNK_BYTES + 7).map(|at| at as u8).collect();
        std::fs::write(&log, &bytes).unwrap();
        renew_log(&path).unwrap();
        assert_eq!(std::fs::read(&log).unwrap(), bytes);
    }
}
