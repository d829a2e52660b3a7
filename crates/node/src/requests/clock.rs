//! The clock of a request: by when something has to be done, and until when what was done holds.

use envelope::request::Request;
use model::time::Timestamp;

use super::check::day;
use super::record::{Kept, Key};
use super::stage::{Act, Side, Stage};
use super::{SECOND_APPROVAL_HOURS, approvals_in_all};
use crate::answer::ClockAnswer;

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;
/// What is preserved is kept for so many days at least: Budapest Convention article 29(7), the only
/// treaty in force that names a term; asked for by every request of ours.
const PRESERVED_DAYS: i64 = 60;
/// A fast request without an expiry of its own lapses after so many days if the formal one has not
/// followed. No treaty gives a term; this is the product's own.
const FAST_DAYS: i64 = 30;
/// Somebody is told so many days before something ends.
const WARN_DAYS: i64 = 14;

/// The moment so many days later.
pub(super) fn later(days: i64, from: Timestamp) -> Timestamp {
    let at = from.microseconds().saturating_add(days.saturating_mul(DAY));
    Timestamp::from_microseconds(at).unwrap_or(from)
}

/// Everything that runs, the earliest first.
pub(super) fn deadlines(
    (key, kept, request): (&Key, &Kept, Option<&Request>),
    has_follow_up: bool,
    now: Timestamp,
) -> Vec<ClockAnswer> {
    let mut all = Vec::new();
    let is_live = kept.stage.is_open() || kept.stage == Stage::Answered;
    let mut run = |what: &'static str, due: Timestamp, source: &'static str| {
        let is_near = later(WARN_DAYS, now) > due;
        let state = if due <= now {
            "over"
        } else if is_near {
            "near"
        } else {
            "running"
        };
        all.push(ClockAnswer { what, due, state, source });
    };
    if kept.is_urgent && is_half(key, kept) {
        let first = kept.approvals.first().map(|(_, at)| *at).or(kept.sent_at);
        let hours = SECOND_APPROVAL_HOURS * DAY / 24;
        let due = first.and_then(|at| Timestamp::from_microseconds(at.microseconds() + hours).ok());
        due.into_iter().for_each(|due| run("second_approval", due, "product"));
    }
    let said = |id: &str| said(request?, id);
    if kept.stage.is_open()
        && kept.stage != Stage::Executed
        && let Some(due) = said("deadline")
    {
        run("answer", due, "request");
    }
    let sent_at = kept.sent_at.filter(|_| is_live);
    let held = kept.until.or_else(|| said("expiry")).or_else(|| said("period"));
    if let Some(from) = sent_at
        && kept.kind == "preservation"
    {
        let source = if held.is_some() { "request" } else { "budapest 29(7)" };
        run("preserved_until", held.unwrap_or_else(|| later(PRESERVED_DAYS, from)), source);
    }
    if let Some(due) = held
        && sent_at.is_some()
        && matches!(kept.kind.as_str(), "freeze" | "provisional-arrest")
    {
        run("held_until", due, "request");
    }
    if let Some(from) = sent_at
        && kept.measure == "stop_payment"
        && !has_follow_up
    {
        let source = if held.is_some() { "request" } else { "product" };
        run("lapses_without_formal", held.unwrap_or_else(|| later(FAST_DAYS, from)), source);
    }
    all.sort_by_key(|one| one.due);
    all
}

/// A day that a request names.
fn said(request: &Request, id: &str) -> Option<Timestamp> {
    let element = request.elements.iter().find(|element| element.id == id);
    element.and_then(|element| day(&element.text))
}

/// Until when what lasts is prolonged where nobody says it: by its usual time, from its end.
pub(super) fn prolonged(kept: &Kept, request: &Request, now: Timestamp) -> Timestamp {
    let days = if kept.kind == "preservation" { PRESERVED_DAYS } else { FAST_DAYS };
    let named = kept.until.or_else(|| said(request, "expiry")).or_else(|| said(request, "period"));
    let usual = || kept.sent_at.map(|from| later(days, from));
    later(days, named.or_else(usual).map_or(now, |end| end.max(now)))
}

/// Whether a request that has left lacks an approval.
pub(super) fn is_half(key: &Key, kept: &Kept) -> bool {
    match key.side() {
        Side::Asked => kept.is_half,
        Side::Asking => {
            let has_left = kept.sent_at.is_some() && kept.stage != Stage::Rejected;
            has_left && kept.approvals.len() < approvals_in_all(&kept.kind)
        }
    }
}

/// Whether a fast request has lapsed: its time is over, and nothing formal has followed.
pub(super) fn has_lapsed(deadlines: &[ClockAnswer]) -> bool {
    deadlines.iter().any(|one| one.what == "lapses_without_formal" && one.state == "over")
}

/// What an officer may do next on his side.
pub(super) fn possible(key: &Key, kept: &Kept, is_erased: bool) -> Vec<&'static str> {
    let acts = Act::ALL.into_iter().filter(|act| !matches!(act, Act::Approve | Act::Reject));
    let may = |act: &Act| {
        // Of what went on paper the other side's steps are written down here.
        let side = if kept.is_on_paper && act.is_of_asked() { Side::Asked } else { key.side() };
        let is_possible = super::steps::next(kept.stage, side, *act, kept.holds()).is_some();
        match is_erased {
            // What is gone can only be put aside.
            true => act.is_private() && (is_possible || kept.stage.is_open()),
            false => is_possible,
        }
    };
    acts.filter(may).map(Act::as_str).collect()
}
