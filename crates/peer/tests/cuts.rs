//! Bad lines and bad servers: a connection that breaks is seen as broken, and the next question
//! goes over a new one; whatever a server answers gives an answer or an error, never a panic.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::net::SocketAddr;
use std::sync::Arc;

use common::{CERTIFIED, certified, identity, limits, line, line_to, node, patience};
use envelope::attachment::{PIECE, blob_name};
use model::digest::Digest;
use peer::blob::Pieces;
use peer::error::PeerError;
use peer::limits::{MAX_PARCEL, Pace, Patience};
use peer::line::Line;
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs::default_provider;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::time::Duration;
use tokio_rustls::TlsAcceptor;

/// Carries at most so many bytes, then ends.
async fn carry(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, most: usize) {
    let mut buffer = [0; 4_096];
    let mut left = most;
    while left > 0 {
        let take = left.min(buffer.len());
        match from.read(&mut buffer[..take]).await {
            Ok(count) if count > 0 => {
                if to.write_all(&buffer[..count]).await.is_err() {
                    return;
                }
                left -= count;
            }
            _ => return,
        }
    }
}

/// A line that cuts its first connection after so many bytes out, or so many in; the next ones are
/// whole.
async fn proxy(to: SocketAddr, out: usize, back: usize) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut limits = (out, back);
        while let Ok((near, _)) = listener.accept().await {
            let far = tokio::net::TcpStream::connect(to).await.unwrap();
            let (out, back) = std::mem::replace(&mut limits, (usize::MAX, usize::MAX));
            tokio::spawn(async move {
                let (near_read, near_write) = near.into_split();
                let (far_read, far_write) = far.into_split();
                tokio::select! {
                    () = carry(near_read, far_write, out) => {}
                    () = carry(far_read, near_write, back) => {}
                }
            });
        }
    });
    address
}

/// After a handshake and before the end of a piece.
const PLACES: [usize; 5] = [6_000, 20_000, 100_000, 500_000, 1_000_000];

#[tokio::test]
async fn a_piece_that_is_cut_off_is_sent_again_over_a_new_connection() {
    let node = node(limits()).await;
    let part = vec![5; PIECE];
    let hashes = vec![Digest::of(&part)];
    let name = blob_name(PIECE as u64, &hashes);
    let pieces = Pieces::new(PIECE as u64, hashes).unwrap();
    line(&node, 1).await.begin_blob(&name, &pieces).await.unwrap();
    for place in PLACES {
        let address = proxy(node.address, place, usize::MAX).await;
        let mut line = line_to(address, 1).await.unwrap();
        let cut = line.put_piece(&name, 0, part.clone()).await;
        assert_eq!(cut, Err(PeerError::Cut), "after {place} bytes");
        assert_eq!(line.held(&name).await, Ok(vec![0]), "half a piece is none");
    }
    line(&node, 1).await.put_piece(&name, 0, part.clone()).await.unwrap();
    for place in PLACES {
        let address = proxy(node.address, usize::MAX, place).await;
        let mut line = line_to(address, 1).await.unwrap();
        assert_eq!(line.piece(&name, 0).await, Err(PeerError::Cut), "after {place} bytes");
        assert!(line.piece(&name, 0).await.as_ref() == Ok(&part));
    }
}

/// What a line says to a server that answers its first request with these bytes and hangs up.
async fn answered(bytes: Vec<u8>, is_kept_open: bool) -> Result<Vec<u8>, PeerError> {
    let builder = ServerConfig::builder_with_provider(Arc::new(default_provider()));
    let builder = builder.with_protocol_versions(&[&rustls::version::TLS13]).unwrap();
    let builder = builder.with_no_client_auth().with_cert_resolver(certified(CERTIFIED));
    let acceptor = TlsAcceptor::from(Arc::new(builder));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoints = [listener.local_addr().unwrap().to_string()];
    let serving = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = acceptor.accept(stream).await.unwrap();
        let mut asked = Vec::new();
        while !asked.ends_with(b"\r\n\r\nask") {
            let mut buffer = [0; 100];
            let count = stream.read(&mut buffer).await.unwrap();
            asked.extend_from_slice(&buffer[..count]);
        }
        let _ = stream.write_all(&bytes).await;
        let _ = stream.flush().await;
        if is_kept_open {
            std::future::pending::<()>().await;
        }
        let _ = stream.shutdown().await;
    });
    // Where nothing comes any more, a short time is as good as a long one.
    let answer = if is_kept_open { Duration::from_millis(300) } else { patience().answer };
    let pace = Pace { least: 1_000, every: answer };
    let patience = Patience { answer, pace, ..patience() };
    let pinned = [*identity(CERTIFIED).public()];
    let mut line = Line::open_with(&endpoints, &identity(1), &pinned, patience).await.unwrap();
    let answer = line.parcel(b"ask".to_vec(), None).await;
    serving.abort();
    answer
}

fn whole(status: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

#[tokio::test]
async fn whatever_a_server_answers_is_an_answer_or_an_error() {
    let check = async |bytes: Vec<u8>, code: &str| {
        let shown = String::from_utf8_lossy(&bytes).chars().take(60).collect::<String>();
        let error = answered(bytes, false).await.unwrap_err();
        assert_eq!(error.code(), code, "{shown}");
    };
    assert_eq!(answered(whole("200 OK", "abc"), false).await, Ok(b"abc".to_vec()));
    check(whole("409 Conflict", r#"{"code":"a","value":"b"}"#), "peer_refused").await;
    check(whole("409 Conflict", "<html>"), "peer_protocol").await;
    check(whole("301 Moved", ""), "peer_protocol").await;
    check(b"\0\x01\x02 nonsense\r\n\r\n".to_vec(), "peer_protocol").await;
    check(b"SSH-2.0-OpenSSH\r\n\r\n".to_vec(), "peer_protocol").await;
    check(b"HTTP/1.1 200 OK\r\na: b\r\n".repeat(1_000), "peer_protocol").await;
    let long = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", MAX_PARCEL + 1);
    check(long.into_bytes(), "peer_large").await;
    let long = whole("500 No", &"x".repeat(10_000));
    check(long, "peer_large").await;
    // An answer without a length, and more than it may be.
    let endless = [b"HTTP/1.1 200 OK\r\n\r\n".as_slice(), &vec![0; MAX_PARCEL + 1]].concat();
    check(endless, "peer_large").await;
}

#[tokio::test]
async fn an_answer_that_is_cut_off_is_none() {
    let bytes = whole("200 OK", "abcdefgh");
    for cut in 0..bytes.len() {
        let answer = answered(bytes[..cut].to_vec(), false).await;
        assert_eq!(answer, Err(PeerError::Cut), "after {cut} bytes");
    }
}

#[tokio::test]
async fn who_does_not_answer_is_not_waited_for_for_ever() {
    let bytes = whole("200 OK", "abcdefgh");
    for cut in [0, 10, bytes.len() - 3] {
        let answer = answered(bytes[..cut].to_vec(), true).await;
        assert_eq!(answer, Err(PeerError::TimedOut), "after {cut} bytes");
    }
}
