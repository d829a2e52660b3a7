//! The book of partners: whose cards two officers have accepted, and how each stands.

use std::collections::BTreeMap;

use envelope::card::{AgencyId, Card, SignedCard};
use model::digest::Digest;
use model::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::ExchangeError;

/// Who takes part: this agency with its cards, and its partners.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// This agency's own cards, oldest first.
    pub mine: Vec<SignedCard>,
    /// The partners.
    pub partners: BTreeMap<AgencyId, Partner>,
}

/// A partner.
#[derive(Debug, Clone)]
pub struct Partner {
    /// The card that is believed: the first was accepted by two officers, each later one is signed
    /// by the same root.
    pub card: SignedCard,
    /// How it stands.
    pub standing: Standing,
}

/// How a partner stands with us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Messages go and come.
    Active,
    /// Nothing goes and comes until an officer lets it.
    Suspended,
    /// Never again under these root keys.
    Revoked,
}

impl Standing {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Active => "active",
            Standing::Suspended => "suspended",
            Standing::Revoked => "revoked",
        }
    }
}

/// Why a key is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unbelieved {
    /// No card names it.
    Unknown,
    /// Its time is not yet, or over.
    Expired,
    /// Its owner has revoked it.
    Revoked,
}

impl Unbelieved {
    pub(super) fn code(self) -> &'static str {
        match self {
            Unbelieved::Unknown => "signature_wrong",
            Unbelieved::Expired => "key_expired",
            Unbelieved::Revoked => "key_revoked",
        }
    }
}

/// Finds the signing key of a card that `holds` for something made at a moment, and is believed.
///
/// Whoever got hold of a revoked key can write any date: a revoked key is not believed, whatever
/// the date, for anything that was not in the record before.
pub(super) fn signed_by(
    card: &Card,
    made: Timestamp,
    now: Timestamp,
    mut holds: impl FnMut(&[u8; 32]) -> bool,
) -> Result<[u8; 32], Unbelieved> {
    let found = card.signing.iter().find(|one| holds(&one.key));
    let entry = found.ok_or(Unbelieved::Unknown)?;
    let digest = Digest::of(&entry.key);
    if card.revoked.iter().any(|one| one.key == digest && one.from <= now) {
        return Err(Unbelieved::Revoked);
    }
    if entry.from <= made && made < entry.until { Ok(entry.key) } else { Err(Unbelieved::Expired) }
}

impl Book {
    /// A partner with whom messages go and come.
    pub fn active(&self, id: AgencyId) -> Result<&Partner, ExchangeError> {
        let unknown = || ExchangeError::UnknownPartner(id.0.to_string());
        let partner = self.partners.get(&id).ok_or_else(unknown)?;
        let name = || partner.card.card().agency.clone();
        match partner.standing {
            Standing::Active => Ok(partner),
            Standing::Suspended => Err(ExchangeError::PartnerSuspended(name())),
            Standing::Revoked => Err(ExchangeError::PartnerRevoked(name())),
        }
    }

    /// The sequence of this agency's newest card.
    pub fn newest(&self) -> u64 {
        self.mine.last().map_or(0, |card| card.card().sequence)
    }
}
