//! Shapes of laundering and their lawful look-alikes, each in a small flow made by hand.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use graph::intake::Intake;
use graph::ledger::Ledger;
use graph::patterns::{self, ALERT_POINTS, Findings, Material, Sighting, WINDOWS};
use graph::segment::Segment;
use model::account::Account;
use model::money::{Currency, Money};
use model::rates::Rates;
use model::time::Timestamp;
use model::transfer::Transfer;
use proptest::prelude::*;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
/// The shape begins on this day, after which accounts have habits.
const BEGIN: i64 = 20 * DAY;

/// Seconds, payer, payee, US cents.
type Flow = (i64, String, String, i64);

fn flow(at: i64, from: &str, to: &str, dollars: i64) -> Flow {
    (at, from.to_owned(), to.to_owned(), dollars * 100)
}

/// Sixty neighbours who pay small sums to the same few others, each in his own rhythm.
fn neighbours() -> Vec<Flow> {
    let mut flows = Vec::new();
    let mut state = 7_u64;
    let mut draw = |most: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most
    };
    for _ in 0..1_800 {
        let from = draw(60);
        let to = (from + 1 + draw(4) * 7) % 60;
        let cents = 500 + draw(95) * draw(95);
        flows.push((draw(30 * 86_400) as i64, format!("n{from}"), format!("n{to}"), cents as i64));
    }
    flows
}

fn segment(flows: &[Flow]) -> Vec<u8> {
    let mut flows: Vec<&Flow> = flows.iter().collect();
    flows.sort_by_key(|flow| flow.0);
    let mut intake = Intake::new(Vec::new());
    for (number, (second, from, to, cents)) in flows.into_iter().enumerate() {
        let account = |name: &str| Account::parse("BANK", name).unwrap();
        let money = Money::new(*cents, Currency::USD);
        intake.take(&Transfer {
            id: number.to_string().into(),
            at: Timestamp::from_seconds(*second).unwrap(),
            from: account(from),
            to: account(to),
            sent: money,
            received: money,
            format: "".into(),
        });
    }
    intake.finish()
}

fn find(flows: &[Flow], window: i64) -> (Findings, Vec<String>) {
    let bytes = segment(flows);
    let rates = Rates::default();
    let ledger = Ledger::new(vec![Segment::parse(&bytes).unwrap()], &rates).unwrap();
    let borders = vec![None; ledger.account_count()];
    let material = Material { ledger: &ledger, borders: &borders, complained: &[], rates: &rates };
    let found = patterns::find(&material, window, ALERT_POINTS);
    let names = found.findings.iter().map(|finding| {
        let accounts = finding.accounts.iter().map(|n| ledger.account(*n).number().to_owned());
        format!("{} {}", finding.name, accounts.collect::<Vec<_>>().join(" "))
    });
    let names = names.collect();
    (found, names)
}

/// The shape among the neighbours is found under its name and holds the accounts.
fn check(shape: Vec<Flow>, name: &str, accounts: &str) {
    let flows: Vec<Flow> = neighbours().into_iter().chain(shape).collect();
    let (_, found) = find(&flows, WINDOWS[3]);
    let holds = |line: &&String| {
        let mut words = line.split(' ');
        words.next() == Some(name) && {
            let held: Vec<&str> = words.collect();
            accounts.split(' ').all(|account| held.contains(&account))
        }
    };
    assert!(found.iter().any(|line| holds(&line)), "{name} with {accounts}: {found:#?}");
}

/// Nothing among the neighbours is an alert.
fn check_quiet(lawful: Vec<Flow>) {
    let flows: Vec<Flow> = neighbours().into_iter().chain(lawful).collect();
    let (_, found) = find(&flows, WINDOWS[3]);
    assert!(found.is_empty(), "{found:#?}");
}

/// Victims pay to a collector within an hour.
fn victims(collector: &str, dollars: i64) -> Vec<Flow> {
    let pay = |n: i64| flow(BEGIN + n * 700, &format!("n{}", n + 3), collector, dollars / 4);
    (0..4).map(pay).collect()
}

fn chain() -> Vec<Flow> {
    let mut flows = victims("c", 8_000);
    flows.push(flow(BEGIN + 2 * HOUR, "c", "m1", 7_700));
    flows.push(flow(BEGIN + 3 * HOUR, "m1", "m2", 7_400));
    flows.push(flow(BEGIN + 5 * HOUR, "m2", "m3", 7_100));
    flows.push(flow(BEGIN + 6 * HOUR, "m3", "x", 6_900));
    flows
}

/// A collector pays to middles, each of which pays to `sinks` in turn.
fn spread(sinks: &[&str]) -> Vec<Flow> {
    let mut flows = victims("c", 12_000);
    for (n, sink) in (0..6).zip(sinks.iter().cycle()) {
        let middle = format!("m{n}");
        flows.push(flow(BEGIN + 2 * HOUR + n * 600, "c", &middle, 1_900 + n));
        flows.push(flow(BEGIN + 4 * HOUR + n * 900, &middle, sink, 1_800 + n));
    }
    flows
}

#[test]
fn a_chain_of_mules_is_found() {
    check(chain(), "mule_chain", "c m1 m2 m3 x");
}

#[test]
fn money_that_comes_back_is_a_cycle() {
    let mut flows = victims("c", 8_000);
    for (hour, from, to, dollars) in [
        (2, "c", "m1", 7_800),
        (3, "m1", "m2", 7_500),
        (4, "m2", "m3", 7_300),
        (6, "m3", "c", 7_000),
    ] {
        flows.push(flow(BEGIN + hour * HOUR, from, to, dollars));
    }
    check(flows, "cycle", "c m1 m2 m3");
}

#[test]
fn money_spread_over_many_is_a_fan_out() {
    check(spread(&["x0", "x1", "x2", "x3", "x4", "x5"]), "fan_out", "c m0 m1 m2 m3 m4 m5");
}

#[test]
fn money_that_meets_again_is_a_scatter_gather() {
    check(spread(&["x"]), "scatter_gather", "c m0 m1 m2 m3 m4 m5 x");
}

#[test]
fn collectors_of_one_account_are_a_fan_in() {
    let mut flows = Vec::new();
    for n in 0..3 {
        let collector = format!("c{n}");
        flows.extend(victims(&collector, 4_000 + n));
        flows.push(flow(BEGIN + (2 + n) * HOUR, &collector, "a", 3_800));
    }
    flows.push(flow(BEGIN + 6 * HOUR, "a", "x", 11_000));
    check(flows, "fan_in", "c0 c1 c2 a x");
}

#[test]
fn what_two_gather_and_many_share_is_a_gather_scatter() {
    let mut flows = victims("c0", 4_000);
    flows.extend(victims("c1", 4_400));
    flows.push(flow(BEGIN + 2 * HOUR, "c0", "a", 3_900));
    flows.push(flow(BEGIN + 2 * HOUR + 60, "c1", "a", 4_250));
    for n in 0..5 {
        flows.push(flow(BEGIN + 3 * HOUR + n * 600, "a", &format!("m{n}"), 1_550 + n));
        flows.push(flow(BEGIN + 5 * HOUR + n * 600, &format!("m{n}"), "x", 1_490 + n));
    }
    check(flows, "gather_scatter", "c0 c1 a m0 m1 m2 m3 m4");
}

#[test]
fn layers_of_accounts_are_a_stack() {
    let mut flows = victims("c0", 8_000);
    flows.extend(victims("c1", 8_400));
    let mut layer = |from: [&str; 2], to: [&str; 2], hours: i64, dollars: i64| {
        for (n, (from, to)) in (0..).zip(from.iter().flat_map(|f| to.iter().map(move |t| (f, t)))) {
            flows.push(flow(BEGIN + hours * HOUR + n * 500, from, to, dollars + 7 * n));
        }
    };
    layer(["c0", "c1"], ["u0", "u1"], 2, 3_950);
    layer(["u0", "u1"], ["v0", "v1"], 4, 3_800);
    layer(["v0", "v1"], ["w0", "w1"], 6, 3_650);
    check(flows, "stack", "c0 c1 u0 u1 v0 v1 w0 w1");
}

#[test]
fn a_payroll_is_no_alert() {
    let pay = |n: i64| flow(BEGIN + n * 60, "firm", &format!("n{n}"), 400 + 13 * n);
    check_quiet((0..40).map(pay).collect());
}

#[test]
fn a_saving_circle_is_no_alert() {
    let mut flows = Vec::new();
    for round in 0..4_i64 {
        let host = format!("n{}", round * 5);
        for member in (0..10).filter(|member| *member != round) {
            let at = BEGIN + round * 2 * DAY + member * 2 * HOUR;
            flows.push(flow(at, &format!("n{}", member * 5), &host, 200));
        }
    }
    check_quiet(flows);
}

#[test]
fn a_supply_loop_is_no_alert() {
    let loops = [(0, "f1", "f2", 3_600), (15, "f2", "f3", 2_400), (80, "f3", "f4", 3_900)];
    let mut flows: Vec<Flow> =
        loops.iter().map(|(hour, a, b, d)| flow(BEGIN + hour * HOUR, a, b, *d)).collect();
    flows.push(flow(BEGIN + 150 * HOUR, "f4", "f1", 1_900));
    check_quiet(flows);
}

#[test]
fn a_family_that_helps_each_other_is_no_alert() {
    let help = [(0, "n1", "n20", 900), (70, "n20", "n33", 1_400), (120, "n33", "n1", 600)];
    check_quiet(help.iter().map(|(h, a, b, d)| flow(BEGIN + h * HOUR, a, b, *d)).collect());
}

#[test]
fn a_merchant_is_no_alert() {
    let buy = |n: i64| flow(BEGIN + n * 900, &format!("n{}", n % 60), "shop", 20 + n % 90);
    check_quiet((0..400).map(buy).collect());
}

#[test]
fn a_short_window_sees_no_slow_chain() {
    let flows: Vec<Flow> = neighbours().into_iter().chain(chain()).collect();
    let name = |window| find(&flows, window).1.iter().any(|line| line.starts_with("mule_chain"));
    assert!(name(WINDOWS[0]) && !name(600_000_000));
}

#[test]
fn reasons_add_up_to_the_points() {
    let flows: Vec<Flow> = neighbours().into_iter().chain(chain()).collect();
    for finding in find(&flows, WINDOWS[3]).0.findings {
        let sum: f64 = finding.reasons.iter().map(|reason| reason.points).sum();
        assert!((sum - finding.points).abs() < 1e-9 && sum >= ALERT_POINTS, "{finding:#?}");
    }
}

#[test]
fn payments_to_oneself_and_of_nothing_are_borne() {
    let mut flows = chain();
    for n in 0..50 {
        flows.push(flow(BEGIN + n * 60, "c", "c", 5_000));
        flows.push(flow(BEGIN + n * 61, "m1", "m2", 0));
        flows.push(flow(BEGIN + n * 62, "m2", "m1", 0));
    }
    let (found, _) = find(&flows, WINDOWS[3]);
    assert!(found.findings.iter().all(|finding| finding.points.is_finite()));
}

/// A hub's own books are read back over a bounded stretch only, so a million transfers through one
/// account end.
#[test]
fn a_million_transfers_through_one_account_end() {
    let mut flows = Vec::with_capacity(1_000_000);
    for n in 0..500_000_i64 {
        flows.push((n * 2, format!("p{}", n % 5_000), "hub".to_owned(), 1_000 + n % 977));
        flows.push((n * 2 + 1, "hub".to_owned(), format!("q{}", n % 5_000), 1_000 + n % 977));
    }
    let (found, _) = find(&flows, WINDOWS[3]);
    assert!(found.findings.iter().all(|finding| finding.transfers.len() < 100_000));
}

/// All sightings, in the order of their closing transfers.
fn sightings(flows: &[Flow]) -> Vec<Sighting> {
    let (found, _) = find(flows, WINDOWS[3]);
    let mut all: Vec<Sighting> = found.findings.into_iter().flat_map(|f| f.sightings).collect();
    all.sort_by(|a, b| (a.closing, a.shape, &a.transfers).cmp(&(b.closing, b.shape, &b.transfers)));
    all
}

fn some_flows() -> impl Strategy<Value = Vec<Flow>> {
    let one = (0..40 * DAY, 0..9_u8, 0..9_u8, 1..5_i64);
    proptest::collection::vec(one, 1..60).prop_map(|flows| {
        let name = |(at, from, to, hundreds): (i64, u8, u8, i64)| {
            flow(at, &format!("a{from}"), &format!("a{to}"), hundreds * 500)
        };
        flows.into_iter().map(name).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn later_transfers_never_change_earlier_sightings(more in some_flows(), cut in 0..40 * DAY) {
        let mut flows: Vec<Flow> =
            chain().into_iter().chain(spread(&["x"])).chain(more).collect();
        flows.sort_by_key(|flow| flow.0);
        let early: Vec<Flow> = flows.iter().filter(|flow| flow.0 <= cut).cloned().collect();
        if !early.is_empty() {
            let before = sightings(&early);
            let mut after = sightings(&flows);
            after.retain(|sighting| (sighting.closing as usize) < early.len());
            prop_assert_eq!(before, after);
        }
    }

    #[test]
    fn the_order_of_the_input_does_not_matter(more in some_flows()) {
        let mut flows: Vec<Flow> = chain().into_iter().chain(more).collect();
        // Of equal time the order of the file counts; here no two times are equal.
        flows.sort_by_key(|flow| flow.0);
        flows.dedup_by_key(|flow| flow.0);
        let one = find(&flows, WINDOWS[3]);
        flows.reverse();
        prop_assert_eq!(one, find(&flows, WINDOWS[3]));
    }
}
