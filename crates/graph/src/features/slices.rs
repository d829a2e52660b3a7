//! Several threads over one flow: each takes a slice of time and starts early.
//!
//! A row depends on the transfers of the longest window before it and on nothing else, so a thread
//! that first takes those in without giving rows gives exactly the rows that one thread would give.

use super::config::Config;
use super::engine::{Engine, Transfer};

/// At most this many threads.
pub const MAX_THREADS: usize = 64;
/// The engine looks ahead this many transfers.
const AHEAD: usize = 16;

/// Computes the rows of all transfers, which stand in the order of time, and hands each to a sink.
///
/// The slices hold equally many transfers. `sinks` are made by slice, first to last, and given
/// back in that order; each sees its rows in order, with the numbers of their transfers.
pub fn run<S: Send>(
    transfers: &[Transfer],
    config: &Config,
    threads: usize,
    make: impl Fn(usize) -> S,
    take: impl Fn(&mut S, usize, &[f64]) + Sync,
) -> Vec<S> {
    let threads = threads.clamp(1, MAX_THREADS);
    let length = transfers.len().div_ceil(threads).max(1);
    let take = &take;
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|slice| {
                let mut sink = make(slice);
                let start = (slice * length).min(transfers.len());
                let end = (start + length).min(transfers.len());
                scope.spawn(move || {
                    work(transfers, config, start..end, |number, row| {
                        take(&mut sink, number, row);
                    });
                    sink
                })
            })
            .collect();
        let joined = workers.into_iter().map(std::thread::ScopedJoinHandle::join);
        joined.map(|sink| sink.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

fn work(
    transfers: &[Transfer],
    config: &Config,
    slice: std::ops::Range<usize>,
    mut take: impl FnMut(usize, &[f64]),
) {
    let Some(first) = transfers.get(slice.start) else { return };
    let early = first.at.saturating_sub(config.windows.longest());
    let (before, _) = transfers.split_at(slice.start);
    let warm = before.partition_point(|transfer| transfer.at < early);
    let mut engine = Engine::new(config.clone());
    for coming in before.get(warm..).unwrap_or_default().chunks(AHEAD) {
        engine.look_ahead(coming);
        coming.iter().for_each(|transfer| engine.warm_up(transfer));
    }
    let mut number = slice.start;
    for coming in transfers.get(slice).unwrap_or_default().chunks(AHEAD) {
        engine.look_ahead(coming);
        for transfer in coming {
            take(number, engine.push(transfer));
            number += 1;
        }
    }
}
