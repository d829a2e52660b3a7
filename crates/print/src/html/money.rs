//! Where the money rests: by country, by account, under every rule side by side.

use std::collections::{BTreeMap, BTreeSet};

use i18n::{date, money, text_with};
use maud::{Markup, html as page};
use model::country::Country;
use model::money::{Currency, Money};

use crate::html::View;
use crate::ink::clean;
use crate::report::{MAX_ROWS, RestingRow, RuleTable};

/// The order of the columns: from the widest net to the rules of law.
const RULES: [&str; 6] = ["poison", "haircut", "fifo", "lifo", "libr", "proceeds-first"];

type Key<'a> = (&'a str, &'a str);

/// The whole section.
pub(super) fn section(view: &View<'_>) -> Markup {
    let rules = sorted(view);
    let content = page! {
        @if rules.is_empty() { (view.nothing()) } @else {
            p { (view.text("report-money-intro")) }
            (by_country(view, &rules))
            (meanings(view, &rules))
            (by_account(view, &rules))
        }
    };
    view.section("report-money", &content)
}

fn sorted<'a>(view: &View<'a>) -> Vec<&'a RuleTable> {
    let place =
        |rule: &&RuleTable| RULES.iter().position(|known| *known == rule.rule).unwrap_or(99);
    let mut rules: Vec<&RuleTable> = view.report.rules.iter().collect();
    rules.sort_by_key(place);
    rules
}

fn name(view: &View<'_>, rule: &str) -> String {
    if RULES.contains(&rule) { view.text(&format!("rule-{rule}")) } else { clean(rule) }
}

fn head(view: &View<'_>, rules: &[&RuleTable], first: &str, last: Option<&str>) -> Markup {
    page! {
        tr {
            th scope="col" { (view.text(first)) }
            @for rule in rules {
                th.number scope="col" {
                    (name(view, &rule.rule))
                    @if rule.rule == "poison" { small { (view.text("report-poison-note")) } }
                }
            }
            @if let Some(last) = last {
                th.number scope="col" {
                    (view.text(last))
                    small { (view.text("report-column-range-note")) }
                }
            }
        }
    }
}

fn by_country(view: &View<'_>, rules: &[&RuleTable]) -> Markup {
    let mut sums: BTreeMap<Option<Country>, BTreeMap<usize, i64>> = BTreeMap::new();
    for (index, rule) in rules.iter().enumerate() {
        for row in &rule.rows {
            let sum = sums.entry(row.country).or_default().entry(index).or_default();
            *sum = sum.saturating_add(row.tainted_usd.map_or(0, |money| money.amount_minor));
        }
    }
    let largest = |sums: &BTreeMap<usize, i64>| sums.values().copied().max().unwrap_or(0);
    let mut countries: Vec<_> = sums.into_iter().collect();
    countries.sort_by_key(|(country, sums)| (std::cmp::Reverse(largest(sums)), *country));
    let cell =
        |cents: Option<&i64>| cents.map(|cents| dollars(view, Money::new(*cents, Currency::USD)));
    let body = page! {
        @for (country, sums) in &countries {
            tr {
                th scope="row" { (country_name(view, *country)) }
                @for index in 0..rules.len() { td.number { (cell(sums.get(&index)).unwrap_or("–".to_owned())) } }
            }
        }
        tr.total {
            th scope="row" { (view.text("report-column-total")) }
            @for rule in rules {
                td.number { (rule.resting_usd.map_or("–".to_owned(), |sum| dollars(view, sum))) }
            }
        }
    };
    let caption = view.text("report-money-by-country");
    page! {
        (view.table("money", &caption, &head(view, rules, "report-column-country", None), &body))
        @for rule in rules.iter().filter(|rule| rule.truncated) {
            p.more { (name(view, &rule.rule)) ": " (view.text("report-truncated")) }
        }
    }
}

/// Accounts in which less than this rests under every rule are counted, not listed: 1 US dollar.
const LEAST_USD_CENTS: i64 = 100;

fn by_account(view: &View<'_>, rules: &[&RuleTable]) -> Markup {
    let cells: Vec<BTreeMap<Key<'_>, &RestingRow>> =
        rules.iter().map(|rule| rule.rows.iter().map(|row| (key(row), row)).collect()).collect();
    let ranges: BTreeMap<Key<'_>, (Money, Money)> = view
        .report
        .ranges
        .iter()
        .map(|range| ((range.bank.as_str(), range.number.as_str()), (range.low, range.high)))
        .collect();
    let all: BTreeSet<Key<'_>> = cells.iter().flat_map(|column| column.keys().copied()).collect();
    let reached = all.len();
    let is_crumb = |account: &Key<'_>| {
        ranges.get(account).is_some_and(|(_, high)| high.amount_minor < LEAST_USD_CENTS)
    };
    let crumbs = all.iter().filter(|account| is_crumb(account)).count();
    let is_shown = |account: &Key<'_>| {
        ranges.is_empty() || (ranges.contains_key(account) && !is_crumb(account))
    };
    let mut accounts: Vec<Key<'_>> = all.into_iter().filter(is_shown).collect();
    let poisoned = reached - accounts.len() - crumbs;
    let largest = |account: &Key<'_>| {
        // Accounts that poison alone reaches come last: it says who was reached, not how much.
        let high = ranges.get(account).map(|(_, high)| high.amount_minor);
        let usd = |column: &BTreeMap<Key<'_>, &RestingRow>| column.get(account)?.tainted_usd;
        let most = || cells.iter().filter_map(usd).map(|m| m.amount_minor).max().unwrap_or(0);
        (high.is_some(), high.unwrap_or_else(most))
    };
    accounts.sort_by_key(|account| (std::cmp::Reverse(largest(account)), *account));
    let body = page! {
        @for account in accounts.iter().take(MAX_ROWS) {
            (account_row(view, *account, &cells, ranges.get(account)))
        }
    };
    let caption = view.text("report-money-by-account");
    let head = head(view, rules, "report-column-account", Some("report-column-range"));
    page! {
        (view.table("money by-account", &caption, &head, &body))
        (view.more_rows(accounts.len()))
        @if crumbs + poisoned > 0 {
            p.made {
                (i18n::text_with(view.language, "report-money-not-shown", &[
                    ("crumbs", crumbs.into()),
                    ("poisoned", poisoned.into()),
                ]))
            }
        }
    }
}

fn account_row(
    view: &View<'_>,
    account: Key<'_>,
    cells: &[BTreeMap<Key<'_>, &RestingRow>],
    range: Option<&(Money, Money)>,
) -> Markup {
    let rows = || cells.iter().filter_map(|column| column.get(&account));
    let country = rows().find_map(|row| row.country);
    let since = rows().filter_map(|row| row.since).min();
    let cell = |row: Option<&&RestingRow>| {
        page! {
            @if let Some(row) = row {
                span.own { (money(view.language, &row.tainted)) }
                @let is_usd = row.tainted.currency == Currency::USD;
                @if let Some(usd) = row.tainted_usd.filter(|_| !is_usd) {
                    small { (dollars(view, usd)) }
                }
            } @else { "–" }
        }
    };
    page! {
        tr {
            th scope="row" {
                (view.account(account.0, account.1))
                small {
                    (country_name(view, country))
                    @if let Some(at) = since {
                        ", "
                        (text_with(view.language, "report-since", &[("at", (&date(view.language, at)).into())]))
                    }
                }
            }
            @for column in cells { td.number { (cell(column.get(&account))) } }
            td.number {
                @if let Some((low, high)) = range {
                    @if low != high { span.own { (dollars(view, *low)) " –" } }
                    span.own { (dollars(view, *high)) }
                } @else { "–" }
            }
        }
    }
}

fn meanings(view: &View<'_>, rules: &[&RuleTable]) -> Markup {
    page! {
        h3 { (view.text("report-rules")) }
        dl.meanings {
            @for rule in rules.iter().filter(|rule| RULES.contains(&rule.rule.as_str())) {
                div {
                    dt { (name(view, &rule.rule)) }
                    dd { (view.text(&format!("rule-law-{}", rule.rule))) }
                }
            }
        }
    }
}

fn key(row: &RestingRow) -> Key<'_> {
    (row.bank.as_str(), row.number.as_str())
}

fn dollars(view: &View<'_>, amount: Money) -> String {
    money(view.language, &amount)
}

/// A country's name, or that it is not known.
pub(super) fn country_name(view: &View<'_>, country: Option<Country>) -> String {
    match country {
        Some(known) => i18n::country(view.language, known),
        None => view.text("report-country-unknown"),
    }
}
