//! The end of a report: what it rests on, what it takes for granted, how to check it.

use i18n::text_with;
use maud::{Markup, html as page};

use crate::html::View;
use crate::ink::clean;
use crate::report::{MAX_ROWS, SourceRow};

impl View<'_> {
    pub(super) fn sources(&self) -> Markup {
        let rows = &self.report.sources;
        let head = page! {
            tr {
                th scope="col" { (self.text("report-column-file")) }
                th scope="col" { (self.text("report-column-kind")) }
                th.number scope="col" { (self.text("report-column-rows")) }
                th scope="col" { (self.text("report-column-digest")) }
            }
        };
        let row = |row: &SourceRow| {
            page! {
                tr {
                    th scope="row" { (clean(&row.name)) }
                    td { (clean(&row.kind)) }
                    td.number {
                        @let rows = i64::try_from(row.rows).unwrap_or(i64::MAX);
                        (i18n::number(self.language, rows))
                    }
                    td.digest { (self.digest(&row.digest.to_string())) }
                }
            }
        };
        let body = page! { @for source in rows.iter().take(MAX_ROWS) { (row(source)) } };
        let caption = self.text("report-sources-caption");
        self.section(
            "report-sources",
            &page! {
                @if rows.is_empty() { (self.nothing()) } @else {
                    (self.table("sources", &caption, &head, &body))
                    (self.more_rows(rows.len()))
                }
            },
        )
    }

    /// A digest that may break in its middle, in two lines of equal length.
    fn digest(&self, digits: &str) -> Markup {
        let (first, second) = digits.split_at_checked(digits.len() / 2).unwrap_or((digits, ""));
        page! { code { (first) wbr; (second) } }
    }

    pub(super) fn notes(&self) -> Markup {
        let rates = match &self.report.rates {
            Some(rates) => {
                let (date, source) = (clean(&rates.as_of), clean(&rates.source));
                let values = [("date", (&date).into()), ("source", (&source).into())];
                text_with(self.language, "report-note-rates", &values)
            }
            None => self.text("report-note-no-rates"),
        };
        let general =
            ["opening", "order", "currency"].map(|n| self.text(&format!("report-note-{n}")));
        let people = ["score", "role"].map(|name| self.text(&format!("report-note-{name}")));
        self.section(
            "report-notes",
            &page! {
                ul.notes {
                    @for note in &self.report.notes { li { (clean(note)) } }
                    @for note in general { li { (note) } }
                    li { (rates) }
                    @for note in people { li { (note) } }
                }
            },
        )
    }

    pub(super) fn check(&self) -> Markup {
        let steps = ["digest", "import", "sample"].map(|n| self.text(&format!("report-check-{n}")));
        self.section(
            "report-check",
            &page! {
                ol.notes { @for step in steps { li { (step) } } }
            },
        )
    }
}
