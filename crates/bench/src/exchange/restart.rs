//! A node with many messages starts anew: how long until it answers, and how much memory it has
//! then.

use std::thread;

use node::exchange::Standing;

use super::file::status;
use super::messages::{now, runtime};
use super::station::{Station, message};
use super::told;
use crate::{option, say};

/// `restart [--messages N] --dir DIR [--write]`: `--write` first fills the folder; without it the
/// start is measured, in a process that has done nothing else.
pub(super) fn restart(arguments: &[String]) -> Result<(), String> {
    let dir: String = option(arguments, "--dir")?.ok_or("restart needs --dir")?;
    let messages: usize = option(arguments, "--messages")?.unwrap_or(1_000_000);
    let (home, other) = (format!("{dir}/sender"), format!("{dir}/receiver"));
    if arguments.iter().any(|word| word == "--write") {
        let runtime = runtime()?;
        let sender = Station::open(home.as_ref(), Vec::new())?;
        let receiver = Station::open(other.as_ref(), Vec::new())?;
        receiver.issue(&[])?;
        sender.listen(&runtime)?;
        sender.accept(&receiver)?;
        let to = receiver.exchange.me();
        std::fs::write(format!("{dir}/partner"), to.0.to_string()).map_err(told)?;
        return thread::scope(|scope| {
            let sending: Vec<_> = (0..64)
                .map(|place| {
                    let exchange = sender.exchange.clone();
                    scope.spawn(move || {
                        (place..messages).step_by(64).try_for_each(|_| {
                            let id = exchange.new_id().map_err(told)?;
                            exchange.send(id, to, message(100)).map(|_| ()).map_err(told)
                        })
                    })
                })
                .collect();
            let done =
                sending.into_iter().map(|one| one.join().map_err(|_| "a sender panicked")?);
            done.collect()
        });
    }
    let partner = std::fs::read_to_string(format!("{dir}/partner")).map_err(told)?;
    let partner = model::digest::Digest::parse(&partner).map_err(|_| "no partner is named")?;
    let runtime = runtime()?;
    let start = now();
    let partner = envelope::card::AgencyId(partner);
    let sender = Station::open(home.as_ref(), vec![(partner, Standing::Active)])?;
    sender.listen(&runtime)?;
    let opened = start.elapsed().as_secs_f64();
    // What a partner would get at its first question.
    let offer = sender.exchange.offer(partner, None).map_err(told)?;
    let offered = start.elapsed().as_secs_f64();
    thread::sleep(std::time::Duration::from_secs(2));
    say(&format!(
        "open after {opened:.2} s, first parcel ({} entries) after {offered:.2} s, {} MiB resident",
        offer.entries,
        status("VmRSS:")? / 1_024
    ));
    Ok(())
}
