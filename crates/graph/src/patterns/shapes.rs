//! The shapes: what the web of relays looks like around the transfer that was just taken.

use std::collections::{BTreeMap, BTreeSet};

use super::Shape;
use super::points::Points;
use super::web::{Episode, Web};

/// An episode with more counterparties than this is looked at in its first ones only.
const MAX_LOOKED_AT: usize = 200;
/// A chain is followed back over at most this many hops.
const MAX_HOPS: usize = 24;
/// The part of an episode's money that makes a transfer its only one, in per cent.
const ONLY_PERCENT: i128 = 60;

/// What a branch that did not pass its money on takes off.
const IDLE_POINTS: f64 = 0.15;
/// Microseconds before an episode in which receipts may still belong to it.
const LEAST_REACH: i64 = 6 * 3_600_000_000;

/// A shape that stands, with what it is made of. Its points are counted later.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) shape: Shape,
    /// Equal for the same shape as it grows: two numbers of accounts or episodes.
    pub(super) anchor: (u32, u32),
    /// The relays that speak for it, by their transfer.
    pub(super) relays: Vec<u32>,
    /// All its transfers.
    pub(super) transfers: BTreeSet<u32>,
    /// Where its money arrived.
    pub(super) sink: u32,
    /// Points beside those of the relays.
    pub(super) base: Points,
}

/// All shapes that a transfer which passes money on makes or extends.
pub(super) fn around(web: &Web<'_>, entry: u32) -> Vec<Candidate> {
    let mut found = Vec::new();
    found.extend(chain(web, entry));
    let payer = web.flows.from(entry);
    if let Some((number, episode)) = web.episode(payer) {
        fans(web, entry, number, episode, &mut found);
        found.extend(stack(web, entry, number, episode));
    }
    upstream_fans(web, entry, &mut found);
    scatter_gather(web, entry, &mut found);
    found
}

/// The one transfer that brought most of what a relay passed on, if it passed it on in one.
fn only_parent(web: &Web<'_>, entry: u32) -> Option<u32> {
    let relay = web.relay(entry)?;
    let left: i128 = relay.outs.iter().map(|e| i128::from(web.flows.left(*e))).sum();
    let came: i128 = relay.ins.iter().map(|e| i128::from(web.flows.came(*e))).sum();
    let largest = relay.ins.iter().copied().max_by_key(|e| (web.flows.came(*e), *e))?;
    let most = |part: i64, whole: i128| i128::from(part) * 100 >= whole * ONLY_PERCENT;
    (most(web.flows.left(entry), left) && most(web.flows.came(largest), came)).then_some(largest)
}

fn chain(web: &Web<'_>, entry: u32) -> Option<Candidate> {
    let mut path = vec![entry];
    let mut accounts = BTreeSet::from([web.flows.to(entry), web.flows.from(entry)]);
    let mut current = entry;
    while let Some(parent) = only_parent(web, current) {
        if path.len() >= MAX_HOPS || !accounts.insert(web.flows.from(parent)) {
            break;
        }
        path.push(parent);
        current = parent;
    }
    let relays: Vec<u32> = path.iter().copied().filter(|e| web.relay(*e).is_some()).collect();
    // Two accounts that each pass one sum on, and one that feeds them, at least.
    if relays.len() < 3 || path.len() < 3 {
        return None;
    }
    let mut transfers: BTreeSet<u32> = path.iter().copied().collect();
    // What the first account gathered belongs to the chain.
    transfers.extend(web.relay(current).map_or(&[][..], |relay| relay.ins.as_slice()));
    let root = web.flows.from(*relays.last()?);
    Some(Candidate {
        shape: Shape::MuleChain,
        anchor: (root, *relays.last()?),
        relays,
        transfers,
        sink: web.flows.to(entry),
        base: Points { chance: -1.0, ..Points::default() },
    })
}

/// For each payer or payee the best relay among some transfers.
fn best_by_payer(web: &Web<'_>, entries: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut best: BTreeMap<u32, (f64, u32)> = BTreeMap::new();
    for entry in entries {
        if let Some(relay) = web.relay(entry) {
            let slot = best.entry(web.flows.from(entry)).or_insert((relay.points.sum(), entry));
            if relay.points.sum() > slot.0 {
                *slot = (relay.points.sum(), entry);
            }
        }
    }
    best.into_values().map(|(_, entry)| entry).collect()
}

/// Fan-in, fan-out and gather-scatter around one account.
fn fans(web: &Web<'_>, entry: u32, number: u32, episode: &Episode, found: &mut Vec<Candidate>) {
    let own = best_by_payer(web, episode.outs.iter().copied());
    let mut receipts: BTreeSet<u32> = episode.ins.iter().copied().take(MAX_LOOKED_AT).collect();
    receipts.extend(fed_before(web, episode));
    let payers: BTreeSet<u32> = receipts.iter().map(|came| web.flows.from(*came)).collect();
    let feeding = best_by_payer(web, receipts.iter().copied());
    let mut onward = Vec::new();
    for out in episode.outs.iter().take(MAX_LOOKED_AT) {
        onward.extend(web.onward(*out).iter().copied());
    }
    let passing = best_by_payer(web, onward.iter().copied());
    let payees = episode.payees.len();
    let mut transfers: BTreeSet<u32> = receipts.iter().chain(&episode.outs).copied().collect();
    for feed in &feeding {
        transfers.extend(web.relay(*feed).map_or(&[][..], |relay| relay.ins.as_slice()));
    }
    transfers.extend(passing.iter().copied());
    let sink = web.flows.to(entry);
    let idle = IDLE_POINTS * payees.saturating_sub(passing.len()) as f64;
    let mut push = |shape, relays: Vec<u32>, chance| {
        let anchor = (number, shape as u32);
        let transfers = transfers.clone();
        let base = Points { chance, ..Points::default() };
        found.push(Candidate { shape, anchor, relays, transfers, sink, base });
    };
    let fed = -ways(payers.len(), feeding.len());
    if payees <= 2 && (payers.len() >= 3 || payers.len() == 2 && feeding.len() == 2) {
        push(Shape::FanIn, own.iter().chain(&feeding).copied().collect(), fed);
    }
    let all = || own.iter().chain(&feeding).chain(&passing).copied().collect::<Vec<u32>>();
    let chosen = fed - ways(payees, passing.len()) - idle;
    if payees >= 4 {
        push(Shape::FanOut, all(), chosen);
    }
    if payees >= 3 && gathered_from(web, &receipts).len() >= 2 {
        push(Shape::GatherScatter, all(), chosen);
    }
}

/// Who paid; where it was one account that gathered itself, who paid that one.
fn gathered_from(web: &Web<'_>, receipts: &BTreeSet<u32>) -> BTreeSet<u32> {
    let payers = |entries: &mut dyn Iterator<Item = u32>| -> BTreeSet<u32> {
        entries.map(|came| web.flows.from(came)).collect()
    };
    let direct = payers(&mut receipts.iter().copied());
    if direct.len() > 1 {
        return direct;
    }
    let above = receipts.iter().filter_map(|came| web.relay(*came));
    let above = payers(&mut above.flat_map(|relay| relay.ins.iter().copied()));
    if above.len() > 1 { above } else { direct }
}

/// Receipts shortly before an episode that were passed on to its account and lie there still: a
/// small one does not make the stretch fit better and is left out there.
fn fed_before(web: &Web<'_>, episode: &Episode) -> Vec<u32> {
    let (Some(first), Some(last)) = (episode.ins.first(), episode.outs.last()) else {
        return Vec::new();
    };
    let flows = &web.flows;
    let reach = (flows.at(*last) - flows.at(*first)).max(LEAST_REACH).min(web.window);
    let receipts = flows.incoming_before(episode.account, *first);
    let near = receipts.iter().rev().take(MAX_HOPS);
    near.take_while(|came| flows.at(*first) - flows.at(**came) <= reach)
        .filter(|came| web.relay(**came).is_some() && web.onward(**came).is_empty())
        .copied()
        .collect()
}

/// A payee that passes on may complete the fan of the one who paid it.
fn upstream_fans(web: &Web<'_>, entry: u32, found: &mut Vec<Candidate>) {
    let Some(relay) = web.relay(entry) else { return };
    let mut seen = BTreeSet::new();
    for came in relay.ins.iter().take(MAX_HOPS) {
        if let Some((number, episode)) = web.episode(web.flows.from(*came))
            && episode.outs.binary_search(came).is_ok()
            && seen.insert(number)
        {
            fans(web, entry, number, episode, found);
        }
    }
}

/// Money of one account reaches one other account through three or more.
fn scatter_gather(web: &Web<'_>, entry: u32, found: &mut Vec<Candidate>) {
    let sink = web.flows.to(entry);
    let Some(relay) = web.relay(entry) else { return };
    let sources: BTreeSet<u32> =
        relay.ins.iter().map(|came| web.flows.from(*came)).take(MAX_HOPS).collect();
    for source in sources.into_iter().filter(|source| *source != sink) {
        let earliest = web.flows.at(entry) - web.window;
        let mut middles: BTreeMap<u32, u32> = BTreeMap::new();
        let mut transfers = BTreeSet::new();
        let outs = web.flows.outgoing_until(source, entry);
        for scatter in outs.iter().rev().take(MAX_LOOKED_AT) {
            if web.flows.at(*scatter) < earliest {
                break;
            }
            for gather in web.onward(*scatter) {
                if web.flows.to(*gather) == sink {
                    middles.insert(web.flows.from(*gather), *gather);
                    transfers.extend([*scatter, *gather]);
                }
            }
        }
        if middles.len() < 3 {
            continue;
        }
        let mut relays: Vec<u32> = middles.values().copied().collect();
        if let Some((_, episode)) = web.episode(source) {
            let own: Vec<u32> =
                episode.outs.iter().copied().filter(|out| transfers.contains(out)).collect();
            if !own.is_empty() {
                transfers.extend(episode.ins.iter().copied());
                relays.extend(best_by_payer(web, own.into_iter()));
            }
        }
        let form = 0.7 * (middles.len().min(8) as f64 - 1.0);
        let base = Points { form, ..Points::default() };
        let anchor = (source, sink);
        let shape = Shape::ScatterGather;
        found.push(Candidate { shape, anchor, relays, transfers, sink, base });
    }
}

/// Two accounts are fed by the same two or more and feed the same two or more.
fn stack(web: &Web<'_>, entry: u32, number: u32, episode: &Episode) -> Option<Candidate> {
    let mut others = BTreeSet::new();
    for payer in episode.payers.iter().take(MAX_HOPS) {
        if let Some((_, above)) = web.episode(*payer) {
            others.extend(above.payees.iter().copied().take(MAX_HOPS));
        }
    }
    others.remove(&episode.account);
    let mut layers = vec![(number, episode)];
    for other in others {
        if let Some((number, beside)) = web.episode(other)
            && is_layer(&episode.payers, &beside.payers, &episode.payees, &beside.payees)
        {
            layers.push((number, beside));
        }
    }
    if layers.len() < 2 {
        return None;
    }
    let mut transfers = BTreeSet::new();
    for (_, layer) in &layers {
        transfers.extend(layer.ins.iter().chain(&layer.outs).copied());
        for came in &layer.ins {
            transfers.extend(web.relay(*came).map_or(&[][..], |relay| relay.ins.as_slice()));
        }
        for left in &layer.outs {
            transfers.extend(web.onward(*left));
        }
    }
    let relays = best_by_payer(web, transfers.iter().copied());
    let first = layers.iter().map(|(number, _)| *number).min()?;
    Some(Candidate {
        shape: Shape::Stack,
        anchor: (first, 0),
        relays,
        transfers,
        sink: web.flows.to(entry),
        base: Points { chance: -1.0, ..Points::default() },
    })
}

/// Two accounts are of one layer where they share a payer, a payee and one more of either.
fn is_layer(payers: &[u32], other_payers: &[u32], payees: &[u32], other_payees: &[u32]) -> bool {
    let shared = |a: &[u32], b: &[u32]| a.iter().filter(|i| b.binary_search(i).is_ok()).count();
    let (above, below) = (shared(payers, other_payers), shared(payees, other_payees));
    above >= 1 && below >= 1 && above + below >= 3
}

/// Decimal logarithm of the number of ways to choose some of many: what was chosen because it looks
/// odd is less odd by this.
fn ways(many: usize, some: usize) -> f64 {
    let some = some.min(many);
    (0..some).map(|taken| ((many - taken) as f64 / (some - taken) as f64).log10()).sum()
}
