//! For the demo, tests and figures: a line on this machine that can be cut. What goes to an address
//! is passed on to another one, until so many bytes have gone.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// The line.
pub struct CutLine {
    /// Where it begins.
    pub address: SocketAddr,
    counts: Arc<Counts>,
}

#[derive(Default)]
struct Counts {
    /// Bytes that went in all.
    went: AtomicU64,
    /// After so many bytes the connection is cut, once; 0: it holds.
    cut_after: AtomicU64,
}

impl CutLine {
    /// A line to an address; it holds until it is told not to.
    pub async fn new(to: SocketAddr) -> std::io::Result<CutLine> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let counts = Arc::new(Counts::default());
        let shared = counts.clone();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let Ok(far) = TcpStream::connect(to).await else { continue };
                let (near_read, near_write) = near.into_split();
                let (far_read, far_write) = far.into_split();
                let counts = shared.clone();
                tokio::spawn(async move {
                    // One end that goes takes the other with it.
                    tokio::select! {
                        () = carry(near_read, far_write, Some(&counts)) => {}
                        () = carry(far_read, near_write, None) => {}
                    }
                });
            }
        });
        Ok(CutLine { address, counts })
    }

    /// Cuts the connection once so many more bytes have gone.
    pub fn cut_after(&self, bytes: u64) {
        self.counts.cut_after.store(self.went() + bytes, Ordering::SeqCst);
    }

    /// Bytes that went so far.
    pub fn went(&self) -> u64 {
        self.counts.went.load(Ordering::SeqCst)
    }
}

async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, counts: Option<&Counts>) {
    let mut buffer = vec![0; 16 << 10];
    while let Ok(count @ 1..) = from.read(&mut buffer).await {
        let Some(bytes) = buffer.get(..count) else { return };
        if let Some(counts) = counts {
            let went = counts.went.fetch_add(count as u64, Ordering::SeqCst) + count as u64;
            let limit = counts.cut_after.load(Ordering::SeqCst);
            if limit > 0 && went >= limit {
                counts.cut_after.store(0, Ordering::SeqCst);
                return;
            }
        }
        if to.write_all(bytes).await.is_err() {
            return;
        }
    }
}
