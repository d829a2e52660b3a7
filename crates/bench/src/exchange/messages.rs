//! Messages between two nodes: how many a second, how long each takes, how fast a backlog drains.

use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use node::port::record::{MessageState, Wanted};
use peer::line::Line;
use tokio::runtime::Runtime;

use super::station::{Station, message};
use super::{at, told};
use crate::{option, say};

/// A message has so many bytes.
const BYTES: usize = 3 << 10;
/// Whoever waits looks so often.
const LOOK: Duration = Duration::from_millis(1);

/// `throughput [--messages N] [--senders N] [--repeat N] [--peer]`: from the first `send` until the
/// last accepted receipt is in the sender's record, in turn with NATS where `--peer` asks for it.
pub(super) fn throughput(arguments: &[String]) -> Result<(), String> {
    let messages: usize = option(arguments, "--messages")?.unwrap_or(10_000);
    let senders: usize = option(arguments, "--senders")?.unwrap_or(64);
    let repeat: usize = option(arguments, "--repeat")?.unwrap_or(3);
    let is_peer = arguments.iter().any(|word| word == "--peer");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..repeat {
        let seconds = once(messages, senders)?;
        ours.push(messages as f64 / seconds);
        if is_peer {
            theirs.push(nats(messages, senders)?);
        }
    }
    ours.sort_by(f64::total_cmp);
    theirs.sort_by(f64::total_cmp);
    let shown = |rates: &[f64]| rates.iter().map(|rate| format!("{rate:.0}")).collect::<Vec<_>>();
    say(&format!("lienket messages/s: {}", shown(&ours).join(" ")));
    if is_peer {
        say(&format!("nats messages/s: {}", shown(&theirs).join(" ")));
        say(&format!("ratio of the medians: {:.2}", at(&ours, 0.5) / at(&theirs, 0.5)));
    }
    Ok(())
}

fn once(messages: usize, senders: usize) -> Result<f64, String> {
    let (runtime, folder) = (runtime()?, tempfile::tempdir().map_err(told)?);
    let (sender, receiver) = pair(&runtime, folder.path())?;
    sender.couriers.start(runtime.handle());
    let to = receiver.exchange.me();
    let start = now();
    thread::scope(|scope| {
        let sending: Vec<_> = (0..senders)
            .map(|place| {
                let exchange = sender.exchange.clone();
                let share = messages / senders + usize::from(place < messages % senders);
                scope.spawn(move || {
                    (0..share).try_for_each(|_| {
                        let id = exchange.new_id().map_err(told)?;
                        exchange.send(id, to, message(BYTES)).map(|_| ()).map_err(told)
                    })
                })
            })
            .collect();
        let done = sending.into_iter().map(|one| one.join().map_err(|_| "a sender panicked")?);
        done.collect::<Result<(), String>>()
    })?;
    let sent = start.elapsed().as_secs_f64();
    drained(&sender)?;
    let seconds = start.elapsed().as_secs_f64();
    let wanted =
        Wanted { from: Some(sender.exchange.me()), most: messages + 1, ..Wanted::default() };
    let here = receiver.exchange.messages(&wanted).map_err(told)?;
    let accepted = here.iter().filter(|row| row.state == MessageState::Accepted).count();
    if accepted != messages {
        return Err(format!("{accepted} of {messages} messages were accepted"));
    }
    say(&format!("{messages} messages: sent in {sent:.2} s, all accepted after {seconds:.2} s"));
    Ok(seconds)
}

fn nats(messages: usize, senders: usize) -> Result<f64, String> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/nats_always.py");
    let numbers = [messages, senders, BYTES].map(|number| number.to_string());
    let run = Command::new("python3").arg(script).args(numbers).output().map_err(told)?;
    let text = String::from_utf8_lossy(&run.stdout).into_owned();
    let rate = text.trim().parse();
    rate.map_err(|_| format!("{text}\n{}", String::from_utf8_lossy(&run.stderr)))
}

/// `latency [--count N]`: one message after the other on an idle line.
pub(super) fn latency(arguments: &[String]) -> Result<(), String> {
    let count: usize = option(arguments, "--count")?.unwrap_or(500);
    let (runtime, folder) = (runtime()?, tempfile::tempdir().map_err(told)?);
    let (sender, receiver) = pair(&runtime, folder.path())?;
    sender.couriers.start(runtime.handle());
    let mut times = Vec::new();
    for _ in 0..count {
        let id = sender.exchange.new_id().map_err(told)?;
        let start = now();
        let to = receiver.exchange.me();
        sender.exchange.send(id, to, message(BYTES)).map_err(told)?;
        while sender.queued(1)? > 0 {
            thread::sleep(Duration::from_micros(200));
        }
        times.push(start.elapsed().as_secs_f64() * 1_000.0);
        thread::sleep(Duration::from_millis(5));
    }
    times.sort_by(f64::total_cmp);
    let fsync = fsyncs(folder.path(), count)?;
    let asked = questions(&runtime, &sender, &receiver, count)?;
    let line = |name: &str, times: &[f64]| {
        let [half, most] = [0.5, 0.99].map(|share| at(times, share));
        say(&format!("{name}: p50 {half:.2} ms, p99 {most:.2} ms"));
    };
    line("send to accepted receipt", &times);
    line("append of 4 KiB and fdatasync, same disk", &fsync);
    line("a question that changes nothing, on the warm line", &asked);
    Ok(())
}

/// What every further request in a turn would cost.
fn questions(
    runtime: &Runtime,
    sender: &Station,
    receiver: &Station,
    count: usize,
) -> Result<Vec<f64>, String> {
    let card = receiver.exchange.book().mine.last().cloned().ok_or("there is no card")?;
    let identity = sender.identities.first().ok_or("there is no TLS key")?;
    let pinned: Vec<[u8; 32]> = card.card().tls.iter().map(|one| one.key).collect();
    runtime.block_on(async {
        let line = Line::open(&card.card().endpoints, identity, &pinned).await;
        let mut line = line.map_err(told)?;
        let mut times = Vec::new();
        for _ in 0..count {
            let start = now();
            line.card().await.map_err(told)?;
            times.push(start.elapsed().as_secs_f64() * 1_000.0);
        }
        times.sort_by(f64::total_cmp);
        Ok(times)
    })
}

fn fsyncs(folder: &std::path::Path, count: usize) -> Result<Vec<f64>, String> {
    use std::io::Write as _;
    let mut file = std::fs::File::create(folder.join("fsync")).map_err(told)?;
    let mut times = Vec::new();
    for _ in 0..count {
        let start = now();
        file.write_all(&[0; 4_096]).and_then(|()| file.sync_data()).map_err(told)?;
        times.push(start.elapsed().as_secs_f64() * 1_000.0);
    }
    times.sort_by(f64::total_cmp);
    Ok(times)
}

/// `backlog [--messages N] [--partners N]`: what was written while the line was down goes when it
/// is there again.
pub(super) fn backlog(arguments: &[String]) -> Result<(), String> {
    let messages: usize = option(arguments, "--messages")?.unwrap_or(4_500);
    let partners: usize = option(arguments, "--partners")?.unwrap_or(1);
    let (runtime, folder) = (runtime()?, tempfile::tempdir().map_err(told)?);
    let sender = Arc::new(Station::open(&folder.path().join("sender"), Vec::new())?);
    sender.listen(&runtime)?;
    let mut receivers = Vec::new();
    for place in 0..partners {
        let receiver = Station::open(&folder.path().join(place.to_string()), Vec::new())?;
        receiver.listen(&runtime)?;
        receiver.accept(&sender)?;
        sender.accept(&receiver)?;
        receivers.push(receiver);
    }
    // Written from several threads, so that the preparation is short.
    thread::scope(|scope| {
        for place in 0..16 {
            let (sender, receivers) = (sender.clone(), &receivers);
            scope.spawn(move || {
                for number in (place..messages).step_by(16) {
                    let Some(to) = receivers.get(number % partners) else { return };
                    let Ok(id) = sender.exchange.new_id() else { return };
                    let _ = sender.exchange.send(id, to.exchange.me(), message(BYTES));
                }
            });
        }
    });
    let waiting = sender.queued(messages + 1)?;
    if waiting != messages {
        return Err(format!("{waiting} of {messages} messages wait"));
    }
    let start = now();
    sender.couriers.start(runtime.handle());
    drained(&sender)?;
    let seconds = start.elapsed().as_secs_f64();
    say(&format!("{messages} messages to {partners} partners: {seconds:.2} s"));
    Ok(())
}

fn drained(sender: &Station) -> Result<(), String> {
    while sender.queued(1)? > 0 {
        thread::sleep(LOOK);
    }
    Ok(())
}

pub(super) fn pair(
    runtime: &Runtime,
    folder: &std::path::Path,
) -> Result<(Station, Station), String> {
    let sender = Station::open(&folder.join("sender"), Vec::new())?;
    let receiver = Station::open(&folder.join("receiver"), Vec::new())?;
    acquaint(runtime, &sender, &receiver)?;
    Ok((sender, receiver))
}

/// Both listen, and know each other.
pub(super) fn acquaint(
    runtime: &Runtime,
    sender: &Station,
    receiver: &Station,
) -> Result<(), String> {
    sender.listen(runtime)?;
    receiver.listen(runtime)?;
    sender.accept(receiver)?;
    receiver.accept(sender)
}

pub(super) fn runtime() -> Result<Runtime, String> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(told)
}

#[expect(clippy::disallowed_methods, reason = "figures are measured by the clock")]
pub(super) fn now() -> Instant {
    Instant::now()
}
