//! Desks: the officers of one level of the house who share its requests. A request is given to one
//! officer or to a desk; what has come and is nobody's yet is the central desks' work.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::record::Kept;
use crate::answer::{DeskAnswer, DesksAnswer};
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::{Event, UserRole};
use crate::node::Node;

use super::error::RequestError;

/// A node has at most so many desks.
const MAX_DESKS: usize = 1_000;
/// A desk's name has at most so many characters.
const MAX_NAME: usize = 40;

/// Where in the house a desk stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// For the whole country.
    Central,
    /// For a province.
    Provincial,
}

/// What happened with a desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "snake_case")]
#[non_exhaustive]
pub enum DeskDeed {
    /// There is such a desk now.
    Made {
        /// Where it stands.
        level: Level,
    },
    /// Somebody works there now.
    Joined {
        /// Who.
        user: String,
    },
    /// Somebody does not work there any more.
    Left {
        /// Who.
        user: String,
    },
}

/// A desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Desk {
    level: Level,
    members: BTreeSet<String>,
}

/// All desks, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Desks(BTreeMap<String, Desk>);

impl Level {
    const ALL: [Level; 2] = [Level::Central, Level::Provincial];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Central => "central",
            Level::Provincial => "provincial",
        }
    }

    /// The level of a name.
    pub fn parse(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.as_str() == name)
    }
}

impl DeskDeed {
    /// Its name, and what it is about, for the audit.
    pub(crate) fn told(&self) -> (&'static str, String) {
        match self {
            DeskDeed::Made { level } => ("made", level.as_str().to_owned()),
            DeskDeed::Joined { user } => ("joined", user.clone()),
            DeskDeed::Left { user } => ("left", user.clone()),
        }
    }
}

impl Desks {
    pub(super) fn apply(&mut self, name: &str, deed: &DeskDeed) {
        match deed {
            DeskDeed::Made { level } => {
                let desk = Desk { level: *level, members: BTreeSet::new() };
                self.0.entry(name.to_owned()).or_insert(desk);
            }
            DeskDeed::Joined { user } => {
                self.0.entry(name.to_owned()).and_modify(|desk| {
                    desk.members.insert(user.clone());
                });
            }
            DeskDeed::Left { user } => {
                self.0.entry(name.to_owned()).and_modify(|desk| {
                    desk.members.remove(user);
                });
            }
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Whether what is given to this name is this officer's work.
    fn is_work_of(&self, name: &str, user: &str) -> bool {
        name == user || self.0.get(name).is_some_and(|desk| desk.members.contains(user))
    }

    /// Whether what came and is nobody's yet is this officer's work: the central desks', and
    /// everybody's in a house where nobody sits at one.
    fn takes_new(&self, user: &str) -> bool {
        let mut central = self.0.values().filter(|one| one.level == Level::Central);
        central.clone().all(|desk| desk.members.is_empty())
            || central.any(|desk| desk.members.contains(user))
    }
}

impl Node {
    /// Makes a desk.
    pub fn new_desk(
        &mut self,
        by: &str,
        name: &str,
        level: Level,
    ) -> Result<DesksAnswer, NodeError> {
        self.allow(by, Duty::Administer)?;
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        if name.is_empty() || name.chars().count() > MAX_NAME || !name.chars().all(fits) {
            return Err(RequestError::BadDesk(name.to_owned()).into());
        }
        // A request is given to a name: it means an officer or a desk, never both.
        let is_used = self.state.users.contains_key(name) || self.state.requests.desks.has(name);
        if is_used || self.state.requests.desks.0.len() >= MAX_DESKS {
            return Err(RequestError::DeskExists(name.to_owned()).into());
        }
        self.record_desk(by, name, DeskDeed::Made { level })
    }

    /// Lets an officer work at a desk, or not any more.
    pub fn seat(
        &mut self,
        by: &str,
        name: &str,
        user: &str,
        joins: bool,
    ) -> Result<DesksAnswer, NodeError> {
        self.allow(by, Duty::Administer)?;
        let unknown = || RequestError::UnknownDesk(name.to_owned());
        let desk = self.state.requests.desks.0.get(name).ok_or_else(unknown)?;
        let is_member = desk.members.contains(user);
        match self.state.users.get(user) {
            Some(UserRole::Officer | UserRole::Supervisor) => {}
            _ => return Err(NodeError::UnknownUser(user.to_owned())),
        }
        let user = user.to_owned();
        match (joins, is_member) {
            (true, false) => self.record_desk(by, name, DeskDeed::Joined { user }),
            (false, true) => self.record_desk(by, name, DeskDeed::Left { user }),
            _ => self.desks(by),
        }
    }

    /// All desks.
    pub fn desks(&self, by: &str) -> Result<DesksAnswer, NodeError> {
        self.allow(by, Duty::Oversee)?;
        let desks = self.state.requests.desks.0.iter().map(|(name, desk)| DeskAnswer {
            desk: name.clone(),
            level: desk.level.as_str(),
            members: desk.members.iter().cloned().collect(),
        });
        Ok(DesksAnswer { desks: desks.collect() })
    }

    fn record_desk(
        &mut self,
        by: &str,
        name: &str,
        what: DeskDeed,
    ) -> Result<DesksAnswer, NodeError> {
        self.record(by, &[Event::Desk { desk: name.to_owned(), what }])?;
        self.desks(by)
    }

    /// Whether somebody needs to know a request.
    pub(super) fn knows(&self, by: &str, kept: &Kept) -> bool {
        let has_part = kept.drafters.contains(by) || kept.history.iter().any(|one| one.by == by);
        let desks = &self.state.requests.desks;
        match self.state.users.get(by) {
            Some(UserRole::Supervisor | UserRole::Auditor) => true,
            Some(UserRole::Officer) => match &kept.assigned {
                Some(to) => desks.is_work_of(to, by) || has_part,
                None => has_part || (kept.drafters.is_empty() && desks.takes_new(by)),
            },
            _ => false,
        }
    }
}
