//! Floor 2, LAW: which instrument and article carry a request between two states, what it must
//! contain, what may be refused, by when, or that there is a gap.
//!
//! The facts are a pack: dated, sourced, and each says whether it was verified. The engine is pure:
//! the same pack and the same question give the same advice.

pub mod advice;
pub mod answer;
pub mod authority;
pub mod builtin;
mod check;
pub mod engine;
pub mod fact;
pub mod fault;
pub mod gap;
pub mod groups;
pub mod instrument;
pub mod pack;
pub mod question;
pub mod read;
pub mod reason;
pub mod rows;
pub mod survey;
pub mod what_if;

pub use advice::Advice;
pub use answer::Answer;
pub use engine::basis;
pub use pack::Pack;
pub use question::{Asked, Question, QuestionError};
