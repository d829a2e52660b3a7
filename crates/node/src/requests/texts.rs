//! Where the texts of requests lie. Our own lie in the vault. A partner's lie in its sealed
//! messages alone: whatever destroys such a message destroys what it said with it.

use std::collections::BTreeMap;

use envelope::content::Content;
use envelope::handling::Handling;
use envelope::request::{Approved, Request, Step, is_kind};
use model::digest::Digest;

use super::error::RequestError;
use super::record::{Happened, Kept, Key};
use crate::error::NodeError;
use crate::event::UserRole;
use crate::exchange::{ExchangeError, hexadecimal};
use crate::node::Node;
use crate::port::record::{MessageRow, MessageState};

/// So many bytes of a kept text are read at most.
const MAX_KEPT: u64 = 2 << 20;

/// What a line of a request's history says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Words {
    /// Nothing beyond what was done.
    None,
    /// This; and of a partner's step, what may be done with it.
    Step(Box<Step>, Option<Box<Handling>>),
    /// It was destroyed with its message.
    Erased,
}

impl Node {
    /// Kept bytes, which are compared with their digest.
    pub(super) fn kept_bytes(&self, digest: &Digest) -> Result<Vec<u8>, NodeError> {
        self.read_kept(digest, MAX_KEPT).map_err(|cause| broken(digest, &cause))
    }

    /// What a request says; `None`: it was destroyed with its message.
    pub(super) fn request_text(
        &self,
        key: &Key,
        kept: &Kept,
    ) -> Result<Option<Request>, NodeError> {
        if key.of.is_none() {
            let bytes = self.kept_bytes(&kept.content)?;
            let request = Request::parse(&bytes).map_err(|error| broken(&kept.content, &error))?;
            return Ok(Some(request));
        }
        Ok(self.approved_text(kept)?.map(|(_, request)| request))
    }

    /// The same, for what cannot be done without it.
    pub(super) fn whole_request(&self, key: &Key, kept: &Kept) -> Result<Request, NodeError> {
        let erased = || RequestError::Erased(self.shown_number(key)).into();
        self.request_text(key, kept)?.ok_or_else(erased)
    }

    /// A partner's request with those who approved it; `None`: destroyed.
    pub(super) fn approved_text(
        &self,
        kept: &Kept,
    ) -> Result<Option<(Approved, Request)>, NodeError> {
        let Some(message) = &kept.message else { return Ok(None) };
        let Some(content) = self.request_message(message)? else { return Ok(None) };
        let read = Approved::parse(&content.body);
        let (approved, request) = read.map_err(|error| broken(&kept.content, &error))?;
        match Digest::of(&approved.request) == kept.content {
            true => Ok(Some((approved, request))),
            false => Err(broken(&kept.content, &"its message holds another request")),
        }
    }

    /// What a line of the history says.
    pub(super) fn words(&self, one: &Happened) -> Result<Words, NodeError> {
        let Some(body) = &one.body else { return Ok(Words::None) };
        let (bytes, handling) = match &one.message {
            Some(message) if one.is_theirs => match self.request_message(message)? {
                Some(content) if Digest::of(&content.body) == *body => {
                    (content.body, Some(Box::new(content.handling)))
                }
                Some(_) => return Err(broken(body, &"its message holds another step")),
                None => return Ok(Words::Erased),
            },
            _ => (self.kept_bytes(body)?, None),
        };
        let step = Step::parse(&bytes).map_err(|error| broken(body, &error))?;
        Ok(Words::Step(Box::new(step), handling))
    }

    /// The content of a partner's message; `None`: destroyed.
    fn request_message(&self, message: &str) -> Result<Option<Content>, NodeError> {
        let exchange = self.exchange()?;
        let row = exchange.find(message)?;
        if row.state == MessageState::Erased {
            return Ok(None);
        }
        match exchange.open(&row) {
            Ok(content) => Ok(Some(content)),
            Err(ExchangeError::NoContent(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether somebody may look into a message: one of a request is for who needs to know that.
    /// What lies on no desk, turned away or not dealt with yet, is for supervisors.
    pub(crate) fn may_know(&self, by: &str, row: &MessageRow) -> Result<(), NodeError> {
        if !is_kind(&row.kind) {
            return Ok(());
        }
        let message = hexadecimal(row.id);
        let holds = |kept: &Kept| {
            let mut steps = kept.history.iter().filter_map(|one| one.message.as_deref());
            kept.message.as_deref() == Some(&message) || steps.any(|one| one == message)
        };
        let found = self.state.requests.kept.iter().find(|(_, kept)| holds(kept));
        let is_known = match found {
            Some((_, kept)) => self.knows(by, kept),
            None => self.state.users.get(by) == Some(&UserRole::Supervisor),
        };
        let shown = || found.map_or(message.clone(), |(key, _)| self.shown_number(key));
        if is_known { Ok(()) } else { Err(RequestError::NeedToKnow(shown()).into()) }
    }

    /// Whether a partner's request or step has not been dealt with yet.
    pub(crate) fn waits_for_desk(&self, row: &MessageRow) -> bool {
        let done = &self.state.requests.done;
        is_kind(&row.kind) && !done.contains(&(row.log.from.0, hexadecimal(row.id)))
    }

    /// Our own texts and files of all requests, with a name of each for people. A partner's lie in
    /// its messages.
    pub(crate) fn request_files(&self) -> BTreeMap<Digest, String> {
        let mut all = BTreeMap::new();
        for (key, kept) in &self.state.requests.kept {
            let mut files = Vec::new();
            if key.of.is_none() {
                all.insert(kept.content, key.number.clone());
                let request = self.request_text(key, kept).ok().flatten();
                files.extend(request.into_iter().flat_map(|one| one.files));
            }
            for one in kept.history.iter().filter(|one| one.is_kept_here()) {
                all.extend(one.body.map(|body| (body, key.number.clone())));
                if let Ok(Words::Step(step, _)) = self.words(one) {
                    files.extend(step.files);
                }
            }
            all.extend(files.into_iter().map(|file| (file.sha256, file.name)));
        }
        all
    }
}

fn broken(digest: &Digest, cause: &dyn std::fmt::Display) -> NodeError {
    let file = digest.to_string().chars().take(12).collect();
    NodeError::Broken { file, cause: cause.to_string() }
}
