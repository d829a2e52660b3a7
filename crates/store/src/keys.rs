//! The node's signing key at rest, and the twelve words that stand for its public half.
//!
//! `keys/node.key` is text: the line `lienket-key-1`, a line that says how it is wrapped, a line of
//! hexadecimal. Wrapped under a passphrase: Argon2id (64 MiB, 3 passes, 1 lane; RFC 9106) gives
//! the key of XChaCha20-Poly1305; salt (16 bytes), nonce (24), ciphertext (48). Not wrapped: the
//! 32 bytes of the seed, the file in mode 0600; `doctor` warns of it.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::Aead as _;
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use ed25519_dalek::SigningKey;

use crate::error::{StoreError, at};
use crate::home::{create_file, sync_folder};
use crate::passphrase::Passphrase;

const HEAD: &str = "lienket-key-1";
const PLAIN: &str = "plain";
/// More than any key file holds.
const MAX_BYTES: u64 = 1_024;
const WRAPPED: &str = "argon2id-xchacha20poly1305";

/// What others may know of a node's key.
pub struct PublicKey {
    /// Ed25519, 64 hexadecimal digits.
    pub hexadecimal: String,
    /// Twelve words of the BIP-39 English list: the first 128 bits of the key's SHA-256, and a
    /// check.
    pub fingerprint: String,
}

/// Makes a new key and keeps it, wrapped where there is a passphrase. The file is there whole or
/// not at all. A key is never written over.
pub fn create(home: &Path, passphrase: Option<&Passphrase>) -> Result<PublicKey, StoreError> {
    let seed = random::<32>()?;
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
    let place = path(home);
    if place.exists() {
        return Err(at("create", &place)("a key lies there already").into());
    }
    let aside = place.with_extension("partial");
    let mut file = create_file(&aside)?;
    file.write_all(text.as_bytes()).map_err(at("write", &aside))?;
    file.sync_all().map_err(at("sync", &aside))?;
    fs::rename(&aside, &place).map_err(at("rename", &place))?;
    sync_folder(&place)?;
    Ok(public(&SigningKey::from_bytes(&seed)))
}

/// The key of an `init` that was cut off, or a new one. A damaged file is put aside as
/// `node.key.damaged`: before the node is recorded, nobody has been told of its key.
pub fn open_or_create(
    home: &Path,
    passphrase: Option<&Passphrase>,
) -> Result<PublicKey, StoreError> {
    let place = path(home);
    if place.exists() {
        match open(home, passphrase) {
            Err(StoreError::KeyDamaged(_)) => {
                let aside = place.with_extension("key.damaged");
                fs::rename(&place, &aside).map_err(at("rename", &aside))?;
            }
            opened => return opened,
        }
    }
    create(home, passphrase)
}

/// Whether the key lies there without a passphrase.
pub fn is_plain(home: &Path) -> Result<bool, StoreError> {
    Ok(read(&path(home))?.lines().nth(1) == Some(PLAIN))
}

/// Opens the key and returns its public half.
pub fn open(home: &Path, passphrase: Option<&Passphrase>) -> Result<PublicKey, StoreError> {
    let place = path(home);
    let damaged = || StoreError::KeyDamaged(place.display().to_string());
    let text = read(&place)?;
    let mut lines = text.lines();
    let (head, wrap, body) = (lines.next(), lines.next(), lines.next());
    let bytes = unhex(body.ok_or_else(damaged)?).ok_or_else(damaged)?;
    let seed = match (head, wrap) {
        (Some(HEAD), Some(PLAIN)) => bytes,
        (Some(HEAD), Some(WRAPPED)) if bytes.len() == 16 + 24 + 48 => {
            let passphrase = passphrase.ok_or(StoreError::PassphraseMissing)?;
            let (salt, rest) = bytes.split_at_checked(16).ok_or_else(damaged)?;
            let (nonce, sealed) = rest.split_at_checked(24).ok_or_else(damaged)?;
            let opened = cipher(passphrase, salt)?.decrypt(XNonce::from_slice(nonce), sealed);
            opened.map_err(|_| StoreError::PassphraseWrong(place.display().to_string()))?
        }
        _ => return Err(damaged()),
    };
    let seed: [u8; 32] = seed.try_into().map_err(|_| damaged())?;
    Ok(public(&SigningKey::from_bytes(&seed)))
}

fn path(home: &Path) -> PathBuf {
    home.join("keys").join("node.key")
}

/// The file's text; it is never longer than a key.
fn read(path: &Path) -> Result<String, StoreError> {
    let file = File::open(path).map_err(at("open", path))?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES).read_to_end(&mut bytes).map_err(at("read", path))?;
    String::from_utf8(bytes).map_err(|_| StoreError::KeyDamaged(path.display().to_string()))
}

fn public(key: &SigningKey) -> PublicKey {
    let bytes = key.verifying_key().to_bytes();
    let digest = model::digest::Digest::of(&bytes).0;
    let words = digest.get(..16).and_then(|entropy| bip39::Mnemonic::from_entropy(entropy).ok());
    assert!(words.is_some(), "16 bytes always make twelve words");
    let fingerprint = words.map(|words| words.to_string()).unwrap_or_default();
    PublicKey { hexadecimal: hex(&bytes), fingerprint }
}

fn cipher(passphrase: &Passphrase, salt: &[u8]) -> Result<XChaCha20Poly1305, StoreError> {
    let failed = |_| StoreError::Key("the passphrase could not be stretched");
    let params = Params::new(64 * 1024, 3, 1, Some(32)).map_err(failed)?;
    let mut key = [0_u8; 32];
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(passphrase.bytes(), salt, &mut key).map_err(failed)?;
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

    fn home() -> tempfile::TempDir {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join("keys")).unwrap();
        home
    }

    fn passphrase(text: &str) -> Passphrase {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("passphrase");
        fs::write(&path, text).unwrap();
        Passphrase::read(&path).unwrap()
    }

    #[test]
    fn a_key_is_opened_by_its_passphrase_alone() {
        let home = home();
        let right = passphrase("mật khẩu");
        let made = create(home.path(), Some(&right)).unwrap();
        assert_eq!(made.fingerprint.split(' ').count(), 12);
        let opened = open(home.path(), Some(&right)).unwrap();
        assert_eq!(opened.fingerprint, made.fingerprint);
        let code = |passphrase| open(home.path(), passphrase).err().unwrap().code();
        let wrong = passphrase("mat khau");
        assert_eq!(code(Some(&wrong)), "passphrase_wrong");
        assert_eq!(code(None), "passphrase_missing");
        assert!(!is_plain(home.path()).unwrap());
        assert!(create(home.path(), None).is_err(), "a key is never overwritten");
    }

    #[test]
    fn a_damaged_key_that_nobody_was_told_of_gives_way_to_a_new_one() {
        let home = home();
        let right = passphrase("mật khẩu");
        for damage in ["", "lienket-key-1\nplain\n00ff\n", "\u{0}\u{0}\u{0}"] {
            fs::write(path(home.path()), damage).unwrap();
            let code = open(home.path(), Some(&right)).err().unwrap().code();
            assert_eq!(code, "key_damaged");
            let made = open_or_create(home.path(), Some(&right)).unwrap();
            let again = open_or_create(home.path(), Some(&right)).unwrap();
            assert_eq!(made.hexadecimal, again.hexadecimal);
            let aside = home.path().join("keys").join("node.key.damaged");
            assert_eq!(fs::read_to_string(aside).unwrap(), damage);
        }
        let wrong = open_or_create(home.path(), None).err().unwrap();
        assert_eq!(wrong.code(), "passphrase_missing", "a whole key is never put aside");
    }
}
