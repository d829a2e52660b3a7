//! Daily heads: once a day by its writer's clock both sides sign a head of a record with ML-DSA-44
//! too. Whoever can forge Ed25519 one day cannot change what lies under such a head.
//!
//! Source: C2SP tlog-cosignature, FIPS 204. Both sign as cosigners do, under their agencies' names;
//! what they sign holds name, time, record, size and root, not the writer's own lines.

use std::collections::BTreeMap;

use envelope::card::{AgencyId, Card, SignedCard, SigningEntry};
use model::time::{MICROSECONDS, Timestamp};
use tlog::checkpoint::Checkpoint;
use tlog::cosignature::{self, Cosignature};
use tlog::key::Key;
use tlog::note::{Note, Scheme, Signature};

use super::heads::{self, Cards, MAX_KEPT, agency_name, broken};
use super::quota::day;
use crate::port::record::{Daily, Log, Rows, RowsMut};
use crate::port::{Keys, PortError};

/// The daily heads that went to partners and have not come back: on which day, counted from 1970,
/// and whether the partner was heard since.
///
/// A head that is due goes with every parcel until it comes back, but brings a visit about only
/// once a day: from a partner that never countersigns it nobody would come home.
#[derive(Debug, Default)]
pub(super) struct Asked(BTreeMap<AgencyId, (i64, bool)>);

impl Asked {
    /// A daily head goes to a partner; whether it is news.
    pub(super) fn is_news(&mut self, to: AgencyId, now: Timestamp) -> bool {
        let asked = self.0.entry(to).or_insert((day(now), false));
        if asked.0 != day(now) {
            *asked = (day(now), false);
        }
        !asked.1
    }

    /// A parcel of a partner was taken.
    pub(super) fn heard(&mut self, from: AgencyId) {
        if let Some((_, is_heard)) = self.0.get_mut(&from) {
            *is_heard = true;
        }
    }
}

/// Whether the next head of a record of ours is to be a daily one: the first one is, then one a day
/// where the record has grown.
pub(super) fn is_due(
    rows: &dyn Rows,
    mine: Log,
    size: u64,
    now: Timestamp,
) -> Result<bool, PortError> {
    Ok(match rows.daily(mine)? {
        None => size > 0,
        // Not "later": a clock that was years ahead once would stop it for as long.
        Some(last) => size > last.size && day(last.at) != day(now),
    })
}

/// The moment that a cosignature tells which is made now: it knows whole seconds alone.
pub(super) fn told_moment(now: Timestamp) -> Option<Timestamp> {
    Timestamp::from_seconds(now.microseconds() / MICROSECONDS).ok()
}

/// Our ML-DSA-44 cosignature of a head.
pub(super) fn sign(
    keys: &dyn Keys,
    me: AgencyId,
    log: Log,
    checkpoint: &Checkpoint,
    now: Timestamp,
) -> Result<Signature, PortError> {
    let at = u64::try_from(now.microseconds() / MICROSECONDS).unwrap_or(0);
    let name = agency_name(me);
    let message = cosignature::ml_dsa_message(&name, checkpoint, at);
    let message = message.ok_or_else(|| broken(log, "its name is too long"))?;
    let (public, signature) = keys.sign_ml_dsa(&message);
    let key_id = Scheme::MlDsa44Cosignature.key_id(&name, &public);
    Ok(Signature { name, key_id, bytes: Cosignature { at, signature }.write() })
}

/// The ML-DSA-44 cosignatures of an agency by some keys that hold, and when each was made.
pub(super) fn cosigned<'k>(
    note: &Note,
    agency: AgencyId,
    keys: impl IntoIterator<Item = &'k SigningEntry>,
) -> impl Iterator<Item = (&'k SigningEntry, [u8; 4], Timestamp)> {
    let name = agency_name(agency);
    keys.into_iter().filter_map(move |one| {
        let key_id = Scheme::MlDsa44Cosignature.key_id(&name, &one.ml_dsa);
        // A key is a large matrix: it is made only where there is something to check.
        note.signature(&name, key_id)?;
        let (_, at) = Key::ml_dsa44(&name, &one.ml_dsa).ok()?.cosigned(note).ok()?;
        let at = Timestamp::from_seconds(i64::try_from(at).ok()?).ok()?;
        Some((one, key_id, at))
    })
}

/// What a record's writer has signed with ML-DSA-44, and when; nothing where he has not; else a
/// code. Under his agency's name stands nothing else.
pub(super) fn written(
    note: &Note,
    from: AgencyId,
    card: &Card,
    now: Timestamp,
) -> Result<Option<(Signature, Timestamp)>, &'static str> {
    let name = agency_name(from);
    let mut lines = note.signatures().iter().filter(|one| one.name == name);
    let Some(line) = lines.next() else { return Ok(None) };
    let mut why = "daily_head_wrong";
    if lines.next().is_some() {
        return Err(why);
    }
    for (one, _, at) in cosigned(note, from, &card.signing) {
        if card.is_revoked(&one.key, now) {
            why = "key_revoked";
        } else if one.from <= at && at < one.until {
            return Ok(Some((line.clone(), at)));
        } else {
            why = "key_expired";
        }
    }
    Err(why)
}

/// Whether an agency has cosigned a head by a key that its newest card names and nobody has revoked
/// now, at a time at which a court believes that key.
pub(super) fn is_countersigned(note: &Note, agency: AgencyId, card: &Card, now: Timestamp) -> bool {
    cosigned(note, agency, &card.signing).any(|(one, _, at)| {
        card.is_valid(&one.key, (one.from, one.until), at) && !card.is_revoked(&one.key, now)
    })
}

/// When we cosigned a head ourselves, by one of some keys.
pub(super) fn own<'k>(
    note: &Note,
    me: AgencyId,
    keys: impl IntoIterator<Item = &'k SigningEntry>,
) -> Option<Timestamp> {
    cosigned(note, me, keys).next().map(|(.., at)| at)
}

/// Whether a court believes an agency's cosignature: its key was not revoked at the time that it
/// tells.
pub(super) fn holds(note: &Note, agency: AgencyId, cards: &[SignedCard], newest: &Card) -> bool {
    cosigned(note, agency, heads::entries(cards))
        .any(|(one, _, at)| newest.is_valid(&one.key, (one.from, one.until), at))
}

/// Countersigns a daily head of a partner, with either kind of key, and keeps it where it is longer
/// than the one before. `head` has its writer's Ed25519 signature alone.
pub(super) fn keep(
    rows: &mut dyn RowsMut,
    keys: &dyn Keys,
    theirs: Log,
    (head, checkpoint): (&Note, &Checkpoint),
    (signature, at): &(Signature, Timestamp),
    now: Timestamp,
) -> Result<(), PortError> {
    if rows.daily(theirs)?.is_some_and(|known| known.size >= checkpoint.size) {
        return Ok(());
    }
    let mut note = head.clone();
    note.sign(signature.clone());
    heads::countersign(keys, theirs.to, &mut note, now);
    note.sign(sign(keys, theirs.to, theirs, checkpoint, now)?);
    let (size, at, note) = (checkpoint.size, *at, note.write());
    rows.put_daily(theirs, Some(&Daily { size, at, note }))
}

/// Countersigns a partner's daily head once more, with the keys of now, where its writer does not
/// believe those before any more; they stay under it.
pub(super) fn countersign_again(
    rows: &mut dyn RowsMut,
    keys: &dyn Keys,
    theirs: Log,
    own: &Card,
    now: Timestamp,
) -> Result<(), PortError> {
    let Some(daily) = rows.daily(theirs)? else { return Ok(()) };
    let (note, checkpoint) = read(theirs, &daily)?;
    let me = theirs.to;
    if is_believed(&note, me, own, now) {
        return Ok(());
    }
    let mut again = Note::new(note.text().to_owned())
        .ok_or_else(|| broken(theirs, "its daily head cannot be written"))?;
    note.signatures().iter().take(MAX_KEPT).for_each(|one| again.sign(one.clone()));
    heads::countersign(keys, me, &mut again, now);
    again.sign(sign(keys, me, theirs, &checkpoint, now)?);
    rows.put_daily(theirs, Some(&Daily { note: again.write(), ..daily }))
}

/// Whether somebody who has an agency's newest card believes both of its countersignatures.
pub(super) fn is_believed(note: &Note, agency: AgencyId, card: &Card, now: Timestamp) -> bool {
    heads::countersigned(note, agency, card, now).is_some()
        && is_countersigned(note, agency, card, now)
}

/// Whether a court believes the cosignatures under a daily head: the writer's by ML-DSA-44, and the
/// reader's by either kind of key.
pub(super) fn is_proof(note: &Note, log: Log, cards: &Cards<'_>) -> bool {
    let Some((writer, reader)) = cards.writer.last().zip(cards.reader.last()) else {
        return false;
    };
    heads::holds(note, log.to, cards.reader, reader.card())
        && holds(note, log.to, cards.reader, reader.card())
        && holds(note, log.from, cards.writer, writer.card())
}

/// A daily head as it is kept.
pub(super) fn read(log: Log, daily: &Daily) -> Result<(Note, Checkpoint), PortError> {
    let note = Note::parse(daily.note.as_bytes());
    let note = note.map_err(|error| broken(log, &error.to_string()))?;
    let checkpoint = Checkpoint::parse(&note);
    let checkpoint = checkpoint.map_err(|error| broken(log, &error.to_string()))?;
    Ok((note, checkpoint))
}
