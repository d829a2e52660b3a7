//! Floor 3: charts and reports.
//!
//! Nothing here does IO: what goes in is data that the caller has already masked where the law
//! wants it masked, what comes out is the text of one file.

mod card;
pub mod chart;
mod circle;
mod condense;
pub mod html;
mod ink;
mod layer;
mod layout;
mod legend;
mod line;
mod order;
#[cfg(test)]
mod overlap;
mod place;
mod port;
pub mod report;
mod route;
mod shape;
pub mod svg;

pub use condense::condense;
