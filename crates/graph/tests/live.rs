//! Transfers that come one by one: what is told is what all of them at once tell.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use graph::intake::Intake;
use graph::ledger::{Ledger, LedgerError};
use graph::live::Live;
use graph::patterns::{self, ALERT_POINTS, Findings, Material, WINDOWS};
use graph::segment::Segment;
use graph::trace::{Question, Rule, Tainted, Trace};
use model::account::Account;
use model::money::{Currency, Money};
use model::rates::Rates;
use model::time::Timestamp;
use model::transfer::Transfer;
use proptest::prelude::*;

/// Hours, payer, payee, amount, currency, whether a victim complained of it.
type Flow = (i64, usize, usize, i64, usize, bool);

fn transfer(number: usize, flow: &Flow) -> Transfer {
    let (hour, from, to, amount, currency, _) = *flow;
    let account = |name: usize| Account::parse("BANK", &format!("A{name}")).unwrap();
    let money = match currency {
        1 => Money::new(amount * 25_000, Currency::parse("VND").unwrap()),
        _ => Money::new(amount * 100, Currency::USD),
    };
    Transfer {
        id: number.to_string().into(),
        at: Timestamp::from_seconds(hour * 3_600).unwrap(),
        from: account(from),
        to: account(to),
        sent: money,
        received: money,
        format: "wire".into(),
    }
}

fn segment(flows: &[Flow]) -> Vec<u8> {
    let mut intake = Intake::new(Vec::new());
    for (number, flow) in flows.iter().enumerate() {
        intake.take(&transfer(number, flow));
    }
    intake.finish()
}

/// Something equal within one country, told by the account's name.
fn border(ledger: &Ledger<'_>, account: u32) -> Option<u32> {
    let name = ledger.account(account).number().to_owned();
    match name.bytes().last() {
        Some(b'0') | None => None,
        Some(last) => Some(u32::from(last % 2)),
    }
}

/// Findings with names for accounts: their numbers depend on which file named them first.
fn told(findings: &Findings, ledger: &Ledger<'_>) -> Vec<String> {
    let one = |finding: &patterns::Finding| {
        let mut names: Vec<String> =
            finding.accounts.iter().map(|one| ledger.account(*one).to_string()).collect();
        names.sort();
        let (transfers, sightings) = (&finding.transfers, &finding.sightings);
        format!("{} {transfers:?} {names:?} {sightings:?}", finding.name)
    };
    findings.findings.iter().map(one).collect()
}

fn rests(traces: &[Trace], ledger: &Ledger<'_>) -> Vec<String> {
    let one = |trace: &Trace| {
        let mut rests: Vec<String> = trace
            .resting
            .iter()
            .map(|rest| {
                let name = ledger.account(rest.account);
                format!("{name} {} {} {:?}", rest.tainted_minor, rest.since, rest.seeds)
            })
            .collect();
        rests.sort();
        format!("{:?} {rests:?} {:?} {:?}", trace.rule, trace.transfers, trace.cut)
    };
    traces.iter().map(one).collect()
}

fn complained(flows: &[Flow]) -> Vec<u32> {
    (0..).zip(flows).filter(|(_, flow)| flow.5).map(|(number, _)| number).collect()
}

/// What the last of these transfers carried, all of them taken at once.
fn carried(flows: &[Flow]) -> Vec<(Rule, Tainted)> {
    let bytes = segment(flows);
    let ledger = Ledger::new(vec![Segment::parse(&bytes).unwrap()], &Rates::default()).unwrap();
    let traces = Question::new(&ledger, &complained(flows)).follow(&Rule::ALL);
    let last = flows.len() as u32 - 1;
    let one = |trace: &Trace| {
        let told = trace.transfers.iter().find(|one| one.entry == last)?;
        Some((trace.rule, *told))
    };
    let mut told: Vec<(Rule, Tainted)> = traces.iter().filter_map(one).collect();
    // Poison is told last: it has no amounts.
    told.sort_by_key(|(rule, _)| *rule == Rule::Poison);
    told
}

/// All flows at once, and the first of them at once and the rest one by one, tell the same; and
/// each step tells just what all transfers up to it tell.
fn check(flows: &[Flow], first: usize) {
    let rates = Rates::default();
    let whole = segment(flows);
    let ledger = Ledger::new(vec![Segment::parse(&whole).unwrap()], &rates).unwrap();
    let borders: Vec<Option<u32>> =
        (0..ledger.account_count() as u32).map(|account| border(&ledger, account)).collect();
    let seeds = complained(flows);
    let material =
        Material { ledger: &ledger, borders: &borders, complained: &seeds, rates: &rates };
    let findings = patterns::find(&material, WINDOWS[3], ALERT_POINTS);
    let traces = Question::new(&ledger, &seeds).follow(&Rule::ALL);

    let begun = segment(&flows[..first]);
    let base = Ledger::new(vec![Segment::parse(&begun).unwrap()], &rates).unwrap();
    let known = complained(&flows[..first]);
    let mut live = Live::new(base, &known, Box::new(border), &rates, WINDOWS[3]);
    for (number, flow) in flows.iter().enumerate().skip(first) {
        let news = live.take(&transfer(number, flow), flow.5).unwrap();
        assert_eq!(news.number as usize, number);
        let told = carried(&flows[..=number]);
        assert_eq!(news.carried, told, "of {number}");
    }
    let held = live.ledger();
    assert_eq!(held.len(), ledger.len());
    assert_eq!(held.unrated(), ledger.unrated());
    for number in 0..ledger.len() as u32 {
        let (one, other) = (held.entry(number).unwrap(), ledger.entry(number).unwrap());
        assert_eq!((one.at, one.sent, one.received), (other.at, other.sent, other.received));
        assert_eq!((one.out_minor, one.in_minor), (other.out_minor, other.in_minor));
        assert_eq!(held.id(number), ledger.id(number));
        assert_eq!(held.format(number), ledger.format(number));
    }
    for account in 0..ledger.account_count() as u32 {
        let same = held.number(&ledger.account(account)).unwrap();
        assert_eq!(held.account(same), ledger.account(account));
        assert_eq!(held.currency(same), ledger.currency(account));
        assert_eq!(held.outgoing(same), ledger.outgoing(account));
        assert_eq!(held.incoming(same), ledger.incoming(account));
    }
    assert_eq!(told(&live.findings(), held), told(&findings, &ledger));
    let (held, live) = live.into_traces();
    assert_eq!(rests(&live, &held), rests(&traces, &ledger));
}

/// Flows in time order: among few accounts shapes and mixed books are common, among many there are
/// roads that never meet; in one currency no account's own ever changes.
fn flows() -> impl Strategy<Value = Vec<Flow>> {
    let kinds = prop_oneof![Just((8, 3)), Just((8, 1)), Just((40, 1)), Just((40, 3))];
    kinds.prop_flat_map(|(accounts, currencies)| flows_among(accounts, currencies))
}

fn flows_among(accounts: usize, currencies: usize) -> impl Strategy<Value = Vec<Flow>> {
    let (from, to) = (0..accounts, 0..accounts);
    let flow = (0_i64..3, from, to, 1_i64..400, 0..currencies, 0_u8..6);
    proptest::collection::vec(flow, 1..60).prop_map(|drawn| {
        let mut hour = 0;
        let flow = |(wait, from, to, amount, currency, complaint)| {
            hour += wait;
            (hour, from, to, amount, currency, complaint == 0)
        };
        drawn.into_iter().map(flow).collect()
    })
}

/// Complaints that come late, between transfers and in any order, tell what they tell when they
/// are known from the start; each tells what its payment carries then.
fn check_late(flows: &[Flow], first: usize, order: &[usize]) {
    let rates = Rates::default();
    let begun = segment(&flows[..first]);
    let base = || Ledger::new(vec![Segment::parse(&begun).unwrap()], &rates).unwrap();
    let mut live = Live::new(base(), &[], Box::new(border), &rates, WINDOWS[3]);
    let mut so_far = flows.to_vec();
    so_far.iter_mut().for_each(|flow| flow.5 = false);
    let mut order = order.iter().copied().filter(|one| flows.get(*one).is_some_and(|f| f.5));
    for number in first..=flows.len() {
        if let Some(flow) = flows.get(number) {
            live.take(&transfer(number, flow), false).unwrap();
        }
        let Some(payment) = order.next().filter(|one| *one < live.ledger().len()) else {
            continue;
        };
        so_far[payment].5 = true;
        let news = live.complain(payment as u32);
        let bytes = segment(&so_far[..live.ledger().len()]);
        let known = Ledger::new(vec![Segment::parse(&bytes).unwrap()], &rates).unwrap();
        let traces = Question::new(&known, &complained(&so_far)).follow(&Rule::ALL);
        let carried = |trace: &Trace| {
            let told = trace.transfers.iter().find(|one| one.entry == news.number)?;
            Some((trace.rule, *told))
        };
        let mut told: Vec<(Rule, Tainted)> = traces.iter().filter_map(carried).collect();
        told.sort_by_key(|(rule, _)| *rule == Rule::Poison);
        assert_eq!(news.carried, told);
    }
    let known = complained(&so_far[..first]);
    let mut early = Live::new(base(), &known, Box::new(border), &rates, WINDOWS[3]);
    for (number, flow) in so_far.iter().enumerate().skip(first) {
        early.take(&transfer(number, flow), flow.5).unwrap();
    }
    assert_eq!(live.findings(), early.findings());
    let whole = segment(&so_far);
    let ledger = Ledger::new(vec![Segment::parse(&whole).unwrap()], &rates).unwrap();
    let traces = Question::new(&ledger, &complained(&so_far)).follow(&Rule::ALL);
    let (held, late) = live.into_traces();
    assert_eq!(rests(&late, &held), rests(&traces, &ledger));
}

proptest! {
    #[test]
    fn one_by_one_tells_what_all_at_once_tell(flows in flows(), first in 0_usize..60) {
        check(&flows, first.min(flows.len()));
    }

    #[test]
    fn complaints_that_come_late_tell_what_they_tell_from_the_start(
        flows in flows(),
        first in 0_usize..60,
        order in Just((0..60).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        check_late(&flows, first.min(flows.len()), &order);
    }
}

/// A collector and its chain, after weeks in which everybody paid somebody.
fn ring() -> Vec<Flow> {
    let mut flows: Vec<Flow> = (0..600)
        .map(|n: i64| (n, (n % 7) as usize, (n * 3 % 7 + 8) as usize, 5, 0, false))
        .collect();
    flows.extend((0..5).map(|n| (601, n, 20, 2_000, 0, n == 0)));
    flows.extend([(602, 20, 21, 9_600, 0, false), (603, 21, 22, 9_300, 0, false)]);
    flows.extend([(604, 22, 23, 9_000, 0, false), (605, 23, 24, 8_800, 0, false)]);
    flows
}

#[test]
fn a_ring_is_told_when_it_shows() {
    let flows = ring();
    check(&flows, 600);
    check(&flows, 604);
    let rates = Rates::default();
    let bytes = segment(&flows[..600]);
    let base = Ledger::new(vec![Segment::parse(&bytes).unwrap()], &rates).unwrap();
    let mut live = Live::new(base, &[], Box::new(|_, _| None), &rates, WINDOWS[3]);
    let mut seen = Vec::new();
    for (number, flow) in flows.iter().enumerate().skip(600) {
        let news = live.take(&transfer(number, flow), flow.5).unwrap();
        seen.push((news.carried.len(), !news.sightings.is_empty()));
    }
    // The complained payment is the first; what leaves the collector carries some of it.
    assert_eq!(seen[0], (6, false));
    assert!(seen[1..5].iter().all(|(carried, _)| *carried == 0));
    assert!(seen[5..].iter().all(|(carried, _)| *carried > 0), "{seen:?}");
    assert!(seen[5..].iter().any(|(_, is_seen)| *is_seen), "{seen:?}");
}

#[test]
fn a_complaint_that_comes_later_is_as_if_it_had_been_there() {
    let mut flows = ring();
    let rates = Rates::default();
    let bytes = segment(&flows);
    let base = || Ledger::new(vec![Segment::parse(&bytes).unwrap()], &rates).unwrap();
    let mut late = Live::new(base(), &complained(&flows), Box::new(border), &rates, WINDOWS[3]);
    late.complain(602);
    flows[602].5 = true;
    let early = Live::new(base(), &complained(&flows), Box::new(border), &rates, WINDOWS[3]);
    assert_eq!(late.findings(), early.findings());
    assert_eq!(late.into_traces().1, early.into_traces().1);
}

#[test]
fn what_is_earlier_or_beyond_counting_is_refused() {
    let flows: Vec<Flow> = vec![(5, 1, 2, 10, 0, false)];
    let bytes = segment(&flows);
    let rates = Rates::default();
    let mut ledger = Ledger::new(vec![Segment::parse(&bytes).unwrap()], &rates).unwrap();
    let early = transfer(1, &(4, 1, 2, 10, 0, false));
    assert!(matches!(ledger.append(&early), Err(LedgerError::NotLater(_))));
    let mut large = transfer(1, &(6, 1, 2, 10, 0, false));
    large.sent = Money::new(i64::MAX, Currency::USD);
    large.received = large.sent;
    assert!(matches!(ledger.append(&large), Err(LedgerError::Sum(_))));
    assert_eq!(ledger.len(), 1, "what is refused is not held");
    let to_oneself = transfer(1, &(6, 9, 9, 10, 0, false));
    assert_eq!(ledger.append(&to_oneself).unwrap().number, 1);
    assert_eq!(ledger.account_count(), 3);
}
