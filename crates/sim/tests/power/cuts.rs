//! The power is cut at every sync of many runs: no acknowledged commit is lost, none is half there.
//!
//! `LIENKET_CAMPAIGN=N cargo test -p sim` looks at N possible disks for each cut.

use crate::workload::{Finding, cut_everywhere, run};

/// What one run commits.
const COMMITS: u64 = 300;
const SEEDS: u64 = 32;
/// So many cuts are looked at, at least.
const CUTS: u64 = 20_000;

fn campaign() -> u64 {
    std::env::var("LIENKET_CAMPAIGN").ok().map_or(1, |text| text.parse().unwrap())
}

/// Findings and cuts of runs with these seeds, on two threads.
fn campaign_over(seeds: u64, commits: u64, synchronous: &str) -> (Vec<(u64, Finding)>, u64) {
    let of_one = |seed: u64| {
        let mount = run(seed, commits, synchronous);
        let (findings, count) = cut_everywhere(&mount, seed, campaign());
        (findings.into_iter().map(|finding| (seed, finding)).collect::<Vec<_>>(), count)
    };
    std::thread::scope(|scope| {
        let halves = [0, 1].map(|first| {
            scope.spawn(move || (first..seeds).step_by(2).map(of_one).collect::<Vec<_>>())
        });
        let all = halves.into_iter().flat_map(|half| half.join().unwrap());
        all.fold((Vec::new(), 0), |(mut findings, cuts), (found, count)| {
            findings.extend(found);
            (findings, cuts + count)
        })
    })
}

#[test]
fn every_acknowledged_commit_survives_a_power_cut() {
    let (findings, cuts) = campaign_over(SEEDS, COMMITS, "FULL");
    assert_eq!(findings, []);
    assert!(cuts >= CUTS, "only {cuts}");
}

#[test]
fn without_a_sync_at_each_commit_some_are_lost_but_none_is_half() {
    let (findings, _) = campaign_over(2, COMMITS, "NORMAL");
    assert!(findings.iter().any(|(_, finding)| matches!(finding, Finding::Lost { .. })));
    assert!(findings.iter().all(|(_, finding)| matches!(finding, Finding::Lost { .. })));
}

#[test]
fn without_any_sync_databases_are_damaged() {
    let (findings, _) = campaign_over(2, COMMITS, "OFF");
    assert!(findings.iter().any(|(_, finding)| matches!(finding, Finding::Lost { .. })));
    assert!(findings.iter().any(|(_, finding)| matches!(finding, Finding::Damaged(_))));
}
