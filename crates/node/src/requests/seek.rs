//! Looking through the requests: which speak of a value, and which wait for a treaty.

use std::collections::BTreeSet;

use envelope::request::Request;

use super::duplicates::words;
use super::error::RequestError;
use super::record::{Kept, Key};
use crate::answer::ChangedAnswer;
use crate::error::NodeError;
use crate::node::Node;

/// A shorter value is in too many texts by chance.
const LEAST_VALUE: usize = 4;

impl Node {
    /// How many of our open requests would have a sure basis if things changed so.
    pub fn unblocked(&self, changed: &[ChangedAnswer]) -> usize {
        let Ok(identity) = self.identity() else { return 0 };
        let own = identity.country.to_string();
        let open = self.state.requests.kept.iter().filter(|(key, kept)| {
            key.of.is_none() && (kept.stage.is_draft() || kept.stage.is_open())
        });
        let waits = |country: &str, measure: &str| {
            changed.iter().any(|one| {
                (one.from.as_str(), one.to.as_str()) == (own.as_str(), country)
                    && (one.measure, one.after) == (measure, "yes")
            })
        };
        open.filter(|(_, kept)| waits(&kept.country.to_string(), &kept.measure)).count()
    }

    /// The messages of a request, in the order in which they went and came; none: nobody names a
    /// request so.
    pub fn messages_of_request(&self, by: &str, text: &str) -> Result<Vec<String>, NodeError> {
        let known = match self.request(by, text) {
            Err(NodeError::Request(RequestError::Unknown(_))) => return Ok(Vec::new()),
            known => known?.1,
        };
        let steps = known.history.iter().filter_map(|one| one.message.clone());
        let mut messages: Vec<String> = known.message.clone().into_iter().collect();
        messages.extend(steps.filter(|one| known.message.as_ref() != Some(one)));
        Ok(messages)
    }

    /// What a request says, where it can be read here.
    fn readable_request(&self, key: &Key, kept: &Kept) -> Result<Option<Request>, NodeError> {
        match self.request_text(key, kept) {
            Err(NodeError::KeysClosed) => Ok(None),
            read => read,
        }
    }

    /// Whether a partner's requests are here which cannot be opened now.
    pub fn has_closed_requests(&self) -> bool {
        let mut keys = self.state.requests.kept.keys();
        self.exchange().is_err() && keys.any(|key| key.of.is_some())
    }

    /// Requests that speak of a value, in any of its forms, with their cases: of those that
    /// somebody needs to know.
    pub(crate) fn requests_with(
        &self,
        by: &str,
        values: &[String],
    ) -> Result<Vec<(String, String)>, NodeError> {
        let values: Vec<String> = values.iter().map(|value| value.to_lowercase()).collect();
        let forms: BTreeSet<String> = values.iter().flat_map(|value| words(value)).collect();
        let mut found = Vec::new();
        for (key, kept) in self.state.requests.kept.iter().filter(|(_, kept)| self.knows(by, kept))
        {
            // Without the keys a partner's cannot be opened; what was destroyed is not found.
            let Some(request) = self.readable_request(key, kept)? else { continue };
            let speaks = |text: &str| {
                let text = text.to_lowercase();
                let is_there = |value: &String| value.len() >= LEAST_VALUE && text.contains(value);
                values.iter().any(is_there) || words(&text).any(|word| forms.contains(&word))
            };
            if request.elements.iter().any(|one| speaks(&one.text)) {
                found.push((self.shown_number(key), kept.case.clone().unwrap_or_default()));
            }
        }
        Ok(found)
    }
}
