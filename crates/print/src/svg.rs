//! A chart as an SVG that prints well: no script, no style sheet, no reference to anything outside.
//!
//! It fills the window that shows it, up to its own size: a wide chart is seen whole.
//! Source: SVG 1.1; XML 1.0 (all foreign text goes through `ink`). Left out on purpose: flags and
//! maps (a country is two letters and its name), colours for a dark page (charts are for paper).

use i18n::{Language, moment, money, short_money, text, text_with};

use crate::card::{draw, name, size};
use crate::chart::{Chart, Edge, MAX_DRAWN_NODES, Node};
use crate::condense::condense;
use crate::ink::{Ink, bold_width, clean, fitted, wrapped};
use crate::layer::Course;
use crate::layout::{CARD_WIDTH, Layout, Line, LineSize, layout};
use crate::legend::{Legend, handling};
use crate::line::{leave_out_smallest, line_widths, look};
use crate::shape::{DARK, GREY};

/// White room round everything.
const MARGIN: f64 = 28.0;
/// No chart is narrower: title, legend and handling code need room.
const MIN_WIDTH: f64 = 1_060.0;
/// Size of the amounts on arrows.
const AMOUNT_SIZE: f64 = 10.5;
/// The id of everything drawn: a report shows it again in parts.
pub(crate) const DRAWING: &str = "drawing";
/// At most this many lines for one footnote.
const MAX_FOOTNOTE_LINES: usize = 4;

/// Draws a chart. More than `MAX_DRAWN_NODES` accounts are condensed first.
pub fn svg(chart: &Chart, language: Language) -> String {
    let accounts: usize = chart.nodes.iter().map(Node::accounts).sum();
    let mut drawn = condense(chart, MAX_DRAWN_NODES);
    if drawn.nodes.len() < chart.nodes.len() {
        let total = [("total", accounts.into())];
        drawn.footnotes.push(text_with(language, "chart-condensed", &total));
    }
    let left_out = leave_out_smallest(&mut drawn);
    if left_out > 0 {
        let count = [("count", left_out.into())];
        drawn.footnotes.push(text_with(language, "chart-edges-left-out", &count));
    }
    let labels: Vec<String> =
        drawn.edges.iter().map(|edge| short_money(language, &edge.money)).collect();
    let widths = line_widths(&drawn);
    let line_size = |(label, line): (&String, &f64)| LineSize {
        width: *line,
        label: bold_width(label, AMOUNT_SIZE),
    };
    let lines: Vec<LineSize> = labels.iter().zip(&widths).map(line_size).collect();
    let has_loop = |node: usize| drawn.edges.iter().any(|e| e.from == node && e.to == node);
    let cards: Vec<_> =
        drawn.nodes.iter().enumerate().map(|(index, node)| size(node, has_loop(index))).collect();
    let picture =
        Picture { layout: layout(&drawn, &cards, &lines), chart: &drawn, labels, widths, language };
    picture.page(accounts)
}

struct Picture<'a> {
    chart: &'a Chart,
    layout: Layout,
    labels: Vec<String>,
    widths: Vec<f64>,
    language: Language,
}

impl Picture<'_> {
    fn page(&self, accounts: usize) -> String {
        let wide = (self.layout.width + 2.0 * MARGIN).max(MIN_WIDTH);
        let room = wide - 2.0 * MARGIN;
        let courses: Vec<Course> = self.layout.lines.iter().map(|line| line.course).collect();
        let legend = Legend::new(self.chart, &courses, self.language);
        let top = 118.0;
        let legend_top = top + self.layout.height.max(40.0) + 34.0;
        let notes_top = legend_top + legend.height(room) + 16.0;
        let notes: Vec<String> = self
            .chart
            .footnotes
            .iter()
            .flat_map(|note| wrapped(&clean(note), 10.5, room, MAX_FOOTNOTE_LINES))
            .collect();
        let high = notes_top + notes.len() as f64 * 15.0 + 44.0;
        let mut ink = Ink::default();
        ink.open("svg", format_args!(
            r#"xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0} {high:.0}" width="100%" preserveAspectRatio="xMidYMin meet" role="img" xml:lang="{0}" lang="{0}" font-family="'Be Vietnam Pro','Noto Sans','DejaVu Sans',sans-serif" style="max-width:{wide:.0}px;font-variant-numeric:tabular-nums""#,
            self.language
        ));
        ink.title(&self.chart.title);
        ink.description(&self.description(accounts));
        ink.open("g", format_args!(r#"id="{DRAWING}""#));
        ink.shape("rect", format_args!(r##"width="{wide:.0}" height="{high:.0}" fill="#ffffff""##));
        self.heading(&mut ink, wide);
        let left = MARGIN + (room - self.layout.width) / 2.0;
        ink.open("g", format_args!(r#"transform="translate({left:.1} {top:.1})""#));
        self.columns(&mut ink);
        self.lines(&mut ink);
        self.amounts(&mut ink);
        self.cards(&mut ink);
        ink.close("g");
        if self.chart.nodes.is_empty() {
            let empty = text(self.language, "chart-empty");
            let attributes = format!(r#"font-size="14" text-anchor="middle" fill="{GREY}""#);
            ink.words(&empty, wide / 2.0, top + 24.0, &attributes);
        }
        rule(&mut ink, MARGIN, legend_top - 12.0, room);
        legend.draw(&mut ink, MARGIN, legend_top, room);
        for (index, note) in notes.iter().enumerate() {
            let attributes = format!(r#"font-size="10.5" fill="{DARK}""#);
            ink.words(note, MARGIN, notes_top + 8.0 + index as f64 * 15.0, &attributes);
        }
        let attributes = format!(r#"font-size="10.5" fill="{GREY}""#);
        let made = fitted(&clean(&self.chart.made), 10.5, room - 260.0);
        ink.words(&made, MARGIN, high - 20.0, &attributes);
        handling(&mut ink, &clean(&self.chart.handling), wide - MARGIN, high - 20.0);
        ink.close("g");
        ink.close("svg");
        ink.finish()
    }

    fn description(&self, accounts: usize) -> String {
        let mut countries: Vec<_> = self.chart.nodes.iter().filter_map(|n| n.country).collect();
        countries.sort();
        countries.dedup();
        let values = [("accounts", accounts.into()), ("countries", countries.len().into())];
        text_with(self.language, "chart-description", &values)
    }

    fn heading(&self, ink: &mut Ink, wide: f64) {
        let room = wide - 2.0 * MARGIN - 250.0;
        let title = fitted(&clean(&self.chart.title), 23.0, room);
        let attributes = format!(r#"font-size="21" font-weight="700" fill="{DARK}""#);
        ink.words(&title, MARGIN, 44.0, &attributes);
        let subtitle = fitted(&clean(&self.chart.subtitle), 13.0, wide - 2.0 * MARGIN);
        ink.words(&subtitle, MARGIN, 66.0, &format!(r#"font-size="13" fill="{GREY}""#));
        handling(ink, &clean(&self.chart.handling), wide - MARGIN, 42.0);
    }

    /// Over each column the roles that stand in it.
    fn columns(&self, ink: &mut Ink) {
        for (index, (x, nodes)) in self.layout.columns.iter().enumerate() {
            let mut roles: Vec<_> = nodes.iter().map(|node| self.chart.nodes[*node].role).collect();
            roles.sort();
            roles.dedup();
            let word = |role: &model::role::Role| {
                text(self.language, &format!("role-short-{}", role.as_str()))
            };
            let words = match roles.len() {
                1 | 2 => roles.iter().map(word).collect::<Vec<_>>().join(" · "),
                _ => text_with(self.language, "chart-layer", &[("number", (index + 1).into())]),
            };
            let words = fitted(&words, 12.0, CARD_WIDTH + 70.0);
            let attributes = format!(r#"font-size="11" font-weight="700" fill="{GREY}""#);
            ink.words(&words, *x, -21.0, &attributes);
            rule(ink, *x, -14.5, CARD_WIDTH);
        }
    }

    fn lines(&self, ink: &mut Ink) {
        let mut wide_first: Vec<usize> = (0..self.layout.lines.len()).collect();
        wide_first.sort_by(|a, b| self.widths[*b].total_cmp(&self.widths[*a]));
        for index in wide_first {
            let (edge, line) = (&self.chart.edges[index], &self.layout.lines[index]);
            let look = look(edge.kind, line.course);
            ink.open("g", format_args!(""));
            ink.title(&self.words_for(edge));
            let casing = self.widths[index] + 2.4;
            ink.shape(
                "path",
                format_args!(
                    r##"d="{}" fill="none" stroke="#ffffff" stroke-width="{casing:.1}""##,
                    line.path
                ),
            );
            look.stroke(ink, &line.path, self.widths[index]);
            look.head(ink, line.tip, self.widths[index]);
            ink.close("g");
        }
    }

    fn amounts(&self, ink: &mut Ink) {
        for ((edge, line), label) in
            self.chart.edges.iter().zip(&self.layout.lines).zip(&self.labels)
        {
            ink.open("g", format_args!(""));
            ink.title(&self.words_for(edge));
            self.amount(ink, line, label);
            ink.close("g");
        }
    }

    fn amount(&self, ink: &mut Ink, line: &Line, label: &str) {
        let (x, y) = line.label;
        let wide = bold_width(label, AMOUNT_SIZE);
        ink.shape(
            "rect",
            format_args!(
                r##"x="{:.1}" y="{:.1}" width="{:.1}" height="13" fill="#ffffff""##,
                x - wide / 2.0 - 1.0,
                y - 6.5,
                wide + 2.0
            ),
        );
        let attributes = format!(
            r#"font-size="{AMOUNT_SIZE}" font-weight="700" text-anchor="middle" fill="{DARK}""#
        );
        ink.words(label, x, y + 3.7, &attributes);
    }

    fn words_for(&self, edge: &Edge) -> String {
        let name = |node: usize| name(&self.chart.nodes[node], self.language);
        let (from, to) = (name(edge.from), name(edge.to));
        let (first, last) = (moment(self.language, edge.first), moment(self.language, edge.last));
        let span = match first == last {
            true => first,
            false => text_with(
                self.language,
                "chart-span",
                &[("first", (&first).into()), ("last", (&last).into())],
            ),
        };
        [
            text_with(
                self.language,
                "chart-from-to",
                &[("from", (&from).into()), ("to", (&to).into())],
            ),
            money(self.language, &edge.money),
            text_with(self.language, "chart-transfers", &[("count", edge.transfers.into())]),
            span,
        ]
        .join(" · ")
    }

    fn cards(&self, ink: &mut Ink) {
        for (_, nodes) in &self.layout.columns {
            for index in nodes {
                let node = &self.chart.nodes[*index];
                let beside = |other: &usize| {
                    let other = &self.chart.nodes[*other];
                    other.role == node.role && other.others < 2
                };
                draw(ink, node, self.layout.cards[*index], nodes.iter().any(beside), self.language);
            }
        }
    }
}

fn rule(ink: &mut Ink, x: f64, y: f64, wide: f64) {
    ink.shape(
        "path",
        format_args!(r##"d="M{x:.1} {y:.1}h{wide:.1}" stroke="#c3cad1" stroke-width="1""##),
    );
}
