//! The court's bundle: messages, receipts and the record around them in one file, and what checks
//! it without any node and without trusting who handed it over. `docs/verify.py` is a second
//! verifier that shares no line with this one.

pub mod archive;
pub mod bundle;
pub mod inclusion;
pub mod layout;
pub mod verdict;
pub mod writer;

mod agencies;
mod daily;
mod headers;
mod list;
mod messages;
mod reading;
mod receipts;
mod records;

pub use verdict::{Verdict, verify, verify_file};
