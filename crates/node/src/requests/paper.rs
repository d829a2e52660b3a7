//! Requests that go on paper, to a country where nobody has such a node: an officer records when
//! the paper left, and what those that came back say. What rests on a paper is marked with it.

use model::time::Timestamp;

use super::check::day;
use super::deed::{Deed, Paper};
use super::error::RequestError;
use crate::answer::RequestAnswer;
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::Event;
use crate::node::Node;

/// A paper's reference has at most so many characters.
const MAX_REFERENCE: usize = 200;

impl Node {
    /// Records that an approved request has left on paper.
    pub fn send_on_paper(
        &mut self,
        by: &str,
        text: &str,
        reference: &str,
        on: Option<&str>,
    ) -> Result<RequestAnswer, NodeError> {
        self.allow(by, Duty::Work)?;
        let (key, kept) = self.request(by, text)?;
        let request = self.ready(&key, &kept, text)?;
        // Its node would never learn of it, and could answer nothing.
        if let Some(partner) = kept.partner {
            let name = self.agency_name(partner);
            return Err(RequestError::HasPartner(key.number, name).into());
        }
        self.files_unchanged(&request)?;
        let paper = self.paper(Some(reference), on, request.made)?;
        let Some(paper) = paper else { return Err(RequestError::PaperMissing(key.number).into()) };
        let what = Deed::SentOnPaper { content: kept.content, paper };
        self.record(by, &[Event::Request { of: None, number: key.number.clone(), what }])?;
        self.told_request(&key)
    }

    /// The paper that words name: a day that has come, and not before the paper's own cause.
    pub(super) fn paper(
        &self,
        reference: Option<&str>,
        on: Option<&str>,
        since: Timestamp,
    ) -> Result<Option<Paper>, NodeError> {
        let bad = |word: &str| RequestError::BadPaper(word.to_owned());
        let Some(reference) = reference.map(str::trim) else {
            return on.map_or(Ok(None), |on| Err(bad(on).into()));
        };
        let is_plain = !reference.is_empty() && !reference.chars().any(char::is_control);
        if !is_plain || reference.chars().count() > MAX_REFERENCE {
            return Err(bad(reference).into());
        }
        let now = self.ports.clock.now();
        let Some(on) = on else {
            return Ok(Some(Paper { reference: reference.to_owned(), on: now }));
        };
        let wanted = day(on).ok_or_else(|| bad(on))?;
        // A day is read as its end: one of today has begun, one of the cause's day is not over.
        let is_of = |at: Timestamp| date(at) == date(wanted);
        if (wanted > now && !is_of(now)) || (wanted < since && !is_of(since)) {
            return Err(bad(on).into());
        }
        let on = wanted.min(now);
        Ok(Some(Paper { reference: reference.to_owned(), on }))
    }
}

fn date(at: Timestamp) -> String {
    at.to_string().chars().take(10).collect()
}
