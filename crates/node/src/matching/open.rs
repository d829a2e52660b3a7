//! Opening: what a session asked about is shown in part to the body that oversees this agency,
//! which can so see that nothing was asked but what stood in its cases. Which part, that body says.
//!
//! A run commits to all its identifiers before it asks (`ask`). Shown are identifiers that were no
//! hits, each with its salt, its path to the commitment, and its blind, by which it is the element
//! that the partner's record holds. It is done outside MATCH, by two officers, and the partner
//! learns nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use model::digest::Digest;
use model::identifier::{Context, Identifier, Kind};
use psi::asking::{Asking, Seed};
use psi::input::input;
use psi::suite::Mode;
use serde::{Deserialize, Serialize};
use tlog::frontier::Frontier;
use tlog::merkle;
use tlog::proof::{self, Hashes};

use super::ask::session_secret;
use super::name;
use super::step::Step;
use crate::error::NodeError;
use crate::event::Event;
use crate::node::Node;

/// At most so many identifiers are shown at once.
pub const MAX_SHOWN: usize = 10_000;
/// A session of more identifiers is not opened: each place is hashed to choose.
const MAX_SIZE: u64 = 1 << 26;
/// A challenge has at most so many characters.
const MAX_CHALLENGE: usize = 200;

/// What is shown of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The session, hexadecimal.
    pub session: String,
    /// What it was for.
    pub purpose: String,
    /// The commitment: the partner's record has it in each query.
    pub commitment: Digest,
    /// How many identifiers it covers.
    pub size: u64,
    /// The leaf of the last one, and its path: they prove how many there are.
    pub last: Digest,
    /// See `last`.
    pub last_path: Vec<Digest>,
    /// What the overseeing body has said so that it, and not the agency, chooses.
    pub challenge: String,
    /// How many it wanted to see.
    pub sample: usize,
    /// The places among these that were hits, which are not shown.
    pub hits: Vec<u64>,
    /// What is shown.
    pub shown: Vec<Shown>,
}

/// One identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Its place among all of the session.
    pub place: u64,
    /// Its kind.
    pub kind: String,
    /// Its canonical value.
    pub value: String,
    /// The salt of its leaf, hexadecimal.
    pub salt: String,
    /// From the leaf to the commitment.
    pub path: Vec<Digest>,
    /// The batch that it was in.
    pub batch: u32,
    /// Its place there.
    pub at: u64,
    /// Its blind, hexadecimal.
    pub blind: String,
    /// The element that was sent for it, hexadecimal.
    pub element: String,
    /// The cases that hold it now.
    pub cases: Vec<String>,
}

/// What a check of an opening says.
#[derive(Debug, Clone, Serialize)]
pub struct Checked {
    /// Whether everything that is shown was committed to, and was asked about.
    pub valid: bool,
    /// How many identifiers are shown.
    pub shown: usize,
    /// Values that are not under the commitment, or are not what was sent.
    pub wrong: Vec<String>,
}

/// The complete subtrees of a session's tree.
#[derive(Default)]
struct Tree(BTreeMap<(u8, u64), Digest>);

impl Hashes for Tree {
    type Error = Infallible;

    fn read(&self, level: u8, first: u64, count: u64) -> Result<Vec<Digest>, Infallible> {
        let places = first..first.saturating_add(count);
        Ok(places.filter_map(|place| self.0.get(&(level, place)).copied()).collect())
    }
}

impl Node {
    /// Shows a part of what a session asked about, in the name of two officers.
    pub fn open_session(
        &mut self,
        officers: [&str; 2],
        session: &str,
        most: usize,
        challenge: &str,
    ) -> Result<Opening, NodeError> {
        let [by, second] = self.allow_two(officers)?;
        let unknown = || NodeError::UnknownSession(session.to_owned());
        let session = session.trim().to_lowercase();
        let is_text = !challenge.trim().is_empty() && challenge.chars().count() <= MAX_CHALLENGE;
        if !is_text {
            return Err(NodeError::BadReason);
        }
        let mut runs = self.state.matching.runs.iter();
        let run = runs.find(|(id, _)| session.len() >= 8 && id.starts_with(&session));
        let (session, run) = run.map(|(id, run)| (id.clone(), run.clone())).ok_or_else(unknown)?;
        let secret = self.match_outside()?.secrets.secret(&session_secret(&session))?;
        let batches = self.batches(&run.list)?;
        let (Some(seed), Some(batches)) = (secret, batches) else { return Err(unknown()) };
        let (mut tree, mut frontier, mut all) = (Tree::default(), Frontier::default(), Vec::new());
        for (batch, one) in (0..).zip(&batches) {
            for (at, identifier) in (0..).zip(&one.identifiers) {
                let salt = name(&[b"salt", &seed, &input(identifier)]).0;
                let leaf = leaf(&salt, identifier);
                let complete = frontier.add(leaf).into_iter();
                tree.0.extend(complete.map(|one| ((one.level, one.index), one.root)));
                all.push((identifier, salt, batch, at, one.sent.get(at as usize).copied()));
            }
        }
        let hits = self.state.matching.open_hits();
        let hits: BTreeSet<Identifier> =
            hits.map(|(_, identifier, _)| identifier.clone()).collect();
        let seed = Seed(seed);
        let (mut shown, mut left_out) = (Vec::new(), Vec::new());
        let sample = most.min(MAX_SHOWN);
        let places = chosen(challenge, all.len() as u64, sample);
        let wanted = places.iter().filter_map(|place| all.get(*place as usize));
        let own = self.cases_of(wanted.map(|(identifier, ..)| (*identifier).clone()).collect())?;
        for place in places {
            let Some((identifier, salt, batch, at, Some(element))) = all.get(place as usize) else {
                continue;
            };
            if hits.contains(identifier) {
                left_out.push(place);
                continue;
            }
            let Ok(path) = proof::inclusion(&tree, place, frontier.size());
            shown.push(Shown {
                place,
                kind: identifier.kind().as_str().to_owned(),
                value: identifier.value().to_owned(),
                salt: Digest(*salt).to_string(),
                path,
                batch: *batch,
                at: *at,
                blind: Digest(seed.danger_blind(*batch, *at)).to_string(),
                element: Digest(*element).to_string(),
                cases: own.get(*identifier).into_iter().flatten().cloned().collect(),
            });
        }
        let size = frontier.size();
        let Ok(last_path) = proof::inclusion(&tree, size.saturating_sub(1), size);
        let last = tree.0.get(&(0, size.saturating_sub(1))).copied().ok_or_else(unknown)?;
        let opening = Opening {
            session: session.clone(),
            purpose: run.purpose.clone(),
            commitment: frontier.root(),
            size,
            last,
            last_path,
            sample,
            hits: left_out,
            challenge: challenge.to_owned(),
            shown,
        };
        let (count, second) = (opening.shown.len() as u64, second.to_owned());
        let what = Step::Opened { session, count, challenge: challenge.to_owned(), second };
        self.record(by, &[Event::Match { partner: run.partner, what }])?;
        Ok(opening)
    }
}

/// Checks an opening, as the overseeing body does; no node is needed.
pub fn check(opening: &Opening) -> Checked {
    let wrong = opening.shown.iter().filter(|one| !is_right(opening, one));
    let wrong: Vec<String> = wrong.map(|one| format!("{}:{}", one.kind, one.value)).collect();
    let Opening { size, last, last_path, commitment, .. } = opening;
    let end = size.checked_sub(1);
    let is_size = *size <= MAX_SIZE
        && end.is_some_and(|end| {
            proof::check_inclusion(*last, end, *size, last_path, commitment).is_ok()
        });
    // Everything that the challenge chose is shown, or was a hit: nothing is hidden.
    let mut places: Vec<u64> = opening.shown.iter().map(|one| one.place).collect();
    places.extend(&opening.hits);
    places.sort_unstable();
    let sample = opening.sample.min(MAX_SHOWN);
    let is_chosen = is_size && places == chosen(&opening.challenge, *size, sample);
    Checked { valid: wrong.is_empty() && is_chosen, shown: opening.shown.len(), wrong }
}

fn is_right(opening: &Opening, one: &Shown) -> bool {
    let bytes = |text: &str| Digest::parse(text).ok().map(|digest| digest.0);
    let (salt, blind, element) = (bytes(&one.salt), bytes(&one.blind), bytes(&one.element));
    let (Some(salt), Some(blind), Some(element)) = (salt, blind, element) else { return false };
    let Ok(kind) = Kind::parse(&one.kind) else { return false };
    let Ok(identifier) = Identifier::parse(kind, &one.value, Context::default()) else {
        return false;
    };
    let leaf = leaf(&salt, &identifier);
    let (place, size) = (one.place, opening.size);
    let is_under =
        proof::check_inclusion(leaf, place, size, &one.path, &opening.commitment).is_ok();
    let asking = Asking::danger_blind(Mode::Voprf, &[input(&identifier)], &[blind]);
    let is_sent = asking.is_ok_and(|asking| asking.elements().next() == Some(&element));
    is_under && is_sent && identifier.value() == one.value
}

fn leaf(salt: &[u8; 32], identifier: &Identifier) -> Digest {
    merkle::leaf(&[salt.as_slice(), &input(identifier)].concat())
}

/// The places that a challenge chooses: whoever wants to hide some cannot choose others.
fn chosen(challenge: &str, size: u64, most: usize) -> Vec<u64> {
    let rank = |place: u64| name(&[b"opening", challenge.as_bytes(), &place.to_be_bytes()]).0;
    // No more than are chosen are held: a file may claim any size.
    let mut first: BTreeSet<([u8; 32], u64)> = BTreeSet::new();
    for place in 0..size {
        first.insert((rank(place), place));
        if first.len() > most {
            first.pop_last();
        }
    }
    let mut places: Vec<u64> = first.into_iter().map(|(_, place)| place).collect();
    places.sort_unstable();
    places
}
