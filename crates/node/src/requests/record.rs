//! What the deeds of requests add up to.

use std::collections::{BTreeMap, BTreeSet};

use model::country::Country;
use model::digest::Digest;
use model::time::Timestamp;

use super::deed::{Deed, Paper};
use super::desks::{DeskDeed, Desks};
use super::stage::{Act, Side, Stage};
use super::steps::{next, taken};

/// A request: `of` is the agency that numbered it, `None` for our own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Which agency; `None`: this one.
    pub of: Option<Digest>,
    /// Its number there.
    pub number: String,
}

/// Folded from the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Requests {
    /// Requests by number.
    pub(super) kept: BTreeMap<Key, Kept>,
    /// Messages that were dealt with.
    pub(super) done: BTreeSet<(Digest, String)>,
    /// How many of our own have a number, by year.
    pub(super) counts: BTreeMap<String, u32>,
    /// The desks to which requests are given.
    pub(super) desks: Desks,
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    /// Its bytes.
    pub(super) content: Digest,
    pub(super) kind: String,
    pub(super) measure: String,
    /// The other side; `None`: nobody here.
    pub(super) partner: Option<Digest>,
    /// The other side's country.
    pub(super) country: Country,
    pub(super) case: Option<String>,
    pub(super) is_urgent: bool,
    pub(super) follows: Option<String>,
    pub(super) hit: Option<String>,
    pub(super) stage: Stage,
    /// Who has written any of it: none of them approves it.
    pub(super) drafters: BTreeSet<String>,
    /// Who has approved these bytes, and when.
    pub(super) approvals: Vec<(String, Timestamp)>,
    /// Whether a partner's request still lacks its second approval.
    pub(super) is_half: bool,
    /// Whether it went on paper.
    pub(super) is_on_paper: bool,
    /// The message that it left or came with.
    pub(super) message: Option<String>,
    /// When it left or came.
    pub(super) sent_at: Option<Timestamp>,
    /// Whose work it is.
    pub(super) assigned: Option<String>,
    /// Until when what was asked for holds, as either side last said.
    pub(super) until: Option<Timestamp>,
    /// What happened, oldest first.
    pub(super) history: Vec<Happened>,
    /// Answers whose files went into a case.
    pub(super) merged: BTreeSet<Digest>,
}

/// One line of a request's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Happened {
    pub(super) at: Timestamp,
    pub(super) by: String,
    pub(super) is_theirs: bool,
    /// `drafted`, `approved`, or the name of an act.
    pub(super) what: String,
    pub(super) skipped: Vec<Act>,
    pub(super) ground: Option<String>,
    pub(super) body: Option<Digest>,
    pub(super) message: Option<String>,
    pub(super) paper: Option<Paper>,
}

impl Key {
    /// One of ours.
    pub fn own(number: &str) -> Key {
        Key { of: None, number: number.to_owned() }
    }

    /// On which side this node stands.
    pub fn side(&self) -> Side {
        if self.of.is_none() { Side::Asking } else { Side::Asked }
    }
}

impl Kept {
    /// Whether its measure lasts, so that it can be prolonged and freed.
    pub(super) fn holds(&self) -> bool {
        matches!(self.kind.as_str(), "preservation" | "freeze" | "provisional-arrest")
    }
}

impl Happened {
    fn plain(at: Timestamp, by: &str, what: &str) -> Happened {
        let (by, what) = (by.to_owned(), what.to_owned());
        let (skipped, ground, body, message) = (Vec::new(), None, None, None);
        Happened { at, by, is_theirs: false, what, skipped, ground, body, message, paper: None }
    }

    /// Whether its text and files lie in our vault: we wrote them, or took them off a paper.
    pub(super) fn is_kept_here(&self) -> bool {
        !self.is_theirs || self.paper.is_some()
    }
}

impl Requests {
    /// The requests after one more deed.
    pub(crate) fn apply(&mut self, at: Timestamp, by: &str, key: &Key, deed: &Deed) {
        match deed {
            Deed::Drafted { .. } => self.drafted(at, by, key, deed),
            Deed::Came { .. } => self.came(at, by, key, deed),
            Deed::TurnedAway { message, .. } => {
                if let Some(of) = key.of {
                    self.done.insert((of, message.clone()));
                }
            }
            _ => {
                if let Deed::Stepped { is_theirs: true, message: Some(message), .. } = deed
                    && let Some(from) = self.kept.get(key).and_then(|one| one.partner)
                {
                    self.done.insert((from, message.clone()));
                }
                if let Some(kept) = self.kept.get_mut(key) {
                    kept.went_on(at, by, key, deed);
                }
            }
        }
    }

    /// The desks after one more deed.
    pub(crate) fn desk(&mut self, name: &str, deed: &DeskDeed) {
        self.desks.apply(name, deed);
    }

    /// Whether a desk has this name.
    pub(crate) fn has_desk(&self, name: &str) -> bool {
        self.desks.has(name)
    }

    fn drafted(&mut self, at: Timestamp, by: &str, key: &Key, deed: &Deed) {
        let Deed::Drafted { content, kind, measure, partner, country, case, .. } = deed else {
            return;
        };
        let Deed::Drafted { is_urgent, follows, hit, .. } = deed else { return };
        if !self.kept.contains_key(key) {
            let year: String = key.number.split('-').nth(1).unwrap_or_default().to_owned();
            *self.counts.entry(year).or_default() += 1;
        }
        let before = self.kept.remove(key);
        let before = before.map(|one| (one.drafters, one.history, one.assigned));
        let (drafters, history, assigned) = before.unwrap_or_default();
        let mut kept = Kept {
            content: *content,
            kind: kind.clone(),
            measure: measure.clone(),
            partner: *partner,
            country: *country,
            case: Some(case.clone()),
            is_urgent: *is_urgent,
            follows: follows.clone(),
            hit: hit.clone(),
            stage: Stage::Draft,
            drafters,
            approvals: Vec::new(),
            is_half: false,
            is_on_paper: false,
            message: None,
            sent_at: None,
            assigned,
            until: None,
            history,
            merged: BTreeSet::new(),
        };
        kept.drafters.insert(by.to_owned());
        kept.history.push(Happened::plain(at, by, "drafted"));
        self.kept.insert(key.clone(), kept);
    }

    fn came(&mut self, at: Timestamp, by: &str, key: &Key, deed: &Deed) {
        let Deed::Came { content, message, kind, measure, country, case, .. } = deed else {
            return;
        };
        let Deed::Came { is_urgent, is_half, follows, .. } = deed else { return };
        let Some(of) = key.of else { return };
        self.done.insert((of, message.clone()));
        let mut kept = Kept {
            content: *content,
            kind: kind.clone(),
            measure: measure.clone(),
            partner: Some(of),
            country: *country,
            case: case.clone(),
            is_urgent: *is_urgent,
            follows: follows.clone(),
            hit: None,
            stage: Stage::Received,
            drafters: BTreeSet::new(),
            approvals: Vec::new(),
            is_half: *is_half,
            is_on_paper: false,
            message: Some(message.clone()),
            sent_at: Some(at),
            assigned: None,
            until: None,
            history: Vec::new(),
            merged: BTreeSet::new(),
        };
        kept.history.push(Happened { is_theirs: true, ..Happened::plain(at, by, "came") });
        self.kept.insert(key.clone(), kept);
    }
}

impl Kept {
    fn went_on(&mut self, at: Timestamp, by: &str, key: &Key, deed: &Deed) {
        let plain = |what: &str| Happened::plain(at, by, what);
        match deed {
            Deed::Checked { .. } => {
                if self.stage == Stage::Draft {
                    self.stage = Stage::Checked;
                }
                self.history.push(plain("checked"));
            }
            Deed::Approved { .. } => {
                self.approvals.push((by.to_owned(), at));
                let enough = self.approvals.len() >= super::approvals(&self.kind, self.is_urgent);
                if self.stage.is_draft() {
                    self.stage = if enough { Stage::Approved } else { Stage::Checked };
                }
                self.history.push(plain("approved"));
            }
            Deed::Sent { message, .. } => {
                (self.stage, self.sent_at) = (Stage::Sent, Some(at));
                self.message = Some(message.clone());
                let message = Some(message.clone());
                self.history.push(Happened { message, ..plain("sent") });
            }
            Deed::SentOnPaper { paper, .. } => {
                (self.stage, self.sent_at) = (Stage::Sent, Some(paper.on));
                self.is_on_paper = true;
                let paper = Some(paper.clone());
                self.history.push(Happened { paper, ..plain("sent-on-paper") });
            }
            Deed::Stepped { act, is_theirs, skipped, ground, body, until, message, paper } => {
                let side = match (key.side(), is_theirs) {
                    (Side::Asking, false) | (Side::Asked, true) => Side::Asking,
                    _ => Side::Asked,
                };
                let lead = if *is_theirs { taken } else { next };
                if let Some((stage, _)) = lead(self.stage, side, *act, self.holds()) {
                    self.stage = stage;
                }
                match act {
                    Act::Close => self.stage = Stage::Closed,
                    Act::Approve if key.side() == Side::Asked => self.is_half = false,
                    Act::Approve => self.approvals.push((by.to_owned(), at)),
                    _ => {}
                }
                self.until = until.or(self.until);
                let more = Happened {
                    is_theirs: *is_theirs,
                    skipped: skipped.clone(),
                    ground: ground.clone(),
                    body: *body,
                    message: message.clone(),
                    paper: paper.clone(),
                    ..plain(act.as_str())
                };
                self.history.push(more);
            }
            Deed::Assigned { to } => {
                self.assigned = Some(to.clone());
                self.history.push(Happened { ground: Some(to.clone()), ..plain("assigned") });
            }
            Deed::Merged { case, body } => {
                self.merged.insert(*body);
                self.case.get_or_insert_with(|| case.clone());
                self.history.push(Happened { ground: Some(case.clone()), ..plain("merged") });
            }
            Deed::Drafted { .. } | Deed::Came { .. } | Deed::TurnedAway { .. } => {}
        }
    }
}
