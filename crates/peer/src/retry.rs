//! How long to wait before trying again: longer each time, never in step with others, and never
//! past the moment from which it is worth nothing.

use std::time::Duration;

/// The first wait.
pub const FIRST: Duration = Duration::from_secs(1);
/// No wait is longer.
pub const LONGEST: Duration = Duration::from_secs(15 * 60);
/// With less time left than this there is no other try.
pub const SHORTEST_LEFT: Duration = Duration::from_secs(1);

/// How long to wait after so many tries have failed; `None`: it is too late.
///
/// `jitter` is a random number: the wait lies between half and all of 1 s, 2 s, 4 s, … 15 min, so
/// that nodes that were cut off together do not come back together. `left` is the time until the
/// deadline, where there is one; a wait that would pass it is half of it, so that there is time for
/// a last try.
pub fn wait(failed: u32, jitter: u32, left: Option<Duration>) -> Option<Duration> {
    let doublings = failed.saturating_sub(1).min(u32::BITS - 1);
    let whole = FIRST.saturating_mul(1 << doublings).min(LONGEST);
    let half = whole / 2;
    let wait = half + half.mul_f64(f64::from(jitter) / f64::from(u32::MAX));
    match left {
        Some(left) if left < SHORTEST_LEFT => None,
        Some(left) if wait >= left => Some(left / 2),
        _ => Some(wait),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn waits_double_up_to_a_quarter_of_an_hour() {
        let seconds = |failed| wait(failed, u32::MAX, None).unwrap().as_secs();
        let waits: Vec<u64> = (1..=13).map(seconds).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
        assert_eq!(seconds(u32::MAX), 900);
        assert_eq!(wait(11, 0, None), Some(LONGEST / 2));
        assert_eq!(wait(0, 0, None), Some(FIRST / 2));
    }

    #[test]
    fn there_is_time_for_a_last_try_and_none_after_the_deadline() {
        let left = |millis| wait(9, u32::MAX, Some(Duration::from_millis(millis)));
        assert_eq!(left(300_000), Some(Duration::from_secs(256)));
        assert_eq!(left(200_000), Some(Duration::from_secs(100)));
        assert_eq!(left(1_000), Some(Duration::from_millis(500)));
        assert_eq!(left(999), None);
        assert_eq!(left(0), None);
    }

    proptest! {
        #[test]
        fn no_wait_passes_the_deadline(failed: u32, jitter: u32, left in 0..10_000_000_u64) {
            let left = Duration::from_millis(left);
            if let Some(wait) = wait(failed, jitter, Some(left)) {
                prop_assert!(wait < left && wait <= LONGEST && wait >= FIRST / 2);
            }
        }
    }
}
