//! Heads of the records: signed by who writes, countersigned by who reads.

use envelope::card::{AgencyId, Card, SignedCard};
use model::digest::Digest;
use model::time::{MICROSECONDS, Timestamp};
use tlog::checkpoint::Checkpoint;
use tlog::cosignature::{self, Cosignature};
use tlog::frontier::Frontier;
use tlog::key::Key;
use tlog::note::{Note, Scheme, Signature};

use super::book::signed_by;
use crate::port::record::{Log, LogRow};
use crate::port::{Keys, PortError};

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

/// A head of a record of ours, signed.
pub(super) fn sign(
    keys: &dyn Keys,
    log: Log,
    (size, root): (u64, Digest),
    audit: Option<(u64, Digest)>,
) -> Result<Note, PortError> {
    let origin = log_name(log);
    let extensions = audit.map(audit_line).into_iter().collect();
    let text = Checkpoint { origin: origin.clone(), size, root, extensions }.text();
    let (public, signature) = keys.sign(text.as_bytes());
    let mut note = Note::new(text).ok_or_else(|| broken(log, "its head cannot be written"))?;
    let key_id = Scheme::Ed25519.key_id(&origin, &public);
    note.sign(Signature { name: origin, key_id, bytes: signature.to_vec() });
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

/// The head that a record's writer has signed with a key that is believed; else a code.
pub(super) fn written(
    note: &Note,
    log: Log,
    card: &Card,
    now: Timestamp,
) -> Result<Checkpoint, &'static str> {
    let name = log_name(log);
    let mut found = None;
    let key = signed_by(card, now, now, |public| {
        let key = Key::ed25519(&name, public);
        found = key.ok().and_then(|key| key.checkpoint(note).ok());
        found.is_some()
    });
    key.map_err(|why| match why.code() {
        "signature_wrong" => "head_wrong",
        code => code,
    })?;
    found.filter(|checkpoint| checkpoint.origin == name).ok_or("head_wrong")
}

/// A head of our own record, of which only the partner knows any more; one that is none of ours
/// is nothing.
///
/// Any key counts that a card of ours has ever named: the partner's newest head may be older than
/// the end of its key, and without it the record would be behind for good. What a thief of such a
/// key and this very partner could make up between them stands in the record of these two alone.
pub(super) fn ours(note: &Note, log: Log, cards: &[SignedCard]) -> Option<Checkpoint> {
    let name = log_name(log);
    let keys = cards.iter().flat_map(|card| &card.card().signing);
    let mut keys = keys.filter_map(|one| Key::ed25519(&name, &one.key).ok());
    let checkpoint = keys.find_map(|key| key.checkpoint(note).ok())?;
    (checkpoint.origin == name).then_some(checkpoint)
}

/// The head that a partner has countersigned, and when; `None`: it has not, or with no key of its.
pub(super) fn countersigned(
    note: &Note,
    partner: AgencyId,
    card: &Card,
) -> Option<(Checkpoint, u64)> {
    let name = agency_name(partner);
    let mut keys = card.signing.iter().filter_map(|one| Key::ed25519(&name, &one.key).ok());
    keys.find_map(|key| key.cosigned(note).ok())
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
