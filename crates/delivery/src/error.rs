//! Why something was not carried.

use std::io;
use std::path::Path;

use envelope::carried::CarriedError;
use node::exchange::ExchangeError;
use peer::error::PeerError;

/// Why something was not carried; each part has its own codes and texts.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DeliveryError {
    /// The exchange refuses.
    #[error(transparent)]
    Exchange(#[from] ExchangeError),
    /// The line.
    #[error(transparent)]
    Peer(#[from] PeerError),
    /// A carried file.
    #[error(transparent)]
    Carried(#[from] CarriedError),
    /// A file could not be read or written.
    #[error("{path}: {cause}")]
    File {
        /// Which.
        path: String,
        /// What the system said.
        cause: String,
    },
    /// The node has no TLS key.
    #[error("there is no TLS key")]
    NoKey,
}

impl DeliveryError {
    /// Stable snake_case.
    pub fn code(&self) -> &str {
        match self {
            DeliveryError::Exchange(error) => error.code(),
            DeliveryError::Peer(PeerError::Refused(refusal)) => &refusal.code,
            DeliveryError::Peer(error) => error.code(),
            DeliveryError::Carried(error) => error.code(),
            DeliveryError::File { .. } => "file_failed",
            DeliveryError::NoKey => "keys_closed",
        }
    }

    pub(crate) fn file(path: &Path) -> impl Fn(io::Error) -> DeliveryError {
        let path = path.display().to_string();
        move |error| DeliveryError::File { path: path.clone(), cause: error.to_string() }
    }
}
