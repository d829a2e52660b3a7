//! Publishing: what this node knows becomes a set that a partner may ask about, and nothing can be
//! read out of.
//!
//! A whole set is made once a week, between them one of what is new once a day: more often would
//! tell when each case arrived. All kinds have a key each, whether anything of them is known or
//! not.

use std::io::Read;

use envelope::attachment::Attachment;
use envelope::card::AgencyId;
use envelope::envelope::MessageId;
use envelope::matching::{KindKey, MANIFEST, Manifest, Terms, Wish, body};
use model::digest::Digest;
use model::identifier::Kind;
use model::time::Timestamp;
use psi::key::Key;
use psi::suite::Mode;

use super::evaluate::answer_id;
use super::making::{Gathered, Making};
use super::step::Step;
use super::{Code, Listed, MatchOutside, later, name, within};
use crate::error::NodeError;
use crate::exchange::{ExchangeError, hexadecimal};
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
    secret: [u8; 32],
    /// What this epoch has published before, where only what is new goes into the set.
    before: Option<Listed>,
}

/// A set that was made and sealed.
struct Sealed {
    attachment: Attachment,
    /// How many entries it has, and the root over them.
    size: u64,
    root: Digest,
    /// How many identifiers of ours are in it.
    fresh: u64,
    /// The list of what this epoch has published then.
    list: Digest,
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
    (identifiers, list): (u64, Digest),
    wish: MessageId,
) -> Step {
    Step::Published {
        purpose: manifest.terms.purpose.clone(),
        basis: manifest.terms.basis.clone(),
        epoch: manifest.epoch,
        number: manifest.number,
        is_delta: manifest.is_delta,
        until: manifest.until,
        identifiers,
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

/// What cannot be kept aside makes one set wait, and does not end all.
pub(super) fn no_room(error: NodeError) -> NodeError {
    match error {
        NodeError::Port(error) | NodeError::Exchange(ExchangeError::Port(error)) => {
            NodeError::MatchNoRoom(error)
        }
        other => other,
    }
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
        // Before anything is made that cannot be sent.
        let exchange = self.exchange()?.clone();
        exchange.check(partner, &self.outgoing(&wish.terms, MANIFEST, Vec::new(), Vec::new())?)?;
        let plan = match self.plan(outside, partner, purpose)? {
            Ok(plan) => plan,
            Err(code) => return Ok(Err(code)),
        };
        let is_delta = plan.before.is_some();
        let Some(set) = self.make(outside, &plan.secret, plan.before)? else {
            return Ok(Err("match_nothing_new"));
        };
        let Sealed { attachment, size, root, fresh, list } = set;
        let keys = Kind::all().map(|kind| {
            let key = *kind_key(&plan.secret, kind)?.public().bytes();
            Ok(KindKey { kind, key })
        });
        let manifest = Manifest {
            terms: Terms { purpose: purpose.clone(), basis: basis.clone(), agreement: own },
            epoch: plan.epoch,
            number: plan.number,
            is_delta,
            until: plan.until,
            keys: keys.collect::<Result<_, NodeError>>()?,
            size,
            root,
            set: attachment.sha256,
        };
        let body = body(&manifest);
        let step = step(&manifest, &body, (fresh, list), message);
        let blob = attachment.blob;
        let outgoing = self.outgoing(&manifest.terms, MANIFEST, body, vec![attachment])?;
        let id = answer_id(partner, message);
        if let Err(error) = self.send_once(id, partner, Some(message), outgoing) {
            // The next turn seals it anew; if this fails too, one file lies there for nothing.
            let _ = exchange.drop_blobs(&[blob]);
            return Err(error);
        }
        self.record_set(partner, step)?;
        Ok(Ok(()))
    }

    /// Makes a set of what is known, and seals it; `None` where nothing is new since `before`.
    fn make(
        &self,
        outside: &MatchOutside,
        secret: &[u8; 32],
        before: Option<Listed>,
    ) -> Result<Option<Sealed>, NodeError> {
        let exchange = self.exchange()?;
        let mut known = Gathered::new(outside).map_err(no_room)?;
        self.each_own(true, &mut |one| match one.is_common {
            true => Ok(()),
            false => known.add(&one.identifier).map_err(no_room),
        })?;
        let is_delta = before.is_some();
        let mut making = Making::new(outside, secret).map_err(no_room)?;
        let fresh = making.take(known, before).map_err(no_room)?;
        if is_delta && fresh == 0 {
            return Ok(None);
        }
        let made = making.finish().map_err(no_room)?;
        let (size, root) = (made.size, made.root);
        let seal = |set: &mut dyn Read| Ok(exchange.seal_file(FILE, set)?);
        let (attachment, list) = made.keep(seal).map_err(no_room)?;
        Ok(Some(Sealed { attachment, size, root, fresh, list }))
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
        let list = self.keep(&[])?;
        self.record_set(partner, step(&manifest, &body, (0, list), wish))?;
        Ok(true)
    }

    fn plan(
        &self,
        outside: &MatchOutside,
        partner: AgencyId,
        purpose: &str,
    ) -> Result<Result<Plan, Code>, NodeError> {
        let now = self.ports.clock.now();
        let known = self.state.matching.own.get(&(partner.0, purpose.to_owned()));
        if let Some(known) = known.filter(|known| known.until > now) {
            let secret = outside.secrets.secret(&epoch_secret(partner, purpose, known.epoch))?;
            let before = self.listed(&known.list)?;
            if let (Some(secret), Some(before)) = (secret, before) {
                if within(DELTA_DAYS, known.at, now) {
                    return Ok(Err("match_published_lately"));
                }
                let before = within(BASE_DAYS, known.base_at, now).then_some(before);
                let (epoch, number, until) = (known.epoch, known.number + 1, known.until);
                return Ok(Ok(Plan { epoch, number, until, secret, before }));
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
        let until = later(EPOCH_DAYS, now);
        Ok(Ok(Plan { epoch, number: 1, until, secret, before: None }))
    }
}
