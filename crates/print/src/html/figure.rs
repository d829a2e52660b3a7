//! The chart in a report: whole and readable on a screen, whole and then in parts on paper.
//!
//! On a screen it is never drawn smaller than its texts can be read; what is wider than the page is
//! scrolled. On paper the whole chart fills one page, and where that makes its texts too small, the
//! same drawing follows enlarged, one part a page.

use maud::{Markup, PreEscaped, html as page};

use super::View;
use crate::svg::DRAWING;

/// What one landscape page shows at a size that can be read, in units of the chart.
const PAGE: (f64, f64) = (1_400.0, 800.0);
/// Neighbouring parts both show this much: nothing is cut for good.
const OVERLAP: f64 = 70.0;
/// A chart is cut into at most this many columns and rows.
const MAX_CUTS: usize = 5;

pub(super) fn section(view: &View<'_>) -> Markup {
    let svg = &view.report.chart_svg;
    let size = size(svg).unwrap_or_default();
    let parts = parts(size);
    let count = parts.len();
    page! {
        section id="report-chart" {
            h2 { (view.text("report-chart")) }
            @if svg.trim().is_empty() { (view.nothing()) } @else {
                figure {
                    div.scroll.chart tabindex="0" style=(format!("--wide:{:.0}px", size.0)) {
                        (PreEscaped(svg))
                    }
                    figcaption {
                        @if count > 0 { span.on-screen { (view.text("report-chart-wide")) " " } }
                        (view.text("report-chart-caption"))
                    }
                }
                @for (number, part) in (1_usize..).zip(&parts) {
                    (piece(view, part, number, count))
                }
            }
        }
    }
}

/// A part of a drawing: left, top, width and height.
type Part = [f64; 4];

fn piece(view: &View<'_>, part: &Part, number: usize, count: usize) -> Markup {
    let [left, top, wide, high] = part;
    let values = [("number", number.into()), ("count", count.into())];
    page! {
        figure.part {
            (PreEscaped(format!(
                r##"<svg viewBox="{left:.0} {top:.0} {wide:.0} {high:.0}" role="presentation">
    <use href="#{DRAWING}"/></svg>"##
            )))
            figcaption { (i18n::text_with(view.language, "report-chart-part", &values)) }
        }
    }
}

/// The size of one of our own charts, as its head says.
fn size(svg: &str) -> Option<(f64, f64)> {
    let (_, rest) = svg.split_once("viewBox=\"0 0 ")?;
    let (wide, high) = rest.split_once('"')?.0.split_once(' ')?;
    Some((wide.parse().ok()?, high.parse().ok()?))
}

/// The parts in reading order; none where one page shows the chart large enough.
fn parts((wide, high): (f64, f64)) -> Vec<Part> {
    let (columns, rows) = (cuts(wide, PAGE.0), cuts(high, PAGE.1));
    if columns * rows <= 1 {
        return Vec::new();
    }
    let step = |length: f64, count: usize| (length - OVERLAP) / count as f64;
    let (across, down) = (step(wide, columns), step(high, rows));
    let part = |row: usize, column: usize| {
        [column as f64 * across, row as f64 * down, across + OVERLAP, down + OVERLAP]
    };
    (0..rows).flat_map(|row| (0..columns).map(move |column| part(row, column))).collect()
}

/// Into how many parts a length is cut that each fit a page.
fn cuts(length: f64, page: f64) -> usize {
    (1..MAX_CUTS)
        .find(|count| (length - OVERLAP) / *count as f64 + OVERLAP <= page)
        .unwrap_or(MAX_CUTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(size: (f64, f64), expected: &[[i64; 4]]) {
        let found = parts(size).into_iter().map(|part| part.map(|number| number.round() as i64));
        assert_eq!(found.collect::<Vec<_>>(), expected, "{size:?}");
    }

    #[test]
    fn a_chart_that_fits_a_page_is_not_cut() {
        check((1_400.0, 800.0), &[]);
        check((0.0, 0.0), &[]);
    }

    #[test]
    fn parts_cover_the_chart_and_overlap() {
        check((2_070.0, 600.0), &[[0, 0, 1_070, 600], [1_000, 0, 1_070, 600]]);
        check((1_000.0, 1_470.0), &[[0, 0, 1_000, 770], [0, 700, 1_000, 770]]);
    }

    #[test]
    fn the_head_of_a_chart_tells_its_size() {
        assert_eq!(size(r#"<svg viewBox="0 0 1060 350" width="100%">"#), Some((1_060.0, 350.0)));
        assert_eq!(size("<svg></svg>"), None);
    }
}
