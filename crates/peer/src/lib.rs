//! Floor 5, the line between two nodes: HTTPS, server and client, both known by their TLS keys. It
//! carries parcels, sealed files in pieces and cards, and knows nothing of what is in them.
//!
//! Source: RFC 8446 (TLS 1.3) with X25519MLKEM768 (draft-ietf-tls-ecdhe-mlkem) and Ed25519 (RFC
//! 8410), RFC 9112 (HTTP/1.1). There is nothing to negotiate: who speaks otherwise is not heard.
//!
//! Left out on purpose: authorities, host names in certificates, session tickets, TLS 1.2, HTTP/2
//! (one request at a time needs no streams, and has no stream floods), compression, redirects,
//! cookies, proxies, and whatever an environment variable could change.
//!
//! ```text
//! POST /lk1/parcel[?wait=SECONDS]   a parcel; answered with a parcel
//! PUT  /lk1/blob/NAME               length and hashes of the pieces; answered with those held
//! GET  /lk1/blob/NAME[?list]        the pieces held; with list: length and hashes
//! PUT  /lk1/blob/NAME/PIECE         a piece
//! GET  /lk1/blob/NAME/PIECE         a piece
//! GET  /lk1/card                    the node's own signed card
//! ```
//!
//! A refusal is a status with `{"code":…,"value":…}`.

pub mod bell;
pub mod blob;
mod body;
mod crowd;
mod desk;
mod dial;
pub mod endpoint;
pub mod error;
pub mod host;
pub mod identity;
pub mod limits;
pub mod line;
pub mod refusal;
pub mod retry;
mod route;
pub mod server;
mod steady;
mod tls;
