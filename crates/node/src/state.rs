//! The node's state: what the events add up to.

use std::collections::BTreeMap;

use model::country::Country;
use model::time::Timestamp;

use crate::event::{AgencyKind, Event, ImportedFile, Recorded, UserRole};

/// Folded from the log, from nothing, at every start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// Who this node is; `None` before `init`.
    pub identity: Option<Identity>,
    /// Users by name.
    pub users: BTreeMap<String, UserRole>,
    /// Cases by reference.
    pub cases: BTreeMap<String, Case>,
    /// How many events were folded.
    pub events: u64,
}

/// Who a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The agency's name.
    pub agency: String,
    /// Its country.
    pub country: Country,
    /// Its kind.
    pub kind: AgencyKind,
    /// The twelve words that stand for the node's key.
    pub fingerprint: String,
    /// When the node was made.
    pub since: Timestamp,
}

/// One case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// `VN-C-2026-0001`.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Whether nothing more goes in.
    pub is_closed: bool,
    /// What was imported into it, oldest first.
    pub files: Vec<ImportedFile>,
}

impl State {
    /// The state after one more event.
    pub fn apply(&mut self, recorded: &Recorded) {
        self.events = recorded.seq;
        match &recorded.event {
            Event::NodeMade { agency, country, kind, fingerprint, .. } => {
                self.identity = Some(Identity {
                    agency: agency.clone(),
                    country: *country,
                    kind: *kind,
                    fingerprint: fingerprint.clone(),
                    since: recorded.at,
                });
            }
            Event::UserAdded { name, role } => {
                self.users.insert(name.clone(), *role);
            }
            Event::CaseOpened { case, title } => {
                let opened = Case {
                    reference: case.clone(),
                    title: title.clone(),
                    opened_at: recorded.at,
                    is_closed: false,
                    files: Vec::new(),
                };
                self.cases.insert(case.clone(), opened);
            }
            Event::Looked { .. } | Event::BackedUp { .. } => {}
            Event::CaseClosed { case } => self.close(case, true),
            Event::CaseReopened { case } => self.close(case, false),
            Event::FileImported { case, file } => {
                if let Some(case) = self.cases.get_mut(case) {
                    case.files.push(file.clone());
                }
            }
        }
    }

    fn close(&mut self, case: &str, is_closed: bool) {
        if let Some(case) = self.cases.get_mut(case) {
            case.is_closed = is_closed;
        }
    }

    /// The default case: the first that was opened.
    pub fn default_case(&self) -> Option<&Case> {
        self.cases.values().min_by_key(|case| (case.opened_at, &case.reference))
    }
}
