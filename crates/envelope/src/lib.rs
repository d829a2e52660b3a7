//! What travels between nodes, byte by byte: partner cards, sealed envelopes with their handling,
//! files in pieces, receipts. `docs/format.md` says every byte.
//!
//! Source: RFC 8949 section 4.2.1 (deterministic CBOR), RFC 9180 (HPKE) with X-Wing
//! (draft-connolly-cfrg-xwing-kem), FIPS 197 and SP 800-38D (AES-256-GCM), RFC 8032 (Ed25519),
//! FIPS 204 (ML-DSA-65). There is one suite and nothing to choose: another suite is another format.
//!
//! Who signs hands in signatures and who seals hands in randomness; the engine draws none.

pub mod attachment;
pub mod card;
pub mod carried;
pub mod cbor;
pub mod content;
pub mod entry;
pub mod envelope;
pub mod handling;
pub mod law_pack;
pub mod matching;
pub mod parcel;
pub mod receipt;
pub mod request;
pub mod seal;
pub mod stream;
pub mod watch;
