//! The stages of a request and the acts that lead from one to the next (`steps`), the same on both
//! sides.
//!
//! draft → checked → approved → sent (at the other side: received) → acknowledged → more asked,
//! accepted or refused → executed → answered → closed. A request may be withdrawn by who asked and
//! what was done for it released; an answer from any open stage says which steps it skipped.

use serde::{Deserialize, Serialize};

/// How far a request has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It is being written.
    Draft,
    /// Nothing is missing.
    Checked,
    /// As many officers as it needs have approved it.
    Approved,
    /// It has left.
    Sent,
    /// It has come, and nobody has said anything yet.
    Received,
    /// The agency that is asked has seen it.
    Acknowledged,
    /// It wants to know more.
    MoreAsked,
    /// It will do it.
    Accepted,
    /// It will not.
    Refused,
    /// It has done it.
    Executed,
    /// It has answered.
    Answered,
    /// Who asked wants nothing any more.
    Withdrawn,
    /// What was frozen or preserved is free again.
    Released,
    /// The other side's node did not take it.
    Rejected,
    /// Nothing more is to be done.
    Closed,
}

/// What somebody does with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Says that it has come.
    Acknowledge,
    /// Asks for more.
    AskMore,
    /// Gives what was asked for.
    Supply,
    /// Says that it will be done.
    Accept,
    /// Says that it will not.
    Refuse,
    /// Says that it is done.
    Execute,
    /// Answers.
    Answer,
    /// Prolongs what was done.
    Renew,
    /// Frees what was done.
    Release,
    /// Takes it back.
    Withdraw,
    /// Ends it.
    Close,
    /// Approves an urgent one after it has left.
    Approve,
    /// The node itself does not take it.
    Reject,
}

/// On which side of a request somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The one who asks.
    Asking,
    /// The one who is asked.
    Asked,
}

impl Stage {
    /// All stages.
    pub const ALL: [Stage; 15] = [
        Stage::Draft,
        Stage::Checked,
        Stage::Approved,
        Stage::Sent,
        Stage::Received,
        Stage::Acknowledged,
        Stage::MoreAsked,
        Stage::Accepted,
        Stage::Refused,
        Stage::Executed,
        Stage::Answered,
        Stage::Withdrawn,
        Stage::Released,
        Stage::Rejected,
        Stage::Closed,
    ];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Draft => "draft",
            Stage::Checked => "checked",
            Stage::Approved => "approved",
            Stage::Sent => "sent",
            Stage::Received => "received",
            Stage::Acknowledged => "acknowledged",
            Stage::MoreAsked => "more_asked",
            Stage::Accepted => "accepted",
            Stage::Refused => "refused",
            Stage::Executed => "executed",
            Stage::Answered => "answered",
            Stage::Withdrawn => "withdrawn",
            Stage::Released => "released",
            Stage::Rejected => "rejected",
            Stage::Closed => "closed",
        }
    }

    /// Whether it has not left yet, and may be changed.
    pub fn is_draft(self) -> bool {
        matches!(self, Stage::Draft | Stage::Checked | Stage::Approved)
    }

    /// Whether the agency that is asked still has something to do.
    pub fn is_open(self) -> bool {
        use Stage::{Accepted, Acknowledged, Executed, MoreAsked, Received, Sent};
        matches!(self, Sent | Received | Acknowledged | MoreAsked | Accepted | Executed)
    }
}

impl Act {
    /// All acts.
    pub const ALL: [Act; 13] = [
        Act::Acknowledge,
        Act::AskMore,
        Act::Supply,
        Act::Accept,
        Act::Refuse,
        Act::Execute,
        Act::Answer,
        Act::Renew,
        Act::Release,
        Act::Withdraw,
        Act::Close,
        Act::Approve,
        Act::Reject,
    ];

    /// Its name, as it travels.
    pub fn as_str(self) -> &'static str {
        match self {
            Act::Acknowledge => "acknowledge",
            Act::AskMore => "ask-more",
            Act::Supply => "supply",
            Act::Accept => "accept",
            Act::Refuse => "refuse",
            Act::Execute => "execute",
            Act::Answer => "answer",
            Act::Renew => "renew",
            Act::Release => "release",
            Act::Withdraw => "withdraw",
            Act::Close => "close",
            Act::Approve => "approve",
            Act::Reject => "reject",
        }
    }

    /// The act of a name.
    pub fn parse(name: &str) -> Option<Act> {
        Act::ALL.into_iter().find(|act| act.as_str() == name)
    }

    /// Whether the agency that is asked takes it.
    pub fn is_of_asked(self) -> bool {
        use Act::{Accept, Acknowledge, Answer, AskMore, Execute, Refuse};
        matches!(self, Acknowledge | AskMore | Accept | Refuse | Execute | Answer)
    }

    /// Whether it can say until when what was asked for holds.
    pub fn has_term(self) -> bool {
        matches!(self, Act::Accept | Act::Execute | Act::Answer | Act::Renew)
    }

    /// Whether it ends at this side: the other one need not know.
    pub fn is_private(self) -> bool {
        self == Act::Close
    }
}
