//! One partner floods a node while another sends it one message after the other: how much longer
//! these take than when nobody floods.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use peer::line::Line;
use tokio::runtime::Runtime;

use super::messages::{acquaint, now, runtime};
use super::station::{Station, message};
use super::{at, told};
use crate::{option, say};

const BYTES: usize = 3 << 10;
/// What is posted again and again: as many messages as one parcel has.
const MESSAGES: usize = 256;

/// A flood: when it is to stop, and how many parcels it has brought.
struct Flood {
    stop: Arc<AtomicBool>,
    posted: Arc<AtomicU64>,
}

/// `flood [--count N] [--lines N] [--repeat N]`: so many messages alone and beside a flood over so
/// many connections, in turn.
pub(super) fn flood(arguments: &[String]) -> Result<(), String> {
    let count: usize = option(arguments, "--count")?.unwrap_or(300);
    let lines: usize = option(arguments, "--lines")?.unwrap_or(32);
    let repeat: usize = option(arguments, "--repeat")?.unwrap_or(3);
    let (runtime, folder) = (runtime()?, tempfile::tempdir().map_err(told)?);
    let open = |name: &str| Station::open(&folder.path().join(name), Vec::new());
    let (receiver, honest, hostile) = (open("receiver")?, open("honest")?, open("hostile")?);
    acquaint(&runtime, &honest, &receiver)?;
    hostile.issue(&[])?;
    hostile.accept(&receiver)?;
    receiver.accept(&hostile)?;
    for _ in 0..MESSAGES {
        let id = hostile.exchange.new_id().map_err(told)?;
        hostile.exchange.send(id, receiver.exchange.me(), message(BYTES)).map_err(told)?;
    }
    let parcel = hostile.exchange.offer(receiver.exchange.me(), None).map_err(told)?;
    honest.couriers.start(runtime.handle());
    let (mut alone, mut beside) = (Vec::new(), Vec::new());
    for _ in 0..repeat {
        alone.extend(times(&honest, &receiver, count)?);
        let flood = begin(&runtime, (&hostile, &receiver), &parcel.bytes, lines)?;
        beside.extend(times(&honest, &receiver, count)?);
        flood.stop.store(true, Ordering::SeqCst);
        let posted = flood.posted.load(Ordering::SeqCst);
        let mib = posted as f64 * parcel.bytes.len() as f64 / f64::from(1 << 20);
        say(&format!("the flood brought {posted} parcels, {mib:.0} MiB"));
        // Those that are under way come to their end.
        thread::sleep(Duration::from_secs(2));
    }
    let line = |name: &str, times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        let [half, most] = [0.5, 0.99].map(|share| at(times, share));
        say(&format!("{name}: p50 {half:.2} ms, p99 {most:.2} ms"));
        most
    };
    let before = line("send to accepted receipt, alone", &mut alone);
    let after = line("send to accepted receipt, beside the flood", &mut beside);
    say(&format!("ratio of the p99: {:.2}", after / before));
    Ok(())
}

/// Lines that post a parcel again and again, until they are told to stop.
fn begin(
    runtime: &Runtime,
    (from, to): (&Station, &Station),
    parcel: &[u8],
    lines: usize,
) -> Result<Flood, String> {
    let flood = Flood { stop: Arc::default(), posted: Arc::default() };
    let card = to.exchange.book().mine.last().cloned().ok_or("there is no card")?;
    let pinned: Vec<[u8; 32]> = card.card().tls.iter().map(|one| one.key).collect();
    for _ in 0..lines {
        let (stop, posted) = (flood.stop.clone(), flood.posted.clone());
        let (identities, card) = (from.identities.clone(), card.clone());
        let (pinned, parcel) = (pinned.clone(), parcel.to_vec());
        runtime.spawn(async move {
            let Some(identity) = identities.first() else { return };
            let opened = Line::open(&card.card().endpoints, identity, &pinned).await;
            let Ok(mut line) = opened else { return };
            while !stop.load(Ordering::SeqCst) {
                if line.parcel(parcel.clone(), None).await.is_ok() {
                    posted.fetch_add(1, Ordering::SeqCst);
                }
            }
        });
    }
    thread::sleep(Duration::from_secs(1));
    match flood.posted.load(Ordering::SeqCst) {
        0 => Err("the flood does not get through".to_owned()),
        _ => Ok(flood),
    }
}

fn times(sender: &Station, receiver: &Station, count: usize) -> Result<Vec<f64>, String> {
    let mut times = Vec::new();
    for _ in 0..count {
        let id = sender.exchange.new_id().map_err(told)?;
        let start = now();
        sender.exchange.send(id, receiver.exchange.me(), message(BYTES)).map_err(told)?;
        while sender.queued(1)? > 0 {
            thread::sleep(Duration::from_micros(200));
        }
        times.push(start.elapsed().as_secs_f64() * 1_000.0);
        thread::sleep(Duration::from_millis(5));
    }
    Ok(times)
}
