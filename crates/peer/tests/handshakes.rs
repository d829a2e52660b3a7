//! Handshakes: one way to speak, and whoever speaks otherwise is not heard.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::net::SocketAddr;
use std::sync::Arc;

use common::{CERTIFIED, certified, foreign, identity, is_answered, limits, node, patience, say};
use peer::error::PeerError;
use peer::line::Line;
use rustls::crypto::CryptoProvider;
use rustls::crypto::aws_lc_rs::{default_provider, kx_group};
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, ServerConfig};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

fn with(groups: Vec<&'static dyn rustls::crypto::SupportedKxGroup>) -> CryptoProvider {
    CryptoProvider { kx_groups: groups, ..default_provider() }
}

/// Whether a node answers somebody who speaks so.
async fn is_heard(address: SocketAddr, config: ClientConfig) -> bool {
    let Ok(mut stream) = common::connect(address, config).await else { return false };
    let request = b"GET /lk1/card HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    let answer = say(&mut stream, request).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 200"), "{answer}");
    !answer.is_empty()
}

#[tokio::test]
async fn a_server_hears_tls_1_3_with_the_hybrid_exchange_and_a_key_alone() {
    let node = node(limits()).await;
    let own = || Some(certified(CERTIFIED));
    let hybrid = || with(vec![kx_group::X25519MLKEM768]);
    let heard = async |config| is_heard(node.address, config).await;
    assert!(heard(foreign(hybrid(), &TLS13, own())).await, "a certificate that OpenSSL made");
    assert!(heard(foreign(default_provider(), &TLS13, own())).await);
    let both = with(vec![kx_group::X25519, kx_group::X25519MLKEM768]);
    assert!(heard(foreign(both, &TLS13, own())).await, "the second try has the right group");
    let asked = || node.host.asked.load(std::sync::atomic::Ordering::SeqCst);
    let before = asked();
    for group in [kx_group::X25519, kx_group::SECP256R1, kx_group::MLKEM768] {
        assert!(!heard(foreign(with(vec![group]), &TLS13, own())).await, "{:?}", group.name());
    }
    assert!(!heard(foreign(default_provider(), &TLS12, own())).await);
    assert!(!heard(foreign(hybrid(), &TLS13, None)).await, "nobody speaks without a key");
    let stolen = certified(CERTIFIED + 1);
    assert!(!heard(foreign(hybrid(), &TLS13, Some(stolen))).await, "a certificate is no key");
    assert_eq!(asked(), before);
    is_answered(&node).await;
}

/// Somebody who listens with a configuration of his own, and what our line says of him.
async fn dialled(
    provider: CryptoProvider,
    version: &'static rustls::SupportedProtocolVersion,
    key: u8,
) -> Option<PeerError> {
    let builder = ServerConfig::builder_with_provider(Arc::new(provider));
    let builder = builder.with_protocol_versions(&[version]).unwrap().with_no_client_auth();
    let acceptor = TlsAcceptor::from(Arc::new(builder.with_cert_resolver(certified(key))));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoints = [listener.local_addr().unwrap().to_string()];
    let accepting = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        acceptor.accept(stream).await
    });
    let pinned = [*identity(CERTIFIED).public()];
    let opened = Line::open_with(&endpoints, &identity(1), &pinned, patience()).await;
    let _ = accepting.await.unwrap();
    opened.err()
}

#[tokio::test]
async fn a_line_speaks_tls_1_3_with_the_hybrid_exchange_and_the_right_key_alone() {
    assert_eq!(dialled(default_provider(), &TLS13, CERTIFIED).await, None);
    let code = async |provider, version, key| {
        dialled(provider, version, key).await.map(|error| error.code())
    };
    let refused = Some("peer_protocol");
    assert_eq!(code(default_provider(), &TLS12, CERTIFIED).await, refused);
    for group in [kx_group::X25519, kx_group::SECP256R1, kx_group::MLKEM768] {
        assert_eq!(code(with(vec![group]), &TLS13, CERTIFIED).await, refused, "{:?}", group.name());
    }
    let stolen = code(default_provider(), &TLS13, CERTIFIED + 1).await;
    assert_eq!(stolen, refused, "a certificate is no key");
}
