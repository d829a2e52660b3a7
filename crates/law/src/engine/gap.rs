//! Why there is no yes: said of the lead base, and of the treaties that would help if they applied.

use crate::advice::{Base, Support};
use crate::answer::Answer;
use crate::gap::Gap;
use crate::reason::Reason;

/// The gaps; none where the answer is yes, at least one where it is not.
pub(super) fn gaps<'p>(bases: &[Base<'p>], answer: Answer) -> Vec<Gap<'p>> {
    if answer == Answer::Yes {
        return Vec::new();
    }
    let mut gaps = Vec::new();
    let treaty = |base: &&Base<'p>| base.instrument.is_treaty();
    if !bases.iter().filter(treaty).any(|base| base.answer == Answer::Yes && !base.fails()) {
        // Nothing but treaties in force closes a gap, whatever may be tried beside.
        gaps.push(Gap::NoInstrument);
    }
    if let Some(lead) = bases.iter().find(|base| base.lead) {
        of_lead(lead, &mut gaps);
    }
    let unused = bases.iter().filter(treaty).filter(|base| !base.lead);
    let waiting = |base: &&Base<'p>| {
        base.binds == Answer::No
            && base.support < Support::Unread
            && !base.because.contains(&Reason::NoTreaty)
    };
    for base in unused.clone().filter(waiting) {
        gaps.push(Gap::NotInForce(base.instrument));
    }
    let failing = |base: &&Base<'p>| {
        base.support == Support::Shut || (base.fails() && base.support < Support::Unread)
    };
    for base in unused.filter(failing) {
        match base.because.iter().find_map(shut_by) {
            Some(state) => gaps.push(Gap::Reservation(base.instrument, state)),
            None => conditions(base, &mut gaps),
        }
    }
    gaps
}

fn of_lead<'p>(lead: &Base<'p>, gaps: &mut Vec<Gap<'p>>) {
    let one = lead.instrument;
    if !one.is_treaty() {
        gaps.push(Gap::OnlyBest(one));
        return;
    }
    if lead.answer != Answer::Yes {
        match lead.because.iter().find_map(shut_by) {
            Some(state) => gaps.push(Gap::Reservation(one, state)),
            None if lead.binds == Answer::Yes && lead.support >= Support::MayCover => {
                gaps.push(Gap::NoProvision(one));
            }
            None => gaps.push(Gap::Unverified(one)),
        }
    }
    conditions(lead, gaps);
}

fn conditions<'p>(base: &Base<'p>, gaps: &mut Vec<Gap<'p>>) {
    for condition in base.conditions.iter().filter(|one| one.answer != Answer::Yes) {
        let failed = condition.answer == Answer::No;
        if base.lead || failed {
            gaps.push(Gap::Condition(base.instrument, condition.kind, condition.because));
        }
    }
}

fn shut_by(reason: &Reason<'_>) -> Option<model::country::Country> {
    match reason {
        Reason::ShutOut(state, _) | Reason::ShutOutUnverified(state, _) => Some(*state),
        _ => None,
    }
}
