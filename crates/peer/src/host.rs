//! Who stands behind the server: decides who a key is, and what to answer.

use envelope::card::AgencyId;
use model::digest::Digest;

use crate::bell::Bell;
use crate::blob::Pieces;
use crate::refusal::Refusal;

/// What is answered to a parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// A parcel.
    pub bytes: Vec<u8>,
    /// Whether it brings anything that the partner has not. Where not, a partner that wants to
    /// wait is kept waiting.
    pub is_news: bool,
}

/// The node. Its methods may block: they are called on threads of their own, a bounded number of
/// them at once. One that panics is answered with `node_failed`, and nothing else is hurt.
pub trait Host: Send + Sync + 'static {
    /// Whose TLS key this is; asked anew for every request, so that a revoked key is one at once.
    fn agency_of(&self, tls_key: &[u8; 32]) -> Result<AgencyId, Refusal>;

    /// Whether a partner may send so many bytes now; asked before a body is read. `0`: a question.
    fn allow(&self, from: AgencyId, bytes: u64) -> Result<(), Refusal>;

    /// Takes a parcel.
    fn take(&self, from: AgencyId, bytes: Vec<u8>) -> Result<Answer, Refusal>;

    /// What there is for a partner now.
    fn again(&self, to: AgencyId) -> Result<Answer, Refusal>;

    /// The bells that it rings when `again` would bring something new.
    fn bell(&self) -> &Bell;

    /// A partner begins to send a sealed file, or goes on; which pieces are here.
    fn begin_blob(&self, from: AgencyId, name: Digest, pieces: Pieces) -> Result<Vec<u8>, Refusal>;

    /// Which pieces of a sealed file are here: one bit each, the first in the lowest bit of the
    /// first byte.
    fn held(&self, from: AgencyId, name: Digest) -> Result<Vec<u8>, Refusal>;

    /// The pieces of a sealed file that a partner may fetch.
    fn list(&self, to: AgencyId, name: Digest) -> Result<Pieces, Refusal>;

    /// Takes a piece.
    fn put_piece(
        &self,
        from: AgencyId,
        name: Digest,
        piece: u64,
        bytes: Vec<u8>,
    ) -> Result<(), Refusal>;

    /// A piece of a sealed file that a partner may fetch.
    fn piece(&self, to: AgencyId, name: Digest, piece: u64) -> Result<Vec<u8>, Refusal>;

    /// The node's own signed card.
    fn card(&self, to: AgencyId) -> Result<Vec<u8>, Refusal>;
}
