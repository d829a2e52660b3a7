//! Asking: a partner is wished to publish, and asked about what this node knows and has not asked
//! about yet in this epoch.

use std::collections::{BTreeMap, BTreeSet};

use envelope::attachment::Attachment;
use envelope::card::AgencyId;
use envelope::envelope::MessageId;
use envelope::matching::{MAX_BATCHES, QUERY, Query, Terms, WISH, Wish, are_words, body};
use model::digest::Digest;
use model::identifier::{Identifier, Kind};
use psi::asking::{Asking, Seed};
use psi::input::input;
use psi::key::MAX_BATCH;
use psi::size::bucket;
use psi::suite::Mode;
use tlog::frontier::Frontier;
use tlog::merkle;

use super::budget::USUAL_PURPOSE;
use super::kept::Batch;
use super::publish::engine;
use super::record::Theirs;
use super::step::Step;
use super::{MatchOutside, name, within};
use crate::answer::{RunAnswer, Runs};
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::Event;
use crate::exchange::{Outgoing, hexadecimal};
use crate::messages::HandlingWords;
use crate::node::Node;

/// A publication is wished for again after so many days.
const WISH_DAYS: i64 = 1;
/// What travels for MATCH is destroyed by its receiver after so many days.
const KEPT_DAYS: i64 = 30;
/// What was asked can be opened for so many days.
const OPENED_DAYS: i64 = 365;
/// The basis where none is named.
const NO_BASIS: &str = "agencies' agreement";

/// What is going to be asked about, by kind.
type Kinds = BTreeMap<Kind, BTreeSet<Identifier>>;

/// What is asked for, and on what legal basis.
#[derive(Debug, Clone, Default)]
pub struct Purpose {
    /// In words; the usual one where it is left out.
    pub purpose: Option<String>,
    /// The basis, by its id.
    pub basis: Option<String>,
}

impl Purpose {
    fn terms(&self) -> Result<Terms, NodeError> {
        let word = |said: &Option<String>, usual: &str| {
            let word = said.as_deref().unwrap_or(usual).trim().to_owned();
            if are_words(&word) { Ok(word) } else { Err(NodeError::BadPurpose(word)) }
        };
        let purpose = word(&self.purpose, USUAL_PURPOSE)?;
        Ok(Terms { basis: word(&self.basis, NO_BASIS)?, ..plain_terms(&purpose) })
    }
}

/// Terms without a basis of their own.
pub(super) fn plain_terms(purpose: &str) -> Terms {
    let (purpose, basis) = (purpose.to_owned(), NO_BASIS.to_owned());
    Terms { purpose, basis, agreement: model::agreement::digest() }
}

impl Node {
    /// Opens MATCH, with the node's secrets; needed before anything of it is done.
    pub fn open_matching(&mut self, outside: MatchOutside) {
        self.matching = Some(outside);
    }

    pub(super) fn match_outside(&self) -> Result<MatchOutside, NodeError> {
        self.matching.clone().ok_or(NodeError::KeysClosed)
    }

    /// Begins to match with a partner, or goes on: what can be asked now is asked.
    pub fn begin_match(
        &mut self,
        by: &str,
        partner: AgencyId,
        purpose: &Purpose,
    ) -> Result<RunAnswer, NodeError> {
        self.allow(by, Duty::Work)?;
        let terms = purpose.terms()?;
        self.exchange()?.book().active(partner)?;
        self.wish(by, partner, &terms)?;
        self.ask(by, partner, &terms)?;
        self.run(partner, purpose)
    }

    /// How a match with a partner stands.
    pub fn run(&self, partner: AgencyId, purpose: &Purpose) -> Result<RunAnswer, NodeError> {
        let terms = purpose.terms()?;
        let book = self.exchange()?.book();
        let name = book.partners.get(&partner).map(|one| one.card.card().agency.clone());
        let pair = (partner.0, terms.purpose.clone());
        let all = self.state.matching.runs.iter();
        let runs = all.filter(|(_, run)| (run.partner, &run.purpose) == (pair.0, &pair.1));
        let newest = runs.max_by_key(|(_, run)| run.order);
        let session = newest.map(|(session, _)| session.clone());
        let newest = newest.map(|(_, run)| run);
        let theirs = self.newest(&pair);
        let refused = self.state.matching.refused.get(&pair).cloned();
        let wished = self.state.matching.wished.get(&pair);
        let state = match (newest, &theirs) {
            (Some(run), _) if !run.is_over() => "asked",
            (Some(run), _) if run.refused.is_some() => "refused",
            (_, None) if refused.is_some() => "refused",
            (_, None) => "asked",
            // What was wished for since may still come.
            (_, Some(set)) if refused.is_none() && wished.is_some_and(|(at, _)| *at > set.at) => {
                "asked"
            }
            (_, Some(_)) => "done",
        };
        let code = newest.and_then(|run| run.refused.clone()).or(refused);
        Ok(RunAnswer {
            partner: name.unwrap_or_else(|| partner.0.to_string()),
            purpose: terms.purpose,
            state,
            session,
            queried: newest.map_or(0, |run| run.asked),
            suppressed: newest.map_or(0, |run| run.suppressed),
            budget_left: newest.and_then(|run| run.left),
            hits: self.state.matching.hits.values().filter(|h| h.partner == partner.0).count(),
            code: code.filter(|_| state == "refused"),
        })
    }

    /// How matches with several partners stand.
    pub fn runs(&self, partners: &[AgencyId], purpose: &Purpose) -> Result<Runs, NodeError> {
        let runs = partners.iter().map(|partner| self.run(*partner, purpose));
        Ok(Runs { runs: runs.collect::<Result<_, _>>()? })
    }

    fn newest(&self, pair: &(Digest, String)) -> Option<Theirs> {
        let now = self.ports.clock.now();
        let theirs = self.state.matching.theirs.get(pair).and_then(|all| all.last());
        theirs.filter(|one| one.until > now).cloned()
    }

    /// Wishes for a publication, at most once a day.
    fn wish(&mut self, by: &str, partner: AgencyId, terms: &Terms) -> Result<(), NodeError> {
        let pair = (partner.0, terms.purpose.clone());
        let now = self.ports.clock.now();
        let was_refused = self.state.matching.refused.contains_key(&pair);
        let wished = self.state.matching.wished.get(&pair);
        if wished.is_some_and(|(at, _)| within(WISH_DAYS, *at, now)) && !was_refused {
            return Ok(());
        }
        let exchange = self.exchange()?.clone();
        let outgoing =
            self.outgoing(terms, WISH, body(&Wish { terms: terms.clone() }), Vec::new())?;
        let id = exchange.new_id()?;
        exchange.send(id, partner, outgoing)?;
        let (purpose, basis) = (terms.purpose.clone(), terms.basis.clone());
        let what = Step::Wished { purpose, basis, message: hexadecimal(id) };
        self.record(by, &[Event::Match { partner: partner.0, what }])
    }

    /// Asks about what was not asked about, where the partner has published and answered all.
    pub(super) fn ask(
        &mut self,
        by: &str,
        partner: AgencyId,
        terms: &Terms,
    ) -> Result<(), NodeError> {
        let outside = self.match_outside()?;
        let pair = (partner.0, terms.purpose.clone());
        let Some(theirs) = self.newest(&pair) else { return Ok(()) };
        if self.is_asking(&outside, &pair, theirs.epoch)? {
            return self.send_queries(partner, terms);
        }
        let epoch = (partner.0, terms.purpose.clone(), theirs.epoch);
        let known = self.outputs(self.state.matching.outputs.get(&epoch))?;
        let (mut kinds, mut common) = (Kinds::new(), BTreeSet::new());
        self.each_own(false, &mut |one| {
            if one.is_common {
                common.insert(one.identifier);
            } else if !known.contains_key(&Digest::of(&input(&one.identifier)).0) {
                kinds.entry(one.identifier.kind()).or_default().insert(one.identifier);
            }
            Ok(())
        })?;
        let suppressed = common.len() as u64;
        if kinds.is_empty() {
            return Ok(());
        }
        let mut session = [0; 16];
        outside.random.fill(&mut session)?;
        let mut seed = [0; 32];
        outside.random.fill(&mut seed)?;
        let id = hexadecimal(MessageId(session));
        outside.secrets.keep_secret(&session_secret(&id), &seed)?;
        let counts = kinds.iter().map(|(kind, all)| (*kind, all.len() as u64)).collect();
        let batches = blinded(kinds, &Seed(seed), outside.threads)?;
        let list = self.keep_batches(&batches)?;
        let what = Step::Asked {
            purpose: terms.purpose.clone(),
            basis: terms.basis.clone(),
            session: id,
            manifest: theirs.manifest,
            epoch: theirs.epoch,
            batches: u32::try_from(batches.len()).unwrap_or(MAX_BATCHES),
            counts,
            commitment: commitment(&batches, &seed),
            list,
            suppressed,
        };
        self.record(by, &[Event::Match { partner: partner.0, what }])?;
        self.send_queries(partner, terms)
    }

    /// Whether a run is under way whose answers can still be read: what was asked may be lost with
    /// a restored home, and a partner may never answer.
    fn is_asking(
        &self,
        outside: &MatchOutside,
        pair: &(Digest, String),
        epoch: u32,
    ) -> Result<bool, NodeError> {
        let now = self.ports.clock.now();
        for (session, run) in &self.state.matching.runs {
            let is_mine = (run.partner, &run.purpose) == (pair.0, &pair.1) && run.epoch == epoch;
            if is_mine && !run.is_over() && within(KEPT_DAYS, run.at, now) {
                let seed = outside.secrets.secret(&session_secret(session))?;
                if seed.is_some() && self.batches(&run.list)?.is_some() {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Sends the queries of the runs that are not over and were not sent yet.
    fn send_queries(&mut self, partner: AgencyId, terms: &Terms) -> Result<(), NodeError> {
        let outside = self.match_outside()?;
        let runs = self.state.matching.runs.clone();
        let runs = runs.into_iter().filter(|(_, run)| {
            !run.is_over() && (run.partner, &run.purpose) == (partner.0, &terms.purpose)
        });
        for (session, run) in runs {
            let seed = outside.secrets.secret(&session_secret(&session))?;
            let (Some(seed), Some(batches)) = (seed, self.batches(&run.list)?) else { continue };
            let commitment = commitment(&batches, &seed);
            for (number, batch) in (0..run.batches).zip(&batches) {
                let query = Query {
                    terms: terms.clone(),
                    session: crate::exchange::number(&session).unwrap_or_default(),
                    number,
                    batches: run.batches,
                    manifest: run.manifest,
                    kind: batch.kind,
                    commitment,
                    elements: batch.sent.concat(),
                };
                let outgoing = self.outgoing(terms, QUERY, body(&query), Vec::new())?;
                let id = query_id(partner, &session, number);
                self.send_once(id, partner, None, outgoing)?;
            }
        }
        Ok(())
    }

    /// Forgets what was asked long ago: until then it can be opened for an oversight body, as the
    /// commitments promise.
    pub(crate) fn forget_sessions(&self) -> Result<(), NodeError> {
        let Some(outside) = &self.matching else { return Ok(()) };
        let now = self.ports.clock.now();
        let runs = self.state.matching.runs.iter();
        for (session, run) in runs.filter(|(_, run)| !within(OPENED_DAYS, run.at, now)) {
            outside.secrets.destroy_secret(&session_secret(session))?;
            outside.shelf.remove(&run.list)?;
        }
        Ok(())
    }

    /// A message of MATCH.
    pub(super) fn outgoing(
        &self,
        terms: &Terms,
        kind: &str,
        body: Vec<u8>,
        attachments: Vec<Attachment>,
    ) -> Result<Outgoing, NodeError> {
        let now = self.ports.clock.now();
        let words = HandlingWords {
            purpose: terms.purpose.clone(),
            basis: terms.basis.clone(),
            limits: vec!["H0".to_owned(), "H2".to_owned()],
            ..HandlingWords::default()
        };
        let mut handling = words.read(now)?;
        handling.retain_until = Some(super::later(KEPT_DAYS, now));
        let (kind, in_reply_to, due) = (kind.to_owned(), None, None);
        Ok(Outgoing { kind, handling, body, in_reply_to, due, attachments })
    }

    /// Sends a message under a number that it has for good: once, however often this is called.
    pub(super) fn send_once(
        &self,
        id: MessageId,
        to: AgencyId,
        in_reply_to: Option<MessageId>,
        outgoing: Outgoing,
    ) -> Result<(), NodeError> {
        let exchange = self.exchange()?;
        if exchange.sent(&[id])?.is_empty() {
            exchange.send(id, to, Outgoing { in_reply_to, ..outgoing })?;
        }
        Ok(())
    }
}

/// All identifiers in batches of one kind each, blinded.
fn blinded(kinds: Kinds, seed: &Seed, threads: usize) -> Result<Vec<Batch>, NodeError> {
    let mut batches = Vec::new();
    for (kind, all) in kinds {
        let mut all = all.into_iter();
        loop {
            let identifiers: Vec<Identifier> = all.by_ref().take(MAX_BATCH).collect();
            if identifiers.is_empty() {
                break;
            }
            let inputs: Vec<Vec<u8>> = identifiers.iter().map(input).collect();
            let size = bucket(identifiers.len() as u64) as usize;
            let number = u32::try_from(batches.len()).unwrap_or(MAX_BATCHES);
            let asking = Asking::blind(Mode::Voprf, &inputs, size, (seed, number), threads);
            let sent = asking.map_err(engine)?.elements().copied().collect();
            batches.push(Batch { kind, identifiers, sent });
        }
    }
    Ok(batches)
}

/// The root over a session's own identifiers, each with a salt that nobody guesses.
fn commitment(batches: &[Batch], seed: &[u8; 32]) -> Digest {
    let mut frontier = Frontier::default();
    for identifier in batches.iter().flat_map(|batch| &batch.identifiers) {
        let input = input(identifier);
        let salt = name(&[b"salt", seed, &input]).0;
        frontier.add(merkle::leaf(&[salt.as_slice(), &input].concat()));
    }
    frontier.root()
}

/// The name of a session's seed.
pub(super) fn session_secret(session: &str) -> Digest {
    name(&[b"session", session.as_bytes()])
}

/// The number of a query's message.
pub(super) fn query_id(partner: AgencyId, session: &str, number: u32) -> MessageId {
    let digest = name(&[b"query", &partner.0.0, session.as_bytes(), &number.to_be_bytes()]).0;
    MessageId(std::array::from_fn(|place| digest[place]))
}
