//! Patterns that an officer describes: found where they are, not found where one word is missing,
//! the same as by trying everything, and never told from what comes later.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use graph::described::{
    self, Fault, Findings, Many, Material, Part, Pattern, Role, Sighting, Step, Terms, UsdRange,
};
use graph::intake::Intake;
use graph::ledger::Ledger;
use graph::segment::Segment;
use model::account::Account;
use model::country::Country;
use model::holding::HoldingKind;
use model::money::{Currency, Money};
use model::rates::Rates;
use model::time::Timestamp;
use model::transfer::Transfer;
use proptest::prelude::*;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
const MICROSECONDS: i64 = 1_000_000;

/// Seconds, payer, payee, US dollars. An account whose name begins with a capital is abroad.
type Flow = (i64, &'static str, &'static str, i64);

fn segment(flows: &[Flow]) -> Vec<u8> {
    let mut flows = flows.to_vec();
    flows.sort_by_key(|flow| flow.0);
    let mut intake = Intake::new(Vec::new());
    for (number, (second, from, to, dollars)) in flows.into_iter().enumerate() {
        let account = |name: &str| Account::parse("BANK", name).unwrap();
        let money = Money::new(dollars * 100, Currency::USD);
        intake.take(&Transfer {
            id: number.to_string().into(),
            at: Timestamp::from_seconds(second).unwrap(),
            from: account(from),
            to: account(to),
            sent: money,
            received: money,
            format: "".into(),
        });
    }
    intake.finish()
}

/// What is found, and for each finding its accounts by role.
fn find(flows: &[Flow], pattern: &Pattern, complained: &[u32]) -> (Findings, Vec<String>) {
    let bytes = segment(flows);
    let rates = Rates::default();
    let ledger = Ledger::new(vec![Segment::parse(&bytes).unwrap()], &rates).unwrap();
    let name = |account: u32| ledger.account(account).number().to_owned();
    let country = |account: u32| match name(account).chars().next() {
        Some('0'..='9') | None => None,
        Some('X') => Country::parse("KH").ok(),
        Some(_) => Country::parse("VN").ok(),
    };
    let kind = |account: u32| match name(account).starts_with('W') {
        true => HoldingKind::Wallet,
        false => HoldingKind::Personal,
    };
    let material =
        Material { ledger: &ledger, country: &country, kind: &kind, complained, rates: &rates };
    let found = described::find(&material, pattern);
    for sighting in &found.sightings {
        assert!(described::holds(&material, pattern, sighting), "{sighting:?}");
    }
    let roles = |finding: &described::Finding| {
        let names = finding.roles.iter().map(|accounts| {
            accounts.iter().map(|account| name(*account)).collect::<Vec<_>>().join("+")
        });
        names.collect::<Vec<_>>().join(" ")
    };
    let names = found.findings.iter().map(roles).collect();
    (found, names)
}

fn step(from: usize, to: usize) -> Step {
    Step {
        from,
        to,
        many: None,
        count: 1,
        within: DAY * MICROSECONDS,
        gap: DAY * MICROSECONDS,
        part: None,
        usd: None,
        border: None,
        complained: false,
    }
}

fn pattern(names: &[&str], steps: Vec<Step>) -> Pattern {
    let role = |name: &&str| Role { name: (*name).to_owned(), ..Role::default() };
    let roles = names.iter().map(role).collect();
    Pattern::new("mine".to_owned(), 30 * DAY * MICROSECONDS, roles, steps).unwrap()
}

const PART: Option<Part> = Some(Part { least: 0.8, most: 1.0 });

/// Three victims, a collector, nine tenths of it to an account abroad within six hours.
fn collect_and_send_abroad() -> Pattern {
    let gather = Step { many: Some(Many::From), count: 3, ..step(0, 1) };
    let gap = 6 * HOUR * MICROSECONDS;
    let send = Step { border: Some(true), part: PART, gap, ..step(1, 2) };
    pattern(&["victims", "collector", "abroad"], vec![gather, send])
}

const COLLECTED: [Flow; 4] = [
    (0, "A", "C", 300),
    (HOUR, "B", "C", 400),
    (2 * HOUR, "D", "C", 300),
    (5 * HOUR, "C", "X", 900),
];

#[test]
fn gathered_money_sent_abroad_is_found_with_who_plays_which_role() {
    let (found, roles) = find(&COLLECTED, &collect_and_send_abroad(), &[]);
    assert_eq!(roles, ["A+B+D C X"]);
    let finding = &found.findings[0];
    assert_eq!((&finding.steps, &finding.closings), (&vec![vec![0, 1, 2], vec![3]], &vec![3]));
    assert!(!found.is_truncated);
}

#[test]
fn one_word_that_does_not_hold_and_nothing_is_found() {
    let changed = |place: usize, flow: Flow| {
        let mut flows = COLLECTED;
        flows[place] = flow;
        find(&flows, &collect_and_send_abroad(), &[]).1
    };
    assert!(changed(3, (9 * HOUR, "C", "X", 900)).is_empty(), "later than the gap");
    assert!(changed(3, (5 * HOUR, "C", "X", 700)).is_empty(), "less than the part");
    assert!(changed(3, (5 * HOUR, "C", "X", 1_100)).is_empty(), "more than the part");
    assert!(changed(3, (5 * HOUR, "C", "E", 900)).is_empty(), "at home");
    assert!(changed(3, (5 * HOUR, "C", "9", 900)).is_empty(), "nobody knows where");
    assert!(changed(0, (0, "B", "C", 300)).is_empty(), "two victims only");
    assert!(changed(0, (-0, "C", "A", 300)).is_empty(), "the other way round");
    assert!(changed(3, (HOUR, "C", "X", 900)).is_empty(), "before it came");
    assert_eq!(changed(3, (8 * HOUR, "C", "X", 800)), ["A+B+D C X"]);
}

#[test]
fn terms_of_roles_are_about_the_moment_of_the_transfer() {
    let flows: Vec<Flow> = vec![
        (0, "Z", "C", 5),
        (40 * DAY, "A", "C", 300),
        (40 * DAY + HOUR, "C", "W", 290),
        (41 * DAY, "A", "W", 70),
    ];
    let found = |terms: Terms, payee: Terms| {
        let roles = [("payer", terms), ("payee", payee)];
        let roles =
            roles.map(|(name, terms)| Role { name: name.to_owned(), terms, is_many: false });
        let month = 30 * DAY * MICROSECONDS;
        let mine = Pattern::new("mine".to_owned(), month, roles.to_vec(), vec![step(0, 1)]);
        find(&flows, &mine.unwrap(), &[]).1
    };
    let week = Some(7 * DAY * MICROSECONDS);
    let none = Terms::default;
    assert_eq!(found(Terms { dormant: week, ..none() }, none()), ["C W"]);
    assert_eq!(found(Terms { new: week, ..none() }, none()), ["A C", "A W"]);
    let wallets = Terms { kinds: vec![HoldingKind::Wallet], ..none() };
    assert_eq!(found(none(), wallets), ["C W", "A W"]);
    let home = vec![Country::parse("VN").unwrap()];
    assert_eq!(found(none(), Terms { countries: home.clone(), ..none() }).len(), 4);
    assert!(found(none(), Terms { outside: home, ..none() }).is_empty());
}

#[test]
fn several_middles_are_followed_each_by_itself() {
    let spread = Step { many: Some(Many::To), count: 3, ..step(0, 1) };
    let gap = 3 * HOUR * MICROSECONDS;
    let meet = Step { many: Some(Many::From), count: 3, part: PART, gap, ..step(1, 2) };
    let mine = pattern(&["source", "middles", "sink"], vec![spread, meet]);
    // Each passes on before the next is paid; M4 keeps too much, M5 pays somebody else.
    let mut flows: Vec<Flow> = Vec::new();
    for (n, middle) in (0..).zip(["M1", "M2", "M3", "M4", "M5"]) {
        flows.push((n * HOUR, "S", middle, 100 + n));
        let (to, part) = (if n == 4 { "U" } else { "T" }, if n == 3 { 20 } else { 95 });
        flows.push((n * HOUR + 1_800, middle, to, part));
    }
    let (_, roles) = find(&flows, &mine, &[]);
    assert_eq!(roles, ["S M1+M2+M3 T"]);
    flows.remove(0);
    assert!(find(&flows, &mine, &[]).1.is_empty(), "two middles only");
}

#[test]
fn amounts_complaints_and_repeated_transfers_are_told_apart() {
    let range = UsdRange { least: 900_000, most: 999_999 };
    let split = Step { count: 3, usd: Some(range), ..step(0, 1) };
    let mine = pattern(&["payer", "payee"], vec![split]);
    let day = |n: i64, dollars: i64| (n * HOUR, "P", "Q", dollars);
    let flows = [day(1, 9_500), day(2, 9_900), day(3, 10_500), day(4, 9_100)];
    let (found, _) = find(&flows, &mine, &[]);
    assert_eq!(found.findings[0].steps, [vec![0, 1, 3]]);
    assert!(find(&flows[..3], &mine, &[]).1.is_empty());
    let complained = pattern(&["payer", "payee"], vec![Step { complained: true, ..step(0, 1) }]);
    let (found, _) = find(&flows, &complained, &[2]);
    assert_eq!(found.findings[0].steps, [vec![2]]);
}

#[test]
fn what_an_account_pays_again_and_again_is_one_finding() {
    let mut flows = COLLECTED.to_vec();
    flows.extend([
        (DAY, "E", "C", 500),
        (DAY + HOUR, "F", "C", 400),
        (DAY + 2 * HOUR, "G", "C", 10),
    ]);
    flows.push((DAY + 3 * HOUR, "C", "X", 900));
    let (found, roles) = find(&flows, &collect_and_send_abroad(), &[]);
    assert_eq!(roles, ["A+B+D C X", "E+F+G C X"], "nothing is shared");
    flows.push((DAY + 4 * HOUR, "C", "X", 10));
    assert_eq!(find(&flows, &collect_and_send_abroad(), &[]).1, roles);
    assert_eq!(found.findings.len(), 2);
}

#[test]
fn a_description_that_says_nothing_whole_is_refused() {
    let role = |name: &str| Role { name: name.to_owned(), ..Role::default() };
    let new = |steps: Vec<Step>| {
        let roles = ["a", "b", "c", "d"].map(role).to_vec();
        Pattern::new("mine".to_owned(), DAY, roles, steps).unwrap_err()
    };
    assert_eq!(new(Vec::new()), Fault::Steps);
    assert_eq!(new(vec![step(0, 1); 9]), Fault::Steps);
    assert_eq!(new(vec![step(1, 1)]), Fault::Itself(0));
    assert_eq!(new(vec![step(0, 1), step(2, 3)]), Fault::Unconnected(0));
    assert_eq!(new(vec![Step { count: 0, ..step(0, 1) }]), Fault::Count(0));
    assert_eq!(new(vec![Step { gap: -1, ..step(0, 1) }]), Fault::Span(0));
    let (from, to) = (Some(Many::From), Some(Many::To));
    let both = vec![Step { many: from, ..step(0, 1) }, Step { many: to, ..step(2, 1) }];
    assert_eq!(new(both), Fault::BothMany(0).clone());
}

#[test]
fn a_busy_place_is_cut_and_said_so() {
    let mut flows: Vec<Flow> = Vec::new();
    for second in 0..1_500 {
        flows.push((second, if second % 2 == 0 { "A" } else { "B" }, "HUB", 10));
    }
    flows.push((1_600, "HUB", "X", 9));
    let (found, _) = find(&flows, &collect_and_send_abroad(), &[]);
    assert!(found.is_truncated && found.findings.is_empty());
}

/// All ways in which single transfers make a pattern of steps that each take one.
fn tried(flows: usize, steps: usize) -> Vec<Vec<u32>> {
    let mut ways: Vec<Vec<u32>> = vec![Vec::new()];
    for _ in 0..steps {
        let longer = |way: &Vec<u32>| {
            let from = way.last().map_or(0, |last| last + 1);
            (from..flows as u32).map(|next| [way.clone(), vec![next]].concat()).collect::<Vec<_>>()
        };
        ways = ways.iter().flat_map(longer).collect();
    }
    ways
}

const NAMES: [&str; 5] = ["A", "B", "C", "X", "W"];

fn flows() -> impl Strategy<Value = Vec<Flow>> {
    let flow = (0_usize..5, 0_usize..5, 1_i64..8, 0_i64..6);
    proptest::collection::vec(flow, 1..14).prop_map(|drawn| {
        let mut second = 0;
        let flow = |(from, to, tens, wait): (usize, usize, i64, i64)| {
            second += wait * HOUR;
            (second, NAMES[from], NAMES[to], tens * 10)
        };
        drawn.into_iter().map(flow).collect()
    })
}

fn triples() -> impl Strategy<Value = Pattern> {
    let side = (0_usize..4, 1_usize..4, any::<bool>(), 1_i64..30);
    proptest::collection::vec(side, 1..4).prop_filter_map("connected", |drawn| {
        let steps = drawn.into_iter().map(|(from, further, has_part, hours)| Step {
            part: has_part.then_some(Part { least: 0.5, most: 1.0 }),
            gap: hours * HOUR * MICROSECONDS,
            ..step(from, (from + further) % 4)
        });
        let role = |name: &str| Role { name: name.to_owned(), ..Role::default() };
        let roles = ["a", "b", "c", "d"].map(role).to_vec();
        Pattern::new("mine".to_owned(), 3 * DAY * MICROSECONDS, roles, steps.collect()).ok()
    })
}

proptest! {
    /// A transfer completes a pattern of single transfers exactly where trying everything says so.
    #[test]
    fn the_search_finds_what_trying_everything_finds(flows in flows(), pattern in triples()) {
        let names = |role: usize| {
            pattern.steps().iter().any(|step| step.from == role || step.to == role)
        };
        let used: Vec<usize> = (0..4).filter(|role| names(*role)).collect();
        let bytes = segment(&flows);
        let rates = Rates::default();
        let ledger = Ledger::new(vec![Segment::parse(&bytes).unwrap()], &rates).unwrap();
        let material = Material {
            ledger: &ledger,
            country: &|_| None,
            kind: &|_| HoldingKind::Unknown,
            complained: &[],
            rates: &rates,
        };
        // Roles that no step names cannot be told by trying: the pattern is made anew without them.
        let place = |role: usize| used.iter().position(|one| *one == role).unwrap();
        let again = pattern.steps().iter().map(|step| Step {
            from: place(step.from),
            to: place(step.to),
            ..step.clone()
        });
        let roles = vec![Role::default(); used.len()];
        let within = pattern.within();
        let pattern = Pattern::new("mine".to_owned(), within, roles, again.collect()).unwrap();
        let mut expected: Vec<u32> = tried(flows.len(), pattern.steps().len())
            .into_iter()
            .filter_map(|way| {
                let mut roles: Vec<Vec<u32>> = vec![Vec::new(); pattern.roles().len()];
                for (step, entry) in pattern.steps().iter().zip(&way) {
                    let sides = [(step.from, ledger.from(*entry)), (step.to, ledger.to(*entry))];
                    for (role, account) in sides {
                        roles[role].push(account);
                        roles[role].dedup();
                    }
                }
                if roles.iter().any(|accounts| accounts.len() != 1) {
                    return None;
                }
                let closing = *way.last()?;
                let steps = way.into_iter().map(|entry| vec![entry]).collect();
                let sighting = Sighting { closing, roles, steps };
                described::holds(&material, &pattern, &sighting).then_some(closing)
            })
            .collect();
        expected.sort_unstable();
        expected.dedup();
        let found = described::find(&material, &pattern);
        let closings: Vec<u32> = found.sightings.iter().map(|one| one.closing).collect();
        prop_assert_eq!(closings, expected);
        prop_assert!(found.sightings.iter().all(|one| described::holds(&material, &pattern, one)));
    }

    /// What is told from the first transfers stays as it is when more follow.
    #[test]
    fn nothing_is_told_from_what_comes_later(flows in flows(), cut in 0_usize..14) {
        let mine = collect_and_send_abroad();
        let chain = pattern(&["a", "b", "c"], vec![step(0, 1), Step { part: PART, ..step(1, 2) }]);
        let cut = cut.min(flows.len());
        for mine in [mine, chain] {
            let (all, _) = find(&flows, &mine, &[]);
            let (first, _) = find(&flows[..cut], &mine, &[]);
            let until: Vec<Sighting> =
                all.sightings.into_iter().filter(|one| (one.closing as usize) < cut).collect();
            prop_assert_eq!(first.sightings.len(), until.len());
            prop_assert!(first.sightings.iter().zip(&until).all(|(a, b)| a.steps == b.steps));
        }
    }
}
