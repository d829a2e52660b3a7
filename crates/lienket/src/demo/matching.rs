//! What the demo's nodes find out about each other without showing their lists: once over the line,
//! once by hand.

use std::path::Path;

use delivery::report::Report;
use node::answer::HitAnswer;
use node::matching::Purpose;
use tokio::runtime::Runtime;

use super::together::{hand_over, me, visitor};
use super::{Agency, BY, Teller};
use crate::failure::Failure;

/// Two nodes come to rest long before.
const MAX_ROUNDS: usize = 10;
/// So many hits are shown.
const MAX_SHOWN: usize = 5;

/// Singapore asks Viet Nam over the line: no more than four visits.
pub(super) fn over_the_line(
    sg: &mut Agency,
    vn: &mut Agency,
    runtime: &Runtime,
    teller: &mut Teller,
) -> Result<(), Failure> {
    let partner = me(vn)?;
    sg.open.node.begin_match(BY, partner, &Purpose::default())?;
    for _ in 0..MAX_ROUNDS {
        runtime.block_on(visitor(sg, vn)?.visit(&mut Report::default()))?;
        if sg.open.node.match_turn()? + vn.open.node.match_turn()? == 0 {
            break;
        }
    }
    tell(sg, vn, "demo-step-match", teller)
}

/// Viet Nam asks Thailand by a stick that goes to and fro.
pub(super) fn by_hand(
    vn: &mut Agency,
    th: &mut Agency,
    dir: &Path,
    teller: &mut Teller,
) -> Result<(), Failure> {
    let partner = me(th)?;
    vn.open.node.begin_match(BY, partner, &Purpose::default())?;
    let (there, back) = (dir.join("for-th.lkb"), dir.join("for-vn.lkb"));
    for _ in 0..MAX_ROUNDS {
        hand_over(vn, th, &there)?;
        let dealt = th.open.node.match_turn()?;
        hand_over(th, vn, &back)?;
        if dealt + vn.open.node.match_turn()? == 0 {
            break;
        }
    }
    tell(vn, th, "demo-step-match-carried", teller)
}

fn tell(
    asking: &mut Agency,
    asked: &mut Agency,
    key: &str,
    teller: &mut Teller,
) -> Result<(), Failure> {
    let partner = me(asked)?;
    let run = asking.open.node.run(partner, &Purpose::default())?;
    let book = asking.open.exchange()?.book();
    let name = book.partners.get(&partner).map(|one| one.card.card().agency.clone());
    let hits = asking.open.node.hits(BY, name.as_deref())?.hits;
    teller.story.hits += hits.len();
    let number = |count: i64| i18n::number(teller.language, count);
    let queried = number(i64::try_from(run.queried).unwrap_or(i64::MAX));
    let count = number(i64::try_from(hits.len()).unwrap_or(i64::MAX));
    teller.step(key, &[("queried", queried.as_str()), ("count", &count)]);
    for hit in hits.iter().take(MAX_SHOWN) {
        let HitAnswer { kind, value, handle, .. } = hit;
        let kind = format!("identifier-{}", kind.replace('_', "-"));
        let kind = i18n::text(teller.language, &kind);
        teller.say(&format!("      {kind:<18} {value:<44} {handle}"));
    }
    let more = crate::show::more(teller.language, hits.len(), MAX_SHOWN.min(hits.len()));
    if !more.is_empty() {
        teller.say(&format!("      {}", more.trim_end()));
    }
    Ok(())
}
