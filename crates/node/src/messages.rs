//! Messages: written with their handling, sent, read, answered, and passed on only as their sender
//! allows.

mod onward;
mod words;

use envelope::attachment::Attachment;
use envelope::card::AgencyId;
use envelope::content::Content;
use envelope::receipt::{self, SignedReceipt};
use envelope::request;

use crate::answer::{AttachmentAnswer, MessageAnswer, Messages, OpenedAnswer, ReceiptAnswer};
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::Event;
use crate::exchange::{Evidence, Exchange, ExchangeError, Outgoing, hexadecimal};
use crate::node::Node;
use crate::port::record::{MessageRow, MessageState, Wanted};

use onward::Permission;

pub use onward::Onward;
pub use words::HandlingWords;
pub(crate) use words::told as handling_told;

/// A list shows at most so many messages, the newest.
const MAX_LISTED: usize = 1_000;

/// A message that an officer writes.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Its text.
    pub text: String,
    /// What may be done with it, in words.
    pub handling: HandlingWords,
    /// The message that it answers, by the first digits of its number.
    pub in_reply_to: Option<String>,
    /// When it is worth nothing any more.
    pub due: Option<String>,
    /// Its files, sealed before.
    pub attachments: Vec<Attachment>,
}

impl Node {
    /// Sends a message to a partner: it is in the record when this returns, and waits for the line.
    pub fn send(
        &mut self,
        by: &str,
        partner: &str,
        draft: Draft,
    ) -> Result<MessageAnswer, NodeError> {
        self.allow(by, Duty::Work)?;
        let answered = match draft.in_reply_to.as_deref() {
            Some(text) => Some(self.answered(text, partner)?),
            None => None,
        };
        let now = self.ports.clock.now();
        let outgoing = Outgoing {
            kind: "message".to_owned(),
            handling: draft.handling.read(now)?,
            body: draft.text.into_bytes(),
            in_reply_to: answered.map(|row| row.id),
            due: words::moment("due", draft.due.as_deref(), now)?,
            attachments: draft.attachments,
        };
        self.dispatch(by, self.partner(partner)?, outgoing)
    }

    /// The message that is answered. Its number says that there is one: nobody learns of a message
    /// between others.
    fn answered(&self, text: &str, partner: &str) -> Result<MessageRow, NodeError> {
        let (row, partner) = (self.exchange()?.find(text)?, self.partner(partner)?);
        match [row.log.from, row.log.to].contains(&partner) {
            true => Ok(row),
            false => Err(ExchangeError::UnknownMessage(text.to_owned()).into()),
        }
    }

    /// Records who sends, then sends.
    fn dispatch(
        &mut self,
        by: &str,
        to: AgencyId,
        outgoing: Outgoing,
    ) -> Result<MessageAnswer, NodeError> {
        let exchange = self.exchange()?.clone();
        exchange.check(to, &outgoing)?;
        let (id, kind) = (exchange.new_id()?, outgoing.kind.clone());
        self.record(by, &[Event::MessageSent { message: hexadecimal(id), to: to.0, kind }])?;
        let row = exchange.send(id, to, outgoing)?;
        Ok(told(&exchange, &row))
    }

    /// Messages, the newest first; `None`: of both directions.
    pub fn messages(
        &self,
        by: &str,
        incoming: Option<bool>,
        partner: Option<&str>,
    ) -> Result<Messages, NodeError> {
        self.allow(by, Duty::List)?;
        let exchange = self.exchange()?;
        let partner = partner.map(|partner| self.partner(partner)).transpose()?;
        let (me, most) = (exchange.me(), MAX_LISTED);
        let mut found = Vec::new();
        for is_in in [true, false] {
            if incoming.is_none_or(|wanted| wanted == is_in) {
                let (from, to) = if is_in { (partner, Some(me)) } else { (Some(me), partner) };
                found.extend(exchange.messages(&Wanted { from, to, most, ..Wanted::default() })?);
            }
        }
        found.sort_by_key(|row| std::cmp::Reverse((row.recorded, row.index)));
        found.truncate(most);
        Ok(Messages { messages: found.iter().map(|row| told(exchange, row)).collect() })
    }

    /// Opens a message for somebody; its sender is told once that it was opened, and in which role.
    pub fn read_message(&mut self, by: &str, text: &str) -> Result<OpenedAnswer, NodeError> {
        let (row, _) = self.look_into(by, "message show", text)?;
        let exchange = self.exchange()?.clone();
        let role = self.state.users.get(by).map_or("", |role| role.as_str());
        let opened = exchange.show(&row, role)?;
        let Content { handling, body, attachments, .. } = &opened.content;
        let permission =
            (opened.row.kind == "permission").then(|| Permission::read(body)).flatten();
        let onward = (opened.row.kind == "forward").then(|| Onward::read(body)).flatten();
        let text = match (opened.row.kind.as_str(), &onward) {
            ("message", _) => String::from_utf8_lossy(body).into_owned(),
            (_, Some(onward)) => onward.text(),
            _ => String::new(),
        };
        let attachments = attachments.iter().map(|file| AttachmentAnswer {
            name: file.name.clone(),
            size: file.size,
            sha256: file.sha256.to_string(),
        });
        Ok(OpenedAnswer {
            message: told(&exchange, &opened.row),
            text,
            permission: permission.map(|permission| permission.told(&exchange.book())),
            origin: onward.as_ref().and_then(|onward| onward.origin(&exchange.book())),
            handling: words::told(handling),
            attachments: attachments.collect(),
            receipts: receipts(&exchange, &opened.row)?,
        })
    }

    /// The files of a message, for who wants to save them.
    pub fn message_files(&mut self, by: &str, text: &str) -> Result<Vec<Attachment>, NodeError> {
        let (_, content) = self.look_into(by, "message save", text)?;
        Ok(content.attachments)
    }

    /// What proves messages to a court, where they may be shown to one.
    pub fn show_to_court(
        &mut self,
        by: &str,
        texts: &[String],
    ) -> Result<Vec<(Evidence, Content)>, NodeError> {
        let (mut rows, mut contents) = (Vec::new(), Vec::new());
        for text in texts {
            let (row, content) = self.for_court(by, text)?;
            rows.push(row);
            contents.push(content);
        }
        let evidence = self.exchange()?.evidence_of(&rows)?;
        Ok(evidence.into_iter().zip(contents).collect())
    }

    fn for_court(&mut self, by: &str, text: &str) -> Result<(MessageRow, Content), NodeError> {
        let (row, content) = self.look_into(by, "bundle", text)?;
        self.may_be_evidence(&row, &content)?;
        // A partner's datum that is for police work alone goes to no court, whatever the message's
        // handling says.
        if row.log.from != self.exchange()?.me()
            && request::is_for_police_alone(&row.kind, &content.body)
        {
            return Err(NodeError::NeedsPermission(hexadecimal(row.id)));
        }
        Ok((row, content))
    }

    /// Says that a message was dealt with; its sender is told.
    pub fn handle_message(
        &mut self,
        by: &str,
        text: &str,
        answer: Option<String>,
    ) -> Result<MessageAnswer, NodeError> {
        self.allow(by, Duty::Work)?;
        let exchange = self.exchange()?.clone();
        let row = exchange.find(text)?;
        // A receipt with a longer text is none, and would be refused for ever where it goes.
        if answer.as_ref().is_some_and(|answer| answer.len() > receipt::MAX_TEXT) {
            return Err(NodeError::LongAnswer);
        }
        self.may_know(by, &row)?;
        // What the node itself deals with comes to the desk first.
        if self.waits_for_desk(&row) {
            return Err(ExchangeError::NotOpen(text.to_owned()).into());
        }
        exchange.check_open(&row)?;
        self.record(by, &[Event::MessageHandled { message: hexadecimal(row.id) }])?;
        let row = exchange.handle(&row, answer)?;
        Ok(told(&exchange, &row))
    }

    /// Has a message of ours destroyed at its receiver's.
    pub fn recall(&mut self, by: &str, text: &str) -> Result<MessageAnswer, NodeError> {
        self.allow(by, Duty::Work)?;
        let exchange = self.exchange()?.clone();
        let row = exchange.find(text)?;
        if row.log.from != exchange.me() {
            return Err(ExchangeError::UnknownMessage(text.to_owned()).into());
        }
        self.may_know(by, &row)?;
        let handling = exchange.open(&row)?.handling;
        let (kind, body) = ("erase".to_owned(), row.id.0.to_vec());
        let (in_reply_to, due, attachments) = (None, None, Vec::new());
        self.dispatch(
            by,
            row.log.to,
            Outgoing { kind, handling, body, in_reply_to, due, attachments },
        )
    }

    /// Destroys the contents whose time is over, as somebody wants it now.
    pub fn retention(&mut self, by: &str) -> Result<Messages, NodeError> {
        self.allow(by, Duty::Keep)?;
        self.destroy(by)
    }

    /// Destroys the contents whose time is over; the node itself looks for them, now and then.
    pub fn keep_times(&mut self) -> Result<(), NodeError> {
        self.destroy("node")?;
        self.forget_sessions()
    }

    fn destroy(&mut self, by: &str) -> Result<Messages, NodeError> {
        let exchange = self.exchange()?.clone();
        let erased = exchange.retain()?;
        let event = |row: &MessageRow| Event::MessageErased { message: hexadecimal(row.id) };
        let events: Vec<Event> = erased.iter().map(event).collect();
        if !events.is_empty() {
            self.record(by, &events)?;
        }
        let messages = erased.iter().map(|row| MessageAnswer {
            state: MessageState::Erased.as_str(),
            ..told(&exchange, row)
        });
        Ok(Messages { messages: messages.collect() })
    }

    /// A message that somebody may read, with its content; he is in the audit before he sees it.
    pub(crate) fn look_into(
        &mut self,
        by: &str,
        command: &str,
        text: &str,
    ) -> Result<(MessageRow, Content), NodeError> {
        self.allow(by, Duty::Look)?;
        let exchange = self.exchange()?.clone();
        let row = exchange.find(text)?;
        self.may_know(by, &row)?;
        self.look(by, command, &hexadecimal(row.id))?;
        let content = exchange.open(&row)?;
        Ok((row, content))
    }
}

/// What became of a message, signed.
fn receipts(exchange: &Exchange, row: &MessageRow) -> Result<Vec<ReceiptAnswer>, NodeError> {
    let receipts = exchange.receipts(row)?.into_iter();
    let answers = receipts.filter_map(|(_, bytes)| {
        let signed = SignedReceipt::parse(&bytes).ok()?;
        let receipt = signed.receipt();
        Some(ReceiptAnswer {
            kind: words::receipt(receipt.kind),
            at: receipt.at,
            code: receipt.code.clone(),
            text: receipt.text.clone(),
        })
    });
    Ok(answers.collect())
}

/// A message, without its content.
pub(crate) fn told(exchange: &Exchange, row: &MessageRow) -> MessageAnswer {
    let is_in = row.log.to == exchange.me();
    let other = if is_in { row.log.from } else { row.log.to };
    let book = exchange.book();
    let name = book.partners.get(&other).map(|one| one.card.card().agency.clone());
    MessageAnswer {
        message: hexadecimal(row.id),
        direction: if is_in { "in" } else { "out" },
        partner: name.unwrap_or_else(|| other.0.to_string()),
        kind: row.kind.clone(),
        state: row.state.as_str(),
        code: row.code.clone(),
        made: row.made,
        due: row.due,
        in_reply_to: row.in_reply_to.map(hexadecimal),
        index: row.index,
    }
}
