//! The machine's clock.

use model::time::Timestamp;
use node::port::Clock;

/// The system's own clock, in UTC.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let microseconds = since.map_or(0, |since| since.as_micros());
        let moment =
            i64::try_from(microseconds).ok().and_then(|m| Timestamp::from_microseconds(m).ok());
        // A clock beyond 2099 is as wrong as one before 1970: both stand at the beginning.
        moment.or_else(|| Timestamp::from_seconds(0).ok()).unwrap_or_else(unreachable_epoch)
    }
}

/// CPU seconds of all threads of this process so far.
pub fn cpu_seconds() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

fn unreachable_epoch() -> Timestamp {
    unreachable!("1970-01-01 is a moment")
}
