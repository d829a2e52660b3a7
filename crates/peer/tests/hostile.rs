//! Those who mean no good, or are broken: slow, flooding, cut off, talking nonsense. Each of them
//! is hung up on or told why, and an honest partner is answered meanwhile.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::sync::atomic::Ordering;
use std::time::Duration;

use common::{Node, is_answered, limits, line, node, raw, say};
use envelope::attachment::PIECE;
use model::digest::Digest;
use peer::limits::{Limits, MAX_PARCEL, Pace};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::sleep;

fn post(length: usize) -> String {
    format!("POST /lk1/parcel HTTP/1.1\r\nhost: a\r\ncontent-length: {length}\r\n\r\n")
}

/// What is answered to a text.
async fn check(node: &Node, text: &str, status: u16, code: &str) {
    let mut stream = raw(node).await;
    stream.write_all(text.as_bytes()).await.unwrap();
    stream.flush().await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"}") && stream.read_buf(&mut answer).await.is_ok_and(|n| n > 0) {}
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{text}\n{answer}");
    assert!(answer.contains(&format!(r#""code":"{code}""#)), "{text}\n{answer}");
}

#[tokio::test]
async fn what_is_too_long_or_not_asked_so_is_refused_before_it_is_read() {
    let node = node(limits()).await;
    check(&node, &post(MAX_PARCEL + 1), 413, "body_large").await;
    check(&node, &post(usize::MAX / 2), 413, "body_large").await;
    let chunked =
        "POST /lk1/parcel HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n4\r\nabcd";
    check(&node, chunked, 411, "length_missing").await;
    let with_body = "GET /lk1/card HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\n\r\n";
    check(&node, with_body, 400, "body_unwanted").await;
    let name = Digest([1; 32]);
    let closing = "host: a\r\nconnection: close\r\ncontent-length: 9\r\n\r\n123456789";
    let list = format!("PUT /lk1/blob/{name} HTTP/1.1\r\n{closing}");
    check(&node, &list, 400, "request_bad").await;
    let piece = format!("PUT /lk1/blob/{name}/5 HTTP/1.1\r\n{closing}");
    check(&node, &piece, 404, "blob_unknown").await;
    let elsewhere = "GET /../etc/passwd HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    check(&node, elsewhere, 404, "path_unknown").await;
    let trace = "TRACE /lk1/card HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    check(&node, trace, 405, "method_wrong").await;
    assert_eq!(node.host.taken(), 0);
    is_answered(&node).await;
}

#[tokio::test]
async fn a_head_is_neither_endless_nor_slow() {
    let node = node(limits()).await;
    let long = format!("GET /lk1/card HTTP/1.1\r\nhost: {}\r\n\r\n", "a".repeat(9 * 1024));
    let many = format!("GET /lk1/card HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(40));
    for text in [long, many] {
        let answer = say(&mut raw(&node).await, text.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
    }
    let quick = common::node(Limits { head_time: Duration::from_millis(50), ..limits() }).await;
    let mut stream = raw(&quick).await;
    let answer = say(&mut stream, b"GET /lk1/card HTTP/1.1\r\n").await;
    assert!(!answer.contains("200 OK"), "{answer}");
}

#[tokio::test]
async fn a_slow_body_is_cut_off() {
    let pace = Pace { least: 1_000, every: Duration::from_millis(200) };
    let node = node(Limits { pace, ..limits() }).await;
    let mut stream = raw(&node).await;
    stream.write_all(post(1_000).as_bytes()).await.unwrap();
    let (mut reading, mut writing) = tokio::io::split(stream);
    let dripping = async {
        while writing.write_all(b"a").await.is_ok() && writing.flush().await.is_ok() {
            sleep(Duration::from_millis(20)).await;
        }
        std::future::pending::<()>().await;
    };
    let mut answer = Vec::new();
    tokio::select! {
        () = dripping => {}
        _ = reading.read_to_end(&mut answer) => {}
    }
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("body_slow"), "{answer}");
    assert_eq!(node.host.taken(), 0);
}

#[tokio::test]
async fn strangers_give_way_where_there_is_no_room() {
    let node = node(Limits { connections: 8, ..limits() }).await;
    let mut partner = line(&node, 1).await;
    partner.card().await.unwrap();
    let mut idle = Vec::new();
    for _ in 0..40 {
        // Who has not even begun a handshake gives way like everybody.
        idle.push(TcpStream::connect(node.address).await.unwrap());
    }
    drop(idle.split_off(20));
    is_answered(&node).await;
    assert_eq!(partner.card().await, Ok(b"card".to_vec()));
}

#[tokio::test]
async fn one_address_has_so_many_connections() {
    let node = node(Limits { connections_of_one: 3, ..limits() }).await;
    let mut inside = Vec::new();
    for _ in 0..3 {
        inside.push(line(&node, 1).await);
    }
    assert!(common::line_to(node.address, 1).await.is_err());
    drop(inside);
    while common::line_to(node.address, 1).await.is_err() {
        tokio::task::yield_now().await;
    }
}

/// A request and the places at which it is cut: within its head, at the head's end, at the first
/// byte of its body, within that, and before the last one.
fn cuts(head: &str, body: usize) -> (Vec<u8>, Vec<usize>) {
    let whole = [head.as_bytes(), &vec![7; body]].concat();
    let length = head.len();
    let places = (0..length).step_by(7).chain([length - 1, length, length + 1]);
    let places = places.chain([length + body / 2, length + body - 1]);
    (whole, places.collect())
}

#[tokio::test]
async fn what_is_cut_off_never_reaches_the_host() {
    let node = node(limits()).await;
    let name = Digest([1; 32]);
    let put = |path: &str, length: usize| {
        format!("PUT /lk1/blob/{path} HTTP/1.1\r\nhost: a\r\ncontent-length: {length}\r\n\r\n")
    };
    let kinds = [
        (post(3_000), 3_000),
        (put(&name.to_string(), 8 + 32 * 40), 8 + 32 * 40),
        (put(&format!("{name}/5"), PIECE), PIECE),
    ];
    for (head, body) in kinds {
        let (whole, places) = cuts(&head, body);
        for cut in places {
            let mut stream = raw(&node).await;
            stream.write_all(&whole[..cut]).await.unwrap();
            stream.flush().await.unwrap();
            // Half of them say goodbye, the others just go.
            if cut % 2 == 0 {
                stream.shutdown().await.unwrap();
                let _ = stream.read_to_end(&mut Vec::new()).await;
            }
        }
    }
    is_answered(&node).await;
    assert_eq!(node.host.taken(), 1, "the honest one alone");
    assert_eq!(node.host.put.load(Ordering::SeqCst), 0, "neither a list nor a piece");
}

#[tokio::test]
async fn nonsense_is_hung_up_on() {
    let node = node(limits()).await;
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = |count: usize| -> Vec<u8> {
        let next = |_| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (random >> 56) as u8
        };
        (0..count).map(next).collect()
    };
    let mut said: Vec<Vec<u8>> = (0..40).map(|round| draw(1 << (round % 12))).collect();
    said.push(b"GET /lk1/card HTTP/1.1\r\nhost: a\r\n\r\n".to_vec());
    said.push(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec());
    // The head of a TLS record, a hello that claims more than there is, an alert.
    said.push(b"\x16\x03\x01\xff\xff".to_vec());
    said.push(b"\x16\x03\x01\x00\x08\x01\xff\xff\xff\x03\x03\x00\x00".to_vec());
    said.push(b"\x15\x03\x03\x00\x02\x02\x28".to_vec());
    for text in &said {
        let mut bare = TcpStream::connect(node.address).await.unwrap();
        let _ = bare.write_all(text).await;
        let _ = bare.shutdown().await;
        let mut answer = Vec::new();
        let _ = bare.read_to_end(&mut answer).await;
        assert!(!answer.starts_with(b"HTTP"), "nothing is said without TLS");
    }
    for text in &said {
        let mut stream = raw(&node).await;
        let _ = stream.write_all(text).await;
        let _ = stream.shutdown().await;
        let _ = stream.read_to_end(&mut Vec::new()).await;
    }
    assert_eq!(node.host.taken(), 0);
    is_answered(&node).await;
}
