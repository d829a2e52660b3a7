//! What has to hold of two nodes, whatever happened to them and to the line.
//!
//! I1: what its sender was told is accepted lies in the receiver's inbox, byte for byte. I2: no
//! message is there twice, no place skipped. I3: both have the same record. I4: what is there was
//! signed by its sender and opens. I7: a daily head is one of its record, signed by both with
//! ML-DSA-44, and the writer has what his reader has countersigned.

use std::collections::BTreeSet;

use node::exchange::ExchangeError;
use node::port::record::{Log, MessageRow, MessageState, Rows, Wanted};
use tlog::frontier::Frontier;
use tlog::key::Key;
use tlog::note::Note;

use crate::world::Member;

/// More messages than any test sends.
const MOST: usize = 100_000;

/// What two nodes are about, and so how much has to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// They talk: something may be under way.
    Running,
    /// One of them came out of an older copy of its disk and has not got back yet what it lacks.
    Recovering,
    /// Both have come to rest: nothing may be under way.
    Settled,
}

/// Checks what `from` wrote for `to`; what does not hold, in words.
pub fn broken(from: &Member, to: &Member, moment: Moment) -> Result<Vec<String>, ExchangeError> {
    let is_settled = moment == Moment::Settled;
    let log = Log { from: from.id(), to: to.id() };
    let mut found = Vec::new();
    let mut gone = BTreeSet::new();
    let (mut written, mut kept) = (Vec::new(), Vec::new());
    let (mut sizes, mut peaks) = ((0, 0), (Vec::new(), Vec::new()));
    from.record().read(&mut |rows| {
        let row = rows.log(log)?;
        (sizes.0, peaks.0) = (row.size, row.peaks);
        written = leaves(rows, log, sizes.0)?;
        for place in 0..sizes.0 {
            // A restored writer may have lost an entry that its reader never had.
            if rows.entry(log, place)?.is_none() {
                gone.insert(place);
            }
        }
        Ok(())
    })?;
    to.record().read(&mut |rows| {
        let row = rows.log(log)?;
        (sizes.1, peaks.1) = (row.size, row.peaks);
        kept = leaves(rows, log, sizes.1)?;
        let mut lacking = rows.lacking(log, MOST)?;
        lacking.retain(|place| !gone.contains(place));
        if is_settled && !lacking.is_empty() {
            found.push(format!("I2: places {lacking:?} are empty"));
        }
        Ok(())
    })?;
    let is_recovering = moment == Moment::Recovering;
    let is_prefix = written.starts_with(&kept) || (is_recovering && kept.starts_with(&written));
    if !is_prefix || (is_settled && sizes.0 != sizes.1) {
        found.push(format!("I3: {} leaves were written and {} are kept", sizes.0, sizes.1));
    }
    if is_settled && peaks.0 != peaks.1 {
        found.push("I3: the roots differ".to_owned());
    }
    if is_settled {
        found.extend(daily_heads(from, to, log)?);
    }
    found.extend(messages(from, to, log, moment)?);
    Ok(found)
}

/// What is wrong with the daily heads that both keep of a record.
fn daily_heads(from: &Member, to: &Member, log: Log) -> Result<Vec<String>, ExchangeError> {
    let (mut found, mut sizes) = (Vec::new(), Vec::new());
    for kept_by in [from, to] {
        let (mut kept, mut root) = (None, None);
        kept_by.record().read(&mut |rows| {
            kept = rows.daily(log)?;
            if let Some(daily) = &kept {
                let mut frontier = Frontier::default();
                for leaf in leaves(rows, log, daily.size)? {
                    frontier.add(leaf);
                }
                root = Some(frontier.root());
            }
            Ok(())
        })?;
        sizes.push(kept.as_ref().map_or(0, |daily| daily.size));
        let Some(daily) = kept else { continue };
        let note = Note::parse(daily.note.as_bytes()).ok();
        let signs = |one: &Member, note: &Note| {
            let name = format!("lienket/{}", one.id().0);
            let book = one.exchange.book();
            let keys = book.mine.iter().flat_map(|card| &card.card().signing);
            let keys = keys.filter_map(|entry| Key::ml_dsa44(&name, &entry.ml_dsa).ok());
            let mut cosigned = keys.filter_map(|key| key.cosigned(note).ok());
            cosigned.any(|(head, _)| (head.size, Some(head.root)) == (daily.size, root))
        };
        let is_signed = note.is_some_and(|note| signs(from, &note) && signs(to, &note));
        if !is_signed {
            found.push(format!("I7: the daily head of {} does not hold", daily.size));
        }
    }
    if sizes.first() < sizes.last() {
        found.push(format!("I7: the daily heads are {sizes:?}"));
    }
    Ok(found)
}

fn leaves(
    rows: &dyn Rows,
    log: Log,
    size: u64,
) -> Result<Vec<model::digest::Digest>, node::port::PortError> {
    rows.leaves(log, 0, usize::try_from(size).unwrap_or(MOST))
}

fn messages(
    from: &Member,
    to: &Member,
    log: Log,
    moment: Moment,
) -> Result<Vec<String>, ExchangeError> {
    let is_settled = moment == Moment::Settled;
    let wanted = Wanted { from: Some(log.from), to: Some(log.to), most: MOST, ..Wanted::default() };
    let (sent, came) = (from.exchange.messages(&wanted)?, to.exchange.messages(&wanted)?);
    let mut found = Vec::new();
    let ids: BTreeSet<_> = came.iter().map(|row| row.id).collect();
    let places: BTreeSet<_> = came.iter().map(|row| row.index).collect();
    if ids.len() != came.len() || places.len() != came.len() {
        found.push("I2: a message or a place is there twice".to_owned());
    }
    for row in &sent {
        let theirs = came.iter().find(|one| one.id == row.id);
        let is_unknown = matches!(row.state, MessageState::Queued | MessageState::Rejected);
        let is_told = !is_unknown && moment != Moment::Recovering;
        match theirs {
            None if is_told || is_settled => found.push(format!("I1: {:?} is lost", row.id)),
            Some(one) if one.digest != row.digest || one.index != row.index => {
                found.push(format!("I1: {:?} is another one there", row.id));
            }
            // What was called back, or is over, is destroyed there alone.
            Some(one) if one.state == MessageState::Erased => {}
            Some(one) if is_settled && one.state != row.state && !has_lost_files(from, row)? => {
                found.push(format!(
                    "I1: {:?} is {:?} there and {:?} here",
                    row.id, one.state, row.state
                ));
            }
            _ => {}
        }
    }
    for row in came.iter().filter(|row| row.key.is_some()) {
        let is_sent = moment == Moment::Recovering || sent.iter().any(|one| one.id == row.id);
        if !is_sent || to.exchange.open(row).is_err() {
            found.push(format!("I4: {:?} was never sent so, or does not open", row.id));
        }
    }
    Ok(found)
}

/// Whether a sender that came out of an older copy of its disk has lost the files of a message that
/// its partner gave back: then the partner waits for them for good.
fn has_lost_files(from: &Member, row: &MessageRow) -> Result<bool, ExchangeError> {
    let mut is_lost = false;
    from.record().read(&mut |rows| {
        // What was given back has no key any more, and no list of files.
        is_lost = row.key.is_none() && rows.blobs_of(row.log.from, row.id)?.is_empty();
        Ok(())
    })?;
    Ok(is_lost)
}
