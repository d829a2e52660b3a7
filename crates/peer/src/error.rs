//! Why the line did not carry something.

use crate::refusal::Refusal;

/// What went wrong between two nodes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PeerError {
    /// The partner's card names no address.
    #[error("there is no address to dial")]
    NoEndpoint,
    /// A text that is no address.
    #[error("{0:?} is no address of a node")]
    Endpoint(String),
    /// Nobody answers there.
    #[error("{endpoint} is not reached: {cause}")]
    Unreachable {
        /// The address.
        endpoint: String,
        /// What the system says.
        cause: String,
    },
    /// Who answers there has none of the keys that the partner's card names.
    #[error("{endpoint} has another key than its card says")]
    WrongKey {
        /// The address.
        endpoint: String,
    },
    /// The other node answered, and refused.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// The connection broke in the middle; what was asked may have been done.
    #[error("the connection broke")]
    Cut,
    /// Nothing moved for too long; what was asked may have been done.
    #[error("nothing came for too long")]
    TimedOut,
    /// More bytes than such a text may have, ours or theirs.
    #[error("more than {0} bytes")]
    Large(u64),
    /// The other side does not speak as a node does.
    #[error("not spoken as a node speaks: {0}")]
    Protocol(String),
    /// The address cannot be listened at.
    #[error("{address} cannot be listened at: {cause}")]
    Listen {
        /// The address.
        address: String,
        /// What the system says.
        cause: String,
    },
    /// No key can be made of the seed.
    #[error("no TLS key can be made: {0}")]
    Identity(String),
}

impl PeerError {
    /// Stable snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            PeerError::NoEndpoint => "peer_no_endpoint",
            PeerError::Endpoint(_) => "peer_endpoint_bad",
            PeerError::Unreachable { .. } => "peer_unreachable",
            PeerError::WrongKey { .. } => "peer_wrong_key",
            PeerError::Refused(_) => "peer_refused",
            PeerError::Cut => "peer_cut",
            PeerError::TimedOut => "peer_timed_out",
            PeerError::Large(_) => "peer_large",
            PeerError::Protocol(_) => "peer_protocol",
            PeerError::Listen { .. } => "peer_listen",
            PeerError::Identity(_) => "peer_identity",
        }
    }

    /// What the texts are about: an address, a code, a number.
    pub fn value(&self) -> String {
        match self {
            PeerError::Endpoint(text)
            | PeerError::Unreachable { endpoint: text, .. }
            | PeerError::WrongKey { endpoint: text }
            | PeerError::Listen { address: text, .. } => text.clone(),
            PeerError::Refused(refusal) => refusal.code.clone(),
            PeerError::Large(most) => most.to_string(),
            other => other.to_string(),
        }
    }

    /// Whether the same thing, tried again later, may go well without anybody doing something.
    pub fn is_passing(&self) -> bool {
        match self {
            PeerError::Unreachable { .. } | PeerError::Cut | PeerError::TimedOut => true,
            PeerError::Refused(refusal) => matches!(refusal.status, 408 | 429 | 500..=599),
            _ => false,
        }
    }

    /// All codes of this module, for the check that each has its texts.
    pub const CODES: &[&str] = &[
        "peer_no_endpoint",
        "peer_endpoint_bad",
        "peer_unreachable",
        "peer_wrong_key",
        "peer_refused",
        "peer_cut",
        "peer_timed_out",
        "peer_large",
        "peer_protocol",
        "peer_listen",
        "peer_identity",
    ];
}
