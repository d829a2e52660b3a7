//! How much a partner may send: one that floods us costs the others nothing.

use envelope::card::AgencyId;
use model::time::{MICROSECONDS, Timestamp};

use super::{Exchange, ExchangeError};
use crate::port::record::Usage;

/// So many bytes a day, in parcels and pieces.
pub(super) const MAX_DAILY_BYTES: u64 = 512 << 30;
/// So many messages a day.
pub(super) const MAX_DAILY_MESSAGES: u64 = 1_000_000;
const DAY_SECONDS: i64 = 86_400;

impl Exchange {
    /// Whether a partner may send so many bytes more today.
    pub fn allow(&self, from: AgencyId, bytes: u64) -> Result<(), ExchangeError> {
        let partner = self.book().active(from)?.card.card().agency.clone();
        let day = day(self.now());
        let Usage { messages, bytes: used } = self.read(|rows| rows.usage(from, day))?;
        let is_used_up =
            messages >= MAX_DAILY_MESSAGES || used.saturating_add(bytes) > MAX_DAILY_BYTES;
        if is_used_up { Err(ExchangeError::QuotaUsed(partner)) } else { Ok(()) }
    }
}

/// The day of a moment, counted from 1970.
pub(super) fn day(at: Timestamp) -> i64 {
    at.microseconds() / (DAY_SECONDS * MICROSECONDS)
}
