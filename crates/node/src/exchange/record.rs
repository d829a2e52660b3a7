//! A partner's record, as we keep it: it only grows, and whoever shows two of it is caught.

use std::collections::BTreeMap;

use envelope::parcel::Stretch;
use model::digest::Digest;
use tlog::checkpoint::Checkpoint;
use tlog::frontier::Frontier;
use tlog::note::Note;
use tlog::proof;

use super::heads::{broken, frontier};
use crate::port::PortError;
use crate::port::record::{HashesOf, Log, LogRow, Rows, RowsMut};

/// What a head and its leaves did to a record.
pub(super) enum Grown {
    /// It is as long as the head says; the roots before some of its leaves.
    Longer(LogRow, BTreeMap<u64, Digest>),
    /// It was as long or longer before.
    Same(LogRow),
    /// Leaves between are not here: they are asked for anew.
    Missing(LogRow),
    /// The leaves do not lead to the head. Whoever carried them can have changed them, so that
    /// this proves nothing against the writer: all of them are asked for, from the first one.
    Wrong(LogRow),
    /// The head and what its writer signed before cannot both be true.
    Forked(LogRow),
}

/// Lets a record grow to a head that its writer signed.
pub(super) fn grow(
    rows: &mut dyn RowsMut,
    log: Log,
    row: LogRow,
    (note, checkpoint): (&Note, &Checkpoint),
    stretch: &Stretch,
    places: &[u64],
) -> Result<Grown, PortError> {
    if checkpoint.size <= row.size {
        // An older head, again: nothing new, if it is a head of this record. The leaves that lead
        // to its writer's newest head are here, so that another root is his own doing.
        let is_same = root_at(&*rows, log, checkpoint.size)? == checkpoint.root;
        return Ok(if is_same { Grown::Same(row) } else { Grown::Forked(forked(row, note)) });
    }
    let Some(known) = row.size.checked_sub(stretch.first) else { return Ok(Grown::Missing(row)) };
    let more = checkpoint.size - row.size;
    let leaves: Vec<Digest> = stretch
        .hashes()
        .skip(usize::try_from(known).unwrap_or(usize::MAX))
        .take(usize::try_from(more).unwrap_or(usize::MAX))
        .collect();
    if (leaves.len() as u64) < more {
        return Ok(Grown::Missing(row));
    }
    let mut frontier: Frontier = frontier(log, &row)?;
    let (mut roots, mut complete) = (BTreeMap::new(), Vec::with_capacity(leaves.len()));
    for leaf in leaves {
        if places.binary_search(&frontier.size()).is_ok() {
            roots.insert(frontier.size(), frontier.root());
        }
        complete.extend(frontier.add(leaf));
    }
    if frontier.root() != checkpoint.root {
        let is_shown = stretch.first == 0 && leads_to(stretch, checkpoint);
        return Ok(if is_shown { Grown::Forked(forked(row, note)) } else { Grown::Wrong(row) });
    }
    rows.add_hashes(log, &complete)?;
    let new: Vec<u64> = (row.size..checkpoint.size).collect();
    rows.put_lacking(log, &new)?;
    let row = LogRow { size: frontier.size(), peaks: frontier.peaks().to_vec(), ..row };
    Ok(Grown::Longer(row, roots))
}

/// Whether a stretch from the first leaf on leads to a head: then its writer has signed a record
/// with these leaves.
fn leads_to(stretch: &Stretch, checkpoint: &Checkpoint) -> bool {
    let mut frontier = Frontier::default();
    let most = usize::try_from(checkpoint.size).unwrap_or(usize::MAX);
    stretch.hashes().take(most).for_each(|leaf| drop(frontier.add(leaf)));
    frontier.size() == checkpoint.size && frontier.root() == checkpoint.root
}

/// The record takes nothing more; both heads are kept, for whoever has to be shown them.
fn forked(row: LogRow, note: &Note) -> LogRow {
    let proof = [row.head.clone().unwrap_or_default(), note.write()].join("\n");
    LogRow { frozen: Some("record_forked".to_owned()), proof: Some(proof.into_bytes()), ..row }
}

/// The root of a record when it had so many leaves.
pub(super) fn root_at(rows: &dyn Rows, log: Log, size: u64) -> Result<Digest, PortError> {
    let frontier = proof::frontier(&HashesOf { rows, log }, size)?;
    let frontier = frontier.ok_or_else(|| broken(log, "hashes are missing"))?;
    Ok(frontier.root())
}
