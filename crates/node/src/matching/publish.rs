//! Publishing: what this node knows becomes a set that a partner may ask about, and nothing can be
//! read out of.
//!
//! A whole set is made once a week, between them one of what is new once a day: more often would
//! tell when each case arrived. All kinds have a key each, whether anything of them is known or
//! not.

use envelope::attachment::Attachment;
use envelope::card::AgencyId;
use envelope::envelope::MessageId;
use envelope::matching::{KindKey, MANIFEST, Manifest, Terms, Wish, body};
use model::digest::Digest;
use model::identifier::{Identifier, Kind};
use model::time::Timestamp;
use psi::input::input;
use psi::key::{Key, MAX_BATCH};
use psi::output::handle;
use psi::set::{Builder, Entry};
use psi::size::bucket;
use psi::suite::Mode;
use tlog::frontier::Frontier;
use tlog::merkle;

use super::evaluate::answer_id;
use super::kept::{Listed, listed};
use super::step::Step;
use super::{Code, MatchOutside, later, name, within};
use crate::error::NodeError;
use crate::event::Event;
use crate::exchange::hexadecimal;
use crate::node::Node;
use crate::port::PortError;

/// An epoch has so many days; then the key is destroyed.
const EPOCH_DAYS: i64 = 180;
/// A whole set is made anew after so many days.
const BASE_DAYS: i64 = 7;
/// What is new is published after so many days.
const DELTA_DAYS: i64 = 1;
/// What the set's file is called.
const FILE: &str = "set.lkm";

/// A publication that is about to be made.
struct Plan {
    epoch: u32,
    number: u32,
    until: Timestamp,
    is_delta: bool,
    secret: [u8; 32],
    /// What goes into the set.
    fresh: Vec<Identifier>,
    /// What this epoch has published then.
    list: Listed,
}

/// The name of an epoch's secret.
pub(super) fn epoch_secret(partner: AgencyId, purpose: &str, epoch: u32) -> Digest {
    name(&[b"epoch", &partner.0.0, purpose.as_bytes(), &epoch.to_be_bytes()])
}

/// The key of a kind in an epoch.
pub(super) fn kind_key(secret: &[u8; 32], kind: Kind) -> Result<Key, NodeError> {
    Key::derive(Mode::Voprf, secret, kind.as_str().as_bytes()).map_err(engine)
}

/// What the log says of a publication.
fn step(
    manifest: &Manifest,
    body: &[u8],
    (identifiers, list): (usize, Digest),
    wish: MessageId,
) -> Step {
    Step::Published {
        purpose: manifest.terms.purpose.clone(),
        basis: manifest.terms.basis.clone(),
        epoch: manifest.epoch,
        number: manifest.number,
        is_delta: manifest.is_delta,
        until: manifest.until,
        identifiers: identifiers as u64,
        size: manifest.size,
        root: manifest.root,
        manifest: Digest::of(body),
        list,
        wish: hexadecimal(wish),
    }
}

/// What an engine refuses although this node made it.
pub(super) fn engine(error: impl std::fmt::Display) -> NodeError {
    let (operation, object) = ("match", "what this node made itself".to_owned());
    PortError { operation, object, cause: error.to_string() }.into()
}

impl Node {
    /// Publishes for a partner that wishes it, or says why not.
    pub(super) fn publish(
        &mut self,
        outside: &MatchOutside,
        partner: AgencyId,
        wish: &Wish,
        message: MessageId,
    ) -> Result<Result<(), Code>, NodeError> {
        let Terms { purpose, basis, agreement } = &wish.terms;
        let own = model::agreement::digest();
        if *agreement != own {
            return Ok(Err("match_differs"));
        }
        if !self.state.matching.is_allowed(partner.0, purpose) {
            return Ok(Err("match_purpose_closed"));
        }
        if self.is_published(partner, message, answer_id(partner, message))? {
            return Ok(Ok(()));
        }
        let plan = match self.plan(outside, partner, purpose)? {
            Ok(plan) => plan,
            Err(code) => return Ok(Err(code)),
        };
        let (bytes, size, root) = self.set(outside, &plan)?;
        let exchange = self.exchange()?.clone();
        let attachment: Attachment = exchange.seal_file(FILE, &mut bytes.as_slice())?;
        let keys = Kind::all().map(|kind| {
            let key = *kind_key(&plan.secret, kind)?.public().bytes();
            Ok(KindKey { kind, key })
        });
        let manifest = Manifest {
            terms: Terms { purpose: purpose.clone(), basis: basis.clone(), agreement: own },
            epoch: plan.epoch,
            number: plan.number,
            is_delta: plan.is_delta,
            until: plan.until,
            keys: keys.collect::<Result<_, NodeError>>()?,
            size,
            root,
            set: Digest::of(&bytes),
        };
        let body = body(&manifest);
        let list = self.keep_listed(&plan.list)?;
        let step = step(&manifest, &body, (plan.fresh.len(), list), message);
        let outgoing = self.outgoing(&manifest.terms, MANIFEST, body, vec![attachment])?;
        self.send_once(answer_id(partner, message), partner, Some(message), outgoing)?;
        self.record("node", &[Event::Match { partner: partner.0, what: step }])?;
        Ok(Ok(()))
    }

    /// Whether a wish was answered before this node was stopped: then what went is recorded. What
    /// was in it is published once more with the next set, for that is not known any more.
    fn is_published(
        &mut self,
        partner: AgencyId,
        wish: MessageId,
        id: MessageId,
    ) -> Result<bool, NodeError> {
        let exchange = self.exchange()?.clone();
        let Some(row) = exchange.sent(&[id])?.pop().filter(|row| row.kind == MANIFEST) else {
            return Ok(false);
        };
        let body = exchange.open(&row)?.body;
        let manifest = Manifest::parse(&body).map_err(engine)?;
        let list = self.keep_listed(&Listed::new())?;
        let step = step(&manifest, &body, (0, list), wish);
        self.record("node", &[Event::Match { partner: partner.0, what: step }])?;
        Ok(true)
    }

    fn plan(
        &self,
        outside: &MatchOutside,
        partner: AgencyId,
        purpose: &str,
    ) -> Result<Result<Plan, Code>, NodeError> {
        let now = self.ports.clock.now();
        let own = self.own_identifiers(true)?.identifiers.into_keys().collect::<Vec<_>>();
        let digests: Vec<_> = own.iter().map(|one| listed(&input(one))).collect();
        let known = self.state.matching.own.get(&(partner.0, purpose.to_owned()));
        if let Some(known) = known.filter(|known| known.until > now) {
            let secret = outside.secrets.secret(&epoch_secret(partner, purpose, known.epoch))?;
            let before = self.listed(&known.list)?;
            if let (Some(secret), Some(before)) = (secret, before) {
                let is_delta = within(BASE_DAYS, known.base_at, now);
                if within(DELTA_DAYS, known.at, now) {
                    return Ok(Err("match_published_lately"));
                }
                let both = own.into_iter().zip(&digests);
                let fresh = both.filter(|(_, digest)| !is_delta || !before.contains(*digest));
                let fresh: Vec<Identifier> = fresh.map(|(one, _)| one).collect();
                if is_delta && fresh.is_empty() {
                    return Ok(Err("match_nothing_new"));
                }
                let kept = before.into_iter().filter(|_| is_delta);
                let list = kept.chain(digests).collect();
                let (epoch, number, until) = (known.epoch, known.number + 1, known.until);
                return Ok(Ok(Plan { epoch, number, until, is_delta, secret, fresh, list }));
            }
        }
        let epoch = known.map_or(1, |known| known.epoch + 1);
        let name = epoch_secret(partner, purpose, epoch);
        let secret = match outside.secrets.secret(&name)? {
            // Made before this node was stopped, and perhaps used.
            Some(secret) => secret,
            None => {
                let mut secret = [0; 32];
                outside.random.fill(&mut secret)?;
                outside.secrets.keep_secret(&name, &secret)?;
                secret
            }
        };
        if let Some(known) = known {
            outside.secrets.destroy_secret(&epoch_secret(partner, purpose, known.epoch))?;
        }
        let (until, list) = (later(EPOCH_DAYS, now), digests.into_iter().collect());
        Ok(Ok(Plan { epoch, number: 1, until, is_delta: false, secret, fresh: own, list }))
    }

    /// The set's bytes, how many entries it has, and the root over them.
    fn set(
        &self,
        outside: &MatchOutside,
        plan: &Plan,
    ) -> Result<(Vec<u8>, u64, Digest), NodeError> {
        let mut builder = Builder::for_about(bucket(plan.fresh.len() as u64));
        for kind in Kind::all() {
            let key = kind_key(&plan.secret, kind)?;
            let of_kind = plan.fresh.iter().filter(|one| one.kind() == kind);
            let inputs: Vec<Vec<u8>> = of_kind.map(input).collect();
            for batch in inputs.chunks(MAX_BATCH) {
                let outputs = key.outputs(batch, outside.threads).map_err(engine)?;
                for (input, output) in batch.iter().zip(outputs) {
                    builder.put(Entry::new(&output.stem(), handle(&plan.secret, input)));
                }
            }
        }
        let count = builder.count();
        for _ in count..bucket(count) {
            let mut random = [0; 32];
            outside.random.fill(&mut random)?;
            builder.put(Entry::filler(&random));
        }
        let size = builder.count();
        let mut frontier = Frontier::default();
        for entry in builder.entries() {
            frontier.add(merkle::leaf(&entry.bytes()));
        }
        Ok((builder.build().map_err(engine)?, size, frontier.root()))
    }
}
