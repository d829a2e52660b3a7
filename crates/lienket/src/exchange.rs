//! The commands that deal with other agencies: partners, messages, the line, the court's bundle.

pub(crate) mod carried;
pub(crate) mod evidence;
pub(crate) mod messages;
mod partners;
pub(crate) mod report;
mod sync;
pub(crate) mod visit;
