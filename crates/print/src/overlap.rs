//! Tests of the layout: nothing stands on anything else, whatever the chart looks like.

use model::country::Country;
use model::money::{Currency, Money};
use model::role::Role;
use model::time::Timestamp;

use crate::chart::{Chart, Edge, EdgeKind, Node};
use crate::condense::condense;
use crate::layer::{Course, MAX_LAYERS, layers};
use crate::layout::{CARD_WIDTH, CardSize, Layout, LineSize, layout};

/// A little generator with a fixed start, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

fn node(role: Role, number: usize) -> Node {
    Node {
        bank: "VNB01".to_owned(),
        number: number.to_string(),
        country: Some(Country::VN),
        role,
        holder: String::new(),
        resting: number.is_multiple_of(3).then(|| Money::new(100, Currency::USD)),
        others: 0,
    }
}

fn edge(from: usize, to: usize, cents: usize) -> Edge {
    let at = Timestamp::from_seconds(1_735_882_858).unwrap();
    let money = Money::new(cents as i64, Currency::USD);
    Edge { from, to, money, transfers: 1, first: at, last: at, kind: EdgeKind::Money }
}

/// Accounts and arrows thrown at random: circles, loops, double arrows and all.
fn thrown(seed: u64, nodes: usize, edges: usize) -> Chart {
    let mut dice = Dice(seed);
    let roles = Role::all();
    let nodes: Vec<Node> = (0..nodes).map(|n| node(roles[dice.below(7)], n)).collect();
    let edge =
        |_| edge(dice.below(nodes.len()), dice.below(nodes.len()), 1 + dice.below(1_000_000));
    let edges = (0..edges).map(edge).collect();
    Chart { nodes, edges, ..Chart::default() }
}

fn laid_out(chart: &Chart) -> Layout {
    let card = |_: &Node| CardSize { height: 54.0, above: 22.0, below: 17.0 };
    let line =
        |edge: &Edge| LineSize { width: 3.0, label: 40.0 + (edge.money.amount_minor % 50) as f64 };
    let cards: Vec<CardSize> = chart.nodes.iter().map(card).collect();
    let lines: Vec<LineSize> = chart.edges.iter().map(line).collect();
    let layout = layout(chart, &cards, &lines);
    let mut boxes: Vec<(String, [f64; 4])> = Vec::new();
    for (index, card) in layout.cards.iter().enumerate() {
        let sides = [card.x, card.y, card.x + CARD_WIDTH, card.y + card.height + 17.0];
        boxes.push((format!("card {index}"), sides));
    }
    for (index, line) in layout.lines.iter().enumerate() {
        let ((x, y), half) = (line.label, lines[index].label / 2.0);
        boxes.push((format!("amount {index}"), [x - half, y - 6.5, x + half, y + 6.5]));
    }
    for (place, (name, a)) in boxes.iter().enumerate() {
        assert!(a.iter().all(|side| side.is_finite()), "{name} stands nowhere");
        for (other, b) in &boxes[place + 1..] {
            let apart = a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1];
            assert!(apart, "{name} {a:?} stands on {other} {b:?}");
        }
    }
    layout
}

#[test]
fn cards_and_amounts_never_overlap() {
    for seed in 0..60 {
        let (nodes, edges) = (2 + seed as usize % 30, seed as usize * 2);
        // One loop a card at most, and like arrows joined, as condensing leaves them.
        laid_out(&condense(&thrown(seed, nodes, edges), 60));
    }
}

#[test]
fn money_that_keeps_its_way_runs_to_later_layers() {
    let roles =
        [Role::Victim, Role::Collector, Role::Mule, Role::Exchange, Role::Wallet, Role::Boss];
    let nodes: Vec<Node> = roles.into_iter().enumerate().map(|(n, role)| node(role, n)).collect();
    let mut edges: Vec<Edge> = (1..6).map(|to| edge(to - 1, to, 5_000)).collect();
    edges.push(edge(5, 2, 9_000_000)); // the boss pays a mule: back, however much it is
    edges.push(edge(0, 3, 100));
    let found = layers(&Chart { nodes, edges, ..Chart::default() });
    assert_eq!(found.of, [0, 1, 2, 3, 4, 5]);
    assert_eq!(found.courses[5], Course::Back);
    assert!(found.courses.iter().filter(|course| **course == Course::Forward).count() == 6);
}

#[test]
fn a_long_chain_is_folded_and_not_drawn_like_stairs() {
    let nodes: Vec<Node> = (0..40).map(|n| node(Role::Mule, n)).collect();
    let edges: Vec<Edge> = (1..40).map(|to| edge(to - 1, to, 5_000)).collect();
    let chart = Chart { nodes, edges, ..Chart::default() };
    assert_eq!(layers(&chart).count, MAX_LAYERS);
    let layout = laid_out(&chart);
    let tallest = layout.columns.iter().map(|(_, nodes)| nodes.len()).max().unwrap();
    assert!(layout.height < tallest as f64 * 150.0 * 1.6, "{}", layout.height);
}

#[test]
fn condensing_keeps_all_accounts_and_all_money() {
    for seed in 0..20 {
        let chart = thrown(seed, 300, 900);
        let found = condense(&chart, 60);
        assert!(found.nodes.len() <= 60, "{} nodes", found.nodes.len());
        assert_eq!(found.nodes.iter().map(Node::accounts).sum::<usize>(), 300);
        let resting = |chart: &Chart| -> i64 {
            chart.nodes.iter().filter_map(|node| node.resting).map(|money| money.amount_minor).sum()
        };
        let moved =
            |chart: &Chart| -> i64 { chart.edges.iter().map(|e| e.money.amount_minor).sum() };
        assert_eq!(resting(&found), resting(&chart));
        assert_eq!(moved(&found), moved(&chart));
        assert_eq!(found, condense(&chart, 60), "the same chart gives the same drawing");
        assert_eq!(condense(&found, 60).nodes.len(), found.nodes.len());
    }
}
