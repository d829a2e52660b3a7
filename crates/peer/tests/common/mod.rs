//! A node for tests: a host that keeps everything in memory, behind a real server.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part of it")]

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex};

use envelope::attachment::blob_name;
use envelope::card::AgencyId;
use model::digest::Digest;
use peer::bell::Bell;
use peer::blob::Pieces;
use peer::error::PeerError;
use peer::host::{Answer, Host};
use peer::identity::Identity;
use peer::limits::{Limits, Patience};
use peer::line::Line;
use peer::refusal::Refusal;
use peer::server::Server;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::aws_lc_rs::{default_provider, sign::any_eddsa_type};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Seeds below this are partners', others are strangers'.
const STRANGERS: u8 = 20;
pub const SERVER: u8 = 100;

#[derive(Default)]
pub struct Kept {
    pub taken: Vec<(AgencyId, Vec<u8>)>,
    pub news: Option<Vec<u8>>,
    pub revoked: Option<AgencyId>,
    pub blobs: BTreeMap<Digest, (Pieces, BTreeMap<u64, Vec<u8>>)>,
}

pub struct TestHost {
    pub bell: Bell,
    pub kept: Mutex<Kept>,
    /// A body may have so many bytes.
    pub allowed: AtomicU64,
    /// How often it was asked who somebody is.
    pub asked: AtomicU64,
    /// How many lists and pieces of files reached it.
    pub put: AtomicU64,
    /// How many are at work on a parcel that says `slow`, until the gate is open.
    pub working: AtomicU64,
    pub is_open: Mutex<bool>,
    pub opened: Condvar,
}

pub fn agency(seed: u8) -> AgencyId {
    AgencyId(Digest::of(identity(seed).public()))
}

pub fn identity(seed: u8) -> Identity {
    Identity::from_seed(&[seed; 32]).unwrap()
}

impl TestHost {
    pub fn taken(&self) -> usize {
        self.kept.lock().unwrap().taken.len()
    }

    pub fn open_gate(&self) {
        *self.is_open.lock().unwrap() = true;
        self.opened.notify_all();
    }

    fn blob<T>(
        &self,
        name: Digest,
        look: impl FnOnce(&mut (Pieces, BTreeMap<u64, Vec<u8>>)) -> Option<T>,
    ) -> Result<T, Refusal> {
        let mut kept = self.kept.lock().unwrap();
        let found = kept.blobs.get_mut(&name).and_then(look);
        found.ok_or_else(|| Refusal::new(404, "blob_unknown", name))
    }
}

impl Host for TestHost {
    fn agency_of(&self, key: &[u8; 32]) -> Result<AgencyId, Refusal> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let known = (1..STRANGERS).any(|seed| identity(seed).public() == key);
        let id = AgencyId(Digest::of(key));
        if self.kept.lock().unwrap().revoked == Some(id) {
            return Err(Refusal::new(403, "key_revoked", id.0));
        }
        if known { Ok(id) } else { Err(Refusal::new(403, "partner_unknown", id.0)) }
    }

    fn allow(&self, _: AgencyId, bytes: u64) -> Result<(), Refusal> {
        let most = self.allowed.load(Ordering::SeqCst);
        if bytes <= most { Ok(()) } else { Err(Refusal::new(429, "quota_bytes", most)) }
    }

    fn take(&self, from: AgencyId, bytes: Vec<u8>) -> Result<Answer, Refusal> {
        let is_news = bytes.as_slice() != b"quiet";
        if bytes.as_slice() == b"conflict" {
            return Err(Refusal::new(409, "log_frozen", ""));
        }
        if bytes.as_slice() == b"slow" {
            self.working.fetch_add(1, Ordering::SeqCst);
            let closed = self.is_open.lock().unwrap();
            drop(self.opened.wait_while(closed, |is_open| !*is_open).unwrap());
        }
        let answer = bytes.iter().rev().copied().collect();
        self.kept.lock().unwrap().taken.push((from, bytes));
        Ok(Answer { bytes: answer, is_news })
    }

    fn again(&self, _: AgencyId) -> Result<Answer, Refusal> {
        let news = self.kept.lock().unwrap().news.take();
        let is_news = news.is_some();
        Ok(Answer { bytes: news.unwrap_or_else(|| b"nothing".to_vec()), is_news })
    }

    fn bell(&self) -> &Bell {
        &self.bell
    }

    fn begin_blob(&self, from: AgencyId, name: Digest, pieces: Pieces) -> Result<Vec<u8>, Refusal> {
        self.put.fetch_add(1, Ordering::SeqCst);
        if blob_name(pieces.sealed(), pieces.hashes()) != name {
            return Err(Refusal::new(409, "blob_name", name));
        }
        self.kept.lock().unwrap().blobs.entry(name).or_insert((pieces, BTreeMap::new()));
        self.held(from, name)
    }

    fn held(&self, _: AgencyId, name: Digest) -> Result<Vec<u8>, Refusal> {
        self.blob(name, |(pieces, held)| {
            let mut bits = vec![0; pieces.hashes().len().div_ceil(8)];
            held.keys().for_each(|piece| bits[*piece as usize / 8] |= 1 << (piece % 8));
            Some(bits)
        })
    }

    fn list(&self, _: AgencyId, name: Digest) -> Result<Pieces, Refusal> {
        self.blob(name, |(pieces, _)| Some(pieces.clone()))
    }

    fn put_piece(
        &self,
        _: AgencyId,
        name: Digest,
        piece: u64,
        bytes: Vec<u8>,
    ) -> Result<(), Refusal> {
        self.put.fetch_add(1, Ordering::SeqCst);
        self.blob(name, |(_, held)| {
            held.insert(piece, bytes);
            Some(())
        })
    }

    fn piece(&self, _: AgencyId, name: Digest, piece: u64) -> Result<Vec<u8>, Refusal> {
        self.blob(name, |(_, held)| held.get(&piece).cloned())
    }

    fn card(&self, _: AgencyId) -> Result<Vec<u8>, Refusal> {
        Ok(b"card".to_vec())
    }
}

/// A node that answers.
pub struct Node {
    pub host: Arc<TestHost>,
    pub address: SocketAddr,
    pub shutdown: watch::Sender<bool>,
    pub serving: JoinHandle<Result<(), PeerError>>,
}

/// A node on a free port of this machine.
pub async fn node(limits: Limits) -> Node {
    let host = Arc::new(TestHost {
        bell: Bell::default(),
        kept: Mutex::default(),
        allowed: AtomicU64::new(u64::MAX),
        asked: AtomicU64::new(0),
        put: AtomicU64::new(0),
        working: AtomicU64::new(0),
        is_open: Mutex::default(),
        opened: Condvar::new(),
    });
    let any = "127.0.0.1:0".parse().unwrap();
    let server = Server::bind(any, &identity(SERVER), host.clone(), limits).unwrap();
    let (shutdown, hears) = watch::channel(false);
    let address = server.local_addr();
    Node { host, address, shutdown, serving: tokio::spawn(server.serve(hears)) }
}

/// Waiting times that no busy machine exceeds.
pub fn patience() -> Patience {
    let minutes = std::time::Duration::from_secs(300);
    Patience { dial: minutes, handshake: minutes, answer: minutes, ..Patience::default() }
}

/// Limits that no busy machine exceeds.
pub fn limits() -> Limits {
    let minutes = std::time::Duration::from_secs(300);
    Limits { head_time: minutes, handshake: minutes, stall: minutes, ..Limits::default() }
}

pub async fn line_to(address: SocketAddr, seed: u8) -> Result<Line, PeerError> {
    let endpoints = [address.to_string()];
    let pinned = [*identity(SERVER).public()];
    Line::open_with(&endpoints, &identity(seed), &pinned, patience()).await
}

pub async fn line(node: &Node, seed: u8) -> Line {
    line_to(node.address, seed).await.unwrap()
}

/// An honest partner is answered.
pub async fn is_answered(node: &Node) {
    let answer = line(node, 1).await.parcel(b"abc".to_vec(), None).await;
    assert_eq!(answer, Ok(b"cba".to_vec()));
}

/// A certificate that OpenSSL made, for the key of the seed 7 in every byte:
/// `openssl req -x509 -key … -subj "/C=VN/O=Test/CN=node.example"`.
pub fn certificate() -> CertificateDer<'static> {
    CertificateDer::from(include_bytes!("../data/openssl.der").as_slice())
}
pub const CERTIFIED: u8 = 7;

/// A certificate with a key, which need not be its own.
pub fn certified(seed: u8) -> Arc<SingleCertAndKey> {
    let prefix = b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20";
    let pkcs8 = [prefix.as_slice(), &[seed; 32]].concat();
    let key = any_eddsa_type(&PrivatePkcs8KeyDer::from(pkcs8)).unwrap();
    Arc::new(CertifiedKey::new(vec![certificate()], key).into())
}

/// Takes any server: these tests are about what the server takes.
#[derive(Debug)]
struct AnyServer(CryptoProvider);

impl ServerCertVerifier for AnyServer {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

/// How a foreign program would speak: a TLS configuration that is not ours. `None`: without a key.
pub fn foreign(
    provider: CryptoProvider,
    version: &'static rustls::SupportedProtocolVersion,
    key: Option<Arc<SingleCertAndKey>>,
) -> ClientConfig {
    let builder = ClientConfig::builder_with_provider(Arc::new(provider.clone()));
    let builder = builder.with_protocol_versions(&[version]).unwrap().dangerous();
    let builder = builder.with_custom_certificate_verifier(Arc::new(AnyServer(provider)));
    match key {
        Some(key) => builder.with_client_cert_resolver(key),
        None => builder.with_no_client_auth(),
    }
}

/// A connection on which a test writes what it wants, as the partner with the OpenSSL certificate.
pub async fn raw(node: &Node) -> TlsStream<TcpStream> {
    connect(node.address, raw_config()).await.unwrap()
}

/// How that partner speaks.
pub fn raw_config() -> ClientConfig {
    foreign(default_provider(), &rustls::version::TLS13, Some(certified(CERTIFIED)))
}

pub async fn connect(
    address: SocketAddr,
    config: ClientConfig,
) -> std::io::Result<TlsStream<TcpStream>> {
    greet(TcpStream::connect(address).await?, Arc::new(config)).await
}

/// A handshake on a connection.
pub async fn greet(
    stream: TcpStream,
    config: Arc<ClientConfig>,
) -> std::io::Result<TlsStream<TcpStream>> {
    let name = ServerName::try_from("node.example").unwrap();
    TlsConnector::from(config).connect(name, stream).await
}

/// Writes something and reads what comes until the end; a broken connection is an end.
pub async fn say(stream: &mut TlsStream<TcpStream>, text: &[u8]) -> String {
    let _ = stream.write_all(text).await;
    let _ = stream.flush().await;
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
    String::from_utf8_lossy(&bytes).into_owned()
}
