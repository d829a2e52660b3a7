//! Bodies: read whole, never more than may come, and never slower than they have to come.

use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};
use tokio::time::{Duration, Instant, timeout, timeout_at};

use crate::limits::Pace;

/// What is left of a refused body is read away up to so much and so long: who closes a connection
/// with something unread in it destroys his own last answer.
const DRAINED_BYTES: usize = 1 << 20;
const DRAINED_TIME: Duration = Duration::from_secs(3);

/// Why a body is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyError {
    /// It came too slowly.
    Slow,
    /// It is longer than it may be.
    Large,
    /// It ended before its end.
    Cut,
}

/// Reads a body. Memory grows with what has come, not with what is claimed.
pub(crate) async fn read(
    body: &mut Incoming,
    most: usize,
    pace: Pace,
) -> Result<Vec<u8>, BodyError> {
    if body.size_hint().lower() > most as u64 {
        return Err(BodyError::Large);
    }
    let mut bytes = Vec::new();
    let (mut came, mut until) = (0, Instant::now() + pace.every);
    loop {
        match timeout_at(until, body.frame()).await {
            Ok(None) => return Ok(bytes),
            Ok(Some(Err(_))) => return Err(BodyError::Cut),
            Ok(Some(Ok(frame))) => {
                let data = frame.into_data().unwrap_or_default();
                if bytes.len() + data.len() > most {
                    return Err(BodyError::Large);
                }
                came += data.len() as u64;
                bytes.extend_from_slice(&data);
            }
            Err(_) if came < pace.least => return Err(BodyError::Slow),
            Err(_) => (came, until) = (0, Instant::now() + pace.every),
        }
    }
}

/// Reads away what is left of a body that is not wanted.
pub(crate) async fn drain(mut body: Incoming) {
    let draining = async {
        let mut drained = 0;
        while let Some(Ok(frame)) = body.frame().await {
            drained += frame.data_ref().map_or(0, |data| data.len());
            if drained > DRAINED_BYTES {
                return;
            }
        }
    };
    // What is not read away in this time is not read at all.
    let _ = timeout(DRAINED_TIME, draining).await;
}
