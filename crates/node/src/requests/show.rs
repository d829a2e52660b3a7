//! Everything about one request: what it says, how it stands, what happened. What its partner has
//! had destroyed is told as destroyed.

use envelope::receipt::SignedReceipt;
use envelope::request::{Approved, Evidence, File, Marks, Person, Request};
use model::time::Timestamp;

use super::clock::{deadlines, possible};
use super::error::RequestError;
use super::legal::Legal;
use super::record::{Happened, Kept, Key};
use super::texts::Words;
use crate::answer::{
    ElementAnswer, FileOfRequest, HappenedAnswer, PaperAnswer, RequestAnswer, RequestChecked,
};
use crate::error::NodeError;
use crate::messages::handling_told;
use crate::node::Node;

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
        let mut told = self.outline(key, kept)?;
        for one in &kept.history {
            told.history.push(self.told_step(kept, one)?);
        }
        let Some(request) = self.request_text(key, kept)? else {
            told.erased = true;
            return Ok(told);
        };
        let RequestChecked { complete, missing, warnings, basis, gaps, addressee, .. } =
            self.examined(key, &request)?;
        let legal = self.legal(&request)?;
        Ok(RequestAnswer {
            conduct: request.conduct.clone(),
            clause: request.clause.clone(),
            handle: request.handle.clone(),
            basis,
            addressee,
            handling: Some(handling_told(&request.handling)),
            complete,
            missing,
            warnings,
            gaps,
            elements: self.told_elements(&request, &legal),
            undertakings: legal.undertakings,
            attachments: request.files.iter().map(file).collect(),
            made: request.made,
            ..told
        })
    }

    /// What the log itself knows of a request.
    fn outline(&self, key: &Key, kept: &Kept) -> Result<RequestAnswer, NodeError> {
        let line = self.line(key, kept)?;
        let request = self.request_text(key, kept)?;
        let now = self.ports.clock.now();
        let is_followed = self.is_followed(key, kept);
        Ok(RequestAnswer {
            request: line.request,
            direction: line.direction,
            kind: line.kind,
            measure: kept.measure.clone(),
            conduct: String::new(),
            clause: None,
            state: line.state,
            partner: line.partner,
            country: line.country,
            case: kept.case.clone(),
            is_urgent: kept.is_urgent,
            needs_second: line.needs_second,
            assigned: line.assigned,
            on_paper: line.on_paper,
            erased: false,
            follows: kept.follows.clone(),
            handle: None,
            basis: None,
            addressee: None,
            handling: None,
            deadlines: deadlines((key, kept, request.as_ref()), is_followed, now),
            complete: false,
            missing: Vec::new(),
            warnings: Vec::new(),
            gaps: Vec::new(),
            elements: Vec::new(),
            undertakings: Vec::new(),
            approvals: self.told_approvals(key, kept)?,
            history: Vec::new(),
            attachments: Vec::new(),
            digest: kept.content,
            made: kept.history.first().map_or(now, |one| one.at),
            possible: possible(key, kept, request.is_none()),
        })
    }

    /// Who has approved a request: a partner's says so itself.
    fn told_approvals(
        &self,
        key: &Key,
        kept: &Kept,
    ) -> Result<Vec<(String, Timestamp)>, NodeError> {
        let mut approvals = kept.approvals.clone();
        if key.of.is_some() {
            let approved =
                self.approved_text(kept)?.map(|(Approved { approvals, .. }, _)| approvals);
            approvals = approved.into_iter().flatten().map(|one| (one.by, one.at)).collect();
            for one in kept.history.iter().filter(|one| one.what == "approve") {
                if let Words::Step(step, _) = self.words(one)? {
                    approvals.extend(step.approval.map(|one| (one.by, one.at)));
                }
            }
        }
        Ok(approvals)
    }

    /// What a request says, as the law lists it; what it does not want stands at the end.
    fn told_elements(&self, request: &Request, legal: &Legal) -> Vec<ElementAnswer> {
        let place = |id: &str| legal.required.iter().position(|one| one.element == id);
        let elements = request.elements.iter().map(|element| {
            let (person, evidence) = told_marks(element.marks);
            let wanted = place(&element.id).and_then(|place| legal.required.get(place));
            ElementAnswer {
                element: element.id.clone(),
                name: self.element_name(&element.id),
                text: element.text.clone(),
                instrument: wanted.map(|one| one.instrument.clone()),
                title: wanted.and_then(|one| one.title.clone()),
                article: wanted.and_then(|one| one.article.clone()),
                person,
                evidence,
            }
        });
        let mut elements: Vec<ElementAnswer> = elements.collect();
        elements.sort_by_key(|one| place(&one.element).unwrap_or(usize::MAX));
        elements
    }

    fn told_step(&self, kept: &Kept, one: &Happened) -> Result<HappenedAnswer, NodeError> {
        let (step, handling, is_erased) = match self.words(one)? {
            Words::Step(step, handling) => (Some(step), handling, false),
            Words::None => (None, None, false),
            Words::Erased => (None, None, true),
        };
        let by = match one.is_theirs {
            true => self.other_side(kept),
            false => one.by.clone(),
        };
        let (person, evidence) =
            told_marks(step.as_ref().map(|step| step.marks).unwrap_or_default());
        let paper = one.paper.as_ref().map(|paper| PaperAnswer {
            reference: paper.reference.clone(),
            on: paper.on,
            by: one.by.clone(),
        });
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
            handling: handling.map(|handling| handling_told(&handling)),
            paper,
            erased: is_erased,
            not_taken: self.not_taken(one)?,
        })
    }

    /// Why the other side's node did not take a step of ours, as its receipt says.
    fn not_taken(&self, one: &Happened) -> Result<Option<String>, NodeError> {
        let Some(message) = one.message.as_ref().filter(|_| !one.is_theirs) else {
            return Ok(None);
        };
        let exchange = self.exchange()?;
        let row = exchange.find(message)?;
        for (_, bytes) in exchange.receipts(&row)? {
            let text = SignedReceipt::parse(&bytes).ok().and_then(|one| one.receipt().text.clone());
            if let Some(text) = text.filter(|text| super::CODES.contains(&text.as_str())) {
                return Ok(Some(text));
            }
        }
        Ok(None)
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
