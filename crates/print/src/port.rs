//! Ports: where on the sides of the cards lines end, and at which of its ends a line says its
//! amount.

use crate::layer::Course;
use crate::layout::{Plan, Side};

/// A line's end that carries an amount takes this much of the card's side.
const LABELLED_PORT: f64 = 15.0;
/// Room at a card's corners that no line may end at.
const CORNER: f64 = 11.0;

/// A card, or the place where a long line passes a column.
pub(crate) struct Item {
    pub(crate) node: Option<usize>,
    pub(crate) layer: usize,
    pub(crate) left: Vec<Port>,
    pub(crate) right: Vec<Port>,
}

/// Where a line ends on an item's side, from the item's top.
pub(crate) struct Port {
    pub(crate) edge: usize,
    /// The item at the line's other end.
    pub(crate) other: usize,
    pub(crate) y: f64,
}

/// A line, or a piece of one, between neighbouring columns.
#[derive(Clone, Copy)]
pub(crate) struct Segment {
    pub(crate) edge: usize,
    pub(crate) left: usize,
    pub(crate) right: usize,
}

impl Plan<'_> {
    /// Hangs every segment on its two items, sorted as the items they lead to are.
    pub(crate) fn sort_ports(&mut self) {
        for segment in &self.segments {
            let port = |other| Port { edge: segment.edge, other, y: 0.0 };
            self.items[segment.left].right.push(port(segment.right));
            self.items[segment.right].left.push(port(segment.left));
        }
        for (edge, (from, to)) in self.ends.iter().copied().enumerate() {
            if self.courses[edge] == Course::Level {
                self.items[from].right.push(Port { edge, other: to, y: 0.0 });
                self.items[to].right.push(Port { edge, other: from, y: 0.0 });
            }
        }
        let mut places = vec![0_i64; self.items.len()];
        for column in &self.columns {
            for (place, item) in (0_i64..).zip(column) {
                places[*item] = place;
            }
        }
        let layer_of: Vec<usize> = self.items.iter().map(|item| item.layer).collect();
        for (index, item) in self.items.iter_mut().enumerate() {
            // Arcs inside the column leave at the card's upper or lower end, the far ones outside.
            let key = |port: &Port| match layer_of[port.other] == item.layer {
                true if places[port.other] < places[index] => (0, places[port.other], port.edge),
                true => (2, places[port.other], port.edge),
                false => (1, places[port.other], port.edge),
            };
            item.left.sort_by_key(key);
            item.right.sort_by_key(key);
        }
    }

    /// All amounts of a gap stand on one side of it where that can be: at the side where fewer
    /// lines share a card, which is the victims' side before the first receivers.
    pub(crate) fn choose_sides(&mut self) {
        let mut room = vec![(0_usize, 0_usize); self.columns.len()];
        for (first, last) in self.spans.iter().flatten() {
            let (first, last) = (self.segments[*first], self.segments[*last]);
            room[self.items[first.left].layer].0 += self.items[first.left].right.len();
            room[self.items[last.left].layer].1 += self.items[last.right].left.len();
        }
        let wanted: Vec<Side> = room
            .iter()
            .map(|(left, right)| if left <= right { Side::Left } else { Side::Right })
            .collect();
        for (edge, span) in self.spans.iter().enumerate() {
            let Some((first, last)) = *span else { continue };
            let layer = |segment: usize| self.items[self.segments[segment].left].layer;
            self.sides[edge] = match (wanted[layer(first)], wanted[layer(last)]) {
                (Side::Left, _) => Side::Left,
                (Side::Right, Side::Right) => Side::Right,
                (Side::Right, Side::Left) => Side::Left,
            };
        }
    }

    fn has_label(&self, item: usize, edge: usize, side: Side) -> bool {
        match self.spans[edge] {
            Some((first, _)) if side == Side::Left => {
                self.sides[edge] == side && self.segments[first].left == item
            }
            Some((_, last)) => self.sides[edge] == side && self.segments[last].right == item,
            None => self.ends[edge].0 == item,
        }
    }

    /// Gives every line's end its height on its item, and the items heights that hold them.
    pub(crate) fn set_ports(&mut self) {
        for index in 0..self.items.len() {
            let needs = |ports: &[Port], side: Side| -> Vec<f64> {
                let need = |port: &Port| {
                    let width = self.lines[port.edge].width;
                    let labelled = self.has_label(index, port.edge, side);
                    if labelled { LABELLED_PORT.max(width + 4.0) } else { (width + 3.0).max(7.0) }
                };
                ports.iter().map(need).collect()
            };
            let left = needs(&self.items[index].left, Side::Right);
            let right = needs(&self.items[index].right, Side::Left);
            let (above, height) = match self.items[index].node.map(|node| &self.cards[node]) {
                Some(card) => {
                    let sum = |needs: &[f64]| needs.iter().sum::<f64>() + 2.0 * CORNER;
                    (card.above, card.height.max(sum(&left)).max(sum(&right)))
                }
                None => (0.0, right.iter().chain(&left).copied().fold(4.0, f64::max)),
            };
            let item = &mut self.items[index];
            for (ports, needs) in [(&mut item.left, left), (&mut item.right, right)] {
                let mut at = above + (height - needs.iter().sum::<f64>()) / 2.0;
                for (port, need) in ports.iter_mut().zip(needs) {
                    port.y = at + need / 2.0;
                    at += need;
                }
            }
            self.heights.push(height);
        }
    }
}

impl Item {
    pub(crate) fn new(node: Option<usize>, layer: usize) -> Item {
        Item { node, layer, left: Vec::new(), right: Vec::new() }
    }
}

/// How far below its item's top a segment ends.
pub(crate) fn port_y(ports: &[Port], segment: &Segment) -> f64 {
    let other = |port: &Port| port.other == segment.left || port.other == segment.right;
    let found = ports.iter().find(|port| port.edge == segment.edge && other(port));
    found.map_or(0.0, |port| port.y)
}
