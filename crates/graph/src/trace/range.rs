//! How far the answer depends on the rule: the least and the most that rests in each account.

use std::collections::BTreeMap;

use super::{Rule, Trace};

/// What rests in one account under the rules that carry amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The account's number.
    pub account: u32,
    /// The least, in the account's own smallest units.
    pub low_minor: i64,
    /// The most.
    pub high_minor: i64,
}

/// The range over all traces but poison, by account number; an account missing from a trace counts
/// as nothing there.
pub fn over(traces: &[Trace]) -> Vec<Range> {
    let amounts: Vec<&Trace> = traces.iter().filter(|trace| trace.rule != Rule::Poison).collect();
    let mut found: BTreeMap<u32, (i64, i64, usize)> = BTreeMap::new();
    for resting in amounts.iter().flat_map(|trace| &trace.resting) {
        let (low, high, seen) = found.entry(resting.account).or_insert((i64::MAX, 0, 0));
        *low = (*low).min(resting.tainted_minor);
        *high = (*high).max(resting.tainted_minor);
        *seen += 1;
    }
    let whole = |seen: usize| seen == amounts.len();
    found
        .into_iter()
        .map(|(account, (low, high, seen))| Range {
            account,
            low_minor: if whole(seen) { low } else { 0 },
            high_minor: high,
        })
        .collect()
}
