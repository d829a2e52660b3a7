//! Figures of the exchange: real keys, real databases on the disk that is named, real TLS between
//! the nodes on this machine's loopback.

mod file;
mod flood;
mod forgetful;
mod log;
mod messages;
mod restart;
mod station;

use crate::USAGE;

pub(crate) use file::{memory, status};
pub(crate) use station::Station;

/// Runs the measurement that is named.
pub(crate) fn exchange(arguments: &[String]) -> Result<(), String> {
    match arguments {
        [what, rest @ ..] if what == "throughput" => messages::throughput(rest),
        [what, rest @ ..] if what == "latency" => messages::latency(rest),
        [what, rest @ ..] if what == "backlog" => messages::backlog(rest),
        [what, rest @ ..] if what == "file" => file::file(rest),
        [what, rest @ ..] if what == "flood" => flood::flood(rest),
        [what, rest @ ..] if what == "log" => log::log(rest),
        [what, rest @ ..] if what == "restart" => restart::restart(rest),
        _ => Err(USAGE.to_owned()),
    }
}

/// What went wrong, in words.
pub(crate) fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// The value at a share of a sorted list.
fn at(sorted: &[f64], share: f64) -> f64 {
    let place = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(place.saturating_sub(1).min(sorted.len().saturating_sub(1))).copied().unwrap_or(0.0)
}
