//! Relays: an account passes on what it had received a short while before.
//!
//! The unit of which all shapes are made. For each transfer its payer's books are read backwards,
//! and the stretch is kept in which what left fits best to what came: by points, never by a
//! hard rule. The points are decimal logarithms of "how unlikely by chance".

use super::flows::Flows;
use super::points::Points;

/// An account's books are read back over at most this many transfers.
const MAX_WALK: usize = 96;
/// What finding a fitting stretch by mere looking around is worth: one transfer in forty ends one.
const CHANCE: f64 = 1.6;
/// Microseconds of a day.
const DAY: f64 = 86_400e6;
/// Every account is thought to have lived as usual for this many days before its case begins.
const DAYS_BEFORE: f64 = 10.0;
/// An account without a transfer for so many days of the case is fresh.
const FRESH_DAYS: f64 = 3.0;
/// Where so many times more came than left, no longer stretch will fit.
const HOPELESS: f64 = 12.0;
/// Money that rested shorter counts as resting so long.
const SHORTEST_REST: f64 = 300e6;

/// A stretch of an account's books that ends with a transfer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Relay {
    /// What came, in time order.
    pub(super) ins: Vec<u32>,
    /// What left, in time order; the last is the transfer itself.
    pub(super) outs: Vec<u32>,
    /// What speaks for it; the price is taken off.
    pub(super) points: Points,
}

/// The stretch as it grows backwards.
#[derive(Default)]
struct Stretch {
    came: f64,
    left: f64,
    came_moment: f64,
    left_moment: f64,
    ins: usize,
    outs: usize,
    strangers: usize,
    rarity: f64,
    crossings: usize,
}

impl Stretch {
    fn add(&mut self, flows: &Flows<'_>, entry: u32, is_in: bool, end: i64) {
        let amount = if is_in { flows.came(entry) } else { flows.left(entry) } as f64;
        let age = (end - flows.at(entry)) as f64;
        if is_in {
            self.came += amount;
            self.came_moment += amount * age;
            self.ins += 1;
        } else {
            self.left += amount;
            self.left_moment += amount * age;
            self.outs += 1;
        }
        self.strangers += usize::from(!flows.is_known(entry));
        self.rarity += flows.rarity(entry);
        self.crossings += usize::from(flows.crosses(entry));
    }

    fn points(&self, past: &Past, span: f64) -> Points {
        let kept = kept_points(self.left / self.came.max(1.0));
        let count = (self.ins + self.outs) as f64;
        let age = |moment: f64, sum: f64| moment / sum.max(1.0);
        let rest = age(self.came_moment, self.came) - age(self.left_moment, self.left);
        // Where money comes and goes all the time, its mean rest says nothing: the span does.
        let rest = rest.max(span / 4.0);
        let expected = (past.rate * span).max(0.001);
        // More transfers than are usual in such a stretch; one in and one out are no burst, and
        // a burst of payments that are not passed on is a shop.
        let burst =
            if count > 2.0 { 0.25 * count * (count / (2.7 * expected)).log10() } else { 0.0 };
        Points {
            kept,
            quick: past.quick(rest),
            burst: burst.clamp(-1.0, 1.2) * kept.clamp(0.0, 1.0),
            amounts: (0.5 * self.rarity / count).min(1.2),
            strangers: -0.6 + self.strangers as f64 / count,
            border: if self.crossings > 0 { 0.15 } else { 0.0 },
            fresh: if past.is_fresh { 0.4 } else { 0.0 },
            chance: -CHANCE,
            ..Points::default()
        }
    }
}

/// An account's habits before a stretch.
pub(super) struct Past {
    /// Its transfers in a microsecond.
    rate: f64,
    is_fresh: bool,
}

impl Past {
    /// `before`: how many transfers the account had before the stretch, which begins with `first`
    /// and ends `now`.
    pub(super) fn new(flows: &Flows<'_>, before: usize, first: u32, now: u32) -> Past {
        let known_for = (flows.at(first) - flows.start()) as f64;
        let usual = flows.usual_rate(now) * DAYS_BEFORE * DAY;
        Past {
            rate: (before as f64 + usual) / (known_for + DAYS_BEFORE * DAY),
            is_fresh: before == 0 && known_for > FRESH_DAYS * DAY,
        }
    }

    /// How unlikely it is that the account has a transfer so soon.
    pub(super) fn quick(&self, rest: f64) -> f64 {
        (-(self.rate * rest.max(SHORTEST_REST)).log10()).clamp(-1.0, 1.6)
    }
}

/// Points for the part of what came that left. Commissions are a few per cent; more than came
/// hardly ever leaves.
pub(super) fn kept_points(part: f64) -> f64 {
    match part {
        k if k > 1.2 => -1.5,
        k if k > 1.03 => -0.5,
        k if k >= 0.9 => 1.3,
        k if k >= 0.8 => 1.0,
        k if k >= 0.7 => 0.4,
        k if k >= 0.5 => -0.3,
        _ => -1.5,
    }
}

/// The stretch that ends with a transfer and has most points, where that is above 0.
pub(super) fn relay(flows: &Flows<'_>, entry: u32, window: i64) -> Option<Relay> {
    let end = flows.at(entry);
    let payer = flows.from(entry);
    if payer == flows.to(entry) || flows.left(entry) <= 0 {
        return None;
    }
    let (mut ins, mut outs) = (flows.incoming_before(payer, entry), flows.outgoing_before(entry));
    let (all_ins, all_outs) = (ins, outs);
    let mut stretch = Stretch::default();
    stretch.add(flows, entry, false, end);
    let mut best: Option<(f64, Points, usize, usize)> = None;
    for _ in 0..MAX_WALK {
        let is_in = match (ins.last(), outs.last()) {
            (None, _) => break,
            (Some(came), Some(left)) => came > left,
            (Some(_), None) => true,
        };
        let list = if is_in { &mut ins } else { &mut outs };
        let Some((last, rest)) = list.split_last() else { break };
        *list = rest;
        if end - flows.at(*last) > window {
            break;
        }
        if flows.from(*last) == flows.to(*last) {
            continue;
        }
        stretch.add(flows, *last, is_in, end);
        if stretch.came > HOPELESS * stretch.left {
            break;
        }
        if is_in {
            let past = Past::new(flows, ins.len() + outs.len(), *last, entry);
            let points = stretch.points(&past, (end - flows.at(*last)) as f64);
            let sum = points.sum();
            if sum > 0.0 && best.is_none_or(|(most, ..)| sum > most) {
                best = Some((sum, points, ins.len(), outs.len()));
            }
        }
    }
    let (_, points, first_in, first_out) = best?;
    let ins = material(all_ins.get(first_in..)?.iter().copied(), |e| flows.came(e));
    let earlier = all_outs.get(first_out..)?.iter().copied();
    let outs = material(earlier.chain([entry]), |e| flows.left(e));
    (outs.last() == Some(&entry)).then_some(Relay { ins, outs, points })
}

/// Leaves out what is small change beside the rest.
fn material(entries: impl Iterator<Item = u32>, amount: impl Fn(u32) -> i64) -> Vec<u32> {
    let entries: Vec<u32> = entries.collect();
    let sum: i128 = entries.iter().map(|entry| i128::from(amount(*entry))).sum();
    let least = sum / (8 * entries.len().max(1) as i128);
    entries.into_iter().filter(|entry| i128::from(amount(*entry)) >= least).collect()
}
