//! The SQLite file: opened with our settings, brought to our version.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::error::{StoreError, at};
use crate::home::{create_new_file, sync_folder};

/// The oldest SQLite that we trust: 3.51.3 mends a WAL bug that could lose a commit after a crash.
const SQLITE_NEEDED: (i32, &str) = (3_051_003, "3.51.3");
/// Versions of the schema, oldest first; the file's `user_version` says how many it has had.
const MIGRATIONS: &[&str] = &[include_str!("../sql/001_event.sql")];

/// Opens the database, creating it where it is missing, and brings it to our version.
pub fn open(path: &Path) -> Result<Connection, StoreError> {
    open_on(path, None)
}

/// Opens the database in a file system that was registered with SQLite under a name.
pub fn open_on(path: &Path, file_system: Option<&str>) -> Result<Connection, StoreError> {
    if rusqlite::version_number() < SQLITE_NEEDED.0 {
        let found = rusqlite::version().to_owned();
        return Err(StoreError::SqliteTooOld { found, needed: SQLITE_NEEDED.1 });
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let failed = at("open", path);
    // SQLite gives its files beside the database (-wal, -shm) the mode of the database. What another
    // file system does with names and modes is its own affair.
    if file_system.is_none() && !path.exists() {
        create_new_file(path)?;
        sync_folder(path)?;
    }
    let opened = match file_system {
        Some(name) => Connection::open_with_flags_and_vfs(path, flags, name),
        None => Connection::open_with_flags(path, flags),
    };
    let mut connection = opened.map_err(&failed)?;
    connection
        .execute_batch(
            "-- open\nPRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; \
             PRAGMA busy_timeout=5000; PRAGMA trusted_schema=OFF;",
        )
        .map_err(&failed)?;
    migrate(&mut connection, path)?;
    Ok(connection)
}

fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let failed = at("migrate", path);
    let version: i64 =
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(&failed)?;
    let known = MIGRATIONS.len() as i64;
    if version > known {
        return Err(StoreError::DatabaseTooNew { found: version, known });
    }
    for (index, sql) in MIGRATIONS.iter().enumerate().skip(usize::try_from(version).unwrap_or(0)) {
        let transaction = connection.transaction().map_err(&failed)?;
        transaction.execute_batch(sql).map_err(&failed)?;
        transaction.pragma_update(None, "user_version", index as i64 + 1).map_err(&failed)?;
        transaction.commit().map_err(&failed)?;
    }
    Ok(())
}

/// The version of SQLite that is linked.
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}
