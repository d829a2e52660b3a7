//! A transfer: a movement of money from one account to another.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::money::Money;
use crate::time::Timestamp;

/// A record's own id in its file (`tx_id`, `complaint_id`) has at most this many characters.
pub const MAX_ID_CHARACTERS: usize = 128;

/// One movement of money, as a bank statement or a chain tells it.
///
/// `sent` left the payer's account and `received` reached the payee's: they differ where money
/// crosses currencies or a commission was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// The source's id of the transfer; unique in a case.
    pub id: CompactString,
    /// When it was booked.
    pub at: Timestamp,
    /// The payer.
    pub from: Account,
    /// The payee.
    pub to: Account,
    /// What left the payer.
    pub sent: Money,
    /// What reached the payee.
    pub received: Money,
    /// How it was made, in the source's words (transfer, card, cash …); may be empty.
    pub format: CompactString,
}
