//! A complaint: a victim's report of money paid to somebody.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::identifier::Identifier;
use crate::money::Money;
use crate::time::Timestamp;

/// One victim's report. Its key is (agency, id).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    /// The agency's own number of the complaint.
    pub id: CompactString,
    /// The agency that took it down.
    pub agency: CompactString,
    /// When the victim reported, which is after the payment.
    pub reported_at: Timestamp,
    /// The account the victim paid from, where it is known.
    pub victim: Option<Account>,
    /// The account the victim paid to.
    pub paid_to: Account,
    /// What the victim says was paid.
    pub amount: Money,
    /// Whatever else the victim could name: phone, domain, e-mail, wallet, device.
    pub suspects: Vec<Identifier>,
}
