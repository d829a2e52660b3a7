//! A content key, sealed to those who may open a text.
//!
//! Source: RFC 9180, mode Base; X-Wing (0x647a), HKDF-SHA256 (0x0001), AES-256-GCM (0x0002);
//! `info` is `lk1`, the additional data is what the caller binds the key to.

use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::XWing;
use hpke::{Deserializable as _, Kem as _, OpModeR, OpModeS, Serializable as _};
use rand_core::{TryCryptoRng, TryRng};
use zeroize::{Zeroize as _, Zeroizing};

use crate::stream::Key;

/// Bytes of a public sealing key.
pub const PUBLIC_BYTES: usize = 1216;
/// Bytes of what carries the secret to the key's holder.
pub const ENCAPSULATION_BYTES: usize = 1120;
/// Bytes of a content key, sealed.
pub const SEALED_KEY_BYTES: usize = 32 + 16;
/// Bytes of randomness that one sealing takes.
pub const RANDOM_BYTES: usize = 64;

const INFO: &[u8] = b"lk1";

type PrivateKey = <XWing as hpke::Kem>::PrivateKey;
type PublicKey = <XWing as hpke::Kem>::PublicKey;
type Encapsulation = <XWing as hpke::Kem>::EncappedKey;

/// Why a key is not sealed or not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// The bytes are no key.
    #[error("no sealing key")]
    Key,
    /// The key was sealed to another holder, or for another text, or was changed.
    #[error("the sealed key does not open")]
    Closed,
}

/// A content key as it lies in an envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedKey {
    /// Carries the secret to the holder.
    pub encapsulation: [u8; ENCAPSULATION_BYTES],
    /// The content key, sealed under that secret.
    pub key: [u8; SEALED_KEY_BYTES],
}

/// A private sealing key: the 32 bytes of its seed.
pub struct SealingKey(PrivateKey);

impl SealingKey {
    /// The key of a seed.
    pub fn from_seed(seed: &[u8; 32]) -> Result<SealingKey, SealError> {
        PrivateKey::from_bytes(seed).map(SealingKey).map_err(|_| SealError::Key)
    }

    /// What others seal to.
    pub fn public(&self) -> [u8; PUBLIC_BYTES] {
        let mut bytes = [0; PUBLIC_BYTES];
        XWing::sk_to_pk(&self.0).write_exact(&mut bytes);
        bytes
    }

    /// Opens a content key that was sealed to this one, for the text that `bound` speaks of.
    pub fn open(&self, sealed: &SealedKey, bound: &[u8]) -> Result<Key, SealError> {
        let encapsulation =
            Encapsulation::from_bytes(&sealed.encapsulation).map_err(|_| SealError::Closed)?;
        let opened = hpke::single_shot_open::<AesGcm256, HkdfSha256, XWing>(
            &OpModeR::Base,
            &self.0,
            &encapsulation,
            INFO,
            &sealed.key,
            bound,
        );
        let opened = Zeroizing::new(opened.map_err(|_| SealError::Closed)?);
        let key: [u8; 32] = opened.as_slice().try_into().map_err(|_| SealError::Closed)?;
        Ok(Zeroizing::new(key))
    }
}

/// Seals a content key to the holder of a sealing key. `random` is used for this one sealing.
pub fn seal(
    to: &[u8; PUBLIC_BYTES],
    key: &Key,
    bound: &[u8],
    random: [u8; RANDOM_BYTES],
) -> Result<SealedKey, SealError> {
    let to = PublicKey::from_bytes(to).map_err(|_| SealError::Key)?;
    let mut handed_in = HandedIn { bytes: random, used: 0 };
    let sealed = hpke::single_shot_seal_with_rng::<AesGcm256, HkdfSha256, XWing>(
        &OpModeS::Base,
        &to,
        INFO,
        key.as_slice(),
        bound,
        &mut handed_in,
    );
    let (encapsulation, key) = sealed.map_err(|_| SealError::Key)?;
    let mut bytes = [0; ENCAPSULATION_BYTES];
    encapsulation.write_exact(&mut bytes);
    let key = key.try_into().map_err(|_| SealError::Key)?;
    Ok(SealedKey { encapsulation: bytes, key })
}

/// Randomness that somebody handed in.
struct HandedIn {
    bytes: [u8; RANDOM_BYTES],
    used: usize,
}

impl TryRng for HandedIn {
    type Error = core::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, into: &mut [u8]) -> Result<(), Self::Error> {
        let from = self.bytes.get(self.used..self.used + into.len());
        assert!(from.is_some(), "one sealing takes {RANDOM_BYTES} bytes and no more");
        into.copy_from_slice(from.unwrap_or_default());
        self.used += into.len();
        Ok(())
    }
}

impl TryCryptoRng for HandedIn {}

impl Drop for HandedIn {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}
