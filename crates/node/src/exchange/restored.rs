//! After a restored backup: what a node has lost of its own record and of its own cards comes back
//! from the partner that has it, and what neither has any more is let go.

use envelope::card::{AgencyId, Card, SignedCard};
use envelope::entry::{Entry, EntryKind};
use envelope::envelope::Envelope;
use envelope::parcel::{Have, MAX_CARDS, MAX_LEAVES, Parcel, Placed, Stretch};
use envelope::receipt::Receipt;
use minicbor::bytes::ByteVec;
use model::digest::Digest;
use model::time::Timestamp;
use tlog::checkpoint::Checkpoint;
use tlog::frontier::Frontier;
use tlog::merkle;
use tlog::proof;

use super::heads::frontier;
use super::offer::{MAX_ENTRY_BYTES, gather};
use super::send;
use super::take::{Refused, Taken};
use crate::port::PortError;
use crate::port::record::{HashesOf, Log, LogRow, MessageRow, MessageState};
use crate::port::record::{ReceiptRow, Rows, RowsMut};

/// Puts into a parcel what its receiver has lost of its own, as far as it has told.
pub(super) fn give_back(
    parcel: &mut Parcel,
    rows: &dyn Rows,
    (theirs, row): (Log, &LogRow),
    told: &Have,
) -> Result<(), PortError> {
    parcel.returned = returned(rows, theirs, row, told)?;
    for index in told.lost.iter().copied().filter(|index| *index < row.size) {
        if !rows.has_entry(theirs, index)? {
            parcel.have.gone.push(index);
        }
    }
    let cards = rows.cards(theirs.from, told.own_card)?.into_iter().take(MAX_CARDS);
    parcel.own_cards = cards.map(|(_, bytes)| bytes.into()).collect();
    Ok(())
}

/// Of a partner's record what it has lost itself: the entries that it names, then leaves that it
/// has not, with as many of their entries as there is room for. It names the others later.
fn returned(
    rows: &dyn Rows,
    theirs: Log,
    row: &LogRow,
    told: &Have,
) -> Result<Option<Stretch>, PortError> {
    let Some(head) = &row.head else { return Ok(None) };
    let first = told.own.min(row.size);
    let leaves = rows.leaves(theirs, first, MAX_LEAVES)?;
    let end = first + leaves.len() as u64;
    let named = told.lost.iter().copied().filter(|index| *index < first);
    let entries = gather(rows, theirs, named.chain(first..end), MAX_ENTRY_BYTES)?;
    if leaves.is_empty() && entries.is_empty() {
        return Ok(None);
    }
    let stretch = Stretch::new(head, first, &leaves, entries);
    if leaves.is_empty() || end == row.size {
        return Ok(Some(stretch));
    }
    // Its newest head is the only one that is kept: the record up to there is shown to lead to it.
    let way = proof::consistency(&HashesOf { rows, log: theirs }, end, row.size)?;
    Ok(Some(stretch.on_the_way(&way)))
}

/// Our own cards above the one that we know, as a partner gives them back: nobody but us can have
/// signed them. What else is among them is passed over.
pub(super) fn own_cards(came: &[ByteVec], me: AgencyId, mine: &[SignedCard]) -> Vec<SignedCard> {
    let mut known = mine.last().map_or(0, |card| card.card().sequence);
    let cards = came.iter().filter_map(|bytes| SignedCard::parse(bytes).ok());
    let ours = cards.filter(|card| {
        let is_next = card.card().id() == me && card.card().sequence > known;
        known = if is_next { card.card().sequence } else { known };
        is_next
    });
    ours.collect()
}

/// What our next card has to say of keys that our last one revoked, where it names them: a restored
/// node may not know any more that it revoked them.
pub(super) fn still_revoked(last: &Card, next: &mut Card) {
    let named = next.signing.iter().map(|one| Digest::of(&one.key));
    let named = named.chain(next.tls.iter().map(|one| Digest::of(&one.key)));
    let named: Vec<Digest> =
        named.chain(next.sealing.iter().map(|one| Digest::of(&one.key))).collect();
    for one in &last.revoked {
        let is_known = next.revoked.iter().any(|known| known.key == one.key);
        if !is_known && named.contains(&one.key) {
            next.revoked.push(one.clone());
        }
    }
}

/// Takes back what a partner has of our record and we have lost. It is ours only where it leads to
/// a head that we signed ourselves.
pub(super) fn recover(
    rows: &mut dyn RowsMut,
    mine: Log,
    checkpoint: &Checkpoint,
    stretch: Stretch,
    now: Timestamp,
) -> Result<(), PortError> {
    let row = rows.log(mine)?;
    if checkpoint.size > row.size {
        take_leaves(rows, mine, row, checkpoint, &stretch)?;
    }
    let size = rows.log(mine)?.size;
    for Placed { index, kind, bytes } in stretch.entries {
        // What is here stays as it is: nobody puts something else in its place.
        if index >= size || rows.has_entry(mine, index)? {
            continue;
        }
        let Some(entry) = read(kind, &bytes) else {
            // An older program than the one that wrote it cannot read it, and has it all the same.
            let leaf = kind.leaf_of_unreadable(&bytes).map(|leaf| merkle::leaf(&leaf));
            if leaf.is_some() && rows.hashes(mine, 0, index, 1)?.first().copied() == leaf {
                rows.put_entry(mine, index, kind, &bytes)?;
            }
            continue;
        };
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

/// An entry of our own; the partner may have destroyed what was sealed in it.
fn read(kind: EntryKind, bytes: &[u8]) -> Option<Entry> {
    let bare = |_| Envelope::parse_without_content(bytes).map(Box::new).map(Entry::Envelope);
    match kind {
        EntryKind::Envelope => Entry::parse(kind, bytes).or_else(bare).ok(),
        _ => Entry::parse(kind, bytes).ok(),
    }
}

/// Lets our own record grow again by leaves that lead to a head of ours, or to a record of which
/// that head only grew.
fn take_leaves(
    rows: &mut dyn RowsMut,
    mine: Log,
    row: LogRow,
    checkpoint: &Checkpoint,
    stretch: &Stretch,
) -> Result<(), PortError> {
    let Some(known) = row.size.checked_sub(stretch.first) else { return Ok(()) };
    let mut frontier: Frontier = frontier(mine, &row)?;
    let mut complete = Vec::new();
    let known = usize::try_from(known).unwrap_or(usize::MAX);
    for leaf in stretch.hashes().skip(known) {
        complete.extend(frontier.add(leaf));
    }
    let (size, root) = (frontier.size(), frontier.root());
    let head = (checkpoint.size, &checkpoint.root);
    if size <= row.size || proof::check_consistency((size, &root), head, &stretch.way()).is_err() {
        return Ok(());
    }
    rows.add_hashes(mine, &complete)?;
    let new: Vec<u64> = (row.size..size).collect();
    rows.put_lacking(mine, &new)?;
    rows.put_log(mine, &LogRow { size, peaks: frontier.peaks().to_vec(), ..row })
}

/// What a partner has lost of its own record and we lack as well, nobody has any more: it is told
/// once, and not asked for again.
pub(super) fn let_go(
    rows: &mut dyn RowsMut,
    theirs: Log,
    lost: &[u64],
    taken: &mut Taken,
) -> Result<(), PortError> {
    let size = rows.log(theirs)?.size;
    for index in lost.iter().copied().filter(|index| *index < size) {
        if rows.drop_lacking(theirs, index)? {
            taken.refused.push(Refused { id: None, index, code: "entry_lost" });
        }
    }
    Ok(())
}
