//! A stream that does not wait for ever for somebody who takes nothing.
//!
//! The kernel says that there is room again only when a good part of its buffer went out, so that
//! who takes a byte a second does not look busy.

use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// A stream whose writes fail with `TimedOut` when nothing goes out for `stall`. It counts what
/// went out.
pub(crate) struct Steady<S> {
    stream: S,
    stall: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
    written: Arc<AtomicU64>,
}

impl<S> Steady<S> {
    pub(crate) fn new(stream: S, stall: Duration) -> Steady<S> {
        Steady { stream, stall, waiting: None, written: Arc::default() }
    }

    /// How many bytes went out so far.
    pub(crate) fn written(&self) -> Arc<AtomicU64> {
        self.written.clone()
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Steady<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Steady<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if let Poll::Ready(result) = Pin::new(&mut self.stream).poll_write(context, bytes) {
            self.waiting = None;
            if let Ok(count) = result {
                self.written.fetch_add(count as u64, Ordering::Relaxed);
            }
            return Poll::Ready(result);
        }
        let stall = self.stall;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(stall)));
        ready!(waiting.as_mut().poll(context));
        self.waiting = None;
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_takes_nothing_is_not_waited_for() {
        let (ours, mut theirs) = duplex(8);
        let mut ours = Steady::new(ours, Duration::from_secs(30));
        ours.write_all(&[1; 8]).await.unwrap();
        let slow = async {
            tokio::time::sleep(Duration::from_secs(29)).await;
            theirs.read_exact(&mut [0; 8]).await.unwrap();
            std::future::pending::<()>().await;
        };
        let written = ours.written();
        let write = async { ours.write_all(&[2; 100]).await.unwrap_err().kind() };
        tokio::select! {
            kind = write => assert_eq!(kind, io::ErrorKind::TimedOut),
            () = slow => {}
        }
        assert_eq!(written.load(Ordering::Relaxed), 16);
    }
}
