//! Layout: where the cards, the lines and the amounts of a chart stand.
//!
//! Amounts cannot overlap by construction: beside every column there is a zone in which all lines
//! run level, each at its own height on the card's side, and an amount stands on its line there.
//! Lines cross in the middle of the gap between two columns and nowhere else.

use crate::chart::Chart;
use crate::layer::{Course, layers};
use crate::order::order;
use crate::place::{Extent, Pull, place};
use crate::port::{Item, Segment, port_y};

/// Width of every card.
pub(crate) const CARD_WIDTH: f64 = 138.0;
/// The middle of a gap, where lines cross, is this wide.
const CROSSING_WIDTHS: (f64, f64) = (26.0, 64.0);
/// Wider than high, as a page laid on its side, where stretching the gaps can do it.
const LANDSCAPE: f64 = 1.38;
/// Stretching adds at most this much to a gap.
const MAX_STRETCH: f64 = 110.0;

/// What the drawing knows of a card beforehand.
pub(crate) struct CardSize {
    /// The card itself.
    pub(crate) height: f64,
    /// Room for a loop above it.
    pub(crate) above: f64,
    /// Room for the resting money below it.
    pub(crate) below: f64,
}

/// What the drawing knows of an arrow beforehand.
pub(crate) struct LineSize {
    /// Width of the line.
    pub(crate) width: f64,
    /// Width of the amount written on it.
    pub(crate) label: f64,
}

/// A card's place.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Card {
    /// Left edge.
    pub(crate) x: f64,
    /// Top edge.
    pub(crate) y: f64,
    /// Height.
    pub(crate) height: f64,
}

/// One arrow's way.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// Path data from its left end to its right end.
    pub(crate) path: String,
    /// The arrow's point, and 1 where it points to the right or -1 where to the left.
    pub(crate) tip: (f64, f64, f64),
    /// Middle of the amount.
    pub(crate) label: (f64, f64),
    /// How it runs.
    pub(crate) course: Course,
}

/// The whole picture, its top left corner at 0, 0.
pub(crate) struct Layout {
    /// One for each node.
    pub(crate) cards: Vec<Card>,
    /// One for each edge.
    pub(crate) lines: Vec<Line>,
    /// For each layer its left edge and its nodes.
    pub(crate) columns: Vec<(f64, Vec<usize>)>,
    /// Width of all.
    pub(crate) width: f64,
    /// Height of all.
    pub(crate) height: f64,
}

/// On which end of which segment an edge's amount stands.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Side {
    Left,
    Right,
}

/// Lays a chart out. Every edge must name two nodes of the chart.
pub(crate) fn layout(chart: &Chart, cards: &[CardSize], lines: &[LineSize]) -> Layout {
    let layers = layers(chart);
    let mut plan = Plan::new(chart, &layers.of, layers.count, &layers.courses, cards, lines);
    plan.order();
    plan.sort_ports();
    plan.choose_sides();
    plan.set_ports();
    plan.set_tops();
    let (gaps, stretch) = plan.gaps();
    plan.drawn(chart, &gaps, stretch)
}

/// A layout in the making.
pub(crate) struct Plan<'a> {
    pub(crate) courses: &'a [Course],
    pub(crate) cards: &'a [CardSize],
    pub(crate) lines: &'a [LineSize],
    pub(crate) ends: Vec<(usize, usize)>,
    pub(crate) items: Vec<Item>,
    pub(crate) columns: Vec<Vec<usize>>,
    pub(crate) segments: Vec<Segment>,
    /// For each edge its first and last segment; none for level ones and loops.
    pub(crate) spans: Vec<Option<(usize, usize)>>,
    /// For each edge the end at which its amount stands.
    pub(crate) sides: Vec<Side>,
    pub(crate) heights: Vec<f64>,
    pub(crate) tops: Vec<f64>,
}

/// The gap to the right of a column: the zones of amounts at its two sides.
#[derive(Clone, Copy, Default)]
pub(crate) struct Gap {
    pub(crate) left: f64,
    pub(crate) crossing: f64,
    pub(crate) right: f64,
}

impl<'a> Plan<'a> {
    fn new(
        chart: &Chart,
        layer_of: &[usize],
        count: usize,
        courses: &'a [Course],
        cards: &'a [CardSize],
        lines: &'a [LineSize],
    ) -> Plan<'a> {
        let ends: Vec<(usize, usize)> =
            chart.edges.iter().map(|edge| (edge.from, edge.to)).collect();
        let item = |(node, layer): (usize, &usize)| Item::new(Some(node), *layer);
        let mut items: Vec<Item> = layer_of.iter().enumerate().map(item).collect();
        let mut segments: Vec<Segment> = Vec::new();
        let mut spans = vec![None; ends.len()];
        for (edge, (from, to)) in ends.iter().copied().enumerate() {
            let (left, right) = match courses[edge] {
                Course::Forward => (from, to),
                Course::Back => (to, from),
                Course::Level | Course::Loop => continue,
            };
            let first = segments.len();
            let mut at = left;
            for layer in layer_of[left] + 1..layer_of[right] {
                items.push(Item::new(None, layer));
                segments.push(Segment { edge, left: at, right: items.len() - 1 });
                at = items.len() - 1;
            }
            segments.push(Segment { edge, left: at, right });
            spans[edge] = Some((first, segments.len() - 1));
        }
        let mut columns: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (index, item) in items.iter().enumerate() {
            columns[item.layer].push(index);
        }
        let alike = |item: &usize| {
            items[*item].node.map(|node| (chart.nodes[node].role, chart.nodes[node].country))
        };
        columns.iter_mut().for_each(|column| column.sort_by_key(alike));
        let sides = vec![Side::Left; ends.len()];
        let heights = Vec::new();
        let tops = Vec::new();
        Plan { courses, cards, lines, ends, items, columns, segments, spans, sides, heights, tops }
    }

    fn order(&mut self) {
        let lines: Vec<(usize, usize)> = self.segments.iter().map(|s| (s.left, s.right)).collect();
        self.columns = order(std::mem::take(&mut self.columns), &lines, self.items.len());
    }

    fn set_tops(&mut self) {
        let extent = |(item, height): (&Item, &f64)| match item.node.map(|node| &self.cards[node]) {
            Some(card) => Extent { height: card.above + height + card.below, margin: 16.0 },
            None => Extent { height: *height, margin: 9.0 },
        };
        let extents: Vec<Extent> = self.items.iter().zip(&self.heights).map(extent).collect();
        let pull = |segment: &Segment| {
            let bends = [segment.left, segment.right].map(|item| self.items[item].node.is_none());
            let weight = match bends {
                [true, true] => 8.0,
                [false, false] => 1.0,
                _ => 2.0,
            };
            let left = (segment.left, port_y(&self.items[segment.left].right, segment));
            let right = (segment.right, port_y(&self.items[segment.right].left, segment));
            Pull { left, right, weight }
        };
        let pulls: Vec<Pull> = self.segments.iter().map(pull).collect();
        self.tops = place(&self.columns, &extents, &pulls);
    }

    pub(crate) fn end_heights(&self, segment: &Segment) -> (f64, f64) {
        let left = self.tops[segment.left] + port_y(&self.items[segment.left].right, segment);
        let right = self.tops[segment.right] + port_y(&self.items[segment.right].left, segment);
        (left, right)
    }

    /// How wide the gaps are, and by how much each crossing zone is widened for a landscape page.
    fn gaps(&self) -> (Vec<Gap>, f64) {
        let mut gaps = vec![Gap::default(); self.columns.len()];
        for (edge, line) in self.lines.iter().enumerate() {
            let points_left = matches!(self.courses[edge], Course::Back | Course::Level);
            let pointed = points_left == (self.sides[edge] == Side::Left);
            let room = line.label + 10.0 + if pointed { head_length(line.width) } else { 0.0 };
            match (self.spans[edge], self.sides[edge]) {
                (Some((first, _)), Side::Left) => {
                    let gap = &mut gaps[self.items[self.segments[first].left].layer];
                    gap.left = gap.left.max(room);
                }
                (Some((_, last)), Side::Right) => {
                    let gap = &mut gaps[self.items[self.segments[last].left].layer];
                    gap.right = gap.right.max(room);
                }
                (None, _) if self.courses[edge] == Course::Level => {
                    let gap = &mut gaps[self.items[self.ends[edge].0].layer];
                    gap.left = gap.left.max(room);
                    gap.crossing = gap.crossing.max(40.0);
                }
                (None, _) => {}
            }
        }
        for segment in &self.segments {
            let (left, right) = self.end_heights(segment);
            let gap = &mut gaps[self.items[segment.left].layer];
            let room = ((left - right).abs() * 0.14).clamp(CROSSING_WIDTHS.0, CROSSING_WIDTHS.1);
            gap.crossing = gap.crossing.max(room);
            gap.left = gap.left.max(10.0);
            gap.right = gap.right.max(15.0);
        }
        let cards = CARD_WIDTH * self.columns.len() as f64;
        let width = cards + gaps.iter().map(|gap| gap.left + gap.crossing + gap.right).sum::<f64>();
        let between = gaps.iter().filter(|gap| gap.crossing > 0.0).count().max(1);
        let missing = (self.height() + 240.0) * LANDSCAPE - width;
        (gaps, (missing / between as f64).clamp(0.0, MAX_STRETCH))
    }

    pub(crate) fn height(&self) -> f64 {
        let bottom = |index: usize| {
            let card = self.items[index].node.map(|node| &self.cards[node]);
            let around = card.map_or(0.0, |card| card.above + card.below);
            self.tops[index] + self.heights[index] + around
        };
        (0..self.items.len()).map(bottom).fold(0.0, f64::max)
    }
}

/// An arrow's head is as long as its line is wide, and then some.
pub(crate) fn head_length(line_width: f64) -> f64 {
    6.0 + line_width * 1.1
}
