//! The server: takes connections, learns the key behind each, and hands its requests to the desk.

use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::{JoinSet, yield_now};
use tokio::time::{Duration, sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::crowd::{Crowd, Seat};
use crate::desk::Desk;
use crate::error::PeerError;
use crate::host::Host;
use crate::identity::Identity;
use crate::limits::Limits;
use crate::steady::Steady;
use crate::tls;

/// After the system could not give us a connection (no more files, mostly) we wait so long.
const AFTER_FAILURE: Duration = Duration::from_millis(100);
/// Of what one connection brings at most so many bytes lie unread in memory.
const BUFFER: usize = 64 * 1024;

/// A server that listens and does not answer yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    acceptor: TlsAcceptor,
    host: Arc<dyn Host>,
    limits: Limits,
}

impl Server {
    /// Listens at an address; port 0 is any free one.
    pub fn bind(
        address: SocketAddr,
        identity: &Identity,
        host: Arc<dyn Host>,
        limits: Limits,
    ) -> Result<Server, PeerError> {
        let failed = |error: std::io::Error| PeerError::Listen {
            address: address.to_string(),
            cause: error.to_string(),
        };
        let tls = tls::server(identity).map_err(|error| PeerError::Identity(error.to_string()))?;
        let listener = TcpListener::bind(address).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Server { listener, address, acceptor: TlsAcceptor::from(Arc::new(tls)), host, limits })
    }

    /// Where it listens.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `shutdown` says `true` or its sender is gone; what is being answered then is
    /// finished, within `Limits::closing`.
    pub async fn serve(self, shutdown: watch::Receiver<bool>) -> Result<(), PeerError> {
        let listener = tokio::net::TcpListener::from_std(self.listener);
        let listener = listener.map_err(|error| PeerError::Listen {
            address: self.address.to_string(),
            cause: error.to_string(),
        })?;
        let desk = Arc::new(Desk::new(self.host, self.limits.clone(), shutdown.clone()));
        let crowd = Arc::new(Crowd::new(self.limits.connections, self.limits.connections_of_one));
        let room = Room { acceptor: self.acceptor, desk, limits: self.limits, shutdown };
        let mut shutdown = room.shutdown.clone();
        let mut attended = JoinSet::new();
        loop {
            tokio::select! {
                () = over(&mut shutdown) => break,
                Some(_) = attended.join_next(), if !attended.is_empty() => {}
                accepted = listener.accept() => match accepted {
                    Ok((stream, from)) => {
                        // Who finds no place is hung up on, before anything was spent on him.
                        if let Some(seat) = crowd.enter(from.ip()) {
                            attended.spawn(room.clone().attend(stream, Arc::new(seat)));
                        }
                        // Who was told to leave leaves before the next one is let in.
                        yield_now().await;
                    }
                    Err(_) => sleep(AFTER_FAILURE).await,
                },
            }
        }
        drop(listener);
        while attended.join_next().await.is_some() {}
        Ok(())
    }
}

/// Ends when a node shuts down, or its owner is gone.
pub(crate) async fn over(shutdown: &mut watch::Receiver<bool>) {
    let _ = shutdown.wait_for(|is_over| *is_over).await;
}

/// What every connection needs.
#[derive(Clone)]
struct Room {
    acceptor: TlsAcceptor,
    desk: Arc<Desk>,
    limits: Limits,
    shutdown: watch::Receiver<bool>,
}

impl Room {
    /// A connection from its handshake to its end. Why it ended matters to nobody: who is at the
    /// other end sees it, and tries again.
    async fn attend(self, stream: TcpStream, seat: Arc<Seat>) {
        let mut shutdown = self.shutdown.clone();
        let greeted = tokio::select! {
            greeted = self.greet(stream) => greeted,
            () = seat.given_away() => None,
            () = over(&mut shutdown) => None,
        };
        if let Some((key, stream)) = greeted {
            self.talk(key, stream, seat).await;
        }
    }

    /// The handshake, and the key that it proved.
    async fn greet(&self, stream: TcpStream) -> Option<([u8; 32], TlsStream<Steady<TcpStream>>)> {
        stream.set_nodelay(true).ok()?;
        let accepting = self.acceptor.accept(Steady::new(stream, self.limits.stall));
        let stream = timeout(self.limits.handshake, accepting).await.ok()?.ok()?;
        let key = tls::proved_key(stream.get_ref().1.peer_certificates())?;
        Some((key, stream))
    }

    /// One request after another.
    async fn talk(mut self, key: [u8; 32], stream: TlsStream<Steady<TcpStream>>, seat: Arc<Seat>) {
        let (desk, sitting) = (self.desk.clone(), seat.clone());
        let service = service_fn(move |request| {
            let (desk, seat) = (desk.clone(), sitting.clone());
            async move { Ok::<_, Infallible>(desk.answer(key, &seat, request).await) }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.head_time)
            .max_headers(self.limits.head_lines)
            .max_header_size(self.limits.head_bytes)
            .max_buf_size(BUFFER)
            .auto_date_header(false)
            .serve_connection(TokioIo::new(stream), service);
        let mut connection = std::pin::pin!(connection);
        tokio::select! {
            // Why a connection broke matters to nobody here.
            _ = connection.as_mut() => {}
            () = seat.given_away() => {}
            () = over(&mut self.shutdown) => {
                connection.as_mut().graceful_shutdown();
                let _ = timeout(self.limits.closing, connection).await;
            }
        }
    }
}
