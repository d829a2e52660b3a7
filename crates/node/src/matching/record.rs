//! What the steps of MATCH add up to.

use std::collections::{BTreeMap, BTreeSet};

use model::digest::Digest;
use model::identifier::{Identifier, Kind};
use model::time::Timestamp;

use super::step::{Found, Step};

/// A partner and a purpose.
pub(super) type Pair = (Digest, String);

/// Folded from the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matching {
    /// What we publish.
    pub(super) own: BTreeMap<Pair, Own>,
    /// What partners publish for us, oldest first.
    pub(super) theirs: BTreeMap<Pair, Vec<Theirs>>,
    /// When we last wished for a publication, and on what basis.
    pub(super) wished: BTreeMap<Pair, (Timestamp, String)>,
    /// Our runs by session, in the order in which they began.
    pub(super) runs: BTreeMap<String, Run>,
    /// The file with the outputs that we hold, by partner, purpose and epoch.
    pub(super) outputs: BTreeMap<(Digest, String, u32), Digest>,
    /// Partners' sessions.
    pub(super) sessions: BTreeMap<(Digest, String), Session>,
    /// How many elements were raised, and when.
    pub(super) spent: BTreeMap<(Digest, String, Kind), Vec<(Timestamp, u64)>>,
    /// Budgets that officers have set.
    pub(super) limits: BTreeMap<(Digest, String, Kind), u64>,
    /// Hits by id.
    pub(super) hits: BTreeMap<String, Hit>,
    /// Messages that were dealt with.
    pub(super) done: BTreeSet<(Digest, String)>,
    /// Why the partner's or our last message of a pair was refused.
    pub(super) refused: BTreeMap<Pair, String>,
}

/// Our newest publication to a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Own {
    pub(super) epoch: u32,
    pub(super) number: u32,
    pub(super) until: Timestamp,
    /// When the last whole set was made, and the last set of any sort.
    pub(super) base_at: Timestamp,
    pub(super) at: Timestamp,
    pub(super) list: Digest,
    /// The manifests of this epoch.
    pub(super) manifests: BTreeSet<Digest>,
}

/// A publication of a partner's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Theirs {
    pub(super) epoch: u32,
    pub(super) number: u32,
    pub(super) is_delta: bool,
    pub(super) until: Timestamp,
    pub(super) manifest: Digest,
    pub(super) set: Digest,
    pub(super) message: String,
    pub(super) at: Timestamp,
}

/// A run of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) partner: Digest,
    pub(super) purpose: String,
    pub(super) manifest: Digest,
    pub(super) epoch: u32,
    pub(super) batches: u32,
    pub(super) asked: u64,
    pub(super) list: Digest,
    pub(super) answered: BTreeSet<u32>,
    pub(super) refused: Option<String>,
    pub(super) left: Option<u64>,
    /// Which of all runs, the first is 0.
    pub(super) order: usize,
    pub(super) at: Timestamp,
    /// Values of ours that many people share, and that were kept out.
    pub(super) suppressed: u64,
}

/// A partner's session, as its first query says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Session {
    pub(super) purpose: String,
    pub(super) batches: u32,
    pub(super) commitment: Digest,
    /// The batches that were raised, each with its query.
    pub(super) raised: BTreeMap<u32, Digest>,
}

/// A hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) partner: Digest,
    pub(super) identifier: Identifier,
    pub(super) handle: String,
    pub(super) at: Timestamp,
    pub(super) dismissed: Option<String>,
}

impl Run {
    /// Whether all that comes has come.
    pub(super) fn is_over(&self) -> bool {
        self.refused.is_some() || self.answered.len() as u64 == u64::from(self.batches)
    }
}

impl Matching {
    /// The lists of what we published, and partners' sets, that are still of use.
    pub(super) fn sets_and_lists(&self) -> BTreeSet<Digest> {
        let sets = self.theirs.values().flatten().map(|one| one.set);
        self.own.values().map(|own| own.list).chain(sets).collect()
    }

    /// Hits that nobody has put aside: id, identifier, partner.
    pub(crate) fn open_hits(&self) -> impl Iterator<Item = (&str, &Identifier, Digest)> {
        let open = self.hits.iter().filter(|(_, hit)| hit.dismissed.is_none());
        open.map(|(id, hit)| (id.as_str(), &hit.identifier, hit.partner))
    }

    /// A hit that nobody has put aside: its identifier, the partner, the handle.
    pub(crate) fn hit(&self, id: &str) -> Option<(&Identifier, Digest, String)> {
        let hit = self.hits.get(id).filter(|hit| hit.dismissed.is_none())?;
        Some((&hit.identifier, hit.partner, hit.handle.clone()))
    }

    /// After one more step.
    pub(crate) fn apply(&mut self, at: Timestamp, partner: Digest, step: &Step) {
        let pair = |purpose: &String| (partner, purpose.clone());
        match step {
            Step::Wished { purpose, basis, .. } => {
                self.refused.remove(&pair(purpose));
                self.wished.insert(pair(purpose), (at, basis.clone()));
            }
            Step::Published { .. } => self.published(at, partner, step),
            Step::SetCame { .. } => self.came(at, partner, step),
            Step::Asked {
                purpose,
                session,
                manifest,
                epoch,
                batches,
                suppressed,
                counts,
                list,
                ..
            } => {
                let asked = counts.iter().map(|(_, count)| count).sum();
                let run = Run {
                    partner,
                    purpose: purpose.clone(),
                    manifest: *manifest,
                    epoch: *epoch,
                    batches: *batches,
                    asked,
                    list: *list,
                    answered: BTreeSet::new(),
                    refused: None,
                    left: None,
                    order: self.runs.len(),
                    at,
                    suppressed: *suppressed,
                };
                self.runs.insert(session.clone(), run);
            }
            Step::Evaluated { purpose, kind, elements, message, .. } => {
                self.raised(partner, step);
                let spent = self.spent.entry((partner, purpose.clone(), *kind)).or_default();
                spent.push((at, *elements));
                self.done.insert((partner, message.clone()));
            }
            Step::Answered { .. } => self.answered(at, partner, step),
            Step::Refused { purpose, code, message } => {
                self.refused.insert(pair(purpose), code.clone());
                self.done.insert((partner, message.clone()));
            }
            Step::BudgetSet { purpose, kind, limit, .. } => {
                self.limits.insert((partner, purpose.clone(), *kind), *limit);
            }
            Step::Opened { .. } => {}
            Step::HitDismissed { hit, because } => {
                if let Some(hit) = self.hits.get_mut(hit) {
                    hit.dismissed = Some(because.clone());
                }
            }
        }
    }

    fn published(&mut self, at: Timestamp, partner: Digest, step: &Step) {
        let Step::Published {
            purpose, epoch, number, is_delta, until, manifest, list, wish, ..
        } = step
        else {
            return;
        };
        let known = self.own.remove(&(partner, purpose.clone()));
        let same = known.filter(|known| known.epoch == *epoch);
        let base_at = same.as_ref().filter(|_| *is_delta).map_or(at, |known| known.base_at);
        let mut manifests = same.map(|known| known.manifests).unwrap_or_default();
        manifests.insert(*manifest);
        let (epoch, number, until, list) = (*epoch, *number, *until, *list);
        let own = Own { epoch, number, until, base_at, at, list, manifests };
        self.own.insert((partner, purpose.clone()), own);
        self.done.insert((partner, wish.clone()));
    }

    fn came(&mut self, at: Timestamp, partner: Digest, step: &Step) {
        let Step::SetCame { purpose, epoch, number, is_delta, until, manifest, set, .. } = step
        else {
            return;
        };
        let Step::SetCame { message, hits, .. } = step else { return };
        let all = self.theirs.entry((partner, purpose.clone())).or_default();
        // A whole set of the epoch takes the place of all before it.
        all.retain(|one| one.epoch == *epoch && *is_delta);
        all.push(Theirs {
            epoch: *epoch,
            number: *number,
            is_delta: *is_delta,
            until: *until,
            manifest: *manifest,
            set: *set,
            message: message.clone(),
            at,
        });
        self.refused.remove(&(partner, purpose.clone()));
        self.done.insert((partner, message.clone()));
        self.found(at, partner, hits);
    }

    fn raised(&mut self, partner: Digest, step: &Step) {
        let Step::Evaluated { purpose, session, number, batches, commitment, query, .. } = step
        else {
            return;
        };
        let known = self.sessions.entry((partner, session.clone())).or_insert_with(|| Session {
            purpose: purpose.clone(),
            batches: *batches,
            commitment: *commitment,
            raised: BTreeMap::new(),
        });
        known.raised.insert(*number, *query);
    }

    fn answered(&mut self, at: Timestamp, partner: Digest, step: &Step) {
        let Step::Answered { session, number, refused, left, outputs, message, hits } = step else {
            return;
        };
        if let Some(run) = self.runs.get_mut(session) {
            run.answered.insert(*number);
            run.left = Some(run.left.map_or(*left, |known| known.min(*left)));
            if run.refused.is_none() {
                run.refused.clone_from(refused);
            }
            if let Some(outputs) = outputs {
                self.outputs.insert((partner, run.purpose.clone(), run.epoch), *outputs);
            }
        }
        self.done.insert((partner, message.clone()));
        self.found(at, partner, hits);
    }

    fn found(&mut self, at: Timestamp, partner: Digest, hits: &[Found]) {
        for Found { identifier, handle, .. } in hits {
            let id = hit_id(partner, identifier, handle);
            self.hits.entry(id).or_insert_with(|| Hit {
                partner,
                identifier: identifier.clone(),
                handle: handle.clone(),
                at,
                dismissed: None,
            });
        }
    }
}

/// A hit's id: the same value with the same handle is the same hit, whenever it is found again.
pub(super) fn hit_id(partner: Digest, identifier: &Identifier, handle: &str) -> String {
    let of = super::name(&[&partner.0, identifier.to_string().as_bytes(), handle.as_bytes()]);
    format!("H-{}", of.to_string().get(..8).unwrap_or_default().to_uppercase())
}
