//! A holding: what a bank says about one account and the person behind it.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::country::Country;
use crate::identifier::Identifier;
use crate::money::Currency;

/// The most characters a holder's name may have.
pub const MAX_NAME_CHARACTERS: usize = 200;

/// One row of a bank's account opening data. Its key in a case is the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// The account.
    pub account: Account,
    /// Where the account is held.
    pub country: Option<Country>,
    /// The account's own currency.
    pub currency: Option<Currency>,
    /// What sort of account it is.
    pub kind: HoldingKind,
    /// The holder as the bank has it; may be empty.
    pub holder_name: CompactString,
    /// Phone, e-mail, device, documents of the holder.
    pub identifiers: Vec<Identifier>,
}

/// What sort of account it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HoldingKind {
    /// A natural person's.
    Personal,
    /// A company's or merchant's.
    Business,
    /// A customer's or omnibus account at an exchange of virtual assets.
    Exchange,
    /// A wallet on a chain, held by nobody but its key.
    Wallet,
    /// Not said, or said in a word we do not know.
    Unknown,
}
