//! Answering a query: everything is looked at first, and nothing is raised beyond the budget.

use envelope::card::AgencyId;
use envelope::envelope::MessageId;
use envelope::matching::{ANSWER, Answer, Query, body};
use model::digest::Digest;
use psi::element::Element;

use super::publish::{engine, epoch_secret, kind_key};
use super::record::Session;
use super::step::Step;
use super::{Code, MatchOutside, name};
use crate::error::NodeError;
use crate::event::Event;
use crate::exchange::hexadecimal;
use crate::node::Node;

/// A query as it came.
pub(super) struct Came<'c> {
    pub(super) partner: AgencyId,
    pub(super) query: &'c Query,
    /// The digest of its body.
    pub(super) digest: Digest,
    pub(super) message: MessageId,
}

impl Node {
    /// Answers a query, or says why not.
    pub(super) fn evaluate(
        &mut self,
        outside: &MatchOutside,
        came: &Came<'_>,
    ) -> Result<Result<(), Code>, NodeError> {
        let Came { partner, query, digest, message } = came;
        let (purpose, session) = (&query.terms.purpose, hexadecimal(MessageId(query.session)));
        let (secret, left) = match self.grant(outside, *partner, query, *digest, &session)? {
            Ok(permitted) => permitted,
            Err(code) => return Ok(Err(code)),
        };
        let elements = query.elements();
        let Ok(asked) = Element::parse_all(&elements, outside.threads) else {
            return Ok(Err("match_element_bad"));
        };
        let key = kind_key(&secret, query.kind)?;
        let answer = key.answer(&asked, &key.nonce(&digest.0), outside.threads);
        let answer = answer.map_err(engine)?;
        let told = Answer {
            session: query.session,
            number: query.number,
            query: *digest,
            refused: None,
            elements: answer.elements.concat(),
            proof: answer.proof.bytes().to_vec(),
            left,
        };
        self.reply(*partner, came, &told)?;
        let known = self.state.matching.sessions.get(&(partner.0, session.clone()));
        // What was raised before this node was stopped is not counted again.
        if known.is_none_or(|known| !known.raised.contains_key(&query.number)) {
            let step = Step::Evaluated {
                purpose: purpose.clone(),
                kind: query.kind,
                session,
                number: query.number,
                batches: query.batches,
                elements: elements.len() as u64,
                commitment: query.commitment,
                query: *digest,
                message: hexadecimal(*message),
            };
            self.record("node", &[Event::Match { partner: partner.0, what: step }])?;
        }
        Ok(Ok(()))
    }

    /// The secret for a query, and how much is left of the budget after it.
    fn grant(
        &self,
        outside: &MatchOutside,
        partner: AgencyId,
        query: &Query,
        digest: Digest,
        session: &str,
    ) -> Result<Result<([u8; 32], u64), Code>, NodeError> {
        let (now, purpose) = (self.ports.clock.now(), &query.terms.purpose);
        if query.terms.agreement != model::agreement::digest() {
            return Ok(Err("match_differs"));
        }
        let own = self.state.matching.own.get(&(partner.0, purpose.clone()));
        let Some(own) = own.filter(|own| own.manifests.contains(&query.manifest)) else {
            return Ok(Err("match_manifest_unknown"));
        };
        if own.until <= now {
            return Ok(Err("match_epoch_over"));
        }
        let name = epoch_secret(partner, purpose, own.epoch);
        let Some(secret) = outside.secrets.secret(&name)? else {
            return Ok(Err("match_epoch_over"));
        };
        let known = self.state.matching.sessions.get(&(partner.0, session.to_owned()));
        let is_again = match known.map(|known| fits(known, query, digest)) {
            Some(Err(code)) => return Ok(Err(code)),
            Some(Ok(is_again)) => is_again,
            None => false,
        };
        let limit = self.state.matching.limit(partner.0, purpose, query.kind);
        let spent = self.state.matching.spent(partner.0, purpose, query.kind, now);
        let count = if is_again { 0 } else { query.elements().len() as u64 };
        match limit.checked_sub(spent.saturating_add(count)) {
            Some(left) => Ok(Ok((secret, left))),
            None if is_again => Ok(Ok((secret, 0))),
            None => Ok(Err("match_budget_spent")),
        }
    }

    /// Says why a query, or a wish, is not answered.
    pub(super) fn refuse(
        &mut self,
        query: Option<&Query>,
        partner: AgencyId,
        (purpose, digest, message): (&str, Digest, MessageId),
        code: Code,
    ) -> Result<(), NodeError> {
        let now = self.ports.clock.now();
        let left = query.map_or(0, |query| {
            let matching = &self.state.matching;
            let limit = matching.limit(partner.0, purpose, query.kind);
            limit.saturating_sub(matching.spent(partner.0, purpose, query.kind, now))
        });
        let told = Answer {
            session: query.map_or([0; 16], |query| query.session),
            number: query.map_or(0, |query| query.number),
            query: digest,
            refused: Some(code.to_owned()),
            elements: Vec::new(),
            proof: Vec::new(),
            left,
        };
        let terms = query.map(|query| query.terms.clone());
        let terms = terms.unwrap_or_else(|| super::ask::plain_terms(purpose));
        let outgoing = self.outgoing(&terms, ANSWER, body(&told), Vec::new())?;
        self.send_once(answer_id(partner, message), partner, Some(message), outgoing)?;
        let (purpose, code) = (purpose.to_owned(), code.to_owned());
        let what = Step::Refused { purpose, code, message: hexadecimal(message) };
        self.record("node", &[Event::Match { partner: partner.0, what }])
    }

    fn reply(&self, partner: AgencyId, came: &Came<'_>, told: &Answer) -> Result<(), NodeError> {
        let outgoing = self.outgoing(&came.query.terms, ANSWER, body(told), Vec::new())?;
        let id = answer_id(partner, came.message);
        self.send_once(id, partner, Some(came.message), outgoing)
    }
}

/// Whether a query belongs to its session, and whether it was raised before; else a code.
fn fits(known: &Session, query: &Query, digest: Digest) -> Result<bool, Code> {
    let is_same = known.purpose == query.terms.purpose
        && known.batches == query.batches
        && known.commitment == query.commitment;
    match known.raised.get(&query.number) {
        _ if !is_same => Err("match_session_changed"),
        Some(raised) if *raised != digest => Err("match_replayed"),
        Some(_) => Ok(true),
        None => Ok(false),
    }
}

/// The number of the answer to a message: there is one, however often this node is stopped while it
/// makes it.
pub(super) fn answer_id(partner: AgencyId, message: MessageId) -> MessageId {
    let digest = name(&[b"answer", &partner.0.0, &message.0]).0;
    MessageId(std::array::from_fn(|place| digest[place]))
}
