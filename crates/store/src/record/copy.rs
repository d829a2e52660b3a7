//! A copy of the record's database, made fit for a backup.

use envelope::attachment::piece_count;
use model::digest::Digest;
use rusqlite::Connection;

use super::values::{Agency, Hash, Number};

/// Makes a copy say that of files of partners that are not whole no piece is here, and returns the
/// names of all others: those are what a backup holds beside it.
pub(crate) fn leave_whole_blobs(copy: &Connection) -> rusqlite::Result<Vec<Digest>> {
    let sql = "-- leave_whole_blobs\nSELECT name, sealed, held, partner FROM blob ORDER BY name";
    let mut statement = copy.prepare(sql)?;
    let rows = statement.query_map([], |row| {
        let (name, sealed) = (row.get::<_, Hash>(0)?.0, row.get::<_, Number>(1)?.0);
        let (held, partner): (Vec<u8>, Option<Agency>) = (row.get(2)?, row.get(3)?);
        Ok((name, partner.is_none() || is_whole(sealed, &held)))
    })?;
    let (mut whole, mut parts) = (Vec::new(), Vec::new());
    for row in rows {
        let (name, is_whole) = row?;
        if is_whole { whole.push(name) } else { parts.push(name) }
    }
    let sql = "-- leave_parts\nUPDATE blob SET held = zeroblob(length(held)) WHERE name = ?1";
    let mut statement = copy.prepare(sql)?;
    for name in parts {
        statement.execute([Hash(name)])?;
    }
    Ok(whole)
}

fn is_whole(sealed: u64, held: &[u8]) -> bool {
    let pieces: u64 = held.iter().map(|byte| u64::from(byte.count_ones())).sum();
    pieces >= piece_count(sealed)
}

#[cfg(test)]
mod tests {
    use envelope::attachment::PIECE;

    use super::*;

    #[test]
    fn a_file_is_whole_when_every_piece_is_here() {
        let nine = 9 * PIECE as u64;
        assert!(is_whole(nine, &[0xff, 0x01]));
        assert!(!is_whole(nine, &[0xff, 0x00]));
        assert!(!is_whole(nine + 1, &[0xff, 0x01]));
        assert!(!is_whole(nine, &[]));
    }
}
