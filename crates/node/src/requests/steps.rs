//! Where the acts of both sides lead, from one stage of a request to the next: one table for both.

use super::stage::{Act, Side, Stage};

/// Where an act of a side leads from a stage, and which acts it skips; `None`: it is not possible.
/// `holds` says whether the request's measure lasts, so that it can be prolonged and freed.
pub(super) fn next(from: Stage, side: Side, act: Act, holds: bool) -> Option<(Stage, Vec<Act>)> {
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
pub(super) fn taken(from: Stage, side: Side, act: Act, holds: bool) -> Option<(Stage, Vec<Act>)> {
    let crossed = match (side, act, from) {
        (Side::Asked, Act::Answer, Stage::Withdrawn) => Some(Stage::Answered),
        (Side::Asked, Act::Answer, Stage::Released) => Some(Stage::Released),
        (Side::Asked, Act::Refuse, Stage::Withdrawn | Stage::Released) => Some(Stage::Refused),
        (Side::Asked, Act::Release, Stage::Withdrawn) if holds => Some(Stage::Released),
        (Side::Asking, Act::Supply, Stage::Accepted | Stage::Executed) => Some(from),
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
    fn nobody_supplies_what_was_not_asked_for() {
        for stage in [Stage::Received, Stage::Acknowledged, Stage::Answered, Stage::Closed] {
            assert_eq!(taken(stage, Side::Asking, Act::Supply, true), None, "{stage:?}");
        }
    }

    #[test]
    fn only_what_lasts_is_prolonged_and_freed() {
        assert_eq!(next(Stage::Executed, Side::Asking, Act::Release, false), None);
        check(Stage::Executed, Side::Asking, Act::Release, Some((Stage::Released, &[])));
        check(Stage::Accepted, Side::Asking, Act::Renew, Some((Stage::Accepted, &[])));
    }
}
