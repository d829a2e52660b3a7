//! The feature engine against a slow reference that computes every row from scratch.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};

use graph::features::config::{Bins, Config, Limits, Windows};
use graph::features::engine::{Engine, Transfer};
use graph::features::slices;
use proptest::prelude::*;

/// Windows of different lengths, in the same unit as the times below.
fn config(windows: [i64; 4], bins: &[u32]) -> Config {
    let [counts, scatter_gather, temporal_cycles, simple_cycles] = windows;
    Config {
        windows: Windows { counts, scatter_gather, temporal_cycles, simple_cycles },
        bins: Bins::new(bins).unwrap(),
        temporal_hops: 5,
        simple_hops: 4,
        limits: Limits { scatter_gather: 1_000_000, reach: 1_000_000, cycles: 1_000_000 },
    }
}

/// Transfers in time order between few accounts, some to oneself, with many ties in time.
fn flow(accounts: u32, most: usize) -> impl Strategy<Value = Vec<Transfer>> {
    // Low numbers are drawn more often: there are hubs.
    let account = (0..accounts, 0..accounts).prop_map(|(one, two)| one.min(two));
    let transfer = (0_i64..4, account.clone(), account, 0_i64..2_000);
    proptest::collection::vec(transfer, 1..most).prop_map(|rows| {
        let mut at = 1_735_000_000;
        let mut made = Vec::new();
        for (later, from, to, amount) in rows {
            at += later;
            made.push(Transfer { at, from, to, amount });
        }
        made
    })
}

fn rows(flow: &[Transfer], config: &Config) -> Vec<Vec<f64>> {
    let mut engine = Engine::new(config.clone());
    flow.iter().map(|transfer| engine.push(transfer).to_vec()).collect()
}

/// Everything again from the transfers up to this one.
fn reference(past: &[Transfer], config: &Config) -> Vec<f64> {
    let now = *past.last().unwrap();
    let within = |window: i64| -> Vec<Transfer> {
        let real = past.iter().filter(|one| one.from != one.to && one.at >= now.at - window);
        real.copied().collect()
    };
    let starts = config.bins.starts();
    let mut patterns = vec![vec![0.0; starts.len()]; 7];
    let mut add = |pattern: usize, size: usize| {
        if let Some(bin) = starts.iter().rposition(|start| *start as usize <= size) {
            patterns[pattern][bin] += 1.0;
        }
    };
    let counted = within(config.windows.counts);
    let out = |account: u32| counted.iter().filter(move |one| one.from == account);
    let into = |account: u32| counted.iter().filter(move |one| one.to == account);
    if now.from != now.to {
        add(0, into(now.to).map(|one| one.from).collect::<BTreeSet<_>>().len());
        add(1, out(now.from).map(|one| one.to).collect::<BTreeSet<_>>().len());
        add(2, into(now.to).count());
        add(3, out(now.from).count());
        scatter_gathers(&within(config.windows.scatter_gather), now)
            .into_iter()
            .for_each(|size| add(4, size));
        let temporal = within(config.windows.temporal_cycles);
        cycles(&temporal, now, config.temporal_hops, true).into_iter().for_each(|n| add(5, n));
        let simple = within(config.windows.simple_cycles);
        cycles(&simple, now, config.simple_hops, false).into_iter().for_each(|n| add(6, n));
    }
    let mut row: Vec<f64> = patterns.into_iter().flatten().collect();
    for account in [now.from, now.to] {
        row.extend(book(out(account).map(|one| (one.to, one.amount)).collect()));
        row.extend(book(into(account).map(|one| (one.from, one.amount)).collect()));
    }
    row.extend(passing(&counted, now));
    row.extend([0.0; 3]);
    row
}

/// What the payer had received that is about as much, and what is alike.
fn passing(counted: &[Transfer], now: Transfer) -> [f64; 5] {
    if now.from == now.to {
        return [0.0; 5];
    }
    let part = |one: &Transfer| {
        let amounts = [one.amount as f64, now.amount as f64];
        let large = amounts[0].max(amounts[1]);
        if large > 0.0 { amounts[0].min(amounts[1]).max(0.0) / large } else { 0.0 }
    };
    let newest = |of: fn(&Transfer, Transfer) -> bool| -> Vec<&Transfer> {
        counted.iter().rev().filter(|one| of(one, now)).take(32).collect()
    };
    let came = newest(|one, now| one.to == now.from);
    let best = came.iter().map(|one| part(one)).fold(0.0, f64::max);
    let closest = came.iter().find(|one| best > 0.0 && part(one) == best);
    let alike = |some: Vec<&Transfer>| some.iter().filter(|one| part(one) >= 0.95).count() as f64;
    [
        best,
        closest.map_or(0.0, |one| (now.at - one.at) as f64 / 3_600e6),
        came.iter().filter(|one| part(one) >= 0.88).count() as f64,
        alike(newest(|one, now| one.to == now.to)),
        alike(newest(|one, now| one.from == now.from)),
    ]
}

fn scatter_gathers(window: &[Transfer], now: Transfer) -> Vec<usize> {
    let pairs: BTreeSet<(u32, u32)> = window.iter().map(|one| (one.from, one.to)).collect();
    let accounts: BTreeSet<u32> = window.iter().flat_map(|one| [one.from, one.to]).collect();
    let mut sizes = Vec::new();
    for origin in &accounts {
        for end in accounts.iter().filter(|end| *end != origin) {
            let between: Vec<u32> = accounts
                .iter()
                .copied()
                .filter(|middle| pairs.contains(&(*origin, *middle)))
                .filter(|middle| pairs.contains(&(*middle, *end)))
                .collect();
            let scatters = *origin == now.from && between.contains(&now.to);
            let gathers = *end == now.to && between.contains(&now.from);
            sizes.extend((scatters || gathers).then_some(between.len()).filter(|size| *size > 1));
        }
    }
    sizes
}

/// Lengths of the cycles, told apart by the accounts they pass, that end with `now`.
fn cycles(window: &[Transfer], now: Transfer, hops: u8, in_time: bool) -> Vec<usize> {
    let mut found = BTreeSet::new();
    let mut open = vec![(vec![now.to], i64::MIN)];
    while let Some((path, after)) = open.pop() {
        if path.len() >= usize::from(hops) {
            continue;
        }
        let last = *path.last().unwrap();
        let leaving = window.iter().filter(|one| one.from == last);
        for one in leaving.filter(|one| !in_time || (one.at > after && one.at < now.at)) {
            if path.contains(&one.to) {
                continue;
            }
            let longer: Vec<u32> = path.iter().copied().chain([one.to]).collect();
            if one.to == now.from {
                found.insert(longer);
            } else {
                open.push((longer, one.at));
            }
        }
        open.sort();
        open.dedup();
    }
    found.into_iter().map(|path| path.len()).collect()
}

fn book(legs: Vec<(u32, i64)>) -> [f64; 11] {
    let mut amounts: Vec<f64> = legs.iter().map(|leg| leg.1 as f64).collect();
    amounts.sort_by(f64::total_cmp);
    let (Some(least), Some(most)) = (amounts.first(), amounts.last()) else { return [0.0; 11] };
    let fan = legs.iter().map(|leg| leg.0).collect::<BTreeSet<_>>().len() as f64;
    let count = amounts.len() as f64;
    let sum: f64 = amounts.iter().sum();
    let about =
        |power: i32| amounts.iter().map(|one| (one - sum / count).powi(power)).sum::<f64>() / count;
    let median = (amounts[(amounts.len() - 1) / 2] + amounts[amounts.len() / 2]) / 2.0;
    let shape = |value: f64| if least < most { value } else { 0.0 };
    let variance = shape(about(2));
    let skew = shape(about(3) / about(2).powf(1.5));
    let kurtosis = shape(about(4) / about(2).powi(2));
    let ratio = count / fan;
    [fan, count, ratio, sum / count, sum, *least, *most, median, variance, skew, kurtosis]
}

fn assert_same(config: &Config, number: usize, fast: &[f64], slow: &[f64]) {
    assert_eq!(fast.len(), config.width());
    for ((name, fast), slow) in config.columns().iter().zip(fast).zip(slow) {
        let near = 1e-7 * fast.abs().max(slow.abs()).max(1e-2);
        assert!((fast - slow).abs() <= near, "transfer {number}, {name}: {fast}, should be {slow}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn rows_are_those_of_the_slow_reference(
        flow in flow(9, 60),
        windows in (1_i64..60, 1_i64..60, 1_i64..60, 1_i64..60),
    ) {
        let (counts, scatter, temporal, simple) = windows;
        let config = config([counts, scatter, temporal, simple], &[2, 3, 5, 9]);
        for (number, row) in rows(&flow, &config).iter().enumerate() {
            assert_same(&config, number, row, &reference(&flow[..=number], &config));
        }
    }

    #[test]
    fn equal_windows_give_the_same_too(flow in flow(7, 50), window in 5_i64..80) {
        let mut config = config([window, window / 2, window, window], &[2, 3, 4, 5, 6]);
        config.simple_hops = config.temporal_hops;
        for (number, row) in rows(&flow, &config).iter().enumerate() {
            assert_same(&config, number, row, &reference(&flow[..=number], &config));
        }
    }

    #[test]
    fn slices_of_time_give_exactly_the_rows_of_one_thread(
        flow in flow(12, 400),
        threads in 2_usize..5,
        window in 10_i64..200,
    ) {
        let config = config([window, window / 3, window, window / 2], &[2, 3, 5, 9]);
        let take = |sink: &mut Vec<(usize, Vec<f64>)>, number: usize, row: &[f64]| {
            sink.push((number, row.to_vec()));
        };
        let sliced = slices::run(&flow, &config, threads, |_| Vec::new(), take);
        let whole = rows(&flow, &config).into_iter().enumerate().collect::<Vec<_>>();
        let sliced = sliced.concat();
        prop_assert_eq!(sliced.len(), whole.len());
        for (one, other) in sliced.into_iter().zip(whole) {
            prop_assert_eq!(one, other);
        }
    }

    #[test]
    fn a_row_does_not_know_what_comes_later(flow in flow(8, 80), cut in 1_usize..80) {
        let config = config([30, 10, 30, 20], &[2, 3, 5, 9]);
        let cut = cut.min(flow.len());
        prop_assert_eq!(&rows(&flow, &config)[..cut], &rows(&flow[..cut], &config)[..]);
    }
}

/// A hub with hundreds of transfers in sight, where sides turn into hubs and back.
#[test]
fn hubs_come_and_go_and_the_rows_stay_right() {
    let config = config([300, 100, 200, 40], &[2, 3, 5, 9, 50]);
    let mut flow = Vec::new();
    for step in 0..1_500_u32 {
        // Bursts of two hubs, then silence: their lists grow beyond the window and empty again.
        let at = i64::from(step) + i64::from(step / 500) * 400;
        let other = 2 + (step * 7_919) % 97;
        let (from, to) = match step % 5 {
            0 | 1 => (other, step % 2),
            2 | 3 => (step % 2, other),
            _ => (other, 2 + (step * 31) % 97),
        };
        flow.push(Transfer { at, from, to, amount: i64::from((step * step) % 5_003) });
    }
    let rows = rows(&flow, &config);
    for number in (0..flow.len()).step_by(37) {
        let first = number.saturating_sub(400);
        assert_same(&config, number, &rows[number], &reference(&flow[first..=number], &config));
    }
}

/// A limit that is hit is said in the row, and the other columns stay as they are.
#[test]
fn a_count_that_hit_a_limit_says_so() {
    let free = config([1_000, 1_000, 1_000, 1_000], &[2, 3, 5, 9]);
    let mut flow = Vec::new();
    for (at, (from, to)) in (0..8_u32).flat_map(|a| (0..8).map(move |b| (a, b))).enumerate() {
        flow.push(Transfer { at: at as i64, from, to, amount: 5 });
    }
    let columns = free.columns();
    let capped = |limits: Limits| -> BTreeMap<String, f64> {
        let row = rows(&flow, &Config { limits, ..free.clone() }).remove(flow.len() - 2);
        columns.iter().cloned().zip(row).collect()
    };
    let (many, kinds) = (free.limits, ["scatter_gather", "temporal_cycle", "simple_cycle"]);
    let said = |row: &BTreeMap<String, f64>| kinds.map(|kind| row[&format!("{kind}_is_capped")]);
    let whole = capped(many);
    assert_eq!(said(&whole), [0.0, 0.0, 0.0]);
    assert_eq!(said(&capped(Limits { scatter_gather: 3, ..many })), [1.0, 0.0, 0.0]);
    assert_eq!(said(&capped(Limits { reach: 3, ..many })), [0.0, 1.0, 1.0]);
    let few = capped(Limits { cycles: 9, ..many });
    assert_eq!(said(&few), [0.0, 1.0, 1.0]);
    for (name, value) in &few {
        let is_cycle = name.contains("cycle");
        assert!(if is_cycle { *value <= whole[name].max(1.0) } else { *value == whole[name] });
    }
}

/// Round a triangle: who closes it sees one cycle of each kind, against time only a simple one.
#[test]
fn a_triangle_is_a_cycle_and_in_time_a_temporal_one() {
    let config = Config::default();
    let column = |name: &str| config.columns().iter().position(|column| column == name).unwrap();
    let closes = |order: [(u32, u32); 3]| {
        let made = order.into_iter().enumerate();
        let flow: Vec<Transfer> =
            made.map(|(at, (from, to))| Transfer { at: at as i64, from, to, amount: 1 }).collect();
        let row = rows(&flow, &config).remove(2);
        (row[column("temporal_cycle_3_to_4")], row[column("simple_cycle_3_to_4")])
    };
    assert_eq!(closes([(1, 2), (2, 3), (3, 1)]), (1.0, 1.0));
    assert_eq!(closes([(2, 3), (1, 2), (3, 1)]), (0.0, 1.0));
}
