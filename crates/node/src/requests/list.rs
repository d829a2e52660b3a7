//! Which requests there are, for those who need to know them: who wrote or approved one, whose work
//! it is, supervisors; and which of them a number means.

use super::clock::{deadlines, has_lapsed, is_half};
use super::deed::Deed;
use super::error::RequestError;
use super::record::{Kept, Key};
use super::stage::Stage;
use crate::answer::{RequestAnswer, RequestLine, Requests};
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::{Event, UserRole};
use crate::node::Node;

/// A list shows at most so many requests.
const MAX_LISTED: usize = 1_000;

impl Node {
    /// Requests, those that are due first; `None`: of both directions.
    pub fn requests(&self, by: &str, incoming: Option<bool>) -> Result<Requests, NodeError> {
        self.list_requests(by, incoming, None)
    }

    /// The same, of those that are given to an officer or a desk.
    pub fn list_requests(
        &self,
        by: &str,
        incoming: Option<bool>,
        to: Option<&str>,
    ) -> Result<Requests, NodeError> {
        self.allow(by, Duty::List)?;
        if let Some(to) = to {
            self.can_have_work(to)?;
        }
        let all = self.state.requests.kept.iter();
        let wanted = all.filter(|(key, kept)| {
            incoming.is_none_or(|wanted| wanted == key.of.is_some())
                && to.is_none_or(|to| kept.assigned.as_deref() == Some(to))
                && self.knows(by, kept)
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

    pub(super) fn line(&self, key: &Key, kept: &Kept) -> Result<RequestLine, NodeError> {
        // One that cannot be read keeps nobody from the others; who looks at it learns why.
        let (request, is_erased) = match self.request_text(key, kept) {
            Ok(request) => (request.clone(), request.is_none()),
            Err(NodeError::Broken { .. } | NodeError::Exchange(_)) => (None, false),
            Err(error) => return Err(error),
        };
        let now = self.ports.clock.now();
        let is_followed = self.is_followed(key, kept);
        let clock = deadlines((key, kept, request.as_ref()), is_followed, now);
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
            needs_second: is_half(key, kept),
            assigned: kept.assigned.clone(),
            on_paper: kept.is_on_paper,
            erased: is_erased,
        })
    }

    /// Gives a request to an officer or a desk; from then on he, or who works there, supervisors
    /// and its writers know it.
    pub fn assign_request(
        &mut self,
        by: &str,
        text: &str,
        to: &str,
    ) -> Result<RequestAnswer, NodeError> {
        self.allow(by, Duty::Work)?;
        let (key, _) = self.request(by, text)?;
        self.can_have_work(to)?;
        let what = Deed::Assigned { to: to.to_owned() };
        self.record(by, &[Event::Request { of: key.of, number: key.number.clone(), what }])?;
        self.told_request(&key)
    }

    /// Whether requests can be given to this name.
    fn can_have_work(&self, to: &str) -> Result<(), NodeError> {
        match self.state.users.get(to) {
            Some(UserRole::Officer | UserRole::Supervisor) => Ok(()),
            None if self.state.requests.desks.has(to) => Ok(()),
            _ => Err(NodeError::UnknownUser(to.to_owned())),
        }
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
        // A number of a partner's may differ from another one by its case or by spaces alone.
        let is_it = |key: &&Key| self.shown_number(key) == text;
        let mut same = self.state.requests.kept.keys().filter(is_it);
        if let (Some(key), None) = (same.next(), same.next()) {
            return Ok(key.clone());
        }
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

    /// A request's number as everybody here sees it.
    pub(super) fn shown_number(&self, key: &Key) -> String {
        match key.of {
            None => key.number.clone(),
            Some(of) => format!("{}/{}", self.agency_name(of), key.number),
        }
    }

    pub(super) fn other_side(&self, kept: &Kept) -> String {
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

    /// Whether a formal request to the same country has left after this one.
    pub(super) fn is_followed(&self, key: &Key, fast: &Kept) -> bool {
        let mut all = self.state.requests.kept.iter();
        all.any(|(other, kept)| {
            let is_formal = kept.kind == "mla" || kept.measure == "freeze";
            let is_gone = matches!(kept.stage, Stage::Withdrawn | Stage::Rejected);
            other.of == key.of
                && kept.follows.as_deref() == Some(key.number.as_str())
                && kept.country == fast.country
                && is_formal
                && !is_gone
                && !kept.stage.is_draft()
        })
    }
}
