//! Reports as they come out: one file, everything in it, nothing foreign at work in it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod markup;

use i18n::Language;
use model::country::Country;
use model::digest::Digest;
use model::money::{Currency, Money};
use model::role::Role;
use model::time::Timestamp;
use print::html::html;
use print::report::{
    AccountRow, ComplaintRow, HookupRow, RangeRow, Report, RestingRow, RuleTable, ShareRow,
    SourceRow,
};

fn usd(cents: i64) -> Money {
    Money::new(cents, Currency::USD)
}

fn at() -> Timestamp {
    Timestamp::parse("2025-01-03T05:40:58Z").unwrap()
}

fn rule(rule: &str, cents: i64) -> RuleTable {
    let row = RestingRow {
        bank: "VNB03".to_owned(),
        number: "1000005547".to_owned(),
        country: Some(Country::VN),
        tainted: Money::parse("12500000", Currency::parse("VND").unwrap()).unwrap(),
        tainted_usd: Some(usd(cents)),
        since: Some(at()),
    };
    RuleTable {
        rule: rule.to_owned(),
        resting_usd: Some(usd(cents)),
        rows: vec![row],
        truncated: false,
    }
}

fn report() -> Report {
    let (bank, number) = ("VNB03".to_owned(), "1000005547".to_owned());
    Report {
        title: "Ring R-0007".to_owned(),
        agency: "A05".to_owned(),
        case: "VN-C-2025-0001".to_owned(),
        handling: "TLP:AMBER".to_owned(),
        made_at: at(),
        summary: vec![("Stolen".to_owned(), "368,420.50 USD".to_owned())],
        chart_svg: "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>".to_owned(),
        accounts: vec![AccountRow {
            bank: bank.clone(),
            number: number.clone(),
            country: Some(Country::VN),
            role: Role::Collector,
            holder: "Lê Quốc Bảo".to_owned(),
            score: 0.934,
            evidence: (0..20).map(|index| format!("evidence {index}.")).collect(),
        }],
        rules: ["libr", "poison", "fifo"]
            .into_iter()
            .zip([50_000, 90_000, 70_000])
            .map(|(r, c)| rule(r, c))
            .collect(),
        ranges: vec![RangeRow {
            bank: bank.clone(),
            number: number.clone(),
            low: usd(50_000),
            high: usd(70_000),
        }],
        shares: vec![ShareRow {
            bank: bank.clone(),
            number: number.clone(),
            role: Role::Boss,
            holder: String::new(),
            low: 0.42,
            high: 0.47,
        }],
        complaints: vec![ComplaintRow {
            id: "TG-1".to_owned(),
            agency: "PA05".to_owned(),
            reported_at: at(),
            victim: "N*** A***".to_owned(),
            paid_to: "VNB03/1000005547".to_owned(),
            amount: usd(12_345),
            transfer: None,
        }],
        hookups: vec![HookupRow {
            ring: "R-0007".to_owned(),
            other: "R-0012".to_owned(),
            bank,
            number,
            money: None,
        }],
        sources: vec![SourceRow {
            name: "complaints.csv".to_owned(),
            kind: "complaints".to_owned(),
            rows: 12_345,
            digest: Digest::of(b"abc"),
        }],
        rates: None,
        notes: vec!["A statement is missing.".to_owned()],
    }
}

#[test]
fn a_report_holds_all_it_was_given_in_both_languages() {
    for language in Language::all() {
        let page = html(&report(), language);
        markup::check_html(&page);
        assert!(!page.contains('⟦'), "a text is missing");
        for words in [
            "Ring R-0007",
            "368,420.50 USD",
            "Lê Quốc Bảo",
            "evidence 11.",
            "N*** A***",
            "R-0012",
            "ba7816bf8f01cfea414140de5dae2223<wbr>b00361a396177a9cb410ff61f20015ad",
            "A statement is missing.",
            "<svg xmlns",
            "<caption>",
            "scope=\"row\"",
            "scope=\"col\"",
        ] {
            assert!(page.contains(words), "{language}: {words} is missing");
        }
        assert!(!page.contains("evidence 12."), "evidence is cut at its limit");
        assert_eq!(page, html(&report(), language));
    }
}

#[test]
fn figures_are_written_as_the_language_writes_them() {
    let (vi, en) = (html(&report(), Language::Vi), html(&report(), Language::En));
    assert!(vi.contains("12.500.000 VND") && vi.contains("0,93") && vi.contains("42,0% đến 47,0%"));
    assert!(en.contains("12,500,000 VND") && en.contains("0.93") && en.contains("42.0% to 47.0%"));
    assert!(vi.starts_with("<!DOCTYPE html><html lang=\"vi\">"));
}

#[test]
fn rules_stand_in_their_order_each_with_its_meaning() {
    let page = html(&report(), Language::En);
    let place = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words} is missing"));
    assert!(
        place(">Poison<") < place(">FIFO<")
            && place(">FIFO<") < place(">Lowest intermediate balance<")
    );
    assert!(page.contains("Clayton’s case") && page.contains("In re Dameron"));
    assert!(!page.contains("Haircut"), "only the rules that were traced");
}

#[test]
fn evidence_is_printed_whole() {
    let mut long = report();
    long.accounts[0].evidence = vec![format!("{}the end.", "a sign (+1.0); ".repeat(100))];
    assert!(html(&long, Language::En).contains("the end."));
}

#[test]
fn nothing_is_fetched_and_nothing_runs() {
    let mut hostile = report();
    let bad = "<script>alert(1)</script>\" onload=\"x\u{0}\u{202e}";
    for text in [&mut hostile.title, &mut hostile.agency, &mut hostile.case, &mut hostile.handling]
    {
        *text = bad.to_owned();
    }
    hostile.accounts[0].evidence = vec![bad.to_owned()];
    hostile.accounts[0].score = f64::NAN;
    hostile.shares[0].low = f64::INFINITY;
    hostile.rules[0].rule = bad.to_owned();
    hostile.summary[0].1 = "9".repeat(5_000);
    let page = html(&hostile, Language::En);
    markup::check_html(&page);
    for word in ["<script", "src=", "url(", "@import", "\u{202e}", "<link", "<iframe"] {
        assert!(!page.contains(word), "{word:?} came through");
    }
    assert!(!page.replace("http://www.w3.org/2000/svg", "").contains("http"));
}

#[test]
fn a_wide_chart_is_scrolled_on_a_screen_and_printed_in_parts() {
    let mut wide = report();
    let chart = |size: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size}\"><g id=\"drawing\"></g></svg>"
        )
    };
    wide.chart_svg = chart("2070 900");
    let page = html(&wide, Language::En);
    markup::check_html(&page);
    assert!(page.contains("style=\"--wide:2070px\"") && page.contains("Scroll sideways"));
    assert_eq!(page.matches("<use href=\"#drawing\"/>").count(), 4);
    assert!(page.contains("Part 4 of 4 of the chart"));
    wide.chart_svg = chart("1060 350");
    let page = html(&wide, Language::En);
    assert!(!page.contains("<use") && !page.contains("Scroll sideways"));
}

#[test]
fn an_empty_report_says_so() {
    let mut empty = report();
    empty.accounts.clear();
    empty.rules.clear();
    empty.shares.clear();
    empty.complaints.clear();
    empty.hookups.clear();
    empty.sources.clear();
    empty.chart_svg.clear();
    let page = html(&empty, Language::En);
    markup::check_html(&page);
    assert_eq!(page.matches("None.").count(), 7);
}
