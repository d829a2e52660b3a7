//! Witnesses: a partner is asked to cosign the daily heads of our records for others, and cosigns
//! those of its partners. It learns with whom they exchange and how much, and no content; who shows
//! two histories of a record to it and to somebody else is caught.
//!
//! Source: C2SP tlog-witness, tlog-cosignature; RFC 6962 section 2.1.2.

use std::collections::BTreeMap;

use envelope::card::{AgencyId, Card, SigningEntry};
use envelope::watch::{MAX_WATCH, Watch, Watched as Answer};
use model::digest::Digest;
use model::time::Timestamp;
use tlog::checkpoint::Checkpoint;
use tlog::note::Note;
use tlog::proof;

use super::heads::{self, broken, log_name};
use super::record::root_at;
use super::take::{Refused, Taken};
use super::{Book, daily, daily::Asked};
use crate::port::record::{HashesOf, Log, Rows, RowsMut, Watched};
use crate::port::{Keys, PortError};

/// So many records of one partner are watched.
const MAX_RECORDS: u64 = 1_024;

/// What is known of witnesses and kept in memory alone.
#[derive(Debug, Default)]
pub(super) struct Watching {
    /// The questions that went to witnesses.
    pub(super) asked: Asked,
    /// How many leaves of a record for somebody a witness has last said that it has.
    told: BTreeMap<(AgencyId, AgencyId), u64>,
}

impl Watching {
    /// A witness has said how many leaves of our records for partners it has.
    pub(super) fn hear(&mut self, witness: AgencyId, answers: &[Answer], book: &Book) {
        for one in answers.iter().filter(|one| book.partners.contains_key(&one.reader)) {
            self.told.insert((witness, one.reader), one.size);
        }
    }
}

/// The newest daily heads of our records that a witness has not cosigned yet, signed anew: the keys
/// that signed them first may not be believed any more.
pub(super) fn ask(
    rows: &dyn Rows,
    keys: &dyn Keys,
    (me, witness): (AgencyId, AgencyId),
    watching: &Watching,
    now: Timestamp,
) -> Result<Vec<Watch>, PortError> {
    let mut watch = Vec::new();
    let logs = rows.logs()?.into_iter().filter(|log| log.from == me && log.to != witness);
    for log in logs {
        let Some(last) = rows.daily(log)?.filter(|_| watch.len() < MAX_WATCH) else { continue };
        let cosigned = kept(rows, log, witness)?.map_or(0, |kept| kept.size);
        let size = watching.told.get(&(witness, log.to)).copied().unwrap_or(cosigned);
        if cosigned >= last.size || size > last.size || rows.log(log)?.is_closed() {
            continue;
        }
        let way = match size {
            0 => Vec::new(),
            size => proof::consistency(&HashesOf { rows, log }, size, last.size)?,
        };
        let (note, checkpoint) = daily::read(log, &last)?;
        let mut head = heads::sign_text(keys, log, note.text().to_owned())?;
        head.sign(daily::sign(keys, me, log, &checkpoint, now)?);
        watch.push(Watch::new(size, &way, &head.write()));
    }
    Ok(watch)
}

/// What a witness has cosigned of a record.
fn kept(rows: &dyn Rows, log: Log, witness: AgencyId) -> Result<Option<Watched>, PortError> {
    let found = rows.watched(log)?.into_iter().find(|(who, _)| *who == witness);
    Ok(found.map(|(_, watched)| watched))
}

/// A head that we are asked to cosign, as its writer has signed it.
pub(super) struct Question {
    log: Log,
    note: Note,
    checkpoint: Checkpoint,
    size: u64,
    way: Vec<Digest>,
}

/// A question that is one: of a record of its sender for somebody else, signed with either kind of
/// key; else a code.
pub(super) fn question(
    watch: &Watch,
    (from, me): (AgencyId, AgencyId),
    card: &Card,
    now: Timestamp,
) -> Result<Question, &'static str> {
    let whole = Note::parse(&watch.head).map_err(|_| "watch_wrong")?;
    let told = Checkpoint::parse(&whole).map_err(|_| "watch_wrong")?;
    let reader = told.origin.rsplit('/').next().and_then(|digits| Digest::parse(digits).ok());
    let log = Log { from, to: AgencyId(reader.ok_or("watch_wrong")?) };
    if told.origin != log_name(log) || log.to == from || log.to == me {
        return Err("watch_wrong");
    }
    let (mut note, checkpoint) = heads::written(&whole, log, card, now)?;
    let (signature, _) = daily::written(&whole, from, card, now)?.ok_or("watch_wrong")?;
    note.sign(signature);
    Ok(Question { log, note, checkpoint, size: watch.size, way: watch.hashes() })
}

/// Who answers, and whether the question came over the line: what a carried file says, a carrier
/// can have changed.
#[derive(Clone, Copy)]
pub(super) struct Witness<'w> {
    pub(super) me: AgencyId,
    pub(super) keys: &'w dyn Keys,
    pub(super) now: Timestamp,
    pub(super) is_live: bool,
}

impl Witness<'_> {
    /// Cosigns a head that follows from what was cosigned before.
    pub(super) fn answer(
        self,
        rows: &mut dyn RowsMut,
        question: &Question,
        taken: &mut Taken,
    ) -> Result<(), PortError> {
        let Question { log, checkpoint, .. } = question;
        let known = kept(&*rows, *log, self.me)?;
        let mut refuse = |code| {
            taken.refused.push(Refused { id: None, index: checkpoint.size, code });
        };
        let Some(known) = known else {
            if rows.watched_count(log.from, self.me)? >= MAX_RECORDS {
                refuse("watch_many");
                return Ok(());
            }
            if question.size > 0 {
                // Restored from a backup, we know nothing of it any more.
                taken.watched.push(Answer { reader: log.to, size: 0, head: None });
                return Ok(());
            }
            return self.cosign(rows, question, taken);
        };
        if known.proof.is_some() {
            refuse("watch_forked");
            return Ok(());
        }
        let note = Note::parse(known.note.as_bytes());
        let note = note.map_err(|error| broken(*log, &error.to_string()))?;
        let before = Checkpoint::parse(&note);
        let before = before.map_err(|error| broken(*log, &error.to_string()))?;
        if checkpoint.size <= before.size {
            // Two heads of one size with two roots: its writer has signed both.
            if checkpoint.size == before.size && checkpoint.root != before.root {
                return self.fork(rows, question, known, taken);
            }
            let head = Some(known.note.into_bytes().into());
            taken.watched.push(Answer { reader: log.to, size: before.size, head });
            return Ok(());
        }
        if question.size != before.size {
            taken.watched.push(Answer { reader: log.to, size: before.size, head: None });
            return Ok(());
        }
        let (one, other) = ((before.size, &before.root), (checkpoint.size, &checkpoint.root));
        if proof::check_consistency(one, other, &question.way).is_ok() {
            return self.cosign(rows, question, taken);
        }
        if self.is_live {
            return self.fork(rows, question, known, taken);
        }
        refuse("watch_wrong");
        Ok(())
    }

    fn cosign(
        self,
        rows: &mut dyn RowsMut,
        question: &Question,
        taken: &mut Taken,
    ) -> Result<(), PortError> {
        let Question { log, note, checkpoint, .. } = question;
        let mut note = note.clone();
        note.sign(daily::sign(self.keys, self.me, *log, checkpoint, self.now)?);
        let (size, note) = (checkpoint.size, note.write());
        let head = Some(note.clone().into_bytes().into());
        rows.put_watched(*log, self.me, &Watched { size, note, proof: None })?;
        taken.watched.push(Answer { reader: log.to, size, head });
        Ok(())
    }

    /// Both heads are kept, for whoever has to be shown them, and our officers are told.
    fn fork(
        self,
        rows: &mut dyn RowsMut,
        question: &Question,
        known: Watched,
        taken: &mut Taken,
    ) -> Result<(), PortError> {
        let Question { log, note, checkpoint, .. } = question;
        let proof = Some([known.note.as_str(), &note.write()].join("\n").into_bytes());
        rows.put_watched(*log, self.me, &Watched { proof, ..known })?;
        let (id, index, code) = (None, checkpoint.size, "watch_forked");
        taken.refused.push(Refused { id, index, code });
        taken.forked.push((log.to, checkpoint.size));
        Ok(())
    }
}

/// A head of ours that a witness has cosigned.
pub(super) struct Cosigned {
    log: Log,
    note: Note,
    checkpoint: Checkpoint,
}

/// What of a witness's answer is one: a head that we have signed, and that it has by a key that is
/// believed.
pub(super) fn cosigned<'k>(
    answer: &Answer,
    (me, witness): (AgencyId, AgencyId),
    card: &Card,
    ours: impl Iterator<Item = &'k SigningEntry>,
    now: Timestamp,
) -> Option<Cosigned> {
    let note = Note::parse(answer.head.as_ref()?).ok()?;
    let log = Log { from: me, to: answer.reader };
    let checkpoint = heads::own(&note, log, ours)?;
    let holds = daily::is_countersigned(&note, witness, card, now);
    (holds && log.to != witness).then_some(Cosigned { log, note, checkpoint })
}

/// A witness's cosignature is kept where it is of more leaves than the one before.
pub(super) fn keep(
    rows: &mut dyn RowsMut,
    witness: AgencyId,
    cosigned: &Cosigned,
) -> Result<(), PortError> {
    let Cosigned { log, note, checkpoint } = cosigned;
    let size = checkpoint.size;
    let known = kept(&*rows, *log, witness)?.map_or(0, |kept| kept.size);
    if size <= known || size > rows.log(*log)?.size {
        return Ok(());
    }
    if root_at(&*rows, *log, size)? != checkpoint.root {
        return Ok(());
    }
    rows.put_watched(*log, witness, &Watched { size, note: note.write(), proof: None })
}
