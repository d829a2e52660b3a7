//! Lines: which are drawn, how wide, and how each kind of arrow looks.

use model::rates::Rates;

use crate::chart::{Chart, Edge, EdgeKind, MAX_DRAWN_EDGES};
use crate::circle::weight;
use crate::ink::Ink;
use crate::layer::Course;
use crate::layout::head_length;

/// How a line looks: its colour, and its dashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LineLook {
    colour: &'static str,
    dashes: &'static str,
}

/// Money that flows back and hook-ups are told apart by dashes, not by colour alone.
pub(crate) fn look(kind: EdgeKind, course: Course) -> LineLook {
    match (kind, course) {
        (EdgeKind::HookUp, _) => LineLook { colour: "#93386f", dashes: "2 4" },
        (EdgeKind::Money, Course::Back) => LineLook { colour: "#b3370f", dashes: "9 4" },
        (EdgeKind::Money, _) => LineLook { colour: "#76828e", dashes: "" },
    }
}

impl LineLook {
    /// Draws a line.
    pub(crate) fn stroke(&self, ink: &mut Ink, path: &str, line_width: f64) {
        let LineLook { colour, dashes } = self;
        let dashes = if dashes.is_empty() {
            String::new()
        } else {
            format!(r#" stroke-dasharray="{dashes}""#)
        };
        ink.shape(
            "path",
            format_args!(
                r#"d="{path}" fill="none" stroke="{colour}" stroke-width="{line_width:.1}"{dashes}"#
            ),
        );
    }

    /// Draws the head of an arrow; the direction is 1 to the right, -1 to the left, 0 downwards.
    pub(crate) fn head(&self, ink: &mut Ink, tip: (f64, f64, f64), line_width: f64) {
        let (x, y, direction) = tip;
        let (long, half) = (head_length(line_width) + 1.0, 3.2 + line_width * 0.75);
        let points = if direction == 0.0 {
            format!("{x:.1},{y:.1} {:.1},{:.1} {:.1},{:.1}", x - half, y - long, x + half, y - long)
        } else {
            let back = x - direction * long;
            format!("{x:.1},{y:.1} {back:.1},{:.1} {back:.1},{:.1}", y - half, y + half)
        };
        ink.shape("polygon", format_args!(r#"points="{points}" fill="{}""#, self.colour));
    }
}

/// Keeps the largest edges; how many went.
pub(crate) fn leave_out_smallest(chart: &mut Chart) -> usize {
    let rates = Rates::default();
    let left_out = chart.edges.len().saturating_sub(MAX_DRAWN_EDGES);
    if left_out > 0 {
        chart.edges.sort_by_key(|edge| std::cmp::Reverse(weight(edge, &rates)));
        chart.edges.truncate(MAX_DRAWN_EDGES);
        chart.edges.sort_by_key(|edge| (edge.from, edge.to, edge.kind, edge.money.currency));
    }
    left_out
}

/// Widths by the logarithm of the amount in US dollars; what has no rate is drawn at middle width.
pub(crate) fn line_widths(chart: &Chart) -> Vec<f64> {
    let rates = Rates::default();
    let cents = |edge: &Edge| rates.usd_cents(edge.money.amount_minor, edge.money.currency);
    let logarithms: Vec<Option<f64>> = chart
        .edges
        .iter()
        .map(|edge| cents(edge).map(|cents| (cents.max(1) as f64).ln()))
        .collect();
    let known = || logarithms.iter().flatten().copied();
    let (least, most) = (known().fold(f64::INFINITY, f64::min), known().fold(0.0, f64::max));
    let span = most - least;
    let of = |logarithm: &Option<f64>| match logarithm {
        Some(value) if span > 0.4 => 1.2 + 4.2 * (value - least) / span,
        _ => 2.8,
    };
    logarithms.iter().map(of).collect()
}
