//! Approving and sending. What officers approve are the bytes of the request; what leaves are these
//! bytes, with their files as they were kept, or nothing.

use envelope::attachment::Attachment;
use envelope::card::AgencyId;
use envelope::envelope::MessageId;
use envelope::handling::Handling;
use envelope::request::{Approval, Approved, REQUEST, Request, STEP, Step};
use model::digest::Digest;

use super::act::{after, step_handling};
use super::deed::Deed;
use super::error::RequestError;
use super::record::{Kept, Key};
use super::stage::{Act, Stage};
use super::{approvals_in_all, clock};
use crate::answer::RequestAnswer;
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::Event;
use crate::exchange::{ExchangeError, Outgoing, hexadecimal};
use crate::node::Node;

/// An urgent message goes before others for so many days.
const URGENT_DAYS: i64 = 30;

impl Node {
    /// Approves a request: nobody approves what he has written himself, or approves it twice. An
    /// urgent one gets its second approval after it has left.
    pub fn approve_request(&mut self, by: &str, text: &str) -> Result<RequestAnswer, NodeError> {
        self.allow(by, Duty::Approve)?;
        let (key, kept) = self.request(by, text)?;
        if key.of.is_some() {
            return Err(RequestError::NotOwn(text.to_owned()).into());
        }
        if kept.drafters.contains(by) {
            return Err(RequestError::OwnDraft(by.to_owned()).into());
        }
        if kept.approvals.iter().any(|(name, _)| name == by) {
            return Err(RequestError::ApprovedAlready(by.to_owned()).into());
        }
        let request = self.whole_request(&key, &kept)?;
        if !kept.stage.is_draft() {
            // What left with one approval owes the other, whatever became of it meanwhile.
            let lacks = clock::is_half(&key, &kept) && kept.is_urgent;
            if !lacks || kept.stage == Stage::Rejected {
                return Err(RequestError::Sent(text.to_owned()).into());
            }
            return self.approve_late(by, &key, &kept, &request);
        }
        self.complete(&key, &request)?;
        let mut deeds = Vec::new();
        if kept.stage == Stage::Draft {
            // By the pack of now: the request may have been drawn up under another one.
            let pack = self.law_pack()?.digest();
            deeds.push(Deed::Checked { content: kept.content, pack });
        }
        deeds.push(Deed::Approved { content: kept.content });
        let event = |what| Event::Request { of: None, number: key.number.clone(), what };
        let events: Vec<Event> = deeds.into_iter().map(event).collect();
        self.record(by, &events)?;
        self.told_request(&key)
    }

    /// The second approval of an urgent request, which its receiver waits for.
    fn approve_late(
        &mut self,
        by: &str,
        key: &Key,
        kept: &Kept,
        request: &Request,
    ) -> Result<RequestAnswer, NodeError> {
        let role = self.state.users.get(by).map_or("", |role| role.as_str()).to_owned();
        let at = self.ports.clock.now();
        let step = Step {
            approval: Some(Approval { by: by.to_owned(), role, at }),
            ..after(key, kept, Act::Approve)
        };
        let body = envelope::cbor::write(&step);
        let kept_body = self.keep_bytes(body.clone())?;
        let message = match kept.partner.filter(|_| !kept.is_on_paper) {
            Some(_) => {
                let about = (body, request, step_handling(request));
                Some(self.tell_partner(by, kept, STEP, about, Vec::new())?)
            }
            None => None,
        };
        let what = Deed::Stepped {
            act: Act::Approve,
            is_theirs: false,
            skipped: Vec::new(),
            ground: None,
            body: Some(kept_body),
            until: None,
            message,
            paper: None,
        };
        self.record(by, &[Event::Request { of: None, number: key.number.clone(), what }])?;
        self.told_request(key)
    }

    /// Whether nothing is missing.
    fn complete(&self, key: &Key, request: &Request) -> Result<(), NodeError> {
        let answer = self.examined(key, request)?;
        if answer.complete {
            return Ok(());
        }
        let names: Vec<&str> = answer.missing.iter().map(|one| one.element.as_str()).collect();
        Err(RequestError::Incomplete(answer.request, names.join(", ")).into())
    }

    /// Sends a request: it waits for the line when this returns.
    pub fn send_request(&mut self, by: &str, text: &str) -> Result<RequestAnswer, NodeError> {
        self.allow(by, Duty::Work)?;
        let (key, kept) = self.request(by, text)?;
        let request = self.ready(&key, &kept, text)?;
        if kept.partner.is_none() {
            return Err(RequestError::NoPartner(key.number, kept.country.to_string()).into());
        }
        let attachments = self.files_unchanged(&request)?;
        let approvals = kept.approvals.iter().map(|(by, at)| Approval {
            by: by.clone(),
            role: self.state.users.get(by).map_or("", |role| role.as_str()).to_owned(),
            at: *at,
        });
        let approvals: Vec<Approval> = approvals.collect();
        let is_half = approvals.len() < approvals_in_all(&kept.kind);
        let bytes = self.kept_bytes(&kept.content)?.into();
        let body = envelope::cbor::write(&Approved { request: bytes, approvals, is_half });
        let about = (body, &request, request.handling.clone());
        let message = self.tell_partner(by, &kept, REQUEST, about, attachments)?;
        let what = Deed::Sent { content: kept.content, message };
        self.record(by, &[Event::Request { of: None, number: key.number.clone(), what }])?;
        self.told_request(&key)
    }

    /// A request of ours that may leave.
    pub(super) fn ready(&self, key: &Key, kept: &Kept, text: &str) -> Result<Request, NodeError> {
        if key.of.is_some() {
            return Err(RequestError::NotOwn(text.to_owned()).into());
        }
        if !kept.stage.is_draft() {
            return Err(RequestError::Sent(text.to_owned()).into());
        }
        let request = self.whole_request(key, kept)?;
        self.complete(key, &request)?;
        if kept.is_approved() {
            return Ok(request);
        }
        let wanted = super::approvals(&kept.kind, kept.is_urgent);
        let count = format!("{}/{wanted}", kept.approvals.len());
        Err(RequestError::NeedsApproval(key.number.clone(), count).into())
    }

    /// The files of a request, sealed as they were kept; one that is not what was approved stops
    /// all.
    pub(super) fn files_unchanged(&self, request: &Request) -> Result<Vec<Attachment>, NodeError> {
        request.files.iter().map(|file| self.seal_kept(file)).collect()
    }

    /// Sends the partner something about a request; the message's number.
    pub(super) fn tell_partner(
        &mut self,
        by: &str,
        kept: &Kept,
        kind: &'static str,
        about: (Vec<u8>, &Request, Handling),
        attachments: Vec<Attachment>,
    ) -> Result<String, NodeError> {
        let missing = || ExchangeError::UnknownPartner(kept.country.to_string());
        let to = AgencyId(kept.partner.ok_or_else(missing)?);
        let exchange = self.exchange()?.clone();
        let answered = match kind {
            STEP => kept.message.as_deref().map(|text| exchange.find(text)).transpose()?,
            _ => None,
        };
        self.send_about(by, to, (kind, answered.map(|row| row.id)), about, attachments)
    }

    /// Sends an agency something about a request; the message's number.
    pub(super) fn send_about(
        &mut self,
        by: &str,
        to: AgencyId,
        (kind, in_reply_to): (&'static str, Option<MessageId>),
        (body, request, handling): (Vec<u8>, &Request, Handling),
        attachments: Vec<Attachment>,
    ) -> Result<String, NodeError> {
        let exchange = self.exchange()?.clone();
        // An urgent one goes before what can wait; what is late for its sender is still to be sent.
        let now = self.ports.clock.now();
        let due = request.is_urgent.then(|| clock::later(URGENT_DAYS, now));
        let kind = kind.to_owned();
        let outgoing = Outgoing { kind, handling, body, in_reply_to, due, attachments };
        exchange.check(to, &outgoing)?;
        let id = match outgoing.kind.as_str() {
            REQUEST => request_id(to, request),
            _ => exchange.new_id()?,
        };
        let (message, kind) = (hexadecimal(id), outgoing.kind.clone());
        // It left already where this node was stopped before it could write that down.
        if exchange.sent(&[id])?.is_empty() {
            self.record(by, &[Event::MessageSent { message: message.clone(), to: to.0, kind }])?;
            exchange.send(id, to, outgoing)?;
        }
        Ok(message)
    }
}

/// The number of the message that carries a request: it follows from the request, so that none
/// leaves twice. Nobody else can know it before: a request holds what only its writer knows.
fn request_id(to: AgencyId, request: &Request) -> MessageId {
    let bytes = envelope::cbor::write(request);
    let digest = Digest::of(&[b"lienket/request".as_slice(), &to.0.0, &bytes].concat()).0;
    MessageId(std::array::from_fn(|place| digest[place]))
}
