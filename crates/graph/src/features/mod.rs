//! Features: for each transfer a row of figures about what it and the transfers before it look
//! like, for those who train models.
//!
//! Source: the kinds are those of IBM's Graph Feature Preprocessor (arXiv 2402.08593): fan, degree,
//! scatter-gather, temporal and simple cycles by size, and the moments of amounts on both sides of
//! both accounts. Left out on purpose: reading several transfers at once, where earlier rows would
//! see later transfers. A row here depends on its own transfer and earlier ones only. Of our own:
//! whether a payment passes on what its payer had received (`passing`).
//!
//! Transfers come to the `engine` in the order of time and are kept in its `window`; `scatter`,
//! `reach` and `cycles` look for patterns there, `amounts` keeps the moments. `slices` lets two
//! threads work on one flow.

pub mod config;
pub mod engine;
pub mod slices;

mod amounts;
mod cycles;
mod hub;
mod passing;
mod reach;
mod scatter;
mod wide;
mod window;

pub use amounts::MAX_AMOUNT;
pub use cycles::MAX_HOPS;
