//! Floor 4, the node: commands in, events out. One step of the journey a file.
//!
//! The event log is the one truth (`event`), everything else is folded from it (`state`). What the
//! node needs from outside comes in through `port`; nothing here does IO, reads a clock or draws
//! randomness of its own.

pub mod answer;
pub mod audit;
pub mod case_data;
pub mod cases;
pub mod chart;
pub mod directory;
pub mod duty;
pub mod error;
pub mod event;
pub mod exchange;
pub mod features;
pub mod find;
pub mod follow;
mod graphs;
pub mod import;
mod inbox;
mod intake;
mod kept;
pub mod law;
pub mod link;
pub mod matching;
pub mod messages;
pub mod node;
pub mod opening;
mod overview;
pub mod partners;
pub mod pattern_file;
pub mod patterns;
pub mod people;
pub mod port;
mod reading;
pub mod rebuild;
pub mod records;
pub mod report;
pub mod requests;
pub mod resolve;
pub mod signs;
mod state;
pub mod trace;
mod trace_back;
mod view;
mod wording;
