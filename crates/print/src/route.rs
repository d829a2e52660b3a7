//! The ways of the arrows: lines through the gaps, arcs inside a column, loops on a card.

use crate::chart::Chart;
use crate::layer::Course;
use crate::layout::{CARD_WIDTH, Card, Gap, Layout, Line, Plan, Side, head_length};

impl Plan<'_> {
    pub(crate) fn drawn(&self, chart: &Chart, gaps: &[Gap], stretch: f64) -> Layout {
        let mut lefts: Vec<f64> = Vec::new();
        let mut x = 0.0;
        for gap in gaps {
            lefts.push(x);
            let stretched = if gap.crossing > 0.0 { stretch } else { 0.0 };
            x += CARD_WIDTH + gap.left + gap.crossing + gap.right + stretched;
        }
        let card = |node: usize| Card {
            x: lefts[self.items[node].layer],
            y: self.tops[node] + self.cards[node].above,
            height: self.heights[node],
        };
        let cards: Vec<Card> = (0..chart.nodes.len()).map(card).collect();
        let lines = (0..chart.edges.len()).map(|edge| match self.spans[edge] {
            Some(span) => self.flowing(edge, span, gaps, &lefts),
            None if self.courses[edge] == Course::Loop => self.looping(edge, &cards),
            None => self.level(edge, gaps, &lefts),
        });
        let lines: Vec<Line> = lines.collect();
        let nodes =
            |column: &Vec<usize>| column.iter().filter_map(|i| self.items[*i].node).collect();
        let columns = lefts.iter().copied().zip(self.columns.iter().map(nodes)).collect();
        Layout { cards, lines, columns, width: x, height: self.height() }
    }

    fn flowing(&self, edge: usize, span: (usize, usize), gaps: &[Gap], lefts: &[f64]) -> Line {
        let course = self.courses[edge];
        let head = head_length(self.lines[edge].width);
        let segments = &self.segments[span.0..=span.1];
        let (mut path, mut label, mut tip) = (String::new(), (0.0, 0.0), (0.0, 0.0, 1.0));
        for (index, segment) in segments.iter().enumerate() {
            let (is_first, is_last) = (index == 0, index + 1 == segments.len());
            let layer = self.items[segment.left].layer;
            let gap = gaps[layer];
            let (left_y, right_y) = self.end_heights(segment);
            let left_x = lefts[layer] + CARD_WIDTH;
            let right_x = lefts[layer + 1];
            let bend = (left_x + gap.left, right_x - gap.right);
            let middle = f64::midpoint(bend.0, bend.1);
            if is_first {
                let pointed = course == Course::Back;
                let start = if pointed { left_x + head } else { left_x };
                tip = if pointed { (left_x, left_y, -1.0) } else { tip };
                path = format!("M{start:.1} {left_y:.1}");
                let shift = if pointed { head } else { 0.0 };
                label = if self.sides[edge] == Side::Left {
                    (left_x + shift + 6.0 + self.lines[edge].label / 2.0, left_y)
                } else {
                    label
                };
            }
            path.push_str(&format!(
                "H{:.1}C{middle:.1} {left_y:.1} {middle:.1} {right_y:.1} {:.1} {right_y:.1}",
                bend.0, bend.1
            ));
            if is_last {
                let pointed = course == Course::Forward;
                let shift = if pointed { head } else { 0.0 };
                tip = if pointed { (right_x, right_y, 1.0) } else { tip };
                path.push_str(&format!("H{:.1}", right_x - shift));
                if self.sides[edge] == Side::Right {
                    label = (right_x - shift - 4.0 - self.lines[edge].label / 2.0, right_y);
                }
            }
        }
        Line { path, tip, label, course }
    }

    /// An arc on the right side of a column.
    fn level(&self, edge: usize, gaps: &[Gap], lefts: &[f64]) -> Line {
        let (from, to) = self.ends[edge];
        let y = |item: usize, other: usize| {
            let found = self.items[item].right.iter().find(|p| p.edge == edge && p.other == other);
            self.tops[item] + found.map_or(0.0, |port| port.y)
        };
        let (from_y, to_y) = (y(from, to), y(to, from));
        let x = lefts[self.items[from].layer] + CARD_WIDTH;
        let zone = x + gaps[self.items[from].layer].left;
        let bulge = zone + (12.0 + (from_y - to_y).abs() * 0.06).min(36.0);
        let head = head_length(self.lines[edge].width);
        let path = format!(
            "M{x:.1} {from_y:.1}H{zone:.1}C{bulge:.1} {from_y:.1} {bulge:.1} {to_y:.1} \
             {zone:.1} {to_y:.1}H{:.1}",
            x + head
        );
        let label = (x + head + 6.0 + self.lines[edge].label / 2.0, from_y);
        Line { path, tip: (x, to_y, -1.0), label, course: Course::Level }
    }

    /// A small loop on top of the card.
    fn looping(&self, edge: usize, cards: &[Card]) -> Line {
        let card = cards.get(self.ends[edge].0).copied().unwrap_or_default();
        let (left, right, top) = (card.x + 14.0, card.x + 40.0, card.y - 15.0);
        let head = head_length(self.lines[edge].width);
        let path = format!(
            "M{right:.1} {:.1}C{right:.1} {top:.1} {left:.1} {top:.1} {left:.1} {:.1}",
            card.y,
            card.y - head
        );
        let label = (right + 8.0 + self.lines[edge].label / 2.0, card.y - 9.0);
        Line { path, tip: (left, card.y, 0.0), label, course: Course::Loop }
    }
}
