//! Dialling: one address after the other, until one answers with the right key.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;

use crate::endpoint::Endpoint;
use crate::error::PeerError;
use crate::limits::Patience;
use crate::steady::Steady;
use crate::tls;

/// Of a name at most so many numbers are tried.
const MAX_NUMBERS: usize = 4;
/// No certificate is held against a name; one has to be given to the TLS engine.
const NO_NAME: &str = "node.invalid";
/// An answer's head has at most so many bytes and lines.
const HEAD_BYTES: usize = 8 * 1024;
const HEAD_LINES: usize = 32;

/// A connection that requests can be sent on.
pub(crate) struct Connection {
    pub(crate) sender: SendRequest<Full<Bytes>>,
    /// How many bytes went out on it.
    pub(crate) written: Arc<AtomicU64>,
    /// The address, as a request names it.
    pub(crate) endpoint: Endpoint,
    /// When it was last used.
    pub(crate) used: Instant,
}

/// Dials until somebody answers who has the right key. Of several failures the most telling one is
/// the answer.
pub(crate) async fn dial(
    endpoints: &[Endpoint],
    tls: &Arc<ClientConfig>,
    patience: &Patience,
) -> Result<Connection, PeerError> {
    let mut worst = PeerError::NoEndpoint;
    for endpoint in endpoints {
        let numbers = match numbers(endpoint, patience).await {
            Ok(numbers) => numbers,
            Err(error) => {
                worst = more_telling(worst, error);
                continue;
            }
        };
        for number in numbers {
            match connect(endpoint, number, tls, patience).await {
                Ok(connection) => return Ok(connection),
                Err(error) => worst = more_telling(worst, error),
            }
        }
    }
    Err(worst)
}

fn more_telling(one: PeerError, other: PeerError) -> PeerError {
    let weight = |error: &PeerError| match error {
        PeerError::WrongKey { .. } => 3,
        PeerError::Protocol(_) => 2,
        PeerError::NoEndpoint => 0,
        _ => 1,
    };
    if weight(&other) > weight(&one) { other } else { one }
}

async fn numbers(endpoint: &Endpoint, patience: &Patience) -> Result<Vec<SocketAddr>, PeerError> {
    let looked_up = timeout(patience.dial, lookup_host(endpoint.place())).await;
    let found: Vec<SocketAddr> = match looked_up {
        Ok(Ok(found)) => found.take(MAX_NUMBERS).collect(),
        Ok(Err(error)) => return Err(unreachable(endpoint, &error)),
        Err(_) => return Err(unreachable(endpoint, &"its name is not found in time")),
    };
    if found.is_empty() {
        return Err(unreachable(endpoint, &"its name has no number"));
    }
    Ok(found)
}

async fn connect(
    endpoint: &Endpoint,
    number: SocketAddr,
    tls: &Arc<ClientConfig>,
    patience: &Patience,
) -> Result<Connection, PeerError> {
    let stream = match timeout(patience.dial, TcpStream::connect(number)).await {
        Ok(connected) => connected.map_err(|error| unreachable(endpoint, &error))?,
        Err(_) => return Err(unreachable(endpoint, &"it does not answer in time")),
    };
    stream.set_nodelay(true).map_err(|error| unreachable(endpoint, &error))?;
    let stream = Steady::new(stream, patience.answer);
    let written = stream.written();
    let name = ServerName::try_from(NO_NAME);
    let name = name.map_err(|error| PeerError::Protocol(error.to_string()))?;
    let greeting = TlsConnector::from(tls.clone()).connect(name, stream);
    let stream = match timeout(patience.handshake, greeting).await {
        Ok(greeted) => greeted.map_err(|error| greeting_failed(endpoint, &error))?,
        Err(_) => return Err(unreachable(endpoint, &"no TLS handshake in time")),
    };
    let mut http = http1::Builder::new();
    http.max_headers(HEAD_LINES).max_header_size(HEAD_BYTES);
    let handshake = http.handshake(TokioIo::new(stream)).await;
    let (sender, connection) = handshake.map_err(|_| PeerError::Cut)?;
    // It ends when the sender is dropped; how it ends, the sender learns.
    tokio::spawn(connection);
    Ok(Connection { sender, written, endpoint: endpoint.clone(), used: Instant::now() })
}

fn unreachable(endpoint: &Endpoint, cause: &dyn std::fmt::Display) -> PeerError {
    PeerError::Unreachable { endpoint: endpoint.to_string(), cause: cause.to_string() }
}

fn greeting_failed(endpoint: &Endpoint, error: &std::io::Error) -> PeerError {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match inner {
        Some(error) if tls::is_wrong_key(error) => {
            PeerError::WrongKey { endpoint: endpoint.to_string() }
        }
        Some(error) => PeerError::Protocol(error.to_string()),
        None => unreachable(endpoint, error),
    }
}
