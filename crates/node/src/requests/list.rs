//! The desk: which requests there are, and everything about one of them, for those who need to know
//! it: who wrote or approved it, whose work it is, supervisors; what came and is nobody's yet is
//! everybody's.

use envelope::request::{Evidence, File, Marks, Person, Step};

use super::clock::{deadlines, has_lapsed, is_half, possible};
use super::record::{Happened, Kept, Key};
use super::stage::Stage;
use crate::answer::{
    ElementAnswer, FileOfRequest, HappenedAnswer, RequestAnswer, RequestLine, Requests,
};
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::{Event, UserRole};
use crate::messages::handling_told;
use crate::node::Node;

use super::deed::Deed;
use super::error::RequestError;

/// A list shows at most so many requests.
const MAX_LISTED: usize = 1_000;

const PERSONS: [(Person, &str); 7] = [
    (Person::Unknown, "unknown"),
    (Person::Victim, "victim"),
    (Person::Witness, "witness"),
    (Person::Suspect, "suspect"),
    (Person::Accused, "accused"),
    (Person::Convicted, "convicted"),
    (Person::ThirdParty, "third-party"),
];
const EVIDENCES: [(Evidence, &str); 3] =
    [(Evidence::Ask, "ask"), (Evidence::Yes, "yes"), (Evidence::No, "no")];

/// The legal status of a word.
pub(super) fn person_of(word: &str) -> Option<Person> {
    PERSONS.iter().find(|(_, name)| *name == word.trim()).map(|(person, _)| *person)
}

/// The use of a word.
pub(super) fn evidence_of(word: &str) -> Option<Evidence> {
    EVIDENCES.iter().find(|(_, name)| *name == word.trim()).map(|(evidence, _)| *evidence)
}

fn told_marks(marks: Marks) -> (&'static str, &'static str) {
    let person = PERSONS.iter().find(|(one, _)| *one == marks.person);
    let evidence = EVIDENCES.iter().find(|(one, _)| *one == marks.evidence);
    (person.map_or("", |(_, name)| name), evidence.map_or("", |(_, name)| name))
}

impl Node {
    /// Requests, those that are due first; `None`: of both directions.
    pub fn requests(&self, by: &str, incoming: Option<bool>) -> Result<Requests, NodeError> {
        self.allow(by, Duty::List)?;
        let all = self.state.requests.kept.iter();
        let wanted = all.filter(|(key, kept)| {
            incoming.is_none_or(|wanted| wanted == key.of.is_some()) && self.knows(by, kept)
        });
        let mut requests = Vec::new();
        for (key, kept) in wanted {
            requests.push(self.line(key, kept)?);
        }
        requests.sort_by(|one: &RequestLine, other| {
            let order = |line: &RequestLine| (line.due.is_none(), line.due);
            (order(one), &other.request).cmp(&(order(other), &one.request))
        });
        requests.truncate(MAX_LISTED);
        Ok(Requests { requests })
    }

    fn line(&self, key: &Key, kept: &Kept) -> Result<RequestLine, NodeError> {
        let request = self.kept_request(&kept.content)?;
        let now = self.ports.clock.now();
        let clock = deadlines((key, kept, &request), self.is_followed(key), now);
        let lapsed = has_lapsed(&clock);
        Ok(RequestLine {
            request: self.shown_number(key),
            direction: if key.of.is_some() { "in" } else { "out" },
            kind: kept.kind.clone(),
            state: if lapsed { "lapsed" } else { kept.stage.as_str() },
            partner: self.other_side(kept),
            country: kept.country,
            due: clock.first().map(|one| one.due),
            is_overdue: clock.first().is_some_and(|one| one.state == "over"),
            is_urgent: kept.is_urgent,
            needs_second: is_half(key, kept) && kept.is_urgent,
            assigned: kept.assigned.clone(),
        })
    }

    /// Everything about a request; whoever looks is in the audit.
    pub fn show_request(&mut self, by: &str, text: &str) -> Result<RequestAnswer, NodeError> {
        let (key, _) = self.request(by, text)?;
        let shown = self.shown_number(&key);
        self.look(by, "request show", &shown)?;
        self.told_request(&key)
    }

    pub(super) fn told_request(&self, key: &Key) -> Result<RequestAnswer, NodeError> {
        let unknown = || RequestError::Unknown(key.number.clone());
        let kept = self.state.requests.kept.get(key).ok_or_else(unknown)?;
        let request = self.kept_request(&kept.content)?;
        let line = self.line(key, kept)?;
        let checked = self.examined(key, &request)?;
        let now = self.ports.clock.now();
        let mut history = Vec::new();
        for one in &kept.history {
            history.push(self.told_step(kept, one)?);
        }
        let legal = self.legal(&request)?;
        let place = |id: &str| legal.required.iter().position(|one| one.element == id);
        let mut elements: Vec<ElementAnswer> = Vec::new();
        for element in &request.elements {
            let (person, evidence) = told_marks(element.marks);
            let wanted = place(&element.id).and_then(|place| legal.required.get(place));
            elements.push(ElementAnswer {
                element: element.id.clone(),
                name: self.element_name(&element.id),
                text: element.text.clone(),
                instrument: wanted.map(|one| one.instrument.clone()),
                title: wanted.and_then(|one| one.title.clone()),
                article: wanted.and_then(|one| one.article.clone()),
                person,
                evidence,
            });
        }
        // As the law lists them; what it does not want stands at the end.
        elements.sort_by_key(|one| place(&one.element).unwrap_or(usize::MAX));
        let approvals = kept.approvals.iter().map(|(by, at)| (by.clone(), *at)).collect();
        Ok(RequestAnswer {
            request: line.request,
            direction: line.direction,
            kind: line.kind,
            measure: kept.measure.clone(),
            conduct: request.conduct.clone(),
            clause: request.clause.clone(),
            state: line.state,
            partner: line.partner,
            country: line.country,
            case: kept.case.clone(),
            is_urgent: kept.is_urgent,
            needs_second: line.needs_second,
            assigned: line.assigned,
            follows: request.follows.clone(),
            handle: request.handle.clone(),
            basis: checked.basis.clone(),
            addressee: checked.addressee,
            handling: handling_told(&request.handling),
            deadlines: deadlines((key, kept, &request), self.is_followed(key), now),
            complete: checked.complete,
            missing: checked.missing,
            warnings: checked.warnings,
            gaps: checked.gaps,
            elements,
            undertakings: legal.undertakings,
            approvals,
            history,
            attachments: request.files.iter().map(file).collect(),
            digest: kept.content,
            made: request.made,
            possible: possible(key, kept),
        })
    }

    fn told_step(&self, kept: &Kept, one: &Happened) -> Result<HappenedAnswer, NodeError> {
        let step = match &one.body {
            Some(body) => Step::parse(&self.kept_bytes(body)?).ok(),
            None => None,
        };
        let by = match one.is_theirs {
            true => self.other_side(kept),
            false => one.by.clone(),
        };
        let (person, evidence) =
            told_marks(step.as_ref().map(|step| step.marks).unwrap_or_default());
        Ok(HappenedAnswer {
            at: one.at,
            what: one.what.clone(),
            by,
            skipped: one.skipped.iter().map(|act| act.as_str()).collect(),
            ground: one.ground.clone(),
            text: step.as_ref().and_then(|step| step.text.clone()),
            person,
            evidence,
            until: step.as_ref().and_then(|step| step.until),
            attachments: step.iter().flat_map(|step| &step.files).map(file).collect(),
            message: one.message.clone(),
        })
    }

    /// Makes a request somebody's work; from then on he, supervisors and its writers know it.
    pub fn assign_request(
        &mut self,
        by: &str,
        text: &str,
        to: &str,
    ) -> Result<RequestAnswer, NodeError> {
        self.allow(by, Duty::Work)?;
        let (key, _) = self.request(by, text)?;
        match self.state.users.get(to) {
            Some(UserRole::Officer | UserRole::Supervisor) => {}
            _ => return Err(NodeError::UnknownUser(to.to_owned())),
        }
        let what = Deed::Assigned { to: to.to_owned() };
        self.record(by, &[Event::Request { of: key.of, number: key.number.clone(), what }])?;
        self.told_request(&key)
    }

    /// A request that somebody may see, by its number: `VN-2026-0001`, or `A05/VN-2026-0001` for a
    /// partner's.
    pub(super) fn request(&self, by: &str, text: &str) -> Result<(Key, Kept), NodeError> {
        let key = self.request_key(text)?;
        let unknown = || RequestError::Unknown(text.to_owned());
        let kept = self.state.requests.kept.get(&key).cloned().ok_or_else(unknown)?;
        match self.knows(by, &kept) {
            true => Ok((key, kept)),
            false => Err(RequestError::NeedToKnow(self.shown_number(&key)).into()),
        }
    }

    pub(super) fn request_key(&self, text: &str) -> Result<Key, NodeError> {
        let wanted = text.trim().to_lowercase();
        let keys = self.state.requests.kept.keys();
        let fits = |key: &&Key| {
            let own = key.of.is_none() && key.number.to_lowercase() == wanted;
            own || self.shown_number(key).to_lowercase() == wanted
        };
        let found: Vec<&Key> = keys.filter(fits).collect();
        match found.as_slice() {
            [key] => Ok((*key).clone()),
            [] => self.foreign_key(&wanted, text),
            several => {
                let ids = several
                    .iter()
                    .filter_map(|key| key.of.map(|of| format!("{of}/{}", key.number)));
                let ids: Vec<String> = ids.collect();
                Err(RequestError::Ambiguous(text.to_owned(), ids.join(", ")).into())
            }
        }
    }

    /// A partner's request by its bare number, where only one partner has such a one, or by the
    /// partner's id.
    fn foreign_key(&self, wanted: &str, text: &str) -> Result<Key, NodeError> {
        let keys = self.state.requests.kept.keys();
        let fits = |key: &&Key| {
            let of = key.of.map(|of| format!("{of}/{}", key.number).to_lowercase());
            key.number.to_lowercase() == wanted || of.is_some_and(|one| one == wanted)
        };
        let found: Vec<&Key> = keys.filter(fits).collect();
        match found.as_slice() {
            [key] => Ok((*key).clone()),
            [] => Err(RequestError::Unknown(text.to_owned()).into()),
            several => {
                let shown: Vec<String> = several.iter().map(|key| self.shown_number(key)).collect();
                Err(RequestError::Ambiguous(text.to_owned(), shown.join(", ")).into())
            }
        }
    }

    /// Whether somebody needs to know a request.
    pub(super) fn knows(&self, by: &str, kept: &Kept) -> bool {
        let has_part = kept.drafters.contains(by) || kept.history.iter().any(|one| one.by == by);
        match self.state.users.get(by) {
            Some(UserRole::Supervisor | UserRole::Auditor) => true,
            Some(UserRole::Officer) => match &kept.assigned {
                Some(to) => to == by || has_part,
                None => has_part || kept.drafters.is_empty(),
            },
            _ => false,
        }
    }

    /// A request's number as everybody here sees it.
    pub(super) fn shown_number(&self, key: &Key) -> String {
        match key.of {
            None => key.number.clone(),
            Some(of) => format!("{}/{}", self.agency_name(of), key.number),
        }
    }

    fn other_side(&self, kept: &Kept) -> String {
        kept.partner.map_or_else(|| kept.country.to_string(), |of| self.agency_name(of))
    }

    pub(crate) fn agency_name(&self, of: model::digest::Digest) -> String {
        let book = self.exchange().map(|exchange| exchange.book());
        let known = book.ok().and_then(|book| {
            let known = book.partners.iter().find(|(id, _)| id.0 == of);
            known.map(|(_, one)| one.card.card().agency.clone())
        });
        known.unwrap_or_else(|| of.to_string().chars().take(12).collect())
    }

    /// Whether a formal request has left after this one.
    fn is_followed(&self, key: &Key) -> bool {
        let mut all = self.state.requests.kept.iter();
        all.any(|(other, kept)| {
            other.of == key.of
                && kept.follows.as_deref() == Some(key.number.as_str())
                && !matches!(
                    kept.stage,
                    Stage::Draft
                        | Stage::Checked
                        | Stage::Approved
                        | Stage::Withdrawn
                        | Stage::Rejected
                )
        })
    }
}

fn file(file: &File) -> FileOfRequest {
    let (person, evidence) = told_marks(file.marks);
    FileOfRequest {
        name: file.name.clone(),
        sha256: file.sha256.to_string(),
        size: file.size,
        person,
        evidence,
    }
}
