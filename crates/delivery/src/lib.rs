//! Floor 6, delivery: what the exchange has for a partner is carried there, and what a partner
//! brings is handed to the exchange: over the line, by a visit (`visit`) or at the door (`door`),
//! or by a carried file (`carried`). `couriers` go by themselves, as soon as there is something.

pub mod carried;
pub mod couriers;
pub mod door;
pub mod error;
pub mod opening;
pub mod report;
pub mod visit;

use envelope::card::AgencyId;
use node::exchange::Taken;

use crate::error::DeliveryError;

/// Who is told what happens while things are carried; called from any thread.
pub trait Witness: Send + Sync {
    /// A parcel was taken that changed something without any officer: for the audit.
    fn took(&self, from: AgencyId, taken: Taken);

    /// A partner is not reached any more, and why; told once.
    fn lost(&self, partner: AgencyId, why: &DeliveryError);

    /// A partner that was not reached is reached again.
    fn found(&self, partner: AgencyId);
}
