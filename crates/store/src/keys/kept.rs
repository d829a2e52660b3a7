//! What the key file holds: seeds and their times, and the public halves of what a card names.

use ed25519_dalek::SigningKey;
use envelope::card::{
    ML_DSA_44_PUBLIC_BYTES, Revocation, RootKeys, SealingEntry, SigningEntry, TlsEntry,
};
use envelope::seal::SealingKey;
use minicbor::{Decode, Encode};
use ml_dsa::{Keypair as _, MlDsa44, MlDsa65};
use model::digest::Digest;
use model::time::Timestamp;
use node::port::PublicKeys;
use zeroize::{Zeroize as _, Zeroizing};

use crate::error::StoreError;
use crate::wrap::random;

/// Microseconds of a day.
pub(super) const DAY: i64 = 86_400_000_000;
/// So long keys are used: signing and TLS keys, and keys that contents are sealed to.
const SIGNING_DAYS: i64 = 730;
const SEALING_DAYS: i64 = 180;
/// So long a key that gave way to a new one still counts, for what is under way.
const OVERLAP_DAYS: i64 = 30;
/// A key counts from so many days before it was made.
const EARLIER_DAYS: i64 = 1;
/// A card names at most so many keys of one use, and so many revoked ones.
const MAX_NAMED: usize = 8;

pub(super) type Seed = [u8; 32];
pub(super) type MlDsaKey = ml_dsa::SigningKey<MlDsa44>;

/// All of a node's secrets.
#[derive(Clone, Encode, Decode)]
#[cbor(map)]
pub(super) struct Kept {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(super) root_ed25519: Seed,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub(super) root_ml_dsa: Seed,
    /// Wraps content keys in the node's own rows.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub(super) keeping: Seed,
    #[n(3)]
    pub(super) keys: Vec<KeptKey>,
}

#[derive(Clone, Encode, Decode)]
#[cbor(map)]
pub(super) struct KeptKey {
    #[n(0)]
    pub(super) used_for: Use,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub(super) seed: Seed,
    /// Microseconds since 1970, all three.
    #[n(2)]
    from: i64,
    #[n(3)]
    until: i64,
    #[n(4)]
    revoked: Option<i64>,
    /// Whether the agency's card names it.
    #[n(5)]
    is_named: bool,
    /// Of a signing key: the seed of the ML-DSA-44 key that goes with it.
    #[cbor(n(6), with = "minicbor::bytes")]
    ml_dsa: Option<Seed>,
}

#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub(super) enum Use {
    #[n(0)]
    Signing,
    #[n(1)]
    Sealing,
    #[n(2)]
    Tls,
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.root_ed25519.zeroize();
        self.root_ml_dsa.zeroize();
        self.keeping.zeroize();
        for key in &mut self.keys {
            key.seed.zeroize();
            key.ml_dsa.zeroize();
        }
    }
}

impl Kept {
    /// New secrets, used from now on.
    pub(super) fn new(now: Timestamp) -> Result<Kept, StoreError> {
        let mut kept = Kept {
            root_ed25519: *random::<32>()?,
            root_ml_dsa: *random::<32>()?,
            keeping: *random::<32>()?,
            keys: Vec::new(),
        };
        kept.add(now)?;
        Ok(kept)
    }

    /// The newest key of a use: keys are added at the end.
    pub(super) fn newest(&self, used_for: Use) -> Result<&KeptKey, StoreError> {
        let found = self.keys.iter().rev().find(|key| key.used_for == used_for);
        found.ok_or(StoreError::Key("a key is missing in it"))
    }

    /// The seeds of the TLS keys; see `KeyRing::tls_seeds`.
    pub(super) fn tls_seeds(&self, now: Timestamp) -> Vec<Zeroizing<Seed>> {
        let now = now.microseconds();
        let keys = self.keys.iter().filter(|key| key.used_for == Use::Tls);
        let counts = |key: &&KeptKey| {
            key.is_named && key.revoked.is_none() && key.from <= now && now < key.until
        };
        let (valid, over): (Vec<&KeptKey>, Vec<&KeptKey>) = keys.partition(counts);
        let ordered = valid.into_iter().chain(over.into_iter().rev());
        ordered.take(MAX_NAMED).map(|key| Zeroizing::new(key.seed)).collect()
    }

    /// New keys of each use; those before them count for thirty days more, or not any longer.
    pub(super) fn renew(&mut self, now: Timestamp, is_compromised: bool) -> Result<(), StoreError> {
        let moment = now.microseconds();
        for key in self.keys.iter_mut().filter(|key| key.is_named) {
            key.until = key.until.min(moment.saturating_add(OVERLAP_DAYS * DAY)).max(key.from + 1);
            if is_compromised {
                key.revoked.get_or_insert(moment);
            }
            // A key whose time is over stays named while its revocation has to be known.
            key.is_named = key.until > moment || key.revoked.is_some();
        }
        self.add(now)
    }

    /// One new key of each use.
    fn add(&mut self, now: Timestamp) -> Result<(), StoreError> {
        // Clocks differ, and are set back: else who is a minute behind would believe nothing.
        let now = now.microseconds();
        let from = now.saturating_sub(EARLIER_DAYS * DAY);
        let uses =
            [(Use::Signing, SIGNING_DAYS), (Use::Sealing, SEALING_DAYS), (Use::Tls, SIGNING_DAYS)];
        for (used_for, days) in uses {
            let (seed, until) = (*random::<32>()?, now.saturating_add(days * DAY));
            let ml_dsa = match used_for {
                Use::Signing => Some(*random::<32>()?),
                Use::Sealing | Use::Tls => None,
            };
            let (revoked, is_named) = (None, true);
            let key = KeptKey { used_for, seed, from, until, revoked, is_named, ml_dsa };
            self.keys.push(key);
            // Renewed again and again, a card would grow without end: the oldest go first.
            let named = |key: &&mut KeptKey| key.used_for == used_for && key.is_named;
            let count = self.keys.iter_mut().filter(named).count();
            let oldest = self.keys.iter_mut().filter(named);
            oldest.take(count.saturating_sub(MAX_NAMED)).for_each(|key| key.is_named = false);
        }
        Ok(())
    }

    /// What a card names.
    pub(super) fn public(&self) -> Result<PublicKeys, StoreError> {
        let moment = |at| {
            Timestamp::from_microseconds(at).map_err(|_| StoreError::Key("its times are no times"))
        };
        let ml_dsa = ml_dsa::SigningKey::<MlDsa65>::from_seed(&self.root_ml_dsa.into());
        let ml_dsa = ml_dsa.verifying_key().encode().as_slice().try_into();
        let root = RootKeys {
            ed25519: ed25519(&self.root_ed25519),
            ml_dsa: ml_dsa.map_err(|_| StoreError::Key("its root is no root"))?,
        };
        let (signing, sealing, tls, revoked) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut public = PublicKeys { root, signing, sealing, tls, revoked };
        for key in self.keys.iter().filter(|key| key.is_named) {
            let (from, until) = (moment(key.from)?, moment(key.until)?);
            let digest = match key.used_for {
                Use::Sealing => {
                    let key = sealing_key(&key.seed)?.public();
                    public.sealing.push(SealingEntry { key, from, until });
                    Digest::of(&key)
                }
                Use::Signing => {
                    let (key, ml_dsa) = (ed25519(&key.seed), public_ml_dsa(&key.ml_dsa()?)?);
                    public.signing.push(SigningEntry { key, from, until, ml_dsa });
                    Digest::of(&key)
                }
                Use::Tls => {
                    let key = ed25519(&key.seed);
                    public.tls.push(TlsEntry { key, from, until });
                    Digest::of(&key)
                }
            };
            if let Some(at) = key.revoked {
                public.revoked.push(Revocation { key: digest, from: moment(at)? });
            }
        }
        let surplus = public.revoked.len().saturating_sub(2 * MAX_NAMED);
        public.revoked.drain(..surplus);
        Ok(public)
    }
}

impl KeptKey {
    /// The ML-DSA-44 key of a signing key.
    pub(super) fn ml_dsa(&self) -> Result<MlDsaKey, StoreError> {
        let seed = self.ml_dsa.ok_or(StoreError::Key("a signing key has no ML-DSA-44 key"))?;
        Ok(MlDsaKey::from_seed(&seed.into()))
    }
}

/// The public half of an ML-DSA-44 key.
pub(super) fn public_ml_dsa(key: &MlDsaKey) -> Result<[u8; ML_DSA_44_PUBLIC_BYTES], StoreError> {
    let public = key.verifying_key().encode().as_slice().try_into();
    public.map_err(|_| StoreError::Key("an ML-DSA-44 key is none"))
}

/// The sealing key of a seed.
pub(super) fn sealing_key(seed: &Seed) -> Result<SealingKey, StoreError> {
    SealingKey::from_seed(seed).map_err(|_| StoreError::Key("a sealing key is none"))
}

fn ed25519(seed: &Seed) -> [u8; 32] {
    SigningKey::from_bytes(seed).verifying_key().to_bytes()
}
