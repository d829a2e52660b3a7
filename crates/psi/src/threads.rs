//! Work on many things, shared between threads, with the answers in order.

use std::thread;

/// Fewer things than that for each thread are not worth one.
const LEAST: usize = 64;

/// Answers of a function over parts of a list, one part a thread; the function gets the place at
/// which its part begins.
pub(crate) fn spread<T: Sync, A: Send>(
    all: &[T],
    threads: usize,
    work: impl Fn(usize, &[T]) -> Vec<A> + Sync,
) -> Vec<A> {
    let threads = threads.clamp(1, 1 + all.len() / LEAST);
    if threads == 1 {
        return work(0, all);
    }
    let size = all.len().div_ceil(threads);
    let work = &work;
    let parts: Vec<Vec<A>> = thread::scope(|scope| {
        let parts = all.chunks(size).enumerate();
        let running: Vec<_> =
            parts.map(|(number, part)| scope.spawn(move || work(number * size, part))).collect();
        running
            .into_iter()
            .map(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    parts.into_iter().flatten().collect()
}
