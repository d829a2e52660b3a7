//! A thousand who bring a byte a second each: in the handshake, in a head, in a body. An honest
//! partner is answered meanwhile, whether there is room for all of them or not.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::net::Ipv4Addr;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use common::{Node, greet, is_answered, limits, line, node, raw_config};
use peer::limits::{Limits, MAX_PARCEL};
use tokio::io::{AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;

const SLOW: usize = 1_000;
/// Both ends of a thousand connections are files of this process.
const FILES: &str = "4096";
const CHILD: &str = "LIENKET_TEST_FILES";

/// Whether this process may open enough files; where not, the test is run in one that may.
fn has_files(test: &str) -> bool {
    if std::env::var_os(CHILD).is_some() {
        return true;
    }
    let raise = format!("ulimit -n {FILES} && exec \"$0\" \"$@\"");
    let status = Command::new("sh")
        .args(["-c", &raise])
        .arg(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture"])
        .env(CHILD, "1")
        .status();
    assert!(status.unwrap().success(), "{test}");
    false
}

/// What somebody begins with who never comes to an end.
#[derive(Clone, Copy, PartialEq)]
enum Slow {
    /// A stranger: the first bytes of a TLS record.
    Handshake,
    /// A partner: a request's first line.
    Head,
    /// A partner: a whole head, and a body that is long in coming.
    Body,
}

/// One of them, from an address of this machine; counted for as long as it is let.
async fn drip(node: &Node, slow: Slow, from: Ipv4Addr, dripping: &Dripping) -> Option<()> {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((from, 0).into()).unwrap();
    let stream = socket.connect(node.address).await.ok()?;
    let standing = dripping.standing.clone();
    let head = "POST /lk1/parcel HTTP/1.1\r\nhost: a\r\ncontent-length: ";
    let body = format!("{head}{MAX_PARCEL}\r\n\r\n");
    let begin = match slow {
        Slow::Handshake => {
            let mut stream: TcpStream = stream;
            stream.write_all(b"\x16\x03\x01\x0f\xff").await.ok()?;
            dripping.tasks.lock().await.spawn(every_second(stream, standing));
            return Some(());
        }
        Slow::Head => "GET /lk1/",
        Slow::Body => &body,
    };
    let mut stream = greet(stream, dripping.config.clone()).await.ok()?;
    stream.write_all(begin.as_bytes()).await.ok()?;
    stream.flush().await.ok()?;
    dripping.tasks.lock().await.spawn(every_second(stream, standing));
    Some(())
}

struct Dripping {
    config: Arc<rustls::ClientConfig>,
    standing: Arc<AtomicU64>,
    tasks: tokio::sync::Mutex<JoinSet<()>>,
}

async fn every_second(mut stream: impl AsyncWrite + Unpin, standing: Arc<AtomicU64>) {
    standing.fetch_add(1, Ordering::SeqCst);
    while stream.write_all(b"a").await.is_ok() && stream.flush().await.is_ok() {
        sleep(Duration::from_secs(1)).await;
    }
    standing.fetch_sub(1, Ordering::SeqCst);
}

/// A thousand slow ones of some kinds, from so many addresses in turn.
async fn thousand(node: &Node, kinds: &[Slow], addresses: usize) -> Dripping {
    let config = Arc::new(raw_config());
    let dripping = Dripping { config, standing: Arc::default(), tasks: JoinSet::new().into() };
    for number in 0..SLOW {
        let from = Ipv4Addr::new(127, 0, 0, (1 + number % addresses) as u8);
        // Who is not let in, or is told to leave, is what some of these tests are about.
        let _ = drip(node, kinds[number % kinds.len()], from, &dripping).await;
    }
    dripping
}

async fn honest(node: &Node, questions: usize) {
    let mut honest = line(node, 1).await;
    for _ in 0..questions {
        assert_eq!(honest.parcel(b"abc".to_vec(), None).await, Ok(b"cba".to_vec()));
    }
    // Also who comes only now.
    is_answered(node).await;
    assert_eq!(node.host.taken(), questions + 1, "and of the slow ones nothing was taken");
}

#[tokio::test]
async fn a_thousand_who_drip_keep_no_partner_waiting() {
    if !has_files("a_thousand_who_drip_keep_no_partner_waiting") {
        return;
    }
    let room = Limits { connections: SLOW + 20, connections_of_one: SLOW + 20, ..limits() };
    let node = node(room).await;
    let dripping = thousand(&node, &[Slow::Handshake, Slow::Head, Slow::Body], 1).await;
    honest(&node, 50).await;
    assert_eq!(dripping.standing.load(Ordering::SeqCst), SLOW as u64, "all of them stood");
}

/// As many places as a node has by default, half as many as there are slow ones.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_thousand_strangers_take_no_place_from_a_partner() {
    if !has_files("a_thousand_strangers_take_no_place_from_a_partner") {
        return;
    }
    let node = node(limits()).await;
    let dripping = thousand(&node, &[Slow::Handshake], 40).await;
    honest(&node, 50).await;
    drop(dripping);
}

/// A partner who comes from forty addresses, with whole heads, so that it is known who he is.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn one_partner_takes_no_place_from_another() {
    if !has_files("one_partner_takes_no_place_from_another") {
        return;
    }
    let node = node(limits()).await;
    let dripping = thousand(&node, &[Slow::Body], 40).await;
    honest(&node, 50).await;
    drop(dripping);
}
