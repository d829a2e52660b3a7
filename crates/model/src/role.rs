//! The part an account plays in a ring.

use serde::{Deserialize, Serialize};

/// What an account is in a ring, from the first that money reaches to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Paid money away; never part of a ring.
    Victim,
    /// Takes victims' payments first.
    Collector,
    /// Passes money on.
    Mule,
    /// Where money becomes a virtual asset, or comes back from one.
    Exchange,
    /// A wallet on a chain.
    Wallet,
    /// Keeps what the ring earned.
    Boss,
    /// Moves money of more than one ring.
    Launderer,
    /// Stands beside a ring or outside all: nothing is said of it.
    Bystander,
}

impl Role {
    /// The word in files and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Victim => "victim",
            Role::Collector => "collector",
            Role::Mule => "mule",
            Role::Exchange => "exchange",
            Role::Wallet => "wallet",
            Role::Boss => "boss",
            Role::Launderer => "launderer",
            Role::Bystander => "bystander",
        }
    }

    /// All roles, in the order in which money meets them.
    pub fn all() -> [Role; 8] {
        use Role::{Boss, Bystander, Collector, Exchange, Launderer, Mule, Victim, Wallet};
        [Victim, Collector, Mule, Exchange, Wallet, Launderer, Boss, Bystander]
    }
}
