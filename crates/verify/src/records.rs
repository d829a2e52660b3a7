//! The records of a bundle: heads that their writer signed and their reader countersigned, and that
//! something lies in one of them.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use envelope::card::AgencyId;
use i18n::text_with;
use model::digest::Digest;
use model::time::Timestamp;
use tlog::checkpoint::Checkpoint;
use tlog::climb::Climb;
use tlog::key::Key;
use tlog::merkle;
use tlog::note::{self, Note};
use tlog::proof::root_before;

use crate::agencies::{Agencies, Agency, Standing};
use crate::daily::Daily;
use crate::inclusion::{self, Inclusion};
use crate::layout::{Place, reader_name, record_name};
use crate::reading::Reading;

/// Heads that were looked at, by writer and reader; `None`: the problem is told.
#[derive(Default)]
pub(crate) struct Records(BTreeMap<(AgencyId, AgencyId), Option<Head>>);

/// A head that holds.
struct Head {
    checkpoint: Checkpoint,
    /// What was climbed under it so far.
    climb: Climb,
    /// When the reader countersigned it, by his clock.
    countersigned: Timestamp,
}

/// What is said to lie in a record.
pub(crate) struct Leaf<'a> {
    pub(crate) writer: AgencyId,
    pub(crate) reader: AgencyId,
    pub(crate) data: [u8; 33],
    pub(crate) proof: Place,
    /// Where the writer himself says that it lies, and the root before it.
    pub(crate) place: Option<(u64, &'a Digest)>,
    /// What it is, in words.
    pub(crate) what: &'a str,
}

impl Records {
    /// Says where something lies in its record, or what is wrong with that.
    pub(crate) fn prove<R: Read + Seek>(
        &mut self,
        reading: &mut Reading<R>,
        agencies: &Agencies,
        leaf: &Leaf<'_>,
    ) {
        let language = reading.language;
        let parties = (leaf.writer, leaf.reader);
        let both = (agencies.get(&leaf.writer), agencies.get(&leaf.reader));
        let (Some(writer), Some(reader)) = both else { return };
        let known = self.0.entry(parties);
        let head = known.or_insert_with(|| head(reading, parties, agencies)).as_mut();
        let bytes = reading.take(&leaf.proof, inclusion::MAX_BYTES);
        let (Some(head), true) = (head, reading.has(&leaf.proof)) else {
            return reading.require(&leaf.proof);
        };
        let Some(bytes) = bytes else { return };
        let Some(inclusion) = Inclusion::parse(&bytes) else {
            return reading.file_problem("verify-proof-shape", &leaf.proof);
        };
        let Inclusion { record, index, size, hashes } = &inclusion;
        let Checkpoint { origin, size: whole, .. } = &head.checkpoint;
        let is_placed = leaf.place.is_none_or(|(place, _)| place == *index);
        if record != origin || size != whole || !is_placed {
            return reading.file_problem("verify-proof-other", &leaf.proof);
        }
        let values = [("what", leaf.what.into())];
        let hash = merkle::leaf(&leaf.data);
        if head.climb.check(hash, *index, hashes).is_err() {
            return reading.problem(text_with(language, "verify-proof-fails", &values));
        }
        if leaf.place.is_some_and(|(_, before)| root_before(*index, *size, hashes) != *before) {
            return reading.problem(text_with(language, "verify-proof-before", &values));
        }
        let sentence = text_with(
            language,
            "verify-claim-leaf",
            &[
                ("what", leaf.what.into()),
                ("index", (&index.to_string()).into()),
                ("writer", (&writer.label).into()),
                ("reader", (&reader.label).into()),
                ("at", (&i18n::moment(language, head.countersigned)).into()),
                ("size", (&size.to_string()).into()),
            ],
        );
        reading.claim(sentence);
    }
}

/// The head of a record; `None`: a problem is told.
fn head<R: Read + Seek>(
    reading: &mut Reading<R>,
    (writer_id, reader_id): (AgencyId, AgencyId),
    agencies: &Agencies,
) -> Option<Head> {
    let (writer, reader) = agencies.get(&writer_id).zip(agencies.get(&reader_id))?;
    let language = reading.language;
    let place = Place::Checkpoint(writer_id, reader_id);
    reading.require(&place);
    let bytes = reading.take(&place, note::MAX_BYTES)?;
    let note = Note::parse(&bytes).ok();
    // One way to write a note: what a reader would pass over is not passed over here.
    let note = note.filter(|note| note.write().as_bytes() == bytes);
    let parsed = note.and_then(|note| Checkpoint::parse(&note).ok().map(|head| (note, head)));
    let Some((note, checkpoint)) = parsed else {
        reading.file_problem("verify-checkpoint-shape", &place);
        return None;
    };
    let name = record_name(writer_id, reader_id);
    if checkpoint.origin != name {
        reading.file_problem("verify-file-name", &place);
        return None;
    }
    let Some((countersigned, standing)) = countersigned(&note, reader_id, reader) else {
        reading.file_problem("verify-checkpoint-alone", &place);
        return None;
    };
    let record = text_with(
        language,
        "verify-what-record",
        &[("writer", (&writer.label).into()), ("reader", (&reader.label).into())],
    );
    let countersignature =
        text_with(language, "verify-what-cosignature", &[("what", (&record).into())]);
    let is_cosigned = signed(reading, standing, &countersignature, reader);
    let signature = writer.signer(countersigned, |key| {
        Key::ed25519(&name, key).is_ok_and(|key| key.checkpoint(&note).is_ok())
    });
    let is_signed = signed(reading, signature, &record, writer);
    let daily = Daily { note: &note, size: checkpoint.size, record: &record };
    let is_daily = daily.tell(reading, agencies, (writer_id, reader_id));
    let climb = Climb::new(checkpoint.size, checkpoint.root);
    (is_cosigned && is_signed && is_daily).then_some(Head { checkpoint, climb, countersigned })
}

/// When the reader countersigned, and what that is worth: of several countersignatures the first
/// one that holds, and else the first one.
fn countersigned(note: &Note, id: AgencyId, reader: &Agency) -> Option<(Timestamp, Standing)> {
    let name = reader_name(id);
    let mut first = None;
    for public in reader.keys() {
        let cosigned = Key::ed25519(&name, public).and_then(|key| key.cosigned(note));
        let seconds = cosigned.ok().and_then(|(_, at)| i64::try_from(at).ok());
        let Some(at) = seconds.and_then(|at| Timestamp::from_seconds(at).ok()) else { continue };
        let standing = reader.standing(public, at);
        if standing == Standing::Valid {
            return Some((at, standing));
        }
        first = first.or(Some((at, standing)));
    }
    first
}

/// Whether a signature is valid; where it is not, the problem is told.
pub(crate) fn signed<R: Read + Seek>(
    reading: &mut Reading<R>,
    standing: Standing,
    what: &str,
    agency: &Agency,
) -> bool {
    let values = [("what", what.into()), ("agency", (&agency.label).into())];
    let key = match standing {
        Standing::Valid => return true,
        Standing::Untimely => "verify-signer-untimely",
        Standing::Revoked => "verify-signer-revoked",
        Standing::Unknown => "verify-signer-unknown",
    };
    reading.problem(text_with(reading.language, key, &values));
    false
}
