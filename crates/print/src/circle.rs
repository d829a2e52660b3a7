//! Circles: which arrows run against the money's way, so that the rest can be laid out in layers.

use model::rates::Rates;
use model::role::Role;

use crate::chart::{Chart, Edge, Node};

/// How much an edge carries in US cents; what has no rate counts as much.
pub(crate) fn weight(edge: &Edge, rates: &Rates) -> i64 {
    let known = rates.usd_cents(edge.money.amount_minor, edge.money.currency);
    known.unwrap_or(i64::MAX / 1_000_000)
}

/// The edges that close circles. Arrows to a later role, or to one as late and no nearer to the
/// start, stay; among these a walk along the money finds what leads back onto its own way. The
/// other arrows, the heaviest first, stay where they close no circle.
pub(crate) fn back_edges(chart: &Chart, is_strict: bool) -> Vec<bool> {
    let rates = Rates::default();
    let weights: Vec<i64> = chart.edges.iter().map(|edge| weight(edge, &rates)).collect();
    let ranks = ranks(chart);
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); chart.nodes.len()];
    let mut doubtful: Vec<usize> = Vec::new();
    let mut is_back = vec![false; chart.edges.len()];
    for (index, edge) in chart.edges.iter().enumerate().filter(|(_, edge)| edge.from != edge.to) {
        if ranks[edge.to] >= ranks[edge.from] {
            leaving[edge.from].push(index);
        } else {
            doubtful.push(index);
        }
    }
    for list in &mut leaving {
        list.sort_by_key(|index| std::cmp::Reverse(weights[*index])); // stable
    }
    let mut starts: Vec<usize> = (0..chart.nodes.len()).collect();
    starts.sort_by_key(|node| ranks[*node]);
    turn_back(chart, &leaving, &starts, &mut is_back);
    doubtful.sort_by_key(|index| std::cmp::Reverse(weights[*index]));
    for (tried, index) in doubtful.into_iter().enumerate() {
        let edge = &chart.edges[index];
        let is_kept = !is_strict && tried < MAX_TRIED;
        if !is_kept || reaches(chart, &leaving, &is_back, edge.to, edge.from) {
            is_back[index] = true;
        } else {
            leaving[edge.from].push(index);
        }
    }
    is_back
}

/// At most so many arrows against the roles' order are looked at one by one.
const MAX_TRIED: usize = 1_000;

/// For each node the place of its role, then how many arrows lie between it and a start.
fn ranks(chart: &Chart) -> Vec<(usize, usize)> {
    let mut payees: Vec<Vec<usize>> = vec![Vec::new(); chart.nodes.len()];
    let mut has_payer = vec![false; chart.nodes.len()];
    for edge in chart.edges.iter().filter(|edge| edge.from != edge.to) {
        payees[edge.from].push(edge.to);
        has_payer[edge.to] = true;
    }
    let is_start = |node: &usize| chart.nodes[*node].role == Role::Victim || !has_payer[*node];
    let mut reached: Vec<usize> = (0..chart.nodes.len()).filter(is_start).collect();
    let mut hops: Vec<Option<usize>> = vec![None; chart.nodes.len()];
    reached.iter().for_each(|node| hops[*node] = Some(0));
    let mut done = 0;
    while let Some(&node) = reached.get(done) {
        done += 1;
        for &payee in &payees[node] {
            if hops[payee].is_none() {
                hops[payee] = hops[node].map(|hop| hop + 1);
                reached.push(payee);
            }
        }
    }
    let place = |role: Role| Role::all().iter().position(|known| *known == role).unwrap_or(0);
    let rank = |(node, hop): (&Node, &Option<usize>)| (place(node.role), hop.unwrap_or(0));
    chart.nodes.iter().zip(&hops).map(rank).collect()
}

/// Walks along the money, depth first, and marks what leads back onto the way walked.
fn turn_back(chart: &Chart, leaving: &[Vec<usize>], starts: &[usize], is_back: &mut [bool]) {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        Unseen,
        OnTheWay,
        Done,
    }
    let mut states = vec![State::Unseen; leaving.len()];
    for &start in starts {
        if states[start] != State::Unseen {
            continue;
        }
        states[start] = State::OnTheWay;
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((node, next)) = way.last_mut() {
            let Some(&index) = leaving[*node].get(*next) else {
                states[*node] = State::Done;
                way.pop();
                continue;
            };
            *next += 1;
            let to = chart.edges[index].to;
            match states[to] {
                State::Unseen => {
                    states[to] = State::OnTheWay;
                    way.push((to, 0));
                }
                State::OnTheWay => is_back[index] = true,
                State::Done => {}
            }
        }
    }
}

/// Whether money that stays on its way can get from one node to another.
fn reaches(
    chart: &Chart,
    leaving: &[Vec<usize>],
    is_back: &[bool],
    from: usize,
    to: usize,
) -> bool {
    let mut seen = vec![false; leaving.len()];
    let mut waiting = vec![from];
    while let Some(node) = waiting.pop() {
        if node == to {
            return true;
        }
        if !std::mem::replace(&mut seen[node], true) {
            let kept = leaving[node].iter().filter(|index| !is_back[**index]);
            waiting.extend(kept.map(|index| chart.edges[*index].to));
        }
    }
    false
}
