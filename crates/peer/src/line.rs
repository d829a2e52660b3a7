//! The line to one partner: dials, asks, and keeps the connection for the next question.
//!
//! Everything may be asked twice, so that after `Cut` or `TimedOut` one asks again. A line never
//! does that by itself, but for a request that did not leave: on a connection that the other side
//! had closed meanwhile.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use envelope::attachment::blob_name;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::HOST;
use hyper::{Request, Response, StatusCode};
use model::digest::Digest;
use rustls::ClientConfig;
use tokio::time::{Duration, timeout};

use crate::blob::Pieces;
use crate::body::{self, BodyError};
use crate::dial::{Connection, dial};
use crate::endpoint::{Endpoint, MAX_ENDPOINTS};
use crate::error::PeerError;
use crate::identity::Identity;
use crate::limits::{MAX_CARD, MAX_HELD, MAX_LIST, MAX_PARCEL, MAX_PIECE, MAX_WAIT, Patience};
use crate::refusal::{self, Refusal};
use crate::route::Route;
use crate::tls;

/// A kept connection is ready at once, or it is not used.
const READY: Duration = Duration::from_secs(1);

/// A line to a partner.
pub struct Line {
    endpoints: Vec<Endpoint>,
    tls: Arc<ClientConfig>,
    patience: Patience,
    kept: Option<Connection>,
}

impl Line {
    /// Dials a partner: the addresses in their order, `host:port` or `https://host:port`, until
    /// somebody answers who has one of the pinned keys (raw Ed25519, as the card names them).
    pub async fn open(
        endpoints: &[String],
        identity: &Identity,
        pinned: &[[u8; 32]],
    ) -> Result<Line, PeerError> {
        Line::open_with(endpoints, identity, pinned, Patience::default()).await
    }

    /// The same, with other waiting times.
    pub async fn open_with(
        endpoints: &[String],
        identity: &Identity,
        pinned: &[[u8; 32]],
        patience: Patience,
    ) -> Result<Line, PeerError> {
        let endpoints = endpoints.iter().take(MAX_ENDPOINTS).map(|text| Endpoint::parse(text));
        let endpoints = endpoints.collect::<Result<Vec<_>, _>>()?;
        let tls = tls::client(identity, pinned);
        let tls = Arc::new(tls.map_err(|error| PeerError::Identity(error.to_string()))?);
        let kept = Some(dial(&endpoints, &tls, &patience).await?);
        Ok(Line { endpoints, tls, patience, kept })
    }

    /// Sends a parcel and gets one. With `wait` the partner answers only when it has something new,
    /// or after so many seconds, at most `MAX_WAIT`.
    pub async fn parcel(
        &mut self,
        bytes: Vec<u8>,
        wait: Option<u64>,
    ) -> Result<Vec<u8>, PeerError> {
        let wait = wait.unwrap_or_default().min(MAX_WAIT);
        self.send(Route::Parcel(wait), bytes, MAX_PARCEL, MAX_PARCEL).await
    }

    /// Begins to send a sealed file, or goes on; which pieces the partner has.
    pub async fn begin_blob(
        &mut self,
        name: &Digest,
        pieces: &Pieces,
    ) -> Result<Vec<u8>, PeerError> {
        self.send(Route::BeginBlob(*name), pieces.write(), MAX_LIST, MAX_HELD).await
    }

    /// Which pieces of a sealed file the partner has.
    pub async fn held(&mut self, name: &Digest) -> Result<Vec<u8>, PeerError> {
        self.ask(Route::Held(*name), MAX_HELD).await
    }

    /// The pieces of a sealed file that the partner has for us. They make its name, or are none.
    pub async fn list(&mut self, name: &Digest) -> Result<Pieces, PeerError> {
        let bytes = self.ask(Route::List(*name), MAX_LIST).await?;
        let pieces = Pieces::parse(&bytes);
        let pieces = pieces.map_err(|error| PeerError::Protocol(error.to_string()))?;
        if blob_name(pieces.sealed(), pieces.hashes()) != *name {
            return Err(PeerError::Protocol("the list makes another name".to_owned()));
        }
        Ok(pieces)
    }

    /// Sends a piece.
    pub async fn put_piece(
        &mut self,
        name: &Digest,
        piece: u64,
        bytes: Vec<u8>,
    ) -> Result<(), PeerError> {
        self.send(Route::PutPiece(*name, piece), bytes, MAX_PIECE, 0).await.map(|_| ())
    }

    /// Fetches a piece. Whether it is the right one, its hash says.
    pub async fn piece(&mut self, name: &Digest, piece: u64) -> Result<Vec<u8>, PeerError> {
        self.ask(Route::Piece(*name, piece), MAX_PIECE).await
    }

    /// The partner's newest signed card.
    pub async fn card(&mut self) -> Result<Vec<u8>, PeerError> {
        self.ask(Route::Card, MAX_CARD).await
    }

    async fn ask(&mut self, route: Route, most: usize) -> Result<Vec<u8>, PeerError> {
        self.send(route, Vec::new(), 0, most).await
    }

    /// One request and its answer, each of at most so many bytes.
    async fn send(
        &mut self,
        route: Route,
        bytes: Vec<u8>,
        most_out: usize,
        most_in: usize,
    ) -> Result<Vec<u8>, PeerError> {
        if bytes.len() > most_out {
            return Err(PeerError::Large(most_out as u64));
        }
        let bytes = Bytes::from(bytes);
        // Taken out while it is used: who gives up in the middle leaves no half-used connection.
        let kept = self.take_kept().await;
        let mut sent = None;
        if let Some(mut connection) = kept {
            // `None`: it was closed before anything of the request had left.
            sent =
                self.exchange(&mut connection, &route, bytes.clone()).await?.zip(Some(connection));
        }
        let (response, mut connection) = match sent {
            Some(sent) => sent,
            None => {
                let mut connection = dial(&self.endpoints, &self.tls, &self.patience).await?;
                let sent = self.exchange(&mut connection, &route, bytes).await?;
                (sent.ok_or(PeerError::Cut)?, connection)
            }
        };
        let answer = self.read(response, most_in).await;
        if matches!(answer, Ok(_) | Err(PeerError::Refused(_))) {
            connection.used = tokio::time::Instant::now();
            self.kept = Some(connection);
        }
        answer
    }

    /// The kept connection, if it can still be used.
    async fn take_kept(&mut self) -> Option<Connection> {
        let mut kept = self.kept.take().filter(|one| one.used.elapsed() < self.patience.idle)?;
        let ready = timeout(READY, kept.sender.ready()).await;
        matches!(ready, Ok(Ok(()))).then_some(kept)
    }

    /// Sends a request and waits for the head of its answer, as long as something moves.
    async fn exchange(
        &self,
        connection: &mut Connection,
        route: &Route,
        bytes: Bytes,
    ) -> Result<Option<Response<Incoming>>, PeerError> {
        let wait = if let Route::Parcel(wait) = route { *wait } else { 0 };
        let request = Request::builder()
            .method(route.method())
            .uri(route.path())
            .header(HOST, connection.endpoint.to_string())
            .body(Full::new(bytes));
        let request = request.map_err(|error| PeerError::Protocol(error.to_string()))?;
        let mut answering = std::pin::pin!(connection.sender.try_send_request(request));
        let patience = self.patience.answer + Duration::from_secs(wait);
        let pace = self.patience.pace;
        let least = pace.least.saturating_mul(patience.as_secs() / pace.every.as_secs().max(1));
        let mut written = connection.written.load(Ordering::Relaxed);
        loop {
            match timeout(patience, answering.as_mut()).await {
                Ok(Ok(response)) => return Ok(Some(response)),
                Ok(Err(error)) if error.message().is_some() => return Ok(None),
                Ok(Err(error)) => return Err(broken(error.error())),
                Err(_) => {
                    let now = connection.written.load(Ordering::Relaxed);
                    if now - written <= least {
                        return Err(PeerError::TimedOut);
                    }
                    written = now;
                }
            }
        }
    }

    /// Reads an answer, or what the partner says instead.
    async fn read(&self, response: Response<Incoming>, most: usize) -> Result<Vec<u8>, PeerError> {
        let (head, mut body) = response.into_parts();
        let is_done = matches!(head.status, StatusCode::OK | StatusCode::NO_CONTENT);
        let most = if is_done { most } else { refusal::MAX_BYTES };
        let read = body::read(&mut body, most, self.patience.pace).await;
        let bytes = read.map_err(|error| match error {
            BodyError::Slow => PeerError::TimedOut,
            BodyError::Large => PeerError::Large(most as u64),
            BodyError::Cut => PeerError::Cut,
        })?;
        if is_done {
            return Ok(bytes);
        }
        let status = head.status.as_u16();
        let refusal = Refusal::parse(status, &bytes);
        Err(refusal
            .map_or_else(|| PeerError::Protocol(format!("status {status}")), PeerError::Refused))
    }
}

/// What a failed request says of the connection.
fn broken(error: &hyper::Error) -> PeerError {
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    while let Some(inner) = cause {
        if let Some(tls) = inner.downcast_ref::<rustls::Error>() {
            return PeerError::Protocol(tls.to_string());
        }
        if let Some(io) = inner.downcast_ref::<std::io::Error>() {
            if io.kind() == std::io::ErrorKind::TimedOut {
                return PeerError::TimedOut;
            }
            if let Some(tls) = io.get_ref().and_then(|io| io.downcast_ref::<rustls::Error>()) {
                return PeerError::Protocol(tls.to_string());
            }
        }
        cause = inner.source();
    }
    if error.is_parse() { PeerError::Protocol(error.to_string()) } else { PeerError::Cut }
}
