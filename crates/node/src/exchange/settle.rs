//! What a partner says of our own record: what it has countersigned, what it has and lacks, and
//! what it gives back after we lost it.

use envelope::entry::Entry;
use envelope::parcel::{Have, MAX_LACKING, Placed, Stretch};
use envelope::receipt::Receipt;
use model::time::Timestamp;
use tlog::checkpoint::Checkpoint;
use tlog::merkle;
use tlog::note::Note;

use super::record::{Grown, grow, root_at};
use super::send;
use crate::port::PortError;
use crate::port::record::{Log, LogRow, MessageRow, MessageState, ReceiptRow, RowsMut};

/// A partner has countersigned a head of ours: it is kept where it is longer than the one before.
pub(super) fn seen(
    rows: &mut dyn RowsMut,
    mine: Log,
    seen: Option<(Note, Checkpoint)>,
) -> Result<(), PortError> {
    let Some((note, checkpoint)) = seen else { return Ok(()) };
    let row = rows.log(mine)?;
    let is_new = checkpoint.size > row.seen || row.seen_note.is_none();
    if !is_new || checkpoint.size > row.size {
        return Ok(());
    }
    if root_at(&*rows, mine, checkpoint.size)? != checkpoint.root {
        return Ok(());
    }
    rows.put_log(mine, &LogRow { seen: checkpoint.size, seen_note: Some(note.write()), ..row })
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
    let row = rows.log(mine)?;
    // A claim to have more is no proof, and blocks nothing for longer than this parcel; who truly
    // has more shows it with heads that we signed.
    if have.size > row.size || (row.behind && !is_live) {
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
        if rows.entry(mine, index)?.is_some() {
            rows.put_queue(mine, index, None)?;
        }
    }
    Ok(ours)
}

/// After a restored backup: what the partner has of our record, and we have lost, comes back. It is
/// ours only where we signed it ourselves.
pub(super) fn recover(
    rows: &mut dyn RowsMut,
    mine: Log,
    (note, checkpoint): (&Note, &Checkpoint),
    stretch: Stretch,
    now: Timestamp,
) -> Result<(), PortError> {
    let row = rows.log(mine)?;
    if checkpoint.size <= row.size {
        return Ok(());
    }
    let Grown::Longer(row, _) = grow(rows, mine, row, (note, checkpoint), &stretch, &[])? else {
        return Ok(());
    };
    rows.put_log(mine, &row)?;
    for Placed { index, kind, bytes } in stretch.entries {
        let Ok(entry) = Entry::parse(kind, &bytes) else { continue };
        if rows.hashes(mine, 0, index, 1)?.first() != Some(&merkle::leaf(&entry.leaf())) {
            continue;
        }
        rows.put_entry(mine, index, kind, &bytes)?;
        match entry {
            Entry::Envelope(envelope) => {
                let queued = MessageState::Queued;
                rows.put_message(&MessageRow::closed(mine, index, &envelope, now, queued))?;
            }
            Entry::Receipt(signed) => said(rows, mine, index, signed.receipt())?,
            Entry::Card(card) if card.card().id() == mine.from => {
                rows.put_card(mine.from, card.card().sequence, card.bytes())?;
            }
            Entry::Card(_) => {}
        }
    }
    Ok(())
}

/// What we once said of a message stands, whether that is here yet or comes again.
fn said(rows: &mut dyn RowsMut, mine: Log, index: u64, receipt: &Receipt) -> Result<(), PortError> {
    let (kind, sender, message) = (receipt.kind, mine.to, receipt.message);
    rows.put_receipt(&ReceiptRow { log: mine, index, kind, sender, message })?;
    let state = send::state_after(kind);
    match rows.message(sender, message)? {
        // One whose files are not here any more waits for them all the same.
        Some(row) if row.state < state && row.state != MessageState::Waiting => {
            rows.put_message(&MessageRow { state, ..row })
        }
        _ => Ok(()),
    }
}
