//! A report as one HTML file: style and chart inside it, no script, nothing fetched from anywhere.
//!
//! Source: FIRST TLP 2.0 (the code at the top and the bottom of every page); WCAG 2.1 (captions,
//! scopes, languages, contrast). The running lines are the head and the foot of an outer table,
//! which every browser repeats on every page, upright or wide; fixed boxes and margin boxes are not
//! understood by all. The page's number, where a browser can, stands in a margin box.

mod accounts;
mod closing;
mod figure;
mod money;
mod style;

use i18n::{Language, moment, text, text_with};
use maud::{DOCTYPE, Markup, PreEscaped, html as page};

use crate::ink::{clean, fitted};
use crate::legend::{capitalised, handling_colour};
use crate::report::Report;

/// So many key figures are printed large.
const LARGE_FIGURES: usize = 4;

/// Writes a report.
pub fn html(report: &Report, language: Language) -> String {
    let view = View { report, language };
    let body = page! {
        (view.running("top"))
        (view.sheet("cover", &page! { (view.cover()) }))
        (view.sheet("wide", &page! { (figure::section(&view)) (money::section(&view)) }))
        (view.sheet("upright", &page! {
            (accounts::section(&view))
            (accounts::shares(&view))
            (accounts::complaints(&view))
            (accounts::hookups(&view))
            (view.sources())
            (view.notes())
            (view.check())
        }))
        (view.running("bottom"))
    };
    let markup = page! {
        (DOCTYPE)
        html lang=(language.as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content="Lienket";
                meta name="robots" content="noindex";
                title { (clean(&report.title)) " – " (clean(&report.handling)) }
                style { (PreEscaped(style::CSS)) }
            }
            body { (body) }
        }
    };
    markup.into_string()
}

/// A report in the language in which it is being written.
struct View<'a> {
    report: &'a Report,
    language: Language,
}

impl View<'_> {
    fn text(&self, key: &str) -> String {
        text(self.language, key)
    }

    /// A section with its heading; the heading is where the contents lead.
    fn section(&self, key: &str, content: &Markup) -> Markup {
        page! {
            section id=(key) {
                h2 { (self.text(key)) }
                (content)
            }
        }
    }

    /// A table with its caption.
    fn table(&self, class: &str, caption: &str, head: &Markup, body: &Markup) -> Markup {
        page! {
            div.scroll {
                table.data.(class) {
                    caption { (caption) }
                    thead { (head) }
                    tbody { (body) }
                }
            }
        }
    }

    /// What is said where a table would be empty.
    fn nothing(&self) -> Markup {
        page! { p.nothing { (self.text("report-nothing")) } }
    }

    /// How many rows are not printed, where there are such.
    fn more_rows(&self, all: usize) -> Markup {
        let more = all.saturating_sub(crate::report::MAX_ROWS);
        let words = text_with(self.language, "report-more-rows", &[("count", more.into())]);
        page! { @if more > 0 { p.more { (words) } } }
    }

    /// An account: bank and number, which may break between the two.
    fn account(&self, bank: &str, number: &str) -> Markup {
        page! { span.account { span.bank { (clean(bank)) } " " b { (clean(number)) } } }
    }

    fn handling(&self) -> Markup {
        let code = clean(&self.report.handling);
        let colour = handling_colour(&code);
        page! { @if !code.is_empty() { span.handling style=(format!("color:{colour}")) { (code) } } }
    }

    /// The line at the top or the bottom of every page.
    fn running(&self, place: &str) -> Markup {
        let words =
            [clean(&self.report.agency), clean(&self.report.case), clean(&self.report.title)];
        let words = if place == "top" { words.join(" · ") } else { self.made() };
        page! {
            div.running.(place) {
                span { (fitted(&words, 6.0, 620.0)) }
                (self.handling())
            }
        }
    }

    fn made(&self) -> String {
        format!(
            "Lienket · {} · {}",
            clean(&self.report.agency),
            moment(self.language, self.report.made_at)
        )
    }

    /// Pages of one format, each between its running lines.
    fn sheet(&self, format: &str, content: &Markup) -> Markup {
        page! {
            div.sheet.(format) .upright[format != "wide"] {
                table.pages role="presentation" {
                    thead { tr { td { (self.running("top")) } } }
                    tbody { tr { td { (content) } } }
                    tfoot { tr { td { (self.running("bottom")) } } }
                }
            }
        }
    }

    fn cover(&self) -> Markup {
        let report = self.report;
        let handling = self.handling_meaning();
        let facts = [
            ("report-agency", clean(&report.agency)),
            ("report-case", clean(&report.case)),
            ("report-made-at", moment(self.language, report.made_at)),
            ("report-handling", handling),
        ];
        let (large, small) = report.summary.split_at(report.summary.len().min(LARGE_FIGURES));
        let contents = [
            "report-chart",
            "report-money",
            "report-accounts",
            "report-shares",
            "report-complaints",
            "report-hookups",
            "report-sources",
            "report-notes",
            "report-check",
        ];
        page! {
            header {
                p.kind { (self.text("report-kind")) }
                h1 { (clean(&report.title)) }
                dl.facts {
                    @for (key, value) in facts {
                        div { dt { (self.text(key)) } dd { (value) } }
                    }
                }
            }
            section id="report-key-figures" {
                h2 { (self.text("report-key-figures")) }
                dl.tiles {
                    @for (label, value) in large {
                        div { dt { (clean(label)) } dd { (clean(value)) } }
                    }
                }
                dl.figures {
                    @for (label, value) in small {
                        div { dt { (clean(label)) } dd { (clean(value)) } }
                    }
                }
            }
            nav {
                h2 { (self.text("report-contents")) }
                ol { @for key in contents { li { a href=(format!("#{key}")) { (self.text(key)) } } } }
            }
            p.made { (self.text("report-made-with")) }
        }
    }

    /// The handling code with its meaning; a code that is none of TLP stands alone.
    fn handling_meaning(&self) -> String {
        let code = clean(&self.report.handling);
        let name = code.to_ascii_lowercase();
        let name = name.strip_prefix("tlp:").unwrap_or_default();
        let key = match name {
            "clear" | "green" | "amber" | "red" => format!("handling-{name}"),
            "amber+strict" => "handling-amber-strict".to_owned(),
            "red (unmarked)" => "handling-unmarked".to_owned(),
            _ => return code,
        };
        text(self.language, &key)
    }

    fn role(&self, role: model::role::Role) -> String {
        capitalised(&self.text(&format!("role-{}", role.as_str())))
    }
}
