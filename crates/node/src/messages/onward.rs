//! Passing on: what came from one agency goes to a third only as its sender allows, and with what
//! proves where it came from.
//!
//! A permission is a message of the sender to the receiver: CBOR of `Permission`. What is passed on
//! is CBOR of `Onward`: the first sender's signed envelope without its sealed part, and the content
//! that its commitment binds him to.

use envelope::card::{AgencyId, SignedCard};
use envelope::cbor;
use envelope::content::{Content, ContentError, commitment};
use envelope::envelope::{Envelope, MessageId};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::answer::{FirstSenderAnswer, MessageAnswer};
use crate::duty::Duty;
use crate::error::NodeError;
use crate::exchange::{Book, Exchange, ExchangeError, Outgoing, hexadecimal};
use crate::node::Node;
use crate::port::record::{MessageRow, MessageState, Wanted};

/// The kind of a message that passes another one on.
const FORWARD: &str = "forward";
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
        let signed = onward.signed()?;
        let content = onward.content()?;
        let is_first = content.check().is_ok() && content.kind != FORWARD;
        (is_first && *signed.commitment() == commitment(&onward.content)).then_some(onward)
    }

    /// Whether a content that came passes something on as it has to be: whoever carries it on
    /// promises what the first sender asked for, no more and no less.
    pub(crate) fn is_in(outer: &Content) -> bool {
        let inner = Onward::read(&outer.body).and_then(|onward| onward.content());
        inner.is_some_and(|inner| {
            inner.handling == outer.handling && inner.attachments == outer.attachments
        })
    }

    /// The text that is passed on.
    pub fn text(&self) -> String {
        let content = self.content();
        content
            .map(|content| String::from_utf8_lossy(&content.body).into_owned())
            .unwrap_or_default()
    }

    /// Who sent it first, and whether that signature holds.
    pub(crate) fn origin(&self, book: &Book) -> Option<FirstSenderAnswer> {
        let signed = self.signed()?;
        let header = signed.header();
        let cards = cards(book, header.from);
        let is_signed = |card: &&SignedCard| {
            card.card().signing.iter().any(|one| signed.check(&one.key).is_ok())
        };
        let signature = match cards.last() {
            None => "unknown",
            Some(_) if cards.iter().any(is_signed) => "holds",
            Some(_) => "wrong",
        };
        let name = cards.last().map(|card| card.card().agency.clone());
        Some(FirstSenderAnswer {
            agency: name.unwrap_or_else(|| header.from.0.to_string()),
            message: hexadecimal(header.id),
            made: header.made,
            signature,
        })
    }

    fn signed(&self) -> Option<Envelope> {
        Envelope::parse_without_content(&self.envelope).ok()
    }

    fn content(&self) -> Option<Content> {
        cbor::read(&self.content, self.content.len()).ok()
    }
}

/// The cards of an agency that are known here: all of ours, the newest of a partner's.
fn cards(book: &Book, agency: AgencyId) -> Vec<&SignedCard> {
    let mine = book.mine.iter().filter(|card| card.card().id() == agency);
    mine.chain(book.partners.get(&agency).map(|partner| &partner.card)).collect()
}

/// Whose a message is: of one that was passed on, the first sender's.
struct Source {
    from: AgencyId,
    id: MessageId,
    content: Content,
    onward: Onward,
}

/// Nothing becomes ours by passing it on: what counts is who sent it first, and what he asked for.
fn source(exchange: &Exchange, row: &MessageRow, content: Content) -> Result<Source, NodeError> {
    if row.kind != FORWARD {
        let onward = Onward {
            envelope: exchange.signed(row)?.without_content().into(),
            content: content.write().to_vec().into(),
        };
        return Ok(Source { from: row.log.from, id: row.id, content, onward });
    }
    let read = || {
        let onward = Onward::read(&content.body)?;
        let (signed, content) = (onward.signed()?, onward.content()?);
        let header = signed.header();
        Some(Source { from: header.from, id: header.id, content, onward })
    };
    let bad = || ExchangeError::Content(ContentError::Kind(FORWARD.to_owned()));
    read().ok_or_else(|| bad().into())
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
        if row.kind == FORWARD {
            return Err(NodeError::NeedsPermission(hexadecimal(row.id)));
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
        self.dispatch(by, row.log.to, outgoing)
    }

    /// Passes a message that came on to a third agency. Where its handling does not allow it, the
    /// sender's permission has to be here.
    pub fn forward(&mut self, by: &str, text: &str, to: &str) -> Result<MessageAnswer, NodeError> {
        let (row, content) = self.look_into(by, "message forward", text)?;
        let exchange = self.exchange()?.clone();
        let target = self.partner(to)?;
        if row.kind != FORWARD && row.kind != "message" {
            return Err(ExchangeError::UnknownMessage(text.to_owned()).into());
        }
        let Source { from, id, content, onward } = source(&exchange, &row, content)?;
        let is_free = self.is_ours(&row, from, &onward)?
            || content.handling.may_go_onward()
            || from == target;
        if !is_free && !is_permitted(&exchange, (from, id), false, Some(target))? {
            return Err(NodeError::NeedsPermission(hexadecimal(row.id)));
        }
        let outgoing = Outgoing {
            kind: FORWARD.to_owned(),
            handling: content.handling,
            body: cbor::write(&onward),
            in_reply_to: None,
            due: content.due,
            attachments: content.attachments,
        };
        self.dispatch(by, target, outgoing)
    }

    /// Makes sure that a message may be shown to a court.
    pub fn may_be_evidence(&self, row: &MessageRow, content: &Content) -> Result<(), NodeError> {
        let exchange = self.exchange()?;
        let Source { from, id, content, onward } = source(exchange, row, content.clone())?;
        let is_free = self.is_ours(row, from, &onward)? || content.handling.may_be_evidence();
        if is_free || is_permitted(exchange, (from, id), true, None)? {
            return Ok(());
        }
        Err(NodeError::NeedsPermission(hexadecimal(row.id)))
    }

    /// Whether this agency sent something first: who passes on what he says we sent has to show
    /// that we signed it.
    fn is_ours(
        &self,
        row: &MessageRow,
        from: AgencyId,
        onward: &Onward,
    ) -> Result<bool, NodeError> {
        let exchange = self.exchange()?;
        let origin = onward.origin(&exchange.book());
        let is_signed = origin.is_some_and(|origin| origin.signature == "holds");
        Ok(from == exchange.me() && (row.kind != FORWARD || is_signed))
    }
}

/// Whether a message's sender has sent a permission for it.
fn is_permitted(
    exchange: &Exchange,
    (from, id): (AgencyId, MessageId),
    evidence: bool,
    to: Option<AgencyId>,
) -> Result<bool, NodeError> {
    let states = vec![MessageState::Accepted, MessageState::Opened, MessageState::Handled];
    let (from, to_us, kind) = (Some(from), Some(exchange.me()), Some("permission"));
    let most = MAX_PERMISSIONS;
    let wanted = Wanted { from, to: to_us, states, kind, most, ..Wanted::default() };
    for one in exchange.messages(&wanted)? {
        if one.in_reply_to != Some(id) {
            continue;
        }
        let body = exchange.open(&one)?.body;
        let Ok(permission) = cbor::read::<Permission>(&body, body.len()) else { continue };
        let fits = permission.to.is_none() || permission.to == to;
        if permission.message == id && permission.evidence == evidence && fits {
            return Ok(true);
        }
    }
    Ok(false)
}
