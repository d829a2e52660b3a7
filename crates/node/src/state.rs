//! The node's state: what the events add up to.

use std::collections::{BTreeMap, BTreeSet};

use model::agency::AgencyKind;
use model::country::Country;
use model::digest::Digest;
use model::time::Timestamp;

use crate::directory::deed::Directory;
use crate::event::{Event, ImportedFile, Recorded, UserRole};
use crate::exchange::Standing;
use crate::law::installed::LawPacks;
use crate::matching::Matching;
use crate::requests::record::{Key, Requests};

/// Folded from the log, from nothing, at every start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// Who this node is; `None` before `init`.
    pub identity: Option<Identity>,
    /// Users by name.
    pub users: BTreeMap<String, UserRole>,
    /// Cases by reference.
    pub cases: BTreeMap<String, Case>,
    /// The case that was opened first: the default case.
    pub first_case: Option<String>,
    /// Partners that two officers accepted, and how each stands.
    pub partners: BTreeMap<Digest, Standing>,
    /// What MATCH has done.
    pub matching: Matching,
    /// The agency's own directory of authorities.
    pub directory: Directory,
    /// Requests of both directions.
    pub requests: Requests,
    /// Partners that are asked to witness this agency's records.
    pub witnesses: BTreeSet<Digest>,
    /// Which law pack answers.
    pub law: LawPacks,
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
    /// The node's public signing key, hexadecimal.
    pub public_key: String,
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
    /// When each of them was imported.
    pub imported_at: Vec<Timestamp>,
    /// What officers decided about pairs of records, oldest first.
    pub rulings: Vec<RuledPair>,
    /// Which of them a later version of the readers read again, with other rows.
    pub reread: BTreeSet<usize>,
}

/// An officer's decision about two records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuledPair {
    /// When.
    pub at: Timestamp,
    /// Who decided.
    pub by: String,
    /// How many files the case held then.
    pub files: usize,
    /// The two records' keys.
    pub keys: [String; 2],
    /// Whether they are the same.
    pub is_same: bool,
    /// Why.
    pub because: String,
}

impl Case {
    /// One that was just opened.
    fn opened(reference: &str, title: &str, opened_at: Timestamp) -> Case {
        Case {
            reference: reference.to_owned(),
            title: title.to_owned(),
            opened_at,
            is_closed: false,
            files: Vec::new(),
            imported_at: Vec::new(),
            rulings: Vec::new(),
            reread: BTreeSet::new(),
        }
    }
}

impl State {
    /// The state after one more event.
    pub fn apply(&mut self, recorded: &Recorded) {
        self.events = recorded.seq;
        match &recorded.event {
            Event::NodeMade { agency, country, kind, public_key, fingerprint } => {
                self.identity = Some(Identity {
                    agency: agency.clone(),
                    country: *country,
                    kind: *kind,
                    public_key: public_key.clone(),
                    fingerprint: fingerprint.clone(),
                    since: recorded.at,
                });
            }
            Event::UserAdded { name, role } => {
                self.users.insert(name.clone(), *role);
            }
            Event::CaseOpened { case, title } => {
                self.first_case.get_or_insert_with(|| case.clone());
                self.cases.insert(case.clone(), Case::opened(case, title, recorded.at));
            }
            Event::Looked { .. }
            | Event::BackedUp { .. }
            | Event::Restored { .. }
            | Event::CardIssued { .. }
            | Event::PartnerFollowed { .. }
            | Event::WitnessedFork { .. }
            | Event::MessageSent { .. }
            | Event::MessageHandled { .. }
            | Event::MessageErased { .. } => {}
            Event::PartnerAccepted { agency, .. } => {
                // A newer card of a partner that we know does not change how it stands.
                self.partners.entry(*agency).or_insert(Standing::Active);
            }
            Event::WitnessNamed { agency, is_asked: true, .. } => {
                self.witnesses.insert(*agency);
            }
            Event::WitnessNamed { agency, .. } => {
                self.witnesses.remove(agency);
            }
            Event::PartnerStands { agency, standing, .. } => {
                self.partners.insert(*agency, *standing);
            }
            Event::Directory { what } => self.directory.apply(recorded.at, &recorded.by, what),
            Event::Match { partner, what } => self.matching.apply(recorded.at, *partner, what),
            Event::Request { of, number, what } => {
                let key = Key { of: *of, number: number.clone() };
                self.requests.apply(recorded.at, &recorded.by, &key, what);
            }
            Event::Desk { desk, what } => self.requests.desk(desk, what),
            Event::LawPack { what } => self.law.apply(recorded.at, &recorded.by, what),
            Event::CaseClosed { case } => self.close(case, true),
            Event::CaseReopened { case } => self.close(case, false),
            Event::FileImported { case, file } => {
                if let Some(case) = self.cases.get_mut(case) {
                    case.files.push(file.clone());
                    case.imported_at.push(recorded.at);
                }
            }
            Event::RecordsRuled { case, left, right, same, because } => {
                if let Some(case) = self.cases.get_mut(case) {
                    case.rulings.push(RuledPair {
                        at: recorded.at,
                        by: recorded.by.clone(),
                        files: case.files.len(),
                        keys: [left.clone(), right.clone()],
                        is_same: *same,
                        because: because.clone(),
                    });
                }
            }
            Event::FileReread { case, place, file } => {
                if let Some(case) = self.cases.get_mut(case)
                    && let Some(old) = case.files.get_mut(*place)
                {
                    old.clone_from(file);
                    case.reread.insert(*place);
                }
            }
        }
    }

    fn close(&mut self, case: &str, is_closed: bool) {
        if let Some(case) = self.cases.get_mut(case) {
            case.is_closed = is_closed;
        }
    }

    /// The files that were read again with other rows than when they were imported.
    pub fn reread(&self) -> impl Iterator<Item = &ImportedFile> {
        let cases = self.cases.values();
        cases.flat_map(|case| case.reread.iter().filter_map(|place| case.files.get(*place)))
    }

    /// The default case: the first that was opened, by the order of the log. A clock may go back.
    pub fn default_case(&self) -> Option<&Case> {
        self.first_case.as_ref().and_then(|case| self.cases.get(case))
    }
}
