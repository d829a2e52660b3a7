//! The node's keys: kept at rest under what protects them, opened with it, renewed.
//!
//! `keys/node.key` holds them as `crate::wrap` writes secrets, under the head `lienket-keys-3`: the
//! seeds of both root keys, of the key that wraps content keys in the node's rows, and of every
//! signing (Ed25519 and ML-DSA-44), sealing and TLS key with its times. It is there whole or
//! not at all, and a renewed one takes its place in one step. Sealing keys that lapsed are kept:
//! what was sealed to them has to be opened again for a court.

mod kept;

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use chacha20poly1305::aead::Aead as _;
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use ed25519_dalek::{Signer as _, SigningKey};
use envelope::card::ML_DSA_44_PUBLIC_BYTES;
use envelope::cbor;
use envelope::envelope::{Envelope, EnvelopeError};
use envelope::seal::{SealError, SealingKey};
use envelope::stream;
use ml_dsa::MlDsa65;
use model::digest::Digest;
use model::time::Timestamp;
use node::port::{Keys, PortError, PublicKeys, RootSignatures};
use zeroize::Zeroizing;

use crate::error::{StoreError, at};
use crate::home::{create_file, sync_folder};
use crate::protection::{Form, Protection};
use crate::wrap::{self, Closed, random};
use kept::{Kept, MlDsaKey, Use};

const HEAD: &str = "lienket-keys-3";
/// More than any key file holds.
const MAX_BYTES: u64 = 1 << 20;
/// Before a wrapped content key stands so much of its own.
const NONCE: usize = 24;

/// The node's keys, open. Seeds never leave, but for the one that the TLS certificate is made with.
pub struct KeyRing {
    open: RwLock<Arc<Open>>,
}

/// Keys of one moment, made from their seeds.
struct Open {
    kept: Kept,
    public: PublicKeys,
    signing: SigningKey,
    ml_dsa: (MlDsaKey, [u8; ML_DSA_44_PUBLIC_BYTES]),
    sealing: Vec<(Digest, SealingKey)>,
    keeping: XChaCha20Poly1305,
}

impl Keys for KeyRing {
    fn public(&self) -> PublicKeys {
        self.now().public.clone()
    }

    fn sign_card(&self, message: &[u8]) -> RootSignatures {
        let kept = &self.now().kept;
        let ed25519 = SigningKey::from_bytes(&kept.root_ed25519).sign(message).to_bytes();
        let key = ml_dsa::SigningKey::<MlDsa65>::from_seed(&kept.root_ml_dsa.into());
        // The deterministic form never fails for an empty context.
        let signature = key.expanded_key().sign_deterministic(message, &[]);
        let ml_dsa = signature.map(|signature| signature.encode().to_vec()).unwrap_or_default();
        RootSignatures { ed25519, ml_dsa }
    }

    fn sign(&self, message: &[u8]) -> ([u8; 32], [u8; 64]) {
        let open = self.now();
        (open.signing.verifying_key().to_bytes(), open.signing.sign(message).to_bytes())
    }

    fn sign_ml_dsa(&self, message: &[u8]) -> ([u8; ML_DSA_44_PUBLIC_BYTES], Vec<u8>) {
        let (key, public) = &self.now().ml_dsa;
        // The deterministic form never fails for an empty context.
        let signature = key.expanded_key().sign_deterministic(message, &[]);
        (*public, signature.map(|signature| signature.encode().to_vec()).unwrap_or_default())
    }

    fn unseal(&self, envelope: &Envelope) -> Result<stream::Key, EnvelopeError> {
        let open = self.now();
        let mut mine = open.sealing.iter().filter(|(digest, _)| envelope.is_for(digest));
        let (_, key) = mine.next().ok_or(EnvelopeError::Seal(SealError::Closed))?;
        envelope.key(key)
    }

    fn wrap(&self, key: &stream::Key) -> Result<Vec<u8>, PortError> {
        let failed = |cause: &str| failed("wrap", cause);
        let nonce = random::<NONCE>().map_err(|error| failed(&error.to_string()))?;
        let wrapped = self.now().keeping.encrypt(XNonce::from_slice(&*nonce), key.as_slice());
        let wrapped = wrapped.map_err(|_| failed("it could not be wrapped"))?;
        Ok([nonce.as_slice(), &wrapped].concat())
    }

    fn unwrap(&self, wrapped: &[u8]) -> Result<stream::Key, PortError> {
        let failed = || failed("unwrap", "it was not wrapped by this node");
        let (nonce, sealed) = wrapped.split_at_checked(NONCE).ok_or_else(failed)?;
        let opened = self.now().keeping.decrypt(XNonce::from_slice(nonce), sealed);
        let opened = Zeroizing::new(opened.map_err(|_| failed())?);
        let key: [u8; 32] = opened.as_slice().try_into().map_err(|_| failed())?;
        Ok(Zeroizing::new(key))
    }
}

fn failed(operation: &'static str, cause: &str) -> PortError {
    PortError { operation, object: "a content key".to_owned(), cause: cause.to_owned() }
}

impl KeyRing {
    /// Makes new keys and keeps them as they are to be protected. Keys are never written over.
    pub fn create(
        home: &Path,
        protection: &Protection,
        now: Timestamp,
    ) -> Result<KeyRing, StoreError> {
        let place = path(home);
        if place.exists() {
            return Err(at("create", &place)("a key lies there already").into());
        }
        protection.prepare()?;
        let kept = Kept::new(now)?;
        keep(home, protection, &kept)?;
        KeyRing::with(kept)
    }

    /// The keys of an `init` that was cut off, or new ones. A damaged file is put aside as
    /// `node.key.damaged`: before the node is recorded, nobody has been told of its keys.
    pub fn open_or_create(
        home: &Path,
        protection: &Protection,
        now: Timestamp,
    ) -> Result<KeyRing, StoreError> {
        let place = path(home);
        if place.exists() {
            match KeyRing::open(home, protection) {
                Err(StoreError::KeyDamaged(_)) => {
                    let aside = place.with_extension("key.damaged");
                    fs::rename(&place, &aside).map_err(at("rename", &aside))?;
                }
                opened => return opened,
            }
        }
        KeyRing::create(home, protection, now)
    }

    /// Opens the keys.
    pub fn open(home: &Path, protection: &Protection) -> Result<KeyRing, StoreError> {
        let place = path(home);
        let named = place.display().to_string();
        let secret =
            wrap::unwrap(HEAD, &read(&place)?, protection).map_err(|closed| match closed {
                Closed::Damaged => StoreError::KeyDamaged(named.clone()),
                Closed::PassphraseMissing => StoreError::PassphraseMissing,
                Closed::PassphraseWrong => StoreError::PassphraseWrong(named.clone()),
                Closed::TokenMissing(address) => StoreError::TokenMissing(address.to_string()),
                Closed::Failed(error) => error,
            })?;
        let kept: Kept =
            cbor::read(&secret, MAX_BYTES as usize).map_err(|_| StoreError::KeyDamaged(named))?;
        KeyRing::with(kept)
    }

    /// New signing, sealing and TLS keys from now on. Those before them count for thirty days
    /// more; where they got into wrong hands, not any longer. The file keeps its form, and what is
    /// given has to open it: nobody changes how keys are protected by renewing them.
    pub fn renew(
        &self,
        home: &Path,
        protection: &Protection,
        now: Timestamp,
        is_compromised: bool,
    ) -> Result<(), StoreError> {
        KeyRing::open(home, protection)?;
        let protection = match form(home)? {
            Form::Plain => &Protection::Plain,
            Form::Passphrase | Form::Token => protection,
        };
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        let mut kept = open.kept.clone();
        kept.renew(now, is_compromised)?;
        keep(home, protection, &kept)?;
        *open = Arc::new(Open::of(kept)?);
        Ok(())
    }

    /// The seeds of the TLS keys (Ed25519), in the order in which partners may know them: first the
    /// oldest one that still counts, for a partner who has not heard of a renewal knows that one
    /// alone; then those that do not count any more, the newest first, with which a partner is told
    /// of a renewal that it could not hear of otherwise.
    pub fn tls_seeds(&self, now: Timestamp) -> Vec<Zeroizing<[u8; 32]>> {
        self.now().kept.tls_seeds(now)
    }

    fn with(kept: Kept) -> Result<KeyRing, StoreError> {
        Ok(KeyRing { open: RwLock::new(Arc::new(Open::of(kept)?)) })
    }

    fn now(&self) -> Arc<Open> {
        self.open.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Open {
    fn of(kept: Kept) -> Result<Open, StoreError> {
        let newest = kept.newest(Use::Signing)?;
        let (public, signing) = (kept.public()?, SigningKey::from_bytes(&newest.seed));
        let ml_dsa = newest.ml_dsa()?;
        let ml_dsa_public = kept::public_ml_dsa(&ml_dsa)?;
        let seeds = kept.keys.iter().filter(|key| key.used_for == Use::Sealing);
        let sealing = seeds.map(|key| {
            let key = kept::sealing_key(&key.seed)?;
            Ok((Digest::of(&key.public()), key))
        });
        let sealing = sealing.collect::<Result<_, StoreError>>()?;
        let keeping = XChaCha20Poly1305::new((&kept.keeping).into());
        Ok(Open { kept, public, signing, ml_dsa: (ml_dsa, ml_dsa_public), sealing, keeping })
    }
}

/// What protects the keys that lie there.
pub fn form(home: &Path) -> Result<Form, StoreError> {
    let place = path(home);
    let form = wrap::form(HEAD, &read(&place)?);
    form.ok_or_else(|| StoreError::KeyDamaged(place.display().to_string()))
}

fn keep(home: &Path, protection: &Protection, kept: &Kept) -> Result<(), StoreError> {
    let secret = Zeroizing::new(cbor::write(kept));
    let text = wrap::wrap(HEAD, &secret, protection)?;
    let place = path(home);
    let aside = place.with_extension("partial");
    let mut file = create_file(&aside)?;
    file.write_all(text.as_bytes()).map_err(at("write", &aside))?;
    file.sync_all().map_err(at("sync", &aside))?;
    fs::rename(&aside, &place).map_err(at("rename", &place))?;
    sync_folder(&place)?;
    Ok(())
}

fn path(home: &Path) -> PathBuf {
    home.join("keys").join("node.key")
}

/// The file's text; it is never longer than keys are.
fn read(path: &Path) -> Result<Zeroizing<String>, StoreError> {
    let file = File::open(path).map_err(at("open", path))?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES).read_to_end(&mut bytes).map_err(at("read", path))?;
    let text = String::from_utf8(bytes);
    text.map(Zeroizing::new).map_err(|_| StoreError::KeyDamaged(path.display().to_string()))
}

#[cfg(test)]
mod tests {
    use super::kept::DAY;
    use super::*;
    use crate::passphrase::Passphrase;

    fn home() -> tempfile::TempDir {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join("keys")).unwrap();
        home
    }

    fn passphrase(text: &str) -> Protection {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("passphrase");
        fs::write(&path, text).unwrap();
        Protection::Passphrase(Passphrase::read(&path).unwrap())
    }

    fn day(day: i64) -> Timestamp {
        Timestamp::from_microseconds(1_790_000_000_000_000 + day * DAY).unwrap()
    }

    #[test]
    fn keys_are_opened_by_their_passphrase_alone() {
        let home = home();
        let right = passphrase("mật khẩu");
        let made = KeyRing::create(home.path(), &right, day(0)).unwrap();
        let opened = KeyRing::open(home.path(), &right).unwrap();
        assert_eq!(opened.public(), made.public());
        assert_eq!(opened.sign_card(b"card"), made.sign_card(b"card"));
        let code = |passphrase| KeyRing::open(home.path(), passphrase).err().unwrap().code();
        let wrong = passphrase("mat khau");
        assert_eq!(code(&wrong), "passphrase_wrong");
        assert_eq!(code(&Protection::Plain), "passphrase_missing");
        assert_eq!(form(home.path()).unwrap(), Form::Passphrase);
        let again = KeyRing::create(home.path(), &Protection::Plain, day(0));
        assert!(again.is_err(), "keys are never overwritten");
    }

    #[test]
    fn the_tls_key_that_partners_know_comes_first() {
        let home = home();
        let ring = KeyRing::create(home.path(), &Protection::Plain, day(0)).unwrap();
        let seeds = |at| ring.tls_seeds(day(at)).iter().map(|seed| **seed).collect::<Vec<_>>();
        let [first] = seeds(0)[..] else { panic!("one key") };
        ring.renew(home.path(), &Protection::Plain, day(10), false).unwrap();
        let [again, second] = seeds(11)[..] else { panic!("two keys") };
        assert!(again == first && second != first, "who knows the old card knows the old key");
        assert_eq!(seeds(41), [second, first], "the old one does not count any more");
        ring.renew(home.path(), &Protection::Plain, day(50), true).unwrap();
        let [third, over @ ..] = &seeds(51)[..] else { panic!("there are keys") };
        assert!(*third != first && *third != second);
        assert_eq!(over, [second, first], "revoked ones are a last resort");
    }

    #[test]
    fn damaged_keys_that_nobody_was_told_of_give_way_to_new_ones() {
        let home = home();
        let right = passphrase("mật khẩu");
        for damage in ["", "lienket-keys-3\nplain\n00ff\n", "\u{0}\u{0}\u{0}"] {
            fs::write(path(home.path()), damage).unwrap();
            let code = KeyRing::open(home.path(), &right).err().unwrap().code();
            assert_eq!(code, "key_damaged");
            let made = KeyRing::open_or_create(home.path(), &right, day(0)).unwrap();
            let again = KeyRing::open_or_create(home.path(), &right, day(1)).unwrap();
            assert_eq!(made.public(), again.public());
            let aside = home.path().join("keys").join("node.key.damaged");
            assert_eq!(fs::read_to_string(aside).unwrap(), damage);
        }
        let wrong = KeyRing::open_or_create(home.path(), &Protection::Plain, day(0)).err().unwrap();
        assert_eq!(wrong.code(), "passphrase_missing", "whole keys are never put aside");
    }

    #[test]
    fn a_key_counts_for_who_is_an_hour_behind() {
        let home = home();
        let ring = KeyRing::create(home.path(), &Protection::Plain, day(0)).unwrap();
        ring.renew(home.path(), &Protection::Plain, day(10), false).unwrap();
        let newest = &ring.public().signing[1];
        assert_eq!((newest.from, newest.until), (day(9), day(740)));
    }

    #[test]
    fn renewed_keys_overlap_and_none_is_lost() {
        let home = home();
        let ring = KeyRing::create(home.path(), &Protection::Plain, day(0)).unwrap();
        let first = ring.public();
        ring.renew(home.path(), &Protection::Plain, day(10), false).unwrap();
        let second = ring.public();
        assert_eq!(second.root, first.root, "the agency stays who it is");
        assert_eq!((second.signing.len(), second.sealing.len(), second.tls.len()), (2, 2, 2));
        assert_eq!(
            (second.signing[0].key, second.signing[0].until),
            (first.signing[0].key, day(40))
        );
        let entry = |ring: &KeyRing, place: usize| ring.public().signing[place].ml_dsa;
        assert!(entry(&ring, 0) == first.signing[0].ml_dsa && entry(&ring, 1) != entry(&ring, 0));
        let (public, signature) = ring.sign_ml_dsa(b"head");
        assert_eq!(public, entry(&ring, 1), "the newest one signs");
        let key = tlog::key::Key::ml_dsa44("lienket", &public).unwrap();
        key.check(b"head", &signature).unwrap();
        assert!(key.check(b"tail", &signature).is_err());
        assert!(second.revoked.is_empty());
        ring.renew(home.path(), &Protection::Plain, day(50), true).unwrap();
        let third = ring.public();
        assert_eq!(third.sealing.len(), 2 + 1, "what lapsed is named while it is revoked");
        assert_eq!(third.revoked.len(), 6);
        assert_eq!(third.revoked[0].from, day(50));
        for _ in 0..20 {
            ring.renew(home.path(), &Protection::Plain, day(60), true).unwrap();
        }
        let named = ring.public();
        assert!(named.sealing.len() <= 8 && named.revoked.len() <= 16);
        assert_eq!(ring.now().kept.keys.len(), 3 * 23, "every key that was ever used is kept");
        let opened = KeyRing::open(home.path(), &Protection::Plain).unwrap();
        assert_eq!(opened.public(), ring.public());
    }
}
