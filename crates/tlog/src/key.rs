//! Keys that sign logs, by the names under which they sign, and what they have signed.

use ed25519_dalek::{Signature as Ed25519Signature, VerifyingKey};
use ml_dsa::{EncodedVerifyingKey, MlDsa44};

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::cosignature::{self, Cosignature};
use crate::note::{Note, Scheme, is_name};

/// A key that signs or countersigns logs.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    name: String,
    public: Public,
}

#[derive(Debug, Clone, PartialEq)]
enum Public {
    Ed25519(VerifyingKey),
    MlDsa44(Box<ml_dsa::VerifyingKey<MlDsa44>>),
}

/// Why a checkpoint is not taken as somebody's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// A name with spaces, or bytes that are no key.
    #[error("{0} names no key")]
    Key(String),
    /// The key has not signed it.
    #[error("{0} has not signed it")]
    Unsigned(String),
    /// The signature is of something else, or by another key.
    #[error("the signature of {0} does not hold")]
    Signature(String),
    /// What is signed is no checkpoint.
    #[error("{0}")]
    Checkpoint(#[from] CheckpointError),
}

impl Key {
    /// An Ed25519 key, 32 bytes.
    pub fn ed25519(name: &str, public: &[u8; 32]) -> Result<Key, KeyError> {
        let error = || KeyError::Key(name.to_owned());
        let public = VerifyingKey::from_bytes(public).map_err(|_| error())?;
        if !is_name(name) || public.is_weak() {
            return Err(error());
        }
        Ok(Key { name: name.to_owned(), public: Public::Ed25519(public) })
    }

    /// An ML-DSA-44 key, 1,312 bytes.
    pub fn ml_dsa44(name: &str, public: &[u8]) -> Result<Key, KeyError> {
        let error = || KeyError::Key(name.to_owned());
        let bytes = EncodedVerifyingKey::<MlDsa44>::try_from(public).map_err(|_| error())?;
        if !is_name(name) {
            return Err(error());
        }
        let public = Public::MlDsa44(Box::new(ml_dsa::VerifyingKey::decode(&bytes)));
        Ok(Key { name: name.to_owned(), public })
    }

    /// The name under which it signs.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its short name under a scheme.
    pub fn id(&self, scheme: Scheme) -> [u8; 4] {
        match &self.public {
            Public::Ed25519(key) => scheme.key_id(&self.name, key.as_bytes()),
            Public::MlDsa44(key) => scheme.key_id(&self.name, &key.encode()),
        }
    }

    /// The checkpoint that this key signed as the log's writer (Ed25519 alone).
    pub fn checkpoint(&self, note: &Note) -> Result<Checkpoint, KeyError> {
        let signature = note.signature(&self.name, self.id(Scheme::Ed25519));
        let signature = signature.ok_or_else(|| KeyError::Unsigned(self.name.clone()))?;
        self.check(note.text().as_bytes(), &signature.bytes)?;
        Ok(Checkpoint::parse(note)?)
    }

    /// The checkpoint that this key countersigned, and when.
    pub fn cosigned(&self, note: &Note) -> Result<(Checkpoint, u64), KeyError> {
        let scheme = match &self.public {
            Public::Ed25519(_) => Scheme::Ed25519Cosignature,
            Public::MlDsa44(_) => Scheme::MlDsa44Cosignature,
        };
        let signature = note.signature(&self.name, self.id(scheme));
        let signature = signature.ok_or_else(|| KeyError::Unsigned(self.name.clone()))?;
        let bad = || KeyError::Signature(self.name.clone());
        let cosignature = Cosignature::parse(&signature.bytes).ok_or_else(bad)?;
        let checkpoint = Checkpoint::parse(note)?;
        let message = match scheme {
            Scheme::MlDsa44Cosignature => {
                cosignature::ml_dsa_message(&self.name, &checkpoint, cosignature.at)
            }
            _ => Some(cosignature::ed25519_message(note.text(), cosignature.at)),
        };
        self.check(&message.ok_or_else(bad)?, &cosignature.signature)?;
        Ok((checkpoint, cosignature.at))
    }

    /// Whether a signature over some bytes is this key's.
    pub fn check(&self, message: &[u8], signature: &[u8]) -> Result<(), KeyError> {
        let holds = match &self.public {
            // Strict: no second signature can be made of one.
            Public::Ed25519(key) => Ed25519Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_strict(message, &signature).is_ok()),
            Public::MlDsa44(key) => ml_dsa::Signature::<MlDsa44>::try_from(signature)
                .is_ok_and(|signature| key.verify_with_context(message, &[], &signature)),
        };
        if holds { Ok(()) } else { Err(KeyError::Signature(self.name.clone())) }
    }
}
