//! Layers: how far along the money's way each account lies, and which arrows run against it.
//!
//! Source: Sugiyama, Tagawa and Toda (1981), the first two of their four steps. Money runs from
//! left to right; what closes a circle is turned round here and drawn as money that flows back.

use model::role::Role;

use crate::chart::{Chart, Edge};
use crate::circle::back_edges;

/// At most this many layers are drawn side by side: more are folded together.
pub(crate) const MAX_LAYERS: usize = 9;

/// How an arrow runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Course {
    /// To a later layer.
    Forward,
    /// To an earlier one.
    Back,
    /// Inside one layer.
    Level,
    /// To the account it left.
    Loop,
}

/// The layers of a chart.
pub(crate) struct Layers {
    /// For each node its layer, from 0.
    pub(crate) of: Vec<usize>,
    /// How many layers there are.
    pub(crate) count: usize,
    /// For each edge how it runs.
    pub(crate) courses: Vec<Course>,
}

/// Finds the layers. Every edge must name two nodes of the chart.
pub(crate) fn layers(chart: &Chart) -> Layers {
    let deep = layers_when(chart, false);
    // Circles of mules can make very long ways: then every arrow against the roles' order is back.
    if deep.count < MAX_LAYERS { deep } else { layers_when(chart, true) }
}

fn layers_when(chart: &Chart, is_strict: bool) -> Layers {
    let is_back = back_edges(chart, is_strict);
    let forward: Vec<(usize, usize)> = chart
        .edges
        .iter()
        .zip(&is_back)
        .filter(|(edge, is_back)| !**is_back && edge.from != edge.to)
        .map(|(edge, _)| (edge.from, edge.to))
        .collect();
    let order = topological(chart.nodes.len(), &forward);
    let mut least = vec![0; chart.nodes.len()];
    let mut of = longest_paths(&order, &forward, &least);
    for role in [Role::Collector, Role::Exchange, Role::Wallet, Role::Boss] {
        align(chart, role, &forward, &of, &mut least);
        of = longest_paths(&order, &forward, &least);
    }
    pull_sources(chart, &forward, &mut of);
    let count = fold(chart, &mut of);
    let courses = chart.edges.iter().map(|edge| course(edge, &of)).collect();
    Layers { of, count, courses }
}

fn course(edge: &Edge, of: &[usize]) -> Course {
    match (of.get(edge.from), of.get(edge.to)) {
        _ if edge.from == edge.to => Course::Loop,
        (from, to) if from < to => Course::Forward,
        (from, to) if from > to => Course::Back,
        _ => Course::Level,
    }
}

/// Payers before payees. Without circles every node gets its place.
fn topological(nodes: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    let mut waiting = vec![0_usize; nodes];
    for &(from, to) in edges {
        leaving[from].push(to);
        waiting[to] += 1;
    }
    let mut order: Vec<usize> = (0..nodes).filter(|node| waiting[*node] == 0).collect();
    let mut done = 0;
    while let Some(&node) = order.get(done) {
        done += 1;
        for &to in &leaving[node] {
            waiting[to] -= 1;
            if waiting[to] == 0 {
                order.push(to);
            }
        }
    }
    assert!(order.len() == nodes, "turned edges leave no circle");
    order
}

/// One layer behind the last payer, and not before the least layer.
fn longest_paths(order: &[usize], edges: &[(usize, usize)], least: &[usize]) -> Vec<usize> {
    let mut of = least.to_vec();
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); of.len()];
    for &(from, to) in edges {
        leaving[from].push(to);
    }
    for &node in order {
        for &to in &leaving[node] {
            of[to] = of[to].max(of[node] + 1);
        }
    }
    of
}

/// Puts the accounts of a role into one layer, but for those that money reaches through another
/// account of the same role.
fn align(chart: &Chart, role: Role, edges: &[(usize, usize)], of: &[usize], least: &mut [usize]) {
    let has_role = |node: usize| chart.nodes.get(node).is_some_and(|node| node.role == role);
    let mut sorted = edges.to_vec();
    sorted.sort_by_key(|(from, _)| of[*from]);
    let mut is_behind = vec![false; of.len()];
    for (from, to) in sorted {
        is_behind[to] |= is_behind[from] || has_role(from);
    }
    let first: Vec<usize> = (0..of.len()).filter(|n| has_role(*n) && !is_behind[*n]).collect();
    let layer = first.iter().map(|node| of[*node]).max().unwrap_or(0);
    for node in first {
        least[node] = least[node].max(layer);
    }
}

/// Accounts of unknown feeding stand just before what they feed, not among the victims; accounts
/// without any arrow stand with their role.
fn pull_sources(chart: &Chart, edges: &[(usize, usize)], of: &mut [usize]) {
    let mut nearest: Vec<Option<usize>> = vec![None; of.len()];
    let mut has_payer = vec![false; of.len()];
    for &(from, to) in edges {
        nearest[from] = Some(nearest[from].map_or(of[to], |layer| layer.min(of[to])));
        has_payer[to] = true;
    }
    let linked: Vec<bool> = (0..of.len()).map(|n| has_payer[n] || nearest[n].is_some()).collect();
    let before = of.to_vec();
    for (node, place) in of.iter_mut().enumerate() {
        let role = chart.nodes[node].role;
        match nearest[node] {
            Some(layer) if !has_payer[node] && role != Role::Victim => {
                *place = layer.saturating_sub(1).max(*place);
            }
            None if !linked[node] => {
                let same = |other: &usize| linked[*other] && chart.nodes[*other].role == role;
                *place = (0..before.len()).find(same).map_or(*place, |other| before[other]);
            }
            _ => {}
        }
    }
}

/// Leaves no layer empty and at most `MAX_LAYERS` of them: neighbouring layers that hold one and
/// the same role become one, those with the fewest accounts first; others only where that is not
/// enough.
fn fold(chart: &Chart, of: &mut [usize]) -> usize {
    let last = of.iter().max().map_or(0, |layer| layer + 1);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); last];
    for (node, layer) in of.iter().enumerate() {
        members[*layer].push(node);
    }
    members.retain(|layer| !layer.is_empty());
    while members.len() > MAX_LAYERS {
        let cost = |at: &usize| {
            let (this, next) = (&members[*at], &members[*at + 1]);
            let mut roles: Vec<Role> =
                this.iter().chain(next).map(|n| chart.nodes[*n].role).collect();
            roles.dedup();
            (roles.len() > 1, this.len() + next.len(), *at)
        };
        let Some(at) = (0..members.len() - 1).min_by_key(cost) else {
            break;
        };
        let next = members.remove(at + 1);
        members[at].extend(next);
    }
    for (layer, nodes) in members.iter().enumerate() {
        nodes.iter().for_each(|node| of[*node] = layer);
    }
    members.len()
}
