//! Lines between real nodes: what is sent comes, and who may not is told why.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::sync::atomic::Ordering;
use std::time::Duration;

use common::{SERVER, agency, identity, limits, line, line_to, node, patience};
use envelope::attachment::{PIECE, blob_name};
use model::digest::Digest;
use peer::blob::Pieces;
use peer::error::PeerError;
use peer::limits::{Limits, MAX_PARCEL};
use peer::line::Line;
use peer::refusal::Refusal;
use peer::server::Server;

#[tokio::test]
async fn parcels_go_and_come() {
    let node = node(limits()).await;
    let mut line = line(&node, 1).await;
    for length in [0, 1, 3_000, 100_000, MAX_PARCEL] {
        let sent: Vec<u8> = (0..length).map(|place| place as u8).collect();
        let mut back = line.parcel(sent.clone(), None).await.unwrap();
        back.reverse();
        assert!(back == sent, "{length} bytes");
        let (from, bytes) = node.host.kept.lock().unwrap().taken.pop().unwrap();
        assert!(from == agency(1) && bytes == sent);
    }
    let long = line.parcel(vec![0; MAX_PARCEL + 1], None).await;
    assert_eq!(long, Err(PeerError::Large(MAX_PARCEL as u64)));
    assert_eq!(line.card().await, Ok(b"card".to_vec()));
}

#[tokio::test]
async fn a_file_goes_in_pieces_and_is_fetched_again() {
    let node = node(limits()).await;
    let mut line = line(&node, 1).await;
    let parts = [vec![1; PIECE], vec![2; PIECE], vec![3; 10]];
    let sealed = 2 * PIECE as u64 + 10;
    let hashes: Vec<Digest> = parts.iter().map(|part| Digest::of(part)).collect();
    let name = blob_name(sealed, &hashes);
    let pieces = Pieces::new(sealed, hashes).unwrap();
    assert_eq!(line.held(&name).await.unwrap_err().value(), "blob_unknown");
    assert_eq!(line.begin_blob(&name, &pieces).await, Ok(vec![0b000]));
    for piece in [2, 0] {
        line.put_piece(&name, piece as u64, parts[piece].clone()).await.unwrap();
    }
    assert_eq!(line.begin_blob(&name, &pieces).await, Ok(vec![0b101]));
    line.put_piece(&name, 1, parts[1].clone()).await.unwrap();
    assert_eq!(line.held(&name).await, Ok(vec![0b111]));
    let mut other = common::line(&node, 2).await;
    assert_eq!(other.list(&name).await.as_ref(), Ok(&pieces));
    for (piece, part) in parts.iter().enumerate() {
        assert!(other.piece(&name, piece as u64).await.as_ref() == Ok(part));
    }
    let long = line.put_piece(&name, 0, vec![0; PIECE + 1]).await;
    assert_eq!(long, Err(PeerError::Large(PIECE as u64)));
    // A list that makes another name is no list of this file.
    let wrong = Digest([9; 32]);
    let kept = node.host.kept.lock().unwrap().blobs[&name].clone();
    node.host.kept.lock().unwrap().blobs.insert(wrong, kept);
    assert_eq!(other.list(&wrong).await.unwrap_err().code(), "peer_protocol");
}

#[tokio::test]
async fn a_node_with_another_key_hears_nothing() {
    let node = node(limits()).await;
    let endpoint = node.address.to_string();
    for pinned in [vec![], vec![*identity(1).public(), *identity(2).public()]] {
        let endpoints = [endpoint.clone()];
        let opened = Line::open_with(&endpoints, &identity(1), &pinned, patience()).await;
        assert_eq!(opened.err(), Some(PeerError::WrongKey { endpoint: endpoint.clone() }));
    }
    assert_eq!(node.host.asked.load(Ordering::SeqCst), 0);
    // During a change of keys a card names two.
    let pinned = [*identity(2).public(), *identity(SERVER).public()];
    let opened = Line::open(&[endpoint], &identity(1), &pinned).await;
    assert_eq!(opened.unwrap().card().await, Ok(b"card".to_vec()));
}

#[tokio::test]
async fn a_stranger_is_told_why() {
    let node = node(limits()).await;
    let mut line = line(&node, 50).await;
    let refusal = Refusal::new(403, "partner_unknown", agency(50).0);
    // However much he wants to send, and as often as he asks.
    for length in [0, 100, 8 << 20] {
        let answer = line.parcel(vec![0; length], None).await;
        assert_eq!(answer, Err(PeerError::Refused(refusal.clone())), "{length} bytes");
    }
    assert_eq!(line.card().await, Err(PeerError::Refused(refusal)));
    assert_eq!(node.host.taken(), 0);
}

#[tokio::test]
async fn what_the_host_refuses_is_told_with_its_code() {
    let node = node(limits()).await;
    let mut line = line(&node, 1).await;
    node.host.allowed.store(1_000, Ordering::SeqCst);
    let refusal = PeerError::Refused(Refusal::new(429, "quota_bytes", 1_000));
    assert!(refusal.is_passing());
    for _ in 0..3 {
        assert_eq!(line.parcel(vec![0; 9 << 20], None).await, Err(refusal.clone()));
    }
    assert_eq!(node.host.taken(), 0);
    let conflict = line.parcel(b"conflict".to_vec(), None).await;
    assert_eq!(conflict, Err(PeerError::Refused(Refusal::new(409, "log_frozen", ""))));
    assert_eq!(line.parcel(b"abc".to_vec(), None).await, Ok(b"cba".to_vec()));
}

#[tokio::test]
async fn a_key_that_is_revoked_is_one_at_once() {
    let node = node(limits()).await;
    let (mut line, mut other) = (line(&node, 1).await, line(&node, 2).await);
    line.card().await.unwrap();
    node.host.kept.lock().unwrap().revoked = Some(agency(1));
    let refusal = Refusal::new(403, "key_revoked", agency(1).0);
    assert_eq!(line.card().await, Err(PeerError::Refused(refusal)));
    assert_eq!(other.card().await, Ok(b"card".to_vec()));
}

#[tokio::test]
async fn one_partner_never_takes_all_that_a_node_can_do() {
    let node = node(Limits { calls: 4, calls_of_one: 3, ..limits() }).await;
    let mut busy = Vec::new();
    for _ in 0..6 {
        let mut line = line(&node, 1).await;
        busy.push(tokio::spawn(async move { line.parcel(b"slow".to_vec(), None).await }));
    }
    while node.host.working.load(Ordering::SeqCst) < 3 {
        tokio::task::yield_now().await;
    }
    let mut other = line(&node, 2).await;
    for _ in 0..5 {
        assert_eq!(other.parcel(b"abc".to_vec(), None).await, Ok(b"cba".to_vec()));
    }
    assert_eq!(node.host.working.load(Ordering::SeqCst), 3);
    node.host.open_gate();
    for one in busy {
        assert_eq!(one.await.unwrap(), Ok(b"wols".to_vec()));
    }
}

#[tokio::test]
async fn who_gives_up_in_the_middle_can_ask_again() {
    let node = node(limits()).await;
    let mut line = line(&node, 1).await;
    let taken = async {
        while node.host.taken() == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        answer = line.parcel(b"quiet".to_vec(), Some(60)) => assert_eq!(answer, Ok(Vec::new())),
        () = taken => {}
    }
    assert_eq!(line.parcel(b"abc".to_vec(), None).await, Ok(b"cba".to_vec()));
}

#[tokio::test]
async fn who_waits_is_woken_by_the_bell() {
    let node = node(limits()).await;
    let host = node.host.clone();
    let mut waiting = line(&node, 1).await;
    let asked = tokio::spawn(async move {
        let answer = waiting.parcel(b"quiet".to_vec(), Some(60)).await;
        (answer, waiting)
    });
    while host.taken() == 0 {
        tokio::task::yield_now().await;
    }
    // Another partner's bell wakes nobody, and one that brings nothing does not end the waiting.
    host.bell.ring(agency(2));
    host.bell.ring(agency(1));
    host.kept.lock().unwrap().news = Some(b"news".to_vec());
    host.bell.ring(agency(1));
    let (answer, mut waiting) = asked.await.unwrap();
    assert_eq!(answer, Ok(b"news".to_vec()));
    // Who has something new is answered at once; who waits in vain gets what there is.
    assert_eq!(waiting.parcel(b"abc".to_vec(), Some(60)).await, Ok(b"cba".to_vec()));
    assert_eq!(waiting.parcel(b"quiet".to_vec(), Some(1)).await, Ok(b"nothing".to_vec()));
    assert_eq!(waiting.parcel(b"quiet".to_vec(), None).await, Ok(b"teiuq".to_vec()));
}

#[tokio::test]
async fn who_shuts_down_answers_and_keeps_nobody_waiting() {
    let node = node(limits()).await;
    let mut waiting = line(&node, 1).await;
    let asked = tokio::spawn(async move { waiting.parcel(b"quiet".to_vec(), Some(60)).await });
    while node.host.taken() == 0 {
        tokio::task::yield_now().await;
    }
    node.shutdown.send(true).unwrap();
    assert_eq!(asked.await.unwrap(), Ok(b"teiuq".to_vec()));
    node.serving.await.unwrap().unwrap();
    let gone = line_to(node.address, 1).await.err().unwrap();
    assert_eq!(gone.code(), "peer_unreachable");
}

#[tokio::test]
async fn an_address_that_is_taken_is_told_before_anything_runs() {
    let node = node(limits()).await;
    let host = node.host.clone();
    let second = Server::bind(node.address, &identity(SERVER), host, limits());
    assert_eq!(second.err().unwrap().code(), "peer_listen");
}

#[tokio::test]
async fn addresses_are_tried_in_their_order() {
    let (node, other) = (node(limits()).await, common::node(limits()).await);
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let open = async |endpoints: &[String]| {
        let pinned = [*identity(SERVER).public()];
        Line::open_with(endpoints, &identity(1), &pinned, patience()).await
    };
    let endpoints = [free.to_string(), format!("https://{}/", node.address)];
    assert_eq!(open(&endpoints).await.unwrap().card().await, Ok(b"card".to_vec()));
    assert_eq!(open(&endpoints[..1]).await.err().unwrap().code(), "peer_unreachable");
    assert_eq!(open(&[]).await.err(), Some(PeerError::NoEndpoint));
    assert_eq!(open(&["node".to_owned()]).await.err().unwrap().code(), "peer_endpoint_bad");
    // A node that went away while the line was kept is looked for at the next address.
    let endpoints = [node.address.to_string(), other.address.to_string()];
    let mut line = open(&endpoints).await.unwrap();
    assert_eq!(line.card().await, Ok(b"card".to_vec()));
    node.shutdown.send(true).unwrap();
    node.serving.await.unwrap().unwrap();
    assert_eq!(line.parcel(b"abc".to_vec(), None).await, Ok(b"cba".to_vec()));
    assert_eq!((node.host.taken(), other.host.taken()), (0, 1));
}

#[tokio::test]
async fn an_idle_connection_is_closed_and_dialled_again() {
    let limits = Limits { head_time: Duration::from_millis(50), ..limits() };
    let node = node(limits).await;
    let mut line = line(&node, 1).await;
    for _ in 0..3 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        // On a busy machine the server may hang up in the very moment that we ask.
        while let Err(error) = line.card().await {
            assert_eq!(error, PeerError::Cut);
        }
    }
}
