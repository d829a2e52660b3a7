//! The stages of a request and the acts that lead from one to the next, the same on both sides.
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

/// Where an act of a side leads from a stage, and which acts it skips; `None`: it is not possible.
/// `holds` says whether the request's measure lasts, so that it can be prolonged and freed.
pub fn next(from: Stage, side: Side, act: Act, holds: bool) -> Option<(Stage, Vec<Act>)> {
    use Stage::{
        Accepted, Acknowledged, Answered, Closed, Executed, MoreAsked, Received, Refused, Rejected,
        Released, Sent, Withdrawn,
    };
    let is_new = matches!(from, Sent | Received);
    let lasts = holds && matches!(from, Accepted | Executed | Answered);
    let to = match (side, act) {
        (Side::Asked, Act::Acknowledge) if is_new => Acknowledged,
        // One question at a time: an answer to the first is not taken for one to the second.
        (Side::Asked, Act::AskMore) if from.is_open() && !matches!(from, Executed | MoreAsked) => {
            MoreAsked
        }
        (Side::Asked, Act::Accept) if is_new || matches!(from, Acknowledged | MoreAsked) => {
            Accepted
        }
        (Side::Asked, Act::Refuse) if from.is_open() && from != Executed => Refused,
        (Side::Asked, Act::Execute) if from.is_open() && from != Executed => Executed,
        (Side::Asked, Act::Answer) if from.is_open() || from == Answered => Answered,
        (Side::Asked, Act::Reject) if from == Sent => Rejected,
        (Side::Asking, Act::Supply) if from == MoreAsked => Acknowledged,
        (Side::Asking, Act::Withdraw) if from.is_open() || from.is_draft() => Withdrawn,
        // Whatever became of it: that a second officer stands behind it is owed until it is said.
        (Side::Asking, Act::Approve) if !from.is_draft() && from != Rejected => from,
        (_, Act::Renew) if lasts || (holds && matches!(from, Acknowledged | MoreAsked)) => from,
        (_, Act::Release) if lasts => Released,
        (_, Act::Close) if matches!(from, Answered | Refused | Withdrawn | Released | Rejected) => {
            Closed
        }
        _ => return None,
    };
    Some((to, skipped(from, act)))
}

/// Where an act of the other side leads: as `next`, and what it did before it knew of our last step
/// is not lost. Both sides come to the same stage, in whichever order the steps arrive.
pub fn taken(from: Stage, side: Side, act: Act, holds: bool) -> Option<(Stage, Vec<Act>)> {
    let crossed = match (side, act, from) {
        (Side::Asked, Act::Answer, Stage::Withdrawn) => Some(Stage::Answered),
        (Side::Asked, Act::Answer, Stage::Released) => Some(Stage::Released),
        (Side::Asked, Act::Refuse, Stage::Withdrawn | Stage::Released) => Some(Stage::Refused),
        (Side::Asked, Act::Release, Stage::Withdrawn) if holds => Some(Stage::Released),
        (Side::Asking, Act::Supply, open) if open.is_open() => Some(open),
        (Side::Asking, Act::Release, Stage::MoreAsked) if holds => Some(Stage::Released),
        _ => None,
    };
    next(from, side, act, holds).or(crossed.map(|stage| (stage, Vec::new())))
}

/// The acts that lie between a stage and an act.
fn skipped(from: Stage, act: Act) -> Vec<Act> {
    let order = [Act::Acknowledge, Act::Accept, Act::Execute, Act::Answer];
    let done = match from {
        Stage::Sent | Stage::Received => 0,
        Stage::Acknowledged | Stage::MoreAsked => 1,
        Stage::Accepted => 2,
        _ => 3,
    };
    let place = order.iter().position(|one| *one == act).unwrap_or(0);
    order.get(done..place).unwrap_or_default().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: Stage, side: Side, act: Act, expected: Option<(Stage, &[Act])>) {
        let found = next(from, side, act, true);
        let found = found.as_ref().map(|(to, skipped)| (*to, skipped.as_slice()));
        assert_eq!(found, expected, "{from:?} {side:?} {act:?}");
    }

    #[test]
    fn an_answer_at_once_says_what_it_skipped() {
        let all: &[Act] = &[Act::Acknowledge, Act::Accept, Act::Execute];
        check(Stage::Received, Side::Asked, Act::Answer, Some((Stage::Answered, all)));
        check(Stage::Accepted, Side::Asked, Act::Answer, Some((Stage::Answered, &[Act::Execute])));
        check(Stage::Answered, Side::Asked, Act::Answer, Some((Stage::Answered, &[])));
    }

    #[test]
    fn nobody_does_the_other_sides_part() {
        check(Stage::Sent, Side::Asking, Act::Accept, None);
        check(Stage::Received, Side::Asked, Act::Withdraw, None);
        check(Stage::MoreAsked, Side::Asked, Act::Supply, None);
    }

    #[test]
    fn what_is_over_stays_over() {
        for act in Act::ALL {
            for side in [Side::Asking, Side::Asked] {
                // The second approval is owed whatever became of a request.
                if act == Act::Approve {
                    continue;
                }
                check(Stage::Closed, side, act, None);
                if act != Act::Close {
                    check(Stage::Refused, side, act, None);
                    check(Stage::Withdrawn, side, act, None);
                }
            }
        }
    }

    #[test]
    fn a_draft_takes_no_step_of_a_sent_one_but_is_dropped() {
        for stage in [Stage::Draft, Stage::Checked, Stage::Approved] {
            for act in Act::ALL {
                let dropped: Option<(Stage, &[Act])> = Some((Stage::Withdrawn, &[]));
                check(stage, Side::Asking, act, dropped.filter(|_| act == Act::Withdraw));
                check(stage, Side::Asked, act, None);
            }
        }
    }

    /// Each side takes a step before it knows of the other's; then both steps arrive.
    #[test]
    fn steps_that_cross_lead_both_sides_to_one_stage() {
        let mut crossings = 0;
        let is_live = |stage: &Stage| stage.is_open() || *stage == Stage::Answered;
        // Who closes tells nobody.
        let told = Act::ALL.into_iter().filter(|act| !act.is_private() && *act != Act::Reject);
        for from in Stage::ALL.into_iter().filter(is_live) {
            // Before anything was said the two sides name the stage differently.
            let (ours, theirs) = match from {
                Stage::Sent | Stage::Received => (Stage::Sent, Stage::Received),
                same => (same, same),
            };
            for asking in told.clone() {
                for asked in told.clone() {
                    let (one, other) = (
                        next(ours, Side::Asking, asking, true),
                        next(theirs, Side::Asked, asked, true),
                    );
                    let (Some((one, _)), Some((other, _))) = (one, other) else { continue };
                    let end = |at, side, act| taken(at, side, act, true).map_or(at, |(to, _)| to);
                    let (one, other) =
                        (end(one, Side::Asked, asked), end(other, Side::Asking, asking));
                    assert_eq!(one, other, "{from:?}: {asking:?} and {asked:?} cross");
                    crossings += 1;
                }
            }
        }
        assert!(crossings > 50, "{crossings}");
    }

    #[test]
    fn only_what_lasts_is_prolonged_and_freed() {
        assert_eq!(next(Stage::Executed, Side::Asking, Act::Release, false), None);
        check(Stage::Executed, Side::Asking, Act::Release, Some((Stage::Released, &[])));
        check(Stage::Accepted, Side::Asking, Act::Renew, Some((Stage::Accepted, &[])));
    }
}
