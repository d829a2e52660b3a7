//! Floor 6, delivery: what the exchange has for a partner is carried there, and what a partner
//! brings is handed to the exchange: over the line, by a visit (`visit`) or at the door (`door`),
//! or by a carried file (`carried`). `couriers` go by themselves, as soon as there is something.

pub mod carried;
pub mod couriers;
pub mod cut_line;
pub mod door;
pub mod error;
pub mod observer;
pub mod opening;
pub mod report;
pub mod visit;
