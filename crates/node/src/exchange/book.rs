//! The book of partners: whose cards two officers have accepted, and how each stands.

use std::collections::{BTreeMap, BTreeSet};

use envelope::card::{AgencyId, Card, SignedCard};
use model::digest::Digest;
use model::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::ExchangeError;
use crate::port::PortError;
use crate::port::record::Record;

/// Who takes part: this agency with its cards, and its partners.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// This agency's own cards, oldest first.
    pub mine: Vec<SignedCard>,
    /// The partners.
    pub partners: BTreeMap<AgencyId, Partner>,
    /// Partners that are asked to cosign the daily heads of our records.
    pub witnesses: BTreeSet<AgencyId>,
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
    /// The book as the record holds its cards; who is a partner, and how it stands, the caller
    /// knows.
    pub fn read(
        record: &dyn Record,
        me: AgencyId,
        standings: impl IntoIterator<Item = (AgencyId, Standing)>,
    ) -> Result<Book, PortError> {
        let cards = |agency: AgencyId, after: u64| {
            let mut found = Vec::new();
            record.read(&mut |rows| {
                found = rows.cards(agency, after)?;
                Ok(())
            })?;
            let parsed = found.iter().map(|(_, bytes)| parsed(agency, bytes));
            parsed.collect::<Result<Vec<SignedCard>, PortError>>()
        };
        let mut book = Book { mine: cards(me, 0)?, ..Book::default() };
        for (agency, standing) in standings {
            // Each card is signed by the root that was accepted: the newest one counts.
            if let Some(card) = cards(agency, 0)?.pop() {
                book.partners.insert(agency, Partner { card, standing });
            }
        }
        Ok(book)
    }

    /// Whose TLS key this is at a moment.
    pub fn owner_of(&self, tls_key: &[u8; 32], now: Timestamp) -> Option<AgencyId> {
        let owns = |partner: &Partner| {
            let card = partner.card.card();
            let mut keys = card.tls.iter().filter(|one| one.key == *tls_key);
            keys.any(|one| card.is_valid(&one.key, (one.from, one.until), now))
        };
        let mut owners: Vec<_> = self.partners.iter().filter(|(_, one)| owns(one)).collect();
        // An agency that is back with new root keys may have the TLS keys that it had.
        owners.sort_by_key(|(_, one)| one.standing == Standing::Revoked);
        owners.first().map(|(id, _)| **id)
    }

    /// Who else is named by a card that is believed with a TLS key that this card names: one of the
    /// two has copied it, and with both believed nobody could say whose connection it is.
    pub fn other_owner(&self, card: &Card) -> Option<String> {
        let shares = |other: &Card| {
            other.tls.iter().any(|one| card.tls.iter().any(|named| named.key == one.key))
        };
        let partners = self.partners.values().filter(|one| one.standing != Standing::Revoked);
        let cards = partners.map(|one| &one.card).chain(&self.mine).map(SignedCard::card);
        let mut others = cards.filter(|other| other.id() != card.id());
        others.find(|other| shares(other)).map(|other| other.agency.clone())
    }

    /// Whether what this agency signs at a moment is believed by who holds its newest card. It is
    /// not where the key's time is over, or where the node's own clock is wrong by years.
    pub(super) fn may_sign(&self, now: Timestamp) -> bool {
        self.mine.last().is_none_or(|card| {
            let newest = card.card().signing.iter().max_by_key(|one| one.from);
            newest.is_some_and(|one| one.from <= now && now < one.until)
        })
    }

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
}

/// A card out of the record: still the agency's, still signed by its root.
fn parsed(agency: AgencyId, bytes: &[u8]) -> Result<SignedCard, PortError> {
    let failed = |cause: String| PortError {
        operation: "read",
        object: format!("a card of {}", agency.0),
        cause,
    };
    let card = SignedCard::parse(bytes).map_err(|error| failed(error.to_string()))?;
    let is_its = card.card().id() == agency;
    if is_its { Ok(card) } else { Err(failed("it is another agency's".to_owned())) }
}
