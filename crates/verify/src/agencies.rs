//! The agencies of a bundle: their cards, each following the one before it, and the keys that those
//! cards name.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use envelope::card::{self, AgencyId, Card, CardError, ML_DSA_44_PUBLIC_BYTES, SignedCard};
use i18n::text_with;
use model::digest::Digest;
use model::time::Timestamp;

use crate::layout::Place;
use crate::reading::Reading;

/// An agency has at most so many cards: a new one every month for twenty years.
const MAX_CARDS: u64 = 256;

/// Agencies whose cards hold.
pub(crate) type Agencies = BTreeMap<AgencyId, Agency>;

/// An agency.
pub(crate) struct Agency {
    /// Its name and country, as people read them.
    pub(crate) label: String,
    cards: Vec<Card>,
}

/// What a signature is worth at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// A key of the agency made it, and was its key then.
    Valid,
    /// A key made it that was the agency's at other times.
    Untimely,
    /// A key made it that was revoked by then.
    Revoked,
    /// No key of the agency made it.
    Unknown,
}

impl Agency {
    /// All signing keys that it ever named.
    pub(crate) fn keys(&self) -> BTreeSet<&[u8; 32]> {
        self.cards.iter().flat_map(|card| &card.signing).map(|entry| &entry.key).collect()
    }

    /// What a key of it is worth at a moment: what one card names counts until another one revokes
    /// it.
    pub(crate) fn standing(&self, key: &[u8; 32], at: Timestamp) -> Standing {
        let digest = Digest::of(key);
        let mut revoked = self.cards.iter().flat_map(|card| &card.revoked);
        if revoked.any(|one| one.key == digest && one.from <= at) {
            return Standing::Revoked;
        }
        let entries = self.cards.iter().flat_map(|card| &card.signing);
        let mut entries = entries.filter(|entry| entry.key == *key);
        if entries.clone().next().is_none() {
            return Standing::Unknown;
        }
        let is_timely = entries.any(|entry| entry.from <= at && at < entry.until);
        if is_timely { Standing::Valid } else { Standing::Untimely }
    }

    /// All ML-DSA-44 keys that it ever named beside its signing keys.
    pub(crate) fn ml_dsa_keys(&self) -> BTreeSet<&[u8; ML_DSA_44_PUBLIC_BYTES]> {
        self.cards.iter().flat_map(|card| &card.signing).map(|entry| &entry.ml_dsa).collect()
    }

    /// What such a key is worth at a moment: as much as the signing key beside which it stands.
    pub(crate) fn ml_dsa_standing(
        &self,
        key: &[u8; ML_DSA_44_PUBLIC_BYTES],
        at: Timestamp,
    ) -> Standing {
        let entries = self.cards.iter().flat_map(|card| &card.signing);
        let beside: BTreeSet<&[u8; 32]> =
            entries.filter(|entry| entry.ml_dsa == *key).map(|entry| &entry.key).collect();
        let standings: Vec<Standing> =
            beside.into_iter().map(|key| self.standing(key, at)).collect();
        let order = [Standing::Valid, Standing::Revoked, Standing::Untimely];
        let found = order.into_iter().find(|one| standings.contains(one));
        found.unwrap_or(Standing::Unknown)
    }

    /// What the signature is worth that `holds` checks with a key.
    pub(crate) fn signer(&self, at: Timestamp, holds: impl Fn(&[u8; 32]) -> bool) -> Standing {
        let key = self.keys().into_iter().find(|key| holds(key));
        key.map_or(Standing::Unknown, |key| self.standing(key, at))
    }
}

/// Reads all cards.
pub(crate) fn read<R: Read + Seek>(reading: &mut Reading<R>) -> Agencies {
    let mut sequences: BTreeMap<AgencyId, Vec<u64>> = BTreeMap::new();
    for place in reading.places() {
        if let Place::Card(agency, sequence) = place {
            sequences.entry(*agency).or_default().push(*sequence);
        }
    }
    let mut agencies = Agencies::new();
    for (id, sequences) in sequences {
        let Some(cards) = chain(reading, id, &sequences) else { continue };
        let Some(last) = cards.last() else { continue };
        let country = i18n::country(reading.language, last.country);
        let label = format!("{} ({country})", crate::reading::plain(&last.agency));
        let sentence = text_with(
            reading.language,
            "verify-claim-agency",
            &[
                ("agency", (&label).into()),
                ("id", (&id.0.to_string()).into()),
                ("cards", cards.len().into()),
                ("words", (&id.words()).into()),
            ],
        );
        reading.claim(sentence);
        agencies.insert(id, Agency { label, cards });
    }
    agencies
}

/// The cards of an agency, each following the one before it; `None`: a problem is told.
fn chain<R: Read + Seek>(
    reading: &mut Reading<R>,
    id: AgencyId,
    sequences: &[u64],
) -> Option<Vec<Card>> {
    let mut known: Option<SignedCard> = None;
    let mut cards = Vec::new();
    let mut is_whole = true;
    // An agency that was met late may be known by its later cards alone: each is signed by the root
    // keys, and one that is left out only leaves keys out.
    let first = sequences.first().copied().unwrap_or(1);
    for (sequence, expected) in sequences.iter().zip(first..) {
        let place = Place::Card(id, *sequence);
        if *sequence != expected || expected - first >= MAX_CARDS {
            reading.file_problem("verify-card-chain", &place);
            is_whole = false;
        }
        let bytes = reading.take(&place, card::MAX_BYTES)?;
        let card = match SignedCard::parse(&bytes) {
            Ok(card) => card,
            Err(error) => {
                let key = match error {
                    CardError::Signature(_) => "verify-card-signature",
                    _ => "verify-card-shape",
                };
                reading.file_problem(key, &place);
                is_whole = false;
                continue;
            }
        };
        if card.card().id() != id || card.card().sequence != *sequence {
            reading.file_problem("verify-file-name", &place);
            is_whole = false;
        }
        if known.as_ref().is_some_and(|known| known.is_followed_by(&card).is_err()) {
            reading.file_problem("verify-card-chain", &place);
            is_whole = false;
        }
        cards.push(card.card().clone());
        known = Some(card);
    }
    is_whole.then_some(cards)
}
