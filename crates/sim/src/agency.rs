//! Agencies whose keys are fixed: each follows from one number, so that a run can be repeated to
//! the byte.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chacha20poly1305::aead::Aead as _;
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use ed25519_dalek::{Signer as _, SigningKey};
use envelope::card::{
    ML_DSA_44_PUBLIC_BYTES, Revocation, RootKeys, SealingEntry, SigningEntry, TlsEntry,
};
use envelope::envelope::{Envelope, EnvelopeError};
use envelope::seal::{SealError, SealingKey};
use envelope::stream;
use ml_dsa::{Keypair as _, MlDsa44, MlDsa65};
use model::digest::Digest;
use model::time::Timestamp;
use node::port::{Keys, PortError, PublicKeys, RootSignatures};
use zeroize::Zeroizing;

const NONCE: usize = 24;

/// An agency's keys.
pub struct Agency {
    seed: u8,
    root: SigningKey,
    quantum: ml_dsa::SigningKey<MlDsa65>,
    keeping: XChaCha20Poly1305,
    rounds: Mutex<Vec<Round>>,
    is_failing: AtomicBool,
    /// TLS keys of others that its cards name as its own.
    copied: Mutex<Vec<TlsEntry>>,
    /// What happens while the next message is opened.
    meanwhile: Mutex<Option<Meanwhile>>,
}

type Meanwhile = Box<dyn FnOnce() + Send>;

/// Signing, sealing and TLS keys of one time.
struct Round {
    number: u8,
    from: Timestamp,
    until: Timestamp,
    revoked: Option<Timestamp>,
    /// Signs daily heads, and its public half.
    daily: (ml_dsa::SigningKey<MlDsa44>, [u8; ML_DSA_44_PUBLIC_BYTES]),
}

impl Round {
    fn new(seed: u8, number: u8, (from, until): (Timestamp, Timestamp)) -> Round {
        Round { number, from, until, revoked: None, daily: Round::daily(seed, number) }
    }

    fn daily(seed: u8, number: u8) -> (ml_dsa::SigningKey<MlDsa44>, [u8; ML_DSA_44_PUBLIC_BYTES]) {
        let key = ml_dsa::SigningKey::<MlDsa44>::from_seed(&bytes(seed, number, b'd').into());
        let public: Option<[u8; _]> = key.verifying_key().encode().as_slice().try_into().ok();
        assert!(public.is_some(), "a public ML-DSA-44 key has its length");
        (key, public.unwrap_or([0; _]))
    }
}

impl Agency {
    /// The agency of a number, whose first keys are used in a time.
    pub fn new(seed: u8, from: Timestamp, until: Timestamp) -> Agency {
        let quantum = ml_dsa::SigningKey::from_seed(&bytes(seed, 0, b'q').into());
        let first = Round::new(seed, 0, (from, until));
        Agency {
            seed,
            root: SigningKey::from_bytes(&bytes(seed, 0, b'r')),
            quantum,
            keeping: XChaCha20Poly1305::new(&bytes(seed, 0, b'k').into()),
            rounds: Mutex::new(vec![first]),
            is_failing: AtomicBool::new(false),
            copied: Mutex::default(),
            meanwhile: Mutex::default(),
        }
    }

    /// New keys from a moment on; those before are not believed any more where they got into wrong
    /// hands.
    pub fn renew(&self, from: Timestamp, until: Timestamp, is_compromised: bool) {
        let mut rounds = self.rounds();
        if is_compromised {
            rounds.iter_mut().for_each(|round| round.revoked = round.revoked.or(Some(from)));
        }
        let number = u8::try_from(rounds.len()).unwrap_or(u8::MAX);
        rounds.push(Round::new(self.seed, number, (from, until)));
    }

    /// Its newest keys are lost: those of a backup do not have them.
    pub fn forget(&self) {
        self.rounds().pop();
    }

    /// It knows nothing any more of keys that it has revoked.
    pub fn pardon(&self) {
        self.rounds().iter_mut().for_each(|round| round.revoked = None);
    }

    /// Its next card names a TLS key of another agency, as a hostile one does.
    pub fn copy_tls(&self, other: &TlsEntry) {
        self.copied.lock().unwrap_or_else(PoisonError::into_inner).push(other.clone());
    }

    /// From now on its machine cannot wrap a key, or can again.
    pub fn fail(&self, is_failing: bool) {
        self.is_failing.store(is_failing, Ordering::SeqCst);
    }

    /// Something happens while the next message is opened: after its parcel was looked at, and
    /// before it is written.
    pub fn meanwhile(&self, happens: impl FnOnce() + Send + 'static) {
        let mut slot = self.meanwhile.lock().unwrap_or_else(PoisonError::into_inner);
        *slot = Some(Box::new(happens));
    }

    /// The signature of an earlier signing key: what a thief of it could make.
    pub fn sign_as(&self, round: u8, message: &[u8]) -> [u8; 64] {
        self.signing(round).sign(message).to_bytes()
    }

    /// The same with its ML-DSA-44 key, and that key.
    pub fn sign_ml_dsa_as(
        &self,
        round: u8,
        message: &[u8],
    ) -> ([u8; ML_DSA_44_PUBLIC_BYTES], Vec<u8>) {
        let (key, public) = Round::daily(self.seed, round);
        let signed = key.expanded_key().sign_deterministic(message, &[]);
        (public, signed.map(|signed| signed.encode().to_vec()).unwrap_or_default())
    }

    fn rounds(&self) -> MutexGuard<'_, Vec<Round>> {
        self.rounds.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn newest(&self) -> u8 {
        self.rounds().last().map_or(0, |round| round.number)
    }

    fn signing(&self, round: u8) -> SigningKey {
        SigningKey::from_bytes(&bytes(self.seed, round, b's'))
    }

    fn sealing(&self, round: u8) -> Option<SealingKey> {
        SealingKey::from_seed(&bytes(self.seed, round, b'x')).ok()
    }
}

impl Keys for Agency {
    fn public(&self) -> PublicKeys {
        let ml_dsa = self.quantum.verifying_key().encode();
        let ml_dsa: Option<[u8; _]> = ml_dsa.as_slice().try_into().ok();
        assert!(ml_dsa.is_some(), "a public ML-DSA-65 key has its length");
        let ed25519 = self.root.verifying_key().to_bytes();
        let root = RootKeys { ed25519, ml_dsa: ml_dsa.unwrap_or([0; _]) };
        let (signing, sealing, tls, revoked) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut public = PublicKeys { root, signing, sealing, tls, revoked };
        for Round { number, from, until, revoked, daily } in self.rounds().iter() {
            let (from, until) = (*from, *until);
            let key = self.signing(*number).verifying_key().to_bytes();
            public.signing.push(SigningEntry { key, from, until, ml_dsa: daily.1 });
            let digest = Digest::of(&key);
            public.revoked.extend(revoked.map(|from| Revocation { key: digest, from }));
            if let Some(key) = self.sealing(*number).map(|key| key.public()) {
                public.sealing.push(SealingEntry { key, from, until });
                let digest = Digest::of(&key);
                public.revoked.extend(revoked.map(|from| Revocation { key: digest, from }));
            }
            let tls = SigningKey::from_bytes(&bytes(self.seed, *number, b't'));
            let key = tls.verifying_key().to_bytes();
            public.tls.push(TlsEntry { key, from, until });
        }
        let copied = self.copied.lock().unwrap_or_else(PoisonError::into_inner);
        public.tls.extend(copied.iter().cloned());
        public
    }

    fn sign_card(&self, message: &[u8]) -> RootSignatures {
        let signed = self.quantum.expanded_key().sign_deterministic(message, &[]);
        let ml_dsa = signed.map(|signed| signed.encode().to_vec()).unwrap_or_default();
        RootSignatures { ed25519: self.root.sign(message).to_bytes(), ml_dsa }
    }

    fn sign(&self, message: &[u8]) -> ([u8; 32], [u8; 64]) {
        let key = self.signing(self.newest());
        (key.verifying_key().to_bytes(), key.sign(message).to_bytes())
    }

    fn sign_ml_dsa(&self, message: &[u8]) -> ([u8; ML_DSA_44_PUBLIC_BYTES], Vec<u8>) {
        let rounds = self.rounds();
        let newest = rounds.last();
        assert!(newest.is_some(), "an agency never has no keys");
        let (key, public) = newest.map_or_else(|| unreachable!(), |round| &round.daily);
        let signed = key.expanded_key().sign_deterministic(message, &[]);
        (*public, signed.map(|signed| signed.encode().to_vec()).unwrap_or_default())
    }

    fn unseal(&self, envelope: &Envelope) -> Result<stream::Key, EnvelopeError> {
        let happens = self.meanwhile.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(happens) = happens {
            happens();
        }
        let closed = EnvelopeError::Seal(SealError::Closed);
        let mut keys = (0..=self.newest()).filter_map(|round| self.sealing(round));
        let mine = keys.find(|key| envelope.is_for(&Digest::of(&key.public())));
        envelope.key(&mine.ok_or(closed)?)
    }

    fn wrap(&self, key: &stream::Key) -> Result<Vec<u8>, PortError> {
        if self.is_failing.load(Ordering::SeqCst) {
            return Err(failed());
        }
        // The nonce follows from the key, so that runs are alike; a content key is wrapped once.
        let nonce = Digest::of(key.as_slice()).0;
        let nonce = nonce.get(..NONCE).unwrap_or_default();
        let sealed = self.keeping.encrypt(XNonce::from_slice(nonce), key.as_slice());
        Ok([nonce, &sealed.map_err(|_| failed())?].concat())
    }

    fn unwrap(&self, wrapped: &[u8]) -> Result<stream::Key, PortError> {
        let (nonce, sealed) = wrapped.split_at_checked(NONCE).ok_or_else(failed)?;
        let opened = self.keeping.decrypt(XNonce::from_slice(nonce), sealed);
        let key: Option<[u8; 32]> = opened.ok().and_then(|key| key.try_into().ok());
        key.map(Zeroizing::new).ok_or_else(failed)
    }
}

/// A secret that follows from an agency's number, the round and the use.
fn bytes(seed: u8, round: u8, used_for: u8) -> [u8; 32] {
    Digest::of(&[b"lienket/sim/".as_slice(), &[seed, round, used_for]].concat()).0
}

fn failed() -> PortError {
    let (object, cause) = ("a content key".to_owned(), "it is another agency's".to_owned());
    PortError { operation: "unwrap", object, cause }
}
