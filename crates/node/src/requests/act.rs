//! The steps of a request after it has left, or come: each is one act, told to the other side.

use envelope::attachment::Attachment;
use envelope::handling::Handling;
use envelope::request::{File, MAX_TEXT, Request, STEP, Step};
use formats::open::Source;

use super::check::day;
use super::deed::Deed;
use super::draft::{Change, marks};
use super::error::RequestError;
use super::record::{Kept, Key};
use super::stage::{Act, Side, Stage, next};
use crate::answer::RequestAnswer;
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::Event;
use crate::node::Node;

/// What an officer says with an act.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// Why it is refused, by the ground's id.
    pub ground: Option<String>,
    /// In words.
    pub text: Option<String>,
    /// Until when it holds now.
    pub until: Option<String>,
    /// The legal status of the person whom it is about.
    pub person: Option<String>,
    /// Whether it may be used as evidence.
    pub evidence: Option<String>,
}

impl Node {
    /// Takes a step, and tells the other side.
    pub fn act_on_request(
        &mut self,
        by: &str,
        text: &str,
        act: Act,
        said: Said,
        files: &[&dyn Source],
    ) -> Result<RequestAnswer, NodeError> {
        self.allow(by, Duty::Work)?;
        let (key, kept) = self.request(by, text)?;
        // Who asked gives what was asked for by the same command.
        let act = match (key.side(), act) {
            (Side::Asking, Act::Answer) => Act::Supply,
            (_, act) => act,
        };
        let holds = kept.holds();
        let (_, skipped) = next(kept.stage, key.side(), act, holds).ok_or_else(|| {
            let shown = self.shown_number(&key);
            match kept.stage {
                Stage::Closed => RequestError::Closed(shown),
                stage => RequestError::Stage(shown, act.as_str(), stage.as_str()),
            }
        })?;
        self.fits(&key, &kept, act, &said, files)?;
        let request = self.kept_request(&kept.content)?;
        let until = match said.until.as_deref() {
            Some(word) => {
                let now = self.ports.clock.now();
                let bad = || NodeError::BadWord("until", word.to_owned());
                Some(day(word).filter(|at| *at > now).ok_or_else(bad)?)
            }
            None => None,
        };
        let (person, evidence) = (said.person.clone(), said.evidence.clone());
        let marks = marks(&Change { set: Vec::new(), person, evidence })?;
        let mut step = Step {
            ground: said.ground.clone(),
            text: said.text.clone().filter(|text| !text.trim().is_empty()),
            marks,
            until,
            ..after(&key, &kept, act)
        };
        let mut attachments = Vec::new();
        for source in files {
            let file = self.attach(*source, marks)?;
            attachments.push(self.seal_kept(&file)?);
            step.files.push(file);
        }
        step.check().map_err(|_| RequestError::Large(key.number.clone()))?;
        let body = envelope::cbor::write(&step);
        let kept_body = self.keep_bytes(body.clone())?;
        let message = match act.is_private() || kept.partner.is_none() {
            true => None,
            false => Some(self.tell_partner(by, &kept, STEP, (body, &request), attachments)?),
        };
        let what = Deed::Stepped {
            act,
            is_theirs: false,
            skipped,
            ground: said.ground,
            body: Some(kept_body),
            until,
            message,
        };
        self.record(by, &[Event::Request { of: key.of, number: key.number.clone(), what }])?;
        self.told_request(&key)
    }

    /// Whether an act says what it has to.
    fn fits(
        &self,
        key: &Key,
        kept: &Kept,
        act: Act,
        said: &Said,
        files: &[&dyn Source],
    ) -> Result<(), NodeError> {
        let has_text = said.text.as_ref().is_some_and(|text| !text.trim().is_empty());
        if said.text.as_ref().is_some_and(|text| text.len() > MAX_TEXT) {
            return Err(RequestError::Large(key.number.clone()).into());
        }
        match act {
            Act::Refuse => {
                let request = self.kept_request(&kept.content)?;
                let ground = said.ground.as_deref().map(str::trim).filter(|one| !one.is_empty());
                let ground =
                    ground.ok_or_else(|| RequestError::NoGround(self.shown_number(key)))?;
                if !has_text {
                    return Err(NodeError::BadReason);
                }
                self.may_refuse(&request, ground)
            }
            Act::AskMore if !has_text => Err(RequestError::NothingSaid(act.as_str()).into()),
            Act::Answer | Act::Supply if !has_text && files.is_empty() => {
                Err(RequestError::NothingSaid(act.as_str()).into())
            }
            _ => Ok(()),
        }
    }

    /// A file that was kept, sealed for its way.
    pub(super) fn seal_kept(&self, file: &File) -> Result<Attachment, NodeError> {
        let changed = || RequestError::AttachmentChanged(file.name.clone());
        let source = self.ports.vault.original(&file.sha256, &file.name);
        let source = source.map_err(|_| changed())?;
        let mut reader = source.reader().map_err(|_| changed())?;
        let attachment = self.exchange()?.seal_file(&file.name, &mut *reader)?;
        if (attachment.sha256, attachment.size) == (file.sha256, file.size) {
            Ok(attachment)
        } else {
            Err(changed().into())
        }
    }
}

/// A step of a request that says nothing yet.
pub(super) fn after(key: &Key, kept: &Kept, act: Act) -> Step {
    Step {
        number: key.number.clone(),
        request: kept.content,
        what: act.as_str().to_owned(),
        ground: None,
        text: None,
        marks: Default::default(),
        files: Vec::new(),
        until: None,
        approval: None,
    }
}

/// A step is handled as its request, but for when that is to be destroyed.
pub(super) fn step_handling(request: &Request) -> Handling {
    let handling = request.handling.clone();
    Handling { source: None, information: None, retain_until: None, ..handling }
}
