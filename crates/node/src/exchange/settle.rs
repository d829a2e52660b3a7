//! What a partner says of our own record: what it has countersigned, what it has and lacks.

use envelope::card::{Card, SignedCard};
use envelope::envelope::MessageId;
use envelope::parcel::{Have, MAX_LACKING};
use model::time::Timestamp;
use tlog::checkpoint::Checkpoint;
use tlog::note::Note;

use super::record::root_at;
use super::{daily, heads};
use crate::port::record::{Daily, Log, LogRow, RowsMut};
use crate::port::{Keys, PortError};

/// A head of ours that a partner has countersigned.
pub(super) struct Seen {
    pub(super) note: Note,
    pub(super) checkpoint: Checkpoint,
    /// When we signed it with ML-DSA-44, where the partner has done so too.
    pub(super) daily: Option<Timestamp>,
}

/// A partner has countersigned a head of ours: it is kept where it is longer than the one before.
pub(super) fn seen(rows: &mut dyn RowsMut, mine: Log, seen: &Seen) -> Result<(), PortError> {
    let Seen { note, checkpoint, daily } = seen;
    let (row, size) = (rows.log(mine)?, checkpoint.size);
    let known = rows.daily(mine)?;
    let is_newest = size > row.seen || row.seen_note.is_none();
    let daily = daily.filter(|_| known.is_none_or(|known| size > known.size));
    if size > row.size || !(is_newest || daily.is_some()) {
        return Ok(());
    }
    if root_at(&*rows, mine, size)? != checkpoint.root {
        return Ok(());
    }
    if let Some(at) = daily {
        rows.put_daily(mine, Some(&Daily { size, at, note: note.write() }))?;
    }
    if is_newest {
        let seen_note = Some(note.write());
        rows.put_log(mine, &LogRow { seen: size, seen_note, ..row })?;
    }
    Ok(())
}

/// A partner's newer card may say that the key of a countersignature that we keep was revoked
/// before: no court believes it, and the partner is asked for another one.
pub(super) fn check_seen(
    rows: &mut dyn RowsMut,
    mine: Log,
    newest: &SignedCard,
) -> Result<(), PortError> {
    let cards = rows.cards(mine.to, 0)?;
    let cards: Vec<_> =
        cards.iter().filter_map(|(_, bytes)| SignedCard::parse(bytes).ok()).collect();
    let holds = |note: &Note| heads::holds(note, mine.to, &cards, newest.card());
    let row = rows.log(mine)?;
    let note = row.seen_note.as_ref().and_then(|note| Note::parse(note.as_bytes()).ok());
    if note.is_some_and(|note| !holds(&note)) {
        rows.put_log(mine, &LogRow { seen: 0, seen_note: None, ..row })?;
    }
    let Some(daily) = rows.daily(mine)? else { return Ok(()) };
    let (note, _) = daily::read(mine, &daily)?;
    if holds(&note) && daily::holds(&note, mine.to, &cards, newest.card()) {
        return Ok(());
    }
    rows.put_daily(mine, None)
}

/// Countersigns a partner's heads once more where they need that.
pub(super) fn countersign_again(
    rows: &mut dyn RowsMut,
    keys: &dyn Keys,
    theirs: Log,
    own: &Card,
    now: Timestamp,
) -> Result<(), PortError> {
    let row = rows.log(theirs)?;
    let Some(head) = row.head.as_ref().filter(|_| row.frozen.is_none()) else { return Ok(()) };
    if let Some(note) = heads::countersign_again(keys, theirs.to, head, own, now) {
        rows.put_log(theirs, &LogRow { head: Some(note.write()), ..row })?;
    }
    daily::countersign_again(rows, keys, theirs, own, now)
}

/// Whether something may go into a record of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ours {
    /// It may.
    Whole,
    /// It may again: until now the partner had more of it than we.
    WholeAgain,
    /// The partner has more of it, or may have: whatever we wrote would be a second record in the
    /// same places, a receipt too.
    Behind,
}

/// What a partner has needs not be sent again, and what it lacks does. `is_live`: the partner says
/// so now; what a carried file says may be old, and an old one must not clear a restored node.
pub(super) fn have(
    rows: &mut dyn RowsMut,
    mine: Log,
    have: &Have,
    is_live: bool,
) -> Result<Ours, PortError> {
    // What it has not either is not asked for again.
    for index in have.gone.iter().copied() {
        rows.drop_lacking(mine, index)?;
    }
    let row = rows.log(mine)?;
    // A claim to have more is no proof, and blocks nothing for longer than this parcel; who truly
    // has more shows it with heads that we signed. Entries of ours that it has come back first:
    // what it says otherwise may be of them.
    let first_lost = rows.lacking(mine, 1)?.first().copied();
    let is_waiting = first_lost.is_some_and(|first| first < have.size);
    if have.size > row.size || is_waiting || (row.behind && !is_live) {
        return Ok(Ours::Behind);
    }
    let ours = if row.behind { Ours::WholeAgain } else { Ours::Whole };
    if row.behind {
        rows.put_log(mine, &LogRow { behind: false, ..row.clone() })?;
    }
    // Who names as many as may be named may lack more behind them.
    let below = match have.lacking.last() {
        Some(last) if have.lacking.len() >= MAX_LACKING => last + 1,
        _ => have.size,
    };
    rows.drop_queue(mine, below, &have.lacking)?;
    // What it names it has not, whatever was known: it may have been restored from a backup.
    for index in have.lacking.iter().copied() {
        // What a restored node has lost and its partner never had is gone: only its leaf is left.
        if rows.has_entry(mine, index)? {
            rows.put_queue(mine, index, None)?;
        }
    }
    Ok(ours)
}

/// Messages of ours of which a partner has said something lie there: they need not be sent again.
/// What it lacks it names only up to a number of places, and who sent the urgent ones behind these
/// again and again would never come to the others.
pub(super) fn told(
    rows: &mut dyn RowsMut,
    mine: Log,
    have: &Have,
    told: &[MessageId],
) -> Result<(), PortError> {
    for id in told.iter().copied() {
        let row = rows.message(mine.from, id)?;
        // A restored partner may lack what it once answered.
        if let Some(row) = row.filter(|row| !have.lacking.contains(&row.index)) {
            rows.drop_queued(mine, row.index)?;
        }
    }
    Ok(())
}
