//! The partner card: who an agency is, where its node answers, and which keys are its own.
//!
//! A card is signed by the agency's root keys, Ed25519 and ML-DSA-65 together, and by nothing else:
//! there is no authority above an agency. The first card is accepted by two officers who compare
//! twelve words over another channel; each later one says which card it follows and is accepted
//! because the same root signed it.
//!
//! Bytes: a CBOR list of 0 the card as bytes, 1 the Ed25519 signature, 2 the ML-DSA-65 signature,
//! both over `lienket/lk1/card`, a newline, and the card.

use ed25519_dalek::{Signature, VerifyingKey};
use minicbor::{Decode, Encode};
use ml_dsa::{EncodedVerifyingKey, MlDsa65};
use model::agency::AgencyKind;
use model::country::Country;
use model::digest::Digest;
use model::time::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::cbor::{self, CborError, agency_kind, country, digest, time};
use crate::seal::PUBLIC_BYTES;

/// The one version of this format.
const VERSION: u8 = 1;
/// A card has at most so many bytes.
pub const MAX_BYTES: usize = 64 * 1024;
/// Names and addresses have at most so many bytes.
const MAX_TEXT: usize = 300;
/// At most so many addresses, keys of one use, and revoked keys.
const MAX_ENTRIES: usize = 16;
/// Bytes of a public ML-DSA-65 key and of its signature.
pub const ML_DSA_PUBLIC_BYTES: usize = 1952;
const ML_DSA_SIGNATURE_BYTES: usize = 3309;
/// Bytes of a public ML-DSA-44 key.
pub const ML_DSA_44_PUBLIC_BYTES: usize = 1312;
const SIGNED: &[u8] = b"lienket/lk1/card\n";
const IDENTITY: &[u8] = b"lienket/lk1/agency\n";

/// Which agency: the digest over its root keys. It changes only with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct AgencyId(#[cbor(n(0), with = "digest")] pub Digest);

/// What an agency says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Card {
    #[n(0)]
    version: u8,
    /// The agency's name.
    #[n(1)]
    pub agency: String,
    /// Its country.
    #[cbor(n(2), with = "country")]
    pub country: Country,
    /// What sort of agency it is.
    #[cbor(n(3), with = "agency_kind")]
    pub kind: AgencyKind,
    /// Where its node answers; may be none, where it only dials out or takes carried files.
    #[n(4)]
    pub endpoints: Vec<String>,
    /// From 1; each card has the next one.
    #[n(5)]
    pub sequence: u64,
    /// The digest of the card before it.
    #[n(6)]
    pub previous: Option<CardDigest>,
    /// When it was made.
    #[cbor(n(7), with = "time")]
    pub made: Timestamp,
    /// The keys that sign cards.
    #[n(8)]
    pub root: RootKeys,
    /// Keys that sign envelopes, receipts and logs.
    #[n(9)]
    pub signing: Vec<SigningEntry>,
    /// Keys to which contents are sealed (X-Wing).
    #[n(10)]
    pub sealing: Vec<SealingEntry>,
    /// Keys of the node's TLS certificates (Ed25519).
    #[n(11)]
    pub tls: Vec<TlsEntry>,
    /// Keys that are not to be believed any more.
    #[n(12)]
    pub revoked: Vec<Revocation>,
}

/// The digest of a signed card's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct CardDigest(#[cbor(n(0), with = "digest")] pub Digest);

/// The two keys that sign cards: who breaks one of the two kinds has not broken the other.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct RootKeys {
    /// Ed25519.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub ed25519: [u8; 32],
    /// ML-DSA-65.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub ml_dsa: [u8; ML_DSA_PUBLIC_BYTES],
}

/// A pair of signing keys and from when until when they are used. They are made, renewed and
/// revoked together: the digest of the Ed25519 key stands for both.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SigningEntry {
    /// Ed25519: signs envelopes, receipts and heads.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub key: [u8; 32],
    /// The first moment.
    #[cbor(n(1), with = "time")]
    pub from: Timestamp,
    /// The moment from which they are not used any more.
    #[cbor(n(2), with = "time")]
    pub until: Timestamp,
    /// ML-DSA-44: signs daily heads too.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub ml_dsa: [u8; ML_DSA_44_PUBLIC_BYTES],
}

/// An Ed25519 key of the line and from when until when it is used.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct TlsEntry {
    /// The key.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub key: [u8; 32],
    /// The first moment.
    #[cbor(n(1), with = "time")]
    pub from: Timestamp,
    /// The moment from which it is not used any more.
    #[cbor(n(2), with = "time")]
    pub until: Timestamp,
}

/// An X-Wing key and from when until when contents are sealed to it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SealingEntry {
    /// The key.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub key: [u8; PUBLIC_BYTES],
    /// The first moment.
    #[cbor(n(1), with = "time")]
    pub from: Timestamp,
    /// The moment from which nothing is sealed to it any more.
    #[cbor(n(2), with = "time")]
    pub until: Timestamp,
}

/// A key that is not to be believed from a moment on.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Revocation {
    /// The digest of the key.
    #[cbor(n(0), with = "digest")]
    pub key: Digest,
    /// From when.
    #[cbor(n(1), with = "time")]
    pub from: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
struct Wire {
    #[cbor(n(0), with = "minicbor::bytes")]
    card: Vec<u8>,
    #[cbor(n(1), with = "minicbor::bytes")]
    ed25519: [u8; 64],
    #[cbor(n(2), with = "minicbor::bytes")]
    ml_dsa: [u8; ML_DSA_SIGNATURE_BYTES],
}

/// A card whose two signatures hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCard {
    card: Card,
    bytes: Vec<u8>,
}

/// Why bytes are no card, or a card does not follow another.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CardError {
    /// Not of the shape.
    #[error("{0}")]
    Cbor(#[from] CborError),
    /// Another version: another format.
    #[error("version {0} is not this format")]
    Version(u8),
    /// A name or an address that is empty or too long.
    #[error("{0:?} is empty or too long")]
    Text(String),
    /// Too many entries, or none where one has to be.
    #[error("{0} has none, or too many")]
    Entries(&'static str),
    /// A key that ends before it begins.
    #[error("a key of {0} ends before it begins")]
    Period(&'static str),
    /// The first card follows none, every other one does.
    #[error("card {0} and the card before it do not agree")]
    Sequence(u64),
    /// A root key has not signed it.
    #[error("the {0} signature of the root does not hold")]
    Signature(&'static str),
    /// A card of another agency.
    #[error("it is another agency's")]
    Agency,
    /// Not the next card after the one that is known.
    #[error("card {found} does not follow card {known}")]
    NotNext {
        /// The card that is known.
        known: u64,
        /// The one that came.
        found: u64,
    },
}

impl Card {
    /// An agency's first card, without entries.
    pub fn first(
        agency: String,
        country: Country,
        kind: AgencyKind,
        root: RootKeys,
        made: Timestamp,
    ) -> Card {
        let (sequence, previous, endpoints) = (1, None, Vec::new());
        let (signing, sealing, tls, revoked) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Card {
            version: VERSION,
            agency,
            country,
            kind,
            endpoints,
            sequence,
            previous,
            made,
            root,
            signing,
            sealing,
            tls,
            revoked,
        }
    }

    /// Which agency's it is.
    pub fn id(&self) -> AgencyId {
        self.root.agency()
    }

    /// What the two root keys sign.
    pub fn message(&self) -> Vec<u8> {
        [SIGNED, &cbor::write(self)].concat()
    }

    /// Whether a key is the agency's at a moment: named for then, and not revoked before.
    pub fn is_valid(
        &self,
        key: &[u8],
        (from, until): (Timestamp, Timestamp),
        at: Timestamp,
    ) -> bool {
        from <= at && at < until && !self.is_revoked(key, at)
    }

    /// Whether a key is revoked at a moment.
    pub fn is_revoked(&self, key: &[u8], at: Timestamp) -> bool {
        let digest = Digest::of(key);
        self.revoked.iter().any(|one| one.key == digest && one.from <= at)
    }

    /// The signing keys that are valid at a moment.
    pub fn signing_at(&self, at: Timestamp) -> impl Iterator<Item = &[u8; 32]> {
        let entries = self.signing.iter();
        let valid = entries.filter(move |one| self.is_valid(&one.key, (one.from, one.until), at));
        valid.map(|one| &one.key)
    }

    /// The sealing key to seal to at a moment: of the valid ones the newest.
    pub fn sealing_at(&self, at: Timestamp) -> Option<&[u8; PUBLIC_BYTES]> {
        let entries = self.sealing.iter();
        let valid = entries.filter(|one| self.is_valid(&one.key, (one.from, one.until), at));
        valid.max_by_key(|one| one.from).map(|one| &one.key)
    }

    fn check(&self) -> Result<(), CardError> {
        if self.version != VERSION {
            return Err(CardError::Version(self.version));
        }
        for text in self.endpoints.iter().chain([&self.agency]) {
            if text.trim().is_empty() || text.len() > MAX_TEXT || text.contains(char::is_control) {
                return Err(CardError::Text(text.chars().take(MAX_TEXT).collect()));
            }
        }
        if (self.sequence == 1) != self.previous.is_none() || self.sequence == 0 {
            return Err(CardError::Sequence(self.sequence));
        }
        let counts = [
            ("endpoints", 0, self.endpoints.len()),
            ("signing", 1, self.signing.len()),
            ("sealing", 1, self.sealing.len()),
            ("tls", 1, self.tls.len()),
            ("revoked", 0, self.revoked.len()),
        ];
        for (name, least, count) in counts {
            if !(least..=MAX_ENTRIES).contains(&count) {
                return Err(CardError::Entries(name));
            }
        }
        let periods = [
            ("signing", self.signing.iter().any(|one| one.from >= one.until)),
            ("sealing", self.sealing.iter().any(|one| one.from >= one.until)),
            ("tls", self.tls.iter().any(|one| one.from >= one.until)),
        ];
        match periods.iter().find(|(_, is_bad)| *is_bad) {
            Some((name, _)) => Err(CardError::Period(name)),
            None => Ok(()),
        }
    }
}

impl RootKeys {
    /// Which agency they make.
    pub fn agency(&self) -> AgencyId {
        let hash = Sha256::new().chain_update(IDENTITY).chain_update(self.ed25519);
        AgencyId(Digest(hash.chain_update(self.ml_dsa).finalize().into()))
    }
}

impl SignedCard {
    /// A card with its signatures, checked as if it came from outside.
    pub fn new(card: &Card, ed25519: [u8; 64], ml_dsa: &[u8]) -> Result<SignedCard, CardError> {
        let ml_dsa = ml_dsa.try_into().map_err(|_| CardError::Signature("ML-DSA-65"))?;
        let wire = Wire { card: cbor::write(card), ed25519, ml_dsa };
        SignedCard::parse(&cbor::write(&wire))
    }

    /// Reads a card and checks both signatures.
    pub fn parse(bytes: &[u8]) -> Result<SignedCard, CardError> {
        let wire: Wire = cbor::read(bytes, MAX_BYTES)?;
        let card: Card = cbor::read(&wire.card, MAX_BYTES)?;
        card.check()?;
        let message = [SIGNED, &wire.card].concat();
        let bad = |name| move || CardError::Signature(name);
        let key = VerifyingKey::from_bytes(&card.root.ed25519).ok().filter(|key| !key.is_weak());
        let key = key.ok_or_else(bad("Ed25519"))?;
        let signature = Signature::from_bytes(&wire.ed25519);
        key.verify_strict(&message, &signature).map_err(|_| CardError::Signature("Ed25519"))?;
        let key = EncodedVerifyingKey::<MlDsa65>::try_from(card.root.ml_dsa.as_slice());
        let key =
            ml_dsa::VerifyingKey::decode(&key.map_err(|_| CardError::Signature("ML-DSA-65"))?);
        let signature = ml_dsa::Signature::<MlDsa65>::try_from(wire.ml_dsa.as_slice());
        let signature = signature.map_err(|_| CardError::Signature("ML-DSA-65"))?;
        if !key.verify_with_context(&message, &[], &signature) {
            return Err(CardError::Signature("ML-DSA-65"));
        }
        Ok(SignedCard { card, bytes: bytes.to_owned() })
    }

    /// The card.
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// Its bytes, with the signatures.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What the next card names as the one before it.
    pub fn digest(&self) -> CardDigest {
        CardDigest(Digest::of(&self.bytes))
    }

    /// Whether a card follows this one: the same agency's, the next number, this one named in it.
    /// The same card again follows nothing and changes nothing: that is for the caller to see.
    pub fn is_followed_by(&self, next: &SignedCard) -> Result<(), CardError> {
        if self.card.id() != next.card.id() {
            return Err(CardError::Agency);
        }
        let (known, found) = (self.card.sequence, next.card.sequence);
        if known.checked_add(1) != Some(found) || next.card.previous != Some(self.digest()) {
            return Err(CardError::NotNext { known, found });
        }
        Ok(())
    }
}

impl AgencyId {
    /// Twelve words of the BIP-39 English list: the first 128 bits of the id, and a check of four
    /// bits. Two officers compare them by word of mouth.
    pub fn words(&self) -> String {
        let half = self.0.0.get(..16);
        let words = half.and_then(|entropy| bip39::Mnemonic::from_entropy(entropy).ok());
        assert!(words.is_some(), "16 bytes always make twelve words");
        words.map(|words| words.to_string()).unwrap_or_default()
    }
}
