//! The node's signing key at rest, and the twelve words that stand for its public half.
//!
//! `keys/node.key` is text: the line `lienket-key-1`, a line that says how it is wrapped, a line of
//! hexadecimal. Wrapped under a passphrase: Argon2id (64 MiB, 3 passes, 1 lane; RFC 9106) gives
//! the key of XChaCha20-Poly1305; salt (16 bytes), nonce (24), ciphertext (48). Not wrapped: the
//! 32 bytes of the seed, the file in mode 0600; `doctor` warns of it.

use std::fs;
use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::Aead as _;
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use ed25519_dalek::SigningKey;

use crate::error::{StoreError, at};
use crate::home::restrict;

const HEAD: &str = "lienket-key-1";
const PLAIN: &str = "plain";
const WRAPPED: &str = "argon2id-xchacha20poly1305";

/// What others may know of a node's key.
pub struct PublicKey {
    /// Ed25519, 64 hexadecimal digits.
    pub hexadecimal: String,
    /// Twelve words of the BIP-39 English list: the first 128 bits of the key's SHA-256, and a
    /// check.
    pub fingerprint: String,
}

/// Makes a new key and keeps it, wrapped where there is a passphrase.
pub fn create(home: &Path, passphrase: Option<&str>) -> Result<PublicKey, StoreError> {
    let seed = random::<32>()?;
    let path = home.join("keys").join("node.key");
    let text = match passphrase {
        None => format!("{HEAD}\n{PLAIN}\n{}\n", hex(&seed)),
        Some(passphrase) => {
            let (salt, nonce) = (random::<16>()?, random::<24>()?);
            let cipher = cipher(passphrase, &salt)?;
            let sealed = cipher.encrypt(XNonce::from_slice(&nonce), seed.as_slice());
            let sealed = sealed.map_err(|_| StoreError::Key("it could not be wrapped"))?;
            format!("{HEAD}\n{WRAPPED}\n{}{}{}\n", hex(&salt), hex(&nonce), hex(&sealed))
        }
    };
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&path).map_err(at("create", &path))?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(at("write", &path))?;
    file.sync_all().map_err(at("sync", &path))?;
    restrict(&path, 0o600)?;
    Ok(public(&SigningKey::from_bytes(&seed)))
}

/// Whether the key lies there without a passphrase.
pub fn is_plain(home: &Path) -> Result<bool, StoreError> {
    let path = home.join("keys").join("node.key");
    let text = fs::read_to_string(&path).map_err(at("read", &path))?;
    Ok(text.lines().nth(1) == Some(PLAIN))
}

/// Opens the key and returns its public half.
pub fn open(home: &Path, passphrase: Option<&str>) -> Result<PublicKey, StoreError> {
    let path = home.join("keys").join("node.key");
    let text = fs::read_to_string(&path).map_err(at("read", &path))?;
    let mut lines = text.lines();
    let damaged = || StoreError::Key("the file is damaged");
    let (head, wrap, body) = (lines.next(), lines.next(), lines.next());
    let bytes = unhex(body.ok_or_else(damaged)?).ok_or_else(damaged)?;
    let seed = match (head, wrap, passphrase) {
        (Some(HEAD), Some(PLAIN), _) => bytes,
        (Some(HEAD), Some(WRAPPED), Some(passphrase)) => {
            let (salt, rest) = bytes.split_at_checked(16).ok_or_else(damaged)?;
            let (nonce, sealed) = rest.split_at_checked(24).ok_or_else(damaged)?;
            let opened = cipher(passphrase, salt)?.decrypt(XNonce::from_slice(nonce), sealed);
            opened
                .map_err(|_| StoreError::Key("the passphrase is wrong or the file was changed"))?
        }
        (Some(HEAD), Some(WRAPPED), None) => {
            return Err(StoreError::Key("it needs the passphrase"));
        }
        _ => return Err(damaged()),
    };
    let seed: [u8; 32] = seed.try_into().map_err(|_| damaged())?;
    Ok(public(&SigningKey::from_bytes(&seed)))
}

fn public(key: &SigningKey) -> PublicKey {
    let bytes = key.verifying_key().to_bytes();
    let digest = model::digest::Digest::of(&bytes).0;
    let words = digest.get(..16).and_then(|entropy| bip39::Mnemonic::from_entropy(entropy).ok());
    assert!(words.is_some(), "16 bytes always make twelve words");
    let fingerprint = words.map(|words| words.to_string()).unwrap_or_default();
    PublicKey { hexadecimal: hex(&bytes), fingerprint }
}

fn cipher(passphrase: &str, salt: &[u8]) -> Result<XChaCha20Poly1305, StoreError> {
    let failed = |_| StoreError::Key("the passphrase could not be stretched");
    let params = Params::new(64 * 1024, 3, 1, Some(32)).map_err(failed)?;
    let mut key = [0_u8; 32];
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(passphrase.as_bytes(), salt, &mut key).map_err(failed)?;
    Ok(XChaCha20Poly1305::new((&key).into()))
}

fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes).map_err(|_| StoreError::Key("the system gives no randomness"))?;
    Ok(bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| {
            u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok().filter(|_| pair.len() == 2)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_opened_by_its_passphrase_alone() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join("keys")).unwrap();
        let made = create(home.path(), Some("mật khẩu")).unwrap();
        assert_eq!(made.fingerprint.split(' ').count(), 12);
        let opened = open(home.path(), Some("mật khẩu")).unwrap();
        assert_eq!(opened.fingerprint, made.fingerprint);
        assert!(open(home.path(), Some("mat khau")).is_err());
        assert!(open(home.path(), None).is_err());
        assert!(!is_plain(home.path()).unwrap());
        assert!(create(home.path(), None).is_err(), "a key is never overwritten");
    }
}
