//! Commits that can be told whole from half and lost, written as the store writes its events.

use rusqlite::Connection;
use sim::chance::Chance;
use sim::cut::Cuts;
use sim::disk::Disk;
use sim::vfs::Mount;

/// The database on its disk.
pub(crate) const FILE: &str = "node.db";

/// What is wrong with a database after the power was cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Finding {
    /// Of so many acknowledged commits only so many are there.
    Lost { acknowledged: u64, found: u64 },
    /// A commit is there in part, or other than it was written.
    Half(String),
    /// SQLite cannot read it, or finds fault with it.
    Damaged(String),
}

impl From<rusqlite::Error> for Finding {
    fn from(error: rusqlite::Error) -> Finding {
        Finding::Damaged(error.to_string())
    }
}

/// A database with the store's settings, but checkpoints as often as is asked for.
pub(crate) fn open(
    mount: &Mount,
    synchronous: &str,
    checkpoint: u64,
) -> rusqlite::Result<Connection> {
    let connection = mount.connect(FILE)?;
    let modes = connection
        .prepare("PRAGMA journal_mode=WAL")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<Vec<String>, _>>()?;
    // As the store does it: read to its end, for only there does a commit that fails say so.
    if modes != ["wal"] {
        return Err(rusqlite::Error::InvalidQuery);
    }
    connection.execute_batch(&format!(
        "PRAGMA synchronous={synchronous}; PRAGMA foreign_keys=ON; \
         PRAGMA busy_timeout=5000; PRAGMA trusted_schema=OFF; \
         PRAGMA wal_autocheckpoint={checkpoint}; \
         CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY AUTOINCREMENT, \
         number INTEGER NOT NULL, body TEXT NOT NULL) STRICT;"
    ))?;
    Ok(connection)
}

/// Commits the groups with these numbers and acknowledges each; stops at the first that fails.
pub(crate) fn write(
    mount: &Mount,
    connection: &mut Connection,
    seed: u64,
    numbers: std::ops::RangeInclusive<u64>,
) -> rusqlite::Result<()> {
    for number in numbers {
        let transaction = connection.transaction()?;
        {
            let sql = "INSERT INTO entry (number, body) VALUES (?1, ?2)";
            let mut insert = transaction.prepare_cached(sql)?;
            for body in bodies(seed, number) {
                insert.execute((i64::try_from(number).unwrap(), body))?;
            }
        }
        transaction.commit()?;
        mount.disk().acknowledge(number).unwrap();
    }
    Ok(())
}

/// A whole run on a new disk: with a restart in the middle, as a node is stopped and started.
pub(crate) fn run(seed: u64, commits: u64, synchronous: &str) -> Mount {
    let mount = Mount::new(Disk::default()).unwrap();
    let checkpoint = 8 + Chance::new(seed).below(64);
    let half = commits / 2;
    for numbers in [1..=half, half + 1..=commits] {
        let mut connection = open(&mount, synchronous, checkpoint).unwrap();
        write(&mount, &mut connection, seed, numbers).unwrap();
    }
    mount
}

/// What a commit's rows hold: from a short word to more than a page.
fn bodies(seed: u64, number: u64) -> Vec<String> {
    let mut chance = Chance::new(seed ^ number.rotate_left(32));
    let count = 1 + chance.below(4);
    let mut body = |row: u64| {
        let repeated = usize::try_from(1 + chance.below(64) * chance.below(4)).unwrap();
        format!("{number}/{row}/{count} {:016x}", chance.draw()).repeat(repeated)
    };
    (0..count).map(&mut body).collect()
}

/// Opens what a cut left and counts the commits that are there, whole and in order.
pub(crate) fn count(image: Disk, seed: u64) -> Result<u64, Finding> {
    let mount = Mount::new(image).unwrap();
    let connection = mount.connect(FILE)?;
    // Alone with the file: then SQLite keeps the index of the WAL to itself.
    connection.execute_batch("PRAGMA locking_mode=EXCLUSIVE")?;
    let sql = "SELECT count(*) FROM sqlite_schema WHERE name = 'entry'";
    let tables: i64 = connection.query_row(sql, [], |row| row.get(0))?;
    if tables == 0 {
        return Ok(0);
    }
    let sql = "PRAGMA integrity_check";
    let verdict: String = connection.query_row(sql, [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(Finding::Damaged(verdict));
    }
    let mut statement = connection.prepare("SELECT number, body FROM entry ORDER BY seq")?;
    let rows = statement.query_map([], |row| row.try_into())?;
    let rows = rows.collect::<Result<Vec<(i64, String)>, _>>()?;
    let (mut rest, mut found) = (rows.as_slice(), 0);
    while !rest.is_empty() {
        let number = found + 1;
        let bodies = bodies(seed, number);
        let (group, after) = rest.split_at_checked(bodies.len()).unwrap_or((rest, &[]));
        let is_whole = group.len() == bodies.len()
            && group
                .iter()
                .zip(&bodies)
                .all(|((at, there), body)| at.unsigned_abs() == number && there == body);
        if !is_whole {
            return Err(Finding::Half(format!("{number}: {group:?}")));
        }
        (rest, found) = (after, number);
    }
    Ok(found)
}

/// Looks at what a cut left: what was acknowledged is there, and nothing half.
pub(crate) fn judge(image: Disk, seed: u64, acknowledged: u64) -> Result<(), Finding> {
    let found = count(image, seed)?;
    if found < acknowledged {
        return Err(Finding::Lost { acknowledged, found });
    }
    Ok(())
}

/// What was found wrong at the cuts of a run, and how many cuts there were.
pub(crate) fn cut_everywhere(mount: &Mount, seed: u64, images: u64) -> (Vec<Finding>, u64) {
    let history = mount.disk().history().to_vec();
    let mut cuts = Cuts::new(&history);
    let mut chance = Chance::new(seed);
    let (mut findings, mut count) = (Vec::new(), 0);
    while cuts.advance() {
        for _ in 0..images {
            let drawn = chance.draw();
            count += 1;
            if let Err(finding) = judge(cuts.image(drawn), seed, cuts.acknowledged()) {
                findings.push(finding);
            }
        }
    }
    (findings, count)
}

/// How much a run acknowledged.
pub(crate) fn acknowledged(mount: &Mount) -> u64 {
    let history = mount.disk().history().to_vec();
    let mut cuts = Cuts::new(&history);
    while cuts.advance() {}
    cuts.acknowledged()
}
