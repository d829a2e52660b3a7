//! The steps of a request after it has left, or come: each is one act, told to the other side.

use envelope::handling::Handling;
use envelope::request::{MAX_TEXT, Request, STEP, Step};
use formats::open::Source;
use model::time::Timestamp;

use super::check::day;
use super::clock;
use super::deed::{Deed, Paper};
use super::draft::{Change, marks};
use super::error::RequestError;
use super::record::{Kept, Key};
use super::stage::{Act, Side, Stage};
use super::steps::next;
use crate::answer::RequestAnswer;
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::Event;
use crate::messages::{HandlingWords, handling_told};
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
    /// The paper that says it, of a request that went on paper.
    pub paper: Option<String>,
    /// The paper's day.
    pub on: Option<String>,
    /// What may be done with it; what is left out is as the request has it.
    pub handling: HandlingWords,
}

impl Node {
    /// Takes a step, and tells the other side. Of a request that went on paper the steps of the
    /// agency that is asked are written down here, by what its papers say.
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
            (Side::Asking, Act::Answer) if !kept.is_on_paper => Act::Supply,
            (_, act) => act,
        };
        let is_theirs = kept.is_on_paper && act.is_of_asked();
        let side = if is_theirs { Side::Asked } else { key.side() };
        // A second approval is `approve_request`'s, and nobody but a node turns a request away.
        let is_nobodys = matches!(act, Act::Approve | Act::Reject);
        let led = next(kept.stage, side, act, kept.holds()).filter(|_| !is_nobodys);
        // Nothing can be done any more for a request whose text is gone: it may be put aside.
        let is_over = act == Act::Close && kept.stage.is_open();
        let led = match led {
            None if is_over && self.request_text(&key, &kept)?.is_none() => {
                Some((Stage::Closed, Vec::new()))
            }
            led => led,
        };
        let (_, skipped) = led.ok_or_else(|| {
            let shown = self.shown_number(&key);
            match kept.stage {
                Stage::Closed => RequestError::Closed(shown),
                stage => RequestError::Stage(shown, act.as_str(), stage.as_str()),
            }
        })?;
        let paper = self.paper_of(&key, &kept, act, &said)?;
        let is_told = !act.is_private() && !kept.stage.is_draft();
        let request = match is_told {
            true => Some(self.whole_request(&key, &kept)?),
            false => None,
        };
        self.fits((&key, act, is_theirs), request.as_ref(), &said, files)?;
        let until = self.term(&kept, act, request.as_ref(), &said)?;
        let (person, evidence) = (said.person.clone(), said.evidence.clone());
        let marks = marks(&Change { set: Vec::new(), person, evidence })?;
        let mut step = Step {
            ground: said.ground.clone(),
            text: said.text.clone().filter(|text| !text.trim().is_empty()),
            marks,
            until,
            ..after(&key, &kept, act)
        };
        for source in files {
            step.files.push(self.attach(*source, marks, kept.partner)?);
        }
        step.check().map_err(|_| RequestError::Large(key.number.clone()))?;
        let body = envelope::cbor::write(&step);
        let kept_body = self.keep_bytes(body.clone())?;
        let message = match request.filter(|_| kept.partner.is_some() && !kept.is_on_paper) {
            None => None,
            Some(request) => {
                let sealed = step.files.iter().map(|file| self.seal_kept(file));
                let attachments = sealed.collect::<Result<Vec<_>, _>>()?;
                let handling = self.own_handling(&request, said.handling)?;
                let about = (body, &request, handling);
                Some(self.tell_partner(by, &kept, STEP, about, attachments)?)
            }
        };
        let (ground, body) = (said.ground, Some(kept_body));
        let what = Deed::Stepped { act, is_theirs, skipped, ground, body, until, message, paper };
        self.record(by, &[Event::Request { of: key.of, number: key.number.clone(), what }])?;
        self.told_request(&key)
    }

    /// The paper of a step: there is one where the request went on paper, and nowhere else.
    fn paper_of(
        &self,
        key: &Key,
        kept: &Kept,
        act: Act,
        said: &Said,
    ) -> Result<Option<Paper>, NodeError> {
        let since = kept.sent_at.filter(|_| kept.is_on_paper);
        let since = since.unwrap_or_else(|| self.ports.clock.now());
        let paper = self.paper(said.paper.as_deref(), said.on.as_deref(), since)?;
        match (kept.is_on_paper && !act.is_private(), paper) {
            (true, None) => Err(RequestError::PaperMissing(key.number.clone()).into()),
            (false, Some(_)) => Err(RequestError::NotOnPaper(self.shown_number(key)).into()),
            (_, paper) => Ok(paper),
        }
    }

    /// A step's handling: who answers says himself what may be done with what he gives.
    fn own_handling(&self, request: &Request, own: HandlingWords) -> Result<Handling, NodeError> {
        let first = step_handling(request);
        let has_limits = !own.limits.is_empty();
        let or = |own: String, first: &String| if own.is_empty() { first.clone() } else { own };
        let named = handling_told(&first);
        let words = HandlingWords {
            tlp: own.tlp.or(Some(named.tlp.to_owned())),
            pap: own.pap.or(Some(named.pap.to_owned())),
            purpose: or(own.purpose, &first.purpose),
            basis: or(own.basis, &first.basis),
            ..own
        };
        let read = words.read(self.ports.clock.now())?;
        match has_limits {
            true => Ok(read),
            false => Ok(Handling { limits: first.limits, limit_text: first.limit_text, ..read }),
        }
    }

    /// Until when what was asked for holds by a step.
    fn term(
        &self,
        kept: &Kept,
        act: Act,
        request: Option<&Request>,
        said: &Said,
    ) -> Result<Option<Timestamp>, NodeError> {
        let now = self.ports.clock.now();
        match (said.until.as_deref(), request) {
            (Some(word), _) => {
                let bad = || NodeError::BadWord("until", word.to_owned());
                let at = day(word).filter(|at| *at > now && act.has_term());
                Ok(Some(at.ok_or_else(bad)?))
            }
            // Prolonged by as long as it holds where nobody says anything.
            (None, Some(request)) if act == Act::Renew => {
                Ok(Some(clock::prolonged(kept, request, now)))
            }
            (None, _) => Ok(None),
        }
    }

    /// Whether an act says what it has to.
    fn fits(
        &self,
        (key, act, is_theirs): (&Key, Act, bool),
        request: Option<&Request>,
        said: &Said,
        files: &[&dyn Source],
    ) -> Result<(), NodeError> {
        let has_text = said.text.as_ref().is_some_and(|text| !text.trim().is_empty());
        if said.text.as_ref().is_some_and(|text| text.len() > MAX_TEXT) {
            return Err(RequestError::Large(key.number.clone()).into());
        }
        match act {
            Act::Refuse => {
                let ground = said.ground.as_deref().map(str::trim).filter(|one| !one.is_empty());
                let ground =
                    ground.ok_or_else(|| RequestError::NoGround(self.shown_number(key)))?;
                if !has_text {
                    return Err(NodeError::BadReason);
                }
                match request.filter(|_| !is_theirs) {
                    Some(request) => self.may_refuse(request, ground),
                    // What another state has said on paper is written down as it said it.
                    None => Ok(()),
                }
            }
            Act::AskMore if !has_text => Err(RequestError::NothingSaid(act.as_str()).into()),
            Act::Answer | Act::Supply if !has_text && files.is_empty() => {
                Err(RequestError::NothingSaid(act.as_str()).into())
            }
            _ => Ok(()),
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
