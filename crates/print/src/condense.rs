//! Fewer nodes on a chart: the smallest accounts of a layer that are alike are drawn as one.

use std::collections::{BTreeMap, BTreeSet};

use model::country::Country;
use model::money::{Currency, Money};
use model::rates::Rates;
use model::role::Role;

use crate::chart::{Chart, Edge, EdgeKind, Node};
use crate::circle::weight;
use crate::layer::layers;

/// What nodes must share to be drawn together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Likeness {
    layer: Option<usize>,
    role: Role,
    country: Option<Option<Country>>,
    resting: Option<Currency>,
    neighbours: Option<BTreeSet<(bool, usize)>>,
}

/// How alike nodes must be, from the strictest on: the next is tried while there are still too
/// many.
const STAGES: [Stage; 4] = [
    Stage { by_neighbours: true, by_country: true, by_layer: true },
    Stage { by_neighbours: false, by_country: true, by_layer: true },
    Stage { by_neighbours: false, by_country: false, by_layer: true },
    Stage { by_neighbours: false, by_country: false, by_layer: false },
];

struct Stage {
    by_neighbours: bool,
    by_country: bool,
    by_layer: bool,
}

/// Brings a chart down to about `max_nodes` nodes and a fifth of that in a layer, and arrows
/// that run alike down to one. Nothing is lost in sum: a joint node says how many accounts it
/// stands for and what rests in them together. Edges that name no node are left out.
pub fn condense(chart: &Chart, max_nodes: usize) -> Chart {
    let mut chart = joined(chart, &(0..chart.nodes.len()).collect::<Vec<_>>());
    let max_nodes = max_nodes.max(1);
    let max_in_layer = (max_nodes / 5).max(6).min(max_nodes);
    for stage in &STAGES {
        let layer_of = layers(&chart).of;
        let groups = groups(&chart, stage, &layer_of, max_nodes, max_in_layer);
        if let Some(groups) = groups {
            chart = joined(&chart, &groups);
        }
    }
    chart
}

/// For each node the node it is drawn with (itself, mostly); `None` where there are few enough.
fn groups(
    chart: &Chart,
    stage: &Stage,
    layer_of: &[usize],
    max_nodes: usize,
    max_in_layer: usize,
) -> Option<Vec<usize>> {
    let mut excess = chart.nodes.len().saturating_sub(max_nodes);
    let mut excess_in: BTreeMap<usize, usize> = BTreeMap::new();
    for layer in layer_of {
        *excess_in.entry(*layer).or_default() += 1;
    }
    for count in excess_in.values_mut() {
        *count = count.saturating_sub(max_in_layer);
    }
    if excess == 0 && (!stage.by_layer || excess_in.values().all(|count| *count == 0)) {
        return None;
    }
    let sizes = sizes(chart);
    let mut smallest_first: Vec<usize> = (0..chart.nodes.len()).collect();
    smallest_first.sort_by_key(|node| (chart.nodes[*node].others < 2, sizes[*node], *node));
    let likenesses = likenesses(chart, stage, layer_of);
    let mut pots: BTreeMap<&Likeness, usize> = BTreeMap::new();
    let mut drawn_with: Vec<usize> = (0..chart.nodes.len()).collect();
    for node in smallest_first {
        let in_layer = excess_in.entry(layer_of[node]).or_default();
        if excess == 0 && *in_layer == 0 {
            continue;
        }
        match pots.get(&likenesses[node]) {
            None => {
                pots.insert(&likenesses[node], node);
            }
            Some(pot) => {
                drawn_with[node] = *pot;
                *in_layer = in_layer.saturating_sub(1);
                excess = excess.saturating_sub(1);
            }
        }
    }
    Some(drawn_with)
}

fn likenesses(chart: &Chart, stage: &Stage, layer_of: &[usize]) -> Vec<Likeness> {
    let mut neighbours: Vec<BTreeSet<(bool, usize)>> = vec![BTreeSet::new(); chart.nodes.len()];
    for edge in chart.edges.iter().filter(|_| stage.by_neighbours) {
        neighbours[edge.from].insert((true, edge.to));
        neighbours[edge.to].insert((false, edge.from));
    }
    let likeness = |(node, neighbours): (usize, BTreeSet<(bool, usize)>)| Likeness {
        layer: stage.by_layer.then_some(layer_of[node]),
        role: chart.nodes[node].role,
        country: stage.by_country.then_some(chart.nodes[node].country),
        // Sums are made inside one currency alone.
        resting: chart.nodes[node].resting.map(|money| money.currency),
        neighbours: stage.by_neighbours.then_some(neighbours),
    };
    neighbours.into_iter().enumerate().map(likeness).collect()
}

/// What passes through a node and rests in it, in US cents.
fn sizes(chart: &Chart) -> Vec<i64> {
    let rates = Rates::default();
    let mut sizes = vec![(0_i64, 0_i64); chart.nodes.len()];
    for edge in &chart.edges {
        sizes[edge.from].0 = sizes[edge.from].0.saturating_add(weight(edge, &rates));
        sizes[edge.to].1 = sizes[edge.to].1.saturating_add(weight(edge, &rates));
    }
    let resting = |node: &Node| {
        node.resting
            .and_then(|money| rates.usd_cents(money.amount_minor, money.currency))
            .unwrap_or(0)
    };
    let size =
        |(node, (out, into)): (&Node, (i64, i64))| out.max(into).saturating_add(resting(node));
    chart.nodes.iter().zip(sizes).map(size).collect()
}

/// The chart in which each node is drawn with the one it is given, and arrows alike are one.
fn joined(chart: &Chart, drawn_with: &[usize]) -> Chart {
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    let mut nodes: Vec<Node> = Vec::new();
    for (node, pot) in drawn_with.iter().enumerate().filter(|(node, pot)| node == *pot) {
        places.insert(*pot, nodes.len());
        nodes.push(chart.nodes[node].clone());
    }
    for (node, pot) in drawn_with.iter().enumerate().filter(|(node, pot)| node != *pot) {
        if let Some(into) = places.get(pot).and_then(|place| nodes.get_mut(*place)) {
            join(into, &chart.nodes[node]);
        }
    }
    let place = |node: usize| drawn_with.get(node).and_then(|pot| places.get(pot)).copied();
    let mut edges: BTreeMap<(usize, usize, EdgeKind, Currency), Edge> = BTreeMap::new();
    for edge in &chart.edges {
        let (Some(from), Some(to)) = (place(edge.from), place(edge.to)) else {
            continue;
        };
        let key = (from, to, edge.kind, edge.money.currency);
        edges
            .entry(key)
            .and_modify(|sum| {
                sum.money = plus(sum.money, edge.money);
                sum.transfers = sum.transfers.saturating_add(edge.transfers);
                sum.first = sum.first.min(edge.first);
                sum.last = sum.last.max(edge.last);
            })
            .or_insert_with(|| Edge { from, to, ..edge.clone() });
    }
    Chart { nodes, edges: edges.into_values().collect(), ..chart.clone() }
}

fn join(into: &mut Node, node: &Node) {
    into.others = into.accounts().saturating_add(node.accounts());
    into.resting = match (into.resting, node.resting) {
        (Some(sum), Some(more)) => Some(plus(sum, more)),
        (sum, more) => sum.or(more),
    };
    if into.country != node.country {
        into.country = None;
    }
    for text in [&mut into.bank, &mut into.number, &mut into.holder] {
        text.clear();
    }
}

fn plus(sum: Money, more: Money) -> Money {
    Money::new(sum.amount_minor.saturating_add(more.amount_minor), sum.currency)
}
