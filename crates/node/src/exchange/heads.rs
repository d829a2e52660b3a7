//! Heads of the records: signed by who writes, countersigned by who reads.

use envelope::card::{AgencyId, Card, SignedCard, SigningEntry};
use model::digest::Digest;
use model::time::{MICROSECONDS, Timestamp};
use tlog::checkpoint::Checkpoint;
use tlog::cosignature::{self, Cosignature};
use tlog::frontier::Frontier;
use tlog::key::Key;
use tlog::note::{Note, Scheme, Signature};

use super::book::signed_by;
use super::{Exchange, ExchangeError, daily};
use crate::port::record::{Log, LogRow};
use crate::port::{Keys, PortError};

/// A head has at most so many bytes, its writer's signature among them.
const MAX_HEAD: usize = 4_096;
/// So many signatures stay under a head that is countersigned once more: the writer's, and the
/// oldest of ours.
pub(super) const MAX_KEPT: usize = 8;

/// The name of a record, under which its writer signs.
pub(super) fn log_name(log: Log) -> String {
    format!("lienket/{}/{}", log.from.0, log.to.0)
}

/// The name under which an agency countersigns.
pub(super) fn agency_name(agency: AgencyId) -> String {
    format!("lienket/{}", agency.0)
}

/// The line under a head that tells how long the writer's own audit is.
fn audit_line((size, root): (u64, Digest)) -> String {
    format!("audit {size} {root}")
}

/// What such a line tells.
fn audit_told(line: &str) -> Option<(u64, Digest)> {
    let (size, root) = line.strip_prefix("audit ")?.split_once(' ')?;
    Some((size.parse().ok()?, Digest::parse(root).ok()?))
}

impl Exchange {
    /// What stands of the node's own audit under the heads that partners have countersigned: its
    /// length, its root, and the partner's name.
    pub fn told_audits(&self) -> Result<Vec<(u64, Digest, String)>, ExchangeError> {
        let mut told = Vec::new();
        let (me, book) = (self.me, self.book());
        let notes = self.read(|rows| {
            let mut notes = Vec::new();
            for log in rows.logs()?.into_iter().filter(|log| log.from == me) {
                notes.extend(rows.log(log)?.seen_note.map(|note| (log, note)));
            }
            Ok(notes)
        })?;
        for (log, note) in notes {
            let note = Note::parse(note.as_bytes());
            let note = note.map_err(|error| broken(log, &error.to_string()))?;
            let checkpoint = Checkpoint::parse(&note);
            let checkpoint = checkpoint.map_err(|error| broken(log, &error.to_string()))?;
            let name = book.partners.get(&log.to).map(|one| one.card.card().agency.clone());
            let name = name.unwrap_or_else(|| log.to.0.to_string());
            let audits = checkpoint.extensions.iter().filter_map(|line| audit_told(line));
            told.extend(audits.map(|(size, root)| (size, root, name.clone())));
        }
        Ok(told)
    }
}

/// A head of a record of ours, signed.
pub(super) fn sign(
    keys: &dyn Keys,
    log: Log,
    (size, root): (u64, Digest),
    audit: Option<(u64, Digest)>,
) -> Result<(Note, Checkpoint), PortError> {
    let origin = log_name(log);
    let extensions = audit.map(audit_line).into_iter().collect();
    let checkpoint = Checkpoint { origin, size, root, extensions };
    Ok((sign_text(keys, log, checkpoint.text())?, checkpoint))
}

/// The text of a head of a record of ours, signed.
pub(super) fn sign_text(keys: &dyn Keys, log: Log, text: String) -> Result<Note, PortError> {
    let name = log_name(log);
    let (public, signature) = keys.sign(text.as_bytes());
    let mut note = Note::new(text).ok_or_else(|| broken(log, "its head cannot be written"))?;
    let key_id = Scheme::Ed25519.key_id(&name, &public);
    note.sign(Signature { name, key_id, bytes: signature.to_vec() });
    Ok(note)
}

/// Puts our countersignature under a partner's head.
pub(super) fn countersign(keys: &dyn Keys, me: AgencyId, note: &mut Note, now: Timestamp) {
    let at = u64::try_from(now.microseconds() / MICROSECONDS).unwrap_or(0);
    let (public, signature) = keys.sign(&cosignature::ed25519_message(note.text(), at));
    let (name, bytes) =
        (agency_name(me), Cosignature { at, signature: signature.to_vec() }.write());
    let key_id = Scheme::Ed25519Cosignature.key_id(&name, &public);
    note.sign(Signature { name, key_id, bytes });
}

/// The head that a record's writer has signed with a key that is believed, and the note with that
/// signature alone; else a code.
///
/// What else a writer puts under his head or into it would make the note that we keep too large to
/// be read again: then what he sent could not be proven.
pub(super) fn written(
    note: &Note,
    log: Log,
    card: &Card,
    now: Timestamp,
) -> Result<(Note, Checkpoint), &'static str> {
    let name = log_name(log);
    let mut found = None;
    let key = signed_by(card, now, now, |public| {
        let key = Key::ed25519(&name, public);
        found = key.ok().and_then(|key| key.checkpoint(note).ok());
        found.is_some()
    });
    let key = key.map_err(|why| match why.code() {
        "signature_wrong" => "head_wrong",
        code => code,
    })?;
    let found = found.filter(|checkpoint| checkpoint.origin == name);
    let signature = note.signature(&name, Scheme::Ed25519.key_id(&name, &key)).cloned();
    let (mut bare, signature) =
        Note::new(note.text().to_owned()).zip(signature).ok_or("head_wrong")?;
    bare.sign(signature);
    let is_short = bare.write().len() <= MAX_HEAD;
    Ok((bare, found.filter(|_| is_short).ok_or("head_wrong")?))
}

/// A head that we have signed ourselves, at whatever time: by a key of any of our cards, or by one
/// that we hold.
pub(super) fn own<'k>(
    note: &Note,
    log: Log,
    mut keys: impl Iterator<Item = &'k SigningEntry>,
) -> Option<Checkpoint> {
    let name = log_name(log);
    let found = keys.find_map(|one| Key::ed25519(&name, &one.key).ok()?.checkpoint(note).ok());
    found.filter(|checkpoint| checkpoint.origin == name)
}

/// The head that an agency has countersigned by a key that its newest card names and nobody has
/// revoked now, at a time at which a court believes that key; `None`: there is no such
/// countersignature.
pub(super) fn countersigned(
    note: &Note,
    agency: AgencyId,
    card: &Card,
    now: Timestamp,
) -> Option<Checkpoint> {
    let found = cosigned(note, agency, &card.signing).find(|(one, _, at)| {
        let time = (one.from, one.until);
        card.is_valid(&one.key, time, *at) && !card.is_revoked(&one.key, now)
    });
    found.map(|(_, checkpoint, _)| checkpoint)
}

/// Whether a court believes a countersignature that was kept: its key was not revoked at the time
/// that it tells.
pub(super) fn holds(note: &Note, agency: AgencyId, cards: &[SignedCard], newest: &Card) -> bool {
    let mut found = cosigned(note, agency, entries(cards));
    found.any(|(one, _, at)| newest.is_valid(&one.key, (one.from, one.until), at))
}

/// A note with those signatures of its writer and its reader alone that hold by a key of any of
/// their cards. Either may have put more under it, and what does not hold would spoil the proof.
pub(super) fn holding(note: &Note, log: Log, cards: &Cards<'_>) -> Option<Note> {
    let name = log_name(log);
    let writer = entries(cards.writer).filter_map(|one| Key::ed25519(&name, &one.key).ok());
    let writer = writer.filter(|key| key.checkpoint(note).is_ok());
    let mut known: Vec<(String, [u8; 4])> =
        writer.map(|key| (name.clone(), key.id(Scheme::Ed25519))).collect();
    let name = agency_name(log.to);
    let reader = cosigned(note, log.to, entries(cards.reader));
    let scheme = Scheme::Ed25519Cosignature;
    known.extend(reader.map(|(one, ..)| (name.clone(), scheme.key_id(&name, &one.key))));
    for (agency, cards) in [(log.from, cards.writer), (log.to, cards.reader)] {
        let found = daily::cosigned(note, agency, entries(cards));
        known.extend(found.map(|(_, key_id, _)| (agency_name(agency), key_id)));
    }
    let mut held = Note::new(note.text().to_owned())?;
    let is_known = |one: &&Signature| known.contains(&(one.name.clone(), one.key_id));
    note.signatures().iter().filter(is_known).for_each(|one| held.sign(one.clone()));
    Some(held)
}

/// All cards of the two agencies of a record.
pub(super) struct Cards<'c> {
    pub(super) writer: &'c [SignedCard],
    pub(super) reader: &'c [SignedCard],
}

/// All signing keys that cards name.
pub(super) fn entries(cards: &[SignedCard]) -> impl Iterator<Item = &SigningEntry> {
    cards.iter().flat_map(|card| &card.card().signing)
}

/// The countersignatures of an agency by some keys, and when each was made.
fn cosigned<'k>(
    note: &Note,
    agency: AgencyId,
    keys: impl IntoIterator<Item = &'k SigningEntry>,
) -> impl Iterator<Item = (&'k SigningEntry, Checkpoint, Timestamp)> {
    let name = agency_name(agency);
    keys.into_iter().filter_map(move |one| {
        let (checkpoint, at) = Key::ed25519(&name, &one.key).ok()?.cosigned(note).ok()?;
        let at = Timestamp::from_seconds(i64::try_from(at).ok()?).ok()?;
        Some((one, checkpoint, at))
    })
}

/// Countersigns once more, with the key of now, a head whose countersignature its writer does not
/// believe any more; those before stay under it, for they may prove more to a court. `None`: one of
/// them is believed.
pub(super) fn countersign_again(
    keys: &dyn Keys,
    me: AgencyId,
    head: &str,
    card: &Card,
    now: Timestamp,
) -> Option<Note> {
    let note = Note::parse(head.as_bytes()).ok()?;
    if countersigned(&note, me, card, now).is_some() {
        return None;
    }
    let (public, _) = keys.sign(&[]);
    let key_id = Scheme::Ed25519Cosignature.key_id(&agency_name(me), &public);
    let mut again = Note::new(note.text().to_owned())?;
    let before = note.signatures().iter().filter(|one| one.key_id != key_id);
    before.take(MAX_KEPT).for_each(|one| again.sign(one.clone()));
    countersign(keys, me, &mut again, now);
    Some(again)
}

/// The frontier of a record as it is kept.
pub(super) fn frontier(log: Log, row: &LogRow) -> Result<Frontier, PortError> {
    let frontier = Frontier::of(row.size, row.peaks.clone());
    frontier.ok_or_else(|| broken(log, "its size and its hashes do not agree"))
}

/// A record that is not as it was written.
pub(super) fn broken(log: Log, cause: &str) -> PortError {
    PortError { operation: "read", object: log_name(log), cause: cause.to_owned() }
}
