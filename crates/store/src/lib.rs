//! Floor 5, the store: the event log and the record in SQLite, originals, segments and sealed
//! files.
//!
//! ```text
//! HOME/lock              held by the one process that uses the node
//! HOME/node.db           the event log (SQLite, WAL, synchronous=FULL)
//! HOME/record.db         what was exchanged with partners (SQLite, as above)
//! HOME/keys/node.key     the node's keys, under a passphrase, a token's key, or in mode 0600 alone
//! HOME/originals/ab/…    imported files by SHA-256, as they came
//! HOME/segments/ab/…     what was read from them, sorted; can be rebuilt
//! HOME/graphs/ab/…       a case's transfers merged and indexed; can be made again
//! HOME/blobs/ab/…        sealed files by their names, whole or in part
//! HOME/blobs/sealing/…   those whose name is not known yet; emptied at every start
//! HOME/secrets/…        secret keys of MATCH, wrapped by the node's own; in no backup
//! HOME/sets/…           sets and lists of MATCH; in no backup
//! HOME/rejects/…csv      rows that were not taken, by case, original and content
//! HOME/work              what is being written, and what MATCH has aside while it makes a set
//!                        (identifiers among it); emptied at every start
//! HOME/rates.txt         exchange rates, where the agency gives its own
//! ```
//!
//! Folders are made in mode 0700 and files in mode 0600.

pub mod backup;
pub mod blobs;
pub mod chance;
pub mod clock;
pub mod database;
pub mod draft;
pub mod drawers;
pub mod error;
pub mod feature_file;
pub mod files;
pub mod gather;
pub mod home;
pub mod journal;
pub mod keys;
pub mod map;
pub mod matching;
pub mod passphrase;
pub mod protection;
pub mod record;
pub mod restore;
mod secret_file;
pub mod spool;
pub mod token;
pub mod vault;
mod wrap;
mod writer;
