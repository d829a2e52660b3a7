//! Accounts with their evidence, shares in the profit, complaints, hook-ups.

use i18n::{date, money, percent, text_with};
use maud::{Markup, html as page};
use model::role::Role;

use crate::html::View;
use crate::html::money::country_name;
use crate::ink::{clean, clean_sentence};
use crate::report::{AccountRow, ComplaintRow, HookupRow, MAX_EVIDENCE, MAX_ROWS, ShareRow};

/// The accounts of the ring, in the order in which money meets their roles.
pub(super) fn section(view: &View<'_>) -> Markup {
    let mut rows: Vec<&AccountRow> = view.report.accounts.iter().collect();
    let place = |role: Role| Role::all().iter().position(|known| *known == role);
    rows.sort_by(|a, b| place(a.role).cmp(&place(b.role)).then(b.score.total_cmp(&a.score)));
    let head = page! {
        tr {
            th scope="col" { (view.text("report-column-account")) }
            th scope="col" { (view.text("report-column-role")) }
            th.number scope="col" { (view.text("report-column-score")) }
            th scope="col" { (view.text("report-column-evidence")) }
        }
    };
    let body = page! { @for row in rows.iter().take(MAX_ROWS) { (account(view, row)) } };
    let caption = view.text("report-accounts-caption");
    let content = page! {
        @if rows.is_empty() { (view.nothing()) } @else {
            (view.table("accounts", &caption, &head, &body))
            (view.more_rows(rows.len()))
        }
    };
    view.section("report-accounts", &content)
}

fn account(view: &View<'_>, row: &AccountRow) -> Markup {
    let (_, light) = crate::shape::colours(row.role);
    let (strong, _) = crate::shape::colours(row.role);
    let more = row.evidence.len().saturating_sub(MAX_EVIDENCE);
    let holder = clean(&row.holder);
    page! {
        tr {
            th scope="row" {
                (view.account(&row.bank, &row.number))
                @if !holder.is_empty() { span.holder { (holder) } }
                small { (country_name(view, row.country)) }
            }
            td {
                span.role style=(format!("background:{light};border-color:{strong}")) { (view.role(row.role)) }
            }
            td.number { (score(view, row.score)) }
            td {
                ul.evidence {
                    @for sentence in row.evidence.iter().take(MAX_EVIDENCE) {
                        li { (clean_sentence(sentence)) }
                    }
                    @if more > 0 {
                        li.more { (text_with(view.language, "report-more-evidence", &[("count", more.into())])) }
                    }
                }
            }
        }
    }
}

/// Two decimals, with the language's own sign between.
fn score(view: &View<'_>, score: f64) -> String {
    if !score.is_finite() {
        return "–".to_owned();
    }
    let written = format!("{:.2}", score.clamp(0.0, 1.0));
    if view.language == i18n::Language::Vi { written.replace('.', ",") } else { written }
}

/// Shares in the profit, the largest first, each with its interval as a bar.
pub(super) fn shares(view: &View<'_>) -> Markup {
    let mut rows: Vec<&ShareRow> = view.report.shares.iter().collect();
    rows.sort_by(|a, b| (b.low + b.high).total_cmp(&(a.low + a.high)));
    let head = page! {
        tr {
            th scope="col" { (view.text("report-column-account")) }
            th scope="col" { (view.text("report-column-role")) }
            th scope="col" colspan="2" { (view.text("report-column-share")) }
        }
    };
    let row = |row: &ShareRow| {
        page! {
            tr {
                th scope="row" {
                    (view.account(&row.bank, &row.number))
                    @if !row.holder.is_empty() { span.holder { (clean(&row.holder)) } }
                }
                td { (view.role(row.role)) }
                td.number { (percents(view, row)) }
                td.bar { (bar(row.low, row.high)) }
            }
        }
    };
    let body = page! { @for share in rows.iter().take(MAX_ROWS) { (row(share)) } };
    let caption = view.text("report-shares-caption");
    let content = page! {
        @if rows.is_empty() { (view.nothing()) } @else {
            (view.table("shares", &caption, &head, &body))
            (view.more_rows(rows.len()))
        }
    };
    view.section("report-shares", &content)
}

fn percents(view: &View<'_>, row: &ShareRow) -> String {
    let (low, high) = (percent(view.language, row.low), percent(view.language, row.high));
    let values = [("low", (&low).into()), ("high", (&high).into())];
    if low == high { low } else { text_with(view.language, "report-range", &values) }
}

/// From nought to all: solid up to the lowest share, hatched up to the highest.
fn bar(low: f64, high: f64) -> Markup {
    let part = |fraction: f64| {
        if fraction.is_finite() { fraction.clamp(0.0, 1.0) * 200.0 } else { 0.0 }
    };
    let (low, high) = (part(low.min(high)), part(high.max(low)));
    page! {
        svg viewBox="0 0 200 12" width="200" height="12" aria-hidden="true" {
            rect x="0" y="5.5" width="200" height="1" fill="#c3cad1" {}
            rect x="0" y="2" width=(format!("{high:.1}")) height="8" fill="#b9cbdd" {}
            rect x="0" y="2" width=(format!("{low:.1}")) height="8" fill="#1f4468" {}
        }
    }
}

/// The complaints, in the order of their reporting.
pub(super) fn complaints(view: &View<'_>) -> Markup {
    let mut rows: Vec<&ComplaintRow> = view.report.complaints.iter().collect();
    rows.sort_by(|a, b| (a.reported_at, &a.id).cmp(&(b.reported_at, &b.id)));
    let columns = ["complaint", "reported", "victim", "paid-to"];
    let head = page! {
        tr {
            @for column in columns { th scope="col" { (view.text(&format!("report-column-{column}"))) } }
            th.number scope="col" { (view.text("report-column-amount")) }
            th scope="col" { (view.text("report-column-transfer")) }
        }
    };
    let row = |row: &ComplaintRow| {
        page! {
            tr {
                th scope="row" { (clean(&row.id)) small { (clean(&row.agency)) } }
                td.whole { (date(view.language, row.reported_at)) }
                td { (clean(&row.victim)) }
                td { (clean(&row.paid_to)) }
                td.number { (money(view.language, &row.amount)) }
                td {
                    @match &row.transfer {
                        Some(transfer) => { (clean(transfer)) }
                        None => { em { (view.text("report-no-transfer")) } }
                    }
                }
            }
        }
    };
    let body = page! { @for complaint in rows.iter().take(MAX_ROWS) { (row(complaint)) } };
    let caption = view.text("report-complaints-caption");
    let content = page! {
        @if rows.is_empty() { (view.nothing()) } @else {
            (view.table("complaints", &caption, &head, &body))
            (view.more_rows(rows.len()))
        }
    };
    view.section("report-complaints", &content)
}

/// Other rings that share a launderer with this one.
pub(super) fn hookups(view: &View<'_>) -> Markup {
    let rows = &view.report.hookups;
    let head = page! {
        tr {
            @for column in ["ring", "other-ring", "via"] {
                th scope="col" { (view.text(&format!("report-column-{column}"))) }
            }
            th.number scope="col" { (view.text("report-column-amount")) }
        }
    };
    let row = |row: &HookupRow| {
        page! {
            tr {
                th scope="row" { (clean(&row.ring)) }
                td { (clean(&row.other)) }
                td { (view.account(&row.bank, &row.number)) }
                td.number { (row.money.map_or("–".to_owned(), |sum| money(view.language, &sum))) }
            }
        }
    };
    let body = page! { @for hookup in rows.iter().take(MAX_ROWS) { (row(hookup)) } };
    let caption = view.text("report-hookups-caption");
    let content = page! {
        @if rows.is_empty() { (view.nothing()) } @else {
            (view.table("hookups", &caption, &head, &body))
            (view.more_rows(rows.len()))
        }
    };
    view.section("report-hookups", &content)
}
