//! Who is told what happens while things are carried.

use envelope::card::AgencyId;
use node::exchange::Taken;

use crate::error::DeliveryError;

/// Who is told what happens while things are carried; called from any thread.
pub trait Observer: Send + Sync {
    /// A parcel was taken that changed something without any officer: for the audit.
    fn took(&self, from: AgencyId, taken: Taken);

    /// A partner is not reached any more, and why; told once.
    fn lost(&self, partner: AgencyId, why: &DeliveryError);

    /// A partner that was not reached is reached again.
    fn found(&self, partner: AgencyId);
}

/// Nobody is told: for the demo and for figures.
pub struct Nobody;

impl Observer for Nobody {
    fn took(&self, _from: AgencyId, _taken: Taken) {}

    fn lost(&self, _partner: AgencyId, _why: &DeliveryError) {}

    fn found(&self, _partner: AgencyId) {}
}
