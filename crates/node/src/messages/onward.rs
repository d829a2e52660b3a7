//! Passing on: what came from one agency goes to a third only as its sender allows, and with what
//! proves where it came from.
//!
//! A permission is a message of the sender to the receiver: CBOR of `Permission`. What is passed on
//! is CBOR of `Onward`: the first sender's signed envelope without its sealed part, and the content
//! that its commitment binds him to.

use envelope::card::AgencyId;
use envelope::cbor;
use envelope::content::{Content, commitment};
use envelope::envelope::{Envelope, MessageId};
use envelope::handling::Handling;
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::answer::MessageAnswer;
use crate::duty::Duty;
use crate::error::NodeError;
use crate::exchange::{Exchange, ExchangeError, Outgoing, hexadecimal};
use crate::node::Node;
use crate::port::record::{MessageRow, MessageState, Wanted};

/// Permissions of one sender are looked through up to so many.
const MAX_PERMISSIONS: usize = 10_000;

/// What a sender lets a receiver do with a message.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct Permission {
    /// With which message.
    #[n(0)]
    message: MessageId,
    /// Use it as evidence; else pass it on.
    #[n(1)]
    evidence: bool,
    /// To whom it may be passed on; `None`: to any partner of the receiver.
    #[n(2)]
    to: Option<AgencyId>,
}

/// What is passed on.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Onward {
    /// The first sender's envelope, without what was sealed.
    #[n(0)]
    envelope: ByteVec,
    /// What was sealed.
    #[n(1)]
    content: ByteVec,
}

impl Onward {
    /// Reads it and holds the content against what the first sender signed; whose signature it is,
    /// who has the first sender's card can check.
    pub fn read(body: &[u8]) -> Option<Onward> {
        let onward: Onward = cbor::read(body, envelope::content::MAX_BYTES).ok()?;
        let signed = Envelope::parse_without_content(&onward.envelope).ok()?;
        (*signed.commitment() == commitment(&onward.content)).then_some(onward)
    }

    /// The text that is passed on.
    pub fn text(&self) -> String {
        let content: Option<Content> = cbor::read(&self.content, self.content.len()).ok();
        content
            .map(|content| String::from_utf8_lossy(&content.body).into_owned())
            .unwrap_or_default()
    }
}

impl Node {
    /// Lets the receiver of a message of ours pass it on, or use it as evidence.
    pub fn permit(
        &mut self,
        by: &str,
        text: &str,
        evidence: bool,
        to: Option<&str>,
    ) -> Result<MessageAnswer, NodeError> {
        self.allow(by, Duty::Work)?;
        let exchange = self.exchange()?.clone();
        let row = exchange.find(text)?;
        if row.log.from != exchange.me() {
            return Err(ExchangeError::UnknownMessage(text.to_owned()).into());
        }
        let to = to.map(|to| self.partner(to)).transpose()?;
        let handling = exchange.open(&row)?.handling;
        let permission = Permission { message: row.id, evidence, to };
        let outgoing = Outgoing {
            kind: "permission".to_owned(),
            handling,
            body: cbor::write(&permission),
            in_reply_to: Some(row.id),
            due: None,
            attachments: Vec::new(),
        };
        let receiver = row.log.to.0.to_string();
        self.dispatch(by, &receiver, outgoing)
    }

    /// Passes a message that came on to a third agency. Where its handling does not allow it, the
    /// sender's permission has to be here.
    pub fn forward(&mut self, by: &str, text: &str, to: &str) -> Result<MessageAnswer, NodeError> {
        let (row, content) = self.look_into(by, "message forward", text)?;
        let exchange = self.exchange()?.clone();
        let target = self.partner(to)?;
        let is_ours = row.log.from == exchange.me();
        let is_free = is_ours || content.handling.may_go_onward() || row.log.from == target;
        if !is_free && !is_permitted(&exchange, &row, false, Some(target))? {
            return Err(NodeError::NeedsPermission(hexadecimal(row.id)));
        }
        let handling: Handling = content.handling.clone();
        let onward = Onward {
            envelope: exchange.signed(&row)?.without_content().into(),
            content: content.write().to_vec().into(),
        };
        let outgoing = Outgoing {
            kind: "forward".to_owned(),
            handling,
            body: cbor::write(&onward),
            in_reply_to: None,
            due: content.due,
            attachments: content.attachments,
        };
        self.dispatch(by, to, outgoing)
    }

    /// Makes sure that a message may be shown to a court.
    pub fn may_be_evidence(&self, row: &MessageRow, content: &Content) -> Result<(), NodeError> {
        let exchange = self.exchange()?;
        let is_ours = row.log.from == exchange.me();
        if is_ours || content.handling.may_be_evidence() || is_permitted(exchange, row, true, None)?
        {
            return Ok(());
        }
        Err(NodeError::NeedsPermission(hexadecimal(row.id)))
    }
}

/// Whether a message's sender has sent a permission for it.
fn is_permitted(
    exchange: &Exchange,
    row: &MessageRow,
    evidence: bool,
    to: Option<AgencyId>,
) -> Result<bool, NodeError> {
    let states = vec![MessageState::Accepted, MessageState::Opened, MessageState::Handled];
    let (from, me) = (Some(row.log.from), Some(exchange.me()));
    let wanted = Wanted { from, to: me, states, most: MAX_PERMISSIONS, ..Wanted::default() };
    for one in exchange.messages(&wanted)? {
        if one.kind != "permission" || one.in_reply_to != Some(row.id) {
            continue;
        }
        let body = exchange.open(&one)?.body;
        let Ok(permission) = cbor::read::<Permission>(&body, body.len()) else { continue };
        let fits = permission.to.is_none() || permission.to == to;
        if permission.message == row.id && permission.evidence == evidence && fits {
            return Ok(true);
        }
    }
    Ok(false)
}
