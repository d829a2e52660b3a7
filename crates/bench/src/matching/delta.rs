//! A day's news beside a full match: both sides have some new identifiers. The one publishes what
//! is new to it as a set of its own, the other looks up in it all that it has asked about before,
//! and asks about its own news, which it looks up in both sets.

use psi::asking::{Asking, Seed};
use psi::element::Element;
use psi::key::{Key, MAX_BATCH};
use psi::output::Stem;
use psi::set::Set;
use psi::suite::Mode;

use super::{lists, make_set};
use crate::features::cpu_seconds;
use crate::say;

/// Says what a full match of so many takes, and a delta of some.
pub(super) fn delta(ids: usize, fresh: usize, threads: usize) -> Result<(), String> {
    let (published, asked) = lists(ids + fresh, ids + fresh);
    let key = Key::derive(Mode::Voprf, &[1; 32], b"bench").map_err(|error| error.to_string())?;
    let (old, new) = published.split_at(ids);
    let start = cpu_seconds()?;
    let (base, _) = make_set(&key, old, threads)?;
    let stems = stems(&key, &asked[..ids], threads)?;
    let hits = found(&base, &stems)?;
    let middle = cpu_seconds()?;
    let (added, _) = make_set(&key, new, threads)?;
    let published_at = cpu_seconds()?;
    let before = found(&added, &stems)?;
    let looked = cpu_seconds()?;
    let news = self::stems(&key, &asked[ids..], threads)?;
    let after = found(&base, &news)? + found(&added, &news)?;
    let end = cpu_seconds()?;
    let (full, daily) = (middle - start, end - middle);
    say(&format!(
        "{ids} x {ids}: {full:.2} CPU s of both, {hits} hits; then {fresh} new on both sides: \
         {daily:.3} CPU s (published {:.3}, what was asked before looked up {:.3}, asked {:.3}), \
         {} hits; 1/{:.0} of the full match",
        published_at - middle,
        looked - published_at,
        end - looked,
        before + after,
        full / daily,
    ));
    // Whatever is common is found once, by whichever way.
    let common = (ids + fresh) / super::OVERLAP;
    if hits + before + after == common { Ok(()) } else { Err("hits are wrong".to_owned()) }
}

/// The outputs of what is asked about, proofs and all.
fn stems(key: &Key, ids: &[String], threads: usize) -> Result<Vec<Stem>, String> {
    let mut stems = Vec::new();
    for (number, part) in ids.chunks(MAX_BATCH).enumerate() {
        let session = (&Seed([2; 32]), number as u32);
        let asking = Asking::blind(Mode::Voprf, part, part.len(), session, threads);
        let asking = asking.map_err(|error| error.to_string())?;
        let sent: Vec<[u8; 32]> = asking.elements().copied().collect();
        let asked = Element::parse_all(&sent, threads).map_err(|error| error.to_string())?;
        let answer = key.answer(&asked, &[3; 64], threads).map_err(|error| error.to_string())?;
        let outputs = asking.finish(part, key.public(), &answer, threads);
        let outputs = outputs.map_err(|error| error.to_string())?;
        stems.extend(outputs.iter().map(|output| output.stem()));
    }
    Ok(stems)
}

fn found(set: &[u8], stems: &[Stem]) -> Result<usize, String> {
    let set = Set::parse(set).map_err(|error| error.to_string())?;
    Ok(stems.iter().filter(|stem| set.find(stem).is_some()).count())
}
