//! Charts as they come out: well formed, complete, safe, the same every time.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod markup;

use i18n::Language;
use model::country::Country;
use model::money::{Currency, Money};
use model::role::Role;
use model::time::Timestamp;
use print::chart::{Chart, Edge, EdgeKind, Node};
use print::svg::svg;

fn node(role: Role, bank: &str, number: &str) -> Node {
    Node {
        bank: bank.to_owned(),
        number: number.to_owned(),
        country: Some(Country::VN),
        role,
        holder: "Lê Quốc Bảo".to_owned(),
        resting: None,
        others: 0,
    }
}

fn edge(from: usize, to: usize, amount: &str, code: &str) -> Edge {
    let at = |seconds: i64| Timestamp::from_seconds(1_735_882_858 + seconds).unwrap();
    let money = Money::parse(amount, Currency::parse(code).unwrap()).unwrap();
    Edge { from, to, money, transfers: 3, first: at(0), last: at(90_000), kind: EdgeKind::Money }
}

fn small() -> Chart {
    let mut boss = node(Role::Boss, "KHB02", "2000990017");
    boss.resting = Some(Money::new(1_800_000, Currency::USD));
    Chart {
        title: "Ring R-0003".to_owned(),
        subtitle: "Case VN-C-2025-0007".to_owned(),
        handling: "TLP:AMBER".to_owned(),
        made: "Lienket, A05, 23 Nov 2025".to_owned(),
        nodes: vec![
            node(Role::Victim, "VCB", "0071001234567"),
            node(Role::Collector, "VNB03", "1000005547"),
            node(Role::Mule, "VNB11", "1000011802"),
            boss,
        ],
        edges: vec![
            edge(0, 1, "450000000", "VND"),
            edge(1, 2, "440000000", "VND"),
            edge(2, 3, "17600.50", "USD"),
            edge(3, 1, "900", "USD"),
        ],
        footnotes: vec!["Opening balances are not known.".to_owned()],
    }
}

#[test]
fn a_chart_shows_every_account_and_every_amount() {
    let drawn = svg(&small(), Language::En);
    markup::check_xml(&drawn);
    for words in [
        "Ring R-0003",
        "Case VN-C-2025-0007",
        "Lienket, A05, 23 Nov 2025",
        "Opening balances are not known.",
        "0071001234567",
        "1000005547",
        "1000011802",
        "2000990017",
        ">450M VND<",
        ">440M VND<",
        ">17.6k USD<",
        ">900 USD<",
        ">rests 18k USD<",
        "450,000,000 VND · 3 transfers · 3 Jan 2025 05:40 UTC to 4 Jan 2025 06:40 UTC",
        "Resting here: 18,000.00 USD",
        ">Viet Nam<",
        "money that flows back",
    ] {
        assert!(drawn.contains(words), "{words} is missing");
    }
    assert_eq!(
        drawn.matches(">TLP:AMBER<").count(),
        2,
        "the code stands at the top and the bottom"
    );
    assert_eq!(drawn.matches(">VN<").count(), 4 + 1, "a badge on each card and one in the legend");
    assert!(!drawn.contains("hook-up"), "the legend says only what is shown");
}

#[test]
fn a_chart_is_the_same_every_time_and_in_vietnamese_all_vietnamese() {
    let drawn = svg(&small(), Language::Vi);
    assert_eq!(drawn, svg(&small(), Language::Vi));
    assert!(drawn.contains(r#"lang="vi""#) && drawn.contains(">Cầm đầu<") && !drawn.contains('⟦'));
    assert!(drawn.contains(">450 triệu VND<"));
}

#[test]
fn a_chart_fits_the_window_that_shows_it() {
    let drawn = svg(&small(), Language::En);
    let head = drawn.split_once('>').unwrap().0;
    let wide = head.split_once("viewBox=\"0 0 ").unwrap().1.split_once(' ').unwrap().0;
    assert!(head.contains(r#"width="100%""#) && !head.contains(" height="), "{head}");
    assert!(head.contains(&format!("max-width:{wide}px")), "{head}");
}

#[test]
fn nothing_and_one_account_are_drawn() {
    let empty = svg(&Chart::default(), Language::En);
    markup::check_xml(&empty);
    assert!(empty.contains("No account to show."));
    let one = Chart { nodes: vec![node(Role::Wallet, "TRON", "T1")], ..Chart::default() };
    markup::check_xml(&svg(&one, Language::Vi));
}

#[test]
fn foreign_text_stays_text() {
    let mut chart = small();
    chart.title = "<script>alert(1)</script>\u{0}\u{8}".to_owned();
    chart.nodes[0].holder = "\"/><image href='http://x'/>".to_owned();
    chart.nodes[1].number = "9".repeat(200);
    chart.nodes[2].holder = "\u{202e}محمد\u{202c}\u{ffff} & sons".to_owned();
    chart.nodes[3].bank = "]]>\u{1b}[31m".to_owned();
    chart.edges.push(edge(2, 2, "5", "USD"));
    chart.edges.push(Edge { from: 99, ..chart.edges[0].clone() });
    chart.edges[0].money.amount_minor = i64::MAX;
    chart.edges[1].transfers = usize::MAX;
    chart.footnotes.push("<b>".repeat(500));
    let drawn = svg(&chart, Language::En);
    markup::check_xml(&drawn);
    for bad in ["<script", "<image", "href=\"", "\u{202e}", "\u{1b}", "\u{0}", "<b>"] {
        assert!(!drawn.contains(bad), "{bad:?} came through");
    }
}

#[test]
fn five_hundred_accounts_in_a_layer_are_drawn_as_few() {
    let mut chart = small();
    for index in 0..500 {
        chart.nodes.push(node(Role::Mule, "VNB20", &format!("77{index:08}")));
        let cents = format!("{}", 100 + index);
        chart.edges.push(edge(1, chart.nodes.len() - 1, &cents, "USD"));
        chart.edges.push(edge(chart.nodes.len() - 1, 3, &cents, "USD"));
    }
    let drawn = svg(&chart, Language::En);
    markup::check_xml(&drawn);
    assert!(drawn.contains(">+ 490 mules<"), "the smallest are one");
    assert!(drawn.contains("7700000499") && !drawn.contains("7700000001"), "the largest stay");
    assert!(drawn.contains("Of 504 accounts"));
    assert!(drawn.len() < 200_000, "{}", drawn.len());
}
