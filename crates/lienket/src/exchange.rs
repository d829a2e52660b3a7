//! The commands that deal with other agencies: partners, messages, the line, the court's bundle.

pub(crate) mod evidence;
pub(crate) mod messages;
mod partners;
mod report;
pub(crate) mod sync;
