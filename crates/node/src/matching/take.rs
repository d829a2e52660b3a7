//! What comes back: published sets, and answers to queries. A proof is checked before anything is
//! believed, and what is looked up are outputs, never identifiers.

use envelope::attachment::Attachment;
use envelope::card::AgencyId;
use envelope::envelope::MessageId;
use envelope::matching::{Answer, Manifest};
use model::digest::Digest;
use model::identifier::Identifier;
use psi::asking::{Asking, Seed};
use psi::element::Element;
use psi::input::input;
use psi::key::Answer as Raised;
use psi::output::Stem;
use psi::proof::Proof;
use psi::set::Set;
use psi::suite::Mode;

use super::ask::session_secret;
use super::kept::Batch;
use super::lookup::Lookup;
use super::publish::no_room;
use super::record::{Run, Theirs};
use super::step::{Found, Step};
use super::{Code, MatchOutside};
use crate::error::NodeError;
use crate::event::Event;
use crate::exchange::hexadecimal as number;
use crate::node::Node;
use crate::port::PortError;

/// A published set has at most so many bytes: 200 million identifiers. It lies in a file, of which
/// memory has what is looked at.
const MAX_SET_BYTES: u64 = 1 << 32;

impl Node {
    /// Takes a published set, and looks up in it what was asked about before.
    pub(super) fn take_set(
        &mut self,
        outside: &MatchOutside,
        partner: AgencyId,
        (manifest, digest): (&Manifest, Digest),
        attachments: &[Attachment],
        message: MessageId,
    ) -> Result<Result<(), Code>, NodeError> {
        let purpose = &manifest.terms.purpose;
        if manifest.terms.agreement != model::agreement::digest() {
            return Ok(Err("match_differs"));
        }
        if manifest.until <= self.ports.clock.now() {
            return Ok(Err("match_epoch_over"));
        }
        let pair = (partner.0, purpose.clone());
        let before = self.state.matching.theirs.get(&pair).and_then(|all| all.last());
        let is_older = before.is_some_and(|before| {
            (before.epoch, before.number) >= (manifest.epoch, manifest.number)
                || (manifest.is_delta && before.epoch != manifest.epoch)
        });
        if is_older || (before.is_none() && manifest.is_delta) {
            return Ok(Err("match_epoch_old"));
        }
        let file = attachments.first().filter(|_| attachments.len() == 1);
        let is_named = |file: &&Attachment| file.sha256 == manifest.set;
        let Some(file) = file.filter(is_named) else { return Ok(Err("match_set_damaged")) };
        let fits = |set: &Set<'_>| set.entries() == manifest.size;
        let are_keys = manifest.keys.iter().all(|one| Element::parse(&one.key).is_some());
        let is_kept = match self.keep_set(outside, file, &fits) {
            // A file that is not what its sender says of it.
            Err(NodeError::Exchange(_)) => false,
            kept => kept?,
        };
        if !is_kept || !are_keys {
            return Ok(Err("match_set_damaged"));
        }
        let epoch = (partner.0, purpose.clone(), manifest.epoch);
        let outputs = self.outputs(self.state.matching.outputs.get(&epoch))?;
        let mut lookup = Lookup::new(outside, manifest.set, digest);
        if !outputs.is_empty() {
            self.each_own(false, &mut |one| {
                let stem = outputs.get(&Digest::of(&input(&one.identifier)).0);
                let stem = stem.filter(|_| !one.is_common).cloned();
                stem.map_or(Ok(()), |stem| lookup.add(one.identifier, stem))
            })?;
        }
        let hits = lookup.finish()?;
        let what = Step::SetCame {
            purpose: purpose.clone(),
            epoch: manifest.epoch,
            number: manifest.number,
            is_delta: manifest.is_delta,
            until: manifest.until,
            manifest: digest,
            set: manifest.set,
            message: number(message),
            hits,
        };
        self.record_set(partner, what)?;
        Ok(Ok(()))
    }

    /// Takes an answer to a query of ours.
    pub(super) fn take_answer(
        &mut self,
        outside: &MatchOutside,
        partner: AgencyId,
        answer: &Answer,
        message: MessageId,
    ) -> Result<Result<(), Code>, NodeError> {
        let session = number(MessageId(answer.session));
        let run = self.state.matching.runs.get(&session).cloned();
        let Some(run) = run.filter(|run| run.partner == partner.0) else {
            return Ok(Err("match_answer_unasked"));
        };
        if run.answered.contains(&answer.number) || answer.number >= run.batches {
            return Ok(Err("match_answer_unasked"));
        }
        let (outputs, hits) = match &answer.refused {
            Some(_) => (None, Vec::new()),
            None => match self.finish(outside, (&session, &run), answer)? {
                Ok((outputs, hits)) => (Some(outputs), hits),
                Err(code) => return Ok(Err(code)),
            },
        };
        let what = Step::Answered {
            session: session.clone(),
            number: answer.number,
            refused: answer.refused.clone(),
            left: answer.left,
            outputs,
            message: number(message),
            hits,
        };
        self.record("node", &[Event::Match { partner: partner.0, what }])?;
        Ok(Ok(()))
    }

    /// The outputs of a batch, kept with those before, and what the partner has of them.
    fn finish(
        &self,
        outside: &MatchOutside,
        (session, run): (&str, &Run),
        answer: &Answer,
    ) -> Result<Result<(Digest, Vec<Found>), Code>, NodeError> {
        let pair = (run.partner, run.purpose.clone());
        let all = self.state.matching.theirs.get(&pair).cloned().unwrap_or_default();
        let Some(theirs) = all.iter().find(|one| one.epoch == run.epoch) else {
            return Ok(Err("match_manifest_unknown"));
        };
        let seed = outside.secrets.secret(&session_secret(session))?;
        let batches = self.batches(&run.list)?.unwrap_or_default();
        let (Some(seed), Some(batch)) = (seed, batches.get(answer.number as usize)) else {
            return Ok(Err("match_session_lost"));
        };
        let Some(public) = self.key_of(theirs, batch)? else {
            return Ok(Err("match_manifest_unknown"));
        };
        let proof = answer.proof.as_slice().try_into().ok().and_then(Proof::parse);
        let Some(proof) = proof else { return Ok(Err("match_proof_false")) };
        let raised = Raised { elements: answer.elements(), proof };
        let inputs: Vec<Vec<u8>> = batch.identifiers.iter().map(input).collect();
        let (seed, number) = (Seed(seed), answer.number);
        let asking = Asking::resume(
            Mode::Voprf,
            inputs.len(),
            &batch.sent,
            (&seed, number),
            outside.threads,
        );
        let asking = asking.map_err(super::publish::engine)?;
        let Ok(outputs) = asking.finish(&inputs, &public, &raised, outside.threads) else {
            return Ok(Err("match_proof_false"));
        };
        let stems: Vec<Stem> = outputs.iter().map(|output| output.stem()).collect();
        let mut hits = Vec::new();
        for one in &all {
            if !self.is_here(outside, one)? {
                return Ok(Err("match_set_damaged"));
            }
            let mut lookup = Lookup::new(outside, one.set, one.manifest);
            for (identifier, stem) in batch.identifiers.iter().zip(&stems) {
                lookup.add(identifier.clone(), stem.clone())?;
            }
            hits.extend(lookup.finish()?);
        }
        let epoch = (run.partner, run.purpose.clone(), theirs.epoch);
        let before = self.state.matching.outputs.get(&epoch);
        let mut kept = self.outputs(before)?;
        kept.extend(inputs.iter().map(|input| Digest::of(input).0).zip(stems));
        Ok(Ok((self.keep_outputs(&kept, before)?, hits)))
    }

    /// Whether a partner's set is here: as it was kept, or once more out of the message that
    /// brought it, for a restored home has none and nothing would be found in silence.
    fn is_here(&self, outside: &MatchOutside, one: &Theirs) -> Result<bool, NodeError> {
        if outside.shelf.find(&one.set)?.is_some() {
            return Ok(true);
        }
        let exchange = self.exchange()?;
        let content = exchange.open(&exchange.find(&one.message)?)?;
        let file = content.attachments.first().filter(|file| file.sha256 == one.set);
        file.map_or(Ok(false), |file| self.keep_set(outside, file, &|_| true))
    }

    /// Opens a set that came into a file, and keeps it where it is one and fits; whether it is.
    fn keep_set(
        &self,
        outside: &MatchOutside,
        file: &Attachment,
        fits: &dyn Fn(&Set<'_>) -> bool,
    ) -> Result<bool, NodeError> {
        if file.size > MAX_SET_BYTES {
            return Ok(false);
        }
        let room = |error: PortError| no_room(error.into());
        let mut draft = outside.shelf.draft().map_err(room)?;
        // By its digest it is then the one that the message names.
        let opened = self.exchange()?.open_file(file, &mut *draft);
        opened.map_err(|error| no_room(error.into()))?;
        let bytes = draft.bytes().map_err(room)?;
        let is_set = Set::parse((*bytes).as_ref()).is_ok_and(|set| fits(&set));
        drop(bytes);
        if is_set {
            draft.keep(&file.sha256).map_err(room)?;
        }
        Ok(is_set)
    }

    /// The public key of a batch's kind, out of the manifest as it was signed.
    fn key_of(&self, theirs: &Theirs, batch: &Batch) -> Result<Option<Element>, NodeError> {
        let exchange = self.exchange()?;
        let content = exchange.open(&exchange.find(&theirs.message)?)?;
        let manifest = Manifest::parse(&content.body).ok();
        let key = manifest.and_then(|manifest| manifest.key(batch.kind).copied());
        Ok(key.and_then(|key| Element::parse(&key)))
    }
}

impl Found {
    pub(super) fn new(identifier: Identifier, handle: &[u8; 8], manifest: Digest) -> Found {
        Found { identifier, handle: hexadecimal(handle), manifest }
    }
}

/// A handle as people see it.
pub(super) fn hexadecimal(handle: &[u8; 8]) -> String {
    handle.iter().map(|byte| format!("{byte:02x}")).collect()
}
